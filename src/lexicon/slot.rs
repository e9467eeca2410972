//! What terms say, side by side: a post's terms are looked up here without touching what only people read.

use serde::{Deserialize, Serialize};

use super::compile::{TermEntry, TermId, Weights};
use super::layer::Layer;

/// Kinds of targets that make a post one about e-commerce.
const TOPIC_KINDS: [&str; 2] = ["platform", "practice"];

/// What a term says on one layer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Slot {
    pub(super) layer: Layer,
    /// Whether it names something that makes a post one about e-commerce.
    pub(super) topic: bool,
    /// Zero on a layer without weights.
    pub(super) weights: Weights,
}

/// Where the slots of a term stand: its own from `from`, those of it as one of the words of a post from `words`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Range {
    pub(super) from: u32,
    pub(super) words: u32,
    pub(super) to: u32,
}

/// The slots of all terms.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Slots {
    pub(super) all: Vec<Slot>,
    ranges: Vec<Range>,
}

impl Slots {
    pub(super) fn range(&self, term: TermId) -> Range {
        self.ranges[term as usize]
    }

    /// What a term says on the scales, in the order of its rows.
    pub(super) fn weights(&self, term: TermId) -> &[Slot] {
        let Range { from, words, .. } = self.range(term);
        let own = &self.all[from as usize..words as usize];
        let count = own.iter().take_while(|slot| !matches!(slot.layer, Layer::Target | Layer::Aspect)).count();
        &own[..count]
    }
}

/// What the terms of a lexicon say.
pub(super) fn slots(entries: &[TermEntry]) -> Slots {
    let mut slots = Slots::default();
    let offset = |slots: &Slots| u32::try_from(slots.all.len()).unwrap_or(u32::MAX);
    for entry in entries {
        let from = offset(&slots);
        let weighed = |(layer, weights): &(Layer, Weights)| Slot { layer: *layer, topic: false, weights: *weights };
        slots.all.extend(entry.weights.iter().map(weighed));
        let named = |layer, topic| Slot { layer, topic, weights: [0.0; 3] };
        let topic = |kind: &String| TOPIC_KINDS.contains(&kind.as_str());
        slots.all.extend(entry.target.iter().map(|(_, kind)| named(Layer::Target, topic(kind))));
        slots.all.extend(entry.aspect.iter().map(|_| named(Layer::Aspect, false)));
        let words = offset(&slots);
        slots.all.extend(entry.words.iter().map(weighed));
        let to = offset(&slots);
        slots.ranges.push(Range { from, words, to });
    }
    slots
}
