//! Every key of the editor's table, pressed once in a real terminal: it arrives and does what its line says.

use ach_matrix::tui::keymap::BINDINGS;

use super::Desk;

/// A key as the help writes it, keys that are pressed before and what the screen then shows, and what it shows after.
type Press = (&'static str, &'static str, &'static str, &'static str);

/// The cursor is on `crumbs / dog`, rated CC; `dog` has II below, `children` I beside and a blank below that. A step in
/// either of the two would decide who leads, so they are marked.
const PRESSES: &[Press] = &[
    ("↑", "j", "II]", "[ CC]"),
    ("k", "j", "II]", "[ CC]"),
    ("↓", "", "[ CC]", "II]"),
    ("j", "", "[ CC]", "II]"),
    ("←", "l", "I]", "[ CC]"),
    ("h", "l", "I]", "[ CC]"),
    ("→", "", "[ CC]", "I]"),
    ("l", "", "[ CC]", "I]"),
    ("PgUp", "j", "II]", "[ CC]"),
    ("PgDn", "", "[ CC]", "II]"),
    ("Ctrl-B", "j", "II]", "[ CC]"),
    ("Ctrl-F", "", "[ CC]", "II]"),
    ("Ctrl-U", "j", "II]", "[ CC]"),
    ("Ctrl-D", "", "[ CC]", "II]"),
    ("g", "j", "II]", "[ CC]"),
    ("G", "", "[ CC]", "II]"),
    ("Home", "l", "I]", "[ CC]"),
    ("End", "", "[ CC]", "I]"),
    ("0", "l", "I]", "[ CC]"),
    ("$", "", "[ CC]", "I]"),
    ("Tab", "", "[ CC]", "[  ·]"),
    ("Shift-Tab", "", "[ CC]", "[  ·]"),
    ("V", "", "[ CC]", "1 item x 1 hypothesis: 1 CC"),
    ("Shift-↓", "", "[ CC]", "2 items x 1 hypothesis: 1 CC, 1 II"),
    ("Shift-↑", "j", "II]", "2 items x 1 hypothesis: 1 CC, 1 II"),
    ("Shift-→", "", "[ CC]", "1 item x 2 hypotheses: 1 CC, 1 I"),
    ("Shift-←", "l", "I]", "1 item x 2 hypotheses: 1 CC, 1 I"),
    ("1", "j", "II]", "plate / dog: II -> CC"),
    ("2", "", "[ CC]", "crumbs / dog: CC -> C"),
    ("c", "", "[ CC]", "crumbs / dog: CC -> C"),
    ("3", "", "[ CC]", "crumbs / dog: CC -> N"),
    ("n", "", "[ CC]", "crumbs / dog: CC -> N"),
    ("4", "", "[ CC]", "crumbs / dog: CC -> I"),
    ("i", "", "[ CC]", "crumbs / dog: CC -> I"),
    ("5", "", "[ CC]", "crumbs / dog: CC -> II"),
    ("I", "", "[ CC]", "crumbs / dog: CC -> II"),
    ("C", "j", "II]", "plate / dog: II -> CC"),
    ("x", "", "[ CC]", "crumbs / dog: CC -> NA"),
    ("+", "j", "II]", "plate / dog: II -> I"),
    ("-", "", "[ CC]", "crumbs / dog: CC -> C"),
    ("Space", "", "[ CC]", "crumbs / dog: CC -> ·"),
    ("Del", "", "[ CC]", "crumbs / dog: CC -> ·"),
    (".", "3l", "I]", "crumbs / children: I -> N"),
    ("u", "5", "II]", "undone: crumbs / dog: CC -> II"),
    ("U", "5u", "undone", "again: crumbs / dog: CC -> II"),
    ("Ctrl-R", "5u", "undone", "again: crumbs / dog: CC -> II"),
    ("Ctrl-Y", "5u", "undone", "again: crumbs / dog: CC -> II"),
    ("Enter", "", "[ CC]", "▸ note"),
    ("F2", "", "[ CC]", "▸ note"),
    ("e", "", "[ CC]", "Item crumbs"),
    ("E", "", "[ CC]", "Hypothesis dog"),
    ("t", "", "[ CC]", "The scenario"),
    ("a", "", "[ CC]", "New item"),
    ("A", "", "[ CC]", "New hypothesis"),
    ("d", "", "[ CC]", "Delete item crumbs with 2 ratings?"),
    ("D", "", "[ CC]", "Delete hypothesis dog with 2 ratings?"),
    ("o", "", "[ CC]", "crumbs / dog confidence: · -> low"),
    ("[", "", "[ CC]", "crumbs credibility: · -> low"),
    ("]", "", "[ CC]", "crumbs credibility: · -> high"),
    ("{", "", "[ CC]", "crumbs relevance: · -> low"),
    ("}", "", "[ CC]", "crumbs relevance: · -> high"),
    ("R", "", "[ CC]", "dog status: · -> rejected"),
    ("J", "", "[ CC]", "evidence crumbs moved from place 1 to 2"),
    ("K", "j", "II]", "evidence plate moved from place 2 to 1"),
    ("H", "l", "I]", "hypothesis children moved from place 2 to 1"),
    ("L", "", "[ CC]", "hypothesis dog moved from place 1 to 2"),
    ("!", "", "[ CC]", "there are no errors"),
    ("s", "", "[ CC]", "sorted by diagnosticity"),
    ("/", "", "[ CC]", "Enter stay"),
    ("N", "", "[ CC]", "N goes through the matches"),
    ("f", "", "[ CC]", "Enter keep"),
    ("m", "", "[ CC]", "scored by net"),
    ("<", "", "[ CC]", "no column is narrower"),
    (">", "", "Wt   dog", "Wt    dog"),
    ("y", "", "[ CC]", "Copy what?"),
    ("b", "", "[ CC]", "scores hidden, columns shuffled"),
    ("v", "", "The dog: CC", "Panel: d detail, s scores"),
    ("F6", "", "[ CC]", "other keys close"),
    ("F9", "\x1b[20~j", "II]", "The dog: II"),
    ("Alt-<", "\x1b[20~j", "II]", "no panel in sight"),
    ("Alt->", "\x1b[20~j", "II]", "no panel in sight"),
    ("z", "zj", "II]", "no row is higher"),
    ("Z", "Zj", "II]", "no row is lower"),
    ("=", "lj", "[  ·]", "If rated"),
    ("O", "", "[ CC]", "crumbs has no address to open"),
    ("*", "", "[ CC]", "II]"),
    (":", "", "[ CC]", "▸ w [FILE]"),
    ("?", "", "[ CC]", "CC, very consistent"),
    ("F1", "", "[ CC]", "CC, very consistent"),
    ("w", "5", "1 unsaved", "saved case.toml"),
    ("Ctrl-S", "5", "1 unsaved", "saved case.toml"),
    ("q", "5", "1 unsaved", "1 edit is not saved"),
    ("Ctrl-C", "5", "1 unsaved", "1 edit is not saved"),
];

