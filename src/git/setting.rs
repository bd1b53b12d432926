//! The settings that have git use `ach`: their values, and changing them at the user's request.

use std::path::PathBuf;

use super::path::os_string;
use super::program::{ProgramKind, kind_of, program_of};
use super::run::OWN_SCOPES;
use super::{Error, Git, Repository, TreePath};

/// The scope of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One repository with all its work trees.
    Repository,
    /// The user.
    User,
}

impl Scope {
    const fn option(self) -> &'static str {
        match self {
            Self::Repository => "--local",
            Self::User => "--global",
        }
    }
}

/// A setting that `ach git install` makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GitSetting {
    /// Its key.
    pub key: &'static str,
    /// Whether its value starts with a program.
    runs: bool,
    /// The value after the program.
    value: &'static str,
    /// The part of the value that must be there; the user may change the rest.
    essential: &'static str,
}

/// The state of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingState {
    /// It is set and works.
    Set(String),
    /// It runs another program of the name `ach`, such as another version.
    Namesake(String),
    /// It has a value that `ach` did not set.
    Other(String),
    /// It names a program that does not exist.
    Gone(String),
    /// It is not set.
    Missing,
}

/// An extended regular expression for the id of the item to which a line belongs; it is shown at the head of a hunk.
pub const HUNK_HEADING: &str = r#"^[[:space:]]*id[[:space:]]*=[[:space:]]*["']([^"']*)["']"#;

/// All settings. If the program is gone, git would take its failure as a merge driver for conflicts, and the unmarked
/// file of ours for the result, without theirs. So the setting falls back to a merge by lines. A failing diff driver
/// would abort the whole diff, so that setting falls back to comparing lines. Git appends arguments to the command of a
/// diff driver, so the command ends with a word that accepts any.
pub const SETTINGS: [GitSetting; 5] = [
    GitSetting {
        key: "diff.ach.command",
        runs: true,
        value: concat!(
            r#" diff --git-driver "$@""#,
            r#" || { test $? -gt 125 && test $# -gt 1 && git diff --no-index --no-ext-diff -- "$2" "$5"; } || :"#
        ),
        essential: "diff --git-driver",
    },
    GitSetting { key: "diff.ach.xfuncname", runs: false, value: HUNK_HEADING, essential: "" },
    GitSetting { key: "merge.ach.name", runs: false, value: "ACH scenarios, cell by cell", essential: "" },
    GitSetting {
        key: "merge.ach.driver",
        runs: true,
        value: concat!(
            " merge -o %A --marker-size %L --path=%P -L %X -L %S -L %Y %O %A %B",
            " || { test $? = 1 && exit 1; ",
            "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1; }"
        ),
        essential: "merge",
    },
    GitSetting {
        key: "difftool.ach.cmd",
        runs: true,
        value: r#" diff --git-driver "$MERGED" "$LOCAL" . . "$REMOTE" . ."#,
        essential: "diff",
    },
];

impl GitSetting {
    /// Whether the setting, with this value, runs a program called `ach`.
    pub fn is_set(&self, present: Option<String>) -> bool {
        matches!(self.state(present), SettingState::Set(_) | SettingState::Namesake(_))
    }

    /// Whether `ach git install` made the setting, though its program may be gone.
    pub fn is_installed(&self, present: Option<String>) -> bool {
        !matches!(self.state(present), SettingState::Other(_) | SettingState::Missing)
    }

    /// Returns the value to set: the present one if `ach` set it, but with `program` (a word for the shell).
    pub fn wanted(&self, present: Option<&str>, program: &str) -> String {
        match (self.runs, present) {
            (true, Some(present)) if self.is_installed(Some(present.to_owned())) => {
                format!("{program}{}", program_of(present).1)
            }
            (true, _) => format!("{program}{}", self.value),
            (false, Some(present)) => present.to_owned(),
            (false, None) => self.value.to_owned(),
        }
    }

    /// Returns the state of the setting, given its value.
    pub fn state(&self, present: Option<String>) -> SettingState {
        let Some(value) = present else { return SettingState::Missing };
        if !self.runs {
            return SettingState::Set(value);
        }
        let (program, rest) = program_of(&value);
        let is_ours = rest == self.value;
        match kind_of(&program) {
            _ if !rest.contains(self.essential) => SettingState::Other(value),
            ProgramKind::This => SettingState::Set(value),
            ProgramKind::Namesake => SettingState::Namesake(value),
            ProgramKind::Gone(is_namesake) if is_namesake || is_ours => SettingState::Gone(value),
            ProgramKind::Gone(_) | ProgramKind::Other => SettingState::Other(value),
        }
    }
}

impl Git {
    /// Whether git would colour its output, by a setting such as `color.diff` or `color.ui` and by whether it goes to a
    /// terminal, directly or through a pager. `false` if git cannot be asked.
    pub fn wants_colour(&self, setting: &str, is_terminal: bool) -> bool {
        let is_terminal = if is_terminal { "true" } else { "false" };
        // This question of git's does not heed `color.pager`.
        let pager = self.run(&["config", "--type=bool", "--default=true", "--get", "color.pager"]);
        let git = self.clone();
        let git =
            if pager.is_ok_and(|said| said == b"false\n") { git.without("GIT_PAGER_IN_USE") } else { git };
        git.run(&["config", "--get-colorbool", setting, is_terminal]).is_ok_and(|said| said == b"true\n")
    }

