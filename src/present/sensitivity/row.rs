//! The findings as one plain table: a row for each what-if that changes something or is always asked.

use serde::Serialize;

use super::SensitivityReport;
use crate::engine::{Removal, Sensitivity};
use crate::present::record::Records;

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
fn joined(ids: &[&str]) -> Option<String> {
    (!ids.is_empty()).then(|| ids.join(", "))
}

impl SensitivityReport<'_> {
    pub(super) fn rows(&self) -> Records<'_> {
        let rows = self.found.as_ref().map(|found| self.rows_of(found)).unwrap_or_default();
        Records::of(COLUMNS, rows)
    }

    fn rows_of<'b>(&'b self, found: &'b Sensitivity<'_>) -> Vec<WhatIfRow<'b>> {
        let conclusion = self.conclusion();
        let id = |hypothesis: usize| self.hypothesis_id(hypothesis);
        let ids = |hypotheses: &[usize]| joined(&hypotheses.iter().map(|at| id(*at)).collect::<Vec<_>>());
        let mut rows = Vec::new();
        rows.extend(found.critical_items.iter().map(|item| WhatIfRow {
            what_if: "without-evidence",
            evidence: Some(conclusion.item_id(item.row).to_owned()),
            leaders: ids(&item.leaders_after),
            ..WhatIfRow::default()
        }));
        rows.extend(found.critical_cells.iter().map(|cell| WhatIfRow {
            what_if: "cell",
            evidence: Some(conclusion.item_id(cell.row).to_owned()),
            hypothesis: Some(id(cell.hypothesis)),
            rating: Some(cell.rating.as_str()),
            steps: Some(cell.steps.into()),
            leaders: ids(&cell.leaders_after),
            ..WhatIfRow::default()
        }));
        for overturn in found.overturn.iter().flatten() {
            let row = |what_if, removal: &Option<Removal>, leaders| WhatIfRow {
                what_if,
                evidence: removal.as_ref().and_then(|removal| joined(&conclusion.ids(&removal.rows))),
                hypothesis: Some(id(overturn.challenger)),
                units: removal.as_ref().map(|removal| removal.units),
                leaders,
                ..WhatIfRow::default()
            };
            rows.push(row("tie", &overturn.tie, None));
            rows.push(row("overturn", &overturn.overturn, overturn.leaders_after.as_deref().and_then(ids)));
        }
        rows.extend(found.without_source.iter().map(|(source, without)| WhatIfRow {
            what_if: "without-source",
            source: Some(source),
            leaders: ids(&without.leaders),
            ..WhatIfRow::default()
        }));
        rows.extend(found.deception.iter().map(|(hypothesis, without)| WhatIfRow {
            what_if: "deception",
            hypothesis: Some(id(*hypothesis)),
            leaders: ids(&without.leaders),
            ..WhatIfRow::default()
        }));
        rows.push(WhatIfRow {
            what_if: "without-assumptions",
            leaders: ids(&found.without_assumptions.leaders),
            ..WhatIfRow::default()
        });
        rows.push(WhatIfRow {
            what_if: "without-low-credibility",
            leaders: ids(&found.without_low_credibility.leaders),
            ..WhatIfRow::default()
        });
        rows.push(WhatIfRow {
            what_if: "common-items",
            units: Some(found.common.items),
            leaders: ids(&found.common.leaders),
            ..WhatIfRow::default()
        });
        rows
    }
}
