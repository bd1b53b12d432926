//! Layout: the places of things on the screen, shared by drawing, paging and the mouse.

use ratatui::layout::{Position, Rect};

use super::cursor::Cursor;
use super::state::State;
use crate::present::words::score;
use crate::scenario::Hypothesis;
use crate::text::width;

/// Smallest terminal that the editor draws on: columns and rows.
pub(crate) const SMALLEST: (u16, u16) = (40, 10);

/// Columns from which the panel stands beside the matrix.
const BESIDE: u16 = 90;

/// Rows from which a rule separates the scores from the matrix.
const RULED: u16 = 16;

/// Fewest rows of a panel below the matrix, the rule above it included.
const PANEL: u16 = 4;

/// Narrowest and widest column of a hypothesis. In the narrowest, the cursor's brackets fit around `II`.
pub(crate) const COLUMN_WIDTHS: (u16, u16) = (5, 40);

/// Rows for the text in an empty matrix.
pub(crate) const INVITATION: u16 = 4;

/// Fewest columns that ids keep to make room for texts.
const ID: u16 = 14;

/// Fewest columns in which texts are shown.
const TEXT: u16 = 14;

/// Columns for weights.
const WEIGHT: u16 = 6;

/// The column of a hypothesis on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ColumnSlot {
    /// Position among the columns shown.
    pub(crate) column: usize,
    /// The first column of the screen.
    pub(crate) x: u16,
    /// Its columns on the screen.
    pub(crate) width: u16,
}

/// The places of everything on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The title line.
    pub(crate) title: Rect,
    /// The heads of the columns.
    pub(crate) head: Rect,
    /// The rows of the matrix.
    pub(crate) body: Rect,
    /// The line between the matrix and its scores; `None` where there is no room.
    pub(crate) rule: Option<u16>,
    /// Scores and ranks.
    pub(crate) foot: Rect,
    /// The line of the guide, if there is advice.
    pub(crate) guide: Option<u16>,
    /// The line where the editor speaks.
    pub(crate) speech: Rect,
    /// The line of keys.
    pub(crate) hints: Rect,
    /// The panel beside or below the matrix; `None` where there is no room.
    pub(crate) panel: Option<Rect>,
    /// First column and width of the ids.
    pub(crate) id: (u16, u16),
    /// First column and width of the texts; the width is 0 where there is no room.
    pub(crate) text: (u16, u16),
    /// First column and width of the weights; the width is 0 where there is no room.
    pub(crate) weight: (u16, u16),
    /// The columns of hypotheses in view.
    pub(crate) slots: Vec<ColumnSlot>,
}

/// Returns the layout of a state; `None` if the terminal is too small.
pub(crate) fn layout(state: &State) -> Option<Layout> {
    let (columns, rows) = state.window.size;
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let beside = columns >= BESIDE;
    let panel_width = if beside { (columns / 4).clamp(28, 60) } else { 0 };
    let matrix = columns - if beside { panel_width + 1 } else { 0 };
    let line = |y: u16, height: u16, width: u16| Rect { x: 0, y, width, height };
    // From the top: title, header, body, rule, scores (two lines), speech, hints. The scores stand right below the last
    // row. On narrow terminals the panel is below them, with the rows that the matrix leaves, on tall ones at least a
    // third.
    let rule = u16::from(rows >= RULED);
    let guide = u16::from(state.guided().is_some());
    let free = rows - 6 - rule - guide;
    let is_empty = state.scenario().evidence.is_empty();
    let needed = if is_empty { INVITATION } else { to_u16(state.window.rows.len()).max(2) };
    let third = if !beside && rows >= 20 { (rows - 6) / 3 } else { 0 };
    let body_height = needed.min(free - third);
    let body = line(2, body_height, matrix);
    let foot = line(2 + body_height + rule, 2, matrix);
    let below = free - body_height;
    let panel = if beside {
        Some(Rect { x: matrix + 2, y: 1, width: panel_width - 2, height: rows - 3 - guide })
    } else {
        (below >= PANEL).then(|| Rect { x: 2, y: foot.y + 3, width: columns - 3, height: below - 1 })
    };

    let widest = score_width(state);
    let heads: Vec<u16> = state
        .window
        .columns
        .iter()
        .filter_map(|at| state.scenario().hypotheses.get(*at))
        .map(|hypothesis| column_width(state, hypothesis, widest))
        .collect();
    let all: u16 = heads.iter().fold(0, |sum: u16, w| sum.saturating_add(*w));
    let id_width = to_u16(state.derived.longest_id).clamp(8, 24).min(matrix / 3);
    // Long ids are cut to make room for texts.
    let lacking =
        (2 + id_width + 1 + TEXT + 1).saturating_add(all.saturating_add(WEIGHT)).saturating_sub(matrix);
    let id_width = if id_width >= lacking + ID { id_width - lacking } else { id_width };
    // The marks of a row take the two columns before the ids.
    let id = (2, id_width);
    let rest = matrix.saturating_sub(2 + id_width + 1);
    let weight_width = if rest >= all.saturating_add(WEIGHT) { WEIGHT } else { 0 };
    let text_room = rest.saturating_sub(all.saturating_add(weight_width));
    let text_width = if text_room > TEXT { text_room - 1 } else { 0 };
    let text = (2 + id_width + 1, text_width);
    let mut x = text.0 + if text_width > 0 { text_width + 1 } else { 0 };
    let weight = (x, weight_width);
    x += weight_width;
    let mut slots = Vec::new();
    for (column, width) in heads.iter().copied().enumerate().skip(state.window.left) {
        // The first column in view is shown on any terminal.
        let width = if slots.is_empty() { width.min(matrix.saturating_sub(x)) } else { width };
        if x.saturating_add(width) > matrix {
            break;
        }
        slots.push(ColumnSlot { column, x, width });
        x += width;
    }
    Some(Layout {
        title: line(0, 1, columns),
        head: line(1, 1, matrix),
        body,
        rule: (rule > 0).then(|| foot.y - 1),
        foot,
        guide: (guide > 0).then(|| rows - 3),
        speech: line(rows - 2, 1, columns),
        hints: line(rows - 1, 1, columns),
        panel,
        id,
        text,
        weight,
        slots,
    })
}

