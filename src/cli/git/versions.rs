//! The versions of files that the operands of `ach diff` name: files, revisions and ranges, told apart as git does.
//!
//! An operand is a file if that exists, then `REV:path`, then `A..B`, `A...B` or `REV`, which are versions of
//! everything. The user settles with `--` whether a name is a file or a revision where it is both.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use crate::cli::outcome::{Failure, Unusable};
use crate::git::{
    self, Address, Batch, ChangedFile, Error, FileStatus, Range, Repository, Revision, TreePath,
};
use crate::store::{self, MAX_BYTES, Unopened};

/// One version of a file.
#[derive(Debug)]
pub(in crate::cli) struct NamedVersion {
    /// The name in messages, such as `HEAD:case.toml`.
    pub(in crate::cli) name: OsString,
    /// Its bytes; `None` where there is no such file.
    pub(in crate::cli) bytes: Option<Vec<u8>>,
}

/// Two versions to compare.
#[derive(Debug)]
pub(in crate::cli) struct Comparison {
    /// The file, if it is one file in two versions.
    pub(in crate::cli) path: Option<String>,
    /// The names of the versions.
    pub(in crate::cli) labels: (String, String),
    pub(in crate::cli) before: NamedVersion,
    pub(in crate::cli) after: NamedVersion,
    /// Whether git found the file rather than the user named it: it need not be a scenario then.
    pub(in crate::cli) found: bool,
}

/// A word of the command line before `--`.
#[derive(Debug)]
enum Operand {
    /// A file, standard input or `REV:path`.
    File,
    /// `A..B` or `A...B`.
    Range(Range),
    /// A version of everything.
    Revision(Revision),
}

/// The comparison that all operands together ask for.
#[derive(Debug)]
enum Plan {
    /// Two files.
    Pair(OsString, OsString),
    /// Two versions of these files, or of all files if none is named.
    Versions(Range, Vec<OsString>),
}

/// Finds what to compare: `operands` stand before `--`, `files` after it. Of the files that git finds, one that cannot be
/// read does not keep the others from being compared.
///
/// # Errors
/// A refusal if they make no sense, and the errors of git and the disk.
pub(in crate::cli) fn comparisons(
    operands: &[OsString],
    files: &[OsString],
) -> Result<Vec<Result<Comparison, Unopened>>, Failure> {
    match plan(operands, files)? {
        Plan::Pair(before, after) => Ok(vec![Ok(pair(&before, &after)?)]),
        Plan::Versions(range, paths) if paths.is_empty() => found(&range, None),
        Plan::Versions(range, paths) => {
            let mut comparisons = Vec::new();
            for path in &paths {
                if store::is_directory(path) {
                    comparisons.extend(found(&range, Some(path))?);
                } else {
                    comparisons.push(Ok(named(&range, path)?));
                }
            }
            Ok(comparisons)
        }
    }
}

fn plan(operands: &[OsString], files: &[OsString]) -> Result<Plan, Failure> {
    let mut resolver = OperandResolver::default();
    if !files.is_empty() {
        return Ok(Plan::Versions(
            range(operands.iter().map(|name| version(name)).collect())?,
            files.to_vec(),
        ));
    }
    let kinds: Vec<Operand> =
        operands.iter().map(|operand| resolver.operand(operand)).collect::<Result<_, _>>()?;
    let is_file = |kind: &Operand| matches!(kind, Operand::File);
    let first_file = kinds.iter().position(is_file).unwrap_or(kinds.len());
    if let Some(late) = kinds.iter().skip(first_file).position(|kind| !is_file(kind)) {
        let name = operands.get(first_file + late).map(|name| name.to_string_lossy()).unwrap_or_default();
        return Err(Failure::refused(
            format!("\"{name}\" is a revision and stands after a file"),
            "name revisions first, then --, then files",
        ));
    }
    let paths = operands.get(first_file..).unwrap_or_default();
    match (first_file, paths) {
        (0, [file]) => resolver.alone(file),
        (0, [before, after]) => Ok(Plan::Pair(before.clone(), after.clone())),
        (0, [_, _, ..]) => Err(Failure::refused(
            "more than two files can only be compared with a revision",
            "put them after --, as in `ach diff HEAD -- FILE...`",
        )),
        _ => Ok(Plan::Versions(range(kinds.into_iter().take(first_file).collect())?, paths.to_vec())),
    }
}

