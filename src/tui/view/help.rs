//! The help: keys, signs and commands from the tables that the editor runs on, in as many columns as fit.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use super::pen::{bar, put};
use crate::text::{width, wrap_plain};
use crate::tui::commands::{Runnable, searched};
use crate::tui::keymap::{Action, Key, keys_for};
use crate::tui::layout::to_u16;
use crate::tui::sign::SIGNS;
use crate::tui::state::{HelpSearch, State};
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

/// A line: pieces of text with their indentations.
type HelpLine = Vec<(usize, String, HelpRole)>;

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

/// Draws the help over the screen: all of it, or what is found in it with the chosen entry in view.
pub(super) fn draw(state: &State, theme: &Theme, searching: &HelpSearch, buffer: &mut Buffer) {
    let area = area(state);
    Clear.render(area, buffer);
    if searching.input.is_empty() {
        let (columns, room) = columns(&everything(&state.bound), area);
        let top = usize::from(searching.top).min(height(&columns).saturating_sub(area.height.into()));
        let mut x = area.x + 2;
        for column in &columns {
            draw_column(column, Rect { x, width: room, ..area }, top, theme, buffer);
            x += extent(column) + GUTTER;
        }
        return bar(buffer, area.right().saturating_sub(1), area, top, height(&columns), theme);
    }
    let found = sections(searched(searching.input.text(), &state.bound).0.into_iter(), &state.bound);
    let room = area.width.saturating_sub(3);
    if found.is_empty() {
        put(buffer, area.x + 2, area.y, room, "No key and no command has these words.", theme.plain);
    }
    let column = column_of(&found.iter().collect::<Vec<_>>(), room.into());
    let is_entry = |(_, line): &(usize, &HelpLine)| matches!(line.first(), Some((.., HelpRole::Keys)));
    let chosen = column.iter().enumerate().filter(is_entry).nth(searching.chosen).map(|(line, _)| line);
    // The line after the chosen one may have its description.
    let top = chosen.map_or(0, |line| (line + 2).saturating_sub(area.height.into()));
    if let Some(y) = chosen.and_then(|line| line.checked_sub(top)) {
        put(buffer, area.x + 2, area.y + to_u16(y), 1, "▸", theme.accent);
    }
    draw_column(&column, Rect { x: area.x + 2, width: room, ..area }, top, theme, buffer);
}

/// Draws a column of the help from its line `top` on.
fn draw_column(column: &[HelpLine], area: Rect, top: usize, theme: &Theme, buffer: &mut Buffer) {
    for (y, line) in (area.y..area.bottom()).zip(column.iter().skip(top)) {
        for (indent, text, role) in line {
            let indent = to_u16(*indent);
            put(buffer, area.x + indent, y, area.width.saturating_sub(indent), text, role.style(theme));
        }
    }
}

/// Returns the number of keys and commands that are found, of how many; while nothing is searched, the lines in view.
pub(super) fn count(state: &State, searching: &HelpSearch) -> String {
    let all = format!("{} keys and commands", Runnable::all().count());
    match searching.input.text() {
        "" => lines_in_view(state, searching).unwrap_or(all),
        query => format!("{} of {all}", searched(query, &state.bound).0.len()),
    }
}

/// Returns which lines of the help are in view; `None` where all are.
fn lines_in_view(state: &State, searching: &HelpSearch) -> Option<String> {
    let (seen, last) = (area(state).height, last_top(state));
    let top = searching.top.min(last);
    (last > 0).then(|| format!("{} to {} of {}", top + 1, top + seen, last + seen))
}

/// Returns the last line of the help that can be the first on the screen.
pub(crate) fn last_top(state: &State) -> u16 {
    let area = area(state);
    to_u16(height(&columns(&everything(&state.bound), area).0)).saturating_sub(area.height)
}

fn area(state: &State) -> Rect {
    Rect { x: 0, y: 1, width: state.window.size.0, height: state.window.size.1.saturating_sub(3) }
}

/// Returns every section: keys and commands in the order of their tables, with the signs before the commands.
fn everything(bound: &[(Key, Action)]) -> Vec<HelpSection> {
    let mut sections = sections(Runnable::all(), bound);
    let signs = SIGNS.iter().map(|(sign, says)| ((*sign).to_owned(), *says)).collect();
    let commands = sections.len().saturating_sub(1);
    sections.insert(commands, HelpSection { heading: "Signs", entries: signs });
    sections
}

/// Returns keys and commands under the headings of their sections.
fn sections(entries: impl Iterator<Item = Runnable>, bound: &[(Key, Action)]) -> Vec<HelpSection> {
    let mut sections: Vec<HelpSection> = Vec::new();
    for entry in entries {
        let line = (pressed(entry, bound), entry.help());
        match sections.last_mut().filter(|section| section.heading == entry.section()) {
            Some(section) => section.entries.push(line),
            None => sections.push(HelpSection { heading: entry.section(), entries: vec![line] }),
        }
    }
    sections
}

/// Returns the keys of a line of the table, or the usage of a command.
fn pressed(entry: Runnable, bound: &[(Key, Action)]) -> String {
    match entry {
        Runnable::Field(..) => format!(":{}", entry.name()),
        Runnable::Key(binding) => {
            keys_for(binding, bound).iter().map(ToString::to_string).collect::<Vec<_>>().join("  ")
        }
        Runnable::Command(command) => {
            let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
            format!("{} {}", names.join("  "), command.arguments).trim_end().to_owned()
        }
    }
}

/// Returns the columns as lines, and their greatest width. There are as few columns as show
/// everything at once, else as many as there is room for.
fn columns(sections: &[HelpSection], area: Rect) -> (Vec<Vec<HelpLine>>, u16) {
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
fn divided(sections: &[HelpSection], count: usize, room: usize) -> Vec<Vec<HelpLine>> {
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
fn column_of(sections: &[&HelpSection], room: usize) -> Vec<HelpLine> {
    let all = || sections.iter().flat_map(|section| &section.entries);
    let is_narrow = room < usize::from(NARROWEST);
    let in_column = indent(all(), room);
    let mut lines: Vec<HelpLine> = Vec::new();
    for section in sections {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(vec![(0, section.heading.to_owned(), HelpRole::Heading)]);
        // Descriptions of all sections are aligned where there is room for that.
        let at = if is_narrow { indent(section.entries.iter(), room) } else { in_column };
        for (pressed, says) in &section.entries {
            lines.push(vec![(GAP, pressed.clone(), HelpRole::Keys)]);
            let own = GAP + width(pressed) + GAP;
            // A description that does not fit beside a long usage goes below it.
            let is_beside = own <= at || own + width(says) <= room;
            let first = if is_beside { own.max(at) } else { at };
            let said = wrap_plain(says, room.saturating_sub(first).max(1));
            let mut said = said.into_iter().map(|line| (first, line, HelpRole::Says));
            if is_beside && let Some(keys) = lines.last_mut() {
                keys.extend(said.next());
            }
            lines.extend(said.map(|piece| vec![piece]));
        }
    }
    lines
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
fn height(columns: &[Vec<HelpLine>]) -> usize {
    columns.iter().map(Vec::len).max().unwrap_or_default()
}

/// Returns the width of a column of the help.
fn extent(column: &[HelpLine]) -> u16 {
    to_u16(column.iter().flatten().map(|(indent, text, _)| indent + width(text)).max().unwrap_or_default())
}
