//! The conclusion in words: who leads, by how much, and how provisional that is.
//!
//! Every report that ranks says it with these sentences, so that two of them never tell it differently.

use super::phrase::{Phrase, dim, plain, strong};
use super::words::{count, decimal, list, percent, probability_word, thousands};
use crate::engine::{Matrix, Ranking};
use crate::scenario::{Day, Hypothesis, Method, Scenario};

/// More names than this in one sentence are counted instead.
const MOST_NAMES: usize = 4;

/// A ranking of a scenario, about to be put into words.
#[derive(Clone, Copy, Debug)]
pub struct Conclusion<'a> {
    /// The scenario.
    pub scenario: &'a Scenario,
    /// Its matrix.
    pub matrix: &'a Matrix,
    /// Its ranking by one method.
    pub ranking: &'a Ranking,
}

impl<'a> Conclusion<'a> {
    /// Whether a leader has cells that nobody has rated.
    #[must_use]
    pub fn is_provisional(self) -> bool {
        self.ranking.leaders.iter().any(|leader| self.unrated(*leader) > 0)
    }

    /// Cells of a hypothesis that nobody has rated.
    #[must_use]
    pub fn unrated(self, hypothesis: usize) -> usize {
        self.matrix.unrated(hypothesis)
    }

    /// How much there is to conclude from: items, hypotheses, the day that limits or dates them.
    #[must_use]
    pub fn extent(self, limit: Option<Day>) -> String {
        let (counted, all) = (self.matrix.items().len(), self.scenario.evidence.len());
        let items = if counted == all {
            count(all, "item", "items")
        } else {
            format!("{} of {}", thousands(counted), count(all, "item", "items"))
        };
        let hypotheses = count(self.scenario.hypotheses.len(), "hypothesis", "hypotheses");
        match (limit, self.scenario.as_of) {
            (Some(day), _) => format!("{items}, {hypotheses}, as known on {day}"),
            (None, Some(day)) => format!("{items}, {hypotheses}, as of {day}"),
            (None, None) => format!("{items}, {hypotheses}"),
        }
    }

