//! The matrix: every rating, with scores and ranks below.

use super::block::{Block, HeatCell, HeatColumn, HeatMap, HeatRow, Voice, say};
use super::wording::label;
use super::{BriefingReport, MOST_ITEMS, MOST_LIVE_CELLS};
use crate::engine::by_diagnosticity;
use crate::present::words::{count, list, method_words, thousands};
use crate::scenario::{Evidence, Rating, Searched};

impl<'a> BriefingReport<'a> {
    /// Returns the blocks of the section.
    pub(super) fn heat_map(&self) -> Vec<Block<'_>> {
        let rows = self.rows();
        if self.scored.scenario.hypotheses.is_empty() || rows.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::aside(self.matrix_summary())];
        blocks.extend(
            self.left_out(rows.len()).map(|text| Block::Paragraph(Voice::Reservation, vec![say(text)])),
        );
        let is_live = self.is_live(rows.len());
        if self.options.has_script && !is_live {
            let text = "The matrix is too large for what-ifs in the page.";
            blocks.push(Block::aside(text));
        }
        let decisive = self.decisive();
        let rows = rows.iter().filter_map(|row| self.heat_row(*row, &decisive)).collect();
        blocks.push(Block::Matrix(HeatMap {
            method: self.scored.method,
            score_name: method_words(self.scored.method).foot,
            bans_per_step: self.scored.scenario.bans_per_step(),
            is_live,
            columns: self.columns(),
            rows,
        }));
        blocks
    }

    /// Whether the page may work out what-ifs: it must hold every item that counts.
    fn is_live(&self, rows: usize) -> bool {
        let cells = rows.saturating_mul(self.scored.scenario.hypotheses.len());
        self.options.has_script && rows == self.listed.items().len() && cells <= MOST_LIVE_CELLS
    }

    /// Returns the rows that are listed, in the order asked for; of too many, the most diagnostic ones.
    pub(super) fn rows(&self) -> Vec<usize> {
        let rows = self.scored.request.order.rows(self.scored.scenario, &self.listed);
        if rows.len() <= MOST_ITEMS {
            return rows;
        }
        let mut kept = vec![false; rows.len()];
        for row in by_diagnosticity(&self.listed).into_iter().take(MOST_ITEMS) {
            kept.get_mut(row).into_iter().for_each(|kept| *kept = true);
        }
        rows.into_iter().filter(|row| kept.get(*row).copied().unwrap_or_default()).collect()
    }

    /// Says how many items are left out.
    pub(super) fn left_out(&self, shown: usize) -> Option<String> {
        let all = self.listed.items().len();
        (shown < all).then(|| {
            format!("Of {} the {} most diagnostic are shown.", count(all, "item", "items"), thousands(shown))
        })
    }

    /// Whether an item, by its position in the file, is shown.
    pub(super) fn is_listed(&self, at: usize) -> bool {
        self.listed.row_of(at).is_some() && self.listed.items().len() <= MOST_ITEMS
    }

    /// Flags the items, by position in the file, each of which decides alone who leads.
    pub(super) fn decisive(&self) -> Vec<bool> {
        let mut decisive = vec![false; self.scored.scenario.evidence.len()];
        for item in self.contested().iter().flat_map(|found| &found.critical_items) {
            let at = self.item(item.row).map(|(at, _)| at);
            at.and_then(|at| decisive.get_mut(at)).into_iter().for_each(|flag| *flag = true);
        }
        decisive
    }

    /// Returns an item that is listed, by its row, with its position in the file and whether it counts.
    pub(super) fn listed_item(&self, row: usize) -> Option<(usize, &'a Evidence, bool)> {
        let at = *self.listed.items().get(row)?;
        Some((at, self.scored.scenario.evidence.get(at)?, self.scored.matrix.row_of(at).is_some()))
    }

    fn matrix_summary(&self) -> String {
        let (rows, columns) = (self.listed.items().len(), self.scored.scenario.hypotheses.len());
        let against = self.scored.matrix.comparable().filter_map(|at| {
            let of = |rating| {
                let codes = (0..self.scored.matrix.items().len())
                    .map(|row| self.scored.matrix.code(row, at).rating());
                codes.filter(|found| *found == Some(rating)).count()
            };
            let (some, very) = (of(Rating::Inconsistent), of(Rating::VeryInconsistent));
            let name = self.hypothesis(at)?.name.as_str();
            let parts = [(some, "inconsistent"), (very, "very inconsistent")];
            let parts = parts.iter().filter(|(number, _)| *number > 0);
            let parts: Vec<String> = parts.map(|(number, word)| format!("{number} {word}")).collect();
            Some(if parts.is_empty() { format!("{name} none") } else { format!("{name} {}", list(&parts)) })
        });
        let against: Vec<String> = against.take(20).collect();
        format!(
            "{}, {}. Rated against: {}.",
            count(rows, "row", "rows"),
            count(columns, "column", "columns"),
            against.join("; ")
        )
    }

    fn columns(&self) -> Vec<HeatColumn<'_>> {
        let ranking = &self.scored.ranking;
        let columns = self.scored.scenario.hypotheses.iter().enumerate();
        let column = |(at, hypothesis): (usize, &'a crate::scenario::Hypothesis)| HeatColumn {
            hypothesis,
            rank: ranking.rank(at),
            score: ranking.score(at).map(|_| self.shown_score(ranking, at)),
        };
        columns.map(column).collect()
    }

    fn heat_row(&self, row: usize, decisive: &[bool]) -> Option<HeatRow<'_>> {
        let (at, item, counts) = self.listed_item(row)?;
        let cells = (0..self.scored.scenario.hypotheses.len()).map(|hypothesis| {
            item.ratings.get(hypothesis).map_or_else(HeatCell::default, |cell| HeatCell {
                rating: cell.rating,
                confidence: cell.confidence,
                has_note: cell.note().is_some(),
            })
        });
        Some(HeatRow {
            number: at + 1,
            item,
            label: label(item),
            counts,
            unsearched: item.searched() == Some(Searched::None),
            decides: decisive.get(at).copied().unwrap_or_default(),
            cells: cells.collect(),
        })
    }
}
