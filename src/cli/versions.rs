//! Which versions of which files are meant: files, revisions and ranges told apart as git does.
//!
//! A file that exists is a file, then `REV:path` is a file of a revision, then `A..B`, `A...B` and `REV` are versions
//! of everything. What is both a file and a revision is for the user to say, with `--`.

use std::path::Path;

use super::outcome::Failure;
use crate::git::{self, Address, Batch, Changed, Error, Range, Repository, Revision, Status, TreePath};
use crate::store::{self, MAX_BYTES, Unopened};

/// One version of a file.
#[derive(Debug)]
pub(super) struct Version {
    /// What messages call it, such as `HEAD:case.toml`.
    pub(super) name: String,
    /// Its bytes; `None` where there is no such file.
    pub(super) bytes: Option<Vec<u8>>,
}

/// Two versions to compare.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The file, where it is one in two versions.
    pub(super) path: Option<String>,
    /// What the versions are called.
    pub(super) labels: (String, String),
    pub(super) before: Version,
    pub(super) after: Version,
    /// Whether it was found rather than named: it may then be no scenario.
    pub(super) found: bool,
}

/// What an argument names.
#[derive(Debug)]
enum Operand {
    /// A file, standard input or `REV:path`.
    File,
    /// `A..B` or `A...B`.
    Range(Range),
    /// A version of everything.
    Revision(Revision),
}

/// What is compared with what.
#[derive(Debug)]
enum Plan {
    /// Two files.
    Pair(String, String),
    /// Two versions of these files, or of all.
    Versions(Range, Vec<String>),
}

/// What these arguments mean: `operands` before `--`, `files` after it.
///
/// # Errors
/// A refusal in words if they mean nothing, and whatever git or the disk has to say.
pub(super) fn comparisons(operands: &[String], files: &[String]) -> Result<Vec<Comparison>, Failure> {
    match plan(operands, files)? {
        Plan::Pair(before, after) => Ok(vec![pair(&before, &after)?]),
        Plan::Versions(range, paths) if paths.is_empty() => found(&range, None),
        Plan::Versions(range, paths) => {
            let mut comparisons = Vec::new();
            for path in &paths {
                if store::is_directory(path) {
                    comparisons.extend(found(&range, Some(path))?);
                } else {
                    comparisons.push(named(&range, path)?);
                }
            }
            Ok(comparisons)
        }
    }
}

fn plan(operands: &[String], files: &[String]) -> Result<Plan, Failure> {
    let mut told = Telling::default();
    if !files.is_empty() {
        return Ok(Plan::Versions(
            range(operands.iter().map(|name| version(name)).collect())?,
            files.to_vec(),
        ));
    }
    let kinds: Vec<Operand> =
        operands.iter().map(|operand| told.operand(operand)).collect::<Result<_, _>>()?;
    let is_file = |kind: &Operand| matches!(kind, Operand::File);
    let first_file = kinds.iter().position(is_file).unwrap_or(kinds.len());
    if let Some(late) = kinds.iter().skip(first_file).position(|kind| !is_file(kind)) {
        let name = operands.get(first_file + late).map_or("", String::as_str);
        return Err(Failure::refused(
            format!("\"{name}\" is a revision and stands after a file"),
            "name revisions first, then --, then files",
        ));
    }
    let paths = operands.get(first_file..).unwrap_or_default();
    match (first_file, paths) {
        (0, [file]) => told.alone(file),
        (0, [before, after]) => Ok(Plan::Pair(before.clone(), after.clone())),
        (0, [_, _, ..]) => Err(Failure::refused(
            "more than two files can only be compared with a revision",
            "put them after --, as in `ach diff HEAD -- FILE...`",
        )),
        _ => Ok(Plan::Versions(range(kinds.into_iter().take(first_file).collect())?, paths.to_vec())),
    }
}

/// A range or a revision, whatever files there are.
fn version(name: &str) -> Operand {
    match Range::parse(name) {
        Range::WorkTree(revision) => Operand::Revision(revision),
        range @ (Range::Between(..) | Range::SinceMergeBase(..)) => Operand::Range(range),
    }
}

