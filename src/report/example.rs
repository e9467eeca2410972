//! Posts that are typical of their class: near the middle of it, not the loudest.

use std::collections::BTreeMap;

use serde::Serialize;

use super::mask::mask;
use super::options::Options;
use super::record::{Record, lean_of};
use super::sample::Entry;
use super::tally::Tally;
use super::terms::counts;
use crate::opinion::{Label, Seller, Stance};

/// The most examples of one class.
const MOST_EXAMPLES: usize = 2;

/// A text with fewer words explains little.
const FEWEST_WORDS: usize = 6;

/// A text with more words is not read.
const MOST_WORDS: usize = 40;

/// A typical post.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Example {
    /// Who speaks.
    pub seller: String,
    /// How the post leans.
    pub stance: String,
    /// How far it leans.
    pub lean: f64,
    /// The median lean of the posts of its class.
    pub median: f64,
    /// The post, masked.
    pub text: String,
    /// The terms that moved it.
    pub terms: Vec<String>,
}

type Class = (Seller, Stance);

/// Up to two posts of every seller group and side.
pub(super) fn examples(tally: &Tally, posts: &[&Record], options: &Options) -> Vec<Example> {
    let medians = medians(posts);
    let mut candidates: BTreeMap<Class, Vec<&Entry>> = BTreeMap::new();
    for entry in tally.sample().entries().filter(|entry| counts(entry, options) && reads_well(entry)) {
        candidates.entry(class(&entry.record)).or_default().push(entry);
    }
    let mut found = Vec::new();
    for (class, mut entries) in candidates {
        let Some(median) = medians.get(&class) else { continue };
        entries.sort_by_key(|entry| (entry.record.lean.abs_diff(*median), entry.record.wording));
        found.extend(entries.into_iter().take(MOST_EXAMPLES).map(|entry| example(entry, *median)));
    }
    found
}

fn example(entry: &Entry, median: i16) -> Example {
    let profile = &entry.record.profile;
    Example {
        seller: profile.seller.name().to_owned(),
        stance: profile.stance.name().to_owned(),
        lean: lean_of(entry.record.lean),
        median: lean_of(median),
        text: mask(&entry.text),
        terms: entry.evidence.iter().map(|(term, ..)| super::visible(term)).collect(),
    }
}

fn class(record: &Record) -> Class {
    (record.profile.seller, record.profile.stance)
}

fn medians(posts: &[&Record]) -> BTreeMap<Class, i16> {
    let mut leans: BTreeMap<Class, Vec<i16>> = BTreeMap::new();
    for post in posts.iter().filter(|post| post.stance() != Stance::Netral) {
        leans.entry(class(post)).or_default().push(post.lean);
    }
    leans
        .into_iter()
        .map(|(class, mut leans)| {
            let middle = (leans.len() - 1) / 2;
            (class, *leans.select_nth_unstable(middle).1)
        })
        .collect()
}

fn reads_well(entry: &Entry) -> bool {
    (FEWEST_WORDS..=MOST_WORDS).contains(&entry.words.len())
}
