//! The progress of long work: a line on standard error, shown on a terminal only and after the first second.
#![expect(
    clippy::disallowed_methods,
    reason = "this module owns the line on standard error and asks the clock"
)]

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::present::words::thousands;

/// Shorter work gets no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The time between two updates of the line.
const REFRESH: Duration = Duration::from_millis(100);
/// The width of the bar in columns.
const BAR: u64 = 24;

/// A line that shows the progress of some work. It is erased when the work is done.
#[derive(Debug)]
pub(super) struct Progress {
    /// The time of the next update; `None` if nobody looks.
    due: Option<Cell<Instant>>,
    drawn: Cell<bool>,
}

impl Progress {
    /// Begins the work.
    pub(super) fn begin(quiet: bool) -> Self {
        let seen = io::stderr().is_terminal() && !quiet;
        Self { due: seen.then(|| Cell::new(Instant::now() + PATIENCE)), drawn: Cell::new(false) }
    }

    /// Reports that `done` of `all` steps are done; `what` names the steps.
    pub(super) fn tell(&self, done: u32, all: u32, what: &str) {
        let Some(due) = &self.due else { return };
        let now = Instant::now();
        if now < due.get() || done >= all {
            return;
        }
        due.set(now + REFRESH);
        self.drawn.set(true);
        let share = |of: u64| u64::from(done) * of / u64::from(all.max(1));
        let full = "#".repeat(usize::try_from(share(BAR)).unwrap_or_default());
        let (percent, all) = (share(100), thousands(all as usize));
        let width = BAR as usize;
        // An error in drawing does no harm.
        drop(write!(io::stderr(), "\r[{full:·<width$}] {percent:>2}% of {all} {what}"));
        drop(io::stderr().flush());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.drawn.get() {
            drop(write!(io::stderr(), "\r\x1b[K"));
        }
    }
}