/// What versions name a range: none, one or two revisions, or a range.
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
            "these are more than two versions",
            "name REV, REV REV, REV..REV or REV...REV",
        )),
    }
}

/// Tells files from revisions, asking git only where it must.
#[derive(Debug, Default)]
struct Telling {
    /// The repository that we are in, once it was looked for.
    repository: Option<Result<(Repository, Batch), Error>>,
}

impl Telling {
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

    fn operand(&mut self, name: &str) -> Result<Operand, Failure> {
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
            // A file that was deleted, perhaps.
            Ok((false, _)) if self.is_tracked(name) => Ok(Operand::File),
            Ok((false, _)) => Err(Failure::refused(
                format!("\"{name}\" is neither a file nor a revision"),
                "a file that is gone from the work tree is named after --",
            )),
            Err(Error::NotARepository { .. } | Error::NotInstalled) => {
                // Without git it can only have been meant as a file.
                let unopened = store::open(name).err();
                Err(unopened
                    .map_or_else(|| Failure::refused(format!("cannot read {name}"), ""), Failure::unopened))
            }
            Err(error) => Err(refused(&error)),
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

    fn is_tracked(&mut self, name: &str) -> bool {
        let Ok((repository, batch)) = self.repository() else { return false };
        let path = repository.path_of(Path::new(name));
        path.is_ok_and(|path| {
            batch.blob(&Revision::head(), &path, MAX_BYTES).is_ok_and(|bytes| bytes.is_some())
        })
    }

    /// One file: HEAD and the work tree, or a version of it and the work tree.
    fn alone(&mut self, name: &str) -> Result<Plan, Failure> {
        let head = || Range::WorkTree(Revision::head());
        if name == "-" {
            return Err(Failure::refused(
                "standard input has no version to compare it with",
                "name a second file, as in `ach diff HEAD:case.toml -`",
            ));
        }
        if store::exists(name) {
            // Outside a repository nothing is a revision; that there is none is told later, by what needs it.
            if !store::is_directory(name) && self.is_revision(&Revision::new(name)).unwrap_or_default() {
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
        let (repository, _) =
            self.repository().map_err(|error| Failure::unopened(store::unreadable(name, &error)))?;
        let path = repository.path_from(&address.path).map_err(|error| refused(&error))?;
        let here = repository.prefix().is_ok_and(|prefix| prefix.names().next().is_none());
        let root = if here { Path::new("") } else { repository.root().map_err(|error| refused(&error))? };
        let file = root.join(path.to_relative()).to_string_lossy().into_owned();
        Ok(Plan::Versions(Range::WorkTree(address.revision), vec![file]))
    }
}

/// What git says, as a failure.
pub(super) fn refused(error: &Error) -> Failure {
    Failure::refused(error.to_string(), error.help().unwrap_or_default())
}

/// Two files, each of which must be there.
fn pair(before: &str, after: &str) -> Result<Comparison, Failure> {
    if before == "-" && after == "-" {
        return Err(Failure::refused("standard input can be read once", "name - once"));
    }
    let (before, after) = match (store::open(before), store::open(after)) {
        (Ok(before), Ok(after)) => (before, after),
        (before, after) => {
            return Err(Failure::Unusable(
                [before.err(), after.err()]
                    .into_iter()
                    .flatten()
                    .map(super::outcome::Unusable::Unopened)
                    .collect(),
            ));
        }
    };
    let version = |input: store::Input| {
        // What git's tools name for a version without the file.
        let is_absent = input.name == "/dev/null";
        Version { name: input.name, bytes: (!is_absent).then_some(input.bytes) }
    };
    let label = |name: &str| if name == "-" { "<stdin>".to_owned() } else { name.to_owned() };
    Ok(Comparison {
        path: None,
        labels: (label(&before.name), label(&after.name)),
        before: version(before),
        after: version(after),
        found: false,
    })
}

/// Reads files of two versions of one repository.
struct Reader<'r> {
    repository: &'r Repository,
    batch: Batch,
    before: Revision,
    /// `None` is the work tree.
    after: Option<Revision>,
    labels: (String, String),
}

impl<'r> Reader<'r> {
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

    fn before(&mut self, path: &TreePath) -> Result<Version, Error> {
        let bytes = self.batch.blob(&self.before, path, MAX_BYTES)?;
        Ok(Version { name: format!("{}:{path}", self.before), bytes })
    }

    /// `shown` is what the file of the work tree is called.
    fn after(&mut self, path: &TreePath, shown: &str) -> Result<Version, Failure> {
        let Some(after) = &self.after else {
            let file = self.repository.root().map_err(|error| refused(&error))?.join(path.to_relative());
            let bytes = store::open_tracked(&file, shown).map_err(Failure::unopened)?;
            return Ok(Version { name: shown.to_owned(), bytes });
        };
        let bytes = match self.batch.blob(after, path, MAX_BYTES) {
            // As of the work tree: a link or a submodule is no file.
            Err(Error::NotAFile { .. }) => None,
            bytes => bytes.map_err(|error| refused(&error))?,
        };
        Ok(Version { name: format!("{after}:{path}"), bytes })
    }

    fn comparison(&self, shown: String, before: Version, after: Version, found: bool) -> Comparison {
        Comparison { path: Some(shown), labels: self.labels.clone(), before, after, found }
    }
}

/// Two versions of a file that was named; one of them must be there.
fn named(range: &Range, name: &str) -> Result<Comparison, Failure> {
    let unreadable = |error: &Error| Failure::unopened(store::unreadable(name, error));
    let (repository, path) = git::locate(Path::new(name)).map_err(|error| unreadable(&error))?;
    let mut reader = Reader::new(&repository, range).map_err(|error| refused(&error))?;
    let before = reader.before(&path).map_err(|error| unreadable(&error))?;
    let after = reader.after(&path, name)?;
    if before.bytes.is_none() && after.bytes.is_none() {
        let (from, to) = &reader.labels;
        let article = if reader.after.is_none() { "the " } else { "" };
        let reason = format!("there is no such file in {from} or in {article}{to}");
        return Err(Failure::unopened(Unopened { name: name.to_owned(), reason, help: None }));
    }
    Ok(reader.comparison(name.to_owned(), before, after, false))
}

/// Both versions of every file that changed, in this directory or everywhere.
fn found(range: &Range, directory: Option<&str>) -> Result<Vec<Comparison>, Failure> {
    let repository = git::discover(Path::new(directory.unwrap_or("."))).map_err(|error| refused(&error))?;
    let below = match directory {
        Some(directory) => Some(repository.path_of(Path::new(directory)).map_err(|error| refused(&error))?),
        None => None,
    };
    let mut reader = Reader::new(&repository, range).map_err(|error| refused(&error))?;
    let changed = repository.changed(range, false).map_err(|error| refused(&error))?;
    let mut comparisons = Vec::new();
    for Changed { path, status } in changed {
        if !is_toml(&path) || !below.as_ref().is_none_or(|below| is_below(&path, below)) {
            continue;
        }
        let absent = |name: String| Version { name, bytes: None };
        let from = if let Status::Renamed { from } = &status { from.clone() } else { path.clone() };
        let shown = path.to_string();
        let before = match &status {
            Status::Added | Status::Untracked => absent(shown.clone()),
            Status::Modified | Status::Deleted | Status::Renamed { .. } => match reader.before(&from) {
                // A link or a submodule: no file, and so no scenario.
                Err(Error::NotAFile { .. }) => absent(shown.clone()),
                before => before.map_err(|error| refused(&error))?,
            },
        };
        let after = match &status {
            Status::Deleted => absent(shown.clone()),
            Status::Added | Status::Untracked | Status::Modified | Status::Renamed { .. } => {
                reader.after(&path, &shown)?
            }
        };
        let shown = if from == path { shown } else { format!("{from} -> {shown}") };
        comparisons.push(reader.comparison(shown, before, after, true));
    }
    Ok(comparisons)
}

/// Whether a file can be a scenario by its name.
fn is_toml(path: &TreePath) -> bool {
    path.as_bytes().to_ascii_lowercase().ends_with(b".toml")
}

fn is_below(path: &TreePath, directory: &TreePath) -> bool {
    let mut names = path.names();
    directory.names().all(|name| names.next() == Some(name))
}
