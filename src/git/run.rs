//! Starts the git program; the one place that does.
//!
//! Whatever the environment and the repository's configuration say, git is only to read and only to tell: no pager,
//! no prompt, no lock, no file system monitor, no external diff, no filter, no fetching of what a partial clone
//! lacks. An analyst who looks at an old version of a file must not run a stranger's program or contact anyone by it.
//! Variables that say which repository is meant (`GIT_DIR`, `GIT_INDEX_FILE` and their like) are kept: git sets them
//! when it runs us, in hooks and as its driver.
#![expect(
    clippy::disallowed_methods,
    reason = "git is a program, and its environment says which repository is meant"
)]

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Error;
use super::path::os_string;

/// Arguments before the subcommand.
const ALWAYS: [&str; 6] =
    ["--no-pager", "--no-optional-locks", "-c", "core.quotePath=false", "-c", "core.fsmonitor="];

/// Variables that must not reach git: they run programs or change what paths mean.
const NEVER: [&str; 6] = [
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// How git is started: the program, the directory, and changes to the environment that it inherits.
#[derive(Clone, Debug)]
pub struct Git {
    program: OsString,
    directory: Option<PathBuf>,
    environment: Vec<(OsString, Option<OsString>)>,
}

impl Default for Git {
    fn default() -> Self {
        Self { program: "git".into(), directory: None, environment: Vec::new() }
    }
}

impl Git {
    /// Another program in the place of `git`.
    #[must_use]
    pub fn program(mut self, program: impl Into<OsString>) -> Self {
        self.program = program.into();
        self
    }

    /// With this variable in the environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), Some(value.into())));
        self
    }

    /// Without this variable of the inherited environment.
    #[must_use]
    pub fn without(mut self, name: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), None));
        self
    }

    /// Started in this directory instead of the current one.
    #[must_use]
    pub(super) fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// What the environment holds that git will see.
    pub(super) fn variable(&self, name: &str) -> Option<OsString> {
        match self.environment.iter().rev().find(|(changed, _)| changed == name) {
            Some((_, value)) => value.clone(),
            None => std::env::var_os(name),
        }
    }

    /// Ready to start with these arguments; standard input is closed, the other streams are ours.
    pub(super) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(&self.program);
        if let Some(directory) = &self.directory {
            command.arg("-C").arg(directory);
        }
        command.args(ALWAYS).args(arguments);
        if self.variable("GIT_NO_LAZY_FETCH").is_none() {
            command.env("GIT_NO_LAZY_FETCH", "1");
        }
        for (name, value) in &self.environment {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        for name in NEVER {
            command.env_remove(name);
        }
        // What git says is told from what it also says by its words, which must be English ones.
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs to the end and gives what git wrote.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, Error> {
        self.finish(arguments).map_err(|refusal| self.error(arguments, &refusal))
    }

    /// Runs to the end where git may also answer "no": exit status 1 and nothing on standard error.
    pub(super) fn ask<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Option<Vec<u8>>, Error> {
        match self.finish(arguments) {
            Ok(stdout) => Ok(Some(stdout)),
            Err(Refusal::Status { code: Some(1), stderr }) if stderr.is_empty() => Ok(None),
            Err(refusal) => Err(self.error(arguments, &refusal)),
        }
    }

    fn finish<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, Refusal> {
        let output = self.command(arguments).output().map_err(Refusal::Start)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(Refusal::Status { code: output.status.code(), stderr: output.stderr })
    }

    /// What a refusal means.
    pub(super) fn error<A: AsRef<OsStr>>(&self, arguments: &[A], refusal: &Refusal) -> Error {
        let stderr = match refusal {
            Refusal::Start(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Error::NotInstalled;
            }
            Refusal::Start(error) => error.to_string(),
            Refusal::Nonsense => "its answer was not understood".to_owned(),
            Refusal::Status { code, stderr } => {
                let said = String::from_utf8_lossy(stderr);
                let said = said.trim().trim_start_matches("fatal: ");
                if said.starts_with("not a git repository") {
                    return Error::NotARepository {
                        dir: self.directory.clone().unwrap_or_else(|| ".".into()),
                    };
                }
                if said.starts_with("detected dubious ownership") {
                    let repository = said.split('\'').nth(1).unwrap_or("the repository").to_owned();
                    return Error::Distrusted { repository };
                }
                match code {
                    _ if !said.is_empty() => said.to_owned(),
                    Some(code) => format!("it ended with status {code}"),
                    None => "it was stopped by a signal".to_owned(),
                }
            }
        };
        let mut command = String::from("git");
        for argument in arguments {
            command.push(' ');
            command.push_str(&argument.as_ref().to_string_lossy());
        }
        Error::Failed { command, stderr }
    }

    /// The same with every content filter of the configuration switched off. Comparing files with the index runs
    /// `filter.NAME.clean` on them, a command that only the configuration names; line endings are converted all the
    /// same.
    pub(super) fn without_filters(self) -> Result<Self, Error> {
        let listed =
            self.ask(&["config", "-z", "--name-only", "--get-regexp", r"^filter\..*\."])?.unwrap_or_default();
        let mut filters: Vec<&[u8]> = listed.split(|b| *b == 0).filter_map(section_of).collect();
        filters.sort_unstable();
        filters.dedup();
        // Not `-c NAME=VALUE`, which would divide a filter's name at a `=`.
        let count = self.variable("GIT_CONFIG_COUNT").and_then(|count| count.to_str()?.parse::<usize>().ok());
        let mut count = count.unwrap_or(0);
        let mut git = self;
        for filter in filters {
            for (key, value) in [("clean", ""), ("smudge", ""), ("process", ""), ("required", "false")] {
                let mut name = os_string(filter).into_owned();
                name.push(".");
                name.push(key);
                git = git.env(format!("GIT_CONFIG_KEY_{count}"), name);
                git = git.env(format!("GIT_CONFIG_VALUE_{count}"), value);
                count += 1;
            }
        }
        Ok(git.env("GIT_CONFIG_COUNT", count.to_string()))
    }
}

