//! Drawing the panel: beside or below the matrix, or over it where it needs the room. On a high screen the detail stands
//! above the panel that was chosen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Clear, Widget};

use super::pen::{bar, put, rule};
use crate::present::Tone;
use crate::present::words::thousands;
use crate::text::width;
use crate::tui::keymap::Action;
use crate::tui::layout::{Layout, layout, overlay, to_u16};
use crate::tui::mode::Focus;
use crate::tui::page::{ENTRY, Page, PageLine, Paragraph, line_count};
use crate::tui::panel::{is_list, page, shown_panel};
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Fewest rows of the panel's own place in which its entries are gone through.
const ROOM: u16 = 8;

/// Fewest rows of a panel whose last line names the key that leads into it.
const KEYED: u16 = 6;

/// Fewest rows of a panel, but one, whose first line is its name.
const NAMED: u16 = 3;

/// Columns of the scroll bar and the space before it.
const BAR: u16 = 2;

/// Most lines of a page that are counted to tell which of them are in view.
const COUNTED: u16 = 2_000;

/// The parts of a panel on the screen.
struct PanelFrame {
    /// The line of its name and facts, which may be the rule above it.
    head: Option<Rect>,
    text: Rect,
    /// The line of keys and of the position.
    foot: Option<Rect>,
    /// Whether the page has more lines than there is room for.
    is_cut: bool,
}

/// Returns the parts of a panel in an area, below a rule or not.
fn frame(state: &State, page: &Page, area: Rect, is_ruled: bool) -> PanelFrame {
    let line = |y: u16| Some(Rect { y, height: 1, ..area });
    let mut text = area;
    let mut head = None;
    if is_list(state) && is_ruled {
        head = line(area.y.saturating_sub(1));
    } else if is_list(state) && (area.height == 1 || area.height >= NAMED) {
        head = line(area.y);
        text = Rect { y: area.y + 1, height: area.height - 1, ..area };
    }
    let has_foot = text.height >= KEYED
        && (!page.entries.is_empty() || line_count(page, text.width, text.height + 1) > text.height);
    let foot = if has_foot { line(text.bottom() - 1) } else { None };
    text.height -= u16::from(has_foot);
    let (text, is_cut) = beside_bar(page, text);
    PanelFrame { head, text, foot, is_cut }
}

/// Returns the area of a page's text, without the scroll bar that it needs if it is cut, and whether it is.
fn beside_bar(page: &Page, area: Rect) -> (Rect, bool) {
    let is_cut = line_count(page, area.width, area.height + 1) > area.height;
    let width = if is_cut { area.width.saturating_sub(BAR) } else { area.width };
    (Rect { width, ..area }, is_cut)
}

/// Returns the parts of the panel as it is shown now, over the matrix or in its place; `None` without a page or a place.
fn present_frame(state: &State) -> Option<PanelFrame> {
    if is_over(state) {
        return Some(frame(state, page(state)?, overlay(state), false));
    }
    framed(state, &layout(state)?)
}

/// Returns the parts of the panel in its place.
fn framed(state: &State, layout: &Layout) -> Option<PanelFrame> {
    let area = layout.panel?;
    let is_ruled = layout.detail.is_some() || !layout.is_beside && area.y > layout.foot.bottom();
    Some(frame(state, page(state)?, area, is_ruled))
}

/// Returns the area of the text of the panel while it is read: in its own place, or over the matrix.
pub(crate) fn area(state: &State) -> Rect {
    present_frame(state).map_or_else(|| overlay(state), |frame| frame.text)
}

/// Whether the panel can be read in its own place.
fn has_room(state: &State) -> bool {
    is_list(state) && layout(state).and_then(|layout| layout.panel).is_some_and(|area| area.height >= ROOM)
}

/// Whether the panel is read over the matrix.
pub(crate) fn is_over(state: &State) -> bool {
    matches!(state.mode, Mode::Page(_)) && !has_room(state)
}

/// Whether the panel that is shown has entries to go through.
pub(super) fn has_entries(state: &State) -> bool {
    page(state).is_some_and(|page| !page.entries.is_empty())
}

/// Whether the page has more lines than its place.
pub(crate) fn is_cut_in_place(state: &State) -> bool {
    layout(state).and_then(|layout| framed(state, &layout)).is_none_or(|frame| frame.is_cut)
}

/// Returns the last line of the page that can be the first in view.
pub(crate) fn last_top(state: &State) -> u16 {
    present_frame(state).zip(page(state)).map_or(0, |(frame, page)| end(page, frame.text))
}

