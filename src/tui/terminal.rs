//! The terminal: set up for the editor, and restored whatever happens.
#![expect(clippy::disallowed_methods, reason = "this module owns the terminal")]

use std::io::{self, Stdout, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode, enable_raw_mode,
};
use ratatui::crossterm::{execute, queue};

/// Whether the terminal is set up for the editor. Leaving the alternate screen twice would move the cursor back over
/// what was printed since.
static HELD: AtomicBool = AtomicBool::new(false);

/// The terminal while it is set up for the editor; dropping this restores it.
#[derive(Debug)]
pub(crate) struct Screen<W: Write = Stdout> {
    out: W,
    mouse: bool,
}

impl Screen {
    /// Sets the terminal up. From now on a panic restores it before its message is printed.
    pub(crate) fn take(mouse: bool) -> io::Result<Self> {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let was_held = give_back(&mut io::stdout());
            previous(panic);
            if was_held {
                let told = "ach: unsaved edits are kept: open the file again to restore them\n";
                drop(io::stderr().write_all(told.as_bytes()));
            }
        }));
        let mut screen = Self { out: io::stdout(), mouse };
        screen.retake()?;
        Ok(screen)
    }

    /// Names the window, as far as the terminal has one.
    pub(crate) fn name(&mut self, title: &str) -> io::Result<()> {
        execute!(self.out, SetTitle(title))
    }

    /// Restores the terminal for a while.
    pub(crate) fn lend(&mut self) {
        give_back(&mut self.out);
    }

    /// Sets the terminal up again, in whatever state it is.
    pub(crate) fn retake(&mut self) -> io::Result<()> {
        // The other program may have left it in another mode.
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

/// Control sequences of xterm that keep the title of the window and give it back.
const KEEP_TITLE: &[u8] = b"\x1b[22;2t";
const RESTORE_TITLE: &[u8] = b"\x1b[23;2t";

fn set_up(out: &mut impl Write, mouse: bool) -> io::Result<()> {
    out.write_all(KEEP_TITLE)?;
    queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        queue!(out, EnableMouseCapture)?;
    }
    out.flush()
}

/// Restores the terminal if it is set up. Returns whether it was; errors cannot be reported here.
fn give_back(out: &mut impl Write) -> bool {
    let was_held = HELD.swap(false, Ordering::SeqCst);
    if was_held {
        drop(execute!(out, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
        drop(out.write_all(RESTORE_TITLE).and_then(|()| out.flush()));
        drop(disable_raw_mode());
    }
    was_held
}

/// Whether an error means that the terminal was closed.
pub(crate) fn is_gone(error: &io::Error) -> bool {
    // EIO: the terminal was hung up. ENXIO: its device is gone.
    let hung_up = cfg!(unix) && matches!(error.raw_os_error(), Some(5 | 6));
    hung_up || matches!(error.kind(), io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof)
}

/// Whether the terminal still answers.
pub(crate) fn answers() -> bool {
    use std::io::IsTerminal;
    io::stdin().is_terminal()
}

/// Waits for input of the terminal. Returns `false` if none came in this time, `true` also if a signal came first.
#[cfg(target_os = "linux")]
pub(crate) fn has_input_within(time: Duration) -> io::Result<bool> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::io::Errno;
    let stdin = io::stdin();
    let time = Timespec::try_from(time).map_err(io::Error::other)?;
    match poll(&mut [PollFd::new(&stdin, PollFlags::IN)], Some(&time)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(true),
        Err(error) => Err(error.into()),
    }
}

/// Like crossterm, since some systems cannot poll a terminal.
#[cfg(not(target_os = "linux"))]
pub(crate) fn has_input_within(time: Duration) -> io::Result<bool> {
    ratatui::crossterm::event::poll(time)
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Mutex, PoisonError};

    use super::*;

    /// One test at a time, since they share the terminal.
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
