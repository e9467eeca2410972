//! The answers about one post, and how they are written.

use serde::{Deserialize, Serialize};

/// An answer that is one of a fixed set of labels.
pub trait Label: Copy + Eq + 'static {
    /// Every label, in the order in which tables list them.
    const ALL: &'static [Self];

    /// How the label is written in data files and machine formats.
    fn name(self) -> &'static str;

    /// The label of that name.
    fn of(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|label| label.name() == name)
    }
}

/// How the author leans toward e-commerce.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// For it.
    Pro,
    /// Against it.
    Kontra,
    /// No lean can be read.
    Netral,
}

/// The tone of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sentiment {
    /// Happiness, praise, hope, thanks.
    Positive,
    /// Anger, sadness, complaint, mockery, worry.
    Negative,
    /// Neither.
    Neutral,
}

/// Who the author is, by first-person cues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seller {
    /// Sells, or earns, through e-commerce.
    Online,
    /// Sells in a shop, stall or market.
    Offline,
    /// Does both.
    Both,
    /// No sign of either.
    Unknown,
}

/// The lean that a post attributes to sellers other than its author.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reported {
    /// They are for e-commerce.
    Pro,
    /// They are against it.
    Kontra,
    /// No lean is attributed.
    None,
}

/// Why a post is netral.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It names nothing that has to do with e-commerce.
    NoTarget,
    /// It names a target, but nothing in it leans.
    NoEvidence,
    /// What speaks for either side balances.
    Balanced,
    /// It asks.
    Question,
    /// It advertises.
    Advert,
    /// It gives the words or the leaning of others.
    Quoted,
}

impl Label for Stance {
    const ALL: &'static [Self] = &[Self::Pro, Self::Kontra, Self::Netral];

    fn name(self) -> &'static str {
        match self {
            Self::Pro => "pro",
            Self::Kontra => "kontra",
            Self::Netral => "netral",
        }
    }
}

impl Label for Sentiment {
    const ALL: &'static [Self] = &[Self::Positive, Self::Negative, Self::Neutral];

    fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Neutral => "neutral",
        }
    }
}

impl Label for Seller {
    const ALL: &'static [Self] = &[Self::Online, Self::Offline, Self::Both, Self::Unknown];

    fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Both => "both",
            Self::Unknown => "unknown",
        }
    }
}

impl Label for Reported {
    const ALL: &'static [Self] = &[Self::Pro, Self::Kontra, Self::None];

    fn name(self) -> &'static str {
        match self {
            Self::Pro => "pro",
            Self::Kontra => "kontra",
            Self::None => "none",
        }
    }
}

impl Label for Reason {
    const ALL: &'static [Self] =
        &[Self::NoTarget, Self::NoEvidence, Self::Balanced, Self::Question, Self::Advert, Self::Quoted];

    fn name(self) -> &'static str {
        match self {
            Self::NoTarget => "no_target",
            Self::NoEvidence => "no_evidence",
            Self::Balanced => "balanced",
            Self::Question => "question",
            Self::Advert => "advert",
            Self::Quoted => "quoted",
        }
    }
}

/// One term that moved the stance, and by how much.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence<'l> {
    /// The term as the lexicon writes it.
    pub term: &'l str,
    /// The label that it speaks for.
    pub label: Stance,
    /// What it adds to the label's score (log-odds), modifiers included.
    pub weight: f64,
}

/// Everything that one post says. `'l` is the lexicon's lifetime.
#[derive(Clone, Debug, PartialEq)]
pub struct Opinion<'l> {
    /// How the author leans.
    pub stance: Stance,
    /// P(pro) − P(kontra), in −1..1.
    pub lean: f64,
    /// The probability of `stance`, in 1/3..1.
    pub confidence: f64,
    /// Why the stance is netral, where it is.
    pub reason: Option<Reason>,
    /// The tone.
    pub sentiment: Sentiment,
    /// P(positive) − P(negative), in −1..1.
    pub polarity: f64,
    /// Who speaks.
    pub seller: Seller,
    /// The strongest cue for `seller`, as the lexicon writes it.
    pub seller_cue: Option<&'l str>,
    /// The lean attributed to online sellers.
    pub reported_online: Reported,
    /// The lean attributed to offline sellers.
    pub reported_offline: Reported,
    /// Platforms that are named, in the order of first mention.
    pub platforms: Vec<&'l str>,
    /// What it is about, in the order of first mention.
    pub aspects: Vec<&'l str>,
    /// Whether it advertises.
    pub advert: bool,
    /// The few strongest terms for and against, strongest first.
    pub evidence: Vec<Evidence<'l>>,
    /// Whether any stance or sentiment term was found.
    pub covered: bool,
}
