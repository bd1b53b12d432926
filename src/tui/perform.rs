//! Effects on the disk: saving, journalling and watching, done through `store`.
//!
//! Remembers the text that the file had when it was last read or written. Must never decide what becomes of edits; it
//! reports its findings as messages.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::effect::Effect;
use super::exchange;
use super::message::Message;
use super::settling::Recovery;
use super::state::Session;
use crate::document::History;
use crate::store::journal::{
    self, Blocked, FoundJournal, Journal, JournalPlace, Leftover, Oddity, OthersEdits, Unnoted, Unsaved,
};
use crate::store::{self, Expected, OnDisk, SaveError, Watch};
use crate::text::KnownText;

/// The file that the editor saves to.
#[derive(Clone, Debug)]
pub struct Target {
    /// The file.
    pub path: PathBuf,
    /// The user's state directory, which holds journals.
    pub state_directory: Option<PathBuf>,
}

/// The file that is edited; `None` for a version that is only viewed.
#[derive(Debug)]
pub(crate) struct Disk {
    file: Option<WatchedFile>,
}

#[derive(Debug)]
struct WatchedFile {
    path: PathBuf,
    /// The path with links resolved: a file that was deleted is written anew there.
    target: PathBuf,
    place: JournalPlace,
    watch: Watch,
    /// The text of the file when it was last read or written.
    known: KnownText,
    /// The text that was last found in the file and that the editor has not accepted yet.
    found: Option<String>,
    /// Whether the file was found to be deleted.
    is_gone: bool,
    /// The journal of unsaved edits.
    journal: Option<Journal>,
    /// The version whose text the journal has, if that is known.
    journalled: Option<u64>,
    /// Edits that a crash left and that the user has not decided on yet.
    leftover: Option<Leftover>,
    /// Whether there are edits that the journal does not have.
    is_unprotected: bool,
    /// Whether steps are kept, so that they can be undone after the file was closed.
    keeps_undo: bool,
}

impl Disk {
    /// Starts to watch a file that was read as `text`. Returns messages if a crash left edits, if others have unsaved
    /// edits, if something else is in the place of a journal, and of the steps of past sessions if they are kept.
    pub(crate) fn open(target: Option<Target>, text: &str, keeps_undo: bool) -> (Self, Vec<Message>) {
        let Some(Target { path, state_directory }) = target else {
            return (Self { file: None }, Vec::new());
        };
        let place = JournalPlace::of(&path, state_directory.as_deref());
        let mut file = WatchedFile {
            watch: Watch::new(path.clone()),
            target: store::resolved(&path),
            path,
            known: KnownText::new(text.to_owned()),
            found: None,
            is_gone: false,
            journal: None,
            journalled: None,
            leftover: None,
            is_unprotected: false,
            keeps_undo,
            place,
        };
        let (found, oddities) = find(&file.place, text);
        let notices: Vec<String> =
            file.others().into_iter().chain(oddities.iter().map(Oddity::to_string)).collect();
        let mut messages = Vec::new();
        if !notices.is_empty() {
            messages.push(Message::Noticed(notices.join("; ")));
        }
        match found {
            FoundJournal::Nothing => {}
            FoundJournal::Elsewhere => messages.push(Message::Unjournalled(Blocked::Elsewhere)),
            FoundJournal::Edits(leftover) => {
                let Leftover { base, text, steps, draft, begun, written, .. } = &*leftover;
                let recovery = Recovery {
                    base: base.clone(),
                    text: text.clone(),
                    steps: steps.clone(),
                    draft: draft.clone(),
                    when: times(*begun, *written),
                    ..Recovery::default()
                };
                file.leftover = Some(*leftover);
                messages.push(Message::Left(Box::new(recovery)));
            }
        }
        if keeps_undo {
            let steps = journal::kept_undo(&file.place, text).into_iter().rev();
            messages.push(Message::Past(steps.map(|step| (local(step.saved), step)).collect()));
        }
        (Self { file: Some(file) }, messages)
    }

