//! A lexicon as bytes, which are read in a fraction of the time that its rows take.

use super::compile::Lexicon;

/// The lexicon as bytes; equal lexicons have equal bytes. Nothing where it has a table that is too large for that.
#[cfg_attr(not(test), allow(dead_code, reason = "only `build.rs` packs, and the test of what it made"))]
pub(super) fn pack(lexicon: &Lexicon) -> Option<Vec<u8>> {
    postcard::to_stdvec(lexicon).ok()
}

/// The lexicon of such bytes, if they are whole.
pub(super) fn unpack(bytes: &[u8]) -> Option<Lexicon> {
    postcard::from_bytes(bytes).ok()
}
