//! `ach log`: the history of a scenario.

use std::collections::{HashMap, HashSet};
use std::ffi::OsString;
use std::num::NonZeroUsize;

use clap::Args;

use crate::change::{Renamings, Step, identities};
use crate::cli::edit;
use crate::cli::git::history::{CommitVersion, FileHistory};
use crate::cli::options::{FormatArgs, ScoringArgs, number};
use crate::cli::{Failure, Outcome, Output};
use crate::git::Commit;
use crate::present::{About, Compared, DiffReport, LogEntry, LogReport, Request};
use crate::scenario::{EvidenceId, HypothesisId, Item, Scenario};

/// Show the history of a scenario: who changed what, and how the ranking moved
///
/// Lists the commits that changed the file, newest first and through renamings, with their effect on the leader, the
/// ranks and the scores. A merge is listed if its version differs from those of all its parents, and is compared with
/// the first. A version that cannot be read is listed as such, and the next one is compared with the last readable
/// version. Each version is scored by its own method, or by --method.
///
/// --graph draws the course of each score, oldest first, and the changes of ranks, newest first. Commits that change
/// no rank are counted together.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach log case.toml
  ach log case.toml -n 5 --method bayes
  ach log case.toml --evidence no-claim     what became of one item
  ach log case.toml --graph                 how the ranking moved
  ach log main~20:cases/case.toml           up to a revision")]
pub(in crate::cli) struct LogArgs {
    /// A file of a repository, or REV:path to start there
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Show only the newest N commits
    #[arg(short = 'n', long = "number", value_name = "N", allow_negative_numbers = true)]
    #[arg(value_parser = number(NonZeroUsize::MIN.., "a whole number of commits, 1 or more"))]
    number: Option<NonZeroUsize>,
    /// Show only changes of this item, under all ids it had; any of them names it
    #[arg(long, value_name = "ID")]
    evidence: Option<String>,
    /// Show only changes of this hypothesis; with --evidence, of the cell where they cross
    #[arg(long, value_name = "ID")]
    hypothesis: Option<String>,
    /// Draw scores and ranks over the commits
    #[arg(long)]
    graph: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    format: FormatArgs,
}

pub(super) fn run(args: &LogArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = args.format.format;
    let mut history = FileHistory::open(&args.file)?;
    let request = args.scoring.request(&args.file);
    if args.scoring.is_filtered() {
        check_filter(&args.scoring, &mut history)?;
    }
    let asked = AskedItems::new(args, &mut history)?;
    let (mut entries, mut marking) = (Vec::new(), None);
    for at in 0..history.commits.len() {
        if args.number.is_some_and(|number| entries.len() >= number.get()) {
            break;
        }
        let after = history.version(at);
        if let (CommitVersion::Scenario(scenario), None) = (&after, &marking) {
            marking = Some(scenario.marking.clone());
        }
        entries.extend(entry(&mut history, at, &after, &asked.at(at), request));
    }
    history.warn_of_gaps(output);
    let report = LogReport {
        title: &args.file.to_string_lossy(),
        entries,
        marking: marking.flatten(),
        request,
        graph: args.graph,
        whole: args.evidence.is_some() || args.hypothesis.is_some(),
    };
    output.reports(format, &[&report])
}

/// Refuses a filter that names what no version has. Reads no further than the first versions that have it all.
fn check_filter(scoring: &ScoringArgs, history: &mut FileHistory) -> Result<(), Failure> {
    let mut versions = Vec::new();
    for at in 0..history.commits.len() {
        let Some(scenario) = history.version(at).scenario() else { continue };
        versions.push(scenario);
        if scoring.check(&versions.iter().map(AsRef::as_ref).collect::<Vec<_>>()).is_ok() {
            return Ok(());
        }
    }
    Ok(scoring.check(&versions.iter().map(AsRef::as_ref).collect::<Vec<_>>())?)
}

/// The ids that one item has in each version, by the version's position in the history.
type IdsByCommit<Id> = HashMap<usize, HashSet<Id>>;

/// The items asked about, under all their ids in the history; `None` for all items.
#[derive(Default)]
struct AskedItems {
    evidence: Option<IdsByCommit<EvidenceId>>,
    hypothesis: Option<IdsByCommit<HypothesisId>>,
}

