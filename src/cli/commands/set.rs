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
use crate::scenario::{EvidenceId, HypothesisId, ItemKind, Level, Rating};
use crate::text::look_alike;

/// Set one cell, or any other field
///
/// A cell is named by the ids of its item and its hypothesis and takes a rating (CC, C, N, I, II, NA) or `blank`, which
/// takes rating and confidence away and leaves the note. Any other field is named ID.FIELD, or by its path where it is
/// the scenario's own: title, as_of, scoring.method. Where an id names things of several kinds, put the kind before
/// it: evidence:ID.FIELD. Lists are given with commas. A credibility replaces a grade and the reverse.
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
  ach set case.toml scoring.method net --dry-run"
)]
pub(in crate::cli) struct SetArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The cell or field to set, and its value
    #[arg(required = true, num_args = 1..=3, value_name = "WHAT", allow_negative_numbers = true)]
    what: Vec<String>,
    /// Why the cell is rated so; an empty text takes the note away
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    note: Option<String>,
    /// How sure the rating is
    #[arg(long, value_name = "LEVEL", value_parser = word::<Level>())]
    confidence: Option<Level>,
    /// Take the field away
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
        ([evidence, hypothesis, rating], false) => cell(args, &editing, evidence, hypothesis, Some(rating))?,
        ([evidence, hypothesis], false) if in_cell => cell(args, &editing, evidence, hypothesis, None)?,
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
    evidence: &str,
    hypothesis: &str,
    rating: Option<&str>,
) -> Result<Vec<Change>, Failure> {
    let scenario = editing.scenario();
    let missing = |kind, id: &str| edit::unknown(scenario, kind, id);
    let row =
        ids(scenario, ItemKind::Evidence).contains(&evidence).then(|| EvidenceId::parse(evidence)).flatten();
    let row = row.ok_or_else(|| missing(ItemKind::Evidence, evidence))?;
    let column = ids(scenario, ItemKind::Hypothesis)
        .contains(&hypothesis)
        .then(|| HypothesisId::parse(hypothesis))
        .flatten();
    let column = column.ok_or_else(|| missing(ItemKind::Hypothesis, hypothesis))?;
    let refuse = |refused| edit::refusal(scenario, &refused);
    let mut wanted = make::judgement(scenario, &row, &column).map_err(refuse)?;
    match rating {
        None => {}
        Some("blank") => (wanted.rating, wanted.confidence) = (None, None),
        Some(word) => wanted.rating = Some(Rating::parse(word).ok_or_else(|| unknown_rating(word))?),
    }
    wanted.confidence = args.confidence.or(wanted.confidence);
    if let Some(note) = &args.note {
        wanted.note = Some(note.clone()).filter(|note| !note.is_empty());
    }
    make::judge(scenario, &row, &column, wanted).map_err(refuse)
}

pub(super) fn unknown_rating(word: &str) -> Failure {
    let choices = || Rating::WORDS.iter().copied().chain(["blank"]);
    let expected = format!("expected one of {}, or blank", Rating::WORDS.join(", "));
    let help = did_you_mean(word, choices()).map_or(expected.clone(), |help| format!("{expected}; {help}"));
    let remark = look_alike(word).map(|remark| format!(": {remark}")).unwrap_or_default();
    Failure::refused(format!("unknown rating \"{word}\"{remark}"), help)
}
