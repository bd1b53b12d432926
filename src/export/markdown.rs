//! Markdown for wikis and notes: the matrix as a table of GitHub's dialect, and the rest of the scenario as lists.

use std::io::{self, Write};

use super::column::{field_text, rating_with_note};
use super::{ExportCase, ExportFormat, Part};
use crate::report::escape_markdown as escape;
use crate::scenario::{EvidenceField, Fielded, Item, ScenarioField};

/// A page with a table.
pub(super) const MARKDOWN: ExportFormat = ExportFormat {
    name: "markdown",
    ending: "md",
    is_text: true,
    lacks: |_| {
        &[
            Part::Confidence,
            Part::Scoring,
            Part::IndicatorRating,
            Part::Outcome,
            Part::Estimate,
            Part::Semicolon,
            Part::Conflict,
            Part::Meta,
            Part::Comment,
        ]
    },
    write: |case, out| {
        let scenario = case.scenario;
        let marking = scenario.marking.as_deref().map(|marking| format!("**{}**", escape(marking)));
        if let Some(marking) = &marking {
            writeln!(out, "{marking}\n")?;
        }
        writeln!(out, "# {}", escape(&scenario.title))?;
        let mut told: Vec<String> = Vec::new();
        told.extend(scenario.question.as_deref().map(escape));
        told.extend(scenario.as_of.map(|day| format!("As of {day}")));
        told.extend(scenario.authors.as_ref().map(|authors| format!("By {}", escape(&authors.join(", ")))));
        told.extend(case.extent.map(escape));
        told.extend(said(case, ScenarioField::Conclusion, "Conclusion: "));
        told.extend(said(case, ScenarioField::Note, "Note: "));
        for paragraph in told {
            writeln!(out, "\n{paragraph}")?;
        }
        write_table(case, out)?;
        write_list("Hypotheses", "name", &scenario.hypotheses, out)?;
        write_list("Sources", "name", &scenario.sources, out)?;
        write_list("Indicators", "text", &scenario.indicators, out)?;
        if let Some(marking) = &marking {
            writeln!(out, "\n{marking}")?;
        }
        Ok(())
    },
};

fn said(case: &ExportCase<'_>, field: ScenarioField, before: &str) -> Option<String> {
    field_text(case.scenario, field).map(|text| format!("{before}{}", escape(&text)))
}

fn write_table(case: &ExportCase<'_>, out: &mut dyn Write) -> io::Result<()> {
    if case.scenario.evidence.is_empty() && case.scenario.hypotheses.is_empty() {
        return Ok(());
    }
    let fields = case.fields();
    let mut head = vec!["id".to_owned()];
    head.extend(fields.iter().map(|field| field.as_str().to_owned()));
    head.extend(case.scenario.hypotheses.iter().map(|h| escape(&case.head(h))));
    let rule = (0..head.len()).map(|at| if at > fields.len() { ":-:" } else { "---" }.to_owned());
    let rule: Vec<String> = rule.collect();
    writeln!(out)?;
    write_row(&head, out)?;
    write_row(&rule, out)?;
    for item in &case.scenario.evidence {
        let mut row = vec![item.id.to_string()];
        let field = |field: &EvidenceField| field_text(item, *field).map(|text| escape(&text));
        row.extend(fields.iter().map(|name| field(name).unwrap_or_default()));
        row.extend(case.cells(item).map(|cell| escape(&cell.map(rating_with_note).unwrap_or_default())));
        write_row(&row, out)?;
    }
    Ok(())
}

fn write_row(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    writeln!(out, "|")
}

/// Writes a list under a heading, with all fields of each of its items. The field `first` is the name.
fn write_list<T: Item + Fielded>(
    heading: &str,
    first: &str,
    items: &[T],
    out: &mut dyn Write,
) -> io::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## {heading}\n")?;
    for item in items {
        let value = |field: &T::Field| field_text(item, *field).map(|text| escape(&text));
        let name = T::FIELDS.iter().filter(|field| T::key(**field) == first).find_map(value);
        writeln!(out, "* **{}**: {}", item.id(), name.unwrap_or_default())?;
        for field in T::FIELDS.iter().filter(|field| T::key(**field) != first) {
            if let Some(value) = value(field) {
                writeln!(out, "  * {}: {value}", T::key(*field).replace('_', " "))?;
            }
        }
    }
    Ok(())
}
