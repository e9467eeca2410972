//! What one post says: stance, tone, who speaks, whose leaning is reported, about what, and why.
//!
//! The score is a log-linear model: a label's score is its prior plus the weights of what matched, each times its
//! modifiers; the softmax of the scores gives probabilities. [`Reader::opinion`] adds them up for one post;
//! [`Reader::explain`] does the same and keeps every summand.

mod explain;
mod known;
mod reader;
mod reason;
mod score;
mod verdict;

pub use explain::{Explanation, LabelSums, SentenceVerdict, Summand, WordTrace};
pub use reader::{Reader, opinion};
pub use score::{Scores, softmax, spread};
pub use verdict::{Evidence, Label, Opinion, Reason, Reported, Seller, Sentiment, Stance};
