//! What a pile of opinions adds up to: tallies that merge, and a summary that says how sure it is.

mod cluster;
mod correction;
mod estimate;
mod example;
mod mask;
mod options;
mod partial;
mod post;
mod record;
mod sample;
mod select;
mod standing;
mod summary;
mod tally;
mod terms;
mod time;
mod wording;

pub use cluster::Cluster;
pub use correction::{Confusion, Corrected, CorrectedFigures, Correction, MIN_LABELLED};
pub use estimate::{Estimate, LEVEL, MIN_AUTHORS, POWER, Z, bonett_price, critical_t, detectable, normal_tail, wilson};
pub use example::Example;
pub use mask::{inert, mask, visible};
pub use options::{About, Event, Noise, Options, Period};
pub use partial::{Origin, Partial, PartialError};
pub use post::Post;
pub use sample::SAMPLE_TEXTS;
pub use select::{CAMPAIGN_AUTHORS, CAMPAIGN_POSTS, Campaign, Intake};
pub use standing::{Difference, Figures, Standing};
pub use summary::{Coverage, Cross, Named, Summary};
pub use tally::{MAX_POSTS, Tally};
pub use terms::{Carrier, Contrast, Distinctive, MIN_Z, PRIOR_WORDS, Terms};
pub use time::{Movers, Span, Time};
