//! Chosen matches as hits, with what nearby modifiers make of them.

use super::super::trie::NONE;
use super::choose::Chosen;
use super::nearby::{LARGEST_FACTOR, Nearby};
use super::{Acting, Cue, Finder, Hit, Layer, Match, Occurrence};

/// How many places of one component are looked at.
const MOST_OCCURRENCES: usize = 8;

impl Finder<'_> {
    pub(super) fn weigh(&mut self) {
        self.hits.clear();
        self.acting.clear();
        self.counts.next_post();
        self.collect_modifiers();
        for &component in &self.touched {
            self.present[component as usize].clear();
            self.there[component as usize / 64] = 0;
        }
        self.touched.clear();
        for index in 0..self.chosen.len() {
            let chosen = self.chosen[index];
            if chosen.layers & HIT_LAYERS != 0 {
                self.add_hits(&chosen);
            }
            if chosen.component != NONE {
                self.add_occurrence(&chosen.found, chosen.component);
            }
        }
    }

    fn collect_modifiers(&mut self) {
        self.nearby.clear();
        for chosen in self.chosen.iter().filter(|chosen| chosen.layers & Layer::Modifier.bit() != 0) {
            let Match { start, end, .. } = chosen.found;
            for modifier in &self.lexicon.entry(chosen.term).modifiers {
                self.nearby.push(Nearby { term: chosen.term, start, end, modifier: *modifier });
            }
        }
        self.nearby.finish();
    }

    fn add_hits(&mut self, chosen: &Chosen) {
        let Chosen { found, term, slots, layers, .. } = *chosen;
        let lexicon = self.lexicon;
        self.reaching.clear();
        self.nearby.around(&found, &self.units, |nearby| self.reaching.push(*nearby));
        let sentence = self.units[found.start as usize].sentence;
        for at in slots.from as usize..slots.words as usize {
            let slot = &lexicon.slots.all[at];
            if layers & slot.layer.bit() == 0 {
                continue;
            }
            if slot.topic {
                self.cues |= Cue::Target.bit();
            }
            let factor = if self.reaching.is_empty() { 1.0 } else { self.factor(&found, slot.layer) };
            // A term said again adds less each time (1, 1/2, 1/3 …): ten times the same word is not ten reasons.
            let repeat = self.counts.count(at) as f32;
            self.hits.push(Hit {
                term,
                layer: slot.layer,
                weights: slot.weights,
                factor: factor * found.share / repeat,
                start: found.start,
                end: found.end,
                sentence,
                word: false,
                tone: None,
            });
        }
    }

    /// What the modifiers that reach a match multiply to. A modifier that is itself part of a longer match of the layer,
    /// or that has another match nearer, does not act: `tidak masalah ditutup` negates nothing, `tidak setuju ditutup`
    /// only the agreement.
    fn factor(&mut self, found: &Match, layer: Layer) -> f32 {
        let hit = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
        let bit = layer.bit();
        let mut factor = 1.0;
        for nearby in &self.reaching {
            let part = (nearby.start..nearby.end).any(|unit| self.serving[unit as usize].several & bit != 0);
            let nearer = nearby.between(found).any(|unit| self.serving[unit as usize].any & bit != 0);
            if !part && !nearer {
                factor *= nearby.modifier.factor;
                self.acting.push(Acting { hit, term: nearby.term, factor: nearby.modifier.factor });
            }
        }
        factor.clamp(-LARGEST_FACTOR, LARGEST_FACTOR)
    }

    /// Every word of the post that has fitted weights, once, whatever longer match it is part of. Together they weigh as
    /// much in a long post as in a short one.
    pub(super) fn add_words(&mut self) {
        let mut words = [0.0_f32; Layer::Modifier as usize];
        let first = self.hits.len();
        let lexicon = self.lexicon;
        for chosen in self.chosen.iter().filter(|chosen| chosen.words != 0) {
            let Match { start, end, .. } = chosen.found;
            for at in chosen.slots.words as usize..chosen.slots.to as usize {
                if self.counts.count(at) > 1 {
                    continue;
                }
                let slot = &lexicon.slots.all[at];
                words[slot.layer as usize] += 1.0;
                self.hits.push(Hit {
                    term: chosen.term,
                    layer: slot.layer,
                    weights: slot.weights,
                    factor: 1.0,
                    start,
                    end,
                    sentence: self.units[start as usize].sentence,
                    word: true,
                    tone: None,
                });
            }
        }
        let factors = words.map(|words| WORDS / words.max(FEWEST_WORDS).sqrt());
        for hit in &mut self.hits[first..] {
            hit.factor = factors[hit.layer as usize];
        }
    }

    fn add_occurrence(&mut self, found: &Match, component: u32) {
        let places = &mut self.present[component as usize];
        if places.len() == MOST_OCCURRENCES {
            return;
        }
        if places.is_empty() {
            self.touched.push(component);
            self.there[component as usize / 64] |= 1 << (component % 64);
        }
        let sentence = self.units[found.start as usize].sentence;
        places.push(Occurrence { found: *found, sentence });
    }
}

/// The length of the vector of a post's words, chosen by cross-validation on labelled posts.
const WORDS: f32 = 3.0;
/// In a shorter post each word counts as in one of so many: few words are no stronger than they are.
const FEWEST_WORDS: f32 = 16.0;

/// The layers whose matches are hits: all but that of modifiers.
const HIT_LAYERS: u16 = (1 << Layer::Modifier as u8) - 1;
