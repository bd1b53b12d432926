//! From a table to a scenario: names, ids, fields and ratings, with a fault for every cell that cannot be read.

use std::collections::BTreeMap;

use super::column::ColumnRole;
use super::fields::FieldColumns;
use super::grid::GridRow;
use super::heads;
use super::legend;
use super::name::{self, Ids, Named};
use super::notation::{plain, repeats};
use super::shape::FoundTable;
use super::{Extent, ImportFault, ImportOptions, ImportPlace, Imported, Purpose};
use crate::scenario::{
    Cell, Evidence, EvidenceField, EvidenceId, Hypothesis, HypothesisId, MAX_EVIDENCE, MAX_HYPOTHESES,
    MAX_TEXT, Rating, is_id, suggest_id,
};

/// Makes a scenario of a table.
///
/// # Errors
/// A fault for every head and cell that cannot be read.
pub(super) fn scenario(table: &FoundTable, options: &ImportOptions) -> Result<Imported, Vec<ImportFault>> {
    let mut assembly = Assembly {
        table,
        imported: Imported::default(),
        faults: Vec::new(),
        respelt: Vec::new(),
        used: Vec::new(),
    };
    assembly.read_part();
    assembly.faults.extend(heads::check(table));
    assembly.hypotheses();
    assembly.title(options);
    let fields = FieldColumns::of(table, &mut assembly.imported);
    assembly.items(&fields);
    assembly.tell_respelt();
    assembly.tell_rest();
    if assembly.faults.is_empty() { Ok(assembly.imported) } else { Err(assembly.faults) }
}

struct Assembly<'t> {
    table: &'t FoundTable,
    imported: Imported,
    faults: Vec<ImportFault>,
    /// Ids that are spelled otherwise in the file: as there, and as here.
    respelt: Vec<(String, String, ImportPlace)>,
    /// Lines outside the table of which something was taken.
    used: Vec<usize>,
}

