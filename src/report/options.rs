//! What the reader of a report may choose.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

/// A kind of post that is counted but left out of the shares unless it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Noise {
    /// A post that advertises.
    Advert,
    /// A copy of a text that another post has.
    Repeat,
    /// A post that only passes on another.
    Retweet,
}

/// The length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A day.
    Day,
    /// A week that starts on Monday.
    Week,
    /// A calendar month.
    Month,
}

/// Something that happened on a day, after which leanings may differ.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Event {
    /// The first day of the time after it.
    #[cfg_attr(test, schemars(with = "String"))]
    pub date: Date,
    /// What it was.
    pub name: String,
}

/// Where the figures come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct About {
    /// The version of condong.
    pub tool: String,
    /// The version or hash of the lexicon.
    pub lexicon: String,
    /// The names of the files that were read.
    pub sources: Vec<String>,
    /// Rows that could not be read.
    pub rejected: u64,
    /// What is wrong with the files, one sentence each.
    pub warnings: Vec<String>,
    /// The options that were given, as on the command line.
    pub options: Vec<String>,
}

/// How a summary is made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the figures come from.
    pub about: About,
    /// What is not left out of the shares.
    pub keep: BTreeSet<Noise>,
    /// The length of a period; chosen by the time that the posts span when not given.
    pub period: Option<Period>,
    /// The events that divide the time into windows.
    pub events: Vec<Event>,
    /// The name of the column behind [`super::Post::group`].
    pub group_by: Option<String>,
}

impl Noise {
    /// Every kind, in the order in which they are listed.
    pub const ALL: [Self; 3] = [Self::Advert, Self::Repeat, Self::Retweet];

    /// How the kind is written on the command line and in machine formats.
    pub fn name(self) -> &'static str {
        match self {
            Self::Advert => "advert",
            Self::Repeat => "repeat",
            Self::Retweet => "retweet",
        }
    }

    /// The kind of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
