//! Reads the conflicts left in an item or the scenario: the values of both other sides, and which side deleted the
//! item.

use super::Reader;
use crate::document::keys::{self, DELETED, Holds, SIDE_NAMES, probability_of};
use crate::document::syntax::{Node, NodeKind};
use crate::scenario::{Conflict, FieldConflict, Fielded, Item, ItemKind, Scenario, ScenarioField, Value};

/// Both other sides of something; `None` where the side has nothing.
pub(super) struct Sides<T> {
    pub(super) base: Option<T>,
    pub(super) theirs: Option<T>,
}

impl<'t> Reader<'t> {
    /// The conflict of an item. `item` is where values are tried out: they obey the rules of its fields.
    pub(super) fn item_conflict<T: Item>(&mut self, node: Node<'t>, item: &T) -> Option<Conflict> {
        if !self.is_table(node, "conflict", "a table such as { note = { base = \"...\", theirs = \"...\" } }")
        {
            return None;
        }
        let fields =
            || keys::item(T::KIND).names().filter(|key| *key == "id" || T::parse_field(key).is_some());
        let mut conflict = Conflict::default();
        let mut has_probabilities = false;
        for entry in node.children() {
            let key = entry.key();
            if key == DELETED {
                conflict.deleted = self.word(entry, DELETED);
            } else if key == "id" {
                let sides = self.sides(entry, "id", |reader, side| reader.id_text(side, "id"));
                let text = |id: std::borrow::Cow<'_, str>| Value::Text(id.into_owned());
                conflict.fields.extend(sides.map(|sides| FieldConflict {
                    field: "id".to_owned(),
                    base: sides.base.map(text),
                    theirs: sides.theirs.map(text),
                }));
            } else if let Some(field) = T::parse_field(&key) {
                conflict.fields.extend(self.field_conflict(entry, item, field, &key, &key));
            } else if T::KIND == ItemKind::Estimate && probability_of(&key).is_some() {
                // Read with the probabilities.
                has_probabilities = true;
            } else {
                self.unknown_key(entry, "a conflict", fields().chain([DELETED]));
            }
        }
        Some(conflict).filter(|conflict| !has_probabilities || *conflict != Conflict::default())
    }

    /// The conflict of the scenario's own fields, by path: `"scoring.method"` or a table `scoring` with `method`.
    pub(super) fn scenario_conflict(&mut self, node: Node<'t>, scenario: &Scenario) -> Option<Conflict> {
        if !self.is_table(
            node,
            "conflict",
            "a table such as { title = { base = \"...\", theirs = \"...\" } }",
        ) {
            return None;
        }
        let mut conflict = Conflict::default();
        for entry in node.children() {
            let key = entry.key();
            if let Some(field) = ScenarioField::parse(&key) {
                conflict.fields.extend(self.field_conflict(entry, scenario, field, &key, &key));
            } else if let Some(Holds::Table(table)) = keys::SCENARIO.key(&key).map(|key| key.holds)
                && matches!(entry.kind(), NodeKind::Table(_))
            {
                let part = key;
                for entry in entry.children() {
                    let key = entry.key();
                    let path = format!("{part}.{key}");
                    match ScenarioField::parse(&path) {
                        Some(field) => {
                            conflict.fields.extend(self.field_conflict(entry, scenario, field, &key, &path));
                        }
                        None => {
                            self.unknown_key(entry, table.name, table.names());
                        }
                    }
                }
            } else {
                self.unknown_key(entry, "a conflict", ScenarioField::WORDS.iter().copied());
            }
        }
        Some(conflict)
    }

    fn field_conflict<F: Fielded>(
        &mut self,
        node: Node<'t>,
        owner: &F,
        field: F::Field,
        key: &str,
        path: &str,
    ) -> Option<FieldConflict> {
        let sides = self.sides(node, key, |reader, side| {
            let mut trial = owner.clone();
            reader.field(&mut trial, field, key, side).then(|| trial.field(field)).flatten()
        })?;
        Some(FieldConflict { field: path.to_owned(), base: sides.base, theirs: sides.theirs })
    }

    /// The sides of a conflict, each read by `read`.
    pub(super) fn sides<T>(
        &mut self,
        node: Node<'t>,
        name: &str,
        mut read: impl FnMut(&mut Self, Node<'t>) -> Option<T>,
    ) -> Option<Sides<T>> {
        if !self.is_table(node, name, "a table with `base` and `theirs`") {
            return None;
        }
        let mut sides = Sides { base: None, theirs: None };
        for entry in node.children() {
            match entry.key().as_ref() {
                "base" => sides.base = read(self, entry),
                "theirs" => sides.theirs = read(self, entry),
                _ => {
                    self.unknown_key(entry, "a conflict", SIDE_NAMES.into_iter());
                }
            }
        }
        Some(sides)
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{read, told};
    use crate::scenario::{Date, FieldConflict, Side, Value};

    #[test]
    fn values_are_those_that_the_field_would_hold() {
        let text = "ach = 1\ntitle = \"t\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\nconflict = { date = { base = \"2025-01-02\", theirs = 2025-01-03 }, source = { theirs = [\"a\"] }, deleted = \"ours\" }\n";
        let scenario = read(text.into()).scenario.unwrap();
        let conflict = scenario.evidence[0].conflict.as_deref().unwrap();
        assert_eq!(conflict.deleted, Some(Side::Ours));
        let date = |text| Date::parse(text).map(Value::Date);
        let field = |field: &str, base, theirs| FieldConflict { field: field.into(), base, theirs };
        assert_eq!(
            conflict.fields,
            [
                field("date", date("2025-01-02"), date("2025-01-03")),
                field("source", None, Some(Value::Text("a".into())))
            ]
        );
    }

    #[test]
    fn the_scenario_s_own_fields_go_by_path() {
        let text = "ach = 1\ntitle = \"t\"\n[conflict]\n\"scoring.method\".theirs = \"net\"\nscoring.yardstick.base = \"phia\"\n";
        let conflict = read(text.into()).scenario.unwrap().conflict.unwrap();
        let paths: Vec<_> = conflict.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(paths, ["scoring.method", "scoring.yardstick"]);
        assert_eq!(told(&text.replace("phia", "fia")), ["bad-value 5:26"]);
        assert_eq!(told(&text.replace("scoring.yardstick.base", "deleted")), ["unknown-key 5:1"]);
    }

    #[test]
    fn a_side_that_is_wrong_is_one_mistake() {
        let item = |conflict: &str| {
            format!("ach = 1\ntitle = \"t\"\n[[source]]\nid = \"s\"\nname = \"S\"\nconflict = {conflict}\n")
        };
        assert_eq!(told(&item("{ reliability = { base = \"A\", theirs = \"Z\" } }")), ["bad-value 6:51"]);
        assert_eq!(told(&item("{ reliability = \"A\" }")), ["wrong-type 6:28"]);
        assert_eq!(told(&item("{ id = { theirs = \"S\" } }")), ["bad-id 6:30"]);
        assert_eq!(told(&item("{ ids = { theirs = \"s\" } }")), ["unknown-key 6:14"]);
        assert_eq!(told(&item("{ deleted = true }")), ["wrong-type 6:24"]);
    }
}
