//! The names of versions: `REV`, `REV:path`, `A..B`, `A...B`. Pure text, split as git splits it.

use std::borrow::Cow;
use std::ffi::{OsStr, OsString};

use super::path::os_string;

/// The name of one version of all files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Revision {
    /// Any name that git accepts: a branch, `HEAD~2`, `v1^{}`, `HEAD^{/fix: x}`. It is bytes, since branch names may
    /// be.
    Named(Vec<u8>),
    /// The index: stage 0, or during a merge 1 for the base, 2 for ours, 3 for theirs.
    Index(u8),
}

impl Revision {
    /// Wraps a name.
    pub fn new(name: impl AsRef<OsStr>) -> Self {
        Self::Named(name.as_ref().as_encoded_bytes().to_vec())
    }

    /// `HEAD`, the current commit.
    pub fn head() -> Self {
        Self::new("HEAD")
    }

    /// Whether the name is one of `HEAD` itself.
    pub fn is_head(&self) -> bool {
        match self {
            Self::Named(name) => matches!(name.as_slice(), b"HEAD" | b"@"),
            Self::Index(_) => false,
        }
    }

    /// Returns one side of a range; an empty one is `HEAD`, as in git.
    fn side(name: &[u8]) -> Self {
        if name.is_empty() { Self::head() } else { Self::Named(name.to_vec()) }
    }
}

impl std::fmt::Display for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Named(name) => f.write_str(&String::from_utf8_lossy(name)),
            Self::Index(0) => f.write_str("the index"),
            Self::Index(stage) => write!(f, "stage {stage} of the index"),
        }
    }
}

/// `REV:path`: a file in a version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    /// The version.
    pub revision: Revision,
    /// The path as written: from the root of the repository, or after `./` or `../` from the current directory.
    pub path: Vec<u8>,
}

impl Address {
    /// Splits `REV:path` at the first colon outside braces, and takes `:path` and `:1:path` for the index, as git does.
    /// `None` without such a colon, and for a path with a drive letter (`C:/x`, on Windows also `C:\x`). Callers check
    /// first whether a file of that name exists.
    pub fn parse(argument: impl AsRef<OsStr>) -> Option<Self> {
        let bytes = argument.as_ref().as_encoded_bytes();
        match bytes {
            // `:/text` finds a commit by its message; text and path could not be separated.
            [b':', b'/', ..] => None,
            [b':', stage @ b'0'..=b'3', b':', path @ ..] => {
                Some(Self { revision: Revision::Index(stage - b'0'), path: path.to_vec() })
            }
            [b':', path @ ..] => Some(Self { revision: Revision::Index(0), path: path.to_vec() }),
            [drive, b':', b'/', ..] if drive.is_ascii_alphabetic() => None,
            [drive, b':', b'\\', ..] if cfg!(windows) && drive.is_ascii_alphabetic() => None,
            bytes => {
                let (revision, path) = split_outside_braces(bytes, b":")?;
                Some(Self { revision: Revision::Named(revision.to_vec()), path: path.to_vec() })
            }
        }
    }
}

impl Address {
    /// Returns the address as written on a command line.
    pub fn to_os_string(&self) -> OsString {
        let revision: Cow<'_, [u8]> = match &self.revision {
            Revision::Named(name) => name.into(),
            Revision::Index(0) => b"".into(),
            Revision::Index(stage) => format!(":{stage}").into_bytes().into(),
        };
        os_string(&[&revision, &b":"[..], &self.path].concat()).into_owned()
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.to_os_string().display())
    }
}

/// Two versions to compare.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Range {
    /// `REV`: from there to the work tree.
    WorkTree(Revision),
    /// `A..B`: from A to B.
    Between(Revision, Revision),
    /// `A...B`: from the merge base of both to B.
    SinceMergeBase(Revision, Revision),
}

