//! Findings as annotate-snippets draws them: the message, the place, the line with the place marked, the advice.
//!
//! Excerpts of the file are escaped first and highlights moved along, so that no control character of a file reaches a
//! terminal and every highlight still points to its text.

mod excerpt;

use std::io::{self, Write};

use annotate_snippets::{Group, Level, Origin, Renderer};

use super::{Colour, Options};
use crate::diagnostic::Severity;
use crate::present::{Faults, Finding, words};
use crate::text::{single_line, wrap_plain};
use excerpt::excerpts;

/// Most findings of one severity that are shown of a file; the rest is counted.
const MOST: usize = 20;
/// Columns before a help text, with the numbers of a large file.
const HELP_INDENT: usize = 15;
/// Columns that a message or help text is given in any case.
const MIN_FOLD: usize = 20;
/// Writes the findings of a file one after the other, at most 20 errors and 20 warnings, then a count of the rest.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_faults(faults: Faults<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let (mut errors, mut warnings) = (0, 0);
    for finding in faults.findings {
        let count = match finding.severity {
            Severity::Error => &mut errors,
            Severity::Warning => &mut warnings,
        };
        *count += 1;
        if *count <= MOST {
            write_finding(finding, faults, options, out)?;
        }
    }
    let path = single_line(faults.path);
    for (count, one, many) in
        [(errors, "more error", "more errors"), (warnings, "more warning", "more warnings")]
    {
        if count > MOST {
            let rest = words::count(count - MOST, one, many);
            writeln!(out, "... and {rest}; `ach check --format json {path}` lists all\n")?;
        }
    }
    if faults.summed_up {
        match faults.tally() {
            Some(tally) => writeln!(out, "{tally} in {path}")?,
            None => writeln!(out, "{path}: no findings")?,
        }
    }
    Ok(())
}

/// Writes an error that has no place in a file, in the style of the others.
///
/// # Errors
/// Whatever the writer answers.
pub fn write_error(
    message: &str,
    help: Option<&str>,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = renderer(options);
    let error = Group::with_title(Level::ERROR.primary_title(single_line(message)));
    writeln!(out, "{}", renderer.render(&[error]))?;
    if let Some(help) = help {
        let help = Group::with_title(Level::HELP.primary_title(single_line(help)));
        writeln!(out, "{}", renderer.render(&[help]))?;
    }
    Ok(())
}

fn write_finding(
    finding: &Finding,
    faults: Faults<'_>,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let path = single_line(faults.path);
    let code = finding.code.as_str();
    let label = finding.severity.as_str().len() + code.len() + "[]: ".len();
    let title = level.primary_title(folded(&finding.message, label, options)).id(code);
    let excerpts = excerpts(faults.text, &finding.highlights);
    let mut group = match excerpts.as_slice() {
        [] => Group::with_title(title).element(Origin::path(path.as_ref())),
        excerpts => Group::with_title(title).elements(excerpts.iter().map(|excerpt| excerpt.snippet(&path))),
    };
    if let Some(help) = finding.help.as_deref() {
        group = group.element(Level::HELP.message(folded(help, HELP_INDENT, options)));
    }
    let mut drawn = renderer(options).render(&[group]);
    for excerpt in &excerpts {
        // The drawing counts columns in what it is shown; the true ones are known.
        let (line, column) = excerpt.place;
        if excerpt.shown_column != column {
            let shown = format!("{path}:{line}:{}", excerpt.shown_column);
            drawn = drawn.replacen(&shown, &format!("{path}:{line}:{column}"), 1);
        }
    }
    for line in drawn.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    writeln!(out)
}

/// Wraps a text so that its first line fits after `before` columns.
fn folded(text: &str, before: usize, options: Options) -> String {
    wrap_plain(text, options.width.saturating_sub(before).max(MIN_FOLD)).join("\n")
}

fn renderer(options: Options) -> Renderer {
    match options.colour {
        Colour::None => Renderer::plain(),
        Colour::Sixteen | Colour::Many => Renderer::styled(),
    }
    .term_width(options.width)
}
