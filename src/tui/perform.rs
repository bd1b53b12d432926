//! Effects on the disk, done through `store`: saving, journalling, watching.
//!
//! Holds what is known of the file: the text that it had when it was read or written last. Must never decide what
//! becomes of edits; it tells what it found, as messages.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::message::{Message, Unjournalled};
use crate::store::journal::{self, Blocked, Found, Journal, Leftover, Place, Unsaved};
use crate::store::{self, Expected, OnDisk, SaveError, Watch};

/// Where the editor saves.
#[derive(Clone, Debug)]
pub struct Target {
    /// The file.
    pub path: PathBuf,
    /// The user's state directory: for the journals of files beside which nothing can be written.
    pub state_directory: Option<PathBuf>,
}

/// The file on the other side of the editor; none for what is only looked at.
#[derive(Debug)]
pub(crate) struct Disk {
    file: Option<OnFile>,
}

#[derive(Debug)]
struct OnFile {
    path: PathBuf,
    place: Place,
    watch: Watch,
    /// The text that the file is known to have.
    known: String,
    /// The text that was found there last and is for the editor to take in.
    found: Option<String>,
    /// Whether the file was found to be gone.
    is_gone: bool,
    /// The journal of edits that are not saved.
    journal: Option<Journal>,
    /// Edits that a crash left, as long as it is not settled what becomes of them.
    leftover: Option<Leftover>,
    /// Whether it was told that edits cannot be journalled.
    told: bool,
}

impl Disk {
    /// Takes a file over that was read as `text`, and tells what a crash left of it or who else has it open.
    pub(crate) fn open(target: Option<Target>, text: &str) -> (Self, Option<Message>) {
        let Some(Target { path, state_directory }) = target else { return (Self { file: None }, None) };
        let place = Place::of(&path, state_directory.as_deref());
        let mut file = OnFile {
            watch: Watch::new(path.clone()),
            path,
            known: text.to_owned(),
            found: None,
            is_gone: false,
            journal: None,
            leftover: None,
            told: false,
            place,
        };
        let message = match find(&file.place) {
            Found::Nothing => None,
            Found::Elsewhere => Some(Message::Unjournalled(Unjournalled::Elsewhere)),
            Found::Damaged(path) => Some(Message::Damaged(path.display().to_string())),
            Found::Edits(leftover) => {
                let (base, text) = (leftover.base.clone(), leftover.text.clone());
                let draft = leftover.draft.clone();
                let written = local(leftover.written);
                file.leftover = Some(leftover);
                Some(Message::Left { base, text, draft, written })
            }
        };
        (Self { file: Some(file) }, message)
    }

    /// Notes the text as it is now in the journal, or drops the journal if that is what the file holds.
    pub(crate) fn journal(&mut self, text: &str) -> Option<Message> {
        let file = self.file.as_mut()?;
        if text == file.known && !file.is_gone {
            file.discard_journal();
            return None;
        }
        let noted = match &mut file.journal {
            Some(journal) => journal.note(text).map_err(Blocked::Failed),
            None => file.start(text, ""),
        };
        file.tell(noted)
    }

    /// Notes what is being typed beside the text in the journal, or that nothing is any more.
    pub(crate) fn draft(&mut self, text: &str, draft: &str) -> Option<Message> {
        let file = self.file.as_mut()?;
        let noted = match &mut file.journal {
            _ if draft.is_empty() && text == file.known && !file.is_gone => {
                file.discard_journal();
                Ok(())
            }
            Some(journal) => journal.note_draft(draft).map_err(Blocked::Failed),
            None if draft.is_empty() => Ok(()),
            None => file.start(text, draft),
        };
        file.tell(noted)
    }

    /// Writes the text, unless the file is no longer what it was known to be.
    pub(crate) fn save(&mut self, text: &str, then_quit: bool) -> Message {
        let Some(file) = &mut self.file else {
            return Message::Saved { result: Err("there is no file to save to".into()), then_quit };
        };
        let expected = if file.is_gone { Expected::Absent } else { Expected::Bytes(file.known.as_bytes()) };
        let present = match store::save(&file.path, text.as_bytes(), expected) {
            Ok(saved) => {
                text.clone_into(&mut file.known);
                file.is_gone = false;
                file.found = None;
                file.watch.renew();
                file.discard_journal();
                let notes = saved.notes.iter().map(ToString::to_string).collect();
                return Message::Saved { result: Ok(notes), then_quit };
            }
            Err(SaveError::ChangedMeanwhile { present, .. }) => present,
            // The file was gone and somebody has made it anew: the next look at it takes it in.
            Err(error @ SaveError::AlreadyExists { .. }) => {
                file.watch.renew();
                return Message::Saved { result: Err(error.to_string()), then_quit };
            }
            Err(error) => return Message::Saved { result: Err(refusal(&error)), then_quit },
        };
        let found = present.map_or(OnDisk::Gone, OnDisk::Bytes);
        file.take_note(&found);
        Message::OnDisk { known: file.known.clone(), found, save: Some(then_quit) }
    }

    /// Writes a copy of the text to a file that is not there yet.
    pub(crate) fn save_copy(text: &str, name: String) -> Message {
        let result = store::save(Path::new(&name), text.as_bytes(), Expected::Absent);
        Message::Copied(result.map(|_| name).map_err(|error| refusal(&error)))
    }

