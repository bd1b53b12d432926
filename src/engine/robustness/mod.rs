//! Robustness: how often each hypothesis would take each rank if ratings were a little off.
//!
//! Rank acceptability in the sense of SMAA (Lahdelma and Salminen 2001), where it is the ratings that are uncertain.
//! Cells vary independently of each other; so under an additive method the hypotheses' scores do too, and ranks follow
//! exactly from the laws of the scores (`law`, `exact`). Under `bayes`, and where the laws grow too large, cells are
//! drawn at random (`chance`, `pack`, `sample`), from a seed: the same options give the same figures, whatever the
//! machine.

mod amount;
mod chance;
mod exact;
mod law;
mod outcome;
mod pack;
mod place;
mod sample;
mod square;
#[cfg(test)]
mod tests;

use self::amount::Amount;
use self::chance::Drawn;
use self::outcome::{Cells, by_hypothesis};
use self::pack::Packs;
use self::sample::Sampling;
use super::additive::Additive;
use super::matrix::Matrix;
use super::nats::{Nats, TIE};
use super::score::Score;
use super::terms::Terms;
use super::uncertainty::{Unrated, confidence, steadiness};
use crate::scenario::{Level, Method, Scenario};

pub(super) use self::chance::stream;
pub use self::square::Square;

/// Options of [`robustness`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RobustnessOptions {
    /// Assumption about blank cells.
    pub unrated: Unrated,
    /// Random draws to make; `None` asks for the exact figures where they can be had.
    pub draws: Option<u32>,
    /// Seed of the random numbers.
    pub seed: u64,
}

impl RobustnessOptions {
    /// Draws where none are asked for and the exact figures cannot be had.
    pub const DRAWS: u32 = 100_000;
    /// The seed where none is asked for.
    pub const SEED: u64 = 1;
}

/// Steps that draws may take altogether, each about a nanosecond: ten minutes or so of one processor.
const MOST_STEPS: u64 = 500_000_000_000;

/// More draws are asked for than can be made in a reasonable time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooManyDraws {
    /// Number of draws asked for.
    pub asked: u32,
    /// Greatest number of draws allowed.
    pub most: u32,
}

impl Default for RobustnessOptions {
    fn default() -> Self {
        Self { unrated: Unrated::default(), draws: None, seed: Self::SEED }
    }
}

/// Where figures come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Worked out over every way in which the cells may turn out.
    Exact,
    /// Counted over random draws.
    Draws {
        /// Number of draws.
        draws: u32,
        /// Seed of the random numbers.
        seed: u64,
    },
}

/// Rank acceptability and pairwise probabilities of the hypotheses that compete.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness {
    /// The method.
    pub method: Method,
    /// Assumption about blank cells.
    pub unrated: Unrated,
    /// Exact, or by random draws.
    pub basis: Basis,
    /// Number of cells rated CC to II for a hypothesis that competes.
    pub cells: usize,
    /// Number of these that move on average: the sum over them of the probability that the rating does not stay.
    pub moving: f64,
    /// Positions of the hypotheses that compete, ascending: rows and columns below stand for these. None where priors are
    /// inconsistent.
    pub hypotheses: Vec<usize>,
    /// Probability of each rank, from 1: a row a hypothesis. Ties share their ranks equally, so rows and columns sum
    /// to 1.
    pub acceptability: Square,
    /// Probability that the hypothesis of the row scores better than that of the column, plus half the probability
    /// that they are equal; 1/2 against itself.
    pub pairwise: Square,
    /// Probability that each is first alone.
    pub alone: Vec<f64>,
    /// Probability that each is first together with others.
    pub level: Vec<f64>,
}

/// Figures by hypothesis, however they were computed.
struct Shares {
    acceptability: Square,
    pairwise: Square,
    alone: Vec<f64>,
    level: Vec<f64>,
}

impl Robustness {
    /// The standard error of a probability, sqrt(p (1 - p) / N): an upper bound where ranks are shared. `None` where
    /// figures are exact.
    #[must_use]
    pub fn standard_error(&self, probability: f64) -> Option<f64> {
        match self.basis {
            Basis::Exact => None,
            Basis::Draws { draws, .. } => {
                let variance = (probability * (1.0 - probability)).max(0.0);
                Some((variance / f64::from(draws)).sqrt())
            }
        }
    }
}