    /// Returns the effective value of a setting.
    ///
    /// # Errors
    /// [`Error::NotInstalled`], [`Error::Failed`].
    pub fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self.ask(&["config", "-z", "--get", key])?.map(value))
    }

    /// Returns the value of a setting in one scope.
    ///
    /// # Errors
    /// [`Error::NotInstalled`], [`Error::Failed`].
    pub fn setting_in(&self, scope: Scope, key: &str) -> Result<Option<String>, Error> {
        match self.ask(&["config", scope.option(), "-z", "--get", key]) {
            Ok(said) => Ok(said.map(value)),
            // The user has no configuration file yet.
            Err(Error::Failed { stderr, .. }) if stderr.contains("unable to read config file") => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets a value. This writes the configuration file.
    ///
    /// # Errors
    /// [`Error::Failed`] with git's message, for instance if the file cannot be written.
    pub fn set(&self, scope: Scope, key: &str, value: &str) -> Result<(), Error> {
        self.run(&["config", scope.option(), "--replace-all", key, value]).map(drop)
    }

    /// Removes a setting. This writes the configuration file.
    ///
    /// # Errors
    /// [`Error::Failed`] with git's message.
    pub fn unset(&self, scope: Scope, key: &str) -> Result<(), Error> {
        self.run(&["config", scope.option(), "--unset-all", key]).map(drop)
    }

    /// Returns the path of the user's own file of attributes, which need not exist: from the user's or the system's
    /// setting, whatever a repository says, or git's default. `None` if the user has no home directory.
    ///
    /// # Errors
    /// [`Error::NotInstalled`], [`Error::Failed`].
    pub fn user_file(&self, setting: &str, name: &str) -> Result<Option<PathBuf>, Error> {
        let said = self.ask(&["config", "-z", "--show-scope", "--type=path", "--get-all", setting])?;
        let said = said.unwrap_or_default();
        let mut fields = said.split(|byte| *byte == 0);
        let mut own = None;
        while let (Some(scope), Some(path)) = (fields.next(), fields.next()) {
            own = Some(path).filter(|_| OWN_SCOPES.contains(&scope)).or(own);
        }
        if let Some(own) = own {
            return Ok(Some(os_string(own).into_owned().into()));
        }
        let set = |name: &str| self.variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")));
        Ok(base.map(|base| base.join("git").join(name)))
    }
}

fn value(said: Vec<u8>) -> String {
    String::from_utf8_lossy(said.strip_suffix(b"\0").unwrap_or(&said)).into_owned()
}

impl Repository {
    /// Returns git in this repository, to read and change its settings.
    pub fn settings(&self) -> Git {
        self.git().clone()
    }

    /// Returns the path of a file of the git directory that all work trees share, such as `info/exclude`.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn shared_file(&self, name: &str) -> Result<PathBuf, Error> {
        // `--git-path` would follow a link in the place of the file.
        let said = self.git().run(&["rev-parse", "--path-format=absolute", "--git-common-dir"])?;
        let directory = PathBuf::from(os_string(said.strip_suffix(b"\n").unwrap_or(&said)).into_owned());
        Ok(directory.join(name))
    }

    /// Returns the files of the work tree that git tracks or would track, by path.
    ///
    /// # Errors
    /// [`Error::NoWorkTree`], [`Error::Failed`].
    pub fn files(&self) -> Result<Vec<TreePath>, Error> {
        self.root()?;
        let arguments =
            ["ls-files", "--cached", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"];
        let listed = self.git().run(&arguments)?;
        let is_file = |path: &&[u8]| !path.is_empty() && !path.ends_with(b"/");
        let mut files: Vec<TreePath> = listed.split(|b| *b == 0).filter(is_file).map(TreePath::new).collect();
        files.sort_unstable();
        files.dedup();
        Ok(files)
    }

    /// Whether a sparse checkout leaves this file out of the work tree, so that the index has it instead.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn is_left_out(&self, path: &TreePath) -> Result<bool, Error> {
        let listed = self.git().run_on(&["ls-files", "-t", "-z"], path)?;
        Ok(listed.starts_with(b"S "))
    }

    /// Returns the values of these attributes for each path; `unspecified` is git's word for none.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn attributes(&self, names: [&str; 2], paths: &[TreePath]) -> Result<Vec<[String; 2]>, Error> {
        if paths.is_empty() {
            return Ok(Vec::new());
        }
        let arguments = ["check-attr", "--stdin", "-z", names[0], names[1]];
        let question: Vec<u8> = paths.iter().flat_map(|path| [path.as_bytes(), b"\0"].concat()).collect();
        let answer = self.git().run_with(&arguments, &question)?;
        let mut values = answer.split(|b| *b == 0).skip(2).step_by(3);
        let mut next = || values.next().map(|value| String::from_utf8_lossy(value).into_owned());
        Ok(paths.iter().map(|_| [next().unwrap_or_default(), next().unwrap_or_default()]).collect())
    }
}

