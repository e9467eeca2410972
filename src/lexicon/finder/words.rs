//! Words of posts, each resolved once and kept: what it is to the lexicon by itself, and where patterns go on behind it.

use rustc_hash::FxHashMap;

use super::super::compile::Lexicon;
use super::super::slot::Range;
use super::super::trie::{CLASS, NONE, Symbols, Trie, only};
use super::super::unit::Symbol;
use super::around::{Carried, Start};
use crate::text::{Form, Kind, Step, Word};

/// How many words are kept; beyond that all are let go, so that memory stays bounded.
const MOST_WORDS: usize = 1 << 15;

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

/// What there is of a word; on a line of the cache of its own, since every word of a post comes by here.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
struct Resolved {
    carried: (u32, u32),
    singles: (u32, u32),
    starts: [(u32, u32); Tree::ALL.len()],
    symbols: Symbols,
    breaks: bool,
}

/// Resolved words.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    /// The words of each token by its letters, as a range; tokens of many letters apart.
    by_letters: FxHashMap<u128, (u32, u32)>,
    by_token: FxHashMap<Box<str>, (u32, u32)>,
    /// The word of every number that the lexicon does not name.
    number: Option<(u32, u32)>,
    resolved: Vec<Resolved>,
    carried: Vec<Carried>,
    singles: Vec<Single>,
    starts: Vec<Start>,
}

impl Words {
    /// Lets everything go where it has become too much.
    pub(super) fn bound(&mut self) {
        if self.resolved.len() > MOST_WORDS {
            *self = Self::default();
        }
    }

    /// The symbols that a word carries.
    pub(super) fn carried(&self, word: u32) -> &[Carried] {
        of(&self.carried, self.resolved[word as usize].carried)
    }

    /// The same as a set.
    pub(super) fn symbols(&self, word: u32) -> Symbols {
        self.resolved[word as usize].symbols
    }

    /// The patterns of one word that it matches, the most exact first.
    pub(super) fn singles(&self, word: u32) -> &[Single] {
        of(&self.singles, self.resolved[word as usize].singles)
    }

    /// Where longer patterns of a tree go on behind it.
    pub(super) fn starts(&self, tree: Tree, word: u32) -> &[Start] {
        of(&self.starts, self.resolved[word as usize].starts[tree as usize])
    }

    /// Whether it begins a clause.
    pub(super) fn breaks(&self, word: u32) -> bool {
        self.resolved[word as usize].breaks
    }

    /// The words of a token, as a range. Two tokens may have the same words where [`is_shared`] says so.
    pub(super) fn resolve(&mut self, token: &str, kind: Kind, lexicon: &Lexicon) -> (u32, u32) {
        match kind {
            // Most numbers and links stand in one post only, and what they are to the lexicon is the same.
            Kind::Number if !lexicon.knows(token) => {
                let number = self.number.unwrap_or_else(|| self.resolve_anew(token, kind, lexicon));
                self.number = Some(number);
                number
            }
            Kind::Link => self.resolve_once(raw_host(token), kind, lexicon),
            _ => self.resolve_once(token, kind, lexicon),
        }
    }

    fn resolve_once(&mut self, token: &str, kind: Kind, lexicon: &Lexicon) -> (u32, u32) {
        let letters = letters(token);
        let known = letters.map_or_else(|| self.by_token.get(token), |letters| self.by_letters.get(&letters));
        if let Some(range) = known {
            return *range;
        }
        let range = self.resolve_anew(token, kind, lexicon);
        match letters {
            Some(letters) => drop(self.by_letters.insert(letters, range)),
            None => drop(self.by_token.insert(token.into(), range)),
        }
        range
    }

    fn resolve_anew(&mut self, token: &str, kind: Kind, lexicon: &Lexicon) -> (u32, u32) {
        let from = offset(self.resolved.len());
        for word in lexicon.normaliser.words(token, kind, &|word| lexicon.knows(word)) {
            self.add(&word, lexicon);
        }
        (from, offset(self.resolved.len()))
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
        let weaker = |single: &Single| u16::MAX - lexicon.patterns[single.pattern as usize].force;
        self.singles[singles as usize..].sort_by_key(|single| (single.inexact, weaker(single), single.pattern));
        let singles = (singles, offset(self.singles.len()));
        let starts = Tree::ALL.map(|tree| {
            let from = offset(self.starts.len());
            self.starts.extend(own.iter().filter_map(|carried| start(*carried, tree.of(lexicon))));
            (from, offset(self.starts.len()))
        });
        self.resolved.push(Resolved { carried, singles, starts, symbols, breaks });
    }
}

/// Whether other tokens of this kind may have the same words.
pub(super) fn is_shared(kind: Kind) -> bool {
    matches!(kind, Kind::Number | Kind::Link)
}

/// The bytes of a token of up to fifteen as a number; their count in the highest byte tells apart what is filled up.
fn letters(token: &str) -> Option<u128> {
    let bytes = token.as_bytes();
    let eight = |from: usize| bytes.get(from..from + 8).and_then(|eight| eight.try_into().ok()).map(u64::from_le_bytes);
    let four = |from: usize| bytes.get(from..from + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
    let count = bytes.len();
    let (low, high) = match count {
        8 => (eight(0)?, 0),
        9..16 => (eight(0)?, eight(count - 8)? >> (8 * (16 - count))),
        4..8 => (u64::from(four(0)?) | u64::from(four(count - 4)?) << (8 * (count - 4)), 0),
        1..4 => {
            let of = |at: usize| u64::from(bytes[at]);
            (of(0) | of(count / 2) << (8 * (count / 2)) | of(count - 1) << (8 * (count - 1)), 0)
        }
        _ => return None,
    };
    Some(u128::from(low) | u128::from(high) << 64 | (count as u128) << 120)
}

/// The part of a link that its words are made of.
fn raw_host(link: &str) -> &str {
    let address = link.split_once("://").map_or(link, |(_, address)| address);
    address.split(['/', '?', '#', ':']).next().unwrap_or(address)
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
    let (asks, behind) = tree.follows(node);
    let Carried { share, stem: stemmed, inexact, .. } = carried;
    (asks | behind != 0).then_some(Start { asks, behind, node, share, inexact, stemmed })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_tokens_have_different_letters() {
        let tokens = ["a", "aa", "aaa", "ab", "ba", "abc", "acb", "abcd", "abcde", "abcdefgh", "abcdefg", "abcdefghi"];
        let more = ["abcdefghijklmno", "abcdefghijklmnp", "abcdefgXijklmno", "\0", "\0\0", "aa\0", "é"];
        let all: Vec<u128> = tokens.iter().chain(&more).filter_map(|token| letters(token)).collect();
        assert_eq!(all.len(), tokens.len() + more.len());
        assert_eq!(all.iter().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        assert!(letters("").is_none() && letters("abcdefghijklmnop").is_none());
        let spelled = |token: &str| token.bytes().rev().fold(0, |all, byte| all << 8 | u128::from(byte));
        for token in tokens {
            assert_eq!(letters(token), Some(spelled(token) | (token.len() as u128) << 120), "{token}");
        }
    }
}
