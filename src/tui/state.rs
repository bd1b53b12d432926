//! State: everything that the picture depends on.

use std::collections::HashMap;

use super::conflict;
use super::filter::Filter;
use super::form::Form;
use super::fragility::{Fragility, Of};
use super::guide::{self, Step};
use super::head::Head;
use super::keymap::{Action, Key, key_for};
use super::layout::longest_id;
use super::page::Page;
use super::prompt::{Commanding, Filtering, Searching};
use super::settings::Settings;
use super::settling::{Recovery, Settling};
use super::update::{Deleting, Listing};
use crate::diagnostic::describe;
use crate::document::{Document, History};
use crate::engine::{self, Mark, Matrix, Ranking};
use crate::present::Order;
use crate::scenario::{Evidence, Hypothesis, HypothesisId, Method, Rating, Scenario, inconsistencies};

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
    /// What is to be said at the start, if anything.
    pub notice: Option<String>,
}

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// It says what was changed in the scenario.
    Changed,
    /// It says what else was done.
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
    /// A search that is being typed.
    Search(Searching),
    /// A filter that is being typed.
    Filter(Filtering),
    /// A command that is being typed.
    Command(Commanding),
    /// The question what to copy.
    Copy,
    /// The panel over the matrix, scrolled down by some lines.
    Panel(u16),
    /// What merges left to settle, of which this one is asked about.
    Conflict(usize),
    /// The entries of the panel, of which this one is chosen; none at the top of the page.
    Page(Option<usize>),
    /// The question whether to delete something.
    Delete(Deleting),
    /// Fields that are being filled in.
    Form(Box<Form>),
    /// A list over the matrix.
    List(Listing),
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
    /// Why there are no scores: what does not fit together has no probabilities.
    pub(crate) unfit: Option<String>,
}

impl Scores {
    pub(crate) fn new(scenario: &Scenario, method: Method) -> Self {
        let matrix = Matrix::new(scenario, None);
        let unfit = if method == Method::Bayes { misfit(scenario) } else { None };
        let ranking = match unfit {
            Some(_) => Ranking::none(method, scenario.hypotheses.len()),
            None => engine::rank(&matrix, method),
        };
        Self { matrix, ranking, unfit }
    }

    /// Scores anew after the rating of these cells changed, at the price of a look at every byte of the matrix; `false`
    /// where it must be made anew.
    pub(crate) fn follow(&mut self, scenario: &Scenario, method: Method, cells: &[(usize, usize)]) -> bool {
        let all = cells.iter().all(|&(row, column)| {
            let item = scenario.evidence.get(row);
            let rating = item.and_then(|item| item.ratings.rating(column));
            item.is_some() && self.matrix.set(row, column, rating.map_or(Mark::Blank, Mark::from))
        });
        // What does not fit together does not come to fit by a rating.
        if all && self.unfit.is_none() {
            self.ranking = engine::rank(&self.matrix, method);
        }
        all
    }
}

/// The first that does not fit together in a scenario.
fn misfit(scenario: &Scenario) -> Option<String> {
    inconsistencies(scenario).first().map(|fault| describe(scenario, fault).message)
}

/// What a page was made of: made of the same, it says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct MadeOf {
    pub(crate) panel: usize,
    pub(crate) version: u64,
    /// As [`State::read`].
    pub(crate) read: u64,
    pub(crate) method: Method,
    pub(crate) blind: bool,
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
    /// Times that more changed at once than the ratings of a few cells.
    pub(crate) upheavals: u64,
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
    /// The step of the analysis that is to be done next.
    pub(crate) step: Option<Step>,
    /// What the line under the matrix says, until the next key.
    pub(crate) said: Option<(Tone, String)>,
    /// The last rating that was given; inside it, `None` is a blank.
    pub(crate) last: Option<Option<Rating>>,
    pub(crate) settings: Settings,
    /// What was typed in the form that is open, as the journal has it; empty where that is nothing.
    pub(crate) drafted: String,
    /// The list that what is open now was opened from.
    pub(crate) list: Option<Listing>,
    /// Keys that the user has bound.
    pub(crate) bound: Vec<(Key, Action)>,
    /// The line that filters the rows; an empty one shows them all.
    pub(crate) filter: String,
    /// Width of the longest id of an item.
    pub(crate) longest_id: u16,
    /// Items there were when the rows were listed.
    pub(crate) listed: usize,
    /// What was searched last.
    pub(crate) searched: String,
    /// Commands that were given, the latest last.
    pub(crate) commands: Vec<String>,
    /// Widths of columns that were chosen by hand.
    pub(crate) widths: HashMap<HypothesisId, u16>,
    /// The version that was committed last.
    pub(crate) head: Head,
    /// Times that something was found out that is not in the scenario: what was committed, what the lead rests on.
    pub(crate) read: u64,
    /// How many things merges left to settle.
    pub(crate) unsettled: usize,
    /// What the lead rests on, of this version or of one a moment ago.
    pub(crate) fragility: Option<Fragility>,
    /// What that was asked of last.
    pub(crate) asked: Option<Of>,
    /// What the panel says, where that is a page, and what it was made of.
    pub(crate) page: Option<(MadeOf, Page)>,
}

