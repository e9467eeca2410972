//! Learns weights from labelled posts: penalised logistic regression over the very features that the matcher emits.
//!
//! For each scale, n-grams that are frequent enough join the lexicon's own terms with a weight of zero; then all weights
//! are fitted at once, each drawn toward the weight that it had (a Gaussian prior: L2 around the hand-written value). The
//! fit is convex and followed until its gradient vanishes, so the posts and options alone decide it. What moved is written
//! as an overlay folder. How strongly weights are drawn is chosen by cross-validation on the posts given.

mod candidates;
mod features;
mod folds;
mod logistic;
mod overlay;
mod readings;

use crate::lexicon::{Folder, Layer, Lexicon, LexiconError};
use crate::opinion::Reader;
use readings::Readings;

pub use folds::folds;

/// A post with the label that each scale should give it, as an index into the scale's labels; for a scale of one label, 0
/// for yes and 1 for no.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'a> {
    /// The text.
    pub text: &'a str,
    /// The labels by scale, in the order of [`Layer::SCALES`]; `None` where the post has none.
    pub labels: [Option<usize>; Layer::SCALES.len()],
    /// How much the post counts.
    pub weight: f64,
}

/// How weights are learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// An n-gram must stand in so many posts to become a term.
    pub min_posts: usize,
    /// The longest n-gram in words.
    pub longest: usize,
    /// How strongly new terms are drawn toward zero, by scale in the order of [`Layer::SCALES`]; `None` chooses among
    /// [`STRENGTHS`].
    pub strength: [Option<f64>; Layer::SCALES.len()],
    /// How much more strongly the lexicon's own terms are drawn toward their weights.
    pub trust: f64,
    /// Rare labels count more: a label's posts weigh (mean frequency / frequency) to this power, by scale; 0 for
    /// all alike.
    pub balance: [f64; Layer::SCALES.len()],
    /// A new term is left out when none of its weights is larger than this.
    pub prune: f64,
    /// The seed of the folds.
    pub seed: u64,
}

/// The strengths among which cross-validation chooses.
pub const STRENGTHS: [f64; 3] = [3.0, 6.0, 12.0];
/// The folds by which a strength is chosen.
const INNER_FOLDS: usize = 3;

impl Default for Options {
    fn default() -> Self {
        Self {
            min_posts: 4,
            longest: 2,
            strength: [None; Layer::SCALES.len()],
            trust: 10.0,
            balance: [1.0; Layer::SCALES.len()],
            prune: 0.1,
            seed: 1,
        }
    }
}

impl Options {
    fn strength_of(&self, layer: Layer) -> Option<f64> {
        self.strength[place(layer)?]
    }

    fn balance_of(&self, layer: Layer) -> f64 {
        place(layer).map_or(0.0, |at| self.balance[at])
    }

    fn with_strength(&self, layer: Layer, strength: f64) -> Self {
        let mut options = *self;
        if let Some(at) = place(layer) {
            options.strength[at] = Some(strength);
        }
        options
    }
}

/// The place of a layer among the scales.
fn place(layer: Layer) -> Option<usize> {
    Layer::SCALES.iter().position(|scale| scale.layer == layer)
}

/// What was learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learned {
    /// The fitted weights as a folder that overrides the base.
    pub overlay: Folder,
    /// For each scale that was fitted: its name, the posts, the strength, and how many rows it wrote.
    pub scales: Vec<FittedScale>,
}

/// How one scale was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedScale {
    /// The layer.
    pub layer: Layer,
    /// How many posts had a label for it.
    pub posts: usize,
    /// How strongly new terms were drawn toward zero.
    pub strength: f64,
    /// The rows that it wrote.
    pub rows: usize,
    /// Whether the search for the best weights came to its end: whether the gradient vanishes there.
    pub converged: bool,
}

/// Fits every scale that the examples have labels for. Refuses only when the base folders do not load.
pub fn learn(base: &[Folder], examples: &[Example], options: &Options) -> Result<Learned, LexiconError> {
    let mut learned = Learned { overlay: Folder::named("overlay"), scales: Vec::new() };
    // What was fitted beside the tone.
    let mut others = Folder::named("others");
    let mut readings = Readings::alike(base, examples.len());
    for layer in fitting_order() {
        let labelled = readings.labelled(examples, layer);
        // Nothing can be learned about a label from posts that all have the same one.
        if labelled.iter().all(|post| post.label == labelled[0].label) {
            continue;
        }
        let strength = match options.strength_of(layer) {
            Some(strength) => strength,
            None => chosen_strength(&readings.folders, &labelled, layer, options)?,
        };
        let options = options.with_strength(layer, strength);
        let (fitted, converged) = fit(&readings.folders, &labelled, layer, &options)?;
        let rows = overlay::write(&fitted, layer, &mut learned.overlay);
        learned.scales.push(FittedScale { layer, posts: labelled.len(), strength, rows, converged });
        if layer == Layer::Sentiment {
            readings = Readings::by_other_posts(base, examples, &options)?;
        } else {
            overlay::write(&fitted, layer, &mut others);
            readings.lay_over(&others);
        }
    }
    Ok(learned)
}

