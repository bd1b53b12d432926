//! `lead-on-uncommon-items`: a conclusion decided by items that do not compare all hypotheses.

use super::lead::Lead;
use super::phrase::counted;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::common;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "lead-on-uncommon-items",
    "One hypothesis leads, but not among the items that are rated CC to II for every competing hypothesis. Items about one or two suspects measure how closely these were looked at. Rate them for the other hypotheses where they can bear on them, or replace several items about one suspect each by one that compares all.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 3. Doherty, Mynatt, Tweney and Schiavo, Pseudodiagnosticity, Acta Psychologica (1979). Karvetski and Mandel, Coherence of probability judgments from uncertain evidence: Does ACH help?, Judgment and Decision Making (2020).");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    let Some(mut lead) = Lead::of(context) else { return Vec::new() };
    let common = common(&mut lead.what_if);
    if common.items == 0 || !lead.is_lost(&common.leaders) {
        return Vec::new();
    }
    let (leader, who) = (context.id(lead.leader), lead.who_leads(&common.leaders));
    let items = counted(common.items, "item that compares", "items that compare");
    let message = format!("{leader} leads, but by the {items} all hypotheses {who}");
    let subject = Subject::Item(ItemKind::Hypothesis, lead.leader);
    let found = CHECK.finding(subject, message).help(
        "rate the other items for every hypothesis that they can bear on, and say what the lead rests on",
    );
    vec![found]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{messages, subjects};
    use crate::engine::fixture::Fixture;

    #[test]
    fn a_lead_that_items_about_some_decide_is_reported() {
        let fixture = Fixture::of(3).item("I C II").item("N II NA").item("- II I");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["h0 leads, but by the 1 item that compares all hypotheses h1 leads"]
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Hypothesis, 0)]);
    }

    #[test]
    fn silent_where_common_items_carry_the_lead_or_there_are_none() {
        assert_eq!(messages(CHECK, Fixture::of(3).item("C I II").item("N II NA")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C NA").item("NA I")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("C C")), [""; 0]);
    }
}
