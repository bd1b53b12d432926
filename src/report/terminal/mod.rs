//! Text for a terminal: titles, tables and sentences in the width and with the colours there are.
//!
//! No line exceeds the width: texts go first, then names are shortened, then columns are spread over several blocks; on
//! a very narrow terminal a table is turned on its side. Nothing is conveyed by colour alone.

mod chart;
mod grid;
mod layout;
mod listing;
mod palette;
mod prose;
mod sideways;

use std::io::{self, Write};

use super::{Format, Options, snippet};
use crate::present::{Phrase, Report, Section, Tone};
use crate::text::{single_line, width, wrap_plain};
use layout::Layout;
use palette::styled;
use prose::paragraph;

/// Lines of sentences are no longer than this, however wide the terminal.
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
    let sections = report.sections();
    let sections: Vec<_> = sections.iter().filter(|section| says_something(section, options)).collect();
    if sections.is_empty() {
        return Ok(());
    }
    let heading = report.heading();
    let marking = heading.marking.as_ref().map_or_else(Vec::new, |marking| {
        let marking = Phrase::new(marking.as_ref(), Tone::Strong);
        paragraph(&[marking], options.width.min(MAX_PROSE), options.colour)
    });
    let layout = |section: &&Section<'_>| {
        let Section::Table(table) = section else { return None };
        Some(Layout::plan(table, options.width))
    };
    let layouts: Vec<Option<Layout>> = sections.iter().map(layout).collect();
    let page = layouts.iter().flatten().next().map_or(0, Layout::width);
    let beside = match (sections.first(), &heading.marking) {
        (Some(Section::Title { title, .. }), Some(marking)) => beside(title, marking, options, page),
        _ => None,
    };
    if beside.is_none() {
        write_lines(&marking, out)?;
    }
    for (at, (section, layout)) in sections.into_iter().zip(layouts).enumerate() {
        if at > 0 || !(marking.is_empty() || beside.is_some()) {
            writeln!(out)?;
        }
        let beside = beside.as_deref().filter(|_| at == 0);
        write_section(section, layout, options, (page, beside), out)?;
    }
    if !marking.is_empty() {
        writeln!(out)?;
    }
    write_lines(&marking, out)
}

/// Returns the title with the marking at the right end of its line; `None` where they do not fit on one.
fn beside(title: &str, marking: &str, options: Options, page: usize) -> Option<String> {
    let (title, marking) = (single_line(title), single_line(marking));
    let apart =
        right_edge(options, page).checked_sub(width(&title) + width(&marking)).filter(|apart| *apart > 1)?;
    let strong = |text: &str| styled(text, Tone::Strong, options.colour);
    Some(format!("{}{}{}", strong(&title), " ".repeat(apart), strong(&marking)))
}

/// Returns the column in which texts at the right end.
fn right_edge(options: Options, page: usize) -> usize {
    if page > 0 { page } else { options.width.min(MAX_PROSE) }
}

