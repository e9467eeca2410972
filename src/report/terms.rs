//! Why: the terms that carried each side, and the words that set groups and sides apart.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::options::Options;
use super::sample::{Entry, weight_of};
use super::summary::{Named, in_group};
use super::tally::Tally;
use crate::opinion::{Label, Stance};

/// The most terms listed for a side.
const MOST_CARRIERS: usize = 15;

/// The most words listed for either end of a contrast.
const MOST_WORDS: usize = 12;

/// A word in fewer texts is not compared: its frequency is chance.
const MIN_TEXTS: u64 = 5;

/// The words that the prior is worth, spread as in all texts (the α₀ of Monroe, Colaresi & Quinn 2008).
pub const PRIOR_WORDS: f64 = 500.0;

/// A word nearer to zero, in standard errors, is not listed (5 %, two-sided: Monroe, Colaresi & Quinn 2008).
pub const MIN_Z: f64 = super::estimate::Z;

/// Texts by who speaks and how they lean.
#[derive(Clone, Copy)]
struct Set {
    name: &'static str,
    group: &'static str,
    stance: Option<Stance>,
}

/// The sets whose words are compared.
const CONTRASTS: [[Set; 2]; 4] = [
    [Set { name: "online", group: "online", stance: None }, Set { name: "offline", group: "offline", stance: None }],
    [
        Set { name: "pro", group: "all", stance: Some(Stance::Pro) },
        Set { name: "kontra", group: "all", stance: Some(Stance::Kontra) },
    ],
    [
        Set { name: "online pro", group: "online", stance: Some(Stance::Pro) },
        Set { name: "online kontra", group: "online", stance: Some(Stance::Kontra) },
    ],
    [
        Set { name: "offline pro", group: "offline", stance: Some(Stance::Pro) },
        Set { name: "offline kontra", group: "offline", stance: Some(Stance::Kontra) },
    ],
];

/// The terms and words behind the figures, from the sampled texts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Terms {
    /// Distinct texts that were looked at.
    pub texts: u64,
    /// The lexicon terms that carried each side most.
    pub carriers: Vec<Carrier>,
    /// The words that set online apart from offline, and pro from kontra: in all texts and in either group.
    pub contrasts: Vec<Contrast>,
    /// The most frequent words of the texts in which no term was found.
    pub unknown: Vec<Named>,
}

/// A lexicon term and what it added to a side.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Carrier {
    /// The side: pro or kontra.
    pub side: String,
    /// The term as the lexicon writes it.
    pub term: String,
    /// The sum of its weights.
    pub weight: f64,
    /// The texts in which it was among the strongest.
    pub texts: u64,
}

/// The words that set two sets of texts apart.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Contrast {
    /// The name of one set.
    pub of: String,
    /// The name of the other.
    pub from: String,
    /// The texts of the one.
    pub texts_of: u64,
    /// The texts of the other.
    pub texts_from: u64,
    /// The words, those of the first set first, the most distinctive at either end.
    pub words: Vec<Distinctive>,
}

/// How much more one set uses a word than the other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Distinctive {
    /// The word.
    pub word: String,
    /// The texts of the first set that have it.
    pub texts_of: u64,
    /// The texts of the other that have it.
    pub texts_from: u64,
    /// The log-odds ratio under the prior, above zero for the first set.
    pub log_odds: f64,
    /// The same in standard errors.
    pub z: f64,
}

impl Terms {
    pub(super) fn of(tally: &Tally, options: &Options) -> Self {
        let entries: Vec<&Entry> = tally.sample().entries().filter(|entry| counts(entry, options)).collect();
        Self {
            texts: entries.len() as u64,
            carriers: [Stance::Pro, Stance::Kontra].iter().flat_map(|side| carriers(&entries, *side)).collect(),
            contrasts: CONTRASTS.iter().map(|[of, from]| contrast(&entries, *of, *from)).collect(),
            unknown: unknown(&entries),
        }
    }
}

impl Set {
    fn has(&self, entry: &Entry) -> bool {
        in_group(&entry.record, self.group) && self.stance.is_none_or(|stance| entry.record.stance() == stance)
    }
}

