//! What is learned from labelled posts, by way of the library.

use std::collections::BTreeMap;

use condong::gold::learn::{Example, Learned, Options, learn};
use condong::gold::{Answer, GoldOptions, LabelledPost, labelled};
use condong::lexicon::builtin;

fn posts() -> Vec<LabelledPost> {
    let path = format!("{}/samples/posts.csv", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::File::open(&path).unwrap();
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
