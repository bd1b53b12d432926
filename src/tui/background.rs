//! The background of the terminal: asked for by OSC 11, as xterm and nearly all others answer it.
//!
//! The answer arrives among the keys, early or late. Knows the question and the answer. Must never know themes.

use std::time::Duration;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// The background of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Background {
    /// Light text stands out on it.
    Dark,
    /// Dark text stands out on it.
    Light,
}

impl Background {
    /// Returns the background that a terminal reports in `COLORFGBG`, as `foreground;background` in numbers of its 16
    /// colours; `None` for anything else.
    pub fn reported(colours: &str) -> Option<Self> {
        let (_, background) = colours.rsplit_once(';')?;
        match background.parse().ok()? {
            7 | 9..=15 => Some(Self::Light),
            0..=6 | 8 => Some(Self::Dark),
            16_u8.. => None,
        }
    }

    /// Returns the name of the theme for it.
    pub const fn theme(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
        }
    }

    /// Returns the background that an answer tells of, such as `]11;rgb:ffff/ffff/ffff`.
    fn answered(answer: &str) -> Option<Self> {
        let parts = answer.strip_prefix(ANSWER)?.split('/').map(|part| {
            let most = 16_f64.powi(i32::try_from(part.len()).ok()?) - 1.0;
            Some(f64::from(u32::from_str_radix(part, 16).ok()?) / most)
        });
        let parts: Vec<f64> = parts.collect::<Option<_>>()?;
        let [red, green, blue] = parts.as_slice() else { return None };
        // Perceived brightness by the weights of ITU-R BT.601.
        let is_light = 0.299 * red + 0.587 * green + 0.114 * blue > 0.5;
        Some(if is_light { Self::Light } else { Self::Dark })
    }
}

/// Asks for the background. Every terminal answers the second question, so that those who do not know the first need
/// not be waited for.
pub(crate) const QUESTION: &[u8] = b"\x1b]11;?\x1b\\\x1b[c";

/// Longest wait for an answer before the first picture. Whoever answers does so at once, but for a slow connection.
pub(crate) const PATIENCE: Duration = Duration::from_millis(200);

/// The beginning of an answer, and most characters after it.
const ANSWER: &str = "]11;rgb:";
const LONGEST: usize = "ffff/ffff/ffff".len();

/// Picks the answer out of the keys.
#[derive(Debug, Default)]
pub(crate) struct AnswerFilter {
    /// Keys that may be the beginning of an answer.
    held: Vec<KeyEvent>,
}

/// The meaning of a key beside an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It, and keys that were held before it, are keys; none while it may be a part of an answer.
    Keys(Vec<KeyEvent>),
    /// It ends an answer.
    Answer(Background),
}

impl AnswerFilter {
    /// Takes a key. The introducer of an answer arrives as Alt-`]`, its end as Alt-`\` or Ctrl-G.
    pub(crate) fn take(&mut self, key: KeyEvent) -> Heard {
        let (alt, ctrl) =
            (key.modifiers.contains(KeyModifiers::ALT), key.modifiers.contains(KeyModifiers::CONTROL));
        if self.held.is_empty() && !(alt && key.code == KeyCode::Char(']')) {
            return Heard::Keys(vec![key]);
        }
        let is_end = alt && key.code == KeyCode::Char('\\') || ctrl && key.code == KeyCode::Char('g');
        let text: String = self.held.iter().filter_map(|key| key.code.as_char()).collect();
        self.held.push(key);
        if is_end && let Some(background) = Background::answered(&text) {
            self.held.clear();
            return Heard::Answer(background);
        }
        let text: String = self.held.iter().filter_map(|key| key.code.as_char()).collect();
        let is_colour =
            |rest: &str| rest.len() <= LONGEST && rest.chars().all(|c| c.is_ascii_hexdigit() || c == '/');
        let fits = ANSWER.starts_with(&text) || text.strip_prefix(ANSWER).is_some_and(is_colour);
        let is_part = fits && text.len() == self.held.len();
        Heard::Keys(if is_part { Vec::new() } else { std::mem::take(&mut self.held) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_every_length_are_read() {
        for (answer, background) in [
            ("]11;rgb:ffff/ffff/dddd", Some(Background::Light)),
            ("]11;rgb:00/2b/36", Some(Background::Dark)),
            ("]11;rgb:f/f/f", Some(Background::Light)),
            ("", None),
            ("]11;rgb:ff/ff", None),
            ("]11;red", None),
        ] {
            assert_eq!(Background::answered(answer), background, "{answer:?}");
        }
    }

    #[test]
    fn what_the_environment_says_is_read() {
        assert_eq!(Background::reported("0;15"), Some(Background::Light));
        assert_eq!(Background::reported("15;default;0"), Some(Background::Dark));
        for other in ["", "15", "0;default", "1;99"] {
            assert_eq!(Background::reported(other), None, "{other}");
        }
    }

    #[test]
    fn the_answer_is_picked_out_and_every_other_key_goes_on() {
        let alt = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT);
        let control = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL);
        let plain = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        let hear = |keys: &[KeyEvent]| {
            let (mut filter, mut passed, mut answer) = (AnswerFilter::default(), Vec::new(), None);
            for key in keys {
                match filter.take(*key) {
                    Heard::Keys(keys) => passed.extend(keys),
                    Heard::Answer(background) => answer = Some(background),
                }
            }
            (passed, answer)
        };
        let colour: Vec<KeyEvent> = "11;rgb:1/2/3".chars().map(plain).collect();
        for end in [alt('\\'), control('g')] {
            let keys = [&[plain('5'), alt(']')], colour.as_slice(), &[end, plain('j')]].concat();
            assert_eq!(hear(&keys), (vec![plain('5'), plain('j')], Some(Background::Dark)));
        }
        // None of these is an answer, whatever it begins with.
        for keys in [
            vec![alt(']'), plain('5'), plain('j')],
            [&[alt(']')], colour.as_slice(), &[plain('x')]].concat(),
            [&[alt(']')], &colour[..9], &[control('g')]].concat(),
            vec![alt(']'), KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)],
            [&[alt(']')], "11;rgb:".repeat(2).chars().map(plain).collect::<Vec<_>>().as_slice()].concat(),
        ] {
            assert_eq!(hear(&keys), (keys, None));
        }
    }
}
