//! The commits that changed a file, through its renamings, and its versions.

use std::collections::{HashMap, HashSet};

use super::{Batch, Blob, Error, Repository, Revision, TreePath};

/// A commit that changed a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id, in full.
    pub id: String,
    /// The previous commits that changed the file, as positions in the history: none for the commit that added it,
    /// several for a merge of versions.
    pub parents: Vec<usize>,
    /// The author.
    pub author: String,
    /// The time in ISO 8601 with the author's offset, such as `2025-03-09T12:00:00+01:00`.
    pub date: String,
    /// The time when it was committed, in the same form.
    pub committed: String,
    /// The first line of its message.
    pub subject: String,
    /// The path of the file after the commit, or before it if the file is deleted.
    pub path: TreePath,
    /// The file after the commit; `None` if it is deleted or no longer a file.
    pub version: Option<Blob>,
}

/// The format of the log: each commit by its fields, an empty one after them, then the raw difference.
const FORMAT: &str = "--format=%H%x00%P%x00%aN%x00%aI%x00%cI%x00%s%x00";

const OPTIONS: [&str; 18] = [
    "--date-order",
    // The first commit is compared with nothing, whatever `log.showRoot` says.
    "--root",
    // Parents after leaving out commits that do not touch the file.
    "--parents",
    "--raw",
    "--no-abbrev",
    "--no-renames",
    // A merge is listed only if its version differs from those of all parents.
    "-c",
    "-z",
    "--encoding=UTF-8",
    "--no-color",
    "--no-notes",
    "--no-show-signature",
    "--no-ext-diff",
    "--no-textconv",
    "--no-relative",
    "--no-follow",
    "--no-decorate",
    FORMAT,
];

/// A commit as read from git, its parents still by id.
#[derive(Debug)]
struct LoggedCommit {
    commit: Commit,
    parents: Vec<String>,
    /// Whether the file did not exist before.
    brings: bool,
}

impl Repository {
    /// Returns the ancestors of `revision` that changed the file at `path` there, newest first and children before
    /// parents. A merge is included only if its version differs from those of all parents. If a commit adds the file
    /// under this path and deletes a similar one, the history continues under that other path.
    ///
    /// # Errors
    /// [`Error::NoSuchRevision`] and similar, [`Error::NoCommitYet`].
    pub fn history(
        &self,
        batch: &mut Batch,
        revision: &Revision,
        path: &TreePath,
    ) -> Result<Vec<Commit>, Error> {
        let start = batch.resolve(revision)?.ok_or(Error::NoCommitYet)?;
        let mut commits: Vec<LoggedCommit> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut walked: HashSet<(String, TreePath)> = HashSet::new();
        // Where to continue: a commit, a path, and the later commit.
        let mut open = vec![(start.id, path.clone(), None)];
        while let Some((from, path, child)) = open.pop() {
            let first = commits.len();
            if walked.insert((from.clone(), path.clone())) {
                for told in self.walk(&from, &path)? {
                    if !known.contains_key(&told.commit.id) {
                        known.insert(told.commit.id.clone(), commits.len());
                        commits.push(told);
                    }
                }
            }
            if let (Some(child), Some(next)) = (child, commits.get(first).map(|told| told.commit.id.clone()))
                && let Some(child) = commits.get_mut::<usize>(child)
            {
                child.parents = vec![next];
            }
            for at in first..commits.len() {
                let Some(told) = commits.get(at).filter(|told| told.brings) else { continue };
                if let Some(before) = self.renamed_from(batch, &told.commit.id, &told.commit.path)? {
                    open.push((format!("{}^", told.commit.id), before, Some(at)));
                }
            }
        }
        Ok(linked(commits, &known))
    }

