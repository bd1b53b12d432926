//! `lead-on-one-source`: a conclusion decided by one source.

use super::lead::{Lead, finding};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::without_sources;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-one-source",
    "One hypothesis leads, and it would not without the items that one source alone reports. Whoever can mislead that source can turn the conclusion. Look for an independent source that says the same, and name in `controlled_by` who could steer this one: `ach sensitivity` then shows who would lead if they deceived.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 6: consider denial and deception. Stech and Elsaesser, Deception Detection by Analysis of Competing Hypotheses, MITRE (2005).");

const HELP: &str = "look for an independent source, and ask who could steer this one";

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let mut critical = without_sources(context.scenario, &mut lead.what_if);
    critical.retain(|(_, without)| lead.is_lost(&without.leaders));
    let names: Vec<&str> = critical.iter().map(|(source, _)| *source).collect();
    let message = match critical.as_slice() {
        [(source, without)] => lead.hangs_on(&format!("what {source} alone reports"), "it", &without.leaders),
        _ => lead.hangs_on_any("sources", &names),
    };
    finding(CHECK, message, HELP, names.iter().map(|source| place(context, source)), "without this too")
}

/// Returns the place where a source is declared, or first cited.
fn place(context: &Context<'_>, source: &str) -> Subject {
    let declared = context.scenario.sources.iter().position(|declared| declared.id.as_str() == source);
    if let Some(position) = declared {
        return Subject::Item(ItemKind::Source, position);
    }
    let mut citing = context.items().filter(|(_, item)| item.sources().iter().any(|cited| cited == source));
    citing
        .next()
        .map_or(Subject::Scenario, |(position, _)| Subject::ItemField(ItemKind::Evidence, position, "source"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::diagnostic::Place;
    use crate::engine::fixture::Fixture;
    use crate::scenario::{Source, SourceId};

    fn cited(fixture: Fixture, ratings: &str, sources: &[&str]) -> Fixture {
        fixture.item(ratings).edit_last(|item| {
            item.source = Some(sources.iter().map(|source| (*source).to_owned()).collect());
        })
    }

    #[test]
    fn a_source_that_decides_is_told() {
        let fixture = cited(Fixture::of(2).item("I C"), "C I", &["Reuters"]);
        let fixture = cited(cited(fixture, "N I", &["Reuters"]), "C I", &["Reuters", "TASS"]);
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["the lead of h0 hangs on what Reuters alone reports: without it h0 and h1 share the lead"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::ItemField(ItemKind::Evidence, 1, "source")]);
    }

    #[test]
    fn several_sources_are_one_finding_where_they_are_declared() {
        let fixture = cited(cited(Fixture::of(2).item("I C"), "C I", &["y"]), "C I", &["x"]);
        let mut scenario = fixture.scenario();
        scenario.sources = ["x", "y"].map(|id| Source::new(SourceId::parse(id).unwrap(), "Name")).into();
        let found = &found(CHECK, &scenario)[0];
        assert_eq!(found.message, "the lead of h0 hangs on each of 2 sources: x and y");
        let places: Vec<_> = found.labels.iter().map(|label| label.place.clone()).collect();
        assert_eq!(places, [0, 1].map(|at| Place::Subject(Subject::Item(ItemKind::Source, at))));
    }

    #[test]
    fn silent_where_others_say_the_same() {
        let fixture = cited(cited(Fixture::of(2), "C I", &["x", "y"]), "C I", &["y"]);
        assert_eq!(messages(CHECK, fixture), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I")), [""; 0]);
    }
}
