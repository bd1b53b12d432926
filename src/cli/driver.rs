//! `ach diff --git-driver`: one file of `git diff`, in place of git's own comparison and as it would begin.
//!
//! git takes any end but a good one for its own failure and stops, so whatever goes wrong here is said and then the
//! lines are compared, as git would have done.

use std::ffi::OsString;

use super::load;
use super::options::ScoringArgs;
use super::outcome::{Failure, Outcome};
use super::output::Output;
use super::versions;
use crate::document::{self, Reading};
use crate::git::{self, Driven, Git, HUNK_HEADING, Hunks, Pair, Side};
use crate::present::{Compared, DiffParts, DiffReport, Request};
use crate::report::DEFAULT_FORMAT;
use crate::scenario::Scenario;
use crate::store::{self, MAX_BYTES};
use crate::text::{escape_char, is_unsafe, single_line};

/// Answers git.
pub(super) fn run(arguments: &[OsString], scoring: ScoringArgs, output: &Output) -> Result<Outcome, Failure> {
    let Some(driven) = Driven::parse(arguments) else {
        let message = "git calls its driver with 1, 7 or 9 arguments";
        return Err(Failure::refused(message, "`ach git install` has git use it"));
    };
    let git = Git::default();
    let output = output.under_git(|is_terminal| git.wants_colour("color.diff", is_terminal));
    let told = match driven {
        Driven::Unmerged(path) => output.result(|out| {
            let path = path.to_string();
            writeln!(
                out,
                "* Unmerged path {}: `ach resolve` lists what is left to settle",
                single_line(&path)
            )
        }),
        Driven::Pair(pair) => Answer { pair: &pair, git, output: &output }.give(scoring),
    };
    if let Err(failure) = told {
        output.tell(&failure);
    }
    Ok(Outcome::Done)
}

/// What a side turned out to be.
enum Content {
    /// Not there.
    Absent,
    /// A scenario.
    Scenario(Box<Scenario>, Vec<u8>),
    /// A scenario that cannot be read, as was said.
    Broken(Vec<u8>),
    /// Anything else that has bytes.
    Other(Vec<u8>),
    /// A directory, or a file too large to be read.
    Unread,
}

impl Content {
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

struct Answer<'a> {
    pair: &'a Pair,
    git: Git,
    output: &'a Output,
}

impl Answer<'_> {
    fn give(&self, scoring: ScoringArgs) -> Result<(), Failure> {
        let before = self.content(&self.pair.before, "before");
        let after = self.content(&self.pair.after, "after");
        let is_comparable = |side: &Content| matches!(side, Content::Scenario(..) | Content::Absent);
        if !is_comparable(&before) || !is_comparable(&after) {
            let is_other = |side: &Content| matches!(side, Content::Other(_));
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
        let report = DiffReport::new(before.scenario(), after.scenario(), compared, DiffParts::ALL, request);
        if report.is_identical() && before.scenario().is_some() && after.scenario().is_some() {
            self.output.result(|out| {
                writeln!(out, "The analysis is the same: only comments, [meta] or ways of writing differ.")
            })?;
            return self.lines(&before, &after);
        }
        self.output.reports(DEFAULT_FORMAT, &[&report])?;
        // What git writes next would stand too close.
        if git::is_last_in_diff(&self.git) { Ok(()) } else { self.output.result(|out| writeln!(out)) }
    }

    /// Reads one side; says so if it is a scenario that cannot be read.
    fn content(&self, side: &Side, which: &str) -> Content {
        if side.is_absent() {
            return Content::Absent;
        }
        let name = side.file.to_string_lossy();
        let bytes = match store::open_tracked(&side.file, &name) {
            Ok(Some(bytes)) if (bytes.len() as u64) < MAX_BYTES => bytes,
            Ok(_) => return Content::Unread,
            Err(unopened) => {
                self.warn(&format!("{which}: {}; lines are compared", unopened.reason));
                return Content::Unread;
            }
        };
        let reading = document::read(bytes.clone());
        let Reading { scenario: Some(scenario), .. } = reading else {
            if document::is_scenario(&bytes) {
                let fault =
                    load::first_fault(&reading).map(|fault| format!(" ({fault})")).unwrap_or_default();
                self.warn(&format!("{which}: cannot be read as a scenario{fault}; lines are compared"));
                return Content::Broken(bytes);
            }
            return Content::Other(bytes);
        };
        let count = load::contradictions(&scenario).len();
        if count > 0 {
            let errors = crate::present::words::count(count, "error", "errors");
            self.warn(&format!("{which}: contradicts itself ({errors}); `ach check` tells where"));
        }
        Content::Scenario(Box::new(scenario), bytes)
    }

    fn warn(&self, message: &str) {
        let message = format!("warning: {}: {message}", self.pair.path_after());
        self.output.aside(|out, _| writeln!(out, "{}", single_line(&message)));
    }

    fn head(&self, word: &str) -> Result<(), Failure> {
        self.titles(&self.pair.head(word, is_shown))
    }

    /// Lines in the look of git's own.
    fn titles(&self, lines: &[String]) -> Result<(), Failure> {
        let style =
            if self.output.is_coloured() { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        self.output.result(|out| lines.iter().try_for_each(|line| writeln!(out, "{style}{line}{style:#}")))
    }

    /// The lines that differ.
    fn lines(&self, before: &Content, after: &Content) -> Result<(), Failure> {
        let colour = self.output.is_coloured();
        let is_unread = matches!(before, Content::Unread) || matches!(after, Content::Unread);
        // What people look at acts on no terminal; what goes elsewhere stays a patch that can be applied.
        let safe = |content: &Content| {
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
        let Hunks { ids, text, binary } = compared.map_err(|error| versions::refused(&error))?;
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

/// The name in a line that begins with `---` or `+++`.
fn name_in(line: &str) -> &str {
    line.get(4..).unwrap_or_default().trim_end_matches('\t')
}

/// A text without what would act on a terminal. What is no text is left alone: git shows none of it.
fn escaped(bytes: &[u8]) -> Vec<u8> {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            let acts = |c: char| is_unsafe(c) && !matches!(c, '\n' | '\t' | '\r');
            if !text.contains(acts) {
                return bytes.to_vec();
            }
            let mut safe = String::with_capacity(text.len());
            for c in text.chars() {
                if acts(c) { safe.push_str(&escape_char(c)) } else { safe.push(c) }
            }
            safe.into_bytes()
        }
        _ => bytes.to_vec(),
    }
}
