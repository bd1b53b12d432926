//! The sentences about a conclusion, on small scenarios.

use super::*;
use crate::engine::rank;
use crate::present::sample;
use crate::scenario::Method;
use crate::scenario::{EvidenceStatus, Status};

fn conclude(scenario: &Scenario, method: Method, say: impl Fn(Conclusion<'_>) -> Vec<Vec<String>>) -> String {
    let matrix = Matrix::new(scenario, None);
    let ranking = rank(&matrix, method);
    let said = say(Conclusion { scenario, matrix: &matrix, ranking: &ranking });
    said.iter().map(|sentence| sentence.concat()).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

fn texts(phrases: &[Phrase<'_>]) -> Vec<String> {
    phrases.iter().map(|phrase| phrase.text.to_string()).collect()
}

fn verdict(scenario: &Scenario, method: Method) -> String {
    conclude(scenario, method, |conclusion| vec![texts(&conclusion.verdict())])
}

fn caveats(scenario: &Scenario, method: Method) -> String {
    conclude(scenario, method, |conclusion| conclusion.caveats().iter().map(|said| texts(said)).collect())
}

const TWO: [(&str, &str); 2] = [("a", "Alpha"), ("b", "Beta")];
const THREE: [(&str, &str); 3] = [("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")];

#[test]
fn a_leader_is_named_with_the_margin() {
    let scenario = sample::scenario(&THREE, &["C I I", "N I II"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Least contradicted: Alpha, 2.00 ahead of Beta. Nothing speaks against it.");
    insta::assert_snapshot!(verdict(&scenario, Method::Net), @"Best supported: Alpha, 3.00 ahead of Beta.");
    let scenario = sample::scenario(&TWO, &["I II"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Least contradicted: Alpha, 1.00 ahead of Beta.");
}

#[test]
fn at_nothing_or_less_a_net_score_supports_nobody() {
    let scenario = sample::scenario(&TWO, &["I II"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Net), @"In the lead: Alpha, 1.00 ahead of Beta. Yet on balance more speaks against the lead than for it.");
    let scenario = sample::scenario(&THREE, &["N N II"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Net), @"Level in the lead: Alpha and Beta, 2.00 ahead of Gamma. On balance nothing speaks for or against the lead.");
}

#[test]
fn ties_are_ties() {
    let scenario = sample::scenario(&THREE, &["C N II"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Level as the least contradicted: Alpha and Beta, 2.00 ahead of Gamma. Nothing speaks against them.");
    let scenario = sample::scenario(&TWO, &["I I"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Both hypotheses are level.");
    insta::assert_snapshot!(verdict(&scenario, Method::Bayes), @"Both hypotheses are level, 50% each (roughly even chance).");
}

#[test]
fn blanks_and_few_ratings_make_a_lead_provisional() {
    let scenario = sample::scenario(&TWO, &[". I", "C ."]);
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Provisional: 1 cell of Alpha is not rated. In all, 2 of 4 cells are not rated.");
    let scenario = sample::scenario(&TWO, &["C I", "C ."]);
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"1 of 4 cells is not rated, none of them the leader's.");
    let scenario = sample::scenario(&TWO, &["C I", "NA I", "NA I"]);
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Provisional: Alpha is rated CC to II in 1 of 3 items only.");
}

#[test]
fn a_hypothesis_that_nobody_rated_does_not_lead_and_is_named() {
    let scenario = sample::scenario(&THREE, &["C I .", "C I ."]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Not rated yet: Gamma. Of the 2 that are, least contradicted: Alpha, 2.00 ahead of Beta. Nothing speaks against it.");
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Provisional: nothing is rated yet for Gamma. In all, 2 of 6 cells are not rated.");
    let scenario = sample::scenario(&TWO, &["C ."]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Not rated yet: Beta. The only hypothesis to compete leads unopposed: Alpha.");
    let scenario = sample::scenario(&TWO, &[". NA"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"No hypothesis is rated yet, so there is nothing to rank.");
}

#[test]
fn posteriors_say_which_priors_they_stand_on() {
    let mut scenario = sample::scenario(&TWO, &["C I"]);
    insta::assert_snapshot!(verdict(&scenario, Method::Bayes), @"Most probable: Alpha, 71% (likely), 42 percentage points ahead of Beta.");
    insta::assert_snapshot!(caveats(&scenario, Method::Bayes), @"Posteriors stand on even priors.");
    scenario.hypotheses[0].prior = Some(0.01);
    scenario.hypotheses[1].prior = Some(0.99);
    insta::assert_snapshot!(caveats(&scenario, Method::Bayes), @"Posteriors stand on the priors given: Alpha 1% and Beta 99%. The priors decide: by the evidence alone Alpha would lead.");
    assert_eq!(caveats(&scenario, Method::Weighted), "");
}

#[test]
fn cases_of_one_idea_are_summed_or_named() {
    let mut scenario = sample::scenario(&THREE, &["C C I"]);
    scenario.hypotheses[0].family = Some("insiders".into());
    scenario.hypotheses[1].family = Some("insiders".into());
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Alpha and Beta are cases of one idea, the family insiders: under weighted, which knows no families, they share its lead and hide what it rests on.");
    insta::assert_snapshot!(caveats(&scenario, Method::Bayes), @"Posteriors stand on even priors: each family has the share of one hypothesis. The family insiders (Alpha and Beta) has 71% in all (likely).");
}

#[test]
fn a_residual_needs_no_rank_and_a_withdrawn_item_does_not_count() {
    let mut scenario = sample::scenario(&THREE, &["C I .", "I C ."]);
    scenario.hypotheses[2].residual = Some(true);
    scenario.evidence[1].status = Some(EvidenceStatus::Withdrawn);
    scenario.note = Some("Ratings are illustrative.".into());
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Residual, so ranked by bayes only: Gamma. 1 item is withdrawn and does not count. Note: Ratings are illustrative.");
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"Least contradicted: Alpha, 1.00 ahead of Beta. Nothing speaks against it.");
}

#[test]
fn what_rests_on_a_withdrawn_item_is_counted_too() {
    let mut scenario = sample::scenario(&TWO, &["C I", "I C", "I C"]);
    scenario.evidence[1].status = Some(EvidenceStatus::Withdrawn);
    scenario.evidence[2].rests_on = Some(vec![scenario.evidence[1].id.to_string()]);
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"1 item is withdrawn and does not count, nor does 1 that rests on what is withdrawn.");
}

#[test]
fn what_is_empty_is_said_to_be() {
    let mut scenario = sample::scenario(&TWO, &[]);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"There is no evidence yet: nothing sets the hypotheses apart.");
    scenario = sample::scenario(&TWO, &["C I"]);
    scenario.hypotheses[1].status = Some(Status::Rejected);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"The only hypothesis to compete leads unopposed: Alpha.");
    insta::assert_snapshot!(caveats(&scenario, Method::Weighted), @"Rejected, so without a rank: Beta.");
    scenario.hypotheses[0].status = Some(Status::Rejected);
    insta::assert_snapshot!(verdict(&scenario, Method::Weighted), @"No hypothesis is active: every one of them is rejected, so there is nothing to rank.");
    insta::assert_snapshot!(verdict(&Scenario::new("t"), Method::Weighted), @"There are no hypotheses yet.");
}
