//! The scenario's own keys and the tables below it.

use super::Reader;
use super::cell::Columns;
use crate::document::keys::{Holds, SCENARIO, Table};
use crate::document::syntax::{Node, NodeKind};
use crate::scenario::{Fielded, ItemKind, Scenario, ScenarioField};

impl<'t> Reader<'t> {
    /// The whole file. With faults in it the result is good for nothing but finding more of them.
    pub(super) fn scenario(&mut self, root: Node<'t>) -> Scenario {
        let mut scenario = Scenario::default();
        self.columns = Columns::new(root, self.suppression.hides_a_table());
        let mut meant = Vec::new();
        let mut conflict = None;
        for entry in root.children() {
            let key = entry.key();
            match SCENARIO.key(&key).map(|key| key.holds) {
                Some(Holds::Field(_)) => {
                    if let Some(field) = Scenario::parse_field(&key) {
                        self.field(&mut scenario, field, &key, entry);
                    }
                }
                Some(Holds::Table(table)) => self.part(entry, &key, table, &mut scenario),
                Some(Holds::Conflict) => conflict = Some(entry),
                Some(Holds::Free) => {
                    self.is_table(entry, &key, "a table");
                }
                // The version is read before everything, items after it: they need the ids of hypotheses.
                Some(
                    Holds::Version
                    | Holds::Items(_)
                    | Holds::Id
                    | Holds::Ratings
                    | Holds::Probabilities
                    | Holds::CellConflict,
                ) => {}
                None => {
                    let name = self.unknown_key(entry, SCENARIO.name, SCENARIO.names());
                    if name.is_some_and(|name| ItemKind::parse(name).is_some()) {
                        self.misspelt_list(entry);
                    }
                    meant.extend(name);
                }
            }
        }
        if meant.contains(&ItemKind::Hypothesis.as_str()) {
            self.columns.more_may_be_there();
        }
        self.items(root, &mut scenario);
        if let Some(conflict) = conflict {
            scenario.conflict = self.scenario_conflict(conflict, &scenario).map(Box::new);
        }
        meant.append(&mut self.strayed);
        if !root.is_damaged() {
            self.missing_keys(root, &SCENARIO, "scenario", &meant, 0..0);
        }
        scenario
    }

    /// The parts of an item under a misspelt header went to the item before it, or to none.
    fn misspelt_list(&mut self, list: Node<'t>) {
        if matches!(list.kind(), NodeKind::ArrayOfTables) {
            self.suppression.misspelt(list.children().map(Node::span));
        }
    }

    /// The fields of the scenario that stand in a table of their own.
    fn part(&mut self, node: Node<'t>, name: &str, table: &'static Table, scenario: &mut Scenario) {
        if !self.is_table(node, name, &format!("a table, {}", table.name)) {
            return;
        }
        for entry in node.children() {
            let key = entry.key();
            match ScenarioField::parse(&format!("{name}.{key}")) {
                Some(field) => {
                    self.field(scenario, field, &key, entry);
                }
                None => {
                    self.unknown_key(entry, table.name, table.names());
                }
            }
        }
    }

    /// Whether a node is a table, in whichever way it is written; reports if not.
    pub(super) fn is_table(&mut self, node: Node<'t>, key: &str, takes: &str) -> bool {
        match node.kind() {
            NodeKind::Table(_) => true,
            NodeKind::Broken => false,
            NodeKind::ArrayOfTables => {
                let help = node.raw().strip_prefix('[').and_then(|raw| raw.strip_suffix(']'));
                self.wrong_type(
                    node,
                    key,
                    takes,
                    help.map(|single| format!("write {single}, in single brackets")),
                );
                false
            }
            _value => {
                self.wrong_type(node, key, takes, None);
                false
            }
        }
    }
}
