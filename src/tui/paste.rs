//! Pastes: what a block of text from a spreadsheet can be, and the changes that it would make.
//!
//! Refuses instead of guessing: what is neither ratings nor rows of text is not a paste. Knows the scenario and the text.
//! Must never know the screen.

use std::collections::BTreeSet;

use super::form::suggestion;
use crate::change::{Change, Refused, apply, make};
use crate::import::notation::RatingReader;
use crate::present::Objection;
use crate::present::words::{count, list};
use crate::scenario::{
    Cell, Evidence, EvidenceId, Hypothesis, HypothesisId, ItemKind, Judgement, Rating, Scenario, suggest_id,
};

/// Most lines that are pasted at a time.
const MOST: usize = 5_000;

/// A pasted block, with what it can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pasted {
    /// The file that it was read from; `None` for the clipboard.
    pub(crate) origin: Option<String>,
    /// Number of lines and of columns.
    pub(crate) size: (usize, usize),
    /// The meaning of each column; empty for ratings alone.
    pub(crate) heads: Vec<String>,
    /// Each line as the cells of a table below the heads, with a last one that tells what becomes of it.
    pub(crate) lines: Vec<Vec<String>>,
    /// The parts that are left out, and why.
    pub(crate) left_out: Vec<String>,
    pub(crate) plans: Vec<PastePlan>,
}

/// One thing that a paste can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct PastePlan {
    /// The key that chooses it.
    pub(crate) key: char,
    /// Its effect, in words.
    pub(crate) says: String,
    pub(crate) changes: Vec<Change>,
}

/// The cells of the matrix from the cursor on, by positions in the scenario.
pub(crate) struct FromHere<'w> {
    pub(crate) rows: &'w [usize],
    pub(crate) columns: &'w [usize],
    /// Every column that is shown.
    pub(crate) all_columns: &'w [usize],
}

type PastedGrid = Vec<Vec<String>>;

/// Reads a pasted text.
///
/// # Errors
/// The reason why it can be nothing, in words.
pub(crate) fn read(scenario: &Scenario, text: &str, here: &FromHere<'_>) -> Result<Pasted, String> {
    let grid = grid(text);
    let width = grid.iter().map(Vec::len).max().unwrap_or_default();
    if grid.is_empty() {
        return Err("nothing was pasted: there is no text in it".into());
    }
    if grid.len() > MOST {
        return Err(format!("{} lines are too many to paste: `ach import` reads files", grid.len()));
    }
    let cells = || grid.iter().flatten().map(String::as_str).filter(|cell| !cell.is_empty());
    let mut pasted = Pasted {
        origin: None,
        size: (grid.len(), width),
        heads: Vec::new(),
        lines: Vec::new(),
        left_out: Vec::new(),
        plans: Vec::new(),
    };
    match RatingReader::fitting(cells(), &Default::default()) {
        Some(reader) if cells().all(|cell| reader.read(cell).is_some()) => {
            block(scenario, &grid, &reader, here, &mut pasted);
        }
        reader => rows(scenario, &grid, reader.as_ref(), here, &mut pasted)?,
    }
    pasted.plans.retain(|plan| !plan.changes.is_empty());
    if pasted.plans.is_empty() {
        return Err("nothing to paste: it is all there already".into());
    }
    Ok(pasted)
}

/// Returns the lines that are not empty, with their cells.
fn grid(text: &str) -> PastedGrid {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.delimiter(b'\t').has_headers(false).flexible(true).from_reader(text.as_bytes());
    let clean = |cell: &str| {
        let line = cell.replace(['\r', '\n'], " ");
        line.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned()
    };
    let records = reader.records().filter_map(Result::ok);
    let lines = records.map(|record| record.iter().map(clean).collect::<Vec<_>>());
    lines.filter(|line| line.iter().any(|cell| !cell.is_empty())).collect()
}

