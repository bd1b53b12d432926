//! Journals: unsaved edits, kept beside the file in case of a crash.
//!
//! A journal exists while a file has unsaved edits in an editor. The editor holds a lock on it, so that others can tell
//! edits left by a crash from those in progress. It appears under its name complete and locked, only grows, and is
//! replaced in one step. Knows texts and paths. Must never know what the texts mean.
//!
//! A process can be killed at any moment without losing an edit that was noted. Edits survive a power failure once
//! [`Journal::flush`] has returned.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

mod place;
mod record;

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use place::JournalPlace;
use record::JournalPart;

/// The size limit for reading a journal: the largest scenario and as many bytes of edits.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The journal of this editor.
#[derive(Debug)]
pub struct Journal {
    /// Locked while it is open.
    file: File,
    path: PathBuf,
    /// The text after the last noted edit.
    text: String,
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
    /// The draft of the next edit; empty if there is none.
    pub draft: &'t str,
}

/// The reason why a journal cannot be started.
#[derive(Debug)]
pub enum Blocked {
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// Another session left edits after the file was opened.
    Left,
    /// The system refused to create it in every place.
    Failed(io::Error),
}

/// The result of looking for a journal.
#[derive(Debug)]
pub enum FoundJournal {
    /// There is none.
    Nothing,
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// A crash left edits.
    Edits(Leftover),
    /// A file that cannot be read as a journal. It was renamed to this, out of the way.
    Damaged(PathBuf),
}

/// Edits left by a crash.
#[derive(Debug)]
pub struct Leftover {
    /// The text that was edited.
    pub base: String,
    /// The text with the edits.
    pub text: String,
    /// The draft of another edit; empty if there is none.
    pub draft: String,
    /// The time of the last edit.
    pub written: SystemTime,
    journal: Journal,
}

impl Leftover {
    /// The journal itself, to continue or to discard.
    #[must_use]
    pub fn into_journal(self) -> Journal {
        self.journal
    }
}

impl Journal {
    /// Starts a journal with this state. If `old` is given, it is replaced in one step.
    ///
    /// # Errors
    /// [`Blocked`]; an old journal is unchanged then.
    pub fn start(place: &JournalPlace, unsaved: Unsaved<'_>, old: Option<&Self>) -> Result<Self, Blocked> {
        let mut last = io::Error::from(ErrorKind::NotFound);
        let paths = old.map_or(place.candidates.as_slice(), |old| std::slice::from_ref(&old.path));
        for path in paths {
            match Self::start_at(path, unsaved, old.is_some()) {
                Ok(journal) => return Ok(journal),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(who_holds(path)),
                Err(error) => last = error,
            }
        }
        Err(Blocked::Failed(last))
    }

    fn start_at(path: &Path, unsaved: Unsaved<'_>, replaces: bool) -> io::Result<Self> {
        let directory = path.parent().unwrap_or(Path::new("."));
        // The state directory may not exist yet; the directory of the file does.
        std::fs::create_dir_all(directory)?;
        // Readable by its owner only, whoever may read the file: unsaved edits are not shared yet.
        let temporary = tempfile::Builder::new().prefix(".ach-").suffix(".tmp").tempfile_in(directory)?;
        lock(temporary.as_file())?;
        let Unsaved { base, text, draft } = unsaved;
        let (mut bytes, mut check) = record::begin(base);
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
        Ok(Self { file, path, text, draft, length, check, torn: false, flushed: false })
    }

