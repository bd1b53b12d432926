//! The history of a scenario: its commits, and its versions as far as they can be read.

use std::collections::{HashMap, HashSet, VecDeque};
use std::ffi::OsStr;
use std::path::Path;
use std::rc::Rc;

use crate::cli::load;
use crate::cli::outcome::Failure;
use crate::cli::output::Output;
use crate::document::{self, HistoryReader};
use crate::git::{self, Address, Batch, Blob, Commit, Error, Repository, Revision, TreePath};
use crate::present::CommitNote;
use crate::scenario::Scenario;
use crate::store::{self, MAX_BYTES, Unopened};

/// Versions kept in memory. Each is asked for twice, as the result of a commit and as the parent of a later one, and
/// with parallel branches many commits may lie between the two.
const KEPT: usize = 32;
/// The size of the texts of all versions kept, in bytes, beyond which only a version and its parent are.
const KEPT_BYTES: usize = 16 << 20;

/// Why a version without a key `ach` is no readable scenario.
const NO_SCENARIO: &str = "not a scenario";

/// A version of the file.
#[derive(Clone, Debug)]
pub(in crate::cli) enum CommitVersion {
    /// The file is not there.
    Absent,
    /// It holds a scenario.
    Scenario(Rc<Scenario>),
    /// It is not a readable scenario, for this reason.
    Unreadable(String),
    /// It could not be had from git, for this reason.
    Lost(String),
}

impl CommitVersion {
    /// Returns the scenario, if it is one.
    pub(in crate::cli) fn scenario(self) -> Option<Rc<Scenario>> {
        if let Self::Scenario(scenario) = self { Some(scenario) } else { None }
    }

    /// Whether nothing is known of what the file was.
    pub(in crate::cli) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unreadable(_) | Self::Lost(_))
    }
}

/// The commits of a file, newest first, and their versions.
#[derive(Debug)]
pub(in crate::cli) struct FileHistory {
    pub(in crate::cli) commits: Vec<Commit>,
    /// The positions of commits at which a shallow clone cuts the history off.
    boundaries: Vec<usize>,
    /// Why the last version that could not be had from git was not.
    lost: Option<String>,
    /// The fault of the last version with a fault that a commit told of follows.
    fault: Option<String>,
    batch: Batch,
    reader: HistoryReader,
    versions: HashMap<Blob, CommitVersion>,
    /// The versions that were found to be readable.
    readable: HashSet<Blob>,
    /// The versions kept, oldest first, with the sizes of their texts in bytes.
    order: VecDeque<(Blob, usize)>,
    kept_bytes: usize,
}

impl FileHistory {
    /// Opens the history of a file of the work tree, or that of `REV:path` up to that revision.
    pub(in crate::cli) fn open(name: &OsStr) -> Result<Self, Failure> {
        if name == "-" {
            return Err(Failure::refused("standard input has no history", "name a file of a repository"));
        }
        if let (true, Err(unopened)) = (store::is_directory(name), store::open(name)) {
            return Err(unopened.into());
        }
        let unreadable = |error: &Error| store::unreadable(name, error);
        let (repository, revision, path) = find(name).map_err(|error| match error {
            // Outside a repository, the message about a missing file says more.
            Error::NotARepository { .. } if !store::exists(name) => {
                store::open(name).err().unwrap_or_else(|| unreadable(&error))
            }
            error => unreadable(&error),
        })?;
        let mut batch = repository.batch();
        let commits = match repository.history(&mut batch, &revision, &path) {
            Err(Error::NoCommitYet) if store::exists(name) => Vec::new(),
            commits => commits.map_err(|error| unreadable(&error))?,
        };
        if commits.is_empty() && !store::exists(name) {
            let reason = format!("there is no such file, and none in the history of {revision}");
            let help = store::open(name).err().and_then(|unopened| unopened.help);
            return Err(Unopened { name: name.display().to_string(), reason, help }.into());
        }
        let boundaries = repository.boundaries(&mut batch, &commits).map_err(|error| unreadable(&error))?;
        batch.expect(commits.iter().filter_map(|commit| commit.version.as_ref()));
        Ok(Self {
            commits,
            boundaries,
            lost: None,
            fault: None,
            batch,
            reader: HistoryReader::default(),
            versions: HashMap::new(),
            readable: HashSet::new(),
            order: VecDeque::new(),
            kept_bytes: 0,
        })
    }

    /// Returns the commit at a position as reports show it; `None` past the end. What it holds may be older than it if the
    /// version before it is not here, or cannot be read.
    pub(in crate::cli) fn note(&mut self, at: usize) -> Option<CommitNote> {
        let parents = self.commits.get(at)?.parents.clone();
        let follows_a_gap = self.is_lost(at) || parents.into_iter().any(|parent| self.is_gap(parent));
        let commit = self.commits.get(at)?;
        Some(CommitNote {
            id: commit.id.clone(),
            author: commit.author.clone(),
            date: commit.date.clone(),
            subject: commit.subject.clone(),
            path: commit.path.to_string(),
            is_boundary: follows_a_gap || self.boundaries.contains(&at),
        })
    }

    /// Whether it is unknown what the commit at a position holds. What is no scenario holds nothing.
    fn is_gap(&mut self, at: usize) -> bool {
        if self.is_known(at) {
            return false;
        }
        match self.version(at) {
            CommitVersion::Unreadable(reason) if reason != NO_SCENARIO => {
                self.fault = Some(reason);
                true
            }
            CommitVersion::Lost(_) => true,
            CommitVersion::Unreadable(_) | CommitVersion::Absent | CommitVersion::Scenario(_) => false,
        }
    }

