//! State: everything that the picture depends on.

use std::collections::HashMap;

use super::conflict;
pub(crate) use super::cursor::Cursor;
use super::filter::Filter;
use super::fragility::{Fragility, Of};
use super::guide::{self, Step};
use super::head::Head;
use super::keymap::{Action, Key, key_for};
pub(crate) use super::mode::{Listing, Mode};
use super::page::Page;
pub(crate) use super::scores::Scores;
use super::scores::misfit;
use super::settings::Settings;
use crate::document::{Document, History};
use crate::present::Order;
use crate::present::target::ids;
use crate::scenario::{Evidence, Hypothesis, HypothesisId, Method, Rating, Scenario};
use crate::text::width;

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
        state.survey();
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

    /// Takes a look at every item, which is not to be had at every key: after more changed than ratings.
    pub(crate) fn survey(&mut self) {
        let scenario = self.history.scenario();
        let widths = scenario.evidence.iter().map(|item| width(item.id.as_str()));
        self.longest_id = widths.max().map_or(0, |width| u16::try_from(width).unwrap_or(u16::MAX));
        self.unsettled = conflict::count(scenario);
    }

    /// Finds the step of the analysis that is to be done next.
    pub(crate) fn take_stock(&mut self) {
        self.step = guide::step(self.history.scenario(), &self.scores);
    }

    /// The step that the guide speaks of, if it speaks.
    pub(crate) fn guided(&self) -> Option<&Step> {
        self.step.as_ref().filter(|_| self.settings.hints && self.read_only.is_none())
    }

    /// Goes back from a form or a question: to the list that it was opened from, else to the matrix.
    pub(crate) fn close_over(&mut self) {
        self.mode = match self.list.take() {
            Some(Listing { kind, at }) => {
                let last = ids(self.scenario(), kind).len().saturating_sub(1);
                Mode::List(Listing { kind, at: at.min(last) })
            }
            None => Mode::Matrix,
        };
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

    /// Lists the columns: in the order of the file, or in blind mode shuffled by a hash of their ids.
    pub(crate) fn list_columns(&mut self) {
        let mut columns: Vec<usize> = (0..self.scenario().hypotheses.len()).collect();
        if self.blind {
            let key = |at: &usize| {
                let id = self.scenario().hypotheses.get(*at).map(|h| h.id.as_str()).unwrap_or_default();
                id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
                })
            };
            columns.sort_by_key(key);
        }
        self.columns = columns;
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
