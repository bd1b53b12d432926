//! Everything that qualifies a conclusion: the one place that decides which caveats a reader is told.

use super::{Conclusion, MOST_NAMES};
use crate::engine::{Family, Provisional, counting, families, priors, provisional};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::words::{count, percent, shown_word, some, thousands};
use crate::scenario::Scenario;

/// Priors listed in one sentence; more are only counted.
const MOST_PRIORS: usize = 8;
/// Logarithms of probabilities nearer to each other than this are level, as for the engine.
const LEVEL: f64 = 1e-9;

impl<'a> Conclusion<'a> {
    /// Whether the conclusion is provisional, as docs/method.md defines it.
    #[must_use]
    pub fn is_provisional(self) -> bool {
        provisional(self.matrix, self.ranking).is_some()
    }

    /// Words the gaps that make a conclusion provisional.
    fn gaps(self, found: &Provisional) -> String {
        let Provisional { leaders, unrated, items } = found;
        let mut gaps = Vec::new();
        let open: Vec<usize> = leaders.iter().filter(|gap| gap.blank > 0).map(|gap| gap.hypothesis).collect();
        let of = if open.len() == 1 { self.names(&open) } else { "the leaders".to_owned() };
        match leaders.iter().map(|gap| gap.blank).sum() {
            0 => {}
            1 => gaps.push(format!("1 cell of {of} is not rated")),
            blank => gaps.push(format!("{} cells of {of} are not rated", thousands(blank))),
        }
        let few = leaders.iter().filter(|gap| 2 * gap.on_scale < *items).take(MOST_NAMES);
        gaps.extend(few.map(|gap| {
            let (rated, of) = (thousands(gap.on_scale), count(*items, "item", "items"));
            format!("{} is rated CC to II in {rated} of {of} only", self.name(gap.hypothesis))
        }));
        if !unrated.is_empty() {
            gaps.push(format!("nothing is rated yet for {}", self.names(unrated)));
        }
        gaps.join("; ")
    }

