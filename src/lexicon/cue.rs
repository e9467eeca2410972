//! Properties of a whole post that a term may name: `<question>`, `<link>`, `<positive>` …

use serde::{Deserialize, Serialize};

/// A property of a whole post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cue {
    /// Always there.
    Prior,
    /// It ends in a question.
    Question,
    /// It holds an exclamation mark.
    Exclamation,
    /// It holds a link.
    Link,
    /// It addresses somebody.
    Mention,
    /// It holds a hashtag.
    Hashtag,
    /// It holds quotation marks around several words.
    Quote,
    /// Most of its letters are capitals.
    Capitals,
    /// It is longer than a handful of sentences.
    Long,
    /// It names a platform, a practice or a rule of e-commerce.
    Target,
    /// The tone is positive.
    Positive,
    /// The tone is negative.
    Negative,
}

impl Cue {
    /// Every cue.
    pub const ALL: [Self; 12] = [
        Self::Prior,
        Self::Question,
        Self::Exclamation,
        Self::Link,
        Self::Mention,
        Self::Hashtag,
        Self::Quote,
        Self::Capitals,
        Self::Long,
        Self::Target,
        Self::Positive,
        Self::Negative,
    ];

    /// How a term writes the cue.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prior => "<prior>",
            Self::Question => "<question>",
            Self::Exclamation => "<exclamation>",
            Self::Link => "<link>",
            Self::Mention => "<mention>",
            Self::Hashtag => "<hashtag>",
            Self::Quote => "<quote>",
            Self::Capitals => "<capitals>",
            Self::Long => "<long>",
            Self::Target => "<target>",
            Self::Positive => "<positive>",
            Self::Negative => "<negative>",
        }
    }

    /// The cue of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cue| cue.name() == name)
    }

    /// The cue's place in a set of cues.
    pub(super) fn bit(self) -> u16 {
        1 << self as u16
    }

    /// Whether it is a tone, which only the sentiment scale can tell.
    pub fn is_tone(self) -> bool {
        matches!(self, Self::Positive | Self::Negative)
    }
}