/// `filter.NAME` of `filter.NAME.clean`.
fn section_of(key: &[u8]) -> Option<&[u8]> {
    let end = key.iter().rposition(|b| *b == b'.')?;
    key.get(..end).filter(|section| section.starts_with(b"filter."))
}

/// Why there is no output.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The system did not start the program.
    Start(std::io::Error),
    /// The program ended otherwise than well; no code if a signal ended it.
    Status {
        /// Its exit status.
        code: Option<i32>,
        /// What it wrote to standard error.
        stderr: Vec<u8>,
    },
    /// The program wrote something that its manual does not tell.
    Nonsense,
}

/// The path without links and dots. git tells the root of a work tree in this form.
pub(super) fn canonical(path: &Path) -> Option<PathBuf> {
    std::fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_program_is_told_from_a_failing_one() {
        let git = Git::default().program("no-such-git-program");
        assert_eq!(git.run(&["--version"]), Err(Error::NotInstalled));
        let git = Git::default().directory("/no/such/directory");
        let Err(Error::Failed { command, stderr }) = git.run(&["rev-parse"]) else { panic!() };
        assert_eq!(command, "git rev-parse");
        assert!(stderr.starts_with("cannot change to '/no/such/directory'"), "{stderr}");
    }

    #[test]
    fn the_environment_is_what_git_will_see() {
        let git = Git::default().env("GIT_DIR", "a").env("GIT_DIR", "b");
        assert_eq!(git.variable("GIT_DIR"), Some("b".into()));
        assert_eq!(git.without("GIT_DIR").variable("GIT_DIR"), None);
    }

    #[test]
    fn switching_filters_off_keeps_the_configuration_of_the_environment() {
        let fixture = crate::git::fixture::Fixture::new();
        let git = fixture.environment().directory(fixture.root());
        let git = git.env("GIT_CONFIG_COUNT", "2");
        let git = git.env("GIT_CONFIG_KEY_0", "safe.directory").env("GIT_CONFIG_VALUE_0", "*");
        let git = git.env("GIT_CONFIG_KEY_1", "filter.a=b.clean").env("GIT_CONFIG_VALUE_1", "program");
        let git = git.without_filters().unwrap();
        let value = |name: &str| git.run(&["config", "--get", name]).map(|v| String::from_utf8(v).unwrap());
        assert_eq!(value("safe.directory").as_deref(), Ok("*\n"));
        assert_eq!(value("filter.a=b.clean").as_deref(), Ok("\n"));
        assert_eq!(value("filter.a=b.required").as_deref(), Ok("false\n"));
    }

    #[test]
    fn a_filter_is_named_by_its_section() {
        assert_eq!(section_of(b"filter.a.b=c.clean"), Some(b"filter.a.b=c".as_slice()));
        assert_eq!(section_of(b"filter.clean"), None);
        assert_eq!(section_of(b""), None);
    }
}
