//! The team in words: how far the raters agree, who leads by each, where they differ.

use super::TeamReport;
use super::rater::labels;
use crate::engine::{Ranking, RatingCode};
use crate::present::conclusion::{headers, note};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::scored::ids;
use crate::present::words::{count, decimal, grouped, list, some, thousands};
use crate::scenario::{EvidenceId, HypothesisId, Rating, Scenario};

/// With fewer cells that several raters rated, alpha is not judged.
const FEW: usize = 10;
/// The least alpha of reliable results, and of tentative conclusions (Krippendorff, Content Analysis, 2004, chapter
/// 11).
const RELIABLE: f64 = 0.8;
const TENTATIVE: f64 = 0.667;
/// An alpha nearer to 0 than this is printed as 0.00.
const NONE: f64 = 0.005;
/// Ids listed; the rest is counted.
const MOST_NAMED: usize = 6;

impl TeamReport<'_> {
    /// Returns the sentences before the tables.
    pub(super) fn verdict(&self) -> Vec<Vec<Phrase<'_>>> {
        if self.raters.len() < 2 {
            return vec![vec![
                strong("There is one rater"),
                plain(
                    ", so there is nothing to compare. A second version makes a second rater: another file, or the same in another revision.",
                ),
            ]];
        }
        let mut said = vec![
            self.agreement(),
            self.leaders(),
            self.provisional(),
            self.difference(),
            self.farthest(),
            self.partial(),
        ];
        said.extend(self.first().and_then(note));
        said
    }

    fn agreement(&self) -> Vec<Phrase<'_>> {
        let raters = match self.raters.len() {
            2 => "The two raters".to_owned(),
            several => format!("The {} raters", thousands(several)),
        };
        let Some(alpha) = self.alpha else {
            let why = if self.team.compared() > 0 {
                "every rating that has another to be compared with is the same, so nothing shows what the raters can tell apart"
            } else {
                "no two of them rated the same cell CC to II"
            };
            let agreement = format!("{raters}' agreement cannot be measured");
            return vec![strong(agreement), plain(format!(": {why}."))];
        };
        let compared = self.team.compared();
        let cells = count(compared, "cell", "cells");
        let Some(interval) = self.alpha_interval.filter(|_| compared >= FEW) else {
            let alpha = decimal(alpha);
            let too_few = plain(format!(": alpha is {alpha}, from {cells} that several rated."));
            return vec![strong("There are too few cells to tell how far the raters agree"), too_few];
        };
        let (how, then) = match interval.low {
            RELIABLE.. => ("agree well", "enough to rely on"),
            TENTATIVE.. => ("agree moderately", "enough for tentative conclusions only"),
            NONE.. => ("agree more than by chance", "too little to rely on what any one of them says"),
            _ if interval.high > -NONE => {
                ("may agree no more than by chance", "see whether they read the question alike")
            }
            _ => ("agree less than by chance", "they seem to read the question differently"),
        };
        let (low, high) = (decimal(interval.low), decimal(interval.high));
        let measure = format!(" (alpha {}, between {low} and {high}, from {cells}): {then}.", decimal(alpha));
        vec![strong(format!("{raters} {how}")), plain(measure)]
    }

    /// Says by whom the lead is provisional.
    fn provisional(&self) -> Vec<Phrase<'_>> {
        let names = labels(self.raters).into_iter().chain(["the consensus".to_owned()]);
        let provisional = names.zip(&self.provisional).filter(|(_, provisional)| **provisional);
        let by: Vec<String> = provisional.map(|(name, _)| name).collect();
        if by.is_empty() {
            return Vec::new();
        }
        let reason = "a leader has gaps, or a hypothesis is not rated";
        vec![strong("Provisional"), plain(format!(" by {}: {reason}.", some(&by, MOST_NAMED)))]
    }

    /// Says who leads by each rater and by the consensus.
    fn leaders(&self) -> Vec<Phrase<'_>> {
        let labels = labels(self.raters);
        // Raters with the same leaders are named together, in the order of the first of them.
        let raters = self.raters.iter().zip(&self.rankings).zip(&labels).enumerate();
        // Who rated nothing has no say.
        let raters = raters.filter(|(at, _)| self.team.rated(*at) > 0);
        let camps = grouped(raters.map(|(_, ((rater, own), label))| {
            ((leader_ids(rater.scenario, own), headers(rater.scenario, &own.leaders)), label)
        }));
        let Some(ranking) = self.rankings.last() else { return Vec::new() };
        let together = headers(&self.consensus, &ranking.leaders);
        let all = if self.raters.len() == 2 { "both" } else { "all" };
        if camps.iter().all(|((ids, _), _)| ids.is_empty()) {
            return vec![plain("By none of them does anybody lead.")];
        }
        if let [((ids, leaders), _)] = camps.as_slice() {
            if *ids == leader_ids(&self.consensus, ranking) {
                let lead = plain(format!("By {all} of them, and by their consensus, the lead is with "));
                return vec![lead, strong(together), plain(".")];
            }
            let lead = plain(format!("By {all} of them the lead is with "));
            let yet = plain(", yet by their consensus with ");
            return vec![lead, strong(leaders.clone()), yet, strong(together), plain(".")];
        }
        let told = camps.iter().map(|((_, leaders), by)| format!("{leaders} ({})", some(by, MOST_NAMED)));
        let told: Vec<String> = told.collect();
        let rest = format!(": {}. By their consensus: {together}.", told.join("; "));
        vec![strong("They do not have the same leader"), plain(rest)]
    }

    /// Says where they differ most.
    fn difference(&self) -> Vec<Phrase<'_>> {
        let several =
            |codes: &[RatingCode]| codes.iter().filter(|code| **code != RatingCode::Blank).count() > 1;
        let rated = self.team.cells().filter(|(_, _, codes)| several(codes)).count();
        let Some(most) = self.disputes.first() else {
            let same = plain("No cell that several of them rated is rated differently.");
            return if rated > 0 { vec![same] } else { Vec::new() };
        };
        let codes = self.team.cell(most.row, most.column);
        let said: Vec<&str> = codes.iter().filter_map(|code| code.rating()).map(Rating::as_str).collect();
        let cells = count(rated, "cell", "cells");
        vec![
            plain(format!(
                "They differ on {} of {cells} that several rated, most on ",
                thousands(self.disputes.len())
            )),
            strong(self.cell_name(*most)),
            plain(format!(" ({}).", some(&said, MOST_NAMED))),
        ]
    }

    /// Says who is farthest from the rest or, of two raters, how far they are apart.
    fn farthest(&self) -> Vec<Phrase<'_>> {
        if self.raters.len() < 3 {
            return match self.team.distance(0, 1) {
                Some(apart) if apart > 0.0 => {
                    vec![plain(format!("On average they are {} steps of the scale apart.", decimal(apart)))]
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
                    " is farthest from the others: {} steps of the scale from their consensus on average.",
                    decimal(greatest)
                )),
            ],
            _ => Vec::new(),
        }
    }

    /// Says which items and hypotheses are not in every version.
    fn partial(&self) -> Vec<Phrase<'_>> {
        let items: Vec<&str> = self.team.partial_rows().map(|id| id.as_str()).collect();
        let hypotheses: Vec<&str> = self.team.partial_columns().map(|id| id.as_str()).collect();
        match counted(&items, &hypotheses) {
            Some(parts) => vec![dim(format!("Not in every version, and blank where they are not: {parts}."))],
            None => Vec::new(),
        }
    }

    /// Returns the items and hypotheses that the first version, and so the consensus, lacks; `None` if there are none.
    #[must_use]
    pub fn left_out_of_consensus(&self) -> Option<String> {
        let items: Vec<&str> = self.team.new_rows().iter().map(EvidenceId::as_str).collect();
        let hypotheses: Vec<&str> = self.team.new_columns().iter().map(HypothesisId::as_str).collect();
        counted(&items, &hypotheses)
    }
}

/// Counts items and hypotheses, with their ids; `None` if there are none.
fn counted(items: &[&str], hypotheses: &[&str]) -> Option<String> {
    let part = |ids: &[&str], one, many| {
        (!ids.is_empty()).then(|| format!("{} ({})", count(ids.len(), one, many), some(ids, MOST_NAMED)))
    };
    let parts = [part(items, "item", "items"), part(hypotheses, "hypothesis", "hypotheses")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| list(&parts))
}

/// Returns the ids of the leaders, sorted.
fn leader_ids<'a>(scenario: &'a Scenario, ranking: &Ranking) -> Vec<&'a HypothesisId> {
    let mut leaders = ids(scenario, &ranking.leaders);
    leaders.sort_unstable();
    leaders
}
