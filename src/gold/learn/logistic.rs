//! Penalised logistic regression with a Gaussian prior around given weights.
//!
//! Minimises Σ −log P(label) + ½ Σ pull · (weight − centre)², by L-BFGS (Nocedal and Wright 2006, ch. 7). The cost is
//! convex, so there is one best fit, whatever the order of the posts.

use argmin::core::{CostFunction, Error, Executor, Gradient, State, TerminationReason};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;

use crate::lexicon::Layer;
use crate::opinion::{softmax, spread};

/// The steps that L-BFGS remembers.
const MEMORY: usize = 10;
/// The steps that it may take.
const MOST_STEPS: u64 = 2000;
/// It stops where the gradient is shorter than this. The penalty alone bends the cost by 1 in every direction (see
/// [`Problem`]), so the parameters are then no farther than this from the best ones, and a weight no farther than this
/// over the root of its pull.
const TOLERANCE: f64 = 1e-3;

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
    pub(super) term: String,
    pub(super) word: bool,
    /// The weights that its weights are drawn to.
    pub(super) centre: [f64; 3],
    /// How strongly; `None` leaves them there.
    pub(super) pull: Option<f64>,
    /// Whether its centre is scaled with those of all own terms.
    pub(super) scaled: bool,
}

/// Posts, and where weights are drawn to.
///
/// A weight is scale · centre + move: hand-written weights tend to be right in proportion and wrong in size, so one scale
/// for all of them is fitted along with what each must move. The parameters are the moves, column by column, and the
/// scale's distance from 1, each times the root of its pull: so the penalty is half the squared length of their vector.
/// What is held fixed is no parameter.
pub(super) struct Problem {
    pub(super) layer: Layer,
    pub(super) columns: Vec<Column>,
    pub(super) samples: Vec<Sample>,
}

/// What fits best.
pub(super) struct Fit {
    /// The weights of each column.
    pub(super) weights: Vec<[f64; 3]>,
    /// Whether the search came to its end; if not, the weights are the best that it met.
    pub(super) converged: bool,
}

/// The scale of the own terms is drawn toward 1 by so much.
const SCALE_PULL: f64 = 1.0;
/// The scale moves only where there are so many posts for each own term that was met. With fewer, most own terms are not
/// met; they would keep their weights while the others are scaled.
const POSTS_PER_TERM: usize = 4;

/// The weights that fit best.
pub(super) fn fit(problem: &Problem) -> Fit {
    fit_from(problem, vec![0.0; problem.parameters()])
}

fn fit_from(problem: &Problem, start: Vec<f64>) -> Fit {
    let (best, converged) = minimum(problem, &start).unwrap_or((start, false));
    let Moves { by_column, scale } = problem.moves(&best);
    let weights = problem.columns.iter().zip(by_column).map(|(column, moved)| {
        let scale = if column.scaled { scale } else { 1.0 };
        std::array::from_fn(|label| scale * column.centre[label] + moved[label])
    });
    Fit { weights: weights.collect(), converged }
}

/// The parameters of least cost and whether the gradient vanishes there; nothing where the search fails.
fn minimum(problem: &Problem, start: &[f64]) -> Option<(Vec<f64>, bool)> {
    // Only the gradient tells: a small step may be a bad step as well as a last one.
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY);
    let solver = solver.with_tolerance_cost(0.0).ok()?.with_tolerance_grad(TOLERANCE).ok()?;
    let run = Executor::new(problem, solver).configure(|state| state.param(start.to_vec()).max_iters(MOST_STEPS));
    let run = run.run().ok()?;
    let state = run.state();
    let converged = state.get_termination_reason() == Some(&TerminationReason::SolverConverged);
    Some((state.get_best_param()?.clone(), converged))
}

/// How far each weight moves from its scaled centre, and the scale of the centres.
struct Moves {
    by_column: Vec<[f64; 3]>,
    scale: f64,
}

