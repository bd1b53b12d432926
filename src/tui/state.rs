//! State: everything that the picture depends on.

use super::settings::Settings;
use super::settling::{Recovery, Settling};
use crate::document::{Document, History};
use crate::engine::{self, Matrix, Ranking};
use crate::present::Order;
use crate::scenario::{Evidence, Hypothesis, Method, Rating, Scenario};

/// What the editor is opened with.
#[derive(Debug)]
pub struct Opening {
    /// The file as it was named.
    pub name: String,
    /// Its text and tree.
    pub document: Document,
    /// What it holds.
    pub scenario: Scenario,
    /// Why it cannot be saved, where it cannot.
    pub read_only: Option<String>,
}

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It says what was done.
    Done,
    /// It says what cannot be done.
    Refused,
    /// It says what changed in the conclusion.
    Conclusion,
}

/// What the keys go to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Mode {
    /// The matrix.
    Matrix,
    /// The help, scrolled down by some lines.
    Help(u16),
    /// The question whether to leave without saving.
    Leave,
    /// The question whether to take edits back in that a crash left.
    Recover(Box<Recovery>),
    /// The question what becomes of edits that clash with what others wrote.
    Settle(Box<Settling>),
}

/// Where the cursor is: positions among the rows and columns that are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) row: usize,
    pub(crate) column: usize,
}

/// Scores of the scenario as it is.
#[derive(Debug)]
pub(crate) struct Scores {
    pub(crate) matrix: Matrix,
    pub(crate) ranking: Ranking,
}

impl Scores {
    pub(crate) fn new(scenario: &Scenario, method: Method) -> Self {
        let matrix = Matrix::new(scenario, None);
        let ranking = engine::rank(&matrix, method);
        Self { matrix, ranking }
    }
}

/// The editor.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: String,
    pub(crate) read_only: Option<String>,
    pub(crate) history: History,
    /// The version that is on disk.
    pub(crate) saved: u64,
    /// Whether the file was found to be gone.
    pub(crate) is_gone: bool,
    pub(crate) scores: Scores,
    pub(crate) method: Method,
    pub(crate) order: Order,
    /// Positions of the evidence items, in the order in which they are shown.
    pub(crate) rows: Vec<usize>,
    /// Positions of the hypotheses, in the order in which they are shown.
    pub(crate) columns: Vec<usize>,
    pub(crate) cursor: Cursor,
    /// The first row and the first column in view.
    pub(crate) top: usize,
    pub(crate) left: usize,
    pub(crate) blind: bool,
    pub(crate) panel: usize,
    pub(crate) mode: Mode,
    /// Columns and rows of the terminal.
    pub(crate) size: (u16, u16),
    /// What the line under the matrix says, until the next key.
    pub(crate) said: Option<(Tone, String)>,
    /// The last rating that was given; inside it, `None` is a blank.
    pub(crate) last: Option<Option<Rating>>,
    pub(crate) settings: Settings,
}

impl State {
    pub(crate) fn new(opening: Opening, settings: Settings) -> Self {
        let Opening { name, document, scenario, read_only } = opening;
        let method = scenario.method();
        let scores = Scores::new(&scenario, method);
        let columns = (0..scenario.hypotheses.len()).collect();
        let mut state = Self {
            name,
            read_only,
            history: History::new(document, scenario),
            saved: 0,
            is_gone: false,
            scores,
            method,
            order: Order::File,
            rows: Vec::new(),
            columns,
            cursor: Cursor::default(),
            top: 0,
            left: 0,
            blind: false,
            panel: 0,
            mode: Mode::Matrix,
            size: (80, 24),
            said: None,
            last: None,
            settings,
        };
        state.list_rows();
        state
    }

    pub(crate) const fn scenario(&self) -> &Scenario {
        self.history.scenario()
    }

    /// Steps that are not on disk.
    pub(crate) fn unsaved(&self) -> usize {
        self.history.steps_since(self.saved)
    }

    /// Whether what happens to the file can be taken in now: not in the middle of something else.
    pub(crate) const fn watches(&self) -> bool {
        matches!(self.mode, Mode::Matrix)
    }

    /// Lists the rows anew, in the order asked for.
    pub(crate) fn list_rows(&mut self) {
        self.rows = self.order.rows(self.history.scenario(), &self.scores.matrix);
    }

    /// The item under the cursor, with its position.
    pub(crate) fn item(&self) -> Option<(usize, &Evidence)> {
        let at = *self.rows.get(self.cursor.row)?;
        Some((at, self.scenario().evidence.get(at)?))
    }

    /// The hypothesis under the cursor, with its position.
    pub(crate) fn hypothesis(&self) -> Option<(usize, &Hypothesis)> {
        let at = *self.columns.get(self.cursor.column)?;
        Some((at, self.scenario().hypotheses.get(at)?))
    }

    /// Says something on the line under the matrix.
    pub(crate) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.said = Some((tone, text.into()));
    }
}
