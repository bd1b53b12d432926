//! The opening sentences: the support of the lead, whether one item decides it, the part of assumptions.

use super::SensitivityReport;
use crate::engine::Sensitivity;
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{count, thousands};
use crate::scenario::Kind;

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
            ([], Some(removal)) => {
                Some((if removal.units == 1 { "it" } else { "them" }, &lead.leaders_after))
            }
            // Of several each is listed with who leads without it.
            (_, _) => None,
        };
        if let Some((them, after)) = without {
            rests_on.push(plain(format!(" Without {them} {}.", conclusion.who_leads(after))));
        }
        vec![rests_on, if lead.pillars.is_empty() { self.single_items(found) } else { Vec::new() }]
    }

    /// Says whether one item decides who leads.
    fn single_items(&self, found: &Sensitivity<'_>) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        if conclusion.competing() < 2 || self.matrix.items().is_empty() {
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

    /// Says who leads without assumptions; empty if there are none.
    pub(super) fn assumptions(&self, found: &Sensitivity<'_>) -> Vec<Phrase<'_>> {
        let items = self.matrix.items().iter().filter_map(|at| self.scenario.evidence.get(*at));
        let assumptions = items.filter(|item| item.kind() == Kind::Assumption).count();
        if assumptions == 0 || found.leaders.is_empty() {
            return Vec::new();
        }
        let without = if assumptions == 1 {
            "Without the one assumption".to_owned()
        } else {
            format!("Without the {}", count(assumptions, "assumption", "assumptions"))
        };
        if found.without_assumptions.leaders == found.leaders {
            return vec![plain(format!("{without} nothing changes at the top."))];
        }
        let after = self.conclusion().who_leads(&found.without_assumptions.leaders);
        vec![strong(without), plain(format!(" {after}."))]
    }
}
