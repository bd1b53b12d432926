//! Following the advice of a finding to the letter makes it go away and makes nothing worse.

use super::{CHECKS, Context, Options, run};
use crate::engine::fixture::Fixture;
use crate::scenario::{
    Cell, Credibility, Date, Day, Estimate, EstimateId, Evidence, EvidenceId, EvidenceStatus, Hypothesis,
    HypothesisId, Indicator, IndicatorId, IndicatorStatus, Kind, Level, Method, Outcome, Probability, Rating,
    Scenario, Searched, Status, inconsistencies,
};

/// The code of a finding, what brings it about in [`sound`], and what its advice says.
type Case = (&'static str, fn(&mut Scenario), fn(&mut Scenario));

/// A scenario without findings: h0 leads h1, h2 and h3, whatever one leaves out.
fn sound() -> Scenario {
    let rows = ["C II I I", "C I II I", "C I I II", "C I I I", "I N C N"];
    let mut scenario = rows.iter().fold(Fixture::of(4), |fixture, row| fixture.item(row)).scenario();
    scenario.evidence.iter_mut().for_each(document);
    scenario
}

/// Gives an item a date and a source of its own.
fn document(item: &mut Evidence) {
    item.date = Date::parse("2025-03-01");
    item.source = Some(vec![format!("source of {}", item.id)]);
}

fn set(scenario: &mut Scenario, row: usize, ratings: &str) {
    for (at, word) in ratings.split_whitespace().enumerate() {
        scenario.evidence[row].ratings.set(at, Rating::parse(word).map_or_else(Cell::default, Cell::rated));
    }
}

fn add(scenario: &mut Scenario, ratings: &str) {
    let id = format!("n{}", scenario.evidence.len());
    let mut item = Evidence::new(EvidenceId::parse(&id).unwrap(), id.clone());
    document(&mut item);
    scenario.evidence.push(item);
    set(scenario, scenario.evidence.len() - 1, ratings);
}

fn add_hypothesis(scenario: &mut Scenario) {
    let id = HypothesisId::parse(&format!("h{}", scenario.hypotheses.len())).unwrap();
    scenario.hypotheses.push(Hypothesis::new(id, "Another"));
}

/// Rates the items anew: `rows` are all that there are.
fn rate(scenario: &mut Scenario, rows: [&str; 5]) {
    rows.iter().enumerate().for_each(|(row, ratings)| set(scenario, row, ratings));
}

fn give_priors(scenario: &mut Scenario) {
    for (hypothesis, prior) in scenario.hypotheses.iter_mut().zip([0.4, 0.3, 0.2, 0.1]) {
        hypothesis.prior = Some(prior);
    }
}

fn watch(scenario: &mut Scenario) {
    let mut indicator = Indicator::new(IndicatorId::parse("sign").unwrap(), "A sign");
    indicator.due = Day::parse("2025-02-01");
    scenario.indicators.push(indicator);
    scenario.as_of = Day::parse("2025-04-01");
}

/// Only e0 sets h0 apart from h1.
fn narrow(s: &mut Scenario) {
    rate(s, ["C II I I", "N N II I", "N N I II", "N N I I", "I I C N"]);
}

/// Evidence of another origin that says the same.
fn confirm(s: &mut Scenario) {
    add(s, "C II I I");
    add(s, "C II N N");
}

fn group(s: &mut Scenario, rows: std::ops::Range<usize>) {
    s.evidence[rows].iter_mut().for_each(|item| item.group = Some("root".into()));
}

const CASES: &[Case] = &[
    ("unrated-cells", |s| set(s, 3, "C I - I"), |s| set(s, 3, "C I NA I")),
    ("leader-unrated", |s| set(s, 3, "- I I I"), |s| set(s, 3, "C I I I")),
    ("leader-unrated", |s| set(s, 3, "- I I I"), |s| set(s, 3, "NA I I I")),
    ("non-diagnostic-item", |s| set(s, 3, "N N N N"), |s| set(s, 3, "C N N I")),
    (
        "identical-hypotheses",
        |s| rate(s, ["C II II I", "C I I I", "C I I II", "C I I I", "I N N N"]),
        |s| add(s, "N N I C"),
    ),
    (
        "identical-hypotheses",
        |s| rate(s, ["C II II I", "C I I I", "C I I II", "C I I I", "I N N N"]),
        |s| s.hypotheses[2].status = Some(Status::Rejected),
    ),
    (
        "nothing-against",
        |s| set(s, 4, "N N C N"),
        |s| {
            add(s, "I C C N");
            s.evidence.last_mut().unwrap().kind = Some(Kind::Absence);
            s.evidence.last_mut().unwrap().searched = Some(Searched::Full);
        },
    ),
    (
        "few-hypotheses",
        |s| s.hypotheses[2..].iter_mut().for_each(|h| h.status = Some(Status::Rejected)),
        |s| s.hypotheses[2].status = None,
    ),
    (
        "no-catch-all",
        |s| s.scoring.method = Some(Method::Bayes),
        |s| {
            add_hypothesis(s);
            s.hypotheses[4].residual = Some(true);
        },
    ),
    (
        "no-catch-all",
        |s| {
            s.scoring.method = Some(Method::Bayes);
            give_priors(s);
        },
        |s| {
            add_hypothesis(s);
            s.hypotheses[4].residual = Some(true);
            s.hypotheses[4].prior = Some(0.05);
            s.hypotheses[0].prior = Some(0.35);
        },
    ),
    ("lead-on-one-item", narrow, confirm),
    (
        "lead-on-one-source",
        |s| s.evidence[..4].iter_mut().for_each(|item| item.source = Some(vec!["one".into()])),
        |s| {
            confirm(s);
            add(s, "C N II N");
            add(s, "C N N II");
            add(s, "C N I I");
        },
    ),
    (
        "lead-on-assumptions",
        |s| {
            narrow(s);
            s.evidence[0].kind = Some(Kind::Assumption);
        },
        confirm,
    ),
    (
        "lead-on-group",
        |s| group(s, 0..4),
        |s| {
            confirm(s);
            add(s, "C N II N");
            add(s, "C N I II");
            add(s, "C N I I");
        },
    ),
    (
        "lead-on-uncommon-items",
        |s| rate(s, ["C II NA I", "C II I NA", "C NA I II", "C I NA II", "I N C N"]),
        |s| rate(s, ["C II N I", "C II I N", "C N I II", "C I N II", "I N C N"]),
    ),
    (
        "lead-on-low-credibility",
        |s| {
            narrow(s);
            s.evidence[0].credibility = Some(Credibility::Level(Level::Low));
        },
        confirm,
    ),
    (
        "group-hides-item",
        |s| {
            add(s, "II II II II");
            set(s, 3, "N I N I");
            s.evidence[3].group = Some("root".into());
            s.evidence[5].group = Some("root".into());
        },
        |s| s.evidence[3].group = None,
    ),
    (
        "group-hides-item",
        |s| {
            add(s, "II II II II");
            set(s, 3, "N I N I");
            s.evidence[3].group = Some("root".into());
            s.evidence[5].group = Some("root".into());
        },
        |s| s.evidence[5].status = Some(EvidenceStatus::Withdrawn),
    ),
    (
        "searched-without-absence",
        |s| s.evidence[0].searched = Some(Searched::Full),
        |s| {
            s.evidence[0].kind = Some(Kind::Absence);
        },
    ),
    (
        "searched-without-absence",
        |s| s.evidence[0].searched = Some(Searched::Full),
        |s| {
            s.evidence[0].searched = None;
        },
    ),
    ("one-hypothesis-item", |s| set(s, 3, "NA I NA NA"), |s| set(s, 3, "C I N N")),
    (
        "uneven-attention",
        |s| rate(s, ["C II I I", "C I II NA", "C I I NA", "C I I NA", "I N C NA"]),
        |s| rate(s, ["C II I I", "C I II N", "C I I NA", "C I I N", "I N C NA"]),
    ),
    ("unrated-hypothesis", add_hypothesis, |s| {
        for (row, rating) in ["I", "I", "I", "II", "C"].into_iter().enumerate() {
            s.evidence[row].ratings.set(4, Cell::rated(Rating::parse(rating).unwrap()));
        }
    }),
    ("unrated-hypothesis", add_hypothesis, |s| s.hypotheses[4].status = Some(Status::Rejected)),
    ("unrated-hypothesis", add_hypothesis, |s| s.hypotheses[4].residual = Some(true)),
    ("absence-unsearched", absence, |s| s.evidence[3].searched = Some(Searched::Full)),
    ("absence-unsearched", absence, |s| s.evidence[3].searched = Some(Searched::Partial)),
    ("absence-unsearched", absence, |s| s.evidence[3].searched = Some(Searched::None)),
    ("undated", |s| s.evidence[0].date = None, |s| s.evidence[0].date = Date::parse("2025")),
    ("unsourced", |s| s.evidence[0].source = None, |s| document(&mut s.evidence[0])),
    ("only-consistent", |s| set(s, 3, "C C CC C"), |s| set(s, 3, "C C CC I")),
    ("stale-as-of", |s| s.as_of = Day::parse("2025-02-01"), |s| s.as_of = Day::parse("2025-03-01")),
    ("overdue-indicator", watch, |s| {
        s.indicators[0].status = Some(IndicatorStatus::NotObserved);
        add(s, "C N N I");
    }),
    ("overdue-indicator", watch, |s| s.indicators[0].due = Day::parse("2025-05-01")),
    (
        "extreme-posterior",
        |s| {
            s.scoring.method = Some(Method::Bayes);
            rate(s, ["CC II II II", "CC II II II", "CC II II II", "C I II I", "I N I C"]);
            s.evidence.iter_mut().for_each(|item| item.credibility = Some(Credibility::Level(Level::High)));
        },
        |s| s.evidence.iter_mut().for_each(|item| item.credibility = None),
    ),
    (
        "prior-without-reason",
        |s| give_priors(s),
        |s| s.hypotheses.iter_mut().for_each(|h| h.note = Some("as often as before".into())),
    ),
    ("prior-without-reason", give_priors, |s| s.hypotheses.iter_mut().for_each(|h| h.prior = None)),
    ("estimate-incoherent", |s| ask(s, &[0.9, 0.5, 0.2, 0.1]), |s| ask(s, &[0.5, 0.3, 0.1, 0.1])),
    ("estimate-incomplete", |s| ask(s, &[0.5, 0.3]), |s| ask(s, &[0.5, 0.3, 0.1, 0.1])),
    ("estimate-stale", |s| (ask(s, &[0.4, 0.3, 0.2, 0.1]), add_late(s)).1, |s| ask(s, &[0.5, 0.3, 0.1, 0.1])),
    (
        "estimate-after-outcome",
        |s| (ask(s, &[0.4, 0.3, 0.2, 0.1]), s.outcome = known("2025-03-02")).1,
        |s| s.estimates[0].date = Date::parse("2025-03-01"),
    ),
    (
        "outcome-undated",
        |s| s.outcome.hypothesis = Some(vec!["h0".into()]),
        |s| s.outcome = known("2025-05-01"),
    ),
    (
        "non-diagnostic-indicator",
        |s| expect(s, [Rating::Consistent; 4], IndicatorStatus::Pending),
        |s| {
            s.indicators.clear();
            expect(s, UNEVEN, IndicatorStatus::Pending);
        },
    ),
    (
        "preregistered-changed",
        |s| {
            expect(s, UNEVEN, IndicatorStatus::Observed);
            see(s, "C II I II");
        },
        |s| set(s, 5, "C II I I"),
    ),
];

const UNEVEN: [Rating; 4] =
    [Rating::Consistent, Rating::VeryInconsistent, Rating::Inconsistent, Rating::Inconsistent];

/// Adds an estimate of Ann's, newer than her last one.
fn ask(s: &mut Scenario, probabilities: &[f64]) {
    let number = s.estimates.len();
    let id = EstimateId::parse(&format!("ann-{number}")).unwrap();
    let mut estimate = Estimate::new(id, "Ann");
    estimate.date = Date::parse(&format!("2025-0{}-02", 3 + number));
    for (at, probability) in probabilities.iter().enumerate() {
        let mut cell = Cell::default();
        cell.set_probability(Probability::new(*probability));
        estimate.probabilities.set(at, cell);
    }
    s.estimates.push(estimate);
}

/// Evidence that became known after the first estimate and before the second.
fn add_late(s: &mut Scenario) {
    add(s, "C II I I");
    s.evidence[5].date = Date::parse("2025-03-20");
}

/// An outcome: h0, known on this day.
fn known(day: &str) -> Outcome {
    Outcome { hypothesis: Some(vec!["h0".into()]), date: Date::parse(day), ..Outcome::default() }
}

/// Adds an indicator that is rated before anybody knows.
fn expect(s: &mut Scenario, ratings: [Rating; 4], status: IndicatorStatus) {
    let mut indicator = Indicator::new(IndicatorId::parse("sign").unwrap(), "A sign");
    indicator.status = Some(status);
    ratings
        .into_iter()
        .enumerate()
        .for_each(|(at, rating)| drop(indicator.ratings.set(at, Cell::rated(rating))));
    s.indicators.push(indicator);
}

/// Adds the item that an observed indicator became.
fn see(s: &mut Scenario, ratings: &str) {
    add(s, ratings);
    s.evidence[5].id = EvidenceId::parse("sign").unwrap();
}

fn absence(s: &mut Scenario) {
    s.evidence[3].kind = Some(Kind::Absence);
}

fn codes(scenario: &Scenario) -> Vec<&'static str> {
    run(scenario, Options::default()).iter().map(|finding| finding.code.as_str()).collect()
}

