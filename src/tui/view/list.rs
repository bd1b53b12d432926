//! The list of sources or indicators over the matrix: a line each, with the note of the chosen one below.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::pen::{bar, put, put_wrapped, rule};
use crate::present::target::ids;
use crate::present::words::{count, item_words, thousands};
use crate::scenario::{Indicator, ItemKind, Scenario, Source};
use crate::text::{single_line, width};
use crate::tui::conflict::text;
use crate::tui::keymap::Action;
use crate::tui::layout::{overlay, to_u16};
use crate::tui::mode::OpenList;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Lines for the text of the chosen item, with the rule above it; on low terminals there are none.
const MORE: u16 = 4;

/// Rows from which there is room for that.
const TALL: u16 = 14;

/// Fewest columns for the text of a line before its facts.
const TEXT: u16 = 20;

/// A line of the list.
struct ListLine {
    id: String,
    text: String,
    facts: String,
    more: String,
}

/// Returns the number of items that a list has room for.
pub(crate) fn height(state: &State) -> usize {
    usize::from(overlay(state).height.saturating_sub(2 + more(state)))
}

/// Returns the item at a line of the screen.
pub(crate) fn at(state: &State, listing: OpenList, y: u16) -> Option<usize> {
    let height = height(state).max(1);
    let line = usize::from(y.checked_sub(overlay(state).y + 1)?);
    let at = listing.at / height * height + line;
    (line < height && at < ids(state.scenario(), listing.kind).len()).then_some(at)
}

fn more(state: &State) -> u16 {
    if state.window.size.1 >= TALL { MORE } else { 0 }
}

/// Returns the place of the chosen item on the screen.
pub(super) fn place(state: &State, listing: OpenList) -> Option<Position> {
    let (area, height) = (overlay(state), height(state).max(1));
    let y = area.y + 1 + to_u16(listing.at % height);
    Some(Position { x: area.x, y })
}

/// Draws the list, with the chosen item in view.
pub(super) fn draw(state: &State, listing: OpenList, theme: &Theme, buffer: &mut Buffer) {
    let area = overlay(state);
    let area = Rect { height: area.height.saturating_sub(1), ..area };
    Clear.render(Rect { x: 0, width: state.window.size.0, ..area }, buffer);
    let scenario = state.scenario();
    let ids = ids(scenario, listing.kind);
    let (one, many) = item_words(listing.kind);
    if ids.is_empty() {
        let text = format!("No {many} yet: {} adds one.", state.key(Action::AddItem));
        put(buffer, area.x, area.y, area.width, &text, theme.plain);
        return;
    }
    put(buffer, area.x, area.y, area.width, &count(ids.len(), one, many), theme.strong);
    let height = height(state).max(1);
    let top = listing.at / height * height;
    if ids.len() > height {
        let position = format!("{} of {}", thousands(listing.at + 1), thousands(ids.len()));
        let taken = to_u16(width(&position));
        put(buffer, area.right().saturating_sub(taken), area.y, taken, &position, theme.dim);
        let body = Rect { y: area.y + 1, height: to_u16(height), ..area };
        bar(buffer, area.right(), body, top, ids.len(), theme);
    }
    let id_room = ids.iter().map(|id| width(id)).max().unwrap_or_default();
    let id_room = to_u16(id_room).min(area.width / 3);
    let lines = (top..ids.len().min(top + height)).filter_map(|at| line(scenario, listing.kind, at));
    let lines: Vec<ListLine> = lines.collect();
    let facts = lines.iter().map(|line| width(&single_line(&line.facts))).max().unwrap_or_default();
    // All have facts, or none.
    let facts = to_u16(facts) + 2 + TEXT <= area.width.saturating_sub(id_room + 4);
    for ((y, at), line) in (area.y + 1..).zip(top..).zip(&lines) {
        let is_here = at == listing.at;
        draw_line(line, is_here, Rect { y, height: 1, ..area }, (id_room, facts), theme, buffer);
        if is_here && more(state) > 0 {
            let y = area.bottom() - MORE;
            rule(buffer, y, state.window.size.0, theme);
            let area = Rect { y: y + 1, height: MORE - 1, ..area };
            let y = put_wrapped(buffer, area, area.y, &line.text, theme.plain);
            put_wrapped(buffer, area, y, &line.more, theme.dim);
        }
    }
}

/// Draws a line with so many columns for its id, with its facts at the right or without them.
fn draw_line(
    line: &ListLine,
    is_here: bool,
    area: Rect,
    (id_room, has_facts): (u16, bool),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let base = if is_here { theme.row } else { ratatui::style::Style::new() };
    buffer.set_style(area, base);
    let (id, text) = if is_here { (theme.accent, theme.plain) } else { (theme.plain, theme.dim) };
    put(buffer, area.x, area.y, 1, if is_here { "▸" } else { "" }, base.patch(theme.accent));
    put(buffer, area.x + 2, area.y, id_room, &line.id, base.patch(id));
    let x = area.x + 2 + id_room + 2;
    let facts = if has_facts { to_u16(width(&single_line(&line.facts))) } else { 0 };
    let room = area.right().saturating_sub(x);
    put(
        buffer,
        x,
        area.y,
        room.saturating_sub(if facts > 0 { facts + 2 } else { 0 }),
        &line.text,
        base.patch(text),
    );
    put(buffer, area.right() - facts, area.y, facts, &line.facts, base.patch(theme.dim));
}

/// Returns the line of an item of a kind.
fn line(scenario: &Scenario, kind: ItemKind, at: usize) -> Option<ListLine> {
    Some(match kind {
        ItemKind::Source => of_source(scenario, scenario.sources.get(at)?),
        ItemKind::Indicator => of_indicator(scenario.indicators.get(at)?),
        ItemKind::Estimate | ItemKind::Evidence | ItemKind::Hypothesis => {
            ListLine::bare(ids(scenario, kind).get(at)?, &text(scenario, kind, at))
        }
    })
}

impl ListLine {
    fn bare(id: &str, text: &str) -> Self {
        Self { id: id.to_owned(), text: text.to_owned(), facts: String::new(), more: String::new() }
    }
}

fn of_source(scenario: &Scenario, source: &Source) -> ListLine {
    let cites = |sources: &[String]| sources.iter().any(|id| id == source.id.as_str());
    let cited = scenario.evidence.iter().filter(|item| cites(item.sources())).count();
    let cited = if cited == 0 { "not cited".into() } else { format!("cited by {cited}") };
    let reliability = source.reliability.map(|grade| format!("reliability {grade}"));
    let controlled = source.controlled_by.as_ref().map(|by| format!("controlled by {}", by.join(", ")));
    let facts = [reliability, Some(cited)];
    ListLine {
        facts: joined(facts, ", "),
        more: joined([controlled, source.note.clone(), source.url.clone()], "; "),
        ..ListLine::bare(source.id.as_str(), &source.name)
    }
}

fn of_indicator(indicator: &Indicator) -> ListLine {
    let due = indicator.due.map(|day| format!("due {day}"));
    let status = Some(indicator.status().to_string());
    ListLine {
        facts: joined([indicator.hypothesis.clone(), status, due], ", "),
        more: indicator.note.clone().unwrap_or_default(),
        ..ListLine::bare(indicator.id.as_str(), &indicator.text)
    }
}

fn joined<const N: usize>(parts: [Option<String>; N], between: &str) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join(between)
}