    /// Who leads and by how much, in one or two sentences.
    #[must_use]
    pub fn verdict(self) -> Vec<Phrase<'a>> {
        let active = self.matrix.active().count();
        let leaders = &self.ranking.leaders;
        if self.scenario.hypotheses.is_empty() {
            return vec![strong("There are no hypotheses yet.")];
        }
        if active == 0 {
            return vec![
                strong("No hypothesis is active"),
                plain(": every one of them is rejected, so there is nothing to rank."),
            ];
        }
        if self.matrix.items().is_empty() {
            return vec![strong("There is no evidence yet"), plain(": nothing sets the hypotheses apart.")];
        }
        match leaders.as_slice() {
            [] => Vec::new(),
            [only] if active == 1 => {
                vec![strong(self.name(*only)), plain(" is the only active hypothesis: it leads unopposed.")]
            }
            [leader] => self.lead(*leader),
            all if all.len() == active => vec![
                strong(if active == 2 {
                    "Both hypotheses are level".to_owned()
                } else {
                    format!("All {active} hypotheses are level")
                }),
                plain(format!("{}.", self.standing(all, ": "))),
            ],
            several => vec![
                strong(self.names(several)),
                plain(format!(
                    " {}{}{}.",
                    if self.ranking.method.is_additive() {
                        "fit equally well"
                    } else {
                        "are equally probable"
                    },
                    self.standing(several, ": "),
                    self.ahead()
                )),
            ],
        }
    }

    fn lead(self, leader: usize) -> Vec<Phrase<'a>> {
        let score = self.score(leader);
        let how = match self.ranking.method {
            Method::Inconsistency | Method::Weighted if score == 0.0 => {
                " fits best: nothing speaks against it"
            }
            Method::Inconsistency | Method::Weighted => " fits best: least speaks against it",
            Method::Net => " fits best: on balance most speaks for it",
            Method::Bayes => " is the most probable",
        };
        let words = self.standing(&[leader], ": ");
        vec![strong(self.name(leader)), plain(format!("{how}{words}{}.", self.ahead()))]
    }

    /// Under `bayes`, how probable these are, with the word for it; otherwise nothing.
    fn standing(self, leaders: &[usize], before: &str) -> String {
        match (self.ranking.method, leaders.first()) {
            (Method::Bayes, Some(leader)) => {
                let p = self.score(*leader);
                let each = if leaders.len() > 1 { " each" } else { "" };
                let word = probability_word(self.scenario.yardstick(), p);
                format!("{before}{}{each} ({word})", percent(p))
            }
            (Method::Inconsistency | Method::Weighted | Method::Net | Method::Bayes, _) => String::new(),
        }
    }

    /// The margin over the next in rank, and who that is.
    fn ahead(self) -> String {
        let Some(margin) = self.ranking.margin else {
            return String::new();
        };
        let next = self.ranking.ranks.iter().flatten().filter(|rank| **rank > 1).min();
        let behind: Vec<usize> = (0..self.ranking.ranks.len())
            .filter(|at| next.is_some() && self.ranking.ranks.get(*at).copied().flatten() == next.copied())
            .collect();
        let margin = if self.ranking.method.is_additive() {
            decimal(margin)
        } else {
            format!("{} percentage points", percent(margin).trim_end_matches('%'))
        };
        format!(", {margin} ahead of {}", self.names(&behind))
    }

    /// What makes the conclusion provisional, and how much is left to rate. Empty where all is rated.
    #[must_use]
    pub fn caveat(self) -> Vec<Phrase<'a>> {
        let items = self.matrix.items().len();
        let all = items * self.matrix.hypothesis_count();
        let unrated: usize = (0..self.matrix.hypothesis_count()).map(|at| self.unrated(at)).sum();
        let mut said = Vec::new();
        if self.is_provisional() {
            let leaders: Vec<usize> =
                self.ranking.leaders.iter().copied().filter(|at| self.unrated(*at) > 0).collect();
            let open: usize = leaders.iter().map(|at| self.unrated(*at)).sum();
            let of = if leaders.len() == 1 {
                self.name(leaders.first().copied().unwrap_or_default()).to_owned()
            } else {
                "the leaders".to_owned()
            };
            let are = if open == 1 { "is" } else { "are" };
            said.push(strong("Provisional"));
            said.push(plain(format!(": {} of {of} {are} not rated.", count(open, "cell", "cells"))));
            if unrated > open {
                said.push(dim(format!(
                    " In all {} of {} are not rated.",
                    unrated,
                    count(all, "cell", "cells")
                )));
            }
        } else if unrated > 0 {
            let are = if unrated == 1 { "is" } else { "are" };
            said.push(plain(format!(
                "{} of {all} {are} not rated, none of the leader's.",
                count(unrated, "cell", "cells")
            )));
        }
        said
    }

    /// Which hypotheses are rejected; empty where none is or none is active.
    #[must_use]
    pub fn rejected(self) -> Vec<Phrase<'a>> {
        let rejected: Vec<usize> =
            (0..self.matrix.hypothesis_count()).filter(|at| !self.matrix.is_active(*at)).collect();
        match rejected.as_slice() {
            [] => Vec::new(),
            _ if self.ranking.leaders.is_empty() => Vec::new(),
            [one] => vec![dim(format!("{} is rejected, so it has no rank.", self.name(*one)))],
            several => vec![dim(format!("{} are rejected, so they have no rank.", self.names(several)))],
        }
    }

    fn score(self, hypothesis: usize) -> f64 {
        self.ranking.scores.get(hypothesis).copied().flatten().unwrap_or_default()
    }

    fn name(self, hypothesis: usize) -> &'a str {
        self.scenario.hypotheses.get(hypothesis).map_or("", |h: &Hypothesis| h.name.as_str())
    }

    /// The names of these hypotheses as a list, or how many they are.
    #[must_use]
    pub fn names(self, hypotheses: &[usize]) -> String {
        if hypotheses.len() > MOST_NAMES {
            return count(hypotheses.len(), "hypothesis", "hypotheses");
        }
        list(&hypotheses.iter().map(|at| self.name(*at)).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::present::sample;
    use crate::scenario::Status;

    fn said(scenario: &Scenario, method: Method) -> String {
        let matrix = Matrix::new(scenario, None);
        let ranking = crate::engine::rank(&matrix, method);
        let conclusion = Conclusion { scenario, matrix: &matrix, ranking: &ranking };
        let phrases = [conclusion.verdict(), conclusion.caveat(), conclusion.rejected()];
        let sentences = phrases.iter().filter(|p| !p.is_empty());
        sentences.map(|p| p.iter().map(|p| p.text.as_ref()).collect::<String>()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_leader_is_named_with_the_margin() {
        let scenario =
            sample::scenario(&[("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")], &["C I I", "N I II"]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Alpha fits best: nothing speaks against it, 2.00 ahead of Beta.");
        insta::assert_snapshot!(said(&scenario, Method::Net), @"Alpha fits best: on balance most speaks for it, 3.00 ahead of Beta.");
    }

    #[test]
    fn ties_are_ties() {
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")], &["C N II"]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Alpha and Beta fit equally well, 2.00 ahead of Gamma.");
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["I I"]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Both hypotheses are level.");
        insta::assert_snapshot!(said(&scenario, Method::Bayes), @"Both hypotheses are level: 50.0% each (roughly even chance).");
    }

    #[test]
    fn blanks_make_a_lead_provisional() {
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &[". I", "C ."]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Alpha fits best: nothing speaks against it, 1.00 ahead of Beta. Provisional: 1 cell of Alpha is not rated. In all 2 of 4 cells are not rated.");
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["C I", "C ."]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Alpha fits best: nothing speaks against it, 1.00 ahead of Beta. 1 cell of 4 is not rated, none of the leader's.");
    }

    #[test]
    fn what_is_empty_is_said_to_be() {
        let mut scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &[]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"There is no evidence yet: nothing sets the hypotheses apart.");
        scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["C I"]);
        scenario.hypotheses[1].status = Some(Status::Rejected);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Alpha is the only active hypothesis: it leads unopposed. Beta is rejected, so it has no rank.");
        scenario.hypotheses[0].status = Some(Status::Rejected);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"No hypothesis is active: every one of them is rejected, so there is nothing to rank.");
        insta::assert_snapshot!(said(&Scenario::new("t"), Method::Weighted), @"There are no hypotheses yet.");
    }
}
