//! Any bytes as a gold file, and as the baseline that it is compared with, are read or refused; what is read comes out in
//! every format.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run check fuzz/corpus/check fuzz/seeds/check`. A line `== ` parts the
//! gold file from the baseline.

#![no_main]

use std::sync::LazyLock;

use condong::gold::{BaselineFile, Checking, Gate, GoldOptions, Requirement, labelled};
use condong::lexicon::{Folder, Lexicon};
use condong::render::check;
use libfuzzer_sys::fuzz_target;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut folder = Folder::named("small");
    folder.add("stance/pro.csv", "term,weight,note\n<prior>,0,\nsetuju,1,\nbuka,1.5,\n");
    folder.add("stance/kontra.csv", "term,weight,note\n<prior>,0,\ntutup,1,\nsepi,0.5,\n");
    folder.add("stance/netral.csv", "term,weight,note\n<prior>,0.2,\n<question>,1,\n");
    Lexicon::of(&[folder]).expect("the lexicon is sound")
});

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (gold, baseline) = text.split_once("== \n").map_or((&*text, None), |(gold, rest)| (gold, Some(rest)));
    // An interval takes a thousand draws of every post.
    if gold.len() > 4096 {
        return;
    }
    let Ok(corpus) = labelled(Box::new(std::io::Cursor::new(gold.to_owned())), "gold.csv", &GoldOptions::default())
    else {
        return;
    };
    let least: Requirement = "macro-f1=0.5".parse().expect("it is a requirement");
    let gate = Gate { min: vec![least], min_posts: Some(1), ..Gate::default() };
    let baseline = baseline.map(|text| BaselineFile { name: "baseline.json", text });
    let Ok((result, now)) = (Checking { gate: &gate, baseline, seed: 1 }).check(&LEXICON, corpus.clone()) else {
        return;
    };
    for answer in &result.answers {
        assert!((0.0..=1.0).contains(&answer.macro_f1.value), "{:?}", answer.macro_f1);
    }
    check::json(&result).expect("it has a JSON form");
    let forms = [check::text(&result), check::markdown(&result), check::junit(&result), check::github(&result)];
    assert!(forms.iter().all(|form| !form.is_empty()));
    let text = now.text();
    let same = BaselineFile { name: "now.json", text: &text };
    let (again, _) =
        Checking { gate: &gate, baseline: Some(same), seed: 1 }.check(&LEXICON, corpus).expect("it was checked");
    assert!(again.comparisons.iter().all(|comparison| comparison.changes.is_empty()), "it differs from itself");
});
