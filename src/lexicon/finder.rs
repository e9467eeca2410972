//! Brings posts to units and finds the lexicon's terms in them. One finder serves one thread, post after post.

use rustc_hash::FxHashMap;

use super::compile::{Lexicon, TermId};
use super::cue::Cue;
use super::layer::Layer;
use super::trie::Match;
use super::unit::{Phrase, Unit, Units, Words};
use crate::text::{Repaired, repair};

mod apart;
mod counts;
mod cues;
mod nearby;
mod units;
mod weigh;

/// A term found, with what nearby modifiers make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The term.
    pub term: TermId,
    /// The layer it was found for.
    pub layer: Layer,
    /// What its weight is multiplied by; negative where a negator moves it to the opposite pole.
    pub factor: f32,
    /// Its first unit; for a property of the post, 0.
    pub start: u32,
    /// Behind its last unit.
    pub end: u32,
    /// The sentence of its first unit.
    pub sentence: u32,
    /// Whether it is one of the words of the post rather than a match of its own.
    pub word: bool,
    /// The tone that the term asks for, which only the sentiment scale can tell.
    pub tone: Option<Cue>,
}

/// A modifier that acted on a hit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acting {
    /// Which hit.
    pub hit: u32,
    /// The modifier's term.
    pub term: TermId,
    /// Its factor.
    pub factor: f32,
}

/// What was found in one post.
#[derive(Debug)]
pub struct Found<'f, 'p> {
    /// The post after repair.
    pub text: Repaired<'p>,
    /// Its words.
    pub units: &'f [Unit],
    /// The terms, best match first; properties of the post come last.
    pub hits: &'f [Hit],
    /// What acted on them.
    pub acting: &'f [Acting],
    /// How many sentences it has.
    pub sentences: u32,
    cues: u16,
}

impl<'p> Found<'_, 'p> {
    /// The same post with other hits, to ask what one of them decides.
    pub fn with_hits<'h>(&'h self, hits: &'h [Hit]) -> Found<'h, 'p> {
        let Self { units, acting, sentences, cues, .. } = *self;
        Found { text: self.text.clone(), units, hits, acting, sentences, cues }
    }

    /// Whether the post has that property.
    pub fn has(&self, cue: Cue) -> bool {
        self.cues & 1 << cue as u16 != 0
    }
}

/// How many modifiers of one component are kept.
const MOST_ACTING: usize = 4;

/// Where a component of composed terms stands, and the modifiers that reach it.
#[derive(Clone, Copy, Debug)]
struct Occurrence {
    found: Match,
    sentence: u32,
    acting: [Option<nearby::Nearby>; MOST_ACTING],
}

/// How many words a finder keeps resolved; beyond that it starts again, so that memory stays bounded.
const MOST_WORDS: usize = 1 << 17;

/// Finds terms; its buffers are used again from post to post.
pub struct Finder<'l> {
    lexicon: &'l Lexicon,
    resolved: FxHashMap<Box<str>, (u32, u32)>,
    words: Words,
    units: Vec<Unit>,
    phrases: Vec<Phrase>,
    matches: Vec<Match>,
    /// The layers for which each match was chosen.
    chosen: Vec<u16>,
    /// The layers in which each unit serves a match, and those in which it serves one of several words.
    serves: Vec<u16>,
    serves_phrase: Vec<u16>,
    /// For each unit of a modifier of several words, where that starts; empty where there is none.
    held: Vec<u32>,
    nearby: nearby::Modifiers,
    present: Vec<Vec<Occurrence>>,
    touched: Vec<u32>,
    counts: counts::Counts,
    word_counts: counts::Counts,
    hits: Vec<Hit>,
    acting: Vec<Acting>,
    cues: u16,
}

