//! `ach blame`: the last commit to set each cell.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::rc::Rc;

use clap::Args;

use crate::change::{Traced, diff};
use crate::cli::git::history::FileHistory;
use crate::cli::options::FormatArgs;
use crate::cli::{Failure, Outcome, Output};
use crate::cli::{edit, load};
use crate::present::{BlameReport, Request};
use crate::scenario::{Evidence, EvidenceField, EvidenceId, Fielded, ItemKind, Scenario};

/// Show who last set each cell, and when
///
/// For each cell, shows the commit that last changed its rating, confidence or note, or, if the cell was never set,
/// the commit that added its row or column. With EVIDENCE, shows one item with its fields. Items, hypotheses and the
/// file are followed through renamings; a merge counts only if its cell differs from those of all its parents.
/// Changes in the work tree are shown as not committed yet.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach blame case.toml
  ach blame case.toml no-claim              one item with its fields
  ach blame v1:cases/case.toml --format json")]
pub(in crate::cli) struct BlameArgs {
    /// A file of a repository, or REV:path
    #[arg(value_name = "FILE")]
    file: OsString,
    /// The id of an item to show in detail
    #[arg(value_name = "EVIDENCE")]
    evidence: Option<String>,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &BlameArgs, output: &Output) -> Result<Outcome, Failure> {
    let mut history = FileHistory::open(&args.file)?;
    let scenario = scenario(&args.file, output)?;
    let item = args.evidence.as_deref().map(|id| position(&scenario, id)).transpose()?;
    let id = item.and_then(|at| scenario.evidence.get(at)).map(|item| &item.id);
    let cells = Traced::cells_of(&scenario, id);
    let fields = item.and_then(|at| scenario.evidence.get(at)).map(fields_of).unwrap_or_default();

    let number = cells.len();
    let blamed = blame(&mut history, &scenario, Traced::all(cells, &fields), number + fields.len());
    let mut places: Vec<usize> = blamed.iter().flatten().copied().collect();
    places.sort_unstable();
    places.dedup();
    let commits: Vec<_> = places.iter().filter_map(|at| history.note(*at)).collect();
    history.warn_of_gaps(output);
    history.warn_of_faults(output);
    let mut blamed = blamed.into_iter().map(|at| places.binary_search(&at?).ok());
    let cells: Vec<_> = blamed.by_ref().take(number).collect();
    let fields: Vec<_> = fields.into_iter().map(|(_, field)| field).zip(blamed).collect();
    let request = Request { file: (args.file != "-").then_some(args.file.as_os_str()), ..Request::default() };
    let report = BlameReport::new(&scenario, item, &commits, &cells, &fields, request);
    output.reports(args.format.format, &[&report])
}

/// Reads the version to annotate, which may contradict itself.
fn scenario(name: &OsStr, output: &Output) -> Result<Scenario, Failure> {
    let opened = load::open(name)?;
    load::tell_contradictions(name, &opened.reading, output);
    let (_, scenario) = load::readable(name, opened.reading)?;
    Ok(scenario)
}

fn position(scenario: &Scenario, id: &str) -> Result<usize, Failure> {
    let known = EvidenceId::parse(id).and_then(|id| scenario.position::<Evidence>(&id));
    known.ok_or_else(|| edit::unknown(scenario, ItemKind::Evidence, id))
}

/// Returns the fields that an item has.
fn fields_of(item: &Evidence) -> Vec<(EvidenceId, EvidenceField)> {
    let has = |field: &&EvidenceField| item.field(**field).is_some();
    Evidence::FIELDS.iter().filter(has).map(|field| (item.id.clone(), *field)).collect()
}

/// Returns, by the number of each traced thing, the position of the commit that set it; `None` if it is not committed.
///
/// Each commit keeps what it set itself and hands the rest on to a parent that has the same value. The history lists
/// children before their parents.
fn blame(history: &mut FileHistory, scenario: &Scenario, all: Traced, number: usize) -> Vec<Option<usize>> {
    let mut blamed = vec![None; number];
    let mut waiting: HashMap<usize, Traced> = HashMap::new();
    let Some(newest) = first_readable(history) else {
        if history.is_lost(0) {
            attribute(all, 0, &mut blamed);
        }
        return blamed;
    };
    let (set, handed) = match history.version(newest).scenario() {
        Some(before) => all.divide(&diff(&before, scenario)),
        None => (all, Traced::default()),
    };
    if history.is_lost(0) {
        // Whether it has them is not known.
        attribute(set, 0, &mut blamed);
    }
    waiting.insert(newest, handed);
    for at in newest..history.commits.len() {
        let Some(mut rest) = waiting.remove(&at).filter(|traced| !traced.is_empty()) else { continue };
        let Some(version) = history.version(at).scenario() else { continue };
        for parent in history.readable_parents(at) {
            let Some(before) = history.version(parent).scenario() else { continue };
            let (set, handed) = divide(rest, &before, &version);
            waiting.entry(parent).or_default().unite(handed);
            rest = set;
        }
        attribute(rest, at, &mut blamed);
        if waiting.is_empty() {
            break;
        }
    }
    blamed
}

fn attribute(traced: Traced, at: usize, blamed: &mut [Option<usize>]) {
    for number in traced.numbers() {
        if let Some(blamed) = blamed.get_mut(number) {
            *blamed = Some(at);
        }
    }
}

fn divide(traced: Traced, before: &Rc<Scenario>, version: &Rc<Scenario>) -> (Traced, Traced) {
    if traced.is_empty() { (traced, Traced::default()) } else { traced.divide(&diff(before, version)) }
}

/// Returns the position of the newest commit whose version can be read.
fn first_readable(history: &mut FileHistory) -> Option<usize> {
    let mut at = 0;
    while history.version(at).is_unknown() {
        at = *history.commits.get(at)?.parents.first()?;
    }
    (at < history.commits.len()).then_some(at)
}
