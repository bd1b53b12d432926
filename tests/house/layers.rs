//! The layers of the crate: the table of `docs/architecture.md`, which is the law that the test enforces.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::root;

/// Reads the table: the modules that each module may import. A cell is a list of modules, `nothing`, or `all`, also
/// with `but` and a list; `all` are the modules of all other rows.
pub(crate) fn may_import() -> BTreeMap<String, BTreeSet<String>> {
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).expect("a page");
    let table = page.split("\n## ").find(|section| section.starts_with("Layers")).expect("a section");
    let rows: Vec<(String, &str)> = table.lines().filter_map(row).collect();
    let all: BTreeSet<String> = rows.iter().map(|(module, _)| module.clone()).collect();
    let allowed = |cell: &str| match cell.strip_prefix("all") {
        Some(but) => all.difference(&names(but)).cloned().collect(),
        None => names(cell),
    };
    rows.iter().map(|(module, cell)| (module.clone(), allowed(cell))).collect()
}

/// The module of a row and its cell of imports; `None` for any other line.
fn row(line: &str) -> Option<(String, &str)> {
    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
    let [_, _, module, _, imports, _, _] = cells[..] else { return None };
    Some((names(module).into_iter().next()?, imports))
}

/// The names in backquotes.
fn names(cell: &str) -> BTreeSet<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_folder_of_the_source_has_its_row() {
    let folders =
        std::fs::read_dir(root().join("src")).expect("a folder").map(|entry| entry.expect("an entry"));
    let folders = folders.filter(|entry| entry.path().is_dir());
    let folders: BTreeSet<String> =
        folders.map(|entry| entry.file_name().into_string().expect("UTF-8")).collect();
    assert_eq!(folders, may_import().into_keys().collect());
    assert!(may_import()["text"].is_empty());
    assert!(!may_import()["tui"].contains("cli") && may_import()["cli"].contains("tui"));
}
