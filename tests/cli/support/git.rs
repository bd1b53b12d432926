//! Repositories on the bench: made by the real git, deaf to the settings of whoever runs the tests.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "tests run the real git")]

use std::process::Command;

use super::{Bench, told};

impl Bench {
    /// The directory as a repository in which all files are committed.
    pub(crate) fn committed(self) -> Self {
        self.git("init --quiet --initial-branch=main").commit("one")
    }

    /// All that is in the directory committed.
    pub(crate) fn commit(self, message: &str) -> Self {
        self.git("add --all").git(&format!("commit --quiet --allow-empty -m {message}"))
    }

    /// Runs git with these arguments, separated by spaces.
    pub(crate) fn git(self, arguments: &str) -> Self {
        self.git_words(&arguments.split_whitespace().collect::<Vec<_>>())
    }

    /// Like [`Self::git`], with arguments that may contain spaces.
    pub(crate) fn git_words(mut self, arguments: &[&str]) -> Self {
        if !self.environment.iter().any(|(name, _)| name == "GIT_CONFIG_NOSYSTEM") {
            let home = self.path("").to_string_lossy().into_owned();
            let path = std::env::var("PATH").unwrap_or_default();
            for (name, value) in [
                ("PATH", path.as_str()),
                ("HOME", &home),
                ("GIT_CONFIG_NOSYSTEM", "1"),
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ] {
                self = self.env(name, value);
            }
        }
        let output = self.git_command(arguments).output().expect("git runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {said}");
        self
    }

    /// Returns git's output on both streams and its exit code; arguments are separated by spaces.
    pub(crate) fn git_says(&self, arguments: &str) -> String {
        told(&self.git_command(&arguments.split_whitespace().collect::<Vec<_>>()).output().expect("git runs"))
    }

    fn git_command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.directory.path());
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        for name in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{name}_NAME"), "Analyst")
                .env(format!("GIT_{name}_EMAIL"), "a@example.org");
            command.env(format!("GIT_{name}_DATE"), "2025-03-09T12:00:00Z");
        }
        command
    }

    /// The file with this text in the place of that, which it must hold.
    pub(crate) fn edit(self, name: &str, old: &str, new: &str) -> Self {
        let text = self.read(name);
        assert!(text.contains(old), "{old} is in {name}");
        self.file(name, text.replacen(old, new, 1))
    }
}
