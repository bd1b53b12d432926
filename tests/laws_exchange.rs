//! The laws of exchange, over generated scenarios: what a format holds comes back as it was, and what it does not hold is
//! what it says that it leaves out, nothing more and nothing less.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that fails may panic")]

#[path = "../src/scenario/generate.rs"]
mod generate;

use ach_matrix::document::{composed, read};
use ach_matrix::export::{EXPORT_FORMATS, ExportCase, ExportFormat, ExportOptions, Part, left_out};
use ach_matrix::import::{ImportOptions, import};
use ach_matrix::scenario::{
    self, Cell, Contested, Fielded, HypothesisField, Item, Row, Scenario, ScenarioField, Value,
};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

fn config() -> ProptestConfig {
    let failure_persistence: Option<Box<dyn proptest::test_runner::FailurePersistence>> =
        Some(Box::new(FileFailurePersistence::Off));
    ProptestConfig { cases: 150, failure_persistence, ..ProptestConfig::default() }
}

/// Writes a scenario in a format. Returns the scenario as its file has it, the output, and the parts that are left out.
fn exported(
    scenario: &Scenario,
    format: &ExportFormat,
    options: ExportOptions<'_>,
) -> Option<(Scenario, Vec<u8>, Option<String>)> {
    let reading = read(composed(scenario).into_bytes());
    let scenario = reading.scenario?;
    let positions: Vec<usize> = (0..scenario.evidence.len()).collect();
    let case = ExportCase {
        document: &reading.document,
        scenario: &scenario,
        positions: &positions,
        counts: &vec![true; positions.len()],
        extent: None,
        ranking: None,
        options,
    };
    let mut out = Vec::new();
    (format.write)(&case, &mut out).ok()?;
    let told = left_out(format, &case);
    Some((scenario, out, told))
}

fn format(name: &str) -> &'static ExportFormat {
    EXPORT_FORMATS.iter().find(|format| format.name == name).unwrap()
}

/// Sets fields to nothing, or to an empty text where they must be there.
fn clear<T: Fielded>(owner: &mut T, is_meant: impl Fn(T::Field) -> bool) {
    for field in T::FIELDS.iter().filter(|field| is_meant(**field)) {
        if owner.set_field(*field, None).is_err() {
            owner.set_field(*field, Some(Value::Text(String::new()))).unwrap();
        }
    }
}

/// Changes every cell of the items.
fn each_cell(scenario: &mut Scenario, change: impl Fn(&mut Cell)) {
    for item in &mut scenario.evidence {
        let cells = item.ratings.iter().map(|(at, cell)| {
            let mut cell = cell.clone();
            change(&mut cell);
            (at, cell)
        });
        item.ratings = Row::from_cells(cells.collect::<Vec<_>>());
    }
}

/// Takes the conflicts out of all items of a kind.
fn settle<T: Item + Contested>(scenario: &mut Scenario) {
    T::list_mut(scenario).iter_mut().for_each(|item| item.set_conflict(None));
}

/// Takes a part out of a scenario.
fn strip(scenario: &mut Scenario, part: Part) {
    let is_of = |field: ScenarioField, part: &str| field.as_str().starts_with(part);
    match part {
        Part::CellNote => each_cell(scenario, |cell| cell.set_note(None)),
        Part::Confidence => each_cell(scenario, |cell| cell.confidence = None),
        Part::ScenarioField => {
            clear(scenario, |field| !is_of(field, "scoring.") && !is_of(field, "outcome."));
        }
        Part::Scoring => clear(scenario, |field| is_of(field, "scoring.")),
        Part::Outcome => clear(scenario, |field| is_of(field, "outcome.")),
        Part::HypothesisField => {
            scenario.hypotheses.iter_mut().for_each(|h| clear(h, |field| field != HypothesisField::Name));
        }
        Part::Source => scenario.sources.clear(),
        Part::Indicator => scenario.indicators.clear(),
        Part::IndicatorRating => scenario.indicators.iter_mut().for_each(|i| i.ratings = Row::default()),
        Part::Estimate => scenario.estimates.clear(),
        Part::Conflict => {
            scenario.conflict = None;
            each_cell(scenario, |cell| cell.set_conflict(None));
            settle::<scenario::Hypothesis>(scenario);
            settle::<scenario::Source>(scenario);
            settle::<scenario::Evidence>(scenario);
            settle::<scenario::Indicator>(scenario);
            settle::<scenario::Estimate>(scenario);
        }
        // No generated scenario has them, or a format of one way has them alone.
        Part::Semicolon | Part::Meta | Part::Comment => {}
        Part::NotApplicable | Part::Prior | Part::Family | Part::ItemField | Part::SourceField => {
            panic!("{part:?} is lacking in a format that comes back")
        }
    }
}

