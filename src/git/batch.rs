//! Reads many files through one `git cat-file` process: 200 versions of a file cost 7 ms, not 1.5 ms each.
//!
//! Names of revisions are passed on standard input, so that none of them can be mistaken for an option. Paths are
//! looked up here, name by name in git's tree objects, so that nothing quotes, expands or follows them.

use std::collections::HashMap;

use super::filter::Conversion;
use super::object::{ObjectAnswer, Objects};
use super::{Blob, EntryKind, Error, Git, Revision, TreePath};

/// Commits, tags and trees larger than this, in bytes, are refused: a tree of a million files has about 40 MB.
const METADATA_LIMIT: u64 = 256 * 1024 * 1024;

/// A resolved revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    /// The object's id; that of the commit if the name leads to one.
    pub(super) id: String,
    /// The id of its tree.
    pub(super) tree: String,
}

/// Reads objects of one repository. The process starts with the first request.
#[derive(Debug)]
pub struct Batch {
    git: Git,
    objects: Objects,
    conversions: HashMap<TreePath, Conversion>,
}

impl Batch {
    pub(super) fn new(git: Git) -> Self {
        Self { objects: Objects::new(git.clone()), git, conversions: HashMap::new() }
    }

    /// Reads the file at `path` in `revision`. `None` if there is no such path, or if `revision` is `HEAD` and the
    /// branch has no commit yet.
    ///
    /// # Errors
    /// [`Error::NoSuchRevision`] and similar; [`Error::NotAFile`] if the path is something else; [`Error::TooLarge`]
    /// for a file over `limit` bytes, which is not read.
    pub fn blob(
        &mut self,
        revision: &Revision,
        path: &TreePath,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, Error> {
        let found = match revision {
            Revision::Named(_) => match self.resolve(revision)? {
                Some(resolved) => self.look_up(&resolved.tree, path)?,
                None => None,
            },
            Revision::Index(stage) => self.staged(*stage, path)?,
        };
        match found {
            None => Ok(None),
            Some((EntryKind::File, id)) => match self.version(&Blob(id), path, limit) {
                Ok(content) => Ok(Some(content)),
                Err(Error::TooLarge { size, limit, .. }) => {
                    Err(Error::TooLarge { object: format!("{revision}:{path}"), size, limit })
                }
                Err(error) => Err(error),
            },
            Some((kind, _)) => Err(Error::NotAFile { revision: revision.clone(), path: path.clone(), kind }),
        }
    }

    /// Names the versions that are likely to be read next, in order. Git is asked for some of them ahead.
    pub fn expect<'a>(&mut self, versions: impl Iterator<Item = &'a Blob>) {
        self.objects.expect(versions.map(|version| version.0.clone().into_bytes()));
    }

    /// Reads a version of the file at `path`, as git checks it out.
    ///
    /// # Errors
    /// [`Error::TooLarge`] over `limit` bytes; [`Error::MissingObject`] if the repository lacks it; [`Error::Withheld`]
    /// if it is kept by a filter that must not run.
    pub fn version(&mut self, blob: &Blob, path: &TreePath, limit: u64) -> Result<Vec<u8>, Error> {
        let content = self.content(&blob.0, limit)?;
        let conversion = match self.conversions.get(path) {
            Some(known) => known.clone(),
            None => {
                let found = self.git.conversion(path)?;
                self.conversions.insert(path.clone(), found.clone());
                found
            }
        };
        match conversion {
            Conversion::AsStored => Ok(content),
            Conversion::Filtered => self.git.filtered(path, &blob.0, limit),
            Conversion::Withheld(filter) => Err(Error::Withheld { path: path.clone(), filter }),
        }
    }

