//! Verdicts now against a baseline, on the posts that did not change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::Answer;
use super::baseline::{Baseline, Kept};
use super::interval::mcnemar;
use super::labelled::LabelledPost;
use super::metrics::Confusion;
use super::requirement::Metric;
use super::trace::{Rows, deciding, weights};
use crate::lexicon::{Lexicon, Place};

/// How a verdict changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// It was right and is wrong.
    Broken,
    /// It was wrong and is right.
    Fixed,
    /// It was wrong and is wrong in another way.
    StillWrong,
}

/// A row that may have changed a verdict.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Cause {
    /// The row: its layer and term.
    pub row: String,
    /// Where it stands now, if it still does.
    pub place: Option<String>,
    /// Its weights before; none where it did not count.
    pub before: Option<Vec<f32>>,
    /// Its weights now; none where it does not count.
    pub now: Option<Vec<f32>>,
}

/// A verdict that changed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The post.
    pub key: String,
    /// The file of the post.
    pub file: String,
    /// Its line there.
    pub line: u64,
    /// How it changed.
    pub turn: Turn,
    /// The gold label.
    pub gold: String,
    /// The verdict before.
    pub before: String,
    /// The verdict now.
    pub now: String,
    /// The rows that differ.
    pub causes: Vec<Cause>,
}

/// One answer now against the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The answer.
    pub answer: Answer,
    /// How many posts are compared: same text, same gold label.
    pub posts: u64,
    /// How many were wrong and are right.
    pub fixed: u64,
    /// How many were right and are wrong.
    pub broken: u64,
    /// How many are wrong in another way.
    pub still_wrong: u64,
    /// The exact `McNemar` test that as many got better as got worse.
    pub p_value: f64,
    /// Macro-F1 of the compared posts before.
    pub macro_f1_before: f64,
    /// Macro-F1 of the compared posts now.
    pub macro_f1_now: f64,
    /// Accuracy of the compared posts before.
    pub accuracy_before: f64,
    /// Accuracy of the compared posts now.
    pub accuracy_now: f64,
    /// Posts whose gold label changed, by key; they are not compared.
    pub relabelled: Vec<String>,
    /// The changed verdicts, broken ones first.
    pub changes: Vec<Change>,
    #[serde(skip)]
    before: Confusion,
    #[serde(skip)]
    now: Confusion,
}

/// How the corpus differs from that of the baseline; such posts are not compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct CorpusChange {
    /// Posts that the baseline does not have.
    pub added: Vec<String>,
    /// Posts that only the baseline has.
    pub gone: Vec<String>,
    /// Posts whose text changed.
    pub edited: Vec<String>,
}

/// A baseline, what is said now, and where things stand now.
pub(super) struct Runs<'r> {
    before: &'r Baseline,
    now: &'r Baseline,
    posts: BTreeMap<&'r str, &'r Place>,
    rows: BTreeMap<String, Place>,
}

impl<'r> Runs<'r> {
    /// Puts two runs side by side.
    pub(super) fn of(before: &'r Baseline, now: &'r Baseline, posts: &'r [LabelledPost], lexicon: &Lexicon) -> Self {
        let posts = posts.iter().map(|post| (post.key.as_str(), &post.place)).collect();
        let rows = weights(lexicon).into_iter().map(|(name, (_, place))| (name, place)).collect();
        Self { before, now, posts, rows }
    }

    /// How the corpus changed.
    pub(super) fn corpus(&self) -> CorpusChange {
        let (before, now) = (&self.before.posts, &self.now.posts);
        let missing = |here: &BTreeMap<String, _>, there: &BTreeMap<String, _>| {
            here.keys().filter(|key| !there.contains_key(*key)).cloned().collect()
        };
        let edited = now.iter().filter(|(key, kept)| before.get(*key).is_some_and(|other| other.text != kept.text));
        CorpusChange {
            added: missing(now, before),
            gone: missing(before, now),
            edited: edited.map(|(key, _)| key.clone()).collect(),
        }
    }

    /// Whether no post can be compared.
    pub(super) fn is_strange(&self) -> bool {
        !self.now.posts.keys().any(|key| self.before.posts.contains_key(key))
    }

    /// One answer before and now.
    pub(super) fn compare(&self, answer: Answer) -> Comparison {
        let mut pairs = Vec::new();
        let (mut relabelled, mut changes) = (Vec::new(), Vec::new());
        for (key, now) in &self.now.posts {
            let Some(before) = self.before.posts.get(key).filter(|before| before.text == now.text) else { continue };
            match (before.said.get(&answer), now.said.get(&answer)) {
                (Some((gold, then)), Some((same, said))) if gold == same => pairs.push((gold, then, said)),
                (None, None) => continue,
                _ => {
                    relabelled.push(key.clone());
                    continue;
                }
            }
            changes.extend(self.change(answer, key, before, now));
        }
        let label = |name: &str| answer.label(name).unwrap_or_default();
        let before = Confusion::of(pairs.iter().map(|(gold, then, _)| (label(gold), label(then))));
        let now = Confusion::of(pairs.iter().map(|(gold, _, said)| (label(gold), label(said))));
        changes.sort_by(|a, b| (a.turn, &a.file, a.line).cmp(&(b.turn, &b.file, b.line)));
        let count = |turn| changes.iter().filter(|change| change.turn == turn).count() as u64;
        let (fixed, broken, still_wrong) = (count(Turn::Fixed), count(Turn::Broken), count(Turn::StillWrong));
        Comparison {
            answer,
            posts: before.total(),
            fixed,
            broken,
            still_wrong,
            p_value: mcnemar(fixed, broken),
            macro_f1_before: before.macro_f1(),
            macro_f1_now: now.macro_f1(),
            accuracy_before: before.accuracy(),
            accuracy_now: now.accuracy(),
            relabelled,
            changes,
            before,
            now,
        }
    }

    fn change(&self, answer: Answer, key: &str, before: &Kept, now: &Kept) -> Option<Change> {
        let ((gold, then), (_, said)) = (before.said.get(&answer)?, now.said.get(&answer)?);
        let turn = match (then == gold, said == gold) {
            _ if then == said => return None,
            (true, _) => Turn::Broken,
            (_, true) => Turn::Fixed,
            _ => Turn::StillWrong,
        };
        let (file, line) = self.posts.get(key).map_or_else(Default::default, |p| (p.file.to_string(), p.line));
        Some(Change {
            key: key.to_owned(),
            file,
            line,
            turn,
            gold: gold.clone(),
            before: then.clone(),
            now: said.clone(),
            causes: self.causes(answer, before, now),
        })
    }

    /// The rows that counted before and not now, or now and not before, or with other weights.
    fn causes(&self, answer: Answer, before: &Kept, now: &Kept) -> Vec<Cause> {
        let (before, now) = (deciding(&before.rows, answer), deciding(&now.rows, answer));
        let causes = before.union(&now).filter_map(|row| {
            let weights =
                |run: &Baseline, rows: &Rows| rows.contains(row).then(|| run.rows.get(row).cloned()).flatten();
            let (before, now) = (weights(self.before, &before), weights(self.now, &now));
            let place = self.rows.get(row).map(Place::to_string);
            (before != now).then(|| Cause { row: row.clone(), place, before, now })
        });
        causes.collect()
    }
}

impl Comparison {
    /// How much a figure lost on the compared posts, and how many posts it rests on.
    pub fn drop(&self, metric: Metric) -> (Option<f64>, u64) {
        let ((before, posts), (now, _)) = (metric.of(self.answer, &self.before), metric.of(self.answer, &self.now));
        (before.zip(now).map(|(before, now)| before - now), posts)
    }
}
