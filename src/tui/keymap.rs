//! The keys of the matrix: one table from which the editor, its help and `docs/keys.md` are made.
//!
//! Knows keys and the names of actions. Must never know what an action does.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

pub use super::key::Key;
use super::key::{alt, ctrl, key, letter, shift};
use crate::scenario::Rating;

/// A way for the cursor to move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Motion {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// One column left.
    Left,
    /// One column right.
    Right,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Half a page up.
    HalfPageUp,
    /// Half a page down.
    HalfPageDown,
    /// To the first row.
    FirstRow,
    /// To the last row.
    LastRow,
    /// To the first column.
    FirstColumn,
    /// To the last column.
    LastColumn,
    /// To the next blank cell.
    NextBlank,
    /// To the previous blank cell.
    PreviousBlank,
}

/// The action of a key in the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Move the cursor.
    Move(Motion),
    /// Select cells, then rows, then columns.
    Select,
    /// Move the cursor and select the cells on its way.
    Extend(Motion),
    /// Rate the cell.
    Rate(Rating),
    /// Rate so many steps towards CC, or by a negative number towards II.
    Step(i8),
    /// Take the rating and its confidence away.
    Blank,
    /// Rate as the last cell was rated.
    Repeat,
    /// Take the last edit back.
    Undo,
    /// Make it again.
    Redo,
    /// The next confidence of the cell.
    Confidence,
    /// Credibility of the item, up or down.
    Credibility { is_up: bool },
    /// Relevance of the item, up or down.
    Relevance { is_up: bool },
    /// Fill in the cell.
    EditCell,
    /// Fill in the item.
    EditItem,
    /// Fill in the hypothesis.
    EditHypothesis,
    /// Fill in what is said of the scenario as a whole.
    EditScenario,
    /// Add an item.
    AddItem,
    /// Add a hypothesis.
    AddHypothesis,
    /// Delete the item.
    DeleteItem,
    /// Delete the hypothesis.
    DeleteHypothesis,
    /// Reject the hypothesis, or take it up again.
    Reject,
    /// Move the row so many places down in the file.
    ShiftRow(isize),
    /// Move the column so many places to the right in the file.
    ShiftColumn(isize),
    /// List the evidence in another order.
    Sort,
    /// Look for items.
    Search,
    /// Go to the previous match of the last search.
    PreviousMatch,
    /// Show some items only.
    Filter,
    /// Score by another method.
    Method,
    /// Give rows so many lines more.
    RowHeight(i16),
    /// Make the column so much wider.
    ColumnWidth(i16),
    /// Put something on the clipboard.
    Copy,
    /// Give a command.
    Command,
    /// Hide the scores and shuffle the columns, or not.
    Blind,
    /// Choose a panel.
    Panel,
    /// Go through the panel.
    EnterPanel,
    /// Hide the panel, or show it again.
    HidePanel,
    /// Make the panel so much larger.
    PanelSize(i16),
    /// Show who would lead with each rating of a blank cell.
    Outcomes,
    /// Open the address of the item in the browser.
    OpenAddress,
    /// Go to the next item that the lead rests on.
    NextCritical,
    /// Go to the next error, or settle the next of what merges left.
    NextConflict,
    /// Show the keys.
    Help,
    /// Write the file.
    Save,
    /// Leave.
    Quit,
    /// Hand the terminal back for a while.
    Suspend,
    /// A digit of a count.
    Digit(u8),
}

/// A line of the table.
#[derive(Debug)]
pub struct Binding {
    /// The section of the help that lists it.
    pub section: &'static str,
    /// The keys, any of them.
    pub keys: &'static [Key],
    /// The action of these keys.
    pub action: Action,
    /// Name of the action in the settings file.
    pub name: &'static str,
    /// Its description, in a few words.
    pub help: &'static str,
    /// One word for the line of keys; `None` to leave it out there.
    pub hint: Option<&'static str>,
}

