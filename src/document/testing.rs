//! Test support: chance, and files that say what a scenario says in every way the format allows.

use std::fmt::Write;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::change::Listed;
use crate::document::{keys, write};
use crate::scenario::*;

/// A source of chance: the same seed gives the same throws.
pub(crate) struct Dice(TestRunner);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let seed = [(seed | 1).to_le_bytes(), seed.to_le_bytes()].concat();
        let rng = TestRng::from_seed(RngAlgorithm::XorShift, &seed);
        Self(TestRunner::new_with_rng(Config::default(), rng))
    }

    /// One of the values of a strategy.
    pub(crate) fn draw<S: Strategy>(&mut self, strategy: S) -> S::Value {
        strategy.new_tree(&mut self.0).unwrap().current()
    }

    /// 0 to `n` - 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.draw(0..n)
    }

    fn coin(&mut self) -> bool {
        self.below(2) == 0
    }

    fn one<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// A file that tells the scenario, in a layout by chance.
pub(crate) fn layout(dice: &mut Dice, s: &Scenario) -> String {
    let mut out = Layout { dice, text: String::new(), meta: false };
    if out.dice.below(8) == 0 {
        out.text.push('\u{feff}');
    }
    out.noise();
    let mut own = vec![("ach".to_owned(), "1".to_owned())];
    let mut parts = [("scoring", Vec::new()), ("outcome", Vec::new())];
    for field in ScenarioField::ALL {
        let Some(value) = s.field(*field) else { continue };
        match field.as_str().split_once('.') {
            Some((part, key)) => {
                let (_, entries) = parts.iter_mut().find(|(name, _)| *name == part).unwrap();
                entries.push((key.to_owned(), write::value(&value)));
            }
            None => own.push((field.as_str().to_owned(), out.literal(&value))),
        }
    }
    own.extend(s.conflict.as_deref().map(|conflict| ("conflict".to_owned(), write::conflict(conflict))));
    out.shuffle(&mut own);
    let forms = [out.dice.below(3), out.dice.below(3)];
    for (key, literal) in &own {
        out.entry(key, literal);
    }
    for ((name, part), form) in parts.iter().zip(forms) {
        match form {
            _ if part.is_empty() => {}
            0 => out.entry(name, &write::inline(part)),
            1 => part.iter().for_each(|(key, literal)| out.entry(&format!("{name} . {key}"), literal)),
            _ => {}
        }
    }
    let ids: Vec<String> = s.hypotheses.iter().map(|h| h.id.to_string()).collect();
    // Lists as arrays of inline tables come before any header.
    let inline: Vec<bool> = (0..5).map(|_| out.dice.below(6) == 0).collect();
    let mut headers: Vec<usize> = Vec::new();
    for (kind, inline) in inline.into_iter().enumerate() {
        if inline { out.array(s, kind, &ids) } else { headers.push(kind) }
    }
    for (at, (_, part)) in parts.iter().enumerate() {
        if !part.is_empty() && forms[at] == 2 {
            headers.push(5 + at);
        }
    }
    match out.dice.below(3) {
        0 => headers.push(7),
        1 => out.meta = true,
        _ => {}
    }
    out.shuffle(&mut headers);
    for section in headers {
        match section {
            0 => s.hypotheses.iter().for_each(|x| out.element(x, &ids)),
            1 => s.sources.iter().for_each(|x| out.element(x, &ids)),
            2 => s.evidence.iter().for_each(|x| out.element(x, &ids)),
            3 => s.indicators.iter().for_each(|x| out.element(x, &ids)),
            4 => s.estimates.iter().for_each(|x| out.element(x, &ids)),
            5 | 6 => {
                let (name, part) = &parts[section - 5];
                out.line(&format!("[ {name} ] # how"));
                part.iter().for_each(|(key, literal)| out.entry(key, literal));
            }
            _ => out.line(META),
        }
    }
    let mut text = out.text;
    if dice.below(4) == 0 {
        text.truncate(text.trim_end_matches('\n').len());
    }
    if dice.below(4) == 0 { text.replace('\n', "\r\n") } else { text }
}

