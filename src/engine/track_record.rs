//! The record over several cases: how good people, their means and the methods were, and how often what was given a
//! probability came true.

use super::brier::{Truth, Unscored};
use super::estimate::Shares;
use super::post_mortem::PostMortem;
use crate::scenario::{Method, Scenario};

/// Bins of probabilities: tenths.
const BINS: usize = 10;

/// Whose record it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Forecaster {
    /// A person.
    Person(String),
    /// The mean of a case.
    Mean,
    /// The posteriors of a case.
    Bayes,
}

/// One tenth of the probabilities said.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many were said.
    pub count: usize,
    /// Their sum.
    pub sum: f64,
    /// How many came true.
    pub true_ones: usize,
}

/// The record of one forecaster. Sums are over the cases.
#[derive(Clone, Debug, PartialEq)]
pub struct TrackRecord {
    /// Whose it is.
    pub who: Forecaster,
    /// Cases scored.
    pub cases: usize,
    /// Sum of the Brier scores of the last estimates.
    pub brier: f64,
    /// Sum of those of even odds.
    pub even: f64,
    /// Cases with an earlier estimate too.
    pub revised: usize,
    /// Sum of the Brier scores of the first estimates of these.
    pub first_brier: f64,
    /// Sum of those of the last estimates of these.
    pub last_brier: f64,
    /// The probabilities said, by tenths.
    pub calibration: [Bin; BINS],
}

/// How often a method had the truth in the lead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct MethodRecord {
    /// Cases settled with one true hypothesis.
    pub cases: usize,
    /// Cases in which it led alone.
    pub alone: usize,
    /// Cases in which it led with others.
    pub level: usize,
}

/// The record over several cases.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// Records of people in the order of appearance, then of means, then of posteriors; those without a case are left
    /// out.
    pub forecasters: Vec<TrackRecord>,
    /// By method, in the order of [`Method::ALL`].
    pub methods: Vec<(Method, MethodRecord)>,
    /// Cases that are not scored, by reason: open, annulled, several.
    pub unscored: [usize; 3],
}

impl Record {
    /// The record over these cases, in their order.
    #[must_use]
    pub fn new<'c>(cases: impl IntoIterator<Item = (&'c Scenario, &'c PostMortem<'c>)>) -> Self {
        let mut record = Self {
            methods: Method::ALL.iter().map(|m| (*m, MethodRecord::default())).collect(),
            ..Self::default()
        };
        let (mut means, mut posteriors) =
            (TrackRecord::new(Forecaster::Mean), TrackRecord::new(Forecaster::Bayes));
        for (scenario, case) in cases {
            let truth = match case.truth {
                Ok(truth) => truth,
                Err(reason) => {
                    let at = match reason {
                        Unscored::Open => 0,
                        Unscored::Annulled => 1,
                        Unscored::Several => 2,
                    };
                    record.unscored.get_mut(at).into_iter().for_each(|count| *count += 1);
                    continue;
                }
            };
            for person in &case.people {
                let own = record.of_person(person.by);
                own.add(person.last.score.brier, person.last.score.even);
                own.say(scenario, truth, &person.last.shares);
                if let Some(first) = &person.first {
                    own.revised += 1;
                    own.first_brier += first.score.brier;
                    own.last_brier += person.last.score.brier;
                }
            }
            for (own, shares, score) in [
                case.mean.as_ref().map(|(_, shares, score)| (&mut means, shares, score)),
                case.bayes.as_ref().map(|(shares, score)| (&mut posteriors, shares, score)),
            ]
            .into_iter()
            .flatten()
            {
                own.add(score.brier, score.even);
                own.say(scenario, truth, shares);
            }
            if let Some(truth) = truth.hypothesis() {
                record.note_methods(case, truth);
            }
        }
        record.forecasters.extend([means, posteriors].into_iter().filter(|own| own.cases > 0));
        record
    }

    fn of_person(&mut self, by: &str) -> &mut TrackRecord {
        let is_them = |own: &TrackRecord| matches!(&own.who, Forecaster::Person(name) if name == by);
        let at = self.forecasters.iter().position(is_them).unwrap_or(self.forecasters.len());
        if at == self.forecasters.len() {
            self.forecasters.push(TrackRecord::new(Forecaster::Person(by.to_owned())));
        }
        #[expect(clippy::indexing_slicing, reason = "it was found or pushed just now")]
        &mut self.forecasters[at]
    }

    fn note_methods(&mut self, case: &PostMortem<'_>, truth: usize) {
        for (ranking, (_, own)) in case.rankings.iter().zip(&mut self.methods) {
            own.cases += 1;
            if ranking.leaders.contains(&truth) {
                let is_alone = ranking.leaders.len() == 1;
                own.alone += usize::from(is_alone);
                own.level += usize::from(!is_alone);
            }
        }
    }
}

impl TrackRecord {
    fn new(who: Forecaster) -> Self {
        Self {
            who,
            cases: 0,
            brier: 0.0,
            even: 0.0,
            revised: 0,
            first_brier: 0.0,
            last_brier: 0.0,
            calibration: [Bin::default(); BINS],
        }
    }

    fn add(&mut self, brier: f64, even: f64) {
        self.cases += 1;
        self.brier += brier;
        self.even += even;
    }

    fn say(&mut self, scenario: &Scenario, truth: Truth, shares: &Shares) {
        let true_one = truth.among(scenario, shares);
        for (at, share) in shares {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share is 0 to 1")]
            let bin = ((10.0 * share + 1e-9).floor() as usize).min(BINS - 1);
            if let Some(bin) = self.calibration.get_mut(bin) {
                bin.count += 1;
                bin.sum += share;
                bin.true_ones += usize::from(true_one == Some(*at));
            }
        }
    }
}
