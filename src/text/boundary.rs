//! Where clauses and sentences end.

use super::token::{Kind, Token};

/// What a token ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Boundary {
    /// Nothing.
    None,
    /// A clause.
    Clause,
    /// A sentence.
    Sentence,
}

/// What `token` ends, by its punctuation; words that begin a clause are a class of the lexicon.
pub fn boundary(token: Token, text: &str) -> Boundary {
    if token.kind != Kind::Punctuation {
        return Boundary::None;
    }
    match text.as_bytes().get(token.start) {
        Some(b'.' | b'!' | b'?') => Boundary::Sentence,
        Some(b',' | b';' | b':' | b'(' | b')' | b'[' | b']' | b'|') => Boundary::Clause,
        _ => match &text[token.start..token.end] {
            "…" => Boundary::Sentence,
            "—" | "–" => Boundary::Clause,
            _ => Boundary::None,
        },
    }
}
