//! Text for a terminal: titles, tables and sentences in the width and with the colours there are.
//!
//! Tables are laid out by comfy-table in column widths decided here, so that nothing ever runs over the width: texts
//! go first, then names are shortened, then columns are spread over several blocks; on a very narrow terminal a table
//! is turned on its side. Nothing is told by colour alone.

mod grid;
mod layout;
mod palette;
mod prose;
mod sideways;

use std::io::{self, Write};

use super::{Format, Options, snippet};
use crate::present::{Phrase, Report, Section, Tone};
use crate::text::{single_line, width};
use layout::Layout;
use prose::{paragraph, wrapped};

pub(super) use palette::styled;

/// Lines of sentences are not longer than this, however wide the terminal.
const MAX_PROSE: usize = 110;

/// Text for people.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text;

impl Format for Text {
    fn name(&self) -> &'static str {
        "text"
    }

    fn write(&self, reports: &[&dyn Report], options: Options, out: &mut dyn Write) -> io::Result<()> {
        for (at, report) in reports.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            write_report(*report, options, out)?;
        }
        Ok(())
    }
}

fn write_report(report: &dyn Report, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let marking = report.marking().map(|marking| vec![Phrase::new(marking, Tone::Strong)]);
    let marking = marking.map(|phrases| paragraph(&phrases, options.width.min(MAX_PROSE), options.colour));
    for line in marking.iter().flatten() {
        writeln!(out, "{line}")?;
    }
    let sections = report.sections();
    let page = table_width(&sections, options);
    let mut first = marking.is_none();
    for section in sections.iter().filter(|section| says_something(section, options)) {
        if !first {
            writeln!(out)?;
        }
        first = false;
        write_section(section, options, page, out)?;
    }
    if let Some(lines) = &marking {
        writeln!(out)?;
        for line in lines {
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn says_something(section: &Section<'_>, options: Options) -> bool {
    match section {
        Section::Title { .. } | Section::Table(_) => true,
        Section::Prose(sentences) => sentences.iter().any(|sentence| !sentence.is_empty()),
        Section::Faults(faults) => !(options.quiet && faults.findings.is_empty()),
        Section::Next(_) => !options.quiet,
    }
}

fn write_section(
    section: &Section<'_>,
    options: Options,
    page: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match section {
        Section::Title { title, question, extent } => {
            write_title(title, *question, extent, options, page, out)
        }
        Section::Table(table) => match Layout::plan(table, options.width) {
            Layout::Blocks(blocks) => grid::write(table, &blocks, options, out),
            Layout::Sideways => sideways::write(table, options, out),
        },
        Section::Prose(sentences) => {
            for sentence in sentences {
                for line in paragraph(sentence, options.width.min(MAX_PROSE), options.colour) {
                    writeln!(out, "{line}")?;
                }
            }
            Ok(())
        }
        Section::Faults(faults) => snippet::write_faults(*faults, options, out),
        Section::Next(command) => {
            let phrases = [Phrase::new(command.as_str(), Tone::Dim)];
            for line in paragraph(&phrases, options.width, options.colour) {
                writeln!(out, "{line}")?;
            }
            Ok(())
        }
    }
}

/// The title, then the question with the extent at the right where both fit on one line.
fn write_title(
    title: &str,
    question: Option<&str>,
    extent: &str,
    options: Options,
    page: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let room = options.width.min(MAX_PROSE);
    for line in paragraph(&[Phrase::new(title, Tone::Strong)], room, options.colour) {
        writeln!(out, "{line}")?;
    }
    let extent = single_line(extent);
    let dim = styled(&extent, Tone::Dim, options.colour);
    let Some(question) = question.map(single_line) else {
        return writeln!(out, "{dim}");
    };
    let apart = page.max(width(&question) + 2 + width(&extent)) - width(&question) - width(&extent);
    if width(&question) + apart + width(&extent) <= options.width {
        return writeln!(out, "{question}{}{dim}", " ".repeat(apart));
    }
    for line in wrapped(&question, room) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "{dim}")
}

/// The width of the first table that is drawn as such.
fn table_width(sections: &[Section<'_>], options: Options) -> usize {
    let table = sections.iter().find_map(|section| match section {
        Section::Table(table) => Some(table),
        Section::Title { .. } | Section::Prose(_) | Section::Faults(_) | Section::Next(_) => None,
    });
    match table.map(|table| Layout::plan(table, options.width)) {
        Some(Layout::Blocks(blocks)) => blocks.iter().map(layout::Block::width).max().unwrap_or_default(),
        Some(Layout::Sideways) | None => 0,
    }
}
