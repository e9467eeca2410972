//! The command line: one file a command, and what commands share.

pub(crate) mod check;
pub(crate) mod exit;
pub(crate) mod explain;
pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod inspect;
pub(crate) mod lexicon;
pub(crate) mod lexicon_files;