    /// Carries out an effect on the disk. Returns any other effect as an error.
    pub(crate) fn perform(&mut self, effect: Effect, session: &Session) -> Result<Option<Message>, Effect> {
        let (text, draft) = (session.text(), &session.drafted);
        Ok(match effect {
            Effect::Save { text, then_quit } => Some(self.save(&text, then_quit, session)),
            Effect::SaveCopy { text, name } => Some(save_copy(&text, name)),
            Effect::Journal => self.journal(&session.history),
            Effect::Draft => self.draft(text, draft),
            Effect::Adopt => self.adopt(text, draft),
            Effect::Forget => self.forget(),
            Effect::Keep(text) => self.keep(&text),
            Effect::Export(name) => Some(Message::Exported(exchange::write(session, &name))),
            Effect::Import(name) => {
                Some(Message::Imported(exchange::read(session.scenario(), &name).map(Box::new)))
            }
            other => return Err(other),
        })
    }

    /// Records the present text in the journal, or drops the journal if the file has the same text.
    fn journal(&mut self, history: &History) -> Option<Message> {
        let file = self.file.as_mut()?;
        let text = history.document().text();
        if file.has(text) {
            file.discard_journal();
            return None;
        }
        // Not even a long text is compared after an edit in place.
        let splices = file.journalled.take().and_then(|version| history.splices_since(version));
        let noted = match (&mut file.journal, splices) {
            (Some(journal), Some(splices)) => {
                splices.iter().try_for_each(|splice| journal.note_splice(splice.range.clone(), &splice.text))
            }
            (Some(journal), None) => journal.note(text),
            (None, _) => {
                file.journalled = Some(history.version());
                return file.start(text, "");
            }
        };
        file.journalled = noted.is_ok().then(|| history.version());
        file.noted(noted, text, "")
    }

    /// Records the draft of the open form in the journal, or that there is none any more.
    fn draft(&mut self, text: &str, draft: &str) -> Option<Message> {
        let file = self.file.as_mut()?;
        if draft.is_empty() && file.has(text) {
            file.discard_journal();
            return None;
        }
        let noted = match &mut file.journal {
            Some(journal) => journal.note_draft(draft),
            None if draft.is_empty() => return None,
            None => return file.start(text, draft),
        };
        file.noted(noted, text, draft)
    }

    /// Writes the text, unless the file has changed since it was last read or written. Keeps the steps of the session
    /// that led to it.
    fn save(&mut self, text: &str, then_quit: bool, session: &Session) -> Message {
        let Some(file) = &mut self.file else {
            return Message::Saved { result: Err("there is no file to save to".into()), then_quit };
        };
        let (path, expected) = if file.is_gone {
            (&file.target, Expected::Absent)
        } else {
            (&file.path, Expected::Bytes(file.known.as_str().as_bytes()))
        };
        let present = match store::save(path, text.as_bytes(), expected) {
            Ok(saved) => {
                file.known = KnownText::new(text.to_owned());
                file.is_gone = false;
                file.found = None;
                file.watch.renew();
                file.discard_journal();
                if file.keeps_undo {
                    let past = session.past.iter().rev().map(|(_, step)| step.clone());
                    let ways_back = session.history.ways_back();
                    // Only convenience is lost if they cannot be kept.
                    drop(journal::keep_undo(&file.place, text, ways_back, past));
                }
                let notes = saved.notes.iter().map(ToString::to_string).collect();
                return Message::Saved { result: Ok(notes), then_quit };
            }
            Err(SaveError::ChangedMeanwhile { present, .. }) => present,
            // The file was deleted and another program has created it again: the next look at it takes that in.
            Err(error @ SaveError::AlreadyExists { .. }) => {
                file.watch.renew();
                return Message::Saved { result: Err(error.to_string()), then_quit };
            }
            Err(error) => return Message::Saved { result: Err(refusal(&error)), then_quit },
        };
        let found = present.map_or(OnDisk::Gone, OnDisk::Bytes);
        file.take_note(&found);
        Message::OnDisk { known: file.known.as_str().to_owned(), found, save: Some(then_quit) }
    }

