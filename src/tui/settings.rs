//! The user's settings: `config.toml`.
//!
//! A bad setting is a warning with its place. It is never an error, and the other settings hold.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue, ValueDeserializer};

use super::counting;
use super::keymap::{Action, BINDINGS, Key};
use crate::diagnostic::did_you_mean;
use crate::text::wrap_plain;

/// The user's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Name of a theme; `auto` looks at the terminal.
    pub theme: String,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Whether the guide and the line of keys are shown.
    pub hints: bool,
    /// The place of the cursor after a rating.
    pub advance: Advance,
    /// Whether steps can be undone after the file was closed.
    pub undo: bool,
    /// The meaning of digits in the matrix.
    pub digits: Digits,
    /// More keys for actions, by the name that `docs/keys.md` gives an action: `undo = ["Ctrl-U", "F5"]`.
    pub keys: BTreeMap<String, Vec<String>>,
}

/// The place of the cursor after a rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Advance {
    /// The rated cell.
    #[default]
    #[serde(skip)]
    Stay,
    /// The next cell of the row, at its end the first cell of the next row.
    Row,
    /// The next cell of the column, at its end the first cell of the next column.
    Column,
    /// The next blank cell.
    Blank,
}

/// The meaning of digits in the matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Digits {
    /// They rate.
    #[default]
    Rate,
    /// They are a count for the key after them.
    Count,
}

impl Settings {
    /// Returns the keys that the user has bound. Names of unknown actions and keys were reported when the settings were
    /// read.
    pub fn bound(&self) -> Vec<(Key, Action)> {
        let counts = (self.digits == Digits::Count).then(counting::bindings).into_iter().flatten();
        let actions = self.keys.iter().filter_map(|(name, keys)| Some((action(name)?, keys)));
        actions
            .flat_map(|(action, keys)| keys.iter().filter_map(move |key| Some((key.parse().ok()?, action))))
            .chain(counts)
            .collect()
    }
}

fn action(name: &str) -> Option<Action> {
    BINDINGS.iter().find(|binding| binding.name == name).map(|binding| binding.action)
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "auto".into(),
            mouse: true,
            hints: true,
            advance: Advance::Stay,
            digits: Digits::Rate,
            undo: true,
            keys: BTreeMap::new(),
        }
    }
}

/// A setting, as `docs/settings.md` lists it.
#[derive(Debug)]
pub struct Setting {
    /// Its key.
    pub key: &'static str,
    /// Its default, as the file would have it.
    pub default: &'static str,
    /// Its description, as a sentence.
    pub help: &'static str,
}

/// Every setting, in the order of [`Settings`].
pub const SETTINGS: &[Setting] = &[
    Setting {
        key: "theme",
        default: "\"auto\"",
        help: "how the editor looks; `auto` asks the terminal for its background, takes `colour-blind` where it does not say, and `plain` where `NO_COLOR` is set",
    },
    Setting {
        key: "mouse",
        default: "true",
        help: "whether the mouse selects and scrolls; the terminal then selects text only with Shift held",
    },
    Setting {
        key: "hints",
        default: "true",
        help: "whether the guide through the steps and the line of keys are shown; `:hints` switches them for the session",
    },
    Setting {
        key: "advance",
        default: "false",
        help: "where the cursor goes after a rating: `\"row\"` along the row and on to the next one, so that 10 items and \
               5 hypotheses are rated with 50 keys; `\"column\"` down the column; `\"blank\"` to the next blank \
               cell; `false` stays",
    },
    Setting {
        key: "digits",
        default: "\"rate\"",
        help: "what digits do in the matrix: `\"rate\"` rates at once; `\"count\"` counts for the move after them, `12j`, \
               and for `.`: `3.` rates this cell and two below as the last one; letters and `+` `-` rate then, digits never",
    },
    Setting {
        key: "undo",
        default: "true",
        help: "whether the steps of a saved file can be undone after it was closed, as long as nobody else changes it; \
               they are kept in the user's state directory",
    },
    Setting {
        key: "keys",
        default: "{}",
        help: "more keys for actions, by the names of the actions; they come before those of the editor",
    },
];

