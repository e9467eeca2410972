//! What stands where in a post: the symbols of its words, its phrases, and what follows them.

use super::super::trie::{Symbols, only};
use super::super::unit::{Symbol, Unit};
use super::words::Words;

/// How many words a `*` may stand for.
pub(super) const LONGEST_GAP: usize = 3;

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
    /// The symbols one of which must come next.
    pub(super) asks: Symbols,
    /// Or else, those one of which must come behind a gap.
    pub(super) behind: Symbols,
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
    pub(super) phrases: &'p [Phrase],
    pub(super) around: &'p [Around],
}

/// What there is at a unit and behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around {
    /// The symbols at the unit.
    pub(super) here: Symbols,
    /// Those at it and wherever a gap that begins with it may end.
    pub(super) near: Symbols,
    /// Behind the last unit of its clause.
    pub(super) end: u32,
    /// The phrases that begin with it, as a range.
    pub(super) phrases: (u32, u32),
    /// How many units a gap passes over at once: the longest phrase that begins with it, or one.
    pub(super) longest: u32,
    /// The farthest unit that is reached from it by passing over one, and over two.
    reach: [u32; LONGEST_GAP - 1],
}

impl<'p> Units<'p> {
    pub(super) fn symbols(&self, at: usize) -> &'p [Carried] {
        self.words.carried(self.all[at].word)
    }

    pub(super) fn phrases(&self, around: &Around) -> &'p [Phrase] {
        &self.phrases[around.phrases.0 as usize..around.phrases.1 as usize]
    }
}

/// Notes the symbols of the words.
pub(super) fn look_at_words(around: &mut Vec<Around>, units: &[Unit], words: &Words) {
    around.clear();
    let alone = |unit: &Unit| Around {
        here: words.symbols(unit.word),
        near: 0,
        end: 0,
        phrases: (0, 0),
        longest: 1,
        reach: [0; LONGEST_GAP - 1],
    };
    around.extend(units.iter().map(alone));
    let mut end = count(units.len());
    for at in (0..units.len()).rev() {
        if units.get(at + 1).is_some_and(|next| next.clause != units[at].clause) {
            end = count(at + 1);
        }
        around[at].end = end;
    }
    look_near(around);
}

/// Notes the phrases, which stand in order, beside the words.
pub(super) fn look_at_phrases(around: &mut [Around], phrases: &[Phrase]) {
    let mut from = 0;
    for same in phrases.chunk_by(|one, other| one.start == other.start) {
        let around = &mut around[same[0].start as usize];
        let to = from + count(same.len());
        around.phrases = (from, to);
        for phrase in same {
            around.here |= only(phrase.class);
            around.longest = around.longest.max(phrase.length);
        }
        from = to;
    }
    look_near(around);
}

/// Notes which symbols there are at each unit and up to the farthest one that a gap which begins with it may reach.
fn look_near(around: &mut [Around]) {
    // Where one passes to, and two, from each of the units behind the present one; a phrase may be jumped over.
    for at in (0..around.len()).rev() {
        let behind = |at: usize, passes: usize| around.get(at).map_or(count(at), |around| around.reach[passes]);
        let (next, jumped) = (at + 1, at + around[at].longest as usize);
        let reach = [count(jumped), behind(next, 0).max(behind(jumped, 0))];
        let farthest = behind(next, 1).max(behind(jumped, 1)).min(around[at].end - 1);
        let near = around[at..=farthest as usize].iter().fold(0, |near, around| near | around.here);
        let around = &mut around[at];
        (around.near, around.reach) = (near, reach);
    }
}

fn count(units: usize) -> u32 {
    u32::try_from(units).unwrap_or(u32::MAX)
}
