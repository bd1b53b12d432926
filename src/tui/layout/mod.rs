//! Layout: the places of things on the screen, shared by drawing, paging and the mouse.

mod across;

use ratatui::layout::Rect;

use super::form::Form;
use super::page::line_count;
use super::state::{Mode, State};
use across::{Across, across, row_height};

/// Smallest terminal that the editor draws on: columns and rows.
pub(crate) const SMALLEST: (u16, u16) = (40, 10);

/// Columns from which the panel may stand beside the matrix.
const BESIDE: u16 = 90;

/// Rows from which headers may take two lines.
const TWO_LINES: u16 = 14;

/// Rows from which a rule separates the scores from the matrix.
const RULED: u16 = 16;

/// Rows from which a panel below the matrix keeps `PANEL` rows.
const KEPT: u16 = 20;

/// Rows from which a panel below the matrix keeps one line.
const ONE_LINE: u16 = 14;

/// Rows from which the title and the question have a line each.
const TALL: u16 = 30;

/// Fewest rows of a panel below the matrix, and rows from which a rule sets it apart.
const PANEL: (u16, u16) = (4, 6);

/// Rows from which the detail stands above another panel beside the matrix, and the fewest rows of that one with the rule
/// before it.
const TWO_PANELS: (u16, u16) = (45, 16);

/// Rows in which a form of many fields is of use, and those that a form takes besides one for each field.
const FORM_ROWS: (u16, u16) = (10, 6);

/// Narrowest and widest column of a hypothesis. In the narrowest, the signs and the cursor's brackets fit.
pub(crate) const COLUMN_WIDTHS: (u16, u16) = (5, 40);

/// Narrowest and widest panel beside the matrix, and the fewest and most rows of one below it.
pub(crate) const PANEL_WIDTHS: (u16, u16) = (28, 100);
pub(crate) const PANEL_HEIGHTS: (u16, u16) = (1, 30);

/// Most lines of a row.
pub(crate) const ROW_HEIGHT: u16 = 3;

/// Rows for the text in an empty matrix.
pub(crate) const INVITATION: u16 = 4;

/// Fewest and most columns of an id that is shown whole.
const ID: (u16, u16) = (8, 24);

/// Columns for weights.
const WEIGHT: u16 = 6;

/// Columns after the last column: for its sign and for the scroll bar.
const MARGIN: u16 = 2;

/// The column of a hypothesis on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ColumnSlot {
    /// Position among the columns shown.
    pub(crate) column: usize,
    /// The first column of the screen.
    pub(crate) x: u16,
    /// Its columns on the screen.
    pub(crate) width: u16,
    /// The lines of its header.
    pub(crate) header: Vec<String>,
}

impl ColumnSlot {
    /// The column of the screen after it, where signs and the closing bracket stand.
    pub(crate) const fn end(&self) -> u16 {
        self.x + self.width
    }
}

/// The places of everything on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    /// The title line, or two.
    pub(crate) title: Rect,
    /// The heads of the columns.
    pub(crate) head: Rect,
    /// The rows of the matrix.
    pub(crate) body: Rect,
    /// Lines of a row.
    pub(crate) row_height: u16,
    /// The line between the matrix and its scores; `None` where there is no room.
    pub(crate) rule: Option<u16>,
    /// Scores and ranks.
    pub(crate) foot: Rect,
    /// The line of the guide, or its two lines, if there is advice.
    pub(crate) guide: Option<Rect>,
    /// The line that tells of the last change; `None` before the first, and where there is no room.
    pub(crate) told: Option<u16>,
    /// The line where the editor speaks.
    pub(crate) speech: Rect,
    /// The line of keys.
    pub(crate) hints: Rect,
    /// The panel beside or below the matrix; `None` where there is no room.
    pub(crate) panel: Option<Rect>,
    /// The detail above the panel; `None` where one panel has all the room.
    pub(crate) detail: Option<Rect>,
    /// The open form beside or below the matrix, in place of the panel; `None` where there is no room.
    pub(crate) form: Option<Rect>,
    /// Whether the panel or the form is beside the matrix.
    pub(crate) is_beside: bool,
    /// First column and width of the ids.
    pub(crate) id: (u16, u16),
    /// First column and width of the texts; the width is 0 where there is no room.
    pub(crate) text: (u16, u16),
    /// Whether texts stand below ids.
    pub(crate) is_text_below: bool,
    /// First column and width of the weights; the width is 0 where there is no room.
    pub(crate) weight: (u16, u16),
    /// The columns of hypotheses in view.
    pub(crate) slots: Vec<ColumnSlot>,
    /// Columns of the screen for all of these together.
    room: u16,
    /// Widths of all columns of hypotheses.
    widths: Vec<u16>,
}