impl<'l> Finder<'l> {
    /// A finder over a lexicon.
    pub fn of(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            resolved: FxHashMap::default(),
            words: Words::default(),
            units: Vec::new(),
            phrases: Vec::new(),
            matches: Vec::new(),
            chosen: Vec::new(),
            serves: Vec::new(),
            serves_phrase: Vec::new(),
            held: Vec::new(),
            nearby: nearby::Modifiers::default(),
            present: vec![Vec::new(); lexicon.components],
            touched: Vec::new(),
            counts: counts::Counts::of(lexicon.entries.len()),
            word_counts: counts::Counts::of(lexicon.entries.len()),
            hits: Vec::new(),
            acting: Vec::new(),
            cues: 0,
        }
    }

    /// The lexicon it finds terms of.
    pub fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// Everything that the lexicon knows in `post`.
    pub fn find<'p>(&mut self, post: &'p str) -> Found<'_, 'p> {
        let text = repair(post);
        if self.words.words.len() > MOST_WORDS {
            self.resolved.clear();
            self.words = Words::default();
        }
        self.read_units(&text.text);
        self.match_terms();
        self.choose();
        self.weigh();
        self.add_words();
        self.note_targets();
        self.match_apart();
        self.add_cues();
        Found {
            text,
            units: &self.units,
            hits: &self.hits,
            acting: &self.acting,
            sentences: self.units.last().map_or(0, |unit| unit.sentence + 1),
            cues: self.cues,
        }
    }

    fn match_terms(&mut self) {
        self.matches.clear();
        self.phrases.clear();
        for trie in [&self.lexicon.phrases, &self.lexicon.composed_phrases] {
            if trie.is_empty() {
                continue;
            }
            trie.find(&units(&self.units, &self.words, &self.phrases, self.lexicon), &mut self.matches);
            for found in self.matches.drain(..) {
                let length = found.end - found.start;
                let classes = &self.lexicon.phrase_classes[found.pattern as usize];
                self.phrases.extend(classes.iter().map(|class| Phrase { start: found.start, length, class: *class }));
            }
            self.phrases.sort_unstable();
            self.phrases.dedup();
        }
        self.lexicon.terms.find(&units(&self.units, &self.words, &self.phrases, self.lexicon), &mut self.matches);
    }

    /// Gives each unit to the longest match of each layer that asks for it, and keeps what is left.
    fn choose(&mut self) {
        self.chosen.clear();
        self.serves.clear();
        self.serves.resize(self.units.len(), 0);
        self.serves_phrase.clear();
        self.serves_phrase.resize(self.units.len(), 0);
        let lexicon = self.lexicon;
        self.matches.sort_unstable_by_key(|found| {
            let words = std::cmp::Reverse(found.taken.count_ones());
            let pattern = &lexicon.patterns[found.pattern as usize];
            let weaker = u16::MAX - pattern.force;
            (words, found.inexact, found.skipped, pattern.gaps, weaker, found.start, found.pattern)
        });
        self.hold_modifiers();
        // A match that lost its units to a longer one is left without layers.
        let mut kept = 0;
        for index in 0..self.matches.len() {
            let found = self.matches[index];
            if self.breaks_modifier(&found) {
                continue;
            }
            let pattern = &self.lexicon.patterns[found.pattern as usize];
            // `dikurangi` is no negator though its stem `kurang` is one.
            let layers = if found.stemmed { pattern.layers & !Layer::Modifier.bit() } else { pattern.layers };
            let free = taken_units(&found).fold(layers, |free, unit| free & !self.serves[unit]);
            let several = found.taken.count_ones() > 1;
            for unit in taken_units(&found) {
                self.serves[unit] |= free;
                if several {
                    self.serves_phrase[unit] |= free;
                }
            }
            if free != 0 || pattern.words != 0 || pattern.component.is_some() {
                self.matches[kept] = found;
                kept += 1;
                self.chosen.push(free);
            }
        }
        self.matches.truncate(kept);
    }
}

impl Finder<'_> {
    /// Notes the words of modifiers of several words: `tidak mungkin tidak` is no `tidak` followed by something else.
    fn hold_modifiers(&mut self) {
        self.held.clear();
        for found in &self.matches {
            let pattern = &self.lexicon.patterns[found.pattern as usize];
            if pattern.layers & Layer::Modifier.bit() == 0 || found.taken.count_ones() < 2 || found.stemmed {
                continue;
            }
            self.held.resize(self.units.len(), NOT_HELD);
            if taken_units(found).all(|unit| self.held[unit] == NOT_HELD) {
                taken_units(found).for_each(|unit| self.held[unit] = found.start);
            }
        }
    }

    /// Whether a match takes a later word of such a modifier without its first.
    fn breaks_modifier(&self, found: &Match) -> bool {
        !self.held.is_empty()
            && taken_units(found).any(|unit| {
                let start = self.held[unit];
                start != NOT_HELD && start as usize != unit && !taken_units(found).any(|other| other == start as usize)
            })
    }
}

/// A unit that is part of no modifier of several words.
const NOT_HELD: u32 = u32::MAX;

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

fn units<'p>(units: &'p [Unit], words: &'p Words, phrases: &'p [Phrase], lexicon: &Lexicon) -> Units<'p> {
    Units { all: units, words, phrases, first_class: lexicon.first_class }
}
