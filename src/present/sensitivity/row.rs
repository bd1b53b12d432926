//! The same as one plain table: a row for each what-if that changes something or was asked by name.

use std::borrow::Cow;

use super::SensitivityReport;
use crate::engine::{Removal, Sensitivity};
use crate::present::record::{RecordField, Records};
use crate::present::table::Lazy;

const COLUMNS: [&str; 8] =
    ["what_if", "evidence", "hypothesis", "source", "rating", "steps", "units", "leaders"];

/// One what-if. What does not apply is empty.
#[derive(Clone, Debug, Default)]
struct WhatIfRow<'a> {
    what_if: &'static str,
    evidence: Vec<&'a str>,
    hypothesis: Option<&'a str>,
    source: Option<&'a str>,
    rating: Option<&'static str>,
    steps: Option<usize>,
    units: Option<usize>,
    leaders: Option<Vec<&'a str>>,
}

impl<'a> WhatIfRow<'a> {
    fn fields(&self) -> Vec<RecordField<'a>> {
        let listed = |names: &[&str]| match names {
            [] => RecordField::Empty,
            names => RecordField::text(names.join(", ")),
        };
        vec![
            RecordField::text(self.what_if),
            listed(&self.evidence),
            RecordField::maybe(self.hypothesis, RecordField::text),
            RecordField::maybe(self.source, RecordField::text),
            RecordField::maybe(self.rating, RecordField::text),
            RecordField::maybe(self.steps, RecordField::Count),
            RecordField::maybe(self.units, RecordField::Count),
            self.leaders.as_deref().map_or(RecordField::Empty, listed),
        ]
    }
}

impl SensitivityReport<'_> {
    pub(super) fn rows(&self) -> Records<'_> {
        let rows = self.found.as_ref().map(|found| self.rows_of(found)).unwrap_or_default();
        Records {
            columns: COLUMNS.map(Cow::Borrowed).into(),
            rows: Lazy::new(rows.len(), move |at| rows.get(at).map(WhatIfRow::fields).unwrap_or_default()),
        }
    }

    fn rows_of<'b>(&'b self, found: &'b Sensitivity<'_>) -> Vec<WhatIfRow<'b>> {
        let conclusion = self.conclusion();
        let id = |hypothesis: usize| self.hypothesis_id(hypothesis);
        let ids = |hypotheses: &[usize]| Some(hypotheses.iter().map(|at| id(*at)).collect());
        let mut rows = Vec::new();
        rows.extend(found.critical_items.iter().map(|item| WhatIfRow {
            what_if: "without-evidence",
            evidence: vec![conclusion.item_id(item.row)],
            leaders: ids(&item.leaders_after),
            ..WhatIfRow::default()
        }));
        rows.extend(found.critical_cells.iter().map(|cell| WhatIfRow {
            what_if: "cell",
            evidence: vec![conclusion.item_id(cell.row)],
            hypothesis: Some(id(cell.hypothesis)),
            rating: Some(cell.rating.as_str()),
            steps: Some(cell.steps.into()),
            leaders: ids(&cell.leaders_after),
            ..WhatIfRow::default()
        }));
        for overturn in found.overturn.iter().flatten() {
            let row = |what_if, removal: &Option<Removal>, leaders| WhatIfRow {
                what_if,
                evidence: removal.as_ref().map(|removal| conclusion.ids(&removal.rows)).unwrap_or_default(),
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
        rows
    }
}