#[test]
fn advice_makes_its_finding_go_away_and_nothing_worse() {
    assert_eq!(codes(&sound()), [""; 0]);
    for (code, spoil, follow) in CASES {
        let mut before = sound();
        spoil(&mut before);
        let found = codes(&before);
        assert!(found.contains(code), "{code} is not found: {found:?}");
        let mut after = before.clone();
        follow(&mut after);
        let left = codes(&after);
        assert!(!left.contains(code), "{code} stays: {left:?}");
        let new: Vec<_> = left.iter().filter(|code| !found.contains(code)).collect();
        assert!(new.is_empty(), "{code}: its advice brings {new:?}");
        assert_eq!(inconsistencies(&after), [], "{code}");
        // What touches no rating leaves the conclusion as it is.
        let ratings = |s: &Scenario| s.evidence.iter().map(|e| e.ratings.clone()).collect::<Vec<_>>();
        if ratings(&before) == ratings(&after) {
            let leaders = |s: &Scenario| Context::new(s, Options::default()).ranking.leaders;
            assert_eq!(leaders(&before), leaders(&after), "{code}");
        }
    }
}

#[test]
fn the_advice_of_every_check_is_followed() {
    for check in CHECKS {
        let code = check.doc.code.as_str();
        assert!(CASES.iter().any(|(known, ..)| *known == code), "{code}");
    }
}
