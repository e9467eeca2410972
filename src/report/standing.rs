//! How one group leans, how two groups differ, and whether there are enough posts to say so.

use serde::Serialize;

use super::cluster::{Cluster, clusters};
use super::estimate::{
    Estimate, MIN_AUTHORS, Z, bonett_price, covariance, detectable, effective, effective_authors, normal_tail, wilson,
};
use super::record::Record;
use crate::opinion::Stance;

/// How one group of posts leans.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Standing {
    /// The group.
    pub name: String,
    /// Its posts.
    pub posts: u64,
    /// Its authors; a post without one counts as one.
    pub authors: u64,
    /// Posts for e-commerce.
    pub pro: u64,
    /// Posts against it.
    pub kontra: u64,
    /// Posts without a lean.
    pub netral: u64,
    /// The figures, or nothing where there are too few authors to say.
    pub figures: Option<Figures>,
}

/// Shares and net stances of a group that is large enough.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Figures {
    /// The number of independent posts that would say as much about the net stance.
    pub effective: f64,
    /// The share of posts for e-commerce.
    pub pro: Estimate,
    /// The share of posts against it.
    pub kontra: Estimate,
    /// The share of posts without a lean.
    pub netral: Estimate,
    /// (pro − kontra) / (pro + kontra + netral).
    pub net: Estimate,
    /// (pro − kontra) / (pro + kontra), where enough authors lean.
    pub polar: Option<Estimate>,
}

/// How the net stance of one group differs from another's.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Difference {
    /// The group whose net stance is taken.
    pub of: String,
    /// The group whose net stance is subtracted.
    pub from: String,
    /// The difference, or nothing where either group is too small.
    pub net: Option<Estimate>,
    /// The chance of a difference at least as large, were there none.
    pub p: Option<f64>,
    /// The smallest true difference that as many posts would have shown four times in five.
    pub detectable: Option<f64>,
}

/// A group of posts by author.
#[derive(Clone, Debug)]
pub(super) struct Group {
    name: String,
    clusters: Vec<Cluster>,
}

impl Group {
    /// The posts under their own stance.
    pub(super) fn of<'t>(name: &str, posts: impl Iterator<Item = &'t Record>) -> Self {
        Self::with(name, posts.map(|post| (post, post.stance())))
    }

    /// The posts under a stance that is given for each.
    pub(super) fn with<'t>(name: &str, posts: impl Iterator<Item = (&'t Record, Stance)>) -> Self {
        Self { name: name.to_owned(), clusters: clusters(posts) }
    }

    pub(super) fn standing(&self) -> Standing {
        Standing::of(&self.name, &self.clusters)
    }

    /// The number of independent posts that would say as much, where there are authors enough.
    pub(super) fn effective(&self) -> Option<f64> {
        (self.clusters.len() >= MIN_AUTHORS).then(|| net_sample(&self.clusters).2)
    }

    /// How this group's net stance differs from the other's.
    pub(super) fn minus(&self, other: &Self) -> Difference {
        Difference::of((&self.name, &self.clusters), (&other.name, &other.clusters))
    }
}

impl Standing {
    /// The standing of a group whose posts are counted by author, in the order of authors.
    pub fn of(name: &str, clusters: &[Cluster]) -> Self {
        let sum = |part: fn(&Cluster) -> u32| clusters.iter().map(|one| u64::from(part(one))).sum::<u64>();
        let (pro, kontra, netral) = (sum(|one| one.pro), sum(|one| one.kontra), sum(|one| one.netral));
        Self {
            name: name.to_owned(),
            posts: pro + kontra + netral,
            authors: clusters.len() as u64,
            pro,
            kontra,
            netral,
            figures: (clusters.len() >= MIN_AUTHORS).then(|| Figures::of(clusters)),
        }
    }
}

impl Figures {
    fn of(clusters: &[Cluster]) -> Self {
        let (pro, kontra, effective) = net_sample(clusters);
        Self {
            effective,
            pro: share(clusters, |one| one.pro),
            kontra: share(clusters, |one| one.kontra),
            netral: share(clusters, |one| one.netral),
            net: net(pro, kontra, effective),
            polar: polar(clusters),
        }
    }
}

impl Difference {
    /// The difference between two named groups whose posts are counted by author.
    pub fn of(ours: (&str, &[Cluster]), theirs: (&str, &[Cluster])) -> Self {
        let mut difference =
            Self { of: ours.0.to_owned(), from: theirs.0.to_owned(), net: None, p: None, detectable: None };
        if ours.1.len().min(theirs.1.len()) < MIN_AUTHORS {
            return difference;
        }
        let ((value, middle, variance), (other, other_middle, other_variance)) = (moments(ours.1), moments(theirs.1));
        let error = (variance + other_variance - 2.0 * covariance(ours.1, theirs.1)).max(f64::EPSILON).sqrt();
        let (value, middle) = (value - other, middle - other_middle);
        difference.net = Some(around(value, middle, (Z * error, 2.0)));
        difference.p = Some(normal_tail(middle / error));
        difference.detectable = Some(detectable(error).min(2.0));
        difference
    }
}

/// The share of posts of one side, with its own effective number of posts; of the net stance where no post has the side.
fn share(clusters: &[Cluster], side: fn(&Cluster) -> u32) -> Estimate {
    let posts: f64 = clusters.iter().map(Cluster::posts).sum();
    let share = clusters.iter().map(|one| f64::from(side(one))).sum::<f64>() / posts;
    let own = effective(clusters, |one| (f64::from(side(one)), f64::from(side(one)), one.posts()));
    wilson(share, own.unwrap_or_else(|| net_sample(clusters).2))
}

/// The shares of pro and kontra, and the effective number of posts for the net stance.
fn net_sample(clusters: &[Cluster]) -> (f64, f64, f64) {
    let posts: f64 = clusters.iter().map(Cluster::posts).sum();
    let share = |part: fn(&Cluster) -> u32| clusters.iter().map(|one| f64::from(part(one))).sum::<f64>() / posts;
    let (pro, kontra) = (|one: &Cluster| f64::from(one.pro), |one: &Cluster| f64::from(one.kontra));
    let effective = effective(clusters, |one| (pro(one) - kontra(one), pro(one) + kontra(one), one.posts()));
    (share(|one| one.pro), share(|one| one.kontra), effective.unwrap_or_else(|| effective_authors(clusters)))
}

fn net(pro: f64, kontra: f64, effective: f64) -> Estimate {
    let (middle, error) = bonett_price(pro, kontra, effective);
    around(pro - kontra, middle, (Z * error, 1.0))
}

/// The interval around a middle, held within what is possible and around the value.
fn around(value: f64, middle: f64, (half, most): (f64, f64)) -> Estimate {
    Estimate { value, low: (middle - half).clamp(-most, value), high: (middle + half).clamp(value, most) }
}

/// The net stance of the posts that lean.
fn polar(clusters: &[Cluster]) -> Option<Estimate> {
    let leaning: Vec<Cluster> =
        clusters.iter().map(|one| Cluster { netral: 0, ..*one }).filter(|one| one.pro + one.kontra > 0).collect();
    if leaning.len() < MIN_AUTHORS {
        return None;
    }
    let (pro, kontra, effective) = net_sample(&leaning);
    Some(net(pro, kontra, effective))
}

/// The net stance, the middle of its interval, and its variance.
fn moments(clusters: &[Cluster]) -> (f64, f64, f64) {
    let (pro, kontra, effective) = net_sample(clusters);
    let (middle, error) = bonett_price(pro, kontra, effective);
    (pro - kontra, middle, error * error)
}
