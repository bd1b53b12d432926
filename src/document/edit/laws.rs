//! Tests: the laws of editing, over generated scenarios in unusual layouts.
//!
//! An edited file reads as the changed scenario, and undo restores every byte.

use proptest::prelude::*;

use crate::change::{self, Change, make};
use crate::document::testing::{self, Dice};
use crate::document::{Reading, read};
use crate::scenario::*;

fn scenario_of(text: &str) -> Scenario {
    let Reading { scenario, diagnostics, .. } = read(text.to_owned().into_bytes());
    scenario.unwrap_or_else(|| panic!("{diagnostics:#?}\nin\n{text}"))
}

/// Returns a random change of a scenario; empty if it is impossible.
pub(in crate::document) fn intention(dice: &mut Dice, s: &Scenario) -> Vec<Change> {
    fn pick<'s, T: Item>(dice: &mut Dice, s: &'s Scenario) -> Option<&'s T> {
        let list = T::list(s);
        (!list.is_empty()).then(|| &list[dice.below(list.len())])
    }
    fn on_item<T: change::Listed>(dice: &mut Dice, s: &Scenario) -> Vec<Change> {
        let Some(item) = pick::<T>(dice, s) else { return Vec::new() };
        let id = item.id().clone();
        match dice.below(6) {
            0 => make::shift::<T>(s, &id, dice.below(6)).unwrap().into_iter().collect(),
            1 => {
                let to = T::parse_id(&format!("renamed-{}", dice.below(1000))).unwrap();
                make::rename::<T>(s, &id, &to).ok().flatten().into_iter().collect()
            }
            2 => make::remove::<T>(s, &id).into_iter().collect(),
            _ => {
                let field = T::FIELDS[dice.below(T::FIELDS.len())];
                let value = dice.draw(generate::field_value(T::spec(field)));
                make::set_field::<T>(s, &id, field, value).unwrap_or_default()
            }
        }
    }
    fn add<T: change::Listed>(dice: &mut Dice, s: &Scenario, cells: Vec<(T::Across, Cell)>) -> Vec<Change> {
        let id = format!("new-{}", dice.below(1000));
        let item = dice.draw(generate::item::<T>(&id));
        make::add(s, &item, cells, dice.below(6)).into_iter().collect()
    }
    fn row_of(dice: &mut Dice, s: &Scenario, kind: ItemKind) -> Vec<(HypothesisId, Cell)> {
        let ids = s.hypotheses.iter().filter(|_| dice.below(3) > 0).map(|h| h.id.clone()).collect::<Vec<_>>();
        let cell = |id| (id, dice.draw(generate::cell_of(kind)));
        ids.into_iter().map(cell).filter(|(_, c)| !c.is_empty()).collect()
    }
    match dice.below(18) {
        0..=4 => {
            let evidence = pick::<Evidence>(dice, s).map(|item| RowId::from(&item.id));
            let indicator = pick::<Indicator>(dice, s).map(|item| RowId::from(&item.id));
            let row = if dice.below(3) == 0 { indicator } else { evidence };
            let (Some(row), Some(h)) = (row, pick::<Hypothesis>(dice, s)) else {
                return Vec::new();
            };
            match dice.below(5) {
                0 | 1 => {
                    let rating = (dice.below(7) > 0).then(|| Rating::ALL[dice.below(6)]);
                    make::set_rating(s, &row, &h.id, rating).unwrap().into_iter().collect()
                }
                2 => {
                    let level = (dice.below(3) > 0).then(|| Level::ALL[dice.below(3)]);
                    make::set_confidence(s, &row, &h.id, level).unwrap().into_iter().collect()
                }
                3 => {
                    let note = (dice.below(3) > 0).then(|| dice.draw(generate::text()));
                    make::set_note(s, &row, &h.id, note.as_deref()).unwrap().into_iter().collect()
                }
                _ => make::blank(s, &row, &h.id).unwrap(),
            }
        }
        14 => on_item::<Estimate>(dice, s),
        15 | 16 => {
            let (Some(e), Some(h)) = (pick::<Estimate>(dice, s), pick::<Hypothesis>(dice, s)) else {
                return Vec::new();
            };
            let probability = dice.draw(generate::stated()).probability();
            make::judge(s, &e.id, &h.id, Judgement { probability, ..Judgement::default() }).unwrap()
        }
        17 => {
            let cells = row_of(dice, s, ItemKind::Estimate);
            add::<Estimate>(dice, s, cells)
        }
        5 => on_item::<Hypothesis>(dice, s),
        6 => on_item::<Source>(dice, s),
        7 | 8 => on_item::<Evidence>(dice, s),
        9 => on_item::<Indicator>(dice, s),
        10 => {
            let field = ScenarioField::ALL[dice.below(ScenarioField::ALL.len())];
            let value = dice.draw(generate::field_value(field.spec()));
            make::set_own(s, field, value).ok().flatten().into_iter().collect()
        }
        11 => {
            let rows: Vec<_> = s.rows().map(|(id, _)| id).filter(|_| dice.below(2) == 0).collect();
            let cell = |id: RowId| {
                let cell = dice.draw(generate::cell_of(id.kind()));
                (id, cell)
            };
            let cells = rows.into_iter().map(cell).filter(|(_, c)| !c.is_empty()).collect();
            add::<Hypothesis>(dice, s, cells)
        }
        12 => {
            let cells = row_of(dice, s, ItemKind::Evidence);
            add::<Evidence>(dice, s, cells)
        }
        _ if dice.below(2) == 0 => add::<Source>(dice, s, Vec::new()),
        _ => {
            let cells = row_of(dice, s, ItemKind::Indicator);
            add::<Indicator>(dice, s, cells)
        }
    }
}

