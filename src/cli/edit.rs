//! Editing from the command line: from what is wanted to a saved file, or to words why not.

use super::load;
use super::outcome::{Failure, Outcome, Unusable};
use super::output::Output;
use super::target::ids;
use crate::change::{Change, Refused};
use crate::diagnostic::{Severity, did_you_mean};
use crate::document::{Document, EditError, History, Reading};
use crate::present::{sentence, words};
use crate::scenario::{EvidenceId, ItemKind, Refusal, Scenario, Shape};
use crate::store::{self, Origin};

/// A file that is to be edited.
#[derive(Debug)]
pub(super) struct Editing {
    name: String,
    origin: Origin,
    loaded: Vec<u8>,
    history: History,
}

/// Opens a file to edit it. One that holds contradictions can be edited, and they are told.
pub(super) fn open(name: &str, output: &Output) -> Result<Editing, Failure> {
    let opened = look_at(name, output)?;
    match opened.origin {
        Origin::File | Origin::StandardInput => Ok(opened),
        Origin::Revision => {
            Err(Failure::refused(format!("{name} is a version that git keeps"), "name a file to edit it"))
        }
    }
}

/// Opens a file or a version of one to look at it in the editor.
pub(super) fn look_at(name: &str, output: &Output) -> Result<Editing, Failure> {
    if name == "-" {
        return Err(Failure::refused("standard input cannot be edited", "name a file"));
    }
    let input = store::open(name).map_err(|fault| Failure::Unusable(vec![Unusable::Unopened(fault)]))?;
    let loaded = input.bytes.clone();
    let reading = crate::document::read(input.bytes);
    load::tell_contradictions(name, &reading, output);
    let Reading { document, scenario, mut diagnostics } = reading;
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

    /// Makes the changes and saves, or says what they would do.
    pub(super) fn finish(
        mut self,
        changes: &[Change],
        dry_run: bool,
        output: &Output,
    ) -> Result<Outcome, Failure> {
        let before = self.scenario().clone();
        self.history.apply(changes).map_err(|error| self.refuse(&error))?;
        if dry_run {
            return super::commands::diff::print(&self.name, &before, self.scenario(), output);
        }
        if !changes.is_empty() {
            let text = self.history.document().text().as_bytes();
            let loaded = store::Expected::Bytes(&self.loaded);
            store::save(std::path::Path::new(&self.name), text, loaded)
                .map_err(|error| Failure::unsaved(&error))?;
        }
        output.note(|out| {
            for change in changes {
                writeln!(out, "{}", crate::text::single_line(&sentence(change)))?;
            }
            if changes.is_empty() { writeln!(out, "nothing to change") } else { Ok(()) }
        })?;
        Ok(Outcome::Done)
    }

    fn refuse(&self, error: &EditError) -> Failure {
        match error {
            EditError::Refused(refused) => refusal(self.scenario(), refused),
            EditError::Unwritable(errors) => match errors.first() {
                Some(error) => {
                    Failure::refused(error.message.clone(), error.help.clone().unwrap_or_default())
                }
                None => Failure::refused(
                    format!(
                        "{} is written in a way in which this change cannot be spelled faithfully",
                        self.name
                    ),
                    "make the change by hand; the file is untouched",
                ),
            },
        }
    }
}

/// A refused change, in words with the nearest valid choice.
pub(super) fn refusal(scenario: &Scenario, refused: &Refused) -> Failure {
    match refused {
        Refused::Unknown(kind, id) => unknown(scenario, *kind, id),
        Refused::Taken(kind, id) => {
            Failure::refused(format!("there is a {kind} \"{id}\" already"), "choose another id")
        }
        Refused::Value(refusal) => value(*refusal, ""),
        Refused::Beside(key) => {
            Failure::refused(format!("the field cannot stand beside {key}"), format!("remove {key} first"))
        }
        Refused::Cited(items) => {
            let ids: Vec<&str> = items.iter().map(EvidenceId::as_str).collect();
            let message = format!("the source is still cited by {}", words::some(&ids, 5));
            Failure::refused(message, "cite another source there, or take it from them too with --force")
        }
        Refused::Full(kind) => Failure::refused(format!("no more than the limit of {kind} items fit"), ""),
        Refused::Stale | Refused::Malformed => Failure::refused("the change does not fit the file", ""),
    }
}

/// An id that is not there, with the nearest that is.
pub(super) fn unknown(scenario: &Scenario, kind: ItemKind, id: &str) -> Failure {
    let ids = ids(scenario, kind);
    let message = format!("there is no {} \"{id}\"", article(kind));
    match did_you_mean(id, ids.iter().copied()) {
        Some(help) => Failure::refused(message, help),
        None if ids.is_empty() => Failure::refused(message, format!("the file has no {kind} at all")),
        None => Failure::refused(message, format!("there are {}", words::some(&ids, 12))),
    }
}

fn article(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Evidence => "evidence item",
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Indicator => kind.as_str(),
    }
}

/// A value that a field does not take; `given` is what was given, for the nearest valid choice.
pub(super) fn value(refusal: Refusal, given: &str) -> Failure {
    match refusal {
        Refusal::NotOneOf(words) => {
            let help = did_you_mean(given, words.iter().copied());
            let message = if given.is_empty() {
                "not a value of this field".into()
            } else {
                format!("unknown value \"{given}\"")
            };
            let expected = format!("expected one of {}", words.join(", "));
            Failure::refused(message, help.map_or(expected.clone(), |help| format!("{expected}; {help}")))
        }
        Refusal::WrongType(shape) | Refusal::BadNumber(shape) | Refusal::BadDate(shape) => Failure::refused(
            format!("\"{given}\" is not what this field takes"),
            format!("expected {}", expected(shape)),
        ),
        Refusal::BadGrade => Failure::refused(
            format!("\"{given}\" is no Admiralty grade"),
            "expected a capital letter A to F and a digit 1 to 6, such as B2",
        ),
        Refusal::Required => Failure::refused("the field must be there", "set it to another value instead"),
    }
}

fn expected(shape: Shape) -> String {
    match shape {
        Shape::Text => "a text".into(),
        Shape::Word(words) => format!("one of {}", words.join(", ")),
        Shape::Number => "a finite number".into(),
        Shape::PositiveNumber => "a number above 0".into(),
        Shape::Day => "a day such as 2025-12-04".into(),
        Shape::Date => "a day, month or year such as 2025-12-04, 2025-12 or 2025".into(),
        Shape::Grade => "a grade such as B2".into(),
        Shape::List => "texts, separated by commas".into(),
        Shape::TextOrList => "a text, or several separated by commas".into(),
    }
}
