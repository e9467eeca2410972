//! What a user asks of the figures: `macro-f1=0.70`, `stance.f1.kontra=0.55`.

use std::fmt;
use std::str::FromStr;

use super::answer::Answer;
use super::metrics::Confusion;

/// A figure that may be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// The share of right verdicts.
    Accuracy,
    /// The mean F1 of the labels in gold.
    MacroF1,
    /// Cohen's kappa.
    Kappa,
    /// The precision of a label.
    Precision(&'static str),
    /// The recall of a label.
    Recall(&'static str),
    /// The F1 of a label.
    F1(&'static str),
}

/// A bound on a figure of an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Requirement {
    /// The answer, where it is named.
    pub answer: Option<Answer>,
    /// The figure.
    pub metric: Metric,
    /// The bound.
    pub bound: f64,
}

impl Metric {
    /// The figure of a table, and the posts that it rests on; none where it is not defined.
    pub fn of(self, answer: Answer, table: &Confusion) -> (Option<f64>, u64) {
        let by_label = |label: &str, figure: fn(&Confusion, usize) -> f64| {
            let label = answer.label(label).unwrap_or_default();
            (Some(figure(table, label)), table.support(label))
        };
        match self {
            Self::Accuracy => (Some(table.accuracy()), table.total()),
            Self::MacroF1 => (Some(table.macro_f1()), table.total()),
            Self::Kappa => (table.kappa(), table.total()),
            Self::Precision(label) => by_label(label, Confusion::precision),
            Self::Recall(label) => by_label(label, Confusion::recall),
            Self::F1(label) => by_label(label, Confusion::f1),
        }
    }

    /// The label that it is about.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Precision(label) | Self::Recall(label) | Self::F1(label) => Some(label),
            _ => None,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let label =
            |name: &str| Answer::ALL.into_iter().find_map(|answer| answer.label(name).map(|at| answer.labels()[at]));
        match text.split_once('.') {
            Some(("precision", name)) => label(name).map(Self::Precision),
            Some(("recall", name)) => label(name).map(Self::Recall),
            Some(("f1", name)) => label(name).map(Self::F1),
            Some(_) => None,
            None => match text {
                "accuracy" => Some(Self::Accuracy),
                "macro-f1" => Some(Self::MacroF1),
                "kappa" => Some(Self::Kappa),
                _ => None,
            },
        }
    }
}

impl fmt::Display for Metric {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Accuracy => f.write_str("accuracy"),
            Self::MacroF1 => f.write_str("macro-f1"),
            Self::Kappa => f.write_str("kappa"),
            Self::Precision(label) => write!(f, "precision.{label}"),
            Self::Recall(label) => write!(f, "recall.{label}"),
            Self::F1(label) => write!(f, "f1.{label}"),
        }
    }
}

impl Requirement {
    /// The answer it is for: the one it names, else stance, else the only one. Refuses what names none of `answers`.
    pub fn answer(&self, answers: &[Answer]) -> Result<Answer, String> {
        let listed = || answers.iter().map(|answer| answer.name()).collect::<Vec<_>>().join(", ");
        let answer = match (self.answer, answers) {
            (Some(named), _) if !answers.contains(&named) => {
                return Err(format!("no gold labels for {}; there are some for {}", named.name(), listed()));
            }
            (Some(named), _) => named,
            (None, _) if answers.contains(&Answer::Stance) => Answer::Stance,
            (None, [only]) => *only,
            (None, _) => return Err(format!("`{}` may be for {}; write one before it", self.metric, listed())),
        };
        match self.metric.label() {
            Some(label) if answer.label(label).is_none() => {
                Err(format!("`{label}` is no {}; the labels are {}", answer.name(), answer.labels().join(", ")))
            }
            _ => Ok(answer),
        }
    }
}

impl FromStr for Requirement {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        const SHAPE: &str =
            "write [ANSWER.]METRIC=NUMBER, with accuracy, macro-f1, kappa, precision.LABEL, recall.LABEL or f1.LABEL";
        let (name, bound) = text.split_once('=').ok_or(SHAPE)?;
        let bound: f64 = bound.trim().parse().map_err(|_| format!("`{bound}` is not a number; {SHAPE}"))?;
        if !(-1.0..=1.0).contains(&bound) {
            return Err(format!("{bound} is out of range; figures are shares, as in 0.7"));
        }
        let name = name.trim();
        let (answer, metric) = match name.split_once('.') {
            Some((answer, metric)) if Answer::of(answer).is_some() => (Answer::of(answer), metric),
            _ => (None, name),
        };
        let metric = Metric::parse(metric).ok_or_else(|| format!("no figure `{metric}`; {SHAPE}"))?;
        Ok(Self { answer, metric, bound })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_metrics_with_and_without_an_answer() {
        for (text, answer, metric) in [
            ("macro-f1=0.7", None, "macro-f1"),
            ("stance.macro-f1=0.7", Some(Answer::Stance), "macro-f1"),
            ("f1.kontra=0.7", None, "f1.kontra"),
            ("seller.recall.online=0.7", Some(Answer::Seller), "recall.online"),
        ] {
            let read: Requirement = text.parse().unwrap();
            assert_eq!((read.answer, read.metric.to_string().as_str()), (answer, metric), "{text}");
        }
    }

    #[test]
    fn refuses_what_it_does_not_know() {
        for text in ["macro-f1", "macro-f1=x", "macro-f1=70", "f1=0.5", "f1.maybe=0.5", "tone.f1.pro=0.5", "f1.pro=NaN"]
        {
            assert!(text.parse::<Requirement>().is_err(), "{text}");
        }
    }

    #[test]
    fn an_unnamed_answer_is_stance_or_the_only_one() {
        let read: Requirement = "macro-f1=0.7".parse().unwrap();
        assert_eq!(read.answer(&[Answer::Seller, Answer::Stance]), Ok(Answer::Stance));
        assert_eq!(read.answer(&[Answer::Seller]), Ok(Answer::Seller));
        assert!(read.answer(&[Answer::Seller, Answer::Advert]).is_err());
        let read: Requirement = "f1.kontra=0.7".parse().unwrap();
        assert!(read.answer(&[Answer::Seller]).is_err());
    }
}
