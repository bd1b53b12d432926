//! Repositories on the bench: made by the real git, deaf to the settings of whoever runs the tests.
#![allow(clippy::disallowed_methods, clippy::expect_used, reason = "tests run the real git")]

use std::process::Command;

use super::Bench;

impl Bench {
    /// The directory as a repository in which all files are committed.
    pub(crate) fn committed(self) -> Self {
        self.git("init --quiet --initial-branch=main").commit("one")
    }

    /// All that is in the directory committed.
    pub(crate) fn commit(self, message: &str) -> Self {
        self.git("add --all").git(&format!("commit --quiet --allow-empty -m {message}"))
    }

    /// What git does with these arguments, apart at spaces.
    pub(crate) fn git(mut self, arguments: &str) -> Self {
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
        let mut command = Command::new("git");
        command.args(arguments.split_whitespace()).current_dir(self.directory.path());
        command.env_clear().envs(self.environment.iter().map(|(name, value)| (name, value)));
        for name in ["AUTHOR", "COMMITTER"] {
            command
                .env(format!("GIT_{name}_NAME"), "Analyst")
                .env(format!("GIT_{name}_EMAIL"), "a@example.org");
            command.env(format!("GIT_{name}_DATE"), "2025-03-09T12:00:00Z");
        }
        let output = command.output().expect("git runs");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments}: {said}");
        self
    }

    /// The file with this text in the place of that, which it must hold.
    pub(crate) fn edit(self, name: &str, old: &str, new: &str) -> Self {
        let text = self.read(name);
        assert!(text.contains(old), "{old} is in {name}");
        self.file(name, text.replacen(old, new, 1))
    }
}
