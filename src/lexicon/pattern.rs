//! What the trees of patterns lead to: terms, and parts of terms whose parts may stand apart.

use serde::{Deserialize, Serialize};

use super::compile::TermId;
use super::cue::Cue;
use super::layer::Layer;
use super::term::MOST_PARTS;
use super::trie::NONE;

/// What a pattern of the term tree is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Pattern {
    /// The entry whose whole term it is.
    pub(super) term: Option<TermId>,
    /// The layers of that entry.
    pub(super) layers: u16,
    /// The layers for which it is one of the words of a post.
    pub(super) words: u16,
    /// How many gaps it has; of two that match the same words, the one without is meant.
    pub(super) gaps: u8,
    /// The largest weight of that entry in hundredths; of two terms that match the same words, the stronger is meant.
    pub(super) force: u16,
    /// The part of composed terms that it is.
    pub(super) component: Option<u32>,
}

impl Pattern {
    /// The layers for which a match may be chosen: `dikurangi` is no negator though its stem `kurang` is one.
    pub(super) fn layers(&self, stemmed: bool) -> u16 {
        if stemmed { self.layers & !Layer::Modifier.bit() } else { self.layers }
    }
}

/// A term whose parts may stand apart.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Composed {
    pub(super) term: TermId,
    /// The patterns that must be there; [`NONE`] fills up.
    pub(super) components: [u32; MOST_PARTS],
    /// The properties that the post must have, as a set.
    pub(super) cues: u16,
    /// The tone that it asks for.
    pub(super) tone: Option<Cue>,
}

impl Composed {
    /// The patterns that must be there.
    pub(super) fn components(&self) -> &[u32] {
        let count = self.components.iter().take_while(|component| **component != NONE).count();
        &self.components[..count]
    }
}

/// Sorts composed terms by their rarest component, so that a frequent one does not look through all it takes part in; where
/// those of each component begin.
pub(super) fn by_component(composed: &mut [Composed], components: usize) -> Vec<u32> {
    let mut uses = vec![0_usize; components];
    composed.iter().flat_map(Composed::components).for_each(|c| uses[*c as usize] += 1);
    let rarest = |c: &Composed| c.components().iter().copied().min_by_key(|c| uses[*c as usize]).unwrap_or(NONE);
    composed.sort_by_key(rarest);
    let before = |component| composed.partition_point(|c| rarest(c) < component);
    (0..=components)
        .map(|component| u32::try_from(before(u32::try_from(component).unwrap_or(NONE))).unwrap_or(NONE))
        .collect()
}
