//! `ach check`: errors of files and flaws of method.

use std::ffi::OsString;

use clap::Args;

use super::check_stdin;
use crate::checks::{self, CHECKS};
use crate::cli::load::{self, Opened};
use crate::cli::options::{CountingArgs, FormatArgs};
use crate::cli::outcome::{Failure, Outcome, Unusable};
use crate::cli::output::Output;
use crate::diagnostic::{Code, Diagnostic, FILE_CODES, Severity, did_you_mean};
use crate::present::{CheckReport, Checked, CodeReport};
use crate::scenario::Date;

/// Look for errors in files and for flaws of method
///
/// Errors are faults of the file: text that cannot be read, or parts that contradict each other. Warnings are doubts
/// about the analysis: unrated cells, evidence that separates no hypotheses, a lead that rests on one item. Exits
/// with 1 if there are errors, or with --strict if there are any findings.
///
/// Every finding has a code that never changes its meaning; --explain describes it. Findings left out by --only and
/// --allow do not count, but errors that keep a file from being read are shown if nothing else is left.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach check scenario.toml
  ach check --strict --allow undated,unsourced scenarios/*.toml
  ach check --explain lead-on-one-item")]
pub(in crate::cli) struct CheckArgs {
    /// Scenarios, or - for standard input
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<OsString>,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Skip files that are not scenarios: those without a key `ach`
    #[arg(long)]
    skip_others: bool,
    /// Show only findings with this code; may be repeated or a list with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = parse_code)]
    only: Vec<Code>,
    /// Leave out findings with this code; may be repeated or a list with commas
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = parse_code)]
    allow: Vec<Code>,
    /// Explain a code: its meaning, why it matters, and the source
    #[arg(long, value_name = "CODE", value_parser = parse_code, conflicts_with_all = ["files", "strict", "only", "allow"])]
    explain: Option<Code>,
    #[command(flatten)]
    counting: CountingArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &CheckArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format;
    if let Some(doc) = args.explain.and_then(|code| checks::doc(code.as_str())) {
        return output.reports(format, &[&CodeReport::new(doc)]);
    }
    check_stdin("check", &args.files)?;
    let mut files = Vec::with_capacity(args.files.len());
    let mut unopened = Vec::new();
    for name in &args.files {
        match load::open_unless_other(name, args.skip_others) {
            Ok(Some(opened)) => files.push(args.check(opened)?),
            Ok(None) => {}
            Err(fault) => unopened.push(Unusable::Unopened(fault)),
        }
    }
    let found = |severity| files.iter().any(|file| file.count(severity) > 0);
    let no = found(Severity::Error) || (args.strict && found(Severity::Warning));
    // Missing files do not keep the others from being checked.
    if !files.is_empty() {
        output.reports(format, &[&CheckReport { files }])?;
    }
    Outcome::answer(no).unless(unopened)
}

impl CheckArgs {
    /// Returns the findings of one file that are asked for.
    fn check(&self, opened: Opened) -> Result<Checked, Failure> {
        let Opened { name, reading, .. } = opened;
        let mut found = reading.diagnostics;
        let mut marking = None;
        if let Some(scenario) = &reading.scenario {
            self.counting.check(&[scenario])?;
            marking.clone_from(&scenario.marking);
            found.extend(load::contradictions(scenario));
            found.extend(checks::run(
                scenario,
                checks::Options {
                    as_of: self.counting.as_of.map(Date::last_day),
                    filter: self.counting.filter.as_ref(),
                },
            ));
        }
        let told: Vec<Diagnostic> =
            found.iter().filter(|found| self.is_asked_for(found.code)).cloned().collect();
        // A file that cannot be read always has findings, since nobody knows its other faults.
        let told = if told.is_empty() && reading.scenario.is_none() { found } else { told };
        Ok(load::checked(&name, reading.document, marking, &told))
    }

    fn is_asked_for(&self, code: Code) -> bool {
        (self.only.is_empty() || self.only.contains(&code)) && !self.allow.contains(&code)
    }
}

fn parse_code(name: &str) -> Result<Code, String> {
    checks::doc(name).map(|doc| doc.code).ok_or_else(|| {
        let known =
            || FILE_CODES.iter().chain(CHECKS.iter().map(|check| &check.doc)).map(|doc| doc.code.as_str());
        let having: Vec<&str> = known().filter(|code| !name.is_empty() && code.contains(name)).collect();
        let hint = match (did_you_mean(name, known()), having.as_slice()) {
            (Some(hint), _) => hint,
            (None, []) => "`ach check --help` says where they are listed".to_owned(),
            (None, several) => format!("there is {}", several.join(", ")),
        };
        format!("there is no such code; {hint}")
    })
}
