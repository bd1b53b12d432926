//! The editor's screens: a scenario and a string of keys give a picture, one file a subject.
//!
//! No terminal is involved. `cargo insta test --accept --test tui` writes the pictures anew: read them before keeping.
#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests fail by panicking")]

mod beside;
mod changes;
mod command;
mod conflicts;
mod counting;
mod digits;
mod edit;
mod estimate;
mod find;

mod form;
mod guide;
mod header;
mod help;
mod hint;
mod list;
mod matrix;
mod mouse;
mod palette;
mod panel;
mod panels;
mod paste;
mod picker;
mod rate;
mod select;
mod sensitivity;
mod size;
mod small;
mod whole;
mod words;

pub(crate) use ach_matrix::tui::testing::Screen;

/// The sentence that answers the last key.
pub(crate) fn speech(screen: &Screen) -> String {
    screen.answer()
}

/// The line of the conclusion.
pub(crate) fn conclusion(screen: &Screen) -> String {
    screen.text().lines().rev().nth(1).unwrap_or_default().to_owned()
}

/// Three hypotheses, four items, a source, an indicator: small enough to be seen whole, and past the guide.
pub(crate) const SMALL: &str = r#"ach = 1
title = "Who took the boat"

[[hypothesis]]
id = "thief"
name = "A thief from the harbour"
short = "Thief"

[[hypothesis]]
id = "owner"
name = "The owner, for the insurance"
short = "Owner"

[[hypothesis]]
id = "storm"
name = "Nobody: the storm took it"
short = "Storm"

[[source]]
id = "watch"
name = "Harbour watch"

[[indicator]]
id = "for-sale"
text = "The boat is offered for sale"

[[evidence]]
id = "rope-cut"
text = "The mooring rope was cut, not torn"
source = "watch"
date = 2025-03-01
credibility = "high"
group = "rope"
[evidence.ratings]
thief = "CC"
owner = "C"
storm = "II"

[[evidence]]
id = "insured"
text = "The boat was insured a week before"
tags = ["money", "papers"]
[evidence.ratings]
thief = "N"
owner = { rating = "CC", confidence = "high", note = "Twice its worth." }

[[evidence]]
id = "calm-night"
text = "The night was calm"
kind = "absence"
source = "watch"
[evidence.ratings]
storm = "II"

[[evidence]]
id = "no-oars"
text = "The oars were left in the shed"
kind = "fact"
[evidence.ratings]
thief = "I"
owner = "I"
storm = "N"
"#;

/// The lines of the file that keys changed: gone ones after `-`, new ones after `+`.
pub(crate) fn changed(keys: &str) -> String {
    difference(SMALL, Screen::open(SMALL).keys(keys).file())
}

/// The lines between the common start and the common end of two texts.
pub(crate) fn difference(before: &str, after: &str) -> String {
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), after.lines().collect());
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let gone = old.iter().skip(same).map(|line| format!("-{line}\n"));
    let come = new.iter().skip(same).map(|line| format!("+{line}\n"));
    gone.chain(come).collect()
}
