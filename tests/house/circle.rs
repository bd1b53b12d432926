//! Which file takes a name from which, and the circles in that.
//!
//! A name is taken from the file that defines it, however many modules hand it on. One kind of circle is allowed: the
//! `mod.rs` of a folder may name the files of its folder, as registries and dispatchers do, while those use the vocabulary
//! that it declares. Such a circle must not leave the folder.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::import::Paths;
use crate::token::{tokens, without_tests};
use crate::tree::Source;

/// From a file to the files that it takes names from, with the names.
pub(crate) type Arrows = BTreeMap<String, BTreeMap<String, BTreeSet<String>>>;

/// The modules of the crate.
pub(crate) struct Modules {
    /// By the path of the module, `a::b`; the root is the empty path.
    files: HashMap<String, Module>,
}

struct Module {
    file: String,
    paths: Paths,
}

/// The target of a path.
enum Found {
    Module(String),
    Name { file: String, name: String },
}

impl Modules {
    /// The modules of the files of `src`.
    pub(crate) fn of(sources: &[Source]) -> Self {
        let files = sources.iter().filter(|source| source.path != "src/main.rs").map(|source| {
            let paths = Paths::of(&without_tests(&tokens(&source.text)));
            (module(&source.path), Module { file: source.path.clone(), paths })
        });
        Self { files: files.collect() }
    }

    /// The modules of the first layer that a file names, its own among them.
    pub(crate) fn layers(&self, file: &str) -> BTreeSet<String> {
        let module = module(file);
        let Some(Module { paths, .. }) = self.files.get(&module) else { return BTreeSet::new() };
        let all = paths.imports.iter().map(|(_, path)| path);
        let all = all.chain(paths.exports.values().flatten()).chain(&paths.inline);
        let absolute = all.filter_map(|path| self.absolute(&module, path));
        absolute.filter_map(|path| path.first().cloned()).collect()
    }

    /// Returns the names that each file takes from others.
    pub(crate) fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (name, module) in &self.files {
            let mut aliases = HashMap::new();
            let mut found = Vec::new();
            for (_, path) in module.paths.used_exports() {
                found.extend(self.absolute(name, path).and_then(|path| self.find(&path)));
            }
            for (alias, path) in &module.paths.imports {
                match self.absolute(name, path).and_then(|path| self.find(&path)) {
                    // Only what is then taken from the module counts.
                    Some(Found::Module(path)) => drop(aliases.insert(alias.as_str(), path)),
                    Some(taken @ Found::Name { .. }) => found.push(taken),
                    None => {}
                }
            }
            for path in &module.paths.inline {
                let absolute = match aliases.get(path[0].as_str()) {
                    Some(alias) => Some(split(alias).chain(path[1..].iter().cloned()).collect()),
                    None => self.absolute(name, path),
                };
                found.extend(absolute.and_then(|path| self.find(&path)));
            }
            let arrows = arrows.entry(module.file.clone()).or_default();
            for taken in found {
                if let Found::Name { file, name } = taken
                    && file != module.file
                {
                    arrows.entry(file).or_default().insert(name);
                }
            }
        }
        arrows
    }

    /// A path as written in a module, from the root of the crate; `None` for what other crates define.
    fn absolute(&self, module: &str, path: &[String]) -> Option<Vec<String>> {
        let mut base: Vec<String> = split(module).collect();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => base.clear(),
            "self" => {}
            "super" => drop(base.pop()),
            child if self.files.contains_key(&join(&base, child)) => {
                return Some([base, path.to_vec()].concat());
            }
            _ => return None,
        }
        rest = &rest[1..];
        while rest.first().is_some_and(|name| name == "super") {
            base.pop();
            rest = &rest[1..];
        }
        Some([base, rest.to_vec()].concat())
    }

    /// Follows a path from the root to the file that defines what it names.
    fn find(&self, path: &[String]) -> Option<Found> {
        let mut at = Vec::new();
        for (position, name) in path.iter().enumerate() {
            if self.files.contains_key(&join(&at, name)) {
                at.push(name.clone());
                continue;
            }
            let here = at.join("::");
            let module = self.files.get(&here)?;
            for exported in module.paths.exports.get(name).into_iter().flatten() {
                let Some(mut absolute) = self.absolute(&here, exported) else { continue };
                absolute.extend(path[position + 1..].iter().cloned());
                if absolute != path {
                    return self.find(&absolute);
                }
            }
            return Some(Found::Name { file: module.file.clone(), name: name.clone() });
        }
        Some(Found::Module(at.join("::")))
    }
}

/// Returns the forbidden circles, each as the files that lead to each other.
pub(crate) fn circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let is_in_its_folder = |circle: &Vec<String>| {
        let mut faces = circle.iter().filter_map(|file| file.strip_suffix("mod.rs"));
        faces.any(|folder| circle.iter().all(|file| file.starts_with(folder)))
    };
    let mut found = all_circles(arrows);
    found.retain(|circle| !is_in_its_folder(circle));
    let mut upward = arrows.clone();
    for (file, taken) in &mut upward {
        if let Some(folder) = file.strip_suffix("mod.rs") {
            taken.retain(|other, _| !other.starts_with(folder));
        }
    }
    found.extend(all_circles(&upward));
    found.sort();
    found.dedup();
    found
}

