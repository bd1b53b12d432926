//! The session: the scenario that is edited, with its history, and what is known of its file.

use std::cell::{Cell, OnceCell};

use crate::change::{Change, diff};
use crate::document::{self, History};
use crate::scenario::Scenario;
use crate::store::journal::PastStep;
use crate::text::KnownText;

/// Most cells of a scenario that is looked at as a whole after every edit.
const COMPARED: usize = 20_000;

/// The scenario that is edited, and what is known of its file.
#[derive(Debug)]
pub(crate) struct Session {
    /// The file as it was named.
    pub(crate) name: String,
    /// The reason why the file cannot be saved; `None` where it can.
    pub(crate) read_only: Option<String>,
    pub(crate) history: History,
    /// The version that is on disk.
    pub(crate) saved: SavedVersion,
    /// Whether the file was found to be deleted.
    pub(crate) is_gone: bool,
    /// The version before the last edit that was to be journalled.
    pub(crate) before_edit: u64,
    /// The reason why edits could not be journalled, so that a crash would lose them; `None` if all are.
    pub(crate) unprotected: Option<String>,
    /// The steps of past sessions that can be undone, the latest last, and when each was saved, as people write it.
    pub(crate) past: Vec<(String, PastStep)>,
    /// The version for which undoing the latest of them was offered.
    pub(crate) offered: Option<u64>,
    /// The text typed in the open form, as the journal has it; empty without one.
    pub(crate) drafted: String,
}

/// Another file that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OtherFile {
    /// The file as it was named.
    pub(crate) name: String,
    /// Number of edits that it does not have.
    pub(crate) unsaved: usize,
}

impl Session {
    pub(crate) fn scenario(&self) -> &Scenario {
        self.history.scenario()
    }

    /// The text of the file as it would be saved.
    pub(crate) fn text(&self) -> &str {
        self.history.document().text()
    }

    /// The version of the history that is shown.
    pub(crate) fn version(&self) -> u64 {
        self.history.version()
    }

    /// Takes note that the file has the present text.
    pub(crate) fn mark_saved(&mut self) {
        self.saved = SavedVersion::new(self.version(), self.text().to_owned());
    }

    /// Number of edits that the file does not have: 0 if its text is the same. Of a large scenario, the number of steps
    /// since it was saved.
    pub(crate) fn unsaved(&self) -> usize {
        let (version, saved) = (self.version(), &self.saved);
        if version == saved.version {
            return 0;
        }
        if let Some((_, count)) = saved.counted.get().filter(|(at, _)| *at == version) {
            return count;
        }
        let count = if saved.text.is(self.text()) {
            0
        } else if !self.is_small() {
            self.history.steps_since(saved.version)
        } else {
            // Comments and spacing are edits too.
            self.edits().len().max(1)
        };
        saved.counted.set(Some((version, count)));
        count
    }

    /// Whether all of its cells may be looked at after every edit.
    pub(crate) fn is_small(&self) -> bool {
        self.scenario().evidence.len() * self.scenario().hypotheses.len() <= COMPARED
    }

    /// The edits that the file does not have, however they were made.
    pub(crate) fn edits(&self) -> Vec<Change> {
        self.saved.scenario().map_or_else(Vec::new, |saved| diff(saved, self.scenario()))
    }
}

/// The file as it was last read or written.
#[derive(Debug)]
pub(crate) struct SavedVersion {
    version: u64,
    text: KnownText,
    scenario: OnceCell<Option<Box<Scenario>>>,
    /// A version, and the number of its edits.
    counted: Cell<Option<(u64, usize)>>,
}

impl SavedVersion {
    pub(crate) const fn new(version: u64, text: String) -> Self {
        Self { version, text: KnownText::new(text), scenario: OnceCell::new(), counted: Cell::new(None) }
    }

    /// The scenario of the text.
    pub(crate) fn scenario(&self) -> Option<&Scenario> {
        let read = || document::read(self.text.as_str().as_bytes().to_vec()).scenario.map(Box::new);
        self.scenario.get_or_init(read).as_deref()
    }
}