/// Takes the block as ratings from the cursor on. Blank cells of it leave a rating alone.
fn block(
    scenario: &Scenario,
    grid: &PastedGrid,
    reader: &RatingReader,
    here: &FromHere<'_>,
    pasted: &mut Pasted,
) {
    let mut changes = Vec::new();
    for (line, row) in grid.iter().zip(here.rows) {
        for (cell, column) in line.iter().zip(here.columns) {
            if let Some(judgement) = reader.read(cell) {
                changes.extend(judged(scenario, (*row, *column), &judgement));
            }
        }
    }
    let (lines, width) = pasted.size;
    let fits = (lines.min(here.rows.len()), width.min(here.columns.len()));
    if fits != pasted.size {
        let cut = format!("only {} x {} cells are left from the cursor on", fits.0, fits.1);
        pasted.left_out.push(cut);
    }
    pasted.lines.clone_from(grid);
    let says = format!("rate {} x {} cells from here: {} would change", fits.0, fits.1, cell_count(&changes));
    pasted.plans.push(PastePlan { key: 'r', says, changes });
}

/// Counts the cells of items that changes set.
pub(super) fn cell_count(changes: &[Change]) -> usize {
    let cells = changes.iter().filter_map(|change| Some((change.evidence()?, change.hypothesis()?)));
    cells.collect::<std::collections::HashSet<_>>().len()
}

/// Returns the changes that put a judgement in a cell; none for a blank one.
fn judged(scenario: &Scenario, cell: (usize, usize), judgement: &Judgement) -> Vec<Change> {
    let Some(rating) = judgement.rating else { return Vec::new() };
    let mut changes = make::rate_all(scenario, [cell], Some(rating));
    let place = scenario.evidence.get(cell.0).zip(scenario.hypotheses.get(cell.1));
    if let (Some(note), Some((item, hypothesis))) = (&judgement.note, place) {
        changes.extend(make::set_note(scenario, &item.id, &hypothesis.id, Some(note)).ok().flatten());
    }
    changes
}

/// The meaning of a column.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    Id,
    Text,
    Ratings(HypothesisId),
    Ignored,
}

/// Takes the lines as items, with their ratings if there are any.
fn rows(
    scenario: &Scenario,
    grid: &PastedGrid,
    reader: Option<&RatingReader>,
    here: &FromHere<'_>,
    pasted: &mut Pasted,
) -> Result<(), String> {
    let has_head = grid.len() > 1 && grid.first().is_some_and(|first| is_head(scenario, first, reader));
    let (head, lines) = grid.split_at(usize::from(has_head));
    let head = head.first().map_or(&[] as &[String], Vec::as_slice);
    let (meanings, new) = meanings(scenario, head, lines, pasted.size.1, reader, here, pasted)?;
    let name = |meaning: &Meaning| match meaning {
        Meaning::Id => "id".to_owned(),
        Meaning::Text => "text".to_owned(),
        Meaning::Ratings(id) => {
            let known = scenario.hypotheses.iter().chain(&new).find(|hypothesis| hypothesis.id == *id);
            known.map_or_else(|| id.to_string(), |hypothesis| hypothesis.header().to_owned())
        }
        Meaning::Ignored => "-".to_owned(),
    };
    pasted.heads = meanings.iter().map(name).collect();
    let mut plan = RowsPlan::new(scenario, &new).map_err(|refused| refusal(scenario, &refused))?;
    for line in lines {
        let said = plan.take(line, &meanings, reader)?;
        pasted.lines.push(said);
    }
    let RowsPlan { changes, also, added, .. } = plan;
    let added_hypotheses = (!new.is_empty()).then(|| count(new.len(), "hypothesis", "hypotheses"));
    let added_items = (added > 0).then(|| count(added, "item", "items"));
    let what = list(&added_hypotheses.into_iter().chain(added_items).collect::<Vec<_>>());
    let there = lines.len() - added;
    let alone = if there > 0 {
        format!(", leave {} alone", count(there, "known item", "known items"))
    } else {
        String::new()
    };
    pasted.plans.push(PastePlan {
        key: 'i',
        says: format!("insert {what}{alone}"),
        changes: changes.clone(),
    });
    if !also.is_empty() {
        let cells = count(cell_count(&also), "cell", "cells");
        let insert = if what.is_empty() { String::new() } else { format!("insert {what} and ") };
        let says = format!("{insert}rate the known items too: {cells} would change");
        pasted.plans.push(PastePlan { key: 'r', says, changes: changes.into_iter().chain(also).collect() });
    }
    if pasted.size.1 > 1 {
        let mut plan = RowsPlan::new(scenario, &[]).map_err(|refused| refusal(scenario, &refused))?;
        for line in grid {
            let whole = line.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" ");
            plan.take(&[whole], &[Meaning::Text], None)?;
        }
        let says = format!("take it as text: {}, one a line", count(plan.added, "item", "items"));
        pasted.plans.push(PastePlan { key: 't', says, changes: plan.changes });
    }
    Ok(())
}

