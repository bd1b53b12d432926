//! A repository: its directories, the current directory within it, and requests to it.

use std::path::{Path, PathBuf};

use super::path::os_string;
use super::run::canonical;
use super::{Address, Batch, Error, Git, Revision, TreePath};

/// A repository that git found and agreed to read.
#[derive(Clone, Debug)]
pub struct Repository {
    git: Git,
    /// The directory where the search started.
    directory: PathBuf,
    git_dir: PathBuf,
    /// `None` in a bare repository and inside a git directory.
    root: Option<PathBuf>,
    is_shallow: bool,
}

/// Finds the repository of `directory`, as git does.
///
/// # Errors
/// [`Error::NotInstalled`], [`Error::NotARepository`]; [`Error::Failed`] with git's message if it refuses, for instance
/// another user's repository.
pub fn discover(directory: &Path) -> Result<Repository, Error> {
    Repository::discover(Git::default(), directory)
}

/// Finds the repository of a file, and the file's path in it. A link to a file stands for its target.
///
/// # Errors
/// Those of [`discover`] and [`Repository::path_of`].
pub fn locate(file: &Path) -> Result<(Repository, TreePath), Error> {
    Repository::locate(Git::default(), file)
}

impl Repository {
    /// Like [`discover`], with git started in a given way.
    ///
    /// # Errors
    /// See [`discover`].
    pub fn discover(git: Git, directory: &Path) -> Result<Self, Error> {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        // If `GIT_DIR` is set, as in hooks, it determines the repository together with the current directory: relative
        // paths in the environment start there, and it is the default root of the work tree. Without it, the given
        // directory decides.
        let pinned = git.variable("GIT_DIR").is_some();
        let git = if pinned { git } else { git.directory(directory) };
        let Places { git_dir, root, is_shallow } = places(&git)?;
        let git = if pinned { git } else { git.directory(root.as_ref().unwrap_or(&git_dir)) };
        Ok(Self { git, directory: directory.to_owned(), git_dir, root, is_shallow })
    }

    /// Like [`locate`], with git started in a given way.
    ///
    /// # Errors
    /// See [`locate`].
    pub fn locate(git: Git, file: &Path) -> Result<(Self, TreePath), Error> {
        let file = resolved(file);
        // The directory of a deleted file may be deleted too.
        let directory = file.ancestors().skip(1).find(|directory| canonical(directory).is_some());
        let repository = Self::discover(git, directory.unwrap_or(&file))?;
        let path = repository.path_of(&file)?;
        Ok((repository, path))
    }

    /// The git directory of this work tree.
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// The root of the work tree.
    ///
    /// # Errors
    /// [`Error::NoWorkTree`].
    pub fn root(&self) -> Result<&Path, Error> {
        self.root.as_deref().ok_or_else(|| Error::NoWorkTree { git_dir: self.git_dir.clone() })
    }

    /// The directory in the work tree where the search started, to which `./` refers.
    ///
    /// # Errors
    /// [`Error::NoWorkTree`]; [`Error::OutsideRepository`] if it is outside the work tree, which is possible if
    /// `GIT_DIR` determines the repository.
    pub fn prefix(&self) -> Result<TreePath, Error> {
        self.path_of(&self.directory)
    }

    /// Whether it lacks commits before some of those that it has.
    pub(super) const fn is_shallow(&self) -> bool {
        self.is_shallow
    }

    pub(super) const fn git(&self) -> &Git {
        &self.git
    }

    /// Returns the path in the repository of a file of the work tree, which need not exist. A link to a file stands for
    /// its target.
    ///
    /// # Errors
    /// [`Error::NoWorkTree`], [`Error::OutsideRepository`].
    pub fn path_of(&self, file: &Path) -> Result<TreePath, Error> {
        let root = self.root()?;
        let outside = || Error::OutsideRepository { path: file.to_owned() };
        below(root, &resolved(file)).ok_or_else(outside)
    }

