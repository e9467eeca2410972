//! Posts as the features that the scorer adds up, and fitted weights as terms.

use rustc_hash::FxHashMap;

use super::logistic::{Column, Fit, Problem, Sample};
use super::{Fitted, Labelled, Options};
use crate::lexicon::{Layer, Lexicon, TermEntry};
use crate::opinion::{Reader, spread};

const PRIOR: &str = "<prior>";

/// The columns of a problem as they are met.
#[derive(Default)]
struct Columns {
    at: FxHashMap<(String, bool), u32>,
    columns: Vec<Column>,
}

/// The regression problem of a scale, each post as one of the lexicons reads it.
pub(super) fn extract(lexicons: &[Lexicon], labelled: &[Labelled], layer: Layer, options: &Options) -> Problem {
    let mut readers: Vec<Reader> = lexicons.iter().map(Reader::of).collect();
    let mut columns = Columns::default();
    // Yes-or-no scales answer at even odds; raising the rare yes would only trade precision for recall.
    let binary = layer.scale().is_some_and(|scale| scale.labels.len() == 1);
    let balance = if binary { [1.0; 3] } else { balance(labelled, options.balance_of(layer)) };
    let mut samples = Vec::with_capacity(labelled.len());
    for post in labelled {
        let (found, scores) = readers[post.reading].scored(post.text);
        let mut sample = Sample {
            features: Vec::new(),
            own: [0.0; 3],
            label: post.label,
            weight: post.weight * balance[post.label],
        };
        for hit in found.hits.iter().filter(|hit| hit.layer == layer) {
            let at = columns.at(lexicons[post.reading].entry(hit.term), hit.word, layer, options);
            let column = &columns.columns[at as usize];
            let force = scores.force(hit);
            if binary && force < 0.0 && column.centre[0] < 0.0 {
                // The scorer adds nothing for it, see `spread`.
                continue;
            }
            if column.scaled {
                let added = spread(column.centre, force, layer);
                sample.own.iter_mut().zip(added).for_each(|(sum, weight)| *sum += weight);
            }
            sample.features.push((at, force));
        }
        samples.push(sample);
    }
    Problem { layer, columns: columns.columns, samples }
}

impl Columns {
    fn at(&mut self, entry: &TermEntry, word: bool, layer: Layer, options: &Options) -> u32 {
        let columns = &mut self.columns;
        *self.at.entry((entry.text.clone(), word)).or_insert_with(|| {
            columns.push(column(entry, word, layer, options));
            u32::try_from(columns.len() - 1).unwrap_or(u32::MAX)
        })
    }
}

fn column(entry: &TermEntry, word: bool, layer: Layer, options: &Options) -> Column {
    let strength = options.strength_of(layer).unwrap_or(1.0);
    let prior = entry.text == PRIOR;
    let centre = if word { entry.words_on(layer) } else { entry.weights_on(layer) }.map(f64::from);
    // The two reported scales share their files and so their priors.
    let shared = layer.scale().is_none_or(|scale| scale.words.is_none());
    let fixed = prior && shared;
    let pull = if word { strength } else { strength * options.trust };
    Column { term: entry.text.clone(), word, centre, pull: (!fixed).then_some(pull), scaled: !word && !fixed }
}

/// How much the posts of each label count.
fn balance(labelled: &[Labelled], power: f64) -> [f64; 3] {
    let mut counts = [0.0; 3];
    for post in labelled {
        counts[post.label] += post.weight;
    }
    let labels = counts.iter().filter(|count| **count > 0.0).count() as f64;
    let mean = counts.iter().sum::<f64>() / labels;
    counts.map(|count| if count > 0.0 { (mean / count).powf(power) } else { 1.0 })
}

/// The terms with their weights before and after; words with small weights are left out.
pub(super) fn fitted(problem: &Problem, fit: &Fit, options: &Options) -> Vec<Fitted> {
    let fitted = problem.columns.iter().zip(&fit.weights).map(|(column, after)| Fitted {
        term: column.term.clone(),
        word: column.word,
        before: column.centre,
        after: *after,
    });
    let tells = |fitted: &Fitted| {
        !fitted.word
            || fitted.before.iter().any(|weight| *weight != 0.0)
            || fitted.after.iter().any(|weight| weight.abs() >= options.prune)
    };
    let mut kept: Vec<Fitted> = fitted.filter(tells).collect();
    kept.sort_by(|a, b| (a.term != PRIOR, &a.term).cmp(&(b.term != PRIOR, &b.term)));
    kept
}