/// Returns the area of what lies over the matrix: all but the first and the last row.
pub(crate) const fn overlay(state: &State) -> Rect {
    let (columns, rows) = state.window.size;
    Rect { x: 1, y: 1, width: columns.saturating_sub(2), height: rows.saturating_sub(2) }
}

/// Returns the width of a hypothesis's column: as the user resized it, else as its header needs, with a space on each
/// side, and wide enough to separate scores of width `widest`.
pub(crate) fn column_width(state: &State, hypothesis: &Hypothesis, widest: u16) -> u16 {
    let header = || to_u16(width(&crate::text::single_line(hypothesis.header()))).clamp(6, 14) + 2;
    state.window.widths.get(&hypothesis.id).copied().unwrap_or_else(|| header().max(widest + 1))
}

/// Returns the width of the widest score.
pub(crate) fn score_width(state: &State) -> u16 {
    let scores = || state.derived.scores.ranking.scores.iter().copied().flatten();
    // The longest is the smallest or the largest, since all have the same number of decimals.
    let ends = [scores().reduce(f64::min), scores().reduce(f64::max)];
    let widths = ends.into_iter().flatten().map(|value| to_u16(width(&score(state.window.method, value))));
    widths.max().unwrap_or_default()
}

/// Something at a place of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScreenSpot {
    /// A cell.
    Cell(Cursor),
    /// The id or the text of a row.
    Row(usize),
    /// The header or the score of a column.
    Column(usize),
    /// The title.
    Title,
    /// Nothing that can be selected.
    Elsewhere,
}

/// Returns the thing at this column and row of the screen.
pub(crate) fn spot(state: &State, x: u16, y: u16) -> ScreenSpot {
    let Some(layout) = layout(state) else { return ScreenSpot::Elsewhere };
    let place = Position { x, y };
    let slot = layout.slots.iter().find(|slot| (slot.x..slot.x + slot.width).contains(&x));
    let column = slot.map(|slot| slot.column);
    if layout.body.contains(place) {
        let row = state.window.top + usize::from(y - layout.body.y);
        match column {
            _ if row >= state.window.rows.len() => ScreenSpot::Elsewhere,
            Some(column) => ScreenSpot::Cell(Cursor { row, column }),
            None => ScreenSpot::Row(row),
        }
    } else if layout.head.contains(place) || layout.foot.contains(place) {
        column.map_or(ScreenSpot::Elsewhere, ScreenSpot::Column)
    } else if layout.title.contains(place) {
        ScreenSpot::Title
    } else {
        ScreenSpot::Elsewhere
    }
}

/// Scrolls the matrix so that the cursor is in view.
pub(crate) fn follow(state: &mut State) {
    let last = |len: usize| len.saturating_sub(1);
    state.window.cursor.row = state.window.cursor.row.min(last(state.window.rows.len()));
    state.window.cursor.column = state.window.cursor.column.min(last(state.window.columns.len()));
    state.window.left = state.window.left.min(state.window.cursor.column);
    loop {
        let Some(layout) = layout(state) else { return };
        let height = usize::from(layout.body.height).max(1);
        state.window.top = state
            .window
            .top
            .min(state.window.cursor.row)
            .max((state.window.cursor.row + 1).saturating_sub(height));
        let seen = layout.slots.iter().any(|slot| slot.column == state.window.cursor.column);
        if seen || layout.slots.is_empty() || state.window.left >= state.window.cursor.column {
            return;
        }
        state.window.left = leftmost(state, &layout);
    }
}

/// Returns the first column in view if that of the cursor is the last that fits.
fn leftmost(state: &State, layout: &Layout) -> usize {
    let widest = score_width(state);
    let width = |column: usize| {
        let hypothesis = state.window.columns.get(column).and_then(|at| state.scenario().hypotheses.get(*at));
        hypothesis.map_or(0, |hypothesis| column_width(state, hypothesis, widest))
    };
    let room = layout.body.width.saturating_sub(layout.weight.0 + layout.weight.1);
    let mut taken = width(state.window.cursor.column);
    let mut left = state.window.cursor.column;
    while let Some(before) = left.checked_sub(1).filter(|before| *before > state.window.left) {
        taken = taken.saturating_add(width(before));
        if taken > room {
            break;
        }
        left = before;
    }
    left
}

/// Converts a number of columns or rows to the terminal's type, at most its largest value.
pub(crate) fn to_u16(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
