//! The cells on which raters differ, side by side.

use super::rater::labels;
use super::{Dispute, TeamReport};
use crate::engine;
use crate::present::phrase::{Phrase, dim};
use crate::present::table::{Align, Cell, Column, Role, Table, Tone};
use crate::present::words::{decimal, thousands};

/// Cells listed; the rest is counted.
const MOST_SHOWN: usize = 20;

impl TeamReport<'_> {
    /// Returns the disputed cells, the greatest disagreement first.
    pub(super) fn disputes_table(&self) -> Option<Table<'_>> {
        if self.disputes.is_empty() {
            return None;
        }
        let mut columns = vec![
            Column::new("Cell", Role::Key, Align::Left),
            Column::named(Cell::plain("Apart"), "Disagreement", Role::Figure, Align::Right),
        ];
        columns.extend(
            self.raters.iter().zip(labels(self.raters)).map(|(rater, label)| {
                Column::named(Cell::plain(label), rater.name, Role::Value, Align::Right)
            }),
        );
        let consensus = Cell::new("Consensus", Tone::Strong);
        columns.push(Column::named(consensus, "Consensus", Role::Value, Align::Right));
        let rows = self.disputes.iter().take(MOST_SHOWN).map(|dispute| {
            let dispute = *dispute;
            let codes = self.team.cell(dispute.row, dispute.column);
            let mut cells =
                vec![Cell::plain(self.cell_name(dispute)), Cell::plain(decimal(dispute.disagreement))];
            cells.extend(codes.iter().map(|code| Cell::rating(code.rating())));
            cells.push(Cell::rating(engine::consensus(codes)));
            cells
        });
        Some(Table::of(columns, rows.collect()))
    }

    /// Says how many disputed cells are not listed.
    pub(super) fn left_out(&self) -> Vec<Vec<Phrase<'_>>> {
        match self.disputes.len().checked_sub(MOST_SHOWN) {
            Some(rest) if rest > 0 => {
                let cells = if rest == 1 { "cell" } else { "cells" };
                vec![vec![dim(format!(
                    "They differ less on {} more {cells}; --format csv lists every one.",
                    thousands(rest)
                ))]]
            }
            Some(_) | None => Vec::new(),
        }
    }

    /// Returns the ids of a cell's item and hypothesis.
    pub(super) fn cell_name(&self, dispute: Dispute) -> String {
        let evidence = self.team.rows().get(dispute.row).map_or("", |id| id.as_str());
        let hypothesis = self.team.columns().get(dispute.column).map_or("", |id| id.as_str());
        format!("{evidence} / {hypothesis}")
    }
}
