//! How git is told about scenarios: the settings that have it run us, and the files that say for which paths.

use std::path::{Path, PathBuf};

use super::outcome::{Failure, Unusable};
use super::versions;
use crate::document;
use crate::git::{
    self, Error, Git, Pattern, Repository, SETTINGS, Scope, Setting, State, TreePath, with_journals,
    with_patterns, without_journals, without_patterns,
};
use crate::store;

/// Scenarios by their name, wherever they are.
const BY_NAME: &str = "*.ach.toml";
/// The file of a repository that gives paths to programs, and that the team shares.
const ATTRIBUTES: &str = ".gitattributes";
/// Our attributes, as git calls them.
const NAMES: [&str; 2] = ["diff", "merge"];

/// Where git is told: one repository, or everything that the user does.
#[derive(Debug)]
pub(super) struct Place {
    repository: Option<Repository>,
    git: Git,
    scope: Scope,
    attributes: PathBuf,
    excludes: PathBuf,
}

/// A file that is to be written.
#[derive(Debug)]
pub(super) struct Edited {
    path: PathBuf,
    loaded: Option<Vec<u8>>,
    bytes: Vec<u8>,
}

impl Edited {
    /// Writes it.
    pub(super) fn save(&self) -> Result<(), Failure> {
        store::replace_other(&self.path, self.loaded.as_deref(), &self.bytes)
            .map_err(|error| Failure::unsaved(&error))
    }
}

/// What git says, as a failure that tells what to do about it here.
pub(super) fn refused(error: &Error) -> Failure {
    match error {
        Error::NotARepository { .. } => Failure::refused(
            error.to_string(),
            "run it in one, `git init` makes one; or take --global for all that you have",
        ),
        Error::NoWorkTree { .. } => {
            Failure::refused(error.to_string(), "run it in a repository with files, or take --global")
        }
        Error::NotInstalled => Failure::refused(error.to_string(), "install git first"),
        error => versions::refused(error),
    }
}

impl Place {
    /// The repository here, or the user's own settings.
    pub(super) fn find(global: bool) -> Result<Self, Failure> {
        if !global {
            let repository = git::discover(Path::new(".")).map_err(|error| refused(&error))?;
            return Self::of(repository).map_err(|error| refused(&error));
        }
        let git = Git::default();
        let file = |setting: &str, name: &str| match git.user_file(setting, name) {
            Ok(Some(path)) => Ok(path),
            Ok(None) => Err(Failure::refused("there is no home directory to keep settings in", "set HOME")),
            Err(error) => Err(refused(&error)),
        };
        let attributes = file("core.attributesFile", "attributes")?;
        let excludes = file("core.excludesFile", "ignore")?;
        Ok(Self { repository: None, git, scope: Scope::User, attributes, excludes })
    }

    fn of(repository: Repository) -> Result<Self, Error> {
        let attributes = repository.root()?.join(ATTRIBUTES);
        let excludes = repository.shared_file("info/exclude")?;
        let git = repository.settings();
        Ok(Self { repository: Some(repository), git, scope: Scope::Repository, attributes, excludes })
    }

    /// The value of a setting that counts here.
    pub(super) fn present(&self, setting: &Setting) -> Result<Option<String>, Failure> {
        let present = match self.scope {
            Scope::Repository => self.git.setting(setting.key),
            Scope::User => self.git.setting_in(Scope::User, setting.key),
        };
        present.map_err(|error| refused(&error))
    }

    /// The value that a setting has in this very place.
    pub(super) fn own(&self, setting: &Setting) -> Result<Option<String>, Failure> {
        self.git.setting_in(self.scope, setting.key).map_err(|error| refused(&error))
    }

    pub(super) fn set(&self, setting: &Setting, value: &str) -> Result<(), Failure> {
        self.git.set(self.scope, setting.key, value).map_err(|error| refused(&error))
    }

    pub(super) fn unset(&self, setting: &Setting) -> Result<(), Failure> {
        self.git.unset(self.scope, setting.key).map_err(|error| refused(&error))
    }

    /// What these words of a command line are about: a file that is there stands for itself, all else is a pattern.
    pub(super) fn patterns(&self, words: &[std::ffi::OsString]) -> Result<Vec<Pattern>, Failure> {
        let pattern = |word: &std::ffi::OsString| {
            let shown = word.to_string_lossy();
            if let Some(repository) = &self.repository
                && store::exists(&shown)
            {
                if store::is_directory(&shown) {
                    let help =
                        format!("name files, or a pattern such as '{}/*.toml'", shown.trim_end_matches('/'));
                    return Err(Failure::refused(format!("{shown} is a directory"), help));
                }
                let path = repository.path_of(Path::new(word)).map_err(|error| refused(&error))?;
                return Ok(Pattern::of_file(&path));
            }
            Pattern::new(word.as_encoded_bytes()).map_err(|reason| {
                Failure::refused(format!("\"{shown}\": {reason}"), "name a file or a pattern")
            })
        };
        words.iter().map(pattern).collect()
    }