/// Returns the files that lead back to themselves, in groups of those that lead to each other.
fn all_circles(arrows: &Arrows) -> Vec<Vec<String>> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        arrows.keys().map(|file| (file.as_str(), reach(arrows, file))).collect();
    let mut circles = BTreeSet::new();
    for (file, reaches) in &reached {
        let circle: Vec<String> = reaches
            .iter()
            .filter(|other| reached.get(**other).is_some_and(|back| back.contains(file)))
            .map(|other| (*other).to_owned())
            .collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// All files that can be reached from one by its arrows.
fn reach<'a>(arrows: &'a Arrows, file: &str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&str> =
        arrows.get(file).into_iter().flat_map(BTreeMap::keys).map(String::as_str).collect();
    while let Some(file) = next.pop() {
        if reached.insert(file) {
            next.extend(arrows.get(file).into_iter().flat_map(BTreeMap::keys).map(String::as_str));
        }
    }
    reached
}

/// The path of the module in a file of `src`; the root is the empty path.
fn module(file: &str) -> String {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { String::new() } else { path.replace('/', "::") }
}

fn split(path: &str) -> impl Iterator<Item = String> + '_ {
    path.split("::").filter(|name| !name.is_empty()).map(str::to_owned)
}

fn join(path: &[String], name: &str) -> String {
    path.iter().map(String::as_str).chain([name]).collect::<Vec<_>>().join("::")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(files: &[(&str, &str)]) -> Modules {
        let source =
            |(path, text): &(&str, &str)| Source { path: format!("src/{path}"), text: (*text).to_owned() };
        Modules::of(&files.iter().map(source).collect::<Vec<_>>())
    }

    #[test]
    fn imports_are_found_wherever_they_stand() {
        let text = "//! x\nuse crate::{a, b::{c, d}, e as f};\nuse crate::g::H;\nfn i() -> crate::j::K { super_crate::l() }\n\
                    // crate::m\n#[cfg(test)]\nmod tests {\n    use crate::n;\n}\n#[cfg(test)]\nuse crate::o;\nuse crate::p;\n\
                    const Q: &str = \"crate::q\";\nconst R: &str = r#\"\"crate::r\"#;\n";
        let modules = modules(&[("present/x.rs", text)]);
        let layers = modules.layers("src/present/x.rs");
        assert_eq!(layers.into_iter().collect::<Vec<_>>(), ["a", "b", "e", "g", "j", "p"]);
    }

    #[test]
    fn a_name_is_taken_from_the_file_that_defines_it() {
        let arrows = modules(&[
            ("a.rs", "use crate::b;\nuse crate::b::Handed as Other;\nfn f() { b::c::own(); b::here() }"),
            ("b/mod.rs", "mod c;\npub(crate) use c::{Handed, nested::deep};\npub fn here() { c::own() }"),
            ("b/c/mod.rs", "pub mod nested;\npub fn own() {}\npub struct Handed;"),
            ("d.rs", "pub fn f() {}"),
            ("b/c/nested.rs", "use super::super::here;\nuse super::Handed;\npub fn deep() { crate::d::f() }"),
        ])
        .arrows();
        let taken = |file: &str| -> Vec<(String, Vec<String>)> {
            let names = |names: &BTreeSet<String>| names.iter().cloned().collect();
            arrows[file].iter().map(|(file, taken)| (file.clone(), names(taken))).collect()
        };
        let arrow = |file: &str, names: &[&str]| {
            (file.to_owned(), names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(
            taken("src/a.rs"),
            [arrow("src/b/c/mod.rs", &["Handed", "own"]), arrow("src/b/mod.rs", &["here"])]
        );
        assert_eq!(taken("src/b/mod.rs"), [arrow("src/b/c/mod.rs", &["own"])]);
        assert_eq!(
            taken("src/b/c/nested.rs"),
            [
                arrow("src/b/c/mod.rs", &["Handed"]),
                arrow("src/b/mod.rs", &["here"]),
                arrow("src/d.rs", &["f"])
            ]
        );
        assert!(circles(&arrows).is_empty());
    }

    #[test]
    fn a_folder_and_its_parts_may_need_each_other_but_nothing_outside() {
        let inside = [("f/mod.rs", "fn f() { g::h() }"), ("f/g.rs", "use super::f;"), ("k.rs", "")];
        assert!(circles(&modules(&inside).arrows()).is_empty());
        let outside =
            [("f/mod.rs", "fn f() { g::h() }"), ("f/g.rs", "use crate::k::K;"), ("k.rs", "use crate::f::f;")];
        assert_eq!(circles(&modules(&outside).arrows()), [["src/f/g.rs", "src/f/mod.rs", "src/k.rs"]]);
    }

    #[test]
    fn files_that_need_each_other_are_a_circle_however_long() {
        let files = [
            ("a.rs", "use crate::b::B;"),
            ("b.rs", "use crate::c::C;\nuse crate::d::D;"),
            ("c.rs", "fn f() -> crate::a::A {}"),
            ("d.rs", ""),
        ];
        let circles = circles(&modules(&files).arrows());
        assert_eq!(circles, [["src/a.rs", "src/b.rs", "src/c.rs"]]);
    }
}