fn row<T: Item>(item: &T, ids: &[String]) -> Vec<(String, Cell)> {
    item.row().into_iter().flat_map(Row::iter).map(|(h, cell)| (ids[h].clone(), cell.clone())).collect()
}

/// The cells of a row as literals.
fn literals<T: Item>(row: &[(String, Cell)]) -> Vec<(String, String)> {
    row.iter().filter_map(|(id, cell)| Some((id.clone(), write::row_cell(T::KIND, cell)?))).collect()
}

const META: &str = "[meta]\nx = \"\"\"\n[[evidence]]\n# no comment\n\"\"\"";

struct Layout<'d> {
    dice: &'d mut Dice,
    text: String,
    /// `[meta]` is still to come, between an item and its row.
    meta: bool,
}

impl Layout<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Blank lines and comments, or nothing.
    fn noise(&mut self) {
        match self.dice.below(8) {
            0 => self.line(""),
            1 => self.line("# a comment"),
            2 => self.line("\n# apart\n"),
            3 => self.line("\n\n# [[evidence]]"),
            _ => {}
        }
    }

    fn entry(&mut self, key: &str, literal: &str) {
        let before = *self.dice.one(&["", "", "", "  ", "\t"]);
        let equals = *self.dice.one(&[" = ", " = ", "=", "   = "]);
        let after = *self.dice.one(&["", "", "", " # why", "  "]);
        let key =
            if self.dice.below(12) == 0 && !key.contains('.') { format!("'{key}'") } else { key.to_owned() };
        self.line(&format!("{before}{key}{equals}{literal}{after}"));
        if self.dice.below(10) == 0 {
            self.noise();
        }
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        if self.dice.coin() {
            for at in (1..list.len()).rev() {
                list.swap(at, self.dice.below(at + 1));
            }
        }
    }

    /// A value in one of the ways of writing it.
    fn literal(&mut self, value: &Value) -> String {
        match value {
            Value::Text(t) if self.dice.below(4) == 0 && !t.contains(['\'', '\n', '\t', '\u{202e}']) => {
                format!("'{t}'")
            }
            Value::Text(t) if self.dice.below(6) == 0 && !t.contains(['"', '\\', '\n', '\u{202e}']) => {
                format!("\"\"\"\n{t}\\\n  \"\"\"").replace("\\\n  ", "\\\n   ")
            }
            Value::List(l) if self.dice.below(3) == 0 => {
                let mut array = "[ # list\n".to_owned();
                for text in l {
                    let _ = writeln!(array, "  {}, # one", write::text(text));
                }
                array + "]"
            }
            other => write::value(other),
        }
    }

    fn entries<T: Listed>(
        &mut self,
        item: &T,
        row: &[(String, Cell)],
        inline: bool,
    ) -> Vec<(String, String)> {
        let mut entries = vec![("id".to_owned(), write::text(item.id().as_ref()))];
        for field in T::FIELDS {
            if let Some(value) = item.field(*field) {
                let literal = if inline { write::value(&value) } else { self.literal(&value) };
                entries.push((T::key(*field).to_owned(), literal));
            }
        }
        let cells: Vec<_> = row.iter().map(|(id, cell)| (id, cell)).collect();
        let written = write::entries_with_cells(item, &cells);
        entries.extend(written.into_iter().filter(|(key, _)| key == "conflict"));
        self.shuffle(&mut entries);
        entries
    }

    fn table<T: Listed>(&mut self, item: &T, ids: &[String]) -> String {
        let row = row(item, ids);
        let mut entries = self.entries(item, &row, true);
        let (name, cells) = (keys::row(T::KIND), literals::<T>(&row));
        if self.dice.coin() && !cells.is_empty() {
            entries.push((name.to_owned(), write::inline(&cells)));
            return write::inline(&entries);
        }
        let mut table: Vec<String> = entries.iter().map(|(k, l)| format!("{k} = {l}")).collect();
        table.extend(cells.iter().map(|(id, cell)| format!("{name}.{id} = {cell}")));
        format!("{{{}}}", table.join(", "))
    }

    fn array(&mut self, s: &Scenario, kind: usize, ids: &[String]) {
        let tables: Vec<String> = match kind {
            0 => s.hypotheses.iter().map(|x| self.table(x, ids)).collect(),
            1 => s.sources.iter().map(|x| self.table(x, ids)).collect(),
            2 => s.evidence.iter().map(|x| self.table(x, ids)).collect(),
            3 => s.indicators.iter().map(|x| self.table(x, ids)).collect(),
            _ => s.estimates.iter().map(|x| self.table(x, ids)).collect(),
        };
        let key = ItemKind::ALL[kind].as_str();
        let literal = match self.dice.below(3) {
            _ if tables.is_empty() && self.dice.coin() => return,
            0 => format!("[{}]", tables.join(", ")),
            1 => format!("[\n  {}\n]", tables.join(",\n  ")),
            _ => {
                format!("[ # all\n{}]", tables.iter().map(|t| format!("  {t}, # one\n")).collect::<String>())
            }
        };
        self.entry(key, &literal);
    }

    fn element<T: Listed>(&mut self, item: &T, ids: &[String]) {
        self.noise();
        let kind = T::KIND.as_str();
        let header = *self.dice.one(&["[[K]]", "[[K]]", "[[ K ]]  # item", "  [[K]]"]);
        self.line(&header.replace('K', kind));
        let (name, mut row) = (keys::row(T::KIND), row(item, ids));
        let entries = self.entries(item, &row, false);
        let is_estimate = T::KIND == ItemKind::Estimate;
        let form = match self.dice.below(5) {
            // A probability is a number alone.
            2 | 3 if is_estimate => 4,
            form => form,
        };
        self.shuffle(&mut row);
        let cells = literals::<T>(&row);
        if form == 0 && !cells.is_empty() {
            self.entry(name, &write::inline(&cells));
        }
        for (key, literal) in entries {
            self.entry(&key, &literal);
        }
        if cells.is_empty() {
            return;
        }
        match form {
            0 => {}
            1 => cells.iter().for_each(|(id, literal)| self.entry(&format!("{name}.{id}"), literal)),
            2 => {
                for (id, cell) in &row {
                    self.noise();
                    let header = *self.dice.one(&["[K.ratings.ID]", "[ K . ratings.'ID' ]"]);
                    self.line(&header.replace('K', kind).replace("ID", id));
                    self.judgement(&cell.judgement(), "");
                    if let Some(conflict) = cell.conflict() {
                        self.line(&format!("[{kind}.ratings.{id}.conflict]"));
                        for (side, literal) in write::cell_conflict_entries(conflict) {
                            self.entry(&side, &literal);
                        }
                    }
                }
            }
            3 => {
                self.line(&format!("[{kind}.ratings]"));
                for ((id, cell), (_, literal)) in row.iter().zip(&cells) {
                    if self.dice.coin() && cell.conflict().is_none() {
                        self.judgement(&cell.judgement(), &format!("{id}."));
                    } else {
                        self.entry(id, literal);
                    }
                }
            }
            _ => {
                if std::mem::take(&mut self.meta) {
                    self.noise();
                    self.line(META);
                }
                self.line("");
                self.line(&format!("[{kind}.{name}]"));
                cells.iter().for_each(|(id, literal)| self.entry(id, literal));
            }
        }
    }

    fn judgement(&mut self, judgement: &Judgement, prefix: &str) {
        if let Some(rating) = judgement.rating {
            self.entry(&format!("{prefix}rating"), &write::text(rating.as_str()));
        }
        if let Some(confidence) = judgement.confidence {
            self.entry(&format!("{prefix}confidence"), &write::text(confidence.as_str()));
        }
        if let Some(note) = &judgement.note {
            self.entry(&format!("{prefix}note"), &write::text(note));
        }
    }
}
