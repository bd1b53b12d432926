//! The paths that a file names: imports, re-exports, and paths in the code.

use std::collections::{HashMap, HashSet};

/// The paths of a file.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    /// Names that the file brings into its own scope by `use`, with their paths as written.
    pub(crate) imports: Vec<(String, Vec<String>)>,
    /// Names that it hands on by `pub use`, one by one: the crate has no `*` outside tests.
    pub(crate) exports: HashMap<String, Vec<Vec<String>>>,
    /// Paths of two or more names in the code.
    pub(crate) inline: Vec<Vec<String>>,
    /// First names of all paths in the code, single names among them.
    pub(crate) words: HashSet<String>,
}

impl Paths {
    /// The paths in the tokens of a file.
    pub(crate) fn of(tokens: &[String]) -> Self {
        let mut paths = Self::default();
        let mut at = 0;
        while at < tokens.len() {
            let before = at.checked_sub(1).map_or("", |before| tokens[before].as_str());
            if tokens[at] == "use" && matches!(before, "" | ";" | "}" | "]" | "{" | "pub" | ")") {
                let is_export = matches!(before, "pub" | ")");
                let mut found = Vec::new();
                at = tree(tokens, at + 1, &[], &mut found);
                for (name, path) in found {
                    if is_export {
                        paths.exports.entry(name).or_default().push(path);
                    } else {
                        paths.imports.push((name, path));
                    }
                }
            } else if is_name(&tokens[at]) && before != "::" && before != "." {
                let mut path = vec![tokens[at].clone()];
                paths.words.insert(tokens[at].clone());
                while tokens.get(at + 1).is_some_and(|token| token == "::")
                    && tokens.get(at + 2).is_some_and(|token| is_name(token))
                {
                    path.push(tokens[at + 2].clone());
                    at += 2;
                }
                if path.len() > 1 {
                    paths.inline.push(path);
                }
                at += 1;
            } else {
                at += 1;
            }
        }
        paths
    }

    /// Types that the file both hands on and uses itself. A function may have the name of its module, so it is left out.
    pub(crate) fn used_exports(&self) -> impl Iterator<Item = (&String, &Vec<String>)> {
        let is_used = |name: &str| name.starts_with(char::is_uppercase) && self.words.contains(name);
        let used = self.exports.iter().filter(move |(name, _)| is_used(name));
        used.flat_map(|(name, paths)| paths.iter().map(move |path| (name, path)))
    }
}

/// Reads one tree of a `use` that follows a path: a name, a list in braces, or `*`. Returns the position after it.
fn tree(tokens: &[String], start: usize, before: &[String], found: &mut Vec<(String, Vec<String>)>) -> usize {
    let mut path = before.to_vec();
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token != "}") {
                    at = tree(tokens, at, &path, found);
                    at += usize::from(tokens.get(at).is_some_and(|token| token == ","));
                }
                return at + 1;
            }
            "as" => {
                found.push((tokens.get(at + 1).cloned().unwrap_or_default(), path));
                return at + 2;
            }
            "," | "}" | ";" => break,
            "::" => at += 1,
            name => {
                path.push(name.to_owned());
                at += 1;
            }
        }
    }
    if path.last().is_some_and(|name| name == "self") && path.len() > 1 {
        path.pop();
    }
    if let Some(name) = path.last().cloned() {
        found.push((name, path));
    }
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
