//! `ach observe`: an indicator was seen, or was not.

use std::ffi::OsString;

use clap::Args;

use crate::change::make::{self, Observation};
use crate::cli::options::{FormatArgs, parse_date};
use crate::cli::today::today;
use crate::cli::{Failure, Outcome, Output, edit};
use crate::present::target;
use crate::scenario::{Date, IndicatorId, ItemKind, Shape};

/// Record that an indicator was observed, or was not
///
/// The indicator becomes an item of evidence with the same id, text and ratings; it keeps its own, and `ach check`
/// warns if a rating of the item changes later. With --not it becomes an item of kind absence with blank cells: what
/// it means that nothing was seen is judged afresh.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach observe case.toml tried-court --date 2026-04-30 --source court
  ach observe case.toml second-raid --not --dry-run")]
pub(in crate::cli) struct ObserveArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The id of the indicator
    #[arg(value_name = "ID")]
    id: String,
    /// When it became known; by default today
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    date: Option<Date>,
    /// Who says it: ids of sources, with commas
    #[arg(long, value_name = "SOURCE", allow_hyphen_values = true)]
    source: Option<String>,
    /// It was not seen when it should have been
    #[arg(long)]
    not: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ObserveArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let scenario = editing.scenario();
    let id = args.id.strip_prefix("indicator:").unwrap_or(&args.id);
    let id = IndicatorId::parse(id).ok_or_else(|| edit::unknown(scenario, ItemKind::Indicator, id))?;
    let observation = Observation {
        date: args.date.or_else(today),
        source: args.source.as_deref().map(|source| target::value(Shape::TextOrList, source)),
        is_absent: args.not,
    };
    let changes =
        make::observe(scenario, &id, &observation).map_err(|refused| edit::refusal(scenario, &refused))?;
    editing.finish_in(&changes, args.dry_run, args.format.format, output)
}