    /// Resolves the path of `REV:path`: after `./` or `../` from the current directory, otherwise from the root.
    ///
    /// # Errors
    /// [`Error::OutsideRepository`]; [`Error::NoWorkTree`] for a path from the current directory.
    pub fn path_from(&self, written: &[u8]) -> Result<TreePath, Error> {
        let from_here = matches!(written, b"." | b".." | [b'.', b'/', ..] | [b'.', b'.', b'/', ..]);
        if !from_here {
            return Ok(TreePath::new(written));
        }
        let outside = || Error::OutsideRepository { path: PathBuf::from(os_string(written).into_owned()) };
        self.prefix()?.join(written).ok_or_else(outside)
    }

    /// Returns a reader for many requests to one process.
    pub fn batch(&self) -> Batch {
        Batch::new(self.git.clone())
    }

    /// Reads one file of one version; see [`Batch::blob`].
    ///
    /// # Errors
    /// See [`Batch::blob`].
    pub fn blob(&self, revision: &Revision, path: &TreePath, limit: u64) -> Result<Option<Vec<u8>>, Error> {
        self.batch().blob(revision, path, limit)
    }

    /// Reads the file that `REV:path` names, which must exist.
    ///
    /// # Errors
    /// See [`Batch::blob`] and [`Repository::path_from`]; [`Error::NoSuchPath`]; [`Error::NoCommitYet`].
    pub fn read(&self, address: &Address, limit: u64) -> Result<Vec<u8>, Error> {
        let path = self.path_from(&address.path)?;
        let mut batch = self.batch();
        match batch.blob(&address.revision, &path, limit)? {
            Some(bytes) => Ok(bytes),
            None if address.revision.is_head() && batch.is_unborn()? => Err(Error::NoCommitYet),
            None => Err(Error::NoSuchPath { revision: address.revision.clone(), path }),
        }
    }
}

/// The places of a repository.
struct Places {
    /// The git directory, absolute.
    git_dir: PathBuf,
    /// The root of the work tree, absolute, if there is one.
    root: Option<PathBuf>,
    is_shallow: bool,
}

fn places(git: &Git) -> Result<Places, Error> {
    const SHALLOW: &str = "--is-shallow-repository";
    let split = |said: Vec<u8>| {
        let end = said.iter().position(|byte| *byte == b'\n').map_or(said.len(), |end| end + 1);
        (said.starts_with(b"true"), said.get(end..).unwrap_or_default().to_vec())
    };
    let both = git.run(&["rev-parse", SHALLOW, "--absolute-git-dir", "--show-toplevel"]);
    if let Err(Error::Failed { stderr, .. }) = &both
        && stderr.contains("must be run in a work tree")
    {
        let (is_shallow, git_dir) = split(git.run(&["rev-parse", SHALLOW, "--absolute-git-dir"])?);
        return Ok(Places { git_dir: only(&git_dir), root: None, is_shallow });
    }
    let (is_shallow, both) = split(both?);
    let mut lines = both.split(|b| *b == b'\n');
    if let (Some(git_dir), Some(root), Some(b""), None) =
        (lines.next(), lines.next(), lines.next(), lines.next())
    {
        return Ok(Places { git_dir: only(git_dir), root: Some(only(root)), is_shallow });
    }
    // A path contains a newline: asking for each path alone avoids ambiguity.
    let git_dir = git.run(&["rev-parse", "--absolute-git-dir"])?;
    let root = git.run(&["rev-parse", "--show-toplevel"])?;
    Ok(Places { git_dir: only(&git_dir), root: Some(only(&root)), is_shallow })
}

/// Returns the path that git printed, without its final newline.
fn only(written: &[u8]) -> PathBuf {
    PathBuf::from(os_string(written.strip_suffix(b"\n").unwrap_or(written)).into_owned())
}

/// Resolves links in the path of a file. If the file does not exist, the nearest existing directory is resolved and the
/// remaining names appended.
fn resolved(file: &Path) -> PathBuf {
    canonical(file)
        .or_else(|| Some(resolved(file.parent()?).join(file.file_name()?)))
        .unwrap_or_else(|| file.to_owned())
}

