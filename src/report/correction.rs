//! Shares corrected for the tool's own errors, with a sample of the same posts that people labelled.
//!
//! Forman's adjusted count (2008) inverts the confusion matrix because its labelled posts come from elsewhere. Here they
//! are a sample of the posts themselves, so what a verdict means is known directly: the share of each verdict times what
//! people said of posts with that verdict (double sampling: Tenenbein 1970). It needs no inverse and stays within 0..1.

use serde::Serialize;

use super::estimate::{Estimate, Z};
use super::record::Record;
use super::standing::Group;
use super::summary::in_group;
use crate::opinion::{Label, Stance};

/// With fewer labelled posts of a verdict that the group has, its meaning is not estimated. A convention of this report.
pub const MIN_LABELLED: u64 = 10;

/// The groups that are corrected.
const CORRECTED: [&str; 3] = ["all", "online", "offline"];

/// What people said of a sample of the posts, and the shares that follow.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Correction {
    /// Labelled posts among those that count.
    pub labelled: u64,
    /// What people said of the posts of each verdict.
    pub confusion: Vec<Confusion>,
    /// The corrected figures of all, online and offline.
    pub groups: Vec<Corrected>,
}

/// What people said of the posts of one verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Confusion {
    /// The verdict of the tool.
    pub verdict: String,
    /// Posts that people call pro.
    pub pro: u64,
    /// Posts that people call kontra.
    pub kontra: u64,
    /// Posts that people call netral.
    pub netral: u64,
}

/// The corrected figures of a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Corrected {
    /// The group.
    pub name: String,
    /// Its labelled posts.
    pub labelled: u64,
    /// The corrected figures, or nothing where too few posts are labelled.
    pub figures: Option<CorrectedFigures>,
}

/// Corrected shares and net stance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CorrectedFigures {
    /// The share of posts for e-commerce.
    pub pro: Estimate,
    /// The share of posts against it.
    pub kontra: Estimate,
    /// The share of posts without a lean.
    pub netral: Estimate,
    /// (pro − kontra) / (pro + kontra + netral).
    pub net: Estimate,
}

/// One verdict: its share of the posts, and how often people said pro, kontra and netral of it.
type Verdict = (f64, [u64; 3]);

impl Correction {
    /// Nothing where no post is labelled.
    pub(super) fn of(posts: &[&Record]) -> Option<Self> {
        let labelled = posts.iter().filter(|post| post.profile.gold.is_some()).count() as u64;
        let confusion = Stance::ALL.iter().map(|verdict| {
            let [pro, kontra, netral] = said(posts.iter().copied(), *verdict);
            Confusion { verdict: verdict.name().to_owned(), pro, kontra, netral }
        });
        (labelled > 0).then(|| Self {
            labelled,
            confusion: confusion.collect(),
            groups: CORRECTED.iter().map(|name| Corrected::of(name, posts)).collect(),
        })
    }
}

impl Corrected {
    fn of(name: &str, posts: &[&Record]) -> Self {
        let posts: Vec<&Record> = posts.iter().copied().filter(|post| in_group(post, name)).collect();
        let share =
            |verdict: Stance| posts.iter().filter(|post| post.stance() == verdict).count() as f64 / posts.len() as f64;
        let verdicts: Vec<Verdict> = Stance::ALL
            .iter()
            .map(|verdict| (share(*verdict), said(posts.iter().copied(), *verdict)))
            .filter(|(share, _)| *share > 0.0)
            .collect();
        let enough = !verdicts.is_empty() && verdicts.iter().all(|(_, said)| said.iter().sum::<u64>() >= MIN_LABELLED);
        let effective = Group::of(name, posts.iter().copied()).effective();
        Self {
            name: name.to_owned(),
            labelled: posts.iter().filter(|post| post.profile.gold.is_some()).count() as u64,
            figures: effective.filter(|_| enough).map(|effective| CorrectedFigures {
                pro: corrected(&verdicts, [1.0, 0.0, 0.0], effective),
                kontra: corrected(&verdicts, [0.0, 1.0, 0.0], effective),
                netral: corrected(&verdicts, [0.0, 0.0, 1.0], effective),
                net: corrected(&verdicts, [1.0, -1.0, 0.0], effective),
            }),
        }
    }
}

/// The mean of the values that labels are worth, over the verdicts, and its interval.
///
/// Variance: within verdicts by the labelled posts, between them by the effective number of all posts. Within, half a
/// post is added to each label (Jeffreys), so that a verdict without an error in the sample is not taken for infallible.
fn corrected(verdicts: &[Verdict], values: [f64; 3], effective: f64) -> Estimate {
    let (mut mean, mut square, mut within) = (0.0, 0.0, 0.0);
    for (share, said) in verdicts {
        let labelled: f64 = said.iter().map(|count| *count as f64).sum();
        let moment = |add: f64, power: i32| {
            let pairs = said.iter().zip(values);
            pairs.map(|(count, value)| (*count as f64 + add) * value.powi(power)).sum::<f64>() / (labelled + 3.0 * add)
        };
        mean += share * moment(0.0, 1);
        square += share * moment(0.0, 1).powi(2);
        within += share * share * (moment(0.5, 2) - moment(0.5, 1).powi(2)) / labelled;
    }
    let between = (square - mean * mean).max(0.0) / effective;
    let half = Z * (within + between).sqrt();
    let least = values.into_iter().fold(0.0, f64::min);
    Estimate { value: mean, low: (mean - half).max(least), high: (mean + half).min(1.0) }
}

fn said<'t>(posts: impl Iterator<Item = &'t Record>, verdict: Stance) -> [u64; 3] {
    let mut said = [0; 3];
    for gold in posts.filter(|post| post.stance() == verdict).filter_map(|post| post.profile.gold) {
        said[gold as usize] += 1;
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_follows_what_people_said() {
        // 60 % verdicts pro, of which people uphold 80 %; 40 % kontra, of which they uphold 90 %.
        let verdicts = [(0.6, [80, 20, 0]), (0.4, [10, 90, 0])];
        let pro = corrected(&verdicts, [1.0, 0.0, 0.0], 500.0);
        assert!((pro.value - 0.52).abs() < 1e-12);
        assert!(pro.low > 0.45 && pro.high < 0.59, "{pro:?}");
    }

    #[test]
    fn no_error_in_the_sample_is_not_certainty() {
        let sure = corrected(&[(1.0, [12, 0, 0])], [1.0, 0.0, 0.0], 1e9);
        assert!(sure.low < 0.9 && (sure.high - 1.0).abs() < 1e-12, "{sure:?}");
    }
}