    /// What is done while nothing happens: edits are brought to the disk, and the file is looked at if the editor can
    /// take in what happened to it.
    pub(crate) fn idle(&mut self, watches: bool) -> Option<Message> {
        let file = self.file.as_mut()?;
        if let Some(journal) = &mut file.journal {
            // What the disk does not confirm now, it may at the next time.
            drop(journal.flush());
        }
        if !watches {
            return None;
        }
        let found = file.watch.look()?;
        let is_known = match &found {
            OnDisk::Bytes(bytes) => *bytes == file.known.as_bytes() && !file.is_gone,
            OnDisk::Gone => file.is_gone,
        };
        if is_known {
            return None;
        }
        file.take_note(&found);
        Some(Message::OnDisk { known: file.known.clone(), found, save: None })
    }

    /// Knows the file to be as it was found: the editor has taken it in, and `text` is what it is edited to now, `draft`
    /// what is being typed. The journal goes on from there; one that a crash left is taken over.
    pub(crate) fn adopt(&mut self, text: &str, draft: &str) -> Option<Message> {
        let file = self.file.as_mut()?;
        if let Some(found) = file.found.take() {
            file.known = found;
        }
        let old = file.journal.take().or_else(|| file.leftover.take().map(Leftover::into_journal));
        if text == file.known && draft.is_empty() {
            file.journal = old;
            file.discard_journal();
            return None;
        }
        match Journal::start(&file.place, Unsaved { base: &file.known, text, draft }, old.as_ref()) {
            Ok(journal) => {
                file.journal = Some(journal);
                file.tell(Ok(()))
            }
            Err(blocked) => {
                // The old one says more than none.
                file.journal = old;
                file.tell(Err(blocked))
            }
        }
    }

    /// The file that is edited, if it is one.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Deletes the edits that a crash left.
    pub(crate) fn forget(&mut self) {
        if let Some(leftover) = self.file.as_mut().and_then(|file| file.leftover.take()) {
            drop(leftover.into_journal().discard());
        }
    }

    /// Puts a text that has no place in the file beside it.
    pub(crate) fn keep(&self, text: &str) -> Option<Message> {
        let file = self.file.as_ref()?;
        let names = (1..100).map(|number| {
            let mut name = file.path.file_name().unwrap_or_default().to_owned();
            name.push(if number == 1 { ".unsaved".into() } else { format!(".unsaved-{number}") });
            file.path.with_file_name(name)
        });
        let mut refused = None;
        for path in names {
            match store::save(&path, text.as_bytes(), Expected::Absent) {
                Ok(_) => return Some(Message::Kept(Ok(path.display().to_string()))),
                Err(SaveError::AlreadyExists { .. }) => {}
                Err(error) => {
                    refused = Some(error.to_string());
                    break;
                }
            }
        }
        Some(Message::Kept(Err(refused.unwrap_or_else(|| "there are too many of them already".into()))))
    }

    /// Leaves the file: all is saved, or not wanted. Edits of a crash that were not decided on stay.
    pub(crate) fn leave(&mut self) {
        if let Some(file) = &mut self.file {
            file.discard_journal();
        }
    }
}

impl OnFile {
    /// Starts a journal where there is none.
    fn start(&mut self, text: &str, draft: &str) -> Result<(), Blocked> {
        let unsaved = Unsaved { base: &self.known, text, draft };
        self.journal = Some(Journal::start(&self.place, unsaved, None)?);
        Ok(())
    }

    fn take_note(&mut self, found: &OnDisk) {
        self.is_gone = *found == OnDisk::Gone;
        self.found = match found {
            OnDisk::Bytes(bytes) => String::from_utf8(bytes.clone()).ok(),
            OnDisk::Gone => None,
        };
    }

    /// A journal that cannot be removed offers the same edits again: a nuisance, not a loss.
    fn discard_journal(&mut self) {
        if let Some(journal) = self.journal.take() {
            drop(journal.discard());
        }
    }

    /// What is to be told of an attempt to journal; what fails again and again is told once.
    fn tell(&mut self, attempt: Result<(), Blocked>) -> Option<Message> {
        match attempt {
            Ok(()) => {
                self.told = false;
                None
            }
            Err(Blocked::Elsewhere) => Some(Message::Unjournalled(Unjournalled::Elsewhere)),
            Err(Blocked::Left) => Some(Message::Unjournalled(Unjournalled::Left)),
            Err(Blocked::Failed(_)) if std::mem::replace(&mut self.told, true) => None,
            Err(Blocked::Failed(error)) => {
                Some(Message::Unjournalled(Unjournalled::Failed(error.to_string())))
            }
        }
    }
}

/// Why something was not saved, and what can be done about it here.
fn refusal(error: &SaveError) -> String {
    let help = error.help().map(|help| format!(": {help}")).unwrap_or_default();
    let command = if help.ends_with("under another name") { " with :w NAME" } else { "" };
    format!("{error}{help}{command}")
}

/// What is in the place of the journal. An editor that was told to end a moment ago still holds it, so another is only
/// believed to be running if it is so for longer than it takes one to end.
fn find(place: &Place) -> Found {
    for _ in 0..8 {
        match journal::find(place) {
            Found::Elsewhere => std::thread::sleep(Duration::from_millis(100)),
            found @ (Found::Nothing | Found::Edits(_) | Found::Damaged(_)) => return found,
        }
    }
    journal::find(place)
}

/// A moment as people here write it: `25 Nov 01:02`.
fn local(time: SystemTime) -> String {
    let zone = jiff::tz::TimeZone::try_system().unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::try_from(time).map_or_else(
        |_| "an unknown time".into(),
        |time| zone.to_datetime(time).strftime("%-d %b %H:%M").to_string(),
    )
}
