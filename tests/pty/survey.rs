//! The survey: one cell at a time, and nothing of the others until the last answer.

use super::Desk;

/// Three hypotheses of which one is the residual, two items and five blank cells among those that are asked; one cell
/// has an answer already.
const ASKED: &str = r#"ach = 1
title = "Who took the cake?"

[[hypothesis]]
id = "dog"
name = "The dog"

[[hypothesis]]
id = "children"
name = "The children"

[[hypothesis]]
id = "somebody"
name = "Somebody else"
residual = true

[[hypothesis]]
id = "burglar"
name = "A burglar"

[[source]]
id = "cook"
name = "The cook"

[[evidence]]
id = "crumbs"
text = "Crumbs lead to the basket"
source = "cook"
grade = "B2"
date = 2025-11-26
[evidence.ratings]
dog = "CC"

[[evidence]]
id = "plate"
text = "The plate is washed"
"#;

/// Words that would give away a conclusion or another cell.
const GIVEN_AWAY: [&str; 7] = ["leads", "rank", "score", "contradicted", "CC]", "-1.00", "leader"];

/// The question on the screen: how far the survey is, the hypothesis and the item.
fn question(screen: &str) -> (String, String, String) {
    for word in GIVEN_AWAY {
        assert!(!screen.contains(word), "{word} is in sight:\n{screen}");
    }
    let find = |words: &[&str]| {
        let found: Vec<&str> = words.iter().copied().filter(|word| screen.contains(word)).collect();
        assert_eq!(found.len(), 1, "one of {words:?} is asked about:\n{screen}");
        found[0].to_owned()
    };
    let progress = screen.lines().find(|line| line.contains("seed")).expect("it says how far it is").trim();
    let item = find(&["Crumbs lead to the basket", "The plate is washed"]);
    (progress.to_owned(), find(&["The dog", "The children", "A burglar"]), item)
}

#[test]
fn nothing_but_the_question_is_in_sight_and_the_seed_goes_on_in_the_same_order() {
    let desk = Desk::new();
    desk.write(ASKED);
    let arguments = ["edit", "--survey", "--seed", "4711", "case.toml"];
    // All at once.
    let mut order = Vec::new();
    let mut ach = desk.start(&arguments);
    for number in 2..=6 {
        ach.until(&format!("{number} of 6; seed 4711"));
        order.push(question(&ach.screen()));
        ach.keys("4");
    }
    ach.until("Every cell has its answer.");
    ach.keys("\r").until("leads");
    ach.keys(&"u".repeat(5)).until_without("unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    // Left after one answer, with a note on the next cell and that put off, and gone on with.
    let mut ach = desk.start(&arguments);
    ach.until(&order[0].0);
    ach.keys("4").until(&order[1].0);
    ach.keys("nlikely\r").until("Your note: likely");
    ach.keys("s").until_without("Your note: likely");
    let asked = question(&ach.screen());
    assert_eq!((asked.1, asked.2), (order[2].1.clone(), order[2].2.clone()), "the next one is asked");
    ach.keys("5").until(&order[2].0);
    ach.keys("u").until(&order[1].0);
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read().matches("\"I\"").count(), 1, "{}", desk.read());
    assert_eq!(desk.read().matches("note = \"likely\"").count(), 1, "{}", desk.read());
    let mut ach = desk.start(&arguments);
    for asked in &order[1..] {
        ach.until(&asked.0);
        assert_eq!(question(&ach.screen()), *asked);
        ach.keys("4");
    }
    ach.until("Every cell has its answer.");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read().matches("\"I\"").count(), 5, "{}", desk.read());
    assert!(!desk.read().contains("somebody = "), "the residual is not asked for by weighted");
}

#[test]
fn every_size_shows_the_question_and_its_keys_alone() {
    let desk = Desk::new();
    desk.write(ASKED);
    let mut ach = desk.start(&["edit", "--survey", "case.toml"]);
    for (columns, rows) in [(100, 30), (40, 10), (60, 12), (200, 50)] {
        ach.resize(columns, rows);
        ach.until("5 II").until("q save, stop");
        question(&ach.screen());
    }
    // Neither clicks nor pastes nor keys of the matrix lead out of it.
    ach.keys("\x1b[<0;30;8M\x1b[<0;30;8m\x1b[200~1\x1b[201~").until("nothing here takes pasted text");
    ach.keys("jl:?vb\r").until_without("nothing here takes").until("2 of 6");
    question(&ach.screen());
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    assert_eq!(desk.read(), ASKED);
}

#[test]
fn nobody_s_figures_are_in_sight_before_one_s_own_are_in() {
    let desk = Desk::new();
    let estimate = "\n[[estimate]]\nid = \"early\"\nby = \"Early Bird\"\ndate = 2025-01-01\n\
                    probabilities = { dog = 0.37, children = 0.41, somebody = 0.05, burglar = 0.17 }\n";
    desk.write(&(ASKED.to_owned() + estimate));
    let mut ach = desk.start(&["estimate", "case.toml", "--ask", "--by", "Late Bird", "--seed", "7"]);
    let is_hidden = |screen: String| {
        for word in ["37%", "41%", "5%, ", "17%", "Early", "Mean", "leads", "posterior"] {
            assert!(!screen.contains(word), "{word} is in sight:\n{screen}");
        }
    };
    for number in 1..=4 {
        ach.until(&format!("{number} of 4:")).until("q stops");
        is_hidden(ach.screen());
        ach.keys("30%\r");
    }
    ach.until("these add up to 120%").until("Keep them?");
    is_hidden(ach.screen());
    ach.keys("y\r").until("Early Bird").until("41%");
    assert_eq!(ach.end(), 0);
    assert!(desk.read().contains("by = \"Late Bird\""), "{}", desk.read());
}

#[test]
fn a_survey_that_could_not_be_kept_is_refused() {
    let desk = Desk::new();
    desk.write(&ASKED.replace("dog = \"CC\"", "dog = { rating = \"CC\", conflict = { theirs = \"C\" } }"));
    let mut ach = desk.start(&["edit", "--survey", "case.toml"]);
    ach.until("has conflicts that a merge left");
    assert_eq!(ach.end(), 2);
}