    /// Notes a new text. The draft is part of it or abandoned.
    ///
    /// # Errors
    /// The error of the system; the journal is unchanged then, and the next call notes everything.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        self.append(JournalPart::Text, text)
    }

    /// Notes the draft of the next edit; an empty text if there is none.
    ///
    /// # Errors
    /// As [`Self::note`].
    pub fn note_draft(&mut self, draft: &str) -> io::Result<()> {
        self.append(JournalPart::Draft, draft)
    }

    fn append(&mut self, part: JournalPart, now: &str) -> io::Result<()> {
        let before = match part {
            JournalPart::Text => &mut self.text,
            JournalPart::Draft => &mut self.draft,
        };
        let Some(edit) = record::edit(part, before, now, self.check) else { return Ok(()) };
        if self.torn {
            self.file.set_len(self.length)?;
        }
        self.torn = true;
        self.file.seek(SeekFrom::Start(self.length))?;
        self.file.write_all(&edit.bytes)?;
        self.torn = false;
        self.flushed = false;
        self.length += edit.bytes.len() as u64;
        self.check = edit.check;
        before.replace_range(edit.range, edit.new);
        if part == JournalPart::Text {
            self.draft.clear();
        }
        Ok(())
    }

    /// Flushes the notes to the disk. Costs nothing if that is done already.
    ///
    /// # Errors
    /// The error of the system.
    pub fn flush(&mut self) -> io::Result<()> {
        if !self.flushed {
            self.file.sync_data()?;
            self.flushed = true;
        }
        Ok(())
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes the journal after its edits were saved or rejected.
    ///
    /// # Errors
    /// The error of the system; a journal that is already gone is no error.
    pub fn discard(self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Looks for edits left by a crash.
#[must_use]
pub fn find(place: &JournalPlace) -> FoundJournal {
    place
        .candidates
        .iter()
        .map(|path| find_at(path))
        .find(|found| !matches!(found, FoundJournal::Nothing))
        .unwrap_or(FoundJournal::Nothing)
}

fn find_at(path: &Path) -> FoundJournal {
    let mut file = match place::open(path) {
        Ok(file) => file,
        // Another user's edits cannot be read, nor can it be known whether they are still in progress.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return FoundJournal::Elsewhere,
        Err(_) => return FoundJournal::Nothing,
    };
    if lock(&file).is_err() {
        return FoundJournal::Elsewhere;
    }
    if !place::is_at(&file, path) {
        // Its editor removed or replaced it just now: the opened file is obsolete.
        return FoundJournal::Nothing;
    }
    match read(&mut file, path) {
        Ok(Some(leftover)) if leftover.base == leftover.text && leftover.draft.is_empty() => {
            drop(leftover.journal.discard());
            FoundJournal::Nothing
        }
        Ok(Some(leftover)) => FoundJournal::Edits(leftover),
        Ok(None) | Err(_) => set_aside(path),
    }
}

fn read(file: &mut File, path: &Path) -> io::Result<Option<Leftover>> {
    let written = file.metadata()?.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes)?;
    let Some(record::Replay { base, text, draft, length, check }) = record::replay(&bytes) else {
        return Ok(None);
    };
    let journal = Journal {
        file: file.try_clone()?,
        path: path.to_owned(),
        text: text.clone(),
        draft: draft.clone(),
        length: length as u64,
        check,
        torn: true,
        flushed: false,
    };
    Ok(Some(Leftover { base, text, draft, written, journal }))
}

fn set_aside(path: &Path) -> FoundJournal {
    let aside = path.with_extension("ach-journal-damaged");
    match std::fs::rename(path, &aside) {
        Ok(()) => FoundJournal::Damaged(aside),
        Err(_) => FoundJournal::Damaged(path.to_owned()),
    }
}

/// Finds out who holds the journal that is in the way.
fn who_holds(path: &Path) -> Blocked {
    match place::open(path) {
        Ok(file) if lock(&file).is_ok() => Blocked::Left,
        Ok(_) | Err(_) => Blocked::Elsewhere,
    }
}

/// Locks a file, or fails at once if another process holds the lock. On a file system without locks, it succeeds.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Bench {
        directory: tempfile::TempDir,
        place: JournalPlace,
    }

    fn bench() -> Bench {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("case.toml");
        std::fs::write(&file, "base").unwrap();
        let place = JournalPlace::of(&file, Some(&directory.path().join("state")));
        Bench { directory, place }
    }

    fn unsaved<'t>(base: &'t str, text: &'t str) -> Unsaved<'t> {
        Unsaved { base, text, draft: "" }
    }

    fn left(place: &JournalPlace) -> (String, String) {
        match find(place) {
            FoundJournal::Edits(leftover) => (leftover.base, leftover.text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn edits_that_a_crash_left_are_found_and_those_of_a_running_editor_are_not() {
        let Bench { directory, place } = bench();
        let mut journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        journal.note("cases").unwrap();
        assert!(matches!(find(&place), FoundJournal::Elsewhere));
        assert!(matches!(Journal::start(&place, unsaved("base", "x"), None), Err(Blocked::Elsewhere)));
        drop(journal);
        assert_eq!(left(&place), ("base".into(), "cases".into()));
        assert!(matches!(Journal::start(&place, unsaved("base", "x"), None), Err(Blocked::Left)));
        let FoundJournal::Edits(leftover) = find(&place) else { panic!() };
        leftover.into_journal().discard().unwrap();
        assert!(matches!(find(&place), FoundJournal::Nothing));
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1, "nothing lies about");
    }

    #[test]
    fn what_was_being_typed_is_found_and_what_was_given_up_is_not() {
        let Bench { place, directory } = bench();
        let typing = Unsaved { draft: "ty", ..unsaved("base", "base") };
        let mut journal = Journal::start(&place, typing, None).unwrap();
        journal.note_draft("typed").unwrap();
        drop(journal);
        let FoundJournal::Edits(leftover) = find(&place) else { panic!() };
        assert_eq!((&*leftover.text, &*leftover.draft), ("base", "typed"));
        let mut journal = leftover.into_journal();
        journal.note("bases").unwrap();
        drop(journal);
        let FoundJournal::Edits(leftover) = find(&place) else { panic!() };
        assert_eq!((&*leftover.text, &*leftover.draft), ("bases", ""), "an edit ends what led to it");
        let mut journal = leftover.into_journal();
        for step in ["again", ""] {
            journal.note_draft(step).unwrap();
        }
        journal.note("base").unwrap();
        drop(journal);
        assert!(matches!(find(&place), FoundJournal::Nothing));
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1, "nothing lies about");
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let Bench { place, directory: _directory } = bench();
        let journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        assert_eq!(journal.file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_torn_edit_is_ignored_and_written_over() {
        let Bench { place, directory: _directory } = bench();
        let mut journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        journal.note("cases").unwrap();
        let whole = journal.file.metadata().unwrap().len();
        journal.file.set_len(whole - 1).unwrap();
        drop(journal);
        let FoundJournal::Edits(leftover) = find(&place) else { panic!() };
        assert_eq!(leftover.text, "case");
        let mut journal = leftover.into_journal();
        journal.note("cast").unwrap();
        drop(journal);
        assert_eq!(left(&place), ("base".into(), "cast".into()));
    }

    #[test]
    fn a_journal_takes_the_place_of_another_in_one_step() {
        let Bench { place, directory: _directory } = bench();
        let old = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        let new = Journal::start(&place, unsaved("other", "others"), Some(&old)).unwrap();
        drop(old);
        assert!(matches!(find(&place), FoundJournal::Elsewhere), "the new one is locked");
        drop(new);
        assert_eq!(left(&place), ("other".into(), "others".into()));
    }

    #[test]
    fn what_is_no_journal_is_set_aside() {
        let Bench { place, directory: _directory } = bench();
        std::fs::write(&place.candidates[0], "something else").unwrap();
        let FoundJournal::Damaged(aside) = find(&place) else { panic!() };
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "something else");
        assert!(Journal::start(&place, unsaved("base", "case"), None).is_ok());
    }

    #[test]
    fn where_the_name_is_too_long_the_state_directory_takes_it() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join(format!("{}.toml", "x".repeat(245)));
        std::fs::write(&file, "base").unwrap();
        let place = JournalPlace::of(&file, Some(&directory.path().join("state")));
        let journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        assert!(journal.path().starts_with(directory.path().join("state")));
        drop(journal);
        assert_eq!(left(&place).1, "case");
        assert!(matches!(
            Journal::start(&JournalPlace::of(&file, None), unsaved("base", "x"), None),
            Err(Blocked::Failed(_))
        ));
    }
}