    /// The patterns where none is asked for: scenarios by their name, and those of the work tree that no pattern
    /// gives to us yet by their paths.
    pub(super) fn usual_patterns(&self) -> Result<Vec<Pattern>, Failure> {
        let by_name = Pattern::new(BY_NAME.as_bytes()).into_iter();
        let hidden = self.hides_committed()?;
        let strays = self.scenarios()?.into_iter().filter(|found| hidden || !found.is_ours());
        let strays = strays.filter(|found| !found.path.as_bytes().ends_with(b".ach.toml"));
        Ok(by_name.chain(strays.map(|found| Pattern::of_file(&found.path))).collect())
    }

    /// Whether git goes by a file of attributes that is committed and deleted here, which a new one would hide.
    fn hides_committed(&self) -> Result<bool, Failure> {
        let Some(repository) = &self.repository else { return Ok(false) };
        let files = repository.files().map_err(|error| refused(&error))?;
        let is_known = files.iter().any(|path| path.as_bytes() == ATTRIBUTES.as_bytes());
        Ok(is_known && read(&self.attributes)?.is_none())
    }

    /// The scenarios of the work tree; none where there is no work tree.
    pub(super) fn scenarios(&self) -> Result<Vec<Found>, Failure> {
        let Some(repository) = &self.repository else { return Ok(Vec::new()) };
        let failed = |error: Error| refused(&error);
        let root = repository.root().map_err(failed)?;
        let mut paths = repository.files().map_err(failed)?;
        paths.retain(|path| {
            let is_toml = path.as_bytes().to_ascii_lowercase().ends_with(b".toml");
            let read = || store::open_tracked(&root.join(path.to_relative()), "").ok().flatten();
            is_toml && read().is_some_and(|bytes| document::is_scenario(&bytes))
        });
        let values = repository.attributes(NAMES, &paths).map_err(failed)?;
        let found = |(path, [diff, merge]): (TreePath, [String; 2])| Found { path, diff, merge };
        Ok(paths.into_iter().zip(values).map(found).collect())
    }

    /// The file of attributes with these patterns, and those that it had not.
    pub(super) fn with(&self, patterns: &[Pattern]) -> Result<Option<(Edited, Vec<Pattern>)>, Failure> {
        let loaded = read(&self.attributes)?;
        let (bytes, missing) = with_patterns(loaded.as_deref().unwrap_or_default(), patterns);
        let edited = Edited { path: self.attributes.clone(), loaded, bytes };
        Ok((!missing.is_empty()).then_some((edited, missing)))
    }

    /// The file of attributes without what is ours, and the patterns that had it.
    pub(super) fn without(&self) -> Result<Option<(Edited, Vec<Pattern>)>, Failure> {
        let loaded = read(&self.attributes)?;
        let (bytes, gone) = without_patterns(loaded.as_deref().unwrap_or_default());
        let edited = Edited { path: self.attributes.clone(), loaded, bytes };
        Ok((!gone.is_empty()).then_some((edited, gone)))
    }

    /// The file of patterns to ignore with that of journals, or without it; `None` if that is so already.
    pub(super) fn journals(&self, excluded: bool) -> Result<Option<Edited>, Failure> {
        let loaded = read(&self.excludes)?;
        let text = loaded.as_deref().unwrap_or_default();
        let bytes = if excluded { with_journals(text) } else { without_journals(text) };
        Ok(bytes.map(|bytes| Edited { path: self.excludes.clone(), loaded, bytes }))
    }

    /// What the file of attributes is called.
    pub(super) fn attributes_name(&self) -> String {
        self.name_of(&self.attributes)
    }

    /// What the file of patterns to ignore is called.
    pub(super) fn excludes_name(&self) -> String {
        self.name_of(&self.excludes)
    }

    fn name_of(&self, path: &Path) -> String {
        let root = self.repository.as_ref().and_then(|repository| repository.root().ok());
        let short = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        short.display().to_string()
    }
}

/// A scenario of the work tree, and to whom git gives it.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) path: TreePath,
    diff: String,
    merge: String,
}

impl Found {
    /// Whether git gives it to us.
    pub(super) fn is_ours(&self) -> bool {
        self.diff == "ach" && self.merge == "ach"
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    store::read_other(path).map_err(|unopened| Failure::Unusable(vec![Unusable::Unopened(unopened)]))
}

/// Gives a new scenario to us too, where git uses us already; the line that was added, and the file. That git
/// cannot be asked is no reason to fail: the scenario is there.
pub(super) fn adopt(file: &str) -> Option<(Pattern, String)> {
    let (repository, path) = git::locate(Path::new(file)).ok()?;
    let place = Place::of(repository).ok()?;
    let [command, ..] = &SETTINGS;
    let is_installed = matches!(command.state(place.present(command).ok()?), State::Set(_) | State::Gone(_));
    let values = place.repository.as_ref()?.attributes(NAMES, std::slice::from_ref(&path)).ok()?;
    if !is_installed || values.iter().any(|[diff, merge]| diff == "ach" && merge == "ach") {
        return None;
    }
    let (edited, missing) = place.with(&[Pattern::of_file(&path)]).ok()??;
    edited.save().ok()?;
    Some((missing.into_iter().next()?, place.attributes_name()))
}
