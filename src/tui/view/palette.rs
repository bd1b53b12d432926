//! Drawing the palette: the commands and keys that a typed line may mean, over the end of the matrix.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::pen::put;
use crate::text::width;
use crate::tui::commands::{Runnable, palette};
use crate::tui::layout::to_u16;
use crate::tui::prompt::Prompt;
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Most entries that are shown.
const SHOWN: u16 = 8;

/// Columns between the parts of an entry.
const BETWEEN: u16 = 2;

/// Draws the entries that a typed command may mean, so that they end above `bottom`.
pub(super) fn draw(state: &State, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let Mode::Prompt(Prompt::Command(commanding)) = &state.mode else { return };
    let Some((entries, chosen)) = palette(commanding, &state.bound) else { return };
    let shown = usize::from((bottom.saturating_sub(2) / 2).min(SHOWN)).min(entries.len());
    if shown == 0 {
        return;
    }
    let area =
        Rect { x: 0, width: buffer.area.width, y: bottom - to_u16(shown) - 1, height: to_u16(shown) + 1 };
    Clear.render(area, buffer);
    put(buffer, 0, area.y, area.width, &"─".repeat(usize::from(area.width)), theme.dim);
    let top = (chosen + 1).saturating_sub(shown);
    let seen: Vec<(String, String, &str)> =
        entries.iter().skip(top).take(shown).map(|entry| parts(*entry, state)).collect();
    let widest = |widths: &mut dyn Iterator<Item = usize>| to_u16(widths.max().unwrap_or_default());
    let usages = widest(&mut seen.iter().map(|(usage, ..)| width(usage))).min(area.width / 3);
    let keys = widest(&mut seen.iter().map(|(_, keys, _)| width(keys))).min(area.width / 4);
    for ((usage, pressed, help), (at, y)) in seen.iter().zip((top..).zip(area.y + 1..)) {
        let is_chosen = at == chosen;
        let row = if is_chosen { theme.row } else { Style::new() };
        buffer.set_style(Rect { y, height: 1, ..area }, row);
        put(buffer, 1, y, 1, if is_chosen { "▸" } else { "" }, row.patch(theme.accent));
        put(buffer, 3, y, usages, usage, row.patch(theme.accent));
        let x = 3 + usages + BETWEEN;
        put(buffer, x, y, keys, pressed, row.patch(theme.dim));
        let x = if keys > 0 { x + keys + BETWEEN } else { x };
        put(buffer, x, y, area.width.saturating_sub(x + 1), help, row.patch(theme.plain));
    }
}

/// Returns usage, keys and help of an entry.
fn parts(entry: Runnable, state: &State) -> (String, String, &'static str) {
    let usage = format!("{} {}", entry.name(), entry.arguments());
    let keys: Vec<String> = entry.keys(&state.bound).iter().map(ToString::to_string).collect();
    (usage.trim_end().to_owned(), keys.join("  "), entry.help())
}
