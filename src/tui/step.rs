//! Steps in words: one sentence about all changes that were made together.
//!
//! Knows changes. Must never know how they came about.

use std::collections::BTreeSet;

use crate::change::{CellChange, Change, Content, ItemChange, Listed, match_change};
use crate::present::sentence;
use crate::present::words::{count, counts, item_words, list};
use crate::scenario::Rating;

/// Most sources that are named.
const NAMED: usize = 3;

/// Returns a sentence about changes that were made as one step.
pub(crate) fn in_words(changes: &[Change]) -> String {
    match changes {
        [] => "comments or spacing of the file".into(),
        [one] => sentence(one),
        [first, rest @ ..] => ratings(changes)
            .or_else(|| alike(changes))
            .or_else(|| block(changes))
            .or_else(|| declared(changes))
            .unwrap_or_else(|| format!("{} and {} more", sentence(first), rest.len())),
    }
}

/// Returns the sentence for several cells that got one rating: with the ratings that they had.
fn ratings(changes: &[Change]) -> Option<String> {
    let mut rated = Vec::new();
    for change in changes {
        match change {
            Change::Cell { change: CellChange::Rating(edit), .. } => rated.push((edit.before, edit.after)),
            // A cell that is blanked loses its confidence too.
            Change::Cell { change: CellChange::Confidence(edit), .. } if edit.after.is_none() => {}
            _ => return None,
        }
    }
    let (_, after) = *rated.first().filter(|_| rated.len() > 1)?;
    if rated.iter().any(|(_, other)| *other != after) {
        return Some(format!("{} rated", count(rated.len(), "cell", "cells")));
    }
    let before = rated.iter().map(|(before, _)| *before);
    let (cells, word) = (count(rated.len(), "cell", "cells"), rating_word(after));
    Some(format!("{cells} -> {word} (were {})", tally(before)))
}

fn rating_word(rating: Option<Rating>) -> &'static str {
    rating.map_or("·", Rating::as_str)
}

/// Returns the number of each rating, in the order of the scale: `2 CC, 4 C, 3 blank`.
pub(crate) fn tally(ratings: impl Iterator<Item = Option<Rating>> + Clone) -> String {
    let all = Rating::ALL.iter().copied().map(Some).chain([None]);
    let told = all.filter_map(|rating| {
        let number = ratings.clone().filter(|other| *other == rating).count();
        (number > 0).then(|| format!("{number} {}", rating.map_or("blank", Rating::as_str)))
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Returns the sentence for several cells or items whose same field got one value, or that went.
fn alike(changes: &[Change]) -> Option<String> {
    let kind = changes.first()?.kind();
    let (field, after) = (changes.first()?.field(), changes.first()?.after());
    if changes.iter().any(|change| change.kind() != kind || change.field() != field) {
        return None;
    }
    let number = changes.len();
    fn words_for<T: Listed>(_: &ItemChange<T>) -> (&'static str, &'static str) {
        item_words(T::KIND)
    }
    let (one, many) = match_change!(
        changes.first()?,
        Item(change) => words_for(change),
        Change::Cell { .. } => ("cell", "cells"),
        Change::Scenario(_) => return None,
    );
    let counted = count(number, one, many);
    if kind.ends_with("-removed") {
        return Some(format!("{counted} deleted"));
    }
    let field = field.or_else(|| kind.strip_suffix("-set"))?;
    if changes.iter().any(|change| change.after() != after) {
        return Some(format!("{counted}, {field} changed"));
    }
    let after = match after {
        Some(Content::Text(text)) => text.to_owned(),
        Some(Content::Value(value)) => crate::present::words::value(value),
        None => "·".to_owned(),
        _ => return None,
    };
    Some(format!("{counted}, {field} -> {after}"))
}

/// Returns the sentence for items and hypotheses that came with their ratings.
fn block(changes: &[Change]) -> Option<String> {
    let (mut hypotheses, mut items, mut cells) = (0, 0, BTreeSet::new());
    for change in changes {
        match change {
            Change::Hypothesis(ItemChange::Added(_)) => hypotheses += 1,
            Change::Evidence(ItemChange::Added(_)) => items += 1,
            Change::Cell { .. } => {
                cells.insert((change.evidence()?.as_str(), change.hypothesis()?.as_str()));
            }
            _ => return None,
        }
    }
    let added = counts([(hypotheses, "hypothesis", "hypotheses"), (items, "item", "items")]);
    let mut told: Vec<String> = added.iter().map(|added| format!("{added} added")).collect();
    if !cells.is_empty() {
        told.push(format!("{} rated", count(cells.len(), "cell", "cells")));
    }
    Some(list(&told))
}

/// Returns the sentence for sources that came, with the items that cite them now.
fn declared(changes: &[Change]) -> Option<String> {
    let (mut sources, mut citing) = (Vec::new(), 0);
    for change in changes {
        match change {
            Change::Source(ItemChange::Added(added)) => sources.push(added.item.id.as_str()),
            Change::Evidence(_) if change.field() == Some("source") => citing += 1,
            _ => return None,
        }
    }
    if sources.is_empty() {
        return None;
    }
    let named = if sources.len() > NAMED { Vec::new() } else { sources.clone() };
    let added = count(sources.len(), "source", "sources");
    let added = if named.is_empty() { added } else { format!("{added} ({})", named.join(", ")) };
    Some(format!("{added} added, cited by {}", count(citing, "item", "items")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::diff;
    use crate::document::read;

    #[test]
    fn a_step_is_told_by_what_its_changes_have_in_common() {
        let text = |cells: [&str; 2], rest: &str| {
            let [a, b] =
                cells.map(|word| if word.is_empty() { String::new() } else { format!("h = \"{word}\"") });
            let text = format!(
                "ach = 1\ntitle = \"t\"\nhypothesis = [{{ id = \"h\", name = \"H\" }}]\n\
                 [[evidence]]\nid = \"a\"\ntext = \"A\"\n{rest}\nratings = {{ {a} }}\n\
                 [[evidence]]\nid = \"b\"\ntext = \"B\"\n{rest}\nratings = {{ {b} }}\n"
            );
            read(text.into_bytes()).scenario.unwrap()
        };
        let told = |from, to| in_words(&diff(&from, &to));
        assert_eq!(told(text(["CC", "C"], ""), text(["I", "I"], "")), "2 cells -> I (were 1 CC, 1 C)");
        assert_eq!(told(text(["CC", "C"], ""), text(["", ""], "")), "2 cells -> · (were 1 CC, 1 C)");
        assert_eq!(told(text(["", "C"], ""), text(["I", "II"], "")), "2 cells rated");
        let weighed = text(["C", "C"], "credibility = \"high\"");
        assert_eq!(told(text(["C", "C"], ""), weighed), "2 items, credibility -> high");
        let cited = text(["C", "C"], "source = \"TASS\"");
        let source = crate::scenario::Source::new(crate::scenario::SourceId::parse("own").unwrap(), "Own");
        let changes = crate::change::make::add_declaring(&cited, &source, 0).unwrap();
        assert_eq!(in_words(&changes), "2 sources (own, tass) added, cited by 2 items");
        let mut without = text(["C", "C"], "");
        without.evidence.clear();
        assert_eq!(told(text(["C", "C"], ""), without.clone()), "2 items deleted");
        assert_eq!(told(without, text(["C", "C"], "")), "2 items added");
    }
}
