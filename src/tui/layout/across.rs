//! The columns of the screen: what the matrix, its columns and the pane beside it take of them.

use super::{BESIDE, COLUMN_WIDTHS, ID, MARGIN, PANEL_WIDTHS, ROW_HEIGHT, TWO_LINES, WEIGHT, to_u16};
use crate::present::words::score;
use crate::scenario::Hypothesis;
use crate::text::{single_line, width};
use crate::tui::header::{self, HeaderRoom};
use crate::tui::state::{Mode, State};

/// Fewest columns in which texts stand beside ids; below that they stand under them.
const TEXT: u16 = 30;

/// Fewest columns in which texts are broken into lines.
const NARROW: usize = 14;

/// Columns from which a form may stand beside the matrix, and those that it takes at least, the line before it included.
const FORM: (u16, u16) = (110, 48);

/// How the columns of the screen are shared.
pub(super) struct Across {
    /// Columns of the matrix, the scroll bar included.
    pub(super) matrix: u16,
    pub(super) is_beside: bool,
    pub(super) id: u16,
    pub(super) weight: u16,
    pub(super) is_text_below: bool,
    /// By column: the width that the user chose, and the lines of the header.
    pub(super) headers: Vec<(Option<u16>, Vec<String>)>,
    /// By column.
    pub(super) widths: Vec<u16>,
}

/// Shares the columns of the screen. Where they lack, texts yield first, then the panel, then weights.
pub(super) fn across(state: &State, columns: u16, rows: u16) -> Across {
    let hypotheses: Vec<&Hypothesis> =
        state.window.columns.iter().filter_map(|at| state.scenario().hypotheses.get(*at)).collect();
    let names: Vec<String> = hypotheses.iter().map(|h| single_line(h.header()).trim().to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let narrowest = usize::from(score_width(state).max(COLUMN_WIDTHS.0 - 1));
    let lines = if rows >= TWO_LINES { 2 } else { 1 };
    let longest_id = to_u16(state.derived.longest_id).clamp(ID.0, ID.1);
    let whole = |matrix: u16| {
        let room = matrix.saturating_sub(2 + longest_id + 1 + WEIGHT + MARGIN);
        HeaderRoom { columns: room.into(), lines, narrowest }
    };
    let beside = pane_width(state, columns).map(|pane| columns - pane);
    let fit = |matrix: u16| Some((matrix, header::fitting(&names, whole(matrix))?));
    let found = beside.and_then(fit).map(|found| (true, found));
    let found = found.or_else(|| fit(columns).map(|found| (false, found)));
    // A single long name does not cost the panel its place.
    let shorten = |matrix: u16| (matrix, header::shortened(&names, whole(matrix)));
    let fits = |(matrix, headers): &(u16, Vec<Vec<String>>)| whole(*matrix).holds(headers);
    let found = found.or_else(|| beside.map(shorten).filter(fits).map(|found| (true, found)));
    let (is_beside, (matrix, headers), is_whole) = match found {
        Some((is_beside, found)) => (is_beside, found, true),
        None => (false, shorten(columns), false),
    };
    let headers: Vec<(Option<u16>, Vec<String>)> = hypotheses
        .iter()
        .zip(headers)
        .map(|(hypothesis, header)| match state.window.widths.get(&hypothesis.id).copied() {
            Some(own) => {
                let name = single_line(hypothesis.header());
                (Some(own), header::cut(&name, lines, usize::from(own.saturating_sub(1)).max(1)))
            }
            None => (None, header),
        })
        .collect();
    let widths: Vec<u16> = headers
        .iter()
        .enumerate()
        .map(|(column, (own, header))| {
            // A sign after the header before it would touch a header that fills its column.
            let before = column.checked_sub(1).and_then(|before| state.window.columns.get(before));
            let sign = before.and_then(|at| state.column_sign(*at)).map_or(0, |sign| to_u16(width(sign)));
            own.unwrap_or_else(|| to_u16(header::extent(header, narrowest)) + sign)
        })
        .map(|width| width.max(to_u16(narrowest + 1)))
        .collect();
    let all = widths.iter().fold(0, |sum: u16, w| sum.saturating_add(*w));
    let rest = matrix.saturating_sub(2 + 1 + MARGIN);
    let weight = if rest >= all.saturating_add(longest_id + WEIGHT) { WEIGHT } else { 0 };
    // Ids are cut only where not even the narrowest columns fit beside them.
    let id = if is_whole || rest >= all.saturating_add(longest_id) {
        longest_id
    } else {
        rest.saturating_sub(all).clamp(ID.0, longest_id).min((matrix / 3).max(ID.0))
    };
    let text = rest.saturating_sub(all.saturating_add(id + weight + 1));
    Across { matrix, is_beside, id, weight, is_text_below: text < TEXT, headers, widths }
}

/// Returns the columns that a panel or a form beside the matrix takes, the line before it included; `None` where it
/// cannot stand there.
fn pane_width(state: &State, columns: u16) -> Option<u16> {
    let is_form = matches!(state.mode, Mode::Form(_));
    let (from, least) = if is_form { FORM } else { (BESIDE, PANEL_WIDTHS.0) };
    let chosen = state.window.panel_width.unwrap_or_else(|| (columns * 3 / 10).clamp(36, 62));
    let is_shown = is_form || !state.window.is_panel_hidden;
    (is_shown && columns >= from).then(|| chosen.clamp(least, PANEL_WIDTHS.1).min(columns / 2))
}

/// Returns the lines of a row: as chosen, else as many as the longest text needs and all rows have room for.
pub(super) fn row_height(state: &State, across: &Across, most: u16) -> u16 {
    if let Some(height) = state.window.row_height {
        return height.clamp(1, ROW_HEIGHT).min(most.max(1));
    }
    let rows = state.window.rows.len().max(1);
    let fitting = (usize::from(most) / rows).clamp(1, ROW_HEIGHT.into());
    let all: u16 = across.widths.iter().fold(0, |sum: u16, w| sum.saturating_add(*w));
    let before = across.matrix.saturating_sub(MARGIN + 1 + across.weight).saturating_sub(all);
    let (taken, above) = if across.is_text_below { (4, 1) } else { (3 + across.id, 0) };
    let room = usize::from(before.saturating_sub(taken));
    if fitting == 1 || room < NARROW {
        return 1;
    }
    let texts = state.window.rows.iter().filter_map(|at| state.scenario().evidence.get(*at));
    // A word that is moved to the next line takes some of the room.
    let longest = texts.map(|item| width(&item.text)).max().unwrap_or_default();
    let needed = if longest <= room { 1 } else { (longest + longest / 8).div_ceil(room) };
    to_u16(fitting.min(needed + above)).max(1)
}

/// Returns the width of the widest score.
pub(crate) fn score_width(state: &State) -> u16 {
    let scores = || state.derived.scores.ranking.scores.iter().copied().flatten();
    // The longest is the smallest or the largest, since all have the same number of decimals.
    let ends = [scores().reduce(f64::min), scores().reduce(f64::max)];
    let widths = ends.into_iter().flatten().map(|value| to_u16(width(&score(state.window.method, value))));
    widths.max().unwrap_or_default()
}
