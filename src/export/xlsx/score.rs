//! The sheet of scores. Weighted inconsistency and its rank are formulas over the matrix, so that they follow a rating
//! that is changed in the spreadsheet; the sheet of workings has what they are made of.

use std::collections::HashMap;

use rust_xlsxwriter::{ColNum, XlsxError, column_number_to_name};

use super::matrix::Layout;
use super::sheet::{Sheet, last_row, number};
use crate::export::ExportCase;
use crate::present::words::method_words;
use crate::present::{RankingReport, RecordField, Report};
use crate::scenario::{Credibility, Evidence, EvidenceField, Level, Method, Searched};

/// The column of the workings with the first hypothesis of the groups.
const FIRST_OF_GROUPS: ColNum = 6;

/// The last column that the sentences below the scores stand in.
const LAST_OF_SENTENCES: ColNum = 6;

/// Writes a row for each hypothesis, those that are ranked first, then the conclusion in words.
pub(super) fn write(
    case: &ExportCase<'_>,
    ranking: &RankingReport<'_>,
    layout: Option<&Layout>,
    sheet: &mut Sheet<'_>,
) -> Result<(), XlsxError> {
    let styles = sheet.styles;
    let records = ranking.records();
    let column = |name: &str| records.columns.iter().position(|column| column == name);
    let (score, rank) = (column(Method::Weighted.as_str()), column("weighted_rank"));
    let is_ranked = |row: &Vec<RecordField<'_>>| {
        rank.and_then(|rank| row.get(rank)).is_some_and(|field| *field != RecordField::Empty)
    };
    let (ranked, others): (Vec<_>, Vec<_>) = records.rows.iter().partition(is_ranked);
    let hypotheses = &case.scenario.hypotheses;
    sheet.fit(0, hypotheses.iter().map(|h| h.id.as_str()), (12, 24))?;
    sheet.fit(1, hypotheses.iter().map(|h| h.name.as_str()), (20, 40))?;
    for at in 2..records.columns.len() {
        sheet.set_width(number(at), if at + 1 == records.columns.len() { 18 } else { 14 })?;
    }
    sheet.heads(&records.columns.iter().map(|name| head(name)).collect::<Vec<_>>())?;
    let position: HashMap<&str, usize> =
        hypotheses.iter().enumerate().map(|(at, h)| (h.id.as_str(), at)).collect();
    for (row, fields) in (1..).zip(ranked.iter().chain(&others)) {
        let hypothesis = match fields.first() {
            Some(RecordField::Text(id)) => position.get(id.as_ref()).copied(),
            _ => None,
        };
        for (at, field) in fields.iter().enumerate() {
            let place = (row, number::<ColNum>(at));
            match (field, layout, hypothesis, score, last_row(ranked.len())) {
                (RecordField::Number(figure), Some(layout), Some(hypothesis), Some(score), _)
                    if at == score =>
                {
                    sheet.formula(place, &score_formula(case, layout, hypothesis), *figure, &styles.score)?;
                }
                (RecordField::Count(count), Some(_), Some(_), Some(score), Some(last))
                    if Some(at) == rank =>
                {
                    let score = column_number_to_name(number(score));
                    // Sums of square roots that are equal may differ in the last digit.
                    let formula = format!(
                        "=1+SUMPRODUCT(--(ROUND({score}$2:{score}${},9)>ROUND({score}{},9)))",
                        last + 1,
                        row + 1
                    );
                    sheet.formula(place, &formula, *count as f64, &styles.rank)?;
                }
                (field, ..) => write_field(sheet, place, field)?,
            }
        }
    }
    let mut row = number::<u32>(records.rows.len()) + 1;
    for sentence in ranking.remarks().iter().filter(|sentence| !sentence.is_empty()) {
        row += 1;
        let text: String = sentence.iter().map(|phrase| phrase.text.as_ref()).collect();
        sheet.sentence(row, LAST_OF_SENTENCES, &text, &styles.sentence)?;
    }
    if layout.is_some() {
        let note = "The weighted inconsistency and its rank are formulas: they follow the ratings, the credibility, the \
                    relevance and the status of the items in Matrix. The other scores, and groups and premises, are as \
                    they were when the file was made.";
        sheet.sentence(row + 2, LAST_OF_SENTENCES, note, &styles.aside)?;
    }
    Ok(())
}

