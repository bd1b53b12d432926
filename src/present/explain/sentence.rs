//! The summary that an analyst would write underneath: two or three sentences.

use super::ExplainReport;
use crate::engine::Lead;
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{capitalized, count, decimal, list, signed};

/// Items named in a sentence.
const NAMED: usize = 2;

impl ExplainReport<'_> {
    /// Sums up the hypothesis asked for, else the leader and the one next in rank.
    pub(super) fn summary(&self) -> Vec<Vec<Phrase<'_>>> {
        if self.scored.matrix.items().is_empty() {
            return Vec::new();
        }
        let mut said = Vec::new();
        match (self.asked, self.scored.ranking.leaders.as_slice()) {
            (Some(hypothesis), _) => said.extend(self.in_short(hypothesis)),
            (None, [leader]) => {
                said.extend(self.in_short(*leader));
                said.extend(self.next().map(|next| self.duel(next, true)));
            }
            // Of many that are level each has its figures above.
            (None, leaders) if leaders.len() > NAMED => {}
            (None, leaders) => said.extend(leaders.iter().map(|leader| self.burden(*leader))),
        }
        said
    }

    /// Says what weighs against a hypothesis, and what sets it apart from the leader or, for a leader, what its lead rests on.
    fn in_short(&self, hypothesis: usize) -> Vec<Vec<Phrase<'_>>> {
        let mut said = vec![self.burden(hypothesis)];
        if self.rival(hypothesis).is_some() {
            said.push(self.duel(hypothesis, false));
        } else if self.leader() == Some(hypothesis) {
            let lead = Lead::new(&self.scored.matrix, self.scored.ranking.method);
            said.extend(lead.map(|lead| self.conclusion().rests_on(&lead)));
        }
        said
    }

    /// Returns the first of those next in rank.
    fn next(&self) -> Option<usize> {
        self.scored
            .ranking
            .order()
            .into_iter()
            .find(|at| self.scored.ranking.rank(*at).is_some_and(|rank| rank > 1))
    }

    /// Says what weighs most against a hypothesis.
    fn burden(&self, hypothesis: usize) -> Vec<Phrase<'_>> {
        if self.scored.ranking.score(hypothesis).is_none() {
            return Vec::new();
        }
        let name = strong(self.conclusion().names(&[hypothesis]));
        let Some(explained) = self.explained(hypothesis) else { return Vec::new() };
        let against = &explained.case.against;
        let named = self.named(against.iter().map(|(row, figure)| (*row, signed(*figure))));
        match against.len() {
            // That is said beside its name.
            0 => Vec::new(),
            few @ ..=NAMED => {
                let speak = if few == 1 { "speaks" } else { "speak" };
                vec![plain(format!("Only {named} {speak} against ")), name, plain(".")]
            }
            many => {
                let total = signed(against.iter().map(|(_, figure)| figure).sum());
                let of = count(many, "item", "items");
                vec![plain("Most weighs against "), name, plain(format!(": {named}; {of} make {total}."))]
            }
        }
    }

    /// Says what sets a hypothesis apart from the leader, either way.
    fn duel(&self, hypothesis: usize, introduced: bool) -> Vec<Phrase<'_>> {
        let Some(leader) = self.rival(hypothesis) else { return Vec::new() };
        let Some(explained) = self.explained(hypothesis) else { return Vec::new() };
        let versus = &explained.case.versus_leader;
        let (lost, won): (Vec<_>, Vec<_>) = versus.iter().partition(|(_, figure)| *figure > 0.0);
        let named = |list: &[&(usize, f64)]| {
            self.named(list.iter().map(|(row, figure)| (*row, decimal(figure.abs()))))
        };
        let beside = format!("compared with {} it", self.conclusion().names(&[leader]));
        let told = match (lost.is_empty(), won.is_empty()) {
            (false, false) => {
                format!("{beside} loses most by {} and wins most by {}.", named(&lost), named(&won))
            }
            (false, true) => {
                format!("{beside} loses most by {}; no item speaks the other way.", named(&lost))
            }
            (true, false) => format!("{beside} wins by {}, and yet is behind by its prior.", named(&won)),
            (true, true) => format!("no item sets it apart from {}.", self.conclusion().names(&[leader])),
        };
        if introduced {
            let name = strong(self.conclusion().names(&[hypothesis]));
            return vec![plain("Next in rank: "), name, plain(format!("; {told}"))];
        }
        vec![plain(capitalized(&told))]
    }

    /// Lists the first of these items, each with its figure.
    fn named(&self, figures: impl Iterator<Item = (usize, String)>) -> String {
        let named = figures.take(NAMED);
        let named: Vec<String> =
            named.map(|(row, figure)| format!("{} ({figure})", self.conclusion().item_id(row))).collect();
        list(&named)
    }
}
