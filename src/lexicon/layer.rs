//! The questions that the lexicon answers, each a layer of terms of its own.

use serde::{Deserialize, Serialize};

/// One question. A word serves one match a layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Layer {
    /// How the author leans.
    Stance,
    /// The tone.
    Sentiment,
    /// The lean attributed to online sellers.
    ReportedOnline,
    /// The lean attributed to offline sellers.
    ReportedOffline,
    /// Whether the author sells online.
    SellerOnline,
    /// Whether the author sells offline.
    SellerOffline,
    /// Whether the post advertises.
    Advert,
    /// What is named.
    Target,
    /// What it is about.
    Aspect,
    /// What changes the weight of a match nearby.
    Modifier,
}

/// A layer with weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scale {
    /// The layer.
    pub layer: Layer,
    /// The labels in the order of weights; a scale of one label says yes or no.
    pub labels: &'static [&'static str],
    /// The files of the labels, in the same order.
    pub files: &'static [&'static str],
    /// The file of fitted words, if the scale has one: all labels in one row, the columns named for them.
    pub words: Option<&'static str>,
}

impl Layer {
    /// Every layer with weights.
    pub const SCALES: &[Scale; 7] = &[
        Scale {
            layer: Self::Stance,
            labels: &["pro", "kontra", "netral"],
            files: &["stance/pro.csv", "stance/kontra.csv", "stance/netral.csv"],
            words: Some("words/stance.csv"),
        },
        Scale {
            layer: Self::Sentiment,
            labels: &["positive", "negative", "neutral"],
            files: &["sentiment/positive.csv", "sentiment/negative.csv", "sentiment/neutral.csv"],
            words: Some("words/sentiment.csv"),
        },
        Scale { layer: Self::ReportedOnline, labels: REPORTED_LABELS, files: REPORTED_FILES, words: None },
        Scale { layer: Self::ReportedOffline, labels: REPORTED_LABELS, files: REPORTED_FILES, words: None },
        Scale {
            layer: Self::SellerOnline,
            labels: &["online"],
            files: &["seller/online.csv"],
            words: Some("words/online.csv"),
        },
        Scale { layer: Self::SellerOffline, labels: &["offline"], files: &["seller/offline.csv"], words: None },
        Scale { layer: Self::Advert, labels: &["advert"], files: &["advert.csv"], words: Some("words/advert.csv") },
    ];

    /// The scale of a layer with weights.
    pub fn scale(self) -> Option<&'static Scale> {
        Self::SCALES.iter().find(|scale| scale.layer == self)
    }

    /// The layer's place in a set of layers.
    pub(super) fn bit(self) -> u16 {
        1 << self as u8
    }

    /// How `explain` names the layer.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stance => "stance",
            Self::Sentiment => "sentiment",
            Self::ReportedOnline => "reported_online",
            Self::ReportedOffline => "reported_offline",
            Self::SellerOnline => "seller online",
            Self::SellerOffline => "seller offline",
            Self::Advert => "advert",
            Self::Target => "target",
            Self::Aspect => "aspect",
            Self::Modifier => "modifier",
        }
    }
}

const REPORTED_LABELS: &[&str] = &["pro", "kontra", "none"];
const REPORTED_FILES: &[&str] = &["reported/pro.csv", "reported/kontra.csv", "reported/none.csv"];