/// The bytes that a terminal sends for a key.
fn sent(key: &str) -> String {
    match key {
        "↑" => "\x1b[A".into(),
        "↓" => "\x1b[B".into(),
        "→" => "\x1b[C".into(),
        "←" => "\x1b[D".into(),
        "Shift-↑" => "\x1b[1;2A".into(),
        "Shift-↓" => "\x1b[1;2B".into(),
        "Shift-→" => "\x1b[1;2C".into(),
        "Shift-←" => "\x1b[1;2D".into(),
        "F1" => "\x1bOP".into(),
        "F2" => "\x1bOQ".into(),
        "Home" => "\x1b[H".into(),
        "End" => "\x1b[F".into(),
        "Del" => "\x1b[3~".into(),
        "PgUp" => "\x1b[5~".into(),
        "PgDn" => "\x1b[6~".into(),
        "Shift-Tab" => "\x1b[Z".into(),
        "Tab" => "\t".into(),
        "Enter" => "\r".into(),
        "Space" => " ".into(),
        "F6" => "\x1b[17~".into(),
        "F9" => "\x1b[20~".into(),
        _ => match key.strip_prefix("Ctrl-") {
            Some(letter) => char::from(letter.as_bytes()[0] & 0x1f).to_string(),
            None => key.strip_prefix("Alt-").map_or_else(|| key.to_owned(), |letter| format!("\x1b{letter}")),
        },
    }
}

#[test]
fn every_key_does_what_it_says() {
    for (key, keys, before, after) in PRESSES {
        let desk = Desk::new();
        let mut ach = desk.open();
        ach.keys(keys).until(before);
        assert!(!ach.screen().contains(after), "{key}: \"{after}\" is there before:\n{}", ach.screen());
        ach.keys(&sent(key)).until(after);
        ach.kill();
    }
}

#[test]
fn no_key_of_the_table_is_left_out() {
    let told = BINDINGS.iter().flat_map(|binding| binding.keys).map(ToString::to_string);
    // Back to the shell: what that takes is tested on its own.
    let missing: Vec<String> =
        told.filter(|key| key != "Ctrl-Z" && !PRESSES.iter().any(|(pressed, ..)| pressed == key)).collect();
    assert_eq!(missing, [""; 0]);
}
