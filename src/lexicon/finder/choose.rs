//! Which matches count: each unit goes to the longest match of each layer that asks for it.

use super::super::layer::Layer;
use super::super::slot::Range;
use super::super::trie::NONE;
use super::words::Single;
use super::{Finder, Match};

/// A match that counts, for its layers or otherwise.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen {
    pub(super) found: Match,
    /// Its whole term, if it is one; else [`NONE`].
    pub(super) term: u32,
    /// The part of composed terms that it is, if it is one; else [`NONE`].
    pub(super) component: u32,
    /// What the term says.
    pub(super) slots: Range,
    /// The layers for which it was chosen.
    pub(super) layers: u16,
    /// The layers for which it is one of the words of the post.
    pub(super) words: u16,
}

/// What a unit serves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Serving {
    /// The layers in which it serves a match, and those in which it serves one of several words.
    pub(super) any: u16,
    pub(super) several: u16,
    /// Where the modifier of several words starts that it is part of.
    held: u32,
}

const FREE: Serving = Serving { any: 0, several: 0, held: NONE };

impl Finder<'_> {
    pub(super) fn choose(&mut self) {
        self.chosen.clear();
        self.serving.clear();
        self.serving.resize(self.units.len(), FREE);
        self.order_matches();
        let holds = self.hold_modifiers();
        for at in 0..self.order.len() {
            let found = self.matches[self.order[at].1];
            if !(holds && self.breaks_modifier(&found)) {
                self.choose_match(&found);
            }
        }
        self.choose_singles(holds);
    }

    /// Puts the matches of several words in order, the most words first; of as many the most exact, the strongest, those
    /// that stand first, and those of the first rows.
    fn order_matches(&mut self) {
        self.order.clear();
        let patterns = &self.lexicon.patterns;
        self.order.extend(self.matches.iter().enumerate().map(|(index, found)| {
            let pattern = &patterns[found.pattern as usize];
            let fewer = u8::MAX - u8::try_from(found.taken.count_ones()).unwrap_or(u8::MAX);
            let exact = u32::from_be_bytes([fewer, found.inexact, found.skipped, pattern.gaps]);
            let weaker = u16::MAX - pattern.force;
            let place = u128::from(found.start) << 32 | u128::from(found.pattern);
            (u128::from(exact) << 96 | u128::from(weaker) << 80 | place, index)
        }));
        self.order.sort_unstable();
    }

    /// Notes the words of modifiers of several words: `tidak mungkin tidak` is no `tidak` followed by something else.
    /// Says whether there are any.
    fn hold_modifiers(&mut self) -> bool {
        let mut holds = false;
        for (_, index) in &self.order {
            let found = &self.matches[*index];
            if found.stemmed || self.lexicon.patterns[found.pattern as usize].layers & Layer::Modifier.bit() == 0 {
                continue;
            }
            if taken_units(found).all(|unit| self.serving[unit].held == NONE) {
                taken_units(found).for_each(|unit| self.serving[unit].held = found.start);
                holds = true;
            }
        }
        holds
    }

    /// Whether a match takes a later word of such a modifier without its first.
    fn breaks_modifier(&self, found: &Match) -> bool {
        taken_units(found).any(|unit| {
            let start = self.serving[unit].held;
            start != NONE && start as usize != unit && !taken_units(found).any(|other| other == start as usize)
        })
    }

    /// Gives a match of several words the units that are left for its layers.
    fn choose_match(&mut self, found: &Match) {
        let pattern = &self.lexicon.patterns[found.pattern as usize];
        let free = taken_units(found).fold(pattern.layers(found.stemmed), |free, unit| free & !self.serving[unit].any);
        if free != 0 {
            for unit in taken_units(found) {
                self.serving[unit].any |= free;
                self.serving[unit].several |= free;
            }
        }
        // A match that lost its units to a longer one is left without layers.
        if free != 0 || pattern.words != 0 || pattern.component.is_some() {
            self.chosen.push(Chosen {
                found: *found,
                term: pattern.term.unwrap_or(NONE),
                component: pattern.component.unwrap_or(NONE),
                slots: pattern.term.map_or_else(Range::default, |term| self.lexicon.slots.range(term)),
                layers: free,
                words: pattern.words,
            });
        }
    }

    /// Goes on with the matches of one word, the most exact of all units first.
    fn choose_singles(&mut self, holds: bool) {
        let mut next = Some(0);
        while let Some(level) = next {
            next = None;
            for unit in 0..self.units.len() {
                let singles = self.words.singles(self.units[unit].word);
                let held = self.serving[unit].held;
                let breaks = holds && held != NONE && held as usize != unit;
                for single in singles {
                    if single.inexact > level {
                        next = Some(next.map_or(single.inexact, |next: u8| next.min(single.inexact)));
                        break;
                    }
                    if single.inexact == level && !breaks {
                        choose_single(single, unit, &mut self.serving[unit], &mut self.chosen);
                    }
                }
            }
        }
    }
}

fn choose_single(single: &Single, unit: usize, serving: &mut Serving, chosen: &mut Vec<Chosen>) {
    let free = single.layers & !serving.any;
    serving.any |= free;
    if free == 0 && single.words == 0 && single.component == NONE {
        return;
    }
    let start = u32::try_from(unit).unwrap_or(NONE);
    let Single { pattern, term, component, slots, words, share, inexact, stemmed, .. } = *single;
    let found = Match { pattern, start, end: start + 1, taken: 1, inexact, stemmed, skipped: 0, share };
    chosen.push(Chosen { found, term, component, slots, layers: free, words });
}

/// The units that a match's words take.
fn taken_units(found: &Match) -> impl Iterator<Item = usize> + use<> {
    let (start, mut taken) = (found.start as usize, found.taken);
    std::iter::from_fn(move || {
        let at = taken.trailing_zeros() as usize;
        if taken == 0 {
            return None;
        }
        taken &= taken - 1;
        Some(start + at)
    })
}
