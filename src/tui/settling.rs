//! Settling: applying edits to another version of the file, either after a crash or after another program wrote it.
//!
//! Knows changes and the decisions on them. Must never know keys or the disk.

use crate::change::{Change, Rebased, apply_all, diff, rebase};
use crate::document::{Splice, Splices};
use crate::scenario::Scenario;

/// Edits that a crash left, while the user is asked whether to restore them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Recovery {
    /// The text before the edits.
    pub(crate) base: String,
    /// The text with the edits.
    pub(crate) text: String,
    /// The edits that led there, each of the text that the one before left.
    pub(crate) steps: Vec<Splice>,
    /// The draft of the form that was open; empty if none was.
    pub(crate) draft: String,
    /// The times of the edits, as people write them: `29 November, 14:02 to 14:31`.
    pub(crate) when: String,
    /// The edits in words; empty if there is only a draft.
    pub(crate) edits: Vec<String>,
    /// Whether the file has changed since.
    pub(crate) file_differs: bool,
    /// Whether the question is put aside, to see the file without them.
    pub(crate) is_aside: bool,
}

impl Recovery {
    /// Most bytes of texts that are read to make the steps again one by one.
    const READ: usize = 32 * 1024 * 1024;

    /// Whether there are edits of another version of the file.
    pub(crate) const fn must_merge(&self) -> bool {
        self.file_differs && !self.edits.is_empty()
    }

    /// Returns the texts that the steps left, in order. A step that took the last one back is not there, nor is that. If
    /// the steps are many or unknown, they are one.
    pub(crate) fn texts(&self) -> Vec<String> {
        if self.base == self.text {
            return Vec::new();
        }
        let mut texts = vec![self.base.clone()];
        if self.steps.len().saturating_mul(self.text.len()) <= Self::READ {
            for step in &self.steps {
                let (now, _) = Splices::new([step.clone()]).apply(texts.last().unwrap_or(&self.base));
                if texts.iter().rev().nth(1) == Some(&now) {
                    texts.pop();
                } else {
                    texts.push(now);
                }
            }
        }
        texts.remove(0);
        if texts.last() != Some(&self.text) {
            texts = vec![self.text.clone()];
        }
        texts
    }
}

/// Edits that are applied to another version of the file, while the user is asked about those that clash with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settling {
    /// The text of the other version.
    pub(crate) now: String,
    /// The text with the edits.
    pub(crate) ours: String,
    /// The edits without a clash.
    made: Vec<Change>,
    /// The edits that clash.
    clashes: Vec<Clash>,
    /// Whether ours is kept, for the first clashes; the others are still to be decided.
    decided: Vec<bool>,
    /// The origin of the other version.
    pub(crate) origin: OtherVersion,
}

/// A thing that both versions changed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clash {
    /// The change here.
    pub(crate) ours: Change,
    /// The changes in the file; empty if only the position of the item differs there.
    pub(crate) theirs: Vec<Change>,
}

/// The origin of the other version of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum OtherVersion {
    /// Another program wrote it. If a save waits: whether to quit after it.
    Disk(Option<bool>),
    /// It is the file as it was opened, and a crash had left edits.
    Crash(Box<Recovery>),
}

/// The result of settling.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settled {
    /// The changes to be applied, in order.
    pub(crate) changes: Vec<Change>,
    /// Number of edits among them, without those that gave way.
    pub(crate) kept: usize,
    /// Number of edits that can no longer be applied to the file.
    pub(crate) dropped: usize,
}

impl Settling {
    /// Prepares the edits from `base` to `ours` to be applied to `theirs`.
    pub(crate) fn new(
        base: &Scenario,
        ours: (&Scenario, String),
        theirs: (&Scenario, String),
        origin: OtherVersion,
    ) -> Self {
        let Rebased { made, clashes } = rebase(theirs.0, &diff(base, ours.0));
        let elsewhere = if clashes.is_empty() { Vec::new() } else { diff(base, theirs.0) };
        let clashes = clashes
            .into_iter()
            .map(|ours| {
                let theirs = elsewhere.iter().filter(|theirs| theirs.meets(&ours)).cloned().collect();
                Clash { ours, theirs }
            })
            .collect();
        Self { now: theirs.1, ours: ours.1, made, clashes, decided: Vec::new(), origin }
    }

    /// Returns the clash that is to be decided next.
    pub(crate) fn question(&self) -> Option<&Clash> {
        self.clashes.get(self.decided.len())
    }

    /// Returns the number of that clash, from 1, and the number of clashes.
    pub(crate) const fn progress(&self) -> (usize, usize) {
        (self.decided.len() + 1, self.clashes.len())
    }

    /// Decides that clash, or all that are left.
    pub(crate) fn decide(&mut self, ours: bool, all: bool) {
        let until = if all { self.clashes.len() } else { self.decided.len() + 1 };
        self.decided.resize(until, ours);
    }

    /// Returns the changes to be applied to the other version.
    pub(crate) fn settled(&self, theirs: &Scenario) -> Settled {
        let mut scenario = theirs.clone();
        let mut settled = Settled { kept: self.made.len(), changes: self.made.clone(), dropped: 0 };
        // They could be applied to this version when they were found.
        drop(apply_all(&mut scenario, &self.made));
        let ours = self.clashes.iter().zip(&self.decided).filter(|(_, ours)| **ours);
        for (clash, _) in ours {
            match clash.ours.insist(&scenario) {
                Ok(changes) if apply_all(&mut scenario, &changes).is_ok() => {
                    settled.changes.extend(changes);
                    settled.kept += 1;
                }
                Ok(_) | Err(_) => settled.dropped += 1,
            }
        }
        settled
    }
}
