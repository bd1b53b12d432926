//! Work that takes longer than a key may: done beside the loop, the newest of a kind counts.
//!
//! While one job of a kind is being done, one more can wait; a newer one takes its place. So at most one thread a kind
//! is at work, and an answer that is no longer asked for is dropped.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::Builder;

/// What is done beside the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Reading the version at `HEAD`.
    Head,
    /// Finding out what the lead rests on.
    Fragility,
}

impl Kind {
    const ALL: [Self; 2] = [Self::Head, Self::Fragility];
}

type Work<T> = Box<dyn FnOnce() -> T + Send>;

/// Jobs that are being done and wait, and their answers.
pub(crate) struct Jobs<T> {
    answers: Receiver<(Kind, T)>,
    sender: Sender<(Kind, T)>,
    /// By kind: whether one is being done, and what comes after it.
    lines: [(bool, Option<Work<T>>); Kind::ALL.len()],
}

impl<T: Send + 'static> Jobs<T> {
    pub(crate) fn new() -> Self {
        let (sender, answers) = channel();
        Self { answers, sender, lines: Kind::ALL.map(|_| (false, None)) }
    }

    /// Has this done, instead of what waits of its kind.
    pub(crate) fn start(&mut self, kind: Kind, work: impl FnOnce() -> T + Send + 'static) {
        if let Some((is_busy, waiting)) = self.lines.get_mut(kind as usize) {
            *waiting = Some(Box::new(work));
            if !*is_busy {
                self.go_on(kind);
            }
        }
    }

    /// Whether an answer is still to come.
    pub(crate) fn is_busy(&self) -> bool {
        self.lines.iter().any(|(is_busy, _)| *is_busy)
    }

    /// The next answer that is there, unless a newer one is on its way.
    pub(crate) fn take(&mut self) -> Option<T> {
        let (kind, answer) = self.answers.try_recv().ok()?;
        let is_newest = self.lines.get(kind as usize).is_some_and(|(_, waiting)| waiting.is_none());
        self.go_on(kind);
        is_newest.then_some(answer)
    }

    /// Does what waits of this kind, if anything does.
    fn go_on(&mut self, kind: Kind) {
        let Some((is_busy, waiting)) = self.lines.get_mut(kind as usize) else { return };
        let work = waiting.take();
        *is_busy = work.is_some();
        if let Some(work) = work {
            let sender = self.sender.clone();
            // Nobody listens any more where the editor has ended.
            let thread = Builder::new().spawn(move || drop(sender.send((kind, work()))));
            // Where the system has no thread to give, the answer stays out, and the next one is asked for as usual.
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
        jobs.start(Kind::Head, move || {
            wait.recv().unwrap();
            1
        });
        jobs.start(Kind::Head, || unreachable!("a newer one took its place"));
        jobs.start(Kind::Head, || 3);
        assert!(jobs.is_busy());
        go.send(()).unwrap();
        let mut answers = Vec::new();
        while jobs.is_busy() {
            answers.extend(jobs.take());
        }
        assert_eq!(answers, [3]);
    }
}
