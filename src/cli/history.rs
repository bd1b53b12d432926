//! The history of a scenario: which file is meant, its commits, and its versions as far as they can be read.

use std::collections::{HashMap, VecDeque};
use std::path::Path;
use std::rc::Rc;

use super::load;
use super::outcome::Failure;
use crate::document;
use crate::git::{self, Address, Batch, Blob, Commit, Error, Repository, Revision, TreePath};
use crate::present::CommitNote;
use crate::scenario::Scenario;
use crate::store::{self, MAX_BYTES, Unopened};

/// Versions kept at a time. A version is asked for as the outcome of a commit and again as the start of the next,
/// which with branches side by side is not the very next.
const KEPT: usize = 32;

/// A version of the file.
#[derive(Clone, Debug)]
pub(super) enum Version {
    /// The file is not there.
    Absent,
    /// It holds a scenario.
    Scenario(Rc<Scenario>),
    /// It cannot be read, and why.
    Unreadable(String),
}

/// The commits of a file, newest first, and their versions.
#[derive(Debug)]
pub(super) struct History {
    pub(super) commits: Vec<Commit>,
    batch: Batch,
    versions: HashMap<Blob, Version>,
    order: VecDeque<Blob>,
}

impl History {
    /// The history of a file of the work tree, or of `REV:path` from that revision on.
    pub(super) fn open(name: &str) -> Result<Self, Failure> {
        if name == "-" {
            return Err(Failure::refused("standard input has no history", "name a file of a repository"));
        }
        if let (true, Err(unopened)) = (store::is_directory(name), store::open(name)) {
            return Err(Failure::unopened(unopened));
        }
        let unreadable = |error: &Error| Failure::unopened(store::unreadable(name, error));
        let (repository, revision, path) = find(name).map_err(|error| match error {
            // Without git, a file that is not there is no more than that.
            Error::NotARepository { .. } if !store::exists(name) => {
                store::open(name).err().map_or_else(|| unreadable(&error), Failure::unopened)
            }
            error => unreadable(&error),
        })?;
        let commits = match repository.history(&revision, &path) {
            Err(Error::NoCommitYet) if store::exists(name) => Vec::new(),
            commits => commits.map_err(|error| unreadable(&error))?,
        };
        if commits.is_empty() && !store::exists(name) {
            let reason = format!("there is no such file, and none in the history of {revision}");
            let help = store::open(name).err().and_then(|unopened| unopened.help);
            return Err(Failure::unopened(Unopened { name: name.to_owned(), reason, help }));
        }
        let batch = repository.batch();
        Ok(Self { commits, batch, versions: HashMap::new(), order: VecDeque::new() })
    }

    /// What a report says of the commit at a place.
    pub(super) fn note(&self, at: usize) -> Option<CommitNote> {
        let commit = self.commits.get(at)?;
        Some(CommitNote {
            id: commit.id.clone(),
            author: commit.author.clone(),
            date: commit.date.clone(),
            subject: commit.subject.clone(),
            path: commit.path.to_string(),
        })
    }

    /// The version that a commit made.
    pub(super) fn version(&mut self, at: usize) -> Version {
        let Some(blob) = self.commits.get(at).and_then(|commit| commit.version.clone()) else {
            return Version::Absent;
        };
        if let Some(version) = self.versions.get(&blob) {
            return version.clone();
        }
        let version = match self.batch.version(&blob, MAX_BYTES) {
            Ok(bytes) => read(bytes),
            // The name of the object says nothing to whoever knows the commit.
            Err(Error::TooLarge { size, limit, .. }) => Version::Unreadable(format!(
                "over the limit of {} MiB, with {size} bytes",
                limit / 1024 / 1024
            )),
            Err(error) => Version::Unreadable(error.to_string()),
        };
        self.order.push_back(blob.clone());
        self.versions.insert(blob, version.clone());
        if self.order.len() > KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            self.versions.remove(&oldest);
        }
        version
    }

    /// The nearest commits before this one whose versions can be read, one for each of its parents: the parent itself
    /// or, where its version cannot be read, what comes before it by first parents.
    pub(super) fn readable_parents(&mut self, at: usize) -> Vec<usize> {
        let parents = self.commits.get(at).map(|commit| commit.parents.clone()).unwrap_or_default();
        let mut readable = Vec::with_capacity(parents.len());
        for parent in parents {
            let mut candidate = Some(parent);
            while let Some(here) = candidate {
                if !matches!(self.version(here), Version::Unreadable(_)) {
                    break;
                }
                candidate = self.commits.get(here).and_then(|commit| commit.parents.first().copied());
            }
            readable.extend(candidate);
        }
        readable
    }

    /// The path before, where the commit at this place renamed the file.
    pub(super) fn renamed_from(&self, at: usize) -> Option<String> {
        let commit = self.commits.get(at)?;
        let parent = self.commits.get(*commit.parents.first()?)?;
        (parent.path != commit.path).then(|| parent.path.to_string())
    }
}

/// Which file is meant, and where its history starts.
fn find(name: &str) -> Result<(Repository, Revision, TreePath), Error> {
    match Address::parse(name).filter(|_| !store::exists(name)) {
        Some(address) => {
            let repository = git::discover(Path::new("."))?;
            let path = repository.path_from(&address.path)?;
            // What is staged follows the last commit.
            let revision = match address.revision {
                Revision::Index(_) => Revision::head(),
                named @ Revision::Named(_) => named,
            };
            Ok((repository, revision, path))
        }
        None => {
            let (repository, path) = git::locate(Path::new(name))?;
            Ok((repository, Revision::head(), path))
        }
    }
}

fn read(bytes: Vec<u8>) -> Version {
    let is_scenario = document::is_scenario(&bytes);
    let reading = document::read(bytes);
    let reason = if is_scenario { load::first_fault(&reading) } else { Some("not a scenario".to_owned()) };
    match reading.scenario {
        Some(scenario) => Version::Scenario(Rc::new(scenario)),
        None => Version::Unreadable(reason.unwrap_or_default()),
    }
}