impl Distinctive {
    /// Compares how often a word stands in two sets: `counts` are the word's, `totals` those of all words, `prior` the
    /// word's share of all texts' words.
    pub fn of(word: &str, counts: (u64, u64), totals: (u64, u64), prior: f64) -> Self {
        let prior_count = prior * PRIOR_WORDS;
        let odds = |count: u64, total: u64| {
            let count = count as f64 + prior_count;
            (count / (total as f64 + PRIOR_WORDS - count)).ln()
        };
        let log_odds = odds(counts.0, totals.0) - odds(counts.1, totals.1);
        let variance = 1.0 / (counts.0 as f64 + prior_count) + 1.0 / (counts.1 as f64 + prior_count);
        Self {
            word: word.to_owned(),
            texts_of: counts.0,
            texts_from: counts.1,
            log_odds,
            z: log_odds / variance.sqrt(),
        }
    }
}

/// Whether the text belongs to the posts that count.
pub(super) fn counts(entry: &Entry, options: &Options) -> bool {
    let kept = |kind| options.keep.contains(&kind);
    let profile = &entry.record.profile;
    (!profile.retweet || kept(super::Noise::Retweet)) && (!profile.advert || kept(super::Noise::Advert))
}

fn carriers(entries: &[&Entry], side: Stance) -> Vec<Carrier> {
    let mut sums: BTreeMap<&str, (i64, u64)> = BTreeMap::new();
    for entry in entries {
        let mut seen = BTreeSet::new();
        for (term, _, weight) in entry.evidence.iter().filter(|(_, label, _)| *label == side) {
            let sum = sums.entry(term).or_default();
            *sum = (sum.0 + weight, sum.1 + u64::from(seen.insert(term)));
        }
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(term, (weight, _))| (Reverse(*weight), *term));
    sums.into_iter()
        .take(MOST_CARRIERS)
        .map(|(term, (weight, texts))| Carrier {
            side: side.name().to_owned(),
            term: super::visible(term),
            weight: weight_of(weight),
            texts,
        })
        .collect()
}

fn contrast(entries: &[&Entry], of: Set, from: Set) -> Contrast {
    let mut counts: BTreeMap<&str, (u64, u64, u64)> = BTreeMap::new();
    let mut texts = (0, 0);
    for entry in entries {
        let (ours, theirs) = (u64::from(of.has(entry)), u64::from(from.has(entry)));
        texts = (texts.0 + ours, texts.1 + theirs);
        for word in &entry.words {
            let count = counts.entry(word).or_default();
            *count = (count.0 + ours, count.1 + theirs, count.2 + 1);
        }
    }
    let totals = counts.values().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    let mut words: Vec<Distinctive> = counts
        .iter()
        .filter(|(_, count)| count.0 + count.1 >= MIN_TEXTS)
        .map(|(word, count)| {
            let prior = count.2 as f64 / totals.2 as f64;
            Distinctive::of(word, (count.0, count.1), (totals.0, totals.1), prior)
        })
        .filter(|word| word.z.abs() >= MIN_Z)
        .collect();
    words.sort_by(|one, next| next.z.total_cmp(&one.z).then_with(|| one.word.cmp(&next.word)));
    Contrast {
        of: of.name.to_owned(),
        from: from.name.to_owned(),
        texts_of: texts.0,
        texts_from: texts.1,
        words: ends(words),
    }
}

fn ends(words: Vec<Distinctive>) -> Vec<Distinctive> {
    let (ours, theirs): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.z > 0.0);
    let skipped = theirs.len().saturating_sub(MOST_WORDS);
    ours.into_iter().take(MOST_WORDS).chain(theirs.into_iter().skip(skipped)).collect()
}

fn unknown(entries: &[&Entry]) -> Vec<Named> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for word in entries.iter().filter(|entry| !entry.record.profile.covered).flat_map(|entry| &entry.words) {
        *counts.entry(word).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(word, count)| (Reverse(*count), *word));
    counts.into_iter().take(MOST_CARRIERS).map(|(word, posts)| Named { name: word.to_owned(), posts }).collect()
}
