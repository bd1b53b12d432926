//! STIX 2.1: the hypotheses as disputed attributions, the ratings as opinions on them, the items as notes.
//!
//! An object's identifier is made of a base, which is the title unless another is given, and of the ids of the scenario:
//! a second export updates the objects of the first. Times come from the scenario, never from a clock.

mod bundle;
mod evidence;

use serde_json::{Value, json};

use super::{ExportCase, ExportError, ExportFormat, Part};
use crate::present::{RankingReport, RecordField, Report, words};
use crate::report::write_json;
use crate::scenario::{Date, Hypothesis, Indicator, keyword};
use bundle::{Bundle, Reference};

keyword! {
    /// The objects that hypotheses become, by the name of their type.
    #[derive(Default)]
    pub enum HypothesesAs {
        /// Actors, to whom a campaign is attributed.
        #[default]
        ThreatActor = "threat-actor",
        /// Sets of intrusions, to which a campaign is attributed.
        IntrusionSet = "intrusion-set",
        /// Campaigns, to which another one is related.
        Campaign = "campaign",
        /// Groupings, where the question is not who did something.
        None = "none",
    }
}

/// A bundle of objects.
pub(super) const STIX: ExportFormat = ExportFormat {
    name: "stix",
    ending: "stix.json",
    is_text: true,
    lacks: |_| {
        &[
            Part::NotApplicable,
            Part::Scoring,
            Part::Prior,
            Part::Family,
            Part::ItemField,
            Part::SourceField,
            Part::IndicatorRating,
            Part::Outcome,
            Part::Estimate,
            Part::Conflict,
            Part::Meta,
            Part::Comment,
        ]
    },
    write: |case, out| Ok(write_json(&bundle(case, created(case)?), out)?),
};

/// Returns the time that all objects were made: the start of the day of the analysis, else of the newest item.
fn created(case: &ExportCase<'_>) -> Result<String, ExportError> {
    let scenario = case.scenario;
    let newest = scenario.evidence.iter().filter_map(|item| item.date).map(Date::last_day).max();
    let day = case.options.created.or(scenario.as_of).or(newest);
    let day = day.ok_or_else(|| ExportError::Refused {
        message: "STIX objects need a date, and neither the scenario nor an item has one".to_owned(),
        help: "name one with --created, or set as_of in the scenario".to_owned(),
    })?;
    Ok(format!("{day}T00:00:00.000Z"))
}

fn bundle(case: &ExportCase<'_>, created: String) -> Value {
    let scenario = case.scenario;
    let base = case.options.id_base.unwrap_or(&scenario.title);
    let mut bundle = Bundle::new(base, created.clone());
    if let Some(authors) = scenario.authors.as_ref().filter(|authors| !authors.is_empty()) {
        let class = if authors.len() == 1 { "individual" } else { "group" };
        bundle.authored([("name", json!(authors.join("; "))), ("identity_class", json!(class))]);
    }
    if let Some(marking) = &scenario.marking {
        bundle.mark(marking);
    }
    let question = question(case, &mut bundle);
    let claims: Vec<Reference> = scenario
        .hypotheses
        .iter()
        .map(|hypothesis| claim(case, hypothesis, &question, &mut bundle))
        .collect();
    for item in &scenario.evidence {
        evidence::add(case, item, &claims, &question, &mut bundle);
    }
    for indicator in &scenario.indicators {
        add_indicator(case, indicator, &claims, &question, &mut bundle);
    }
    if let Some(ranking) = case.ranking {
        bundle.add(
            "note",
            "ranking",
            [
                ("abstract", json!("Ranking")),
                ("content", json!(told(ranking))),
                ("labels", json!(["ranking"])),
                ("object_refs", json!([question])),
            ],
        );
    }
    let described = scenario.conclusion.as_deref().or(scenario.question.as_deref());
    let references = bundle.references();
    bundle.add(
        "report",
        "report",
        [
            ("name", json!(scenario.title)),
            ("description", json!(described)),
            ("published", json!(created)),
            ("object_refs", json!(references)),
        ],
    );
    bundle.finish()
}