/// Returns a settings file that has every setting in comments, with its default.
pub(crate) fn settings_in_comments() -> String {
    let comment = |line: String| format!("# {line}\n");
    let setting = |Setting { key, default, help }: &Setting| {
        let help: String = wrap_plain(help, 78).into_iter().map(comment).collect();
        format!("{help}# {key} = {default}\n")
    };
    SETTINGS.iter().map(setting).collect::<Vec<_>>().join("\n")
}

/// A problem of the settings file as one line: line, column and message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsWarning(pub String);

/// Reads the text of `config.toml`. A setting that cannot be read keeps its default.
pub fn read_settings(text: &str) -> (Settings, Vec<SettingsWarning>) {
    let mut reader = SettingsReader { text, settings: Settings::default(), warnings: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        reader.warn(error.span().unwrap_or_default(), error.message());
    }
    for (key, value) in table.into_inner() {
        reader.take(&key, value);
    }
    // In the order of the file.
    reader.warnings.sort_by_key(|(at, _)| *at);
    (reader.settings, reader.warnings.into_iter().map(|(_, warning)| warning).collect())
}

/// The settings while they are read.
struct SettingsReader<'t> {
    text: &'t str,
    settings: Settings,
    /// The warnings, with the offset of each.
    warnings: Vec<(usize, SettingsWarning)>,
}

impl SettingsReader<'_> {
    fn warn(&mut self, at: Range<usize>, what: impl Display) {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |start| start.chars().count()) + 1;
        self.warnings.push((at.start, SettingsWarning(format!("{line}:{column}: {what}"))));
    }

    fn take(&mut self, key: &Spanned<DeString<'_>>, value: Spanned<DeValue<'_>>) {
        let (place, name) = (value.span(), key.get_ref().as_ref());
        let settings = &mut self.settings;
        let read = match name {
            "theme" => read_into(&mut settings.theme, "a text", value),
            "mouse" => read_into(&mut settings.mouse, "true or false", value),
            "hints" => read_into(&mut settings.hints, "true or false", value),
            "undo" => read_into(&mut settings.undo, "true or false", value),
            "digits" => read_into(&mut settings.digits, "\"rate\" or \"count\"", value),
            "advance" => match value.get_ref() {
                DeValue::Boolean(is_on) => {
                    settings.advance = if *is_on { Advance::Row } else { Advance::Stay };
                    Ok(())
                }
                _ => read_into(&mut settings.advance, "\"row\", \"column\", \"blank\" or false", value),
            },
            "keys" => match value.into_inner() {
                DeValue::Table(keys) => {
                    keys.into_iter().for_each(|(name, keys)| self.bind(&name, keys));
                    Ok(())
                }
                _ => Err("expected a table: [keys]".to_owned()),
            },
            other => {
                let known = SETTINGS.iter().map(|setting| setting.key);
                let help = did_you_mean(other, known.clone())
                    .unwrap_or_else(|| format!("the settings are {}", known.collect::<Vec<_>>().join(", ")));
                return self.warn(key.span(), format!("there is no setting \"{other}\": {help}"));
            }
        };
        let objection = read.err().or_else(|| {
            let objection = super::theme::objection(&self.settings.theme).filter(|_| name == "theme")?;
            self.settings.theme = Settings::default().theme;
            Some(objection)
        });
        if let Some(objection) = objection {
            self.warn(place, format!("{name}: {objection}"));
        }
    }

    /// Binds an array of keys, or a single one, to an action.
    fn bind(&mut self, name: &Spanned<DeString<'_>>, keys: Spanned<DeValue<'_>>) {
        let (at, place, name) = (name.span(), keys.span(), name.get_ref().to_string());
        if action(&name).is_none() {
            let known = BINDINGS.iter().map(|binding| binding.name);
            let help = did_you_mean(&name, known).map(|help| format!(": {help}")).unwrap_or_default();
            return self.warn(at, format!("keys: there is no action \"{name}\"{help}"));
        }
        let keys = if let DeValue::String(key) = keys.get_ref() {
            Some(vec![key.to_string()])
        } else {
            let mut read = Vec::new();
            let result = read_into(&mut read, "keys such as [\"F5\", \"Ctrl-U\"]", keys);
            result.map_err(|why| self.warn(place.clone(), format!("keys.{name}: {why}"))).ok().map(|()| read)
        };
        let (keys, others): (Vec<String>, Vec<String>) =
            keys.into_iter().flatten().partition(|key| key.parse::<Key>().is_ok());
        for other in others {
            let how = "keys are written like u, U, Ctrl-R, Space, F5";
            self.warn(place.clone(), format!("keys.{name}: \"{other}\" is not a key; {how}"));
        }
        self.settings.keys.insert(name, keys);
    }
}

