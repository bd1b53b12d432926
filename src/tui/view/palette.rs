//! Drawing what a typed line may mean, over the end of the matrix: the palette of commands and keys, and the words of a
//! filter.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::pen::{bar, clear_above, put};
use crate::text::{width, wrap_plain};
use crate::tui::commands::{Runnable, filter_faults, filter_words, palette};
use crate::tui::keymap::Action;
use crate::tui::layout::{layout, to_u16};
use crate::tui::prompt::{Commanding, Filtering, Prompt};
use crate::tui::state::{Mode, State};
use crate::tui::theme::Theme;

/// Most entries that are shown.
const SHOWN: u16 = 8;

/// Columns between the parts of an entry.
const BETWEEN: u16 = 2;

/// Draws what the typed line may mean, so that it ends above `bottom`.
pub(super) fn draw(state: &State, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    match &state.mode {
        Mode::Prompt(Prompt::Command(commanding)) => draw_entries(state, commanding, theme, bottom, buffer),
        Mode::Prompt(Prompt::Filter(filtering)) => draw_words(state, filtering, theme, bottom, buffer),
        _ => {}
    }
}

/// Draws the first word of a filter that says nothing, with the reason; else the words that the last one can be.
fn draw_words(state: &State, filtering: &Filtering, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let fault = filter_faults(state, filtering).into_iter().next();
    let (text, style) = match (&filtering.completion, fault) {
        (Some(completion), _) => (completion.words().collect::<Vec<_>>().join("  "), theme.dim),
        (None, Some((_, fault))) => (fault, theme.error),
        (None, None) => (filter_words(state, filtering.input.head()).1.join("  "), theme.dim),
    };
    let room = buffer.area.width.saturating_sub(2);
    let lines = wrap_plain(&text, room.into()).into_iter().take(usize::from(bottom / 4));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        return;
    }
    let area = clear_above(bottom, lines.len(), theme, buffer);
    for (line, y) in lines.iter().zip(area.y..) {
        put(buffer, 1, y, room, line, style);
    }
}

/// Returns the first entry in view above `bottom` and the number of those in view, where one of so many is chosen.
fn in_view(entries: usize, chosen: usize, bottom: u16) -> (usize, usize) {
    let shown = usize::from((bottom.saturating_sub(2) / 2).min(SHOWN)).min(entries);
    ((chosen + 1).saturating_sub(shown), shown)
}

/// Returns how far below the chosen entry of the palette the one on this row of the screen is.
pub(crate) fn steps_to(state: &State, commanding: &Commanding, y: u16) -> Option<i16> {
    let bottom = layout(state)?.speech.y;
    let (entries, chosen) = palette(commanding, &state.bound)?;
    let (top, shown) = in_view(entries.len(), chosen, bottom);
    let line =
        usize::from(y).checked_sub(usize::from(bottom).checked_sub(shown)?).filter(|line| *line < shown)?;
    i16::try_from(top + line).ok()?.checked_sub(i16::try_from(chosen).ok()?)
}

/// Draws the entries that a typed command may mean.
fn draw_entries(state: &State, commanding: &Commanding, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let Some((entries, chosen)) = palette(commanding, &state.bound) else { return };
    let (top, shown) = in_view(entries.len(), chosen, bottom);
    if shown == 0 {
        return;
    }
    let area = clear_above(bottom, shown, theme, buffer);
    bar(buffer, area.right().saturating_sub(1), area, top, entries.len(), theme);
    let seen: Vec<(String, String, Cow<'_, str>)> =
        entries.iter().skip(top).take(shown).map(|entry| parts(*entry, state)).collect();
    let widest = |widths: &mut dyn Iterator<Item = usize>| to_u16(widths.max().unwrap_or_default());
    let usages = widest(&mut seen.iter().map(|(usage, ..)| width(usage))).min(area.width / 3);
    let keys = widest(&mut seen.iter().map(|(_, keys, _)| width(keys))).min(area.width / 4);
    for ((usage, pressed, help), (at, y)) in seen.iter().zip((top..).zip(area.y..)) {
        let is_chosen = at == chosen;
        let row = if is_chosen { theme.row } else { Style::new() };
        buffer.set_style(Rect { y, height: 1, ..area }, row);
        put(buffer, 1, y, 1, if is_chosen { "▸" } else { "" }, row.patch(theme.accent));
        put(buffer, 3, y, usages, usage, row.patch(theme.accent));
        let x = 3 + usages + BETWEEN;
        put(buffer, x, y, keys, pressed, row.patch(theme.dim));
        let x = if keys > 0 { x + keys + BETWEEN } else { x };
        put(buffer, x, y, area.width.saturating_sub(x + 2), help, row.patch(theme.plain));
    }
}

/// Returns usage, keys and help of an entry.
fn parts(entry: Runnable, state: &State) -> (String, String, Cow<'static, str>) {
    let usage = format!("{} {}", entry.name(), entry.arguments());
    let keys: Vec<String> = entry.keys(&state.bound).iter().map(ToString::to_string).collect();
    let is_idle = state.derived.faults().is_empty()
        && matches!(entry, Runnable::Key(binding) if binding.action == Action::NextConflict);
    let help = if is_idle { format!("{} (none here)", entry.help()).into() } else { entry.help().into() };
    (usage.trim_end().to_owned(), keys.join("  "), help)
}