/// Whether the first line names columns: it holds no ratings, but a name that is known or one for ids and texts.
fn is_head(scenario: &Scenario, first: &[String], reader: Option<&RatingReader>) -> bool {
    let known = |cell: &String| {
        ["id", "text", "evidence", "item"].iter().any(|word| cell.eq_ignore_ascii_case(word))
            || hypothesis(scenario, cell).is_some()
    };
    first.iter().any(known) && !first.iter().any(|cell| reader.is_some_and(|reader| reader.is_rating(cell)))
}

fn hypothesis(scenario: &Scenario, name: &str) -> Option<HypothesisId> {
    let is_it = |hypothesis: &&Hypothesis| {
        [hypothesis.id.as_str(), hypothesis.header(), &hypothesis.name]
            .iter()
            .any(|known| known.to_lowercase() == name.to_lowercase())
    };
    scenario.hypotheses.iter().find(is_it).map(|hypothesis| hypothesis.id.clone())
}

/// Returns the meaning of each column, and the hypotheses that the first line names and that are not there yet.
fn meanings(
    scenario: &Scenario,
    head: &[String],
    lines: &[Vec<String>],
    width: usize,
    reader: Option<&RatingReader>,
    here: &FromHere<'_>,
    pasted: &mut Pasted,
) -> Result<(Vec<Meaning>, Vec<Hypothesis>), String> {
    let column = |at: usize| lines.iter().map(move |line| line.get(at).map_or("", String::as_str));
    let is_rated = |at: usize| {
        let named = head.get(at).is_some_and(|name| hypothesis(scenario, name).is_some());
        reader.is_some_and(|reader| {
            let mut cells = column(at).filter(|cell| !cell.is_empty()).peekable();
            (named || cells.peek().is_some()) && cells.all(|cell| reader.read(cell).is_some())
        })
    };
    let rated: Vec<usize> = (0..width).filter(|at| is_rated(*at)).collect();
    let rest: Vec<usize> = (0..width).filter(|at| !rated.contains(at)).collect();
    let named = |at: &usize, word: &str| head.get(*at).is_some_and(|name| name.eq_ignore_ascii_case(word));
    let is_id = |at: &usize| {
        let ids: Option<BTreeSet<EvidenceId>> = column(*at).map(EvidenceId::parse).collect();
        ids.is_some_and(|ids| ids.len() == lines.len())
    };
    let id =
        rest.iter().find(|at| named(at, "id")).or_else(|| rest.iter().find(|at| rest.len() > 1 && is_id(at)));
    let others = rest.iter().filter(|at| Some(*at) != id);
    let length = |at: &&usize| column(**at).map(str::len).sum::<usize>();
    let words = ["text", "evidence", "item"];
    let text = others
        .clone()
        .find(|at| words.iter().any(|word| named(at, word)))
        .or_else(|| others.clone().max_by_key(length));
    let Some(text) = text.copied() else {
        return Err("it is neither ratings nor rows of text: nothing was pasted".into());
    };
    let id = id.copied();
    let mut free =
        here.all_columns.iter().filter_map(|at| scenario.hypotheses.get(*at)).map(|h| h.id.clone());
    let mut new: Vec<Hypothesis> = Vec::new();
    let mut found = Vec::new();
    for at in 0..width {
        let meaning = if Some(at) == id {
            Meaning::Id
        } else if at == text {
            Meaning::Text
        } else if !rated.contains(&at) {
            Meaning::Ignored
        } else if let Some(name) = head.get(at).filter(|name| !name.is_empty()) {
            match hypothesis(scenario, name) {
                Some(id) => Meaning::Ratings(id),
                None => {
                    let taken = |id: &HypothesisId| new.iter().any(|other| other.id == *id);
                    let id = suggest_id(name).and_then(|id| HypothesisId::parse(&id)).filter(|id| !taken(id));
                    let Some(id) = id.filter(|id| scenario.position::<Hypothesis>(id).is_none()) else {
                        return Err(format!("\"{name}\" names no hypothesis: nothing was pasted"));
                    };
                    new.push(Hypothesis::new(id.clone(), name.clone()));
                    Meaning::Ratings(id)
                }
            }
        } else {
            free.next().map_or(Meaning::Ignored, Meaning::Ratings)
        };
        found.push(meaning);
    }
    let ignored = found.iter().filter(|meaning| **meaning == Meaning::Ignored).count();
    if ignored > 0 {
        pasted.left_out.push(format!("{} not understood", count(ignored, "column is", "columns are")));
    }
    Ok((found, new))
}