/// Returns the head of a column of scores for people.
fn head(column: &str) -> String {
    let method = |name: &str| Method::ALL.iter().copied().find(|method| method.as_str() == name);
    match (method(column), column.strip_suffix("_rank").and_then(method)) {
        (Some(method), _) => method_words(method).score.to_owned(),
        (_, Some(method)) => format!("{} rank", method_words(method).title),
        (None, None) if column == "words" => "Bayes in words".to_owned(),
        (None, None) => column.to_owned(),
    }
}

fn write_field(
    sheet: &mut Sheet<'_>,
    place: (u32, ColNum),
    field: &RecordField<'_>,
) -> Result<(), XlsxError> {
    let styles = sheet.styles;
    match field {
        RecordField::Empty => sheet.text(place, "", &styles.text),
        RecordField::Text(text) => sheet.text(place, text, &styles.text),
        RecordField::Count(count) => sheet.number(place, *count as f64, &styles.rank),
        RecordField::Number(figure) => sheet.number(place, *figure, &styles.score),
        RecordField::Probability(figure) => sheet.number(place, *figure, &styles.percent),
    }
}

/// Returns the formula of a hypothesis's weighted inconsistency: the items that stand alone, and of each group the one
/// that speaks strongest against it.
fn score_formula(case: &ExportCase<'_>, layout: &Layout, hypothesis: usize) -> String {
    let (ratings, last) = (layout.ratings(hypothesis), case.scenario.evidence.len() + 1);
    let sum = |rating: &str| format!("SUMIFS(Workings!$D$2:$D${last},{ratings},\"{rating}\")");
    let groups = match groups(case).len() {
        0 => String::new(),
        count => {
            let column = column_number_to_name(FIRST_OF_GROUPS.saturating_add(number(hypothesis)));
            format!("-SUM(Workings!{column}$2:{column}${})", count + 1)
        }
    };
    format!("=0-{}-2*{}{groups}", sum("I"), sum("II"))
}

/// Returns the names of the groups with several items that count, in file order.
fn groups<'a>(case: &ExportCase<'a>) -> Vec<&'a str> {
    let mut named: Vec<(&str, usize)> = Vec::new();
    for (item, counts) in case.scenario.evidence.iter().zip(case.counts) {
        let Some(name) = item.group.as_deref().filter(|_| *counts) else { continue };
        match named.iter_mut().find(|(other, _)| *other == name) {
            Some((_, number)) => *number += 1,
            None => named.push((name, 1)),
        }
    }
    named.into_iter().filter(|(_, number)| *number > 1).map(|(name, _)| name).collect()
}

