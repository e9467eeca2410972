//! A test of the gate itself: random edits of the lexicon that change verdicts are caught, those that change none are not.

use condong::gold::{Answer, BaselineFile, Check, Checking, Gate, GoldOptions, Labelled, Outcome, judge, labelled};
use condong::lexicon::{Folder, Lexicon, builtin};

const EDITS: u64 = 50;

fn corpus() -> Labelled {
    let mut corpus = Labelled::default();
    for name in ["samples/posts.csv", "samples/challenge.csv"] {
        let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        corpus.append(labelled(Box::new(std::fs::File::open(path).unwrap()), name, &GoldOptions::default()).unwrap());
    }
    corpus
}

/// What is said of every labelled question, apart from the gate.
fn verdicts(lexicon: &Lexicon, corpus: &Labelled) -> Vec<Option<usize>> {
    let judged = judge(lexicon, &corpus.posts);
    let asked = corpus.posts.iter().zip(&judged).flat_map(|(post, judged)| {
        Answer::ALL.map(|answer| post.gold(answer).label().map(|_| judged.said[answer as usize]))
    });
    asked.collect()
}

/// The built-in lexicon with one row of one file deleted, negated, doubled or moved to another term.
fn edited(seed: u64) -> (String, Vec<Folder>) {
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = |bound: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(random >> 33).unwrap() % bound
    };
    let mut folders = builtin();
    let weighed = ["stance/", "sentiment/", "reported/", "seller/", "advert", "modifier"];
    let files: Vec<(String, String)> = folders[0]
        .files()
        .filter(|(path, _)| weighed.iter().any(|start| path.starts_with(start)))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let (path, text) = &files[below(files.len())];
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    // Half of the rows stand near the top: priors and rows of frequent words, which change many verdicts.
    let top = if below(2) == 0 { 3 } else { lines.len() - 1 };
    let at = 1 + below(top);
    let cells: Vec<&str> = lines[at].rsplitn(2, ',').collect();
    let edit = match (below(3), cells.as_slice()) {
        (0, _) => String::new(),
        (1, [note, rest]) => weight(rest, note, -1.0).unwrap_or_default(),
        (_, [note, rest]) => weight(rest, note, 0.5).unwrap_or_default(),
        _ => String::new(),
    };
    let told = format!("{path}: `{}` → `{edit}`", lines[at]);
    lines[at] = edit;
    folders[0].add(path, &(lines.join("\n") + "\n"));
    (told, folders)
}

/// The row with its weight multiplied, where the row has the plain shape `term,weight,note`.
fn weight(rest: &str, note: &str, factor: f32) -> Option<String> {
    let (term, weight) = rest.split_once(',')?;
    let weight: f32 = weight.parse().ok()?;
    Some(format!("{term},{},{note}", weight * factor))
}

fn against(lexicon: &Lexicon, corpus: &Labelled, baseline: Option<BaselineFile>) -> (Check, String) {
    let checking = Checking { gate: &Gate::default(), baseline, seed: 1 };
    let (check, now) = checking.check(lexicon, corpus.clone()).unwrap();
    (check, now.text())
}

#[test]
fn edits_that_change_verdicts_are_caught_and_others_are_not() {
    let corpus = corpus();
    let before = Lexicon::of(&builtin()).unwrap();
    let accepted = verdicts(&before, &corpus);
    let (_, baseline) = against(&before, &corpus, None);
    let file = BaselineFile { name: "baseline.json", text: &baseline };
    let (mut changing, mut harmless) = (0, 0);
    for seed in 1..=EDITS {
        let (told, folders) = edited(seed);
        let Ok(lexicon) = Lexicon::of(&folders) else { panic!("{told}: does not load") };
        let (check, _) = against(&lexicon, &corpus, Some(file));
        let differ = accepted.iter().zip(&verdicts(&lexicon, &corpus)).filter(|(a, b)| a != b).count();
        let listed: usize = check.comparisons.iter().map(|comparison| comparison.changes.len()).sum();
        assert_eq!(listed, differ, "{told}");
        let broken: u64 = check.comparisons.iter().map(|comparison| comparison.broken).sum();
        let fails = check.tests.iter().any(|test| test.outcome == Outcome::FellShort);
        assert_eq!(fails, broken > 0, "{told}");
        let causes = || check.comparisons.iter().flat_map(|c| &c.changes).all(|change| !change.causes.is_empty());
        assert!(causes(), "{told}: a change without a cause");
        if differ > 0 { changing += 1 } else { harmless += 1 }
    }
    println!("{changing} edits change verdicts, all listed; {harmless} change none, none listed");
    assert!(changing >= 5 && harmless >= 5, "{changing} and {harmless}: too one-sided to show anything");
}
