//! The command line: one file a command.

pub(crate) mod check;
pub(crate) mod exit;
pub(crate) mod lexicon;
pub(crate) mod lexicon_files;
