//! The sheet of the matrix: id and text stay in view, then come the ratings, then the other fields of the items.

use rust_xlsxwriter::{
    ColNum, ConditionalFormatCell, ConditionalFormatCellRule, Note, RowNum, XlsxError, column_number_to_name,
};

use super::sheet::{Sheet, last_row, number};
use super::style::Styles;
use crate::export::ExportCase;
use crate::export::column::field_text;
use crate::scenario::{Cell, EvidenceField, Rating};

/// The width of a column of ratings, in characters: for an id and a name on a few lines.
const HYPOTHESIS_WIDTH: u16 = 16;

/// Where things stand in the sheet of the matrix.
#[derive(Debug)]
pub(super) struct Layout {
    /// The fields of the items, each with its column.
    fields: Vec<(EvidenceField, ColNum)>,
    /// The column of the first hypothesis.
    first: ColNum,
    /// The number of items.
    items: usize,
}

impl Layout {
    pub(super) fn new(case: &ExportCase<'_>) -> Self {
        let (fields, hypotheses) = (case.fields(), case.scenario.hypotheses.len());
        // The id, then the text.
        let first = 2;
        let column = |at: usize| if at == 0 { 1 } else { first + hypotheses + at - 1 };
        let fields = fields.into_iter().enumerate().map(|(at, field)| (field, number(column(at)))).collect();
        Self { fields, first: number(first), items: case.scenario.evidence.len() }
    }

    /// Returns the ratings of a hypothesis as a range of another sheet.
    pub(super) fn ratings(&self, hypothesis: usize) -> String {
        let column = column_number_to_name(self.first.saturating_add(number(hypothesis)));
        format!("Matrix!${column}$2:${column}${}", self.items + 1)
    }

    /// Returns the cell of a field as another sheet names it; `None` if no item has the field. Rows count from 0.
    pub(super) fn cell(&self, field: EvidenceField, row: RowNum) -> Option<String> {
        let (_, column) = self.fields.iter().find(|(name, _)| *name == field)?;
        Some(format!("Matrix!${}${}", column_number_to_name(*column), row + 1))
    }
}

/// Writes the sheet.
pub(super) fn write(case: &ExportCase<'_>, layout: &Layout, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let (scenario, styles) = (case.scenario, sheet.styles);
    arrange(case, layout, sheet)?;
    sheet.text((0, 0), "id", &styles.head)?;
    for (field, column) in &layout.fields {
        sheet.text((0, *column), field.as_str(), &styles.head)?;
    }
    for (at, hypothesis) in scenario.hypotheses.iter().enumerate() {
        sheet.text((0, layout.first + number::<ColNum>(at)), &case.head(hypothesis), &styles.hypothesis)?;
    }
    for (row, item) in (1..).zip(&scenario.evidence) {
        sheet.text((row, 0), item.id.as_str(), &styles.id)?;
        for (field, column) in &layout.fields {
            let text = field_text(item, *field).unwrap_or_default();
            sheet.text((row, *column), &text, &styles.text)?;
        }
        for (at, cell) in case.cells(item).enumerate() {
            let place = (row, layout.first + number::<ColNum>(at));
            let rating = cell.and_then(|cell| cell.rating).map_or("", Rating::as_str);
            sheet.text(place, rating, &styles.rating)?;
            if let Some(text) = cell.and_then(remark) {
                sheet.inner.insert_note(place.0, place.1, &note(&text))?;
            }
        }
    }
    Ok(())
}

/// Returns the confidence and the note of a cell as one text.
fn remark(cell: &Cell) -> Option<String> {
    let confidence = cell.confidence.map(|level| format!("Confidence: {level}"));
    let said: Vec<&str> = confidence.as_deref().into_iter().chain(cell.note()).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

/// Returns a note that is large enough for its text.
fn note(text: &str) -> Note {
    let text: String = crate::text::sanitize_lines(text).chars().take(32_000).collect();
    let lines: usize = text.lines().map(|line| line.chars().count() / 34 + 1).sum();
    let height = u32::try_from(lines.clamp(2, 24)).unwrap_or(24) * 19 + 8;
    Note::new(text).add_author_prefix(false).set_author("ach").set_width(260).set_height(height)
}

/// Sets widths, panes, lists and colours.
fn arrange(case: &ExportCase<'_>, layout: &Layout, sheet: &mut Sheet<'_>) -> Result<(), XlsxError> {
    let evidence = &case.scenario.evidence;
    sheet.inner.set_freeze_panes(1, layout.first)?.set_repeat_rows(0, 0)?;
    sheet.fit(0, evidence.iter().map(|item| item.id.as_str()), (8, 24))?;
    for (field, column) in &layout.fields {
        sheet.fit_field(
            *column,
            evidence,
            *field,
            (8, if *field == EvidenceField::Text { 56 } else { 36 }),
        )?;
        if *field != EvidenceField::Text {
            sheet.cut_off(*column);
        }
    }
    let Some(last) = case.scenario.hypotheses.len().checked_sub(1) else { return Ok(()) };
    let last = layout.first + number::<ColNum>(last);
    for column in layout.first..=last {
        sheet.set_width(column, HYPOTHESIS_WIDTH)?;
    }
    let message = "A rating is CC, C, N, I, II or NA. An empty cell is not rated yet.";
    sheet.offer((layout.first, last), evidence.len(), Rating::WORDS, message)?;
    let Some(bottom) = last_row(evidence.len()) else { return Ok(()) };
    sheet.inner.set_print_area(0, 0, bottom, last)?;
    for rating in Rating::ALL {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::EqualTo(rating.as_str()))
            .set_format(Styles::of(*rating));
        sheet.inner.add_conditional_format(1, layout.first, bottom, last, &rule)?;
    }
    Ok(())
}
