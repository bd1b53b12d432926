//! Merges three versions of a file by lines.
//!
//! Where both sides changed the same lines, the result has the lines of ours, whose content the caller
//! controls, and the comments of theirs, which nothing else preserves. Knows lines, and which of them are
//! comments; must never know the meaning of a line.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::edit::newline;

/// The byte order mark. It belongs to the file, not to its first line.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// How to merge lines that both sides inserted at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meeting {
    /// Lines of ours, then lines of theirs; where ours changed lines too, only the comments of theirs.
    Both,
    /// Only lines of ours.
    Ours,
}

/// Returns the text of ours with the changes that theirs made to the base.
pub(super) fn merge_lines(base: &str, ours: &str, theirs: &str, meeting: Meeting) -> String {
    let (base, here, there) = (lines(base), lines(ours), lines(theirs));
    let (here, there) = (Side::new(&base, here, true), Side::new(&base, there, false));
    let mut woven =
        Woven { text: String::with_capacity(ours.len() + theirs.len() / 8), newline: newline(ours) };
    let mut from = 0;
    for region in regions(&here.edits, &there.edits) {
        here.keep(from..region.base.start, &mut woven);
        from = region.base.end;
        match (region.here.is_empty(), region.there.is_empty()) {
            (false, true) => here.put(&region.here, &region.base, &mut woven),
            (true, _) => there.put(&region.there, &region.base, &mut woven),
            (false, false) => {
                here.put(&region.here, &region.base, &mut woven);
                if meeting == Meeting::Both && !here.says_the_same(&region.here, &there, &region.there) {
                    if region.base.is_empty() {
                        there.put(&region.there, &region.base, &mut woven);
                    } else {
                        there.put_comments(&region.there, &here, &region.here, &mut woven);
                    }
                }
            }
        }
    }
    here.keep(from..base.len(), &mut woven);
    woven.end(ours)
}

/// A line with its line ending. Lines are equal if they are without it.
#[derive(Clone, Copy, Debug)]
struct Line<'t>(&'t str);

impl PartialEq for Line<'_> {
    fn eq(&self, other: &Self) -> bool {
        content(self.0) == content(other.0)
    }
}

impl Eq for Line<'_> {}

impl Hash for Line<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        content(self.0).hash(state);
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    text.split_inclusive('\n').map(Line).collect()
}

/// Returns a line without its line ending or a byte order mark.
fn content(line: &str) -> &str {
    let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line);
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

/// Lines of the base, and the lines of a side that replace them.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    base: Range<usize>,
    side: Range<usize>,
}

/// A range of the base that was edited by one or both sides, with the positions of these edits.
#[derive(Debug)]
struct Region {
    base: Range<usize>,
    here: Range<usize>,
    there: Range<usize>,
}

/// One side of the merge: its lines and its edits, in order. It kept the lines of the base between them.
#[derive(Debug)]
struct Side<'t> {
    lines: Vec<Line<'t>>,
    edits: Vec<Edit>,
    /// Whether it uses the line ending of the result.
    native: bool,
}

impl<'t> Side<'t> {
    fn new(base: &[Line<'_>], lines: Vec<Line<'t>>, native: bool) -> Self {
        let mut edits = Vec::new();
        for op in capture_diff_slices(Algorithm::Patience, base, &lines) {
            let (base, side) = (op.old_range(), op.new_range());
            match op {
                DiffOp::Equal { .. } => {}
                // Equal numbers of lines: each line is an edit of its own.
                DiffOp::Replace { .. } if base.len() == side.len() => {
                    edits.extend(base.zip(side).map(|(b, s)| Edit { base: b..b + 1, side: s..s + 1 }));
                }
                DiffOp::Replace { .. } | DiffOp::Delete { .. } | DiffOp::Insert { .. } => {
                    edits.push(Edit { base, side });
                }
            }
        }
        Self { lines, edits, native }
    }

    /// Appends lines of the base that the side kept: a range without edits.
    fn keep(&self, base: Range<usize>, woven: &mut Woven<'_>) {
        let before = self.edits.partition_point(|edit| edit.base.end <= base.start);
        let last = before.checked_sub(1).and_then(|last| self.edits.get(last));
        let start = last.map_or(base.start, |last| last.side.end + (base.start - last.base.end));
        let kept = self.lines.get(start..start + base.len()).unwrap_or_default();
        kept.iter().for_each(|line| woven.push(line.0, self.native));
    }

    /// Appends the side's version of a range of the base.
    fn put(&self, edits: &Range<usize>, stretch: &Range<usize>, woven: &mut Woven<'_>) {
        let mut from = stretch.start;
        for edit in self.edits.get(edits.clone()).unwrap_or_default() {
            self.keep(from..edit.base.start, woven);
            let lines = self.lines.get(edit.side.clone()).unwrap_or_default();
            lines.iter().for_each(|line| woven.push(line.0, self.native));
            from = edit.base.end;
        }
        self.keep(from..stretch.end, woven);
    }

    /// Appends the comment lines that these edits insert and the other side's edits do not.
    fn put_comments(&self, edits: &Range<usize>, other: &Self, others: &Range<usize>, woven: &mut Woven<'_>) {
        let is_comment = |line: &Line<'_>| content(line.0).trim_start().starts_with('#');
        let is_new = |line: &Line<'_>| other.put_in(others).all(|there| there != *line);
        let comments = self.put_in(edits).filter(is_comment).filter(is_new);
        comments.for_each(|line| woven.push(line.0, self.native));
    }

    /// Returns the lines that these edits insert.
    fn put_in(&self, edits: &Range<usize>) -> impl Iterator<Item = Line<'t>> {
        let edits = self.edits.get(edits.clone()).unwrap_or_default().iter();
        edits.flat_map(|edit| self.lines.get(edit.side.clone()).unwrap_or_default()).copied()
    }