impl Layout {
    /// The column of the scroll bar of the matrix.
    pub(crate) const fn scroll_bar(&self) -> u16 {
        let end = self.body.x + self.body.width;
        if self.is_beside { end } else { end - 1 }
    }

    /// Number of rows of the matrix in view, at least one.
    pub(crate) fn row_count(&self) -> usize {
        usize::from(self.body.height / self.row_height.max(1)).max(1)
    }
}

/// Returns the number of lines for title and question.
fn title_height(state: &State) -> u16 {
    if state.window.size.1 >= TALL && state.scenario().question.is_some() { 2 } else { 1 }
}

/// Returns the number of lines for the guide: a second one where it has more to tell and there is room.
fn guide_height(state: &State) -> u16 {
    let has_more = state.window.size.1 >= TALL && state.also_critical().is_some();
    u16::from(state.guided().is_some()) + u16::from(has_more)
}

/// Returns the layout of a state; `None` if the terminal is too small.
pub(crate) fn layout(state: &State) -> Option<Layout> {
    let (columns, rows) = state.window.size;
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return None;
    }
    let across = across(state, columns, rows);
    let matrix = across.matrix;
    let line = |y: u16, height: u16, width: u16| Rect { x: 0, y, width, height };
    // From the top: title, headers, body, rule, scores (two lines), panel unless it is beside, guide, speech, hints. The
    // scores stand right below the last row.
    let title = title_height(state);
    let head = to_u16(across.headers.iter().map(|(_, header)| header.len()).max().unwrap_or_default()).max(1);
    let rule = u16::from(rows >= RULED);
    let guide = guide_height(state);
    let told = u16::from(rows >= RULED && state.last_change().is_some());
    let free = rows.saturating_sub(title + head + rule + 2 + guide + told + 2);
    let form = if let Mode::Form(form) = &state.mode { Some(form) } else { None };
    let kept_for_form = form.map(|form| form_height(form, free)).filter(|_| !across.is_beside);
    let has_panel_below = !across.is_beside && !state.window.is_panel_hidden && form.is_none();
    let kept = match state.window.panel_height {
        _ if kept_for_form.is_some() => kept_for_form.unwrap_or_default(),
        _ if !has_panel_below => 0,
        Some(height) => height.min(free / 2),
        // A third, or less where all rows then have their most lines.
        None if rows >= TALL => {
            let left = free.saturating_sub(to_u16(state.window.rows.len()).saturating_mul(ROW_HEIGHT));
            if left >= PANEL.1 { left.min(free / 3) } else { free / 3 }
        }
        None if rows >= KEPT => PANEL.0,
        None => u16::from(rows >= ONE_LINE),
    };
    let most = free - kept;
    let row_height = row_height(state, &across, most);
    let is_empty = state.scenario().evidence.is_empty();
    let needed =
        if is_empty { INVITATION } else { to_u16(state.window.rows.len()).saturating_mul(row_height).max(2) };
    let body_height = needed.min(most);
    let body = line(title + head, body_height, matrix);
    let foot = line(body.bottom() + rule, 2, matrix);
    let below = free - body_height;
    let pane = if across.is_beside {
        let height = rows.saturating_sub(title + 2 + guide + told);
        // The scroll bar of a form takes the last column.
        let taken = matrix + 2 + u16::from(form.is_some());
        Some(Rect { x: matrix + 2, y: title, width: columns.saturating_sub(taken), height })
    } else {
        let height = match state.window.panel_height {
            Some(height) if form.is_none() => below.min(height),
            _ => below,
        };
        let apart = u16::from(height >= PANEL.1);
        let is_there =
            has_panel_below && height >= PANEL_HEIGHTS.0 || kept_for_form.is_some_and(|kept| kept > 0);
        is_there.then(|| Rect { x: 1, y: foot.bottom() + apart, width: columns - 2, height: height - apart })
    };

    let (detail, panel) = match pane.filter(|_| form.is_none()) {
        Some(pane) if across.is_beside && rows >= TWO_PANELS.0 => divide(state, pane),
        pane => (None, pane),
    };

    let end = matrix.saturating_sub(MARGIN);
    let left = 2 + across.id + 1 + across.weight;
    let room = end.saturating_sub(left);
    let slots = slots(&across, state.window.left, end, room);
    let x = slots.first().map_or(end, |slot| slot.x);
    let weight = (x.saturating_sub(across.weight), across.weight);
    // Ids and texts share what is left of the columns.
    let before = weight.0.saturating_sub(1);
    let (id, text) = if across.is_text_below {
        let width = if row_height > 1 { before.saturating_sub(4) } else { 0 };
        (before.saturating_sub(2), (4, width))
    } else {
        let x = 2 + across.id + 1;
        (across.id, (x, before.saturating_sub(x)))
    };
    Some(Layout {
        title: line(0, title, columns),
        head: line(title, head, matrix),
        body,
        row_height,
        rule: (rule > 0).then(|| foot.y - 1),
        foot,
        guide: (guide > 0).then(|| line(rows - 2 - told - guide, guide, columns)),
        told: (told > 0).then(|| rows - 3),
        speech: line(rows - 2, 1, columns),
        hints: line(rows - 1, 1, columns),
        panel,
        detail,
        form: pane.filter(|_| form.is_some()),
        is_beside: across.is_beside,
        id: (2, id),
        text,
        is_text_below: across.is_text_below,
        weight,
        slots,
        room,
        widths: across.widths,
    })
}

