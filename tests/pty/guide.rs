//! From nothing to a saved analysis, led by nothing but the guide.

use std::process::Command;

use super::Desk;

#[test]
fn a_new_file_becomes_a_whole_analysis() {
    let desk = Desk::new();
    let made = Command::new(env!("CARGO_BIN_EXE_ach"))
        .args(["new", "new.toml", "--title", "Who took the cake?"])
        .current_dir(desk.path("."))
        .output()
        .unwrap();
    assert!(made.status.success(), "{made:?}");
    let mut ach = desk.start(&["edit", "new.toml"]);
    ach.until("Step 1 of 8. What do you want to find out? t writes the question down.")
        .until("Evidence goes down, hypotheses go across.");
    ach.keys("tWho took the cake from the kitchen?\r").until("Step 1 of 8. Name every hypothesis");
    ach.keys("AThe dog\r").until("Step 1 of 8. One hypothesis has nothing to compete with");
    ach.keys("AThe children\r").until("Step 2 of 8. List what bears on any of them");
    ach.keys("aCrumbs lead to the basket\x13").until("Step 3 of 8.");
    ach.keys("\x1b[H1\t4").until("Step 2 of 8. What else is known");
    ach.keys("aThe plate is washed\x13").until("Step 3 of 8.");
    ach.keys("\x1b[H5\t2").until("Step 2 of 8.");
    ach.keys("aNobody heard barking\x13").until("Step 3 of 8.");
    ach.keys("\x1b[H3\t3").until("Step 4 of 8. nobody-heard-barking separates nothing");
    ach.keys("dy").until("Step 2 of 8.");
    ach.keys("aA chair stands at the shelf\x13").until("Step 3 of 8.");
    ach.keys("\x1b[H5\t1").until("Step 6 of 8. The lead rests on");
    // The cursor goes to what the guide speaks of, and each is weighed there.
    for _ in 0..3 {
        ach.keys("g]j]j]");
    }
    ach.until("Step 7 of 8. Say what follows");
    ach.keys("tThe children, most likely.\rNobody else could reach it.\x13")
        .until("Step 8 of 8. What would change your mind?");
    ach.keys(":indicator\r").until("New indicator");
    ach.keys("Crumbs in the bed\x13").until_without("Step 8 of 8").until("indicator crumbs-in-the-bed added");
    ach.keys("w").until("saved new.toml").until_without("unsaved");
    ach.keys("q");
    assert_eq!(ach.end_clean(), 0);
    let text = std::fs::read_to_string(desk.path("new.toml")).unwrap();
    assert!(text.starts_with("# An Analysis of Competing Hypotheses"), "the comments of the skeleton stay");
    for line in [
        "question = \"Who took the cake from the kitchen?\"",
        "conclusion = \"The children, most likely.\\nNobody else could reach it.\"",
        "the-dog = \"CC\"\nthe-children = \"I\"",
        "the-dog = \"II\"\nthe-children = \"CC\"",
        "[[indicator]]\nid = \"crumbs-in-the-bed\"",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    assert_eq!(text.matches("credibility = \"high\"").count(), 3);
    assert_eq!(desk.beside(), ["new.toml"]);
}
