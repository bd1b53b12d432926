//! Journals: unsaved edits, kept in the user's state directory in case of a crash.
//!
//! A journal exists while a file has unsaved edits in an editor. The editor holds a lock on it, so that others can tell
//! edits left by a crash from those in progress. It appears under its name complete and locked, only grows, and is
//! replaced in one step. It is written, replaced and removed only while its name is still that of this very file. Knows
//! texts and paths. Must never know what the texts mean.
//!
//! A process can be killed at any moment without losing an edit that was noted. Edits survive a power failure once
//! [`Journal::flush`] has returned.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

mod author;
mod dropped;
mod find;
mod place;
mod record;
mod sign;
#[cfg(test)]
mod tests;
mod undo;

use std::fs::{File, Metadata, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::other::remove_if_there;
use super::save::{is_at, sweep};
use crate::document::Splice;
pub use find::{FoundJournal, Leftover, Oddity, find};
pub use place::JournalPlace;
use record::{JournalEdit, JournalHead, JournalPart};
pub use sign::{OthersEdits, mark, others_edits, unmark};
pub use undo::{PastStep, keep_undo, kept_undo};

/// The size limit for reading a journal: the largest scenario and as many bytes of edits.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The journal of this editor.
#[derive(Debug)]
pub struct Journal {
    /// Locked while it is open.
    file: File,
    path: PathBuf,
    /// The text after the last noted edit, but for those that are behind.
    text: String,
    /// Noted edits that `text` does not have yet, in order: moving the rest of a long text takes its time.
    behind: Vec<(Range<usize>, String)>,
    /// The noted draft of the next edit; empty if there is none.
    draft: String,
    /// The number of valid bytes, and the checksum of the last part of them.
    length: u64,
    check: u64,
    /// Whether something may have been written after the valid bytes.
    torn: bool,
    /// Whether all of it has been flushed to the disk.
    flushed: bool,
}

/// The unsaved state of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved<'t> {
    /// The text of the file on the disk.
    pub base: &'t str,
    /// The text with the unsaved edits.
    pub text: &'t str,
    /// The edits that led there, if they are known one by one; each of the text that the one before left.
    pub steps: &'t [Splice],
    /// The draft of the next edit; empty if there is none.
    pub draft: &'t str,
}

/// The reason why a journal cannot be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// Another session left edits after the file was opened.
    Left,
    /// The system refused to create it in every place, for this reason.
    Failed(String),
}

/// The reason why an edit was not noted.
#[derive(Debug)]
pub enum Unnoted {
    /// The journal has lost its name: another program removed, moved or replaced it.
    Lost,
    /// The system refused to write.
    Failed(io::Error),
}

/// Names that a new journal does not take.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Taken {
    /// A journal of another session blocks the new one.
    Blocks,
    /// The next free name is used.
    Passed,
}

impl Journal {
    /// Starts a journal with this state. If `old` is given, it is replaced in one step.
    ///
    /// # Errors
    /// [`Blocked`], with the old journal, which is unchanged then.
    pub fn start(
        place: &JournalPlace,
        unsaved: Unsaved<'_>,
        old: Option<Self>,
    ) -> Result<Self, Box<(Blocked, Option<Self>)>> {
        let Some(old) = old else {
            return Self::start_new(place, unsaved, Taken::Blocks)
                .map_err(|blocked| Box::new((blocked, None)));
        };
        // That of a file that was renamed has another place.
        let stays = place.candidates.contains(&old.path) && old.is_in_place();
        let started = if stays {
            Self::start_at(&old.path, place, unsaved, true)
                .map_err(|error| Blocked::Failed(error.to_string()))
        } else {
            Self::start_new(place, unsaved, Taken::Passed)
        };
        match started {
            Ok(new) => {
                // It is removed only if its name is still its own.
                drop(old.discard());
                Ok(new)
            }
            Err(blocked) => Err(Box::new((blocked, Some(old)))),
        }
    }

