//! Items of the five lists: what they share, which is ids, required keys and conflicts.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Reader, at, clipped, quoted};
use crate::diagnostic::{Code, Diagnostic, Place, Span, suggestion};
use crate::document::items;
use crate::document::keys::{self, Holds};
use crate::document::syntax::{Node, NodeKind, TableForm};
use crate::scenario::{
    ID_RULE, Item, ItemKind, MAX_EVIDENCE, MAX_HYPOTHESES, Scenario, Shape, is_id, suggest_id,
};
use crate::text::look_alike;

/// The id under which an item without a good one is read for its other faults; it goes nowhere.
const STAND_IN: &str = "x";

/// Ids of one list and where each first stands.
type Ids<'t> = HashMap<Cow<'t, str>, Span>;

impl<'t> Reader<'t> {
    /// The items of all lists.
    pub(super) fn items(&mut self, root: Node<'t>, scenario: &mut Scenario) {
        // A syntax error inside `evidence = [{...}]` counts against the table around it.
        let inline_whole = !root.is_damaged();
        scenario.hypotheses = self.list(root, inline_whole, Some(MAX_HYPOTHESES));
        scenario.sources = self.list(root, inline_whole, None);
        scenario.evidence = self.list(root, inline_whole, Some(MAX_EVIDENCE));
        scenario.indicators = self.list(root, inline_whole, None);
        scenario.estimates = self.list(root, inline_whole, None);
    }

    /// The items of one list, in whichever way it is written.
    fn list<T: Item>(&mut self, root: Node<'t>, inline_whole: bool, limit: Option<usize>) -> Vec<T> {
        let name = T::KIND.as_str();
        let Some(list) = root.get(name).filter(|list| self.is_list(*list, name)) else { return Vec::new() };
        let count = items(list).count();
        let limit = limit.unwrap_or(count);
        if let Some(first) = items(list).nth(limit) {
            let message = format!("more than {} {}", super::value::grouped(limit), plural(T::KIND));
            let found = Diagnostic::new(Code::TOO_LARGE, at(first), message);
            self.report(found.help("this is the first over the limit; the rest was not read"));
        }
        let room = if self.comparison.is_some() { 0 } else { count.min(limit) };
        let mut read_items = Vec::with_capacity(room);
        let mut number = 0;
        let mut ids = Ids::with_capacity(count.min(limit));
        for node in items(list).take(limit) {
            let inline = matches!(node.kind(), NodeKind::Table(TableForm::Inline));
            let whole = if inline { inline_whole } else { !node.is_damaged() };
            let Some(item) = self.item::<T>(node, whole, &mut ids) else { continue };
            match &mut self.comparison {
                Some(comparison) => comparison.compare(number, &item),
                None => read_items.push(item),
            }
            number += 1;
        }
        read_items
    }

    /// Whether a node holds tables in a row; reports if not.
    fn is_list(&mut self, node: Node<'t>, name: &str) -> bool {
        let takes = format!("tables in a row, each [[{name}]]");
        match node.kind() {
            NodeKind::ArrayOfTables => true,
            NodeKind::Array => {
                let stray = |entry: &Node<'t>| !matches!(entry.kind(), NodeKind::Table(_) | NodeKind::Broken);
                if let Some(stray) = node.children().find(stray) {
                    self.wrong_type(stray, name, &takes, None);
                }
                true
            }
            NodeKind::Broken => false,
            NodeKind::Table(TableForm::Header) if !node.is_damaged() => {
                let help = format!("write [[{name}]], in double brackets: each is one item of the list");
                self.wrong_type(node, name, &takes, Some(help));
                false
            }
            // A header with a fault may be meant as a list.
            NodeKind::Table(TableForm::Header) => false,
            _other => {
                self.wrong_type(node, name, &takes, Some(format!("write [[{name}]] above each item")));
                false
            }
        }
    }

