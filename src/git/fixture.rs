//! Test repositories made by the real git in a temporary directory, isolated from the settings of whoever runs the
//! tests.
#![expect(clippy::disallowed_methods, reason = "a repository is made of files")]

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{Git, Repository, TreePath};

/// Enough for any file of a test.
pub(super) const LIMIT: u64 = 1 << 20;

pub(super) struct Fixture {
    place: tempfile::TempDir,
}

impl Fixture {
    /// An empty repository on the branch `main`.
    pub(super) fn new() -> Self {
        let fixture = Self { place: tempfile::tempdir().unwrap() };
        std::fs::create_dir(fixture.root()).unwrap();
        fixture.git(["init", "--quiet", "--initial-branch=main"]);
        fixture
    }

    pub(super) fn place(&self) -> &Path {
        self.place.path()
    }

    pub(super) fn root(&self) -> PathBuf {
        self.place().join("case")
    }

    /// Returns git without any settings of this machine.
    pub(super) fn environment(&self) -> Git {
        let mut git = Git::default();
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("GIT_") {
                git = git.without(name);
            }
        }
        for name in ["GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"] {
            git = git.env(name, "analyst");
        }
        git.env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CEILING_DIRECTORIES", self.place())
            .env("HOME", self.place())
            .env("XDG_CONFIG_HOME", self.place())
    }

    pub(super) fn repository(&self) -> Repository {
        Repository::discover(self.environment(), &self.root()).unwrap()
    }

    pub(super) fn git<const N: usize>(&self, arguments: [&str; N]) -> String {
        self.git_in(&self.root(), arguments)
    }

    pub(super) fn git_in<const N: usize>(&self, directory: &Path, arguments: [&str; N]) -> String {
        let said = self.environment().directory(directory).run(&arguments).unwrap();
        String::from_utf8(said).unwrap().trim_end().to_owned()
    }

    /// Writes a file of the work tree.
    pub(super) fn write(&self, path: impl AsRef<OsStr>, content: impl AsRef<[u8]>) -> &Self {
        let path = self.root().join(path.as_ref());
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Commits everything and returns the commit's id.
    pub(super) fn commit(&self, message: &str) -> String {
        self.git(["add", "--all"]);
        self.git(["commit", "--quiet", "--allow-empty", "--no-verify", "-m", message]);
        self.git(["rev-parse", "HEAD"])
    }

    /// Reads a file of a version.
    pub(super) fn blob(&self, revision: &str, path: &str) -> Option<String> {
        let path = TreePath::new(path);
        let bytes = self.repository().blob(&super::Revision::new(revision), &path, LIMIT).unwrap()?;
        Some(String::from_utf8(bytes).unwrap())
    }
}
