//! The briefing as Markdown: the sections of the page, for a comment on a pull request or a wiki.

use std::io::{self, Write};

use super::page::{self, write_heads, write_row};
use super::{address, escape};
use crate::present::{
    Align, Block, BriefingReport, Card, CatalogueEntry, FactCell, FactTable, HeatMap, Inline, LinkTo,
    Sentence, Tone, Voice,
};
use crate::scenario::Rating;

/// Writes a briefing.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_briefing(report: &BriefingReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let head = report.head();
    let marking = head.marking.map(|marking| format!("**{}**", escape(marking)));
    if let Some(marking) = &marking {
        writeln!(out, "{marking}\n")?;
    }
    writeln!(out, "# {}\n", escape(head.title))?;
    if let Some(question) = head.question {
        writeln!(out, "*{}*\n", escape(question))?;
    }
    let facts: Vec<String> = head.facts.iter().map(|fact| escape(fact)).collect();
    writeln!(out, "{}", facts.join(" \u{b7} "))?;
    for line in head.settled.iter().chain(&head.part) {
        writeln!(out, "\n**{}**", escape(line))?;
    }
    for section in report.sections() {
        writeln!(out, "\n## {}", section.name.title())?;
        for block in &section.blocks {
            write_block(block, out)?;
        }
    }
    writeln!(out, "\n---\n\n{}", escape(&head.citation))?;
    if let Some(marking) = &marking {
        writeln!(out, "\n{marking}")?;
    }
    Ok(())
}

fn write_block(block: &Block<'_>, out: &mut dyn Write) -> io::Result<()> {
    match block {
        Block::Heading(text) => writeln!(out, "\n### {}", escape(text)),
        Block::Paragraph(Voice::Aside, said) => writeln!(out, "\n*{}*", sentence(said).replace('*', "")),
        Block::Paragraph(_, said) => writeln!(out, "\n{}", sentence(said)),
        Block::Quotation(text) => writeln!(out, "\nThe analysts conclude:\n\n> {}", escape(text)),
        Block::Lists(lists) => {
            for list in lists {
                writeln!(out, "\n**{}**\n", escape(list.heading))?;
                for point in &list.points {
                    writeln!(out, "- {}", sentence(point))?;
                }
            }
            Ok(())
        }
        Block::Table(table) => write_facts(table, out),
        Block::Cards(cards) => {
            writeln!(out)?;
            cards.iter().try_for_each(|card| write_card(card, out))
        }
        Block::Matrix(map) => write_matrix(map, out),
        Block::Catalogue(entries) => entries.iter().try_for_each(|entry| write_entry(entry, out)),
        // The table below it says the same.
        Block::Course(_) => Ok(()),
        Block::Report(section) => {
            writeln!(out)?;
            page::write_section(section, out)
        }
    }
}

fn sentence(pieces: &Sentence<'_>) -> String {
    let said: String = pieces.iter().map(piece).collect();
    said.trim().to_owned()
}

fn piece(Inline { text, tone, link }: &Inline<'_>) -> String {
    let (start, end) = (page::edge(text, str::trim_start), page::edge(text, str::trim_end));
    let shown = escape(text);
    match (link, tone) {
        (Some(LinkTo::Web(url)), _) => address(url),
        (_, Tone::Strong) if !shown.is_empty() => format!("{start}**{shown}**{end}"),
        (_, _) if shown.is_empty() => start.to_owned(),
        (_, _) => format!("{start}{shown}{end}"),
    }
}

fn write_facts(table: &FactTable<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    // A bar without a figure is for the eye.
    let has_text = |at: &usize| {
        let mut cells = table.rows.iter().filter_map(|row| row.cells.get(*at));
        cells.any(|cell| !cell.main.is_empty())
    };
    let shown: Vec<usize> = (0..table.heads.len()).filter(has_text).collect();
    let heads = shown.iter().filter_map(|at| table.heads.get(*at));
    write_heads(heads.map(|head| (escape(&head.title), head.align)), out)?;
    for row in &table.rows {
        let cells = shown.iter().filter_map(|at| row.cells.get(*at));
        write_row(cells.map(fact), out)?;
    }
    Ok(())
}

fn fact(cell: &FactCell<'_>) -> String {
    let lines = std::iter::once(&cell.main).chain(&cell.beside).map(sentence);
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("<br>")
}

fn write_card(card: &Card<'_>, out: &mut dyn Write) -> io::Result<()> {
    let warning = card.warning.map(|warning| format!(" ({warning})")).unwrap_or_default();
    writeln!(out, "- {}{warning}: {}", sentence(&card.subject), escape(&card.text))?;
    for line in &card.lines {
        writeln!(out, "  - {}", sentence(line))?;
    }
    Ok(())
}

fn write_matrix(map: &HeatMap<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let columns = map.columns.iter().map(|column| (escape(column.hypothesis.header()), Align::Centre));
    write_heads(
        [(String::new(), Align::Right), ("Item".to_owned(), Align::Left)].into_iter().chain(columns),
        out,
    )?;
    for row in &map.rows {
        let strike = if row.counts { "" } else { "~~" };
        let label = if row.label.is_empty() { String::new() } else { format!("{} ", row.label) };
        let text = format!("{strike}{}{}{strike}", escape(&label), escape(&row.item.text));
        let cells = row.cells.iter().map(|cell| cell.rating.map_or("\u{b7}", Rating::as_str).to_owned());
        write_row([row.number.to_string(), text].into_iter().chain(cells), out)?;
    }
    let scores = map.columns.iter().map(|column| {
        let score = column.score.as_deref().unwrap_or("-");
        let rank = column.rank.map(|rank| format!(" (rank {rank})")).unwrap_or_default();
        escape(&format!("{score}{rank}"))
    });
    write_row([String::new(), format!("**{}**", escape(map.score_name))].into_iter().chain(scores), out)
}

fn write_entry(entry: &CatalogueEntry<'_>, out: &mut dyn Write) -> io::Result<()> {
    let label = if entry.label.is_empty() { String::new() } else { format!("{} ", escape(entry.label)) };
    let decides = if entry.decides { " (decides)" } else { "" };
    writeln!(
        out,
        "\n**{}.** {label}{} (`{}`){decides}\n",
        entry.number,
        escape(&entry.item.text),
        entry.item.id
    )?;
    if !entry.aside.is_empty() {
        writeln!(out, "- **{}**", escape(&entry.aside))?;
    }
    for fact in &entry.facts {
        writeln!(out, "- {}", sentence(fact))?;
    }
    for (word, text) in [("Quote", &entry.item.quote), ("Note", &entry.item.note)] {
        if let Some(text) = text {
            writeln!(out, "- {word}: {}", escape(text))?;
        }
    }
    for rating in &entry.ratings {
        let note = rating.note.map(|note| format!(" {}", escape(note))).unwrap_or_default();
        let letters = rating.rating.map_or("\u{b7}", Rating::as_str);
        writeln!(out, "- {letters} {}: {}.{note}", escape(&rating.hypothesis.name), rating.words)?;
    }
    if !entry.rest.is_empty() {
        writeln!(out, "- {}", escape(&entry.rest))?;
    }
    Ok(())
}
