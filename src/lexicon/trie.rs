//! All patterns in one tree, walked once a post.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::unit::Symbol;

/// How much less exact a class is than a word.
pub(super) const CLASS: u8 = 2;
const ROOT: u32 = 0;
pub(super) const NONE: u32 = u32::MAX;

/// What a pattern asks for at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    /// A unit, or a phrase, that carries this symbol.
    Symbol(Symbol),
    /// A few units.
    Gap,
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
    /// The pattern that ends here; [`NONE`] where none does.
    pub(super) pattern: u32,
    /// The node behind a gap.
    gap: u32,
    /// Its edges, as a range of [`Trie::edges`].
    from: u32,
    to: u32,
    /// What its edges ask for.
    pub(super) asks: Symbols,
    /// Which of [`Trie::wide`] says so exactly, if it has many edges.
    wide: u32,
}

/// A tree of patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Packed", into = "Packed")]
pub(super) struct Trie {
    nodes: Vec<Node>,
    /// The edges of all nodes, those of one node side by side in the order of symbols.
    edges: Vec<(Symbol, u32)>,
    /// The symbols of the edges of each node that has many, a bit a symbol.
    wide: Vec<Vec<u64>>,
}

impl Node {
    /// Whether its edges are so few that one looks for each of them, rather than for each symbol among them.
    pub(super) fn is_narrow(&self) -> bool {
        self.wide == NONE
    }
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

    pub(super) fn node(&self, node: u32) -> &Node {
        &self.nodes[node as usize]
    }

    /// The node behind the gap that may follow a node.
    pub(super) fn gap(&self, node: &Node) -> Option<&Node> {
        self.nodes.get(node.gap as usize)
    }

    /// The pattern that ends at a node.
    pub(super) fn pattern(&self, node: u32) -> Option<u32> {
        Some(self.nodes[node as usize].pattern).filter(|pattern| *pattern != NONE)
    }

    /// What the patterns that go on from a node ask for next, and what behind a gap; nothing where none goes on.
    pub(super) fn follows(&self, node: u32) -> (Symbols, Symbols) {
        let node = &self.nodes[node as usize];
        (node.asks, self.nodes.get(node.gap as usize).map_or(0, |gap| gap.asks))
    }

    /// What a node asks for, and the nodes that this leads to.
    pub(super) fn edges(&self, node: &Node) -> &[(Symbol, u32)] {
        &self.edges[node.from as usize..node.to as usize]
    }

    /// The node that an edge leads to.
    pub(super) fn child(&self, node: &Node, symbol: Symbol) -> Option<u32> {
        let edges = self.edges(node);
        let Some(wide) = self.wide.get(node.wide as usize) else {
            return edges.iter().find(|edge| edge.0 == symbol).map(|edge| edge.1);
        };
        let word = wide.get(symbol as usize / 64)?;
        if word >> (symbol % 64) & 1 == 0 {
            return None;
        }
        edges.binary_search_by_key(&symbol, |edge| edge.0).ok().map(|at| edges[at].1)
    }
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
        let mut packed = Packed { nodes: Vec::new(), edges: Vec::with_capacity(edges.len()) };
        for node in 0..=self.nodes {
            let of = |map: &FxHashMap<u32, u32>| map.get(&node).copied().unwrap_or(NONE).wrapping_add(1);
            packed.nodes.push((of(&self.patterns), of(&self.gaps), 0));
        }
        for ((parent, symbol), child) in edges {
            packed.nodes[parent as usize].2 += 1;
            packed.edges.push((symbol, child));
        }
        packed.into()
    }
}

/// A tree as it is kept: what follows from the edges is left out.
#[derive(Serialize, Deserialize)]
struct Packed {
    /// The pattern and the gap of each node, both one more than they are and 0 for none, and the number of its edges.
    nodes: Vec<(u32, u32, u32)>,
    edges: Vec<(Symbol, u32)>,
}

impl From<Packed> for Trie {
    fn from(packed: Packed) -> Self {
        let mut trie = Self { edges: packed.edges, ..Self::default() };
        let mut from = 0;
        for (pattern, gap, count) in packed.nodes {
            let to = from + count;
            let edges = &trie.edges[from as usize..to as usize];
            let many = edges.len() > FEW;
            let wide = if many { u32::try_from(trie.wide.len()).unwrap_or(NONE) } else { NONE };
            trie.wide.extend(many.then(|| exactly(edges)));
            let asks = edges.iter().fold(0, |asks, (symbol, _)| asks | only(*symbol));
            trie.nodes.push(Node { pattern: pattern.wrapping_sub(1), gap: gap.wrapping_sub(1), from, to, asks, wide });
            from = to;
        }
        trie
    }
}

impl From<Trie> for Packed {
    fn from(trie: Trie) -> Self {
        let packed = |node: &Node| (node.pattern.wrapping_add(1), node.gap.wrapping_add(1), node.to - node.from);
        Self { nodes: trie.nodes.iter().map(packed).collect(), edges: trie.edges }
    }
}

/// Up to so many edges are looked at one after the other.
const FEW: usize = 6;

/// The set of what edges ask for, which stand in ascending order, with a bit a symbol.
fn exactly(edges: &[(Symbol, u32)]) -> Vec<u64> {
    let mut set = vec![0; edges.last().map_or(0, |(symbol, _)| *symbol as usize / 64 + 1)];
    for (symbol, _) in edges {
        set[*symbol as usize / 64] |= 1 << (symbol % 64);
    }
    set
}
