//! Changes sorted under headings.

use crate::change::{CellChange, Change, ItemChange, Listed, ScenarioChange, match_change};
use crate::scenario::{ItemKind, Nature, keyword};

keyword! {
    /// A part of the comparison that can be asked for by itself, in the order of the report.
    pub enum DiffPart {
        /// Leaders, ranks and scores.
        Conclusion = "conclusion",
        /// Ratings, how sure the analyst is of them, and probabilities of estimates.
        Ratings = "ratings",
        /// Items added, removed, moved or renamed, and their fields other than texts.
        Evidence = "evidence",
        /// Names, texts and notes.
        Texts = "texts",
        /// The scenario's own fields.
        Scenario = "scenario",
    }
}

/// The sort of changes under one heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// Changed ratings and confidences.
    Judgements,
    /// Probabilities of estimates.
    Probabilities,
    /// Items of a kind that were added, removed, renamed or moved.
    Items(Happening, ItemKind),
    /// Credibility and relevance.
    Weights,
    /// Other fields of items of a kind.
    Fields(ItemKind),
    /// Texts of items and notes of cells.
    Texts,
    /// The scenario's own fields.
    Scenario,
}

/// A change of an item as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Happening {
    Added,
    Removed,
    Renamed,
    Moved,
}

impl Happening {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
        }
    }
}

/// The entries under one heading: for each, the position of its first change in the list of changes, and their
/// number.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) sort: Sort,
    pub(super) entries: Vec<(usize, usize)>,
}

/// Returns the part that a change belongs to.
pub(super) fn part(change: &Change) -> DiffPart {
    match sort(change) {
        Sort::Judgements | Sort::Probabilities => DiffPart::Ratings,
        Sort::Items(..) | Sort::Weights | Sort::Fields(_) => DiffPart::Evidence,
        Sort::Texts => DiffPart::Texts,
        Sort::Scenario => DiffPart::Scenario,
    }
}

/// Groups changes under headings, in the order of the report.
pub(super) fn groups(changes: &[Change]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut at = 0;
    while let Some(change) = changes.get(at) {
        let count = changes.get(at..).map_or(1, |rest| in_one_cell(change, rest));
        // A note that came with a judgement is told with it, judgements being the first of all sorts.
        let of_cell = changes.get(at..at + count).unwrap_or_default().iter().map(sort).min();
        let sort = of_cell.unwrap_or_else(|| sort(change));
        match groups.iter_mut().find(|group| group.sort == sort) {
            Some(group) => group.entries.push((at, count)),
            None => groups.push(Group { sort, entries: vec![(at, count)] }),
        }
        at += count;
    }
    groups.sort_by_key(|group| group.sort);
    groups
}

/// Counts the changes at the front that are of one cell; 1 if the first is of none.
fn in_one_cell(first: &Change, changes: &[Change]) -> usize {
    let Change::Cell { row, hypothesis, .. } = first else { return 1 };
    let same = |change: &&Change| matches!(change, Change::Cell { row: r, hypothesis: h, .. } if r == row && h == hypothesis);
    changes.iter().take_while(same).count()
}

/// Returns the sort of a change taken by itself.
pub(super) fn sort(change: &Change) -> Sort {
    match_change!(
        change,
        Item(change) => of_item(change),
        Change::Scenario(ScenarioChange::FieldSet { .. } | ScenarioChange::ConflictSet(_)) => Sort::Scenario,
        Change::Cell { row, change, .. } => match change {
            CellChange::Conflict(_) if row.kind() == ItemKind::Estimate => Sort::Probabilities,
            CellChange::Rating(_) | CellChange::Confidence(_) | CellChange::Conflict(_) => Sort::Judgements,
            CellChange::Probability(_) => Sort::Probabilities,
            CellChange::Note(_) => Sort::Texts,
        },
    )
}

fn of_item<T: Listed>(change: &ItemChange<T>) -> Sort {
    match change {
        ItemChange::Added(_) => Sort::Items(Happening::Added, T::KIND),
        ItemChange::Removed(_) => Sort::Items(Happening::Removed, T::KIND),
        ItemChange::Renamed { .. } => Sort::Items(Happening::Renamed, T::KIND),
        ItemChange::Moved { .. } => Sort::Items(Happening::Moved, T::KIND),
        ItemChange::FieldSet { field, .. } => match T::spec(*field).nature {
            Nature::Fact => Sort::Fields(T::KIND),
            Nature::Weight => Sort::Weights,
            Nature::Phrase | Nature::Sentence | Nature::Prose => Sort::Texts,
        },
        ItemChange::ConflictSet { .. } => Sort::Fields(T::KIND),
    }
}