    /// Flushes the journal to the disk, and looks for changes of the file if the editor can take them in.
    pub(crate) fn idle(&mut self, watches: bool) -> Option<Message> {
        let file = self.file.as_mut()?;
        if let Some(journal) = &mut file.journal {
            if !journal.is_in_place() {
                let (text, draft) = journal.noted();
                let (text, draft) = (text.to_owned(), draft.to_owned());
                return file.noted(Err(Unnoted::Lost), &text, &draft);
            }
            // A failed flush is tried again the next time.
            drop(journal.flush());
        }
        if !watches {
            return None;
        }
        let found = file.watch.look()?;
        let is_known = match &found {
            OnDisk::Bytes(bytes) => *bytes == file.known.as_str().as_bytes() && !file.is_gone,
            OnDisk::Gone => file.is_gone,
        };
        if is_known {
            return None;
        }
        file.take_note(&found);
        Some(Message::OnDisk { known: file.known.as_str().to_owned(), found, save: None })
    }

    /// Accepts the file as it was found: the editor has merged it, and `text` and `draft` are the present edits. The
    /// journal continues from there, also one that a crash left.
    fn adopt(&mut self, text: &str, draft: &str) -> Option<Message> {
        let file = self.file.as_mut()?;
        if let Some(found) = file.found.take() {
            file.known = KnownText::new(found);
        }
        file.journalled = None;
        let mut steps = Vec::new();
        let old = file.journal.take().or_else(|| {
            let mut leftover = file.leftover.take()?;
            if leftover.text == text && file.known.is(&leftover.base) {
                steps = std::mem::take(&mut leftover.steps);
            }
            Some(leftover.into_journal())
        });
        if draft.is_empty() && file.known.is(text) {
            file.journal = old;
            file.discard_journal();
            return None;
        }
        let unsaved = Unsaved { base: file.known.as_str(), text, steps: &steps, draft };
        match Journal::start(&file.place, unsaved, old) {
            Ok(journal) => {
                file.journal = Some(journal);
                // Another program has replaced the file, perhaps without its mark.
                journal::mark(&file.target);
                file.protection(Ok(()))
            }
            Err(refused) => {
                let (blocked, old) = *refused;
                // An outdated journal is better than none.
                file.journal = old;
                file.protection(Err(blocked))
            }
        }
    }

    /// Whether it is the file at a path, perhaps by another name.
    pub(crate) fn is_of(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.target == store::resolved(path))
    }

    /// Returns the path of the file that is edited.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Drops the edits that a crash left, and says where they are kept.
    fn forget(&mut self) -> Option<Message> {
        let file = self.file.as_mut()?;
        let kept = file.leftover.take()?.into_journal().drop_aside();
        journal::unmark(&file.target);
        Some(Message::Noticed(match kept {
            Ok(path) => format!("dropped, and kept for a week as {}", path.display()),
            Err(error) => format!("the edits stay where they are: {error}"),
        }))
    }

    /// Writes a text that cannot be merged into the file beside it, under a free name.
    fn keep(&self, text: &str) -> Option<Message> {
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
        Some(Message::Kept(Err(refused.unwrap_or_else(|| "there are too many such files already".into()))))
    }

    /// Discards the journal when the editor is left with everything saved or unwanted. Edits of a crash that were not
    /// decided on stay.
    pub(crate) fn leave(&mut self) {
        if let Some(file) = &mut self.file {
            file.discard_journal();
        }
    }
}

impl WatchedFile {
    /// Whether the file has this text.
    fn has(&self, text: &str) -> bool {
        !self.is_gone && self.known.is(text)
    }

    /// Starts a journal. Edits that are not protected yet are not held up by those of another session.
    fn start(&mut self, text: &str, draft: &str) -> Option<Message> {
        let unsaved = Unsaved { base: self.known.as_str(), text, steps: &[], draft };
        let started = if self.is_unprotected {
            Journal::restart(&self.place, unsaved)
        } else {
            Journal::start(&self.place, unsaved, None).map_err(|refused| refused.0)
        };
        let started = started.map(|journal| self.journal = Some(journal));
        let others = self.others().filter(|_| started.is_ok()).map(Message::Noticed);
        self.protection(started).or(others)
    }

    /// Takes in the result of a note. A journal that another program removed or replaced is written anew with all edits.
    fn noted(&mut self, noted: Result<(), Unnoted>, text: &str, draft: &str) -> Option<Message> {
        match noted {
            Ok(()) => self.protection(Ok(())),
            Err(Unnoted::Failed(error)) => self.protection(Err(Blocked::Failed(error.to_string()))),
            Err(Unnoted::Lost) => {
                self.journal = None;
                let unsaved = Unsaved { base: self.known.as_str(), text, steps: &[], draft };
                let started = Journal::restart(&self.place, unsaved);
                let started = started.map(|journal| self.journal = Some(journal));
                self.protection(started)
            }
        }
    }

