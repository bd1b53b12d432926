//! The session: the scenario that is edited, with its history, and what is known of its file.

use crate::document::History;
use crate::scenario::Scenario;

/// The scenario that is edited, and what is known of its file.
#[derive(Debug)]
pub(crate) struct Session {
    /// The file as it was named.
    pub(crate) name: String,
    /// The reason why the file cannot be saved; `None` where it can.
    pub(crate) read_only: Option<String>,
    pub(crate) history: History,
    /// The version that is on disk.
    pub(crate) saved: u64,
    /// Whether the file was found to be deleted.
    pub(crate) is_gone: bool,
    /// The version before the last edit that was to be journalled.
    pub(crate) before_edit: u64,
    /// Whether there are edits that could not be journalled, and that a crash would lose.
    pub(crate) is_unprotected: bool,
    /// The text typed in the open form, as the journal has it; empty without one.
    pub(crate) drafted: String,
}

impl Session {
    pub(crate) const fn scenario(&self) -> &Scenario {
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

    /// Number of steps of the history that are not on disk.
    pub(crate) fn unsaved(&self) -> usize {
        self.history.steps_since(self.saved)
    }
}
