//! Scenarios of any size to measure with, the same in every run.

use ach_matrix::scenario::{
    Cell, Credibility, Date, Evidence, EvidenceId, Hypothesis, HypothesisId, Level, Rating, Row, Scenario,
};

/// A matrix of this many hypotheses and items, as analysts fill them: a twentieth blank, most cells near neutral, mixed
/// weights, a tenth of the items in groups of about five, a date on most.
pub(crate) fn scenario(hypotheses: usize, items: usize) -> Scenario {
    let mut random = SplitMix(1);
    let mut scenario = Scenario::new(format!("{hypotheses} hypotheses, {items} items"));
    scenario.hypotheses = (0..hypotheses)
        .map(|at| Hypothesis::new(id(&format!("h{at}"), HypothesisId::parse), format!("Hypothesis {at}")))
        .collect();
    scenario.evidence = (0..items).map(|at| item(at, hypotheses, items, &mut random)).collect();
    scenario
}

fn item(at: usize, hypotheses: usize, items: usize, random: &mut SplitMix) -> Evidence {
    let text = format!("Item {at}, of which a report says about as much as a line of text can hold");
    let mut item = Evidence::new(id(&format!("e{at}"), EvidenceId::parse), text);
    item.credibility = (random.below(2) == 0).then(|| Credibility::Level(level(random)));
    item.relevance = (random.below(2) == 0).then(|| level(random));
    item.group = (random.below(10) == 0).then(|| format!("group {}", random.below(items.div_ceil(50))));
    item.date = match random.below(5) {
        0 => None,
        _ => Date::parse(&format!("2025-{:02}-{:02}", 1 + random.below(12), 1 + random.below(28))),
    };
    item.ratings = Row::from_cells((0..hypotheses).filter_map(|h| Some((h, Cell::rated(rating(random)?)))));
    item
}

fn rating(random: &mut SplitMix) -> Option<Rating> {
    match random.below(20) {
        0 | 1 => Some(Rating::VeryConsistent),
        2..=6 => Some(Rating::Consistent),
        7..=11 => Some(Rating::Neutral),
        12..=15 => Some(Rating::Inconsistent),
        16 | 17 => Some(Rating::VeryInconsistent),
        18 => Some(Rating::NotApplicable),
        _ => None,
    }
}

fn level(random: &mut SplitMix) -> Level {
    match random.below(3) {
        0 => Level::Low,
        1 => Level::Medium,
        _ => Level::High,
    }
}

#[expect(clippy::expect_used, reason = "the ids above follow the rule")]
fn id<T>(text: &str, parse: impl Fn(&str) -> Option<T>) -> T {
    parse(text).expect("an id")
}

/// SplitMix64 (Steele, Lea and Flood 2014): a few lines, and the same numbers for ever.
struct SplitMix(u64);

impl SplitMix {
    /// A number below `bound`, which is above 0 and small.
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 33) as usize % bound
    }
}

/// The scenario as a file: hypotheses, texts and ratings.
#[allow(dead_code, reason = "not every benchmark reads a file")]
pub(crate) fn text(scenario: &Scenario) -> String {
    let mut text = format!("ach = 1\ntitle = \"{}\"\n", scenario.title);
    for hypothesis in &scenario.hypotheses {
        text += &format!("\n[[hypothesis]]\nid = \"{}\"\nname = \"{}\"\n", hypothesis.id, hypothesis.name);
    }
    for item in &scenario.evidence {
        text += &format!(
            "\n[[evidence]]\nid = \"{}\"\ntext = \"{}\"\n\n[evidence.ratings]\n",
            item.id, item.text
        );
        for (at, cell) in item.ratings.iter() {
            if let Some(rating) = cell.rating {
                text += &format!("h{at} = \"{rating}\"\n");
            }
        }
    }
    text
}