    /// Returns the positions of the commits at which a shallow clone cuts this history off: those that have the file and
    /// no parent here. Empty in a complete clone.
    ///
    /// # Errors
    /// [`Error::Failed`] if git refuses to answer.
    pub fn boundaries(&self, batch: &mut Batch, history: &[Commit]) -> Result<Vec<usize>, Error> {
        if !self.is_shallow() {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for (at, commit) in history.iter().enumerate().filter(|(_, commit)| commit.parents.is_empty()) {
            if parent(batch, &commit.id)?.is_none() {
                found.push(at);
            }
        }
        Ok(found)
    }

    fn walk(&self, from: &str, path: &TreePath) -> Result<Vec<LoggedCommit>, Error> {
        let arguments = [&["log"][..], &OPTIONS, &[from]].concat();
        Ok(parse(&self.git().run_on(&arguments, path)?, path))
    }

    /// Returns the previous path of the file if this commit renamed it.
    fn renamed_from(
        &self,
        batch: &mut Batch,
        commit: &str,
        path: &TreePath,
    ) -> Result<Option<TreePath>, Error> {
        let Some(parent) = parent(batch, commit)? else { return Ok(None) };
        let renamed = self.between(&parent, commit)?.into_iter().find(|changed| changed.path == *path);
        Ok(renamed.and_then(|changed| match changed.status {
            super::FileStatus::Renamed { from } => Some(from),
            _ => None,
        }))
    }
}

/// Returns the name of a commit's first parent, if it is here.
fn parent(batch: &mut Batch, commit: &str) -> Result<Option<String>, Error> {
    let parent = format!("{commit}^");
    Ok(batch.knows(&Revision::new(&parent))?.then_some(parent))
}

/// Parses the log.
fn parse(written: &[u8], path: &TreePath) -> Vec<LoggedCommit> {
    let mut fields = written.split(|b| *b == 0).peekable();
    let mut found = Vec::new();
    let text = |field: &[u8]| String::from_utf8_lossy(field).into_owned();
    while let [Some(id), Some(parents), Some(author), Some(date), Some(committed), Some(subject), Some(_)] =
        std::array::from_fn(|_| fields.next())
    {
        let (mut version, mut brings) = (None, false);
        // The difference of a merge is preceded by one more terminator.
        let is_end = fields.peek().is_some_and(|field| field.is_empty());
        if is_end {
            fields.next();
        }
        while let Some(facts) = fields.next_if(|field| field.trim_ascii_start().starts_with(b":")) {
            fields.next();
            (version, brings) = outcome(facts.trim_ascii_start());
        }
        found.push(LoggedCommit {
            commit: Commit {
                id: text(id),
                parents: Vec::new(),
                author: text(author),
                date: text(date),
                committed: text(committed),
                subject: text(subject),
                path: path.clone(),
                version,
            },
            parents: text(parents).split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect(),
            brings,
        });
    }
    found
}

/// Parses a raw difference: `:MODE MODE ID ID STATUS`, or for a merge `::MODE MODE MODE ID ID ID STATUS` with one of
/// each for every parent and the last for the result. Returns the version after, and whether there was none before.
fn outcome(facts: &[u8]) -> (Option<Blob>, bool) {
    let parents = facts.iter().take_while(|byte| **byte == b':').count();
    let words: Vec<&[u8]> = facts.get(parents..).unwrap_or_default().split(|b| *b == b' ').collect();
    let is_file = |mode: &&[u8]| mode.ends_with(b"644") || mode.ends_with(b"755");
    let is_there = words.get(parents).is_some_and(is_file);
    let was_there = words.iter().take(parents).any(is_file);
    let id = words.get(2 * parents + 1).filter(|_| is_there);
    let version = id.map(|id| Blob(String::from_utf8_lossy(id).into_owned()));
    (version, is_there && !was_there)
}

/// Returns the commits with parents as positions.
fn linked(commits: Vec<LoggedCommit>, known: &HashMap<String, usize>) -> Vec<Commit> {
    let link = |told: LoggedCommit| {
        let parents = told.parents.iter().filter_map(|id| known.get(id).copied()).collect();
        Commit { parents, ..told.commit }
    };
    commits.into_iter().map(link).collect()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "files of the work tree come and go")]
mod tests {
    use super::*;
    use crate::git::fixture::{Fixture, LIMIT};