fn edits_hold(seed: u64) {
    let mut dice = Dice::new(seed);
    let scenario = dice.draw(generate::scenario());
    let mut text = testing::layout(&mut dice, &scenario);
    let mut expected = scenario_of(&text);
    assert_eq!(expected, scenario, "the layout tells the scenario\n{text}");
    for _ in 0..6 {
        for change in intention(&mut dice, &expected) {
            change::apply(&mut expected, &change).unwrap_or_else(|r| panic!("{r:?}: {change:#?}"));
            let (edited, undo) = super::write_change(&text, &change);
            assert_eq!(scenario_of(&edited), expected, "{change:#?}\nin\n{text}\ngives\n{edited}");
            let restored = undo.iter().rev().fold(edited.clone(), |t, splices| splices.apply(&t).0);
            assert_eq!(restored, text, "{change:#?}");
            text = edited;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edited_file_reads_as_the_changed_scenario_and_undo_restores_every_byte(seed: u64) {
        edits_hold(seed);
    }
}

/// Changes many cells at once, as a merge or a consensus does.
fn cells_hold(seed: u64) {
    let mut dice = Dice::new(seed);
    let scenario = dice.draw(generate::scenario());
    let text = testing::layout(&mut dice, &scenario);
    let (mut expected, mut changes) = (scenario.clone(), Vec::new());
    for evidence in &scenario.evidence {
        for hypothesis in &scenario.hypotheses {
            let rating = (dice.below(7) > 0).then(|| Rating::ALL[dice.below(6)]);
            let level = (dice.below(3) > 0).then(|| Level::ALL[dice.below(3)]);
            let (e, h) = (&evidence.id, &hypothesis.id);
            let change = match dice.below(4) {
                0 | 1 => make::set_rating(&expected, e, h, rating),
                2 => make::set_confidence(&expected, e, h, level),
                _ => continue,
            };
            let Some(change) = change.unwrap() else { continue };
            change::apply(&mut expected, &change).unwrap();
            changes.push(change);
        }
    }
    let (edited, undo) = super::write_changes(&text, &changes);
    assert_eq!(scenario_of(&edited), expected, "{changes:#?}\nin\n{text}\ngives\n{edited}");
    let restored = undo.iter().rev().fold(edited, |t, splices| splices.apply(&t).0);
    assert_eq!(restored, text, "{changes:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn many_cells_change_in_one_go_as_they_would_one_by_one(seed: u64) {
        cells_hold(seed);
    }
}

#[test]
fn the_generated_edits_are_many_and_of_every_kind() {
    let mut kinds = std::collections::BTreeMap::<&str, usize>::new();
    for seed in 0..2_000 {
        let mut dice = Dice::new(seed);
        let scenario = dice.draw(generate::scenario());
        for change in intention(&mut dice, &scenario) {
            *kinds.entry(change.kind()).or_default() += 1;
        }
    }
    assert!(kinds.len() >= 20, "{kinds:?}");
}

/// Steps back and forth through a history. The text always reads as the scenario, and the tree that was
/// edited in place has the same spans as one that is read anew.
fn history_holds(seed: u64) {
    use crate::document::History;

    let mut dice = Dice::new(seed);
    let scenario = dice.draw(generate::scenario());
    let text = testing::layout(&mut dice, &scenario);
    let reading = read(text.clone().into_bytes());
    let mut history = History::new(reading.document, reading.scenario.unwrap());
    for _ in 0..12 {
        match dice.below(5) {
            0 => drop(history.undo().map(<[_]>::len)),
            1 => drop(history.redo().map(<[_]>::len)),
            _ => {
                let changes = intention(&mut dice, history.scenario());
                history.apply(&changes).unwrap();
            }
        }
        let fresh = read(history.document().text().to_owned().into_bytes());
        assert_eq!(fresh.scenario.as_ref(), Some(history.scenario()), "{}", history.document().text());
        let s = history.scenario();
        for evidence in 0..s.evidence.len() {
            let cells = (0..s.hypotheses.len()).map(|hypothesis| Subject::Cell {
                kind: ItemKind::Evidence,
                item: evidence,
                hypothesis,
            });
            for subject in cells.chain([Subject::Item(ItemKind::Evidence, evidence)]) {
                let place = history.document().places().span(&subject);
                assert_eq!(
                    place,
                    fresh.document.places().span(&subject),
                    "{subject:?}\n{}",
                    history.document().text()
                );
            }
        }
        for field in ["title", "ach", "conflict"] {
            let subject = Subject::ScenarioField(field);
            assert_eq!(history.document().places().span(&subject), fresh.document.places().span(&subject));
        }
    }
    while history.undo().is_some() {}
    assert_eq!(history.document().text(), text);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_history_is_always_what_its_text_says(seed: u64) {
        history_holds(seed);
    }
}