/// Reads a range or a revision, whatever files there are.
fn version(name: &OsStr) -> Operand {
    match Range::parse(name) {
        Range::WorkTree(revision) => Operand::Revision(revision),
        range @ (Range::Between(..) | Range::SinceMergeBase(..)) => Operand::Range(range),
    }
}

/// Combines no version, one or two revisions, or a range into a range.
fn range(versions: Vec<Operand>) -> Result<Range, Failure> {
    let mut versions = versions.into_iter();
    match (versions.next(), versions.next(), versions.next()) {
        (None, ..) => Ok(Range::WorkTree(Revision::head())),
        (Some(Operand::Revision(revision)), None, _) => Ok(Range::WorkTree(revision)),
        (Some(Operand::Range(range)), None, _) => Ok(range),
        (Some(Operand::Revision(before)), Some(Operand::Revision(after)), None) => {
            Ok(Range::Between(before, after))
        }
        (Some(Operand::File | Operand::Range(_) | Operand::Revision(_)), ..) => Err(Failure::refused(
            "there are more than two versions",
            "name REV, REV REV, REV..REV or REV...REV",
        )),
    }
}

/// Tells files from revisions, asking git only where it must.
#[derive(Debug, Default)]
struct OperandResolver {
    /// The repository of the current directory, once it was looked for.
    repository: Option<Result<(Repository, Batch), Error>>,
}

impl OperandResolver {
    fn repository(&mut self) -> Result<&mut (Repository, Batch), Error> {
        let found = self.repository.get_or_insert_with(|| {
            let repository = git::discover(Path::new("."))?;
            let batch = repository.batch();
            Ok((repository, batch))
        });
        found.as_mut().map_err(|error| error.clone())
    }

    fn is_revision(&mut self, revision: &Revision) -> Result<bool, Error> {
        self.repository()?.1.knows(revision)
    }

