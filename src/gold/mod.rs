//! Labelled posts: how well opinions agree with them, whether that got worse, and what weights they teach.
//!
//! [`labelled`] reads gold files; [`Checking::check`] compares them with opinions and a [`Baseline`] and gives one
//! [`Check`], which every format and the exit status are made of.

mod answer;
mod baseline;
mod check;
mod compare;
mod error;
mod figures;
mod gate;
mod interval;
mod labelled;
mod layout;
mod metrics;
mod random;
mod requirement;
mod trace;
mod usage;

pub mod learn;

pub use answer::Answer;
pub use baseline::{Baseline, BaselineError, Kept};
pub use check::{BaselineFile, Check, CheckError, Checking, Mistake, Verdict};
pub use compare::{Cause, Change, Comparison, CorpusChange, Turn};
pub use error::GoldError;
pub use figures::{Figures, FileFigures, Judged, figures, figures_by_file, judge};
pub use gate::{Bound, FEWEST_POSTS, Gate, Outcome, Test};
pub use interval::{Estimate, SmallestChange, macro_f1, mcnemar, smallest_change, wilson};
pub use labelled::{Gold, Labelled, LabelledPost, labelled};
pub use layout::GoldOptions;
pub use metrics::{Confusion, LabelFigures};
pub use requirement::{Metric, Requirement};
pub use usage::{Misfire, RowUsage, Usage, usage};
