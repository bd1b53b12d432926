//! The sentences that come first: what the lead rests on, whether one item decides it, what assumptions carry.

use super::SensitivityReport;
use crate::engine::Sensitivity;
use crate::present::phrase::{Phrase, plain, strong};
use crate::present::words::{count, some, thousands};
use crate::scenario::Kind;

/// Names that a list in a sentence gives before it only counts.
pub(super) const MOST_NAMES: usize = 8;

impl SensitivityReport<'_> {
    /// What the lead rests on, and whether one item decides it.
    pub(super) fn support(&self, found: &Sensitivity<'_>) -> Vec<Vec<Phrase<'_>>> {
        let conclusion = self.conclusion();
        let rests_on = found.lead.as_ref().map(|lead| {
            let mut rests_on = conclusion.rests_on(lead);
            if let Some(removal) = &lead.rests_on {
                let them = if removal.units == 1 { "it" } else { "them" };
                let after = conclusion.who_leads(&lead.leaders_after);
                rests_on.push(plain(format!(" Without {them} {after}.")));
            }
            rests_on
        });
        // Where the lead rests on one item that is said already.
        let alone = found.lead.as_ref().and_then(|lead| lead.rests_on.as_ref());
        let told = found.critical_items.len() == 1 && alone.is_some_and(|removal| removal.rows.len() == 1);
        let single = if told { Vec::new() } else { self.single_items(found) };
        rests_on.into_iter().chain([single]).collect()
    }

    fn single_items(&self, found: &Sensitivity<'_>) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        if self.matrix.active().count() < 2 || self.matrix.items().is_empty() {
            return Vec::new();
        }
        match found.critical_items.as_slice() {
            [] => vec![plain("No single item decides who leads.")],
            [one] => {
                let (id, after) = (conclusion.item_id(one.row), conclusion.who_leads(&one.leaders_after));
                vec![strong("One item decides who leads"), plain(format!(": without {id} {after}."))]
            }
            several => {
                let rows: Vec<usize> = several.iter().map(|item| item.row).collect();
                let ids = some(&conclusion.ids(&rows), MOST_NAMES);
                let number = thousands(several.len());
                vec![
                    strong(format!("{number} items decide who leads, each alone")),
                    plain(format!(": {ids}.")),
                ]
            }
        }
    }

    /// Who leads without assumptions; nothing where there are none.
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
        if found.without_assumptions == found.leaders {
            return vec![plain(format!("{without} nothing changes at the top."))];
        }
        let after = self.conclusion().who_leads(&found.without_assumptions);
        vec![strong(without), plain(format!(" {after}."))]
    }
}
