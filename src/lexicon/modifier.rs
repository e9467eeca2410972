//! What changes the weight of a match nearby: negators, boosters, downtoners, contrast.

use serde::{Deserialize, Serialize};

/// On which side of a match a modifier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Side {
    /// `tidak bagus`.
    Before,
    /// `bagus banget`.
    After,
}

/// How far a modifier reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reach {
    /// Over so many words, within the clause.
    Words(usize),
    /// Over the rest of the sentence.
    Sentence,
}

/// A modifier's effect.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Modifier {
    /// What it multiplies the weight by; a negative factor moves the weight to the opposite pole.
    pub factor: f32,
    /// How far it reaches.
    pub reach: Reach,
    /// Where it stands.
    pub side: Side,
}

/// The most words over which a modifier may reach.
pub(super) const LONGEST_REACH: usize = 8;
