//! `ach diff --git-driver`: the diff of one file in `git diff`, with git's usual first lines.
//!
//! Git aborts if its external diff fails. So any problem becomes a warning, and the lines are compared as git would
//! have done.

use std::ffi::OsString;

use crate::cli::load;
use crate::cli::options::ScoringArgs;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::document::{self, Reading};
use crate::git::{self, ExternalDiff, FilePair, FileVersion, Git, HUNK_HEADING, Hunks};
use crate::present::{Compared, DiffReport, Request};
use crate::report::DEFAULT_FORMAT;
use crate::scenario::Scenario;
use crate::store::{self, MAX_BYTES};
use crate::text::{is_unsafe, sanitize_lines, single_line};

/// Prints the diff that git asks for.
pub(in crate::cli) fn run(
    arguments: &[OsString],
    scoring: &ScoringArgs,
    output: &Output,
) -> Result<Outcome, Failure> {
    let Some(task) = ExternalDiff::parse(arguments) else {
        let message = "git passes 1, 7 or 9 arguments to its diff driver";
        return Err(Failure::refused(message, "`ach git install` sets it up"));
    };
    let git = Git::default();
    let output = output.under_git(|is_terminal| git.wants_colour("color.diff", is_terminal));
    let printed = match task {
        ExternalDiff::Unmerged(path) => output.result(|out| {
            let path = path.to_string();
            writeln!(
                out,
                "* Unmerged path {}: `ach resolve` lists what is left to settle",
                single_line(&path)
            )
        }),
        ExternalDiff::Pair(pair) => FileDiff { pair: &pair, git, output: &output }.print(scoring),
    };
    if let Err(failure) = printed {
        output.tell(&failure);
    }
    Ok(Outcome::Done)
}

/// The content of one version.
enum VersionContent {
    /// There is no such file.
    Absent,
    /// A scenario.
    Scenario(Box<Scenario>, Vec<u8>),
    /// A scenario that cannot be read, of which the user was warned.
    Broken(Vec<u8>),
    /// The bytes of any other file.
    Other(Vec<u8>),
    /// A directory, or a file too large to be read.
    Unread,
}

impl VersionContent {
    const fn scenario(&self) -> Option<&Scenario> {
        match self {
            Self::Scenario(scenario, _) => Some(scenario),
            Self::Absent | Self::Broken(_) | Self::Other(_) | Self::Unread => None,
        }
    }

    fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Scenario(_, bytes) | Self::Broken(bytes) | Self::Other(bytes) => Some(bytes),
            Self::Absent | Self::Unread => None,
        }
    }
}

/// The diff of two versions of a file.
struct FileDiff<'a> {
    pair: &'a FilePair,
    git: Git,
    output: &'a Output,
}

