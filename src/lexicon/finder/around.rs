//! What stands where in a post: the symbols of its words, its phrases, and what follows them.

use super::super::trie::Symbols;
use super::super::unit::{Symbol, Unit};
use super::words::Words;

/// A phrase of a class found in a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Phrase {
    pub(super) start: u32,
    pub(super) length: u32,
    pub(super) class: Symbol,
}

/// A symbol that a word carries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Carried {
    pub(super) symbol: Symbol,
    /// How likely the reading is that gives it.
    pub(super) share: f32,
    /// Whether it is a stem, which is less exact than the word itself.
    pub(super) stem: bool,
    /// How inexact it is: a stem counts 1, a class 2.
    pub(super) inexact: u8,
}

/// Where patterns of several words that begin with a word go on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Start {
    /// The symbols one of which must follow in the clause.
    pub(super) follows: Symbols,
    /// The node that a symbol of the word leads to.
    pub(super) node: u32,
    pub(super) share: f32,
    pub(super) inexact: u8,
    pub(super) stemmed: bool,
}

/// The units of one post.
#[derive(Clone, Copy, Debug)]
pub(super) struct Units<'p> {
    pub(super) all: &'p [Unit],
    pub(super) words: &'p Words,
    pub(super) phrases: &'p Phrases,
    pub(super) around: &'p [Around],
}

/// What there is at a unit and behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// The symbols at the unit.
    pub(super) here: Symbols,
    /// Those at it and later in its clause.
    pub(super) ahead: Symbols,
    /// Behind the last unit of its clause.
    pub(super) end: u32,
}

/// The phrases of a post, in order, and where those of each unit begin.
#[derive(Clone, Debug, Default)]
pub(super) struct Phrases {
    pub(super) all: Vec<Phrase>,
    /// For each unit, and once more behind the last; empty where there is no phrase.
    pub(super) from: Vec<u32>,
}

impl Phrases {
    /// Notes where those of each unit begin.
    pub(super) fn index(&mut self, units: usize) {
        self.from.clear();
        let mut at = 0;
        for unit in 0..=units {
            at += self.all[at..].iter().take_while(|phrase| (phrase.start as usize) < unit).count();
            self.from.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
    }
}

impl<'p> Units<'p> {
    pub(super) fn symbols(&self, at: usize) -> &'p [Carried] {
        self.words.carried(self.all[at].word)
    }

    pub(super) fn phrases_at(&self, at: usize) -> &'p [Phrase] {
        match self.phrases.from.get(at..at + 2) {
            Some(&[from, to]) => &self.phrases.all[from as usize..to as usize],
            _ => &[],
        }
    }

    /// How many units a gap passes over at once: the longest phrase that starts there, or one.
    pub(super) fn longest_phrase_at(&self, at: usize) -> u32 {
        self.phrases_at(at).iter().map(|phrase| phrase.length).max().unwrap_or(1)
    }
}
