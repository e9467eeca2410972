//! Whether figures meet what is asked of them: one verdict for every format and the exit status.

use serde::Serialize;

use super::answer::Answer;
use super::compare::Comparison;
use super::figures::Figures;
use super::requirement::{Metric, Requirement};

/// Below so many posts a Wilson interval is wider than ±17 points, so no bound is decided unless the user says so.
pub const FEWEST_POSTS: u64 = 30;

/// What is asked of the figures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gate {
    /// The least that figures may be.
    pub min: Vec<Requirement>,
    /// The most that figures may lose against the baseline.
    pub max_drop: Vec<Requirement>,
    /// The most posts an answer may break against the baseline.
    pub max_broken: Option<u64>,
    /// The fewest posts that a test may rest on; fewer is a failure. Without it, fewer than [`FEWEST_POSTS`] decide nothing.
    pub min_posts: Option<u64>,
}

/// How one test ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The figure is within the bound.
    Met,
    /// It is not.
    FellShort,
    /// Too few posts to decide.
    TooFew,
}

/// What a test bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The least value.
    Min,
    /// The largest loss against the baseline.
    MaxDrop,
    /// The most broken posts against the baseline.
    MaxBroken,
}

/// One figure against its bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Test {
    /// The answer.
    pub answer: Answer,
    /// The figure, as the user writes it.
    pub metric: String,
    /// What is bounded.
    pub kind: Bound,
    /// The bound.
    pub bound: f64,
    /// The figure; none where it is not defined.
    pub value: Option<f64>,
    /// How many posts it rests on.
    pub posts: u64,
    /// How it ended.
    pub outcome: Outcome,
}

impl Gate {
    /// Tests the figures. Refuses a requirement that fits no answer.
    pub fn tests(&self, figures: &[Figures], comparisons: &[Comparison]) -> Result<Vec<Test>, String> {
        let answers: Vec<Answer> = figures.iter().map(|figures| figures.answer).collect();
        let mut tests = Vec::new();
        for requirement in &self.min {
            let answer = requirement.answer(&answers)?;
            let table = figures.iter().find(|figures| figures.answer == answer).map(|figures| &figures.confusion);
            let (value, posts) = table.map_or((None, 0), |table| requirement.metric.of(answer, table));
            tests.push(self.test(answer, requirement.metric, Bound::Min, (requirement.bound, value, posts)));
        }
        for requirement in &self.max_drop {
            let answer = requirement.answer(&answers)?;
            let Some(comparison) = comparisons.iter().find(|comparison| comparison.answer == answer) else { continue };
            let (drop, posts) = comparison.drop(requirement.metric);
            tests.push(self.test(answer, requirement.metric, Bound::MaxDrop, (requirement.bound, drop, posts)));
        }
        // A baseline without any bound would let everything pass: then no post may break.
        let most = self.max_broken.or_else(|| self.max_drop.is_empty().then_some(0));
        tests.extend(
            most.into_iter().flat_map(|most| comparisons.iter().map(move |comparison| broken(comparison, most))),
        );
        Ok(tests)
    }

    fn test(&self, answer: Answer, metric: Metric, kind: Bound, found: (f64, Option<f64>, u64)) -> Test {
        let (bound, value, posts) = found;
        let within =
            value.is_some_and(|value| if kind == Bound::Min { value >= bound } else { value <= bound + ROUNDING });
        let outcome = match self.min_posts {
            Some(fewest) if posts < fewest => Outcome::FellShort,
            None if posts < FEWEST_POSTS => Outcome::TooFew,
            _ if within => Outcome::Met,
            _ => Outcome::FellShort,
        };
        Test { answer, metric: metric.to_string(), kind, bound, value, posts, outcome }
    }
}

/// A drop of exactly the bound is allowed, however its digits are stored.
const ROUNDING: f64 = 1e-12;

/// A broken post needs no sample: it was right and is wrong.
fn broken(comparison: &Comparison, most: u64) -> Test {
    let outcome = if comparison.broken <= most { Outcome::Met } else { Outcome::FellShort };
    Test {
        answer: comparison.answer,
        metric: "broken".to_owned(),
        kind: Bound::MaxBroken,
        bound: most as f64,
        value: Some(comparison.broken as f64),
        posts: comparison.posts,
        outcome,
    }
}

impl Test {
    /// What was asked, in words.
    pub fn name(&self) -> String {
        let answer = self.answer.name();
        match self.kind {
            Bound::Min => format!("{answer} {} at least {}", self.metric, self.bound),
            Bound::MaxDrop => format!("{answer} {} loses at most {}", self.metric, self.bound),
            Bound::MaxBroken => format!("{answer} breaks at most {} posts", self.bound),
        }
    }

    /// What was found, in words.
    pub fn found(&self) -> String {
        let posts = self.posts;
        let value = match (self.value, self.kind) {
            (None, _) => "not defined".to_owned(),
            (Some(value), Bound::MaxBroken) => format!("{value} broken"),
            (Some(value), Bound::MaxDrop) => format!("{value:+.4} lost"),
            (Some(value), Bound::Min) => format!("{value:.4}"),
        };
        match self.outcome {
            Outcome::TooFew => format!("{value} over {posts} posts: too few to decide (fewer than {FEWEST_POSTS})"),
            _ => format!("{value} over {posts} posts"),
        }
    }
}