impl Range {
    /// Splits `A..B` or `A...B` at the first dots outside braces; a missing side is `HEAD`. Without such dots, the name
    /// is one revision against the work tree.
    pub fn parse(argument: impl AsRef<OsStr>) -> Self {
        let bytes = argument.as_ref().as_encoded_bytes();
        match split_outside_braces(bytes, b"..") {
            None => Self::WorkTree(Revision::Named(bytes.to_vec())),
            Some((from, [b'.', to @ ..])) => Self::SinceMergeBase(Revision::side(from), Revision::side(to)),
            Some((from, to)) => Self::Between(Revision::side(from), Revision::side(to)),
        }
    }
}

/// Splits at the first `separator` outside braces: `HEAD^{/a: b}:path` and `@{12:30}:path` split at the second colon.
fn split_outside_braces<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let mut depth = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => {
                if let Some((before, rest)) = bytes.split_at_checked(at)
                    && let Some(after) = rest.strip_prefix(separator)
                {
                    return Some((before, after));
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(argument: &str) -> Option<(Revision, String)> {
        Address::parse(argument).map(|a| (a.revision, String::from_utf8(a.path).unwrap()))
    }

    fn named(revision: &str, path: &str) -> Option<(Revision, String)> {
        Some((Revision::new(revision), path.into()))
    }

    #[test]
    fn addresses_divide_as_git_divides_them() {
        assert_eq!(address("HEAD:a/b.toml"), named("HEAD", "a/b.toml"));
        assert_eq!(address("main:./b: c.toml"), named("main", "./b: c.toml"));
        assert_eq!(address("HEAD^{/fix: x}:f"), named("HEAD^{/fix: x}", "f"));
        assert_eq!(address("@{12:30}:f"), named("@{12:30}", "f"));
        assert_eq!(address("HEAD^{/a{b: c}d: e}:f"), named("HEAD^{/a{b: c}d: e}", "f"));
        assert_eq!(address("a}:f"), named("a}", "f"));
        assert_eq!(address("HEAD:"), named("HEAD", ""));
        assert_eq!(address("-x:f"), named("-x", "f"));
        assert_eq!(address(":f"), Some((Revision::Index(0), "f".into())));
        assert_eq!(address(":2:f"), Some((Revision::Index(2), "f".into())));
        assert_eq!(address(":4:f"), Some((Revision::Index(0), "4:f".into())));
        assert_eq!(address("f.toml"), None);
        assert_eq!(address("HEAD^{/fix: x}"), None);
        assert_eq!(address(":/fix: x"), None);
    }

    #[test]
    fn a_drive_letter_is_no_revision() {
        assert_eq!(address("C:/cases/f.toml"), None);
        assert_eq!(address(r"C:\cases\f.toml").is_none(), cfg!(windows));
        assert_eq!(address("c:f.toml"), named("c", "f.toml"));
    }

    #[test]
    fn an_address_is_shown_as_it_was_written() {
        for text in ["HEAD:a", ":a", ":3:a", "HEAD^{/a: b}:c: d"] {
            assert_eq!(Address::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn ranges_divide_at_two_or_three_dots() {
        let (a, b, head) = (Revision::new("a.b"), Revision::new("c"), Revision::head());
        assert_eq!(Range::parse("a.b..c"), Range::Between(a.clone(), b.clone()));
        assert_eq!(Range::parse("a.b...c"), Range::SinceMergeBase(a.clone(), b.clone()));
        assert_eq!(Range::parse("..c"), Range::Between(head.clone(), b.clone()));
        assert_eq!(Range::parse("...c"), Range::SinceMergeBase(head.clone(), b));
        assert_eq!(Range::parse("a.b.."), Range::Between(a.clone(), head));
        assert_eq!(Range::parse("a.b"), Range::WorkTree(a));
        assert_eq!(Range::parse("HEAD^{/a..b}"), Range::WorkTree(Revision::new("HEAD^{/a..b}")));
    }
}
