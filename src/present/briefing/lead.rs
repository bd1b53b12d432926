//! Who leads, in the sentences of the bottom line.

use super::BriefingReport;
use super::block::{Sentence, joined, say, stress};
use crate::engine::{Ranking, families};
use crate::present::words::{
    capitalized, decimal, grouped, list, method_words, percent, shown_word, spelled,
};
use crate::scenario::LeadClaim;

impl BriefingReport<'_> {
    /// Says who leads, how far, and from which priors.
    pub(super) fn lead(&self) -> Sentence<'_> {
        let (ranking, conclusion) = (&self.scored.ranking, self.scored.conclusion());
        let leaders = ranking.leaders.as_slice();
        let competing: Vec<usize> = self.scored.matrix.competing(self.scored.method).collect();
        let unrated: Vec<usize> =
            self.scored.matrix.comparable().filter(|at| self.scored.matrix.on_scale(*at) == 0).collect();
        let Some(first) = leaders.first() else { return joined([conclusion.verdict()]) };
        let mut said = Vec::new();
        let among = if unrated.is_empty() || competing.len() == 1 {
            String::new()
        } else {
            said.push(stress(format!("Not rated yet: {}. ", self.names(&unrated))));
            format!("of the {} that are, ", competing.len())
        };
        let score = self.shown_score(ranking, *first);
        let next = conclusion.next();
        let beside = |next: &[usize]| match next.first() {
            Some(one) => format!("; next, {} with {}", self.names(next), self.shown_score(ranking, *one)),
            None => String::new(),
        };
        let names = stress(self.names(leaders));
        match leaders {
            [_] if competing.len() == 1 => {
                said.extend([say("Only "), names, say(" has ratings: it leads over nothing.")]);
            }
            all if all.len() == competing.len() => {
                let all = spelled(all.len());
                said.push(stress(format!("This count does not tell the {all} hypotheses apart")));
                said.push(say(format!(": all are level ({score}).")));
            }
            _ if self.is_bayes() => said.extend(self.most_probable(ranking, &beside(&next))),
            [leader] => {
                said.push(say(capitalized(&among)));
                said.push(names);
                let count = competing.len();
                let best = self.score_of(ranking, *leader);
                said.push(say(match (self.scored.method.claim(), best) {
                    (LeadClaim::LeastContradicted, 0.0) => {
                        let next = beside(&next);
                        let next = next.trim_start_matches("; ");
                        format!(" is least contradicted: no item is rated against it ({next}).")
                    }
                    (LeadClaim::LeastContradicted, _) => format!(
                        " is least contradicted: of the {count} hypotheses compared, least weighs against it \
                         ({score}{}).",
                        beside(&next)
                    ),
                    (_, best) if best > 0.0 => format!(" is best supported ({score}{}).", beside(&next)),
                    (_, 0.0) => format!(
                        " leads, but what speaks for it and what speaks against it are level ({score}{}).",
                        beside(&next)
                    ),
                    (_, _) => format!(
                        " leads, but more speaks against it than for it ({score}{}), as with every other.",
                        beside(&next)
                    ),
                }));
            }
            several => {
                said.push(say(capitalized(&among)));
                said.push(names);
                let rest = competing.len() - several.len();
                let than = if rest == 1 { "the other".to_owned() } else { format!("the other {rest}") };
                said.push(say(match self.scored.method.claim() {
                    LeadClaim::LeastContradicted => format!(
                        " share the lead: equally contradicted ({score}), less than {than}. This count does not tell \
                         them apart."
                    ),
                    LeadClaim::BestSupported | LeadClaim::MostProbable => format!(
                        " share the lead: equally supported ({score}), better than {than}. This count does not tell \
                         them apart."
                    ),
                }));
            }
        }
        said
    }

    /// Says under `bayes` who is most probable, and that this need not be likely.
    fn most_probable(&self, ranking: &Ranking, next: &str) -> Sentence<'_> {
        let leaders = ranking.leaders.as_slice();
        let Some(leader) = leaders.first() else { return Vec::new() };
        let p = self.score_of(ranking, *leader);
        let word = shown_word(self.scored.scenario.yardstick(), p);
        let given = self.scored.scenario.hypotheses.iter().any(|h| h.is_active() && h.prior.is_some());
        let priors = if given { "the priors given" } else { "even priors" };
        let mut said = vec![stress(self.names(leaders))];
        said.push(say(match (leaders, p) {
            ([one], _) if self.scored.matrix.is_residual(*one) => {
                format!(
                    " is most probable: {}, {word}, from {priors}{next}. It stands for what is not listed.",
                    percent(p)
                )
            }
            ([_], p) if p < 0.55 => format!(
                " is more probable than any other and still not likely: {}, {word}, from {priors}{next}.",
                percent(p)
            ),
            ([_], _) => format!(" is most probable: {}, {word}, from {priors}{next}.", percent(p)),
            (_, _) => format!(
                " share the lead: equally probable, {} each, {word}, from {priors}{next}.",
                percent(p)
            ),
        }));
        for family in families(self.scored.scenario, ranking) {
            said.push(say(format!(
                " The family \u{201c}{}\u{201d} has {} together.",
                family.name,
                percent(family.posterior)
            )));
        }
        said
    }

    /// Says who leads by other methods; empty where all methods have the same leaders.
    pub(super) fn other_counts(&self) -> Sentence<'_> {
        let leaders = self.scored.ranking.leaders.as_slice();
        if leaders.is_empty() {
            return Vec::new();
        }
        let others = self.rankings.iter().filter(|ranking| ranking.leaders != leaders);
        let groups = grouped(
            others.map(|own| (own.leaders.as_slice(), method_words(own.method).score.to_lowercase())),
        );
        if groups.is_empty() {
            return Vec::new();
        }
        let each = |(leaders, methods): &(&[usize], Vec<String>)| {
            format!(
                "{}, {}",
                list(methods),
                if leaders.is_empty() { "nobody".to_owned() } else { self.names(leaders) }
            )
        };
        let groups: Vec<String> = groups.iter().map(each).collect();
        vec![say(format!("By another count others lead: by {}.", groups.join("; by ")))]
    }

    pub(super) fn score_of(&self, ranking: &Ranking, hypothesis: usize) -> f64 {
        ranking.score(hypothesis).unwrap_or_default()
    }

    /// Returns a score as a sentence has it: what weighs against a hypothesis is above 0.
    pub(super) fn shown_score(&self, ranking: &Ranking, hypothesis: usize) -> String {
        let score = self.score_of(ranking, hypothesis);
        match ranking.method.claim() {
            LeadClaim::LeastContradicted => decimal(-score),
            LeadClaim::BestSupported => decimal(score),
            LeadClaim::MostProbable => percent(score),
        }
    }

    pub(super) fn is_bayes(&self) -> bool {
        !self.scored.method.is_additive()
    }
}

/// Returns `one item` or `12 items`.
pub(super) fn spelled_count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", spelled(number), if number == 1 { one } else { many })
}
