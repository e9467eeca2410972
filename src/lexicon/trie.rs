//! All patterns in one tree, walked once a post.

use rustc_hash::FxHashMap;

use super::unit::{Start, Symbol, Units};

/// How many words a `*` may stand for.
const LONGEST_GAP: usize = 3;
/// The span of a match in units; patterns are bounded so that none is longer.
const LONGEST_SPAN: usize = 64;
/// How much less exact a class is than a word.
pub(super) const CLASS: u8 = 2;
const ROOT: u32 = 0;
pub(super) const NONE: u32 = u32::MAX;

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

/// A set that may hold more symbols than were put in, never fewer: most nodes have one edge, so that one look at the
/// symbols of a word tells almost always that no edge fits.
pub(super) type Symbols = u64;

/// The set of one symbol.
pub(super) fn only(symbol: Symbol) -> Symbols {
    // The upper bits of a product with an odd constant (Knuth's multiplicative hashing).
    1 << (symbol.wrapping_mul(0x9e37_79b1) >> 26)
}

/// What follows a place in a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The pattern that ends here.
    pattern: u32,
    /// The node behind a gap.
    gap: u32,
    /// Its edges, as a range of [`Trie::edges`].
    from: u32,
    to: u32,
    /// What its edges ask for.
    asks: Symbols,
    /// Which of [`Trie::wide`] says so exactly, if it has many edges.
    wide: u32,
}

/// A tree of patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The edges of all nodes, those of one node side by side in the order of symbols.
    edges: Vec<(Symbol, u32)>,
    /// The symbols of the edges of each node that has many, a bit a symbol.
    wide: Vec<Vec<u64>>,
}

impl Trie {
    /// Whether it holds no pattern.
    pub(super) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// The node that a first symbol leads to.
    pub(super) fn first(&self, symbol: Symbol) -> Option<u32> {
        self.nodes.get(ROOT as usize).and_then(|root| self.child(root, symbol))
    }

    /// The pattern that ends at a node.
    pub(super) fn pattern(&self, node: u32) -> Option<u32> {
        Some(self.nodes[node as usize].pattern).filter(|pattern| *pattern != NONE)
    }

    /// What a pattern that goes on from a node asks for next, or after a gap; nothing where none goes on.
    pub(super) fn follows(&self, node: u32) -> Symbols {
        let node = &self.nodes[node as usize];
        node.asks | self.nodes.get(node.gap as usize).map_or(0, |gap| gap.asks)
    }

    fn child(&self, node: &Node, symbol: Symbol) -> Option<u32> {
        let edges = &self.edges[node.from as usize..node.to as usize];
        let Some(wide) = self.wide.get(node.wide as usize) else {
            return edges.iter().find(|edge| edge.0 == symbol).map(|edge| edge.1);
        };
        let word = wide.get(symbol as usize / 64)?;
        if word >> (symbol % 64) & 1 == 0 {
            return None;
        }
        edges.binary_search_by_key(&symbol, |edge| edge.0).ok().map(|at| edges[at].1)
    }

    /// Appends every match in the post to `matches`, but for those of a single word, which are known with the word.
    /// `starts` has the nodes that a unit's symbols lead to.
    pub(super) fn find<'u>(
        &self,
        units: &Units<'u>,
        starts: impl Fn(&Units<'u>, usize) -> &'u [Start],
        matches: &mut Vec<Match>,
    ) {
        for (at, around) in units.around.iter().enumerate() {
            if at + 1 < around.end as usize {
                let ahead = units.around[at + 1].ahead;
                for start in starts(units, at).iter().filter(|start| start.follows & ahead != 0) {
                    let Start { inexact, stemmed, share, .. } = *start;
                    let so_far = Match { inexact, stemmed, share, ..Match::at(at, 1) };
                    self.go_on(units, start.node, &so_far, matches);
                }
            }
            for phrase in units.phrases_at(at) {
                if let Some(child) = self.first(phrase.class) {
                    self.walk(units, child, Match { inexact: CLASS, ..Match::at(at, phrase.length) }, matches);
                }
            }
        }
    }

    /// Goes on from `node`, which was reached by `so_far`.
    fn walk(&self, units: &Units, node: u32, so_far: Match, matches: &mut Vec<Match>) {
        let pattern = self.nodes[node as usize].pattern;
        if pattern != NONE {
            matches.push(Match { pattern, ..so_far });
        }
        self.go_on(units, node, &so_far, matches);
    }

    fn go_on(&self, units: &Units, node: u32, so_far: &Match, matches: &mut Vec<Match>) {
        let (at, end) = (so_far.end, units.around[so_far.start as usize].end);
        let node = &self.nodes[node as usize];
        if at >= end {
            return;
        }
        if units.around[at as usize].here & node.asks != 0 {
            self.step(units, node, so_far, matches);
        }
        if let Some(gap) = self.nodes.get(node.gap as usize) {
            let pass = Pass { gap, end, left: LONGEST_GAP, at, skipped: so_far.skipped };
            self.pass(units, pass, so_far, matches);
        }
    }

