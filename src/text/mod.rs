//! From a post to its words: repair, tokens, normalising, stems, clauses and sentences.
//!
//! [`Tokens`] cuts a post into typed [`Token`]s that point into it; a [`Normaliser`] turns one token into [`Word`]s, each a
//! list of [`Form`]s that say which [`Step`] made them; [`boundary`] says where clauses and sentences end.

mod boundary;
mod emoticon;
mod hashtag;
mod money;
mod normal;
mod plain;
mod reduplication;
mod repair;
mod spelling;
mod stem;
mod table;
mod token;

pub use boundary::{Boundary, boundary};
pub use normal::{Form, Known, Normaliser, Reading, Step, Word, doubled};
pub use repair::{Repaired, repair};
pub use stem::Stemmer;
pub(crate) use table::in_order;
pub use token::{Kind, Token, Tokens};
