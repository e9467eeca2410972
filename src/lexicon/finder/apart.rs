//! Terms whose parts may stand apart: `{sedih} & {tutup}`.

use super::super::pattern::Composed;
use super::super::term::MOST_PARTS;
use super::nearby::{LARGEST_FACTOR, Nearby, takes};
use super::{Finder, Hit, MOST_ACTING, Occurrence};

/// How many sentences apart the parts may stand.
const FARTHEST: u32 = 1;
/// How many words may stand between a negator and the part that it plainly denies.
const PLAINLY: usize = 1;

/// The modifiers that reach a part.
type Reaching = [Option<Nearby>; MOST_ACTING];

impl Finder<'_> {
    pub(super) fn match_apart(&mut self) {
        let lexicon = self.lexicon;
        for index in 0..self.touched.len() {
            let component = self.touched[index] as usize;
            let (from, to) = (lexicon.composed_from[component], lexicon.composed_from[component + 1]);
            for composed in &lexicon.composed[from as usize..to as usize] {
                self.match_composed(composed);
            }
        }
    }

    fn match_composed(&mut self, composed: &Composed) {
        let there = |component: &u32| self.there[*component as usize / 64] >> (component % 64) & 1 == 1;
        if composed.cues & !self.cues != 0 || !composed.components().iter().all(there) {
            return;
        }
        let Some((places, count)) = self.together(composed) else { return };
        let first = places[0];
        let Some(factor) = self.factor_of(&places[..count]) else { return };
        self.hits.extend(self.lexicon.slots.weights(composed.term).iter().map(|slot| Hit {
            term: composed.term,
            layer: slot.layer,
            weights: slot.weights,
            factor,
            start: first.found.start,
            end: first.found.end,
            sentence: first.sentence,
            word: false,
            tone: composed.tone,
        }));
    }

    /// Where all components stand near each other without sharing words.
    fn together(&self, composed: &Composed) -> Option<([Occurrence; MOST_PARTS], usize)> {
        let (first, others) = composed.components().split_first()?;
        self.present[*first as usize].iter().find_map(|start| {
            let mut chosen = [*start; MOST_PARTS];
            let mut count = 1;
            for other in others {
                let fits = |place: &&Occurrence| {
                    chosen[..count].iter().all(|taken| {
                        taken.sentence.abs_diff(place.sentence) <= FARTHEST
                            && (place.found.end <= taken.found.start || place.found.start >= taken.found.end)
                    })
                };
                chosen[count] = *self.present[*other as usize].iter().find(fits)?;
                count += 1;
            }
            Some((chosen, count))
        })
    }

    /// The first few modifiers that reach a part.
    fn reaching(&self, place: &Occurrence) -> Reaching {
        let mut reaching = [None; MOST_ACTING];
        let mut free = reaching.iter_mut();
        self.nearby.around(&place.found, &self.units, |nearby| {
            if let Some(next) = free.next() {
                *next = Some(*nearby);
            }
        });
        reaching
    }

    /// What modifiers make of a composed term: each acts once, however many parts it reaches, and not where a part uses
    /// it. Parts that stand apart are no single predicate that a negator could turn into its opposite: a part that is
    /// plainly denied is no part (`None`), and a negator farther off speaks of something else.
    fn factor_of(&self, places: &[Occurrence]) -> Option<f32> {
        let mut factor = 1.0;
        let mut reaching = [[None; MOST_ACTING]; MOST_PARTS];
        for (at, place) in places.iter().enumerate() {
            factor *= place.found.share;
            reaching[at] = self.reaching(place);
            for nearby in reaching[at].iter().flatten() {
                let earlier =
                    reaching[..at].iter().any(|other| other.iter().flatten().any(|n| n.start == nearby.start));
                let part = places.iter().any(|other| takes(&other.found, nearby));
                if earlier || part {
                    continue;
                }
                if nearby.modifier.factor > 0.0 {
                    factor *= nearby.modifier.factor;
                } else if nearby.between(&place.found).len() <= PLAINLY {
                    return None;
                }
            }
        }
        Some(factor.clamp(-LARGEST_FACTOR, LARGEST_FACTOR))
    }
}
