//! Chosen matches as hits, with what nearby modifiers make of them.

use super::nearby::{LARGEST_FACTOR, Nearby};
use super::{Acting, Finder, Hit, Layer, MOST_ACTING, Match, Occurrence, TermId};

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
        }
        self.touched.clear();
        for index in 0..self.matches.len() {
            let (found, layers) = (self.matches[index], self.chosen[index]);
            let pattern = &self.lexicon.patterns[found.pattern as usize];
            if let Some(term) = pattern.term {
                self.add_hits(&found, layers, term);
            }
            if let Some(component) = pattern.component {
                self.add_occurrence(&found, component);
            }
        }
    }

    fn collect_modifiers(&mut self) {
        self.nearby.clear();
        for (found, layers) in self.matches.iter().zip(&self.chosen) {
            if layers & Layer::Modifier.bit() == 0 {
                continue;
            }
            let Some(term) = self.lexicon.patterns[found.pattern as usize].term else { continue };
            for modifier in &self.lexicon.entry(term).modifiers {
                self.nearby.push(Nearby { term, start: found.start, end: found.end, modifier: *modifier });
            }
        }
        self.nearby.finish();
    }

    fn add_hits(&mut self, found: &Match, layers: u16, term: TermId) {
        for layer in HIT_LAYERS.into_iter().filter(|layer| layers & layer.bit() != 0) {
            let factor = self.factor(found, layer);
            // A term said again adds less each time (1, 1/2, 1/3 …): ten times the same word is not ten reasons.
            let repeat = self.counts.count(term, layer) as f32;
            self.hits.push(Hit {
                term,
                layer,
                factor: factor * found.share / repeat,
                start: found.start,
                end: found.end,
                sentence: self.units[found.start as usize].sentence,
                word: false,
                tone: None,
            });
        }
    }

    /// What the modifiers around a match multiply to. A modifier that is itself part of a longer match of the layer, or
    /// that has another match nearer, does not act: `tidak masalah ditutup` negates nothing, `tidak setuju ditutup` only
    /// the agreement.
    fn factor(&mut self, found: &Match, layer: Layer) -> f32 {
        let hit = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
        let bit = layer.bit();
        let (serves, serves_phrase, acting) = (&self.serves, &self.serves_phrase, &mut self.acting);
        let mut factor = 1.0;
        self.nearby.around(found, &self.units, |nearby| {
            let part = (nearby.start..nearby.end).any(|unit| serves_phrase[unit as usize] & bit != 0);
            let nearer = nearby.between(found).any(|unit| serves[unit as usize] & bit != 0);
            if !part && !nearer {
                factor *= nearby.modifier.factor;
                acting.push(Acting { hit, term: nearby.term, factor: nearby.modifier.factor });
            }
        });
        factor.clamp(-LARGEST_FACTOR, LARGEST_FACTOR)
    }

    /// Every word of the post that has fitted weights, once, whatever longer match it is part of. Together they weigh as
    /// much in a long post as in a short one.
    pub(super) fn add_words(&mut self) {
        self.word_counts.next_post();
        let mut words = [0.0_f32; HIT_LAYERS.len() + 1];
        let first = self.hits.len();
        for index in 0..self.matches.len() {
            let found = self.matches[index];
            let pattern = &self.lexicon.patterns[found.pattern as usize];
            let Some(term) = pattern.term.filter(|_| pattern.words != 0) else { continue };
            for layer in HIT_LAYERS.into_iter().filter(|layer| pattern.words & layer.bit() != 0) {
                if self.word_counts.count(term, layer) == 1 {
                    words[layer as usize] += 1.0;
                    let sentence = self.units[found.start as usize].sentence;
                    let (start, end) = (found.start, found.end);
                    self.hits.push(Hit { term, layer, factor: 1.0, start, end, sentence, word: true, tone: None });
                }
            }
        }
        for hit in &mut self.hits[first..] {
            hit.factor = WORDS / words[hit.layer as usize].max(FEWEST_WORDS).sqrt();
        }
    }

    fn add_occurrence(&mut self, found: &Match, component: u32) {
        let places = &mut self.present[component as usize];
        if places.len() == MOST_OCCURRENCES {
            return;
        }
        if places.is_empty() {
            self.touched.push(component);
        }
        let sentence = self.units[found.start as usize].sentence;
        let mut place = Occurrence { found: *found, sentence, acting: [None; MOST_ACTING] };
        let mut count = 0;
        self.nearby.around(found, &self.units, |nearby| {
            if count < MOST_ACTING {
                place.acting[count] = Some(*nearby);
                count += 1;
            }
        });
        places.push(place);
    }
}

/// The length of the vector of a post's words, chosen by cross-validation on labelled posts.
const WORDS: f32 = 3.0;
/// In a shorter post each word counts as in one of so many: few words are no stronger than they are.
const FEWEST_WORDS: f32 = 16.0;

const HIT_LAYERS: [Layer; 9] = [
    Layer::Stance,
    Layer::Sentiment,
    Layer::ReportedOnline,
    Layer::ReportedOffline,
    Layer::SellerOnline,
    Layer::SellerOffline,
    Layer::Advert,
    Layer::Target,
    Layer::Aspect,
];