/// Adds the object that asks the question.
fn question(case: &ExportCase<'_>, bundle: &mut Bundle) -> Reference {
    let (title, question) = (&case.scenario.title, case.scenario.question.as_deref());
    match case.options.hypotheses_as {
        HypothesesAs::None => {
            let report = bundle.reference("report", "report");
            bundle.add(
                "note",
                "question",
                [
                    ("abstract", json!(title)),
                    ("content", json!(question.unwrap_or(title))),
                    ("labels", json!(["question"])),
                    ("object_refs", json!([report])),
                ],
            )
        }
        HypothesesAs::ThreatActor | HypothesesAs::IntrusionSet | HypothesesAs::Campaign => {
            bundle.add("campaign", "question", [("name", json!(title)), ("description", json!(question))])
        }
    }
}

/// Adds a hypothesis, and returns the object that opinions on it are about.
fn claim(
    case: &ExportCase<'_>,
    hypothesis: &Hypothesis,
    question: &Reference,
    bundle: &mut Bundle,
) -> Reference {
    let aliases = hypothesis.short.as_ref().map(|short| json!([short]));
    let described = [&hypothesis.description, &hypothesis.note].into_iter().flatten();
    let described: Vec<&str> = described.map(String::as_str).collect();
    let described = (!described.is_empty()).then(|| described.join("\n\n"));
    let key = format!("hypothesis {}", hypothesis.id);
    let revoked = (!hypothesis.is_active()).then_some(true);
    let kind = case.options.hypotheses_as;
    if kind == HypothesesAs::None {
        return bundle.add(
            "grouping",
            &key,
            [
                ("name", json!(hypothesis.name)),
                ("description", json!(described)),
                ("context", json!("unspecified")),
                ("revoked", json!(revoked)),
                ("object_refs", json!([question])),
            ],
        );
    }
    let actor = bundle.add(
        kind.as_str(),
        &key,
        [("name", json!(hypothesis.name)), ("aliases", json!(aliases)), ("description", json!(described))],
    );
    let relation = if kind == HypothesesAs::Campaign { "related-to" } else { "attributed-to" };
    bundle.add(
        "relationship",
        &key,
        [
            ("relationship_type", json!(relation)),
            ("source_ref", json!(question)),
            ("target_ref", json!(actor)),
            ("revoked", json!(revoked)),
        ],
    )
}

fn add_indicator(
    case: &ExportCase<'_>,
    indicator: &Indicator,
    claims: &[Reference],
    question: &Reference,
    bundle: &mut Bundle,
) {
    let about = indicator.hypothesis.as_ref().and_then(|id| {
        let at =
            case.scenario.hypotheses.iter().position(|hypothesis| hypothesis.id.as_str() == id.as_str())?;
        claims.get(at)
    });
    let mut content = vec![indicator.text.clone()];
    content.extend(indicator.due.map(|due| format!("Due {due}.")));
    content.extend(indicator.note.clone());
    bundle.add(
        "note",
        &format!("indicator {}", indicator.id),
        [
            ("abstract", json!(indicator.id)),
            ("content", json!(content.join("\n\n"))),
            ("labels", json!(["indicator", indicator.status().as_str()])),
            ("object_refs", json!([about.unwrap_or(question)])),
        ],
    );
}

/// Returns the conclusion in words, and the scores of every hypothesis.
fn told(ranking: &RankingReport<'_>) -> String {
    let sentences = ranking.remarks();
    let mut told: Vec<String> = sentences
        .iter()
        .filter(|sentence| !sentence.is_empty())
        .map(|sentence| sentence.iter().map(|phrase| phrase.text.as_ref()).collect())
        .collect();
    let records = ranking.records();
    told.extend(records.rows.iter().map(|fields| {
        let figures = records.columns.iter().zip(&fields).skip(1).filter_map(|(column, field)| {
            let text = match field {
                RecordField::Empty => return None,
                RecordField::Text(text) => text.to_string(),
                RecordField::Count(count) => count.to_string(),
                RecordField::Number(figure) => words::decimal(*figure),
                RecordField::Probability(figure) => words::percent(*figure),
            };
            Some(format!("{} {text}", column.replace('_', " ")))
        });
        let id = match fields.first() {
            Some(RecordField::Text(id)) => id.to_string(),
            _ => String::new(),
        };
        format!("{id}: {}", figures.collect::<Vec<_>>().join(", "))
    }));
    told.join("\n")
}
