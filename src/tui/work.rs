//! The background work for the file in view: reading the version at `HEAD`, and computing what the lead rests on.

use std::path::PathBuf;
use std::sync::Arc;

use super::fragility::{Fragility, FragilityKey};
use super::head::{HeadContent, parse};
use super::job::{JobKind, Jobs};
use super::message::Message;
use crate::change::apply_all;
use crate::document::History;
use crate::scenario::Scenario;
use crate::store::{HeadWatch, at_head};

/// The result of a background job.
pub(crate) enum JobResult {
    Head(HeadContent, Option<HeadWatch>),
    /// The fragility, and the scenario that it was computed for; `None` if that could not be brought up to date.
    Fragility(Option<(Box<Fragility>, Arc<Scenario>)>),
}

/// The jobs that run or are due, and what they leave behind.
pub(crate) struct Work {
    jobs: Jobs<JobResult>,
    /// Watches for moves of `HEAD`; `None` without a repository.
    head: Option<HeadWatch>,
    /// The fragility to compute when no key is pressed for a moment.
    due: Option<FragilityKey>,
    /// The scenario as the last fragility was computed for, and its version. Jobs get it in place of the one that is
    /// edited, since an edit copies what a job holds. None until the first edit.
    replica: Option<(u64, Arc<Scenario>)>,
}

impl Work {
    pub(crate) fn new() -> Self {
        Self { jobs: Jobs::new(), head: None, due: None, replica: None }
    }

    /// Whether a job is running.
    pub(crate) fn is_busy(&self) -> bool {
        self.jobs.is_busy()
    }

    /// Whether a job is to be started when no key is pressed for a moment.
    pub(crate) const fn is_due(&self) -> bool {
        self.due.is_some()
    }

    pub(crate) fn has_head_moved(&mut self) -> bool {
        self.head.as_mut().is_some_and(HeadWatch::has_moved)
    }

    /// Starts to read the version of a file at `HEAD`.
    pub(crate) fn read_head(&mut self, path: PathBuf) {
        self.jobs.start(JobKind::Head, move || {
            let (found, watch) = at_head(&path);
            JobResult::Head(parse(found), watch)
        });
    }

    /// Takes note that a fragility is to be computed.
    pub(crate) const fn request(&mut self, of: FragilityKey) {
        self.due = Some(of);
    }

    /// Starts to compute the fragility that is due, unless one is being computed. Returns whether it was started.
    pub(crate) fn start_due(&mut self, history: &History) -> bool {
        let Some(of) = self.due.take_if(|_| !self.jobs.is_running(JobKind::Fragility)) else { return false };
        let of = FragilityKey { version: history.version(), ..of };
        let replica = self.replica.take();
        let replica =
            replica.and_then(|(version, scenario)| Some((scenario, history.changes_since(version)?)));
        let (mut scenario, changes) = replica.unwrap_or_else(|| (history.share(), Vec::new()));
        self.jobs.start(JobKind::Fragility, move || {
            let is_present = changes.is_empty() || apply_all(Arc::make_mut(&mut scenario), &changes).is_ok();
            JobResult::Fragility(is_present.then(|| (Box::new(Fragility::new(&scenario, of)), scenario)))
        });
        true
    }

    /// Returns the next result that has come.
    pub(crate) fn take(&mut self) -> Option<JobResult> {
        self.jobs.take()
    }

    /// Turns a result into a message.
    pub(crate) fn message(&mut self, done: JobResult) -> Option<Message> {
        match done {
            JobResult::Head(found, watch) => {
                self.head = watch;
                Some(Message::Head(found))
            }
            JobResult::Fragility(found) => {
                let (found, scenario) = found?;
                let is_replica = Arc::strong_count(&scenario) == 1;
                self.replica = is_replica.then_some((found.key.version, scenario));
                Some(Message::Fragility(found))
            }
        }
    }
}