/// Returns the last line of the detail above the panel that can be the first in view.
pub(crate) fn last_of_detail(state: &State) -> u16 {
    let area = layout(state).and_then(|layout| layout.detail);
    area.zip(state.derived.detail.as_ref()).map_or(0, |(area, page)| end(page, beside_bar(page, area).0))
}

fn end(page: &Page, area: Rect) -> u16 {
    line_count(page, area.width, u16::MAX).saturating_sub(area.height)
}

/// Whether the first entry is in view where the page is read from its top.
pub(crate) fn is_first_in_view(state: &State) -> bool {
    let area = area(state);
    let Some(page) = page(state) else { return false };
    page.lines(area.width).take(area.height.into()).any(|line| line.entry.is_some())
}

/// Returns the entry at a place of the screen.
pub(crate) fn entry_at(state: &State, x: u16, y: u16) -> Option<usize> {
    let area = present_frame(state)?.text;
    let line = y.checked_sub(area.y).filter(|_| area.contains(Position { x, y }))?;
    window(page(state)?, focus(state), area).get(usize::from(line))?.entry
}

/// Draws the panel in its place and the detail above it, apart from the matrix.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let Some(area) = layout.panel else { return };
    let top = layout.detail.map_or(area.y, |detail| detail.y);
    set_apart(Rect { y: top, height: area.bottom() - top, ..area }, layout, theme, buffer);
    if let (Some(detail), Some(page)) = (layout.detail, &state.derived.detail) {
        let (text, is_cut) = beside_bar(page, detail);
        let focus = Focus::Line(state.window.detail_top);
        draw_page(page, focus, theme, text, buffer);
        if is_cut {
            draw_bar(page, focus, text, theme, buffer);
        }
        put(buffer, area.x, area.y - 1, area.width, &"─".repeat(area.width.into()), theme.dim);
    }
    if !is_over(state)
        && let (Some(frame), Some(page)) = (framed(state, layout), page(state))
    {
        draw_framed(state, page, &frame, theme, buffer);
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
    if is_over(state)
        && let Some(page) = page(state)
    {
        let area = overlay(state);
        Clear.render(Rect { x: 0, width: state.window.size.0, ..area }, buffer);
        draw_framed(state, page, &frame(state, page, area, false), theme, buffer);
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

fn draw_framed(state: &State, page: &Page, frame: &PanelFrame, theme: &Theme, buffer: &mut Buffer) {
    let PanelFrame { head, text, foot, is_cut } = frame;
    if let Some(head) = head {
        draw_head(state, page, *head, theme, buffer);
    }
    draw_page(page, focus(state), theme, *text, buffer);
    let lines = if *is_cut { draw_bar(page, focus(state), *text, theme, buffer) } else { None };
    if let Some(foot) = foot {
        let position = match (focus(state), lines) {
            (Focus::Entry(at), _) => format!("{} of {}", thousands(at + 1), thousands(page.entries.len())),
            (Focus::Line(_), Some((from, to, all))) => format!("{} to {to} of {all}", from + 1),
            (Focus::Line(_), None) => String::new(),
        };
        let key = match state.mode {
            Mode::Page(_) => String::new(),
            _ if page.entries.is_empty() => format!("{} more", state.key(Action::EnterPanel)),
            _ => format!("{} choose", state.key(Action::EnterPanel)),
        };
        put(buffer, foot.x, foot.y, foot.width, &key, theme.dim);
        let taken = to_u16(width(&position)).min(foot.width);
        put(buffer, foot.right() - taken, foot.y, taken, &position, theme.dim);
    }
}

/// Draws the scroll bar beside a text that is cut. Returns the lines in view and the number of all; `None` for a page that
/// is too long to be counted, and has no bar.
fn draw_bar(
    page: &Page,
    focus: Focus,
    text: Rect,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<(u16, u16, u16)> {
    let (from, to, all) = seen(page, focus, text)?;
    bar(buffer, text.right() + BAR - 1, text, from.into(), all.into(), theme);
    Some((from, to, all))
}

/// Draws the name of the panel and its facts; facts that have no room there are left out.
fn draw_head(state: &State, page: &Page, area: Rect, theme: &Theme, buffer: &mut Buffer) {
    let is_rule = buffer.cell((area.x + 1, area.y)).is_some_and(|cell| cell.symbol() == "─");
    let spaced = |text: &str| if is_rule { format!(" {text} ") } else { text.to_owned() };
    let (name, facts) = (spaced(shown_panel(state).name), spaced(&page.facts));
    let x = area.x + u16::from(is_rule);
    put(buffer, x, area.y, area.width, &name, theme.strong);
    let taken = to_u16(width(&facts));
    if !page.facts.is_empty() && to_u16(width(&name)) + taken + 2 <= area.width {
        put(buffer, area.right() - taken, area.y, taken, &facts, theme.dim);
    }
}

/// Returns the lines in view and the number of all; `None` for a page that is too long to be counted.
fn seen(page: &Page, focus: Focus, area: Rect) -> Option<(u16, u16, u16)> {
    let all = line_count(page, area.width, COUNTED);
    let top = match focus {
        _ if all == COUNTED => return None,
        Focus::Line(top) => top.min(all.saturating_sub(area.height)),
        Focus::Entry(entry) => {
            let (before, _) = split(page, entry);
            let before: usize = before.iter().map(|paragraph| paragraph.lines(area.width).len()).sum();
            to_u16(before.saturating_sub(around(page, entry, area).1))
        }
    };
    Some((top, (top + area.height).min(all), all))
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

/// Returns the lines in view.
fn window(page: &Page, focus: Focus, area: Rect) -> Vec<PageLine> {
    let height = usize::from(area.height);
    match focus {
        Focus::Line(0) => page.lines(area.width).take(height).collect(),
        Focus::Line(top) => {
            page.lines(area.width).skip(top.min(end(page, area)).into()).take(height).collect()
        }
        Focus::Entry(entry) => around(page, entry, area).0,
    }
}

/// Returns the paragraphs before an entry, and those from it on.
fn split(page: &Page, entry: usize) -> (&[Paragraph], &[Paragraph]) {
    let is_chosen = |paragraph: &Paragraph| paragraph.entry == Some(entry);
    page.paragraphs
        .split_at_checked(page.paragraphs.iter().position(is_chosen).unwrap_or_default())
        .unwrap_or_default()
}

/// Returns the lines in view around an entry, and how many of them come before it. The entry stands in the middle, except
/// near the ends of the page; only paragraphs near it are broken into lines.
fn around(page: &Page, entry: usize, area: Rect) -> (Vec<PageLine>, usize) {
    let height = usize::from(area.height);
    let (before, from) = split(page, entry);
    let mut lines: Vec<PageLine> =
        from.iter().flat_map(|paragraph| paragraph.lines(area.width)).take(height).collect();
    let own = lines.iter().take_while(|line| line.entry == Some(entry)).count();
    // The lines before the first entry are shown as far as there is room.
    let half = if entry == 0 { height } else { height / 2 };
    let above = half.max(height - lines.len()).min(height - own);
    let upwards = before.iter().rev().flat_map(|paragraph| paragraph.lines(area.width).into_iter().rev());
    let mut up: Vec<PageLine> = upwards.take(above).collect();
    let above = up.len();
    up.reverse();
    up.append(&mut lines);
    up.truncate(height);
    (up, above)
}

/// Returns the keys of the list that is read, those of the chosen entry first.
pub(super) fn keys(state: &State, focus: Focus) -> String {
    let entries = page(state).map(|page| page.entries.as_slice()).unwrap_or_default();
    let lead = if let Focus::Entry(at) = focus { entries.get(at) } else { None };
    let choose = (!entries.is_empty()).then_some("↑ ↓ choose  ");
    let action = lead.and_then(|lead| lead.on_enter.as_ref());
    let has_goal = lead.is_some_and(|lead| lead.goal.is_some());
    let go = match action {
        Some(action) => Some(format!("Enter {}  ", action.words())),
        None => has_goal.then(|| "Enter go there  ".to_owned()),
    };
    let why = lead.filter(|lead| lead.code.is_some()).map(|_| "? why it matters  ");
    let edit = has_goal.then_some("e edit  ");
    let revert = lead.filter(|lead| !lead.changes.is_empty()).map(|_| "r take back  ");
    let undo = (state.session.version() > 0).then_some("u undo  ");
    let other = shown_panel(state).is_of_column.then_some("← → another hypothesis  ");
    let parts = [choose, go.as_deref(), why, other, Some("Esc back  "), revert, edit, undo, Some("v next")];
    parts.into_iter().flatten().collect()
}

pub(super) fn style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain => theme.plain,
        Tone::Strong | Tone::Added => theme.strong,
        Tone::Dim | Tone::Removed | Tone::Struck => theme.dim,
        Tone::Rating(rating) => theme.rating(rating),
    }
}
