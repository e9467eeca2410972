//! The command line: one file a command, and what commands share.

pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod exit;
pub(crate) mod explain;
pub(crate) mod files;
pub(crate) mod gold;
pub(crate) mod input;
pub(crate) mod inspect;
pub(crate) mod interrupt;
pub(crate) mod layout;
pub(crate) mod learn;
pub(crate) mod lexicon;
pub(crate) mod lexicon_files;
pub(crate) mod output;
pub(crate) mod packing;
pub(crate) mod pipeline;
pub(crate) mod report;
pub(crate) mod say;
pub(crate) mod score;
pub(crate) mod seller;
