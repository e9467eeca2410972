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
}

/// A tree of patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The edges of all nodes, those of one node side by side in the order of symbols.
    edges: Vec<(Symbol, u32)>,
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
        /// Up to so many edges are looked at one after the other.
        const FEW: usize = 8;
        let edges = &self.edges[node.from as usize..node.to as usize];
        if edges.len() <= FEW {
            return edges.iter().find(|edge| edge.0 == symbol).map(|edge| edge.1);
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
        for at in 0..units.len() {
            let ahead = if units.same_clause(at, at + 1) { units.ahead(at + 1) } else { 0 };
            for start in starts(units, at).iter().filter(|start| start.follows & ahead != 0) {
                let so_far =
                    Match { inexact: start.inexact, stemmed: start.stemmed, share: start.share, ..Match::at(at, 1) };
                self.go_on(units, start.node, so_far, matches);
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
        let Node { pattern, .. } = self.nodes[node as usize];
        if pattern != NONE {
            matches.push(Match { pattern, ..so_far });
        }
        self.go_on(units, node, so_far, matches);
    }

    fn go_on(&self, units: &Units, node: u32, so_far: Match, matches: &mut Vec<Match>) {
        let node = &self.nodes[node as usize];
        self.step(units, node, so_far, matches);
        if let Some(gap) = self.nodes.get(node.gap as usize) {
            self.pass(units, (gap, LONGEST_GAP), so_far, matches);
        }
    }

    /// Goes on behind a gap: a word, or a phrase of a class as one word, may be passed over each time.
    fn pass(&self, units: &Units, (gap, left): (&Node, usize), so_far: Match, matches: &mut Vec<Match>) {
        let at = so_far.end as usize;
        if units.ahead(at) & gap.asks == 0 {
            return;
        }
        self.step(units, gap, so_far, matches);
        if left == 0 || !units.same_clause(so_far.start as usize, at) {
            return;
        }
        let over = |length: u32| Match { end: so_far.end + length, skipped: so_far.skipped + 1, ..so_far };
        self.pass(units, (gap, left - 1), over(1), matches);
        let longest = units.longest_phrase_at(at);
        if longest > 1 {
            self.pass(units, (gap, left - 1), over(longest), matches);
        }
    }

    /// Takes every edge from `node` that the unit behind `so_far` allows.
    fn step(&self, units: &Units, node: &Node, so_far: Match, matches: &mut Vec<Match>) {
        let at = so_far.end as usize;
        let offset = at - so_far.start as usize;
        if units.here(at) & node.asks == 0 || offset >= LONGEST_SPAN || !units.same_clause(so_far.start as usize, at) {
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
                    ..so_far
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
        let mut from = 0;
        let nodes = (0..=self.nodes).map(|node| {
            let own = edges[from..].iter().take_while(|((parent, _), _)| *parent == node);
            let (count, asks) = own.fold((0, 0), |(count, asks), ((_, symbol), _)| (count + 1, asks | only(*symbol)));
            let offset = |at: usize| u32::try_from(at).unwrap_or(NONE);
            let grown = Node {
                pattern: of(&self.patterns, node),
                gap: of(&self.gaps, node),
                from: offset(from),
                to: offset(from + count),
                asks,
            };
            from += count;
            grown
        });
        let nodes = nodes.collect();
        Trie { nodes, edges: edges.into_iter().map(|((_, symbol), child)| (symbol, child)).collect() }
    }
}