impl Problem {
    /// How many scores a post has: one for a yes-or-no scale.
    fn labels(&self) -> usize {
        self.layer.scale().map_or(3, |scale| scale.labels.len())
    }

    fn scale_moves(&self) -> bool {
        let own = self.columns.iter().filter(|column| column.scaled).count();
        self.samples.len() >= POSTS_PER_TERM * own
    }

    /// How many parameters there are.
    fn parameters(&self) -> usize {
        let free = self.columns.iter().filter(|column| column.pull.is_some()).count();
        free * self.labels() + usize::from(self.scale_moves())
    }

    fn moves(&self, parameters: &[f64]) -> Moves {
        let mut given = parameters.chunks(self.labels());
        let by_column = self.columns.iter().map(|column| {
            let mut moves = [0.0; 3];
            if let Some(pull) = column.pull {
                let given = given.next().unwrap_or_default();
                moves.iter_mut().zip(given).for_each(|(move_, given)| *move_ = given / pull.sqrt());
            }
            moves
        });
        let by_column = by_column.collect();
        let scale = given.next().map_or(1.0, |given| 1.0 + given[0] / SCALE_PULL.sqrt());
        Moves { by_column, scale }
    }

    /// The slopes in the parameters, by those in the moves and the scale.
    fn slopes(&self, slopes: &Moves) -> Vec<f64> {
        let mut inverse = Vec::with_capacity(self.parameters());
        for (column, slopes) in self.columns.iter().zip(&slopes.by_column) {
            if let Some(pull) = column.pull {
                inverse.extend(slopes[..self.labels()].iter().map(|slope| slope / pull.sqrt()));
            }
        }
        if self.scale_moves() {
            inverse.push(slopes.scale / SCALE_PULL.sqrt());
        }
        inverse
    }

    /// What weights add to the scores under a force, which is linear in the weights and its own transpose. (The terms that
    /// a yes-or-no scale leaves out when they are denied are no features.)
    fn added(&self, weights: [f64; 3], force: f64) -> [f64; 3] {
        if self.labels() == 1 { [weights[0] * force, 0.0, 0.0] } else { spread(weights, force, self.layer) }
    }

    /// The probabilities of the labels of a post; yes and no for a scale of one label.
    fn probabilities(&self, sample: &Sample, moves: &Moves) -> [f64; 3] {
        let mut scores = sample.own.map(|own| own * moves.scale);
        for &(at, force) in &sample.features {
            let column = &self.columns[at as usize];
            let fixed = if column.scaled { [0.0; 3] } else { column.centre };
            let own = &moves.by_column[at as usize];
            let added = self.added(std::array::from_fn(|label| fixed[label] + own[label]), force);
            scores.iter_mut().zip(added).for_each(|(sum, weight)| *sum += weight);
        }
        if self.labels() == 1 {
            let yes = 1.0 / (1.0 + (-scores[0]).exp());
            [yes, 1.0 - yes, 0.0]
        } else {
            softmax(scores)
        }
    }
}

impl CostFunction for &Problem {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, parameters: &Self::Param) -> Result<f64, Error> {
        let moves = self.moves(parameters);
        let losses = self.samples.iter().map(|sample| {
            let probabilities = self.probabilities(sample, &moves);
            -sample.weight * probabilities[sample.label].max(f64::MIN_POSITIVE).ln()
        });
        let squares = parameters.iter().map(|parameter| parameter * parameter);
        Ok(losses.sum::<f64>() + 0.5 * squares.sum::<f64>())
    }
}

