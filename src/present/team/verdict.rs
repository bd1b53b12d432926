//! The team in words: how far the raters agree, who leads by each, on what they differ.

use super::TeamReport;
use super::rater::labels;
use crate::engine::Mark;
use crate::present::conclusion::headers;
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::words::{count, decimal, list, some, thousands};
use crate::scenario::{Rating, Scenario};

/// From this alpha on results can be relied on, and from the second on they allow tentative conclusions (Krippendorff,
/// Content Analysis, 2004, chapter 11).
const RELIABLE: f64 = 0.8;
const TENTATIVE: f64 = 0.667;
/// Ids named before they are only counted.
const MOST_NAMED: usize = 6;

impl TeamReport<'_> {
    /// All that is said before any table.
    pub(super) fn verdict(&self) -> Vec<Vec<Phrase<'_>>> {
        if self.raters.len() < 2 {
            return vec![vec![
                strong("There is one rater"),
                plain(
                    ", so there is nothing to compare. A second version makes a second rater: another file, or the same in another revision.",
                ),
            ]];
        }
        vec![self.agreement(), self.leaders(), self.difference(), self.farthest(), self.partial()]
    }

    fn agreement(&self) -> Vec<Phrase<'_>> {
        let raters = match self.raters.len() {
            2 => "The two raters".to_owned(),
            several => format!("The {} raters", thousands(several)),
        };
        let Some(alpha) = self.alpha else {
            let pairs =
                self.team.cells().any(|(_, _, marks)| marks.iter().filter(|m| m.is_on_scale()).count() > 1);
            let why = if pairs {
                "every rating that has another to be compared with is the same, so nothing shows what the raters can tell apart"
            } else {
                "no two of them rated the same cell CC to II"
            };
            return vec![strong(format!("{raters} cannot be measured")), plain(format!(": {why}."))];
        };
        let (how, then) = match alpha {
            RELIABLE.. => ("agree well", "enough to rely on"),
            TENTATIVE.. => ("agree moderately", "enough for tentative conclusions only"),
            0.0.. => ("agree little", "too little to rely on what any one of them says"),
            _ => ("agree less than chance would have them", "look for a question that they read differently"),
        };
        vec![strong(format!("{raters} {how}")), plain(format!(" (alpha {}): {then}.", decimal(alpha)))]
    }

    /// Who leads by each rater and by the consensus.
    fn leaders(&self) -> Vec<Phrase<'_>> {
        let labels = labels(self.raters);
        // Raters with the same leaders are named together, in the order of the first of them.
        let mut camps: Vec<(String, Vec<&str>)> = Vec::new();
        for ((rater, ranking), label) in self.raters.iter().zip(&self.rankings).zip(&labels) {
            let leaders = headers(rater.scenario, &ranking.leaders);
            match camps.iter_mut().find(|(other, _)| *other == leaders) {
                Some((_, raters)) => raters.push(label),
                None => camps.push((leaders, vec![label])),
            }
        }
        let together = self.rankings.last().map(|ranking| headers(&self.consensus, &ranking.leaders));
        match (camps.as_slice(), together) {
            ([(leaders, _)], Some(together)) if *leaders == together => {
                vec![
                    plain("By all of them, and by their consensus, the lead is with "),
                    strong(together),
                    plain("."),
                ]
            }
            ([(leaders, _)], Some(together)) => vec![
                plain("By all of them the lead is with "),
                strong(leaders.clone()),
                plain(", yet by their consensus with "),
                strong(together),
                plain("."),
            ],
            (camps, together) => {
                let mut said = vec![strong("They do not have the same leader")];
                let camp = |(leaders, raters): &(String, Vec<&str>)| {
                    format!("{leaders} ({})", some(raters, MOST_NAMED))
                };
                let camps: Vec<String> = camps.iter().map(camp).collect();
                said.push(plain(format!(": {}.", camps.join("; "))));
                said.extend(together.map(|together| plain(format!(" By their consensus: {together}."))));
                said
            }
        }
    }

    /// Where they differ most.
    fn difference(&self) -> Vec<Phrase<'_>> {
        let Some(most) = self.disputes.first() else {
            return vec![plain("No cell that several of them rated is rated differently.")];
        };
        let marks = self.team.cell(most.row, most.column);
        let said: Vec<&str> = marks.iter().filter_map(|mark| mark.rating()).map(Rating::as_str).collect();
        let several =
            self.team.cells().filter(|(_, _, marks)| marks.iter().filter(|m| **m != Mark::Blank).count() > 1);
        let cells = count(several.count(), "cell", "cells");
        vec![
            plain(format!(
                "They differ on {} of {cells} that several rated, most on ",
                thousands(self.disputes.len())
            )),
            strong(self.cell_name(*most)),
            plain(format!(" ({}).", some(&said, MOST_NAMED))),
        ]
    }

    /// Who is far from the rest; nobody in particular where there are only two.
    fn farthest(&self) -> Vec<Phrase<'_>> {
        if self.raters.len() < 3 {
            return match self.team.distance(0, 1) {
                Some(apart) if apart > 0.0 => {
                    vec![plain(format!("On average they lie {} steps of the scale apart.", decimal(apart)))]
                }
                Some(_) | None => Vec::new(),
            };
        }
        let apart = self.distances();
        let greatest = apart.iter().flatten().copied().fold(0.0, f64::max);
        let mut far = apart.iter().zip(labels(self.raters)).filter(|(apart, _)| **apart == Some(greatest));
        match (far.next(), far.next()) {
            (Some((_, label)), None) if greatest > 0.0 => vec![
                strong(label),
                plain(format!(
                    " lies farthest from the others: {} steps of the scale from their consensus on average.",
                    decimal(greatest)
                )),
            ],
            _ => Vec::new(),
        }
    }

    /// What is not in every version.
    fn partial(&self) -> Vec<Phrase<'_>> {
        let lacks = |has: &dyn Fn(&Scenario) -> bool| self.raters.iter().any(|rater| !has(rater.scenario));
        let sets: Vec<std::collections::HashSet<&str>> = self
            .raters
            .iter()
            .map(|rater| rater.scenario.evidence.iter().map(|item| item.id.as_str()).collect())
            .collect();
        let items: Vec<&str> = self
            .team
            .rows()
            .iter()
            .map(|id| id.as_str())
            .filter(|id| sets.iter().any(|set| !set.contains(id)))
            .collect();
        let hypotheses: Vec<&str> = self
            .team
            .columns()
            .iter()
            .filter(|id| lacks(&|scenario| scenario.hypotheses.iter().any(|h| h.id == **id)))
            .map(|id| id.as_str())
            .collect();
        let mut parts = Vec::new();
        if !hypotheses.is_empty() {
            parts.push(format!(
                "{} ({})",
                count(hypotheses.len(), "hypothesis", "hypotheses"),
                some(&hypotheses, MOST_NAMED)
            ));
        }
        if !items.is_empty() {
            parts.push(format!("{} ({})", count(items.len(), "item", "items"), some(&items, MOST_NAMED)));
        }
        if parts.is_empty() {
            return Vec::new();
        }
        vec![dim(format!("Not in every version, and blank where they are not: {}.", list(&parts)))]
    }
}