fn write_lines(lines: &[String], out: &mut dyn Write) -> io::Result<()> {
    lines.iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn says_something(section: &Section<'_>, options: Options) -> bool {
    match section {
        Section::Faults(faults) => !(options.quiet && faults.findings.is_empty()),
        Section::Next(_) => !options.quiet,
        section => !section.is_empty(),
    }
}

fn write_section(
    section: &Section<'_>,
    layout: Option<Layout>,
    options: Options,
    (page, title_line): (usize, Option<&str>),
    out: &mut dyn Write,
) -> io::Result<()> {
    match section {
        Section::Title { title, question, extent } => {
            match title_line {
                Some(line) => writeln!(out, "{line}")?,
                None => {
                    let title = [Phrase::new(*title, Tone::Strong)];
                    write_lines(&paragraph(&title, options.width.min(MAX_PROSE), options.colour), out)?;
                }
            }
            write_question(*question, extent, options, page, out)
        }
        Section::Table(table) => match layout {
            Some(Layout::Blocks(blocks)) => grid::write(table, &blocks, options, out),
            Some(Layout::Sideways) | None => sideways::write(table, options, out),
        },
        Section::Listing(listing) => listing::write(listing, options, out),
        Section::Chart(chart) => chart::write(chart, options, out),
        Section::Prose(sentences) => {
            for sentence in sentences {
                write_lines(&paragraph(sentence, options.width.min(MAX_PROSE), options.colour), out)?;
            }
            Ok(())
        }
        Section::Faults(faults) => snippet::write_faults(*faults, options, out),
        Section::Next(command) => {
            let phrases = [Phrase::new(command.as_str(), Tone::Dim)];
            write_lines(&paragraph(&phrases, options.width, options.colour), out)
        }
    }
}

/// Writes the question, with the extent at the right if both fit on one line.
fn write_question(
    question: Option<&str>,
    extent: &str,
    options: Options,
    page: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let room = options.width.min(MAX_PROSE);
    let question = question.map(single_line).unwrap_or_default();
    let (asked, told) = (width(&question), width(extent));
    let apart = right_edge(options, page).saturating_sub(asked + told).max(2);
    if asked > 0 && asked + apart + told <= options.width {
        let extent = styled(extent, Tone::Dim, options.colour);
        return writeln!(out, "{question}{}{extent}", " ".repeat(apart));
    }
    write_lines(&wrap_plain(&question, room), out)?;
    write_lines(&paragraph(&[Phrase::new(extent, Tone::Dim)], room, options.colour), out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Candidates, RobustnessOptions};
    use crate::present::{
        ExplainReport, MatrixReport, NextReport, RankingReport, Rater, Request, RobustnessReport,
        SensitivityReport, TeamReport, TimelineReport, sample,
    };
    use crate::report::Colour;
    use crate::scenario::{Date, Method};
    use proptest::prelude::*;

    fn lines(report: &dyn Report, width: usize) -> Vec<String> {
        let mut out = Vec::new();
        Text.write(&[report], Options { width, colour: Colour::None, quiet: false }, &mut out).unwrap();
        String::from_utf8(out).unwrap().lines().map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page(
            names in prop::collection::vec("[a-z0-9]{1,40}", 0..14),
            full in "[a-zA-Z \u{65e5}\u{e9}\u{7}-]{0,90}",
            rows in prop::collection::vec("(CC|C|N|I|II|NA|[.])( (CC|C|N|I|II|NA|[.])){13}", 0..6),
            page in 40_usize..230,
        ) {
            let ids: std::collections::BTreeSet<String> = names.into_iter().collect();
            let hypotheses: Vec<_> = ids.iter().map(|id| (id.as_str(), full.as_str())).collect();
            let mut scenario = sample::scenario(&hypotheses, &rows.iter().map(String::as_str).collect::<Vec<_>>());
            scenario.title.clone_from(&full);
            scenario.question = Some(format!("{full}?"));
            scenario.marking = Some(full.clone());
            for (at, item) in scenario.evidence.iter_mut().enumerate() {
                item.text = full.repeat(at);
                item.date = Date::parse(&format!("2025-01-{:02}", at + 1));
                item.source = Some(vec![full.clone()]);
                item.group = (at % 2 == 0).then(|| full.clone());
            }
            for h in scenario.hypotheses.iter_mut().step_by(2) {
                h.short = Some(full.clone());
            }
            let request = Request { file: Some("a file.toml".as_ref()), ..Request::default() };
            let mut other = scenario.clone();
            other.evidence.rotate_left(scenario.evidence.len().min(1));
            for (item, rated) in other.evidence.iter_mut().zip(&scenario.evidence) {
                item.ratings = rated.ratings.clone();
            }
            let raters = [(full.as_str(), &scenario), ("main:case.toml", &other), ("third", &scenario)];
            let raters = raters.map(|(name, scenario)| Rater { name, scenario });
            let grouped = Request { method: Some(Method::Bayes), ..request };
            let reports: [&dyn Report; 10] = [
                &MatrixReport::new(&scenario, request),
                &RankingReport::new(&scenario, request),
                &SensitivityReport::new(&scenario, request),
                &SensitivityReport::new(&scenario, grouped),
                &ExplainReport::new(&scenario, None, request).unwrap(),
                &TimelineReport::new(&scenario, request),
                &TeamReport::new(&raters, request),
                &TeamReport::new(&raters[..2], request),
                &RobustnessReport::new(&scenario, request, RobustnessOptions::default(), &|_, _| {}).unwrap(),
                &NextReport::new(&scenario, request, Candidates::Open),
            ];
            for report in reports {
                for line in lines(report, page) {
                    prop_assert!(width(&line) <= page, "{page}: {line}");
                    prop_assert!(!line.chars().any(crate::text::is_unsafe), "{line:?}");
                }
            }
        }
    }
}
