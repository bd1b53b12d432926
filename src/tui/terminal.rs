//! The terminal: taken for the editor, and given back as it was, whatever happens.
#![expect(clippy::disallowed_methods, reason = "this module owns the terminal")]

use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

/// Whether the terminal is ours. Leaving the alternate screen twice would put the cursor where it was before, over
/// what was printed since.
static HELD: AtomicBool = AtomicBool::new(false);

/// The terminal as long as it is ours; dropping it gives it back.
#[derive(Debug)]
pub(crate) struct Screen<W: Write = Stdout> {
    out: W,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal. From now on a panic gives it back before it speaks.
    pub(crate) fn take(mouse: bool) -> io::Result<Self> {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let was_held = give_back(&mut io::stdout());
            previous(panic);
            if was_held {
                let told = "ach: what was not saved is kept: open the file again to take it back in\n";
                drop(io::stderr().write_all(told.as_bytes()));
            }
        }));
        let mut screen = Self { out: io::stdout(), mouse };
        screen.retake()?;
        Ok(screen)
    }

    /// Gives the terminal back for a while.
    pub(crate) fn lend(&mut self) {
        give_back(&mut self.out);
    }

    /// Takes it again, in whatever state it is.
    pub(crate) fn retake(&mut self) -> io::Result<()> {
        // Whoever had it meanwhile may have set it to something else.
        disable_raw_mode()?;
        HELD.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        set_up(&mut self.out, self.mouse)
    }
}

impl<W: Write> Drop for Screen<W> {
    fn drop(&mut self) {
        give_back(&mut self.out);
    }
}

fn set_up(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

/// Gives the terminal back as it was, if it is ours. What fails here cannot be told.
fn give_back(out: &mut impl Write) -> bool {
    let was_held = HELD.swap(false, Ordering::SeqCst);
    if was_held {
        drop(execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
        drop(disable_raw_mode());
    }
    was_held
}

/// Whether an error of the terminal means that there is no terminal any more.
pub(crate) fn is_gone(error: &io::Error) -> bool {
    // EIO is what a terminal answers that was hung up, ENXIO one whose device is gone.
    let hung_up = cfg!(unix) && matches!(error.raw_os_error(), Some(5 | 6));
    hung_up || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}

/// Whether the terminal still answers.
pub(crate) fn answers() -> bool {
    use std::io::IsTerminal;
    io::stdin().is_terminal()
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Mutex, PoisonError};

    use super::*;

    /// One at a time: the terminal is one.
    static ALONE: Mutex<()> = Mutex::new(());

    fn seen(bytes: &[u8]) -> (bool, bool, vt100::MouseProtocolMode, bool) {
        let size = |n| std::num::NonZeroU16::new(n).unwrap();
        let mut parser = vt100::Parser::new(size(24), size(80), 0);
        parser.process(bytes);
        let screen = parser.screen();
        (
            screen.alternate_screen(),
            screen.bracketed_paste(),
            screen.mouse_protocol_mode(),
            screen.hide_cursor(),
        )
    }

    #[test]
    fn what_was_set_up_is_given_back_once() {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Vec::new();
        set_up(&mut out, true).unwrap();
        queue!(out, ratatui::crossterm::cursor::Hide).unwrap();
        assert_eq!(seen(&out), (true, true, vt100::MouseProtocolMode::AnyMotion, true));
        HELD.store(true, Ordering::SeqCst);
        assert!(give_back(&mut out));
        assert_eq!(seen(&out), (false, false, vt100::MouseProtocolMode::None, false));
        let length = out.len();
        assert!(!give_back(&mut out));
        assert_eq!(out.len(), length);
    }

    #[test]
    fn a_panic_gives_it_back() {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = Vec::new();
        set_up(&mut out, true).unwrap();
        HELD.store(true, Ordering::SeqCst);
        let fell = catch_unwind(AssertUnwindSafe(|| {
            let _screen = Screen { out: &mut out, mouse: true };
            panic!("on purpose");
        }));
        assert!(fell.is_err());
        assert_eq!(seen(&out), (false, false, vt100::MouseProtocolMode::None, false));
    }
}
