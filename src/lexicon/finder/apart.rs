//! Terms whose parts may stand apart: `{sedih} & {tutup}`.

use super::super::compile::Composed;
use super::{Finder, Hit, Occurrence};

/// How many sentences apart the parts may stand.
const FARTHEST: u32 = 1;

impl Finder<'_> {
    pub(super) fn match_apart(&mut self) {
        for index in 0..self.touched.len() {
            let component = self.touched[index] as usize;
            for at in 0..self.lexicon.composed_by_component[component].len() {
                let composed = &self.lexicon.composed[self.lexicon.composed_by_component[component][at] as usize];
                self.match_composed(composed);
            }
        }
    }

    fn match_composed(&mut self, composed: &Composed) {
        let tone = composed.cues.iter().copied().find(|cue| cue.is_tone());
        let plain = composed.cues.iter().filter(|cue| Some(**cue) != tone);
        if plain.into_iter().any(|cue| self.cues & 1 << *cue as u16 == 0) {
            return;
        }
        let Some(together) = self.together(composed) else { return };
        for &(layer, _) in &self.lexicon.entry(composed.term).weights {
            self.hits.push(Hit {
                term: composed.term,
                layer,
                factor: together.factor,
                start: together.start,
                end: together.end,
                sentence: together.sentence,
                word: false,
                tone,
            });
        }
    }

    /// Where all components stand near each other without sharing words, with the product of their factors.
    fn together(&self, composed: &Composed) -> Option<Occurrence> {
        let (first, others) = composed.components.split_first()?;
        self.present[*first as usize].iter().find_map(|start| {
            let mut chosen = vec![*start];
            for other in others {
                let fits = |place: &&Occurrence| {
                    chosen.iter().all(|taken| {
                        taken.sentence.abs_diff(place.sentence) <= FARTHEST
                            && (place.end <= taken.start || place.start >= taken.end)
                    })
                };
                chosen.push(*self.present[*other as usize].iter().find(fits)?);
            }
            let factor = chosen.iter().map(|place| place.factor).product();
            Some(Occurrence { factor, ..*start })
        })
    }
}
