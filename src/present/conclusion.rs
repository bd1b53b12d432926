//! The conclusion in words: who leads, by how much, and with which caveats.
//!
//! Every report that ranks uses these sentences, so that no two of them differ.

use super::phrase::{Phrase, dim, plain, strong};
use super::section::Section;
use super::target::with_kind;
use super::words::{count, decimal, list, percent, probability_word, thousands};
use super::{Request, next_command, next_edit};
use crate::engine::{Matrix, Ranking};
use crate::scenario::{Date, Hypothesis, ItemKind, Method, Scenario};

/// Names listed in one sentence; more are only counted.
const MOST_NAMES: usize = 4;

/// A ranking of a scenario, to be put into words.
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

    /// Number of hypotheses that compete.
    pub(super) fn competing(self) -> usize {
        self.matrix.competing(self.ranking.method).count()
    }

    /// Returns the number of blank cells of a hypothesis.
    #[must_use]
    pub fn unrated(self, hypothesis: usize) -> usize {
        self.matrix.unrated(hypothesis)
    }

    /// Counts the items and hypotheses, with the day that limits or dates them.
    #[must_use]
    pub fn extent(self, limit: Option<Date>) -> String {
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

    /// Returns the title section of a report by the ranking's method.
    pub(super) fn title_by_method(self, limit: Option<Date>) -> Section<'a> {
        Section::title(self.scenario, format!("{}, by {}", self.extent(limit), self.ranking.method))
    }

    /// Suggests a command that adds what is needed before anything can be concluded; `None` if nothing is missing.
    pub(super) fn first_step(self, request: Request<'_>) -> Option<Section<'a>> {
        match self.scenario.hypotheses.first() {
            None => next_edit("add", request, "hypothesis ID --name NAME adds a hypothesis"),
            Some(rejected) if self.matrix.active().next().is_none() => {
                let target = with_kind(self.scenario, ItemKind::Hypothesis, &rejected.id);
                let purpose = format!("{target}.status active takes a hypothesis up again");
                next_edit("set", request, &purpose)
            }
            Some(_) if self.scenario.evidence.is_empty() => {
                next_edit("add", request, "evidence ID --text TEXT adds an item")
            }
            Some(_) if self.matrix.items().is_empty() => {
                next_command("timeline", request, "tells when evidence became known")
            }
            Some(_) => None,
        }
    }

    /// Like `first_step`, but also suggests a second hypothesis if only one is active.
    pub(super) fn step_to_contest(self, request: Request<'_>) -> Option<Section<'a>> {
        let is_alone = self.matrix.comparable().count() == 1;
        let purpose = "hypothesis ID --name NAME adds one to compete with it";
        self.first_step(request).or_else(|| next_edit("add", request, purpose).filter(|_| is_alone))
    }

    /// Says in one or two sentences who leads and by how much.
    #[must_use]
    pub fn verdict(self) -> Vec<Phrase<'a>> {
        let competing = self.competing();
        let leaders = &self.ranking.leaders;
        if self.scenario.hypotheses.is_empty() {
            return vec![strong("There are no hypotheses yet.")];
        }
        if self.matrix.active().next().is_none() {
            return vec![
                strong("No hypothesis is active"),
                plain(": every one of them is rejected, so there is nothing to rank."),
            ];
        }
        if self.matrix.items().is_empty() {
            let none = if self.scenario.evidence.is_empty() {
                "There is no evidence yet"
            } else {
                "No evidence was known by then"
            };
            return vec![strong(none), plain(": nothing sets the hypotheses apart.")];
        }
        let (several, lead) = (leaders.len() > 1, self.names(leaders));
        match leaders.as_slice() {
            [] if competing > 0 => Vec::new(),
            [] => vec![strong("No hypothesis is rated yet"), plain(", so there is nothing to rank.")],
            [_] if competing == 1 => {
                let only = if self.matrix.active().count() == 1 { "active" } else { "rated" };
                vec![plain(format!("The only {only} hypothesis leads unopposed: ")), strong(lead), plain(".")]
            }
            all if several && all.len() == competing => {
                let everyone = if competing == 2 { "Both".to_owned() } else { format!("All {competing}") };
                let level = strong(format!("{everyone} hypotheses are level"));
                vec![level, plain(format!("{}.", self.probability()))]
            }
            _ => {
                let what = match (self.ranking.method.is_additive(), several) {
                    (true, false) => "Best fit: ",
                    (true, true) => "Level at the top: ",
                    (false, false) => "Most probable: ",
                    (false, true) => "Level as the most probable: ",
                };
                let rest = format!("{}{}{}.", self.probability(), self.reason(), self.ahead());
                vec![plain(what), strong(lead), plain(rest)]
            }
        }
    }

    /// Says why a sole leader leads.
    fn reason(self) -> &'static str {
        let [leader] = self.ranking.leaders.as_slice() else {
            return "";
        };
        match self.ranking.method {
            Method::Inconsistency | Method::Weighted if self.score(*leader) == 0.0 => {
                ". Nothing speaks against it"
            }
            Method::Inconsistency | Method::Weighted => ". Least speaks against it",
            Method::Net => ". On balance most speaks for it",
            Method::Bayes => "",
        }
    }

    /// Says under `bayes` how probable the leaders are; otherwise empty.
    fn probability(self) -> String {
        let leaders = &self.ranking.leaders;
        match (self.ranking.method, leaders.first()) {
            (Method::Bayes, Some(leader)) => {
                let p = self.score(*leader);
                let each = if leaders.len() > 1 { " each" } else { "" };
                format!(", {}{each} ({})", percent(p), probability_word(self.scenario.yardstick(), p))
            }
            (Method::Inconsistency | Method::Weighted | Method::Net | Method::Bayes, _) => String::new(),
        }
    }

    /// Says the margin over the next in rank, and who that is.
    fn ahead(self) -> String {
        let Some(margin) = self.ranking.margin else {
            return String::new();
        };
        let ranks = &self.ranking.ranks;
        let next = ranks.iter().flatten().filter(|rank| **rank > 1).min();
        let next: Vec<usize> = (0..ranks.len())
            .filter(|at| next.is_some() && ranks.get(*at).and_then(Option::as_ref) == next)
            .collect();
        let margin = if self.ranking.method.is_additive() {
            decimal(margin)
        } else {
            format!("{} percentage points", percent(margin).trim_end_matches('%'))
        };
        format!(", {margin} ahead of {}", self.names(&next))
    }

    /// Says what makes the conclusion provisional, and how much is left to rate for active hypotheses. Empty if all
    /// is rated.
    #[must_use]
    pub fn caveat(self) -> Vec<Phrase<'a>> {
        let items = self.matrix.items().len();
        let all = items * self.matrix.active().count();
        let unrated: usize = self.matrix.active().map(|at| self.unrated(at)).sum();
        let mut said = Vec::new();
        if self.is_provisional() {
            let leaders: Vec<usize> =
                self.ranking.leaders.iter().copied().filter(|at| self.unrated(*at) > 0).collect();
            let open: usize = leaders.iter().map(|at| self.unrated(*at)).sum();
            let of = if leaders.len() == 1 { self.names(&leaders) } else { "the leaders".to_owned() };
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
                "{} of {all} {are} not rated, none of them the leader's.",
                count(unrated, "cell", "cells")
            )));
        }
        said
    }

    /// Lists the rejected hypotheses; empty if there are none, or if nobody leads.
    #[must_use]
    pub fn rejected(self) -> Vec<Phrase<'a>> {
        let rejected: Vec<usize> =
            (0..self.matrix.hypothesis_count()).filter(|at| !self.matrix.is_active(*at)).collect();
        if rejected.is_empty() || self.ranking.leaders.is_empty() {
            return Vec::new();
        }
        vec![dim(format!("Rejected, so without a rank: {}.", self.names(&rejected)))]
    }

    fn score(self, hypothesis: usize) -> f64 {
        self.ranking.scores.get(hypothesis).copied().flatten().unwrap_or_default()
    }

    fn name(self, hypothesis: usize) -> &'a str {
        self.scenario.hypotheses.get(hypothesis).map_or("", |h| h.name.as_str())
    }

    /// Lists the names of these hypotheses, or counts them.
    #[must_use]
    pub fn names(self, hypotheses: &[usize]) -> String {
        if hypotheses.len() > MOST_NAMES {
            return count(hypotheses.len(), "hypothesis", "hypotheses");
        }
        list(&hypotheses.iter().map(|at| self.name(*at)).collect::<Vec<_>>())
    }
}

