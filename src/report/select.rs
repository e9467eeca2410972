//! Which posts count for the shares, and what was left out: copies, retweets, adverts, double exports.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::mask::mask;
use super::options::{Noise, Options};
use super::record::Record;
use super::tally::Tally;
use crate::opinion::{Label, Stance};

/// A text posted at least this often by at least [`CAMPAIGN_AUTHORS`] is called a campaign. A convention of this report.
pub const CAMPAIGN_POSTS: usize = 5;

/// The fewest authors of a campaign.
pub const CAMPAIGN_AUTHORS: usize = 3;

/// The most campaigns that are listed.
const MOST_CAMPAIGNS: usize = 10;

/// How many posts there are, and how many of them count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Intake {
    /// Posts that were read.
    pub read: u64,
    /// One of so many authors was kept; 1 when all were.
    pub one_author_in: u64,
    /// Posts of the authors that were kept: what the figures below add up to.
    pub kept: u64,
    /// Posts whose id another post has.
    pub exported_twice: u64,
    /// Posts that pass on another.
    pub retweets: u64,
    /// Posts that advertise and are no retweet.
    pub adverts: u64,
    /// Posts whose text another post has, letter by letter.
    pub exact_repeats: u64,
    /// Posts whose text another post has but for links, names, numbers, marks and case.
    pub near_repeats: u64,
    /// Kinds of posts that the shares include although they are left out as a rule.
    pub kept_kinds: Vec<Noise>,
    /// Posts that count for the shares.
    pub counted: u64,
    /// Authors of the posts that count.
    pub authors: u64,
    /// Posts that count and name no author; each stands for an author of its own.
    pub anonymous: u64,
    /// Posts that count and have a date.
    pub dated: u64,
}

/// One text that several authors posted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Campaign {
    /// The text, masked; none where it fell out of the sample of texts.
    pub text: Option<String>,
    /// How often it was posted, retweets not counted.
    pub posts: u64,
    /// By how many authors.
    pub authors: u64,
    /// The stance of its first post.
    pub stance: String,
}

/// The posts that count, and how they were found.
pub(super) struct Selection<'t> {
    pub(super) intake: Intake,
    pub(super) posts: Vec<&'t Record>,
    pub(super) campaigns: Vec<Campaign>,
}

impl<'t> Selection<'t> {
    pub(super) fn of(tally: &'t Tally, options: &Options) -> Self {
        let records = tally.sorted();
        let mut intake = Intake {
            read: tally.read(),
            one_author_in: tally.one_in(),
            kept: records.len() as u64,
            kept_kinds: options.keep.iter().copied().collect(),
            ..Intake::default()
        };
        let once = once_each(records, &mut intake);
        let campaigns = campaigns(tally, &once);
        let posts = counted(once, options, &mut intake);
        intake.counted = posts.len() as u64;
        intake.authors = posts.iter().map(|post| post.author).collect::<BTreeSet<_>>().len() as u64;
        intake.anonymous = count(&posts, |post| post.profile.anonymous);
        intake.dated = count(&posts, |post| post.date.is_some());
        Self { intake, posts, campaigns }
    }
}

fn count(posts: &[&Record], holds: impl Fn(&Record) -> bool) -> u64 {
    posts.iter().filter(|post| holds(post)).count() as u64
}

fn once_each<'t>(records: Vec<&'t Record>, intake: &mut Intake) -> Vec<&'t Record> {
    let mut seen = BTreeSet::new();
    let once: Vec<&Record> = records.into_iter().filter(|record| record.id == 0 || seen.insert(record.id)).collect();
    intake.exported_twice = intake.kept - once.len() as u64;
    once
}

/// Leaves out retweets, adverts and copies, unless they are kept. A post is counted once, as the first that it is.
fn counted<'t>(records: Vec<&'t Record>, options: &Options, intake: &mut Intake) -> Vec<&'t Record> {
    let mut first: Option<&Record> = None;
    let leaves_out = |kind| !options.keep.contains(&kind);
    let mut counts = |record: &'t Record| {
        if record.profile.retweet {
            intake.retweets += 1;
            if leaves_out(Noise::Retweet) {
                return false;
            }
        } else if record.profile.advert {
            intake.adverts += 1;
            if leaves_out(Noise::Advert) {
                return false;
            }
        }
        match first {
            Some(original) if original.wording == record.wording => {
                let copies =
                    if original.exact == record.exact { &mut intake.exact_repeats } else { &mut intake.near_repeats };
                *copies += 1;
                !leaves_out(Noise::Repeat)
            }
            _ => {
                first = Some(record);
                true
            }
        }
    };
    records.into_iter().filter(|record| counts(record)).collect()
}

fn campaigns(tally: &Tally, records: &[&Record]) -> Vec<Campaign> {
    let mut copies: BTreeMap<u64, Vec<&Record>> = BTreeMap::new();
    for run in records.chunk_by(|one, next| one.wording == next.wording).filter(|run| run.len() >= CAMPAIGN_POSTS) {
        copies.insert(run[0].wording, run.iter().copied().filter(|post| !post.profile.retweet).collect());
    }
    let mut found: Vec<(u64, Campaign)> =
        copies.into_iter().filter_map(|(wording, posts)| Some((wording, campaign(tally, &posts)?))).collect();
    found.sort_by_key(|(wording, campaign)| (std::cmp::Reverse((campaign.authors, campaign.posts)), *wording));
    found.into_iter().map(|(_, campaign)| campaign).take(MOST_CAMPAIGNS).collect()
}

fn campaign(tally: &Tally, posts: &[&Record]) -> Option<Campaign> {
    let authors = posts.iter().map(|post| post.author).collect::<BTreeSet<_>>().len();
    let stance: Stance = posts.first()?.stance();
    (posts.len() >= CAMPAIGN_POSTS && authors >= CAMPAIGN_AUTHORS).then(|| Campaign {
        text: tally.sample().text(posts[0].wording).map(mask),
        posts: posts.len() as u64,
        authors: authors as u64,
        stance: stance.name().to_owned(),
    })
}
