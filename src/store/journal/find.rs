//! Finding the journal of a file that is opened, and telling what else is in its place.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::place::{self, AtPlace, ENDING, JournalPlace};
use super::record::{self, JournalHead};
use super::{Blocked, Journal, Lock, MAX_BYTES, lock};
use crate::document::Splice;
use crate::store::save::is_at;

/// Bytes that hold the head of a journal, whatever the name of the file.
const HEAD_BYTES: u64 = 32 * 1024;

/// Most journals of other files that are looked at.
const MOST: usize = 1000;

/// The result of looking for a journal.
#[derive(Debug)]
pub enum FoundJournal {
    /// There is none.
    Nothing,
    /// Another editor of this user has unsaved edits in the file.
    Elsewhere,
    /// A crash left edits.
    Edits(Box<Leftover>),
}

/// Edits left by a crash.
#[derive(Debug)]
pub struct Leftover {
    /// The text that was edited.
    pub base: String,
    /// The text with the edits.
    pub text: String,
    /// The edits that led there, each of the text that the one before left.
    pub steps: Vec<Splice>,
    /// The draft of another edit; empty if there is none.
    pub draft: String,
    /// The time of the first edit, where the system knows it, and of the last.
    pub begun: Option<SystemTime>,
    pub written: SystemTime,
    pub(super) journal: Journal,
}

impl Leftover {
    /// Returns the journal itself, to continue or to discard.
    pub fn into_journal(self) -> Journal {
        self.journal
    }

    /// The path of the journal.
    pub fn path(&self) -> &Path {
        self.journal.path()
    }
}

/// Something that is in the place of a journal and is none, or only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// Something else, in words, which stays where it is.
    NoJournal(PathBuf, String),
    /// A journal that cannot be read; it is now under this name.
    Damaged(PathBuf),
    /// A journal whose end cannot be read; a copy of all of it is under this name.
    Torn(PathBuf),
    /// A journal beside the file, which this user's editor did not put there.
    Foreign(PathBuf),
}

impl std::fmt::Display for Oddity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoJournal(path, what) => {
                write!(f, "unsaved edits are kept elsewhere: {} is {what}", path.display())
            }
            Self::Damaged(path) => {
                write!(f, "unsaved edits were left that cannot be read; they are now in {}", path.display())
            }
            Self::Torn(path) => write!(
                f,
                "the last of the unsaved edits cannot be read; a copy of them is in {}",
                path.display()
            ),
            Self::Foreign(path) => {
                write!(f, "{} is not from your editor, and was not read", path.display())
            }
        }
    }
}

/// Looks for edits that a crash left in this file, also under a name that the file had before. `text` is its present
/// text. Returns them and what else is in the place of journals.
pub fn find(place: &JournalPlace, text: &str) -> (FoundJournal, Vec<Oddity>) {
    let mut oddities = Vec::new();
    let beside = place.beside();
    if std::fs::symlink_metadata(&beside).is_ok() {
        oddities.push(Oddity::Foreign(beside));
    }
    for path in &place.candidates {
        match find_at(path, &mut oddities) {
            FoundJournal::Nothing => {}
            found @ (FoundJournal::Elsewhere | FoundJournal::Edits(_)) => return (found, oddities),
        }
    }
    let found = find_renamed(place, text, &mut oddities);
    (found, oddities)
}

fn find_at(path: &Path, oddities: &mut Vec<Oddity>) -> FoundJournal {
    let mut file = match place::open(path) {
        AtPlace::Nothing => return FoundJournal::Nothing,
        AtPlace::Other(what) => {
            oddities.push(Oddity::NoJournal(path.to_owned(), what));
            return FoundJournal::Nothing;
        }
        AtPlace::File(file) => file,
    };
    if is_held(&file) {
        return FoundJournal::Elsewhere;
    }
    if !is_at(&file, path) {
        // Its editor removed or replaced it just now: the opened file is obsolete.
        return FoundJournal::Nothing;
    }
    match read(&mut file, path) {
        Ok(Some((leftover, is_whole))) => {
            let is_empty = leftover.base == leftover.text && leftover.draft.is_empty();
            match (is_empty, is_whole) {
                (true, true) => {
                    drop(leftover.journal.discard());
                    return FoundJournal::Nothing;
                }
                (true, false) => oddities.push(set_aside(path)),
                (false, true) => return FoundJournal::Edits(Box::new(leftover)),
                (false, false) => {
                    oddities.extend(copy_aside(path).ok().map(Oddity::Torn));
                    return FoundJournal::Edits(Box::new(leftover));
                }
            }
        }
        Ok(None) | Err(_) => oddities.push(set_aside(path)),
    }
    FoundJournal::Nothing
}

