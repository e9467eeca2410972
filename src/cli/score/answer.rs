//! The columns that `score` appends: one list for header, cells and JSON.

use std::fmt::Write as _;

use clap::ValueEnum;
use condong::opinion::{Label, Opinion};
use serde_json::json;

/// An answer about a post, in the order in which answers are appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Answer {
    /// pro, kontra or netral
    Stance,
    /// P(pro) − P(kontra), −1 to 1
    Lean,
    /// The probability of the stance
    Confidence,
    /// Why it is netral
    Reason,
    /// positive, negative or neutral
    Sentiment,
    /// P(positive) − P(negative), −1 to 1
    Polarity,
    /// online, offline, both or unknown
    Seller,
    /// What told the seller
    SellerCue,
    /// The lean attributed to online sellers
    ReportedOnline,
    /// The lean attributed to offline sellers
    ReportedOffline,
    /// Platforms that are named
    Platforms,
    /// What it is about
    Aspects,
    /// Whether it advertises
    Advert,
    /// The strongest terms with their weights
    Evidence,
}

/// What an answer is.
pub(crate) enum Value<'a> {
    Name(&'a str),
    Number(f64),
    Flag(bool),
    List(Vec<String>),
}

impl Answer {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    pub(crate) fn value<'a>(self, opinion: &Opinion<'a>) -> Value<'a> {
        let list = |names: &[&str]| Value::List(names.iter().map(|name| (*name).to_owned()).collect());
        match self {
            Self::Stance => Value::Name(opinion.stance.name()),
            Self::Lean => Value::Number(opinion.lean),
            Self::Confidence => Value::Number(opinion.confidence),
            Self::Reason => Value::Name(opinion.reason.map_or("", Label::name)),
            Self::Sentiment => Value::Name(opinion.sentiment.name()),
            Self::Polarity => Value::Number(opinion.polarity),
            Self::Seller => Value::Name(opinion.seller.name()),
            Self::SellerCue => Value::Name(opinion.seller_cue.unwrap_or("")),
            Self::ReportedOnline => Value::Name(opinion.reported_online.name()),
            Self::ReportedOffline => Value::Name(opinion.reported_offline.name()),
            Self::Platforms => list(&opinion.platforms),
            Self::Aspects => list(&opinion.aspects),
            Self::Advert => Value::Flag(opinion.advert),
            Self::Evidence => Value::List(
                opinion
                    .evidence
                    .iter()
                    .map(|evidence| format!("{} {} {:+.1}", evidence.term, evidence.label.name(), evidence.weight))
                    .collect(),
            ),
        }
    }
}

impl Value<'_> {
    /// Writes the value as a cell.
    pub(crate) fn write(&self, cell: &mut String) {
        match self {
            Self::Name(name) => cell.push_str(name),
            Self::Number(number) => {
                let _ = write!(cell, "{number:.3}");
            }
            Self::Flag(flag) => cell.push_str(if *flag { "true" } else { "false" }),
            Self::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        cell.push('|');
                    }
                    cell.push_str(item);
                }
            }
        }
        // A spreadsheet would run a cell that begins so; numbers are safe, and terms such as `=)` are not.
        if !matches!(self, Self::Number(_)) && cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            cell.insert(0, '\'');
        }
    }

    /// The value as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        match self {
            Self::Name(name) => json!(name),
            Self::Number(number) => json!((number * 1000.0).round() / 1000.0),
            Self::Flag(flag) => json!(flag),
            Self::List(items) => json!(items),
        }
    }
}
