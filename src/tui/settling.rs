//! Edits that meet other versions of the file: what a crash left, and what others wrote meanwhile.
//!
//! Knows changes and what was decided on them. Must never know keys or the disk.

use crate::change::{Change, Rebased, apply_all, diff, rebase};
use crate::scenario::Scenario;

/// Edits that a crash left, and the question whether to take them back in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Recovery {
    /// The text that was edited.
    pub(crate) base: String,
    /// The text with the edits.
    pub(crate) text: String,
    /// What was typed in a form that was open; empty if none was.
    pub(crate) draft: String,
    /// When the last of them was made, as people write it.
    pub(crate) written: String,
    /// How many there are.
    pub(crate) edits: usize,
    /// Whether the file is no longer what was edited.
    pub(crate) file_differs: bool,
}

/// Edits that are to be made again on another version of the file, and the question what becomes of those that
/// clash with what it says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Settling {
    /// The text of the other version.
    pub(crate) now: String,
    /// The text with the edits.
    pub(crate) ours: String,
    /// The edits that clash with nothing.
    made: Vec<Change>,
    /// Those that do.
    clashes: Vec<Clash>,
    /// Whether ours is kept, for the first of the clashes; the others are still to be asked about.
    decided: Vec<bool>,
    /// Where the other version came from.
    pub(crate) origin: Origin,
}

/// The same thing changed in two ways.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clash {
    /// Here.
    pub(crate) ours: Change,
    /// In the file; none where what ours speaks of has merely another place there.
    pub(crate) theirs: Vec<Change>,
}

/// Where a version of the file came from that edits are to be made on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Another program wrote it. Whether a save waits, and whether to leave after that.
    Disk(Option<bool>),
    /// It was there when the editor was opened and a crash had left edits.
    Crash(Box<Recovery>),
}

/// What becomes of the edits.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Settled {
    /// What is to be made, in order.
    pub(crate) changes: Vec<Change>,
    /// How many edits that is; those that gave way are not among them.
    pub(crate) kept: usize,
    /// How many have no place in the file any more.
    pub(crate) homeless: usize,
}

impl Settling {
    /// Edits that lead from `base` to `ours`, to be made on `theirs`.
    pub(crate) fn new(
        base: &Scenario,
        ours: (&Scenario, String),
        theirs: (&Scenario, String),
        origin: Origin,
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

    /// The clash to be asked about now, if there is one left.
    pub(crate) fn question(&self) -> Option<&Clash> {
        self.clashes.get(self.decided.len())
    }

    /// Which clash this is, from 1, and of how many.
    pub(crate) const fn progress(&self) -> (usize, usize) {
        (self.decided.len() + 1, self.clashes.len())
    }

    /// Decides the clash asked about, or all that are left.
    pub(crate) fn decide(&mut self, ours: bool, all: bool) {
        let until = if all { self.clashes.len() } else { self.decided.len() + 1 };
        self.decided.resize(until, ours);
    }

    /// What is to be made on the other version.
    pub(crate) fn settled(&self, theirs: &Scenario) -> Settled {
        let mut scenario = theirs.clone();
        let mut settled = Settled { kept: self.made.len(), changes: self.made.clone(), homeless: 0 };
        // They applied to this version when they were found.
        drop(apply_all(&mut scenario, &self.made));
        let ours = self.clashes.iter().zip(&self.decided).filter(|(_, ours)| **ours);
        for (clash, _) in ours {
            match clash.ours.insist(&scenario) {
                Ok(changes) if apply_all(&mut scenario, &changes).is_ok() => {
                    settled.changes.extend(changes);
                    settled.kept += 1;
                }
                Ok(_) | Err(_) => settled.homeless += 1,
            }
        }
        settled
    }
}