/// Whether another editor holds a journal: by its lock, or where there are no locks, by the process that wrote it.
fn is_held(file: &File) -> bool {
    match lock(file) {
        Lock::Held => true,
        Lock::Ours => false,
        // An editor on another computer may still run.
        Lock::Unknown => head_of(file).is_some_and(|head| head.author.is_running() != Some(false)),
    }
}

fn head_of(mut file: &File) -> Option<JournalHead> {
    let mut bytes = Vec::new();
    io::Seek::rewind(&mut file).ok()?;
    file.take(HEAD_BYTES).read_to_end(&mut bytes).ok()?;
    io::Seek::rewind(&mut file).ok()?;
    record::head(&bytes)
}

/// Looks for a journal of this file under a name that it no longer has.
fn find_renamed(place: &JournalPlace, text: &str, oddities: &mut Vec<Oddity>) -> FoundJournal {
    let Ok(known) = std::fs::metadata(&place.file) else { return FoundJournal::Nothing };
    let identity = super::identity(&known);
    let entries = place.directories.iter().filter_map(|directory| std::fs::read_dir(directory).ok());
    for entry in entries.flatten().flatten().take(MOST) {
        let path = entry.path();
        let is_candidate = place.candidates.contains(&path);
        if is_candidate || !path.as_os_str().as_encoded_bytes().ends_with(ENDING.as_bytes()) {
            continue;
        }
        let AtPlace::File(file) = place::open(&path) else { continue };
        let Some(head) = head_of(&file) else { continue };
        let is_gone = |file: &String| {
            std::fs::symlink_metadata(file).is_err_and(|error| error.kind() == ErrorKind::NotFound)
        };
        if !head.file.as_ref().is_some_and(is_gone) {
            continue;
        }
        let is_same = identity != (0, 0) && head.identity == identity;
        let has_base = || {
            let mut bytes = Vec::new();
            let read = (&file).take(MAX_BYTES).read_to_end(&mut bytes);
            read.is_ok() && record::replay(&bytes).is_some_and(|replay| replay.base == text)
        };
        if is_same || has_base() {
            drop(file);
            return find_at(&path, oddities);
        }
    }
    FoundJournal::Nothing
}

/// Reads a journal, and whether all of it could be read; `None` if not even its beginning is valid.
fn read(file: &mut File, path: &Path) -> io::Result<Option<(Leftover, bool)>> {
    let known = file.metadata()?;
    let (begun, written) = (known.created().ok(), known.modified().unwrap_or(SystemTime::UNIX_EPOCH));
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let Some(record::Replay { base, text, steps, draft, length, check }) = record::replay(&bytes) else {
        return Ok(None);
    };
    let journal = Journal {
        file: file.try_clone()?,
        path: path.to_owned(),
        text: text.clone(),
        behind: Vec::new(),
        draft: draft.clone(),
        length: length as u64,
        check,
        torn: true,
        flushed: false,
    };
    Ok(Some((Leftover { base, text, steps, draft, begun, written, journal }, length == bytes.len())))
}

/// Renames a journal that cannot be read.
fn set_aside(path: &Path) -> Oddity {
    let renamed = free_names(path, DAMAGED)
        .find(|aside| std::fs::symlink_metadata(aside).is_err())
        .filter(|aside| std::fs::rename(path, aside).is_ok());
    Oddity::Damaged(renamed.unwrap_or_else(|| path.to_owned()))
}

/// Copies a journal of which a part cannot be read.
fn copy_aside(path: &Path) -> io::Result<PathBuf> {
    let bytes = std::fs::read(path)?;
    for aside in free_names(path, DAMAGED) {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&aside) {
            Ok(mut file) => return file.write_all(&bytes).map(|()| aside),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// The ending of the name of a damaged journal, before its number.
const DAMAGED: &str = "ach-journal-damaged";

/// Returns the names with an ending for a journal that is put aside, of which none that is taken is used.
pub(super) fn free_names(path: &Path, ending: &str) -> impl Iterator<Item = PathBuf> {
    (1..1000).map(move |number| path.with_extension(format!("{ending}-{number}")))
}

/// Finds out what is in the way of a new journal; `None` if it is not a journal of this user.
pub(super) fn who_holds(path: &Path) -> Option<Blocked> {
    match place::open(path) {
        AtPlace::File(file) if is_held(&file) => Some(Blocked::Elsewhere),
        AtPlace::File(_) => Some(Blocked::Left),
        AtPlace::Nothing | AtPlace::Other(_) => None,
    }
}
