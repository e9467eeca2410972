//! One post in a few dozen bytes: what the report keeps of every post.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::post::Post;
use super::wording::{hash, head, is_retweet};
use crate::opinion::{Opinion, Reason, Reported, Seller, Sentiment, Stance};

/// A text shorter than this many words is a common answer ("setuju banget"), not a copy, unless one author repeats it.
const MIN_COPIED_WORDS: usize = 5;

/// A longer group name is cut, in bytes: it is a name, not a text.
const LONGEST_NAME: usize = 120;

/// How finely a lean is kept: a thousandth is finer than any report shows.
const LEAN_STEPS: f64 = 1000.0;

/// Everything about a post that many posts share.
#[allow(clippy::struct_excessive_bools, reason = "four independent facts about a post, not a state")]
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) retweet: bool,
    pub(super) advert: bool,
    pub(super) anonymous: bool,
    pub(super) covered: bool,
    pub(super) stance: Stance,
    pub(super) seller: Seller,
    pub(super) sentiment: Sentiment,
    pub(super) reported_online: Reported,
    pub(super) reported_offline: Reported,
    pub(super) reason: Option<Reason>,
    pub(super) gold: Option<Stance>,
    pub(super) platforms: Vec<String>,
    pub(super) aspects: Vec<String>,
    pub(super) group: Option<String>,
}

/// One post. The order of the fields is the order in which copies of a text are sorted: the earliest comes first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Record {
    pub(super) wording: u64,
    pub(super) date: Option<Date>,
    pub(super) author: u64,
    pub(super) id: u64,
    pub(super) exact: u64,
    pub(super) lean: i16,
    pub(super) profile: Arc<Profile>,
}

impl Profile {
    pub(super) fn of(post: &Post, opinion: &Opinion) -> Self {
        Self {
            retweet: is_retweet(post.text),
            advert: opinion.advert,
            anonymous: post.author.is_none(),
            covered: opinion.covered,
            stance: opinion.stance,
            seller: opinion.seller,
            sentiment: opinion.sentiment,
            reported_online: opinion.reported_online,
            reported_offline: opinion.reported_offline,
            reason: opinion.reason,
            gold: post.gold,
            platforms: distinct(&opinion.platforms),
            aspects: distinct(&opinion.aspects),
            group: post.group.map(|group| super::mask::visible(head(group.trim(), LONGEST_NAME))),
        }
    }
}

impl Record {
    /// The record of a post with this wording and this (shared) profile.
    pub(super) fn of(post: &Post, wording: &str, lean: f64, profile: Arc<Profile>) -> Self {
        let text = post.text.trim();
        let id = post.id.unwrap_or_default().trim();
        let author = post.author.map_or_else(|| author_of_its_own(post), |author| hash(&["author", author]));
        // A text without a single word (emoji, a number) is its own wording.
        let form = if wording.is_empty() { text } else { wording };
        let alone =
            if wording.split(' ').nth(MIN_COPIED_WORDS - 1).is_none() { author.to_string() } else { String::new() };
        Self {
            wording: hash(&[form, &alone]),
            date: post.date,
            author,
            id: if id.is_empty() { 0 } else { hash(&[id]) },
            exact: hash(&[text]),
            lean: thousandths(lean),
            profile,
        }
    }

    pub(super) fn stance(&self) -> Stance {
        self.profile.stance
    }
}

/// A lean read back from its stored form.
pub(super) fn lean_of(steps: i16) -> f64 {
    f64::from(steps) / LEAN_STEPS
}

/// Without an author every post stands for itself.
fn author_of_its_own(post: &Post) -> u64 {
    let date = post.date.map(|date| date.to_string()).unwrap_or_default();
    hash(&["post", post.id.unwrap_or_default().trim(), post.text.trim(), &date])
}

#[allow(clippy::cast_possible_truncation, reason = "a lean is within −1..1")]
fn thousandths(lean: f64) -> i16 {
    (lean.clamp(-1.0, 1.0) * LEAN_STEPS).round() as i16
}

fn distinct(names: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    names.sort();
    names.dedup();
    names
}
