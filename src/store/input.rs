//! Reading a file whole, from the disk or from a revision, or refusing it in words that say what to do.
#![expect(clippy::disallowed_methods, reason = "this module opens files and standard input")]

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::did_you_mean;
use crate::document::MAX_FILE;
use crate::git::{self, Address, Error, Revision};

/// The limit for reading: one byte more than the largest scenario, so that the reader can report its size. Endless
/// sources such as devices are cut off here.
pub const MAX_BYTES: u64 = MAX_FILE as u64 + 1;

/// The origin of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file, which can also be written.
    File,
    /// Standard input.
    StandardInput,
    /// A committed version.
    Revision,
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name of the file as given; `-` is standard input.
    pub name: OsString,
    /// Where the bytes came from.
    pub origin: Origin,
    /// Its bytes, cut off one byte past the limit.
    pub bytes: Vec<u8>,
}

/// A file that could not be read.
#[derive(Debug)]
pub struct Unopened {
    /// The name of the file as given, as text.
    pub name: String,
    /// The reason.
    pub reason: String,
    /// Advice, if there is any.
    pub help: Option<String>,
}

/// Reads a file; `-` is standard input, and `REV:path` a committed version unless a file of that name exists.
///
/// # Errors
/// [`Unopened`] if there is no such file, it is a directory, or it cannot be read.
pub fn open(name: impl AsRef<OsStr>) -> Result<Input, Unopened> {
    let name = name.as_ref();
    let input = |origin| move |bytes| Input { name: name.to_owned(), origin, bytes };
    if name == "-" {
        let bytes = limited(io::stdin().lock()).map(input(Origin::StandardInput));
        return bytes.map_err(|error| refusal(name, &error));
    }
    match read_file(Path::new(name)) {
        Ok(bytes) => Ok(input(Origin::File)(bytes)),
        Err(error) => match Address::parse(name).filter(|_| is_absence(&error)) {
            Some(address) => {
                read_address(&address).map(input(Origin::Revision)).map_err(|e| unreadable(name, &e))
            }
            None => Err(refusal(name, &error)),
        },
    }
}

/// Returns the path of a file with all links resolved, or the path as given if there is no such file.
pub fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether there is a file or directory of this name.
pub fn exists(name: impl AsRef<Path>) -> bool {
    name.as_ref().exists()
}

/// Whether a name denotes a committed version, `REV:path`. An existing file of that name takes precedence.
pub fn is_kept(name: impl AsRef<OsStr>) -> bool {
    let name = name.as_ref();
    Address::parse(name).is_some() && !exists(name)
}

/// Whether there is a directory of this name.
pub fn is_directory(name: impl AsRef<Path>) -> bool {
    name.as_ref().is_dir()
}

/// Reads a file of a work tree as git sees it: a link is not a file. `None` if there is no such file; `name` is for
/// messages.
///
/// # Errors
/// [`Unopened`] if the file exists and cannot be read.
pub fn open_tracked(path: &Path, name: impl AsRef<OsStr>) -> Result<Option<Vec<u8>>, Unopened> {
    let name = name.as_ref();
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Ok(None),
        Err(error) if is_absence(&error) => return Ok(None),
        Err(error) => return Err(refusal(name, &error)),
    }
    open_file(path, name)
}

/// Reads a file that need not exist, following links; `name` is for messages.
pub(super) fn open_file(path: &Path, name: &OsStr) -> Result<Option<Vec<u8>>, Unopened> {
    match read_file(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(refusal(name, &error)),
    }
}

/// Returns an error of git as the reason why a file cannot be opened.
pub fn unreadable(name: impl AsRef<OsStr>, error: &Error) -> Unopened {
    let name = name.as_ref().display().to_string();
    Unopened { name, reason: error.to_string(), help: error.help().map(str::to_owned) }
}

fn read_address(address: &Address) -> Result<Vec<u8>, Error> {
    git::discover(Path::new("."))?.read(address, MAX_BYTES)
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// Reads the bytes of a file, cut off one byte past the limit.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    let known = file.metadata()?;
    if known.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(known.len().min(MAX_BYTES)).unwrap_or_default());
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn limited(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

pub(super) fn refusal(name: &OsStr, error: &io::Error) -> Unopened {
    let (reason, help) = match error.kind() {
        io::ErrorKind::NotFound => match left_out(Path::new(name)) {
            Some(help) => ("a sparse checkout leaves this file out".to_owned(), Some(help)),
            None => ("there is no such file".to_owned(), neighbour(name)),
        },
        io::ErrorKind::IsADirectory => {
            ("this is a directory".to_owned(), Some("name a scenario file in it".to_owned()))
        }
        io::ErrorKind::PermissionDenied => {
            let help = "ask for permission to read it, or name another file".to_owned();
            ("permission to read it is denied".to_owned(), Some(help))
        }
        io::ErrorKind::NotADirectory => ("a part of this path is not a directory".to_owned(), None),
        _ => (error.to_string(), None),
    };
    Unopened { name: name.display().to_string(), reason, help }
}

/// Names the version in the index of a file that a sparse checkout leaves out of the work tree; `None` of others.
fn left_out(path: &Path) -> Option<String> {
    let (repository, path) = git::locate(path).ok()?;
    let version = Address { revision: Revision::Index(0), path: path.as_bytes().to_vec() };
    let is_left_out = repository.is_left_out(&path).unwrap_or_default();
    is_left_out.then(|| format!("name the version in the index, {}", version.to_os_string().display()))
}

/// Suggests a similar name in the same directory.
fn neighbour(name: &OsStr) -> Option<String> {
    let path = Path::new(name);
    let wanted = path.file_name()?.to_str()?;
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let Ok(entries) = std::fs::read_dir(directory.unwrap_or(Path::new("."))) else {
        let directory = directory?.display();
        return Some(format!("there is no directory {directory}"));
    };
    let names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    did_you_mean(wanted, names.iter().map(String::as_str))
}
