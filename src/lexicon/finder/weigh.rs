//! Chosen matches as hits, with what nearby modifiers make of them.

use super::nearby::Nearby;
use super::{Acting, Finder, Hit, Layer, Match, Occurrence, TermId};

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
            let hit = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
            let bit = layer.bit();
            let (serves, acting) = (&self.serves_phrase, &mut self.acting);
            let factor = self.nearby.factor(
                found,
                &self.units,
                |unit| serves[unit as usize] & bit != 0,
                |term, factor| acting.push(Acting { hit, term, factor }),
            );
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
            hit.factor = WORDS / words[hit.layer as usize].sqrt();
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
        let factor = self.nearby.factor(found, &self.units, |_| false, |_, _| {});
        let sentence = self.units[found.start as usize].sentence;
        places.push(Occurrence { start: found.start, end: found.end, sentence, factor: factor * found.share });
    }
}

/// The length of the vector of a post's words, chosen by cross-validation on labelled posts.
const WORDS: f32 = 3.0;

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