    fn operand(&mut self, name: &OsStr) -> Result<Operand, Failure> {
        if name == "-" || store::exists(name) {
            return Ok(Operand::File);
        }
        let known = match Range::parse(name) {
            Range::WorkTree(revision) => {
                self.is_revision(&revision).map(|known| (known, Operand::Revision(revision)))
            }
            Range::Between(from, to) => self.are_revisions(from, to, Range::Between),
            Range::SinceMergeBase(from, to) => self.are_revisions(from, to, Range::SinceMergeBase),
        };
        match known {
            Ok((true, operand)) => Ok(operand),
            _ if Address::parse(name).is_some() => Ok(Operand::File),
            // The file may have been deleted.
            Ok((false, _)) if self.is_tracked(name) => Ok(Operand::File),
            Ok((false, _)) => Err(Failure::refused(
                format!("\"{}\" is neither a file nor a revision", name.display()),
                "a file that is gone from the work tree is named after --",
            )),
            Err(Error::NotARepository { .. } | Error::NotInstalled) => {
                // Without git it can only be meant as a file.
                store::open(name)?;
                Ok(Operand::File)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn are_revisions(
        &mut self,
        from: Revision,
        to: Revision,
        range: fn(Revision, Revision) -> Range,
    ) -> Result<(bool, Operand), Error> {
        let known = self.is_revision(&from)? && self.is_revision(&to)?;
        Ok((known, Operand::Range(range(from, to))))
    }

    fn is_tracked(&mut self, name: &OsStr) -> bool {
        let Ok((repository, batch)) = self.repository() else { return false };
        let path = repository.path_of(Path::new(name));
        path.is_ok_and(|path| {
            batch.blob(&Revision::head(), &path, MAX_BYTES).is_ok_and(|bytes| bytes.is_some())
        })
    }

    /// Plans for a single file: its version in HEAD, or in the revision it names, against the work tree.
    fn alone(&mut self, name: &OsStr) -> Result<Plan, Failure> {
        let head = || Range::WorkTree(Revision::head());
        if name == "-" {
            return Err(Failure::refused(
                "standard input has no version to compare it with",
                "name a second file, as in `ach diff HEAD:case.toml -`",
            ));
        }
        if store::exists(name) {
            // Outside a repository nothing is a revision. The lack of one is reported by whatever needs it.
            if !store::is_directory(name) && self.is_revision(&Revision::new(name)).unwrap_or_default() {
                let name = name.display();
                return Err(Failure::refused(
                    format!("\"{name}\" is both a file and a revision"),
                    format!("write `ach diff {name} --` or `ach diff -- {name}`"),
                ));
            }
            return Ok(Plan::Versions(head(), vec![name.to_owned()]));
        }
        let Some(address) = Address::parse(name) else {
            return Ok(Plan::Versions(head(), vec![name.to_owned()]));
        };
        let (repository, _) = self.repository().map_err(|error| store::unreadable(name, &error))?;
        let path = repository.path_from(&address.path)?;
        let here = repository.prefix().is_ok_and(|prefix| prefix.names().next().is_none());
        let root = if here { Path::new("") } else { repository.root()? };
        let file = root.join(path.to_relative()).into_os_string();
        Ok(Plan::Versions(Range::WorkTree(address.revision), vec![file]))
    }
}

/// Reads two files, both of which must exist.
fn pair(before: &OsStr, after: &OsStr) -> Result<Comparison, Failure> {
    if before == "-" && after == "-" {
        return Err(Failure::refused("standard input can be read once", "name - once"));
    }
    let (before, after) = match (store::open(before), store::open(after)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            let unopened = [before.err(), after.err()].into_iter().flatten();
            return Err(Failure::Unusable(unopened.map(Unusable::Unopened).collect()));
        }
    };
    let version = |input: store::Input| {
        // The name that git's tools give for a version without the file.
        let is_absent = input.name == "/dev/null";
        NamedVersion { name: input.name, bytes: (!is_absent).then_some(input.bytes) }
    };
    let label = |name: &OsStr| if name == "-" { "<stdin>".to_owned() } else { name.display().to_string() };
    Ok(Comparison {
        path: None,
        labels: (label(&before.name), label(&after.name)),
        before: version(before),
        after: version(after),
        found: false,
    })
}

/// Reads files of two versions of one repository.
struct VersionReader<'r> {
    repository: &'r Repository,
    batch: Batch,
    before: Revision,
    /// `None` is the work tree.
    after: Option<Revision>,
    labels: (String, String),
}

impl<'r> VersionReader<'r> {
    fn new(repository: &'r Repository, range: &Range) -> Result<Self, Error> {
        let (before, after, label) = match range {
            Range::WorkTree(revision) => (revision.clone(), None, revision.to_string()),
            Range::Between(before, after) => (before.clone(), Some(after.clone()), before.to_string()),
            Range::SinceMergeBase(ours, theirs) => {
                let base = repository.common_ancestor(ours, theirs)?;
                (base, Some(theirs.clone()), format!("{ours}...{theirs}"))
            }
        };
        let after_label = after.as_ref().map_or_else(|| "work tree".to_owned(), Revision::to_string);
        Ok(Self { repository, batch: repository.batch(), before, after, labels: (label, after_label) })
    }

    fn before(&mut self, path: &TreePath) -> Result<NamedVersion, Error> {
        let bytes = self.batch.blob(&self.before, path, MAX_BYTES)?;
        Ok(NamedVersion { name: committed(&self.before, path), bytes })
    }

    /// `shown` is the name of the file in the work tree.
    fn after(&mut self, path: &TreePath, shown: &OsStr) -> Result<NamedVersion, Unopened> {
        let unreadable = |error| store::unreadable(shown, &error);
        let Some(after) = &self.after else {
            let file = self.repository.root().map_err(unreadable)?.join(path.to_relative());
            let bytes = match store::open_tracked(&file, shown)? {
                None if self.repository.is_left_out(path).map_err(unreadable)? => {
                    self.batch.blob(&Revision::Index(0), path, MAX_BYTES).map_err(unreadable)?
                }
                bytes => bytes,
            };
            return Ok(NamedVersion { name: shown.to_owned(), bytes });
        };
        let bytes = match self.batch.blob(after, path, MAX_BYTES) {
            // A link or a submodule is not a file, as in the work tree.
            Err(Error::NotAFile { .. }) => None,
            bytes => bytes.map_err(unreadable)?,
        };
        Ok(NamedVersion { name: committed(after, path), bytes })
    }

