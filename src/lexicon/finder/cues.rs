//! Terms that are properties of the whole post.

use super::{Finder, Hit};

impl Finder<'_> {
    pub(super) fn add_cues(&mut self) {
        let lexicon = self.lexicon;
        for &(cue, term) in &lexicon.cue_terms {
            let tone = Some(cue).filter(|cue| cue.is_tone());
            if tone.is_none() && self.cues & 1 << cue as u16 == 0 {
                continue;
            }
            self.hits.extend(lexicon.slots.weights(term).iter().map(|slot| Hit {
                term,
                layer: slot.layer,
                weights: slot.weights,
                factor: 1.0,
                start: 0,
                end: 0,
                sentence: 0,
                word: false,
                tone,
            }));
        }
    }
}
