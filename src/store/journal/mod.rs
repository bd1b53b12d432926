//! Journals: what was edited and not saved, kept beside the file against crashes.
//!
//! A journal is there while a file has unsaved edits in an editor. The editor holds a lock on it, so that another can
//! tell edits that were left by a crash from those that are being made. It appears under its name whole and locked,
//! only grows, and is replaced in one step. Knows texts and paths. Must never know what the texts mean.
//!
//! A process can be killed at any moment and loses no edit that was noted; against a power failure edits are safe
//! once [`Journal::flush`] has returned.
#![expect(clippy::disallowed_methods, reason = "the disk is `store`'s")]

mod place;
mod record;

use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

pub use place::Place;
use record::Part;

/// Longer journals are not read: the largest scenario with as much again of edits.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// The journal of this editor.
#[derive(Debug)]
pub struct Journal {
    /// Locked as long as it is open.
    file: File,
    path: PathBuf,
    /// The text after the last edit that was noted.
    text: String,
    /// What was noted of the next one; empty if nothing was.
    draft: String,
    /// How many bytes are good, and the checksum of the last part of them.
    length: u64,
    check: u64,
    /// Whether something may have been written beyond the good bytes.
    torn: bool,
    /// Whether all of it has been brought to the disk.
    flushed: bool,
}

/// What is not saved of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved<'t> {
    /// What the file holds.
    pub base: &'t str,
    /// What it would hold if it were saved.
    pub text: &'t str,
    /// What is being typed and is no edit yet; empty if nothing is.
    pub draft: &'t str,
}

/// Why a journal cannot be started.
#[derive(Debug)]
pub enum Blocked {
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// Another session left edits since the file was opened.
    Left,
    /// The system refused it everywhere.
    Failed(io::Error),
}

/// What was found in the place of a journal.
#[derive(Debug)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// Another editor has unsaved edits in the file.
    Elsewhere,
    /// A crash left edits.
    Edits(Leftover),
    /// Something that does not read as a journal. It was given this name, so that it is in nobody's way.
    Damaged(PathBuf),
}

/// Edits that a crash left.
#[derive(Debug)]
pub struct Leftover {
    /// The text that was edited.
    pub base: String,
    /// The text with the edits.
    pub text: String,
    /// What was being typed towards another; empty if nothing was.
    pub draft: String,
    /// When the last of them was made.
    pub written: SystemTime,
    journal: Journal,
}

impl Leftover {
    /// The journal itself, to go on with or to discard.
    #[must_use]
    pub fn into_journal(self) -> Journal {
        self.journal
    }
}

