//! Drawing the panel: beside or below the matrix, or over it where it needs the room.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Clear, Widget};

use super::pen::{put, rule};
use crate::present::Tone;
use crate::text::{single_line, width, wrap};
use crate::tui::keymap::Action;
use crate::tui::layout::{Layout, layout, overlay, to_u16};
use crate::tui::mode::Focus;
use crate::tui::page::{ENTRY, Page, Paragraph};
use crate::tui::panel::is_list;
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Fewest rows of the panel's own place in which its entries are gone through.
const ROOM: u16 = 8;

/// A line of a page as it is drawn.
struct PageLine {
    indent: u16,
    runs: Vec<(String, Tone)>,
    entry: Option<usize>,
}

/// Returns the area of the panel while it is read: its own place, or over the matrix.
pub(crate) fn area(state: &State) -> Rect {
    place(state).unwrap_or_else(|| overlay(state))
}

/// Returns the panel's own place if it can be read there.
fn place(state: &State) -> Option<Rect> {
    layout(state)?.panel.filter(|area| area.height >= ROOM && is_list(state))
}

/// Whether the panel is read over the matrix.
fn is_over(state: &State) -> bool {
    matches!(state.mode, Mode::Page(_)) && place(state).is_none()
}

/// Returns the page of the panel that is shown.
fn page(state: &State) -> Option<&Page> {
    state.derived.page.as_ref().filter(|(key, _)| key.panel == state.window.panel).map(|(_, page)| page)
}

/// Whether the panel that is shown has entries to go through.
pub(super) fn has_entries(state: &State) -> bool {
    page(state).is_some_and(|page| !page.entries.is_empty())
}

/// Whether the page has more lines than an area.
pub(crate) fn is_cut(state: &State, area: Rect) -> bool {
    page(state).is_some_and(|page| lines(page, area.width).nth(area.height.into()).is_some())
}

/// Returns the last line of the page that can be the first on the screen while the page is read.
pub(crate) fn last_top(state: &State) -> u16 {
    page(state).map_or(0, |page| end(page, area(state)))
}

/// Returns the last line of the page that can be the first in the panel's place.
pub(crate) fn last_in_place(state: &State) -> u16 {
    let place = layout(state).and_then(|layout| layout.panel);
    place.zip(page(state)).map_or(0, |(area, page)| end(page, area))
}

fn end(page: &Page, area: Rect) -> u16 {
    to_u16(lines(page, area.width).count()).saturating_sub(area.height)
}

/// Whether the first entry is in view where the page is read from its top.
pub(crate) fn is_first_in_view(state: &State) -> bool {
    let area = area(state);
    let Some(page) = page(state) else { return false };
    lines(page, area.width).take(area.height.into()).any(|line| line.entry.is_some())
}

/// Returns the entry at a place of the screen.
pub(crate) fn entry_at(state: &State, x: u16, y: u16) -> Option<usize> {
    let area = if matches!(state.mode, Mode::Page(_)) { area(state) } else { layout(state)?.panel? };
    let line = y.checked_sub(area.y).filter(|_| area.contains(Position { x, y }))?;
    window(page(state)?, focus(state), area).get(usize::from(line))?.entry
}

/// Draws the panel in its place, and apart from the matrix.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let Some(area) = layout.panel else { return };
    draw_shown(state, theme, area, buffer);
    set_apart(area, layout, theme, buffer);
    let mark = match state.mode {
        Mode::Page(_) => String::new(),
        _ if has_entries(state) => format!(" {} choose", state.key(Action::EnterPanel)),
        _ if is_cut(state, area) => format!(" {} more", state.key(Action::EnterPanel)),
        _ => String::new(),
    };
    let (taken, y) = (to_u16(width(&mark)), area.bottom() - 1);
    let x = area.right().saturating_sub(taken);
    // A word that the mark cuts ends with an ellipsis.
    let is_written = |x: u16| buffer.cell((x, y)).is_some_and(|cell| cell.symbol() != " ");
    let is_cut = taken > 0 && is_written(x) && is_written(x - 1);
    put(buffer, x, y, taken, &mark, theme.dim);
    if is_cut {
        put(buffer, x - 1, y, 1, "…", theme.dim);
    }
}

/// Draws the line between the matrix and what stands beside or below it.
pub(super) fn set_apart(area: Rect, layout: &Layout, theme: &Theme, buffer: &mut Buffer) {
    if layout.is_beside {
        for y in area.y..area.bottom() {
            // The scroll bar of the matrix is on the line.
            let is_bar = buffer.cell((area.x - 2, y)).is_some_and(|cell| cell.symbol() == "┃");
            put(buffer, area.x - 2, y, 1, if is_bar { "┃" } else { "│" }, theme.dim);
        }
    } else if area.y > layout.foot.bottom() {
        rule(buffer, area.y - 1, layout.hints.width, theme);
    }
}

/// Draws the panel over the matrix if it is read there.
pub(super) fn draw_over(state: &State, theme: &Theme, buffer: &mut Buffer) {
    if is_over(state) {
        let area = overlay(state);
        Clear.render(Rect { x: 0, width: state.window.size.0, ..area }, buffer);
        draw_shown(state, theme, area, buffer);
    }
}

