//! Bursts of keys: pasted text, where the terminal does not tell it from keys.
//!
//! Nobody types eight keys within one read. With a tab or a line end among them, they are asked about as a paste is, since
//! as keys of the matrix they would rate cells.
#![expect(clippy::disallowed_methods, reason = "the environment names the terminal")]

use std::collections::VecDeque;

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Fewest keys that are taken for pasted text.
const FEWEST: usize = 8;

/// Whether the terminal marks the beginning and the end of pasted text. Consoles of Windows and of Linux do not, nor did
/// the terminals of DEC.
pub(crate) fn marks_pastes() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    // vt100 and its like, but not vte.
    let is_dec = term.strip_prefix("vt").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    !cfg!(windows) && !is_dec && !matches!(term.as_str(), "linux" | "ansi" | "cygwin")
}

/// Puts pasted text in place of the events if they are all keys that spell one.
pub(crate) fn join(events: &mut VecDeque<Event>) {
    // Consoles of Windows tell when a key is released too.
    let is_release = |event: &Event| matches!(event, Event::Key(key) if key.kind == KeyEventKind::Release);
    let pressed = events.iter().filter(|event| !is_release(event));
    let text: Option<String> =
        pressed.map(|event| if let Event::Key(key) = event { typed(*key) } else { None }).collect();
    if let Some(text) = text.filter(|text| text.chars().count() >= FEWEST && text.contains(['\t', '\n'])) {
        *events = VecDeque::from([Event::Paste(text)]);
    }
}

/// Returns the character that a key types into a text; `None` for any other key.
fn typed(key: KeyEvent) -> Option<char> {
    match (key.code, key.modifiers) {
        (KeyCode::Char(c), KeyModifiers::NONE | KeyModifiers::SHIFT) => Some(c),
        // A line feed.
        (KeyCode::Char('j'), KeyModifiers::CONTROL) | (KeyCode::Enter, KeyModifiers::NONE) => Some('\n'),
        (KeyCode::Tab, KeyModifiers::NONE) => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(keys: &str) -> Option<String> {
        let event = |c| {
            let code = match c {
                '\t' => KeyCode::Tab,
                '\r' => KeyCode::Enter,
                '\x1b' => KeyCode::Esc,
                c => KeyCode::Char(c),
            };
            Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
        };
        let mut events = keys.chars().map(event).collect();
        join(&mut events);
        match events.pop_front() {
            Some(Event::Paste(text)) => Some(text),
            _ => None,
        }
    }

    #[test]
    fn only_what_nobody_types_is_taken_for_pasted_text() {
        assert_eq!(joined("C\tN\tII\r\tI"), Some("C\tN\tII\n\tI".into()));
        assert_eq!(joined("no claim\r"), Some("no claim\n".into()));
        for typed in ["5j5j5j5j5j", "C\tN\r", "\x1b:goto it\r", ""] {
            assert_eq!(joined(typed), None, "{typed:?}");
        }
    }
}
