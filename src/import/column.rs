//! Columns: the purposes that their heads name.

use super::Purpose;
use super::notation::plain;
use crate::scenario::EvidenceField;

/// The reading of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ColumnRole {
    /// As on the command line.
    Is(Purpose),
    /// A level of credibility or an Admiralty grade.
    Credibility,
    /// A letter of reliability, or a level of credibility where no other column is one.
    Reliability,
    /// The weight as one number.
    Weight,
    /// Something that follows from the ratings.
    Computed,
}

impl ColumnRole {
    const fn field(field: EvidenceField) -> Self {
        Self::Is(Purpose::Field(field))
    }
}

/// The role that a head names, if it is a known one.
pub(super) fn role(head: &str) -> Option<ColumnRole> {
    use EvidenceField::{Date, Grade, Group, Kind, Locator, Note, Quote, Relevance, Source, Tags, Text, Url};
    let head = plain(head).replace("(s)", "s");
    let head = head.split_once('(').map_or(head.as_str(), |(before, _)| before);
    let head = head.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '.' | '*'));
    if is_score(head) {
        return Some(ColumnRole::Computed);
    }
    Some(match head {
        "id" | "#" | "ref" | "no" | "nr" | "evidence id" | "item id" => ColumnRole::Is(Purpose::Id),
        "evidence"
        | "text"
        | "item"
        | "items"
        | "indicator"
        | "description"
        | "argument"
        | "arguments"
        | "evidence item"
        | "item of evidence"
        | "statement"
        | "evidence / argument"
        | "evidence/argument" => ColumnRole::field(Text),
        "type" | "evidence type" => ColumnRole::field(Kind),
        "date" => ColumnRole::field(Date),
        "source" | "sources" | "origin" => ColumnRole::field(Source),
        "note" | "notes" | "comment" | "comments" | "remark" | "remarks" => ColumnRole::field(Note),
        "tag" | "tags" | "category" => ColumnRole::field(Tags),
        "url" | "link" => ColumnRole::field(Url),
        "group" => ColumnRole::field(Group),
        "quote" => ColumnRole::field(Quote),
        "locator" => ColumnRole::field(Locator),
        "credibility" | "cred" => ColumnRole::Credibility,
        "reliability" => ColumnRole::Reliability,
        "relevance" | "rel" => ColumnRole::field(Relevance),
        "grade" | "admiralty" | "admiralty grade" | "admiralty code" => ColumnRole::field(Grade),
        "weight" => ColumnRole::Weight,
        _ => ColumnRole::field(EvidenceField::parse(head)?),
    })
}

/// Whether a label names something that follows from the ratings: a total, a score, a rank, a verdict.
pub(super) fn is_score(label: &str) -> bool {
    const NOUNS: [&str; 21] = [
        "total",
        "totals",
        "sum",
        "score",
        "scores",
        "rank",
        "ranks",
        "ranking",
        "verdict",
        "count",
        "counts",
        "inconsistency",
        "inconsistencies",
        "consistencies",
        "diagnosticity",
        "result",
        "results",
        "conclusion",
        "overall",
        "subtotal",
        "assessment",
    ];
    const BESIDE: [&str; 14] = [
        "weighted",
        "net",
        "of",
        "the",
        "raw",
        "final",
        "normalized",
        "normalised",
        "inconsistent",
        "consistent",
        "squared",
        "number",
        "evidence",
        "i",
    ];
    // A long text is none.
    let label = if label.len() > 200 { String::new() } else { plain(label) };
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words.iter().any(|word| NOUNS.contains(word))
        && words.iter().all(|word| NOUNS.contains(word) || BESIDE.contains(word))
}

/// Whether the head of the first column says that the rows are hypotheses.
pub(super) fn names_hypotheses(head: &str) -> bool {
    matches!(plain(head).trim_matches(':'), "hypothesis" | "hypotheses" | "hypothesis name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_roles_whatever_their_dress() {
        for (head, expected) in [
            ("ID", ColumnRole::Is(Purpose::Id)),
            ("**Evidence**", ColumnRole::field(EvidenceField::Text)),
            ("Source(s)", ColumnRole::field(EvidenceField::Source)),
            ("Credibility (H/M/L)", ColumnRole::Credibility),
            ("Cred.", ColumnRole::Credibility),
            ("rests_on", ColumnRole::field(EvidenceField::RestsOn)),
            ("Weighted Inconsistency Score", ColumnRole::Computed),
        ] {
            assert_eq!(role(head), Some(expected), "{head}");
        }
        for head in ["H1", "Drug smugglers", "", "Insider: the evidence clerk"] {
            assert_eq!(role(head), None, "{head}");
        }
        assert!(!is_score("Total collapse of the network") && !is_score("Evidence"));
    }
}
