//! Settings of the user: `config.toml`, read by serde. A bad setting is a warning with its place, never a refusal.

use serde::Deserialize;

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
}

impl Default for Settings {
    fn default() -> Self {
        Self { theme: "auto".into(), mouse: true, hints: true, advance: false }
    }
}

/// What is wrong with the settings file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsWarning(pub String);

/// The settings in the text of `config.toml`; the defaults, with a warning, where it cannot be read.
#[must_use]
pub fn read_settings(text: &str) -> (Settings, Option<SettingsWarning>) {
    match toml::from_str(text) {
        Ok(settings) => (settings, None),
        Err(error) => (Settings::default(), Some(SettingsWarning(error.to_string()))),
    }
}
