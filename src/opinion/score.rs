//! Scores of a post on every scale: priors plus weights, each times its modifiers.

use crate::lexicon::{Cue, Found, Hit, Layer, Scale};

/// What is left of a stance term inside a clause that attributes a leaning to sellers: it is their stance that it tells,
/// and the author's only as far as authors report those they agree with.
const ATTRIBUTED: f64 = 0.35;

/// How many scales there are; the scales are the first layers, so that a layer's number is its scale's.
const SCALES: usize = Layer::SCALES.len();

/// The scores of a post on every scale, and what decides how much each hit counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// By scale in the order of [`Layer::SCALES`], by label in the order of the scale.
    sums: [[f64; 3]; SCALES],
    polarity: f64,
    /// The units of the clauses that attribute a leaning to sellers, from and to, in order and apart.
    attributed: Vec<(u32, u32)>,
}

impl Scores {
    /// Adds up what was found. Sentiment comes first, since stance terms may ask for the tone.
    pub fn of(found: &Found) -> Self {
        let mut scores = Self { attributed: attributed(found), ..Self::default() };
        let counts = |hit: &&Hit| (hit.layer as usize) < SCALES;
        found.hits.iter().filter(counts).filter(|hit| hit.tone.is_none()).for_each(|hit| scores.add(hit));
        let [positive, negative, _] = softmax(scores.on(Layer::Sentiment));
        scores.polarity = positive - negative;
        found.hits.iter().filter(|hit| hit.tone.is_some()).for_each(|hit| scores.add(hit));
        scores
    }

    fn add(&mut self, hit: &Hit) {
        let added = self.added(hit);
        if let Some([first, second, third]) = self.sums.get_mut(hit.layer as usize) {
            *first += added[0];
            *second += added[1];
            *third += added[2];
        }
    }

    /// The scores on a layer's scale; zero for a layer without weights.
    pub fn on(&self, layer: Layer) -> [f64; 3] {
        self.sums.get(layer as usize).copied().unwrap_or_default()
    }

    /// P(positive) − P(negative).
    pub fn polarity(&self) -> f64 {
        self.polarity
    }

    /// What a hit adds to each label of its scale.
    pub fn added(&self, hit: &Hit) -> [f64; 3] {
        let [first, second, third] = hit.weights;
        spread([first.into(), second.into(), third.into()], self.force(hit), hit.layer)
    }

    /// What the weights of a hit are multiplied by, all told: modifiers, readings, repeats, the tone, whose stance it is.
    pub fn force(&self, hit: &Hit) -> f64 {
        let tone = match hit.tone {
            Some(Cue::Positive) => self.polarity.max(0.0),
            Some(_) => (-self.polarity).max(0.0),
            None => 1.0,
        };
        f64::from(hit.factor) * tone * self.attribution(hit)
    }

    /// How much of a hit is the author's own.
    pub(super) fn attribution(&self, hit: &Hit) -> f64 {
        if hit.layer != Layer::Stance || hit.end == hit.start || self.attributed.is_empty() {
            return 1.0;
        }
        let after = self.attributed.partition_point(|(from, _)| *from <= hit.start);
        let inside = after.checked_sub(1).is_some_and(|at| hit.end <= self.attributed[at].1);
        if inside { ATTRIBUTED } else { 1.0 }
    }
}

/// The stretches of units in which a term attributes a lean, rather than none, to sellers.
fn attributed(found: &Found) -> Vec<(u32, u32)> {
    let reported = |hit: &&Hit| {
        matches!(hit.layer, Layer::ReportedOnline | Layer::ReportedOffline) && hit.end > hit.start && hit.factor > 0.0
    };
    let polar = |hit: &&Hit| {
        let [pro, kontra, none] = hit.weights;
        pro.max(kontra) > none.max(0.0)
    };
    let hits = found.hits.iter().filter(reported).filter(polar);
    let mut stretches: Vec<(u32, u32)> = hits.map(|hit| (hit.start, hit.end)).collect();
    stretches.sort_unstable();
    let mut apart: Vec<(u32, u32)> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match apart.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// What weights add to the labels of a scale under a force.
pub fn spread(weights: [f64; 3], force: f64, layer: Layer) -> [f64; 3] {
    if Layer::SCALES.get(layer as usize).is_none_or(|scale: &Scale| scale.labels.len() == 1) {
        // Denying what speaks against a yes is no yes: `bukan kurir` does not make a seller.
        let denied = force < 0.0 && weights[0] < 0.0;
        return [if denied { 0.0 } else { weights[0] * force }, 0.0, 0.0];
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

/// The probabilities of labels by their scores.
pub fn softmax(scores: [f64; 3]) -> [f64; 3] {
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|score| (score - largest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}
