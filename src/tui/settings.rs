//! Settings of the user: `config.toml`, read by serde. A bad setting is a warning with its place, never a refusal.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::keymap::{Action, BINDINGS, Key};
use crate::diagnostic::did_you_mean;

/// What the user has chosen.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Name of a theme; `auto` looks at the terminal.
    pub theme: String,
    /// Whether the mouse is used, which keeps the terminal from selecting text with it.
    pub mouse: bool,
    /// Whether hints are shown.
    pub hints: bool,
    /// Whether the cursor goes on to the next cell after a rating.
    pub advance: bool,
    /// More keys for actions, by the name that `docs/keys.md` gives an action: `undo = ["Ctrl-U", "F5"]`.
    pub keys: BTreeMap<String, Vec<String>>,
}

impl Settings {
    /// The keys that are bound here, and what is wrong with others.
    #[must_use]
    pub fn bound(&self) -> (Vec<(Key, Action)>, Vec<SettingsWarning>) {
        let (mut bound, mut warnings) = (Vec::new(), Vec::new());
        for (name, keys) in &self.keys {
            let Some(binding) = BINDINGS.iter().find(|binding| binding.name == name) else {
                let names = BINDINGS.iter().map(|binding| binding.name);
                let help = did_you_mean(name, names).map(|help| format!("; {help}")).unwrap_or_default();
                warnings.push(SettingsWarning(format!("keys: there is no action \"{name}\"{help}")));
                continue;
            };
            for key in keys {
                match key.parse() {
                    Ok(key) => bound.push((key, binding.action)),
                    Err(()) => warnings.push(SettingsWarning(format!(
                        "keys.{name}: \"{key}\" is no key; keys are written like u, U, Ctrl-R, Space, F5"
                    ))),
                }
            }
        }
        (bound, warnings)
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: "auto".into(), mouse: true, hints: true, advance: false, keys: BTreeMap::new() }
    }
}

/// What is wrong with the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsWarning(pub String);

/// The settings in the text of `config.toml`; the defaults, with a warning, where it cannot be read.
#[must_use]
pub fn read_settings(text: &str) -> (Settings, Vec<SettingsWarning>) {
    match toml::from_str::<Settings>(text) {
        Ok(settings) => {
            let theme = super::theme::objection(&settings.theme).map(|text| format!("theme: {text}"));
            let (_, keys) = settings.bound();
            let warnings = theme.map(SettingsWarning).into_iter().chain(keys).collect();
            (settings, warnings)
        }
        Err(error) => (Settings::default(), vec![SettingsWarning(error.to_string())]),
    }
}

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    use super::*;
    use crate::tui::keymap;

    #[test]
    fn several_keys_may_be_bound_to_an_action_and_a_slip_is_told() {
        let text = "advance = true\n[keys]\nundo = [\"F5\", \"x\"]\nredoo = [\"F6\"]\nsave = [\"Hyper-s\"]\n";
        let (settings, warnings) = read_settings(text);
        assert!(settings.advance);
        let told: Vec<&str> = warnings.iter().map(|warning| warning.0.as_str()).collect();
        assert!(
            told[0].contains("did you mean \"redo\"?") && told[1].contains("\"Hyper-s\" is no key"),
            "{told:?}"
        );
        let (bound, _) = settings.bound();
        let press = |code| keymap::action(KeyEvent::new(code, KeyModifiers::NONE), &bound);
        assert_eq!(press(KeyCode::F(5)), Some(Action::Undo));
        assert_eq!(press(KeyCode::Char('x')), Some(Action::Undo), "the user's keys come first");
        assert_eq!(press(KeyCode::Char('u')), Some(Action::Undo), "the table's keys stay");
    }

    #[test]
    fn a_theme_that_is_not_there_is_told() {
        assert_eq!(read_settings("theme = \"light\"").1, []);
        let (settings, warnings) = read_settings("theme = \"drak\"\nadvance = true");
        assert!(
            warnings[0].0.contains("theme: there is no theme \"drak\": did you mean \"dark\"?"),
            "{warnings:?}"
        );
        assert!(settings.advance, "the other settings hold");
    }

    #[test]
    fn a_bad_setting_is_a_warning_and_no_refusal() {
        let (settings, warnings) = read_settings("mouse = 7\n");
        assert_eq!(settings, Settings::default());
        assert_eq!(warnings.len(), 1);
    }
}
