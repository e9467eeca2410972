//! Penalised logistic regression with a Gaussian prior around given weights.
//!
//! Minimises Σ −log P(label) + ½ Σ pull · (weight − centre)², by L-BFGS (Nocedal and Wright 2006, ch. 7).

use argmin::core::{CostFunction, Error, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

use crate::lexicon::{Layer, TermId};
use crate::opinion::{softmax, spread};

/// The steps that L-BFGS remembers.
const MEMORY: usize = 8;
/// The steps that it may take.
const MOST_STEPS: u64 = 200;
/// It stops when a step improves the cost by less than this share.
const TOLERANCE: f64 = 1e-6;

/// One post.
pub(super) struct Sample {
    /// The columns of the terms in it, with the force of each.
    pub(super) features: Vec<(u32, f64)>,
    /// What the lexicon's own terms add before fitting, priors left out.
    pub(super) own: [f64; 3],
    pub(super) label: usize,
    pub(super) weight: f64,
}

/// One term, or one word of posts.
pub(super) struct Column {
    pub(super) term: TermId,
    pub(super) word: bool,
    /// The weights that its weights are drawn to.
    pub(super) centre: [f64; 3],
    /// How strongly.
    pub(super) pull: f64,
    /// Whether its centre is scaled with those of all own terms.
    pub(super) scaled: bool,
}

/// Posts, and where weights are drawn to.
pub(super) struct Problem {
    pub(super) layer: Layer,
    pub(super) columns: Vec<Column>,
    pub(super) samples: Vec<Sample>,
}

/// What fits best.
pub(super) struct Fit {
    /// The weights of each column.
    pub(super) weights: Vec<[f64; 3]>,
}

/// The scale of the own terms is drawn toward 1 by so much.
const SCALE_PULL: f64 = 1.0;

/// The weights that fit best; the centre where the search fails.
///
/// A weight is scale · centre + move: hand-written weights tend to be right in proportion and wrong in size, so one scale
/// for all of them is fitted along with what each must move. The moves and the scale are the parameters.
pub(super) fn fit(problem: &Problem) -> Fit {
    let mut start = vec![0.0; problem.columns.len() * 3 + 1];
    start[problem.columns.len() * 3] = 1.0;
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_cost(TOLERANCE);
    let found = solver.ok().and_then(|solver| {
        let run =
            Executor::new(Cost(problem), solver).configure(|state| state.param(start.clone()).max_iters(MOST_STEPS));
        run.run().ok()?.state().get_best_param().cloned()
    });
    let best = found.unwrap_or(start);
    let scale = best[problem.columns.len() * 3];
    let weights = problem.columns.iter().zip(best.chunks_exact(3)).map(|(column, moved)| {
        let scale = if column.scaled { scale } else { 1.0 };
        std::array::from_fn(|label| scale * column.centre[label] + moved[label])
    });
    Fit { weights: weights.collect() }
}

struct Cost<'p>(&'p Problem);

impl Cost<'_> {
    /// Adds up the scores of a post.
    fn scores(&self, sample: &Sample, moves: &[f64]) -> [f64; 3] {
        let scale = moves[self.0.columns.len() * 3];
        let mut scores = sample.own.map(|own| own * scale);
        for &(at, force) in &sample.features {
            let column = &self.0.columns[at as usize];
            let from = at as usize * 3;
            let fixed = if column.scaled { [0.0; 3] } else { column.centre };
            let weights = std::array::from_fn(|label| fixed[label] + moves[from + label]);
            let added = spread(weights, force, self.0.layer);
            scores.iter_mut().zip(added).for_each(|(sum, weight)| *sum += weight);
        }
        scores
    }

    fn is_binary(&self) -> bool {
        self.0.layer.scale().is_some_and(|scale| scale.labels.len() == 1)
    }

    /// The probabilities of the labels; yes and no for a scale of one label.
    fn probabilities(&self, scores: [f64; 3]) -> [f64; 3] {
        if self.is_binary() {
            let yes = 1.0 / (1.0 + (-scores[0]).exp());
            [yes, 1.0 - yes, 0.0]
        } else {
            softmax(scores)
        }
    }

    fn penalty(&self, moves: &[f64]) -> f64 {
        let scale = moves[self.0.columns.len() * 3];
        let terms = self.0.columns.iter().zip(moves.chunks_exact(3));
        let squares = terms.map(|(column, moves)| column.pull * moves.iter().map(|move_| move_ * move_).sum::<f64>());
        (squares.sum::<f64>() + SCALE_PULL * (scale - 1.0).powi(2)) / 2.0
    }
}

impl CostFunction for Cost<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, moves: &Self::Param) -> Result<f64, Error> {
        let losses = self.0.samples.iter().map(|sample| {
            let probabilities = self.probabilities(self.scores(sample, moves));
            -sample.weight * probabilities[sample.label].max(f64::MIN_POSITIVE).ln()
        });
        Ok(losses.sum::<f64>() + self.penalty(moves))
    }
}

impl Gradient for Cost<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, moves: &Self::Param) -> Result<Vec<f64>, Error> {
        let last = self.0.columns.len() * 3;
        let mut gradient: Vec<f64> = self
            .0
            .columns
            .iter()
            .zip(moves.chunks_exact(3))
            .flat_map(|(column, moves)| moves.iter().map(|move_| column.pull * move_))
            .collect();
        gradient.push(SCALE_PULL * (moves[last] - 1.0));
        for sample in &self.0.samples {
            let mut error = self.probabilities(self.scores(sample, moves));
            error[sample.label] -= 1.0;
            let error = error.map(|error| error * sample.weight);
            for &(at, force) in &sample.features {
                let from = at as usize * 3;
                let added = self.pulled_back(error, force);
                gradient[from..from + 3].iter_mut().zip(added).for_each(|(sum, slope)| *sum += slope);
            }
            // A yes-or-no scale has one score; what the second slot of `error` holds is the other side of it.
            let labels = if self.is_binary() { 1 } else { 3 };
            gradient[last] += error.iter().zip(sample.own).take(labels).map(|(error, own)| error * own).sum::<f64>();
        }
        Ok(gradient)
    }
}

impl Cost<'_> {
    /// The slope of the cost in the weights of one feature: [`spread`] read backwards.
    fn pulled_back(&self, error: [f64; 3], force: f64) -> [f64; 3] {
        if self.is_binary() {
            return [error[0] * force, 0.0, 0.0];
        }
        // Spreading is linear in the weights and swaps the poles when the force is negative, so it is its own transpose.
        spread(error, force, self.0.layer)
    }
}
