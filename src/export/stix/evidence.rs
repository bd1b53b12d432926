//! An item of evidence as a note, and its ratings as opinions.

use serde_json::{Value, json};

use super::bundle::{Bundle, Reference, object};
use crate::export::ExportCase;
use crate::scenario::{Credibility, Evidence, Level, Rating};

/// Adds an item and its ratings. `claims` are the objects of the hypotheses, in order.
pub(super) fn add(
    case: &ExportCase<'_>,
    item: &Evidence,
    claims: &[Reference],
    question: &Reference,
    bundle: &mut Bundle,
) {
    let opinions = item.ratings.iter().filter_map(|(at, cell)| {
        let hypothesis = case.scenario.hypotheses.get(at)?;
        Some((hypothesis, claims.get(at)?, cell, opinion(cell.rating?)?))
    });
    let opinions: Vec<_> = opinions.collect();
    let about: Vec<&Reference> = opinions.iter().map(|(_, claim, _, _)| *claim).collect();
    let said = [Some(&item.text), item.quote.as_ref(), item.note.as_ref()].into_iter().flatten();
    let mut content: Vec<String> = said.cloned().collect();
    if item.is_withdrawn() {
        content.push("Withdrawn: it does not count.".to_owned());
    }
    let tags = item.tags.as_deref().unwrap_or_default();
    let labels: Vec<&str> =
        [item.kind().as_str()].into_iter().chain(tags.iter().map(String::as_str)).collect();
    bundle.add(
        "note",
        &format!("evidence {}", item.id),
        [
            ("abstract", json!(item.id)),
            ("content", json!(content.join("\n\n"))),
            ("labels", json!(labels)),
            ("confidence", json!(item.credibility.map(confidence_in))),
            ("external_references", external(case, item)),
            ("revoked", json!(item.is_withdrawn().then_some(true))),
            ("object_refs", if about.is_empty() { json!([question]) } else { json!(about) }),
        ],
    );
    for (hypothesis, claim, cell, opinion) in opinions {
        let explanation = [Some(item.text.as_str()), cell.note()].into_iter().flatten();
        let explanation: Vec<&str> = explanation.collect();
        bundle.add(
            "opinion",
            &format!("rating {} {}", item.id, hypothesis.id),
            [
                ("explanation", json!(explanation.join("\n\n"))),
                ("authors", json!(case.scenario.authors.as_ref().filter(|authors| !authors.is_empty()))),
                ("opinion", json!(opinion)),
                ("confidence", json!(cell.confidence.map(confidence))),
                ("revoked", json!(item.is_withdrawn().then_some(true))),
                ("object_refs", json!([claim])),
            ],
        );
    }
}

/// Returns the opinion that a rating is; none for what cannot bear on a hypothesis.
const fn opinion(rating: Rating) -> Option<&'static str> {
    match rating {
        Rating::VeryConsistent => Some("strongly-agree"),
        Rating::Consistent => Some("agree"),
        Rating::Neutral => Some("neutral"),
        Rating::Inconsistent => Some("disagree"),
        Rating::VeryInconsistent => Some("strongly-disagree"),
        Rating::NotApplicable => None,
    }
}

/// Returns a level on the scale of 0 to 100, as the specification's scale of low, medium and high has it.
const fn confidence(level: Level) -> u8 {
    match level {
        Level::Low => 15,
        Level::Medium => 50,
        Level::High => 85,
    }
}

/// Returns the credibility of an item on that scale, a grade by its digit as the specification's Admiralty scale has it;
/// none where it cannot be judged.
fn confidence_in(credibility: Credibility) -> Option<u8> {
    match credibility {
        Credibility::Level(level) => Some(confidence(level)),
        Credibility::Grade(grade) => match grade.to_string().as_bytes().last() {
            Some(b'1') => Some(90),
            Some(b'2') => Some(70),
            Some(b'3') => Some(50),
            Some(b'4') => Some(30),
            Some(b'5') => Some(10),
            _ => None,
        },
    }
}

/// Returns a reference for each source. A source's name alone is not valid, so that its id or itself stands beside it.
fn external(case: &ExportCase<'_>, item: &Evidence) -> Value {
    let link = item.url.as_deref().filter(|url| is_link(url));
    let references = item.sources().iter().enumerate().map(|(at, cited)| {
        let source = case.scenario.sources.iter().find(|source| source.id.as_str() == cited);
        let own = source.and_then(|source| source.url.as_deref()).filter(|url| is_link(url));
        json!(object([
            ("source_name", json!(source.map_or(cited, |source| &source.name))),
            ("description", json!(item.locator.as_ref().filter(|_| at == 0))),
            ("url", json!(link.filter(|_| at == 0).or(own))),
            ("external_id", json!(cited)),
        ]))
    });
    let mut references: Vec<Value> = references.collect();
    if let (true, Some(url)) = (references.is_empty(), link) {
        references.push(json!({ "source_name": url, "url": url }));
    }
    if references.is_empty() { Value::Null } else { json!(references) }
}

/// Whether a text is a link that needs no escapes.
fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.bytes().all(|byte| matches!(byte, b'!'..=b'~') && !b"\"<>\\^`{|}".contains(&byte))
}
