//! What git tells the program that it runs in place of its own diff, and the first lines that such a diff has.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use super::TreePath;
use super::quote::quoted;

/// What git uses for a side that is not there, on every system.
const ABSENT: &str = "/dev/null";
/// Hexadecimal digits by which an object is called; as many as git shows of it in a repository of middling size.
const SHORT: usize = 7;

/// What is asked of a diff driver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Driven {
    /// The path is in a merge that is not settled: there are no two sides.
    Unmerged(TreePath),
    /// Two versions of a file.
    Pair(Box<Pair>),
}

/// Two versions of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The path before.
    pub path: TreePath,
    /// The path after, where it is another.
    pub renamed: Option<TreePath>,
    /// The version before.
    pub before: Side,
    /// The version after.
    pub after: Side,
    /// Lines in which git tells of a renaming and its likeness.
    facts: Vec<u8>,
}

/// A version of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// Where its bytes are, for as long as the driver runs; a path from the root of the work tree or an absolute one.
    pub file: PathBuf,
    id: String,
    mode: String,
}

impl Driven {
    /// Understands the arguments of a driver: `PATH` of an unmerged file, or `PATH FILE ID MODE FILE ID MODE`, and
    /// after a renaming the other path and what git says of it. `None` for any other number.
    #[must_use]
    pub fn parse(arguments: &[OsString]) -> Option<Self> {
        let path = |name: &OsString| TreePath::new(name.as_encoded_bytes());
        match arguments {
            [unmerged] => Some(Self::Unmerged(path(unmerged))),
            [name, file, id, mode, file_after, id_after, mode_after, rest @ ..] if rest.len() <= 2 => {
                let facts = rest.get(1).map(|facts| facts.as_encoded_bytes().to_vec()).unwrap_or_default();
                Some(Self::Pair(Box::new(Pair {
                    path: path(name),
                    renamed: rest.first().map(path),
                    before: Side::new(file, id, mode),
                    after: Side::new(file_after, id_after, mode_after),
                    facts,
                })))
            }
            _ => None,
        }
    }
}

impl Side {
    fn new(file: &OsStr, id: &OsStr, mode: &OsStr) -> Self {
        let text = |word: &OsStr| word.to_string_lossy().into_owned();
        Self { file: file.into(), id: text(id), mode: text(mode) }
    }

    /// Whether there is no file in this version.
    #[must_use]
    pub fn is_absent(&self) -> bool {
        self.file == Path::new(ABSENT)
    }

    /// What it is called: the beginning of its id, by which `git show` finds it.
    #[must_use]
    pub fn label(&self) -> &str {
        if self.is_absent() {
            return ABSENT;
        }
        // git does not give an id to what is in no commit and not staged.
        let known = self.id.bytes().any(|digit| digit != b'0') && self.id.len() > SHORT;
        if known { self.id.get(..SHORT).unwrap_or(&self.id) } else { "work tree" }
    }

    /// Its mode, where git tells one.
    fn mode(&self) -> Option<&str> {
        (!self.is_absent() && self.mode != ".").then_some(self.mode.as_str())
    }
}

impl Pair {
    /// The path after.
    #[must_use]
    pub fn path_after(&self) -> &TreePath {
        self.renamed.as_ref().unwrap_or(&self.path)
    }

    /// The lines that stand first, as git's own diff has them. The first says `diff --WORD` and both paths; a word
    /// other than `git` tells `git apply` and `patch` that what follows is none of theirs. Characters that are not
    /// `shown` are escaped.
    #[must_use]
    pub fn head(&self, word: &str, shown: impl Fn(char) -> bool + Copy) -> Vec<String> {
        let (before, after) = (named("a/", &self.path, shown), named("b/", self.path_after(), shown));
        let mut lines = vec![format!("diff --{word} {before} {after}")];
        match (self.before.mode(), self.after.mode()) {
            (None, Some(mode)) if self.before.is_absent() => lines.push(format!("new file mode {mode}")),
            (Some(mode), None) if self.after.is_absent() => lines.push(format!("deleted file mode {mode}")),
            (Some(old), Some(new)) if old != new => {
                lines.extend([format!("old mode {old}"), format!("new mode {new}")]);
            }
            _ => {}
        }
        // git tells the ids and the modes there too; they are told by other lines.
        let facts = String::from_utf8_lossy(&self.facts);
        let own = ["similarity", "dissimilarity", "rename", "copy"];
        let is_own = |line: &&str| own.iter().any(|word| line.starts_with(word));
        let escaped = |line: &str| {
            let safe = |c: char| if shown(c) { c } else { char::REPLACEMENT_CHARACTER };
            line.chars().map(safe).collect::<String>()
        };
        lines.extend(facts.lines().filter(is_own).map(escaped));
        lines
    }

    /// The `--- a/PATH` and `+++ b/PATH` of a line diff.
    #[must_use]
    pub fn sides(&self, shown: impl Fn(char) -> bool + Copy) -> [String; 2] {
        let side = |sign: &str, prefix: &str, side: &Side, path: &TreePath| {
            if side.is_absent() {
                return format!("{sign} {ABSENT}");
            }
            // A tab ends a name with a space, as git has it.
            let tab = if path.as_bytes().contains(&b' ') { "\t" } else { "" };
            format!("{sign} {}{tab}", named(prefix, path, shown))
        };
        [side("---", "a/", &self.before, &self.path), side("+++", "b/", &self.after, self.path_after())]
    }

    /// The mode that an `index` line ends with: that of both, if it is one.
    #[must_use]
    pub fn common_mode(&self) -> Option<&str> {
        self.before.mode().filter(|mode| Some(*mode) == self.after.mode())
    }
}

/// The path after its prefix, in quotes if it needs them.
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

    fn parse(arguments: &[&str]) -> Option<Driven> {
        Driven::parse(&arguments.iter().map(OsString::from).collect::<Vec<_>>())
    }

    fn head(arguments: &[&str]) -> String {
        let Some(Driven::Pair(pair)) = parse(arguments) else { panic!("{arguments:?}") };
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
        assert_eq!(parse(&["f"]), Some(Driven::Unmerged(TreePath::new("f"))));
        for many in [0, 2, 6, 10] {
            assert_eq!(parse(&vec!["x"; many]), None);
        }
        assert!(parse(&["x"; 8]).is_some());
    }
}