    /// One item with its row.
    fn item<T: Item>(&mut self, node: Node<'t>, whole: bool, ids: &mut Ids<'t>) -> Option<T> {
        let mut item: T = self.without_row(node, whole, ids)?;
        if let Some(row) = item.row_mut() {
            if let Some(cells) = node.get(keys::row(T::KIND)) {
                *row = self.row(cells, T::KIND);
            }
            if T::KIND == ItemKind::Estimate
                && let Some(conflict) = node.get("conflict")
            {
                self.probability_conflicts(conflict, row);
            }
        }
        Some(item)
    }

    /// One item: its fields, without its row.
    fn without_row<T: Item>(&mut self, node: Node<'t>, whole: bool, ids: &mut Ids<'t>) -> Option<T> {
        let id = node.get("id").and_then(|id| self.id(id, T::KIND, ids));
        // With a fault in it the item goes nowhere, but its other faults are to be found.
        let mut item = T::named(T::parse_id(id.as_deref().unwrap_or(STAND_IN))?, String::new());
        let mut meant = Vec::new();
        let mut conflict = None;
        for entry in node.children() {
            let key = entry.key();
            if let Some(field) = T::parse_field(&key) {
                self.field(&mut item, field, &key, entry);
                continue;
            }
            match keys::item(T::KIND).key(&key).map(|key| key.holds) {
                Some(Holds::Conflict) => conflict = Some(entry),
                // Read before or after, by whoever knows more.
                Some(_id_or_cells) => {}
                None => meant.extend(self.unknown_key(
                    entry,
                    keys::item(T::KIND).name,
                    keys::item(T::KIND).names(),
                )),
            }
        }
        if let Some(conflict) = conflict.and_then(|conflict| self.item_conflict(conflict, &item)) {
            item.set_conflict(Some(conflict));
        }
        if T::KIND == ItemKind::Evidence {
            self.grade_beside_credibility(node);
        }
        if whole {
            self.missing_keys(node, keys::item(T::KIND), singular(T::KIND), &meant, node.span());
        }
        Some(item)
    }

    /// The id of an item, if it is one. An id seen before is reported and is nevertheless an id.
    fn id(&mut self, node: Node<'t>, kind: ItemKind, ids: &mut Ids<'t>) -> Option<Cow<'t, str>> {
        let id = self.id_text(node, "id")?;
        let place = node.span();
        match ids.get(&id) {
            None => {
                ids.insert(id.clone(), place);
            }
            Some(first) => {
                let message = format!("the id {} is given twice among {}", quoted(&id), plural(kind));
                let found = Diagnostic::new(Code::DUPLICATE_ID, Place::Span(place), message)
                    .expected("expected another id")
                    .also(Place::Span(first.clone()), "first used here");
                self.report(found);
            }
        }
        Some(id)
    }

    /// A text that must follow the rule of ids.
    pub(super) fn id_text(&mut self, node: Node<'t>, key: &str) -> Option<Cow<'t, str>> {
        let id = self.text_for(node, key, Shape::Text)?;
        if is_id(&id) {
            return Some(id);
        }
        let help = suggest_id(&id).map(|id| suggestion(&id));
        let remark = look_alike(&id).map(|remark| format!(": {remark}")).unwrap_or_default();
        let message = format!("{} is not an id{remark}", quoted(&id));
        let found = Diagnostic::new(Code::BAD_ID, at(node), message);
        self.report(found.expected(ID_RULE).maybe_help(help));
        None
    }

    /// Reports the required keys of a table that are neither there nor meant by a misspelt one.
    pub(super) fn missing_keys(
        &mut self,
        node: Node<'t>,
        table: &keys::Table,
        what: &str,
        meant: &[&'static str],
        place: Span,
    ) {
        for key in table.required().filter(|key| node.get(key.name).is_none() && !meant.contains(&key.name)) {
            let text = |key: &str| node.get(key).and_then(Node::string);
            let named = match text("id").map(|id| quoted(&id)) {
                Some(id) => format!("the {what} {id}"),
                None => format!("this {what}"),
            };
            let help = if key.name == "id" {
                let basis =
                    text("short").or_else(|| text("name")).or_else(|| text("text")).or_else(|| text("by"));
                let id = basis.and_then(|basis| suggest_id(clipped(&basis).trim_end_matches('…')));
                format!("add `id = \"{}\"`", id.as_deref().unwrap_or("..."))
            } else {
                format!("add `{} = \"...\"`", key.name)
            };
            let message = format!("{named} has no `{}`", key.name);
            let found = Diagnostic::new(Code::MISSING_KEY, Place::Span(place.clone()), message);
            self.report(found.expected(format!("expected a key `{}`", key.name)).help(help));
        }
    }

    fn grade_beside_credibility(&mut self, node: Node<'t>) {
        if let (Some(grade), Some(credibility)) = (node.get("grade"), node.get("credibility")) {
            let (grade, credibility) = (grade.key_span(), credibility.key_span());
            let (first, second) =
                if grade.start < credibility.start { (grade, credibility) } else { (credibility, grade) };
            let found = Diagnostic::new(
                Code::GRADE_AND_CREDIBILITY,
                Place::Span(second),
                "an item has a grade or a credibility, not both",
            );
            self.report(found.also(Place::Span(first), "the other one").help("remove one of the two"));
        }
    }
}

/// An item of this kind, in words.
const fn singular(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Evidence => "evidence item",
        ItemKind::Hypothesis | ItemKind::Source | ItemKind::Indicator | ItemKind::Estimate => kind.as_str(),
    }
}

