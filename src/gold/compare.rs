//! Verdicts now against a baseline, on the posts that did not change.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::answer::Answer;
use super::baseline::{Baseline, Said};
use super::interval::mcnemar;
use super::labelled::LabelledPost;
use super::metrics::Confusion;
use super::requirement::Metric;
use super::trace::{priors, weights};
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
        let mut relabelled = Vec::new();
        for (key, now) in &self.now.posts {
            let Some(before) = self.before.posts.get(key).filter(|before| before.text == now.text) else { continue };
            let of = |said: &'r BTreeMap<String, Said>| said.get(answer.name());
            match (of(&before.said), of(&now.said)) {
                (Some(before), Some(now)) if before.gold == now.gold => pairs.push((key, before, now)),
                (None, None) => {}
                _ => relabelled.push(key.clone()),
            }
        }
        let label = |name: &str| answer.label(name).unwrap_or_default();
        let before = Confusion::of(pairs.iter().map(|(_, before, _)| (label(&before.gold), label(&before.said))));
        let now = Confusion::of(pairs.iter().map(|(_, _, now)| (label(&now.gold), label(&now.said))));
        let turned = pairs.iter().filter(|(_, before, now)| before.said != now.said);
        let mut changes: Vec<Change> = turned.map(|(key, before, now)| self.change(answer, key, before, now)).collect();
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

    fn change(&self, answer: Answer, key: &str, before: &Said, now: &Said) -> Change {
        let turn = match (before.said == before.gold, now.said == now.gold) {
            (true, _) => Turn::Broken,
            (_, true) => Turn::Fixed,
            _ => Turn::StillWrong,
        };
        let (file, line) = self.posts.get(key).map_or_else(Default::default, |p| (p.file.to_string(), p.line));
        Change {
            key: key.to_owned(),
            file,
            line,
            turn,
            gold: now.gold.clone(),
            before: before.said.clone(),
            now: now.said.clone(),
            causes: self.causes(answer, before, now),
        }
    }

    /// The rows that counted before and not now, or now and not before, or with other weights.
    fn causes(&self, answer: Answer, before: &Said, now: &Said) -> Vec<Cause> {
        let priors: Vec<String> = priors(answer).collect();
        let names: BTreeSet<&String> = before.rows.iter().chain(&now.rows).chain(&priors).collect();
        let counts = |said: &Said, name| said.rows.contains(name) || priors.contains(name);
        let causes = names.into_iter().filter_map(|name| {
            let weights = |run: &Baseline, said| counts(said, name).then(|| run.rows.get(name).cloned()).flatten();
            let (before, now) = (weights(self.before, before), weights(self.now, now));
            let place = self.rows.get(name).map(Place::to_string);
            (before != now).then(|| Cause { row: name.clone(), place, before, now })
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