/// The changes for rows, each made on what the one before left.
struct RowsPlan {
    scenario: Scenario,
    changes: Vec<Change>,
    /// The ratings of items that are there already.
    also: Vec<Change>,
    /// Number of new items.
    added: usize,
}

impl RowsPlan {
    fn new(scenario: &Scenario, hypotheses: &[Hypothesis]) -> Result<Self, Refused> {
        let mut plan = Self { scenario: scenario.clone(), changes: Vec::new(), also: Vec::new(), added: 0 };
        for hypothesis in hypotheses {
            plan.make(make::add(&plan.scenario, hypothesis, Vec::new(), usize::MAX)?)?;
        }
        Ok(plan)
    }

    fn make(&mut self, change: Change) -> Result<(), Refused> {
        apply(&mut self.scenario, &change)?;
        self.changes.push(change);
        Ok(())
    }

    /// Takes a line. Returns its cells, and what becomes of it.
    fn take(
        &mut self,
        line: &[String],
        meanings: &[Meaning],
        reader: Option<&RatingReader>,
    ) -> Result<Vec<String>, String> {
        let cell = |wanted: &Meaning| {
            let at = meanings.iter().position(|meaning| meaning == wanted)?;
            line.get(at).filter(|cell| !cell.is_empty())
        };
        let judgements: Vec<(HypothesisId, Judgement)> = meanings
            .iter()
            .zip(line)
            .filter_map(|(meaning, cell)| match meaning {
                Meaning::Ratings(id) => Some((id.clone(), reader?.read(cell)?)),
                Meaning::Id | Meaning::Text | Meaning::Ignored => None,
            })
            .filter(|(_, judgement)| judgement.rating.is_some())
            .collect();
        let (id, text) = (cell(&Meaning::Id), cell(&Meaning::Text));
        let is_there = |item: &Evidence| {
            id.map_or_else(|| text.is_some_and(|text| item.text == *text), |id| item.id.as_str() == id)
        };
        if let Some(row) = self.scenario.evidence.iter().position(is_there) {
            let before = self.also.len();
            for (id, judgement) in &judgements {
                if let Some(column) = self.scenario.position::<Hypothesis>(id) {
                    self.also.extend(judged(&self.scenario, (row, column), judgement));
                }
            }
            let changed = cell_count(self.also.get(before..).unwrap_or_default());
            let (id, text) =
                self.scenario.evidence.get(row).map_or(("", ""), |item| {
                    (item.id.as_str(), text.map_or(item.text.as_str(), String::as_str))
                });
            let fate = format!("known: {}", count(changed, "rating differs", "ratings differ"));
            return Ok(said(meanings, &judgements, id, text, fate));
        }
        let text = text.or(id).cloned().unwrap_or_default();
        let id = match id.and_then(|id| EvidenceId::parse(id)) {
            Some(id) => id,
            None => EvidenceId::parse(&suggestion(&self.scenario, ItemKind::Evidence, &text))
                .ok_or_else(|| format!("no id can be made of \"{text}\": nothing was pasted"))?,
        };
        let filled = |(id, judgement): (HypothesisId, Judgement)| {
            let mut cell = Cell::default();
            cell.set_judgement(judgement);
            (id, cell)
        };
        let said = said(meanings, &judgements, id.as_str(), &text, "new item".to_owned());
        let cells = judgements.into_iter().map(filled).collect();
        let added = make::add(&self.scenario, &Evidence::new(id, text), cells, usize::MAX);
        added
            .and_then(|change| self.make(change))
            .map_err(|refused| format!("nothing was pasted: {}", refusal(&self.scenario, &refused)))?;
        self.added += 1;
        Ok(said)
    }
}

