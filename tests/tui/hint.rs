//! The line of keys: what it leaves out where there is no room, and what does nothing.

use crate::{SMALL, Screen};

#[test]
fn keys_that_do_not_fit_are_left_out_whole() {
    let hints = |keys: &str| {
        let text = Screen::open(SMALL).size(40, 10).keys(keys).text();
        text.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(hints("f"), "| Enter keep  Esc back  Tab completes");
    assert_eq!(hints("/"), "| Enter stay  Esc back");
    assert_eq!(hints("e"), "| Enter accept  Esc back  Tab next");
    assert_eq!(hints("<Enter>"), "| Ctrl-S accept  Esc back  Tab next");
}
