//! `condong check` as users and CI run it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const SAMPLES: [&str; 2] = ["samples/posts.csv", "samples/challenge.csv"];

/// What a run gave: exit status, standard output, standard error.
struct Run {
    status: i32,
    out: String,
    err: String,
}

fn condong(args: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_condong")).args(args).current_dir(ROOT).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}

/// `condong check` on the samples with more arguments.
fn check(args: &[&str]) -> Run {
    condong(&[&["check"], &SAMPLES[..], args].concat())
}

/// An empty folder of that name for one test.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("check-{name}"));
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn file(dir: &Path, name: &str, text: &str) -> String {
    let path = dir.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn json(run: &Run) -> serde_json::Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
}

/// A baseline of the samples under the built-in lexicon.
fn baseline(dir: &Path) -> String {
    let path = dir.join("baseline.json").to_str().unwrap().to_owned();
    assert_eq!(check(&["--write-baseline", &path]).status, 0);
    path
}

/// An overlay whose modifiers no longer negate, so that verdicts break.
fn broken_overlay(dir: &Path) -> String {
    let rows = "term,factor,reach,side,note\ntidak,1,4,before,\njangan,1,4,before,\n";
    file(dir, "overlay/modifier.csv", rows);
    dir.join("overlay").to_str().unwrap().to_owned()
}

#[test]
fn figures_are_given_for_every_gold_column() {
    let run = check(&["--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let result = json(&run);
    let answers: Vec<&str> =
        result["answers"].as_array().unwrap().iter().map(|figures| figures["answer"].as_str().unwrap()).collect();
    assert_eq!(answers, ["stance", "sentiment", "seller", "reported_online", "reported_offline", "advert"]);
    assert_eq!(result["verdict"], "measured");
    assert_eq!(result["answers"][0]["posts"], 665);
    assert!(result["seed"].is_u64() && result["version"].is_string() && result["lexicon"].is_string());
    assert!(check(&[]).out.contains("`gold_sarcasm` is not compared, since `sarcasm` is no answer"));
}

#[test]
fn the_same_seed_gives_the_same_interval() {
    assert_eq!(check(&["--seed", "5"]).out, check(&["--seed", "5"]).out);
    assert_ne!(check(&["--seed", "5"]).out, check(&["--seed", "6"]).out);
}

#[test]
fn a_threshold_decides_text_json_and_exit_alike() {
    for (bound, status, verdict, text) in
        [("macro-f1=0.01", 0, "passed", "\nPASSED\n"), ("macro-f1=0.999", 1, "fell_short", "\nFELL SHORT\n")]
    {
        let run = check(&["--min", bound]);
        assert_eq!(run.status, status, "{}", run.out);
        assert!(run.out.ends_with(text), "{}", run.out);
        assert_eq!(json(&check(&["--min", bound, "--format", "json"]))["verdict"], verdict);
        assert_eq!(check(&["--min", bound, "--exit-zero"]).status, 0);
    }
}

#[test]
fn too_few_posts_decide_nothing_unless_asked() {
    let bound = ["--min", "reported_offline.f1.pro=0.999"];
    let run = check(&bound);
    assert_eq!(run.status, 0);
    assert!(run.out.contains("over 9 posts: too few to decide"), "{}", run.out);
    assert_eq!(check(&[&bound[..], &["--min-posts", "10"]].concat()).status, 1);
    assert_eq!(check(&[&bound[..], &["--min-posts", "0"]].concat()).status, 1);
    assert_eq!(check(&["--min", "reported_offline.f1.pro=0.01", "--min-posts", "0"]).status, 0);
}

#[test]
fn a_changed_row_that_breaks_verdicts_fails_and_is_named_and_restored_passes() {
    let dir = folder("broken");
    let (baseline, overlay) = (baseline(&dir), broken_overlay(&dir));
    let run = check(&["--baseline", &baseline, "--overlay", &overlay]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.contains("samples/challenge.csv:"), "{}", run.out);
    assert!(run.out.contains("modifier: tidak: -1 → 1 ("), "{}", run.out);
    assert!(run.out.contains("overlay/modifier.csv:2)"), "{}", run.out);
    let restored = check(&["--baseline", &baseline]);
    assert_eq!(restored.status, 0, "{}", restored.out);
    assert!(restored.out.contains("0 broken, 0 fixed, 0 wrong in another way"));
}

#[test]
fn drops_and_broken_posts_may_be_allowed() {
    let dir = folder("allowed");
    let (baseline, overlay) = (baseline(&dir), broken_overlay(&dir));
    file(&dir, "overlay/stance/netral.csv", "term,weight,note\n<prior>,4,\n");
    let changed = ["--baseline", baseline.as_str(), "--overlay", overlay.as_str()];
    let with = |more: &[&str]| check(&[&changed[..], more].concat()).status;
    assert_eq!(with(&["--max-broken", "100000"]), 0);
    assert_eq!(with(&["--max-drop", "macro-f1=0.9"]), 0);
    assert_eq!(with(&["--max-drop", "macro-f1=0.0001"]), 1);
    assert_eq!(with(&["--exit-zero"]), 0);
}

#[test]
fn a_baseline_holds_no_text_and_one_line_a_post() {
    let dir = folder("private");
    let kept = fs::read_to_string(baseline(&dir)).unwrap();
    assert!(!kept.contains("alhamdulillah, bisa napas dulu toko onlineku"));
    assert_eq!(kept.lines().filter(|line| line.starts_with("\"c0")).count(), 99);
    let again = fs::read_to_string(baseline(&dir)).unwrap();
    assert_eq!(kept, again);
}

#[test]
fn a_changed_corpus_is_told_apart_from_a_changed_verdict() {
    let dir = folder("corpus");
    let gold =
        file(&dir, "gold.csv", "id,text,gold_stance\n1,jangan ditutup,pro\n2,setuju ditutup,kontra\n3,hai,netral\n");
    let kept = dir.join("baseline.json").to_str().unwrap().to_owned();
    assert_eq!(condong(&["check", &gold, "--write-baseline", &kept]).status, 0);
    file(&dir, "gold.csv", "id,text,gold_stance\n1,jangan ditutup dong,pro\n2,setuju ditutup,netral\n4,halo,netral\n");
    let run = condong(&["check", &gold, "--baseline", &kept, "--format", "json"]);
    assert_eq!(run.status, 0, "{}", run.out);
    let result = json(&run);
    assert_eq!(result["corpus"], serde_json::json!({ "added": ["4"], "gone": ["3"], "edited": ["1"] }));
    assert_eq!(result["comparisons"][0]["relabelled"], serde_json::json!(["2"]));
    assert_eq!(result["comparisons"][0]["posts"], 0);
}

#[test]
fn bad_input_is_refused_and_never_passes() {
    let dir = folder("bad");
    let gold = |text: &str| file(&dir, "gold.csv", text);
    for (text, expected) in [
        ("id,text,gold_stance\n1,a,maybe\n", "gold.csv:2: `maybe` is no stance; the labels are pro, kontra, netral"),
        ("id,text\n1,a\n", "no gold column"),
        ("id,text,gold_stance\n1,a,pro\n1,b,pro\n", "id `1` stands in"),
        ("id,text,gold_stance\n", "nothing to check"),
        ("id,text,gold_stance\n1,a,\n", "nothing to check"),
        ("", "the input is empty"),
        ("id,gold_stance\n1,pro\n", "gold.csv:1: no text column among id, gold_stance"),
    ] {
        let run = condong(&["check", &gold(text)]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{text}");
        assert!(run.err.contains(expected), "{text}: {}", run.err);
    }
    for args in [["--min", "macro-f1=70"], ["--labels", "a=b"], ["--gold", "tone=x"], ["--baseline", "nowhere.json"]] {
        assert_eq!(check(&args).status, 2, "{args:?}");
    }
}

#[test]
fn a_strange_baseline_is_refused() {
    let dir = folder("strange");
    let kept = fs::read_to_string(baseline(&dir)).unwrap();
    let gold = file(&dir, "seller.csv", "id,text,gold_stance\nother,halo,pro\n");
    for (text, gold, expected) in [
        ("{}".to_owned(), SAMPLES[0], "not a baseline"),
        (kept.replace("\"version\": \"", "\"version\": \"0.0."), SAMPLES[0], "written by condong 0.0."),
        (kept.replace("[\"stance\",", "["), SAMPLES[0], "holds no verdicts for stance"),
        (kept, gold.as_str(), "shares no post"),
    ] {
        let run = condong(&["check", gold, "--baseline", &file(&dir, "strange.json", &text)]);
        assert_eq!(run.status, 2, "{}", run.out);
        assert!(run.err.contains(expected), "{}", run.err);
    }
}

#[test]
fn a_passing_check_with_rejected_rows_says_so() {
    let dir = folder("rejected");
    let gold = file(&dir, "gold.csv", "id,text,gold_stance\n1,a,pro\n2,b\n");
    let run = condong(&["check", &gold]);
    assert_eq!(run.status, 3);
    assert!(run.out.contains("gold.csv:3: 2 cells where the header has 3"), "{}", run.out);
}

#[test]
fn other_columns_and_labels_are_mapped() {
    let dir = folder("mapped");
    let gold = file(&dir, "gold.csv", "no,isi,label\na,jangan ditutup,Positif\nb,hai,?\n");
    let map = ["--text", "isi", "--id", "no", "--gold", "stance=label", "--labels", "positif=pro,?="];
    let run = condong(&[&["check", gold.as_str()], &map[..]].concat());
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.out.contains("stance: 1 labelled posts, 1 without gold"), "{}", run.out);
}

#[test]
fn labelled_files_are_read_as_every_export_is() {
    let dir = folder("exports");
    let rows = "\u{feff}id;text;gold_stance\r\n1;jangan ditutup;pro\r\n2;\"a; b\nc &amp; d\";kontra\r\n3;hai;maybe\r\n";
    let utf_16: Vec<u8> = rows.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(dir.join("utf-16.csv"), &utf_16).unwrap();
    let wrong = condong(&["check", dir.join("utf-16.csv").to_str().unwrap()]);
    assert!(wrong.status == 2 && wrong.err.contains("utf-16.csv:5: `maybe` is no stance"), "{}", wrong.err);
    let lines =
        "{\"id\":1,\"text\":\"jangan ditutup\",\"gold_stance\":\"pro\"}\n{\"id\":2,\"text\":\"a\"}\n{\"id\":3\n";
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut packed, lines.as_bytes()).unwrap();
    fs::write(dir.join("lines.jsonl.gz"), packed.finish().unwrap()).unwrap();
    let run = condong(&["check", dir.join("lines.jsonl.gz").to_str().unwrap()]);
    assert_eq!(run.status, 3, "{}", run.err);
    assert!(run.out.contains("lines.jsonl.gz:3: not a JSON object"), "{}", run.out);
    assert!(run.out.contains("stance: 1 labelled posts, 1 without gold"), "{}", run.out);
    let bare = file(&dir, "bare.tsv", "jangan ditutup\tpositif\nhai\tnetral\n");
    let run = condong(&["check", &bare, "--gold", "stance=column_2", "--labels", "positif=pro"]);
    assert!(run.status == 0 && run.out.contains("stance: 2 labelled posts"), "{}{}", run.out, run.err);
    file(&dir, "only/gold.tsv", "text\tgold_stance\nhai\tnetral\n");
    file(&dir, "only/baseline.json", "{}");
    let run = condong(&["check", dir.join("only").to_str().unwrap()]);
    assert!(run.status == 0 && run.out.contains("stance: 1 labelled posts"), "{}{}", run.out, run.err);
}

#[test]
fn several_files_are_told_apart_and_what_they_can_show() {
    let result = json(&check(&["--format", "json"]));
    let of = |answer: &str| {
        let files = result["files"].as_array().unwrap().iter().filter(|figures| figures["answer"] == *answer);
        files.map(|figures| (figures["file"].as_str().unwrap(), figures["posts"].as_u64().unwrap())).collect::<Vec<_>>()
    };
    assert_eq!(of("stance"), [(SAMPLES[0], 513), (SAMPLES[1], 152)]);
    assert_eq!(of("seller"), [(SAMPLES[0], 513)]);
    assert_eq!(result["answers"][0]["smallest_change"]["posts"], 6);
    let text = check(&[]).out;
    assert!(text.contains("changes of accuracy by less than 0.0090 (6 posts) cannot be told from chance"), "{text}");
    assert!(
        text.contains("\nby file ") && text.contains("\n  stance            samples/challenge.csv     152"),
        "{text}"
    );
    assert!(check(&["--format", "markdown"]).out.contains("| stance | samples/challenge.csv | 152 |"));
    let alone = condong(&["check", SAMPLES[1]]).out;
    assert!(!alone.contains("by file"), "{alone}");
}

#[test]
fn junit_is_well_formed_and_counts_its_cases() {
    let dir = folder("junit");
    let (baseline, overlay) = (baseline(&dir), broken_overlay(&dir));
    let run = check(&["--baseline", &baseline, "--overlay", &overlay, "--min", "macro-f1=0.1", "--format", "junit"]);
    assert_eq!(run.status, 1);
    let mut reader = quick_xml::Reader::from_str(&run.out);
    reader.config_mut().check_end_names = true;
    let (mut cases, mut failures, mut depth) = (0, 0, 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) if tag.name().as_ref() == "testcase" => {
                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{tag:?}");
                cases += 1;
            }
            Event::Start(tag) if tag.name().as_ref() == "failure" => failures += 1,
            Event::End(_) => depth += 1,
            _ => {}
        }
    }
    assert!(depth > 2 && failures > 1 && cases > failures, "{cases} {failures}");
    assert!(run.out.contains(&format!("<testsuites tests=\"{cases}\" failures=\"{failures}\">")), "{}", run.out);
}