/// Returns the cells of a line as they are understood, a dot for each rating that it lacks, and what becomes of it.
fn said(
    meanings: &[Meaning],
    judgements: &[(HypothesisId, Judgement)],
    id: &str,
    text: &str,
    fate: String,
) -> Vec<String> {
    let cell = |meaning: &Meaning| match meaning {
        Meaning::Id => id,
        Meaning::Text => text,
        Meaning::Ratings(hypothesis) => {
            let judged = judgements.iter().find(|(id, _)| id == hypothesis);
            judged.and_then(|(_, judgement)| judgement.rating).map_or("·", Rating::as_str)
        }
        Meaning::Ignored => "",
    };
    meanings.iter().map(|meaning| cell(meaning).to_owned()).chain([fate]).collect()
}

/// Returns the reason why a change cannot be made, in words.
fn refusal(scenario: &Scenario, refused: &Refused) -> String {
    Objection::to_change(scenario, refused).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    const CASE: &str = "ach = 1\ntitle = \"t\"\n[[hypothesis]]\nid = \"h\"\nname = \"Herons\"\n\
                        [[hypothesis]]\nid = \"k\"\nname = \"Kites\"\n[[evidence]]\nid = \"a\"\ntext = \"A\"\n\
                        ratings = { h = \"C\" }\n[[evidence]]\nid = \"b\"\ntext = \"B\"\n";

    /// The plans of a paste at the first cell: key, number of changes and words.
    fn plans(text: &str) -> Result<Vec<(char, String)>, String> {
        let scenario = document::read(CASE.into()).scenario.unwrap();
        let here = FromHere { rows: &[0, 1], columns: &[0, 1], all_columns: &[0, 1] };
        let pasted = read(&scenario, text, &here)?;
        for plan in &pasted.plans {
            let mut after = scenario.clone();
            crate::change::apply_all(&mut after, &plan.changes).unwrap();
        }
        Ok(pasted.plans.into_iter().map(|plan| (plan.key, plan.says)).collect())
    }

    #[test]
    fn a_block_is_ratings_items_or_text() {
        let says = |text: &str| {
            let plans = plans(text).unwrap();
            plans.iter().map(|(key, says)| format!("{key} {says}")).collect::<Vec<_>>().join("\n")
        };
        assert_eq!(says("II\tN\nC\t\n"), "r rate 2 x 2 cells from here: 3 would change");
        assert_eq!(says("C\tN\tN\n"), "r rate 1 x 2 cells from here: 1 would change");
        assert_eq!(says("A gull was seen\nNo gull was heard"), "i insert 2 items");
        assert_eq!(
            says("gull\tA gull was seen\tC\tII\na\tA\tI\tN"),
            "i insert 1 item, leave 1 known item alone\nr insert 1 item and rate the known items too: 2 cells would \
             change\nt take it as text: 2 items, one a line"
        );
        assert_eq!(
            says("Evidence\tkites\tOwls\nA gull was seen\tC\t++").lines().next(),
            Some("i insert 1 item"),
            "a column in another notation is not understood"
        );
        assert_eq!(
            says("Evidence\tkites\tOwls\nA gull was seen\tC\tN").lines().next(),
            Some("i insert 1 hypothesis and 1 item")
        );
    }

    #[test]
    fn what_is_there_already_or_empty_is_refused_in_words() {
        assert_eq!(plans(" \n\t\n"), Err("nothing was pasted: there is no text in it".into()));
        assert_eq!(plans("C"), Err("nothing to paste: it is all there already".into()));
    }
}
