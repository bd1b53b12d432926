//! The arguments of an external diff, the program that git runs in place of its own comparison, and the lines with which
//! such a diff begins.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::TreePath;
use super::quote::quoted;

/// The file that git names for a missing version, on every system.
const ABSENT: &str = "/dev/null";
/// Hexadecimal digits in the short name of an object, as many as git shows in a repository of middling size.
const SHORT: usize = 7;

/// The task of an external diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExternalDiff {
    /// The path is unmerged, so there are no two versions to compare.
    Unmerged(TreePath),
    /// Two versions of a file.
    Pair(Box<FilePair>),
}

/// Two versions of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePair {
    /// The path before.
    pub path: TreePath,
    /// The path after, if it differs.
    pub renamed: Option<TreePath>,
    /// The version before.
    pub before: FileVersion,
    /// The version after.
    pub after: FileVersion,
    /// Lines in which git describes a renaming and its similarity.
    facts: Vec<u8>,
}

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileVersion {
    /// The path of its bytes, from the root of the work tree or absolute. It is valid while the external diff runs.
    pub file: PathBuf,
    id: String,
    mode: String,
}

impl ExternalDiff {
    /// Parses the arguments from git: `PATH` for an unmerged file, otherwise `PATH FILE ID MODE FILE ID MODE`, followed
    /// after a renaming by the new path and git's description. `None` for any other number of arguments.
    pub fn parse(arguments: &[OsString]) -> Option<Self> {
        let path = |name: &OsString| TreePath::new(name.as_encoded_bytes());
        match arguments {
            [unmerged] => Some(Self::Unmerged(path(unmerged))),
            [name, file, id, mode, file_after, id_after, mode_after, rest @ ..] if rest.len() <= 2 => {
                let facts = rest.get(1).map(|facts| facts.as_encoded_bytes().to_vec()).unwrap_or_default();
                Some(Self::Pair(Box::new(FilePair {
                    path: path(name),
                    renamed: rest.first().map(path),
                    before: FileVersion::new(file, id, mode),
                    after: FileVersion::new(file_after, id_after, mode_after),
                    facts,
                })))
            }
            _ => None,
        }
    }
}

impl FileVersion {
    fn new(file: &OsStr, id: &OsStr, mode: &OsStr) -> Self {
        let text = |word: &OsStr| word.to_string_lossy().into_owned();
        Self { file: file.into(), id: text(id), mode: text(mode) }
    }

    /// Whether there is no file in this version.
    pub fn is_absent(&self) -> bool {
        self.file == Path::new(ABSENT)
    }

    /// Its label: the beginning of its object id, which `git show` accepts, or `work tree`.
    pub fn label(&self) -> &str {
        if self.is_absent() {
            return ABSENT;
        }
        // git gives no id to a version that is neither committed nor staged.
        let known = self.id.bytes().any(|digit| digit != b'0') && self.id.len() > SHORT;
        if known { self.id.get(..SHORT).unwrap_or(&self.id) } else { "work tree" }
    }

    /// Its mode, if git gave one.
    fn mode(&self) -> Option<&str> {
        (!self.is_absent() && self.mode != ".").then_some(self.mode.as_str())
    }
}

impl FilePair {
    /// The path after.
    pub fn path_after(&self) -> &TreePath {
        self.renamed.as_ref().unwrap_or(&self.path)
    }

    /// Returns the first lines of the diff, as in git's own. The first is `diff --WORD` and both paths; with a word
    /// other than `git`, `git apply` and `patch` skip the diff. Characters that are not `shown` are escaped.
    pub fn head(&self, word: &str, shown: impl Fn(char) -> bool + Copy) -> Vec<String> {
        let (before, after) = (named("a/", &self.path, shown), named("b/", self.path_after(), shown));
        let escaped = |line: &str| {
            let safe = |c: char| if shown(c) { c } else { char::REPLACEMENT_CHARACTER };
            line.chars().map(safe).collect::<String>()
        };
        let mut lines = vec![format!("diff --{word} {before} {after}")];
        match (self.before.mode(), self.after.mode()) {
            (None, Some(mode)) if self.before.is_absent() => {
                lines.push(format!("new file mode {}", escaped(mode)))
            }
            (Some(mode), None) if self.after.is_absent() => {
                lines.push(format!("deleted file mode {}", escaped(mode)))
            }
            (Some(old), Some(new)) if old != new => {
                lines.extend([format!("old mode {}", escaped(old)), format!("new mode {}", escaped(new))]);
            }
            _ => {}
        }
        // git adds ids and modes there, which other lines already give.
        let facts = String::from_utf8_lossy(&self.facts);
        let own = ["similarity", "dissimilarity", "rename", "copy"];
        let is_own = |line: &&str| own.iter().any(|word| line.starts_with(word));
        lines.extend(facts.lines().filter(is_own).map(escaped));
        lines
    }

