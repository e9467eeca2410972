//! The content of a partial's file, and the way to it and back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Origin, Partial};
use crate::opinion::Stance;
use crate::report::record::{Profile, Record};
use crate::report::sample::{Entry, words_of};
use crate::report::tally::Tally;
use crate::report::wording::wording;

/// The body of a partial.
#[derive(Serialize, Deserialize)]
pub(super) struct Body {
    origin: Origin,
    read: u64,
    level: u32,
    profiles: Vec<Profile>,
    records: Vec<Line>,
    texts: Vec<Text>,
}

/// A record whose profile is a place in the list.
#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(with = "postcard::fixint::le")]
    wording: u64,
    date: Option<(i16, i8, i8)>,
    #[serde(with = "postcard::fixint::le")]
    author: u64,
    #[serde(with = "postcard::fixint::le")]
    id: u64,
    #[serde(with = "postcard::fixint::le")]
    exact: u64,
    lean: i16,
    profile: u32,
}

/// A sampled text.
#[derive(Serialize, Deserialize)]
struct Text {
    noisy: bool,
    record: Post,
    content: String,
    /// Nothing where they are those of the text: a long text is cut, and its words are not.
    words: Option<Vec<String>>,
    evidence: Vec<(String, Stance, i64)>,
}

/// The record of a sampled text.
#[derive(Serialize, Deserialize)]
enum Post {
    /// It is among the records, at this place.
    At(u32),
    /// Its author fell out of the sample of authors.
    Apart(Line),
}

impl Body {
    pub(super) fn of(partial: &Partial) -> Self {
        let places = Places::of(&partial.tally);
        let records = partial.tally.sorted();
        Self {
            origin: partial.origin.clone(),
            read: partial.tally.read,
            level: partial.tally.level,
            records: records.iter().map(|record| places.line(record)).collect(),
            texts: partial.tally.sample.entries().map(|entry| places.text(entry, &records)).collect(),
            profiles: places.profiles,
        }
    }

    /// The partial, or what is wrong with it.
    pub(super) fn partial(self) -> Result<Partial, &'static str> {
        if self.level >= u64::BITS {
            return Err("no level is so high");
        }
        let profiles: Vec<Arc<Profile>> = self.profiles.into_iter().map(Arc::new).collect();
        let record = |line: Line| line.record(&profiles).ok_or("a record points nowhere");
        let mut tally = Tally::default();
        (tally.read, tally.level) = (self.read, self.level);
        tally.records = self.records.into_iter().map(record).collect::<Result<_, _>>()?;
        for Text { noisy, record: post, content: text, words, evidence } in self.texts {
            let record = match post {
                Post::Apart(line) => record(line)?,
                Post::At(place) => {
                    let known = tally.records.get(place as usize).cloned();
                    known.ok_or("a text points nowhere")?
                }
            };
            let words = words.unwrap_or_else(|| words_of(&wording(&text)));
            tally.sample.add(Entry { noisy, record, text, words, evidence });
        }
        Ok(Partial { origin: self.origin, tally })
    }
}

/// The distinct profiles of a tally, and where each stands.
struct Places {
    profiles: Vec<Profile>,
    /// By the address of a shared profile, of which equal ones may have several.
    places: FxHashMap<*const Profile, u32>,
}

impl Places {
    fn of(tally: &Tally) -> Self {
        let kept = tally.records.iter().chain(tally.sample.entries().map(|entry| &entry.record));
        let shared: BTreeMap<*const Profile, &Profile> =
            kept.map(|record| (Arc::as_ptr(&record.profile), &*record.profile)).collect();
        let distinct: BTreeSet<&Profile> = shared.values().copied().collect();
        let numbers: BTreeMap<&Profile, u32> = distinct.iter().copied().zip(0..).collect();
        Self {
            places: shared.iter().map(|(address, profile)| (*address, numbers[profile])).collect(),
            profiles: distinct.into_iter().cloned().collect(),
        }
    }

    fn line(&self, record: &Record) -> Line {
        Line {
            wording: record.wording,
            date: record.date.map(|date| (date.year(), date.month(), date.day())),
            author: record.author,
            id: record.id,
            exact: record.exact,
            lean: record.lean,
            profile: self.places[&Arc::as_ptr(&record.profile)],
        }
    }

    /// An entry as it is written; `records` are sorted.
    fn text(&self, entry: &Entry, records: &[&Record]) -> Text {
        let place = records.binary_search(&&entry.record).ok().and_then(|place| u32::try_from(place).ok());
        let follow = entry.words == words_of(&wording(&entry.text));
        Text {
            noisy: entry.noisy,
            record: place.map_or_else(|| Post::Apart(self.line(&entry.record)), Post::At),
            content: entry.text.clone(),
            words: (!follow).then(|| entry.words.clone()),
            evidence: entry.evidence.clone(),
        }
    }
}

impl Line {
    fn record(self, profiles: &[Arc<Profile>]) -> Option<Record> {
        Some(Record {
            wording: self.wording,
            date: match self.date {
                Some((year, month, day)) => Some(Date::new(year, month, day).ok()?),
                None => None,
            },
            author: self.author,
            id: self.id,
            exact: self.exact,
            lean: self.lean,
            profile: Arc::clone(profiles.get(self.profile as usize)?),
        })
    }
}