/// Computes how often each hypothesis that competes would take each rank.
///
/// Exact for an additive method while that is a matter of a second or so, unless draws are asked for. `progress` is
/// told now and then how many draws have been made, of how many.
///
/// # Errors
///
/// Fails before any work where the draws would take more than ten minutes or so of one processor.
pub fn robustness(
    scenario: &Scenario,
    matrix: &Matrix,
    method: Method,
    options: RobustnessOptions,
    progress: &dyn Fn(u32, u32),
) -> Result<Robustness, TooManyDraws> {
    let run = Run { scenario, matrix, method, options, progress };
    let (basis, shares) = match Additive::of(method) {
        Some(additive) => run.additive(additive),
        None => run.bayes(),
    }?;
    let known = method.is_additive() || matrix.priors().is_some();
    let hypotheses: Vec<usize> = matrix.competing(method).filter(|_| known).collect();
    let (cells, moving) = run.moving(&hypotheses);
    Ok(Robustness {
        method,
        unrated: options.unrated,
        basis,
        cells,
        moving,
        hypotheses,
        acceptability: shares.acceptability,
        pairwise: shares.pairwise,
        alone: shares.alone,
        level: shares.level,
    })
}

#[derive(Clone, Copy)]
struct Run<'a> {
    scenario: &'a Scenario,
    matrix: &'a Matrix,
    method: Method,
    options: RobustnessOptions,
    progress: &'a dyn Fn(u32, u32),
}

impl Run<'_> {
    fn additive(self, additive: Additive) -> Result<(Basis, Shares), TooManyDraws> {
        let terms = (self.options.unrated, &Terms::additive(additive));
        let cells = by_hypothesis(self.scenario, self.matrix, self.method, terms, |score| score);
        let exact = if self.options.draws.is_none() { exact::shares(&cells) } else { None };
        match exact {
            Some(shares) => Ok((Basis::Exact, shares)),
            None => self.drawn(&cells, std::iter::repeat(Score::ZERO), 0.0),
        }
    }

    fn bayes(self) -> Result<(Basis, Shares), TooManyDraws> {
        let Some(priors) = self.matrix.priors() else {
            return self.drawn::<f64>(&[], std::iter::empty(), TIE);
        };
        let terms = (self.options.unrated, &Terms::bayes(&self.matrix.likelihood));
        let cells = by_hypothesis(self.scenario, self.matrix, self.method, terms, Nats::to_f64);
        let competing: Vec<usize> = self.matrix.competing(self.method).collect();
        let ln_priors = competing.iter().map(|at| priors.ln(*at, |other| competing.contains(&other)));
        self.drawn(&cells, ln_priors, TIE)
    }

    /// Number of cells of these hypotheses rated CC to II, and of those that move on average.
    fn moving(self, hypotheses: &[usize]) -> (usize, f64) {
        let (mut cells, mut moving) = ([0_usize; Level::ALL.len()], 0.0);
        for (row, item) in self.matrix.items().iter().enumerate() {
            for hypothesis in hypotheses {
                if self.matrix.code(row, *hypothesis).is_on_scale() {
                    let confidence = confidence(self.scenario, *item, *hypothesis);
                    cells.get_mut(confidence as usize).into_iter().for_each(|cells| *cells += 1);
                }
            }
        }
        for (level, cells) in Level::ALL.iter().zip(cells) {
            moving += cells as f64 * (1.0 - steadiness(*level));
        }
        (cells.iter().sum(), moving)
    }

    fn drawn<V: Amount>(
        self,
        cells: &[Vec<Cells<V>>],
        constants: impl Iterator<Item = V>,
        tie: f64,
    ) -> Result<(Basis, Shares), TooManyDraws> {
        let draws = self.options.draws.unwrap_or(RobustnessOptions::DRAWS);
        let seed = self.options.seed;
        let mut packs = Packs::new();
        let hypotheses = cells.iter().zip(constants);
        let hypotheses: Vec<Drawn<V>> =
            hypotheses.map(|(cells, constant)| Drawn::new(cells, constant, &mut packs)).collect();
        let sampling = Sampling { draws, seed, tie };
        let most = u32::try_from(MOST_STEPS / Sampling::steps(&hypotheses)).unwrap_or(u32::MAX);
        if draws > most {
            return Err(TooManyDraws { asked: draws, most });
        }
        Ok((Basis::Draws { draws, seed }, sampling.shares(&hypotheses, self.progress)))
    }
}
