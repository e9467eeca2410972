//! A sample of texts whose size is bounded: the distinct texts whose wordings have the smallest hashes.

use std::collections::BTreeMap;

use super::record::Record;
use super::wording::head;
use crate::opinion::{Opinion, Stance};

/// The most distinct texts whose words are kept: with as many, a word in 1 % of the texts is known to ± 0.14 points.
/// All distinct texts are kept while there are fewer. (Bottom-k sketch: Cohen & Kaplan 2007.)
pub const SAMPLE_TEXTS: usize = 20_000;

/// The longest text kept for an example, in bytes.
const LONGEST_EXAMPLE: usize = 600;

/// How finely evidence weights are kept, so that their sum does not depend on the order of adding.
const WEIGHT_STEPS: f64 = 1e6;

/// A text, its words, and what spoke for either side.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) noisy: bool,
    pub(super) record: Record,
    pub(super) text: String,
    pub(super) words: Vec<String>,
    pub(super) evidence: Vec<(String, Stance, i64)>,
}

/// The sampled texts by the hash of their wording.
#[derive(Clone, Debug, Default)]
pub(super) struct Sample {
    entries: BTreeMap<u64, Entry>,
}

impl Entry {
    pub(super) fn of(record: Record, text: &str, wording: &str, opinion: &Opinion) -> Self {
        Self {
            noisy: is_noisy(&record),
            record,
            text: head(text, LONGEST_EXAMPLE).to_owned(),
            words: words_of(wording),
            evidence: opinion
                .evidence
                .iter()
                .map(|found| (found.term.to_owned(), found.label, millionths(found.weight)))
                .collect(),
        }
    }
}

impl Sample {
    /// Whether the text of that record would be kept.
    pub(super) fn wants(&self, record: &Record) -> bool {
        if let Some(known) = self.entries.get(&record.wording) {
            return (is_noisy(record), record) < (known.noisy, &known.record);
        }
        self.entries.len() < SAMPLE_TEXTS
            || self.entries.last_key_value().is_some_and(|(last, _)| record.wording < *last)
    }

    /// Keeps the entry, or the earlier of two with the same wording.
    pub(super) fn add(&mut self, entry: Entry) {
        match self.entries.entry(entry.record.wording) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(entry);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                if entry < *place.get() {
                    place.insert(entry);
                }
            }
        }
        if self.entries.len() > SAMPLE_TEXTS {
            self.entries.pop_last();
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for entry in other.entries.into_values() {
            self.add(entry);
        }
    }

    /// The entries in the order of their hashes, which is no order of meaning.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    pub(super) fn text(&self, wording: u64) -> Option<&str> {
        self.entries.get(&wording).map(|entry| entry.text.as_str())
    }
}

/// The distinct words of a wording, sorted.
pub(super) fn words_of(wording: &str) -> Vec<String> {
    let mut words: Vec<String> = wording.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    words.sort();
    words.dedup();
    words
}

/// Whether the post is left out as a rule, so that another of the same wording is the better one to keep.
fn is_noisy(record: &Record) -> bool {
    record.profile.retweet || record.profile.advert
}

/// An evidence weight read back from its stored form.
pub(super) fn weight_of(steps: i64) -> f64 {
    steps as f64 / WEIGHT_STEPS
}

#[allow(clippy::cast_possible_truncation, reason = "a weight is a small log-odds")]
fn millionths(weight: f64) -> i64 {
    (weight * WEIGHT_STEPS).round() as i64
}