    /// Returns a sentence about unsaved edits of other users, if there are some.
    fn others(&self) -> Option<String> {
        let OthersEdits { user, host, since, is_running } = journal::others_edits(&self.target)?;
        let since = local(since);
        Some(match is_running {
            Some(false) => format!("{user} left unsaved edits in this file, begun {since}"),
            Some(true) => {
                format!(
                    "{user} has unsaved edits in this file, begun {since}: save often to settle them early"
                )
            }
            None => format!("{user} on {host} has, or left, unsaved edits in this file, begun {since}"),
        })
    }

    fn take_note(&mut self, found: &OnDisk) {
        self.is_gone = *found == OnDisk::Gone;
        self.found = match found {
            OnDisk::Bytes(bytes) => String::from_utf8(bytes.clone()).ok(),
            OnDisk::Gone => None,
        };
    }

    /// A journal that cannot be removed offers its edits again: a nuisance, not a loss.
    fn discard_journal(&mut self) {
        if let Some(journal) = self.journal.take() {
            drop(journal.discard());
            journal::unmark(&self.target);
        }
        self.is_unprotected = false;
    }

    /// Returns a message if edits can no longer be journalled, or can again.
    fn protection(&mut self, attempt: Result<(), Blocked>) -> Option<Message> {
        match attempt {
            Ok(()) => std::mem::take(&mut self.is_unprotected).then_some(Message::Protected),
            Err(Blocked::Failed(_)) if std::mem::replace(&mut self.is_unprotected, true) => None,
            Err(blocked) => Some(Message::Unjournalled(blocked)),
        }
    }
}

/// Writes a copy of the text to a new file.
fn save_copy(text: &str, name: String) -> Message {
    let result = store::save(Path::new(&name), text.as_bytes(), Expected::Absent);
    Message::Copied(result.map(|_| name).map_err(|error| refusal(&error)))
}

/// Returns the reason why a file was not saved, and what can be done about it.
fn refusal(error: &SaveError) -> String {
    let help = error.help().map(|help| format!(": {help}")).unwrap_or_default();
    let command = if help.ends_with("under another name") { " with :w NAME" } else { "" };
    format!("{error}{help}{command}")
}

/// Looks for a journal. An editor that was just told to end still holds it, so another editor is assumed to run only if
/// the journal stays held for longer than ending takes.
fn find(place: &JournalPlace, text: &str) -> (FoundJournal, Vec<Oddity>) {
    for _ in 0..8 {
        match journal::find(place, text) {
            (FoundJournal::Elsewhere, _) => std::thread::sleep(Duration::from_millis(100)),
            found => return found,
        }
    }
    journal::find(place, text)
}

/// Returns a local time as people write it: `25 Nov 01:02`.
fn local(time: SystemTime) -> String {
    written(time, "%-d %b %H:%M")
}

/// Returns the times of the first and the last edit as people write them: `29 November, 14:02 to 14:31`.
fn times(first: Option<SystemTime>, last: SystemTime) -> String {
    let (day, minute) = ("%-d %B", "%H:%M");
    let end = format!("{}, {}", written(last, day), written(last, minute));
    match first.filter(|first| *first < last) {
        Some(first) if written(first, day) != written(last, day) => {
            format!("{}, {} to {end}", written(first, day), written(first, minute))
        }
        Some(first) if written(first, minute) != written(last, minute) => {
            format!("{}, {} to {}", written(first, day), written(first, minute), written(last, minute))
        }
        Some(_) | None => end,
    }
}

/// Returns a local time in the form that `strftime` takes.
fn written(time: SystemTime, form: &str) -> String {
    let zone = jiff::tz::TimeZone::try_system().unwrap_or(jiff::tz::TimeZone::UTC);
    jiff::Timestamp::try_from(time)
        .map_or_else(|_| "an unknown time".into(), |time| zone.to_datetime(time).strftime(form).to_string())
}
