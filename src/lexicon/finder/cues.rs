//! Terms that are properties of the whole post.

use super::{Cue, Finder, Hit, Layer};

/// Kinds of targets that make a post one about e-commerce.
const TOPIC_KINDS: [&str; 2] = ["platform", "practice"];

impl Finder<'_> {
    /// Notices whether the post names something of e-commerce.
    pub(super) fn note_targets(&mut self) {
        let lexicon = self.lexicon;
        let is_topic = |hit: &Hit| {
            let target = lexicon.entry(hit.term).target.as_ref();
            hit.layer == Layer::Target && target.is_some_and(|(_, kind)| TOPIC_KINDS.contains(&kind.as_str()))
        };
        if self.hits.iter().any(is_topic) {
            self.cues |= 1 << Cue::Target as u16;
        }
    }

    pub(super) fn add_cues(&mut self) {
        for &(cue, term) in &self.lexicon.cue_terms {
            let tone = Some(cue).filter(|cue| cue.is_tone());
            if tone.is_none() && self.cues & 1 << cue as u16 == 0 {
                continue;
            }
            for &(layer, _) in &self.lexicon.entry(term).weights {
                self.hits.push(Hit { term, layer, factor: 1.0, start: 0, end: 0, sentence: 0, word: false, tone });
            }
        }
    }
}
