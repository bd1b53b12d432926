//! Listings drawn as lines: names, then `before -> after`, then text beside them, or below where room is short.
//!
//! No line exceeds the width: a listing whose names and values do not fit beside each other puts them below each
//! other. Whatever colour conveys, a mark conveys too.

use std::io::{self, Write};

use super::palette::styled;
use super::prose::paragraph;
use crate::present::{Cell, Listing, ListingEntry, Phrase, Sign, Tone, marked};
use crate::report::{Colour, Options};
use crate::text::{single_line, truncate, width};

/// Columns before an entry, and before what stands below its names.
const INDENT: usize = 2;
const BELOW: usize = 6;
/// Columns between names.
const GAP: usize = 2;
/// The widest name; longer ones are shortened. Ids fit.
const NAME: usize = 40;
/// From this width on, values of up to the second many columns stand beside each other; below, of up to the third.
const WIDE: (usize, usize, usize) = (100, 36, 20);
/// Words stand beside the names from this many columns of room on, reminders from the second on.
const BESIDE: (usize, usize) = (40, 16);
const ARROW: &str = " -> ";

/// Returns a line after this many blanks, with none at its end.
fn indented(columns: usize, line: &str) -> String {
    let mut indented = " ".repeat(columns);
    indented.push_str(line);
    indented.truncate(indented.trim_end().len());
    indented
}

/// Writes the heading and the entries.
pub(super) fn write(listing: &Listing<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    if !listing.heading.is_empty() {
        let heading = [Phrase::new(listing.heading.as_str(), Tone::Strong)];
        for line in paragraph(&heading, options.width, options.colour) {
            writeln!(out, "{}", indented(0, &line))?;
        }
    }
    let frame = Frame::measure(listing, options);
    for (entry, words) in listing.entries.iter().zip(listing.words.iter()) {
        frame.write(&entry, &words, out)?;
    }
    Ok(())
}

/// The columns of all entries.
#[derive(Debug)]
struct Frame {
    options: Options,
    sign: usize,
    /// Widths of the columns of names.
    names: Vec<usize>,
    /// Widths of the values before and after; `None` if there are none.
    values: Option<(usize, usize)>,
    /// Values wider than this go below the names.
    longest: usize,
}

impl Frame {
    fn measure(listing: &Listing<'_>, options: Options) -> Self {
        let (wide, long, short) = WIDE;
        let longest = if options.width >= wide { long } else { short };
        let mut frame = Self { options, sign: 0, names: Vec::new(), values: None, longest };
        for entry in listing.entries.iter() {
            if entry.sign != Sign::None {
                frame.sign = 2;
            }
            frame.names.resize(frame.names.len().max(entry.names.len()), 0);
            for (widest, name) in frame.names.iter_mut().zip(&entry.names) {
                *widest = (*widest).max(shown(name).min(NAME));
            }
            if let Some((before, after)) = entry.change.as_ref().filter(|change| !frame.is_long(change)) {
                let (widest_before, widest_after) = frame.values.unwrap_or_default();
                frame.values = Some((widest_before.max(shown(before)), widest_after.max(shown(after))));
            }
        }
        frame
    }

    fn is_long(&self, (before, after): &(Cell<'_>, Cell<'_>)) -> bool {
        shown(before) > self.longest || shown(after) > self.longest
    }

    fn names_width(&self) -> usize {
        let columns: usize = self.names.iter().sum();
        columns + GAP * self.names.len().saturating_sub(1)
    }

    /// Returns the columns up to the end of the values.
    fn head_width(&self) -> usize {
        let gap = if self.names.is_empty() { 0 } else { GAP };
        let values = self.values.map_or(0, |(before, after)| gap + before + ARROW.len() + after);
        INDENT + self.sign + self.names_width() + values
    }

    /// Returns the column at which words and reminders begin.
    fn words_at(&self) -> usize {
        let has_head = !self.names.is_empty() || self.values.is_some();
        self.head_width() + if has_head { GAP } else { 0 }
    }

