//! `leader-unrated`: a lead that rests on judgements not yet made.

use super::phrase::listed;
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::RatingCode;
use crate::scenario::{ItemKind, Subject};

pub(super) const CHECK: Check = Check::warning(
    "leader-unrated",
    "A hypothesis that leads has unrated cells, so its lead is provisional: evidence that nobody has held against it is not in its score. Rate its cells before you rely on the ranking; `ach next` says which of them matter most.",
    run,
)
.citing("Heuer, Psychology of Intelligence Analysis (1999), chapter 8, step 5: the most probable hypothesis is usually the one with the least evidence against it.");

fn run(context: &Context<'_>) -> Vec<Diagnostic> {
    // On a blank sheet all lead alike, and `unrated-cells` says why.
    if context.is_blank() {
        return Vec::new();
    }
    let matrix = &context.matrix;
    let leaders = &context.ranking.leaders;
    let leads = if leaders.len() > 1 { "shares the lead" } else { "leads" };
    let unrated = leaders.iter().filter(|at| !matrix.is_residual(**at) && matrix.unrated(**at) > 0);
    let finding = |&hypothesis: &usize| {
        let blanks: Vec<&str> = context
            .items()
            .enumerate()
            .filter(|(row, _)| matrix.code(*row, hypothesis) == RatingCode::Blank)
            .map(|(_, (_, item))| item.id.as_str())
            .collect();
        let (id, of) = (context.id(hypothesis), matrix.items().len());
        let message = format!("{id} {leads} provisionally, with {} of its {of} cells unrated", blanks.len());
        CHECK
            .finding(Subject::Item(ItemKind::Hypothesis, hypothesis), message)
            .help(format!("rate {id} in {}", listed(&blanks)))
    };
    unrated.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::tests::{found, messages, subjects};
    use crate::engine::fixture::Fixture;
    use crate::scenario::Method;

    #[test]
    fn a_leader_with_blanks_is_provisional() {
        let fixture = Fixture::of(3).item("- I N").item("C I I").item("- C C");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["h0 leads provisionally, with 2 of its 3 cells unrated"]
        );
        assert_eq!(
            found(CHECK, &fixture.clone().scenario())[0].help.as_deref(),
            Some("rate h0 in e0 and e2")
        );
        assert_eq!(subjects(CHECK, fixture), [Subject::Item(ItemKind::Hypothesis, 0)]);
    }

    #[test]
    fn each_of_several_leaders_counts_and_the_method_is_the_scenarios() {
        let fixture = Fixture::of(3).item("C - I").item("CC C -");
        assert_eq!(
            messages(CHECK, fixture.clone()),
            ["h1 shares the lead provisionally, with 1 of its 2 cells unrated"]
        );
        // By net h0 leads alone, and it has no blanks.
        assert_eq!(messages(CHECK, fixture.method(Method::Net)), [""; 0]);
    }

    #[test]
    fn silent_where_leaders_are_rated_or_nothing_is() {
        assert_eq!(messages(CHECK, Fixture::of(2).item("C I").item("NA -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2).item("- -")), [""; 0]);
        assert_eq!(messages(CHECK, Fixture::of(2)), [""; 0]);
    }
}
