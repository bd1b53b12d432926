//! Unmerged files: the versions that git keeps of one, and the operation that it has stopped.
#![expect(clippy::disallowed_methods, reason = "a directory of git's tells whether a rebase goes on")]

use super::{Error, Repository, Revision, Three, TreePath};

/// The kind of operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperationKind {
    /// Another branch is being merged.
    Merging,
    /// Commits are being rebased onto others.
    Rebasing,
    /// A commit is being cherry-picked.
    Picking,
    /// A commit is being reverted.
    Reverting,
}

/// An operation that has stopped, with the commit that it applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// The kind of operation.
    pub doing: OperationKind,
    /// The commit.
    pub commit: AppliedCommit,
}

/// The commit that an operation applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedCommit {
    /// The beginning of its id.
    pub id: String,
    /// The author.
    pub author: String,
    /// The author's day, such as `2025-12-03`.
    pub day: String,
    /// The first line of its message.
    pub subject: String,
}

impl std::fmt::Display for AppliedCommit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({})", self.id, self.subject)
    }
}

/// The fields of an [`AppliedCommit`].
const FORMAT: &str = "--format=%h%x00%aN%x00%as%x00%s";

impl Repository {
    /// Returns the three versions that git keeps of an unmerged file, each `None` where it does not have the file; `None`
    /// if the file is not unmerged.
    ///
    /// # Errors
    /// See [`Batch::blob`](super::Batch::blob).
    pub fn unmerged(&self, path: &TreePath, limit: u64) -> Result<Option<Three<Option<Vec<u8>>>>, Error> {
        if !self.is_unmerged(path)? {
            return Ok(None);
        }
        let mut batch = self.batch();
        let mut version = |stage| batch.blob(&Revision::Index(stage), path, limit);
        Ok(Some(Three { base: version(1)?, ours: version(2)?, theirs: version(3)? }))
    }

    fn is_unmerged(&self, path: &TreePath) -> Result<bool, Error> {
        Ok(!self.git().run_on(&["ls-files", "--unmerged", "-z"], path)?.is_empty())
    }

    /// Returns the operation that left this file unmerged; `None` if the file is not unmerged, or if the operation
    /// applies no commit, such as `git stash pop`.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn operation(&self, path: &TreePath) -> Result<Option<Operation>, Error> {
        let git = self.git();
        if !self.is_unmerged(path)? {
            return Ok(None);
        }
        let is_rebase =
            ["rebase-merge", "rebase-apply"].iter().any(|name| self.git_dir().join(name).is_dir());
        let names = [
            (OperationKind::Rebasing, "REBASE_HEAD"),
            (OperationKind::Picking, "CHERRY_PICK_HEAD"),
            (OperationKind::Reverting, "REVERT_HEAD"),
            (OperationKind::Merging, "MERGE_HEAD"),
        ];
        for (doing, name) in names {
            if doing == OperationKind::Rebasing && !is_rebase {
                continue;
            }
            if git.ask(&["rev-parse", "--verify", "--quiet", name])?.is_some() {
                let told = git.run(&["log", "-1", "--no-show-signature", FORMAT, name, "--"])?;
                let told = String::from_utf8_lossy(&told);
                let mut parts = told.trim_end().splitn(4, '\0').map(str::to_owned);
                let mut part = || parts.next().unwrap_or_default();
                let commit = AppliedCommit { id: part(), author: part(), day: part(), subject: part() };
                return Ok(Some(Operation { doing, commit }));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    /// Two branches that changed the same line differently, with `main` checked out.
    fn parted() -> Fixture {
        let fixture = Fixture::new();
        fixture.write("a [1]", "1\n").write("b", "1\n").commit("one");
        fixture.git(["checkout", "--quiet", "-b", "side"]);
        fixture.write("a [1]", "2\n").commit("side's");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.write("a [1]", "3\n").commit("main's");
        fixture
    }

    fn operation(fixture: &Fixture, path: &str) -> Option<(OperationKind, String)> {
        let found = fixture.repository().operation(&TreePath::new(path)).unwrap();
        found.map(|found| (found.doing, found.commit.to_string().split_once(' ').unwrap().1.to_owned()))
    }

    #[test]
    fn each_operation_is_told_with_its_commit() {
        let cases = [
            (&["merge", "side"][..], OperationKind::Merging, "(side's)"),
            (&["rebase", "main", "side"][..], OperationKind::Rebasing, "(side's)"),
            (&["cherry-pick", "side"][..], OperationKind::Picking, "(side's)"),
            (&["revert", "--no-edit", "HEAD~1"][..], OperationKind::Reverting, "(one)"),
        ];
        for (arguments, doing, commit) in cases {
            let fixture = parted();
            assert_eq!(operation(&fixture, "a [1]"), None);
            let stopped = fixture.environment().directory(fixture.root()).run(arguments);
            assert!(stopped.is_err(), "{arguments:?}");
            assert_eq!(operation(&fixture, "a [1]"), Some((doing, commit.to_owned())), "{arguments:?}");
            assert_eq!(operation(&fixture, "b"), None, "a file that has nothing to settle");
        }
    }

    #[test]
    fn a_stash_has_no_commit_to_tell() {
        let fixture = parted();
        fixture.write("a [1]", "4\n").git(["stash"]);
        fixture.write("a [1]", "5\n").commit("later");
        assert!(fixture.environment().directory(fixture.root()).run(&["stash", "pop"]).is_err());
        assert_eq!(operation(&fixture, "a [1]"), None);
    }
}
