//! A report's sections as a page of Markdown, compact enough for a comment on a pull request.

use std::io::{self, Write};

use super::escape;
use crate::present::{Align, Cell, Chart, Listing, Phrase, Report, Section, Table, Tone};
use crate::report::spark::{sparkline, steps_per_column};

/// Writes the sections one below the other.
pub(super) fn write(report: &dyn Report, out: &mut dyn Write) -> io::Result<()> {
    let mut first = true;
    for section in report.sections() {
        // What to run next is for who sits at a terminal.
        if section.is_empty() || matches!(section, Section::Next(_)) {
            continue;
        }
        if !std::mem::take(&mut first) {
            writeln!(out)?;
        }
        write_section(&section, out)?;
    }
    Ok(())
}

/// Writes one section.
pub(super) fn write_section(section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    match section {
        Section::Title { title, question, extent } => {
            writeln!(out, "### {}\n", escape(title))?;
            let said: Vec<String> = question
                .iter()
                .copied()
                .chain([extent.as_str()])
                .filter(|text| !text.is_empty())
                .map(escape)
                .collect();
            writeln!(out, "{}", said.join("  \n"))
        }
        Section::Table(table) => write_table(table, out),
        Section::Listing(listing) => write_listing(listing, out),
        Section::Chart(chart) => write_chart(chart, out),
        Section::Prose(sentences) => {
            let told = sentences.iter().filter(|sentence| !sentence.is_empty());
            let said: Vec<String> = told.map(|sentence| inline(sentence)).collect();
            writeln!(out, "{}", said.join("  \n"))
        }
        Section::Faults(faults) => faults.findings.iter().try_for_each(|finding| {
            let (code, message) = (finding.code.as_str(), escape(&finding.message));
            writeln!(out, "- {} {}: {message} ({code})", escape(faults.path), finding.line)
        }),
        Section::Next(_) => Ok(()),
    }
}

fn write_table(table: &Table<'_>, out: &mut dyn Write) -> io::Result<()> {
    let heads = table.columns.iter().map(|column| (escape(&column.title.text), column.align));
    write_heads(heads, out)?;
    for cells in table.rows.iter() {
        // What came and went is marked among words; in a table its place tells.
        let shown = |cell: &Cell<'_>| match cell.tone {
            Tone::Strong if !cell.text.is_empty() => format!("**{}**", escape(&cell.text)),
            Tone::Struck if !cell.text.is_empty() => format!("~~{}~~", escape(&cell.text)),
            Tone::Strong
            | Tone::Plain
            | Tone::Dim
            | Tone::Rating(_)
            | Tone::Added
            | Tone::Removed
            | Tone::Struck => escape(&cell.text),
        };
        write_row(cells.iter().map(shown), out)?;
    }
    for total in &table.totals {
        let label = table.columns.len().saturating_sub(total.cells.len() + 1);
        let blank = std::iter::repeat_n(String::new(), label);
        let cells = total.cells.iter().map(|cell| escape(&cell.text));
        write_row(std::iter::once(escape(total.label)).chain(blank).chain(cells), out)?;
    }
    Ok(())
}

fn write_listing(listing: &Listing<'_>, out: &mut dyn Write) -> io::Result<()> {
    if !listing.heading.is_empty() {
        writeln!(out, "**{}**\n", escape(&listing.heading))?;
    }
    let mut heads: Vec<&str> = listing.names.to_vec();
    if listing.compares {
        heads.extend(["Before", "After"]);
    }
    heads.push("");
    write_heads(heads.iter().map(|head| (escape(head), Align::Left)), out)?;
    for (entry, words) in listing.entries.iter().zip(listing.words.iter()) {
        let mut cells: Vec<String> = entry.names.iter().map(|name| escape(&name.text)).collect();
        cells.resize(listing.names.len(), String::new());
        if listing.compares {
            let change = entry.change.map(|(before, after)| [before, after].map(|cell| escape(&cell.text)));
            cells.extend(change.unwrap_or_default());
        }
        let about = (!entry.about.is_empty()).then(|| escape(&entry.about));
        let said: Vec<String> = about.into_iter().chain(words.iter().map(|words| inline(words))).collect();
        cells.push(said.join("<br>"));
        write_row(cells.into_iter(), out)?;
    }
    Ok(())
}

/// Columns that a sparkline takes in a table.
const CHART: usize = 60;

fn write_chart(chart: &Chart<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "**{}**\n", escape(&chart.heading))?;
    let heads = [("", Align::Left), ("First", Align::Right), ("", Align::Left), ("Last", Align::Right)];
    write_heads(heads.iter().map(|(head, align)| (escape(head), *align)), out)?;
    for course in &chart.courses {
        let per_column = steps_per_column(course.values.len(), CHART);
        let drawn = sparkline(&course.values, chart.low.0, chart.high.0, per_column);
        let cells = [&course.name.text, course.first.as_str(), &drawn, &course.last];
        write_row(cells.into_iter().map(escape), out)?;
    }
    Ok(())
}

pub(super) fn write_heads(
    heads: impl Iterator<Item = (String, Align)> + Clone,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_row(heads.clone().map(|(head, _)| head), out)?;
    let rule = |(_, align): (String, Align)| match align {
        Align::Left => "---".to_owned(),
        Align::Centre => ":---:".to_owned(),
        Align::Right => "---:".to_owned(),
    };
    write_row(heads.map(rule), out)
}

pub(super) fn write_row(cells: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    for cell in cells {
        write!(out, "| {cell} ")?;
    }
    writeln!(out, "|")
}

/// Formats phrases by tone: bold, underlined if added, struck out if removed.
pub(super) fn inline(phrases: &[Phrase<'_>]) -> String {
    let mut said = String::new();
    for Cell { text, tone } in phrases {
        let (text, start, end) = (escape(text), edge(text, str::trim_start), edge(text, str::trim_end));
        if text.is_empty() {
            said.push_str(start);
            continue;
        }
        let (open, close) = match tone {
            Tone::Strong => ("**", "**"),
            Tone::Added => ("<ins>", "</ins>"),
            Tone::Removed | Tone::Struck => ("<del>", "</del>"),
            Tone::Plain | Tone::Dim | Tone::Rating(_) => ("", ""),
        };
        said.extend([start, open, &text, close, end]);
    }
    said.trim().to_owned()
}

/// Returns a space if trimming removes any.
pub(super) fn edge(text: &str, trim: fn(&str) -> &str) -> &'static str {
    if trim(text).len() < text.len() { " " } else { "" }
}
