//! A document that changes: what was done to it, and how to take it back byte for byte.
//!
//! Undo applies splices to the text, not inverse changes to the scenario, so that comments, spacing and order come
//! back as they were. Must never know the disk: whoever saves does that.

use super::edit::{Splices, write_change};
use super::{Document, Reading, read};
use crate::change::{self, Change, Refused};
use crate::diagnostic::{Diagnostic, Severity};
use crate::scenario::Scenario;

/// A scenario with its text and the way back.
#[derive(Debug)]
pub struct History {
    document: Document,
    scenario: Scenario,
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// Changes that were made as one, and the splices that undo them, in the order in which they were made.
#[derive(Debug)]
struct Step {
    changes: Vec<Change>,
    undo: Vec<Splices>,
}

/// Why changes could not be made. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum EditError {
    /// The change does not fit the scenario.
    Refused(Refused),
    /// The text would not read as the changed scenario: these errors would be in it, or, where there are none, the
    /// change has no faithful spelling in this file.
    Unwritable(Vec<Diagnostic>),
}

impl From<Refused> for EditError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl History {
    /// A document and the scenario that was read from it.
    #[must_use]
    pub const fn new(document: Document, scenario: Scenario) -> Self {
        Self { document, scenario, done: Vec::new(), undone: Vec::new() }
    }

    /// The document as it is now.
    #[must_use]
    pub const fn document(&self) -> &Document {
        &self.document
    }

    /// The scenario as it is now.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Makes changes, in order, as one step. None at all is no step.
    ///
    /// # Errors
    /// [`EditError`] if one of them cannot be made.
    pub fn apply(&mut self, changes: &[Change]) -> Result<(), EditError> {
        if changes.is_empty() {
            return Ok(());
        }
        let (document, scenario, undo) = self.attempt(changes)?;
        self.document = document;
        self.scenario = scenario;
        self.done.push(Step { changes: changes.to_vec(), undo });
        self.undone.clear();
        Ok(())
    }

    /// Takes the last step back and says what it was.
    pub fn undo(&mut self) -> Option<&[Change]> {
        let step = self.done.pop()?;
        let mut text = self.document.text().to_owned();
        for splices in step.undo.iter().rev() {
            text = splices.apply(&text).0;
        }
        // The text was read before the step was made: it reads again.
        if let Reading { document, scenario: Some(scenario), .. } = read(text.into_bytes()) {
            self.document = document;
            self.scenario = scenario;
        }
        self.undone.push(step);
        self.undone.last().map(|step| step.changes.as_slice())
    }

    /// Makes the step again that was taken back last and says what it is.
    pub fn redo(&mut self) -> Option<&[Change]> {
        let step = self.undone.pop()?;
        if let Ok((document, scenario, undo)) = self.attempt(&step.changes) {
            self.document = document;
            self.scenario = scenario;
            self.done.push(Step { undo, ..step });
        }
        self.done.last().map(|step| step.changes.as_slice())
    }

    fn attempt(&self, changes: &[Change]) -> Result<(Document, Scenario, Vec<Splices>), EditError> {
        let mut expected = self.scenario.clone();
        let mut undo = Vec::new();
        let mut text = self.document.text().to_owned();
        for change in changes {
            change::apply(&mut expected, change)?;
            let (after, inverse) = write_change(&text, change);
            undo.extend(inverse);
            text = after;
        }
        match read(text.into_bytes()) {
            Reading { document, scenario: Some(scenario), .. } if scenario == expected => {
                Ok((document, scenario, undo))
            }
            Reading { diagnostics, .. } => {
                let errors = diagnostics.into_iter().filter(|found| found.severity() == Severity::Error);
                Err(EditError::Unwritable(errors.collect()))
            }
        }
    }
}