    /// Reads both versions of a file that changed.
    fn changed(&mut self, changed: ChangedFile) -> Result<Comparison, Unopened> {
        let ChangedFile { path, status } = changed;
        let name = path.to_relative().into_os_string();
        let absent = || NamedVersion { name: name.clone(), bytes: None };
        let from = if let FileStatus::Renamed { from } = &status { from.clone() } else { path.clone() };
        let shown = path.to_string();
        let before = match &status {
            FileStatus::Added | FileStatus::Untracked => absent(),
            FileStatus::Modified | FileStatus::Deleted | FileStatus::Renamed { .. } => {
                match self.before(&from) {
                    // A link or a submodule is not a file, and so not a scenario.
                    Err(Error::NotAFile { .. }) => absent(),
                    before => before.map_err(|error| store::unreadable(&name, &error))?,
                }
            }
        };
        let after = match &status {
            FileStatus::Deleted => absent(),
            FileStatus::Added | FileStatus::Untracked | FileStatus::Modified | FileStatus::Renamed { .. } => {
                self.after(&path, &name)?
            }
        };
        let shown = if from == path { shown } else { format!("{from} -> {shown}") };
        Ok(self.comparison(shown, before, after, true))
    }

    fn comparison(
        &self,
        shown: String,
        before: NamedVersion,
        after: NamedVersion,
        found: bool,
    ) -> Comparison {
        Comparison { path: Some(shown), labels: self.labels.clone(), before, after, found }
    }
}

/// Returns the name of a committed file.
fn committed(revision: &Revision, path: &TreePath) -> OsString {
    Address { revision: revision.clone(), path: path.as_bytes().to_vec() }.to_os_string()
}

/// Reads two versions of a file that the user named, of which one must exist.
fn named(range: &Range, name: &OsStr) -> Result<Comparison, Failure> {
    let unreadable = |error| store::unreadable(name, &error);
    let (repository, path) = git::locate(Path::new(name)).map_err(unreadable)?;
    let mut reader = VersionReader::new(&repository, range)?;
    let before = reader.before(&path).map_err(unreadable)?;
    let after = reader.after(&path, name)?;
    if before.bytes.is_none() && after.bytes.is_none() {
        let (from, to) = &reader.labels;
        let article = if reader.after.is_none() { "the " } else { "" };
        let reason = format!("there is no such file in {from} or in {article}{to}");
        return Err(Unopened { name: name.display().to_string(), reason, help: None }.into());
    }
    Ok(reader.comparison(name.display().to_string(), before, after, false))
}

/// Reads both versions of every file that changed, in this directory or everywhere.
fn found(range: &Range, directory: Option<&OsStr>) -> Result<Vec<Result<Comparison, Unopened>>, Failure> {
    let repository = git::discover(directory.map_or(Path::new("."), Path::new))?;
    let below = match directory {
        Some(directory) => Some(repository.path_of(Path::new(directory))?),
        None => None,
    };
    let mut reader = VersionReader::new(&repository, range)?;
    let changed = repository.changed(range, false)?;
    let is_asked =
        |path: &TreePath| is_toml(path) && below.as_ref().is_none_or(|below| is_below(path, below));
    Ok(changed.into_iter().filter(|file| is_asked(&file.path)).map(|file| reader.changed(file)).collect())
}

/// Whether the name of a file allows that it is a scenario.
fn is_toml(path: &TreePath) -> bool {
    path.as_bytes().to_ascii_lowercase().ends_with(b".toml")
}

fn is_below(path: &TreePath, directory: &TreePath) -> bool {
    let mut names = path.names();
    directory.names().all(|name| names.next() == Some(name))
}
