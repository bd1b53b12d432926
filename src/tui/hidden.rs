//! The files that are open and not in view: each keeps its edits, its journal and its lock.
//!
//! Must never know the terminal.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::message::Message;
use super::perform::{Disk, Target};
use super::settings::Settings;
use super::state::{Opening, OtherFile, State};
use crate::scenario::Date;

/// A file that was read for the editor, and where it is saved; `None` for a version that is only viewed.
pub type OpenedFile = (Opening, Option<Target>);

/// Reads a file by its name for the editor, or says in words why that is not possible.
pub type Opener = fn(&OsStr) -> Result<OpenedFile, String>;

/// An open file: its state, and the disk under it.
pub(crate) struct EditedFile {
    pub(crate) state: State,
    pub(crate) disk: Disk,
    /// Messages that wait until it is in view.
    pub(crate) messages: Vec<Message>,
}

impl EditedFile {
    pub(crate) fn new((opening, target): OpenedFile, settings: Settings) -> Self {
        let (disk, messages) = Disk::open(target, opening.document.text(), settings.undo);
        Self { state: State::new(opening, settings), disk, messages }
    }

    fn is_named(&self, name: &str) -> bool {
        self.state.session.name == name || self.disk.is_of(Path::new(name))
    }
}

/// The editor's access to what only the command line knows.
#[derive(Clone, Copy, Debug)]
pub struct Host {
    /// Reads another file.
    pub open: Opener,
    /// Returns the path of the settings file; `None` where there is no place for one.
    pub settings: fn() -> Option<PathBuf>,
    /// Returns the present day.
    pub today: fn() -> Option<Date>,
}

/// The files that are open and not in view, the one seen last at the end.
pub(crate) struct HiddenFiles {
    files: Vec<EditedFile>,
    open: Opener,
}

impl HiddenFiles {
    /// Hides files that are open from the start, the first of them as the one seen last.
    pub(crate) fn new(others: Vec<OpenedFile>, open: Opener, settings: &Settings) -> Self {
        let mut hidden = Self { files: Vec::new(), open };
        for other in others.into_iter().rev() {
            hidden.hide(EditedFile::new(other, settings.clone()));
        }
        hidden
    }

    /// Takes a file out of view. Its journal is flushed first, since nobody else will.
    pub(crate) fn hide(&mut self, mut file: EditedFile) {
        file.messages.extend(file.disk.idle(false));
        // The answers of its background jobs are dropped.
        file.state.derived.requested = None;
        self.files.push(file);
    }

    /// Returns the file of a name, which is opened if it is not open yet; `#` is the one seen last.
    ///
    /// # Errors
    /// The reason why there is none, in words.
    pub(crate) fn take(&mut self, name: &str, settings: &Settings) -> Result<EditedFile, String> {
        if name == "#" {
            return self.files.pop().ok_or_else(|| "no other file is open".to_owned());
        }
        if let Some(at) = self.files.iter().position(|file| file.is_named(name)) {
            return Ok(self.files.remove(at));
        }
        Ok(EditedFile::new((self.open)(OsStr::new(name))?, settings.clone()))
    }

    /// Returns the file with unsaved edits that was seen last.
    pub(crate) fn take_unsaved(&mut self) -> Option<EditedFile> {
        let at = self
            .files
            .iter()
            .rposition(|file| file.state.session.unsaved() > 0 && file.state.session.read_only.is_none())?;
        Some(self.files.remove(at))
    }

    /// Returns the names of the files, with what is not saved.
    pub(crate) fn names(&self) -> Vec<OtherFile> {
        let other = |file: &EditedFile| OtherFile {
            name: file.state.session.name.clone(),
            unsaved: file.state.session.unsaved(),
        };
        self.files.iter().map(other).collect()
    }

    /// Discards the journals when the editor is left.
    pub(crate) fn leave(&mut self) {
        self.files.iter_mut().for_each(|file| file.disk.leave());
    }
}
