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

/// Texts that act on a terminal, a page, a spreadsheet or a forge, or that cannot be seen.
const PAYLOADS: [&str; 20] = [
    "\\u001b[2J\\u001b[H",
    "\\u001b]0;title\\u0007",
    "\\u001b]52;c;ZWNobw==\\u0007",
    "\\u001b]8;;file:///etc/passwd\\u001b\\\\x\\u001b]8;;\\u001b\\\\",
    "\\u001bP+q544e\\u001b\\\\",
    "\\u009b31m",
    "\\u0090x\\u009c",
    "a\\rb",
    "a\\u0008b",
    "a\\u007fb",
    "\\u202eesrever\\u202c",
    "\\u2066a\\u2069",
    "\\u200ba\\u2060",
    "a\\u00adb",
    "\\U000e0041\\U000e007f",
    "\\u3164\\u115f\\uffa0",
    "\\ufeffa",
    "\\u061ca",
    "\\u034fa",
    "a\\u2028b\\u2029",
];

/// The characters of the payloads that are no controls.
const UNSEEN: &str = "\u{202e}\u{202c}\u{2066}\u{2069}\u{200b}\u{2060}\u{ad}\u{e0041}\u{e007f}\u{3164}\u{115f}\u{ffa0}\u{feff}\u{61c}\u{34f}\u{2028}\u{2029}";

#[test]
fn no_payload_in_a_text_reaches_the_output_raw() {
    for payload in PAYLOADS {
        let text = CASE
            .replace("Crumbs lead", &format!("Crumbs{payload} lead"))
            .replace("The dog\"", &format!("The{payload} dog\""));
        let bench = Bench::new().file("case.toml", text).committed();
        let formats =
            ["text", "markdown", "json", "csv"].map(|format| format!("table case.toml --format {format}"));
        let others =
            ["log case.toml", "blame case.toml", "explain case.toml", "check case.toml", "report case.toml"];
        for command in formats.iter().map(String::as_str).chain(others) {
            let told = bench.run(command);
            // A field of CSV keeps its line breaks.
            let is_break = |c: char| matches!(c, '\n' | '\t') || (c == '\r' && command.ends_with("csv"));
            // Addresses are kept from being links by a space without width.
            let is_own = |c: char| c == '\u{200b}' && command.ends_with("markdown");
            let is_raw = |c: char| (c.is_control() && !is_break(c)) || (UNSEEN.contains(c) && !is_own(c));
            let raw: Vec<char> = told.chars().filter(|c| is_raw(*c)).collect();
            assert!(raw.is_empty(), "{payload} in {command}: {raw:?}");
            assert!(!told.is_empty() && !told.contains("error"), "{command}: {told}");
        }
    }
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
