//! Brings posts to units and finds the lexicon's terms in them. One finder serves one thread, post after post.

use super::compile::{Lexicon, TermId, Weights};
use super::cue::Cue;
use super::layer::Layer;
use super::unit::Unit;
use crate::text::{Repaired, repair};

mod apart;
mod around;
mod choose;
mod counts;
mod cues;
mod nearby;
mod units;
mod walk;
mod weigh;
mod words;

use around::{Around, Phrase, Units};
use walk::Match;
use words::{Tree, Words};

/// A term found, with what nearby modifiers make of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The term.
    pub term: TermId,
    /// The layer it was found for.
    pub layer: Layer,
    /// Its weights there, as one of the words of the post if it is one.
    pub weights: Weights,
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

/// How many modifiers of one component are looked at.
const MOST_ACTING: usize = 4;

/// Where a component of composed terms stands.
#[derive(Clone, Copy, Debug)]
struct Occurrence {
    found: Match,
    sentence: u32,
}

/// Finds terms; its buffers are used again from post to post.
pub struct Finder<'l> {
    lexicon: &'l Lexicon,
    words: Words,
    units: Vec<Unit>,
    /// What there is at each unit and behind it.
    around: Vec<Around>,
    /// The phrases of classes, in order.
    phrases: Vec<Phrase>,
    /// The matches of several words.
    matches: Vec<Match>,
    /// The order in which they are chosen: what decides it, and which one it is.
    order: Vec<(u128, usize)>,
    chosen: Vec<choose::Chosen>,
    serving: Vec<choose::Serving>,
    nearby: nearby::Modifiers,
    /// The modifiers that reach the match at hand.
    reaching: Vec<nearby::Nearby>,
    /// Where each component of composed terms stands, which ones stand anywhere, and these in the order in which they
    /// were met.
    present: Vec<Vec<Occurrence>>,
    there: Vec<u64>,
    touched: Vec<u32>,
    counts: counts::Counts,
    hits: Vec<Hit>,
    acting: Vec<Acting>,
    cues: u16,
}

impl<'l> Finder<'l> {
    /// A finder over a lexicon.
    pub fn of(lexicon: &'l Lexicon) -> Self {
        Self {
            lexicon,
            words: Words::default(),
            units: Vec::new(),
            around: Vec::new(),
            phrases: Vec::new(),
            matches: Vec::new(),
            order: Vec::new(),
            chosen: Vec::new(),
            serving: Vec::new(),
            nearby: nearby::Modifiers::default(),
            reaching: Vec::new(),
            present: vec![Vec::new(); lexicon.components],
            there: vec![0; lexicon.components.div_ceil(64)],
            touched: Vec::new(),
            counts: counts::Counts::of(lexicon.slots.all.len()),
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
        self.words.bound();
        self.read_units(&text.text);
        self.match_terms();
        self.choose();
        self.weigh();
        self.add_words();
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
        self.phrases.clear();
        around::look_at_words(&mut self.around, &self.units, &self.words);
        for tree in [Tree::Phrases, Tree::ComposedPhrases] {
            self.match_tree(tree);
            if self.matches.is_empty() {
                continue;
            }
            for found in self.matches.drain(..) {
                let length = found.end - found.start;
                let classes = &self.lexicon.phrase_classes[found.pattern as usize];
                self.phrases.extend(classes.iter().map(|class| Phrase { start: found.start, length, class: *class }));
            }
            self.phrases.sort_unstable();
            self.phrases.dedup();
            around::look_at_phrases(&mut self.around, &self.phrases);
        }
        self.match_tree(Tree::Terms);
    }

    fn match_tree(&mut self, tree: Tree) {
        self.matches.clear();
        let patterns = tree.of(self.lexicon);
        if !patterns.is_empty() {
            let Self { units: all, words, phrases, around, matches, .. } = self;
            let units = Units { all, words, phrases, around };
            patterns.find(&units, |units, at| units.words.starts(tree, units.all[at].word), matches);
        }
    }
}
