//! The detail panel: the whole text, source, weights and notes of the row and the cell under the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{Panel, wrap};
use crate::scenario::{Cell, Credibility, Evidence};
use crate::tui::sign::CHANGED;
use crate::tui::state::State;
use crate::tui::theme::Theme;

pub(super) const PANEL: Panel = Panel { name: "detail", draw, page: None };

fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some((row, item)) = state.item() else {
        if !state.scenario().evidence.is_empty() {
            wrap(buffer, area, area.y, "No item here yet.", theme.dim);
            return;
        }
        let question = state.scenario().question.as_deref();
        let style = if question.is_some() { theme.plain } else { theme.dim };
        wrap(buffer, area, area.y, question.unwrap_or("No question yet."), style);
        return;
    };
    let mut y = wrap(buffer, area, area.y, item.id.as_str(), theme.strong);
    y = wrap(buffer, area, y, &item.text, theme.plain);
    let date = item.date.map(|date| format!(", {date}")).unwrap_or_default();
    y = wrap(buffer, area, y + 1, &format!("{}{date}", item.kind()), theme.dim);
    let grade = match item.credibility {
        Some(Credibility::Grade(grade)) => format!(" ({grade})"),
        Some(Credibility::Level(_)) | None => String::new(),
    };
    y = wrap(
        buffer,
        area,
        y,
        &format!("credibility {}{grade}, relevance {}", item.credibility(), item.relevance()),
        theme.dim,
    );
    for source in item.sources() {
        let name = state.scenario().sources.iter().find(|s| s.id.as_str() == source).map(|s| s.name.as_str());
        y = wrap(buffer, area, y, name.unwrap_or(source), theme.dim);
    }
    if let Some(note) = &item.note {
        y = wrap(buffer, area, y, note, theme.dim);
    }
    let Some((at, hypothesis)) = state.hypothesis() else { return };
    let cell = item.ratings.get(at);
    let rating = cell.and_then(|cell| cell.rating);
    let word = rating.map_or("not rated", |rating| rating.as_str());
    y = wrap(buffer, area, y + 1, &format!("{}: {word}", hypothesis.name), theme.strong);
    if let Some(was) = was(state, row, at) {
        y = wrap(buffer, area, y, &was, theme.dim);
    }
    if let Some(confidence) = cell.and_then(|cell| cell.confidence) {
        y = wrap(buffer, area, y, &format!("confidence {confidence}"), theme.dim);
    }
    if let Some(note) = cell.and_then(|cell| cell.note()) {
        y = wrap(buffer, area, y, &format!("\u{201c}{note}\u{201d}"), theme.plain);
    }
    if let Some(description) = &hypothesis.description {
        y = wrap(buffer, area, y + 1, description, theme.dim);
    }
    rest(item, theme, area, y + 1, buffer);
}

/// What else is said of the item, which one looks up rather than rates by.
fn rest(item: &Evidence, theme: &Theme, area: Rect, y: u16, buffer: &mut Buffer) {
    let quote = item.quote.as_ref().map(|quote| format!("quote \u{201c}{quote}\u{201d}"));
    let group = item.group.as_ref().map(|group| format!("group {group}"));
    let tags =
        item.tags.as_ref().filter(|tags| !tags.is_empty()).map(|tags| format!("tags {}", tags.join(", ")));
    let said = [quote, item.url.clone(), group, tags];
    said.into_iter().flatten().fold(y, |y, text| wrap(buffer, area, y, &text, theme.dim));
}

/// What was committed where the cell is now another.
fn was(state: &State, row: usize, column: usize) -> Option<String> {
    let committed = state.head.committed().filter(|_| state.head.differs(state.scenario(), row, column))?;
    let was = committed.cell(row, column)?;
    let now = state.scenario().evidence.get(row).and_then(|item| item.ratings.get(column));
    let rating = |cell: Option<&Cell>| cell.and_then(|cell| cell.rating);
    if rating(was) == rating(now) {
        return Some(format!("{CHANGED} confidence or note changed since the last commit"));
    }
    let word = rating(was).map_or("not rated", |rating| rating.as_str());
    Some(format!("{CHANGED} {word} in the last commit"))
}
