//! What is learned from labelled posts.

mod binary;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use binary::{folder, run};
use condong::gold::learn::{Example, Learned, Options, learn};
use condong::gold::{Answer, GoldOptions, LabelledPost, labelled};
use condong::lexicon::builtin;

fn posts() -> Vec<LabelledPost> {
    let path = format!("{}/samples/posts.csv", env!("CARGO_MANIFEST_DIR"));
    let file = fs::File::open(&path).unwrap();
    labelled(Box::new(file), &path, &GoldOptions::default()).unwrap().posts
}

/// Fits the hand-written weights of stance.
fn learned<'p>(posts: impl Iterator<Item = &'p LabelledPost>) -> Learned {
    let example = |post: &'p LabelledPost| {
        let mut labels = [None; 7];
        labels[0] = post.gold(Answer::Stance).label();
        Example { text: &post.text, labels, weight: 1.0 }
    };
    let examples: Vec<Example> = posts.map(example).collect();
    let strength = [Some(1.0); 7];
    learn(&builtin()[..1], &examples, &Options { strength, trust: 3.0, ..Options::default() }).unwrap()
}

/// The numbers of the rows that were written, by file, term and column.
fn weights(learned: &Learned) -> BTreeMap<(String, String, usize), f64> {
    let mut weights = BTreeMap::new();
    for (file, text) in learned.overlay.files() {
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            let row = row.unwrap();
            let numbers = row.iter().enumerate().filter_map(|(at, cell)| Some((at, cell.parse().ok()?)));
            weights.extend(numbers.map(|(at, number)| ((file.to_owned(), row[0].to_owned(), at), number)));
        }
    }
    weights
}

/// Two decimals are written, and small weights are not, so the same weights may be rounded apart.
#[test]
fn the_order_of_the_posts_does_not_matter() {
    let posts = posts();
    let (forth, back) = (learned(posts.iter()), learned(posts.iter().rev()));
    for learned in [&forth, &back] {
        assert!(learned.scales.iter().all(|scale| scale.converged));
    }
    let (forth, back) = (weights(&forth), weights(&back));
    let shared: Vec<_> = forth.keys().filter(|key| back.contains_key(*key)).collect();
    assert!(shared.len() > 500 && shared.len() * 100 > forth.len().max(back.len()) * 99);
    let apart: Vec<_> = shared.iter().filter(|key| (forth[**key] - back[**key]).abs() > 0.0101).collect();
    assert!(apart.is_empty(), "{apart:?}");
}

#[test]
fn a_fit_says_by_what_options_it_was_made() {
    let folder = folder("learn-options");
    let dir = folder.join("fitted");
    let learn = |options: &[&str]| {
        let fixed = ["learn", "samples/fuel.csv", "--folds", "0", "--write", dir.to_str().unwrap()];
        run(Path::new(env!("CARGO_MANIFEST_DIR")), &[&fixed, options].concat(), b"")
    };
    learn(&["--strength", "stance=4", "--balance", "2,stance=0"]).ends(0, &[]);
    let made = fs::read_to_string(dir.join("README.md")).unwrap();
    assert!(made.contains("--strength stance=4 --balance 2,stance=0 --trust 10"), "{made}");
    learn(&["--strength", "0"]).ends(2, &["a strength is above 0"]);
    learn(&["--balance=-1"]).ends(2, &["a balance is 0 or more"]);
}