impl Gradient for &Problem {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, parameters: &Self::Param) -> Result<Vec<f64>, Error> {
        let moves = self.moves(parameters);
        let mut slopes = Moves { by_column: vec![[0.0; 3]; self.columns.len()], scale: 0.0 };
        for sample in &self.samples {
            let mut error = self.probabilities(sample, &moves);
            error[sample.label] -= 1.0;
            let error = error.map(|error| error * sample.weight);
            for &(at, force) in &sample.features {
                let added = self.added(error, force);
                slopes.by_column[at as usize].iter_mut().zip(added).for_each(|(sum, slope)| *sum += slope);
            }
            // A yes-or-no scale has one score; what the second slot of `error` holds is the other side of it.
            let scores = error.iter().zip(sample.own).take(self.labels());
            slopes.scale += scores.map(|(error, own)| error * own).sum::<f64>();
        }
        let slopes = self.slopes(&slopes);
        Ok(slopes.iter().zip(parameters).map(|(slope, parameter)| slope + parameter).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::random::SplitMix;

    /// Posts of random terms that bear random labels: `posts` decides whether the scale moves. The first column is fixed, the
    /// pulls of the others are far apart, and a third of the forces deny.
    fn problem(layer: Layer, posts: usize, own: usize) -> Problem {
        let mut random = SplitMix(7);
        let mut number = |below: usize| random.below(below);
        let columns = (0..60).map(|at| Column {
            term: String::new(),
            word: at >= own,
            centre: if at < own { std::array::from_fn(|label| [1.5, 0.2, -0.4][(at + label) % 3]) } else { [0.0; 3] },
            pull: (at > 0).then_some([0.5, 20.0, 400.0][at % 3]),
            scaled: 0 < at && at < own,
        });
        let columns: Vec<Column> = columns.collect();
        let labels = layer.scale().unwrap().labels.len().max(2);
        let samples = (0..posts).map(|_| {
            let features: Vec<(u32, f64)> =
                (0..8).map(|_| (u32::try_from(number(60)).unwrap(), [1.0, 1.4, -1.0][number(3)])).collect();
            let mut sample = Sample { features, own: [0.0; 3], label: number(labels), weight: [0.3, 1.0][number(2)] };
            for &(at, force) in sample.features.iter().filter(|(at, _)| columns[*at as usize].scaled) {
                let added = spread(columns[at as usize].centre, force, layer);
                sample.own.iter_mut().zip(added).for_each(|(sum, weight)| *sum += weight);
            }
            sample
        });
        Problem { layer, samples: samples.collect(), columns }
    }

    /// One where the scale is held, one where it moves, one with a yes-or-no scale.
    fn problems() -> [Problem; 3] {
        [problem(Layer::Stance, 150, 40), problem(Layer::Stance, 600, 20), problem(Layer::Advert, 600, 20)]
    }

    fn farthest(a: &Fit, b: &Fit) -> f64 {
        let pairs = a.weights.as_flattened().iter().zip(b.weights.as_flattened());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn every_start_leads_to_the_same_weights() {
        for problem in problems() {
            let near = fit(&problem);
            let start = (0..problem.parameters()).map(|at| [-9.0, 0.0, 4.0, 15.0][at % 4]).collect();
            let far = fit_from(&problem, start);
            assert!(near.converged && far.converged);
            assert!(farthest(&near, &far) < 1e-3, "{}", farthest(&near, &far));
        }
    }

    #[test]
    fn no_weights_nearby_cost_less() {
        for problem in problems() {
            let (best, _) = minimum(&problem, &vec![0.0; problem.parameters()]).unwrap();
            let least = (&problem).cost(&best).unwrap();
            for at in 0..best.len() {
                for step in [-0.01, 0.01] {
                    let mut other = best.clone();
                    other[at] += step;
                    assert!((&problem).cost(&other).unwrap() > least);
                }
            }
        }
    }

    #[test]
    fn what_is_held_stays_and_the_scale_moves_with_enough_posts() {
        let [held, moving, _] = problems();
        assert_eq!([held.scale_moves(), moving.scale_moves()], [false, true]);
        for problem in [&held, &moving] {
            let bits = |weights: [f64; 3]| weights.map(f64::to_bits);
            assert_eq!(bits(fit(problem).weights[0]), bits(problem.columns[0].centre));
        }
        // Random labels speak against weights that were written by hand.
        let (best, _) = minimum(&moving, &vec![0.0; moving.parameters()]).unwrap();
        assert!(moving.moves(&best).scale < 0.8);
    }
}
