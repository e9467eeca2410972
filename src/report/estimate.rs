//! Intervals, effective sample sizes and tests for shares and net stances of posts clustered by author.

use serde::Serialize;
use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::cluster::Cluster;

/// The coverage that every interval aims at.
pub const LEVEL: f64 = 0.95;

/// The normal quantile for [`LEVEL`], both sides.
pub const Z: f64 = 1.959_963_984_540_054;

/// The chance of finding a difference that the smallest detectable one refers to (Cohen 1988).
pub const POWER: f64 = 0.8;

/// The normal quantile for [`POWER`].
const Z_POWER: f64 = 0.841_621_233_572_914_2;

/// With fewer authors nothing but the counts is said: below about ten clusters their variance cannot be estimated
/// (Cameron & Miller 2015, section VI, ask for more still). A group without author names counts each post as an author.
pub const MIN_AUTHORS: usize = 10;

/// A figure and its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
}

/// What one post adds to a figure, summed by author: sum of values, sum of their squares, number of posts.
pub(super) type Sums = (f64, f64, f64);

/// The Wilson interval of a share of `n` posts; `n` may be an effective number (Wilson 1927; Dean & Pagano 2015).
pub fn wilson(share: f64, n: f64) -> Estimate {
    let z2 = Z * Z;
    let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    Estimate { value: share, low: (middle - half).clamp(0.0, share), high: (middle + half).clamp(share, 1.0) }
}

/// The middle and the standard error of `pro − kontra`, two shares of the same `n` posts, with one post added to
/// either side so that a unanimous group does not look certain (Bonett & Price 2012).
pub fn bonett_price(pro: f64, kontra: f64, n: f64) -> (f64, f64) {
    let (pro, kontra) = ((pro * n + 1.0) / (n + 2.0), (kontra * n + 1.0) / (n + 2.0));
    let middle = pro - kontra;
    (middle, ((pro + kontra - middle * middle) / (n + 2.0)).sqrt())
}

/// The two-sided quantile of Student's t for [`LEVEL`].
pub fn critical_t(freedom: f64) -> f64 {
    StudentsT::new(0.0, 1.0, freedom).map_or(Z, |t| t.inverse_cdf(f64::midpoint(1.0, LEVEL)))
}

/// The chance of a normal value at least that far from zero.
pub fn normal_tail(z: f64) -> f64 {
    2.0 * Normal::standard().cdf(-z.abs())
}

/// The smallest true difference that a test at 5 % finds with probability [`POWER`].
pub fn detectable(error: f64) -> f64 {
    (Z + Z_POWER) * error
}

/// The number of independent posts that say as much about the mean as these clustered ones.
///
/// The design effect is the variance of the mean by the cluster jackknife over its plain one: leaving out one author at
/// a time holds with fewer authors than linearisation does (`MacKinnon`, Nielsen & Webb 2023); the degrees of
/// freedom are those of the authors (Korn & Graubard 1998). The effect is never taken below 1. Nothing is known where
/// all posts have the same value.
pub(super) fn effective(clusters: &[Cluster], sums: impl Fn(&Cluster) -> Sums) -> Option<f64> {
    let all: Vec<Sums> = clusters.iter().map(sums).filter(|sums| sums.2 > 0.0).collect();
    let total = all.iter().fold((0.0, 0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2));
    let (posts, authors) = (total.2, all.len() as f64);
    if authors < 2.0 {
        return None;
    }
    let mean = total.0 / posts;
    let plain = (total.1 / posts - mean * mean) / (posts - 1.0);
    if plain <= f64::EPSILON {
        return None;
    }
    let without = |one: &Sums| (total.0 - one.0) / (posts - one.2);
    let squares: f64 = all.iter().map(|one| (without(one) - mean).powi(2)).sum();
    let effect = squares * (authors - 1.0) / authors / plain;
    let freedom = critical_t(posts - 1.0) / critical_t(authors - 1.0);
    Some(posts / effect.max(1.0) * freedom * freedom)
}

/// The effective number of posts of a unanimous group: as if every author had said it once, weighted by how often
/// (Kish 1965, with a correlation of 1 within authors).
pub(super) fn effective_authors(clusters: &[Cluster]) -> f64 {
    let (sum, squares) = clusters
        .iter()
        .map(Cluster::posts)
        .fold((0.0, 0.0), |(sum, squares), posts| (sum + posts, squares + posts * posts));
    sum * sum / squares
}

/// The covariance of the net stances of two groups through the authors who are in both, by linearisation (Binder 1983).
pub(super) fn covariance(ours: &[Cluster], theirs: &[Cluster]) -> f64 {
    let (our_net, our_posts) = net(ours);
    let (their_net, their_posts) = net(theirs);
    let influence =
        |one: &Cluster, net: f64, posts: f64| (f64::from(one.pro) - f64::from(one.kontra) - net * one.posts()) / posts;
    let authors = (ours.len() + theirs.len()) as f64;
    let shared: f64 = ours
        .iter()
        .filter_map(|one| {
            let at = theirs.binary_search_by_key(&one.author, |other| other.author).ok()?;
            Some(influence(one, our_net, our_posts) * influence(&theirs[at], their_net, their_posts))
        })
        .sum();
    shared * authors / (authors - 1.0).max(1.0)
}

fn net(clusters: &[Cluster]) -> (f64, f64) {
    let posts: f64 = clusters.iter().map(Cluster::posts).sum();
    let sum: f64 = clusters.iter().map(|one| f64::from(one.pro) - f64::from(one.kontra)).sum();
    (sum / posts, posts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_as_published() {
        // 15 of 148, Newcombe 1998, table I, method 3.
        let found = wilson(15.0 / 148.0, 148.0);
        assert!((found.low - 0.0624).abs() < 5e-5 && (found.high - 0.1605).abs() < 5e-5, "{found:?}");
    }

    /// Forty authors, every other one for, who post so often each.
    fn forty(posts: u32) -> Vec<Cluster> {
        let author = |place: u32| Cluster {
            author: place.into(),
            pro: posts * (place % 2),
            kontra: posts * (1 - place % 2),
            netral: 0,
        };
        (0..40).map(author).collect()
    }

    fn share_of_pro(one: &Cluster) -> Sums {
        (f64::from(one.pro), f64::from(one.pro), one.posts())
    }

    #[test]
    fn authors_who_post_once_count_in_full() {
        let found = effective(&forty(1), share_of_pro).expect("they differ");
        assert!((found - 40.0).abs() < 1e-6, "{found}");
    }

    #[test]
    fn the_authors_count_when_each_says_one_thing() {
        let found = effective(&forty(9), share_of_pro).expect("they differ");
        assert!((36.0..40.5).contains(&found), "{found}");
    }
}