    /// Returns whether both sides insert the same lines.
    fn says_the_same(&self, edits: &Range<usize>, other: &Self, others: &Range<usize>) -> bool {
        self.put_in(edits).eq(other.put_in(others))
    }
}

/// Returns the edited ranges in order. Edits that touch share one range.
fn regions(here: &[Edit], there: &[Edit]) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let (mut h, mut t) = (0, 0);
    loop {
        let is_here = match (here.get(h), there.get(t)) {
            (None, None) => return regions,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(a), Some(b)) => (a.base.start, a.base.end) <= (b.base.start, b.base.end),
        };
        let Some(edit) = (if is_here { here.get(h) } else { there.get(t) }) else { return regions };
        match regions.last_mut() {
            Some(last) if meet(&last.base, &edit.base, if is_here { &last.there } else { &last.here }) => {
                last.base.end = last.base.end.max(edit.base.end);
            }
            Some(_) | None => {
                regions.push(Region { base: edit.base.clone(), here: h..h, there: t..t });
            }
        }
        if let Some(last) = regions.last_mut() {
            if is_here { last.here.end = h + 1 } else { last.there.end = t + 1 }
        }
        if is_here { h += 1 } else { t += 1 }
    }
}

/// Returns whether an edit touches a range: they share lines of the base, or both insert at the same place.
/// `others` are the other side's edits in the range.
fn meet(stretch: &Range<usize>, edit: &Range<usize>, others: &Range<usize>) -> bool {
    let same_place = stretch.is_empty() && edit.is_empty() && stretch.start == edit.start;
    edit.start < stretch.end || (same_place && !others.is_empty())
}

/// The merged text so far.
struct Woven<'t> {
    text: String,
    newline: &'t str,
}

impl Woven<'_> {
    /// Appends a line. A line that is not `native` gets the line ending of the result.
    fn push(&mut self, line: &str, native: bool) {
        self.end_line();
        if native && self.text.is_empty() {
            self.text.push_str(line);
        } else if native {
            self.text.push_str(line.trim_start_matches(BYTE_ORDER_MARK));
        } else {
            self.text.push_str(content(line));
            self.text.push_str(self.newline);
        }
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str(self.newline);
        }
    }

    /// Returns the whole text. It has a byte order mark, and a line ending at its end, if ours has.
    fn end(mut self, ours: &str) -> String {
        if ours.ends_with('\n') || ours.is_empty() {
            self.end_line();
        } else {
            let text = self.text.strip_suffix('\n').unwrap_or(&self.text);
            self.text.truncate(text.strip_suffix('\r').unwrap_or(text).len());
        }
        if ours.starts_with(BYTE_ORDER_MARK) && !self.text.starts_with(BYTE_ORDER_MARK) {
            self.text.insert(0, BYTE_ORDER_MARK);
        }
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn woven(base: &str, ours: &str, theirs: &str) -> String {
        merge_lines(base, ours, theirs, Meeting::Both)
    }

    #[test]
    fn lines_that_do_not_meet_come_together_even_side_by_side() {
        assert_eq!(woven("a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n"), "A\nb\nC\n");
        assert_eq!(woven("a\nb\n", "A\nb\n", "a\nB\n"), "A\nB\n");
        assert_eq!(woven("a\nb\n", "x\na\nb\n", "A\nb\n"), "x\nA\nb\n");
        assert_eq!(woven("a\nb\nc\n", "a\nc\n", "a\nb\nc\nd\n"), "a\nc\nd\n");
        assert_eq!(woven("a\n", "a\n", "b\n"), "b\n");
        assert_eq!(woven("", "", "b\n"), "b\n");
    }

    #[test]
    fn where_they_meet_ours_stays_and_what_both_put_in_does_too_if_asked() {
        assert_eq!(woven("a\nb\n", "A\nb\n", "B\nb\n"), "A\nb\n");
        assert_eq!(woven("a\nb\nc\n", "a\nB\nc\n", "A\nX\nY\n"), "A\nB\nY\n");
        assert_eq!(woven("a\nb\n", "a\nx\nb\n", "a\ny\nb\n"), "a\nx\ny\nb\n");
        assert_eq!(merge_lines("a\n", "a\nx\n", "a\ny\n", Meeting::Ours), "a\nx\n");
        assert_eq!(woven("a\n", "a\nx\n", "a\nx\n"), "a\nx\n");
    }

    #[test]
    fn a_comment_that_both_reworded_is_kept_in_both_wordings() {
        assert_eq!(woven("# a\nb\n", "# A\nb\n", "# X\n  # Y\nb\n"), "# A\n# X\n  # Y\nb\n");
        assert_eq!(woven("# a\nb\n", "b\n", "# A\nb\n"), "# A\nb\n");
        assert_eq!(woven("# a\nb\n", "# A\nb\n", "# A\nc\nb\n"), "# A\nb\n");
        assert_eq!(woven("# a\nb\n", "# A\nb\n", "b\n"), "# A\nb\n");
        assert_eq!(merge_lines("# a\n", "# b\n", "# c\n", Meeting::Ours), "# b\n");
    }

    #[test]
    fn the_file_begins_and_ends_its_lines_as_ours_does() {
        assert_eq!(woven("a\nb\n", "a\r\nb\r\n", "a\nb\nc\n"), "a\r\nb\r\nc\r\n");
        assert_eq!(woven("a\nb\n", "a\nb", "x\na\nb\ny\n"), "x\na\nb\ny");
        assert_eq!(woven("a\n", "\u{feff}a\n", "b\na\n"), "\u{feff}b\na\n");
        assert_eq!(woven("a\n", "a\n", "\u{feff}b\na\n"), "b\na\n");
    }
}
