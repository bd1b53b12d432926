//! Whether git uses us: what `ach git status` answers.

use serde::Serialize;
use serde::ser::Serializer;

use super::json::List;
use super::listing::{Listing, ListingEntry};
use super::phrase::{dim, plain, strong};
use super::record::{RecordField, Records};
use super::table::{Cell, Lazy};
use super::words::count;
use super::{Heading, JSON_FORMAT, Report, Section};

/// How a setting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingStatus {
    /// It does its work.
    Set,
    /// It is set to something that is not ours.
    Other,
    /// It runs a program that is not there.
    Gone,
    /// It is not set.
    Missing,
}

/// The settings of git and the scenarios that they are for.
#[derive(Debug)]
pub struct InstallationReport {
    /// Whether it is about the user's own settings instead of a repository's.
    pub global: bool,
    /// Each setting by its key, with its value.
    pub settings: Vec<(&'static str, SettingStatus, Option<String>)>,
    /// Each scenario of the work tree by its path, and whether git gives it to us.
    pub scenarios: Vec<(String, bool)>,
    /// The file that says which files are given to us.
    pub attributes: String,
}

impl InstallationReport {
    fn has(&self, status: SettingStatus) -> bool {
        self.settings.iter().any(|(_, found, _)| *found == status)
    }

    fn strays(&self) -> Vec<&str> {
        self.scenarios.iter().filter(|(_, ours)| !ours).map(|(path, _)| path.as_str()).collect()
    }

    fn verdict(&self) -> (&'static str, &'static str) {
        let all = |status| self.settings.iter().all(|(_, found, _)| *found == status);
        if self.has(SettingStatus::Gone) {
            ("git runs a program that is gone", ": until that is mended, it compares and merges lines.")
        } else if all(SettingStatus::Missing) {
            ("git does not use ach", ".")
        } else if !all(SettingStatus::Set) {
            ("git uses ach in part", ".")
        } else if self.strays().is_empty() {
            ("git compares and merges scenarios with ach", ".")
        } else {
            ("git uses ach, but not for every scenario", ".")
        }
    }

    fn is_complete(&self) -> bool {
        self.settings.iter().all(|(_, found, _)| *found == SettingStatus::Set) && self.strays().is_empty()
    }
}

impl Report for InstallationReport {
    fn heading(&self) -> Heading<'_> {
        Heading::unmarked("git and ach")
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let (verdict, rest) = self.verdict();
        let settings = Listing {
            heading: "Settings".to_owned(),
            names: &["Setting"],
            compares: false,
            entries: Lazy::new(self.settings.len(), |at| {
                let key = self.settings.get(at).map(|(key, ..)| vec![Cell::plain(*key)]);
                ListingEntry { names: key.unwrap_or_default(), ..ListingEntry::default() }
            }),
            words: Lazy::new(self.settings.len(), |at| {
                let Some((_, status, value)) = self.settings.get(at) else { return Vec::new() };
                let value = plain(value.as_deref().unwrap_or_default());
                vec![match status {
                    SettingStatus::Set => vec![value],
                    SettingStatus::Other => vec![strong("not ours: "), value],
                    SettingStatus::Gone => vec![strong("its program is gone: "), value],
                    SettingStatus::Missing => vec![strong("not set")],
                }]
            }),
        };
        let mut sections =
            vec![Section::Prose(vec![vec![strong(verdict), plain(rest)]]), Section::Listing(settings)];
        let strays = self.strays();
        if !self.global {
            let (all, file) = (self.scenarios.len(), &self.attributes);
            let ours = all - strays.len();
            sections.push(Section::Prose(vec![match (all, ours) {
                (0, _) => vec![plain("There is no scenario in the work tree.")],
                (1, 1) => vec![plain(format!("{file} gives ach the one scenario that there is."))],
                (_, ours) if ours == all => vec![plain(format!("{file} gives ach all {all} scenarios."))],
                (_, _) => {
                    let all = count(all, "scenario", "scenarios");
                    vec![plain(format!("{file} gives ach {ours} of {all}."))]
                }
            }]));
        }
        let (names, number) = (strays.clone(), strays.len());
        sections.push(Section::Listing(Listing {
            heading: "Left out".to_owned(),
            names: &["File"],
            compares: false,
            entries: Lazy::new(number, move |at| {
                let name = names.get(at).map(|name| vec![Cell::plain(*name)]);
                ListingEntry { names: name.unwrap_or_default(), ..ListingEntry::default() }
            }),
            words: Lazy::new(number, |_| vec![vec![dim("")]]),
        }));
        let option = if self.global { " --global" } else { "" };
        let next = if self.is_complete() {
            "git diff tells what changed in words; git log -p does with --ext-diff".to_owned()
        } else {
            format!("ach git install{option} sets what is missing")
        };
        sections.push(Section::Next(next));
        sections
    }

    fn records(&self) -> Records<'_> {
        let rows = Lazy::new(self.settings.len(), |at| {
            let Some((key, _, value)) = self.settings.get(at) else { return Vec::new() };
            vec![RecordField::text(*key), RecordField::maybe(value.as_deref(), RecordField::text)]
        });
        Records { columns: vec!["setting".into(), "value".into()], rows }
    }
}

#[derive(Serialize)]
struct Document<S, F> {
    format: u32,
    settings: S,
    scenarios: F,
}

#[derive(Serialize)]
struct SettingDocument<'a> {
    key: &'a str,
    status: SettingStatus,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct ScenarioDocument<'a> {
    path: &'a str,
    installed: bool,
}

impl Serialize for InstallationReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Document {
            format: JSON_FORMAT,
            settings: List(|| {
                self.settings.iter().map(|(key, status, value)| SettingDocument {
                    key,
                    status: *status,
                    value: value.as_deref(),
                })
            }),
            scenarios: List(|| {
                self.scenarios.iter().map(|(path, ours)| ScenarioDocument { path, installed: *ours })
            }),
        }
        .serialize(serializer)
    }
}
