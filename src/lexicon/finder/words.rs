//! Words of posts, each resolved once and kept: what it is to the lexicon by itself, and where patterns go on behind it.

use rustc_hash::FxHashMap;

use super::super::compile::Lexicon;
use super::super::slot::Range;
use super::super::trie::{CLASS, NONE, Symbols, Trie, only};
use super::super::unit::{Carried, Start, Symbol};
use crate::text::{Form, Kind, Step, Word};

/// How many words are kept; beyond that all are let go, so that memory stays bounded.
const MOST_WORDS: usize = 1 << 17;

/// The trees of patterns, in the order in which a post is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Phrases,
    ComposedPhrases,
    Terms,
}

impl Tree {
    pub(super) const ALL: [Self; 3] = [Self::Phrases, Self::ComposedPhrases, Self::Terms];

    pub(super) fn of(self, lexicon: &Lexicon) -> &Trie {
        match self {
            Self::Phrases => &lexicon.phrases,
            Self::ComposedPhrases => &lexicon.composed_phrases,
            Self::Terms => &lexicon.terms,
        }
    }
}

/// A pattern of one word that a word matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Single {
    pub(super) pattern: u32,
    /// Its whole term, if it is one.
    pub(super) term: u32,
    /// The part of composed terms that it is, if it is one.
    pub(super) component: u32,
    /// What the term says.
    pub(super) slots: Range,
    /// The layers for which it may be chosen, and those for which it is one of the words of a post.
    pub(super) layers: u16,
    pub(super) words: u16,
    pub(super) share: f32,
    pub(super) inexact: u8,
    pub(super) stemmed: bool,
}

#[derive(Clone, Copy, Debug)]
struct Resolved {
    carried: (u32, u32),
    singles: (u32, u32),
    starts: [(u32, u32); Tree::ALL.len()],
    symbols: Symbols,
    breaks: bool,
}

/// Resolved words.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Words {
    by_token: FxHashMap<Box<str>, (u32, u32)>,
    words: Vec<Resolved>,
    carried: Vec<Carried>,
    singles: Vec<Single>,
    starts: Vec<Start>,
}

impl Words {
    /// Lets everything go where it has become too much.
    pub(super) fn bound(&mut self) {
        if self.words.len() > MOST_WORDS {
            *self = Self::default();
        }
    }

    /// The symbols that a word carries.
    pub(in super::super) fn carried(&self, word: u32) -> &[Carried] {
        of(&self.carried, self.words[word as usize].carried)
    }

    /// The same as a set.
    pub(super) fn symbols(&self, word: u32) -> Symbols {
        self.words[word as usize].symbols
    }

    /// The patterns of one word that it matches, the most exact first.
    pub(super) fn singles(&self, word: u32) -> &[Single] {
        of(&self.singles, self.words[word as usize].singles)
    }

    /// Where longer patterns of a tree go on behind it.
    pub(super) fn starts(&self, tree: Tree, word: u32) -> &[Start] {
        of(&self.starts, self.words[word as usize].starts[tree as usize])
    }

    /// Whether it begins a clause.
    pub(super) fn breaks(&self, word: u32) -> bool {
        self.words[word as usize].breaks
    }

    /// The words of a token, as a range.
    pub(super) fn resolve(&mut self, token: &str, kind: Kind, lexicon: &Lexicon) -> (u32, u32) {
        if let Some(range) = self.by_token.get(token) {
            return *range;
        }
        let from = offset(self.words.len());
        for word in lexicon.normaliser.words(token, kind, &|word| lexicon.knows(word)) {
            self.add(&word, lexicon);
        }
        let range = (from, offset(self.words.len()));
        self.by_token.insert(token.into(), range);
        range
    }

    fn add(&mut self, word: &Word, lexicon: &Lexicon) {
        let carried = offset(self.carried.len());
        for form in &word.forms {
            if let Some(&symbol) = lexicon.symbols.get(&form.text) {
                self.carried.push(carry(form, symbol, 0));
                let classes = &lexicon.classes_of[symbol as usize];
                self.carried.extend(classes.iter().map(|class| carry(form, *class, CLASS)));
            }
        }
        let carried = (carried, offset(self.carried.len()));
        let own = of(&self.carried, carried);
        let breaks = lexicon.clause_break.is_some_and(|class| own.iter().any(|c| c.symbol == class && !c.stem));
        let symbols = own.iter().fold(0, |set, carried| set | only(carried.symbol));
        let singles = offset(self.singles.len());
        self.singles.extend(own.iter().filter_map(|carried| single(*carried, lexicon)));
        self.singles[singles as usize..].sort_by_key(|single| (single.inexact, single.pattern));
        let singles = (singles, offset(self.singles.len()));
        let starts = Tree::ALL.map(|tree| {
            let from = offset(self.starts.len());
            self.starts.extend(own.iter().filter_map(|carried| start(*carried, tree.of(lexicon))));
            (from, offset(self.starts.len()))
        });
        self.words.push(Resolved { carried, singles, starts, symbols, breaks });
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(NONE)
}

fn of<T>(all: &[T], (from, to): (u32, u32)) -> &[T] {
    &all[from as usize..to as usize]
}

fn carry(form: &Form, symbol: Symbol, inexact: u8) -> Carried {
    let stem = form.steps.contains(&Step::Stem);
    Carried { symbol, share: form.share, stem, inexact: inexact + u8::from(stem) }
}

/// The pattern of one word that a symbol is, where it can count.
fn single(carried: Carried, lexicon: &Lexicon) -> Option<Single> {
    let id = lexicon.terms.first(carried.symbol).and_then(|node| lexicon.terms.pattern(node))?;
    let pattern = &lexicon.patterns[id as usize];
    let layers = pattern.layers(carried.stem);
    (layers != 0 || pattern.words != 0 || pattern.component.is_some()).then(|| Single {
        pattern: id,
        term: pattern.term.unwrap_or(NONE),
        component: pattern.component.unwrap_or(NONE),
        slots: pattern.term.map_or_else(Range::default, |term| lexicon.slots.range(term)),
        layers,
        words: pattern.words,
        share: carried.share,
        inexact: carried.inexact,
        stemmed: carried.stem,
    })
}

fn start(carried: Carried, tree: &Trie) -> Option<Start> {
    let node = tree.first(carried.symbol)?;
    let follows = tree.follows(node);
    let Carried { share, stem: stemmed, inexact, .. } = carried;
    (follows != 0).then_some(Start { follows, node, share, inexact, stemmed })
}
