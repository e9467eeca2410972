//! The answers that can be compared with gold labels.

use serde::{Deserialize, Serialize};

use crate::lexicon::Layer;
use crate::opinion::{Label, Opinion, Reported, Seller, Sentiment, Stance};

/// The most labels that an answer has.
pub(super) const MOST_LABELS: usize = 4;

/// One of the questions that an opinion answers by a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// How the author leans.
    Stance,
    /// The tone.
    Sentiment,
    /// Who speaks.
    Seller,
    /// The lean attributed to online sellers.
    ReportedOnline,
    /// The lean attributed to offline sellers.
    ReportedOffline,
    /// Whether the post advertises.
    Advert,
}

impl Answer {
    /// Every answer, in the order in which tables list them.
    pub const ALL: [Self; 6] =
        [Self::Stance, Self::Sentiment, Self::Seller, Self::ReportedOnline, Self::ReportedOffline, Self::Advert];

    /// How columns and machine formats write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Stance => "stance",
            Self::Sentiment => "sentiment",
            Self::Seller => "seller",
            Self::ReportedOnline => "reported_online",
            Self::ReportedOffline => "reported_offline",
            Self::Advert => "advert",
        }
    }

    /// The answer of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.name() == name)
    }

    /// Its labels, in the order in which tables list them.
    pub fn labels(self) -> Vec<&'static str> {
        match self {
            Self::Stance => names::<Stance>(),
            Self::Sentiment => names::<Sentiment>(),
            Self::Seller => names::<Seller>(),
            Self::ReportedOnline | Self::ReportedOffline => names::<Reported>(),
            Self::Advert => vec!["true", "false"],
        }
    }

    /// The place of a label among [`Self::labels`], however its letters are cased.
    pub fn label(self, name: &str) -> Option<usize> {
        self.labels().iter().position(|label| label.eq_ignore_ascii_case(name))
    }

    /// The place of what an opinion says among [`Self::labels`].
    pub fn said(self, opinion: &Opinion) -> usize {
        match self {
            Self::Stance => place(opinion.stance),
            Self::Sentiment => place(opinion.sentiment),
            Self::Seller => place(opinion.seller),
            Self::ReportedOnline => place(opinion.reported_online),
            Self::ReportedOffline => place(opinion.reported_offline),
            Self::Advert => usize::from(!opinion.advert),
        }
    }

    /// The layers whose terms decide it.
    pub fn layers(self) -> &'static [Layer] {
        match self {
            // A stance term inside a leaning that is attributed to others counts less, so those terms decide too.
            Self::Stance => &[Layer::Stance, Layer::ReportedOnline, Layer::ReportedOffline],
            Self::Sentiment => &[Layer::Sentiment],
            Self::Seller => &[Layer::SellerOnline, Layer::SellerOffline],
            Self::ReportedOnline => &[Layer::ReportedOnline],
            Self::ReportedOffline => &[Layer::ReportedOffline],
            Self::Advert => &[Layer::Advert],
        }
    }
}

fn names<L: Label>() -> Vec<&'static str> {
    L::ALL.iter().map(|label| label.name()).collect()
}

fn place<L: Label>(label: L) -> usize {
    L::ALL.iter().position(|other| *other == label).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_has_its_name_and_at_most_four_labels() {
        for answer in Answer::ALL {
            assert_eq!(Answer::of(answer.name()), Some(answer));
            assert!(answer.labels().len() <= MOST_LABELS);
        }
    }

    #[test]
    fn labels_are_found_in_any_case() {
        assert_eq!(Answer::Stance.label("Kontra"), Some(1));
        assert_eq!(Answer::Advert.label("TRUE"), Some(0));
        assert_eq!(Answer::Stance.label("negative"), None);
    }
}