/// Returns the place of the chosen entry, else the top of the page.
pub(super) fn place_of_focus(state: &State) -> Option<Position> {
    let area = area(state);
    let focus = focus(state);
    let lines = window(page(state)?, focus, area);
    let is_chosen = |line: &PageLine| line.entry.is_some_and(|entry| focus == Focus::Entry(entry));
    let line = lines.iter().position(is_chosen).unwrap_or_default();
    Some(Position { x: area.x, y: area.y + to_u16(line) })
}

/// Returns the part of the page that is in view: as far as it was scrolled, unless it is read.
fn focus(state: &State) -> Focus {
    if let Mode::Page(focus) = state.mode { focus } else { Focus::Line(state.window.panel_top) }
}

fn draw_shown(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    if let Some(page) = page(state) {
        draw_page(page, focus(state), theme, area, buffer);
    }
}

/// Draws the part of a page that is in view.
pub(super) fn draw_page(page: &Page, focus: Focus, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    for (y, line) in (area.y..area.bottom()).zip(window(page, focus, area)) {
        let is_chosen = line.entry.is_some_and(|entry| focus == Focus::Entry(entry));
        let base = if is_chosen { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
        if is_chosen && line.indent == ENTRY {
            put(buffer, area.x, y, 1, "▸", theme.accent);
        }
        let mut x = area.x + line.indent;
        for (text, tone) in &line.runs {
            let room = area.right().saturating_sub(x);
            put(buffer, x, y, room, text, style(theme, *tone).patch(base));
            x = x.saturating_add(to_u16(width(text)));
        }
    }
}

/// Returns the lines in view. The chosen entry stands in the middle, except near the ends of the page; only paragraphs
/// near it are broken into lines.
fn window(page: &Page, focus: Focus, area: Rect) -> Vec<PageLine> {
    let height = usize::from(area.height);
    let chosen = match focus {
        Focus::Line(0) => return lines(page, area.width).take(height).collect(),
        Focus::Line(top) => {
            return lines(page, area.width).skip(top.min(end(page, area)).into()).take(height).collect();
        }
        Focus::Entry(entry) => entry,
    };
    let is_chosen = |entry: Option<usize>| entry == Some(chosen);
    let start = page.paragraphs.iter().position(|paragraph| is_chosen(paragraph.entry)).unwrap_or_default();
    let (before, from) = page.paragraphs.split_at_checked(start).unwrap_or_default();
    let broken = |paragraph| broken(paragraph, area.width);
    let mut lines: Vec<PageLine> = from.iter().flat_map(broken).take(height).collect();
    let own = lines.iter().take_while(|line| is_chosen(line.entry)).count();
    // The lines before the first entry are shown as far as there is room.
    let half = if chosen == 0 { height } else { height / 2 };
    let above = half.max(height - lines.len()).min(height - own);
    let mut up: Vec<PageLine> =
        before.iter().rev().flat_map(|paragraph| broken(paragraph).into_iter().rev()).take(above).collect();
    up.reverse();
    up.append(&mut lines);
    up.truncate(height);
    up
}

fn lines(page: &Page, columns: u16) -> impl Iterator<Item = PageLine> {
    page.paragraphs.iter().flat_map(move |paragraph| broken(paragraph, columns))
}

/// Returns a paragraph as lines, at least one.
fn broken(paragraph: &Paragraph, columns: u16) -> Vec<PageLine> {
    let Paragraph { text, tail, indent, is_cut, entry } = paragraph;
    let indent = indent.on(columns);
    let pieces = || text.iter().map(|phrase| (phrase.text.as_ref(), phrase.tone));
    let line = |indent: u16, runs| PageLine { indent, runs, entry: *entry };
    if *is_cut {
        let mut runs: Vec<(String, Tone)> =
            pieces().map(|(text, tone)| (single_line(text).into_owned(), tone)).collect();
        let Some((tail, below)) = tail else { return vec![line(indent, runs)] };
        let taken: usize = runs.iter().map(|(text, _)| width(text)).sum();
        if usize::from(indent) + taken + width(", ") + width(&tail.text) <= columns.into() {
            runs.push((format!(", {}", tail.text), tail.tone));
            return vec![line(indent, runs)];
        }
        let below = below.on(columns);
        let rest = wrap([(tail.text.as_ref(), tail.tone)], columns.saturating_sub(below).into());
        return std::iter::once(line(indent, runs)).chain(rest.into_iter().map(|r| line(below, r))).collect();
    }
    let room = usize::from(columns.saturating_sub(indent)).max(1);
    // The lines of an entry after the first are set back, so that entries stand out.
    let (hanging, narrow) =
        if entry.is_some() { (indent + 2, room.saturating_sub(2).max(1)) } else { (indent, room) };
    let whole = wrap(pieces(), room);
    let runs = if whole.len() > 1 { wrap(pieces(), narrow) } else { whole };
    if runs.is_empty() {
        return vec![line(indent, Vec::new())];
    }
    let indents = std::iter::once(indent).chain(std::iter::repeat(hanging));
    indents.zip(runs).map(|(indent, runs)| line(indent, runs)).collect()
}

pub(super) fn style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain => theme.plain,
        Tone::Strong | Tone::Added => theme.strong,
        Tone::Dim | Tone::Removed | Tone::Struck => theme.dim,
        Tone::Rating(rating) => theme.rating(rating),
    }
}
