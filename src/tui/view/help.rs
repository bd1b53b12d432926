//! The help: keys, signs and commands, from the tables that the editor runs on.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::put;
use crate::text::{pad_right, width};
use crate::tui::keymap::BINDINGS;
use crate::tui::sign::SIGNS;
use crate::tui::theme::Theme;
use crate::tui::update::COMMANDS;

/// Draws the keys over the screen, scrolled down by some lines.
pub(super) fn draw(theme: &Theme, top: u16, area: Rect, buffer: &mut Buffer) {
    Clear.render(area, buffer);
    let lines = lines();
    let last = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_sub(area.height);
    let shown = lines.iter().skip(usize::from(top.min(last))).take(usize::from(area.height));
    for (y, (text, is_heading)) in (area.y..).zip(shown) {
        let style = if *is_heading { theme.strong } else { theme.plain };
        put(buffer, area.x + 2, y, area.width.saturating_sub(3), text, style);
    }
}

/// The lines of the help, and which of them are headings.
fn lines() -> Vec<(String, bool)> {
    let keys = |keys: &[crate::tui::keymap::Key]| {
        keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
    };
    let widest = BINDINGS.iter().map(|b| width(&keys(b.keys))).max().unwrap_or_default();
    let mut lines = Vec::new();
    let mut section = "";
    for binding in BINDINGS {
        if binding.section != section {
            if !section.is_empty() {
                lines.push((String::new(), false));
            }
            section = binding.section;
            lines.push((section.to_owned(), true));
        }
        lines.push((format!("  {}   {}", pad_right(&keys(binding.keys), widest), binding.help), false));
    }
    lines.extend([(String::new(), false), ("Signs".to_owned(), true)]);
    lines.extend(SIGNS.iter().map(|(sign, says)| (format!("  {}   {says}", pad_right(sign, widest)), false)));
    lines.extend([(String::new(), false), ("Commands".to_owned(), true)]);
    for command in COMMANDS {
        let names = command.names.iter().map(|name| format!(":{name}")).collect::<Vec<_>>().join("  ");
        let usage = format!("{names} {}", command.arguments);
        lines.push((format!("  {}   {}", pad_right(usage.trim_end(), widest), command.help), false));
    }
    lines
}
