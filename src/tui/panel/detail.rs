//! The detail panel: text, source, weights and notes of the row and the cell under the cursor.

use super::outcome::{self, Outcome};
use crate::present::{Phrase, Tone, words};
use crate::scenario::{Cell, Credibility, Evidence, EvidenceField, Fielded, Nature};
use crate::text::{pad_right, width};
use crate::tui::keymap::Action;
use crate::tui::layout::layout;
use crate::tui::page::{Page, dim, strong};
use crate::tui::sign::CHANGED;
use crate::tui::state::{Mode, State};

/// The page about the item and the cell under the cursor.
pub(crate) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let Some((row, item)) = state.item() else {
        return page.with(match (&state.scenario().question, state.scenario().evidence.is_empty()) {
            (_, false) => {
                dim(format!("The filter hides every item; {} changes it.", state.key(Action::Filter)))
            }
            (Some(question), true) => Phrase::plain(question.clone()),
            (None, true) => dim("No question yet."),
        });
    };
    if is_one_line(state) {
        return one_line(state, item);
    }
    let date = item.date.map(|date| format!(", {date}")).unwrap_or_default();
    let grade = match item.credibility {
        Some(Credibility::Grade(grade)) => format!(" ({grade})"),
        Some(Credibility::Level(_)) | None => String::new(),
    };
    let is_low = is_low(state);
    if is_low {
        let (credibility, relevance) = (item.credibility(), item.relevance());
        let facts = format!(", {}{date}, {credibility}{grade} / {relevance}", item.kind());
        page.say([strong(item.id.to_string()), dim(facts)]);
    } else {
        page.say([strong(item.id.to_string())]);
    }
    if let Some(reason) = uncounted(state, row, item) {
        page.say([dim(reason)]);
    }
    page.say([Phrase::plain(item.text.clone())]);
    if is_low {
        told_outcomes(&mut page, state, true);
    } else {
        page.gap();
        page.say([dim(format!("{}{date}", item.kind()))]);
        let weights = format!("credibility {}{grade}, relevance {}", item.credibility(), item.relevance());
        page.say([dim(weights)]);
    }
    for source in item.sources() {
        let name = state.scenario().sources.iter().find(|s| s.id.as_str() == source).map(|s| s.name.as_str());
        page.say([dim(name.unwrap_or(source).to_owned())]);
    }
    if let Some(note) = &item.note {
        page.say([dim(note.clone())]);
    }
    cell(&mut page, state, row, item);
    if !is_low {
        told_outcomes(&mut page, state, false);
    }
    description(&mut page, state);
    rest(&mut page, item);
    page
}

/// Whether the page is shown in the few lines below the matrix.
fn is_low(state: &State) -> bool {
    matches!(state.mode, Mode::Matrix) && layout(state).is_some_and(|layout| !layout.is_beside)
}

/// The page about who would lead with each rating of the cell under the cursor; empty where that is not told.
pub(crate) fn outcomes(state: &State) -> Page {
    let mut page = Page::default();
    told_outcomes(&mut page, state, false);
    page
}

fn is_one_line(state: &State) -> bool {
    is_low(state) && layout(state).and_then(|layout| layout.panel).is_some_and(|area| area.height == 1)
}

/// The page where there is one line for it: the cell, and who would lead with each rating.
fn one_line(state: &State, item: &Evidence) -> Page {
    let mut page = Page::default();
    let Some((at, hypothesis)) = state.hypothesis() else { return page };
    let cell = format!("{} / {}: {}", item.id, hypothesis.name, word(item.ratings.get(at)));
    page.set([strong(cell), Phrase::plain(format!("  {}", joined(&outcome::outcomes(state))))]);
    page
}

/// Returns outcomes as one line.
fn joined(outcomes: &[Outcome]) -> String {
    let told = outcomes.iter().map(|outcome| format!("{}: {}", outcome.ratings, outcome.leaders));
    told.collect::<Vec<_>>().join("; ")
}

/// Adds who would lead with each rating of the cell: on one line, or a line for each outcome.
fn told_outcomes(page: &mut Page, state: &State, on_one_line: bool) {
    let outcomes = outcome::outcomes(state);
    if outcomes.is_empty() {
        return;
    }
    if let [outcome] = outcomes.as_slice() {
        return page.say([
            strong("However it is rated".to_owned()),
            Phrase::plain(format!(": {}", outcome.leaders)),
        ]);
    }
    if on_one_line {
        return page.say([strong("If rated ".to_owned()), Phrase::plain(joined(&outcomes))]);
    }
    page.gap();
    let ratings = outcomes.iter().map(|outcome| width(&outcome.ratings)).max().unwrap_or_default();
    let head = pad_right("If rated", ratings + 2);
    page.set([strong(head), dim("  who leads")]);
    for Outcome { ratings: rated, leaders } in outcomes {
        let own = if rated.contains('▸') { Tone::Strong } else { Tone::Plain };
        // A mark at the start hangs, so that ratings stand below each other.
        let indent = if rated.starts_with('▸') { " " } else { "  " };
        let line = format!("{}  {leaders}", pad_right(&format!("{indent}{rated}"), ratings.max(6) + 2));
        page.set([Phrase::new(line, own)]);
    }
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

/// Adds the cell under the cursor.
fn cell(page: &mut Page, state: &State, row: usize, item: &Evidence) {
    let Some((at, hypothesis)) = state.hypothesis() else { return };
    let cell = item.ratings.get(at);
    page.gap();
    let confidence = cell.and_then(|cell| cell.confidence);
    let confidence = confidence.map(|level| format!(", {level} confidence")).unwrap_or_default();
    page.say([strong(format!("{}: {}{confidence}", hypothesis.name, word(cell)))]);
    if let Some(was) = was(state, row, at) {
        page.say([dim(was)]);
    }
    if let Some(by) = covering(state, row, at) {
        page.say([dim(format!("{by} covers it: of a group the strongest counts on each side"))]);
    }
    if let Some(note) = cell.and_then(Cell::note) {
        page.say([Phrase::plain(format!("\u{201c}{note}\u{201d}"))]);
    }
}

/// Adds what the hypothesis under the cursor claims.
fn description(page: &mut Page, state: &State) {
    if let Some(description) = state.hypothesis().and_then(|(_, hypothesis)| hypothesis.description.as_ref())
    {
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
