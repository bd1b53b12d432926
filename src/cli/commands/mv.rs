//! `ach mv`: renames or moves an item.

use std::ffi::OsString;

use clap::Args;

use crate::change::{Change, Listed, make};
use crate::cli::edit;
use crate::cli::item::{PlaceArgs, new_id, position};
use crate::cli::{Failure, Outcome, Output};
use crate::present::target::{self, by_kind};
use crate::scenario::Scenario;

/// Rename an item, or move it within its list
///
/// A new id replaces the old one in every reference. --before and --after move the item with its row or column and
/// the comment directly above it, without changing its text.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach mv case.toml no-claim no-claim-yet
  ach mv case.toml evidence:arrests --after no-claim
  ach mv case.toml iskp --before smugglers")]
pub(in crate::cli) struct MvArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Its id, with its kind in front if the id is ambiguous: evidence:ID
    #[arg(value_name = "ID")]
    id: String,
    /// The new id
    #[arg(value_name = "NEW-ID", required_unless_present_any = ["before", "after"], conflicts_with_all = ["before", "after"])]
    new_id: Option<String>,
    #[command(flatten)]
    place: PlaceArgs,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &MvArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let (kind, id) = target::item(editing.scenario(), &args.id)?;
    let changes = by_kind!(kind, changes(editing.scenario(), &id, args))?;
    editing.finish(&changes, args.dry_run, output)
}

fn changes<T: Listed>(scenario: &Scenario, id: &str, args: &MvArgs) -> Result<Vec<Change>, Failure> {
    let from = position::<T>(scenario, id)?;
    let id = T::parse_id(id).ok_or_else(|| edit::unknown(scenario, T::KIND, id))?;
    let change = if let Some(new) = &args.new_id {
        make::rename::<T>(scenario, &id, &new_id::<T>(new)?)
    } else {
        match args.place.gap::<T>(scenario)? {
            // The gaps on both sides of the item leave it where it is.
            None => Ok(None),
            Some(gap) if gap == from || gap == from + 1 => Ok(None),
            // The item is taken out first, so that those after it move up.
            Some(gap) if gap > from => make::shift::<T>(scenario, &id, gap - 1),
            Some(gap) => make::shift::<T>(scenario, &id, gap),
        }
    };
    change.map(|change| change.into_iter().collect()).map_err(|refused| edit::refusal(scenario, &refused))
}
