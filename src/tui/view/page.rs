//! Drawing pages: panels that are lists.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::{overlay, put};
use crate::present::Tone;
use crate::text::{single_line, width, wrap};
use crate::tui::layout::layout;
use crate::tui::page::{Page, Paragraph};
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Fewest rows in which the entries of a page are gone through where the panel stands.
const ROOM: u16 = 8;

/// A line of a page as it is drawn.
struct Line {
    indent: u16,
    runs: Vec<(String, Tone)>,
    entry: Option<usize>,
}

/// Where a page is drawn while its entries are gone through: in its place, or over the matrix.
pub(crate) fn area(state: &State) -> Rect {
    place(state).unwrap_or_else(|| overlay::area(state))
}

/// The place of the panel, if it is worth going through entries there.
fn place(state: &State) -> Option<Rect> {
    layout(state)?.panel.filter(|area| area.height >= ROOM)
}

/// Whether the page lies over the matrix.
pub(super) fn is_over(state: &State) -> bool {
    matches!(state.mode, Mode::Page(_)) && place(state).is_none()
}

/// The page of the panel that is shown.
fn page(state: &State) -> Option<&Page> {
    state.page.as_ref().filter(|(made_of, _)| made_of.panel == state.panel).map(|(_, page)| page)
}

/// Whether the panel that is shown has entries to go through.
pub(super) fn has_entries(state: &State) -> bool {
    page(state).is_some_and(|page| !page.entries.is_empty())
}

/// How many lines the page has in so many columns, `most` at most.
pub(crate) fn height(state: &State, columns: u16, most: u16) -> u16 {
    let Some(page) = page(state) else { return 0 };
    u16::try_from(lines(page, columns).take(most.into()).count()).unwrap_or(most)
}

/// Whether the first entry is seen where the page is looked at from its top.
pub(crate) fn is_first_in_view(state: &State) -> bool {
    let area = area(state);
    let Some(page) = page(state) else { return false };
    lines(page, area.width).take(area.height.into()).any(|line| line.entry.is_some())
}

/// The entry that stands at this place, for those who click on it.
pub(crate) fn entry_at(state: &State, x: u16, y: u16) -> Option<usize> {
    let (area, chosen) =
        if let Mode::Page(at) = state.mode { (area(state), at) } else { (layout(state)?.panel?, None) };
    let line = y.checked_sub(area.y).filter(|_| area.contains(Position { x, y }))?;
    window(page(state)?, chosen, area).get(usize::from(line))?.entry
}

/// Draws the page of the state.
pub(super) fn draw(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let Some(page) = page(state) else { return };
    let chosen = if let Mode::Page(at) = state.mode { at } else { None };
    for (y, line) in (area.y..area.bottom()).zip(window(page, chosen, area)) {
        let is_chosen = line.entry.is_some() && line.entry == chosen;
        let base = if is_chosen { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() };
        if is_chosen && line.indent == 2 {
            put(buffer, area.x, y, 1, "▸", theme.accent);
        }
        let mut x = area.x + line.indent;
        for (text, tone) in &line.runs {
            let room = area.right().saturating_sub(x);
            put(buffer, x, y, room, text, style(theme, *tone).patch(base));
            x = x.saturating_add(u16::try_from(width(text)).unwrap_or(room));
        }
    }
}

/// The lines that are in view: from the top, or those around an entry, which stands in the middle but for the ends
/// of the page. Only what is near is broken into lines.
fn window(page: &Page, entry: Option<usize>, area: Rect) -> Vec<Line> {
    let height = usize::from(area.height);
    let is_of_it = |of: Option<usize>| entry.is_some() && of == entry;
    let start = page.paragraphs.iter().position(|paragraph| is_of_it(paragraph.entry)).unwrap_or_default();
    let (before, from) = page.paragraphs.split_at_checked(start).unwrap_or_default();
    let broken = |paragraph| broken(paragraph, area.width);
    let mut lines: Vec<Line> = from.iter().flat_map(broken).take(height).collect();
    let own = lines.iter().take_while(|line| is_of_it(line.entry)).count();
    // What leads up to the first entry is shown as far as there is room.
    let half = if entry == Some(0) { height } else { height / 2 };
    let above = half.max(height - lines.len()).min(height - own);
    let mut up: Vec<Line> =
        before.iter().rev().flat_map(|paragraph| broken(paragraph).into_iter().rev()).take(above).collect();
    up.reverse();
    up.append(&mut lines);
    up.truncate(height);
    up
}

fn lines(page: &Page, columns: u16) -> impl Iterator<Item = Line> {
    page.paragraphs.iter().flat_map(move |paragraph| broken(paragraph, columns))
}

fn broken(paragraph: &Paragraph, columns: u16) -> Vec<Line> {
    let Paragraph { text, indent, is_cut, entry } = paragraph;
    let room = usize::from(columns.saturating_sub(*indent)).max(1);
    let pieces = || text.iter().map(|phrase| (phrase.text.as_ref(), phrase.tone));
    let line = |(number, runs)| Line {
        // What runs over is set back, so that beginnings stand out.
        indent: if number > 0 && *indent > 0 { indent + 2 } else { *indent },
        runs,
        entry: *entry,
    };
    if *is_cut {
        let whole = pieces().map(|(text, tone)| (single_line(text).into_owned(), tone)).collect();
        return vec![line((0, whole))];
    }
    let narrow = if *indent > 0 { room.saturating_sub(2).max(1) } else { room };
    let whole = wrap(pieces(), room);
    let runs = if whole.len() > 1 { wrap(pieces(), narrow) } else { whole };
    if runs.is_empty() {
        vec![line((0, Vec::new()))]
    } else {
        runs.into_iter().enumerate().map(line).collect()
    }
}

/// How a tone looks.
fn style(theme: &Theme, tone: Tone) -> Style {
    match tone {
        Tone::Plain => theme.plain,
        Tone::Strong | Tone::Added => theme.strong,
        Tone::Dim | Tone::Removed => theme.dim,
        Tone::Rating(rating) => theme.rating(rating),
    }
}
