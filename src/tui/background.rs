//! The background of the terminal: asked for by OSC 11, as xterm and nearly all others answer it.
//!
//! Knows the question, its answer, and that an answer may come late. Must never know themes.
#![cfg_attr(unix, expect(clippy::disallowed_methods, reason = "this module asks the terminal"))]

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
    #[must_use]
    pub fn reported(colours: &str) -> Option<Self> {
        let (_, background) = colours.rsplit_once(';')?;
        match background.parse().ok()? {
            7 | 9..=15 => Some(Self::Light),
            0..=6 | 8 => Some(Self::Dark),
            16_u8.. => None,
        }
    }

    /// Returns the background that an answer tells of, such as `ESC ] 11 ; rgb:ffff/ffff/ffff`.
    #[cfg(any(unix, test))]
    fn answered(answer: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(answer);
        let (_, colour) = text.split_once("]11;rgb:")?;
        let end = colour.find(['\x07', '\x1b'])?;
        let parts = colour.get(..end)?.split('/').map(|part| {
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

/// Drops an answer that comes after the editor has begun to read keys, which would take it for some.
#[derive(Debug, Default)]
pub(crate) struct LateAnswer {
    is_coming: bool,
}

impl LateAnswer {
    /// Whether a key is a part of an answer. The introducer of one arrives as Alt-`]`, its end as Alt-`\` or Ctrl-G.
    pub(crate) fn has(&mut self, key: KeyEvent) -> bool {
        let (alt, ctrl) =
            (key.modifiers.contains(KeyModifiers::ALT), key.modifiers.contains(KeyModifiers::CONTROL));
        let is_start = alt && key.code == KeyCode::Char(']');
        let is_end = alt && key.code == KeyCode::Char('\\') || ctrl && key.code == KeyCode::Char('g');
        let is_part = self.is_coming || is_start;
        self.is_coming = is_part && !is_end;
        is_part
    }
}

#[cfg(unix)]
pub(crate) use unix::ask;

#[cfg(unix)]
mod unix {
    use std::io::{Write, stdin, stdout};
    use std::time::{Duration, Instant};

    use ratatui::crossterm::terminal::{disable_raw_mode, enable_raw_mode};
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::Background;

    /// Longest wait for an answer. Whoever answers does so at once, but for a slow connection.
    const PATIENCE: Duration = Duration::from_millis(200);

    /// Asks the terminal for its background. `None` if it does not say in time, or something else is typed meanwhile.
    pub(crate) fn ask() -> Option<Background> {
        enable_raw_mode().ok()?;
        let answer = answer();
        disable_raw_mode().ok()?;
        Background::answered(&answer?)
    }

    fn answer() -> Option<Vec<u8>> {
        let mut out = stdout();
        // Every terminal answers the second question, so that those who do not know the first need not be waited for.
        out.write_all(b"\x1b]11;?\x1b\\\x1b[c").ok()?;
        out.flush().ok()?;
        let (start, stdin) = (Instant::now(), stdin());
        let mut answer = Vec::new();
        while let Some(left) = PATIENCE.checked_sub(start.elapsed()) {
            let mut waiting = [PollFd::new(&stdin, PollFlags::IN)];
            let left = Timespec { tv_sec: 0, tv_nsec: left.as_nanos().try_into().ok()? };
            if poll(&mut waiting, Some(&left)).ok()? == 0 {
                break;
            }
            let mut bytes = [0; 64];
            let count = rustix::io::read(&stdin, &mut bytes).ok()?;
            answer.extend_from_slice(bytes.get(..count)?);
            let is_last = answer.windows(3).any(|bytes| bytes == b"\x1b[?") && answer.ends_with(b"c");
            if count == 0 || is_last {
                break;
            }
        }
        Some(answer)
    }
}

/// No terminal is asked.
#[cfg(not(unix))]
pub(crate) const fn ask() -> Option<Background> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_every_length_are_read() {
        let answered = |text: &str| Background::answered(text.as_bytes());
        assert_eq!(answered("\x1b]11;rgb:ffff/ffff/dddd\x1b\\\x1b[?62c"), Some(Background::Light));
        assert_eq!(answered("\x1b]11;rgb:00/2b/36\x07\x1b[?1;2c"), Some(Background::Dark));
        assert_eq!(answered("\x1b]11;rgb:f/f/f\x07"), Some(Background::Light));
        for other in ["", "\x1b[?62c", "\x1b]11;rgb:ff/ff\x07", "\x1b]11;rgb:ffff/ffff", "\x1b]11;red\x07"] {
            assert_eq!(answered(other), None, "{other:?}");
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
    fn a_late_answer_rates_nothing() {
        let mut late = LateAnswer::default();
        let alt = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::ALT);
        let plain = |c| KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
        assert!(!late.has(plain('1')));
        assert!(late.has(alt(']')) && "11;rgb:1/2/3".chars().all(|c| late.has(plain(c))));
        assert!(late.has(alt('\\')) && !late.has(plain('1')));
    }
}
