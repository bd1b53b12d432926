//! `ach new`: starts a scenario.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Args;

use crate::cli::git::installation;
use crate::cli::preview;
use crate::cli::{Failure, Outcome, Output};
use crate::document::{self, skeleton};
use crate::scenario::{Hypothesis, HypothesisId, ID_RULE, Scenario, suggest_id};
use crate::store::Expected;

/// Start a scenario
///
/// Writes a file with the question, the hypotheses and comments that explain its parts. An existing file is never
/// overwritten. Begin with every possible answer, also those that you do not believe; add evidence afterwards.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach new case.toml
  ach new case.toml --title 'The leak' --question 'Who leaked the memo?' -H insider='An insider' -H hack='A break-in'")]
pub(in crate::cli) struct NewArgs {
    /// The file to write, or - for standard output
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Title of the analysis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// Question that the hypotheses answer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    question: Option<String>,
    /// A hypothesis: its id and its name; may be repeated
    #[arg(short = 'H', long = "hypothesis", value_name = "ID=NAME", value_parser = parse_hypothesis)]
    hypotheses: Vec<Hypothesis>,
    /// Show what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
}

fn parse_hypothesis(text: &str) -> Result<Hypothesis, String> {
    let (id, name) = text.split_once('=').ok_or("expected ID=NAME, such as insider='An insider'")?;
    let help = || match suggest_id(id) {
        Some(id) => format!("\"{text}\": {ID_RULE}; perhaps \"{id}\""),
        None => ID_RULE.to_owned(),
    };
    Ok(Hypothesis::new(HypothesisId::parse(id).ok_or_else(help)?, name))
}

pub(super) fn run(args: &NewArgs, output: &Output) -> Result<Outcome, Failure> {
    let mut ids = HashSet::new();
    if let Some(twice) = args.hypotheses.iter().find(|h| !ids.insert(h.id.clone())) {
        return Err(super::usage("new", format!("the hypothesis \"{}\" is given twice", twice.id)));
    }
    let mut scenario = Scenario::new(args.title.clone().unwrap_or_else(|| title_of(&args.file)));
    scenario.question.clone_from(&args.question);
    scenario.hypotheses.clone_from(&args.hypotheses);
    let schema = Some(&args.file).filter(|file| *file != "-");
    let schema = schema.and_then(|file| super::schema::installed_above(Path::new(file)));
    let schema = schema.map(|path| format!("#:schema {path}\n")).unwrap_or_default();
    let text = schema + &skeleton(&scenario);
    if args.dry_run {
        let written = document::read(text.into_bytes()).scenario.unwrap_or_default();
        return preview::file(&args.file, None, &written, output);
    }
    if args.file == "-" {
        output.result(|out| out.write_all(text.as_bytes()))?;
        return Ok(Outcome::Done);
    }
    crate::cli::save::save(&args.file, &text, Expected::Absent, output)?;
    let file = crate::text::single_line(&args.file.to_string_lossy()).into_owned();
    output.note(|out| writeln!(out, "wrote {file}"))?;
    if let Some((pattern, attributes)) = installation::adopt(&args.file) {
        let line = format!("add {pattern} to {attributes}, so that git uses ach for it");
        output.note(|out| writeln!(out, "{}", crate::text::single_line(&line)))?;
    }
    Ok(Outcome::Done)
}

/// A title made of the name of the file: `the-leak.ach.toml` is about "The leak".
pub(super) fn title_of(file: &OsStr) -> String {
    let name =
        Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.trim_end_matches(".toml").trim_end_matches(".ach").replace(['-', '_'], " ");
    let mut letters = stem.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled analysis".to_owned(),
    }
}
