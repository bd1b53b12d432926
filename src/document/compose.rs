//! A whole scenario as the text of a new file.

use super::write;
use crate::scenario::{Evidence, FORMAT_VERSION, Fielded, Hypothesis, Item, ItemKind, Scenario};

/// The text of a file that reads as this scenario, in the layout of the format's example.
#[must_use]
pub fn composed(scenario: &Scenario) -> String {
    let mut text = format!("ach = {FORMAT_VERSION}\n");
    let mut scoring = Vec::new();
    for field in Scenario::FIELDS {
        let Some(value) = scenario.field(*field) else { continue };
        let literal = write::value(&value);
        match Scenario::key(*field).split_once('.') {
            Some((_, key)) => scoring.push((key.to_owned(), literal)),
            None => text.push_str(&write::lines(&[(Scenario::key(*field).to_owned(), literal)], "\n")),
        }
    }
    if let Some(conflict) = &scenario.conflict {
        text.push_str(&write::lines(&[("conflict".to_owned(), write::conflict(conflict))], "\n"));
    }
    if !scoring.is_empty() {
        text.push_str("\n[scoring]\n");
        text.push_str(&write::lines(&scoring, "\n"));
    }
    list(&mut text, &scenario.hypotheses, |_, _| {});
    list(&mut text, &scenario.sources, |_, _| {});
    list(&mut text, &scenario.evidence, |text, item| row(text, item, &scenario.hypotheses));
    list(&mut text, &scenario.indicators, |_, _| {});
    text
}

fn list<T: Item>(text: &mut String, items: &[T], rest: impl Fn(&mut String, &T)) {
    for item in items {
        text.push_str(&format!("\n[[{}]]\n", T::KIND.as_str()));
        text.push_str(&write::lines(&write::item_entries(item), "\n"));
        rest(text, item);
    }
}

fn row(text: &mut String, item: &Evidence, hypotheses: &[Hypothesis]) {
    let cells: Vec<(String, String)> = item
        .ratings
        .iter()
        .filter_map(|(at, cell)| Some((hypotheses.get(at)?.id.to_string(), write::cell(cell))))
        .collect();
    if !cells.is_empty() {
        text.push_str(&format!("\n[{}.ratings]\n", ItemKind::Evidence.as_str()));
        text.push_str(&write::lines(&cells, "\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;
    use crate::document::testing::{Dice, scenario};

    #[test]
    fn a_composed_file_reads_as_its_scenario() {
        for seed in 0..200 {
            let wanted = scenario(&mut Dice::new(seed));
            let text = composed(&wanted);
            let reading = read(text.clone().into_bytes());
            assert_eq!(reading.scenario.as_ref(), Some(&wanted), "{text}\n{:?}", reading.diagnostics);
            assert_eq!(reading.document.formatted(), text);
        }
    }
}
