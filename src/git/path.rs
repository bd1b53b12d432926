//! Paths inside a repository, which are bytes on every system.

use std::borrow::Cow;
use std::path::{Component, Path, PathBuf};

/// A path from the root of a repository: bytes with `/` between the names on every system; empty for the root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TreePath(Vec<u8>);

impl TreePath {
    /// Wraps a path as git writes it. A path that git cannot hold is simply not found.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// Converts a path of this system relative to the root; `None` if it leaves the root.
    pub fn from_relative(path: &Path) -> Option<Self> {
        let mut bytes = Vec::new();
        for component in path.components() {
            match component {
                Component::CurDir => {}
                Component::Normal(name) => push(&mut bytes, name.as_encoded_bytes()),
                Component::ParentDir => pop(&mut bytes)?,
                Component::Prefix(_) | Component::RootDir => return None,
            }
        }
        Some(Self(bytes))
    }

    /// Resolves `relative` against this path as a directory; `.` and `..` have their usual meaning. `None` if it leaves
    /// the root.
    pub fn join(&self, relative: &[u8]) -> Option<Self> {
        let mut bytes = self.0.clone();
        for name in relative.split(|b| *b == b'/') {
            match name {
                b"" | b"." => {}
                b".." => pop(&mut bytes)?,
                name => push(&mut bytes, name),
            }
        }
        Some(Self(bytes))
    }

    /// The bytes as git stores them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Returns the names along the path; none for the root.
    pub fn names(&self) -> impl Iterator<Item = &[u8]> {
        self.0.split(|b| *b == b'/').filter(|_| !self.0.is_empty())
    }

    /// Converts to a path of this system, relative to the root of the work tree. Where such paths are not bytes, bytes
    /// other than UTF-8 are replaced.
    pub fn to_relative(&self) -> PathBuf {
        self.names().map(os_string).collect()
    }
}

impl std::fmt::Display for TreePath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

fn push(bytes: &mut Vec<u8>, name: &[u8]) {
    if !bytes.is_empty() {
        bytes.push(b'/');
    }
    bytes.extend_from_slice(name);
}

/// Removes the last name; `None` if there is none.
fn pop(bytes: &mut Vec<u8>) -> Option<()> {
    if bytes.is_empty() {
        return None;
    }
    bytes.truncate(bytes.iter().rposition(|b| *b == b'/').unwrap_or(0));
    Some(())
}

/// Converts bytes from git to a name of this system.
#[cfg(unix)]
pub(super) fn os_string(bytes: &[u8]) -> Cow<'_, std::ffi::OsStr> {
    use std::os::unix::ffi::OsStrExt;
    Cow::Borrowed(std::ffi::OsStr::from_bytes(bytes))
}

/// Converts bytes from git to a name of this system.
#[cfg(not(unix))]
pub(super) fn os_string(bytes: &[u8]) -> Cow<'_, std::ffi::OsStr> {
    Cow::Owned(String::from_utf8_lossy(bytes).into_owned().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(from: &str, relative: &str) -> Option<String> {
        TreePath::new(from).join(relative.as_bytes()).map(|path| path.to_string())
    }

    #[test]
    fn dots_count_and_never_lead_out() {
        assert_eq!(joined("a/b", "./x y.toml").as_deref(), Some("a/b/x y.toml"));
        assert_eq!(joined("a/b", "../../x").as_deref(), Some("x"));
        assert_eq!(joined("", "./x").as_deref(), Some("x"));
        assert_eq!(joined("a", "..").as_deref(), Some(""));
        assert_eq!(joined("a", "../../x"), None);
        assert_eq!(TreePath::from_relative(Path::new("./a/../b/c")), Some(TreePath::new("b/c")));
        assert_eq!(TreePath::from_relative(Path::new("a/../../b")), None);
        assert_eq!(TreePath::from_relative(Path::new("/a")), None);
    }

    #[test]
    fn the_root_has_no_names() {
        assert_eq!(TreePath::new("").names().count(), 0);
        assert_eq!(TreePath::new("").to_relative(), PathBuf::new());
        assert_eq!(TreePath::new("a/b").names().collect::<Vec<_>>(), [b"a", b"b"]);
    }

    #[cfg(unix)]
    #[test]
    fn bytes_survive_both_ways() {
        let path = TreePath::new(*b"d\xe9/\n\"x\"");
        assert_eq!(TreePath::from_relative(&path.to_relative()), Some(path));
    }
}
