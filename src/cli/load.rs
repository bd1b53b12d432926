//! From the name of a file to a scenario, or to everything that is wrong with it.

use std::ffi::{OsStr, OsString};

use super::outcome::{Failure, Unusable};
use super::output::Output;
use crate::diagnostic::{Diagnostic, Severity, describe};
use crate::document::{self, Document, Lines, Reading};
use crate::present::{Checked, Faults, Finding, Highlight};
use crate::report::write_faults;
use crate::scenario::{Scenario, Subject, inconsistencies};
use crate::store::{self, Origin, Unopened};

/// A scenario that can be scored.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The file as it was named.
    pub(super) name: OsString,
    /// Its scenario.
    pub(super) scenario: Scenario,
}

/// A file with whatever could be read from it.
#[derive(Debug)]
pub(super) struct Opened {
    /// The file as it was named.
    pub(super) name: OsString,
    /// Where it came from.
    pub(super) origin: Origin,
    /// The scenario as far as it could be read, and all diagnostics of the reader.
    pub(super) reading: Reading,
}

/// Opens a file and reads what it can.
pub(super) fn open(name: impl AsRef<OsStr>) -> Result<Opened, Unopened> {
    Ok(opened(store::open(name)?))
}

fn opened(input: store::Input) -> Opened {
    Opened { name: input.name, origin: input.origin, reading: document::read(input.bytes) }
}

/// Like [`open`], but passes over what is not a scenario if `skipping`.
pub(super) fn open_unless_other(name: impl AsRef<OsStr>, skipping: bool) -> Result<Option<Opened>, Unopened> {
    let input = store::open(name)?;
    let is_other = skipping && !document::is_scenario(&input.bytes);
    Ok((!is_other).then(|| opened(input)))
}

/// Refuses to write to a committed version.
pub(super) fn check_writable(name: impl AsRef<OsStr>, origin: Origin) -> Result<(), Failure> {
    match origin {
        Origin::File | Origin::StandardInput => Ok(()),
        Origin::Revision => Err(Failure::refused(
            format!("{} is a committed version: it can be read, not changed", name.as_ref().display()),
            "name the file in the work tree",
        )),
    }
}

/// Reads the scenarios of these files, all of them fit for scoring.
///
/// # Errors
/// Every file that is not, with everything that is wrong with it.
pub(super) fn scenarios(names: &[impl AsRef<OsStr>]) -> Result<Vec<Loaded>, Failure> {
    each(names, |(loaded, _)| loaded)
}

/// Like [`scenarios`], each with its document.
pub(super) fn documents(names: &[impl AsRef<OsStr>]) -> Result<Vec<(Loaded, Document)>, Failure> {
    each(names, |file| file)
}

/// Reads files fit for scoring, and keeps of each what `keep` returns before the next is read.
fn each<T>(names: &[impl AsRef<OsStr>], keep: fn((Loaded, Document)) -> T) -> Result<Vec<T>, Failure> {
    let (mut loaded, mut unusable) = (Vec::with_capacity(names.len()), Vec::new());
    for name in names {
        match open(name).map_err(Unusable::Unopened).and_then(consistent) {
            Ok(file) => loaded.push(keep(file)),
            Err(fault) => unusable.push(fault),
        }
    }
    if unusable.is_empty() { Ok(loaded) } else { Err(Failure::Unusable(unusable)) }
}

/// Returns the scenario of an opened file, if it is fit for scoring.
pub(super) fn usable(opened: Opened) -> Result<Loaded, Unusable> {
    consistent(opened).map(|(loaded, _)| loaded)
}

fn consistent(opened: Opened) -> Result<(Loaded, Document), Unusable> {
    let Opened { name, reading, .. } = opened;
    let (document, scenario) = readable(&name, reading)?;
    let errors = contradictions(&scenario);
    if errors.is_empty() {
        return Ok((Loaded { name, scenario }, document));
    }
    Err(Unusable::Faulty(checked(&name, document, scenario.marking, &errors)))
}

/// Returns the document and scenario of a file, or the errors for which it cannot be read as one.
pub(super) fn readable(name: impl AsRef<OsStr>, reading: Reading) -> Result<(Document, Scenario), Unusable> {
    let Reading { document, scenario, mut diagnostics } = reading;
    match scenario {
        Some(scenario) => Ok((document, scenario)),
        None => {
            diagnostics.retain(|found| found.severity() == Severity::Error);
            Err(Unusable::Faulty(checked(name, document, None, &diagnostics)))
        }
    }
}

/// Returns the line and message of the first error that makes a file unreadable; `None` if there is none.
pub(super) fn first_fault(reading: &Reading) -> Option<(usize, String)> {
    let errors = reading.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    findings(&reading.document, &errors).into_iter().next().map(|found| (found.line, found.message))
}

/// Warns on standard error of contradictions in a scenario, where a command works all the same.
pub(super) fn tell_contradictions(name: impl AsRef<OsStr>, reading: &Reading, output: &Output) {
    if let Some(scenario) = &reading.scenario {
        tell_some(name, &reading.document, scenario, |_| true, output);
    }
}

/// Like [`tell_contradictions`], for those that `telling` picks.
pub(super) fn tell_some(
    name: impl AsRef<OsStr>,
    document: &Document,
    scenario: &Scenario,
    telling: impl Fn(&Diagnostic) -> bool,
    output: &Output,
) {
    let mut found = contradictions(scenario);
    found.retain(telling);
    if !found.is_empty() {
        let (path, findings) = (name.as_ref().display().to_string(), findings(document, &found));
        let faults = Faults::new(&path, document.text(), &findings, false);
        output.aside(|out, options| write_faults(faults, options, out));
    }
}

/// Returns the parts of a scenario that contradict each other.
pub(super) fn contradictions(scenario: &Scenario) -> Vec<Diagnostic> {
    inconsistencies(scenario).iter().map(|fault| describe(scenario, fault)).collect()
}

/// Returns a function from a subject to its line and column, both from 1; (1, 1) if it has no place of its own.
pub(super) fn positions(document: &Document) -> impl Fn(&Subject) -> (usize, usize) {
    let (places, lines) = (document.places(), Lines::new(document.text()));
    move |subject| places.span(subject).map_or((1, 1), |span| lines.position(span.start))
}

/// Places findings in their file, in the order of its lines.
pub(super) fn checked(
    name: impl AsRef<OsStr>,
    document: Document,
    marking: Option<String>,
    diagnostics: &[Diagnostic],
) -> Checked {
    let findings = findings(&document, diagnostics);
    let path = name.as_ref().display().to_string();
    Checked { path, text: document.into_text(), marking, findings }
}

fn findings(document: &Document, diagnostics: &[Diagnostic]) -> Vec<Finding> {
    let (places, lines) = (document.places(), Lines::new(document.text()));
    let finding = |found: &Diagnostic| {
        let highlights: Vec<Highlight> = found
            .labels
            .iter()
            .filter_map(|label| {
                let span = places.of(&label.place)?;
                let (line, column) = lines.position(span.start);
                Some(Highlight { span, line, column, text: label.text.clone() })
            })
            .collect();
        let (line, column) = highlights.first().map_or((1, 1), |mark| (mark.line, mark.column));
        Finding {
            code: found.code,
            severity: found.severity(),
            message: found.message.clone(),
            line,
            column,
            help: found.help.clone(),
            highlights,
        }
    };
    let mut findings: Vec<Finding> = diagnostics.iter().map(finding).collect();
    findings.sort_by_key(|finding| (finding.line, finding.column));
    findings
}
