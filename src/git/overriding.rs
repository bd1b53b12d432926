//! The line of a file of attributes that decides what git does with a path, found as git finds it: `info/attributes`
//! first, then the file nearest to the path, and in each file the last line that matches.
#![expect(clippy::disallowed_methods, reason = "attributes are read where git reads them")]

use std::ffi::OsStr;

use super::attributes::{ATTRIBUTES, Pattern, lines, rule};
use super::path::os_string;
use super::{Error, Repository, TreePath};

/// The name of a file of attributes in a work tree.
const NAME: &str = ".gitattributes";

/// A line that sets an attribute of a path to something else than `ach`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverridingLine {
    /// The file, relative to the root of the work tree, or `info/attributes`.
    pub file: String,
    /// The number of the line in it, from 1.
    pub number: usize,
    /// The line.
    pub text: String,
    /// The line that would give the path to `ach` if it stood below.
    pub remedy: String,
}

/// A file of attributes with the directory to which its patterns are relative.
struct AttributesFile {
    name: String,
    directory: TreePath,
    text: Vec<u8>,
}

impl Repository {
    /// Returns the line that keeps an attribute of a path from being `ach`; `None` if no file of this repository sets the
    /// attribute, or if it is `ach`.
    ///
    /// # Errors
    /// [`Error::NoWorkTree`], [`Error::Failed`].
    pub fn overriding(&self, path: &TreePath, attribute: &str) -> Result<Option<OverridingLine>, Error> {
        let files = self.attribute_files(path)?;
        let macros = macros(&files, attribute);
        for file in &files {
            let numbered: Vec<(usize, &[u8])> = lines(&file.text).enumerate().collect();
            for (at, line) in numbered.into_iter().rev() {
                let Some((pattern, attributes)) = rule(line) else { continue };
                if !sets(attributes, attribute, &macros) || !self.matches(&file.directory, &pattern, path)? {
                    continue;
                }
                let ours = format!("{attribute}=ach");
                let is_ours = attributes.split(u8::is_ascii_whitespace).any(|word| word == ours.as_bytes());
                return Ok((!is_ours).then(|| OverridingLine {
                    file: file.name.clone(),
                    number: at + 1,
                    text: String::from_utf8_lossy(line.trim_ascii()).into_owned(),
                    remedy: format!(
                        "{} {}",
                        Pattern::of_file(&below(&file.directory, path)),
                        ATTRIBUTES.join(" ")
                    ),
                }));
            }
        }
        Ok(None)
    }

    /// Reads the files that can have attributes of a path, the one that takes precedence first.
    fn attribute_files(&self, path: &TreePath) -> Result<Vec<AttributesFile>, Error> {
        let mut files = Vec::new();
        let root = self.root()?;
        if let Ok(text) = std::fs::read(self.shared_file("info/attributes")?) {
            let name = ".git/info/attributes".to_owned();
            files.push(AttributesFile { name, directory: TreePath::new(""), text });
        }
        let names: Vec<&[u8]> = path.names().collect();
        for depth in (0..names.len()).rev() {
            let directory = TreePath::new(names.get(..depth).unwrap_or_default().join(&b'/'));
            if let Ok(text) = std::fs::read(root.join(directory.to_relative()).join(NAME)) {
                let name = match depth {
                    0 => NAME.to_owned(),
                    _ => format!("{directory}/{NAME}"),
                };
                files.push(AttributesFile { name, directory, text });
            }
        }
        Ok(files)
    }

    /// Whether a pattern in a file of this directory matches a path. Git itself matches wildcards.
    fn matches(&self, directory: &TreePath, pattern: &[u8], path: &TreePath) -> Result<bool, Error> {
        let is_anchored = pattern.contains(&b'/');
        let pattern = pattern.strip_prefix(b"/").unwrap_or(pattern);
        let below = below(directory, path);
        if !pattern.iter().any(is_special) {
            let last = below.names().last().unwrap_or_default();
            return Ok(pattern == if is_anchored { below.as_bytes() } else { last });
        }
        let mut spec = b":(top,glob)".to_vec();
        for byte in directory.as_bytes() {
            if is_special(byte) {
                spec.push(b'\\');
            }
            spec.push(*byte);
        }
        if !directory.as_bytes().is_empty() {
            spec.push(b'/');
        }
        if !is_anchored {
            spec.extend(b"**/");
        }
        spec.extend(pattern);
        let arguments = ["ls-files", "--cached", "--others", "--full-name", "-z", "--"].map(OsStr::new);
        let listed = self.git().run(&[&arguments[..], &[&os_string(&spec)]].concat())?;
        Ok(listed.split(|byte| *byte == 0).any(|listed| listed == path.as_bytes()))
    }
}

