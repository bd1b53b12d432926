//! The findings as one plain table: a row for each what-if that changes something or is always asked.

use serde::Serialize;

use super::SensitivityReport;
use crate::engine::{Removal, Sensitivity};
use crate::present::record::Records;
use crate::present::scored::ids;

const COLUMNS: &[&str] =
    &["what_if", "evidence", "hypothesis", "source", "rating", "steps", "units", "leaders"];

/// One what-if. Fields that do not apply are empty, lists are joined with commas.
#[derive(Debug, Default, Serialize)]
struct WhatIfRow<'a> {
    what_if: &'static str,
    evidence: Option<String>,
    hypothesis: Option<&'a str>,
    source: Option<&'a str>,
    rating: Option<&'static str>,
    steps: Option<usize>,
    units: Option<usize>,
    leaders: Option<String>,
}

/// Joins ids; `None` where there are none.
fn joined(ids: &[impl AsRef<str>]) -> Option<String> {
    let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
    (!ids.is_empty()).then(|| ids.join(", "))
}

impl SensitivityReport<'_> {
    pub(super) fn rows(&self) -> Records<'_> {
        Records::of(COLUMNS, self.found.as_ref().map(|found| self.rows_of(found)).unwrap_or_default())
    }

    fn rows_of<'b>(&'b self, found: &'b Sensitivity<'_>) -> Vec<WhatIfRow<'b>> {
        let scenario = self.scored.scenario;
        let id = |hypothesis: usize| scenario.hypotheses.get(hypothesis).map(|found| found.id.as_str());
        let item = |row: usize| Some(self.scored.item_id(row).to_owned());
        let row = |what_if, leaders: &[usize]| WhatIfRow {
            what_if,
            leaders: joined(&ids(scenario, leaders)),
            ..WhatIfRow::default()
        };
        let mut rows = Vec::new();
        rows.extend(found.critical_items.iter().map(|found| WhatIfRow {
            evidence: item(found.row),
            ..row("without-evidence", &found.leaders_after)
        }));
        rows.extend(found.critical_cells.iter().map(|cell| WhatIfRow {
            evidence: item(cell.row),
            hypothesis: id(cell.hypothesis),
            rating: Some(cell.rating.as_str()),
            steps: Some(cell.steps.into()),
            ..row("cell", &cell.leaders_after)
        }));
        for overturn in found.overturn.iter().flatten() {
            let row = |what_if, removal: &Option<Removal>, leaders: Option<&[usize]>| WhatIfRow {
                evidence: removal.as_ref().and_then(|removal| joined(&self.conclusion().ids(&removal.rows))),
                hypothesis: id(overturn.challenger),
                units: removal.as_ref().map(|removal| removal.units),
                ..row(what_if, leaders.unwrap_or_default())
            };
            rows.push(row("tie", &overturn.tie, None));
            rows.push(row("overturn", &overturn.overturn, overturn.leaders_after.as_deref()));
        }
        rows.extend(found.without_source.iter().map(|(source, without)| WhatIfRow {
            source: Some(source),
            ..row("without-source", &without.leaders)
        }));
        rows.extend(found.deception.iter().map(|(hypothesis, without)| WhatIfRow {
            hypothesis: id(*hypothesis),
            ..row("deception", &without.leaders)
        }));
        rows.push(row("without-assumptions", &found.without_assumptions.leaders));
        rows.push(row("without-low-credibility", &found.without_low_credibility.leaders));
        let common = row("common-items", &found.common.leaders);
        rows.push(WhatIfRow { units: Some(found.common.items), ..common });
        rows
    }
}
