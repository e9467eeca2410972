//! A post's words as units, with their clauses and sentences.

/// A word or a class of the lexicon.
pub(super) type Symbol = u32;

/// One word of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Where its token starts in the repaired text, in bytes.
    pub start: u32,
    /// Where its token ends.
    pub end: u32,
    /// Its clause, counted from 0 over the post.
    pub clause: u32,
    /// Its sentence, counted from 0.
    pub sentence: u32,
    /// Whether it is an emoji or emoticon, which nothing negates.
    pub(super) sign: bool,
    /// Its entry among the resolved words.
    pub(super) word: u32,
}
