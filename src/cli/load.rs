//! From the name of a file to a scenario, or to everything that is wrong with it.

use super::outcome::{Failure, Unusable};
use super::output::Output;
use crate::diagnostic::{Diagnostic, Severity, describe};
use crate::document::{self, Document, Lines, Reading};
use crate::present::{Checked, Finding, Highlight};
use crate::report::write_faults;
use crate::scenario::{Scenario, Subject, inconsistencies};
use crate::store::{self, Origin, Unopened};

/// A scenario that can be scored.
#[derive(Debug)]
pub(super) struct Loaded {
    /// The file as it was named.
    pub(super) name: String,
    /// What it holds.
    pub(super) scenario: Scenario,
}

/// A file with whatever could be read from it.
#[derive(Debug)]
pub(super) struct Opened {
    /// The file as it was named.
    pub(super) name: String,
    /// Where it came from.
    pub(super) origin: Origin,
    /// What was read.
    pub(super) reading: Reading,
}

/// Opens a file and reads what it can.
pub(super) fn open(name: &str) -> Result<Opened, Unopened> {
    let input = store::open(name)?;
    Ok(Opened { name: input.name, origin: input.origin, reading: document::read(input.bytes) })
}

/// Refuses to write what is a version that git keeps.
pub(super) fn check_writable(name: &str, origin: Origin) -> Result<(), Failure> {
    match origin {
        Origin::File | Origin::StandardInput => Ok(()),
        Origin::Revision => {
            let message = format!("{name} is a version that git keeps: it can be read, not changed");
            Err(Failure::refused(message, "name the file in the work tree"))
        }
    }
}

/// The scenarios in these files, all of them fit for scoring.
///
/// # Errors
/// Every file that is not, with everything that is wrong with it.
pub(super) fn scenarios(names: &[String]) -> Result<Vec<Loaded>, Failure> {
    each(names, |_, _| ())
}

/// The same, with the document of the first.
///
/// # Errors
/// As [`scenarios`]; without any name, that there is none.
pub(super) fn with_first_document(names: &[String]) -> Result<(Document, Vec<Loaded>), Failure> {
    let mut first = None;
    let loaded = each(names, |at, document| {
        if at == 0 {
            first = Some(document);
        }
    })?;
    first.map(|first| (first, loaded)).ok_or_else(|| Failure::refused("no file is named", ""))
}

/// The scenarios in these files; their documents, each with the position of its file, go to `keep`.
fn each(names: &[String], mut keep: impl FnMut(usize, Document)) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut unusable) = (Vec::with_capacity(names.len()), Vec::new());
    for (at, name) in names.iter().enumerate() {
        match open(name).map_err(Unusable::Unopened).and_then(consistent) {
            Ok((scenario, document)) => {
                loaded.push(scenario);
                keep(at, document);
            }
            Err(fault) => unusable.push(fault),
        }
    }
    if unusable.is_empty() { Ok(loaded) } else { Err(Failure::Unusable(unusable)) }
}

fn consistent(opened: Opened) -> Result<(Loaded, Document), Unusable> {
    let Opened { name, reading: Reading { document, scenario, mut diagnostics }, .. } = opened;
    diagnostics.retain(|found| found.severity() == Severity::Error);
    let marking = scenario.as_ref().and_then(|scenario| scenario.marking.clone());
    if let Some(scenario) = scenario {
        diagnostics.extend(contradictions(&scenario));
        if diagnostics.is_empty() {
            return Ok((Loaded { name, scenario }, document));
        }
    }
    Err(Unusable::Faulty(checked(name, &document, marking, &diagnostics)))
}

/// The first of the errors that make a file unreadable, in a few words; `None` if there is none.
pub(super) fn first_fault(reading: &Reading) -> Option<String> {
    let errors = reading.diagnostics.iter().filter(|found| found.severity() == Severity::Error);
    let errors: Vec<Diagnostic> = errors.cloned().collect();
    let checked = checked(String::new(), &reading.document, None, &errors);
    checked.findings.first().map(|found| format!("line {}: {}", found.line, found.message))
}

/// Says on standard error that a scenario does not fit together, where a command works all the same.
pub(super) fn tell_contradictions(name: &str, reading: &Reading, output: &Output) {
    if let Some(scenario) = &reading.scenario {
        tell_some(name, &reading.document, scenario, |_| true, output);
    }
}

/// The same of some of what does not fit together.
pub(super) fn tell_some(
    name: &str,
    document: &Document,
    scenario: &Scenario,
    telling: impl Fn(&Diagnostic) -> bool,
    output: &Output,
) {
    let mut found = contradictions(scenario);
    found.retain(telling);
    if !found.is_empty() {
        let checked = checked(name.to_owned(), document, None, &found);
        output.aside(|out, options| write_faults(checked.faults(false), options, out));
    }
}

/// What in a scenario does not fit together.
pub(super) fn contradictions(scenario: &Scenario) -> Vec<Diagnostic> {
    inconsistencies(scenario).iter().map(|fault| describe(scenario, fault)).collect()
}

/// Line and column at which something stands; the beginning of the file, where it has no place of its own.
pub(super) fn positions(document: &Document) -> impl Fn(&Subject) -> (usize, usize) {
    let (places, lines) = (document.places(), Lines::new(document.text()));
    move |subject| places.span(subject).map_or((1, 1), |span| lines.position(span.start))
}

/// A file with its findings, each at its line, in the order of the file.
pub(super) fn checked(
    name: String,
    document: &Document,
    marking: Option<String>,
    diagnostics: &[Diagnostic],
) -> Checked {
    let (places, lines) = (document.places(), Lines::new(document.text()));
    let mut findings: Vec<Finding> = diagnostics
        .iter()
        .map(|found| {
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
        })
        .collect();
    findings.sort_by_key(|finding| (finding.line, finding.column));
    Checked { path: name, text: document.text().to_owned(), marking, findings }
}