/// Lists the short names of hypotheses, or counts them; `none` if there are none.
#[must_use]
pub(super) fn headers(scenario: &Scenario, hypotheses: &[usize]) -> String {
    let header = |at: &usize| scenario.hypotheses.get(*at).map(Hypothesis::header);
    let names: Vec<&str> = hypotheses.iter().filter_map(header).collect();
    match names.len() {
        0 => "none".to_owned(),
        1..=MOST_NAMES => list(&names),
        several => count(several, "hypothesis", "hypotheses"),
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
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Best fit: Alpha. Nothing speaks against it, 2.00 ahead of Beta.");
        insta::assert_snapshot!(said(&scenario, Method::Net), @"Best fit: Alpha. On balance most speaks for it, 3.00 ahead of Beta.");
    }

    #[test]
    fn ties_are_ties() {
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")], &["C N II"]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Level at the top: Alpha and Beta, 2.00 ahead of Gamma.");
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["I I"]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Both hypotheses are level.");
        insta::assert_snapshot!(said(&scenario, Method::Bayes), @"Both hypotheses are level, 50.0% each (roughly even chance).");
    }

    #[test]
    fn blanks_make_a_lead_provisional() {
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &[". I", "C ."]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Best fit: Alpha. Nothing speaks against it, 1.00 ahead of Beta. Provisional: 1 cell of Alpha is not rated. In all 2 of 4 cells are not rated.");
        let scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["C I", "C ."]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"Best fit: Alpha. Nothing speaks against it, 1.00 ahead of Beta. 1 cell of 4 is not rated, none of them the leader's.");
    }

    #[test]
    fn what_is_empty_is_said_to_be() {
        let mut scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &[]);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"There is no evidence yet: nothing sets the hypotheses apart.");
        scenario = sample::scenario(&[("a", "Alpha"), ("b", "Beta")], &["C I"]);
        scenario.hypotheses[1].status = Some(Status::Rejected);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"The only active hypothesis leads unopposed: Alpha. Rejected, so without a rank: Beta.");
        scenario.hypotheses[0].status = Some(Status::Rejected);
        insta::assert_snapshot!(said(&scenario, Method::Weighted), @"No hypothesis is active: every one of them is rejected, so there is nothing to rank.");
        insta::assert_snapshot!(said(&Scenario::new("t"), Method::Weighted), @"There are no hypotheses yet.");
    }
}
