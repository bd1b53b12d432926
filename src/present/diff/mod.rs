//! The changes between two versions of a scenario: the answer of `ach diff` and of `--dry-run`.
//!
//! The conclusion comes first, since it is what readers want to know; then judgements, items, texts and the
//! scenario's own fields, each under a counted heading.

mod brief;
mod entry;
mod group;
mod json;
mod names;
mod shift;
mod standing;
mod stat;
mod wording;
mod words;

use std::borrow::Cow;
use std::cell::OnceCell;

use serde::Serialize;

use super::phrase::{Phrase, plain};
use super::record::Records;
use super::{Heading, Report, Request, Section, next_command};
use crate::change::{Change, ItemChange, ScenarioChange, diff};
use crate::scenario::{Scenario, ScenarioField};
use group::{Group, groups};
pub(super) use json::{ChangeDocument, changes};
use names::Names;
use standing::Standing;

pub use brief::{Brief, BriefLine};
pub(super) use brief::{NOBODY, leaders};
pub use group::DiffPart;
pub use json::ListedChanges;
pub(super) use names::old_ids;
pub use shift::{Movement, Placed, Shift, Stand};
pub use stat::DiffStat;

/// The names of the versions compared.
#[derive(Clone, Copy, Debug)]
pub struct Compared<'a> {
    /// The file, if both are versions of one file.
    pub path: Option<&'a str>,
    /// The name of the version before, or of the file.
    pub before: &'a str,
    /// The name of the version after, or of the file.
    pub after: &'a str,
}

/// The changes that lead from one version of a scenario to another, and what they do to the conclusion.
#[derive(Debug, Serialize)]
pub struct DiffReport<'a> {
    marking: Option<&'a str>,
    /// Whether there are no changes at all, in any part.
    identical: bool,
    conclusion: Shift,
    /// Those asked for, in the order of docs/json.md.
    #[serde(serialize_with = "changes")]
    changes: Vec<Change>,
    #[serde(skip)]
    before: Option<&'a Scenario>,
    #[serde(skip)]
    after: Option<&'a Scenario>,
    #[serde(skip)]
    request: Request<'a>,
    /// The parts asked for; all if there is none.
    #[serde(skip)]
    parts: &'a [DiffPart],
    #[serde(skip)]
    title: String,
    #[serde(skip)]
    versions: String,
    #[serde(skip)]
    standing: Standing<'a>,
    #[serde(skip)]
    names: OnceCell<Names<'a>>,
}

impl<'a> DiffReport<'a> {
    /// Compares two versions; `None` for an absent one, as of a file that was added or deleted. No `parts` stand for
    /// all.
    #[must_use]
    pub fn new(
        before: Option<&'a Scenario>,
        after: Option<&'a Scenario>,
        compared: Compared<'_>,
        parts: &'a [DiffPart],
        request: Request<'a>,
    ) -> Self {
        let empty = Scenario::default();
        let mut changes = told(diff(before.unwrap_or(&empty), after.unwrap_or(&empty)));
        for change in &mut changes {
            // A file that is not there has no title, not an empty one.
            if let Change::Scenario(ScenarioChange::FieldSet { field: ScenarioField::Title, edit }) = change {
                edit.before = edit.before.take().filter(|_| before.is_some());
                edit.after = edit.after.take().filter(|_| after.is_some());
            }
        }
        let standing = Standing::new(before, after, &changes, request);
        let identical = changes.is_empty();
        changes.retain(|change| is_asked(parts, group::part(change)));
        let versions = format!("{} -> {}", compared.before, compared.after);
        let title = compared.path.map_or_else(|| versions.clone(), str::to_owned);
        Self {
            // A deleted file is still marked as it was.
            marking: after.or(before).and_then(|scenario| scenario.marking.as_deref()),
            identical,
            conclusion: standing.shift(),
            changes,
            before,
            after,
            request,
            parts,
            title,
            versions: if compared.path.is_some() { versions } else { String::new() },
            standing,
            names: OnceCell::new(),
        }
    }

    /// Whether the versions say the same in all parts, asked for or not.
    #[must_use]
    pub const fn is_identical(&self) -> bool {
        self.identical
    }

    /// Whether anything changed in the parts that were asked for.
    #[must_use]
    pub fn has_changes(&self) -> bool {
        !self.changes.is_empty() || (self.shows_conclusion() && self.standing.changed())
    }

    /// Keeps only the changes for which `keep` is true.
    pub fn retain(&mut self, keep: impl FnMut(&Change) -> bool) {
        self.changes.retain(keep);
    }

    /// Returns the changes in the listings of [`Report::sections`], in their order: for each listing, for each of its
    /// entries.
    pub fn listed(&self) -> impl Iterator<Item = Vec<&[Change]>> {
        self.groups().into_iter().map(|group| group.entries.iter().map(|at| self.changes_of(*at)).collect())
    }

    /// Returns every hypothesis before and after: by rank after, then those that are gone.
    #[must_use]
    pub fn movements(&self) -> &[Movement] {
        &self.standing.movements
    }

    /// Whether the conclusion was asked for.
    fn shows_conclusion(&self) -> bool {
        is_asked(self.parts, DiffPart::Conclusion)
    }

    fn names(&self) -> &Names<'a> {
        self.names.get_or_init(|| Names::new(self.before, self.after))
    }

    fn groups(&self) -> Vec<Group> {
        groups(&self.changes)
    }
}

fn is_asked(parts: &[DiffPart], part: DiffPart) -> bool {
    parts.is_empty() || parts.contains(&part)
}

/// Returns the changes to report: an item removed along with another follows it, as nothing else mentions it.
fn told(changes: Vec<Change>) -> Vec<Change> {
    let mut told = Vec::with_capacity(changes.len());
    for change in changes {
        let items = |change: &&Change| matches!(change, Change::Indicator(ItemChange::Removed(_)));
        let along: Vec<Change> = change.along().iter().filter(items).cloned().collect();
        told.push(change);
        told.extend(along);
    }
    told
}

impl Report for DiffReport<'_> {
    fn heading(&self) -> Heading<'_> {
        Heading { marking: self.marking.map(Cow::Borrowed), title: Cow::Borrowed(&self.title) }
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let question = Some(self.versions.as_str()).filter(|versions| !versions.is_empty());
        let extent = self.standing.extent(self.request);
        let mut sections = vec![Section::Title { title: &self.title, question, extent }];
        let mut said: Vec<Vec<Phrase<'_>>> = Vec::new();
        if self.identical {
            said.push(vec![plain("There are no changes.")]);
        } else if self.shows_conclusion() {
            said.extend(self.standing.verdict());
        }
        if said.is_empty() && !self.has_changes() {
            said.push(vec![plain("There are no such changes.")]);
        }
        sections.push(Section::Prose(said));
        if self.shows_conclusion() {
            sections.extend(self.standing.table().map(Section::Table));
            sections.extend(self.standing.left_out().map(|said| Section::Prose(vec![said])));
        }
        sections.extend(self.groups().into_iter().map(|group| Section::Listing(self.listing(group))));
        if self.shows_conclusion() && self.standing.changed() {
            sections.extend(next_command("table", self.request, "shows the matrix as it is now"));
        }
        sections
    }

    fn records(&self) -> Records<'_> {
        let columns = &["kind", "evidence", "hypothesis", "source", "indicator", "field", "before", "after"];
        Records::of(columns, self.changes.iter().map(ChangeDocument).collect())
    }

    fn is_told_in_sections(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests;
