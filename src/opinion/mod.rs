//! What one post says: stance, tone, who speaks, whose leaning is reported, about what, and why.

mod verdict;

pub use verdict::{Evidence, Label, Opinion, Reason, Reported, Seller, Sentiment, Stance};