    /// Whether a revision of this name exists. `HEAD` exists even before the first commit.
    ///
    /// # Errors
    /// [`Error::AmbiguousRevision`], [`Error::Failed`].
    pub fn knows(&mut self, revision: &Revision) -> Result<bool, Error> {
        match self.resolve(revision) {
            Ok(_) => Ok(true),
            Err(Error::NoSuchRevision { .. } | Error::NotARevision { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Resolves a revision to its commit or tree; `None` for `HEAD` without a commit.
    pub(super) fn resolve(&mut self, revision: &Revision) -> Result<Option<Resolved>, Error> {
        let no_such = || Error::NoSuchRevision { revision: revision.clone() };
        let Revision::Named(name) = revision else { return Err(no_such()) };
        // A request is one line, and git strips a carriage return at its end.
        if name.contains(&b'\n') || name.ends_with(b"\r") {
            return Err(no_such());
        }
        let mut name = name.clone();
        loop {
            let (id, kind, content) = match self.objects.get(&name, METADATA_LIMIT)? {
                ObjectAnswer::Found { id, kind, content } => (id, kind, content),
                ObjectAnswer::Ambiguous => {
                    return Err(Error::AmbiguousRevision { revision: revision.clone() });
                }
                ObjectAnswer::Missing if revision.is_head() && self.is_unborn()? => return Ok(None),
                ObjectAnswer::Missing => return Err(no_such()),
            };
            match kind.as_str() {
                "tree" => return Ok(Some(Resolved { tree: id.clone(), id })),
                "commit" => {
                    let tree = first_line(&content, b"tree ").ok_or_else(no_such)?;
                    return Ok(Some(Resolved { id, tree: String::from_utf8_lossy(tree).into_owned() }));
                }
                "tag" => name = first_line(&content, b"object ").ok_or_else(no_such)?.to_vec(),
                _ => return Err(Error::NotARevision { revision: revision.clone() }),
            }
        }
    }

    /// Whether the current branch has no commit yet.
    pub(super) fn is_unborn(&mut self) -> Result<bool, Error> {
        match self.objects.get(b"HEAD", METADATA_LIMIT)? {
            // A detached HEAD whose commit is missing means damage, not an empty branch.
            ObjectAnswer::Missing => Ok(self.git.ask(&["symbolic-ref", "-q", "HEAD"])?.is_some()),
            ObjectAnswer::Found { .. } | ObjectAnswer::Ambiguous => Ok(false),
        }
    }

    /// Returns the bytes of an object.
    fn content(&mut self, id: &str, limit: u64) -> Result<Vec<u8>, Error> {
        match self.objects.get(id.as_bytes(), limit)? {
            ObjectAnswer::Found { content, .. } => Ok(content),
            ObjectAnswer::Missing | ObjectAnswer::Ambiguous => {
                Err(Error::MissingObject { object: id.to_owned() })
            }
        }
    }

    /// Looks up a path below a tree.
    fn look_up(&mut self, tree: &str, path: &TreePath) -> Result<Option<(EntryKind, String)>, Error> {
        let mut found = (EntryKind::Directory, tree.to_owned());
        for name in path.names() {
            let (kind, id) = &found;
            if *kind != EntryKind::Directory {
                return Ok(None);
            }
            let content = self.content(id, METADATA_LIMIT)?;
            match entry(&content, id.len() / 2, name) {
                Some(next) => found = next,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// Looks up a path in the index.
    fn staged(&mut self, stage: u8, path: &TreePath) -> Result<Option<(EntryKind, String)>, Error> {
        let listed = self.git.run_on(&["ls-files", "--stage", "--full-name", "-z"], path)?;
        let mut below = false;
        for line in listed.split(|b| *b == 0).filter(|line| !line.is_empty()) {
            let Some((facts, name)) = split_at_byte(line, b'\t') else { continue };
            let mut facts = facts.split(|b| *b == b' ');
            let (Some(mode), Some(id), Some(at)) = (facts.next(), facts.next(), facts.next()) else {
                continue;
            };
            if name != path.as_bytes() {
                below = true;
            } else if at == [b'0' + stage] {
                return Ok(Some((EntryKind::of_mode(mode), String::from_utf8_lossy(id).into_owned())));
            }
        }
        Ok(below.then(|| (EntryKind::Directory, String::new())))
    }
}

/// Returns the value of `key` if it starts the first line of a commit or tag.
fn first_line<'a>(content: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    content.split(|b| *b == b'\n').next()?.strip_prefix(key)
}

/// Finds an entry by name in a tree object: a sequence of `MODE NAME\0` and the bytes of the id.
fn entry(mut tree: &[u8], id_length: usize, wanted: &[u8]) -> Option<(EntryKind, String)> {
    while !tree.is_empty() {
        let (mode, rest) = split_at_byte(tree, b' ')?;
        let (name, rest) = split_at_byte(rest, 0)?;
        let (id, rest) = rest.split_at_checked(id_length)?;
        if name == wanted {
            let id = id.iter().map(|byte| format!("{byte:02x}")).collect();
            return Some((EntryKind::of_mode(mode), id));
        }
        tree = rest;
    }
    None
}

/// Splits bytes at the first occurrence of a byte.
fn split_at_byte(bytes: &[u8], byte: u8) -> Option<(&[u8], &[u8])> {
    let mut parts = bytes.splitn(2, |b| *b == byte);
    Some((parts.next()?, parts.next()?))
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "repositories are damaged by hand")]
mod tests {
    use super::*;
    use crate::git::fixture::{Fixture, LIMIT};

    fn ask(
        fixture: &Fixture,
        revision: Revision,
        path: impl Into<Vec<u8>>,
    ) -> Result<Option<Vec<u8>>, Error> {
        fixture.repository().blob(&revision, &TreePath::new(path), LIMIT)
    }

    fn no_such(revision: &str) -> Error {
        Error::NoSuchRevision { revision: Revision::new(revision) }
    }

    #[test]
    fn every_name_that_git_takes_finds_the_version() {
        let fixture = Fixture::new();
        let first = fixture.write("a/f.toml", "1").commit("one");
        fixture.git(["tag", "-m", "annotated", "v1"]);
        fixture.git(["tag", "-m", "a tag of a tag", "v1-again", "v1"]);
        fixture.write("a/f.toml", "2").commit("fix: two");
        for name in ["HEAD~1", &first, &first[..12], "v1", "v1-again", "HEAD^{/one}", "main^", "v1^{tree}"] {
            assert_eq!(fixture.blob(name, "a/f.toml").as_deref(), Some("1"), "{name}");
        }
        for name in ["HEAD", "@", "main", "HEAD^{/fix: t}", ":/fix", "main@{0}"] {
            assert_eq!(fixture.blob(name, "a/f.toml").as_deref(), Some("2"), "{name}");
        }
        assert_eq!(fixture.blob("HEAD:a", "f.toml").as_deref(), Some("2"));
        assert_eq!(fixture.blob("HEAD~1", "a/absent.toml"), None);
        assert_eq!(fixture.blob("HEAD", "a/f.toml/below"), None);
    }

    #[test]
    fn a_name_that_is_none_does_no_harm() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "1").commit("one");
        for name in
            ["nope", "", "--help", "--batch-all-objects", "HEAD\nHEAD", "HEAD\r", "a..b", "HEAD~9", " HEAD "]
        {
            assert_eq!(ask(&fixture, Revision::new(name), "f.toml"), Err(no_such(name)), "{name:?}");
        }
        let file = Revision::new("HEAD:f.toml");
        assert_eq!(ask(&fixture, file.clone(), "f.toml"), Err(Error::NotARevision { revision: file }));
    }

    #[test]
    fn a_branch_that_looks_like_an_option_is_a_branch() {
        let fixture = Fixture::new();
        let first = fixture.write("f.toml", "1").commit("one");
        fixture.git(["update-ref", "refs/heads/-x", &first]);
        fixture.write("f.toml", "2").commit("two");
        assert_eq!(fixture.blob("-x", "f.toml").as_deref(), Some("1"));
    }

    #[test]
    fn the_beginning_of_several_ids_is_ambiguous() {
        let fixture = Fixture::new();
        // Both begin with f0acb as files of a SHA-1 repository.
        fixture.write("a", "1071").write("b", "1251").commit("one");
        let revision = Revision::new("f0acb");
        assert_eq!(ask(&fixture, revision.clone(), "f"), Err(Error::AmbiguousRevision { revision }));
    }

    #[cfg(unix)]
    #[test]
    fn any_bytes_can_be_a_path() {
        use std::os::unix::ffi::OsStrExt;
        let fixture = Fixture::new();
        let names: [&[u8]; 9] = [
            b"with space.toml",
            "\u{e9}\u{4e2d}.toml".as_bytes(),
            b"not utf-8 \xff\xe9",
            b"two\nlines",
            b"a \"quote\" and a \\",
            b":(glob)*",
            b"-x",
            b"*",
            b"d\xe9r/\x1b[31m",
        ];
        for name in names {
            fixture.write(std::ffi::OsStr::from_bytes(name), name);
        }
        fixture.commit("hostile names");
        let repository = fixture.repository();
        let mut batch = repository.batch();
        for name in names {
            for revision in [Revision::head(), Revision::Index(0)] {
                let found = batch.blob(&revision, &TreePath::new(name), LIMIT).unwrap();
                assert_eq!(found.as_deref(), Some(name), "{revision} {}", TreePath::new(name));
            }
        }
        for absent in [":(glob)**", "?", ":/", ".", "..", "/-x", "-x/", "", "//"] {
            let found = batch.blob(&Revision::head(), &TreePath::new(absent), LIMIT);
            assert!(!matches!(found, Ok(Some(_))), "{absent:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_named_and_never_followed() {
        let fixture = Fixture::new();
        fixture.write("d/f.toml", "1").commit("one");
        std::os::unix::fs::symlink("d/f.toml", fixture.root().join("link")).unwrap();
        std::os::unix::fs::symlink("d", fixture.root().join("dirlink")).unwrap();
        let head = fixture.git(["rev-parse", "HEAD"]);
        fixture.git(["update-index", "--add", "--cacheinfo", &format!("160000,{head},sub")]);
        fixture.git(["add", "link", "dirlink"]);
        fixture.git(["commit", "--quiet", "-m", "two"]);
        for revision in [Revision::head(), Revision::Index(0)] {
            for (path, kind) in [
                ("link", EntryKind::Symlink),
                ("dirlink", EntryKind::Symlink),
                ("d", EntryKind::Directory),
                ("", EntryKind::Directory),
                ("sub", EntryKind::Submodule),
            ] {
                let error = Error::NotAFile { revision: revision.clone(), path: TreePath::new(path), kind };
                assert_eq!(ask(&fixture, revision.clone(), path), Err(error), "{path}");
            }
            assert_eq!(ask(&fixture, revision.clone(), "dirlink/f.toml"), Ok(None));
            assert_eq!(ask(&fixture, revision, "sub/f.toml"), Ok(None));
        }
    }

    #[test]
    fn the_index_holds_what_is_staged_and_the_sides_of_a_merge() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "base").commit("base");
        fixture.git(["checkout", "--quiet", "-b", "theirs"]);
        fixture.write("f.toml", "theirs").commit("theirs");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.write("f.toml", "staged");
        fixture.git(["add", "f.toml"]);
        fixture.write("f.toml", "not staged");
        assert_eq!(ask(&fixture, Revision::Index(0), "f.toml"), Ok(Some(b"staged".to_vec())));
        assert_eq!(ask(&fixture, Revision::Index(0), "absent"), Ok(None));
        fixture.write("f.toml", "ours").commit("ours");
        fixture.environment().directory(fixture.root()).run(&["merge", "theirs"]).unwrap_err();
        for (stage, side) in [(1, "base"), (2, "ours"), (3, "theirs")] {
            assert_eq!(ask(&fixture, Revision::Index(stage), "f.toml"), Ok(Some(side.into())));
        }
        assert_eq!(ask(&fixture, Revision::Index(0), "f.toml"), Ok(None));
    }

    #[test]
    fn a_file_over_the_limit_is_not_read_and_the_next_question_is_answered() {
        let fixture = Fixture::new();
        fixture.write("large", vec![b'x'; 3_000_000]).write("small", "1234").commit("one");
        let repository = fixture.repository();
        let mut batch = repository.batch();
        let (head, small) = (Revision::head(), TreePath::new("small"));
        let error = batch.blob(&head, &TreePath::new("large"), LIMIT).unwrap_err();
        let object = "HEAD:large".to_owned();
        assert_eq!(error, Error::TooLarge { object, size: 3_000_000, limit: LIMIT });
        assert_eq!(batch.blob(&head, &small, 4), Ok(Some(b"1234".to_vec())));
        assert!(matches!(batch.blob(&head, &small, 3), Err(Error::TooLarge { size: 4, limit: 3, .. })));
        assert_eq!(batch.blob(&head, &small, 4), Ok(Some(b"1234".to_vec())));
    }

    #[test]
    fn versions_requested_ahead_are_answered_in_whatever_order_they_are_asked_for() {
        let fixture = Fixture::new();
        let path = TreePath::new("f");
        let text = |at: usize| if at == 7 { "x".repeat(200_000) } else { format!("version {at}") };
        let mut versions: Vec<Blob> = (0..40)
            .map(|at| {
                fixture.write("f", text(at));
                Blob(fixture.git(["hash-object", "-w", "f"]))
            })
            .collect();
        versions.insert(20, Blob("0".repeat(40)));
        let expected = |at: usize| match at {
            7 => Err(Error::TooLarge { object: versions[7].0.clone(), size: 200_000, limit: 100_000 }),
            20 => Err(Error::MissingObject { object: "0".repeat(40) }),
            at => Ok(text(at - usize::from(at > 20)).into_bytes()),
        };
        // Steps that share no factor with the number of versions come to each of them.
        for step in [1, 2, 5, 12, 40] {
            let mut batch = fixture.repository().batch();
            batch.expect(versions.iter());
            for turn in 0..2 * versions.len() {
                let at = turn * step % versions.len();
                assert_eq!(batch.version(&versions[at], &path, 100_000), expected(at), "{step} {at}");
            }
        }
    }

    #[test]
    fn a_damaged_version_requested_ahead_costs_no_other() {
        let fixture = Fixture::new();
        let path = TreePath::new("f");
        let text = |at: usize| format!("version {at}\n").repeat(1000 + at);
        let versions: Vec<Blob> = (0..12)
            .map(|at| {
                fixture.write("f", text(at));
                Blob(fixture.git(["hash-object", "-w", "f"]))
            })
            .collect();
        // The beginning of the object is whole, so that git finds the damage only when it reads all of it.
        let id = &versions[5].0;
        let object = fixture.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
        let bytes = std::fs::read(&object).unwrap();
        std::fs::remove_file(&object).unwrap();
        std::fs::write(&object, &bytes[..bytes.len() / 2]).unwrap();
        let mut batch = fixture.repository().batch();
        batch.expect(versions.iter());
        for at in (0..5).chain(6..12).chain([5]) {
            let read = batch.version(&versions[at], &path, LIMIT);
            assert_eq!(read.ok(), (at != 5).then(|| text(at).into_bytes()), "{at}");
        }
    }

    #[test]
    fn what_a_damaged_repository_lacks_is_named() {
        let fixture = Fixture::new();
        fixture.write("f.toml", "1").commit("one");
        for lost in ["HEAD:f.toml", "HEAD^{tree}"] {
            let id = fixture.git(["rev-parse", lost]);
            let object = fixture.root().join(".git/objects").join(&id[..2]).join(&id[2..]);
            std::fs::remove_file(&object).unwrap();
            let error = Error::MissingObject { object: id };
            assert_eq!(ask(&fixture, Revision::head(), "f.toml"), Err(error.clone()));
            std::fs::write(&object, "no object").unwrap();
            assert_eq!(ask(&fixture, Revision::head(), "f.toml"), Err(error));
        }
    }

    #[test]
    fn a_repository_with_longer_ids_is_read_alike() {
        let fixture = Fixture::new();
        fixture.git(["init", "--quiet", "--object-format=sha256", "--initial-branch=main", "../sha256"]);
        let root = fixture.place().join("sha256");
        std::fs::create_dir(root.join("d")).unwrap();
        std::fs::write(root.join("d/f.toml"), "1").unwrap();
        fixture.git_in(&root, ["add", "."]);
        fixture.git_in(&root, ["commit", "--quiet", "-m", "one"]);
        let repository = crate::git::Repository::discover(fixture.environment(), &root).unwrap();
        let found = repository.blob(&Revision::head(), &TreePath::new("d/f.toml"), LIMIT);
        assert_eq!(found, Ok(Some(b"1".to_vec())));
    }

    #[test]
    fn a_program_that_is_no_git_is_an_error_not_a_hang() {
        let mut batch = Batch::new(Git::default().program("true"));
        let asked = batch.blob(&Revision::head(), &TreePath::new("f"), LIMIT);
        assert!(matches!(asked, Err(Error::Failed { .. })), "{asked:?}");
        // A git that answers every request by repeating it.
        let mut batch = Batch::new(Git::default().program("echo"));
        let asked = batch.blob(&Revision::head(), &TreePath::new("f"), LIMIT);
        assert!(matches!(asked, Err(Error::Failed { .. })), "{asked:?}");
        let mut batch = Batch::new(Git::default().program("no-such-git-program"));
        assert_eq!(batch.blob(&Revision::head(), &TreePath::new("f"), LIMIT), Err(Error::NotInstalled));
    }

    #[test]
    fn a_tree_cut_short_holds_nothing() {
        let tree = b"100644 f\0\x01\x02\x03";
        assert_eq!(entry(tree, 3, b"f"), Some((EntryKind::File, "010203".into())));
        for end in 0..tree.len() {
            assert_eq!(entry(&tree[..end], 3, b"f"), None);
        }
    }
}
