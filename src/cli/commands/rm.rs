//! `ach rm`: removes an item.

use std::ffi::OsString;

use clap::Args;

use crate::change::{Change, Listed, make};
use crate::cli::edit;
use crate::cli::{Failure, Outcome, Output};
use crate::present::target::{self, by_kind};
use crate::scenario::{HypothesisId, ItemKind, Scenario, SourceId};

/// Remove a hypothesis, an evidence item, a source, an indicator or an estimate
///
/// A hypothesis is removed with its ratings, its place in controlled_by and the indicators that are rated against no
/// other; an item with its row, its place in rests_on and the comment directly above it. A source that is cited, and
/// a hypothesis that an estimate or the outcome names, are removed only with --force.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach rm case.toml casings
  ach rm case.toml source:iskp-media --force
  ach rm case.toml etim --dry-run")]
pub(in crate::cli) struct RmArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Its id, with its kind in front if the id is ambiguous: evidence:ID
    #[arg(value_name = "ID")]
    id: String,
    /// Remove a source though items cite it, a hypothesis though an estimate or the outcome names it
    #[arg(long)]
    force: bool,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &RmArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let scenario = editing.scenario();
    let (kind, id) = target::item(scenario, &args.id)?;
    let unused = match (kind, SourceId::parse(&id), HypothesisId::parse(&id)) {
        (ItemKind::Source, Some(id), _) => make::uncited(scenario, &id),
        (ItemKind::Hypothesis, _, Some(id)) => make::unrecorded(scenario, &id),
        (..) => Ok(()),
    };
    if !args.force {
        unused.map_err(|refused| edit::refusal(scenario, &refused))?;
    }
    let changes = by_kind!(kind, remove(scenario, &id))?;
    editing.finish(&changes, args.dry_run, output)
}

fn remove<T: Listed>(scenario: &Scenario, id: &str) -> Result<Vec<Change>, Failure> {
    let id = T::parse_id(id).ok_or_else(|| edit::unknown(scenario, T::KIND, id))?;
    let change = make::remove::<T>(scenario, &id);
    change.map(|change| vec![change]).map_err(|refused| edit::refusal(scenario, &refused))
}
