//! Walks the trees of patterns over a post.

use super::super::trie::{CLASS, NONE, Node, Trie, only};
use super::around::{Around, Carried, LONGEST_GAP, Phrase, Start, Units};

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
                let Around { here, near, .. } = units.around[at + 1];
                for start in starts(units, at).iter().filter(|start| start.asks & here | start.behind & near != 0) {
                    let Start { inexact, stemmed, share, .. } = *start;
                    let so_far = Match { inexact, stemmed, share, ..Match::at(at, 1) };
                    self.go_on(units, start.node, &so_far, matches);
                }
            }
            for phrase in units.phrases(around) {
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
        let Some(around) = units.behind(so_far) else { return };
        let node = self.node(node);
        if around.here & node.asks != 0 {
            self.step(units, node, so_far, matches);
        }
        if let Some(gap) = self.gap(node).filter(|gap| around.near & gap.asks != 0) {
            self.pass(units, gap, LONGEST_GAP, *so_far, matches);
        }
    }

    /// Goes on behind a gap: up to `left` times a word, or a phrase of a class as one word, is passed over.
    fn pass(&self, units: &Units, gap: &Node, left: usize, mut so_far: Match, matches: &mut Vec<Match>) {
        for left in (0..=left).rev() {
            let Some(around) = units.behind(&so_far) else { return };
            if around.here & gap.asks != 0 {
                self.step(units, gap, &so_far, matches);
            }
            if left == 0 {
                return;
            }
            so_far.skipped += 1;
            if around.longest > 1 {
                let end = so_far.end + around.longest;
                self.pass(units, gap, left - 1, Match { end, ..so_far }, matches);
            }
            so_far.end += 1;
        }
    }

    /// Takes every edge from `node` that the unit behind `so_far` allows; it stands in the same clause.
    fn step(&self, units: &Units, node: &Node, so_far: &Match, matches: &mut Vec<Match>) {
        let at = so_far.end as usize;
        let (around, symbols) = (&units.around[at], units.symbols(at));
        if at - so_far.start as usize >= LONGEST_SPAN {
            return;
        }
        if !node.is_narrow() {
            for carried in symbols.iter().filter(|carried| only(carried.symbol) & node.asks != 0) {
                if let Some(child) = self.child(node, carried.symbol) {
                    self.walk(units, child, so_far.and_word(carried), matches);
                }
            }
            for phrase in units.phrases(around) {
                if let Some(child) = self.child(node, phrase.class) {
                    self.take_phrase(units, child, so_far, phrase, matches);
                }
            }
            return;
        }
        for &(symbol, child) in self.edges(node).iter().filter(|(symbol, _)| only(*symbol) & around.here != 0) {
            for carried in symbols.iter().filter(|carried| carried.symbol == symbol) {
                self.walk(units, child, so_far.and_word(carried), matches);
            }
            for phrase in units.phrases(around).iter().filter(|phrase| phrase.class == symbol) {
                self.take_phrase(units, child, so_far, phrase, matches);
            }
        }
    }

    fn take_phrase(&self, units: &Units, child: u32, so_far: &Match, phrase: &Phrase, matches: &mut Vec<Match>) {
        if let Some(next) = so_far.and_phrase(phrase) {
            self.walk(units, child, next, matches);
        }
    }
}

impl<'p> Units<'p> {
    /// What there is behind a match in its clause.
    fn behind(&self, found: &Match) -> Option<&'p Around> {
        self.around.get(found.end as usize).filter(|around| around.end == self.around[found.start as usize].end)
    }
}

impl Match {
    fn at(start: usize, length: u32) -> Self {
        let start = u32::try_from(start).unwrap_or(NONE);
        let taken = run(length as usize);
        Self { pattern: NONE, start, end: start + length, taken, inexact: 0, stemmed: false, skipped: 0, share: 1.0 }
    }

    /// This and the next unit as a word that carries a symbol.
    fn and_word(&self, carried: &Carried) -> Self {
        Self {
            end: self.end + 1,
            taken: self.taken | 1 << (self.end - self.start),
            inexact: self.inexact + carried.inexact,
            stemmed: self.stemmed || carried.stem,
            share: self.share * carried.share,
            ..*self
        }
    }

    /// This and a phrase that begins with the next unit, unless it becomes too long.
    fn and_phrase(&self, phrase: &Phrase) -> Option<Self> {
        let offset = (self.end - self.start) as usize;
        (offset + phrase.length as usize <= LONGEST_SPAN).then(|| Self {
            end: self.end + phrase.length,
            taken: self.taken | run(phrase.length as usize) << offset,
            inexact: self.inexact + CLASS,
            ..*self
        })
    }
}

/// The lowest `length` bits.
fn run(length: usize) -> u64 {
    if length >= LONGEST_SPAN { u64::MAX } else { (1 << length) - 1 }
}