    fn write(
        &self,
        entry: &ListingEntry<'_>,
        words: &[Vec<Phrase<'_>>],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        // A name that does not fit its column is two ids, such as those of a cell: neither may be lost.
        let is_long = |name: &Cell<'_>| shown(name) > NAME;
        if self.head_width() > self.options.width || entry.names.iter().any(is_long) {
            return self.write_stacked(entry, words, out);
        }
        let Options { width: page, colour, .. } = self.options;
        let room = page.saturating_sub(self.words_at());
        let (mut column, mut below) = (Vec::new(), Vec::new());
        let about = single_line(&entry.about);
        if !about.is_empty() && room >= BESIDE.1 {
            column.push(styled(&truncate(&about, room), Tone::Dim, colour));
        }
        if let Some((before, after)) = entry.change.as_ref().filter(|change| self.is_long(change)) {
            below.extend(self.versions(before, after));
        }
        for words in words {
            if room >= BESIDE.0 && below.is_empty() {
                column.extend(paragraph(&marked(words), room, colour));
            } else {
                below.extend(paragraph(&marked(words), page - BELOW, colour));
            }
        }
        let mut line = self.head(entry);
        let mut column = column.into_iter();
        if let Some(first) = column.next() {
            line.space(self.words_at().saturating_sub(line.used));
            line.text.push_str(&first);
        }
        writeln!(out, "{}", line.text.trim_end())?;
        for rest in column {
            writeln!(out, "{}", indented(self.words_at(), &rest))?;
        }
        for rest in below {
            writeln!(out, "{}", indented(BELOW, &rest))?;
        }
        Ok(())
    }

    /// Returns sign, names and values, each in its columns.
    fn head(&self, entry: &ListingEntry<'_>) -> LineBuilder {
        let colour = self.options.colour;
        let mut line = LineBuilder::default();
        line.space(INDENT);
        line.slot(entry.sign.as_str(), sign_tone(entry.sign), self.sign, colour);
        for (at, (name, widest)) in entry.names.iter().zip(&self.names).enumerate() {
            line.space(if at > 0 { GAP } else { 0 });
            line.slot(&truncate(&single_line(&name.text), *widest), name.tone, *widest, colour);
        }
        let values = entry.change.as_ref().filter(|change| !self.is_long(change)).zip(self.values);
        if let Some(((before, after), (widest_before, widest_after))) = values {
            line.space(if self.names.is_empty() { 0 } else { GAP });
            line.slot(&single_line(&before.text), before.tone, widest_before, colour);
            line.slot(ARROW, Tone::Plain, ARROW.len(), colour);
            line.slot(&single_line(&after.text), after.tone, widest_after, colour);
        }
        line
    }

    /// Writes the names on a line of their own, everything else below.
    fn write_stacked(
        &self,
        entry: &ListingEntry<'_>,
        words: &[Vec<Phrase<'_>>],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let Options { width: page, colour, .. } = self.options;
        let mut names: Vec<Phrase<'_>> = Vec::new();
        if entry.sign != Sign::None {
            names.extend([Phrase::new(entry.sign.as_str(), sign_tone(entry.sign)), Phrase::plain(" ")]);
        }
        for (at, name) in entry.names.iter().filter(|name| !name.text.is_empty()).enumerate() {
            names.extend((at > 0).then(|| Phrase::plain(" / ")));
            names.push(Phrase::new(single_line(&name.text), name.tone));
        }
        let first = if names.is_empty() { INDENT } else { BELOW };
        for line in paragraph(&names, page - INDENT, colour) {
            writeln!(out, "{}", indented(INDENT, &line))?;
        }
        let mut below = Vec::new();
        if let Some((before, after)) = &entry.change {
            if first + shown(before) + ARROW.len() + shown(after) <= page {
                let value = |cell: &Cell<'_>| styled(&single_line(&cell.text), cell.tone, colour);
                below.push(format!("{}{ARROW}{}", value(before), value(after)));
            } else {
                below.extend(self.versions(before, after));
            }
        }
        let about = single_line(&entry.about);
        if !about.is_empty() {
            below.push(styled(&truncate(&about, page - BELOW), Tone::Dim, colour));
        }
        for words in words {
            below.extend(paragraph(&marked(words), page - BELOW, colour));
        }
        for (at, line) in below.iter().enumerate() {
            writeln!(out, "{}", indented(if at == 0 { first } else { BELOW }, line))?;
        }
        Ok(())
    }

    /// Returns values too long to stand beside each other, the old above the new.
    fn versions(&self, before: &Cell<'_>, after: &Cell<'_>) -> Vec<String> {
        let mut lines = Vec::new();
        for (sign, cell) in [(Sign::Removed, before), (Sign::Added, after)] {
            let phrase = [Phrase::new(single_line(&cell.text), cell.tone)];
            let mut lead = format!("{} ", styled(sign.as_str(), sign_tone(sign), self.options.colour));
            for line in paragraph(&phrase, self.options.width - BELOW - 2, self.options.colour) {
                lines.push(format!("{lead}{line}"));
                lead = "  ".to_owned();
            }
        }
        lines
    }
}

/// A line in the making.
#[derive(Debug, Default)]
struct LineBuilder {
    text: String,
    /// Columns taken so far.
    used: usize,
}

impl LineBuilder {
    fn space(&mut self, columns: usize) {
        self.text.push_str(&" ".repeat(columns));
        self.used += columns;
    }

    /// Adds a text in this many columns.
    fn slot(&mut self, text: &str, tone: Tone, columns: usize, colour: Colour) {
        if !text.is_empty() {
            self.text.push_str(&styled(text, tone, colour));
        }
        self.used += width(text);
        self.space(columns.saturating_sub(width(text)));
    }
}

fn sign_tone(sign: Sign) -> Tone {
    match sign {
        Sign::None => Tone::Plain,
        Sign::Added => Tone::Added,
        Sign::Removed => Tone::Removed,
    }
}

fn shown(cell: &Cell<'_>) -> usize {
    width(&single_line(&cell.text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::present::{Compared, DiffReport, DiffStat, Report, Request, sample};
    use crate::report::{FORMATS, Format};
    use crate::scenario::{Level, Scenario};
    use crate::text::{APART, is_unsafe};

    /// Returns a version with a bit of everything in it.
    fn version(ids: &[String], rows: &[String], text: &str) -> Scenario {
        let hypotheses: Vec<_> = ids.iter().map(|id| (id.as_str(), text)).collect();
        let mut scenario =
            sample::scenario(&hypotheses, &rows.iter().map(String::as_str).collect::<Vec<_>>());
        scenario.title = format!("{text}.");
        scenario.authors = Some(vec![text.to_owned(), "Ann".to_owned()]);
        for (at, item) in scenario.evidence.iter_mut().enumerate() {
            item.text = text.repeat(at);
            item.url = Some(text.to_owned());
            item.relevance = (at == 0).then_some(Level::Low);
            item.note = text.contains('a').then(|| text.to_owned());
        }
        for hypothesis in scenario.hypotheses.iter_mut().step_by(2) {
            hypothesis.short = Some(text.to_owned());
        }
        scenario
    }

    fn written(format: &dyn Format, report: &dyn Report, width: usize) -> String {
        let mut out = Vec::new();
        format.write(&[report], Options { width, ..Options::default() }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn changes_keep_to_the_page_and_act_on_no_terminal(
            before in prop::collection::btree_set("[a-c]{1,2}|[a-z]{40}", 0..8),
            after in prop::collection::btree_set("[a-c]{1,2}|[a-z]{40}", 0..8),
            rows in prop::collection::vec("(CC|C|N|I|II|NA|[.])( (CC|C|N|I|II|NA|[.])){7}", 0..5),
            other_rows in prop::collection::vec("(CC|C|N|I|II|NA|[.])( (CC|C|N|I|II|NA|[.])){7}", 0..5),
            text in "[a-zA-Z \u{65e5}\u{e9}\u{7}\u{202e}\n-]{0,70}",
            other_text in "[a-zA-Z \u{65e5}\u{e9}\u{1b}\n-]{0,70}",
            absent in 0..6,
            page in 40_usize..230,
        ) {
            let (before, after): (Vec<_>, Vec<_>) = (before.into_iter().collect(), after.into_iter().collect());
            let before = version(&before, &rows, &text);
            let after = version(&after, &other_rows, &other_text);
            let path = format!("{text}.toml");
            let compared = Compared { path: Some(&path), before: &other_text, after: "work tree" };
            let request = Request { file: Some(path.as_ref()), ..Request::default() };
            let sides = ((absent != 0).then_some(&before), (absent != 1).then_some(&after));
            let reports = [DiffReport::new(sides.0, sides.1, compared, &[], request)];
            let stat = DiffStat::new(&reports);
            for report in [&reports[0] as &dyn Report, &stat] {
                for format in FORMATS {
                    let text = written(*format, report, page);
                    // In Markdown the space without width is ours.
                    let acts = |c: char| !matches!(c, '\n' | APART) && is_unsafe(c);
                    prop_assert!(!text.contains(acts), "{}: {text:?}", format.name());
                    if format.name() == "text" {
                        for line in text.lines() {
                            prop_assert!(width(line) <= page, "{page}: {line}");
                            prop_assert_eq!(line.trim_end(), line);
                        }
                    }
                }
            }
        }
    }
}
