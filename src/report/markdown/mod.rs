//! Markdown for notes, wikis and pull requests: the records as a table under a heading, or the sections as a page.

mod briefing;
mod page;

use std::io::{self, Write};

use super::{Format, Options};
use crate::present::{Align, Heading, RecordField, Report, words};
use crate::text::{APART, acts_on_forges, single_line};

pub use briefing::write_briefing;

/// A heading and a table for each report, between lines of its handling marking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Markdown;

impl Format for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn write(&self, reports: &[&dyn Report], _: Options, out: &mut dyn Write) -> io::Result<()> {
        for (at, report) in reports.iter().enumerate() {
            if at > 0 {
                writeln!(out)?;
            }
            let Heading { marking, title } = report.heading();
            if let Some(marking) = &marking {
                writeln!(out, "**{}**\n", escape(marking))?;
            }
            if report.is_told_in_sections() {
                page::write(*report, out)?;
            } else {
                writeln!(out, "# {}\n", escape(&title))?;
                table(*report, out)?;
                for sentence in report.remarks().iter().filter(|sentence| !sentence.is_empty()) {
                    writeln!(out, "\n{}", page::inline(sentence))?;
                }
            }
            if let Some(marking) = &marking {
                writeln!(out, "\n**{}**", escape(marking))?;
            }
        }
        Ok(())
    }
}

fn table(report: &dyn Report, out: &mut dyn Write) -> io::Result<()> {
    let records = report.records();
    // Columns of numbers are told by the first record; a report without records has no column to align.
    let first = records.rows.iter().next().unwrap_or_default();
    let heads = records.columns.iter().enumerate().map(|(at, name)| match first.get(at) {
        Some(RecordField::Count(_) | RecordField::Number(_) | RecordField::Probability(_)) => {
            (escape(name), Align::Right)
        }
        Some(RecordField::Text(_) | RecordField::Empty) | None => (escape(name), Align::Left),
    });
    page::write_heads(heads, out)?;
    for (at, fields) in records.rows.iter().enumerate() {
        let strike = if records.struck.binary_search(&at).is_ok() { "~~" } else { "" };
        let cell = |field| match cell(field) {
            text if text.is_empty() => text,
            text => format!("{strike}{text}{strike}"),
        };
        page::write_row(fields.iter().map(cell), out)?;
    }
    Ok(())
}

fn cell(field: &RecordField<'_>) -> String {
    match field {
        RecordField::Empty => String::new(),
        RecordField::Text(text) => escape(text),
        RecordField::Count(count) => count.to_string(),
        RecordField::Number(number) => escape(&words::decimal(*number)),
        RecordField::Probability(probability) => escape(&words::percent(*probability)),
    }
}

/// Returns a text on one line, escaped so that Markdown shows it as it is, and inert: it mentions nobody, links nowhere
/// and closes no issue. Characters that are no markup in their place are left alone, so that ids and column names stay
/// searchable.
pub(crate) fn escape(text: &str) -> String {
    let text = single_line(text);
    let text = text.trim();
    let mut safe = String::with_capacity(text.len() + 8);
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let next = rest.chars().next();
        let markup = match c {
            '\\' | '`' | '*' | '[' | ']' | '|' | '~' | '$' => true,
            '_' => !(word(before) && word(next)),
            '#' => before.is_none(),
            _ => false,
        };
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            _ if markup => safe.extend(['\\', c]),
            _ => safe.push(c),
        }
        if acts_on_forges(text.get(..at).unwrap_or_default(), c, rest) {
            safe.push(APART);
        }
        before = Some(c);
    }
    safe
}

/// Returns an address to be read and copied: in a code span, where nothing becomes a link.
fn address(url: &str) -> String {
    let url = single_line(url);
    if url.contains(['`', '|', ' ']) { escape(&url) } else { format!("`{url}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escape("a|b <i>*x*</i>\n[y](z) `\\`"), r"a\|b &lt;i&gt;\*x\*&lt;/i&gt; \[y\](z) \`\\\`");
        assert_eq!(escape("\u{1b}[2J"), r"\\u001b\[2J");
        assert_eq!(escape("net_rank _x_ C# # #1"), "net_rank \\_x\\_ C# # #\u{200b}1");
    }

    #[test]
    fn nothing_in_a_text_acts_on_a_forge() {
        let inert = |text: &str| escape(text).replace(APART, "^");
        assert_eq!(
            inert("cc @octocat fixes #2, a/b#3, !4, GH-5"),
            "cc @^octocat fixes #^2, a/b#^3, !^4, GH-^5"
        );
        assert_eq!(
            inert("see https://a.example or WWW.b.example"),
            "see https:^//a.example or WWW^.b.example"
        );
        assert_eq!(inert("a@b.example #tag"), "a@^b.example #^tag");
        assert_eq!(inert("no: // @ # ! www high-5"), "no: // @ # ! www high-5");
        assert_eq!(address("https://a.example/@b#1"), "`https://a.example/@b#1`");
    }
}
