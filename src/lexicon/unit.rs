//! A post as units: its words with the symbols by which the lexicon knows them, their clauses and sentences.

/// A word or a class of the lexicon.
pub(super) type Symbol = u32;

/// One word of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where its token starts in the repaired text, in bytes.
    pub start: u32,
    /// Where its token ends.
    pub end: u32,
    /// Its clause, counted from 0 over the post.
    pub clause: u32,
    /// Its sentence, counted from 0.
    pub sentence: u32,
    /// Its entry among the resolved words.
    pub(super) word: u32,
}

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
}

/// The symbols of one word with the share of each reading, as a range into [`Words::symbols`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) from: u32,
    pub(super) to: u32,
    /// Whether the word begins a clause.
    pub(super) breaks: bool,
}

/// Resolved words, kept from post to post.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    pub(super) symbols: Vec<Carried>,
    pub(super) words: Vec<Resolved>,
}

/// The units of one post.
#[derive(Clone, Copy, Debug)]
pub struct Units<'p> {
    pub(super) units: &'p [Unit],
    pub(super) words: &'p Words,
    pub(super) phrases: &'p [Phrase],
    pub(super) first_class: Symbol,
}

impl<'p> Units<'p> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    pub(super) fn symbols(&self, at: usize) -> &'p [Carried] {
        let word = self.words.words[self.units[at].word as usize];
        &self.words.symbols[word.from as usize..word.to as usize]
    }

    pub(super) fn is_class(&self, symbol: Symbol) -> bool {
        symbol >= self.first_class
    }

    /// Whether `other` is a unit in the clause of `at`.
    pub(super) fn same_clause(&self, at: usize, other: usize) -> bool {
        self.units.get(other).is_some_and(|unit| unit.clause == self.units[at].clause)
    }

    pub(super) fn phrases_at(&self, at: usize) -> impl Iterator<Item = &'p Phrase> {
        let from = self.phrases.partition_point(|phrase| (phrase.start as usize) < at);
        self.phrases[from..].iter().take_while(move |phrase| phrase.start as usize == at)
    }

    /// How many units a gap passes over at once: the longest phrase that starts there, or one.
    pub(super) fn longest_phrase_at(&self, at: usize) -> usize {
        self.phrases_at(at).map(|phrase| phrase.length as usize).max().unwrap_or(1)
    }
}