impl AskedItems {
    /// Resolves the ids of the options. An id means the item that has it in the newest version with such an id. An
    /// unknown id is refused with the nearest id of the newest version. If no version can be read, everything is shown.
    fn new(args: &LogArgs, history: &mut FileHistory) -> Result<Self, Failure> {
        let versions = 0..history.commits.len();
        if args.evidence.is_none() && args.hypothesis.is_none() {
            return Ok(Self::default());
        }
        let Some(newest) = versions.clone().find_map(|at| history.version(at).scenario()) else {
            return Ok(Self::default());
        };
        let mut evidence = Following::new(args.evidence.as_deref());
        let mut hypothesis = Following::new(args.hypothesis.as_deref());
        for at in versions {
            let after = history.version(at);
            if after.is_unknown() {
                // What follows it follows what comes before it.
                continue;
            }
            let after = after.scenario();
            if let Some(after) = &after {
                evidence.look(at, &after.evidence);
                hypothesis.look(at, &after.hypotheses);
            }
            for parent in history.readable_parents(at) {
                let both = history.version(parent).scenario().zip(after.as_deref());
                let Renamings { evidence: items, hypotheses } =
                    both.map(|(before, after)| Renamings::between(&before, after)).unwrap_or_default();
                evidence.steps.push(Step { before: parent, after: at, renamed: items });
                hypothesis.steps.push(Step { before: parent, after: at, renamed: hypotheses });
            }
        }
        Ok(Self { evidence: evidence.found(&newest)?, hypothesis: hypothesis.found(&newest)? })
    }

    /// Returns the ids asked about in the version at this position.
    fn at(&self, at: usize) -> About {
        About {
            evidence: self.evidence.as_ref().map(|ids| ids.get(&at).cloned().unwrap_or_default()),
            hypothesis: self.hypothesis.as_ref().map(|ids| ids.get(&at).cloned().unwrap_or_default()),
        }
    }
}

/// An id that is asked about, and the steps needed to follow it.
struct Following<'a, T: Item> {
    asked: Option<&'a str>,
    start: Option<(usize, T::Id)>,
    steps: Vec<Step<T::Id>>,
}

impl<'a, T: Item> Following<'a, T> {
    const fn new(asked: Option<&'a str>) -> Self {
        Self { asked, start: None, steps: Vec::new() }
    }

    /// Starts at the first version that has the id.
    fn look(&mut self, at: usize, items: &[T]) {
        if let (Some(asked), None) = (self.asked, &self.start) {
            self.start =
                items.iter().find(|item| item.id().as_ref() == asked).map(|item| (at, item.id().clone()));
        }
    }

    fn found(self, newest: &Scenario) -> Result<Option<IdsByCommit<T::Id>>, Failure> {
        let Some(asked) = self.asked else { return Ok(None) };
        let start = self.start.ok_or_else(|| edit::unknown(newest, T::KIND, asked))?;
        Ok(Some(identities(start, &self.steps)))
    }
}

/// Returns the entry for the commit at a position; `None` if it changed nothing that is asked about.
fn entry(
    history: &mut FileHistory,
    at: usize,
    after: &CommitVersion,
    about: &About,
    request: Request<'_>,
) -> Option<LogEntry> {
    let commit = history.note(at)?;
    let renamed_from = history.renamed_from(at);
    let Commit { parents, version, .. } = history.commits.get(at)?;
    let merge = parents.len() > 1;
    let earlier = parents.first().and_then(|parent| history.commits.get(*parent));
    let mode_only = earlier.is_some_and(|earlier| version.is_some() && earlier.version == *version);
    let after = match after {
        CommitVersion::Unreadable(reason) | CommitVersion::Lost(reason) => {
            let told = Err(reason.clone());
            return about.is_all().then_some(LogEntry { commit, renamed_from, merge, mode_only, told });
        }
        CommitVersion::Absent => None,
        CommitVersion::Scenario(scenario) => Some(scenario.as_ref()),
    };
    let parent = history.readable_parents(at).first().copied();
    let before = parent.and_then(|parent| history.version(parent).scenario());
    let before = before.as_deref();
    let compared = Compared { path: None, before: "", after: "" };
    let mut report = DiffReport::new(before, after, compared, &[], request);
    report.retain(|change| about.concerns(change));
    let brief = report.brief();
    let concerned = about.is_all() || !brief.changes.is_empty();
    let brief = if before.is_none() && commit.is_boundary { brief.found() } else { brief };
    concerned.then_some(LogEntry { commit, renamed_from, merge, mode_only, told: Ok(brief) })
}
