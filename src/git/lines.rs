//! Compares two texts line by line as git does, with the context, the colours and the algorithm of the user's settings.
#![expect(clippy::disallowed_methods, reason = "git compares files, so texts are put into some")]

use std::path::Path;

use super::run::GitRefusal;
use super::{Error, Git};

/// The differing lines as git prints them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hunks {
    /// The short ids of both texts, as in an `index` line. Empty if the texts are equal.
    pub ids: String,
    /// The hunks, without the lines before them.
    pub text: Vec<u8>,
    /// Whether git takes either text for binary; there are no hunks then.
    pub binary: bool,
}

/// Compares two texts. `heading` is the extended regular expression that finds the line for the head of a hunk.
///
/// The texts are written to files with neutral names, so that no attribute, filter or driver of a repository applies.
///
/// # Errors
/// [`Error::NotInstalled`], [`Error::Failed`].
pub fn compare_lines(
    git: &Git,
    before: Option<&[u8]>,
    after: Option<&[u8]>,
    heading: &str,
    colour: bool,
) -> Result<Hunks, Error> {
    let unwritten = |error: std::io::Error| git.error(&["diff"], &GitRefusal::Start(error));
    let directory = tempfile::tempdir().map_err(unwritten)?;
    let write = |name: &str, bytes: Option<&[u8]>| match bytes {
        None => Ok(std::path::PathBuf::from("/dev/null")),
        Some(bytes) => {
            let path = directory.path().join(name);
            std::fs::write(&path, bytes).map(|()| path)
        }
    };
    let before = write("before", before).map_err(unwritten)?;
    let after = write("after", after).map_err(unwritten)?;
    compare_files(git, &before, &after, heading, colour)
}

/// Like [`compare_lines`], for two existing files or directories.
///
/// # Errors
/// [`Error::NotInstalled`], [`Error::Failed`].
pub fn compare_files(
    git: &Git,
    before: &Path,
    after: &Path,
    heading: &str,
    colour: bool,
) -> Result<Hunks, Error> {
    let git = git.clone().without_filters()?;
    let heading = format!("diff.default.xfuncname={heading}");
    let colour = if colour { "--color=always" } else { "--color=never" };
    let options = ["-c", heading.as_str(), "diff", "--no-index", "--patch", "--no-ext-diff", "--no-textconv"];
    let mut arguments: Vec<&std::ffi::OsStr> = options.iter().map(std::ffi::OsStr::new).collect();
    arguments.extend([colour.as_ref(), "--".as_ref(), before.as_os_str(), after.as_os_str()]);
    let output =
        git.command(&arguments).output().map_err(|error| git.error(&arguments, &GitRefusal::Start(error)))?;
    match output.status.code() {
        Some(0 | 1) => Ok(hunks(&output.stdout)),
        code => Err(git.error(&arguments, &GitRefusal::Status { code, stderr: output.stderr })),
    }
}

/// Splits git's output after its first lines, which name the compared files.
fn hunks(written: &[u8]) -> Hunks {
    let mut hunks = Hunks::default();
    let mut rest = written;
    while let Some(line) = rest.split_inclusive(|b| *b == b'\n').next() {
        let told = without_colour(line);
        if told.starts_with(b"@@") {
            hunks.text = rest.to_vec();
            break;
        }
        if let Some(ids) = told.strip_prefix(b"index ") {
            let ids = ids.split(u8::is_ascii_whitespace).next().unwrap_or_default();
            hunks.ids = String::from_utf8_lossy(ids).into_owned();
        }
        hunks.binary |= told.starts_with(b"Binary files ");
        rest = rest.get(line.len()..).unwrap_or_default();
    }
    hunks
}

/// Returns the line without colour sequences.
fn without_colour(line: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(line.len());
    let mut rest = line;
    loop {
        match rest {
            [0x1b, b'[', sequence @ ..] => {
                let end = sequence.iter().position(|byte| byte.is_ascii_alphabetic());
                rest = end.and_then(|end| sequence.get(end + 1..)).unwrap_or_default();
            }
            [byte, after @ ..] => {
                plain.push(*byte);
                rest = after;
            }
            [] => return plain,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    const HEADING: &str = "^id = \"(.*)\"";

    fn compared(before: Option<&[u8]>, after: Option<&[u8]>, colour: bool) -> Hunks {
        let fixture = Fixture::new();
        let git = fixture.environment().directory(fixture.root());
        compare_lines(&git, before, after, HEADING, colour).unwrap()
    }

    #[test]
    fn lines_are_compared_under_a_heading_of_their_own() {
        let text = |last: &str| format!("id = \"plate\"\n{}{last}\n", "line\n".repeat(9));
        let hunks = compared(Some(text("I").as_bytes()), Some(text("II").as_bytes()), false);
        insta::assert_snapshot!(String::from_utf8(hunks.text).unwrap(), @"
        @@ -8,4 +8,4 @@ plate
         line
         line
         line
        -I
        +II
        ");
        assert!(hunks.ids.contains(".."), "{}", hunks.ids);
        assert!(!hunks.binary);
    }

    #[test]
    fn colours_are_gits_and_come_when_asked() {
        let hunks = compared(Some(b"1\n"), Some(b"2\n"), true);
        let text = String::from_utf8(hunks.text).unwrap();
        assert!(text.starts_with("\u{1b}[36m@@ -1 +1 @@\u{1b}[m\n\u{1b}[31m-1\u{1b}[m\n"), "{text:?}");
    }

    #[test]
    fn an_absent_side_the_same_text_and_no_text() {
        let added = compared(None, Some(b"1\n"), false);
        assert_eq!(added.text, b"@@ -0,0 +1 @@\n+1\n");
        assert_eq!(compared(Some(b"1"), Some(b"1"), false), Hunks::default());
        let binary = compared(Some(b"1\0"), Some(b"2\0"), false);
        assert!(binary.binary && binary.text.is_empty());
    }
}
