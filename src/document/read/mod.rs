//! From the syntax tree to the scenario: what the file says, and everything that is wrong with how it says it.
//!
//! Knows the keys of the format and the fields of the scenario; the values that a field takes are the scenario's
//! rules. Must never judge whether parts of a scenario fit together (that is `scenario`'s), nor touch bytes: it sees
//! the file through the tree only.
//!
//! Every fault is reported, each once. So a value that is already known to be broken is passed over in silence, a
//! misspelt key stands for the key it misspells, and what a syntax error may have swallowed is not called missing.

mod cell;
mod comparison;
mod conflict;
mod item;
mod scenario;
mod suppress;
mod value;

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Span, suggestion};
use crate::document::keys;
use crate::document::syntax::{Node, NodeKind, Tree};
use crate::scenario::{FORMAT_VERSION, ItemKind, Scenario};
use crate::text;

use cell::Columns;
use comparison::Comparison;
use suppress::Suppression;

/// Most faults that are listed of one file: a file of a million faults is not read by anybody, and must not exhaust
/// the memory.
const MAX_FAULTS: usize = 100_000;
/// Most further places that one finding marks.
const MAX_MARKS: usize = 8;
/// Most comparisons of names that suggestions may cost in one file, for the same reason.
const MAX_COMPARISONS: usize = 100_000;

/// The scenario in a tree, unless something forbids reading it, and all findings in the order of the file.
/// `syntax` are the findings of the syntax.
pub(crate) fn read(tree: &Tree, text: &str, syntax: Vec<Diagnostic>) -> (Option<Scenario>, Vec<Diagnostic>) {
    read_with(tree, text, syntax, None)
}

/// Compares the scenario in a tree with another, item by item, so that no more than one item is held twice.
///
/// # Errors
/// The findings of [`read()`], if something forbids reading it or it is not the same.
pub(crate) fn read_as(
    tree: &Tree,
    text: &str,
    syntax: Vec<Diagnostic>,
    expected: &Scenario,
) -> Result<(), Vec<Diagnostic>> {
    match read_with(tree, text, syntax, Some(Comparison::new(expected))) {
        (Some(_), _) => Ok(()),
        (None, found) => Err(found),
    }
}

fn read_with<'t>(
    tree: &'t Tree,
    text: &'t str,
    mut syntax: Vec<Diagnostic>,
    comparison: Option<Comparison<'t>>,
) -> (Option<Scenario>, Vec<Diagnostic>) {
    // The lines between merge markers are two versions of one thing: whatever else they are is not a mistake of theirs.
    if syntax.iter().any(|found| found.code == Code::MERGE_MARKERS) {
        return (None, syntax);
    }
    let root = tree.root(text);
    let broken = syntax.iter().any(is_error);
    let Some(version) = root.get("ach") else {
        // A file that does not parse may have had the key.
        if !broken {
            return (None, vec![not_a_scenario()]);
        }
        syntax.retain(is_error);
        return (None, syntax);
    };
    let mut reader = Reader::new(Suppression::new(text, &syntax), comparison);
    match version.kind() {
        NodeKind::Integer if version.integer() != Some(FORMAT_VERSION) => {
            syntax.retain(is_error);
            syntax.push(unsupported(version));
            sort(&mut syntax);
            return (None, syntax);
        }
        NodeKind::Integer | NodeKind::Broken => {}
        _other => {
            reader.wrong_type(version, "ach", "the integer 1", Some("write `ach = 1`".to_owned()));
        }
    }
    if root.children().next().is_some_and(|first| first.key() != "ach") {
        let place = Place::Span(version.key_span());
        let found = Diagnostic::new(Code::VERSION_NOT_FIRST, place, "`ach` is not the first key of the file");
        reader.report(found.help("move it to the first line"));
    }
    let scenario = reader.scenario(root);
    let is_expected = reader.comparison.as_ref().is_none_or(|comparison| comparison.is_same(&scenario));
    syntax.retain(|found| !reader.suppression.explains(found));
    let mut found = reader.finish();
    found.append(&mut syntax);
    sort(&mut found);
    let is_readable = !found.iter().any(is_error);
    ((is_readable && is_expected).then_some(scenario), found)
}

fn is_error(found: &Diagnostic) -> bool {
    found.severity() == Severity::Error
}

