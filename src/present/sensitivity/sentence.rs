//! The opening sentences: the support of the lead, whether one item decides it, the part of assumptions.

use super::SensitivityReport;
use crate::engine::{Sensitivity, assumptions, low_credibility};
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{count, thousands};

/// Names listed in a sentence; the rest is counted.
pub(super) const MOST_NAMES: usize = 8;

impl SensitivityReport<'_> {
    /// Says what the lead rests on, and whether one item decides it.
    pub(super) fn support(&self, found: &Sensitivity<'_>) -> Vec<Vec<Phrase<'_>>> {
        let conclusion = self.conclusion();
        let Some(lead) = &found.lead else { return vec![self.single_items(found)] };
        let mut rests_on = conclusion.rests_on(lead);
        let without = match (lead.pillars.as_slice(), &lead.rests_on) {
            ([pillar], _) => Some(("it", &pillar.leaders_after)),
            ([], Some(removal)) if lead.leaders_after != [lead.leader] => {
                Some((if removal.units == 1 { "it" } else { "them" }, &lead.leaders_after))
            }
            // Of several each is listed with who leads without it.
            (_, _) => None,
        };
        let without =
            without.map(|(them, after)| format!(" Without {them} {}.", conclusion.who_leads(after)));
        rests_on.extend(without.map(plain));
        vec![rests_on, if lead.pillars.is_empty() { self.single_items(found) } else { Vec::new() }]
    }

    /// Says whether one item decides who leads.
    fn single_items(&self, found: &Sensitivity<'_>) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        if conclusion.competing().len() < 2 || self.scored.matrix.items().is_empty() {
            return Vec::new();
        }
        match found.critical_items.as_slice() {
            [] => vec![plain("No single item decides who leads.")],
            [one] => {
                let (id, after) = (conclusion.item_id(one.row), conclusion.who_leads(&one.leaders_after));
                vec![strong("One item decides who leads"), plain(format!(": without {id} {after}."))]
            }
            several => {
                let number = thousands(several.len());
                vec![strong(format!("{number} items decide who leads, each alone")), plain(".")]
            }
        }
    }

    /// Says who leads without assumptions, without items of low credibility, and by the items that compare all; empty
    /// where a what-if drops nothing.
    pub(in crate::present) fn subsets(&self, found: &Sensitivity<'_>) -> Vec<Vec<Phrase<'_>>> {
        if found.leaders.is_empty() {
            return Vec::new();
        }
        let assumptions = assumptions(self.scored.scenario, &self.scored.matrix).len();
        let low = low_credibility(&self.scored.matrix).len();
        let without = |number, one, many| match number {
            1 => format!("Without the one {one}"),
            several => format!("Without the {}", count(several, one, many)),
        };
        let mut said = Vec::new();
        if assumptions > 0 {
            let what = without(assumptions, "assumption", "assumptions");
            said.push(self.subset(found, what, &found.without_assumptions.leaders));
        }
        if low > 0 {
            let what = without(low, "item of low credibility", "items of low credibility");
            said.push(self.subset(found, what, &found.without_low_credibility.leaders));
        }
        let several = self
            .scored
            .matrix
            .competing(self.scored.method)
            .filter(|at| !self.scored.matrix.is_residual(*at))
            .nth(1);
        if several.is_some() {
            said.push(match found.common.items {
                0 => vec![plain("No item compares all hypotheses: none is rated CC to II for each of them.")],
                items if items == self.scored.matrix.items().len() => {
                    vec![plain("Every item compares all hypotheses.")]
                }
                items => {
                    let what = count(items, "item that compares", "items that compare");
                    self.subset(found, format!("By the {what} all hypotheses"), &found.common.leaders)
                }
            });
        }
        said
    }

    fn subset(&self, found: &Sensitivity<'_>, what: String, leaders: &[usize]) -> Vec<Phrase<'_>> {
        if leaders == found.leaders {
            return vec![plain(format!("{what} nothing changes at the top."))];
        }
        vec![strong(what), plain(format!(" {}.", self.conclusion().who_leads(leaders)))]
    }
}
