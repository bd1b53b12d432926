//! Whether git uses ach: the answer of `ach git status`.

use serde::Serialize;

use super::listing::Listing;
use super::phrase::{plain, strong};
use super::record::{RecordField, Records};
use super::table::{Cell, Lazy};
use super::words::count;
use super::{Heading, Report, Section};

/// The state of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingStatus {
    /// It runs this program.
    Set,
    /// It is set to something else.
    Other,
    /// It runs a program that no longer exists.
    Gone,
    /// It is not set.
    Missing,
}

#[derive(Debug, Serialize)]
struct InstalledSetting {
    key: &'static str,
    status: SettingStatus,
    value: Option<String>,
}

#[derive(Debug, Serialize)]
struct InstalledScenario {
    path: String,
    /// Whether git attributes give it to ach.
    installed: bool,
}

/// The settings of git and the scenarios that they are for.
#[derive(Debug, Serialize)]
pub struct InstallationReport {
    settings: Vec<InstalledSetting>,
    /// The scenarios of the work tree.
    scenarios: Vec<InstalledScenario>,
    #[serde(skip)]
    global: bool,
    /// The file that says which files are given to ach.
    #[serde(skip)]
    attributes: String,
}

impl InstallationReport {
    /// Reports on a repository or, if `global`, on the user's own settings: each setting by its key with its value;
    /// each scenario of the work tree by its path, and whether git gives it to ach; and the name of the file of git
    /// attributes.
    #[must_use]
    pub fn new(
        global: bool,
        settings: Vec<(&'static str, SettingStatus, Option<String>)>,
        scenarios: Vec<(String, bool)>,
        attributes: String,
    ) -> Self {
        let settings =
            settings.into_iter().map(|(key, status, value)| InstalledSetting { key, status, value });
        let scenarios = scenarios.into_iter().map(|(path, installed)| InstalledScenario { path, installed });
        Self { settings: settings.collect(), scenarios: scenarios.collect(), global, attributes }
    }

    fn has(&self, status: SettingStatus) -> bool {
        self.settings.iter().any(|setting| setting.status == status)
    }

    fn all(&self, status: SettingStatus) -> bool {
        self.settings.iter().all(|setting| setting.status == status)
    }

    /// The paths of scenarios that git does not give to ach.
    fn strays(&self) -> Vec<&str> {
        self.scenarios.iter().filter(|found| !found.installed).map(|found| found.path.as_str()).collect()
    }

    fn verdict(&self) -> (&'static str, &'static str) {
        if self.has(SettingStatus::Gone) {
            ("git runs a program that is gone", ": until that is mended, it compares and merges lines.")
        } else if self.all(SettingStatus::Missing) {
            ("git does not use ach", ".")
        } else if !self.all(SettingStatus::Set) {
            ("git uses ach in part", ".")
        } else if self.strays().is_empty() {
            ("git compares and merges scenarios with ach", ".")
        } else {
            ("git uses ach, but not for every scenario", ".")
        }
    }

    fn settings(&self) -> Listing<'_> {
        let line = |InstalledSetting { key, status, value }: &'_ InstalledSetting| {
            let value = plain(value.as_deref().unwrap_or_default().to_owned());
            let words = match status {
                SettingStatus::Set => vec![value],
                SettingStatus::Other => vec![strong("not ours: "), value],
                SettingStatus::Gone => vec![strong("its program is gone: "), value],
                SettingStatus::Missing => vec![strong("not set")],
            };
            (vec![Cell::plain(*key)], words)
        };
        Listing::lines("Settings", &["Setting"], self.settings.iter().map(line).collect())
    }
}

impl Report for InstallationReport {
    fn heading(&self) -> Heading<'_> {
        Heading::unmarked("git and ach")
    }

    fn sections(&self) -> Vec<Section<'_>> {
        let (verdict, rest) = self.verdict();
        let strays = self.strays();
        let mut sections =
            vec![Section::Prose(vec![vec![strong(verdict), plain(rest)]]), Section::Listing(self.settings())];
        if !self.global {
            let (all, file) = (self.scenarios.len(), &self.attributes);
            let ours = all - strays.len();
            sections.push(Section::Prose(vec![vec![plain(match (all, ours) {
                (0, _) => "There is no scenario in the work tree.".to_owned(),
                (1, 1) => format!("{file} gives ach the one scenario that there is."),
                (_, ours) if ours == all => format!("{file} gives ach all {all} scenarios."),
                (_, _) => format!("{file} gives ach {ours} of {}.", count(all, "scenario", "scenarios")),
            })]]));
        }
        let is_complete = self.all(SettingStatus::Set) && strays.is_empty();
        let strays = strays.into_iter().map(|path| (vec![Cell::plain(path)], Vec::new()));
        sections.push(Section::Listing(Listing::lines("Left out", &["File"], strays.collect())));
        let option = if self.global { " --global" } else { "" };
        sections.push(Section::Next(if is_complete {
            "git diff tells what changed in words; git log -p does with --ext-diff".to_owned()
        } else {
            format!("ach git install{option} sets what is missing")
        }));
        sections
    }

    fn records(&self) -> Records<'_> {
        let row = |InstalledSetting { key, value, .. }: &'_ InstalledSetting| {
            vec![RecordField::text(*key), RecordField::maybe(value.clone(), RecordField::text)]
        };
        let rows = Lazy::of(self.settings.iter().map(row).collect());
        Records { columns: vec!["setting".into(), "value".into()], rows, struck: Vec::new() }
    }
}
