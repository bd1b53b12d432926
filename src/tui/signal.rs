//! Signals: noted when they come, acted on between two events.
//!
//! Knows numbers and flags. What a signal means for the editor is said in `run`.

/// What a signal asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    /// To end; the number of the signal.
    End(u8),
    /// What Ctrl-C asks for.
    Interrupt,
    /// To stop until the shell goes on with it.
    Stop,
    /// The shell has gone on with it.
    Continue,
}

/// The terminal was hung up.
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

    /// The signals that have come and were not acted on.
    #[derive(Debug)]
    pub(crate) struct Signals {
        end: Arc<AtomicUsize>,
        others: [(Signal, Arc<AtomicBool>); 3],
    }

    impl Signals {
        /// Notes signals from now on, instead of what they would do.
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

        /// The most urgent signal that has come since the last time.
        pub(crate) fn take(&self) -> Option<Signal> {
            if let Some(number) = u8::try_from(self.end.swap(0, Ordering::SeqCst)).ok().filter(|n| *n > 0) {
                return Some(Signal::End(number));
            }
            let came = |(_, noted): &&(Signal, Arc<AtomicBool>)| noted.swap(false, Ordering::SeqCst);
            self.others.iter().find(came).map(|(signal, _)| *signal)
        }
    }

    /// Stops this process, as Ctrl-Z does; returns when the shell goes on with it.
    pub(crate) fn stop() -> io::Result<()> {
        low_level::emulate_default_handler(SIGTSTP)
    }
}

#[cfg(not(unix))]
mod other {
    use std::io;

    use super::Signal;

    /// Where there are no signals, none comes.
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

    /// Where no process can be stopped, it goes on at once.
    pub(crate) fn stop() -> io::Result<()> {
        Ok(())
    }
}