    /// Whether the version of the commit at a position could not be had from git.
    pub(in crate::cli) fn is_lost(&mut self, at: usize) -> bool {
        !self.is_known(at) && matches!(self.version(at), CommitVersion::Lost(_))
    }

    /// Whether the version of the commit at a position was found to be readable, or there is none.
    fn is_known(&self, at: usize) -> bool {
        let blob = self.commits.get(at).and_then(|commit| commit.version.as_ref());
        blob.is_none_or(|blob| self.readable.contains(blob))
    }

    /// Warns of versions that are missing from the history: the older ones in a shallow clone, and those that were asked
    /// for and could not be had.
    pub(in crate::cli) fn warn_of_gaps(&self, output: &Output) {
        if let Some(reason) = &self.lost {
            output.say(&format!(
                "warning: not all versions could be read from git; changes shown at commits marked ^ may be older: {reason}"
            ));
        }
        if !self.boundaries.is_empty() {
            output.say(
                "warning: this clone is shallow, and the history ends at the commit marked ^: what it holds may be \
                 older; `git fetch --unshallow` brings the rest",
            );
        }
    }

    /// Warns of a version with a fault before one of the commits told of, where none of the versions is listed.
    pub(in crate::cli) fn warn_of_faults(&self, output: &Output) {
        if let Some(fault) = &self.fault {
            output.say(&format!(
                "warning: the version before a commit marked ^ cannot be read, so what the commit holds may be older: {fault}"
            ));
        }
    }

    /// Reads the version of the commit at a position.
    pub(in crate::cli) fn version(&mut self, at: usize) -> CommitVersion {
        let commit = self.commits.get(at);
        let Some((blob, path)) =
            commit.and_then(|commit| Some((commit.version.clone()?, commit.path.clone())))
        else {
            return CommitVersion::Absent;
        };
        if let Some(version) = self.versions.get(&blob) {
            return version.clone();
        }
        self.make_room();
        let mut size = 0;
        let version = match self.batch.version(&blob, &path, MAX_BYTES) {
            Ok(bytes) => {
                size = bytes.len();
                let known = std::str::from_utf8(&bytes).ok().and_then(|text| self.reader.read(text));
                known.map_or_else(|| read(bytes), |scenario| CommitVersion::Scenario(Rc::new(scenario)))
            }
            // Git's message names the object, which says nothing beside the commit.
            Err(Error::TooLarge { size, limit, .. }) => CommitVersion::Unreadable(format!(
                "over the limit of {} MiB, with {size} bytes",
                limit / 1024 / 1024
            )),
            Err(error) => {
                self.lost = Some(match error.help() {
                    Some(help) => format!("{error}; {help}"),
                    None => error.to_string(),
                });
                CommitVersion::Lost(error.to_string())
            }
        };
        if matches!(version, CommitVersion::Scenario(_)) {
            self.readable.insert(blob.clone());
        }
        self.keep(blob, size, version.clone());
        version
    }

    /// Keeps a version.
    fn keep(&mut self, blob: Blob, size: usize, version: CommitVersion) {
        self.order.push_back((blob.clone(), size));
        self.kept_bytes += size;
        self.versions.insert(blob, version);
    }

    /// Drops the versions that were read first, if there are too many for another one beside them.
    fn make_room(&mut self) {
        while self.order.len() >= KEPT || (self.order.len() > 1 && self.kept_bytes > KEPT_BYTES) {
            let Some((oldest, size)) = self.order.pop_front() else { return };
            self.kept_bytes -= size;
            self.versions.remove(&oldest);
        }
    }

    /// Returns the positions of the nearest earlier commits with readable versions, one for each parent: the parent
    /// itself or, if its version cannot be read, its closest readable ancestor by first parents.
    pub(in crate::cli) fn readable_parents(&mut self, at: usize) -> Vec<usize> {
        let parents = self.commits.get(at).map(|commit| commit.parents.clone()).unwrap_or_default();
        let mut readable = Vec::with_capacity(parents.len());
        for parent in parents {
            let mut candidate = Some(parent);
            while let Some(here) = candidate {
                if !self.version(here).is_unknown() {
                    break;
                }
                candidate = self.commits.get(here).and_then(|commit| commit.parents.first().copied());
            }
            readable.extend(candidate);
        }
        readable
    }

    /// Returns the previous path if the commit at this position renamed the file.
    pub(in crate::cli) fn renamed_from(&self, at: usize) -> Option<String> {
        let commit = self.commits.get(at)?;
        let parent = self.commits.get(*commit.parents.first()?)?;
        (parent.path != commit.path).then(|| parent.path.to_string())
    }
}

/// Resolves a name to its repository, the revision at which its history ends, and its path.
fn find(name: &OsStr) -> Result<(Repository, Revision, TreePath), Error> {
    match Address::parse(name).filter(|_| !store::exists(name)) {
        Some(address) => {
            let repository = git::discover(Path::new("."))?;
            let path = repository.path_from(&address.path)?;
            // The index comes after the last commit.
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

fn read(bytes: Vec<u8>) -> CommitVersion {
    let is_scenario = document::is_scenario(&bytes);
    let reading = document::read(bytes);
    let fault = if is_scenario { load::first_fault(&reading) } else { None };
    match (reading.scenario, fault) {
        (Some(scenario), _) => CommitVersion::Scenario(Rc::new(scenario)),
        (None, Some((line, message))) => CommitVersion::Unreadable(format!("line {line}: {message}")),
        (None, None) => CommitVersion::Unreadable(NO_SCENARIO.to_owned()),
    }
}
