//! What syntax errors may have swallowed: keys of the table they stand in, and headers.
//!
//! Knows places only. It is there so that one mistake is one error: a key is not called missing where a syntax error
//! may have hidden it.

use crate::diagnostic::{Diagnostic, Place, Severity};

/// Which parts of the file have syntax errors. A part goes from one header to the next; the first has none.
#[derive(Debug, Default)]
pub(super) struct Damage {
    /// Offsets of the headers, ascending. Only filled where there are errors.
    headers: Vec<usize>,
    /// The damaged parts by number, ascending.
    parts: Vec<usize>,
    /// Whether a header itself is damaged, so that a whole table may be missing.
    header_lost: bool,
}

impl Damage {
    /// The damage that these findings of the syntax tell of.
    pub(super) fn new(text: &str, syntax: &[Diagnostic]) -> Self {
        let mut damage = Self::default();
        let errors = || {
            let errors = syntax.iter().filter(|found| found.severity() == Severity::Error);
            errors.filter_map(|found| match found.labels.first().map(|label| &label.place) {
                Some(Place::Span(span)) => Some(span.start),
                Some(Place::Subject(_) | Place::Entry(..)) | None => None,
            })
        };
        if errors().next().is_none() {
            return damage;
        }
        let mut line_start = 0;
        for line in text.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t', '\u{feff}']).len();
            if line.get(indent..).is_some_and(|rest| rest.starts_with('[')) {
                damage.headers.push(line_start + indent);
            }
            line_start += line.len();
        }
        for error in errors() {
            let part = damage.part(error);
            let header = part.checked_sub(1).and_then(|at| damage.headers.get(at));
            if header.is_some_and(|header| text.get(*header..error).is_some_and(|s| !s.contains('\n'))) {
                damage.header_lost = true;
                // What is reported here may have begun in the part before: a bracket that nobody closed.
                damage.parts.push(part - 1);
            }
            damage.parts.push(part);
        }
        damage.parts.sort_unstable();
        damage.parts.dedup();
        damage
    }

    /// Whether there is a syntax error in the part of the file that this place is in.
    pub(super) fn is_near(&self, offset: usize) -> bool {
        !self.parts.is_empty() && self.parts.binary_search(&self.part(offset)).is_ok()
    }

    /// Whether a whole table may be missing.
    pub(super) const fn header_lost(&self) -> bool {
        self.header_lost
    }

    fn part(&self, offset: usize) -> usize {
        self.headers.partition_point(|header| *header <= offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn an_error_damages_its_own_part_only() {
        let text = "a = 1\n[b]\nc = 1\n  [[d]]\ne =\n[f]\n";
        let error = text.find("=\n").unwrap();
        let damage = Damage::new(text, &[Diagnostic::new(Code::SYNTAX, Place::Span(error..error), "")]);
        assert!(damage.is_near(text.find("[[d").unwrap()));
        for place in ["a", "[b", "[f"] {
            assert!(!damage.is_near(text.find(place).unwrap()), "{place}");
        }
        assert!(!damage.header_lost());
    }

    #[test]
    fn an_error_in_a_header_may_have_begun_before_it() {
        let text = "a = [\n[b]\nc = 1\n[d]\n";
        let error = text.find("[b").unwrap();
        let damage = Damage::new(text, &[Diagnostic::new(Code::SYNTAX, Place::Span(error..error), "")]);
        assert!(damage.is_near(0) && damage.is_near(error) && damage.header_lost());
        assert!(!damage.is_near(text.find("[d").unwrap()));
        assert!(!Damage::new(text, &[]).is_near(0));
    }
}
