//! Every figure of a report, ready to be shown.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::correction::Correction;
use super::example::{Example, examples};
use super::options::{About, Options};
use super::record::Record;
use super::select::{Campaign, Intake, Selection};
use super::standing::{Difference, Group, Standing};
use super::tally::Tally;
use super::terms::Terms;
use super::time::Time;
use crate::opinion::{Label, Reason, Reported, Seller, Sentiment, Stance};

/// The most platforms, aspects or groups of the user's own that are listed, the most frequent ones.
const MOST_NAMES: usize = 25;

/// Every figure of a report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    /// Where the figures come from.
    pub about: About,
    /// How many posts there are, and how many count.
    pub intake: Intake,
    /// How many posts the lexicon has nothing to say about.
    pub coverage: Coverage,
    /// How all posts and each seller group lean.
    pub groups: Vec<Standing>,
    /// How online sellers differ from offline sellers.
    pub difference: Difference,
    /// The figures corrected for the tool's errors, where a sample of the posts is labelled.
    pub correction: Option<Correction>,
    /// What posts say about online and offline sellers other than their authors.
    pub reported: Vec<Standing>,
    /// How tone and stance go together.
    pub tones: Vec<Cross>,
    /// How the posts lean that name a platform.
    pub platforms: Vec<Standing>,
    /// How the posts lean that are about an aspect.
    pub aspects: Vec<Standing>,
    /// The name of the user's own grouping.
    pub grouped_by: Option<String>,
    /// How the user's own groups lean.
    pub own_groups: Vec<Standing>,
    /// The posts over time, where any has a date.
    pub time: Option<Time>,
    /// The terms and words behind the figures.
    pub terms: Terms,
    /// Typical posts.
    pub examples: Vec<Example>,
    /// Texts that several authors posted.
    pub campaigns: Vec<Campaign>,
}

/// How many posts the lexicon has nothing to say about, and why posts are netral.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Coverage {
    /// Posts that count.
    pub posts: u64,
    /// Those without any stance or sentiment term.
    pub without_term: u64,
    /// Why netral posts are netral.
    pub reasons: Vec<Named>,
}

/// A name and how many posts have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Named {
    /// The name.
    pub name: String,
    /// The posts.
    pub posts: u64,
}

/// The stances of the posts of one tone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Cross {
    /// The tone.
    pub sentiment: String,
    /// Posts for e-commerce.
    pub pro: u64,
    /// Posts against it.
    pub kontra: u64,
    /// Posts without a lean.
    pub netral: u64,
}

impl Summary {
    /// What the tally adds up to.
    pub fn of(tally: &Tally, options: &Options) -> Self {
        let Selection { intake, posts, campaigns } = Selection::of(tally, options);
        let group = |name: &str| Group::of(name, posts.iter().copied().filter(|post| in_group(post, name)));
        let names = std::iter::once("all").chain(Seller::ALL.iter().map(|seller| seller.name()));
        Self {
            about: options.about.clone(),
            intake,
            coverage: Coverage::of(&posts),
            groups: names.map(|name| group(name).standing()).collect(),
            difference: group("online").minus(&group("offline")),
            correction: Correction::of(&posts),
            reported: vec![
                reported(&posts, "online", |post| post.profile.reported_online),
                reported(&posts, "offline", |post| post.profile.reported_offline),
            ],
            tones: Sentiment::ALL.iter().map(|tone| Cross::of(&posts, *tone)).collect(),
            platforms: by_name(&posts, |post| &post.profile.platforms),
            aspects: by_name(&posts, |post| &post.profile.aspects),
            grouped_by: options.group_by.clone(),
            own_groups: by_name(&posts, |post| post.profile.group.as_slice()),
            time: Time::of(&posts, options),
            terms: Terms::of(tally, options),
            examples: examples(tally, &posts, options),
            campaigns,
        }
    }
}

impl Coverage {
    fn of(posts: &[&Record]) -> Self {
        let of_reason = |reason: Reason| posts.iter().filter(|post| post.profile.reason == Some(reason)).count() as u64;
        let named = |reason: &Reason| Named { name: reason.name().to_owned(), posts: of_reason(*reason) };
        Self {
            posts: posts.len() as u64,
            without_term: posts.iter().filter(|post| !post.profile.covered).count() as u64,
            reasons: Reason::ALL.iter().map(named).collect(),
        }
    }
}

impl Cross {
    fn of(posts: &[&Record], tone: Sentiment) -> Self {
        let count = |stance: Stance| {
            posts.iter().filter(|post| post.profile.sentiment == tone && post.stance() == stance).count() as u64
        };
        Self {
            sentiment: tone.name().to_owned(),
            pro: count(Stance::Pro),
            kontra: count(Stance::Kontra),
            netral: count(Stance::Netral),
        }
    }
}

/// Whether the post belongs to the group of that name: a seller group, or all.
pub(super) fn in_group(post: &Record, name: &str) -> bool {
    name == "all" || post.profile.seller.name() == name
}

fn reported(posts: &[&Record], name: &str, of: impl Fn(&Record) -> Reported) -> Standing {
    let attributed = posts.iter().filter_map(|post| match of(post) {
        Reported::Pro => Some((*post, Stance::Pro)),
        Reported::Kontra => Some((*post, Stance::Kontra)),
        Reported::None => None,
    });
    Group::with(name, attributed).standing()
}

/// The standing of every name that posts have, the most frequent first.
fn by_name<'t>(posts: &[&'t Record], names: impl Fn(&'t Record) -> &'t [String]) -> Vec<Standing> {
    let mut by_name: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for post in posts {
        for name in names(post) {
            by_name.entry(name).or_default().push(post);
        }
    }
    let mut parts: Vec<_> = by_name.into_iter().collect();
    parts.sort_by_key(|(name, posts)| (Reverse(posts.len()), *name));
    parts.into_iter().take(MOST_NAMES).map(|(name, posts)| Group::of(name, posts.into_iter()).standing()).collect()
}
