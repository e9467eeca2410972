//! The result of `check` for people, programs and CI services.

mod github;
mod junit;
mod markdown;
mod text;

pub use github::github;
pub use junit::junit;
pub use markdown::markdown;
pub use text::text;

use crate::gold::{Bound, Cause, Change, Check, Comparison, Figures, Outcome, SmallestChange, Turn, Verdict};

/// The result as JSON, with every figure in full.
pub fn json(check: &Check) -> serde_json::Result<String> {
    serde_json::to_string_pretty(check).map(|text| text + "\n")
}

/// The verdict as people read it.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Passed => "PASSED",
        Verdict::FellShort => "FELL SHORT",
        Verdict::TooFew => "TOO FEW POSTS TO DECIDE",
        Verdict::Measured => "MEASURED; nothing was asked (see --min, --baseline)",
    }
}

/// What so many posts cannot tell, in words.
fn too_small(figures: &Figures) -> String {
    match figures.smallest_change {
        None => format!("{} posts are too few to show any change of accuracy", figures.posts),
        Some(SmallestChange { posts, accuracy }) => {
            format!("changes of accuracy by less than {accuracy:.4} ({posts} posts) cannot be told from chance")
        }
    }
}

/// Whether an answer broke more posts than it may.
fn breaks_too_many(check: &Check, comparison: &Comparison) -> bool {
    let over = |test: &&crate::gold::Test| test.kind == Bound::MaxBroken && test.outcome == Outcome::FellShort;
    check.tests.iter().filter(over).any(|test| test.answer == comparison.answer)
}

/// How a verdict changed, in words.
fn turned(change: &Change) -> &'static str {
    match change.turn {
        Turn::Broken => "broken",
        Turn::Fixed => "fixed",
        Turn::StillWrong => "wrong in another way",
    }
}

/// A change without its post: `gold pro, was pro, now kontra`.
fn labels(change: &Change) -> String {
    format!("gold {}, was {}, now {}", change.gold, change.before, change.now)
}

/// A row that differs, with its weights before and now.
fn cause(cause: &Cause) -> String {
    let weights = |weights: &[f32]| weights.iter().map(f32::to_string).collect::<Vec<_>>().join(" ");
    let place = cause.place.as_deref().unwrap_or("the row is gone");
    match (&cause.before, &cause.now) {
        (Some(before), Some(now)) => format!("{}: {} → {} ({place})", cause.row, weights(before), weights(now)),
        (None, Some(now)) => format!("{}: now counts, {} ({place})", cause.row, weights(now)),
        (Some(before), None) => format!("{}: no longer counts, {} ({place})", cause.row, weights(before)),
        (None, None) => cause.row.clone(),
    }
}

/// How the compared posts of an answer turned out, in words.
fn summary(comparison: &Comparison) -> String {
    let Comparison { posts, broken, fixed, still_wrong, p_value, .. } = comparison;
    let relabelled = match comparison.relabelled.len() {
        0 => String::new(),
        several => format!("; {several} with another gold label left out"),
    };
    format!(
        "{posts} posts, {broken} broken, {fixed} fixed, {still_wrong} wrong in another way; exact McNemar p = {p_value:.4}; \
         macro-F1 {:.4} → {:.4}{relabelled}",
        comparison.macro_f1_before, comparison.macro_f1_now
    )
}

/// How the corpus differs from that of the baseline, in words; nothing where it does not.
fn corpus(check: &Check) -> Option<String> {
    let corpus = check.corpus.as_ref()?;
    let (added, gone, edited) = (corpus.added.len(), corpus.gone.len(), corpus.edited.len());
    let changed = added + gone + edited > 0;
    changed
        .then(|| format!("the corpus changed: {added} new, {gone} gone, {edited} edited posts, which are not compared"))
}