/// Writes what the formulas stand on: the weight of each item, and the strongest item of each group.
pub(super) fn write_workings(
    case: &ExportCase<'_>,
    layout: &Layout,
    sheet: &mut Sheet<'_>,
) -> Result<(), XlsxError> {
    let (styles, groups) = (sheet.styles, groups(case));
    sheet.set_width(0, 24)?;
    for column in 1..FIRST_OF_GROUPS - 1 {
        sheet.set_width(column, 11)?;
    }
    sheet.set_width(FIRST_OF_GROUPS - 1, 24)?;
    for at in 0..case.scenario.hypotheses.len() {
        sheet.set_width(FIRST_OF_GROUPS.saturating_add(number(at)), 14)?;
    }
    let mut heads = ["id", "counts", "weight", "weight if alone", "group"].map(str::to_owned).to_vec();
    if !groups.is_empty() {
        heads.push("strongest of group".to_owned());
        heads.extend(case.scenario.hypotheses.iter().map(|h| h.id.to_string()));
    }
    sheet.heads(&heads)?;
    for (row, (item, counts)) in (1..).zip(case.scenario.evidence.iter().zip(case.counts)) {
        sheet.text((row, 0), item.id.as_str(), &styles.id)?;
        // Nobody searched: every cell is not applicable.
        let tells = item.searched() != Some(Searched::None);
        let status =
            layout.cell(EvidenceField::Status, row).filter(|_| tells && (*counts || item.is_withdrawn()));
        let figure = f64::from(u8::from(*counts && tells));
        match status {
            Some(cell) => {
                let formula = format!("=IF({cell}=\"withdrawn\",0,1)");
                sheet.formula((row, 1), &formula, figure, &styles.number)?;
            }
            None => sheet.number((row, 1), figure, &styles.number)?,
        }
        let line = row + 1;
        let weight = figure * item.weight().factor();
        let formula = format!("=B{line}*{}*{}", credibility(item, layout, row), relevance(item, layout, row));
        sheet.formula((row, 2), &formula, weight, &styles.score)?;
        let group = item.group.as_deref().and_then(|name| groups.iter().position(|other| *other == name));
        let group = group.map_or(0, |at| at + 1);
        let alone = if group == 0 { weight } else { 0.0 };
        sheet.formula((row, 3), &format!("=IF(E{line}=0,C{line},0)"), alone, &styles.score)?;
        sheet.number((row, 4), group as f64, &styles.number)?;
    }
    let last = case.scenario.evidence.len() + 1;
    for (row, name) in (1..).zip(&groups) {
        sheet.text((row, FIRST_OF_GROUPS - 1), name, &styles.text)?;
        for (at, _) in case.scenario.hypotheses.iter().enumerate() {
            let most = |rating: &str| {
                let ratings = layout.ratings(at);
                format!("_xlfn.MAXIFS($C$2:$C${last},$E$2:$E${last},{row},{ratings},\"{rating}\")")
            };
            let formula = format!("=MAX({},2*{})", most("I"), most("II"));
            let value = strongest(case, name, at);
            sheet.formula((row, FIRST_OF_GROUPS + number::<ColNum>(at)), &formula, value, &styles.score)?;
        }
    }
    Ok(())
}

/// Returns by how much the strongest item of a group speaks against a hypothesis, at least 0.
fn strongest(case: &ExportCase<'_>, group: &str, hypothesis: usize) -> f64 {
    let items = case.scenario.evidence.iter().zip(case.counts);
    let members = items.filter(|(item, counts)| **counts && item.group.as_deref() == Some(group));
    let against = members.filter(|(item, _)| item.searched() != Some(Searched::None)).map(|(item, _)| {
        let value = item.ratings.rating(hypothesis).map_or(0, |rating| rating.score());
        item.weight().factor() * f64::from(-value.min(0))
    });
    against.fold(0.0, f64::max)
}

/// Returns the factor of an item's credibility: a formula, but a number where it does not come from a level.
fn credibility(item: &Evidence, layout: &Layout, row: u32) -> String {
    let is_stated = !matches!(item.credibility, Some(Credibility::Grade(_)))
        && item.searched() != Some(Searched::Partial);
    let cell = layout.cell(EvidenceField::Credibility, row).filter(|_| is_stated);
    cell.map_or_else(|| factor(item.credibility()), |cell| by_level(&cell))
}

fn relevance(item: &Evidence, layout: &Layout, row: u32) -> String {
    layout
        .cell(EvidenceField::Relevance, row)
        .map_or_else(|| factor(item.relevance()), |cell| by_level(&cell))
}

fn factor(level: Level) -> String {
    match level {
        Level::Low => "SQRT(0.5)".to_owned(),
        Level::Medium => "1".to_owned(),
        Level::High => "SQRT(2)".to_owned(),
    }
}

fn by_level(cell: &str) -> String {
    format!("IF({cell}=\"high\",SQRT(2),IF({cell}=\"low\",SQRT(0.5),1))")
}
