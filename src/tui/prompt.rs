//! Prompts: lines that are typed under the matrix, with the data needed to leave them again.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::cursor::Cursor;
use super::search::RowScan;
use super::widget::Input;

/// A line that is typed under the matrix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    Search(Searching),
    Filter(Filtering),
    Command(Commanding),
    /// A note on the cell that the survey asks.
    Note(Input),
}

/// A search that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Searching {
    pub(crate) input: Input,
    /// The search through the rows, as far as it has come.
    pub(crate) scan: RowScan,
    /// The rows that match so far, ascending.
    pub(crate) hits: Vec<usize>,
    /// The cursor and the first row in view before the search.
    pub(crate) from: (Cursor, usize),
}

/// A filter that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filtering {
    pub(crate) input: Input,
    pub(crate) completion: Option<Completion>,
    /// The filter before.
    pub(crate) before: String,
    /// Position in the scenario of the item under the cursor.
    pub(crate) item: Option<usize>,
}

/// A command that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Commanding {
    pub(crate) input: Input,
    /// How many commands back in the history the line is from; 0 for a new line.
    pub(crate) back: usize,
    /// The line that was typed before the history was used.
    pub(crate) draft: String,
    pub(crate) completion: Option<Completion>,
}

/// A word that is being completed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Completion {
    /// The line before the word.
    pub(crate) base: String,
    /// The words that it can be, at least two.
    pub(crate) candidates: Vec<String>,
    /// Position of the present one.
    pub(crate) at: usize,
}

impl Prompt {
    /// The typed line.
    pub(crate) const fn input(&mut self) -> &mut Input {
        match self {
            Self::Search(Searching { input, .. })
            | Self::Filter(Filtering { input, .. })
            | Self::Command(Commanding { input, .. })
            | Self::Note(input) => input,
        }
    }
}

/// Returns the key that an event means beside a typed line: Ctrl-C and Ctrl-G leave it, Ctrl-N and Ctrl-P are arrows.
pub(crate) const fn beside_typing(event: KeyEvent) -> KeyCode {
    match event.code {
        KeyCode::Char('c' | 'g') if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Esc,
        KeyCode::Char('n') if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Down,
        KeyCode::Char('p') if event.modifiers.contains(KeyModifiers::CONTROL) => KeyCode::Up,
        // Some terminals send Shift-Tab, others Tab with shift.
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
        code => code,
    }
}

impl Completion {
    /// Completes the word before the cursor; when repeated, takes the next candidate or the previous one. `find` returns
    /// the part of a line before its last word, and the words that this can be.
    pub(crate) fn step(
        completion: &mut Option<Self>,
        input: &mut Input,
        forward: bool,
        find: impl FnOnce(&str) -> (String, Vec<String>),
    ) {
        if let Some(Self { base, candidates, at }) = completion {
            let several = candidates.len();
            *at = (*at + if forward { 1 } else { several - 1 }) % several.max(1);
            if let Some(word) = candidates.get(*at) {
                input.set_head(&format!("{base}{word}"));
            }
            return;
        }
        let (base, candidates) = find(input.head());
        match candidates.as_slice() {
            [] => {}
            [only] => {
                // A word that ends with a dot or a colon is not complete yet.
                let end = if only.ends_with(['.', ':']) { "" } else { " " };
                input.set_head(&format!("{base}{only}{end}"));
            }
            [first, ..] => {
                input.set_head(&format!("{base}{first}"));
                *completion = Some(Self { base, candidates, at: 0 });
            }
        }
    }

    /// The candidates from the present one on, which stands in brackets.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        let from = self.candidates.iter().cycle().skip(self.at).take(self.candidates.len());
        from.enumerate().map(|(n, word)| if n == 0 { format!("[{word}]") } else { word.clone() })
    }
}
