//! Background jobs: work that takes longer than a keystroke may.
//!
//! While one job of a kind runs, one more can wait; a newer one replaces it. So at most one thread per kind is busy,
//! and outdated answers are dropped.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

/// The kinds of background jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JobKind {
    /// Read the version at `HEAD`.
    Head,
    /// Compute what the lead rests on.
    Fragility,
}

impl JobKind {
    const ALL: [Self; 2] = [Self::Head, Self::Fragility];
}

type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// The running and the waiting jobs, and their answers.
pub(crate) struct Jobs<T> {
    answers: Receiver<(JobKind, T)>,
    sender: Sender<(JobKind, T)>,
    /// By kind: whether a job is running, and the job that waits for it to end.
    lines: [(bool, Option<Work<T>>); JobKind::ALL.len()],
}

impl<T: Send + 'static> Jobs<T> {
    pub(crate) fn new() -> Self {
        let (sender, answers) = channel();
        Self { answers, sender, lines: JobKind::ALL.map(|_| (false, None)) }
    }

    /// Starts a job, or lets it wait in place of the one that waits.
    pub(crate) fn start(&mut self, kind: JobKind, work: impl FnOnce() -> T + Send + 'static) {
        if let Some((is_busy, waiting)) = self.lines.get_mut(kind as usize) {
            *waiting = Some(Box::new(work));
            if !*is_busy {
                self.go_on(kind);
            }
        }
    }

    /// Whether a job is running.
    pub(crate) fn is_busy(&self) -> bool {
        self.lines.iter().any(|(is_busy, _)| *is_busy)
    }

    /// Whether a job of this kind is running.
    pub(crate) fn is_running(&self, kind: JobKind) -> bool {
        self.lines.get(kind as usize).is_some_and(|(is_busy, _)| *is_busy)
    }

    /// Returns the next answer that has come, unless a newer one is on its way.
    pub(crate) fn take(&mut self) -> Option<T> {
        let (kind, answer) = self.answers.try_recv().ok()?;
        let is_newest = self.lines.get(kind as usize).is_some_and(|(_, waiting)| waiting.is_none());
        self.go_on(kind);
        is_newest.then_some(answer)
    }

    /// Starts the job of this kind that waits, if there is one.
    fn go_on(&mut self, kind: JobKind) {
        let Some((is_busy, waiting)) = self.lines.get_mut(kind as usize) else { return };
        let work = waiting.take();
        *is_busy = work.is_some();
        if let Some(work) = work {
            let sender = self.sender.clone();
            // The editor may have ended: then nobody receives the answer.
            let thread = Builder::new().spawn(move || drop(sender.send((kind, work()))));
            // If the system has no thread left, this answer never comes, and the next one is requested as usual.
            *is_busy = thread.is_ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    #[test]
    fn the_newest_job_wins_and_those_between_are_never_done() {
        let mut jobs = Jobs::new();
        let (go, wait) = channel::<()>();
        jobs.start(JobKind::Head, move || {
            wait.recv().unwrap();
            1
        });
        jobs.start(JobKind::Head, || unreachable!("a newer one took its place"));
        jobs.start(JobKind::Head, || 3);
        assert!(jobs.is_busy());
        go.send(()).unwrap();
        let mut answers = Vec::new();
        while jobs.is_busy() {
            answers.extend(jobs.take());
        }
        assert_eq!(answers, [3]);
    }
}
