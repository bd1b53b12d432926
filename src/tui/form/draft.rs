//! Drafts: the typed contents of a form as a text for the journal, and a form restored from it.
//!
//! People may have to read a draft whose form cannot be opened any more.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Form, FormField, FormSubject};
use crate::scenario::{EvidenceId, HypothesisId, ItemKind, Scenario, ScenarioField, Source, SourceId};

/// The typed contents of a form.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FormDraft {
    form: DraftSubject,
    /// The field under the cursor.
    at: String,
    /// The fields that were changed, with their texts.
    typed: BTreeMap<String, String>,
    /// The names of the sources that are to be declared, by their ids.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    sources: BTreeMap<String, String>,
}

/// The subject of the form.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum DraftSubject {
    Scenario,
    New(String),
    Item(String, String),
    Cell(String, String),
}

impl Form {
    /// Returns the draft; `None` if nothing was typed.
    pub(crate) fn draft(&self) -> Option<String> {
        let changed = self.fields.iter().filter(|field| field.is_changed() && !field.is_suggested);
        let typed: BTreeMap<String, String> =
            changed.map(|field| (field.name(), field.text().into_owned())).collect();
        if typed.is_empty() {
            return None;
        }
        let form = match &self.subject {
            FormSubject::Whole => DraftSubject::Scenario,
            // It is still where it was copied from.
            FormSubject::Block => return None,
            FormSubject::New(kind) => DraftSubject::New(kind.as_str().to_owned()),
            FormSubject::Item(kind, id) => DraftSubject::Item(kind.as_str().to_owned(), id.clone()),
            FormSubject::Cell(evidence, hypothesis) => {
                DraftSubject::Cell(evidence.to_string(), hypothesis.to_string())
            }
        };
        let at = self.fields.get(self.at).map(FormField::name).unwrap_or_default();
        let named = |source: &Source| (source.id.to_string(), source.name.clone());
        let sources = self.sources.iter().map(named).collect();
        serde_json::to_string_pretty(&FormDraft { form, at, typed, sources }).ok()
    }

    /// Restores a form from its draft; `None` if its subject does not exist any more.
    pub(crate) fn resume(scenario: &Scenario, draft: &str) -> Option<Self> {
        let FormDraft { form, at, typed, sources } = serde_json::from_str(draft).ok()?;
        let mut form = match form {
            DraftSubject::Scenario => {
                Self::of_whole(scenario, ScenarioField::parse(&at).unwrap_or(ScenarioField::Title))
            }
            DraftSubject::New(kind) => Self::of_new(scenario, ItemKind::parse(&kind)?),
            DraftSubject::Item(kind, id) => Self::of_item(scenario, ItemKind::parse(&kind)?, &id)?,
            DraftSubject::Cell(evidence, hypothesis) => cell(scenario, &evidence, &hypothesis)?,
        };
        let source = |(id, name): (&String, &String)| Some(Source::new(SourceId::parse(id)?, name.as_str()));
        form.sources = sources.iter().filter_map(source).collect();
        for (key, text) in &typed {
            let field = form.fields.iter_mut().find(|field| field.name() == *key)?;
            field.set(text);
            field.is_suggested = false;
        }
        form.at = form.fields.iter().position(|field| field.name() == at)?;
        form.suggest(scenario);
        Some(form)
    }
}

fn cell(scenario: &Scenario, evidence: &str, hypothesis: &str) -> Option<Form> {
    let (evidence, hypothesis) = (EvidenceId::parse(evidence)?, HypothesisId::parse(hypothesis)?);
    let at = scenario.hypotheses.iter().position(|h| h.id == hypothesis)?;
    let item = scenario.evidence.iter().find(|item| item.id == evidence)?;
    Some(Form::of_cell(evidence, hypothesis, item.ratings.get(at)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Evidence, Hypothesis};

    fn scenario() -> Scenario {
        let mut scenario = Scenario::new("t");
        scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse("h").unwrap(), "H"));
        scenario.evidence.push(Evidence::new(EvidenceId::parse("e").unwrap(), "E"));
        scenario
    }

    fn forms(scenario: &Scenario) -> [Form; 6] {
        let (e, h) = (EvidenceId::parse("e").unwrap(), HypothesisId::parse("h").unwrap());
        [
            Form::of_new(scenario, ItemKind::Evidence),
            Form::of_whole(scenario, ScenarioField::Conclusion),
            Form::of_new(scenario, ItemKind::Estimate),
            Form::of_new(scenario, ItemKind::Indicator),
            Form::of_item(scenario, ItemKind::Evidence, "e").unwrap(),
            Form::of_cell(e, h, None),
        ]
    }

    #[test]
    fn a_form_is_as_it_was_typed() {
        let scenario = scenario();
        for mut form in forms(&scenario) {
            assert_eq!(form.draft(), None, "nothing was typed");
            let last = form.fields.len() - 1;
            form.fields[last].set("two\nlines, \"quoted\"");
            form.fields[0].set("C");
            form.at = last;
            form.suggest(&scenario);
            let draft = form.draft().unwrap();
            let resumed = Form::resume(&scenario, &draft).unwrap();
            let texts = |form: &Form| -> Vec<String> {
                form.fields.iter().map(|field| field.text().into_owned()).collect()
            };
            assert_eq!((texts(&resumed), resumed.at, &resumed.subject), (texts(&form), last, &form.subject));
            assert_eq!(resumed.draft(), Some(draft));
        }
    }

    #[test]
    fn what_is_not_there_any_more_cannot_be_filled_in() {
        let before = scenario();
        for mut form in forms(&before).into_iter().skip(4) {
            form.fields[0].set("C");
            assert_eq!(Form::resume(&Scenario::new("t"), &form.draft().unwrap()), None);
        }
        assert_eq!(Form::resume(&before, "no draft"), None);
    }
}