/// Whether a byte has a meaning of its own in a pattern.
fn is_special(byte: &u8) -> bool {
    b"*?[\\".contains(byte)
}

/// Returns a path relative to a directory that it is in.
fn below(directory: &TreePath, path: &TreePath) -> TreePath {
    let rest = path.as_bytes().strip_prefix(directory.as_bytes()).unwrap_or(path.as_bytes());
    TreePath::new(rest.strip_prefix(b"/").unwrap_or(rest))
}

/// Whether these attributes set one, by its name or by a macro.
fn sets(attributes: &[u8], attribute: &str, macros: &[Vec<u8>]) -> bool {
    attributes.split(u8::is_ascii_whitespace).any(|word| {
        let word = word.strip_prefix(b"-").or_else(|| word.strip_prefix(b"!")).unwrap_or(word);
        let name = word.split(|byte| *byte == b'=').next().unwrap_or_default();
        name == attribute.as_bytes() || macros.iter().any(|known| known == name)
    })
}

/// Returns the names of the macros that set an attribute.
fn macros(files: &[AttributesFile], attribute: &str) -> Vec<Vec<u8>> {
    let mut found = vec![b"binary".to_vec()];
    for line in files.iter().flat_map(|file| lines(&file.text)) {
        let Some(rest) = line.trim_ascii().strip_prefix(b"[attr]") else { continue };
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len());
        let (name, attributes) = rest.split_at_checked(end).unwrap_or_default();
        if sets(attributes, attribute, &found) {
            found.push(name.to_vec());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git::fixture::Fixture;

    /// Returns the line that overrides `merge` of `a b/c/x.toml`, whose attributes are these in the order of files.
    fn found(files: &[(&str, &str)]) -> String {
        let fixture = Fixture::new();
        fixture.write("a b/c/x.toml", "");
        for (name, text) in files {
            fixture.write(name, *text);
        }
        let (repository, path) = (fixture.repository(), TreePath::new("a b/c/x.toml"));
        let [values] = &repository.attributes(["diff", "merge"], std::slice::from_ref(&path)).unwrap()[..]
        else {
            panic!()
        };
        match repository.overriding(&path, "merge").unwrap() {
            Some(line) => {
                assert_ne!(values[1], "ach");
                format!("{}:{} {} | {}", line.file, line.number, line.text, line.remedy)
            }
            None => values[1].clone(),
        }
    }

    const OURS: (&str, &str) =
        (".gitattributes", "/a\\ b/c/x.toml diff=ach merge=ach\n*.toml diff=ach merge=ach\n");

    #[test]
    fn the_line_that_decides_is_found_as_git_finds_it() {
        assert_eq!(found(&[OURS]), "ach");
        assert_eq!(found(&[]), "unspecified");
        let nested = "a b/.gitattributes:2 c/*.toml -merge | /c/x.toml diff=ach merge=ach";
        assert_eq!(found(&[OURS, ("a b/.gitattributes", "# c\nc/*.toml -merge\nd/*.toml !merge\n")]), nested);
        assert_eq!(
            found(&[OURS, ("a b/c/.gitattributes", "x.toml merge=union\n")]),
            "a b/c/.gitattributes:1 x.toml merge=union | /x.toml diff=ach merge=ach"
        );
        assert_eq!(
            found(&[
                OURS,
                (".git/info/attributes", "**/c/x.* merge\n"),
                ("a b/.gitattributes", "* merge=ach\n")
            ]),
            ".git/info/attributes:1 **/c/x.* merge | \"/a b/c/x.toml\" diff=ach merge=ach"
        );
        assert_eq!(found(&[OURS, ("a b/.gitattributes", "* -diff\nx.toml binary merge=ach\n")]), "ach");
    }

    #[test]
    fn a_macro_that_decides_is_found() {
        let attributes = "[attr]mine -diff -merge\n[attr]more mine\n*.toml diff=ach merge=ach\n*.toml more\n";
        assert!(found(&[(".gitattributes", attributes)]).starts_with(".gitattributes:4 *.toml more | "));
        assert!(found(&[OURS, ("a b/.gitattributes", "c/* binary\n")]).starts_with("a b/.gitattributes:1 "));
    }
}
