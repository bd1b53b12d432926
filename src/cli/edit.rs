//! Editing from the command line: from what is wanted to a saved file, or to words why not.

use super::load;
use super::outcome::{Failure, Outcome, Unusable};
use super::output::Output;
use crate::change::{Change, Refused};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::document::{Document, EditError, History, Reading};
use crate::present::{Objection, sentence};
use crate::scenario::{ItemKind, Refusal, Scenario};
use crate::store::{self, Expected, Origin};

/// A file that is to be edited.
#[derive(Debug)]
pub(super) struct Editing {
    name: String,
    origin: Origin,
    loaded: Vec<u8>,
    history: History,
}

/// Opens a file to edit it. One that holds contradictions can be edited; [`Editing::finish`] tells those left then.
pub(super) fn open(name: &str) -> Result<Editing, Failure> {
    let editing = read(name)?;
    load::check_writable(name, editing.origin)?;
    Ok(editing)
}

/// Opens a file to settle the conflicts in it: they are what is asked about, and not told as contradictions.
pub(super) fn open_to_settle(name: &str, output: &Output) -> Result<Editing, Failure> {
    let editing = read(name)?;
    editing.tell(|found| found.code != Code::CONFLICT, output);
    load::check_writable(name, editing.origin)?;
    Ok(editing)
}

/// Opens a file or a version of one to look at it in the editor.
pub(super) fn look_at(name: &str, output: &Output) -> Result<Editing, Failure> {
    let editing = read(name)?;
    editing.tell(|_| true, output);
    Ok(editing)
}

fn read(name: &str) -> Result<Editing, Failure> {
    if name == "-" {
        return Err(Failure::refused("standard input cannot be edited", "name a file"));
    }
    let input = store::open(name).map_err(|fault| Failure::Unusable(vec![Unusable::Unopened(fault)]))?;
    let loaded = input.bytes.clone();
    let Reading { document, scenario, mut diagnostics } = crate::document::read(input.bytes);
    match scenario {
        Some(scenario) => {
            let history = History::new(document, scenario);
            Ok(Editing { name: name.to_owned(), origin: input.origin, loaded, history })
        }
        None => {
            diagnostics.retain(|found| found.severity() == Severity::Error);
            let checked = load::checked(name.to_owned(), &document, None, &diagnostics);
            Err(Failure::Unusable(vec![Unusable::Faulty(checked)]))
        }
    }
}

impl Editing {
    /// The name of the file, where it came from, its text and what it holds.
    pub(super) fn into_parts(self) -> (String, Origin, Document, Scenario) {
        let (document, scenario) = self.history.into_parts();
        (self.name, self.origin, document, scenario)
    }

    /// What the file holds.
    pub(super) const fn scenario(&self) -> &Scenario {
        self.history.scenario()
    }

    /// The text of the file, as it is by now.
    pub(super) const fn document(&self) -> &Document {
        self.history.document()
    }

    /// Tells what does not fit together, as far as `telling` picks it.
    fn tell(&self, telling: impl Fn(&Diagnostic) -> bool, output: &Output) {
        load::tell_some(&self.name, self.document(), self.scenario(), telling, output);
    }

    /// Makes the changes and saves, or says what they would do. What does not fit together then is told.
    pub(super) fn finish(
        mut self,
        changes: &[Change],
        dry_run: bool,
        output: &Output,
    ) -> Result<Outcome, Failure> {
        let before = dry_run.then(|| self.scenario().clone());
        self.make(changes)?;
        self.tell(|_| true, output);
        match before {
            Some(before) => super::commands::diff::print(&self.name, &before, self.scenario(), output),
            None => self.save(changes, output).map(|()| Outcome::Done),
        }
    }

    /// Says what the changes would do.
    pub(super) fn preview(mut self, changes: &[Change], output: &Output) -> Result<Outcome, Failure> {
        let before = self.scenario().clone();
        self.make(changes)?;
        super::commands::diff::print(&self.name, &before, self.scenario(), output)
    }

    /// Makes the changes, saves and tells them, with more to come.
    pub(super) fn step(&mut self, changes: &[Change], output: &Output) -> Result<(), Failure> {
        self.make(changes)?;
        self.save(changes, output)
    }

    fn make(&mut self, changes: &[Change]) -> Result<(), Failure> {
        self.history.apply(changes).map_err(|error| refuse(&self.name, self.scenario(), &error))
    }

    /// Saves what the changes made of the file.
    fn save(&mut self, changes: &[Change], output: &Output) -> Result<(), Failure> {
        if !changes.is_empty() {
            let text = self.history.document().text();
            super::save(&self.name, text, Expected::Bytes(&self.loaded), output)?;
            self.loaded = text.as_bytes().to_vec();
        }
        output.note(|out| {
            for change in changes {
                writeln!(out, "{}", crate::text::single_line(&sentence(change)))?;
            }
            if changes.is_empty() { writeln!(out, "nothing to change") } else { Ok(()) }
        })
    }
}

/// The text of a file with these changes made.
pub(super) fn changed(
    name: &str,
    document: Document,
    scenario: Scenario,
    changes: &[Change],
) -> Result<String, Failure> {
    let mut history = History::new(document, scenario);
    history.apply(changes).map_err(|error| refuse(name, history.scenario(), &error))?;
    Ok(history.document().text().to_owned())
}

fn refuse(name: &str, scenario: &Scenario, error: &EditError) -> Failure {
    match error {
        EditError::Refused(refused) => refusal(scenario, refused),
        EditError::Unwritable(errors) => match errors.first() {
            Some(error) => Failure::refused(error.message.clone(), error.help.clone().unwrap_or_default()),
            None => Failure::refused(
                format!("{name} is written in a way in which this change cannot be spelled faithfully"),
                "make the change by hand; the file is untouched",
            ),
        },
    }
}

/// A refused change, in words with the nearest valid choice.
pub(super) fn refusal(scenario: &Scenario, refused: &Refused) -> Failure {
    Objection::to_change(scenario, refused).into()
}

/// An id that is not there, with the nearest that is.
pub(super) fn unknown(scenario: &Scenario, kind: ItemKind, id: &str) -> Failure {
    Objection::unknown(scenario, kind, id).into()
}

/// A value that a field does not take; `given` is what was given, for the nearest valid choice.
pub(super) fn value(refusal: Refusal, given: &str) -> Failure {
    Objection::to_value(refusal, given).into()
}
