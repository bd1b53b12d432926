//! The outcome of a merge in a few lines: changes taken from theirs, and conflicts left.

use std::ffi::{OsStr, OsString};

use super::conflict::ConflictText;
use super::words::{count, counts, list};
use super::{shell_word, words};
use crate::change::{CellChange, Change, ItemChange, Merge, ScenarioChange, match_change, unsettled};

/// Conflicts listed; the rest is counted.
const MOST: usize = 20;

/// The outcome of a merge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merging {
    taken: Taken,
    conflicts: Vec<String>,
    /// The number of them recorded in the file; these come first.
    records: usize,
    file: Option<OsString>,
    sides: Option<[String; 2]>,
}

/// Changes taken from theirs, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Taken {
    judgements: usize,
    items: usize,
    others: usize,
}

impl Merging {
    /// Sums up a merge; `file` is the name of the result on a command line, `sides` are git's names for ours and
    /// theirs.
    #[must_use]
    pub fn new(merge: &Merge, file: Option<&OsStr>, sides: Option<[String; 2]>) -> Self {
        let mut conflicts: Vec<String> = unsettled(&merge.scenario)
            .iter()
            .map(|left| ConflictText::new(&merge.scenario, left).line())
            .collect();
        let records = conflicts.len();
        conflicts.extend(merge.doubled.iter().map(|doubled| {
            let (kind, id, follows_as) = (doubled.kind, &doubled.id, &doubled.follows_as);
            format!("{kind} {id}: both sides have one, and they differ; theirs follows as {follows_as}")
        }));
        Self { taken: Taken::of(&merge.changes), conflicts, records, file: file.map(OsStr::to_owned), sides }
    }

    /// Whether conflicts are left.
    #[must_use]
    pub fn has_conflicts(&self) -> bool {
        !self.conflicts.is_empty()
    }

    /// Returns the lines: the sum, each conflict if there are several, and the command that settles them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let merged = match &self.file {
            Some(file) => format!("merged {}: {}", file.display(), self.taken.said()),
            None => format!("merged: {}", self.taken.said()),
        };
        let conflicts = count(self.conflicts.len(), "conflict", "conflicts");
        match self.conflicts.as_slice() {
            [] => vec![merged],
            [one] => {
                let mut lines = vec![format!("{merged}, {conflicts}: {one}")];
                lines.extend(self.who());
                lines.extend(self.next());
                lines
            }
            several => {
                let mut lines = vec![format!("{merged}, {conflicts}:")];
                lines.extend(several.iter().take(MOST).map(|conflict| format!("  {conflict}")));
                if let Some(more) = several.len().checked_sub(MOST).filter(|more| *more > 0) {
                    lines.push(format!("  and {} more", words::thousands(more)));
                }
                lines.extend(self.who());
                lines.extend(self.next());
                lines
            }
        }
    }

    fn next(&self) -> Option<String> {
        let file = shell_word(self.file.as_deref()?);
        Some(match self.records {
            0 => format!("ach resolve {file} lists the commands that keep one of each two or both"),
            _ => format!("ach resolve {file} lists and settles what is left"),
        })
    }

    /// Says who ours and theirs are; in a rebase, for one, theirs are the user's own commits.
    fn who(&self) -> Option<String> {
        let [ours, theirs] = self.sides.as_ref()?;
        Some(format!("ours is {ours}, theirs is {theirs}"))
    }
}

impl Taken {
    fn of(changes: &[Change]) -> Self {
        let mut taken = Self::default();
        let mut last = None;
        for change in changes {
            match_change!(
                change,
                Item(change) => taken.item(change),
                Change::Cell { change: CellChange::Conflict(_), .. } => {},
                Change::Cell { row, hypothesis, .. } => {
                    // Rating, confidence and note of one cell are one judgement, and stand together.
                    if last != Some((row, hypothesis)) {
                        taken.judgements += 1;
                    }
                    last = Some((row, hypothesis));
                },
                Change::Scenario(ScenarioChange::FieldSet { .. }) => taken.others += 1,
                Change::Scenario(ScenarioChange::ConflictSet(_)) => {},
            );
        }
        taken
    }

    fn item<T: crate::change::Listed>(&mut self, change: &ItemChange<T>) {
        match change {
            ItemChange::Added(_) => self.items += 1,
            ItemChange::Removed(_)
            | ItemChange::Moved { .. }
            | ItemChange::Renamed { .. }
            | ItemChange::FieldSet { .. } => self.others += 1,
            ItemChange::ConflictSet { .. } => {}
        }
    }

    fn said(self) -> String {
        let Self { judgements, items, others } = self;
        let other =
            if judgements + items > 0 { ("other change", "other changes") } else { ("change", "changes") };
        let said = counts([
            (judgements, "judgement", "judgements"),
            (items, "new item", "new items"),
            (others, other.0, other.1),
        ]);
        if said.is_empty() {
            "nothing new from theirs".to_owned()
        } else {
            format!("{} from theirs", list(&said))
        }
    }
}
