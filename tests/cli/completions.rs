//! `ach completions`.

use crate::support::Bench;

#[test]
fn every_shell_has_a_script_that_knows_the_commands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Bench::new().result(&format!("completions {shell}"));
        assert!(script.contains("rank") && script.contains("as-of"), "{shell}");
    }
}
