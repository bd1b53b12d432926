//! Previews: a command prints as a diff what it would write.

use std::ffi::OsStr;

use super::outcome::{Failure, Outcome};
use super::output::Output;
use crate::present::{Compared, DiffReport, Request};
use crate::report::DEFAULT_FORMAT;
use crate::scenario::Scenario;

/// Prints the changes that a command would make in a file; `before` is `None` for a new one.
pub(super) fn file(
    name: impl AsRef<OsStr>,
    before: Option<&Scenario>,
    after: &Scenario,
    output: &Output,
) -> Result<Outcome, Failure> {
    let name = name.as_ref().to_string_lossy();
    let compared = Compared { path: Some(&name), before: "as it is", after: "as it would be" };
    diff(before, after, compared, output)
}

/// Prints the differences between a version and one that would be written elsewhere, each with its name.
pub(super) fn versions(
    (before_name, before): (&str, &Scenario),
    (after_name, after): (&str, &Scenario),
    output: &Output,
) -> Result<Outcome, Failure> {
    let compared = Compared { path: None, before: before_name, after: after_name };
    diff(Some(before), after, compared, output)
}

fn diff(
    before: Option<&Scenario>,
    after: &Scenario,
    compared: Compared<'_>,
    output: &Output,
) -> Result<Outcome, Failure> {
    let report = DiffReport::new(before, Some(after), compared, &[], Request::default());
    output.reports(DEFAULT_FORMAT, &[&report])
}
