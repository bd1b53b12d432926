//! The files that differ between two versions, or between a version and the work tree.

use std::collections::HashSet;
use std::ffi::OsStr;

use super::batch::Resolved;
use super::{Error, Range, Repository, Revision, TreePath};

/// The kind of a difference.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FileStatus {
    /// The file is new.
    Added,
    /// It has other content, another mode or another kind, or it is unmerged.
    Modified,
    /// It is deleted.
    Deleted,
    /// It has another path, with equal or similar content.
    Renamed {
        /// The path before.
        from: TreePath,
    },
    /// It is in the work tree and neither tracked nor ignored.
    Untracked,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangedFile {
    /// Its path after the change, or before it if the file is deleted.
    pub path: TreePath,
    /// How it differs.
    pub status: FileStatus,
}

impl ChangedFile {
    /// Merges another entry for the same path into this one; always returns `true`.
    fn unite(&mut self, again: &Self) -> bool {
        let unites = (&self.status, &again.status);
        if unites == (&FileStatus::Deleted, &FileStatus::Untracked) {
            // It is no longer tracked, but still a file.
            self.status = FileStatus::Modified;
        } else if self.status == FileStatus::Modified {
            // A conflict, followed by the state of the file in the work tree.
            self.status = again.status.clone();
        }
        true
    }
}

/// Options of both comparisons: git's plain list, paths from the root, renames detected, no commands run, and
/// submodules, which are no files, left out.
const LIST: [&str; 9] = [
    "-r",
    "--raw",
    "-z",
    "-M",
    "--no-relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-color",
    "--ignore-submodules=all",
];

impl Repository {
    /// Returns the files that differ, by path. With `untracked`, a comparison with the work tree includes files that
    /// are neither tracked nor ignored. Before the first commit, every staged file counts as new.
    ///
    /// # Errors
    /// [`Error::NoSuchRevision`] and similar; [`Error::NoMergeBase`]; [`Error::NoWorkTree`] for a comparison with the
    /// work tree.
    pub fn changed(&self, range: &Range, untracked: bool) -> Result<Vec<ChangedFile>, Error> {
        let mut changed = match range {
            Range::WorkTree(revision) => {
                self.root()?;
                let tree = self.batch().resolve(revision)?.map(|resolved| resolved.tree);
                let mut changed = self.in_work_tree(&tree.map_or_else(|| self.empty_tree(), Ok)?)?;
                if untracked {
                    changed.extend(self.untracked()?);
                }
                changed
            }
            Range::Between(from, to) => {
                let mut batch = self.batch();
                let from = batch.resolve(from)?.ok_or(Error::NoCommitYet)?;
                let to = batch.resolve(to)?.ok_or(Error::NoCommitYet)?;
                self.between(&from.tree, &to.tree)?
            }
            Range::SinceMergeBase(from, to) => {
                let base = self.common_ancestor(from, to)?;
                let mut batch = self.batch();
                let theirs = batch.resolve(to)?.ok_or(Error::NoCommitYet)?;
                let base = batch.resolve(&base)?.ok_or(Error::NoCommitYet)?;
                self.between(&base.tree, &theirs.tree)?
            }
        };
        changed.sort_by(|a, b| a.path.cmp(&b.path));
        changed.dedup_by(|again, first| again.path == first.path && first.unite(again));
        Ok(changed)
    }

    /// Returns the id of the merge base of two revisions.
    ///
    /// # Errors
    /// [`Error::NoSuchRevision`] and similar; [`Error::NoMergeBase`].
    pub fn common_ancestor(&self, from: &Revision, to: &Revision) -> Result<Revision, Error> {
        let mut batch = self.batch();
        let ours = batch.resolve(from)?.ok_or(Error::NoCommitYet)?;
        let theirs = batch.resolve(to)?.ok_or(Error::NoCommitYet)?;
        let base = self.merge_base(&ours, &theirs)?;
        base.map(Revision::Named).ok_or_else(|| Error::NoMergeBase { from: from.clone(), to: to.clone() })
    }

