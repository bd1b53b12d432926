//! Starts the git program; no other file does.
//!
//! Git may only read, whatever the environment and the repository's configuration say: no pager, no prompt, no lock, no
//! file system monitor, no external diff, no filter, no fetching of objects that a partial clone lacks. An analyst who
//! looks at an old version of a file must not thereby run a stranger's program or contact anyone. Variables that
//! determine the repository (`GIT_DIR`, `GIT_INDEX_FILE` and similar) are kept: git sets them in hooks and for its diff
//! driver.
#![expect(
    clippy::disallowed_methods,
    reason = "git is a program, and its environment says which repository is meant"
)]

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::path::os_string;
use super::{Error, TreePath};

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

/// The beginning of the names of variables that mix traces with git's errors.
const TRACE: &str = "GIT_TRACE";

/// Variables that, if 0, switch off the traces which settings ask for.
const TRACES: [&str; 3] = ["GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF"];

/// Scopes of git's settings that a repository cannot write.
pub(super) const OWN_SCOPES: [&[u8]; 3] = [b"system", b"global", b"command"];

/// The way to start git: the program, the directory, and changes to the inherited environment.
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
    /// Replaces the program `git`.
    #[cfg(test)]
    #[must_use]
    pub(super) fn program(mut self, program: impl Into<OsString>) -> Self {
        self.program = program.into();
        self
    }

    /// Sets a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), Some(value.into())));
        self
    }

    /// Removes a variable of the inherited environment.
    #[must_use]
    pub fn without(mut self, name: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), None));
        self
    }

    /// Sets the directory to start in, instead of the current one.
    #[must_use]
    pub(super) fn directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.directory = Some(directory.into());
        self
    }

    /// Returns a variable as git will see it.
    pub(super) fn variable(&self, name: &str) -> Option<OsString> {
        match self.environment.iter().rev().find(|(changed, _)| changed == name) {
            Some((_, value)) => value.clone(),
            None => std::env::var_os(name),
        }
    }

    /// Prepares the command with these arguments; standard input is closed, the other streams are captured.
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
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(TRACE)) {
            command.env_remove(name);
        }
        for name in TRACES {
            command.env(name, "0");
        }
        // Errors are recognised by git's messages, which must be in English.
        command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the command and returns its output.
    pub(super) fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, Error> {
        self.finish(arguments).map_err(|refusal| self.error(arguments, &refusal))
    }

    /// Runs the command on one file of the repository, wherever it was started.
    pub(super) fn run_on(&self, arguments: &[&str], path: &TreePath) -> Result<Vec<u8>, Error> {
        let file = [b":(top,literal)", path.as_bytes()].concat();
        let arguments = arguments.iter().copied().chain(["--"]).map(OsStr::new);
        self.run(&arguments.chain([&*os_string(&file)]).collect::<Vec<_>>())
    }

    /// Runs a command that may also answer "no", with exit status 1 and no error on standard error.
    pub(super) fn ask<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Option<Vec<u8>>, Error> {
        match self.finish(arguments) {
            Ok(stdout) => Ok(Some(stdout)),
            Err(GitRefusal::Status { code: Some(1), stderr }) if without_warnings(&stderr).is_empty() => {
                Ok(None)
            }
            Err(refusal) => Err(self.error(arguments, &refusal)),
        }
    }

    /// Runs the command with this input, and returns its output. A command that does not read all of it says why with its
    /// status.
    pub(super) fn run_with<A: AsRef<OsStr>>(&self, arguments: &[A], input: &[u8]) -> Result<Vec<u8>, Error> {
        let failed = |error| self.error(arguments, &GitRefusal::Start(error));
        let mut process = self.command(arguments).stdin(Stdio::piped()).spawn().map_err(failed)?;
        let stdin = process.stdin.take();
        // Git may answer while it reads, so writing and reading must go on at the same time.
        let output = std::thread::scope(|scope| {
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            process.wait_with_output()
        });
        finished(output).map_err(|refusal| self.error(arguments, &refusal))
    }

    fn finish<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>, GitRefusal> {
        finished(self.command(arguments).output())
    }

    /// Turns a refusal into an error.
    pub(super) fn error<A: AsRef<OsStr>>(&self, arguments: &[A], refusal: &GitRefusal) -> Error {
        let stderr = match refusal {
            GitRefusal::Start(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Error::NotInstalled;
            }
            GitRefusal::Start(error) => error.to_string(),
            GitRefusal::Nonsense => "its answer was not understood".to_owned(),
            GitRefusal::Status { code, stderr } => {
                let said = without_warnings(stderr);
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
                if let Some(object) = missing_object(said) {
                    return Error::MissingObject { object };
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

    /// Returns git with all content filters of the configuration disabled. Comparing files with the index would run
    /// `filter.NAME.clean` on them, a command from the configuration alone. Line endings are still converted.
    pub(super) fn without_filters(self) -> Result<Self, Error> {
        let listed =
            self.ask(&["config", "-z", "--name-only", "--get-regexp", r"^filter\..*\."])?.unwrap_or_default();
        let mut filters: Vec<&[u8]> = listed.split(|b| *b == 0).filter_map(section_of).collect();
        filters.sort_unstable();
        filters.dedup();
        // `-c NAME=VALUE` would split the name of a filter at a `=`.
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

/// Returns what a process that has ended has written.
pub(super) fn finished(output: std::io::Result<Output>) -> Result<Vec<u8>, GitRefusal> {
    let output = output.map_err(GitRefusal::Start)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(GitRefusal::Status { code: output.status.code(), stderr: output.stderr })
}

/// Returns the errors among git's messages: a warning, such as that of settings that cannot be read, is none.
fn without_warnings(stderr: &[u8]) -> String {
    let said = String::from_utf8_lossy(stderr);
    let is_error = |line: &&str| !line.starts_with("warning: ") && !line.starts_with("hint: ");
    said.lines().filter(is_error).collect::<Vec<_>>().join("\n")
}

/// Returns the id of the object without which git cannot go on, as in a clone without trees.
fn missing_object(said: &str) -> Option<String> {
    let prefixes = ["unable to read tree (", "bad tree object ", "unable to read "];
    let rest = prefixes.iter().find_map(|prefix| said.strip_prefix(prefix))?;
    let id: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
    (id.len() >= 40).then_some(id)
}

/// Returns `filter.NAME` of `filter.NAME.clean`.
fn section_of(key: &[u8]) -> Option<&[u8]> {
    let end = key.iter().rposition(|b| *b == b'.')?;
    key.get(..end).filter(|section| section.starts_with(b"filter."))
}

/// The reason why there is no output.
#[derive(Debug)]
pub(super) enum GitRefusal {
    /// The system did not start the program.
    Start(std::io::Error),
    /// The program failed; there is no code if a signal ended it.
    Status {
        /// Its exit status.
        code: Option<i32>,
        /// Its standard error.
        stderr: Vec<u8>,
    },
    /// The output does not match git's manual.
    Nonsense,
}

/// Resolves links and dots in a path. Git prints the root of a work tree in this form.
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
