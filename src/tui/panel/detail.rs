//! The detail panel: text, source, weights and notes of the row and the cell under the cursor.

use crate::present::{Phrase, Tone, words};
use crate::scenario::{Cell, Credibility, Evidence, EvidenceField, Fielded, Nature};
use crate::tui::page::{Page, dim};
use crate::tui::sign::CHANGED;
use crate::tui::state::State;

/// The page about the item and the cell under the cursor.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let Some((row, item)) = state.item() else {
        page.say([match (&state.scenario().question, state.scenario().evidence.is_empty()) {
            (_, false) => dim("No item here yet."),
            (Some(question), true) => Phrase::plain(question.clone()),
            (None, true) => dim("No question yet."),
        }]);
        return page;
    };
    page.say([strong(item.id.to_string())]);
    if let Some(reason) = uncounted(state, row, item) {
        page.say([dim(reason)]);
    }
    page.say([Phrase::plain(item.text.clone())]);
    page.gap();
    let date = item.date.map(|date| format!(", {date}")).unwrap_or_default();
    page.say([dim(format!("{}{date}", item.kind()))]);
    let grade = match item.credibility {
        Some(Credibility::Grade(grade)) => format!(" ({grade})"),
        Some(Credibility::Level(_)) | None => String::new(),
    };
    page.say([dim(format!("credibility {}{grade}, relevance {}", item.credibility(), item.relevance()))]);
    for source in item.sources() {
        let name = state.scenario().sources.iter().find(|s| s.id.as_str() == source).map(|s| s.name.as_str());
        page.say([dim(name.unwrap_or(source).to_owned())]);
    }
    if let Some(note) = &item.note {
        page.say([dim(note.clone())]);
    }
    cell(&mut page, state, row, item);
    rest(&mut page, item);
    page
}

/// Returns the reason why an item counts not at all, or as NA.
fn uncounted(state: &State, row: usize, item: &Evidence) -> Option<String> {
    let matrix = &state.derived.scores.matrix;
    match matrix.row_of(row) {
        Some(row) if matrix.is_unsearched(row) => Some("nobody searched, so it counts as NA".into()),
        Some(_) => None,
        None if item.is_withdrawn() => Some("withdrawn, so it does not count".into()),
        None => {
            let evidence = &state.scenario().evidence;
            let counts = |id: &str| {
                let at = evidence.iter().position(|item| item.id.as_str() == id);
                at.is_none_or(|at| matrix.row_of(at).is_some())
            };
            let premises: Vec<&String> = item.rests_on.iter().flatten().filter(|id| !counts(id)).collect();
            Some(format!("does not count, since {} does not", words::list(&premises)))
        }
    }
}

/// Returns the id of the item that covers a cell; `None` if the cell counts, and in blind mode.
fn covering(state: &State, row: usize, column: usize) -> Option<&str> {
    let fragility = state.derived.fragility.as_ref().filter(|_| !state.window.blind)?;
    let by = fragility.covering(row, column)?;
    state.scenario().evidence.get(by).map(|item| item.id.as_str())
}

/// Adds the cell under the cursor and its hypothesis.
fn cell(page: &mut Page, state: &State, row: usize, item: &Evidence) {
    let Some((at, hypothesis)) = state.hypothesis() else { return };
    let cell = item.ratings.get(at);
    page.gap();
    page.say([strong(format!("{}: {}", hypothesis.name, word(cell)))]);
    if let Some(was) = was(state, row, at) {
        page.say([dim(was)]);
    }
    if let Some(by) = covering(state, row, at) {
        page.say([dim(format!("{by} covers it: of a group the strongest counts on each side"))]);
    }
    if let Some(confidence) = cell.and_then(|cell| cell.confidence) {
        page.say([dim(format!("confidence {confidence}"))]);
    }
    if let Some(note) = cell.and_then(Cell::note) {
        page.say([Phrase::plain(format!("\u{201c}{note}\u{201d}"))]);
    }
    if let Some(description) = &hypothesis.description {
        page.gap();
        page.say([dim(description.clone())]);
    }
}

/// The fields that are shown above, in words of their own.
const ABOVE: [EvidenceField; 9] = [
    EvidenceField::Text,
    EvidenceField::Kind,
    EvidenceField::Date,
    EvidenceField::Source,
    EvidenceField::Credibility,
    EvidenceField::Grade,
    EvidenceField::Relevance,
    EvidenceField::Note,
    EvidenceField::Status,
];

/// Adds every other field of the item: these are looked up rather than rated by.
fn rest(page: &mut Page, item: &Evidence) {
    let others = Evidence::FIELDS.iter().filter(|field| !ABOVE.contains(field));
    let said: Vec<String> = others
        .filter_map(|field| {
            let value = words::value(&item.field(*field)?);
            let is_quoted = field.spec().nature == Nature::Prose;
            Some(if is_quoted {
                format!("{field} \u{201c}{value}\u{201d}")
            } else {
                format!("{field} {value}")
            })
        })
        .collect();
    if !said.is_empty() {
        page.gap();
    }
    said.into_iter().for_each(|text| page.say([dim(text)]));
}

/// Returns the committed rating of a cell that has changed since the last commit, in words.
fn was(state: &State, row: usize, column: usize) -> Option<String> {
    let committed = state
        .derived
        .head
        .committed()
        .filter(|_| state.derived.head.differs(state.scenario(), row, column))?;
    let was = committed.cell(row, column)?;
    let now = state.scenario().evidence.get(row).and_then(|item| item.ratings.get(column));
    Some(if was.and_then(|cell| cell.rating) == now.and_then(|cell| cell.rating) {
        format!("{CHANGED} confidence or note changed since the last commit")
    } else {
        format!("{CHANGED} {} in the last commit", word(was))
    })
}

/// Returns the rating of a cell as people write it.
fn word(cell: Option<&Cell>) -> &'static str {
    cell.and_then(|cell| cell.rating).map_or("not rated", |rating| rating.as_str())
}

fn strong(text: String) -> Phrase<'static> {
    Phrase::new(text, Tone::Strong)
}