/// Several items of this kind, in words.
const fn plural(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Hypothesis => "hypotheses",
        ItemKind::Source => "sources",
        ItemKind::Evidence => "evidence items",
        ItemKind::Indicator => "indicators",
        ItemKind::Estimate => "estimates",
    }
}

#[cfg(test)]
mod tests {
    use crate::document::told;

    #[test]
    fn a_misspelt_required_key_is_not_missing_too() {
        assert_eq!(told("ach = 1\ntitel = \"t\"\n"), ["unknown-key 2:1"]);
        assert_eq!(told("ach = 1\nfoo = \"t\"\n"), ["missing-key 1:1", "unknown-key 2:1"]);
        assert_eq!(
            told("ach = 1\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\ntitle = \"t\"\n"),
            ["unknown-key 5:1"]
        );
    }

    #[test]
    fn what_is_broken_is_not_missing_too() {
        assert_eq!(told("ach = 1\ntitle = t\n"), ["syntax 2:9"]);
        assert_eq!(
            told("ach = 1\ntitle = \"t\n[[evidence]]\nid = \"e\"\n"),
            ["syntax 2:9", "missing-key 3:1"]
        );
        assert_eq!(
            told("ach = 1\ntitle = \"t\"\nevidence = [{ id = \"e\" text = \"x\" }]\n"),
            ["syntax 3:24"]
        );
        assert_eq!(told("ach = 1\nauthors = [\"a\",\ntitle = \"t\"\n"), ["syntax 2:11"]);
    }

    #[test]
    fn ids_are_unique_within_their_list() {
        let text = "ach = 1\ntitle = \"t\"\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n[[evidence]]\nid = \"a\"\ntext = \"x\"\n[[evidence]]\nid = \"a\"\ntext = \"y\"\n";
        assert_eq!(told(text), ["duplicate-id 10:6"]);
    }

    #[test]
    fn hypotheses_have_a_limit() {
        let mut text = "ach = 1\ntitle = \"t\"\n".to_owned();
        for n in 0..1_000 {
            text.push_str(&format!("[[hypothesis]]\nid = \"h{n}\"\nname = \"H\"\n"));
        }
        assert_eq!(told(&text), [""; 0]);
        text.push_str("[[hypothesis]]\nid = \"last\"\nname = \"H\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\nratings.last = \"C\"\n");
        assert_eq!(told(&text), ["too-large 3003:1"]);
    }

    #[test]
    fn grade_and_credibility_exclude_each_other() {
        let item = "ach = 1\ntitle = \"t\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\n";
        assert_eq!(
            told(&format!("{item}grade = \"B2\"\ncredibility = \"low\"\n")),
            ["grade-and-credibility 7:1"]
        );
        assert_eq!(told(&format!("{item}grade = \"B2\"\n")), [""; 0]);
    }
}