/// Returns the columns of hypotheses in view from the one at `left` on, which end before the column `end` of the screen.
fn slots(across: &Across, left: usize, end: u16, room: u16) -> Vec<ColumnSlot> {
    let mut taken = 0_u16;
    let mut slots: Vec<ColumnSlot> = Vec::new();
    for (column, (width, (_, header))) in across.widths.iter().zip(&across.headers).enumerate().skip(left) {
        // The first column in view is shown on any terminal.
        let width = if slots.is_empty() { (*width).min(room) } else { *width };
        if taken.saturating_add(width) > room {
            break;
        }
        slots.push(ColumnSlot { column, x: taken, width, header: header.clone() });
        taken += width;
    }
    slots.iter_mut().for_each(|slot| slot.x += end - taken);
    slots
}

/// Divides a high pane between the detail, above, and another panel, below a rule.
fn divide(state: &State, pane: Rect) -> (Option<Rect>, Option<Rect>) {
    let most = pane.height - TWO_PANELS.1;
    let told = state.derived.detail.as_ref().map_or(most, |page| line_count(page, pane.width, most));
    let detail = Rect { height: told.max(1), ..pane };
    let y = detail.bottom() + 1;
    (Some(detail), Some(Rect { y, height: pane.bottom() - y, ..pane }))
}

/// Returns the rows that a form below the matrix takes of the free ones, the rule before it included; 0 where it would
/// leave no row of the matrix in sight, or show too few of its fields. A form that is about no row or column stands over
/// the matrix rather than hide any of its fields.
fn form_height(form: &Form, free: u16) -> u16 {
    let fields = to_u16(form.fields.len());
    let height = fields.saturating_add(FORM_ROWS.1).min(free.saturating_sub(ROW_HEIGHT));
    let all = fields.saturating_add(3);
    let least = if form.subject.is_in_matrix() { all.min(FORM_ROWS.0) } else { all };
    if height >= least { height } else { 0 }
}

/// Returns the area of what lies over the matrix: all but the title and the last row.
pub(crate) fn overlay(state: &State) -> Rect {
    let (columns, rows) = state.window.size;
    let title = title_height(state);
    Rect { x: 1, y: title, width: columns.saturating_sub(2), height: rows.saturating_sub(title + 1) }
}

/// Returns the area of a form: beside or below the matrix, else over it. The lines below stay visible.
pub(crate) fn form_area(state: &State) -> Rect {
    let over = overlay(state);
    let over = Rect { height: over.height.saturating_sub(1), ..over };
    layout(state).and_then(|layout| layout.form).unwrap_or(over)
}

/// Returns the width of the column at this position among those shown.
pub(crate) fn column_width(state: &State, column: usize) -> Option<u16> {
    layout(state)?.widths.get(column).copied()
}

/// Scrolls the matrix so that the cursor is in view.
pub(crate) fn follow(state: &mut State) {
    let last = |len: usize| len.saturating_sub(1);
    state.window.cursor.row = state.window.cursor.row.min(last(state.window.rows.len()));
    state.window.cursor.column = state.window.cursor.column.min(last(state.window.columns.len()));
    state.window.left = state.window.left.min(state.window.cursor.column);
    loop {
        let Some(layout) = layout(state) else { return };
        let height = layout.row_count();
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
    let width = |column: usize| layout.widths.get(column).copied().unwrap_or_default();
    let mut taken = width(state.window.cursor.column);
    let mut left = state.window.cursor.column;
    while let Some(before) = left.checked_sub(1).filter(|before| *before > state.window.left) {
        taken = taken.saturating_add(width(before));
        if taken > layout.room {
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
