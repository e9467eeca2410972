//! What is kept of posts while they pass: tallies add up to the same, however the posts were split.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::post::Post;
use super::record::{Profile, Record};
use super::sample::{Entry, Sample};
use super::wording::{is_retweet, wording};
use crate::opinion::Opinion;

/// The most posts kept, about 64 bytes each. Beyond them whole authors are dropped by the hash of their name until the
/// rest fits: a sample of authors, for which the clustered intervals hold. (Adaptive sampling: Flajolet 1990.)
pub const MAX_POSTS: usize = 2_000_000;

/// Posts and their opinions, in a form that merges in any order.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub(super) read: u64,
    pub(super) level: u32,
    pub(super) records: Vec<Record>,
    profiles: FxHashMap<u64, Arc<Profile>>,
    pub(super) sample: Sample,
}

impl Tally {
    /// Adds one post and what it says.
    pub fn add(&mut self, post: &Post, opinion: &Opinion) {
        self.read += 1;
        let wording = wording(post.text);
        let profile = self.shared(post, opinion);
        let record = Record::of(post, &wording, opinion.lean, profile);
        if self.sample.wants(&record) {
            self.sample.add(Entry::of(record.clone(), post.text, &wording, opinion));
        }
        if kept(&record, self.level) {
            self.records.push(record);
            self.shrink(MAX_POSTS);
        }
    }

    /// Adds what another tally has.
    pub fn merge(&mut self, other: Self) {
        self.read += other.read;
        self.level = self.level.max(other.level);
        self.records.extend(other.records);
        self.records.retain(|record| kept(record, self.level));
        self.profiles.extend(other.profiles);
        self.sample.merge(other.sample);
        self.shrink(MAX_POSTS);
    }

    /// How many posts were added.
    pub fn read(&self) -> u64 {
        self.read
    }

    /// One of how many authors is kept.
    pub(super) fn one_in(&self) -> u64 {
        1 << self.level
    }

    /// The records, copies side by side, the earliest first.
    pub(super) fn sorted(&self) -> Vec<&Record> {
        let mut records: Vec<&Record> = self.records.iter().collect();
        records.sort_unstable();
        records
    }

    pub(super) fn sample(&self) -> &Sample {
        &self.sample
    }

    /// The profile of the post, one for all posts that agree on it.
    fn shared(&mut self, post: &Post, opinion: &Opinion) -> Arc<Profile> {
        let mut hasher = DefaultHasher::new();
        let facts =
            (opinion.stance, opinion.seller, opinion.sentiment, opinion.reported_online, opinion.reported_offline);
        let marks = (opinion.advert, opinion.covered, post.author.is_none(), is_retweet(post.text), post.gold);
        (facts, marks, opinion.reason, &opinion.platforms, &opinion.aspects, post.group).hash(&mut hasher);
        let profile = self.profiles.entry(hasher.finish()).or_insert_with(|| Arc::new(Profile::of(post, opinion)));
        Arc::clone(profile)
    }

    fn shrink(&mut self, most: usize) {
        while self.records.len() > most {
            self.level += 1;
            let level = self.level;
            self.records.retain(|record| kept(record, level));
        }
    }
}

/// Whether the author's hash is in the part of the range that this level keeps.
fn kept(record: &Record, level: u32) -> bool {
    level == 0 || record.author.leading_zeros() >= level
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opinion::{Reported, Seller, Sentiment, Stance};

    fn opinion() -> Opinion<'static> {
        Opinion {
            stance: Stance::Pro,
            lean: 0.5,
            confidence: 0.7,
            reason: None,
            sentiment: Sentiment::Neutral,
            polarity: 0.0,
            seller: Seller::Online,
            seller_cue: None,
            reported_online: Reported::None,
            reported_offline: Reported::None,
            platforms: Vec::new(),
            aspects: Vec::new(),
            advert: false,
            evidence: Vec::new(),
            covered: true,
        }
    }

    /// The tally of two posts each of these authors, never more than so many kept.
    fn tally(authors: std::ops::Range<u32>, most: usize) -> Tally {
        let mut tally = Tally::default();
        for author in authors {
            let name = author.to_string();
            for text in ["jualan di sini", "jualan di sana"] {
                tally.add(&Post { text, author: Some(&name), ..Post::default() }, &opinion());
                tally.shrink(most);
            }
        }
        tally
    }

    #[test]
    fn whole_authors_are_dropped_the_same_in_any_order() {
        let whole = tally(0..500, 300);
        let mut merged = tally(350..500, 300);
        merged.merge(tally(0..350, 300));
        merged.shrink(300);
        assert_eq!(merged.sorted(), whole.sorted());
        assert!(whole.one_in() > 1 && whole.records.len() <= 300 && whole.records.len() > 100);
        let authors: std::collections::BTreeSet<u64> = whole.records.iter().map(|record| record.author).collect();
        assert_eq!(authors.len() * 2, whole.records.len());
    }
}