impl Assembly<'_> {
    fn read_part(&mut self) {
        let items = self.table.rows(&self.table.items);
        let rated = items.flat_map(|row| self.table.hypotheses.iter().filter_map(|column| row.get(*column)));
        let lines: Vec<usize> = rated.map(|cell| cell.line).collect();
        let rows = lines.iter().min().copied().zip(lines.iter().max().copied());
        let read = &mut self.imported.read;
        read.sheet.clone_from(&self.table.grid.sheet);
        read.table = self.table.number;
        read.rows = rows;
        read.turned = self.table.grid.is_turned;
        read.notation = Some(self.table.reader.notation.to_string());
    }

    fn title(&mut self, options: &ImportOptions) {
        let above: Vec<&GridRow> = self.table.grid.rows.iter().take(self.table.head).collect();
        let alone = above
            .iter()
            .find(|row| row.cells.len() == 1 && !legend::is_legend(row))
            .filter(|_| self.table.grid.title.is_none());
        let mut title = options.title.clone().or_else(|| self.table.grid.title.clone());
        for row in &above {
            if self.is_used(row) {
                continue;
            }
            let (text, place) = (row.in_one_line(), self.table.grid.place_of_row(row));
            if title.is_none() && alone.is_some_and(|alone| alone.number == row.number) {
                self.imported.assume("the line above the table", place, format!("the title \"{text}\""));
                title = Some(text);
            } else {
                self.imported.leave_out("a row above the table", place, text);
            }
        }
        for entry in &self.table.legend {
            let what = format!("\"{}\" by the legend", entry.spelling);
            let reading = entry.mark.rating().map_or("blank", Rating::as_str);
            self.imported.assume(what, entry.place.clone(), reading);
        }
        self.imported.scenario.title = title.unwrap_or_default();
    }

    fn hypotheses(&mut self) {
        let Some(head) = self.table.head_row() else { return };
        let columns = &self.table.hypotheses;
        if columns.len() > MAX_HYPOTHESES {
            self.faults
                .push(ImportFault::whole(format!("there are more than {MAX_HYPOTHESES} hypotheses"), ""));
            return;
        }
        let own = |text: &str| {
            let (id, name) = text.split_once(':').filter(|(id, _)| is_id(id))?;
            Some(Named { id: Some(id.to_owned()), name: name.strip_prefix(' ').unwrap_or(name).to_owned() })
        };
        let are_own = self.table.is_own && columns.iter().all(|column| own(head.raw(*column)).is_some());
        let are_coded = name::are_coded(columns.iter().map(|column| head.text(*column)), &["h"]);
        let mut named: Vec<Named> = columns
            .iter()
            .map(|column| match own(head.raw(*column)).filter(|_| are_own) {
                Some(named) => named,
                None if self.table.is_own => Named { id: None, name: head.raw(*column).to_owned() },
                None if are_coded => name::coded(head.text(*column)),
                None => name::hypothesis(head.text(*column)),
            })
            .collect();
        self.look_above(&mut named);
        self.look_up(&mut named);
        self.imported.has.hypothesis_ids = named.iter().all(|named| named.id.is_some()) || self.table.is_own;
        self.imported.has.hypothesis_names =
            named.iter().all(|named| named.id.as_ref().is_some_and(|id| *id != named.name));
        let mut ids = Ids::default();
        for ((named, column), number) in named.into_iter().zip(columns).zip(1..) {
            let place = self.table.grid.place(head, *column);
            let id = self.id(named.id.as_deref(), &named.name, 'h', number, &mut ids, &place);
            if let Some(id) = HypothesisId::parse(&id) {
                self.imported.scenario.hypotheses.push(Hypothesis::new(id, named.name));
            }
        }
    }

    /// Whether a row outside the table has said what it has to say.
    fn is_used(&self, row: &GridRow) -> bool {
        legend::is_legend(row) || row.cells.iter().any(|cell| self.used.contains(&cell.line))
    }

    /// Takes over what rows above the head have for its columns: names over ids, or ids over names.
    fn look_above(&mut self, named: &mut [Named]) {
        let table = self.table;
        let over = |row: &GridRow| -> Vec<Named> {
            let cells = table.hypotheses.iter().map(|column| name::hypothesis(row.text(*column)));
            cells.filter(|named| !named.name.is_empty()).collect()
        };
        let is_id = |named: &Named| named.id.as_ref() == Some(&named.name);
        let mut above = table.grid.rows.iter().take(table.head).rev();
        let (found, takes_id) = if named.iter().all(is_id) {
            (above.next().filter(|row| !over(row).iter().any(is_id)), false)
        } else if named.iter().all(|named| named.id.is_none()) {
            (above.find(|row| over(row).len() == named.len() && over(row).iter().all(is_id)), true)
        } else {
            (None, false)
        };
        let Some((row, upper)) = found.map(|row| (row, over(row))) else { return };
        if table.is_own || upper.len() != named.len() {
            return;
        }
        self.used.extend(row.cells.first().map(|cell| cell.line));
        for (named, upper) in named.iter_mut().zip(upper) {
            if takes_id {
                named.id = upper.id;
            } else {
                named.name = upper.name;
            }
        }
    }

    /// Finds names for hypotheses of which the head has only the id.
    fn look_up(&mut self, named: &mut [Named]) {
        let table = self.table;
        let outside = || {
            let above = table.grid.rows.iter().take(table.head);
            above.chain(table.rows(&table.others))
        };
        for named in named.iter_mut().filter(|_| !table.is_own) {
            let Some(id) = named.id.clone().filter(|id| *id == named.name) else { continue };
            let found = legend::name_of(&id, outside(), &table.grid.beside);
            let found = found.map(|(name, cell)| {
                self.used.push(cell.line);
                (name, table.grid.place_of(cell))
            });
            if let Some((name, place)) = found.or_else(|| table.elsewhere.get(&plain(&id)).cloned()) {
                self.imported.assume(format!("the head {id}"), place, format!("\"{name}\""));
                named.name = name;
            }
        }
    }

    /// The id as written, respelt to the rule; or one made of the name. A second of the same is a fault.
    fn id(
        &mut self,
        written: Option<&str>,
        name: &str,
        letter: char,
        number: usize,
        ids: &mut Ids,
        place: &ImportPlace,
    ) -> String {
        let Some(written) = written.map(str::trim).filter(|id| !id.is_empty()) else {
            return if letter == 'h' {
                ids.make(name, letter, number)
            } else {
                ids.free(format!("{letter}{number}"))
            };
        };
        // A bare number is an id of nothing but the row, except in a table of ours.
        let is_number = written.bytes().all(|b| b.is_ascii_digit());
        let id = if is_number && letter == 'e' && !self.table.is_own {
            suggest_id(&format!("e{written}"))
        } else if is_id(written) {
            Some(written.to_owned())
        } else {
            suggest_id(written)
        };
        let id = id.unwrap_or_else(|| format!("{letter}{number}"));
        if id != written {
            self.respelt.push((written.to_owned(), id.clone(), place.clone()));
        }
        if !ids.take(&id) {
            let message = format!("the id \"{id}\" stands twice");
            self.faults.push(ImportFault::new(place.clone(), message, "give each its own id"));
        }
        id
    }

    fn items(&mut self, fields: &FieldColumns) {
        let table = self.table;
        let column = |wanted: Purpose| {
            table.roles.iter().find(|(_, role)| *role == ColumnRole::Is(wanted)).map(|(c, _)| *c)
        };
        let text = column(Purpose::Field(EvidenceField::Text));
        let id = column(Purpose::Id);
        let rows: Vec<&GridRow> = table.rows(&table.items).collect();
        if rows.len() > MAX_EVIDENCE {
            self.faults.push(ImportFault::whole(format!("there are more than {MAX_EVIDENCE} items"), ""));
            return;
        }
        let text_of = |row: &GridRow| text.map_or("", |column| row.raw(column)).to_owned();
        let is_rated =
            |row: &GridRow| table.hypotheses.iter().any(|column| table.reader.is_rating(row.text(*column)));
        let rated: Vec<String> = rows.iter().filter(|row| is_rated(row)).map(|row| text_of(row)).collect();
        let have_codes = !table.is_own
            && id.is_none()
            && !rated.is_empty()
            && (rated.iter().all(|text| name::item(text).id.is_some())
                || name::are_coded(rated.iter().map(String::as_str), &["e", "ev"]));
        let have_ids =
            id.filter(|column| rows.iter().all(|row| !is_rated(row) || !row.text(*column).is_empty()));
        self.imported.has.item_ids = id.is_some() || have_codes;
        let mut ids = Ids::default();
        let mut blanks: BTreeMap<String, (usize, ImportPlace)> = BTreeMap::new();
        for (row, number) in rows.iter().zip(1..) {
            let first = table.grid.place_of_row(row);
            let written = id.map(|column| row.text(column).to_owned());
            let (written, text_of) = match have_codes.then(|| name::coded(&text_of(row))) {
                Some(named) => (named.id, named.name),
                None if table.is_own => (written, text_of(row)),
                None => (written, name::undecorated(&text_of(row)).to_owned()),
            };
            let text_of = self.text_elsewhere(written.as_deref(), text_of);
            let has_id = written.as_deref().is_some_and(|id| !id.is_empty());
            if !has_id && !is_rated(row) && !table.is_own && (have_codes || have_ids.is_some()) {
                self.imported.leave_out("a heading in the table", first, text_of);
                continue;
            }
            if text_of.is_empty() && !(table.is_own && written.is_some()) {
                let message = "a row has ratings and no text that says what the item is";
                self.faults.push(ImportFault::new(
                    first.clone(),
                    message,
                    "give it a text, or delete the row",
                ));
            }
            let id_place = id.map_or_else(|| first.clone(), |column| table.grid.place(row, column));
            let id = self.id(written.as_deref(), "", 'e', number, &mut ids, &id_place);
            let Some(id) = EvidenceId::parse(&id) else { continue };
            let mut item = Evidence::new(id, text_of);
            fields.fill(&mut item, row, table, &mut self.imported, &mut self.faults);
            self.ratings(&mut item, row, &mut blanks);
            if item.ratings.iter().next().is_none() && !table.is_own {
                self.imported.assume("a row without ratings", first, format!("the item \"{}\"", item.text));
            }
            if row.cells.iter().any(|cell| cell.text.len() > MAX_TEXT) {
                let message = format!("a text is over the limit of {} KiB", MAX_TEXT / 1024);
                self.faults.push(ImportFault::new(table.grid.place(row, 0), message, ""));
            }
            self.imported.scenario.evidence.push(item);
        }
        for (spelling, (count, place)) in blanks {
            self.imported.assume(
                format!("\"{spelling}\""),
                place,
                format!("blank ({count} {})", cells(count)),
            );
        }
    }

    /// The text of an item, that of another table if it has only its id here.
    fn text_elsewhere(&mut self, id: Option<&str>, text: String) -> String {
        let id = id.filter(|id| text.is_empty() || text == *id).filter(|_| !self.table.is_own);
        let Some((found, place)) = id.and_then(|id| self.table.elsewhere.get(&plain(id))) else {
            return text;
        };
        const WHAT: &str = "items that have only an id";
        if !self.imported.assumed.iter().any(|assumed| assumed.what == WHAT) {
            self.imported.assume(WHAT, place.clone(), format!("those of another table, such as \"{found}\""));
        }
        found.clone()
    }

    fn ratings(
        &mut self,
        item: &mut Evidence,
        row: &GridRow,
        blanks: &mut BTreeMap<String, (usize, ImportPlace)>,
    ) {
        let table = self.table;
        for (at, column) in table.hypotheses.iter().enumerate() {
            let Some(written) = row.get(*column) else { continue };
            let place = || table.grid.place_of(written);
            match table.reader.read(&written.text) {
                Some(mut judgement) => {
                    if !table.is_own {
                        let rating = judgement.rating;
                        judgement.note.take_if(|note| rating.is_some_and(|rating| repeats(note, rating)));
                    }
                    if judgement.note.is_some() {
                        self.imported.has.notes = Extent::Some;
                    }
                    if judgement.rating.is_none()
                        && judgement.note.is_none()
                        && !written.text.trim().is_empty()
                    {
                        blanks.entry(written.text.trim().to_owned()).or_insert_with(|| (0, place())).0 += 1;
                    }
                    item.ratings.set(at, Cell::from(judgement));
                }
                None => {
                    let cell = written.text.trim();
                    let message =
                        format!("\"{cell}\" is not a rating ({} are expected)", table.reader.notation);
                    let help = self.help(cell, *column);
                    self.faults.push(ImportFault::new(place(), message, help));
                }
            }
        }
    }

    /// The remedy for a cell that is not a rating.
    fn help(&self, cell: &str, column: usize) -> String {
        if cell.starts_with('=') {
            return "the file has no value for this formula: save it once in a spreadsheet program"
                .to_owned();
        }
        if let Some(near) = self.table.reader.nearest(cell) {
            return format!("did you mean \"{near}\"? Or say what it means with --rating '{cell}=N'");
        }
        let head = self.table.head_row().map_or("", |head| head.text(column));
        format!(
            "say what it means with --rating, such as --rating '{cell}=N' or '{cell}=blank'; or leave the column out with \
             --map '{head}=ignore'"
        )
    }

    fn tell_respelt(&mut self) {
        let Some((_, _, place)) = self.respelt.first().cloned() else { return };
        let some = |of: fn(&(String, String, ImportPlace)) -> &str| {
            let shown: Vec<&str> = self.respelt.iter().take(3).map(of).collect();
            let more = self.respelt.len() - shown.len();
            let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{}{rest}", shown.join(", "))
        };
        let (what, reading) = (format!("the ids {}", some(|ids| &ids.0)), some(|ids| &ids.1));
        self.imported.assume(what, place, reading);
    }

    /// Lists what did not come along.
    fn tell_rest(&mut self) {
        let grid = &self.table.grid;
        let head = self.table.head_row();
        let computed = self
            .table
            .roles
            .iter()
            .filter(|(_, role)| *role == ColumnRole::Computed)
            .map(|(column, _)| column);
        let mut left_out = Vec::new();
        for column in self.table.strangers.iter().chain(computed) {
            let text = head.map_or("", |row| row.text(*column));
            let place = head.map(|row| grid.place(row, *column)).unwrap_or_default();
            let text = if text.is_empty() { "(without a head)" } else { text };
            left_out.push(("a column", place, text.to_owned()));
        }
        for at in self.table.scores.iter().chain(&self.table.others) {
            let Some(row) = grid.rows.get(*at).filter(|row| !self.is_used(row)) else { continue };
            let what =
                if self.table.scores.contains(at) { "a row of scores" } else { "a row below the table" };
            left_out.push((what, grid.place(row, 0), row.in_one_line()));
        }
        let aside = self.table.aside.iter().cloned();
        left_out.extend(aside.map(|(place, text)| ("another table or sheet", place, text)));
        for (what, place, text) in left_out {
            self.imported.leave_out(what, place, text);
        }
    }
}

pub(super) const fn cells(count: usize) -> &'static str {
    if count == 1 { "cell" } else { "cells" }
}