    pub(super) fn between(&self, from: &str, to: &str) -> Result<Vec<ChangedFile>, Error> {
        let arguments = [&["diff-tree"][..], &LIST, &[from, to, "--"]].concat();
        Ok(parse(&self.git().run(&arguments)?).into_iter().map(|entry| entry.changed).collect())
    }

    /// `git diff` would also write the index, even with locks disabled. `git diff-index` does not, but lists files
    /// whose time alone changed, which are filtered out here.
    fn in_work_tree(&self, from: &str) -> Result<Vec<ChangedFile>, Error> {
        let git = self.git().clone().without_filters()?;
        let listed = git.run(&[&["diff-index"][..], &LIST, &[from, "--"]].concat())?;
        let mut entries = parse(&listed);
        if entries.iter().any(|entry| entry.unread) {
            // Only the time of a file changed if it equals the index ...
            let listed = git.run(&["ls-files", "--modified", "--full-name", "-z", "--", ":/"])?;
            let modified: HashSet<&[u8]> = listed.split(|b| *b == 0).collect();
            let is_touched =
                |entry: &DiffEntry| entry.unread && !modified.contains(entry.changed.path.as_bytes());
            if entries.iter().any(is_touched) {
                // ... and the index equals the version.
                let listed = git.run(&[&["diff-index", "--cached"][..], &LIST, &[from, "--"]].concat())?;
                let staged: HashSet<TreePath> =
                    parse(&listed).into_iter().map(|entry| entry.changed.path).collect();
                entries.retain(|entry| !is_touched(entry) || staged.contains(&entry.changed.path));
            }
        }
        Ok(entries.into_iter().map(|entry| entry.changed).collect())
    }

    fn untracked(&self) -> Result<Vec<ChangedFile>, Error> {
        let arguments =
            ["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", ":/"].map(OsStr::new);
        let listed = self.git().run(&arguments)?;
        let paths = listed.split(|b| *b == 0);
        // A path that ends with a slash is another repository inside this one.
        Ok(paths
            .filter(|path| !path.is_empty() && !path.ends_with(b"/"))
            .map(|path| ChangedFile { path: TreePath::new(path), status: FileStatus::Untracked })
            .collect())
    }

    fn merge_base(&self, ours: &Resolved, theirs: &Resolved) -> Result<Option<Vec<u8>>, Error> {
        let bases = self.git().ask(&["merge-base", &ours.id, &theirs.id])?;
        Ok(bases.and_then(|bases| Some(bases.split(|b| *b == b'\n').next()?.to_vec())))
    }

    /// Returns the id of the empty tree, which depends on the hash of the repository.
    fn empty_tree(&self) -> Result<String, Error> {
        let id = self.git().run(&["hash-object", "-t", "tree", "--stdin"])?;
        Ok(String::from_utf8_lossy(&id).trim().to_owned())
    }
}

/// An entry of git's list.
struct DiffEntry {
    changed: ChangedFile,
    /// Whether git listed the file for its time or size alone and did not compare the content.
    unread: bool,
}