    /// Goes on behind a gap: a word, or a phrase of a class as one word, may be passed over each time.
    fn pass(&self, units: &Units, pass: Pass, so_far: &Match, matches: &mut Vec<Match>) {
        let Pass { gap, end, left, at, skipped } = pass;
        let Some(around) = units.around.get(at as usize).filter(|around| at < end && around.ahead & gap.asks != 0) else {
            return;
        };
        if around.here & gap.asks != 0 {
            self.step(units, gap, &Match { end: at, skipped, ..*so_far }, matches);
        }
        if left == 0 {
            return;
        }
        let over = |length: u32| Pass { left: left - 1, at: at + length, skipped: skipped + 1, ..pass };
        self.pass(units, over(1), so_far, matches);
        let longest = units.longest_phrase_at(at as usize);
        if longest > 1 {
            self.pass(units, over(longest), so_far, matches);
        }
    }

    /// Takes every edge from `node` that the unit behind `so_far` allows; it stands in the same clause.
    fn step(&self, units: &Units, node: &Node, so_far: &Match, matches: &mut Vec<Match>) {
        let at = so_far.end as usize;
        let offset = at - so_far.start as usize;
        if offset >= LONGEST_SPAN {
            return;
        }
        for carried in units.symbols(at).iter().filter(|carried| only(carried.symbol) & node.asks != 0) {
            if let Some(child) = self.child(node, carried.symbol) {
                let next = Match {
                    end: so_far.end + 1,
                    taken: so_far.taken | 1 << offset,
                    inexact: so_far.inexact + carried.inexact,
                    stemmed: so_far.stemmed || carried.stem,
                    share: so_far.share * carried.share,
                    ..*so_far
                };
                self.walk(units, child, next, matches);
            }
        }
        for phrase in units.phrases_at(at) {
            let length = phrase.length as usize;
            if offset + length > LONGEST_SPAN {
                continue;
            }
            if let Some(child) = self.child(node, phrase.class) {
                let next = Match {
                    end: so_far.end + phrase.length,
                    taken: so_far.taken | run(length) << offset,
                    inexact: so_far.inexact + CLASS,
                    ..*so_far
                };
                self.walk(units, child, next, matches);
            }
        }
    }
}

/// A way over a gap.
#[derive(Clone, Copy)]
struct Pass<'t> {
    /// The node behind the gap.
    gap: &'t Node,
    /// Where the clause ends.
    end: u32,
    /// How many more words may be passed over.
    left: usize,
    /// The unit reached.
    at: u32,
    skipped: u8,
}

impl Match {
    fn at(start: usize, length: u32) -> Self {
        let start = u32::try_from(start).unwrap_or(NONE);
        let taken = run(length as usize);
        Self { pattern: NONE, start, end: start + length, taken, inexact: 0, stemmed: false, skipped: 0, share: 1.0 }
    }
}

/// The lowest `length` bits.
fn run(length: usize) -> u64 {
    if length >= LONGEST_SPAN { u64::MAX } else { (1 << length) - 1 }
}

/// A tree while patterns are added to it.
#[derive(Default)]
pub(super) struct Growing {
    patterns: FxHashMap<u32, u32>,
    gaps: FxHashMap<u32, u32>,
    children: FxHashMap<(u32, Symbol), u32>,
    nodes: u32,
}

impl Growing {
    /// Adds a pattern; the number that it has already, if it was there.
    pub(super) fn insert(&mut self, asks: &[Ask], pattern: u32) -> u32 {
        let mut at = ROOT;
        for ask in asks {
            let next = self.nodes + 1;
            let found = match ask {
                Ask::Gap => *self.gaps.entry(at).or_insert(next),
                Ask::Symbol(symbol) => *self.children.entry((at, *symbol)).or_insert(next),
            };
            self.nodes = self.nodes.max(found);
            at = found;
        }
        *self.patterns.entry(at).or_insert(pattern)
    }

    /// The tree, ready to be walked.
    pub(super) fn grown(self) -> Trie {
        let mut edges: Vec<((u32, Symbol), u32)> = self.children.into_iter().collect();
        edges.sort_unstable();
        let of = |map: &FxHashMap<u32, u32>, node: u32| map.get(&node).copied().unwrap_or(NONE);
        let offset = |at: usize| u32::try_from(at).unwrap_or(NONE);
        let mut trie = Trie::default();
        let mut from = 0;
        for node in 0..=self.nodes {
            let count = edges[from..].iter().take_while(|((parent, _), _)| *parent == node).count();
            let symbols = || edges[from..from + count].iter().map(|((_, symbol), _)| *symbol);
            let wide = if count > FEW { offset(trie.wide.len()) } else { NONE };
            trie.wide.extend((count > FEW).then(|| exactly(symbols())));
            trie.nodes.push(Node {
                pattern: of(&self.patterns, node),
                gap: of(&self.gaps, node),
                from: offset(from),
                to: offset(from + count),
                asks: symbols().fold(0, |asks, symbol| asks | only(symbol)),
                wide,
            });
            from += count;
        }
        trie.edges = edges.into_iter().map(|((_, symbol), child)| (symbol, child)).collect();
        trie
    }
}

/// Up to so many edges are looked at one after the other.
const FEW: usize = 6;

/// The set of symbols, which come in ascending order, with a bit a symbol.
fn exactly(symbols: impl Iterator<Item = Symbol>) -> Vec<u64> {
    let mut set = Vec::new();
    for symbol in symbols {
        set.resize(symbol as usize / 64 + 1, 0);
        set[symbol as usize / 64] |= 1 << (symbol % 64);
    }
    set
}
