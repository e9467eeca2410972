//! Walks the trees of patterns over a post.

use super::super::trie::{CLASS, NONE, Node, Trie, only};
use super::around::{Start, Units};

/// How many words a `*` may stand for.
const LONGEST_GAP: usize = 3;
/// The span of a match in units; patterns are bounded so that none is longer.
const LONGEST_SPAN: usize = 64;

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

impl Trie {
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
        let pattern = self.node(node).pattern;
        if pattern != NONE {
            matches.push(Match { pattern, ..so_far });
        }
        self.go_on(units, node, &so_far, matches);
    }

    fn go_on(&self, units: &Units, node: u32, so_far: &Match, matches: &mut Vec<Match>) {
        let (at, end) = (so_far.end, units.around[so_far.start as usize].end);
        let node = self.node(node);
        if at >= end {
            return;
        }
        if units.around[at as usize].here & node.asks != 0 {
            self.step(units, node, so_far, matches);
        }
        if let Some(gap) = self.gap(node) {
            let pass = Pass { gap, end, left: LONGEST_GAP, at, skipped: so_far.skipped };
            self.pass(units, pass, so_far, matches);
        }
    }

    /// Goes on behind a gap: a word, or a phrase of a class as one word, may be passed over each time.
    fn pass(&self, units: &Units, pass: Pass, so_far: &Match, matches: &mut Vec<Match>) {
        let Pass { gap, end, left, at, skipped } = pass;
        let Some(around) = units.around.get(at as usize).filter(|around| at < end && around.ahead & gap.asks != 0)
        else {
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