const fn binding(section: &'static str, keys: &'static [Key], action: Action, name: &'static str) -> Binding {
    Binding { section, keys, action, name, help: "", hint: None }
}

const fn motion(keys: &'static [Key], motion: Motion, name: &'static str) -> Binding {
    binding("Move", keys, Action::Move(motion), name)
}

impl Binding {
    const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }

    const fn hint(self, hint: &'static str) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

const RATE: &str = "Rate";
const EDIT: &str = "Edit";
const LOOK: &str = "Look";
const FILE: &str = "File";

/// Every key of the matrix.
pub const BINDINGS: &[Binding] = &[
    motion(&[key(KeyCode::Up), letter('k')], Motion::Up, "up").help("one row up"),
    motion(&[key(KeyCode::Down), letter('j')], Motion::Down, "down").help("one row down"),
    motion(&[key(KeyCode::Left), letter('h')], Motion::Left, "left").help("one column left"),
    motion(&[key(KeyCode::Right), letter('l')], Motion::Right, "right").help("one column right"),
    motion(&[key(KeyCode::PageUp), ctrl('b')], Motion::PageUp, "page-up").help("a page up"),
    motion(&[key(KeyCode::PageDown), ctrl('f')], Motion::PageDown, "page-down").help("a page down"),
    motion(&[ctrl('u')], Motion::HalfPageUp, "half-page-up").help("half a page up"),
    motion(&[ctrl('d')], Motion::HalfPageDown, "half-page-down").help("half a page down"),
    motion(&[letter('g')], Motion::FirstRow, "first-row").help("first row"),
    motion(&[letter('G')], Motion::LastRow, "last-row").help("last row"),
    motion(&[key(KeyCode::Home), letter('0')], Motion::FirstColumn, "first-column").help("first column"),
    motion(&[key(KeyCode::End), letter('$')], Motion::LastColumn, "last-column").help("last column"),
    motion(&[key(KeyCode::Tab)], Motion::NextBlank, "next-blank")
        .help("next blank cell, along the row first")
        .hint("next blank"),
    motion(&[key(KeyCode::BackTab)], Motion::PreviousBlank, "previous-blank").help("previous blank cell"),
    binding(RATE, &[letter('1')], Action::Rate(Rating::VeryConsistent), "rate-cc")
        .help("CC, very consistent")
        .hint("rate"),
    binding(RATE, &[letter('2'), letter('c')], Action::Rate(Rating::Consistent), "rate-c")
        .help("C, consistent"),
    binding(RATE, &[letter('3'), letter('n')], Action::Rate(Rating::Neutral), "rate-n")
        .help("N, neutral; after a search, n goes to the next match"),
    binding(RATE, &[letter('4'), letter('i')], Action::Rate(Rating::Inconsistent), "rate-i")
        .help("I, inconsistent"),
    binding(RATE, &[letter('5'), letter('I')], Action::Rate(Rating::VeryInconsistent), "rate-ii")
        .help("II, very inconsistent"),
    binding(RATE, &[letter('C')], Action::Rate(Rating::VeryConsistent), "rate-cc-letter")
        .help("CC, very consistent"),
    binding(RATE, &[letter('x')], Action::Rate(Rating::NotApplicable), "rate-na").help("NA, not applicable"),
    binding(RATE, &[letter('+')], Action::Step(1), "step-up").help("one step more consistent"),
    binding(RATE, &[letter('-')], Action::Step(-1), "step-down").help("one step more inconsistent"),
    binding(RATE, &[letter(' '), key(KeyCode::Delete)], Action::Blank, "blank")
        .help("blank: rating and confidence go, a note stays")
        .hint("blank"),
    binding(RATE, &[letter('.')], Action::Repeat, "repeat").help("the last rating again"),
    binding(RATE, &[letter('u')], Action::Undo, "undo").help("undo").hint("undo"),
    binding(RATE, &[letter('U'), ctrl('r'), ctrl('y')], Action::Redo, "redo").help("redo"),
    binding(EDIT, &[key(KeyCode::Enter), key(KeyCode::F(2))], Action::EditCell, "edit-cell")
        .help("the cell: rating, confidence, note")
        .hint("cell"),
    binding(EDIT, &[letter('e')], Action::EditItem, "edit-item").help("the item").hint("item"),
    binding(EDIT, &[letter('E')], Action::EditHypothesis, "edit-hypothesis").help("the hypothesis"),
    binding(EDIT, &[letter('t')], Action::EditScenario, "edit-scenario")
        .help("title, question, conclusion and other fields")
        .hint("question"),
    binding(EDIT, &[letter('a')], Action::AddItem, "add-item").help("add an item").hint("add"),
    binding(EDIT, &[letter('A')], Action::AddHypothesis, "add-hypothesis")
        .help("add a hypothesis")
        .hint("hypothesis"),
    binding(EDIT, &[letter('V')], Action::Select, "select")
        .help("select cells, again rows, again columns, until Esc; keys then act on all of them")
        .hint("select"),
    binding(EDIT, &[shift(KeyCode::Up)], Action::Extend(Motion::Up), "select-up").help("select upwards"),
    binding(EDIT, &[shift(KeyCode::Down)], Action::Extend(Motion::Down), "select-down")
        .help("select downwards"),
    binding(EDIT, &[shift(KeyCode::Left)], Action::Extend(Motion::Left), "select-left")
        .help("select to the left"),
    binding(EDIT, &[shift(KeyCode::Right)], Action::Extend(Motion::Right), "select-right")
        .help("select to the right"),
    binding(EDIT, &[letter('d')], Action::DeleteItem, "delete-item").help("delete the row, after a question"),
    binding(EDIT, &[letter('D')], Action::DeleteHypothesis, "delete-hypothesis")
        .help("delete the column, after a question"),
    binding(EDIT, &[letter('o')], Action::Confidence, "confidence")
        .help("confidence: low, medium, high, none"),
    binding(EDIT, &[letter('[')], Action::Credibility { is_up: false }, "less-credible")
        .help("credibility down"),
    binding(EDIT, &[letter(']')], Action::Credibility { is_up: true }, "more-credible")
        .help("credibility up"),
    binding(EDIT, &[letter('{')], Action::Relevance { is_up: false }, "less-relevant").help("relevance down"),
    binding(EDIT, &[letter('}')], Action::Relevance { is_up: true }, "more-relevant").help("relevance up"),
    binding(EDIT, &[letter('R')], Action::Reject, "reject")
        .help("reject the hypothesis, or make it active again"),
    binding(EDIT, &[letter('J')], Action::ShiftRow(1), "move-down").help("move the row down in the file"),
    binding(EDIT, &[letter('K')], Action::ShiftRow(-1), "move-up").help("move the row up in the file"),
    binding(EDIT, &[letter('H')], Action::ShiftColumn(-1), "move-left")
        .help("move the column left in the file"),
    binding(EDIT, &[letter('L')], Action::ShiftColumn(1), "move-right")
        .help("move the column right in the file"),
    binding(EDIT, &[letter('!')], Action::NextConflict, "next-conflict")
        .help("the next error, or a conflict that a merge left")
        .hint("next error"),
    binding(LOOK, &[letter('s')], Action::Sort, "sort").help("sort by file, diagnosticity, date or id"),
    binding(LOOK, &[letter('/')], Action::Search, "search").help("search ids and texts").hint("search"),
    binding(LOOK, &[letter('N')], Action::PreviousMatch, "previous-match")
        .help("after a search, the previous match, until Esc"),
    binding(LOOK, &[letter('f')], Action::Filter, "filter").help("show some items only").hint("filter"),
    binding(LOOK, &[letter('m')], Action::Method, "method").help("score by another method"),
    binding(LOOK, &[letter('z')], Action::RowHeight(1), "taller").help("one line more for each row"),
    binding(LOOK, &[letter('Z')], Action::RowHeight(-1), "shorter").help("one line less for each row"),
    binding(LOOK, &[letter('<')], Action::ColumnWidth(-1), "narrower").help("narrower column"),
    binding(LOOK, &[letter('>')], Action::ColumnWidth(1), "wider").help("wider column"),
    binding(LOOK, &[letter('y')], Action::Copy, "copy").help("copy the cell, the row or the table"),
    binding(LOOK, &[letter('b')], Action::Blind, "blind")
        .help("blind mode: no scores, columns shuffled, against confirmation bias"),
    binding(LOOK, &[letter('v')], Action::Panel, "panel")
        .help("choose a panel; twice for the next one")
        .hint("panels"),
    binding(LOOK, &[key(KeyCode::F(6))], Action::EnterPanel, "enter-panel")
        .help("go into the panel's list")
        .hint("choose"),
    binding(LOOK, &[key(KeyCode::F(9))], Action::HidePanel, "hide-panel")
        .help("hide the panel, or show it again"),
    binding(LOOK, &[alt('<')], Action::PanelSize(-1), "smaller-panel").help("a smaller panel"),
    binding(LOOK, &[alt('>')], Action::PanelSize(1), "larger-panel").help("a larger panel"),
    binding(LOOK, &[letter('=')], Action::Outcomes, "outcomes")
        .help("who would lead with each rating of a blank cell"),
    binding(LOOK, &[letter('O')], Action::OpenAddress, "open")
        .help("open the address of the item or its source in the browser"),
    binding(LOOK, &[letter('*')], Action::NextCritical, "next-critical")
        .help("the next item that the guide names or the lead rests on")
        .hint("critical"),
    binding(LOOK, &[letter(':')], Action::Command, "command").help("type a command").hint("command"),
    binding(LOOK, &[letter('?'), key(KeyCode::F(1))], Action::Help, "help").help("these keys").hint("help"),
    binding(FILE, &[letter('w'), ctrl('s')], Action::Save, "save").help("save").hint("save"),
    binding(FILE, &[letter('q'), ctrl('c')], Action::Quit, "quit").help("quit").hint("quit"),
    binding(FILE, &[ctrl('z')], Action::Suspend, "suspend").help("back to the shell for a while"),
];

/// Returns the action of a key: by its character, or by its place on a Cyrillic or Greek layout. Keys that the user has
/// bound come before those of the table.
pub fn action(event: KeyEvent, bound: &[(Key, Action)]) -> Option<Action> {
    let pressed = Key::of(event);
    let find = |key: Key| {
        let own = bound.iter().find(|(own, _)| *own == key).map(|(_, action)| *action);
        own.or_else(|| BINDINGS.iter().find(|b| b.keys.contains(&key)).map(|b| b.action))
    };
    find(pressed).or_else(|| find(pressed.latin()?))
}

/// Returns a key for an action: one that the user has bound, else the first of the table that is not bound to something
/// else.
pub(crate) fn key_for(wanted: Action, bound: &[(Key, Action)]) -> Option<Key> {
    let own = bound.iter().find(|(key, action)| *action == wanted && is_first(*key, bound, wanted));
    let keys = || BINDINGS.iter().filter(|b| b.action == wanted).flat_map(|b| b.keys).copied();
    own.map(|(key, _)| *key).or_else(|| keys().find(|key| !bound.iter().any(|(own, _)| own == key)))
}

/// Returns the keys for a line of the table: those that the user has bound, then those of the line that are not bound
/// to something else.
pub(crate) fn keys_for(binding: &Binding, bound: &[(Key, Action)]) -> Vec<Key> {
    let is_own =
        |(key, action): &&(Key, Action)| *action == binding.action && is_first(*key, bound, binding.action);
    // If several lines have the same action, the first one lists the user's keys.
    let leads = BINDINGS.iter().find(|b| b.action == binding.action).is_some_and(|b| b.name == binding.name);
    let own = bound.iter().filter(is_own).filter(|_| leads).map(|(key, _)| *key);
    let rest = binding.keys.iter().filter(|key| !bound.iter().any(|(own, _)| own == *key));
    own.chain(rest.copied()).collect()
}

/// Whether a key that the user has bound, perhaps twice, means this action.
fn is_first(key: Key, bound: &[(Key, Action)], wanted: Action) -> bool {
    bound.iter().find(|(own, _)| *own == key).is_some_and(|(_, action)| *action == wanted)
}

/// Returns the key of an answer to a question: a letter by its place on a Latin layout; no key with Ctrl or Alt.
pub(crate) fn answer(event: KeyEvent) -> KeyCode {
    let pressed = Key::of(event);
    match (pressed.ctrl || pressed.alt, pressed.latin()) {
        (true, _) => KeyCode::Null,
        (false, Some(latin)) => latin.code,
        (false, None) => pressed.code,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use ratatui::crossterm::event::KeyModifiers;

    use super::*;

    #[test]
    fn no_key_stands_twice_and_none_is_without_help() {
        let mut keys = HashSet::new();
        let mut names = HashSet::new();
        for binding in BINDINGS {
            assert!(!binding.help.is_empty() && !binding.keys.is_empty());
            assert!(names.insert(binding.name), "{} twice", binding.name);
            for key in binding.keys {
                assert!(keys.insert(*key), "{key} twice");
            }
        }
    }

    #[test]
    fn letters_work_by_their_place_on_other_layouts() {
        let press = |c: char| action(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE), &[]);
        assert_eq!(press('г'), Some(Action::Undo));
        assert_eq!(press('Г'), Some(Action::Redo));
        assert_eq!(press('θ'), Some(Action::Undo));
        for (c, action) in [
            ('х', Action::Credibility { is_up: false }),
            ('Ъ', Action::Relevance { is_up: true }),
            ('Ї', Action::Relevance { is_up: true }),
            ('Ж', Action::Command),
            ('Б', Action::ColumnWidth(-1)),
            ('Ю', Action::ColumnWidth(1)),
            ('ю', Action::Repeat),
            ('і', Action::Sort),
        ] {
            assert_eq!(press(c), Some(action), "{c}");
        }
        assert_eq!(press('日'), None);
        let shift = KeyEvent::new(KeyCode::Tab, KeyModifiers::SHIFT);
        assert_eq!(action(shift, &[]), Some(Action::Move(Motion::PreviousBlank)));
        let redo = KeyEvent::new(KeyCode::Char('r'), KeyModifiers::CONTROL);
        assert_eq!(action(redo, &[]), Some(Action::Redo));
    }

    #[test]
    fn a_key_is_told_as_it_is_bound() {
        let bound = |pairs: &[(&str, Action)]| -> Vec<(Key, Action)> {
            pairs.iter().map(|(name, action)| (name.parse().unwrap(), *action)).collect()
        };
        let told = |action, pairs: &[(&str, Action)]| {
            key_for(action, &bound(pairs)).map(|key| key.to_string()).unwrap_or_default()
        };
        assert_eq!(told(Action::Undo, &[]), "u");
        assert_eq!(told(Action::Undo, &[("F5", Action::Undo)]), "F5");
        assert_eq!(told(Action::Redo, &[("U", Action::Undo)]), "Ctrl-R", "U means something else now");
        assert_eq!(told(Action::Undo, &[("u", Action::Redo)]), "", "no key is left");
        assert_eq!(told(Action::Undo, &[("F5", Action::Redo), ("F5", Action::Undo)]), "u");
    }

    #[test]
    fn every_key_is_read_as_the_help_writes_it() {
        for key in BINDINGS.iter().flat_map(|binding| binding.keys) {
            assert_eq!(key.to_string().parse(), Ok(*key), "{key}");
        }
        assert_eq!("F5".parse::<Key>(), Ok(key(KeyCode::F(5))));
        assert_eq!(key(KeyCode::F(5)).to_string(), "F5");
        assert!("Hyper-x".parse::<Key>().is_err() && "".parse::<Key>().is_err());
    }
}
