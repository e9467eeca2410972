//! What a table of gold labels against verdicts says: accuracy, F1, kappa.

use serde::Serialize;

use super::answer::{Answer, MOST_LABELS};

/// Counts of posts by gold label (first) and verdict (second).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion(pub [[u64; MOST_LABELS]; MOST_LABELS]);

/// How well one label is told from the others.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LabelFigures {
    /// The label.
    pub label: &'static str,
    /// The share of verdicts for it that are right; 0 where there is none.
    pub precision: f64,
    /// The share of posts with this gold label that got it; 0 where there is none.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
    /// How many posts have it as gold label.
    pub support: u64,
    /// How many posts got it as verdict.
    pub said: u64,
}

impl Confusion {
    /// Counts pairs of gold label and verdict.
    pub fn of(pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut confusion = Self::default();
        for (gold, said) in pairs {
            confusion.0[gold][said] += 1;
        }
        confusion
    }

    /// How many posts it counts.
    pub fn total(&self) -> u64 {
        self.0.iter().flatten().sum()
    }

    /// How many verdicts are right.
    pub fn hits(&self) -> u64 {
        (0..MOST_LABELS).map(|label| self.0[label][label]).sum()
    }

    /// How many posts have that gold label.
    pub fn support(&self, label: usize) -> u64 {
        self.0[label].iter().sum()
    }

    /// How many posts got that verdict.
    pub fn said(&self, label: usize) -> u64 {
        self.0.iter().map(|row| row[label]).sum()
    }

    /// The share of right verdicts.
    pub fn accuracy(&self) -> f64 {
        share(self.hits(), self.total())
    }

    /// The share of verdicts for a label that are right.
    pub fn precision(&self, label: usize) -> f64 {
        share(self.0[label][label], self.said(label))
    }

    /// The share of posts of a label that got it.
    pub fn recall(&self, label: usize) -> f64 {
        share(self.0[label][label], self.support(label))
    }

    /// The harmonic mean of precision and recall of a label.
    pub fn f1(&self, label: usize) -> f64 {
        share(2 * self.0[label][label], self.support(label) + self.said(label))
    }

    /// The mean F1 of the labels that occur in gold.
    pub fn macro_f1(&self) -> f64 {
        let there = (0..MOST_LABELS).filter(|label| self.support(*label) > 0);
        let (sum, labels) = there.fold((0.0, 0_u32), |(sum, labels), label| (sum + self.f1(label), labels + 1));
        if labels == 0 { 0.0 } else { sum / f64::from(labels) }
    }

    /// Agreement beyond chance (Cohen 1960); none where chance alone agrees always.
    pub fn kappa(&self) -> Option<f64> {
        let total = self.total() as f64;
        let chance: f64 = (0..MOST_LABELS).map(|label| self.support(label) as f64 * self.said(label) as f64).sum();
        let expected = chance / (total * total);
        (expected < 1.0).then(|| (self.accuracy() - expected) / (1.0 - expected))
    }

    /// The figures of every label that occurs as gold label or verdict.
    pub fn labels(&self, answer: Answer) -> Vec<LabelFigures> {
        let labels = answer.labels().into_iter().enumerate().map(|(at, label)| LabelFigures {
            label,
            precision: self.precision(at),
            recall: self.recall(at),
            f1: self.f1(at),
            support: self.support(at),
            said: self.said(at),
        });
        labels.filter(|figures| figures.support + figures.said > 0).collect()
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Eight of ten right; kontra once taken for pro, netral once for kontra.
    fn table() -> Confusion {
        let pairs = [(0, 0), (0, 0), (0, 0), (0, 0), (1, 1), (1, 1), (1, 0), (2, 2), (2, 2), (2, 1)];
        Confusion::of(pairs)
    }

    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
    }

    #[test]
    fn figures_are_those_of_a_hand_count() {
        let table = table();
        near(table.accuracy(), 0.8);
        near(table.precision(0), 4.0 / 5.0);
        near(table.recall(1), 2.0 / 3.0);
        near(table.f1(2), 0.8);
        near(table.macro_f1(), (8.0 / 9.0 + 2.0 / 3.0 + 0.8) / 3.0);
        near(table.kappa().unwrap(), (0.8 - 0.35) / 0.65);
    }

    #[test]
    fn a_label_without_gold_is_no_part_of_macro_f1() {
        let table = Confusion::of([(0, 0), (0, 2)]);
        near(table.macro_f1(), 2.0 / 3.0);
        assert_eq!(table.labels(Answer::Stance).len(), 2);
    }

    #[test]
    fn kappa_is_unknown_where_chance_agrees_always() {
        assert_eq!(Confusion::of([(0, 0), (0, 0)]).kappa(), None);
    }
}
