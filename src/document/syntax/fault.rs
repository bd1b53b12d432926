//! Faults of syntax, said for people, one for one mistake.

use toml_parser::{Expected, ParseError};

use crate::diagnostic::{Code, Diagnostic, Place, Span};

/// A fault as found, before it is decided which of an expression are told.
#[derive(Debug)]
pub(super) struct Found {
    /// The expression it belongs to, counted through the file.
    pub(super) expression: u32,
    pub(super) rank: Rank,
    pub(super) diagnostic: Diagnostic,
}

/// Which fault explains the others of the same expression best, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// A string that is never closed takes what follows it into itself.
    OpenString,
    /// A bracket that is never closed likewise.
    OpenBracket,
    /// The shape of the expression.
    Structure,
    /// One value or key in it, independent of others.
    Literal,
}

/// Selects the diagnostics: for each expression the fault that explains the others, or all if they are independent.
pub(super) fn told(mut found: Vec<Found>) -> Vec<Diagnostic> {
    found.sort_by_key(|f| (f.expression, f.rank == Rank::Literal, start(&f.diagnostic)));
    let mut told: Vec<Diagnostic> = Vec::new();
    // The expression after a text that was never closed, which the rest of that text may be.
    let mut continued = None;
    for group in found.chunk_by(|a, b| a.expression == b.expression) {
        let Some(first) = group.first() else { continue };
        let best = group.iter().min_by_key(|f| (f.rank, start(&f.diagnostic))).unwrap_or(first);
        let structure = group.iter().any(|f| f.rank == Rank::Structure);
        if structure && continued == Some(first.expression) {
            continued = Some(first.expression + 1);
            continue;
        }
        if best.rank < Rank::Structure {
            told.push(best.diagnostic.clone());
        } else if structure {
            told.extend(group.iter().min_by_key(|f| start(&f.diagnostic)).map(|f| f.diagnostic.clone()));
        } else {
            let mut independent: Vec<&Found> = group.iter().collect();
            independent.dedup_by_key(|f| start(&f.diagnostic));
            told.extend(independent.into_iter().map(|f| f.diagnostic.clone()));
        }
        continued = (best.rank == Rank::OpenString).then_some(first.expression + 1);
    }
    told.sort_by_key(start);
    told
}

/// The message of a line end that TOML does not know.
const LONE_RETURN: &str = "a carriage return alone ends this line";

/// Makes all line ends of a carriage return alone one fault. Whatever else is wrong between two line breaks that TOML
/// knows follows from the first such end there.
pub(super) fn with_lone_returns(text: &str, told: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_lone = |diagnostic: &Diagnostic| diagnostic.message == LONE_RETURN;
    let number = told.iter().filter(|diagnostic| is_lone(diagnostic)).count();
    let Some(mut lone) = told.iter().find(|diagnostic| is_lone(diagnostic)).cloned() else { return told };
    if number > 1 {
        lone.message = format!("{LONE_RETURN}, and {} more", number - 1);
    }
    let (mut lines, mut end): (Vec<Vec<Diagnostic>>, usize) = (Vec::new(), 0);
    for diagnostic in told {
        let at = start(&diagnostic);
        match lines.last_mut().filter(|_| at < end) {
            Some(line) => line.push(diagnostic),
            None => {
                let rest = text.get(at..).and_then(|rest| rest.find('\n'));
                end = rest.map_or(usize::MAX, |rest| at + rest + 1);
                lines.push(vec![diagnostic]);
            }
        }
    }
    lines.retain(|line| !line.iter().any(is_lone));
    let lone = lone.help("save the file with LF or CR LF as line ends");
    let mut told: Vec<Diagnostic> = lines.into_iter().flatten().chain([lone]).collect();
    told.sort_by_key(start);
    told
}

fn start(diagnostic: &Diagnostic) -> usize {
    match diagnostic.labels.first().map(|label| &label.place) {
        Some(Place::Span(span)) => span.start,
        Some(Place::Subject(_) | Place::Entry(..)) | None => 0,
    }
}

