//! Editing from the command line: from the changes wanted to a saved file, or to a refusal in words.

use std::ffi::{OsStr, OsString};

use super::load::{self, Opened};
use super::outcome::{Failure, Outcome};
use super::output::Output;
use super::preview;
use super::save::save;
use crate::change::{Change, Refused};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, EditError, History};
use crate::present::{ChangesReport, Objection, sentence};
use crate::report::Format;
use crate::scenario::{ItemKind, Refusal, Scenario};
use crate::store::{Expected, Origin};
use crate::text::single_line;

/// A file that is to be edited.
#[derive(Debug)]
pub(super) struct Editing {
    name: OsString,
    origin: Origin,
    /// The version on the disk, as far as this command knows.
    saved: u64,
    history: History,
}

/// Opens a file to edit it. A file with contradictions can be edited; [`Editing::finish`] reports those that are left.
pub(super) fn open(name: impl AsRef<OsStr>) -> Result<Editing, Failure> {
    let editing = Editing::read(name.as_ref())?;
    load::check_writable(name, editing.origin)?;
    Ok(editing)
}

/// Opens a file to settle its conflicts, which are therefore not reported as contradictions.
pub(super) fn open_to_settle(name: impl AsRef<OsStr>, output: &Output) -> Result<Editing, Failure> {
    let editing = Editing::read(name.as_ref())?;
    editing.tell(|found| found.code != Code::CONFLICT, output);
    load::check_writable(name, editing.origin)?;
    Ok(editing)
}

/// Opens a file or a committed version for the editor.
pub(super) fn look_at(name: &OsStr, output: &Output) -> Result<FileParts, Failure> {
    let parts = read(name)?;
    let (name, _, document, scenario) = &parts;
    load::tell_some(name, document, scenario, |_| true, output);
    Ok(parts)
}

/// The name of a file, its origin, its text and its scenario.
pub(super) type FileParts = (OsString, Origin, Document, Scenario);

/// Opens a file without a word about its doubts.
pub(super) fn read(name: &OsStr) -> Result<FileParts, Failure> {
    if name == "-" {
        return Err(Failure::refused("standard input cannot be edited", "name a file"));
    }
    let Opened { name, origin, reading } = load::open(name)?;
    let (document, scenario) = load::readable(&name, reading)?;
    Ok((name, origin, document, scenario))
}

impl Editing {
    fn read(name: &OsStr) -> Result<Self, Failure> {
        let (name, origin, document, scenario) = read(name)?;
        let history = History::new(document, scenario);
        Ok(Self { name, origin, saved: history.version(), history })
    }

    /// The scenario with all changes made so far.
    pub(super) fn scenario(&self) -> &Scenario {
        self.history.scenario()
    }

    /// The text with all changes made so far.
    pub(super) const fn document(&self) -> &Document {
        self.history.document()
    }

    /// Reports the contradictions that `telling` picks.
    fn tell(&self, telling: impl Fn(&Diagnostic) -> bool, output: &Output) {
        load::tell_some(&self.name, self.document(), self.scenario(), telling, output);
    }

    /// Makes the changes and saves them, or prints them as a diff, and reports the contradictions that are left.
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
            Some(before) => preview::file(&self.name, Some(&before), self.scenario(), output),
            None => self.save(changes, output).map(|()| Outcome::Done),
        }
    }

    /// Like [`Self::finish`], without a word about the changes.
    pub(super) fn finish_silently(
        mut self,
        changes: &[Change],
        dry_run: bool,
        output: &Output,
    ) -> Result<Outcome, Failure> {
        self.make(changes)?;
        self.tell(|_| true, output);
        if !dry_run && !changes.is_empty() {
            self.write(output)?;
        }
        Ok(Outcome::Done)
    }

    /// Like [`Self::finish`]; as JSON, prints the changes instead of naming them.
    pub(super) fn finish_in(
        self,
        changes: &[Change],
        dry_run: bool,
        format: &dyn Format,
        output: &Output,
    ) -> Result<Outcome, Failure> {
        if format.name() != "json" {
            return self.finish(changes, dry_run, output);
        }
        self.finish_silently(changes, dry_run, output)?;
        output.reports(format, &[&ChangesReport::new(changes)])
    }

    /// Prints the changes as a diff.
    pub(super) fn preview(mut self, changes: &[Change], output: &Output) -> Result<Outcome, Failure> {
        let before = self.scenario().clone();
        self.make(changes)?;
        preview::file(&self.name, Some(&before), self.scenario(), output)
    }

    /// Makes the changes and saves them; more may follow.
    pub(super) fn step(&mut self, changes: &[Change], output: &Output) -> Result<(), Failure> {
        self.make(changes)?;
        self.save(changes, output)
    }

    fn make(&mut self, changes: &[Change]) -> Result<(), Failure> {
        self.history.apply(changes).map_err(|error| refuse(&self.name, self.scenario(), &error))
    }

    /// Saves the text. The text on the disk is not kept but restored, as undo would.
    fn write(&mut self, output: &Output) -> Result<(), Failure> {
        let loaded = self.history.text_of(self.saved).unwrap_or_default();
        save(&self.name, self.document().text(), Expected::Bytes(loaded.as_bytes()), output)?;
        self.saved = self.history.version();
        Ok(())
    }

    /// Saves the text and says which changes it has.
    fn save(&mut self, changes: &[Change], output: &Output) -> Result<(), Failure> {
        if changes.is_empty() {
            return output.note(|out| writeln!(out, "nothing to change"));
        }
        self.write(output)?;
        output.note(|out| {
            changes.iter().try_for_each(|change| writeln!(out, "{}", single_line(&sentence(change))))
        })
    }
}

/// Returns the text of a file with these changes made.
pub(super) fn changed(
    name: impl AsRef<OsStr>,
    document: Document,
    scenario: Scenario,
    changes: &[Change],
) -> Result<String, Failure> {
    let mut history = History::new(document, scenario);
    history.apply(changes).map_err(|error| refuse(name.as_ref(), history.scenario(), &error))?;
    Ok(history.into_parts().0.into_text())
}

fn refuse(name: &OsStr, scenario: &Scenario, error: &EditError) -> Failure {
    match error {
        EditError::Refused(refused) => refusal(scenario, refused),
        EditError::Unwritable(errors) => match errors.first() {
            Some(error) => Failure::refused(error.message.clone(), error.help.clone().unwrap_or_default()),
            None => Failure::refused(
                format!("{} is written in a way in which this change cannot be expressed", name.display()),
                "make the change by hand; the file is untouched",
            ),
        },
    }
}

/// Puts a refused change into words, with the nearest valid choice.
pub(super) fn refusal(scenario: &Scenario, refused: &Refused) -> Failure {
    Objection::to_change(scenario, refused).into()
}

/// Refuses an unknown id, with the nearest known one.
pub(super) fn unknown(scenario: &Scenario, kind: ItemKind, id: &str) -> Failure {
    Objection::unknown(scenario, kind, id).into()
}

/// Refuses a value that a field does not take; the nearest valid choice is sought for `given`.
pub(super) fn value(refusal: Refusal, given: &str) -> Failure {
    Objection::to_value(refusal, given).into()
}