    /// Starts a journal of edits that are made already, under a free name: whatever else is in the way stays.
    ///
    /// # Errors
    /// [`Blocked::Failed`].
    pub fn restart(place: &JournalPlace, unsaved: Unsaved<'_>) -> Result<Self, Blocked> {
        Self::start_new(place, unsaved, Taken::Passed)
    }

    fn start_new(place: &JournalPlace, unsaved: Unsaved<'_>, taken: Taken) -> Result<Self, Blocked> {
        let mut last = io::Error::from(ErrorKind::NotFound);
        for path in &place.candidates {
            match Self::start_at(path, place, unsaved, false) {
                Ok(journal) => {
                    mark(&place.file);
                    return Ok(journal);
                }
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    if let Some(blocked) = find::who_holds(path).filter(|_| taken == Taken::Blocks) {
                        return Err(blocked);
                    }
                    last = error;
                }
                Err(error) => last = error,
            }
        }
        Err(Blocked::Failed(last.to_string()))
    }

    fn start_at(path: &Path, place: &JournalPlace, unsaved: Unsaved<'_>, replaces: bool) -> io::Result<Self> {
        let directory = path.parent().unwrap_or(Path::new("."));
        place::create_directory(directory)?;
        sweep(directory);
        // Readable by its owner only, whoever may read the file: unsaved edits are not shared yet.
        let temporary = tempfile::Builder::new().prefix(".ach-").suffix(".tmp").tempfile_in(directory)?;
        lock(temporary.as_file());
        let Unsaved { base, text, steps, draft } = unsaved;
        let (mut bytes, mut check) = record::begin(&head_for(&place.file), base);
        for Splice { range, text } in steps {
            let edit = record::splice(JournalPart::Text, range.clone(), text, check);
            bytes.extend(edit.bytes);
            check = edit.check;
        }
        let base = if steps.is_empty() { base } else { text };
        let edits = [(JournalPart::Text, base, text), (JournalPart::Draft, "", draft)];
        for (part, before, after) in edits {
            if let Some(edit) = record::edit(part, before, after, check) {
                bytes.extend(edit.bytes);
                check = edit.check;
            }
        }
        temporary.as_file().write_all(&bytes)?;
        let length = bytes.len() as u64;
        let persisted = if replaces { temporary.persist(path) } else { temporary.persist_noclobber(path) };
        let file = persisted.map_err(|error| error.error)?;
        let (path, text, draft) = (path.to_owned(), text.to_owned(), draft.to_owned());
        let behind = Vec::new();
        Ok(Self { file, path, text, behind, draft, length, check, torn: false, flushed: false })
    }

    /// Notes a new text. The draft is part of it or abandoned.
    ///
    /// # Errors
    /// [`Unnoted`]; the journal is unchanged then, and the next call notes everything.
    pub fn note(&mut self, text: &str) -> Result<(), Unnoted> {
        self.append(JournalPart::Text, text)
    }

    /// Notes the draft of the next edit; an empty text if there is none.
    ///
    /// # Errors
    /// Like [`Self::note`].
    pub fn note_draft(&mut self, draft: &str) -> Result<(), Unnoted> {
        self.append(JournalPart::Draft, draft)
    }

    /// Notes an edit of the noted text: a range on character boundaries and what replaces it. The draft is part of it or
    /// abandoned.
    ///
    /// # Errors
    /// Like [`Self::note`]; the next call must note the whole text.
    pub fn note_splice(&mut self, range: Range<usize>, new: &str) -> Result<(), Unnoted> {
        if !self.is_in_place() {
            return Err(Unnoted::Lost);
        }
        let edit = record::splice(JournalPart::Text, range.clone(), new, self.check);
        self.write(&edit)?;
        self.behind.push((range, new.to_owned()));
        self.draft.clear();
        Ok(())
    }

    /// Brings the text up to date with what was noted.
    fn catch_up(&mut self) {
        for (range, new) in self.behind.drain(..) {
            self.text.replace_range(range, &new);
        }
    }

    fn append(&mut self, part: JournalPart, now: &str) -> Result<(), Unnoted> {
        if !self.is_in_place() {
            return Err(Unnoted::Lost);
        }
        if part == JournalPart::Text {
            self.catch_up();
        }
        let before = match part {
            JournalPart::Text => &self.text,
            JournalPart::Draft => &self.draft,
        };
        let Some(edit) = record::edit(part, before, now, self.check) else { return Ok(()) };
        self.write(&edit)?;
        match part {
            JournalPart::Text => {
                self.text.replace_range(edit.range, edit.new);
                self.draft.clear();
            }
            JournalPart::Draft => self.draft.replace_range(edit.range, edit.new),
        }
        Ok(())
    }

    /// Writes an edit after the valid bytes.
    fn write(&mut self, edit: &JournalEdit<'_>) -> Result<(), Unnoted> {
        if self.torn {
            self.file.set_len(self.length).map_err(Unnoted::Failed)?;
        }
        self.torn = true;
        let mut file = &self.file;
        let at = file.seek(SeekFrom::Start(self.length));
        at.and_then(|_| file.write_all(&edit.bytes)).map_err(Unnoted::Failed)?;
        self.torn = false;
        self.flushed = false;
        self.length += edit.bytes.len() as u64;
        self.check = edit.check;
        Ok(())
    }

    /// Flushes the notes to the disk. Costs nothing if that is done already.
    ///
    /// # Errors
    /// The error of the system.
    pub fn flush(&mut self) -> io::Result<()> {
        self.catch_up();
        if !self.flushed {
            self.file.sync_data()?;
            self.flushed = true;
        }
        Ok(())
    }

    /// Whether its name is still that of this very file, which any program of the user can remove or replace.
    pub fn is_in_place(&self) -> bool {
        is_at(&self.file, &self.path)
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The noted text and the noted draft.
    pub fn noted(&mut self) -> (&str, &str) {
        self.catch_up();
        (&self.text, &self.draft)
    }

    /// Drops the journal, whose edits are rejected, but keeps it for a while. Returns its new path.
    ///
    /// # Errors
    /// The error of the system.
    pub fn drop_aside(self) -> io::Result<PathBuf> {
        dropped::keep(&self.file, &self.path)
    }

    /// Removes the journal after its edits were saved or rejected. A file that has taken its name stays.
    ///
    /// # Errors
    /// The error of the system; a journal that is already gone is no error.
    pub fn discard(self) -> io::Result<()> {
        if self.is_in_place() { remove_if_there(&self.path) } else { Ok(()) }
    }
}

/// Returns the head of a journal of this file.
fn head_for(file: &Path) -> JournalHead {
    let known = std::fs::metadata(file).ok();
    JournalHead {
        file: file.to_str().map(str::to_owned),
        author: author::JournalAuthor::this(),
        identity: known.as_ref().map(identity).unwrap_or_default(),
    }
}

/// Device and inode of a file, where the system has them.
#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// The result of locking a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lock {
    Ours,
    /// Another process holds it.
    Held,
    /// The file system has no locks.
    Unknown,
}

/// How often a lock is asked for, and the pause between.
const ATTEMPTS: (usize, Duration) = (8, Duration::from_millis(4));

/// Locks a file. A lock that was just given up may be held for an instant longer, by a program that is being started and
/// has not yet closed what it inherited; so this waits up to 32 ms.
fn lock(file: &File) -> Lock {
    let (attempts, pause) = ATTEMPTS;
    for _ in 0..attempts {
        match file.try_lock() {
            Ok(()) => return Lock::Ours,
            Err(TryLockError::WouldBlock) => std::thread::sleep(pause),
            Err(TryLockError::Error(_)) => return Lock::Unknown,
        }
    }
    Lock::Held
}
