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
                tone: None,
            });
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
