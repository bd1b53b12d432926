//! Merges of files: the text that says what the merge of three scenarios gives.
//!
//! What is said is decided elsewhere, value by value; here it is only written down. The text begins as a merge by lines
//! of the three files, in which comments and spacing of both sides come along, and is then edited until it says what it
//! must. Where lines cannot be woven into a file that reads, it begins as ours.

use super::weave::{Meeting, weave};
use super::{Document, EditError, History, Reading, read};
use crate::change::{Merge, diff};
use crate::scenario::Scenario;

/// The file that says what a merge gives: `base` is the text that both sides started from, if there was one.
///
/// A side that is the base byte for byte gives way to the other as it is.
///
/// # Errors
/// [`EditError`] if the result cannot be written, as where it is over a limit.
pub fn merged(
    base: Option<&str>,
    ours: (Document, Scenario),
    theirs: (Document, Scenario),
    merge: &Merge,
) -> Result<Document, EditError> {
    if base == Some(theirs.0.text()) && ours.1 == merge.scenario {
        return Ok(ours.0);
    }
    if base == Some(ours.0.text()) && theirs.1 == merge.scenario {
        return Ok(theirs.0);
    }
    let (document, scenario) = ours;
    if !merge.changes.is_empty() || theirs.0.text() != document.text() {
        for meeting in [Meeting::Both, Meeting::Ours] {
            let text = weave(base.unwrap_or_default(), document.text(), theirs.0.text(), meeting);
            if let Some(document) = edited(text, merge) {
                return Ok(document);
            }
        }
    }
    let mut history = History::new(document, scenario);
    history.apply(&merge.changes)?;
    Ok(history.into_parts().0)
}

/// A text that begins as this one and says what it must; `None` if it does not read, or if there is more to do than
/// in ours.
fn edited(text: String, merge: &Merge) -> Option<Document> {
    let Reading { document, scenario, .. } = read(text.into_bytes());
    let scenario = scenario?;
    let changes = diff(&scenario, &merge.scenario);
    if changes.len() > merge.changes.len() {
        return None;
    }
    let mut history = History::new(document, scenario);
    history.apply(&changes).ok()?;
    Some(history.into_parts().0)
}
