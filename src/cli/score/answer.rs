//! The columns that `score` appends: one list for header, cells and JSON.

use clap::ValueEnum;
use condong::opinion::{Evidence, Label, Opinion};
use serde_json::json;

use super::fixed;

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
    Names(&'a [&'a str]),
    Evidence(&'a [Evidence<'a>]),
}

impl Answer {
    pub(crate) fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }

    pub(crate) fn value<'a>(self, opinion: &'a Opinion<'a>) -> Value<'a> {
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
            Self::Platforms => Value::Names(&opinion.platforms),
            Self::Aspects => Value::Names(&opinion.aspects),
            Self::Advert => Value::Flag(opinion.advert),
            Self::Evidence => Value::Evidence(&opinion.evidence),
        }
    }
}

impl Value<'_> {
    /// Writes the value as a cell.
    pub(crate) fn write(&self, cell: &mut String) {
        match self {
            Self::Name(name) => cell.push_str(name),
            Self::Number(number) => fixed::write::<3>(*number, cell),
            Self::Flag(flag) => cell.push_str(if *flag { "true" } else { "false" }),
            Self::Names(names) => joined(names, cell, |name, cell| cell.push_str(name)),
            Self::Evidence(evidence) => joined(evidence, cell, write_evidence),
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
            Self::Names(names) => json!(names),
            Self::Evidence(evidence) => evidence.iter().map(written).collect(),
        }
    }
}

fn joined<T>(items: &[T], cell: &mut String, write: impl Fn(&T, &mut String)) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            cell.push('|');
        }
        write(item, cell);
    }
}

/// One of the strongest terms as text.
pub(crate) fn written(evidence: &Evidence) -> String {
    let mut text = String::new();
    write_evidence(evidence, &mut text);
    text
}

/// `jangan * {tutup} pro +1.9`
fn write_evidence(evidence: &Evidence, cell: &mut String) {
    cell.push_str(evidence.term);
    cell.push(' ');
    cell.push_str(evidence.label.name());
    cell.push_str(if evidence.weight.is_sign_negative() { " " } else { " +" });
    fixed::write::<1>(evidence.weight, cell);
}