/// Reads a value, or returns what was expected in its place.
fn read_into<T: DeserializeOwned>(
    place: &mut T,
    expected: &str,
    value: Spanned<DeValue<'_>>,
) -> Result<(), String> {
    *place = T::deserialize(ValueDeserializer::from(value)).map_err(|_| format!("expected {expected}"))?;
    Ok(())
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
        assert_eq!(settings.advance, Advance::Row);
        let told: Vec<&str> = warnings.iter().map(|warning| warning.0.as_str()).collect();
        assert_eq!(
            told,
            [
                "4:1: keys: there is no action \"redoo\": did you mean \"redo\"?",
                "5:8: keys.save: \"Hyper-s\" is not a key; keys are written like u, U, Ctrl-R, Space, F5"
            ]
        );
        let bound = settings.bound();
        let press = |code| keymap::action(KeyEvent::new(code, KeyModifiers::NONE), &bound);
        assert_eq!(press(KeyCode::F(5)), Some(Action::Undo));
        assert_eq!(press(KeyCode::Char('x')), Some(Action::Undo), "the user's keys come first");
        assert_eq!(press(KeyCode::Char('u')), Some(Action::Undo), "the table's keys stay");
    }

    #[test]
    fn every_setting_is_documented_with_its_default() {
        let keys: Vec<&str> = SETTINGS.iter().map(|setting| setting.key).collect();
        let (_, warnings) = read_settings("unknown = 1");
        let expected = format!("1:1: there is no setting \"unknown\": the settings are {}", keys.join(", "));
        assert_eq!(warnings[0].0, expected);
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
        assert_eq!(settings.advance, Advance::Row, "the other settings hold");
    }

    #[test]
    fn a_bad_setting_is_a_warning_and_costs_no_other() {
        let text = "mouse = 7\nadvance = true\ncolour = 1\nhints = [\n[keys]\nundo = [1]\nsave = \"F9\"\n";
        let (settings, warnings) = read_settings(&text.replace("hints = [\n", ""));
        let told: Vec<&str> = warnings.iter().map(|warning| warning.0.as_str()).collect();
        assert_eq!(
            told,
            [
                "1:9: mouse: expected true or false",
                "3:1: there is no setting \"colour\": the settings are theme, mouse, hints, advance, digits, undo, keys",
                "5:8: keys.undo: expected keys such as [\"F5\", \"Ctrl-U\"]"
            ]
        );
        assert_eq!((settings.advance, settings.mouse), (Advance::Row, true));
        assert_eq!(settings.bound(), [("F9".parse().unwrap(), Action::Save)], "one key needs no brackets");
        let (_, warnings) = read_settings(text);
        assert!(warnings.iter().all(|warning| !warning.0.contains('\n')) && !warnings.is_empty());
    }
}
