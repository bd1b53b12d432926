//! The JSON document; the order of its keys is that of docs/json.md.

use serde::Serialize;
use serde::ser::Serializer;

use super::ExplainReport;
use crate::present::JSON_FORMAT;
use crate::present::json::{List, Number};
use crate::scenario::{HypothesisId, Method};

#[derive(Serialize)]
struct Document<'a, H> {
    format: u32,
    marking: Option<&'a str>,
    method: Method,
    leaders: Vec<&'a HypothesisId>,
    hypotheses: H,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a HypothesisId,
    score: Option<Number>,
    rank: Option<usize>,
    against: Vec<Contribution<'a>>,
    r#for: Vec<Contribution<'a>>,
    versus_leader: Vec<Difference<'a>>,
}

#[derive(Serialize)]
struct Contribution<'a> {
    evidence: &'a str,
    contribution: Number,
}

#[derive(Serialize)]
struct Difference<'a> {
    evidence: &'a str,
    difference: Number,
}

impl Serialize for ExplainReport<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let conclusion = self.conclusion();
        let contributions = |list: &[(usize, f64)]| {
            let entry = |(row, figure): &(usize, f64)| Contribution {
                evidence: conclusion.item_id(*row),
                contribution: Number(*figure),
            };
            list.iter().map(entry).collect()
        };
        let differences = |list: &[(usize, f64)]| {
            let entry = |(row, figure): &(usize, f64)| Difference {
                evidence: conclusion.item_id(*row),
                difference: Number(*figure),
            };
            list.iter().map(entry).collect()
        };
        let told = self.told();
        let hypotheses = || {
            let hypotheses = told.iter().filter_map(|at| Some((*at, self.scenario.hypotheses.get(*at)?)));
            hypotheses.map(|(at, hypothesis)| {
                let case = self.case(at);
                Entry {
                    id: &hypothesis.id,
                    score: self.score(at).map(Number),
                    rank: self.rank(at),
                    against: contributions(&case.against),
                    r#for: contributions(&case.in_favour),
                    versus_leader: differences(&case.versus_leader),
                }
            })
        };
        let leaders = self.ranking.leaders.iter().filter_map(|at| self.scenario.hypotheses.get(*at));
        Document {
            format: JSON_FORMAT,
            marking: self.scenario.marking.as_deref(),
            method: self.ranking.method,
            leaders: leaders.map(|hypothesis| &hypothesis.id).collect(),
            hypotheses: List(hypotheses),
        }
        .serialize(serializer)
    }
}