/// Sentiment first, since stance terms may ask for the tone.
fn fitting_order() -> impl Iterator<Item = Layer> {
    let others = Layer::SCALES.iter().map(|scale| scale.layer).filter(|layer| *layer != Layer::Sentiment);
    std::iter::once(Layer::Sentiment).chain(others)
}

/// A post that a scale is fitted on.
#[derive(Clone, Copy)]
struct Labelled<'a> {
    text: &'a str,
    label: usize,
    /// How much it counts.
    weight: f64,
    /// Which folders it is read by.
    reading: usize,
}

/// A term's weights before and after.
#[derive(Clone, Debug, PartialEq)]
struct Fitted {
    term: String,
    /// Whether it is one of the words of a post.
    word: bool,
    before: [f64; 3],
    after: [f64; 3],
}

/// The terms of a scale fitted to posts, each read by one of the folders, and whether the search came to its end.
fn fit(
    folders: &[Vec<Folder>],
    labelled: &[Labelled],
    layer: Layer,
    options: &Options,
) -> Result<(Vec<Fitted>, bool), LexiconError> {
    let base = Lexicon::of(&folders[0])?;
    let candidates = candidates::mine(&base, labelled, layer, options);
    let problem = features::extract(&with(folders, candidates)?, labelled, layer, options);
    let fitted = logistic::fit(&problem);
    Ok((features::fitted(&problem, &fitted, options), fitted.converged))
}

/// The lexicons of folders with one more laid over each.
fn with(folders: &[Vec<Folder>], over: Folder) -> Result<Vec<Lexicon>, LexiconError> {
    let over = [over];
    folders.iter().map(|folders| Lexicon::of(&[folders, &over[..]].concat())).collect()
}

/// The strength whose fits do best on posts left out, by macro-F1.
fn chosen_strength(
    folders: &[Vec<Folder>],
    labelled: &[Labelled],
    layer: Layer,
    options: &Options,
) -> Result<f64, LexiconError> {
    let texts: Vec<&str> = labelled.iter().map(|post| post.text).collect();
    let folds = folds(&texts, INNER_FOLDS, options.seed);
    let mut best = (f64::NEG_INFINITY, STRENGTHS[0]);
    for strength in STRENGTHS {
        let mut pairs = Vec::new();
        for fold in 0..INNER_FOLDS {
            let train: Vec<Labelled> =
                labelled.iter().zip(&folds).filter(|(_, f)| **f != fold).map(|(l, _)| *l).collect();
            let (fitted, _) = fit(folders, &train, layer, &options.with_strength(layer, strength))?;
            let mut overlay = Folder::named("overlay");
            overlay::write(&fitted, layer, &mut overlay);
            let lexicons = with(folders, overlay)?;
            let mut readers: Vec<Reader> = lexicons.iter().map(Reader::of).collect();
            let test = labelled.iter().zip(&folds).filter(|(_, f)| **f == fold).map(|(l, _)| l);
            pairs.extend(test.map(|post| (post.label, predicted(&mut readers[post.reading], post.text, layer))));
        }
        let score = macro_f1(&pairs);
        if score > best.0 {
            best = (score, strength);
        }
    }
    Ok(best.1)
}

/// The label that the scores of a scale lead to, as an index like those of [`Example`].
fn predicted(reader: &mut Reader, text: &str, layer: Layer) -> usize {
    let (_, scores) = reader.scored(text);
    let sums = scores.on(layer);
    match layer.scale().map(|scale| scale.labels.len()) {
        Some(1) => usize::from(sums[0] <= 0.0),
        _ => (1..3).fold(0, |best, label| if sums[label] > sums[best] { label } else { best }),
    }
}

/// The mean over the labels in use of the harmonic mean of precision and recall.
fn macro_f1(pairs: &[(usize, usize)]) -> f64 {
    let labels: std::collections::BTreeSet<usize> = pairs.iter().map(|(gold, _)| *gold).collect();
    let f1 = |label: usize| {
        let count = |test: &dyn Fn(&(usize, usize)) -> bool| pairs.iter().filter(|pair| test(pair)).count() as f64;
        let hits = count(&|(gold, found)| *gold == label && *found == label);
        let either = count(&|(gold, _)| *gold == label) + count(&|(_, found)| *found == label);
        2.0 * hits / either
    };
    labels.iter().map(|label| f1(*label)).sum::<f64>() / labels.len() as f64
}