impl FileDiff<'_> {
    fn print(&self, scoring: &ScoringArgs) -> Result<(), Failure> {
        let before = self.content(&self.pair.before, "before");
        let after = self.content(&self.pair.after, "after");
        let is_comparable =
            |side: &VersionContent| matches!(side, VersionContent::Scenario(..) | VersionContent::Absent);
        if !is_comparable(&before) || !is_comparable(&after) {
            let is_other = |side: &VersionContent| matches!(side, VersionContent::Other(_));
            if before.scenario().or(after.scenario()).is_some() && (is_other(&before) || is_other(&after)) {
                self.warn("is a scenario on one side only; lines are compared");
            }
            self.head("git")?;
            return self.lines(&before, &after);
        }
        self.head("ach")?;
        if before.bytes() == after.bytes() {
            return Ok(());
        }
        let compared =
            Compared { path: None, before: self.pair.before.label(), after: self.pair.after.label() };
        let request = Request { file: None, ..scoring.request("") };
        let report = DiffReport::new(before.scenario(), after.scenario(), compared, &[], request);
        if report.is_identical() && before.scenario().is_some() && after.scenario().is_some() {
            self.output.result(|out| {
                writeln!(out, "The analysis is the same: only comments, [meta] or ways of writing differ.")
            })?;
            return self.lines(&before, &after);
        }
        self.output.reports(DEFAULT_FORMAT, &[&report])?;
        // git prints the next file without a blank line.
        if git::is_last_in_diff(&self.git) { Ok(()) } else { self.output.result(|out| writeln!(out)) }
    }

    /// Reads one version, and warns of a scenario with errors.
    fn content(&self, side: &FileVersion, which: &str) -> VersionContent {
        if side.is_absent() {
            return VersionContent::Absent;
        }
        let bytes = match store::open_tracked(&side.file, &side.file) {
            Ok(Some(bytes)) if (bytes.len() as u64) < MAX_BYTES => bytes,
            Ok(_) => return VersionContent::Unread,
            Err(unopened) => {
                self.warn(&format!("{which}: {}; lines are compared", unopened.reason));
                return VersionContent::Unread;
            }
        };
        let reading = document::read(bytes.clone());
        let Reading { scenario: Some(scenario), .. } = reading else {
            if document::is_scenario(&bytes) {
                let fault =
                    load::first_fault(&reading).map(|(line, message)| format!(" (line {line}: {message})"));
                let fault = fault.unwrap_or_default();
                self.warn(&format!("{which}: cannot be read as a scenario{fault}; lines are compared"));
                return VersionContent::Broken(bytes);
            }
            return VersionContent::Other(bytes);
        };
        let count = load::contradictions(&scenario).len();
        if count > 0 {
            let errors = crate::present::words::count(count, "error", "errors");
            self.warn(&format!("{which}: contradicts itself ({errors}); `ach check` shows where"));
        }
        VersionContent::Scenario(Box::new(scenario), bytes)
    }

    fn warn(&self, message: &str) {
        self.output.say(&format!("warning: {}: {message}", self.pair.path_after()));
    }

    fn head(&self, word: &str) -> Result<(), Failure> {
        self.titles(&self.pair.head(word, is_shown))
    }

    /// Prints lines in the style of git's own headers.
    fn titles(&self, lines: &[String]) -> Result<(), Failure> {
        let style =
            if self.output.is_coloured() { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        self.output.result(|out| {
            lines.iter().try_for_each(|line| writeln!(out, "{style}{}{style:#}", sanitize_lines(line)))
        })
    }

    /// Prints the lines that differ.
    fn lines(&self, before: &VersionContent, after: &VersionContent) -> Result<(), Failure> {
        let colour = self.output.is_coloured();
        let is_unread = matches!(before, VersionContent::Unread) || matches!(after, VersionContent::Unread);
        // A terminal gets no control characters; anything else gets a patch that can be applied.
        let safe = |content: &VersionContent| {
            let bytes = content.bytes()?;
            Some(if self.output.is_for_people() { escaped(bytes) } else { bytes.to_vec() })
        };
        let compared = if is_unread {
            let (before, after) = (&self.pair.before.file, &self.pair.after.file);
            git::compare_files(&self.git, before, after, HUNK_HEADING, colour)
        } else {
            let (before, after) = (safe(before), safe(after));
            git::compare_lines(&self.git, before.as_deref(), after.as_deref(), HUNK_HEADING, colour)
        };
        let Hunks { ids, text, binary } = compared?;
        let mut titles = Vec::new();
        if !ids.is_empty() {
            let mode = self.pair.common_mode().map(|mode| format!(" {mode}"));
            titles.push(format!("index {ids}{}", mode.unwrap_or_default()));
        }
        let [old, new] = self.pair.sides(is_shown);
        if binary {
            titles.push(format!("Binary files {} and {} differ", name_in(&old), name_in(&new)));
        } else if !text.is_empty() {
            titles.extend([old, new]);
        }
        self.titles(&titles)?;
        self.output.result(|out| out.write_all(&text))
    }
}

const fn is_shown(c: char) -> bool {
    !is_unsafe(c)
}

/// Returns the name in a line that begins with `---` or `+++`.
fn name_in(line: &str) -> &str {
    line.get(4..).unwrap_or_default().trim_end_matches('\t')
}

/// Escapes characters that would act on a terminal. Binary content is returned as it is: git shows none of it.
fn escaped(bytes: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => sanitize_lines(text).into_owned().into_bytes(),
        _ => bytes.to_vec(),
    }
}
