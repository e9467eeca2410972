//! All patterns in one tree, walked once a post.

use rustc_hash::FxHashMap;

use super::unit::{Carried, Symbol, Units};

/// How many words a `*` may stand for.
const LONGEST_GAP: usize = 3;
/// The span of a match in units; patterns are bounded so that none is longer.
const LONGEST_SPAN: usize = 64;
/// How much less exact a class is than a word.
const CLASS: u8 = 2;
const ROOT: u32 = 0;
const NONE: u32 = u32::MAX;

/// What a pattern asks for at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    /// A unit, or a phrase, that carries this symbol.
    Symbol(Symbol),
    /// Up to [`LONGEST_GAP`] units.
    Gap,
}

/// A pattern found in a post.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Match {
    /// Which pattern.
    pub(super) pattern: u32,
    /// Its first unit.
    pub(super) start: u32,
    /// Behind its last unit.
    pub(super) end: u32,
    /// The units that its words take, counted from `start`; those inside a gap are left out.
    pub(super) taken: u64,
    /// How inexact its elements are: a stem counts 1, a class 2.
    pub(super) inexact: u8,
    /// Whether one of its elements is a stem.
    pub(super) stemmed: bool,
    /// How many units its gaps passed over.
    pub(super) skipped: u8,
    /// How likely the readings of its words are.
    pub(super) share: f32,
}

#[derive(Clone, Debug)]
struct Node {
    pattern: u32,
    gap: u32,
    leaf: bool,
}

/// A tree of patterns.
#[derive(Clone, Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    children: FxHashMap<(u32, Symbol), u32>,
    /// The children of the root by symbol, since every unit asks for them.
    root: Vec<u32>,
}

impl Default for Trie {
    fn default() -> Self {
        Self { nodes: vec![EMPTY], children: FxHashMap::default(), root: Vec::new() }
    }
}

const EMPTY: Node = Node { pattern: NONE, gap: NONE, leaf: true };

impl Trie {
    /// Adds a pattern; the number that it has already, if it was there.
    pub(super) fn insert(&mut self, asks: &[Ask], pattern: u32) -> u32 {
        let mut at = ROOT;
        for ask in asks {
            at = self.child_or_new(at, *ask);
        }
        let node = &mut self.nodes[at as usize];
        if node.pattern == NONE {
            node.pattern = pattern;
        }
        node.pattern
    }

    /// Whether it holds no pattern.
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    fn child_or_new(&mut self, at: u32, ask: Ask) -> u32 {
        let next = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        let found = match ask {
            Ask::Gap => &mut self.nodes[at as usize].gap,
            Ask::Symbol(symbol) => self.children.entry((at, symbol)).or_insert(NONE),
        };
        if *found != NONE {
            return *found;
        }
        *found = next;
        self.nodes.push(EMPTY);
        self.nodes[at as usize].leaf = false;
        next
    }

    /// Makes the tree ready to be walked.
    pub(super) fn finish(&mut self, symbols: usize) {
        self.root = vec![NONE; symbols];
        for (&(parent, symbol), &child) in &self.children {
            if parent == ROOT {
                self.root[symbol as usize] = child;
            }
        }
    }

    /// Appends every match in the post to `matches`.
    pub(super) fn find(&self, units: &Units, matches: &mut Vec<Match>) {
        for start in 0..units.len() {
            for carried in units.symbols(start) {
                let child = self.root[carried.symbol as usize];
                if child != NONE {
                    self.walk(units, child, Match::at(start, 1).through(*carried, units), matches);
                }
            }
            for phrase in units.phrases_at(start) {
                let child = self.root[phrase.class as usize];
                if child != NONE {
                    let found = Match { inexact: CLASS, ..Match::at(start, phrase.length) };
                    self.walk(units, child, found, matches);
                }
            }
        }
    }

    /// Goes on from `node`, which was reached by `so_far`.
    fn walk(&self, units: &Units, node: u32, so_far: Match, matches: &mut Vec<Match>) {
        let Node { pattern, gap, leaf } = self.nodes[node as usize];
        if pattern != NONE {
            matches.push(Match { pattern, ..so_far });
        }
        if leaf {
            return;
        }
        self.step(units, node, so_far, matches);
        if gap == NONE {
            return;
        }
        let mut passed = so_far;
        self.step(units, gap, passed, matches);
        for _ in 0..LONGEST_GAP {
            let length = units.longest_phrase_at(passed.end as usize);
            passed.end += u32::try_from(length).unwrap_or(1);
            passed.skipped += 1;
            self.step(units, gap, passed, matches);
        }
    }

    /// Takes every edge from `node` that the unit behind `so_far` allows.
    fn step(&self, units: &Units, node: u32, so_far: Match, matches: &mut Vec<Match>) {
        let at = so_far.end as usize;
        let offset = at - so_far.start as usize;
        if !units.same_clause(so_far.start as usize, at) || offset >= LONGEST_SPAN {
            return;
        }
        for carried in units.symbols(at) {
            if let Some(&child) = self.children.get(&(node, carried.symbol)) {
                let next = Match { end: so_far.end + 1, taken: so_far.taken | 1 << offset, ..so_far };
                self.walk(units, child, next.through(*carried, units), matches);
            }
        }
        for phrase in units.phrases_at(at) {
            let length = phrase.length as usize;
            if offset + length > LONGEST_SPAN {
                continue;
            }
            if let Some(&child) = self.children.get(&(node, phrase.class)) {
                let next = Match {
                    end: so_far.end + phrase.length,
                    taken: so_far.taken | run(length) << offset,
                    inexact: so_far.inexact + CLASS,
                    ..so_far
                };
                self.walk(units, child, next, matches);
            }
        }
    }
}

impl Match {
    fn at(start: usize, length: u32) -> Self {
        let start = u32::try_from(start).unwrap_or(NONE);
        let taken = run(length as usize);
        Self { pattern: NONE, start, end: start + length, taken, inexact: 0, stemmed: false, skipped: 0, share: 1.0 }
    }

    /// The match with one more element, met by a symbol that a word carries.
    fn through(self, carried: Carried, units: &Units) -> Self {
        let class = if units.is_class(carried.symbol) { CLASS } else { 0 };
        Self {
            inexact: self.inexact + class + u8::from(carried.stem),
            stemmed: self.stemmed || carried.stem,
            share: self.share * carried.share,
            ..self
        }
    }
}

/// The lowest `length` bits.
fn run(length: usize) -> u64 {
    if length >= LONGEST_SPAN { u64::MAX } else { (1 << length) - 1 }
}