    /// Returns everything that qualifies the conclusion, a sentence each: that it is provisional, the priors it stands
    /// on, families that share a lead, hypotheses without a rank, items that do not count, and the scenario's note.
    #[must_use]
    pub fn caveats(self) -> Vec<Vec<Phrase<'a>>> {
        self.doubts().into_iter().chain(self.asides()).collect()
    }

    /// Returns the caveats that go with the first sentence: that the conclusion is provisional, and the priors.
    pub(in crate::present) fn doubts(self) -> Vec<Vec<Phrase<'a>>> {
        let mut said = vec![self.proviso()];
        said.extend(self.priors());
        said.retain(|sentence| !sentence.is_empty());
        said
    }

    /// Returns the other caveats, which a page may tell at its end.
    pub(in crate::present) fn asides(self) -> Vec<Vec<Phrase<'a>>> {
        let mut said = vec![self.family(), self.unranked(), self.withdrawn()];
        said.extend(note(self.scenario));
        said.retain(|sentence| !sentence.is_empty());
        said
    }

    /// Says what makes the conclusion provisional, and how much is left to rate. Empty if all is rated.
    pub(in crate::present) fn proviso(self) -> Vec<Phrase<'a>> {
        let compared: Vec<usize> = self.matrix.comparable().collect();
        let all = count(self.matrix.items().len() * compared.len(), "cell", "cells");
        let unrated: usize = compared.iter().map(|at| self.matrix.unrated(*at)).sum();
        let of_leaders: usize = self.ranking.leaders.iter().map(|at| self.matrix.unrated(*at)).sum();
        let are = if unrated == 1 { "is" } else { "are" };
        match provisional(self.matrix, self.ranking) {
            Some(found) => {
                let mut said = vec![strong("Provisional"), plain(format!(": {}.", self.gaps(&found)))];
                if unrated > of_leaders {
                    said.push(dim(format!(" In all, {} of {all} {are} not rated.", thousands(unrated))));
                }
                said
            }
            None if unrated > 0 && !self.ranking.leaders.is_empty() => {
                let unrated = thousands(unrated);
                vec![plain(format!("{unrated} of {all} {are} not rated, none of them the leader's."))]
            }
            None => Vec::new(),
        }
    }

    /// Says under `bayes` which priors the posteriors stand on, whether these decide who leads, and the sums of families.
    pub(in crate::present) fn priors(self) -> Vec<Vec<Phrase<'a>>> {
        if self.ranking.method.is_additive() || self.ranking.leaders.is_empty() {
            return Vec::new();
        }
        let priors = priors(self.matrix).unwrap_or_default();
        let families = families(self.scenario, self.ranking);
        let given = self.scenario.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some());
        let listed = priors.iter().map(|(at, prior)| format!("{} {}", self.name(*at), percent(*prior)));
        let mut said = vec![vec![plain(if given {
            format!(
                "Posteriors stand on the priors given: {}.",
                some(&listed.collect::<Vec<_>>(), MOST_PRIORS)
            )
        } else if families.is_empty() {
            "Posteriors stand on even priors.".to_owned()
        } else {
            "Posteriors stand on even priors: each family has the share of one hypothesis.".to_owned()
        })]];
        // The evidence alone: the posterior without the prior, compared in logarithms.
        let evidence = |at: usize, prior: f64| self.score(at).ln() - prior.ln();
        let best = priors.iter().map(|(at, prior)| evidence(*at, *prior)).fold(f64::NEG_INFINITY, f64::max);
        let by_evidence: Vec<usize> = priors
            .iter()
            .filter(|(at, prior)| best - evidence(*at, *prior) <= LEVEL)
            .map(|(at, _)| *at)
            .collect();
        if best.is_finite() && by_evidence != self.ranking.leaders {
            let would = if by_evidence.len() == 1 { "would lead" } else { "would be level in the lead" };
            said.push(vec![
                strong("The priors decide"),
                plain(format!(": by the evidence alone {} {would}.", self.names(&by_evidence))),
            ]);
        }
        said.extend(families.iter().map(|Family { name, members, posterior }| {
            let (all, word) = (percent(*posterior), shown_word(self.scenario.yardstick(), *posterior));
            vec![plain(format!("The family {name} ({}) has {all} in all ({word}).", self.names(members)))]
        }));
        said
    }

    /// Says under an additive method, which knows no families, that a leader is one of several cases of one idea.
    fn family(self) -> Vec<Phrase<'a>> {
        let method = self.ranking.method;
        let family = |at: usize| self.scenario.hypotheses.get(at).and_then(|h| h.family.as_deref());
        let found = self.ranking.leaders.iter().find_map(|leader| {
            let name = family(*leader).filter(|_| method.is_additive())?;
            let members: Vec<usize> =
                self.competing().into_iter().filter(|at| family(*at) == Some(name)).collect();
            (members.len() > 1).then_some((name, members))
        });
        let Some((name, members)) = found else { return Vec::new() };
        vec![plain(format!(
            "{} are cases of one idea, the family {name}: under {method}, which knows no families, they share its \
             lead and hide what it rests on.",
            self.names(&members)
        ))]
    }

    /// Lists the hypotheses without a rank that are rejected or a residual; empty if nobody leads.
    fn unranked(self) -> Vec<Phrase<'a>> {
        if self.ranking.leaders.is_empty() {
            return Vec::new();
        }
        let (matrix, ranks) = (self.matrix, &self.ranking.ranks);
        let without = |at: &usize| ranks.get(*at).is_some_and(Option::is_none);
        let all = || (0..matrix.hypothesis_count()).filter(without);
        let rejected: Vec<usize> = all().filter(|at| !matrix.is_active(*at)).collect();
        let residual: Vec<usize> = all().filter(|at| matrix.is_residual(*at)).collect();
        let mut said = Vec::new();
        if !rejected.is_empty() {
            said.push(dim(format!("Rejected, so without a rank: {}.", self.names(&rejected))));
        }
        if !residual.is_empty() {
            let space = if said.is_empty() { "" } else { " " };
            said.push(dim(format!("{space}Residual, so ranked by bayes only: {}.", self.names(&residual))));
        }
        said
    }

    /// Counts the withdrawn items, and those that rest on them.
    fn withdrawn(self) -> Vec<Phrase<'a>> {
        let evidence = &self.scenario.evidence;
        let withdrawn = evidence.iter().filter(|item| item.is_withdrawn()).count();
        if withdrawn == 0 {
            return Vec::new();
        }
        let left = counting(self.scenario, None, |_| true).into_iter().filter(|counts| *counts).count();
        let resting = match evidence.len() - withdrawn - left {
            0 => String::new(),
            1 => ", nor does 1 that rests on what is withdrawn".to_owned(),
            several => format!(", nor do {} that rest on what is withdrawn", thousands(several)),
        };
        let (are, do_) = if withdrawn == 1 { ("is", "does") } else { ("are", "do") };
        let items = count(withdrawn, "item", "items");
        vec![dim(format!("{items} {are} withdrawn and {do_} not count{resting}."))]
    }

    /// The analyst's own conclusion, named as theirs; empty if the scenario has none.
    #[must_use]
    pub fn analysts_own(self) -> Vec<Phrase<'a>> {
        let Some(conclusion) = self.scenario.conclusion.as_deref() else { return Vec::new() };
        vec![strong("The analyst concludes: "), plain(conclusion)]
    }
}

/// The scenario's note, which every reader must know.
pub(in crate::present) fn note(scenario: &Scenario) -> Option<Vec<Phrase<'_>>> {
    scenario.note.as_deref().map(|note| vec![strong("Note: "), plain(note)])
}
