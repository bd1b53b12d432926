//! The installation into git: the settings that have it run `ach`, and the files that say for which paths.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::change;
use crate::cli::outcome::Failure;
use crate::document;
use crate::git::{
    self, Error, FilterCommand, Git, GitSetting, OverridingLine, Pattern, Repository, Revision, SETTINGS,
    Scope, TreePath, with_patterns, without_patterns,
};
use crate::store::{self, Links, MAX_BYTES};

/// The pattern for scenarios that their name marks as such.
const BY_NAME: &str = "*.ach.toml";
/// The file of a repository that assigns attributes to paths, and that the team shares.
const ATTRIBUTES: &str = ".gitattributes";
/// The attributes that are set to `ach`.
const NAMES: [&str; 2] = ["diff", "merge"];
/// The value of these attributes.
const OURS: &str = "ach";

/// The place of an installation: one repository, or the user's own settings.
#[derive(Debug)]
pub(in crate::cli) struct Installation {
    repository: Option<Repository>,
    git: Git,
    scope: Scope,
    attributes: PathBuf,
}

/// A file of git that is to be rewritten.
#[derive(Debug)]
pub(in crate::cli) struct EditedFile {
    path: PathBuf,
    links: Links,
    loaded: Option<Vec<u8>>,
    bytes: Vec<u8>,
}

impl EditedFile {
    pub(in crate::cli) fn save(&self) -> Result<(), Failure> {
        Ok(store::replace_other(&self.path, self.links, self.loaded.as_deref(), &self.bytes)?)
    }
}

/// Turns an error of git into a failure, with help that fits an installation.
fn refused(error: Error) -> Failure {
    match &error {
        Error::NotARepository { .. } => Failure::refused(
            error.to_string(),
            "run it in one (`git init` makes one), or use --global for all that you have",
        ),
        Error::NoWorkTree { .. } => {
            Failure::refused(error.to_string(), "run it in a repository with files, or use --global")
        }
        Error::NotInstalled => Failure::refused(error.to_string(), "install git first"),
        _ => error.into(),
    }
}

impl Installation {
    /// Finds the repository of the current directory, or the user's own settings.
    pub(in crate::cli) fn find(global: bool) -> Result<Self, Failure> {
        if !global {
            let repository = git::discover(Path::new(".")).map_err(refused)?;
            // git itself would follow it.
            let settings = repository.shared_file("config").map_err(refused)?;
            if store::is_link(&settings) {
                return Err(Failure::refused(
                    format!("{} is a symbolic link, and is not written through", settings.display()),
                    "replace the link by the file itself",
                ));
            }
            return Self::of(repository).map_err(refused);
        }
        let git = Git::default();
        let file = |setting: &str, name: &str| match git.user_file(setting, name) {
            Ok(Some(path)) => Ok(path),
            Ok(None) => Err(Failure::refused("there is no home directory to keep settings in", "set HOME")),
            Err(error) => Err(refused(error)),
        };
        let attributes = file("core.attributesFile", "attributes")?;
        Ok(Self { repository: None, git, scope: Scope::User, attributes })
    }

    fn of(repository: Repository) -> Result<Self, Error> {
        let attributes = repository.root()?.join(ATTRIBUTES);
        let git = repository.settings();
        Ok(Self { repository: Some(repository), git, scope: Scope::Repository, attributes })
    }

    /// Returns the effective value of a setting, wherever it is set.
    pub(in crate::cli) fn present(&self, setting: &GitSetting) -> Result<Option<String>, Error> {
        match self.scope {
            Scope::Repository => self.git.setting(setting.key),
            Scope::User => self.own(setting),
        }
    }

    /// Returns the value of a setting in this place alone.
    pub(in crate::cli) fn own(&self, setting: &GitSetting) -> Result<Option<String>, Error> {
        self.git.setting_in(self.scope, setting.key)
    }

    pub(in crate::cli) fn set(&self, setting: &GitSetting, value: &str) -> Result<(), Error> {
        self.git.set(self.scope, setting.key, value)
    }

    pub(in crate::cli) fn unset(&self, setting: &GitSetting) -> Result<(), Error> {
        self.git.unset(self.scope, setting.key)
    }

