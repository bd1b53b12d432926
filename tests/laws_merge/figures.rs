//! How much is left to settle: the case of the Tajik border, edited at random by two people two hundred times and merged
//! by lines and by value. What must be settled by hand is an eighth by value, and a line each.

use std::fmt::Write as _;
use std::process::Command;

use ach_matrix::change::{self, Change, apply_all, make, unsettled};
use ach_matrix::document::{Document, History, merged, read};
use ach_matrix::scenario::{
    Evidence, EvidenceField, EvidenceId, HypothesisId, Level, Rating, Scenario, Value,
};

/// Merges.
const MERGES: u64 = 200;
/// Edits of each side.
const EDITS: usize = 12;

/// A small source of chance: the same seed, the same throws (xorshift64*).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % n
    }
}

/// One edit as analysts make them: mostly a judgement, now and then the reason for one, a new item with its row, a
/// weight, a text, the place of an item.
fn edit(dice: &mut Dice, scenario: &Scenario, who: &str) -> Vec<Change> {
    let row = dice.below(scenario.evidence.len());
    let column = dice.below(scenario.hypotheses.len());
    let (item, hypothesis) = (&scenario.evidence[row], &scenario.hypotheses[column].id);
    let one = |change: Option<Change>| change.into_iter().collect();
    match dice.below(20) {
        0..=11 => {
            let rating = Rating::ALL[dice.below(5)];
            one(make::set_rating(scenario, &item.id, hypothesis, Some(rating)).unwrap())
        }
        12 | 13 => {
            let note = format!("Reason {} of {who}.", dice.below(1000));
            one(make::set_note(scenario, &item.id, hypothesis, Some(&note)).unwrap())
        }
        14 => {
            let level = Level::ALL[dice.below(3)];
            one(make::set_confidence(scenario, &item.id, hypothesis, Some(level)).unwrap())
        }
        15 | 16 => {
            let id = EvidenceId::parse(&format!("{who}-{}", dice.below(1_000_000))).unwrap();
            let new = Evidence::new(id, format!("What {who} learned"));
            let cell = |id: &HypothesisId, dice: &mut Dice| {
                (id.clone(), ach_matrix::scenario::Cell::rated(Rating::ALL[dice.below(5)]))
            };
            let cells = scenario.hypotheses.iter().map(|h| cell(&h.id, dice)).collect();
            make::add(scenario, &new, cells, scenario.evidence.len()).into_iter().collect()
        }
        17 => {
            let level = Some(Value::Text(Level::WORDS[dice.below(3)].to_owned()));
            make::set_field::<Evidence>(scenario, &item.id, EvidenceField::Relevance, level).unwrap()
        }
        18 => {
            let text = Some(Value::Text(format!("{}, says {who}", item.text)));
            make::set_field::<Evidence>(scenario, &item.id, EvidenceField::Text, text).unwrap()
        }
        _ => one(make::shift::<Evidence>(scenario, &item.id, dice.below(scenario.evidence.len())).unwrap()),
    }
}

fn opened(text: &str) -> (Document, Scenario) {
    let reading = read(text.as_bytes().to_vec());
    (reading.document, reading.scenario.unwrap())
}

fn worked_on(dice: &mut Dice, text: &str, who: &str) -> String {
    let (document, scenario) = opened(text);
    let (mut now, mut all) = (scenario.clone(), Vec::new());
    for _ in 0..EDITS {
        let changes = edit(dice, &now, who);
        apply_all(&mut now, &changes).unwrap();
        all.extend(changes);
    }
    let mut history = History::new(document, scenario);
    history.apply(&all).unwrap();
    history.document().text().to_owned()
}

/// The size of the work that a merge leaves.
#[derive(Debug, Default, PartialEq, Eq)]
struct Left {
    /// Merges that are not clean.
    unclean: usize,
    /// Regions, or things in dispute.
    regions: usize,
    /// Lines between markers, or lines with a record.
    lines: usize,
}

/// The work after git: regions between markers, and the lines in them.
fn by_lines(folder: &std::path::Path, texts: [&str; 3], left: &mut Left) {
    let names = ["ours", "base", "theirs"];
    for (name, text) in names.iter().zip(texts) {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let mut git = Command::new("git");
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").current_dir(folder);
    let output =
        git.args(["-c", "merge.conflictStyle=merge", "merge-file", "-p"]).args(names).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let regions = text.lines().filter(|line| line.starts_with("<<<<<<<")).count();
    left.unclean += usize::from(regions > 0);
    left.regions += regions;
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("<<<<<<<") {
            inside = true;
        } else if line.starts_with(">>>>>>>") {
            inside = false;
        } else if inside && !line.starts_with("=======") {
            left.lines += 1;
        }
    }
}

/// The work after a merge by value: conflicts, and the lines with their records.
fn by_value(texts: [&str; 3], left: &mut Left) {
    let [ours, base, theirs] = texts;
    let (here, there) = (opened(ours), opened(theirs));
    let merge = change::merge(Some(&opened(base).1), &here.1, &there.1).unwrap();
    let disputes = unsettled(&merge.scenario).len() + merge.doubled.len();
    let text = merged(Some(base), ours, theirs, &merge).unwrap();
    assert_eq!(opened(&text).1, merge.scenario);
    left.unclean += usize::from(disputes > 0);
    left.regions += disputes;
    left.lines += text.lines().filter(|line| line.contains("conflict = {")).count();
}

#[test]
fn figures() {
    let base = include_str!("../../scenarios/tajik-border.toml");
    let folder = tempfile::tempdir().unwrap();
    let (mut git, mut ach) = (Left::default(), Left::default());
    for seed in 1..=MERGES {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let (ours, theirs) = (worked_on(&mut dice, base, "ours"), worked_on(&mut dice, base, "theirs"));
        by_lines(folder.path(), [&ours, base, &theirs], &mut git);
        by_value([&ours, base, &theirs], &mut ach);
    }
    let mut told = String::new();
    for (name, left) in [("git merge-file", &git), ("ach merge", &ach)] {
        let Left { unclean, regions, lines } = left;
        writeln!(told, "{name}: {unclean} of {MERGES} merges unclean, {regions} conflicts, {lines} lines")
            .unwrap();
    }
    print!("{told}");
    assert_eq!(ach, Left { unclean: 37, regions: 38, lines: 38 });
    // Where exactly lines meet is a matter of git's version.
    assert!(git.unclean > 140 && git.regions > 240 && git.lines > 4_000, "{git:?}");
}
