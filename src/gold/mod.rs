//! Labelled posts: how well opinions agree with them, and what weights they teach.

pub mod learn;
