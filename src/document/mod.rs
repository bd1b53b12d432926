//! Stand-in for the document: its signatures, and a reader by way of the `toml` crate.

mod lines;
pub(crate) mod syntax;

use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::scenario::*;
pub use lines::Lines;

#[derive(Debug)]
pub struct Document {
    text: String,
}

#[derive(Debug)]
pub struct Reading {
    pub document: Document,
    pub scenario: Option<Scenario>,
    pub diagnostics: Vec<Diagnostic>,
}

pub fn read(bytes: Vec<u8>) -> Reading {
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (scenario, diagnostics) = match text.parse::<toml::Table>() {
        Err(e) => (None, vec![Diagnostic::new(Code::SYNTAX, Place::Span(e.span().unwrap_or(0..0)), e.message())]),
        Ok(t) if !t.contains_key("ach") => {
            (None, vec![Diagnostic::new(Code::NOT_A_SCENARIO, Place::Span(0..0), "no key `ach`").help("write it")])
        }
        Ok(t) => (Some(scenario(&t)), vec![]),
    };
    Reading { document: Document { text }, scenario, diagnostics }
}

fn value(v: &toml::Value) -> Option<Value> {
    Some(match v {
        toml::Value::String(s) => Value::Text(s.clone()),
        toml::Value::Float(f) => Value::Number(*f),
        toml::Value::Integer(f) => Value::Number(*f as f64),
        toml::Value::Datetime(d) => Value::Date(Date::parse(&d.to_string())?),
        toml::Value::Array(a) => Value::List(a.iter().filter_map(|v| v.as_str().map(Into::into)).collect()),
        _ => return None,
    })
}

fn scenario(t: &toml::Table) -> Scenario {
    let mut s = Scenario::default();
    for f in ScenarioField::ALL {
        let v = match f.as_str().split_once('.') {
            Some((a, b)) => t.get(a).and_then(|t| t.get(b)),
            None => t.get(f.as_str()),
        };
        let v = v.and_then(value);
        if v.is_some() {
            let _ = s.set(*f, v);
        }
    }
    let list = |k: &str| t.get(k).and_then(|v| v.as_array()).cloned().unwrap_or_default();
    for h in list("hypothesis") {
        let mut x = Hypothesis::new(HypothesisId::parse(h["id"].as_str().unwrap()).unwrap(), "");
        for f in HypothesisField::ALL {
            let v = h.get(f.as_str()).and_then(value);
            if v.is_some() {
                let _ = x.set(*f, v);
            }
        }
        s.hypotheses.push(x);
    }
    for h in list("evidence") {
        let mut x = Evidence::new(EvidenceId::parse(h["id"].as_str().unwrap()).unwrap(), "");
        for f in EvidenceField::ALL {
            let v = h.get(f.as_str()).and_then(value);
            if v.is_some() {
                let _ = x.set(*f, v);
            }
        }
        let mut cells = vec![];
        for (k, v) in h.get("ratings").and_then(|v| v.as_table()).into_iter().flatten() {
            let r = v.as_str().or_else(|| v.get("rating").and_then(|v| v.as_str())).and_then(Rating::parse);
            let at = s.hypotheses.iter().position(|h| h.id.as_str() == k).unwrap();
            if let Some(r) = r {
                cells.push((at, Cell::rated(r)));
            }
        }
        x.ratings = Row::from_cells(cells);
        s.evidence.push(x);
    }
    s
}

impl Document {
    pub fn text(&self) -> &str {
        &self.text
    }
    pub fn span(&self, _subject: &Subject) -> Option<Span> {
        None
    }
    pub fn entry_span(&self, _subject: &Subject, _entry: usize) -> Option<Span> {
        None
    }
}

pub fn schema() -> serde_json::Value {
    serde_json::json!({})
}