    /// Reads words of a command line: an existing file stands for itself, anything else is a pattern.
    pub(in crate::cli) fn patterns(&self, words: &[std::ffi::OsString]) -> Result<Vec<Pattern>, Failure> {
        let pattern = |word: &std::ffi::OsString| {
            let shown = word.to_string_lossy();
            if let Some(repository) = &self.repository
                && store::exists(word)
            {
                if store::is_directory(word) {
                    let help =
                        format!("name files, or a pattern such as '{}/*.toml'", shown.trim_end_matches('/'));
                    return Err(Failure::refused(format!("{shown} is a directory"), help));
                }
                return Ok(Pattern::of_file(&repository.path_of(Path::new(word))?));
            }
            Pattern::new(word.as_encoded_bytes()).map_err(|reason| {
                Failure::refused(format!("\"{shown}\": {reason}"), "name a file or a pattern")
            })
        };
        words.iter().map(pattern).collect()
    }

    /// Returns the default patterns: the one for scenarios by their name, and the path of each other scenario of the
    /// work tree that has not our attributes yet.
    pub(in crate::cli) fn usual_patterns(&self) -> Result<Vec<Pattern>, Failure> {
        let by_name = Pattern::new(BY_NAME.as_bytes()).into_iter();
        let hidden = self.hides_committed()?;
        let strays = self.scenarios()?.into_iter().filter(|found| hidden || !found.is_ours());
        let strays = strays.filter(|found| !found.path.as_bytes().ends_with(b".ach.toml"));
        Ok(by_name.chain(strays.map(|found| Pattern::of_file(&found.path))).collect())
    }

    /// Whether git uses a committed file of attributes that is deleted in the work tree: a new one would hide it.
    fn hides_committed(&self) -> Result<bool, Failure> {
        let Some(repository) = &self.repository else { return Ok(false) };
        let is_known = repository.files()?.iter().any(|path| path.as_bytes() == ATTRIBUTES.as_bytes());
        Ok(is_known && self.read(&self.attributes)?.is_none())
    }

    /// Returns the scenarios of the work tree; none without a work tree.
    pub(in crate::cli) fn scenarios(&self) -> Result<Vec<TrackedScenario>, Failure> {
        let Some(repository) = &self.repository else { return Ok(Vec::new()) };
        let root = repository.root()?;
        let mut paths = repository.files()?;
        paths.retain(|path| {
            let is_toml = path.as_bytes().to_ascii_lowercase().ends_with(b".toml");
            let read = || store::open_tracked(&root.join(path.to_relative()), "").ok().flatten();
            is_toml && read().is_some_and(|bytes| document::is_scenario(&bytes))
        });
        let values = repository.attributes(NAMES, &paths)?;
        let found = |(path, [diff, merge]): (TreePath, [String; 2])| TrackedScenario { path, diff, merge };
        Ok(paths.into_iter().zip(values).map(found).collect())
    }

    /// Returns the line that keeps git from giving a scenario to `ach`. `None` if there is none, or if `ach git install`
    /// has yet to add a line that outdoes it.
    pub(in crate::cli) fn overriding(
        &self,
        found: &TrackedScenario,
    ) -> Result<Option<OverridingLine>, Failure> {
        let Some(repository) = &self.repository else { return Ok(None) };
        let values = NAMES.into_iter().zip([&found.diff, &found.merge]);
        let Some((name, _)) = values.into_iter().find(|(_, value)| *value != OURS) else { return Ok(None) };
        let by_name = found.path.as_bytes().ends_with(b".ach.toml");
        let pattern = if by_name { Pattern::new(BY_NAME.as_bytes()).ok() } else { None };
        let pattern = pattern.unwrap_or_else(|| Pattern::of_file(&found.path));
        let is_missing = self.with(&[pattern])?.is_some();
        let line = repository.overriding(&found.path, name)?;
        Ok(line.filter(|line| line.file != ATTRIBUTES || !is_missing))
    }

    /// Returns how many conflicts a scenario of the work tree has, and whether the last commit has conflicts in it too.
    pub(in crate::cli) fn conflicts(&self, path: &TreePath) -> Result<(usize, bool), Failure> {
        let Some(repository) = &self.repository else { return Ok((0, false)) };
        let count = |bytes: Vec<u8>| {
            document::read(bytes).scenario.map_or(0, |scenario| change::unsettled(&scenario).len())
        };
        let here = store::open_tracked(&repository.root()?.join(path.to_relative()), "")?.map_or(0, count);
        if here == 0 {
            return Ok((0, false));
        }
        // A version that cannot be read is told by whatever asks for it.
        let kept = repository.batch().blob(&Revision::head(), path, MAX_BYTES).ok().flatten();
        Ok((here, kept.is_some_and(|bytes| count(bytes) > 0)))
    }

