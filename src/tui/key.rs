//! Keys: as terminal events, as people write them, and as the Latin letter at their place on other layouts.
//!
//! Must never know the action of a key.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers; shift is part of the character, and a modifier of arrows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub(super) code: KeyCode,
    pub(super) ctrl: bool,
    pub(super) alt: bool,
    pub(super) shift: bool,
}

pub(super) const fn key(code: KeyCode) -> Key {
    Key { code, ctrl: false, alt: false, shift: false }
}

pub(super) const fn letter(c: char) -> Key {
    key(KeyCode::Char(c))
}

pub(super) const fn ctrl(c: char) -> Key {
    Key { ctrl: true, ..letter(c) }
}

pub(super) const fn shift(arrow: KeyCode) -> Key {
    Key { shift: true, ..key(arrow) }
}

pub(super) const fn alt(c: char) -> Key {
    Key { alt: true, ..letter(c) }
}

impl Key {
    /// Returns the key of a terminal event.
    pub fn of(event: KeyEvent) -> Self {
        let code = match event.code {
            // Some terminals send Shift-Tab, others Tab with shift.
            KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => KeyCode::BackTab,
            KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => {
                KeyCode::Char(c.to_ascii_lowercase())
            }
            code => code,
        };
        Self {
            code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
            shift: event.modifiers.contains(KeyModifiers::SHIFT) && is_arrow(code),
        }
    }

    /// Returns the terminal event of a key.
    pub fn event(self) -> KeyEvent {
        let mut modifiers = KeyModifiers::NONE;
        modifiers.set(KeyModifiers::CONTROL, self.ctrl);
        modifiers.set(KeyModifiers::ALT, self.alt);
        modifiers.set(KeyModifiers::SHIFT, self.shift);
        KeyEvent::new(self.code, modifiers)
    }

    /// Returns the key at the same place of a Latin layout, for letters of a Cyrillic or Greek one.
    pub(super) fn latin(self) -> Option<Self> {
        let KeyCode::Char(c) = self.code else { return None };
        let lower = c.to_lowercase().next()?;
        let is_shifted = c != lower;
        let sign = SIGNS.iter().find(|(letter, ..)| *letter == lower);
        let sign = sign.map(|(_, plain, shifted)| if is_shifted { *shifted } else { *plain });
        let find = |layout: &str| layout.chars().position(|l| l == lower);
        let letter = || {
            let latin = LATIN.chars().nth(find(CYRILLIC).or_else(|| find(GREEK))?)?;
            Some(if is_shifted { latin.to_ascii_uppercase() } else { latin })
        };
        let latin = sign.or_else(letter)?;
        Some(Self { code: KeyCode::Char(latin), ..self })
    }
}

const fn is_arrow(code: KeyCode) -> bool {
    matches!(code, KeyCode::Up | KeyCode::Down | KeyCode::Left | KeyCode::Right)
}

/// Letters in the order of their places on the keyboard, the same in each layout.
const LATIN: &str = "qwertyuiopasdfghjklzxcvbnm";
const CYRILLIC: &str = "йцукенгшщзфывапролдячсмить";
const GREEK: &str = ";ςερτυθιοπασδφγηξκλζχψωβνμ";

/// Letters where a Latin layout has a sign, and letters of Cyrillic layouts other than the Russian one: the sign or
/// letter there without shift, and with it.
const SIGNS: [(char, char, char); 9] = [
    ('х', '[', '{'),
    ('ъ', ']', '}'),
    ('ї', ']', '}'),
    ('ж', ';', ':'),
    ('б', ',', '<'),
    ('ю', '.', '>'),
    ('і', 's', 'S'),
    ('ў', 'o', 'O'),
    ('ё', '`', '~'),
];

/// Keys with the names that people write; the help writes the first of a key.
const NAMED: [(KeyCode, &str); 19] = [
    (KeyCode::Char(' '), "Space"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::BackTab, "Shift-Tab"),
    (KeyCode::Enter, "Enter"),
    (KeyCode::Esc, "Esc"),
    (KeyCode::Backspace, "Backspace"),
    (KeyCode::Delete, "Del"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PageUp, "PgUp"),
    (KeyCode::PageDown, "PgDn"),
    (KeyCode::Left, "←"),
    (KeyCode::Left, "Left"),
    (KeyCode::Right, "→"),
    (KeyCode::Right, "Right"),
    (KeyCode::Up, "↑"),
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "↓"),
    (KeyCode::Down, "Down"),
];

impl std::str::FromStr for Key {
    type Err = ();

    /// Parses a key as the help writes it: `u`, `Ctrl-R`, `Space`, `PgUp`, `F5`.
    fn from_str(name: &str) -> Result<Self, ()> {
        let (ctrl, rest) = name.strip_prefix("Ctrl-").map_or((false, name), |rest| (true, rest));
        let (alt, rest) = rest.strip_prefix("Alt-").map_or((false, rest), |rest| (true, rest));
        let (shift, rest) = match rest.strip_prefix("Shift-") {
            Some(rest) if rest != "Tab" => (true, rest),
            _ => (false, rest),
        };
        let named = NAMED.iter().find(|(_, name)| *name == rest).map(|(code, _)| *code);
        let mut letters = rest.chars();
        let code = match (named, letters.next(), letters.next()) {
            (Some(code), ..) => code,
            (None, Some(c), None) => KeyCode::Char(if ctrl { c.to_ascii_lowercase() } else { c }),
            (None, Some('F'), Some(_)) => {
                KeyCode::F(rest.strip_prefix('F').and_then(|digits| digits.parse().ok()).ok_or(())?)
            }
            _ => return Err(()),
        };
        if shift && !is_arrow(code) {
            return Err(());
        }
        Ok(Self { code, ctrl, alt, shift })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            write!(f, "Ctrl-")?;
        }
        if self.alt {
            write!(f, "Alt-")?;
        }
        if self.shift {
            write!(f, "Shift-")?;
        }
        if let Some((_, name)) = NAMED.iter().find(|(code, _)| *code == self.code) {
            return f.write_str(name);
        }
        match self.code {
            KeyCode::Char(c) if self.ctrl => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::F(number) => write!(f, "F{number}"),
            other => write!(f, "{other:?}"),
        }
    }
}
