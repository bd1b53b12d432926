//! The window: the part of the scenario that is seen, and how.

use std::collections::HashMap;

use crate::engine::Matrix;
use crate::filter::Filter;
use crate::present::Order;
use crate::scenario::{Day, HypothesisId, Method, Scenario};
use crate::tui::cursor::Cursor;
use crate::tui::search::RowScan;
use crate::tui::selection::{Block, Selection};

/// A search whose matches stay lit until Esc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LitSearch {
    /// The typed text.
    pub(crate) text: String,
    /// The rows that match, ascending.
    pub(crate) hits: Vec<usize>,
    /// Whether items have changed since they were searched.
    pub(crate) is_stale: bool,
}

/// The part of the scenario that is seen, and how.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// Columns and rows of the terminal.
    pub(crate) size: (u16, u16),
    pub(crate) method: Method,
    /// The day whose evidence is shown and counts; all of it without one.
    pub(crate) as_of: Option<Day>,
    pub(crate) order: Order,
    /// The selection of cells; the cursor is its other corner.
    pub(crate) selection: Option<Selection>,
    /// The search whose matches are lit.
    pub(crate) lit: Option<LitSearch>,
    /// The line that filters the rows; an empty one shows all.
    pub(crate) filter: String,
    pub(crate) blind: bool,
    /// Position of the panel that is shown.
    pub(crate) panel: usize,
    /// Whether the panel is hidden.
    pub(crate) is_panel_hidden: bool,
    /// Columns of the panel beside the matrix, as the user chose.
    pub(crate) panel_width: Option<u16>,
    /// Rows of the panel below the matrix, as the user chose.
    pub(crate) panel_height: Option<u16>,
    /// The first line in view of the panel while it is not read.
    pub(crate) panel_top: u16,
    /// The first line in view of the detail above a panel.
    pub(crate) detail_top: u16,
    /// Whether the edge of the panel is dragged by the mouse.
    pub(crate) is_dragging: bool,
    /// The item and the hypothesis of the blank cell whose outcomes were asked for.
    pub(crate) asked: Option<(usize, usize)>,
    /// Lines of a row, as the user chose.
    pub(crate) row_height: Option<u16>,
    /// Positions of the evidence items, in the order in which they are shown.
    pub(crate) rows: Vec<usize>,
    /// Positions of the hypotheses, in the order in which they are shown.
    pub(crate) columns: Vec<usize>,
    pub(crate) cursor: Cursor,
    /// The first row in view.
    pub(crate) top: usize,
    /// The first column in view.
    pub(crate) left: usize,
    /// Widths of the columns that the user resized.
    pub(crate) widths: HashMap<HypothesisId, u16>,
}

impl Window {
    pub(super) fn new(method: Method) -> Self {
        Self { size: (80, 24), method, ..Self::default() }
    }

    /// Position of the item under the cursor.
    pub(super) fn item(&self) -> Option<usize> {
        self.rows.get(self.cursor.row).copied()
    }

    /// Position of the hypothesis under the cursor.
    pub(super) fn hypothesis(&self) -> Option<usize> {
        self.columns.get(self.cursor.column).copied()
    }

    /// The cells that are selected, by their places in the window.
    pub(crate) fn block(&self) -> Option<Block> {
        let (rows, columns) = (self.rows.len().checked_sub(1)?, self.columns.len().checked_sub(1)?);
        Some(self.selection?.to(self.cursor, Cursor { row: rows, column: columns }))
    }

    /// Positions of the items that the keys act on: the selected ones, else the one under the cursor.
    pub(crate) fn selected_rows(&self) -> &[usize] {
        let row = self.cursor.row;
        self.rows.get(self.block().map_or(row..=row, |block| block.rows)).unwrap_or_default()
    }

    /// Positions of the hypotheses that the keys act on, likewise.
    pub(crate) fn selected_columns(&self) -> &[usize] {
        let column = self.cursor.column;
        self.columns.get(self.block().map_or(column..=column, |block| block.columns)).unwrap_or_default()
    }

    /// Positions of the item and the hypothesis of each cell that the keys act on.
    pub(crate) fn selected_cells(&self) -> Vec<(usize, usize)> {
        let across =
            |row: &usize| self.selected_columns().iter().map(|column| (*row, *column)).collect::<Vec<_>>();
        self.selected_rows().iter().flat_map(across).collect()
    }

    /// Whether there is a filter, which may hide rows.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.filter.trim().is_empty()
    }

    /// Lists the rows that the filter lets pass, in the order that is shown.
    pub(super) fn list_rows(&mut self, scenario: &Scenario, matrix: &Matrix) {
        let all = scenario.evidence.len();
        self.rows = if matrix.items().len() == all {
            self.order.rows(scenario, matrix)
        } else {
            // Items that do not count are listed among the others.
            self.order.rows(scenario, &Matrix::of(scenario, &vec![true; all]))
        };
        let filter = Filter::typed(&self.filter);
        if !filter.is_empty() {
            let passes = filter.passes(scenario);
            self.rows.retain(|at| scenario.evidence.get(*at).is_some_and(&passes));
        }
        if self.as_of.is_some() {
            self.rows.retain(|at| matrix.row_of(*at).is_some());
        }
        self.selection = None;
        self.light(scenario);
    }

    /// Finds the rows that match the search that is lit.
    pub(crate) fn light(&mut self, scenario: &Scenario) {
        if let Some(lit) = &mut self.lit {
            let mut scan = RowScan::new(&lit.text, self.rows.len());
            while !scan.go_on(|row| scenario.evidence.get(*self.rows.get(row)?)) {}
            (lit.hits, _) = scan.hits();
            lit.is_stale = false;
        }
    }

    /// Lists the columns: in the order of the file, or in blind mode shuffled by a hash of their ids.
    pub(super) fn list_columns(&mut self, scenario: &Scenario) {
        self.selection = None;
        self.columns = (0..scenario.hypotheses.len()).collect();
        if self.blind {
            // FNV-1a
            let hash = |id: &str| {
                id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                })
            };
            self.columns.sort_by_key(|at| scenario.hypotheses.get(*at).map(|h| hash(h.id.as_str())));
        }
    }
}