/// Returns `path` relative to `root`.
fn below(root: &Path, path: &Path) -> Option<TreePath> {
    let path = resolved(path);
    TreePath::from_relative(path.strip_prefix(canonical(root)?).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::{Fixture, LIMIT};

    fn read(fixture: &Fixture, directory: &str, address: &str) -> Result<String, Error> {
        let repository =
            Repository::discover(fixture.environment(), &fixture.root().join(directory)).unwrap();
        let bytes = repository.read(&Address::parse(address).unwrap(), LIMIT)?;
        Ok(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn a_repository_is_found_from_below_and_paths_mean_what_they_mean_to_git() {
        let fixture = Fixture::new();
        fixture.write("top.toml", "top").write("a b/é.toml", "below").commit("one");
        let repository = Repository::discover(fixture.environment(), &fixture.root().join("a b")).unwrap();
        assert_eq!(canonical(repository.root().unwrap()), canonical(&fixture.root()));
        assert_eq!(canonical(repository.git_dir()), canonical(&fixture.root().join(".git")));
        assert_eq!(repository.prefix(), Ok(TreePath::new("a b")));

        assert_eq!(read(&fixture, "a b", "HEAD:top.toml").as_deref(), Ok("top"));
        assert_eq!(read(&fixture, "a b", "HEAD:./é.toml").as_deref(), Ok("below"));
        assert_eq!(read(&fixture, "a b", "HEAD:../top.toml").as_deref(), Ok("top"));
        assert_eq!(read(&fixture, "a b", "HEAD:./../a b/é.toml").as_deref(), Ok("below"));
        let absent = |path: &str| Error::NoSuchPath { revision: Revision::head(), path: TreePath::new(path) };
        assert_eq!(read(&fixture, "a b", "HEAD:é.toml"), Err(absent("é.toml")));
        assert_eq!(read(&fixture, "a b", "HEAD:a b/../top.toml"), Err(absent("a b/../top.toml")));
        assert_eq!(
            read(&fixture, "a b", "HEAD:../../x"),
            Err(Error::OutsideRepository { path: "../../x".into() })
        );
    }

    #[test]
    fn a_file_is_located_through_links_and_after_its_deletion() {
        let fixture = Fixture::new();
        fixture.write("a/f.toml", "1").commit("one");
        let (_, path) =
            Repository::locate(fixture.environment(), &fixture.root().join("a/../a/f.toml")).unwrap();
        assert_eq!(path, TreePath::new("a/f.toml"));
        let (_, path) =
            Repository::locate(fixture.environment(), &fixture.root().join("a/gone.toml")).unwrap();
        assert_eq!(path, TreePath::new("a/gone.toml"));
        #[cfg(unix)]
        {
            let link = fixture.place().join("link");
            std::os::unix::fs::symlink(fixture.root().join("a/f.toml"), &link).unwrap();
            let (repository, path) = Repository::locate(fixture.environment(), &link).unwrap();
            assert_eq!(path, TreePath::new("a/f.toml"));
            assert_eq!(
                repository.path_of(fixture.place()),
                Err(Error::OutsideRepository { path: fixture.place().to_owned() })
            );
        }
    }

    #[test]
    fn no_repository_is_told_from_one_that_git_will_not_read() {
        let fixture = Fixture::new();
        let found = Repository::discover(fixture.environment(), fixture.place()).map(|r| r.git_dir);
        assert_eq!(found, Err(Error::NotARepository { dir: fixture.place().to_owned() }));

        let stranger = fixture.environment().env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
        let found = Repository::discover(stranger, &fixture.root()).map(|r| r.git_dir);
        let Err(Error::Distrusted { repository }) = &found else { panic!("{found:?}") };
        assert!(repository.ends_with("case"), "{repository}");
        let error = found.unwrap_err();
        assert!(error.to_string().contains("belongs to somebody else"), "{error}");
        assert!(error.help().is_some_and(|help| help.contains("safe.directory")));
    }

    #[test]
    fn a_bare_repository_has_versions_but_no_files() {
        let fixture = Fixture::new();
        fixture.write("a/f.toml", "1").commit("one");
        fixture.git(["clone", "--quiet", "--bare", ".", "../bare"]);
        let bare = fixture.place().join("bare");
        let repository = Repository::discover(fixture.environment(), &bare).unwrap();
        assert_eq!(
            repository.blob(&Revision::new("main"), &TreePath::new("a/f.toml"), LIMIT).unwrap().as_deref(),
            Some(b"1".as_slice())
        );
        assert!(matches!(repository.root(), Err(Error::NoWorkTree { .. })));
        assert!(matches!(repository.path_from(b"./f"), Err(Error::NoWorkTree { .. })));

        let inside = Repository::discover(fixture.environment(), &fixture.root().join(".git")).unwrap();
        assert!(matches!(inside.root(), Err(Error::NoWorkTree { .. })));
        assert_eq!(read(&fixture, ".git", "HEAD:a/f.toml").as_deref(), Ok("1"));
    }

    #[test]
    fn worktrees_and_submodules_are_repositories_of_their_own() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "main").commit("one");
        fixture.git(["worktree", "add", "--quiet", "-b", "side", "../side"]);
        let side = fixture.place().join("side");
        let repository = Repository::discover(fixture.environment(), &side).unwrap();
        assert_eq!(canonical(repository.root().unwrap()), canonical(&side));
        assert!(repository.git_dir().ends_with("worktrees/side"), "{:?}", repository.git_dir());

        fixture.git(["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../side", "sub"]);
        fixture.commit("with a submodule");
        let (repository, path) =
            Repository::locate(fixture.environment(), &fixture.root().join("sub/f.toml")).unwrap();
        assert_eq!(path, TreePath::new("f.toml"));
        assert_eq!(canonical(repository.root().unwrap()), canonical(&fixture.root().join("sub")));
    }

    #[test]
    fn git_dir_in_the_environment_says_which_repository_is_meant() {
        let fixture = Fixture::new();
        fixture.write("a/f.toml", "1").commit("one");
        let git = fixture.environment().env("GIT_DIR", fixture.root().join(".git"));
        let git = git.env("GIT_WORK_TREE", fixture.root());
        let repository = Repository::discover(git.clone(), &fixture.root().join("a")).unwrap();
        assert_eq!(canonical(repository.root().unwrap()), canonical(&fixture.root()));
        assert_eq!(repository.prefix(), Ok(TreePath::new("a")));
        let bytes = repository.read(&Address::parse("HEAD:./f.toml").unwrap(), LIMIT).unwrap();
        assert_eq!(bytes, b"1");

        let elsewhere = Repository::discover(git, fixture.place()).unwrap();
        assert_eq!(elsewhere.prefix(), Err(Error::OutsideRepository { path: fixture.place().to_owned() }));
        let broken = fixture.environment().env("GIT_DIR", fixture.place());
        assert!(matches!(Repository::discover(broken, &fixture.root()), Err(Error::NotARepository { .. })));
    }

    #[test]
    fn before_the_first_commit_there_is_a_repository_and_nothing_in_it() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "1");
        let repository = fixture.repository();
        assert_eq!(repository.batch().is_unborn(), Ok(true));
        for head in ["HEAD", "@"] {
            assert_eq!(fixture.blob(head, "f.toml"), None);
        }
        assert_eq!(read(&fixture, "", "HEAD:f.toml"), Err(Error::NoCommitYet));
        let main = Revision::new("main");
        assert_eq!(read(&fixture, "", "main:f.toml"), Err(Error::NoSuchRevision { revision: main }));
        fixture.commit("one");
        assert_eq!(repository.batch().is_unborn(), Ok(false));
    }

    #[cfg(unix)]
    #[test]
    fn a_newline_in_the_place_of_a_repository_does_no_harm() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "1").commit("one");
        let odd = fixture.place().join("two\nlines \"quoted\"");
        std::os::unix::fs::symlink("nowhere", fixture.place().join("two")).unwrap();
        fixture.git(["clone", "--quiet", ".", odd.to_str().unwrap()]);
        let repository = Repository::discover(fixture.environment(), &odd).unwrap();
        assert_eq!(canonical(repository.root().unwrap()), canonical(&odd));
        assert_eq!(repository.prefix(), Ok(TreePath::new("")));
    }
}