impl Journal {
    /// Starts a journal that says this. It takes the place of `old`, if that is given, in one step.
    ///
    /// # Errors
    /// [`Blocked`]; an old journal is then as it was.
    pub fn start(place: &Place, unsaved: Unsaved<'_>, old: Option<&Self>) -> Result<Self, Blocked> {
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
        // The state directory may have to be made; the directory of the file is there.
        std::fs::create_dir_all(directory)?;
        // Readable by its owner only, whoever may read the file: edits that are not saved are not shared yet.
        let temporary = tempfile::Builder::new().prefix(".ach-").suffix(".tmp").tempfile_in(directory)?;
        lock(temporary.as_file())?;
        let Unsaved { base, text, draft } = unsaved;
        let (mut bytes, mut check) = record::begin(base);
        let edits = [(Part::Text, base, text), (Part::Draft, "", draft)];
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

    /// Notes that the text is now another. What was being typed is in it, or is given up.
    ///
    /// # Errors
    /// What the system answers; the journal then says what it said before, and the next call notes it all.
    pub fn note(&mut self, text: &str) -> io::Result<()> {
        self.append(Part::Text, text)
    }

    /// Notes what is being typed and is no edit yet; an empty text where nothing is.
    ///
    /// # Errors
    /// As [`Self::note`].
    pub fn note_draft(&mut self, draft: &str) -> io::Result<()> {
        self.append(Part::Draft, draft)
    }

    fn append(&mut self, part: Part, now: &str) -> io::Result<()> {
        let before = match part {
            Part::Text => &mut self.text,
            Part::Draft => &mut self.draft,
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
        if part == Part::Text {
            self.draft.clear();
        }
        Ok(())
    }

    /// Brings what was noted to the disk. Costs nothing if it is there.
    ///
    /// # Errors
    /// What the system answers.
    pub fn flush(&mut self) -> io::Result<()> {
        if !self.flushed {
            self.file.sync_data()?;
            self.flushed = true;
        }
        Ok(())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes it: the edits are saved, or not wanted.
    ///
    /// # Errors
    /// What the system answers; one that is gone already is no error.
    pub fn discard(self) -> io::Result<()> {
        match std::fs::remove_file(&self.path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Looks for edits that a crash left.
#[must_use]
pub fn find(place: &Place) -> Found {
    place
        .candidates
        .iter()
        .map(|path| find_at(path))
        .find(|found| !matches!(found, Found::Nothing))
        .unwrap_or(Found::Nothing)
}

fn find_at(path: &Path) -> Found {
    let mut file = match place::open(path) {
        Ok(file) => file,
        // Another user's edits cannot be read, nor can it be known whether they are still being made.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Found::Elsewhere,
        Err(_) => return Found::Nothing,
    };
    if lock(&file).is_err() {
        return Found::Elsewhere;
    }
    if !place::is_at(&file, path) {
        // Removed or replaced by its editor in this moment: what was opened is over.
        return Found::Nothing;
    }
    match read(&mut file, path) {
        Ok(Some(leftover)) if leftover.base == leftover.text && leftover.draft.is_empty() => {
            drop(leftover.journal.discard());
            Found::Nothing
        }
        Ok(Some(leftover)) => Found::Edits(leftover),
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

fn set_aside(path: &Path) -> Found {
    let aside = path.with_extension("ach-journal-damaged");
    match std::fs::rename(path, &aside) {
        Ok(()) => Found::Damaged(aside),
        Err(_) => Found::Damaged(path.to_owned()),
    }
}

/// Who has the journal that is in the way.
fn who_holds(path: &Path) -> Blocked {
    match place::open(path) {
        Ok(file) if lock(&file).is_ok() => Blocked::Left,
        Ok(_) | Err(_) => Blocked::Elsewhere,
    }
}

/// Locks a file, or fails at once if another process has. Where the file system knows no locks, nobody has.
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
        place: Place,
    }

    fn bench() -> Bench {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("case.toml");
        std::fs::write(&file, "base").unwrap();
        let place = Place::of(&file, Some(&directory.path().join("state")));
        Bench { directory, place }
    }

    fn unsaved<'t>(base: &'t str, text: &'t str) -> Unsaved<'t> {
        Unsaved { base, text, draft: "" }
    }

    fn left(place: &Place) -> (String, String) {
        match find(place) {
            Found::Edits(leftover) => (leftover.base, leftover.text),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn edits_that_a_crash_left_are_found_and_those_of_a_running_editor_are_not() {
        let Bench { directory, place } = bench();
        let mut journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        journal.note("cases").unwrap();
        assert!(matches!(find(&place), Found::Elsewhere));
        assert!(matches!(Journal::start(&place, unsaved("base", "x"), None), Err(Blocked::Elsewhere)));
        drop(journal);
        assert_eq!(left(&place), ("base".into(), "cases".into()));
        assert!(matches!(Journal::start(&place, unsaved("base", "x"), None), Err(Blocked::Left)));
        let Found::Edits(leftover) = find(&place) else { panic!() };
        leftover.into_journal().discard().unwrap();
        assert!(matches!(find(&place), Found::Nothing));
        assert_eq!(std::fs::read_dir(&directory).unwrap().count(), 1, "nothing lies about");
    }

    #[test]
    fn what_was_being_typed_is_found_and_what_was_given_up_is_not() {
        let Bench { place, directory } = bench();
        let typing = Unsaved { draft: "ty", ..unsaved("base", "base") };
        let mut journal = Journal::start(&place, typing, None).unwrap();
        journal.note_draft("typed").unwrap();
        drop(journal);
        let Found::Edits(leftover) = find(&place) else { panic!() };
        assert_eq!((&*leftover.text, &*leftover.draft), ("base", "typed"));
        let mut journal = leftover.into_journal();
        journal.note("bases").unwrap();
        drop(journal);
        let Found::Edits(leftover) = find(&place) else { panic!() };
        assert_eq!((&*leftover.text, &*leftover.draft), ("bases", ""), "an edit ends what led to it");
        let mut journal = leftover.into_journal();
        for step in ["again", ""] {
            journal.note_draft(step).unwrap();
        }
        journal.note("base").unwrap();
        drop(journal);
        assert!(matches!(find(&place), Found::Nothing));
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
        let Found::Edits(leftover) = find(&place) else { panic!() };
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
        assert!(matches!(find(&place), Found::Elsewhere), "the new one is locked");
        drop(new);
        assert_eq!(left(&place), ("other".into(), "others".into()));
    }

    #[test]
    fn what_is_no_journal_is_set_aside() {
        let Bench { place, directory: _directory } = bench();
        std::fs::write(&place.candidates[0], "something else").unwrap();
        let Found::Damaged(aside) = find(&place) else { panic!() };
        assert_eq!(std::fs::read_to_string(aside).unwrap(), "something else");
        assert!(Journal::start(&place, unsaved("base", "case"), None).is_ok());
    }

    #[test]
    fn where_the_name_is_too_long_the_state_directory_takes_it() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join(format!("{}.toml", "x".repeat(245)));
        std::fs::write(&file, "base").unwrap();
        let place = Place::of(&file, Some(&directory.path().join("state")));
        let journal = Journal::start(&place, unsaved("base", "case"), None).unwrap();
        assert!(journal.path().starts_with(directory.path().join("state")));
        drop(journal);
        assert_eq!(left(&place).1, "case");
        assert!(matches!(
            Journal::start(&Place::of(&file, None), unsaved("base", "x"), None),
            Err(Blocked::Failed(_))
        ));
    }
}
