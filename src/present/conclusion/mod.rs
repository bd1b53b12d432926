//! The conclusion in words: who leads, by how much, and with which caveats.
//!
//! Every report that names a leader uses these sentences, so that no two of them differ, and none leaves out a caveat.

mod caveat;
#[cfg(test)]
mod tests;

use crate::engine::{Matrix, Ranking};
pub(super) use caveat::note;

use crate::present::phrase::{Phrase, plain, strong};
use crate::present::section::Section;
use crate::present::target::with_kind;
use crate::present::words::{capitalized, count, decimal, list, percent, points, shown_word, thousands};
use crate::present::{Request, next_command, next_edit};
use crate::scenario::{Evidence, Hypothesis, ItemKind, LeadClaim, Scenario};

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
    /// Active hypotheses but a residual that have no rating CC to II, and so are not ranked.
    fn unrated_hypotheses(self) -> Vec<usize> {
        self.matrix.comparable().filter(|at| self.matrix.on_scale(*at) == 0).collect()
    }

    /// Positions of the hypotheses that are ranked.
    pub(super) fn competing(self) -> Vec<usize> {
        self.matrix.competing(self.ranking.method).collect()
    }

    /// Counts the items and hypotheses, with the day or filter that limits them.
    #[must_use]
    pub fn extent(self, request: Request<'_>) -> String {
        let (counted, all) = (self.matrix.items().len(), self.scenario.evidence.len());
        let items = if counted == all {
            count(all, "item", "items")
        } else {
            format!("{} of {}", thousands(counted), count(all, "item", "items"))
        };
        let hypotheses = count(self.scenario.hypotheses.len(), "hypothesis", "hypotheses");
        let dated = match (request.as_of, self.scenario.as_of) {
            (None, Some(day)) => format!(", as of {day}"),
            (Some(_), _) | (None, None) => String::new(),
        };
        request.limits(format!("{items}, {hypotheses}{dated}"))
    }

    /// Returns the title section of a report by the ranking's method.
    pub(super) fn title_by_method(self, request: Request<'_>) -> Section<'a> {
        Section::title(self.scenario, format!("{}, by {}", self.extent(request), self.ranking.method))
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
                next_command("timeline", request, "shows when evidence became known")
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
        if let Some(nothing) = self.nothing_to_rank() {
            return nothing;
        }
        let (leaders, competing) = (&self.ranking.leaders, self.competing());
        let lead = strong(self.names(leaders));
        // Under inconsistent priors nothing can be ranked.
        if leaders.is_empty() {
            return Vec::new();
        }
        let unrated = self.unrated_hypotheses();
        let mut said = Vec::new();
        if !unrated.is_empty() {
            said.push(strong("Not rated yet: "));
            said.push(plain(format!("{}. ", self.names(&unrated))));
        }
        let among = match (unrated.is_empty(), competing.len()) {
            (true, _) | (_, 1) => String::new(),
            (false, rated) => format!("Of the {rated} that are, "),
        };
        match leaders.as_slice() {
            [_] if competing.len() == 1 => {
                said.extend([plain("The only hypothesis to compete leads unopposed: "), lead, plain(".")]);
            }
            all if all.len() == competing.len() => {
                let level = match (among.as_str(), all.len()) {
                    ("", 2) => "Both hypotheses are level".to_owned(),
                    ("", number) => format!("All {number} hypotheses are level"),
                    (among, _) => format!("{among}all are level"),
                };
                said.extend([strong(level), plain(format!("{}.", self.probability()))]);
            }
            _ => {
                let rest = format!("{}{}.{}", self.probability(), self.ahead(), self.reason());
                let how = self.how_they_lead();
                let how = if among.is_empty() { capitalized(how) } else { format!("{among}{how}") };
                said.extend([plain(format!("{how}: ")), lead, plain(rest)]);
            }
        }
        said
    }

    /// Why there is nothing to rank; `None` where a hypothesis competes.
    fn nothing_to_rank(self) -> Option<Vec<Phrase<'a>>> {
        let matrix = self.matrix;
        let (what, rest) = if self.scenario.hypotheses.is_empty() {
            ("There are no hypotheses yet", ".")
        } else if matrix.active().next().is_none() {
            ("No hypothesis is active", ": every one of them is rejected, so there is nothing to rank.")
        } else if self.scenario.evidence.is_empty() {
            ("There is no evidence yet", ": nothing sets the hypotheses apart.")
        } else if self.scenario.evidence.iter().all(Evidence::is_withdrawn) {
            ("All evidence is withdrawn", ": nothing sets the hypotheses apart.")
        } else if matrix.items().is_empty() {
            ("None of the evidence counts", ": nothing sets the hypotheses apart.")
        } else if self.competing().is_empty() {
            ("No hypothesis is rated yet", ", so there is nothing to rank.")
        } else {
            return None;
        };
        Some(vec![strong(what), plain(rest)])
    }

    /// How the leaders lead, in the words of docs/method.md.
    fn how_they_lead(self) -> &'static str {
        let several = self.ranking.leaders.len() > 1;
        let best = self.ranking.leaders.first().map_or(0.0, |leader| self.score(*leader));
        match (self.ranking.method.claim(), several) {
            (LeadClaim::LeastContradicted, false) => "least contradicted",
            (LeadClaim::LeastContradicted, true) => "level as the least contradicted",
            // At 0 or less nothing is supported on balance.
            (LeadClaim::BestSupported, false) if best > 0.0 => "best supported",
            (LeadClaim::BestSupported, true) if best > 0.0 => "level as the best supported",
            (LeadClaim::BestSupported, false) => "in the lead",
            (LeadClaim::BestSupported, true) => "level in the lead",
            (LeadClaim::MostProbable, false) => "most probable",
            (LeadClaim::MostProbable, true) => "level as the most probable",
        }
    }

    /// The reason that the leaders' score gives by itself; empty if it gives none.
    fn reason(self) -> &'static str {
        let Some(score) = self.ranking.leaders.first().map(|leader| self.score(*leader)) else { return "" };
        let several = self.ranking.leaders.len() > 1;
        match self.ranking.method.claim() {
            LeadClaim::LeastContradicted if score == 0.0 && several => " Nothing speaks against them.",
            LeadClaim::LeastContradicted if score == 0.0 => " Nothing speaks against it.",
            LeadClaim::BestSupported if score == 0.0 => " On balance nothing speaks for or against the lead.",
            LeadClaim::BestSupported if score < 0.0 => {
                " Yet on balance more speaks against the lead than for it."
            }
            LeadClaim::LeastContradicted | LeadClaim::BestSupported | LeadClaim::MostProbable => "",
        }
    }

    /// Says under `bayes` how probable the leaders are; otherwise empty.
    fn probability(self) -> String {
        let leaders = &self.ranking.leaders;
        match leaders.first() {
            Some(leader) if !self.ranking.method.is_additive() => {
                let p = self.score(*leader);
                let each = if leaders.len() > 1 { " each" } else { "" };
                format!(", {}{each} ({})", percent(p), shown_word(self.scenario.yardstick(), p))
            }
            Some(_) | None => String::new(),
        }
    }

    /// Says the margin over the next in rank, and who that is.
    fn ahead(self) -> String {
        let margin = self.margin().map(|margin| format!(", {margin} ahead of {}", self.names(&self.next())));
        margin.unwrap_or_default()
    }

    /// The margin over the next in rank as it is shown; `None` if there is no lower rank.
    #[must_use]
    pub fn margin(self) -> Option<String> {
        let (margin, leader) = (self.ranking.margin?, self.ranking.leaders.first()?);
        Some(match self.next().first() {
            Some(next) if !self.ranking.method.is_additive() => {
                points(self.score(*leader), self.score(*next))
            }
            _ => decimal(margin),
        })
    }

    /// The hypotheses next in rank after the leaders.
    pub(super) fn next(self) -> Vec<usize> {
        let ranks = &self.ranking.ranks;
        let next = ranks.iter().flatten().filter(|rank| **rank > 1).min();
        let is_next = |at: &usize| next.is_some() && ranks.get(*at).and_then(Option::as_ref) == next;
        (0..ranks.len()).filter(is_next).collect()
    }

    fn score(self, hypothesis: usize) -> f64 {
        self.ranking.score(hypothesis).unwrap_or_default()
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
pub(super) fn headers(scenario: &Scenario, hypotheses: &[usize]) -> String {
    let header = |at: &usize| scenario.hypotheses.get(*at).map(Hypothesis::header);
    let names: Vec<&str> = hypotheses.iter().filter_map(header).collect();
    match names.len() {
        0 => "none".to_owned(),
        1..=MOST_NAMES => list(&names),
        several => count(several, "hypothesis", "hypotheses"),
    }
}
