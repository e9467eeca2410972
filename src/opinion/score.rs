//! Scores of a post on every scale: priors plus weights, each times its modifiers.

use crate::lexicon::{Cue, Found, Hit, Layer, Lexicon, Scale};

/// What is left of a stance term inside a clause that attributes a leaning to sellers: it is their stance that it tells,
/// and the author's only as far as authors report those they agree with.
const ATTRIBUTED: f64 = 0.35;

/// The scores of a post, by scale in the order of [`Layer::SCALES`], by label in the order of the scale.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores([[f64; 3]; Layer::SCALES.len()]);

impl Scores {
    /// Adds up what was found. Sentiment comes first, since stance terms may ask for the tone.
    pub fn of(lexicon: &Lexicon, found: &Found) -> Self {
        let mut scores = Self::default();
        for stage in [Stage::First, Stage::Second] {
            let polarity = scores.polarity();
            for hit in found.hits.iter().filter(|hit| Stage::of(hit) == stage) {
                let added = contribution(lexicon, found, hit, polarity);
                if let Some(sums) = scores.on_mut(hit.layer) {
                    sums.iter_mut().zip(added).for_each(|(sum, weight)| *sum += weight);
                }
            }
        }
        scores
    }

    /// The scores on a layer's scale; zero for a layer without weights.
    pub fn on(&self, layer: Layer) -> [f64; 3] {
        Layer::SCALES.iter().position(|scale| scale.layer == layer).map_or([0.0; 3], |at| self.0[at])
    }

    fn on_mut(&mut self, layer: Layer) -> Option<&mut [f64; 3]> {
        Layer::SCALES.iter().position(|scale| scale.layer == layer).map(|at| &mut self.0[at])
    }

    /// P(positive) − P(negative).
    pub fn polarity(&self) -> f64 {
        let [positive, negative, _] = softmax(self.on(Layer::Sentiment));
        positive - negative
    }
}

/// Sentiment has to be complete before a term may ask for the tone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    First,
    Second,
}

impl Stage {
    fn of(hit: &Hit) -> Self {
        if hit.tone.is_some() { Self::Second } else { Self::First }
    }
}

/// What a hit adds to each label of its scale, given the tone of the post.
pub(super) fn contribution(lexicon: &Lexicon, found: &Found, hit: &Hit, polarity: f64) -> [f64; 3] {
    let entry = lexicon.entry(hit.term);
    let weights = if hit.word { entry.words_on(hit.layer) } else { entry.weights_on(hit.layer) };
    spread(weights.map(f64::from), force(lexicon, found, hit, polarity), hit.layer)
}

/// What the weights of a hit are multiplied by, all told: modifiers, readings, repeats, the tone, whose stance it is.
pub fn force(lexicon: &Lexicon, found: &Found, hit: &Hit, polarity: f64) -> f64 {
    let tone = match hit.tone {
        Some(Cue::Positive) => polarity.max(0.0),
        Some(_) => (-polarity).max(0.0),
        None => 1.0,
    };
    let share = if hit.layer == Layer::Stance { attribution(lexicon, found, hit) } else { 1.0 };
    f64::from(hit.factor) * tone * share
}

/// What weights add to the labels of a scale under a force.
pub fn spread(weights: [f64; 3], force: f64, layer: Layer) -> [f64; 3] {
    if layer.scale().is_none_or(|scale: &Scale| scale.labels.len() == 1) {
        return [weights[0] * force, 0.0, 0.0];
    }
    let [for_first, for_second, neither] = weights;
    // A negator moves a weight to the opposite pole; evidence for neither pole has no opposite, and force adds none.
    let neither = neither * force.abs().min(1.0);
    if force < 0.0 {
        [for_second * -force, for_first * -force, neither]
    } else {
        [for_first * force, for_second * force, neither]
    }
}

/// How much of a stance hit is the author's own.
pub(super) fn attribution(lexicon: &Lexicon, found: &Found, hit: &Hit) -> f64 {
    let inside = |other: &&Hit| {
        matches!(other.layer, Layer::ReportedOnline | Layer::ReportedOffline)
            && other.end > other.start
            && other.factor > 0.0
            && hit.start >= other.start
            && hit.end <= other.end
    };
    let polar = |other: &Hit| {
        let [pro, kontra, none] = lexicon.entry(other.term).weights_on(other.layer);
        pro.max(kontra) > none.max(0.0)
    };
    let attributed = hit.end > hit.start && found.hits.iter().filter(inside).any(polar);
    if attributed { ATTRIBUTED } else { 1.0 }
}

/// The probabilities of labels by their scores.
pub fn softmax(scores: [f64; 3]) -> [f64; 3] {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|score| (score - largest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}
