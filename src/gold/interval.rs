//! How sure figures are: Wilson and bootstrap intervals, and the exact `McNemar` test.

use serde::Serialize;

use super::answer::MOST_LABELS;
use super::metrics::Confusion;
use super::random::SplitMix;

/// The 97.5 % point of the normal distribution, for intervals of 95 %.
const Z: f64 = 1.959_963_984_540_054;
/// Efron and Tibshirani (1993) ask for at least 1,000 resamples for percentile intervals.
const RESAMPLES: usize = 2_000;
/// What 95 % of the resamples leave out on either side.
const TAIL: f64 = 0.025;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// A share of `total` with its interval (Wilson 1927).
pub fn wilson(hits: u64, total: u64) -> Estimate {
    let (hits, total) = (hits as f64, total.max(1) as f64);
    let share = hits / total;
    let spread = Z * Z / total;
    let middle = (share + spread / 2.0) / (1.0 + spread);
    let half = Z * (share * (1.0 - share) / total + spread / (4.0 * total)).sqrt() / (1.0 + spread);
    Estimate { value: share, low: (middle - half).max(0.0), high: (middle + half).min(1.0) }
}

/// Macro-F1 with the percentile interval of resampled posts; the same seed gives the same interval.
pub fn macro_f1(table: &Confusion, seed: u64) -> Estimate {
    let value = table.macro_f1();
    let cells: Vec<(usize, usize)> = cells(table).collect();
    if cells.is_empty() {
        return Estimate { value, low: 0.0, high: 1.0 };
    }
    let mut random = SplitMix(seed);
    let mut resampled: Vec<f64> = (0..RESAMPLES)
        .map(|_| Confusion::of((0..cells.len()).map(|_| cells[random.below(cells.len())])).macro_f1())
        .collect();
    resampled.sort_unstable_by(f64::total_cmp);
    Estimate { value, low: quantile(&resampled, TAIL), high: quantile(&resampled, 1.0 - TAIL) }
}

/// The gold label and verdict of every post.
fn cells(table: &Confusion) -> impl Iterator<Item = (usize, usize)> {
    let all = (0..MOST_LABELS).flat_map(|gold| (0..MOST_LABELS).map(move |said| (gold, said)));
    all.flat_map(|(gold, said)| (0..table.0[gold][said]).map(move |_| (gold, said)))
}

/// A quantile of sorted values, between two neighbours in proportion (Hyndman and Fan 1996, type 7).
fn quantile(sorted: &[f64], at: f64) -> f64 {
    let place = at * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor(), place.ceil());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // Both lie between 0 and the length.
    let (low, high) = (sorted[below as usize], sorted[above as usize]);
    low + (high - low) * (place - below)
}

/// The p-value of the exact two-sided test (`McNemar` 1947) that as many verdicts got better as got worse.
pub fn mcnemar(fixed: u64, broken: u64) -> f64 {
    let (fewer, changed) = (fixed.min(broken), fixed + broken);
    let half = changed as f64 * 0.5_f64.ln();
    let mut choose = 0.0;
    let mut tail = 0.0;
    for taken in 0..=fewer {
        if taken > 0 {
            choose += ((changed - taken + 1) as f64 / taken as f64).ln();
        }
        tail += (choose + half).exp();
    }
    (2.0 * tail).min(1.0)
}

/// The least change that a sample can show.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SmallestChange {
    /// How many verdicts must change, all for the better or all for the worse.
    pub posts: u64,
    /// What that is of the accuracy, 0 to 1.
    pub accuracy: f64,
}

/// The smallest change over `total` posts that [`mcnemar`] tells from chance at 5 %; none where not even all of them
/// would do. Where some get better and others worse, it takes more.
pub fn smallest_change(total: u64) -> Option<SmallestChange> {
    let posts = (1..=total).find(|changed| mcnemar(0, *changed) < 0.05)?;
    Some(SmallestChange { posts, accuracy: posts as f64 / total as f64 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
    }

    #[test]
    fn wilson_gives_the_interval_of_the_textbook() {
        // statsmodels 0.14: proportion_confint(8, 10, method="wilson")
        let estimate = wilson(8, 10);
        near(estimate.low, 0.490_162);
        near(estimate.high, 0.943_318);
        near(wilson(0, 10).low, 0.0);
        near(wilson(10, 10).high, 1.0);
    }

    #[test]
    fn mcnemar_counts_the_binomial_tail() {
        near(mcnemar(0, 0), 1.0);
        near(mcnemar(0, 6), 0.031_25);
        near(mcnemar(6, 0), 0.031_25);
        near(mcnemar(3, 3), 1.0);
        near(mcnemar(1, 9), 0.021_484_375);
    }

    #[test]
    fn six_verdicts_one_way_are_the_least_that_shows() {
        assert_eq!(smallest_change(5), None);
        assert_eq!(smallest_change(600), Some(SmallestChange { posts: 6, accuracy: 0.01 }));
    }

    #[test]
    fn the_bootstrap_is_repeatable_and_holds_the_figure() {
        let table = Confusion::of((0..300).map(|post| (post % 3, if post % 5 == 0 { 0 } else { post % 3 })));
        let estimate = macro_f1(&table, 7);
        assert_eq!(estimate, macro_f1(&table, 7));
        assert!(estimate.low < estimate.value && estimate.value < estimate.high);
        assert!(estimate.high - estimate.low < 0.12);
        assert_ne!(estimate.low.to_bits(), macro_f1(&table, 8).low.to_bits());
    }
}