#[test]
fn annotations_and_markdown_name_the_posts() {
    let dir = folder("formats");
    let (baseline, overlay) = (baseline(&dir), broken_overlay(&dir));
    let with = |format| check(&["--baseline", &baseline, "--overlay", &overlay, "--format", format]).out;
    let github = with("github");
    assert!(github.lines().all(|line| line.starts_with("::")), "{github}");
    assert!(github.contains("::error file=samples/challenge.csv,line="), "{github}");
    let markdown = with("markdown");
    assert!(markdown.starts_with("## condong check: FELL SHORT"), "{markdown}");
    assert!(markdown.contains("| ❌ | stance breaks at most 0 posts |"), "{markdown}");
}

/// The same figures by scikit-learn and statsmodels; skipped where they are not installed.
#[test]
fn figures_equal_those_of_scikit_learn_and_statsmodels() {
    let dir = folder("figures");
    let (baseline, overlay) = (baseline(&dir), broken_overlay(&dir));
    let run = check(&["--baseline", &baseline, "--overlay", &overlay, "--format", "json", "--list", "changed"]);
    let result = file(&dir, "check.json", &run.out);
    let now = dir.join("now.json").to_str().unwrap().to_owned();
    check(&["--write-baseline", &now, "--overlay", &overlay]);
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = format!("{ROOT}/tests/figures_check.py");
    let output = Command::new(python).args([&script, &result, &baseline, &now]).output();
    let Ok(output) = output else {
        eprintln!("skipped: no python3");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout);
    match output.status.code() {
        Some(77) => eprintln!("skipped: {said}"),
        Some(0) => assert!(said.starts_with("equal: "), "{said}"),
        _ => panic!("{said}{}", String::from_utf8_lossy(&output.stderr)),
    }
}
