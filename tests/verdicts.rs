//! The verdicts on the samples are those that were accepted, or better ones: what `.ci/run` asks of the binary, for whoever
//! runs only the tests.

use condong::gold::{BaselineFile, Checking, Gate, GoldOptions, Labelled, Turn, labelled};
use condong::lexicon::{Lexicon, builtin};

#[test]
fn no_verdict_on_the_samples_breaks() {
    let path = |name: &str| format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let mut corpus = Labelled::default();
    for name in ["posts.csv", "challenge.csv"] {
        let file = std::fs::File::open(path(name)).unwrap();
        corpus.append(labelled(Box::new(file), &path(name), &GoldOptions::default()).unwrap());
    }
    let text = std::fs::read_to_string(path("baseline.json")).unwrap();
    let baseline = Some(BaselineFile { name: "baseline.json", text: &text });
    let lexicon = Lexicon::of(&builtin()).unwrap();
    let (check, _) = Checking { gate: &Gate::default(), baseline, seed: 1 }.check(&lexicon, corpus).unwrap();
    assert!(!check.comparisons.is_empty());
    let changes = check.comparisons.iter().flat_map(|comparison| &comparison.changes);
    let broken: Vec<_> = changes.filter(|change| change.turn == Turn::Broken).map(|change| &change.key).collect();
    assert!(broken.is_empty(), "{broken:?}");
}
