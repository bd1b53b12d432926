//! The help: keys, signs and commands from the tables that the editor runs on, in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::pen::put;
use crate::text::{width, wrap_plain};
use crate::tui::commands::COMMANDS;
use crate::tui::keymap::{Action, BINDINGS, Key, keys_for};
use crate::tui::layout::to_u16;
use crate::tui::sign::SIGNS;
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Narrowest column of the help.
const NARROWEST: u16 = 48;

/// Columns between two columns of the help.
const GUTTER: u16 = 4;

/// Columns before the keys, and between the keys and their description.
const GAP: usize = 2;

/// Most columns for keys and usages where room is scarce. Longer ones extend into the column of descriptions.
const KEYS: usize = 16;

/// A section: a heading, and keys or usages with their descriptions.
struct HelpSection {
    heading: &'static str,
    entries: Vec<(String, &'static str)>,
}

/// A piece of text on a line, with its indentation.
type HelpPiece = (usize, String, HelpRole);

/// The role of a piece of text.
#[derive(Clone, Copy)]
enum HelpRole {
    Heading,
    Keys,
    Says,
}

impl HelpRole {
    const fn style(self, theme: &Theme) -> Style {
        match self {
            Self::Heading => theme.strong,
            Self::Keys => theme.accent,
            Self::Says => theme.plain,
        }
    }
}

/// Draws the help over the screen, scrolled down by `top` lines.
pub(super) fn draw(state: &State, theme: &Theme, top: u16, buffer: &mut Buffer) {
    let area = area(state);
    Clear.render(area, buffer);
    let (columns, room) = columns(&sections(&state.bound), area);
    let height = height(&columns);
    let top = usize::from(top).min(height.saturating_sub(usize::from(area.height)));
    let mut x = area.x + 2;
    for column in &columns {
        for (line, (indent, text, part)) in column {
            let Some(y) = line.checked_sub(top).and_then(|y| u16::try_from(y).ok()) else { continue };
            if y < area.height {
                let indent = to_u16(*indent);
                let room = room.saturating_sub(indent);
                put(buffer, x + indent, area.y + y, room, text, part.style(theme));
            }
        }
        x += extent(column) + GUTTER;
    }
}

/// Returns the last line of the help that can be the first on the screen.
pub(crate) fn last_top(state: &State) -> u16 {
    let area = area(state);
    to_u16(height(&columns(&sections(&state.bound), area).0)).saturating_sub(area.height)
}

fn area(state: &State) -> Rect {
    Rect { x: 0, y: 1, width: state.window.size.0, height: state.window.size.1.saturating_sub(2) }
}

/// Returns the sections in the order of the tables.
fn sections(bound: &[(Key, Action)]) -> Vec<HelpSection> {
    let mut sections: Vec<HelpSection> = Vec::new();
    for binding in BINDINGS {
        let keys: Vec<String> = keys_for(binding, bound).iter().map(ToString::to_string).collect();
        let entry = (keys.join("  "), binding.help);
        match sections.last_mut().filter(|section| section.heading == binding.section) {
            Some(section) => section.entries.push(entry),
            None => sections.push(HelpSection { heading: binding.section, entries: vec![entry] }),
        }
    }
    let signs = SIGNS.iter().map(|(sign, says)| ((*sign).to_owned(), *says)).collect();
    sections.push(HelpSection { heading: "Signs", entries: signs });
    let usage = |names: &[&str], arguments: &str| {
        let names: Vec<String> = names.iter().map(|name| format!(":{name}")).collect();
        format!("{} {arguments}", names.join("  ")).trim_end().to_owned()
    };
    let commands = COMMANDS.iter().map(|command| (usage(command.names, command.arguments), command.help));
    sections.push(HelpSection { heading: "Commands", entries: commands.collect() });
    sections
}

/// Returns the columns, each as lines with their rows, and their greatest width. There are as few columns as show
/// everything at once, else as many as there is room for.
fn columns(sections: &[HelpSection], area: Rect) -> (Vec<Vec<(usize, HelpPiece)>>, u16) {
    let usable = area.width.saturating_sub(3);
    let most = ((usable + GUTTER) / (NARROWEST + GUTTER)).clamp(1, to_u16(sections.len()).max(1));
    let mut found = (Vec::new(), usable);
    for count in 1..=most {
        let room = (usable + GUTTER) / count - GUTTER.min(usable);
        let columns = divided(sections, usize::from(count), usize::from(room));
        let fits = height(&columns) <= usize::from(area.height);
        found = (columns, room);
        if fits {
            break;
        }
    }
    found
}

/// Returns the sections in order in so many columns of at most `room`, as low as possible.
fn divided(sections: &[HelpSection], count: usize, room: usize) -> Vec<Vec<(usize, HelpPiece)>> {
    // Each bit tells whether a new column begins after a section.
    let gaps = sections.len().saturating_sub(1).min(12);
    let begins = |mask: u32, at: usize| at > 0 && mask & (1 << (at - 1)) != 0;
    let split = |mask: u32| {
        let mut columns: Vec<Vec<&HelpSection>> = vec![Vec::new()];
        for (at, section) in sections.iter().enumerate() {
            if begins(mask, at) {
                columns.push(Vec::new());
            }
            if let Some(column) = columns.last_mut() {
                column.push(section);
            }
        }
        columns.iter().map(|column| column_of(column, room)).collect::<Vec<_>>()
    };
    let masks = (0..1_u32 << gaps).filter(|mask| mask.count_ones() as usize + 1 == count);
    masks.map(split).min_by_key(|columns| height(columns)).unwrap_or_default()
}

/// Returns the lines of sections below each other.
fn column_of(sections: &[&HelpSection], room: usize) -> Vec<(usize, HelpPiece)> {
    let all = || sections.iter().flat_map(|section| &section.entries);
    let is_narrow = room < usize::from(NARROWEST);
    let in_column = indent(all(), room);
    let mut placed = Vec::new();
    let mut y = 0;
    for section in sections {
        if y > 0 {
            y += 1;
        }
        placed.push((y, (0, section.heading.to_owned(), HelpRole::Heading)));
        y += 1;
        // Descriptions of all sections are aligned where there is room for that.
        let at = if is_narrow { indent(section.entries.iter(), room) } else { in_column };
        for (pressed, says) in &section.entries {
            placed.push((y, (GAP, pressed.clone(), HelpRole::Keys)));
            let own = GAP + width(pressed) + GAP;
            // A description that does not fit beside a long usage goes below it.
            let first = if own <= at {
                at
            } else if own + width(says) <= room {
                own
            } else {
                y += 1;
                at
            };
            for line in wrap_plain(says, room.saturating_sub(first).max(1)) {
                placed.push((y, (first, line, HelpRole::Says)));
                y += 1;
            }
        }
    }
    placed
}

/// Returns the first column of the descriptions: after the widest keys if that leaves room for all, else after the
/// shorter ones.
fn indent<'e>(entries: impl Iterator<Item = &'e (String, &'static str)> + Clone, room: usize) -> usize {
    let keys = entries.clone().map(|(keys, _)| width(keys));
    let says = entries.map(|(_, says)| width(says)).max().unwrap_or_default();
    let widest = keys.clone().max().unwrap_or_default();
    let fits = GAP + widest + GAP + says <= room;
    let shorter = || keys.filter(|keys| *keys <= KEYS).max().unwrap_or_default();
    GAP + if fits { widest } else { shorter() } + GAP
}

/// Returns the lines of the highest column.
fn height(columns: &[Vec<(usize, HelpPiece)>]) -> usize {
    columns.iter().filter_map(|column| column.last()).map(|(y, _)| y + 1).max().unwrap_or_default()
}

/// Returns the width of a column of the help.
fn extent(column: &[(usize, HelpPiece)]) -> u16 {
    to_u16(column.iter().map(|(_, (indent, text, _))| indent + width(text)).max().unwrap_or_default())
}
