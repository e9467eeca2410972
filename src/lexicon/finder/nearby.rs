//! The modifiers of a post, and which of them reach a match.

use super::super::modifier::{LONGEST_REACH, Modifier, Reach, Side};
use super::{Match, TermId, Unit};

/// The largest that the modifiers of one match may multiply to.
pub(super) const LARGEST_FACTOR: f32 = 3.0;

/// A modifier found in a post.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nearby {
    pub(super) term: TermId,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) modifier: Modifier,
}

/// All modifiers of a post, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Modifiers {
    found: Vec<Nearby>,
    /// Those that reach to the end of their sentence, in order.
    far: Vec<Nearby>,
}

impl Modifiers {
    pub(super) fn clear(&mut self) {
        self.found.clear();
        self.far.clear();
    }

    pub(super) fn push(&mut self, nearby: Nearby) {
        match nearby.modifier.reach {
            Reach::Words(_) => self.found.push(nearby),
            Reach::Sentence => self.far.push(nearby),
        }
    }

    pub(super) fn finish(&mut self) {
        self.found.sort_unstable_by_key(|nearby| (nearby.start, nearby.modifier.side));
        self.far.sort_unstable_by_key(|nearby| (nearby.start, nearby.modifier.side));
    }

    /// Calls `act` with every modifier that reaches `found`.
    pub(super) fn around(&self, found: &Match, units: &[Unit], mut act: impl FnMut(&Nearby)) {
        if self.found.is_empty() && self.far.is_empty() {
            return;
        }
        let first = units[found.start as usize];
        if first.sign {
            return;
        }
        let window = u32::try_from(LONGEST_REACH * 2).unwrap_or(u32::MAX);
        let from = self.found.partition_point(|nearby| nearby.start + window < found.start);
        for nearby in self.found[from..].iter().take_while(|nearby| nearby.start <= found.end + window) {
            if units[nearby.start as usize].clause == first.clause && reaches(nearby, found) && !takes(found, nearby) {
                act(nearby);
            }
        }
        let in_sentence = |nearby: &&Nearby| units[nearby.start as usize].sentence == first.sentence;
        self.far_ones(found).filter(in_sentence).filter(|nearby| !takes(found, nearby)).for_each(act);
    }

    /// The nearest far-reaching modifier before the match that acts on what follows it, and the nearest after it that
    /// acts on what stands before it.
    fn far_ones(&self, found: &Match) -> impl Iterator<Item = &Nearby> {
        const NEAREST: usize = 4;
        let middle = self.far.partition_point(|nearby| nearby.start < found.start);
        let before = self.far[..middle].iter().rev().take(NEAREST);
        let before = before.filter(|nearby| nearby.end <= found.start).find(|n| n.modifier.side == Side::Before);
        let after = self.far[middle..].iter().take(NEAREST);
        let after = after.filter(|nearby| nearby.start >= found.end).find(|n| n.modifier.side == Side::After);
        before.into_iter().chain(after)
    }
}

/// Whether a modifier stands near enough on its side, or inside a gap of the match.
fn reaches(nearby: &Nearby, found: &Match) -> bool {
    let Reach::Words(reach) = nearby.modifier.reach else { return false };
    let inside = nearby.start >= found.start && nearby.end <= found.end;
    let words = match nearby.modifier.side {
        Side::Before if inside => return true,
        Side::Before => found.start.checked_sub(nearby.end),
        Side::After => nearby.start.checked_sub(found.end),
    };
    words.is_some_and(|words| words as usize <= reach)
}

impl Nearby {
    /// The units between the modifier and a match: another match there takes the modifier's force.
    pub(super) fn between(&self, found: &Match) -> std::ops::Range<u32> {
        match self.modifier.side {
            _ if matches!(self.modifier.reach, Reach::Sentence) => 0..0,
            Side::Before => self.end..found.start,
            Side::After => found.end..self.start,
        }
    }
}

/// Whether the match itself uses a word of the modifier: a row that spells a negation out is not negated by it.
pub(super) fn takes(found: &Match, nearby: &Nearby) -> bool {
    (nearby.start..nearby.end).any(|unit| {
        unit.checked_sub(found.start).is_some_and(|offset| offset < u64::BITS && found.taken >> offset & 1 == 1)
    })
}