/// Parses git's list: `:MODE MODE ID ID STATUS`, NUL, the path, NUL, and after a rename the new path, NUL.
fn parse(listed: &[u8]) -> Vec<DiffEntry> {
    let mut fields = listed.split(|b| *b == 0);
    let mut entries = Vec::new();
    while let (Some(facts), Some(path)) = (fields.next(), fields.next()) {
        let mut facts = facts.strip_prefix(b":").unwrap_or(facts).split(|b| *b == b' ');
        let (mode_before, mode_after) = (facts.next(), facts.next());
        let id_after = facts.nth(1);
        let letter = facts.next().and_then(|status| status.first());
        let path = TreePath::new(path);
        let changed = match letter {
            Some(b'A') => ChangedFile { path, status: FileStatus::Added },
            Some(b'D') => ChangedFile { path, status: FileStatus::Deleted },
            Some(b'R') => {
                let Some(after) = fields.next() else { break };
                ChangedFile { path: TreePath::new(after), status: FileStatus::Renamed { from: path } }
            }
            Some(b'C') => {
                let Some(after) = fields.next() else { break };
                ChangedFile { path: TreePath::new(after), status: FileStatus::Added }
            }
            _ => ChangedFile { path, status: FileStatus::Modified },
        };
        let unread = letter == Some(&b'M')
            && mode_before == mode_after
            && id_after.is_some_and(|id| id.iter().all(|digit| *digit == b'0'));
        entries.push(DiffEntry { changed, unread });
    }
    entries
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files of the work tree come and go")]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    fn list(fixture: &Fixture, range: &str, untracked: bool) -> String {
        let changed = fixture.repository().changed(&Range::parse(range), untracked).unwrap();
        let lines = changed.iter().map(|changed| match &changed.status {
            FileStatus::Added => format!("A {}", changed.path),
            FileStatus::Modified => format!("M {}", changed.path),
            FileStatus::Deleted => format!("D {}", changed.path),
            FileStatus::Renamed { from } => format!("R {from} -> {}", changed.path),
            FileStatus::Untracked => format!("? {}", changed.path),
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn long(word: &str) -> String {
        format!("{word} and some more\n").repeat(20)
    }

    fn history() -> Fixture {
        let fixture = Fixture::new();
        fixture.write("kept", "1").write("edited", "1").write("gone", "old").write("d/moved é", long("text"));
        fixture.commit("one");
        fixture.write("edited", "2").write("new file", "new").write("moved here", long("text") + "end\n");
        std::fs::remove_file(fixture.root().join("gone")).unwrap();
        std::fs::remove_file(fixture.root().join("d/moved é")).unwrap();
        fixture
    }

    #[test]
    fn between_two_versions() {
        let fixture = history();
        fixture.commit("two");
        insta::assert_snapshot!(list(&fixture, "HEAD~1..HEAD", false), @r"
        M edited
        D gone
        R d/moved é -> moved here
        A new file
        ");
        assert_eq!(list(&fixture, "HEAD~1..", false), list(&fixture, "HEAD~1..HEAD", true));
        assert_eq!(list(&fixture, "HEAD..HEAD", false), "");
        assert_eq!(list(&fixture, "HEAD~1", false), list(&fixture, "HEAD~1..HEAD", false));
    }

    #[test]
    fn between_a_version_and_the_work_tree() {
        let fixture = history();
        fixture.write(".gitignore", "*.tmp\n").write("x.tmp", "").write("d/other", "");
        fixture.git(["add", "moved here"]);
        insta::assert_snapshot!(list(&fixture, "HEAD", false), @r"
        M edited
        D gone
        R d/moved é -> moved here
        ");
        insta::assert_snapshot!(list(&fixture, "HEAD", true), @r"
        ? .gitignore
        ? d/other
        M edited
        D gone
        R d/moved é -> moved here
        ? new file
        ");
        let below = Repository::discover(fixture.environment(), &fixture.root().join("d")).unwrap();
        let range = Range::WorkTree(Revision::head());
        assert_eq!(below.changed(&range, true), fixture.repository().changed(&range, true));
    }

    #[test]
    fn since_two_branches_parted() {
        let fixture = Fixture::new();
        fixture.write("base", "1").commit("base");
        fixture.git(["checkout", "--quiet", "-b", "side"]);
        fixture.write("of side", "side").commit("side");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.write("of main", "main").commit("main");
        assert_eq!(list(&fixture, "main...side", false), "A of side");
        assert_eq!(list(&fixture, "side...", false), "A of main");
        assert_eq!(list(&fixture, "main..side", false), "D of main\nA of side");

        fixture.git(["checkout", "--quiet", "--orphan", "alone"]);
        fixture.commit("alone");
        let (from, to) = (Revision::new("main"), Revision::new("alone"));
        let asked = fixture.repository().changed(&Range::parse("main...alone"), false);
        assert_eq!(asked, Err(Error::NoMergeBase { from, to }));
    }

    #[test]
    fn a_file_only_touched_is_not_changed() {
        let fixture = Fixture::new();
        fixture.write("f", "1").write("edited", "1").commit("one");
        fixture.write("staged", "1").write("f", "2").write("edited", "2").commit("two");
        let touch = |name: &str| {
            let file = std::fs::File::options().append(true).open(fixture.root().join(name)).unwrap();
            file.set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
        };
        fixture.write("edited", "3").write("staged", "2");
        fixture.git(["add", "staged"]);
        ["f", "edited", "staged"].iter().copied().for_each(touch);
        // Git's own plumbing would report this file as changed.
        assert!(fixture.git(["diff-index", "HEAD"]).contains("\tf"));
        assert_eq!(list(&fixture, "HEAD", true), "M edited\nM staged");
        assert_eq!(list(&fixture, "HEAD~1", true), "M edited\nM f\nA staged");
        fixture.git(["reset", "--quiet", "--hard"]);
        touch("f");
        assert_eq!(list(&fixture, "HEAD", true), "");
    }

    #[test]
    fn before_the_first_commit_all_that_is_staged_is_new() {
        let fixture = Fixture::new();
        fixture.write("staged", "1");
        fixture.git(["add", "staged"]);
        fixture.write("other", "1");
        assert_eq!(list(&fixture, "HEAD", false), "A staged");
        assert_eq!(list(&fixture, "HEAD", true), "? other\nA staged");
        assert_eq!(fixture.repository().changed(&Range::parse(".."), false), Err(Error::NoCommitYet));
    }

    #[test]
    fn a_conflict_is_listed_once_as_what_is_in_the_work_tree() {
        let fixture = Fixture::new();
        fixture.write("both", "base").write("deleted", "base").commit("base");
        fixture.git(["checkout", "--quiet", "-b", "theirs"]);
        fixture.write("both", "theirs").write("deleted", "theirs").commit("theirs");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.write("both", "ours");
        std::fs::remove_file(fixture.root().join("deleted")).unwrap();
        fixture.commit("ours");
        fixture.environment().directory(fixture.root()).run(&["merge", "theirs"]).unwrap_err();
        assert_eq!(list(&fixture, "HEAD~1", true), "M both\nM deleted");
        std::fs::remove_file(fixture.root().join("deleted")).unwrap();
        assert_eq!(list(&fixture, "HEAD~1", true), "M both\nD deleted");
    }

    #[test]
    fn a_file_no_longer_tracked_is_still_a_file() {
        let fixture = Fixture::new();
        fixture.write("f", "1").write("g", "1").commit("one");
        fixture.git(["rm", "--quiet", "--cached", "f"]);
        assert_eq!(list(&fixture, "HEAD", false), "D f");
        assert_eq!(list(&fixture, "HEAD", true), "M f");
    }

    #[cfg(unix)]
    #[test]
    fn names_come_as_they_are() {
        use std::os::unix::ffi::OsStrExt;
        let fixture = Fixture::new();
        fixture.commit("nothing");
        let names: [&[u8]; 3] = [b"-x", b"\"two\nlines\"", b"not utf-8 \xff"];
        for name in names {
            fixture.write(std::ffi::OsStr::from_bytes(name), "1");
        }
        let range = Range::WorkTree(Revision::head());
        let paths = |changed: Vec<ChangedFile>| {
            let mut paths: Vec<_> = changed.into_iter().map(|changed| changed.path).collect();
            paths.sort_by_key(|path| names.iter().position(|name| *name == path.as_bytes()));
            paths
        };
        let expected = names.map(TreePath::new);
        assert_eq!(paths(fixture.repository().changed(&range, true).unwrap()), expected);
        fixture.commit("names");
        assert_eq!(paths(fixture.repository().changed(&Range::parse("HEAD~1.."), true).unwrap()), expected);
    }

    #[test]
    fn a_submodule_is_no_file() {
        let fixture = Fixture::new();
        let head = fixture.write("f", "1").commit("one");
        fixture.git(["update-index", "--add", "--cacheinfo", &format!("160000,{head},sub")]);
        std::fs::create_dir(fixture.root().join("sub")).unwrap();
        fixture.git(["init", "--quiet", "inner"]);
        assert_eq!(list(&fixture, "HEAD", true), "");
    }
}
