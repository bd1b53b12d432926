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
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the guide and the line of keys are shown.
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

/// A setting as `docs/settings.md` tells of it.
#[derive(Debug)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// What it is if nothing is said, as the file has it.
    pub default: &'static str,
    /// What it does, in a sentence.
    pub help: &'static str,
}

/// Every setting, in the order of [`Settings`].
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "theme",
        default: "\"auto\"",
        help: "how the editor looks; `auto` asks the terminal, and takes `plain` where `NO_COLOR` is set",
    },
    Setting {
        key: "mouse",
        default: "true",
        help: "whether the mouse selects and scrolls; the terminal then selects text only with Shift held",
    },
    Setting {
        key: "hints",
        default: "true",
        help: "whether the guide through the steps and the line of keys are shown; `:hints` switches them for a while",
    },
    Setting {
        key: "advance",
        default: "false",
        help: "whether the cursor goes on to the next cell of the row after a rating",
    },
    Setting {
        key: "keys",
        default: "{}",
        help: "more keys for actions, by the names of the actions; they come before those of the editor",
    },
];

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
    fn every_setting_is_documented_with_its_default() {
        let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        let (_, warnings) = read_settings("unknown = 1");
        let expected = format!("expected one of `{}`", keys.join("`, `"));
        assert!(warnings[0].0.contains(&expected), "{warnings:?} {expected}");
        for Setting { key, default, help } in SETTINGS {
            assert_eq!(read_settings(&format!("{key} = {default}")), (Settings::default(), Vec::new()));
            assert!(!help.is_empty());
        }
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
