//! Characters that cannot be seen, or that are not what they look like, are shown wherever they could deceive.

use crate::support::{Bench, CASE, bench};

/// A control, a direction, a zero width space, a soft hyphen, a tag, a filler, a byte order mark.
const HIDDEN: &str = "\u{9b}\u{202e}\u{200b}\u{ad}\u{e0041}\u{3164}\u{feff}";

fn assert_visible(told: &str) {
    let raw: Vec<char> = told.chars().filter(|c| HIDDEN.contains(*c)).collect();
    assert!(raw.is_empty(), "{told:?}");
    assert!(told.contains("u200b"), "{told}");
}

#[test]
fn no_format_lets_hidden_characters_pass() {
    let bench = Bench::new().file("case.toml", CASE.replace("Who took", &format!("Who{HIDDEN} took")));
    for format in ["text", "markdown", "json"] {
        assert_visible(&bench.run(&format!("table case.toml --format {format}")));
    }
    let item = CASE.replace("Crumbs lead", &format!("Crumbs{HIDDEN} lead"));
    let bench = Bench::new().file("case.toml", item);
    assert_visible(&bench.run("table case.toml --format csv"));
}

#[test]
fn errors_about_arguments_repeat_them_visibly() {
    let bench = bench();
    let word = format!("x{HIDDEN}\u{1b}]0;t\u{7}");
    for arguments in [
        vec!["table", "case.toml", "--format", &word],
        vec!["table", "case.toml", &format!("--{word}")],
        vec!["set", "case.toml", "crumbs", "dog", &word],
        vec!["new", "new.toml", "-H", &word],
        vec!["new", "new.toml", "-H", &format!("a={word}"), "-H", &format!("a={word}"), "-H", &word],
        vec![word.as_str()],
    ] {
        let told = bench.run_words(&arguments);
        assert!(!told.contains('\u{1b}') && !told.contains('\u{7}'), "{told:?}");
        assert_visible(&told);
    }
}

#[test]
fn the_modes_that_git_gives_to_its_diff_driver_are_shown_visibly() {
    let bench = bench();
    let mode = "100644\u{1b}]0;t\u{7}\u{202e}";
    let zeros = "0".repeat(40);
    let arguments =
        ["diff", "--git-driver", "case.toml", "/dev/null", &zeros, mode, "case.toml", &zeros, "100755"];
    let told = bench.run_words(&arguments);
    assert!(!told.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{told:?}");
}

#[test]
fn a_space_or_a_letter_that_only_looks_right_is_named() {
    let told = |old: &str, new: &str| {
        Bench::new().file("case.toml", CASE.replacen(old, new, 1)).run("check case.toml")
    };
    let space = told("title = ", "title\u{a0}= ");
    assert!(space.contains("\\u00a0"), "{space}");
    let letter = told("dog = \"CC\"", "dog = \"СС\"");
    assert!(letter.contains("it contains U+0421, which looks like C"), "{letter}");
    let dash = told("id = \"dog\"", "id = \"d–g\"");
    assert!(dash.contains("it contains U+2013, which looks like -"), "{dash}");
}