/// The parser's error in our words. `base` is the offset of what it read.
pub(super) fn structure(error: &ParseError, base: usize) -> (Rank, Diagnostic) {
    let unexpected = error.unexpected().map(|s| base + s.start()..base + s.end());
    let context = error.context().map(|s| base + s.start()..base + s.end());
    let description = error.description();
    let (rank, place, message) = match description {
        "unclosed array" => (Rank::OpenBracket, context, "this array is never closed"),
        "unclosed inline table" => (Rank::OpenBracket, context, "this inline table is never closed"),
        "unclosed table" | "unclosed array table" => {
            (Rank::Structure, context, "this table header is never closed")
        }
        "unexpected key or value" => (Rank::Structure, unexpected, "more text where the line should end"),
        "key with no value" | "missing value for key" => {
            (Rank::Structure, unexpected, "a key without a value")
        }
        "invalid comment character" => {
            let fault = syntax(unexpected.unwrap_or_default(), "a control character in a comment");
            return (Rank::Structure, fault.help("remove it"));
        }
        "carriage return must be followed by newline" => {
            let end = unexpected.unwrap_or_default().end;
            return (Rank::Structure, syntax(end.saturating_sub(1)..end, LONE_RETURN));
        }
        "cannot recurse further; max recursion depth met" => {
            (Rank::Structure, unexpected, "brackets are nested more than 80 deep")
        }
        other => (Rank::Structure, unexpected.or(context), other),
    };
    let place = place.unwrap_or_default();
    (rank, syntax(place, message).expected(expectation(error.expected())))
}

/// The decoder's error on one key or value, which stands at `span`.
pub(super) fn literal(error: &ParseError, span: &Span, raw: &str) -> (Rank, Diagnostic) {
    let unexpected = error.unexpected().map(|s| s.start()..s.end());
    let description = error.description();
    let wants_quote = error
        .expected()
        .is_some_and(|e| e.iter().any(|e| matches!(e, Expected::Literal("\"" | "'" | "\"\"\"" | "'''"))));
    if description.starts_with("missing opening quote") || description == "string values must be quoted" {
        let quoted = format!("\"{}\"", raw.replace(['"', '\''], ""));
        let fault = syntax(span.clone(), "this text is not in quotes")
            .expected("expected a value: \"text\" in quotes, a number, a date, true, false, [ or {")
            .help(format!("write {quoted}"));
        return (Rank::Literal, fault);
    }
    if wants_quote && super::is_quoted(raw) && description.contains("string") {
        let quote = if raw.starts_with('"') { '"' } else { '\'' };
        let fault = syntax(span.clone(), "this text is never closed")
            .expected(format!("expected {quote} at its end"));
        return (Rank::OpenString, fault);
    }
    let place =
        unexpected.filter(|s| span.start <= s.start && s.end <= span.end).unwrap_or_else(|| span.clone());
    let fault = match raw.get(place.start - span.start..).and_then(|rest| rest.chars().next()) {
        Some(control) if control.is_control() => syntax(place, "a control character")
            .help(format!("remove it, or write \\u{:04X} in double quotes", u32::from(control))),
        Some(_) | None => syntax(place, description).expected(expectation(error.expected())),
    };
    (Rank::Literal, fault)
}

/// Said at the end of a file with more faults than are told.
pub(super) fn too_many(end: usize, most: usize) -> Diagnostic {
    let message = format!("there are more syntax errors than the {most} that are shown");
    Diagnostic::new(Code::TOO_LARGE, Place::Span(end..end), message)
}

/// A fault of syntax.
pub(super) fn syntax(place: Span, message: &str) -> Diagnostic {
    Diagnostic::new(Code::SYNTAX, Place::Span(place), message)
}

fn expectation(expected: Option<&[Expected]>) -> String {
    let words: Vec<String> = expected
        .unwrap_or_default()
        .iter()
        .map(|e| match e {
            Expected::Literal("\n") => "the end of the line".into(),
            Expected::Literal("#") => "a comment".into(),
            Expected::Literal(text) => format!("`{text}`"),
            Expected::Description(what) => (*what).into(),
            _ => "something else".into(),
        })
        .collect();
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => format!("expected {last}"),
        Some((last, before)) => format!("expected {} or {last}", before.join(", ")),
    }
}

/// The one finding of a file that a merge by lines left unsettled, if it holds such markers.
pub(super) fn merge_markers(text: &str) -> Option<Diagnostic> {
    let marker = |line: &str, sign: char| {
        let rest = line.trim_start_matches(sign);
        line.len() - rest.len() == 7 && (rest.is_empty() || rest.starts_with([' ', '\r']))
    };
    let mut first = None;
    let mut count = 0_usize;
    let mut closed = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches('\n');
        if marker(content, '<') {
            first.get_or_insert(offset..offset + content.trim_end().len());
            count += 1;
        }
        closed |= first.is_some() && marker(content, '>');
        offset += line.len();
    }
    let place = first.filter(|_| closed)?;
    let message = if count == 1 {
        "an unsettled merge by lines left its markers here".to_owned()
    } else {
        format!("an unsettled merge by lines left its markers, here and in {} more places", count - 1)
    };
    let help = "run `ach git install` and then `git checkout --merge FILE`, which merges it again cell by cell; `ach resolve FILE` settles what is left. Or keep one side of each by hand and delete the markers";
    Some(Diagnostic::new(Code::MERGE_MARKERS, Place::Span(place), message).help(help))
}