    /// Returns the lines `--- a/PATH` and `+++ b/PATH` of a line diff.
    pub fn sides(&self, shown: impl Fn(char) -> bool + Copy) -> [String; 2] {
        let side = |sign: &str, prefix: &str, side: &FileVersion, path: &TreePath| {
            if side.is_absent() {
                return format!("{sign} {ABSENT}");
            }
            // Git ends a name that has a space with a tab.
            let tab = if path.as_bytes().contains(&b' ') { "\t" } else { "" };
            format!("{sign} {}{tab}", named(prefix, path, shown))
        };
        [side("---", "a/", &self.before, &self.path), side("+++", "b/", &self.after, self.path_after())]
    }

    /// The mode at the end of an `index` line; `None` if the versions differ in it.
    pub fn common_mode(&self) -> Option<&str> {
        self.before.mode().filter(|mode| Some(*mode) == self.after.mode())
    }
}

/// Returns the prefixed path, quoted if necessary.
fn named(prefix: &str, path: &TreePath, shown: impl Fn(char) -> bool) -> String {
    let name = [prefix.as_bytes(), path.as_bytes()].concat();
    match String::from_utf8(name) {
        Ok(name) if name.chars().all(|c| shown(c) && !matches!(c, '"' | '\\')) => name,
        name => {
            let name = name.map_or_else(std::string::FromUtf8Error::into_bytes, String::into_bytes);
            String::from_utf8_lossy(&quoted(&name, shown)).into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Option<ExternalDiff> {
        ExternalDiff::parse(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    fn head(arguments: &[&str]) -> String {
        let Some(ExternalDiff::Pair(pair)) = parse(arguments) else { panic!("{arguments:?}") };
        let shown = |c: char| !c.is_control();
        let mut lines = pair.head("ach", shown);
        lines.push(format!("{} .. {}", pair.before.label(), pair.after.label()));
        lines.extend(pair.sides(shown));
        lines.join("\n")
    }

    const OLD: &str = "407de3068e7b5950585d5abed9776d104235a85d";
    const NONE: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn the_first_lines_tell_what_happened_to_the_file() {
        insta::assert_snapshot!(head(&["a é.toml", "/tmp/x", OLD, "100644", "a é.toml", NONE, "100755"]), @r"
        diff --ach a/a é.toml b/a é.toml
        old mode 100644
        new mode 100755
        407de30 .. work tree
        --- a/a é.toml	
        +++ b/a é.toml	
        ");
        insta::assert_snapshot!(head(&["f", "/dev/null", ".", ".", "f", OLD, "100644"]), @"
        diff --ach a/f b/f
        new file mode 100644
        /dev/null .. 407de30
        --- /dev/null
        +++ b/f
        ");
        insta::assert_snapshot!(head(&["\u{1b}\"f", "/tmp/x", OLD, "100644", "/dev/null", ".", "."]), @r#"
        diff --ach "a/\033\"f" "b/\033\"f"
        deleted file mode 100644
        407de30 .. /dev/null
        --- "a/\033\"f"
        +++ /dev/null
        "#);
    }

    #[test]
    fn a_renaming_is_told_in_gits_words() {
        let facts = "similarity index 90%\nrename from a\nrename to b\nindex 407de30..580a601 100644\n";
        insta::assert_snapshot!(head(&["a", "/x", OLD, "100644", "/y", OLD, "100644", "b", facts]), @"
        diff --ach a/a b/b
        similarity index 90%
        rename from a
        rename to b
        407de30 .. 407de30
        --- a/a
        +++ b/b
        ");
    }

    #[test]
    fn other_numbers_of_arguments_are_not_gits() {
        assert_eq!(parse(&["f"]), Some(ExternalDiff::Unmerged(TreePath::new("f"))));
        for many in [0, 2, 6, 10] {
            assert_eq!(parse(&vec!["x"; many]), None);
        }
        assert!(parse(&["x"; 8]).is_some());
    }
}