    fn told(fixture: &Fixture, revision: &str, path: &str) -> String {
        let mut batch = fixture.repository().batch();
        let history =
            fixture.repository().history(&mut batch, &Revision::new(revision), &TreePath::new(path)).unwrap();
        batch.expect(history.iter().filter_map(|commit| commit.version.as_ref()));
        let line = |commit: &Commit| {
            let version =
                commit.version.as_ref().map(|blob| batch.version(blob, &commit.path, LIMIT).unwrap());
            let version = version.map_or("-".into(), |bytes| String::from_utf8(bytes).unwrap());
            let version = version.lines().last().unwrap_or_default().to_owned();
            format!("{} {} [{version}] {:?}", commit.subject, commit.path, commit.parents)
        };
        history.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn long(last: &str) -> String {
        format!("{}{last}\n", "some text\n".repeat(20))
    }

    #[test]
    fn renamings_are_followed_and_other_commits_left_out() {
        let fixture = Fixture::new();
        fixture.write("other", "1").commit("no file yet");
        fixture.write("a b.toml", long("1")).commit("brought");
        fixture.write("other", "2").commit("of something else");
        fixture.write("a b.toml", long("2")).commit("é: second");
        fixture.git(["mv", "a b.toml", "d.toml"]);
        fixture.write("d.toml", long("3")).commit("moved");
        fixture.write("d.toml", long("4")).commit("last");
        insta::assert_snapshot!(told(&fixture, "HEAD", "d.toml"), @"
        last d.toml [4] [1]
        moved d.toml [3] [2]
        é: second a b.toml [2] [3]
        brought a b.toml [1] []
        ");
        insta::assert_snapshot!(told(&fixture, "HEAD~1", "d.toml").lines().next().unwrap_or_default(), @"moved d.toml [3] [1]");
        insta::assert_snapshot!(told(&fixture, "HEAD", "a b.toml"), @"
        moved a b.toml [-] [1]
        é: second a b.toml [2] [2]
        brought a b.toml [1] []
        ");
        assert_eq!(told(&fixture, "HEAD", "absent"), "");
        let repository = fixture.repository();
        let (head, path) = (Revision::head(), TreePath::new("d.toml"));
        let commit = &repository.history(&mut repository.batch(), &head, &path).unwrap()[0];
        assert_eq!(commit.author, "analyst");
        assert!(commit.date.contains('T'), "{}", commit.date);
    }

    #[test]
    fn a_merge_is_told_where_it_made_a_version_of_its_own() {
        let fixture = Fixture::new();
        let lines = |first: &str, last: &str| format!("{first}\n{}{last}\n", "x\n".repeat(9));
        fixture.write("f", lines("1", "1")).commit("base");
        fixture.git(["checkout", "--quiet", "-b", "side"]);
        fixture.write("f", lines("1", "side")).commit("on the side");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.write("f", lines("main", "1")).commit("on main");
        fixture.git(["merge", "--quiet", "--no-ff", "-m", "merged", "side"]);
        let text = told(&fixture, "HEAD", "f");
        assert!(
            text.starts_with("merged f [side] [1, 2]\n") || text.starts_with("merged f [side] [2, 1]\n"),
            "{text}"
        );
        assert_eq!(text.lines().count(), 4, "{text}");
        // A merge that takes the version of one side is not listed.
        fixture.git(["checkout", "--quiet", "-b", "more"]);
        fixture.write("f", lines("more", "side")).commit("more");
        fixture.git(["checkout", "--quiet", "main"]);
        fixture.git(["merge", "--quiet", "--no-ff", "-m", "taken", "more"]);
        assert!(told(&fixture, "HEAD", "f").starts_with("more f [side] [1]"));
    }

    #[test]
    fn what_replaces_a_file_is_no_version_of_it() {
        let fixture = Fixture::new();
        fixture.write("f", "1").commit("file");
        #[cfg(unix)]
        {
            std::fs::remove_file(fixture.root().join("f")).unwrap();
            std::os::unix::fs::symlink("elsewhere", fixture.root().join("f")).unwrap();
            fixture.commit("link");
            insta::assert_snapshot!(told(&fixture, "HEAD", "f"), @"
            link f [-] [1]
            file f [1] []
            ");
        }
    }

    #[test]
    fn without_a_commit_there_is_no_history() {
        let fixture = Fixture::new();
        let repository = fixture.repository();
        let asked = repository.history(&mut repository.batch(), &Revision::head(), &TreePath::new("f"));
        assert_eq!(asked, Err(Error::NoCommitYet));
    }
}
