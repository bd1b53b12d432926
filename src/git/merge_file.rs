//! Merges by lines, as git does: for files that are not scenarios, and for scenarios that cannot be read.

use std::ffi::OsString;
use std::io::Write;

use tempfile::NamedTempFile;

use super::run::GitRefusal;
use super::{Error, Git};

/// The exit status is the number of conflicts up to this one; any higher status is an error.
const MOST_CONFLICTS: i32 = 127;

/// Three versions of one file.
#[derive(Clone, Copy, Debug)]
pub struct Three<T> {
    /// The common ancestor.
    pub base: T,
    /// The side merged into.
    pub ours: T,
    /// The side merged from.
    pub theirs: T,
}

impl<T> Three<T> {
    /// Applies a function to each version.
    pub fn map<U>(self, mut apply: impl FnMut(T) -> U) -> Three<U> {
        Three { base: apply(self.base), ours: apply(self.ours), theirs: apply(self.theirs) }
    }
}

/// A merge by lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineMerge {
    /// The result, with conflict markers around what both sides changed.
    pub bytes: Vec<u8>,
    /// Whether it contains conflict markers.
    pub conflicts: bool,
}

/// Runs `git merge-file` on three versions. `labels` are printed at the markers, which are `marker_size` characters
/// long; without a size, git's default applies.
///
/// # Errors
/// [`Error::NotInstalled`]; [`Error::Failed`] if git cannot merge the files, for instance binary ones.
pub fn merge_file(
    git: &Git,
    versions: Three<&[u8]>,
    labels: Three<&str>,
    marker_size: Option<u32>,
) -> Result<LineMerge, Error> {
    let mut arguments: Vec<OsString> = vec!["merge-file".into(), "--stdout".into()];
    arguments.extend(marker_size.map(|size| format!("--marker-size={size}").into()));
    for label in [labels.ours, labels.base, labels.theirs] {
        arguments.extend(["-L".into(), label.into()]);
    }
    arguments.push("--".into());
    let mut files = Vec::new();
    for bytes in [versions.ours, versions.base, versions.theirs] {
        let file = temporary(bytes).map_err(|error| git.error(&["merge-file"], &GitRefusal::Start(error)))?;
        arguments.push(file.path().into());
        files.push(file);
    }
    let output = git.command(&arguments).output();
    let output = output.map_err(|error| git.error(&["merge-file"], &GitRefusal::Start(error)))?;
    match output.status.code() {
        Some(0) => Ok(LineMerge { bytes: output.stdout, conflicts: false }),
        Some(1..=MOST_CONFLICTS) => Ok(LineMerge { bytes: output.stdout, conflicts: true }),
        code => Err(git.error(&["merge-file"], &GitRefusal::Status { code, stderr: output.stderr })),
    }
}

fn temporary(bytes: &[u8]) -> std::io::Result<NamedTempFile> {
    let mut file = NamedTempFile::new()?;
    file.write_all(bytes)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    fn merge(base: &[u8], ours: &[u8], theirs: &[u8], size: Option<u32>) -> Result<LineMerge, Error> {
        let labels = Three { base: "before", ours: "here", theirs: "there" };
        merge_file(&Fixture::new().environment(), Three { base, ours, theirs }, labels, size)
    }

    #[test]
    fn lines_are_merged_with_markers_where_they_meet() {
        let clean = merge(b"a\nb\nc\n", b"A\nb\nc\n", b"a\nb\nC\n", None).unwrap();
        assert_eq!((clean.bytes.as_slice(), clean.conflicts), (&b"A\nb\nC\n"[..], false));
        let marked = merge(b"a\n", b"b\n", b"c\n", Some(9)).unwrap();
        let text = String::from_utf8(marked.bytes).unwrap();
        assert_eq!(text, "<<<<<<<<< here\nb\n=========\nc\n>>>>>>>>> there\n");
        assert!(marked.conflicts);
    }

    #[test]
    fn what_has_no_lines_is_not_merged() {
        let refused = merge(b"\0a", b"\0b", b"\0c", None);
        assert!(matches!(refused, Err(Error::Failed { .. })), "{refused:?}");
        let labels = Three { base: "", ours: "", theirs: "" };
        let absent = Git::default().program("no-such-git-program");
        let refused = merge_file(&absent, Three { base: b"", ours: b"", theirs: b"" }, labels, None);
        assert_eq!(refused, Err(Error::NotInstalled));
    }
}
