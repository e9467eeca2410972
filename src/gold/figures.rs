//! The figures of one answer over a corpus, with their intervals.

use serde::Serialize;

use super::answer::{Answer, MOST_LABELS};
use super::interval::{Estimate, SmallestChange, macro_f1, smallest_change, wilson};
use super::labelled::{Gold, LabelledPost};
use super::metrics::{Confusion, LabelFigures};
use crate::lexicon::Lexicon;
use crate::opinion::Reader;

/// What the tool says of one post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The place of the label of each answer, in the order of [`Answer::ALL`].
    pub said: [usize; Answer::ALL.len()],
    /// Whether any stance or sentiment term was found.
    pub covered: bool,
}

/// How well one answer agrees with gold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// The answer.
    pub answer: Answer,
    /// How many posts have a gold label for it.
    pub posts: u64,
    /// How many posts have an empty gold cell.
    pub missing: u64,
    /// How many of `posts` hold no stance or sentiment term, so that only priors speak.
    pub abstained: u64,
    /// The share of right verdicts, with its Wilson interval.
    pub accuracy: Estimate,
    /// The mean F1 of the labels in gold, with its bootstrap interval.
    pub macro_f1: Estimate,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
    /// The smallest change of accuracy that so many posts can show; none where there are too few for any.
    pub smallest_change: Option<SmallestChange>,
    /// Precision, recall and F1 a label.
    pub labels: Vec<LabelFigures>,
    /// The labels of the rows and columns of `table`.
    pub table_labels: Vec<&'static str>,
    /// Counts of posts by gold label (rows) and verdict (columns).
    pub table: Vec<Vec<u64>>,
    /// The same counts, for thresholds.
    #[serde(skip)]
    pub confusion: Confusion,
}

/// How well one answer agrees with the gold labels of one file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FileFigures {
    /// The file.
    pub file: String,
    /// The answer.
    pub answer: Answer,
    /// How many of its posts have a gold label for it.
    pub posts: u64,
    /// The share of right verdicts, with its Wilson interval.
    pub accuracy: Estimate,
    /// The mean F1 of the labels in gold.
    pub macro_f1: f64,
}

/// The figures of every answer file by file; none where there is one file, which the whole says already.
pub fn figures_by_file(posts: &[LabelledPost], judged: &[Judged]) -> Vec<FileFigures> {
    let mut files: Vec<&str> = posts.iter().map(|post| &*post.place.file).collect();
    files.dedup();
    if files.len() < 2 {
        return Vec::new();
    }
    let of = |file: &str, answer: Answer| {
        let inside = posts.iter().zip(judged).filter(|(post, _)| *post.place.file == *file);
        let cells =
            inside.filter_map(|(post, judged)| Some((post.gold(answer).label()?, judged.said[answer as usize])));
        let confusion = Confusion::of(cells);
        let (file, posts) = (file.to_owned(), confusion.total());
        let accuracy = wilson(confusion.hits(), posts);
        (posts > 0).then(|| FileFigures { file, answer, posts, accuracy, macro_f1: confusion.macro_f1() })
    };
    Answer::ALL.iter().flat_map(|answer| files.iter().filter_map(|file| of(file, *answer))).collect()
}

/// What the tool says of each post.
pub fn judge(lexicon: &Lexicon, posts: &[LabelledPost]) -> Vec<Judged> {
    let mut reader = Reader::of(lexicon);
    let judged = posts.iter().map(|post| {
        let opinion = reader.opinion(&post.text);
        Judged { said: Answer::ALL.map(|answer| answer.said(&opinion)), covered: opinion.covered }
    });
    judged.collect()
}

/// The figures of an answer; none where no post has a gold label for it.
pub fn figures(answer: Answer, posts: &[LabelledPost], judged: &[Judged], seed: u64) -> Option<Figures> {
    let labelled = || posts.iter().zip(judged).filter_map(|(post, judged)| Some((post.gold(answer).label()?, judged)));
    let confusion = Confusion::of(labelled().map(|(gold, judged)| (gold, judged.said[answer as usize])));
    if confusion.total() == 0 {
        return None;
    }
    let size = answer.labels().len().min(MOST_LABELS);
    let table = confusion.0[..size].iter().map(|row| row[..size].to_vec());
    Some(Figures {
        answer,
        posts: confusion.total(),
        missing: posts.iter().filter(|post| post.gold(answer) == Gold::Missing).count() as u64,
        abstained: labelled().filter(|(_, judged)| !judged.covered).count() as u64,
        accuracy: wilson(confusion.hits(), confusion.total()),
        macro_f1: macro_f1(&confusion, seed),
        kappa: confusion.kappa(),
        smallest_change: smallest_change(confusion.total()),
        labels: confusion.labels(answer),
        table_labels: answer.labels(),
        table: table.collect(),
        confusion,
    })
}