/// Whether this file is the last one of git's diff. `true` if git does not count files.
pub fn is_last_in_diff(git: &Git) -> bool {
    let number = |name: &str| git.variable(name)?.to_str()?.parse::<u64>().ok();
    match (number("GIT_DIFF_PATH_COUNTER"), number("GIT_DIFF_PATH_TOTAL")) {
        (Some(counter), Some(total)) => counter >= total,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    #[test]
    fn a_setting_keeps_what_the_user_added_and_follows_the_program() {
        let [command, heading, ..] = SETTINGS;
        assert!(command.wanted(None, "ach").starts_with("ach diff --git-driver \"$@\" || "));
        let own = "/old/ach --width 90 diff --git-driver";
        assert_eq!(command.wanted(Some(own), "ach"), "ach --width 90 diff --git-driver");
        assert!(command.wanted(Some("less"), "'/a b/ach'").starts_with("'/a b/ach' diff --git-driver "));
        assert_eq!(heading.wanted(Some("^mine"), "ach"), "^mine");
        assert_eq!(command.state(Some("less".into())), SettingState::Other("less".into()));
        assert_eq!(command.state(Some(own.into())), SettingState::Gone(own.into()));
        let here = format!("{} diff --git-driver", crate::git::this_program().unwrap());
        assert_eq!(command.state(Some(here.clone())), SettingState::Set(here));
        let stranger = "git diff --git-driver";
        assert_eq!(command.state(Some(stranger.into())), SettingState::Other(stranger.into()));
        assert_eq!(command.state(None), SettingState::Missing);
    }

    #[test]
    fn settings_are_made_and_taken_away() {
        let fixture = Fixture::new();
        let git = fixture.repository().settings();
        let key = "diff.ach.command";
        assert_eq!(git.setting(key), Ok(None));
        git.set(Scope::Repository, key, "a \"b\"\n# c").unwrap();
        assert_eq!(git.setting(key), Ok(Some("a \"b\"\n# c".into())));
        fixture.git(["config", "--add", key, "second"]);
        git.set(Scope::Repository, key, "one").unwrap();
        assert_eq!(git.setting_in(Scope::Repository, key), Ok(Some("one".into())));
        assert_eq!(git.setting_in(Scope::User, key), Ok(None));
        git.unset(Scope::Repository, key).unwrap();
        assert_eq!(git.setting(key), Ok(None));
    }

    #[test]
    fn files_and_attributes_are_as_git_has_them() {
        let fixture = Fixture::new();
        fixture.write("a b/\u{e9}.toml", "").write("x.toml", "").write("x.tmp", "");
        fixture.write(".gitignore", "*.tmp\n").write(".gitattributes", "\"a b/*\" diff=ach merge=ach\n");
        let repository = fixture.repository();
        let files = repository.files().unwrap();
        let names: Vec<String> = files.iter().map(TreePath::to_string).collect();
        assert_eq!(names, [".gitattributes", ".gitignore", "a b/\u{e9}.toml", "x.toml"]);
        let found = repository.attributes(["diff", "merge"], &files).unwrap();
        assert_eq!(found[2], ["ach", "ach"]);
        assert_eq!(found[3], ["unspecified", "unspecified"]);
    }

    #[test]
    fn linked_work_trees_share_what_is_excluded() {
        let fixture = Fixture::new();
        fixture.write("f", "1").commit("one");
        fixture.git(["worktree", "add", "--quiet", "-b", "side", "../side"]);
        let side = Repository::discover(fixture.environment(), &fixture.place().join("side")).unwrap();
        let canonical = |path: PathBuf| crate::git::run::canonical(path.parent().unwrap());
        assert_eq!(
            canonical(side.shared_file("info/exclude").unwrap()),
            canonical(fixture.root().join(".git/info/exclude"))
        );
    }

    #[test]
    fn the_users_files_are_where_git_looks() {
        let fixture = Fixture::new();
        let git = fixture.repository().settings();
        let file = |git: &Git| git.user_file("core.attributesFile", "attributes").unwrap();
        assert_eq!(file(&git), Some(fixture.place().join("git/attributes")));
        let without = git.clone().env("XDG_CONFIG_HOME", "");
        assert_eq!(file(&without), Some(fixture.place().join(".config/git/attributes")));
        // A repository has no say in it.
        fixture.git(["config", "core.attributesFile", "~/theirs"]);
        assert_eq!(file(&git), Some(fixture.place().join("git/attributes")));
        let set = |key: &str, value: &str| (format!("GIT_CONFIG_{key}"), value.to_owned());
        let own = [set("COUNT", "1"), set("KEY_0", "core.attributesFile"), set("VALUE_0", "~/mine")];
        let git = own.into_iter().fold(git, |git, (name, value)| git.env(name, value));
        assert_eq!(file(&git), Some(fixture.place().join("mine")));
    }
}
