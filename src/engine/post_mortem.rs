//! A settled case: who and which method said what, as it was known before the truth was.

use super::brier::{BrierScore, Truth, Unscored};
use super::contributions::Contributions;
use super::estimate::{EstimateFigures, Estimates, Shares, mean};
use super::matrix::Matrix;
use super::order::descending;
use super::rank::rank;
use super::ranking::Ranking;
use crate::scenario::{Day, Method, Scenario};

/// A difference up to which an item speaks for neither.
const NOTHING: f64 = 1e-12;

/// One person's estimate against the truth.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoredEstimate {
    /// Position of the estimate in the scenario.
    pub at: usize,
    /// Days from it to the outcome; `None` where either has no date.
    pub days: Option<i64>,
    /// Its score.
    pub score: BrierScore,
    /// The probabilities of the hypotheses that it names.
    pub shares: Shares,
}

/// One person's estimates before the truth was known, scored.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonScore<'s> {
    /// The person.
    pub by: &'s str,
    /// The first estimate; `None` if it is the last too.
    pub first: Option<ScoredEstimate>,
    /// The last estimate.
    pub last: ScoredEstimate,
}

/// A case against its outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct PostMortem<'s> {
    /// The last day of which things count; `None` if all do.
    pub known_by: Option<Day>,
    /// The truth, or the reason why nothing is scored.
    pub truth: Result<Truth, Unscored>,
    /// The people who said something, in the order of appearance.
    pub people: Vec<PersonScore<'s>>,
    /// The mean of those whose last estimate is complete: how many they are, the mean and its score.
    pub mean: Option<(usize, Shares, BrierScore)>,
    /// The posteriors and their score; `None` where there are none.
    pub bayes: Option<(Shares, BrierScore)>,
    /// The rankings as they were, one a method, in the order of [`Method::ALL`].
    pub rankings: Vec<Ranking>,
    /// The first listed of the others that competed with the truth.
    pub rival: Option<usize>,
    /// Positions of the items that spoke for the rival, each with the difference of its contributions.
    pub misled: Vec<(usize, f64)>,
    /// Those that spoke for the truth.
    pub helped: Vec<(usize, f64)>,
}

/// The last day that counts in a settled case: the day before its outcome, or an earlier one that is asked for.
#[must_use]
pub fn known_by(scenario: &Scenario, as_of: Option<Day>) -> Option<Day> {
    let eve = scenario.outcome.date.and_then(|date| date.first_day().previous());
    [eve, as_of].into_iter().flatten().min()
}

impl<'s> PostMortem<'s> {
    /// Scores a case. `matrix` holds the items that count by [`known_by`]; `method` is the one by which items mislead.
    #[must_use]
    pub fn new(scenario: &'s Scenario, matrix: &Matrix, method: Method, as_of: Option<Day>) -> Self {
        let rankings: Vec<Ranking> = Method::ALL.iter().map(|method| rank(matrix, *method)).collect();
        let until = known_by(scenario, as_of);
        let truth = Truth::of(scenario);
        let mut found = Self {
            known_by: until,
            truth,
            people: Vec::new(),
            mean: None,
            bayes: None,
            rankings,
            rival: None,
            misled: Vec::new(),
            helped: Vec::new(),
        };
        if let Ok(truth) = truth {
            found.score_people(scenario, truth);
            found.score_bayes(scenario, truth);
            found.find_items(matrix, method, truth);
        }
        found
    }

    fn score_people(&mut self, scenario: &'s Scenario, truth: Truth) {
        let estimates = Estimates::new(scenario, self.known_by);
        let outcome = scenario.outcome.date;
        let score = |figures: &EstimateFigures| {
            let date = scenario.estimates.get(figures.at).and_then(|estimate| estimate.date);
            let days = outcome.zip(date);
            ScoredEstimate {
                at: figures.at,
                days: days.map(|(outcome, date)| outcome.first_day().days_since(date.last_day())),
                score: truth.score(scenario, &figures.coherent, figures.rest),
                shares: figures.coherent.clone(),
            }
        };
        let is_dated = |figures: &EstimateFigures| {
            outcome.is_none()
                || scenario.estimates.get(figures.at).is_some_and(|estimate| estimate.date.is_some())
        };
        let mut last = Vec::new();
        for (by, list) in estimates.people(scenario) {
            let own = list.iter().filter_map(|position| estimates.all.get(*position));
            let own: Vec<_> = own.filter(|figures| is_dated(figures) && !figures.stated.is_empty()).collect();
            let (Some(first), Some(standing)) = (own.first(), own.last()) else { continue };
            let earlier = (own.len() > 1).then(|| score(first));
            self.people.push(PersonScore { by, first: earlier, last: score(standing) });
            last.extend(standing.is_complete().then_some(*standing));
        }
        self.mean = mean(last.iter().copied()).map(|found| {
            let score = truth.score(scenario, &found.mean, 0.0);
            (found.people, found.mean, score)
        });
    }

    fn score_bayes(&mut self, scenario: &Scenario, truth: Truth) {
        let posterior = self.rankings.iter().find(|ranking| ranking.method == Method::Bayes);
        let scores = posterior.into_iter().flat_map(|ranking| ranking.scores.iter().enumerate());
        let mut shares: Shares = scores.filter_map(|(at, score)| Some((at, (*score)?))).collect();
        if shares.is_empty() {
            return;
        }
        // A truth that did not compete has been given nothing.
        if let Truth::One(at) = truth
            && let Err(place) = shares.binary_search_by_key(&at, |(at, _)| *at)
        {
            shares.insert(place, (at, 0.0));
        }
        let score = truth.score(scenario, &shares, 0.0);
        self.bayes = Some((shares, score));
    }

    fn find_items(&mut self, matrix: &Matrix, method: Method, truth: Truth) {
        let ranking = self.rankings.iter().find(|ranking| ranking.method == method);
        let Some((ranking, truth)) = ranking.zip(truth.hypothesis()) else { return };
        let is_ranked = |at: usize| ranking.rank(at).is_some();
        let rival = ranking.order().into_iter().find(|at| is_ranked(*at) && *at != truth);
        let Some(rival) = rival.filter(|_| is_ranked(truth)) else { return };
        let contributions = Contributions::new(matrix, method);
        let rows = matrix.items().iter().copied().enumerate();
        let differences: Vec<(usize, f64)> =
            rows.map(|(row, item)| (item, contributions.difference(row, rival, truth))).collect();
        let by_size = |sign: f64| {
            let signed = differences.iter().enumerate().map(|(at, (_, difference))| (sign * difference, at));
            let mut signed: Vec<(f64, usize)> = signed.filter(|(size, _)| *size > NOTHING).collect();
            descending(&mut signed);
            signed.into_iter().filter_map(|(_, at)| differences.get(at).copied()).collect()
        };
        self.rival = Some(rival);
        self.misled = by_size(1.0);
        self.helped = by_size(-1.0);
    }
}
