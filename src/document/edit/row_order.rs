//! The order of the cells in each row, which is that of the hypotheses: where a hypothesis moves, its cells move.
//!
//! A row that was in another order before, or in which a cell has entries apart or a header of its own, stays as it is.

use std::collections::HashMap;

use super::File;
use super::body::Body;
use super::line::{comments_above, leaves, line_end, line_start};
use super::splice::Splice;
use crate::diagnostic::Span;
use crate::document::keys;

/// Returns the splices that bring the cells of all rows from one order of hypotheses to another.
pub(super) fn reordered(file: &File<'_>, before: &[String], after: &[String]) -> Vec<Splice> {
    let ranks = |order: &[String]| order.iter().cloned().zip(0..).collect::<HashMap<String, usize>>();
    let (before, after) = (ranks(before), ranks(after));
    let mut splices = Vec::new();
    for (kind, item) in file.rows() {
        let row = item.child(keys::row(kind));
        let Some(cells) = row.as_ref().and_then(cells) else { continue };
        let rank = |order: &HashMap<String, usize>, (key, _): &(String, Span)| order.get(key).copied();
        if !cells.is_sorted_by_key(|cell| rank(&before, cell)) {
            continue;
        }
        let mut sorted = cells.clone();
        sorted.sort_by_key(|cell| rank(&after, cell));
        let moved = cells.into_iter().zip(sorted).filter(|(old, new)| old.0 != new.0);
        splices.extend(moved.map(|((_, range), (_, span))| Splice {
            range,
            text: file.text.get(span).unwrap_or_default().to_owned(),
        }));
    }
    splices
}

/// Returns the keys of the cells of a row, each with its text and the comments that belong to it, in the order of the
/// file. `None` if a cell has a header of its own, or entries apart.
fn cells(row: &Body<'_>) -> Option<Vec<(String, Span)>> {
    let text = row.text();
    let sequence = row.sequence();
    let mut cells: Vec<(String, Span)> = Vec::new();
    for child in row.table.children() {
        let spans: Option<Vec<Span>> = leaves(child)
            .into_iter()
            .map(|entry| match &sequence {
                Some(sequence) => {
                    let at = sequence.position(entry.key_span().start)?;
                    Some(sequence.pieces().get(at)?.span.clone())
                }
                None => {
                    let start = comments_above(text, line_start(text, entry.key_span().start));
                    let line = text.get(start..line_end(text, entry.span().end))?;
                    Some(start..start + line.trim_end_matches(['\n', '\r']).len())
                }
            })
            .collect();
        let whole =
            spans?.into_iter().reduce(|one, other| one.start.min(other.start)..one.end.max(other.end))?;
        cells.push((child.key().into_owned(), whole));
    }
    cells.sort_by_key(|(_, span)| span.start);
    let are_apart = cells.iter().zip(cells.iter().skip(1)).all(|((_, one), (_, next))| one.end <= next.start);
    are_apart.then_some(cells)
}

#[cfg(test)]
mod tests {
    use crate::change::make;
    use crate::document::{History, read};
    use crate::scenario::{Hypothesis, HypothesisId};

    const HEAD: &str = "ach = 1\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n\n[[hypothesis]]\nid = \"b\"\n\
                        name = \"B\"\n\n[[hypothesis]]\nid = \"c\"\nname = \"C\"\n\n[[evidence]]\nid = \"e\"\ntext = \"E\"\n";

    /// Returns the row after `c` has become the first hypothesis.
    fn moved(row: &str) -> String {
        let text = format!("{HEAD}{row}");
        let reading = read(text.clone().into_bytes());
        let formatted = reading.document.formatted();
        let mut history = History::new(reading.document, reading.scenario.unwrap());
        let id = HypothesisId::parse("c").unwrap();
        let change = make::shift::<Hypothesis>(history.scenario(), &id, 0).unwrap().unwrap();
        history.apply(&[change]).unwrap();
        let after = history.document().text().to_owned();
        if formatted == text {
            assert_eq!(history.document().formatted(), after);
        }
        history.undo().unwrap();
        assert_eq!(history.document().text(), text);
        after.get(HEAD.len()..).unwrap().to_owned()
    }

    #[test]
    fn cells_follow_their_hypotheses_with_their_comments() {
        assert_eq!(
            moved("\n[evidence.ratings]\na = \"C\" # of a\n# above b\nb = \"N\"\nc = \"I\" # of c\n"),
            "\n[evidence.ratings]\nc = \"I\" # of c\na = \"C\" # of a\n# above b\nb = \"N\"\n"
        );
        assert_eq!(
            moved("ratings = { a = \"C\", b = { rating = \"N\" }, c = \"I\" } # all"),
            "ratings = { c = \"I\", a = \"C\", b = { rating = \"N\" } } # all"
        );
        assert_eq!(
            moved("ratings.a.rating = \"C\"\nratings.a.note = \"x\"\nratings.c = \"I\"\n"),
            "ratings.c = \"I\"\nratings.a.rating = \"C\"\nratings.a.note = \"x\"\n"
        );
        assert_eq!(moved("ratings.b = \"C\"\nratings.c = \"I\""), "ratings.c = \"I\"\nratings.b = \"C\"");
    }

    #[test]
    fn a_row_in_an_order_of_its_own_stays() {
        let apart =
            "ratings.a.rating = \"C\"\nratings.b = \"N\"\nratings.a.note = \"x\"\nratings.c = \"I\"\n";
        for row in ["ratings.c = \"C\"\nratings.a = \"I\"", apart] {
            assert_eq!(moved(row), row);
        }
    }
}