/// A text as a sheet shows it: without blanks around it, and with what cannot be seen as an escape.
fn shown(text: &str) -> String {
    text.trim().replace('\u{202e}', "\\u202e").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fields as sheets have them: an empty text is none, a single text where a list may stand is a list.
fn plain_fields<T: Fielded>(owner: &mut T) {
    for field in T::FIELDS {
        let value = match owner.field(*field) {
            Some(Value::Text(text)) if T::shape(*field).is_list() => Some(Value::List(vec![shown(&text)])),
            Some(Value::Text(text)) => Some(Value::Text(shown(&text))),
            Some(Value::List(list)) => Some(Value::List(list.iter().map(|text| shown(text)).collect())),
            other => other,
        };
        let value = match value {
            Some(Value::List(list)) => {
                let list: Vec<String> = list.into_iter().filter(|text| !text.is_empty()).collect();
                Some(Value::List(list)).filter(|value| *value != Value::List(Vec::new()))
            }
            Some(Value::Text(text)) if text.is_empty() => None,
            other => other,
        };
        if owner.set_field(*field, value).is_err() {
            owner.set_field(*field, Some(Value::Text(String::new()))).unwrap();
        }
    }
}

/// A scenario as sheets have it.
fn plain(mut scenario: Scenario) -> Scenario {
    plain_fields(&mut scenario);
    scenario.hypotheses.iter_mut().for_each(plain_fields);
    scenario.sources.iter_mut().for_each(plain_fields);
    scenario.evidence.iter_mut().for_each(plain_fields);
    scenario.indicators.iter_mut().for_each(plain_fields);
    each_cell(&mut scenario, |cell| {
        let note = cell.note().map(shown).filter(|note| !note.is_empty());
        cell.set_note(note);
    });
    scenario
}

/// A format with these options holds all but what it lacks, and says so.
fn holds_all_but_what_it_lacks(scenario: &Scenario, name: &str, options: ExportOptions<'_>) {
    let format = format(name);
    let Some((whole, out, told)) = exported(scenario, format, options) else { return };
    let mut left = whole.clone();
    (format.lacks)(options).iter().for_each(|part| strip(&mut left, *part));
    assert!(told.is_some() || left == whole, "{name} leaves out what it does not tell");
    // Every scenario has a title, even an empty one.
    let has_title_only = left == whole && (format.lacks)(options).contains(&Part::ScenarioField);
    assert!(told.is_none() || left != whole || has_title_only, "{name}: {told:?}");
    if left.evidence.is_empty() || left.hypotheses.is_empty() {
        return;
    }
    let back = import(&out, &format!("case.{}", format.ending), &ImportOptions::default());
    let back = back.unwrap_or_else(|faults| panic!("{name}: {faults:#?}\n{}", String::from_utf8_lossy(&out)));
    assert_eq!(plain(back.scenario), plain(left), "{name}");
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn json_comes_back_as_it_was(scenario in generate::scenario()) {
        if let Some((whole, out, told)) = exported(&scenario, format("json"), ExportOptions::default()) {
            let back = import(&out, "case.json", &ImportOptions::default()).unwrap();
            prop_assert_eq!(back.scenario, whole);
            prop_assert_eq!(told, None);
        }
    }

    #[test]
    fn a_matrix_comes_back_by_csv_and_tsv(scenario in generate::scenario(), notes in any::<bool>()) {
        let options = ExportOptions { notes, ..ExportOptions::default() };
        holds_all_but_what_it_lacks(&scenario, "csv", options);
        holds_all_but_what_it_lacks(&scenario, "tsv", options);
    }

    #[test]
    fn a_workbook_holds_all_that_it_does_not_leave_out(scenario in generate::scenario()) {
        holds_all_but_what_it_lacks(&scenario, "xlsx", ExportOptions::default());
    }

    #[test]
    fn a_page_of_markdown_brings_back_its_matrix(scenario in generate::scenario()) {
        let Some((whole, out, _)) = exported(&scenario, format("markdown"), ExportOptions::default()) else {
            return Ok(());
        };
        if whole.evidence.is_empty() || whole.hypotheses.is_empty() {
            return Ok(());
        }
        let back = import(&out, "case.md", &ImportOptions::default()).unwrap().scenario;
        let mut matrix = whole;
        for part in [Part::Confidence, Part::ScenarioField, Part::Scoring, Part::Outcome, Part::HypothesisField, Part::Source, Part::Indicator, Part::Estimate, Part::Conflict] {
            strip(&mut matrix, part);
        }
        let back = plain(back);
        prop_assert_eq!(&back.hypotheses, &plain(matrix.clone()).hypotheses);
        prop_assert_eq!(&back.evidence, &plain(matrix).evidence);
    }
}