impl State {
    pub(crate) fn new(opening: Opening, settings: Settings) -> Self {
        let Opening { name, document, scenario, read_only, notice } = opening;
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
            upheavals: 0,
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
            step: None,
            said: None,
            last: None,
            drafted: String::new(),
            list: None,
            bound: settings.bound(),
            settings,
            filter: String::new(),
            longest_id: 0,
            listed: 0,
            searched: String::new(),
            commands: Vec::new(),
            widths: HashMap::new(),
            head: Head::Unread,
            read: 0,
            unsettled: 0,
            fragility: None,
            asked: None,
            page: None,
        };
        state.list_rows();
        state.longest_id = longest_id(state.scenario());
        state.unsettled = conflict::count(state.scenario());
        if let Some(notice) = notice {
            state.say(Tone::Refused, notice);
        }
        // What merges left is counted beside the title.
        if state.unsettled == 0
            && let Some(misfit) = misfit(state.scenario())
        {
            state.say(Tone::Refused, format!("{misfit}; `ach check` says more"));
        }
        state.take_stock();
        state
    }

    pub(crate) const fn scenario(&self) -> &Scenario {
        self.history.scenario()
    }

    /// Steps that are not on disk.
    pub(crate) fn unsaved(&self) -> usize {
        self.history.steps_since(self.saved)
    }

    /// Finds the step of the analysis that is to be done next.
    pub(crate) fn take_stock(&mut self) {
        self.step = guide::step(self.history.scenario(), &self.scores);
    }

    /// The step that the guide speaks of, if it speaks.
    pub(crate) fn guided(&self) -> Option<&Step> {
        self.step.as_ref().filter(|_| self.settings.hints && self.read_only.is_none())
    }

    /// The list that lies over the matrix, also while it is asked about something in it.
    pub(crate) const fn listing(&self) -> Option<Listing> {
        if let Mode::List(listing) = &self.mode {
            Some(*listing)
        } else if let Mode::Delete(_) = &self.mode {
            self.list
        } else {
            None
        }
    }

    /// Whether what happens to the file can be taken in now: not in the middle of something else.
    pub(crate) const fn watches(&self) -> bool {
        matches!(self.mode, Mode::Matrix)
    }

    /// Lists the rows anew, in the order asked for, those that the filter lets pass.
    pub(crate) fn list_rows(&mut self) {
        let scenario = self.history.scenario();
        let mut rows = self.order.rows(scenario, &self.scores.matrix);
        let filter = Filter::new(&self.filter, scenario);
        if !filter.is_empty() {
            rows.retain(|at| scenario.evidence.get(*at).is_some_and(|item| filter.passes(item)));
        }
        self.listed = scenario.evidence.len();
        self.rows = rows;
    }

    /// Whether rows are hidden or could be.
    pub(crate) fn is_filtered(&self) -> bool {
        !self.filter.trim().is_empty()
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

    /// The key for an action, as people write it.
    pub(crate) fn key(&self, action: Action) -> String {
        // An action that no key is left for can still be bound to one.
        key_for(action, &self.bound).map_or_else(|| "(no key)".to_owned(), |key| key.to_string())
    }

    /// Says something on the line under the matrix.
    pub(crate) fn say(&mut self, tone: Tone, text: impl Into<String>) {
        self.said = Some((tone, text.into()));
    }
}