    /// Returns the file of attributes with these patterns added, and those that it lacked; `None` if it has all.
    pub(in crate::cli) fn with(
        &self,
        patterns: &[Pattern],
    ) -> Result<Option<(EditedFile, Vec<Pattern>)>, Failure> {
        let loaded = self.read(&self.attributes)?;
        let (bytes, missing) = with_patterns(loaded.as_deref().unwrap_or_default(), patterns);
        let edited = EditedFile { path: self.attributes.clone(), links: self.links(), loaded, bytes };
        Ok((!missing.is_empty()).then_some((edited, missing)))
    }

    /// Returns the commands of filters that only this repository defines, and whether they are allowed as they are.
    pub(in crate::cli) fn filters(&self) -> Result<(Vec<FilterCommand>, bool), Error> {
        if self.repository.is_none() { Ok((Vec::new(), true)) } else { self.git.own_filters() }
    }

    /// Allows these commands, and no others.
    pub(in crate::cli) fn allow(&self, filters: &[FilterCommand]) -> Result<(), Error> {
        if self.repository.is_none() { Ok(()) } else { self.git.allow_filters(filters) }
    }

    /// Returns the file of attributes without ours, and the patterns that had them; `None` if there are none.
    pub(in crate::cli) fn without(&self) -> Result<Option<(EditedFile, Vec<Pattern>)>, Failure> {
        let loaded = self.read(&self.attributes)?;
        let (bytes, gone) = without_patterns(loaded.as_deref().unwrap_or_default());
        let edited = EditedFile { path: self.attributes.clone(), links: self.links(), loaded, bytes };
        Ok((!gone.is_empty()).then_some((edited, gone)))
    }

    /// The files of a repository come with it, so links in their place are refused. The user's own may be links.
    const fn links(&self) -> Links {
        match self.scope {
            Scope::Repository => Links::Refused,
            Scope::User => Links::Followed,
        }
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Failure> {
        Ok(store::read_other(path, self.links())?)
    }

    /// The name of the file of attributes.
    pub(in crate::cli) fn attributes_name(&self) -> String {
        self.name_of(&self.attributes)
    }

    fn name_of(&self, path: &Path) -> String {
        let root = self.repository.as_ref().and_then(|repository| repository.root().ok());
        let short = root.and_then(|root| path.strip_prefix(root).ok()).unwrap_or(path);
        short.display().to_string()
    }
}

/// A scenario of the work tree, with its attributes.
#[derive(Debug)]
pub(in crate::cli) struct TrackedScenario {
    pub(in crate::cli) path: TreePath,
    diff: String,
    merge: String,
}

impl TrackedScenario {
    /// Whether git compares and merges it with `ach`.
    pub(in crate::cli) fn is_ours(&self) -> bool {
        self.diff == OURS && self.merge == OURS
    }
}

/// Whether git merges this file with `ach`. `false` if git cannot be asked.
pub(in crate::cli) fn merges(repository: &Repository, path: &TreePath) -> bool {
    let values = repository.attributes(NAMES, std::slice::from_ref(path)).unwrap_or_default();
    let git = repository.settings();
    let is_set = |setting: &GitSetting| git.setting(setting.key).is_ok_and(|value| setting.is_set(value));
    let driver = SETTINGS.iter().find(|setting| setting.key == "merge.ach.driver");
    values.iter().any(|[_, merge]| merge == OURS) && driver.is_some_and(is_set)
}

/// Adds a new scenario to the file of attributes if the repository uses `ach`. Returns the pattern and the name of the
/// file; `None` if nothing was added, also where git could not be asked, since the scenario is there all the same.
pub(in crate::cli) fn adopt(file: &OsStr) -> Option<(Pattern, String)> {
    let (repository, path) = git::locate(Path::new(file)).ok()?;
    let place = Installation::of(repository).ok()?;
    let [command, ..] = &SETTINGS;
    let is_installed = command.is_installed(place.present(command).ok()?);
    let values = place.repository.as_ref()?.attributes(NAMES, std::slice::from_ref(&path)).ok()?;
    if !is_installed || values.iter().any(|[diff, merge]| diff == OURS && merge == OURS) {
        return None;
    }
    let (edited, missing) = place.with(&[Pattern::of_file(&path)]).ok()??;
    edited.save().ok()?;
    Some((missing.into_iter().next()?, place.attributes_name()))
}