/// Puts findings into the order of the file.
fn sort(found: &mut [Diagnostic]) {
    found.sort_by_key(start);
}

fn start(found: &Diagnostic) -> usize {
    place(found).map_or(0, |span| span.start)
}

fn place(found: &Diagnostic) -> Option<&Span> {
    match &found.labels.first()?.place {
        Place::Span(span) => Some(span),
        Place::Subject(_) | Place::Entry(..) => None,
    }
}

fn not_a_scenario() -> Diagnostic {
    Diagnostic::new(
        Code::NOT_A_SCENARIO,
        Place::Span(0..0),
        "this file is not a scenario: it has no key `ach`",
    )
    .expected("expected `ach = 1`")
    .help("a scenario starts with `ach = 1`")
}

fn unsupported(version: Node<'_>) -> Diagnostic {
    let message = format!("format version {} is not supported", clipped(version.raw()));
    Diagnostic::new(Code::UNSUPPORTED_VERSION, at(version), message)
        .expected(format!("expected {FORMAT_VERSION}"))
        .help(format!("this program reads version {FORMAT_VERSION}; nothing else in the file was checked"))
}

/// The place of a value.
fn at(node: Node<'_>) -> Place {
    Place::Span(node.span())
}

/// A text of the file as a message quotes it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", clipped(text))
}

/// A text of the file, short enough for a message.
fn clipped(text: &str) -> Cow<'_, str> {
    text::truncate(text, 60)
}

/// The state of reading one file.
struct Reader<'t> {
    found: Vec<Diagnostic>,
    /// Where the file went on after [`MAX_FAULTS`] faults.
    overflow: Option<Span>,
    suppression: Suppression<'t>,
    columns: Columns<'t>,
    /// Ratings for hypotheses that are not there, by id.
    strangers: BTreeMap<Cow<'t, str>, Vec<Span>>,
    /// Required keys of the scenario that stand in some other table.
    strayed: Vec<&'static str>,
    names: Names,
    /// Takes the items instead of keeping them, if they are only compared.
    comparison: Option<Comparison<'t>>,
}

impl<'t> Reader<'t> {
    fn new(suppression: Suppression<'t>, comparison: Option<Comparison<'t>>) -> Self {
        Self {
            found: Vec::new(),
            overflow: None,
            suppression,
            columns: Columns::default(),
            strangers: BTreeMap::new(),
            strayed: Vec::new(),
            names: Names { comparisons: MAX_COMPARISONS },
            comparison,
        }
    }

    fn report(&mut self, found: Diagnostic) {
        if self.found.len() < MAX_FAULTS {
            self.found.push(found);
        } else if self.overflow.is_none() {
            let start = start(&found);
            self.overflow = Some(start..start);
        }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        self.unknown_hypotheses();
        self.found.retain(|found| !self.suppression.covers(found));
        if let Some(place) = self.overflow {
            let message = format!("the file has more than {} faults", value::grouped(MAX_FAULTS));
            let found = Diagnostic::new(Code::TOO_LARGE, Place::Span(place), message);
            self.found.push(found.help("those past the limit are not listed"));
        }
        self.found
    }

