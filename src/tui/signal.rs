//! Signals: recorded when they arrive, handled between two events.
//!
//! Knows numbers and flags. Their meaning for the editor is in `run`.

/// The request of a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "no other system sends these"))]
pub(crate) enum Signal {
    /// To end, by the signal with this number.
    End(u8),
    /// Like Ctrl-C.
    Interrupt,
    /// To stop until the shell resumes the editor.
    Stop,
    /// The shell has resumed the editor.
    Continue,
}

/// The number of the signal for a closed terminal.
pub(crate) const HANG_UP: u8 = 1;

#[cfg(unix)]
pub(crate) use unix::{Signals, stop};

#[cfg(not(unix))]
pub(crate) use other::{Signals, stop};

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
    use signal_hook::{flag, low_level};

    use super::Signal;

    /// The signals that have arrived and were not handled yet.
    #[derive(Debug)]
    pub(crate) struct Signals {
        end: Arc<AtomicUsize>,
        others: [(Signal, Arc<AtomicBool>); 3],
    }

    impl Signals {
        /// Records signals from now on, in place of their default actions.
        pub(crate) fn catch() -> io::Result<Self> {
            let end = Arc::new(AtomicUsize::new(0));
            for signal in [SIGHUP, SIGTERM, SIGQUIT] {
                flag::register_usize(signal, Arc::clone(&end), usize::try_from(signal).unwrap_or_default())?;
            }
            let noted = |signal, meaning| {
                let noted = Arc::new(AtomicBool::new(false));
                flag::register(signal, Arc::clone(&noted)).map(|_| (meaning, noted))
            };
            let others = [
                noted(SIGINT, Signal::Interrupt)?,
                noted(SIGTSTP, Signal::Stop)?,
                noted(SIGCONT, Signal::Continue)?,
            ];
            Ok(Self { end, others })
        }

        /// Returns the most urgent signal that has arrived since the last call.
        pub(crate) fn take(&self) -> Option<Signal> {
            if let Some(number) = u8::try_from(self.end.swap(0, Ordering::SeqCst)).ok().filter(|n| *n > 0) {
                return Some(Signal::End(number));
            }
            let came = |(_, noted): &&(Signal, Arc<AtomicBool>)| noted.swap(false, Ordering::SeqCst);
            self.others.iter().find(came).map(|(signal, _)| *signal)
        }
    }

    /// Stops this process, as Ctrl-Z does; returns when the shell resumes it.
    pub(crate) fn stop() -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    use super::Signal;

    /// Without signals, none arrives.
    #[derive(Debug)]
    pub(crate) struct Signals;

    impl Signals {
        pub(crate) fn catch() -> io::Result<Self> {
            Ok(Self)
        }

        pub(crate) fn take(&self) -> Option<Signal> {
            None
        }
    }

    /// Where no process can be stopped, it continues at once.
    pub(crate) fn stop() -> io::Result<()> {
        Ok(())
    }
}
