//! Merged files: text for the result of merging three scenarios.
//!
//! The merge itself is decided elsewhere, value by value. The text starts as a merge of the three files by
//! lines, which keeps the comments and spacing of both sides, and is then edited until it reads as the merged
//! scenario. Where the merged lines do not read, it starts from ours.

use std::borrow::Cow;
use std::collections::HashSet;

use super::line_merge::{Meeting, merge_lines};
use super::{EditError, History, Reading, read, read_as};
use crate::change::{Change, ItemChange, Listed, Merge, diff, match_change};
use crate::scenario::ItemKind;

/// Returns the text of the merged file. `base` is the text of the common ancestor, if there is one; `ours` and `theirs` are
/// the texts of the sides. If one side equals the base byte for byte, the result is the other side's file.
///
/// # Errors
///
/// [`EditError`] if the result cannot be written, for example because it exceeds a limit.
pub fn merged<'t>(
    base: Option<&str>,
    ours: &'t str,
    theirs: &'t str,
    merge: &Merge,
) -> Result<Cow<'t, str>, EditError> {
    if base == Some(theirs) && merge.changes.is_empty() {
        return Ok(Cow::Borrowed(ours));
    }
    if base == Some(ours) && read_as(theirs.to_owned(), &merge.scenario).is_ok() {
        return Ok(Cow::Borrowed(theirs));
    }
    if !merge.changes.is_empty() || theirs != ours {
        for meeting in [Meeting::Both, Meeting::Ours] {
            let text = merge_lines(base.unwrap_or_default(), ours, theirs, meeting);
            if let Some(text) = edited(text, merge) {
                return Ok(Cow::Owned(text));
            }
        }
    }
    match read(ours.to_owned().into_bytes()) {
        Reading { document, scenario: Some(scenario), .. } => {
            let mut history = History::new(document, scenario);
            history.apply(&merge.changes)?;
            Ok(Cow::Owned(history.into_parts().0.into_text()))
        }
        Reading { diagnostics, .. } => Err(EditError::Unwritable(diagnostics)),
    }
}

/// Returns `text` edited until it reads as the merge. `None` if it does not read, if it needs more changes
/// than ours would, or if it has lost items of ours, whose own lines are worth more.
fn edited(text: String, merge: &Merge) -> Option<String> {
    let Reading { document, scenario, .. } = read(text.into_bytes());
    let scenario = scenario?;
    let changes = diff(&scenario, &merge.scenario);
    let expected: HashSet<_> = added(&merge.changes).collect();
    let keeps_ours = added(&changes).all(|item| expected.contains(&item));
    if changes.len() > merge.changes.len() || !keeps_ours {
        return None;
    }
    let mut history = History::new(document, scenario);
    history.apply(&changes).ok()?;
    Some(history.into_parts().0.into_text())
}

/// Returns the kinds and ids of items that changes add.
fn added(changes: &[Change]) -> impl Iterator<Item = (ItemKind, &str)> {
    fn of<T: Listed>(change: &ItemChange<T>) -> Option<(ItemKind, &str)> {
        let ItemChange::Added(entry) = change else { return None };
        Some((T::KIND, entry.item.id().as_ref()))
    }
    changes.iter().filter_map(|change| {
        match_change!(change, Item(item) => of(item), Change::Cell { .. } | Change::Scenario(_) => None)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::change;
    use crate::document::Document;
    use crate::document::edit::intention;
    use crate::document::testing::{self, Dice};
    use crate::scenario::{Scenario, generate};

    fn opened(text: &str) -> (Document, Scenario) {
        let Reading { document, scenario, diagnostics } = read(text.to_owned().into_bytes());
        (document, scenario.unwrap_or_else(|| panic!("{diagnostics:#?}\n{text}")))
    }

    /// Returns the merged text, after checking that it reads as the merged scenario.
    fn merge(base: &str, ours: &str, theirs: &str) -> String {
        let (before, here, there) = (opened(base), opened(ours), opened(theirs));
        let merge = change::merge(Some(&before.1), &here.1, &there.1).unwrap();
        let text = merged(Some(base), ours, theirs, &merge).unwrap();
        assert_eq!(opened(&text).1, merge.scenario, "{text}");
        text.into_owned()
    }

    /// Returns the file after a few random edits.
    fn worked_on(dice: &mut Dice, text: &str) -> String {
        let (document, scenario) = opened(text);
        let mut history = History::new(document, scenario);
        for _ in 0..dice.below(6) {
            let changes = intention(dice, history.scenario());
            history.apply(&changes).unwrap();
        }
        history.document().text().to_owned()
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_merged_file_says_what_the_merge_says_and_a_side_that_did_nothing_leaves_no_trace(seed: u64) {
            let mut dice = Dice::new(seed);
            let scenario = dice.draw(generate::scenario());
            let base = testing::layout(&mut dice, &scenario);
            let (ours, theirs) = (worked_on(&mut dice, &base), worked_on(&mut dice, &base));
            merge(&base, &ours, &theirs);
            prop_assert_eq!(&merge(&base, &ours, &base), &ours);
            prop_assert_eq!(&merge(&base, &base, &theirs), &theirs);
            prop_assert_eq!(&merge(&base, &ours, &ours), &ours);
        }
    }

    const BASE: &str = "ach = 1\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"h\"\nname = \"H\"\n\n\
                        # One.\n[[evidence]]\nid = \"e\"\ntext = \"E\"\n[evidence.ratings]\nh = \"C\"\n";

    #[test]
    fn comments_and_spacing_of_both_sides_come_along() {
        let ours = BASE.replace("# One.", "# One, as I see it.");
        let theirs =
            BASE.replace("h = \"C\"", "h   =   \"I\" # after all") + "\n# New.\n[meta]\nby = \"them\"\n";
        let both = theirs.replace("# One.", "# One, as I see it.");
        assert_eq!(merge(BASE, &ours, &theirs), both);
    }

    #[test]
    fn what_both_put_in_at_one_place_keeps_its_own_lines() {
        let item = |id: &str| format!("\n# {id} is new.\n[[evidence]]\nid = \"{id}\" # !\ntext = \"{id}\"\n");
        let (ours, theirs) = (format!("{BASE}{}", item("ours")), format!("{BASE}{}", item("theirs")));
        assert_eq!(merge(BASE, &ours, &theirs), format!("{BASE}{}{}", item("ours"), item("theirs")));
    }

    #[test]
    fn another_layout_of_ours_stays() {
        let ours = BASE
            .replace("\n[evidence.ratings]\nh = \"C\"", "\nratings = { h = \"C\" }")
            .replace('\n', "\r\n");
        let theirs = BASE.replace("\"C\"", "\"I\"").replace("\"E\"", "\"E, more exactly\"");
        let expected = ours.replace("\"C\"", "\"I\"").replace("\"E\"", "\"E, more exactly\"");
        assert_eq!(merge(BASE, &ours, &theirs), expected);
    }

    #[test]
    fn an_item_of_ours_that_a_merge_by_lines_would_lose_keeps_its_lines() {
        let item = |id: &str, text: &str| {
            format!("\n[[evidence]]\nid = \"{id}\"\ntext = \"{text}\"\nnote = \"n\" # why\n")
        };
        let base = format!("{BASE}{}", item("old", "old"));
        let ours = format!("{BASE}{}", item("old", "older"));
        let theirs = format!("{BASE}{}", item("new", "new"));
        let text = merge(&base, &ours, &theirs);
        assert!(
            text.contains("text = \"older\"\nnote = \"n\" # why\nconflict = { deleted = \"theirs\" }\n"),
            "{text}"
        );
    }
}