    /// Reports a key that `owner` does not have; returns the one that was probably meant.
    fn unknown_key(
        &mut self,
        node: Node<'t>,
        owner: &str,
        choices: impl Iterator<Item = &'static str> + Clone,
    ) -> Option<&'static str> {
        // Its syntax is wrong, which is reported; that it is not a known key may be part of the same mistake.
        if matches!(node.kind(), NodeKind::Broken) {
            return None;
        }
        let key = node.key();
        // What follows costs more than anything else here, and in a hostile file is asked for millions of times.
        if self.overflow.is_some() {
            return None;
        }
        let meant = self.names.nearest(&key, choices.clone());
        let help = match meant {
            Some(meant) => suggestion(meant),
            None => self.belongs(&key, owner).unwrap_or_else(|| {
                let names: Vec<_> = choices.collect();
                // Free data about a cell or a conflict is unlikely; about an item it is not.
                let free = if owner.starts_with("[[") { "; free data belongs in [meta]" } else { "" };
                format!("the keys of {owner} are {}{free}", names.join(", "))
            }),
        };
        let message = format!("unknown key {} in {owner}", quoted(&key));
        self.report(Diagnostic::new(Code::UNKNOWN_KEY, Place::Span(node.key_span()), message).help(help));
        meant
    }

    /// Where a key belongs that stands in the wrong table.
    fn belongs(&mut self, key: &str, owner: &str) -> Option<String> {
        if self.columns.find(key, 0).is_some() {
            for (kind, what) in [
                (ItemKind::Evidence, "rating"),
                (ItemKind::Indicator, "rating"),
                (ItemKind::Estimate, "probability"),
            ] {
                if owner == keys::item(kind).name {
                    return Some(format!("a {what} belongs in [{kind}.{}]", keys::row(kind)));
                }
            }
        }
        let home = keys::TABLES.into_iter().find(|table| table.key(key).is_some())?;
        if home.name != keys::SCENARIO.name {
            return (owner == keys::SCENARIO.name).then(|| format!("`{key}` belongs in {}", home.name));
        }
        self.strayed.extend(home.required().map(|key| key.name).filter(|name| *name == key));
        Some(format!("`{key}` belongs to the scenario itself: move it above the first [header]"))
    }
}

/// Finds which name was meant, as long as that costs little.
struct Names {
    /// Comparisons left.
    comparisons: usize,
}

impl Names {
    /// The choice nearest to `name`, if one is near.
    fn nearest<'a>(&mut self, name: &str, choices: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        let left = &mut self.comparisons;
        let affordable = choices.take_while(|_| {
            let more = *left > 0;
            *left = left.saturating_sub(1);
            more
        });
        text::nearest(name, affordable)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{read, told};

    #[test]
    fn findings_come_in_the_order_of_the_file() {
        let text =
            "title = 1\nach = 1\nx = y\nz = { a = 1, }\n[[evidence]]\n[[hypothesis]]\nid = \"A\"\nname = 1\n";
        assert_eq!(
            told(text),
            [
                "wrong-type 1:9",
                "version-not-first 2:1",
                "syntax 3:5",
                "unknown-key 4:1",
                "toml-1-1 4:12",
                "missing-key 5:1",
                "missing-key 5:1",
                "bad-id 7:6",
                "wrong-type 8:8"
            ]
        );
    }

    #[test]
    fn a_file_that_is_something_else_is_told_once() {
        assert_eq!(told("[package]\nname = \"x\"\na = { b = 1, }\n"), ["not-a-scenario 1:1"]);
        assert_eq!(told(""), ["not-a-scenario 1:1"]);
        assert_eq!(told("[package]\nname = x\n"), ["syntax 2:8"]);
        assert_eq!(told("ach = 2\nfoo = 1\n"), ["unsupported-version 1:7"]);
        assert_eq!(told("ach = \"1\"\ntitle = 1\n"), ["wrong-type 1:7", "wrong-type 2:9"]);
        assert_eq!(told("ach = 1\n<<<<<<< a\nfoo = 1\n=======\n>>>>>>> b\n[[\n"), ["merge-markers 2:1"]);
    }

    #[test]
    fn a_faulty_header_is_one_mistake() {
        let rest = "\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\nratings = { a = \"C\", b = \"C\" }\n";
        for header in [
            "[hypothesis]]",
            "[[hypothesis]",
            "[[hypothesis",
            "[[hypo thesis]]",
            "[[]]",
            "[[hypothesis]] x",
            "[hypothesis",
            "[[\"hypothesis]]",
        ] {
            let text = format!("ach = 1\ntitle = \"t\"\n{header}\nid = \"a\"\nname = \"A\"{rest}");
            let told = told(&text);
            assert!(told.len() == 1 && told[0].starts_with("syntax 3:"), "{header}: {told:?}");
        }
    }

    #[test]
    fn more_faults_than_anybody_reads_are_not_kept() {
        let mut text = "ach = 1\ntitle = \"t\"\ntags = 1\nevidence = [".to_owned();
        text.push_str(&"{},".repeat(60_000));
        text.push_str("]\n");
        let reading = read(text.into());
        assert_eq!(reading.diagnostics.len(), super::MAX_FAULTS + 1);
        assert_eq!(reading.diagnostics.last().unwrap().code.as_str(), "too-large");
    }
}
