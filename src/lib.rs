//! How Indonesian posts lean toward e-commerce: pro, kontra or netral, who says so, and why.
//!
//! # Bird's-eye view
//!
//! A post goes through the modules in the order in which they are listed below. [`read`] turns bytes into rows and says
//! which column is the text; [`text`] turns the text into terms that point into the post; [`lexicon`] holds the model
//! (every word, construction, prior and weight is a row in a file) and finds its terms in the post; [`opinion`] adds up
//! what was found into one [`opinion::Opinion`]; [`gold`] compares opinions with labelled posts and learns weights from
//! them; [`report`] counts opinions into numbers; [`render`] shows numbers to people and machines; [`cli`] is the command
//! line over all of them.
//!
//! # Invariants
//!
//! - A module uses only modules listed above it. `tests/architecture.rs` checks that.
//! - All but [`cli`] neither print nor open files nor read the environment: they take bytes and give values.
//! - Nothing from [`text`] to [`report`] can fail on a post; an opinion is a pure function of the row and the lexicon.
//! - A token always points into the post as it was given, whatever the normaliser did to it.
//! - The code knows scales and labels, not topics: no Indonesian word decides a verdict unless it stands in `lexicon/`.
//! - The seller group is never taken from the stance, nor the stance from the seller group: comparing them would be circular.

pub mod read;
pub mod text;
pub mod lexicon;
pub mod opinion;
pub mod gold;
pub mod report;
pub mod render;
pub mod cli;

// The command line names the library as any other program does.
extern crate self as condong;
