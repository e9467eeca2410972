//! One file a command, and what commands share.

pub(crate) mod files;
pub(crate) mod input;
pub(crate) mod inspect;
