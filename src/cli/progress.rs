//! Progress of long work: a line on standard error, on a terminal only, from the second second on.
#![expect(
    clippy::disallowed_methods,
    reason = "this module owns the line on standard error and asks the clock"
)]

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::present::words::thousands;

/// Work that takes no longer needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a line stands before it is drawn anew.
const REFRESH: Duration = Duration::from_millis(100);
/// Columns of the bar.
const BAR: u64 = 24;

/// A line that tells how far some work is. It goes when the work is done.
#[derive(Debug)]
pub(super) struct Progress {
    /// When to draw the line next; `None` where nobody looks.
    due: Option<Cell<Instant>>,
    drawn: Cell<bool>,
}

impl Progress {
    /// Work begins.
    pub(super) fn begin(quiet: bool) -> Self {
        let seen = io::stderr().is_terminal() && !quiet;
        Self { due: seen.then(|| Cell::new(Instant::now() + PATIENCE)), drawn: Cell::new(false) }
    }

    /// So many of so many steps are done; `what` names them.
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
        // What cannot be drawn is no loss.
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
