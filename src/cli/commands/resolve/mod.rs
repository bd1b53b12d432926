//! `ach resolve`: lists and settles the conflicts that merges left.

mod ask;
mod settle;
mod unmerged;

use std::ffi::OsString;

use clap::Args;

use super::set::unknown_rating;
use super::usage;
use crate::change::{Change, doubled, settle_all, unsettled};
use crate::cli::edit::{self, Editing};
use crate::cli::load;
use crate::cli::options::FormatArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::present::{ConflictText, Objection, OpenConflict, Purpose, ResolutionReport};
use crate::scenario::{Rating, Scenario, Side, Subject};
use crate::store::Origin;
use settle::{Settlement, named, settled, tell_what_is_left, underway};
use unmerged::unmerged;

/// List and settle the conflicts that a merge left
///
/// With the file alone, lists all conflicts: the values of ours, theirs and the base, and their place in the file.
/// Where both sides gave one id to different items, theirs is renamed to ID-theirs, and the list has the commands
/// that keep one of the two or both.
///
/// --ours and --theirs settle the conflict that is named, or all of them. Name a cell by the ids of its item and its
/// hypothesis, a field as ID.FIELD or by its path, all conflicts of an item by its ID, or any conflict by its number
/// in the list. A cell can also be settled by --rating, and an item that one side deleted by --keep or --delete. To
/// give a field a third value, set it with `ach set` and keep it with --ours.
///
/// On a terminal, --interactive asks about the conflicts one by one, and saves each answer at once.
#[derive(Args, Debug)]
#[command(
    override_usage = "ach resolve [OPTIONS] <FILE>\n       ach resolve [OPTIONS] <FILE> --ours|--theirs|--interactive\n       ach resolve [OPTIONS] <FILE> <EVIDENCE> <HYPOTHESIS> --ours|--theirs|--rating <RATING>\n       ach resolve [OPTIONS] <FILE> <ID|ID.FIELD|NUMBER> --ours|--theirs|--keep|--delete",
    after_help = "Examples:
  ach resolve case.toml
  ach resolve case.toml -i
  ach resolve case.toml no-claim iskp --theirs
  ach resolve case.toml no-claim iskp --rating I
  ach resolve case.toml no-claim.text --ours
  ach resolve case.toml casings --delete
  ach resolve case.toml --ours --dry-run"
)]
pub(in crate::cli) struct ResolveArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The conflict to settle: a cell, a field, an item or a number of the list
    #[arg(num_args = 0..=2, value_name = "WHAT")]
    what: Vec<String>,
    /// Keep the value in the file
    #[arg(long, group = "how")]
    ours: bool,
    /// Take the value of the other side
    #[arg(long, group = "how")]
    theirs: bool,
    /// Give the cell this rating, or leave it `blank`
    #[arg(long, value_name = "RATING", group = "how")]
    rating: Option<String>,
    /// Keep the item that one side deleted
    #[arg(long, group = "how")]
    keep: bool,
    /// Delete the item that one side deleted
    #[arg(long, group = "how")]
    delete: bool,
    /// Ask about each conflict on the terminal
    #[arg(short, long, group = "how", conflicts_with_all = ["dry_run", "format"])]
    interactive: bool,
    /// Show what would change and write nothing
    #[arg(long, requires = "how")]
    dry_run: bool,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &ResolveArgs, output: &Output) -> Result<Outcome, Failure> {
    if args.interactive {
        return ask::run(&args.file, &args.what, output)?.map_or_else(|| list(args, output), Ok);
    }
    let Some(how) = args.how()? else { return list(args, output) };
    let editing = edit::open_to_settle(&args.file, output)?;
    let scenario = editing.scenario();
    let changes = match (args.what.as_slice(), how) {
        ([], Settlement::For(side)) => settle_all(scenario, side).map_err(|(subject, refused)| {
            let said = about(scenario, subject);
            let Objection { message, help } = Objection::to_change(scenario, &refused);
            Failure::refused(
                format!("{said} cannot be settled this way: {message}"),
                help.unwrap_or_default(),
            )
        })?,
        ([], Settlement::Rated(_) | Settlement::Kept | Settlement::Deleted) => {
            return Err(usage("resolve", "name what to settle this way"));
        }
        (what, how) => settled(scenario, &named(scenario, what)?, how)?,
    };
    finish(editing, &changes, args, output)
}

/// Saves the changes, and reports the conflicts that are left.
fn finish(
    mut editing: Editing,
    changes: &[Change],
    args: &ResolveArgs,
    output: &Output,
) -> Result<Outcome, Failure> {
    if args.dry_run {
        return editing.preview(changes, output);
    }
    editing.step(changes, output)?;
    tell_what_is_left(editing.scenario(), &args.file, output)?;
    Ok(Outcome::Done)
}

fn list(args: &ResolveArgs, output: &Output) -> Result<Outcome, Failure> {
    let opened = load::open(&args.file)?;
    let (document, scenario) = load::readable(&opened.name, opened.reading)?;
    let chosen = if args.what.is_empty() { None } else { Some(named(&scenario, &args.what)?) };
    let position = load::positions(&document);
    let all = unsettled(&scenario);
    let count = all.len();
    let left = all.into_iter().zip(1..).map(|(unsettled, number)| {
        let place = position(&unsettled.subject);
        OpenConflict { number, unsettled, place }
    });
    let is_asked =
        |left: &OpenConflict<'_>| chosen.as_ref().is_none_or(|some| some.contains(&left.unsettled.subject));
    let purpose = match opened.origin {
        Origin::File => Purpose::List,
        Origin::StandardInput | Origin::Revision => Purpose::Look,
    };
    let left = left.filter(is_asked).collect();
    let report = ResolutionReport::new(&scenario, &args.file, purpose, left, count);
    let is_file = purpose == Purpose::List;
    let is_settled = count == 0 && doubled(&scenario).is_empty();
    let lacking = (is_file && is_settled).then(|| unmerged(&args.file, &scenario)).flatten();
    let underway = (is_file && (count > 0 || lacking.is_some())).then(|| underway(&args.file)).flatten();
    let report = report.during(underway).lacking(lacking);
    output.reports(args.format.format, &[&report])
}

impl ResolveArgs {
    fn how(&self) -> Result<Option<Settlement>, Failure> {
        if let Some(word) = &self.rating {
            let rating = if word == "blank" {
                None
            } else {
                Some(Rating::parse(word).ok_or_else(|| unknown_rating(word))?)
            };
            return Ok(Some(Settlement::Rated(rating)));
        }
        let chosen = [
            (self.ours, Settlement::For(Side::Ours)),
            (self.theirs, Settlement::For(Side::Theirs)),
            (self.keep, Settlement::Kept),
            (self.delete, Settlement::Deleted),
        ];
        Ok(chosen.into_iter().find(|(is_chosen, _)| *is_chosen).map(|(_, how)| how))
    }
}

fn about(scenario: &Scenario, subject: Subject) -> String {
    let left = unsettled(scenario);
    let left = left.iter().find(|left| left.subject == subject);
    left.map_or_else(|| "a conflict".to_owned(), |left| ConflictText::new(scenario, left).about)
}
