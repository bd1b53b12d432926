//! `ach set`: one cell, or any other field.

use std::ffi::OsString;

use clap::Args;

use super::usage;
use crate::change::{Change, make};
use crate::cli::edit::{self, Editing};
use crate::cli::options::word;
use crate::cli::{Failure, Outcome, Output};
use crate::diagnostic::did_you_mean;
use crate::present::target::{self, ids};
use crate::scenario::{HypothesisId, ItemKind, Level, Probability, Rating};
use crate::text::look_alike;

/// Set one cell, or any other field
///
/// A cell is named by the ids of its item or indicator and its hypothesis. It takes a rating (CC, C, N, I, II, NA) or
/// `blank`, which removes rating and confidence and keeps the note. A cell of an estimate takes a probability, such
/// as 35% or 0.35, or `blank`. Any other field is named ID.FIELD, or by its path if it is the scenario's own: title,
/// as_of, scoring.method, outcome.hypothesis. If an id is ambiguous, put the kind before it: evidence:ID.FIELD; for a
/// cell, evidence comes first. Lists are given with commas. A credibility replaces a grade and the reverse.
///
/// Only the bytes that must change do; comments, order and spacing stay.
#[derive(Args, Debug)]
#[command(
    override_usage = "ach set [OPTIONS] <FILE> <EVIDENCE> <HYPOTHESIS> <RATING>\n       ach set [OPTIONS] <FILE> <ID.FIELD> <VALUE>\n       ach set [OPTIONS] <FILE> <ID.FIELD> --unset",
    after_help = "Examples:
  ach set case.toml no-claim iskp II --note 'ISKP usually claims its attacks'
  ach set case.toml no-claim iskp blank
  ach set case.toml no-claim.credibility high
  ach set case.toml etim.status rejected
  ach set case.toml scoring.method net --dry-run
  ach set case.toml outcome.hypothesis iskp"
)]
pub(in crate::cli) struct SetArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The cell or field to set, and its value
    #[arg(required = true, num_args = 1..=3, value_name = "WHAT", allow_negative_numbers = true)]
    what: Vec<String>,
    /// Reason for the rating; an empty text removes the note
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// Confidence in the rating
    #[arg(long, value_name = "LEVEL", value_parser = word::<Level>())]
    confidence: Option<Level>,
    /// Remove the field
    #[arg(long, conflicts_with_all = ["note", "confidence"])]
    unset: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &SetArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let scenario = editing.scenario();
    let in_cell = args.note.is_some() || args.confidence.is_some();
    let changes = match (args.what.as_slice(), args.unset) {
        ([row, hypothesis, content], false) => cell(args, &editing, row, hypothesis, Some(content))?,
        ([row, hypothesis], false) if in_cell => cell(args, &editing, row, hypothesis, None)?,
        ([path, value], false) => target::set(scenario, path, Some(value))?,
        ([path], true) => target::set(scenario, path, None)?,
        ([_], false) => return Err(usage("set", "a value is missing, or --unset")),
        (_, true) => return Err(usage("set", "--unset takes the field alone")),
        ([] | [_, _, _, _, ..], false) => return Err(usage("set", "name one cell or one field")),
    };
    editing.finish(&changes, args.dry_run, output)
}

fn cell(
    args: &SetArgs,
    editing: &Editing,
    row: &str,
    hypothesis: &str,
    content: Option<&str>,
) -> Result<Vec<Change>, Failure> {
    let scenario = editing.scenario();
    let row = target::row(scenario, row)?;
    let is_known = ids(scenario, ItemKind::Hypothesis).contains(&hypothesis);
    let column = HypothesisId::parse(hypothesis).filter(|_| is_known);
    let column = column.ok_or_else(|| edit::unknown(scenario, ItemKind::Hypothesis, hypothesis))?;
    let refuse = |refused| edit::refusal(scenario, &refused);
    let mut wanted = make::judgement(scenario, &row, &column).map_err(refuse)?;
    let is_estimate = row.kind() == ItemKind::Estimate;
    if is_estimate && (args.note.is_some() || args.confidence.is_some()) {
        return Err(usage("set", "a probability has no note and no confidence; its estimate has a note"));
    }
    match content {
        None => {}
        Some("blank") => (wanted.probability, wanted.rating, wanted.confidence) = (None, None, None),
        Some(word) if is_estimate => {
            wanted.probability = Some(Probability::parse(word).ok_or_else(|| bad_probability(word))?);
        }
        Some(word) => wanted.rating = Some(Rating::parse(word).ok_or_else(|| unknown_rating(word))?),
    }
    wanted.confidence = args.confidence.or(wanted.confidence);
    if let Some(note) = &args.note {
        wanted.note = Some(note.clone()).filter(|note| !note.is_empty());
    }
    make::judge(scenario, &row, &column, wanted).map_err(refuse)
}

/// Refuses a text that spells no probability.
pub(super) fn bad_probability(word: &str) -> Failure {
    let share = word.trim().parse().ok().and_then(|number: f64| Probability::new(number / 100.0));
    let help = share.map_or("expected a number from 0 to 1, or a share such as 35%".to_owned(), |share| {
        format!("for {word} % write {word}% or {}", share.get())
    });
    Failure::refused(format!("\"{word}\" is not a probability"), help)
}

pub(super) fn unknown_rating(word: &str) -> Failure {
    let choices = || Rating::WORDS.iter().copied().chain(["blank"]);
    let expected = format!("expected one of {}, or blank", Rating::WORDS.join(", "));
    let help = did_you_mean(word, choices()).map_or(expected.clone(), |help| format!("{expected}; {help}"));
    let remark = look_alike(word).map(|remark| format!(": {remark}")).unwrap_or_default();
    Failure::refused(format!("unknown rating \"{word}\"{remark}"), help)
}
