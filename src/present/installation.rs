//! Whether git uses ach: the answer of `ach git status`.

use serde::Serialize;

use super::listing::Listing;
use super::phrase::{plain, strong};
use super::record::Records;
use super::table::Cell;
use super::words::count;
use super::{Heading, Report, Section};

/// The state of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SettingStatus {
    /// It runs this program.
    Set,
    /// It runs another program of this name.
    Namesake,
    /// It is set to something else.
    Other,
    /// It runs a program that no longer exists.
    Gone,
    /// It is not set.
    Missing,
}

/// A setting of git.
#[derive(Debug, Serialize)]
pub struct InstalledSetting {
    /// Its key.
    pub key: &'static str,
    /// Its state.
    pub status: SettingStatus,
    /// Its value.
    pub value: Option<String>,
}

/// A scenario of the work tree.
#[derive(Debug, Serialize)]
pub struct InstalledScenario {
    /// Its path.
    pub path: String,
    /// Whether git attributes give it to ach.
    pub installed: bool,
    /// The line of attributes that keeps it from ach, in words.
    pub overridden: Option<String>,
    /// The number of unsettled conflicts in it, and whether the last commit has conflicts in it too.
    pub conflicts: (usize, bool),
}

/// The settings of git and the scenarios that they are for.
#[derive(Debug, Serialize)]
pub struct InstallationReport {
    /// The settings.
    pub settings: Vec<InstalledSetting>,
    /// The scenarios of the work tree.
    pub scenarios: Vec<InstalledScenario>,
    /// Whether it is about the user's own settings, not those of a repository.
    #[serde(skip)]
    pub global: bool,
    /// The file that says which files are given to ach.
    #[serde(skip)]
    pub attributes: String,
}

impl InstallationReport {
    fn has(&self, status: SettingStatus) -> bool {
        self.settings.iter().any(|setting| setting.status == status)
    }

    fn all(&self, status: SettingStatus) -> bool {
        self.settings.iter().all(|setting| setting.status == status)
    }

    /// The scenarios that git does not give to ach.
    fn strays(&self) -> Vec<&InstalledScenario> {
        self.scenarios.iter().filter(|found| !found.installed).collect()
    }

    fn verdict(&self) -> (&'static str, &'static str) {
        if self.has(SettingStatus::Gone) {
            ("git runs a program that is gone", ": until that is fixed, it compares and merges lines.")
        } else if self.all(SettingStatus::Missing) {
            ("git does not use ach", ".")
        } else if self.has(SettingStatus::Other) || self.has(SettingStatus::Missing) {
            ("git uses ach in part", ".")
        } else if self.has(SettingStatus::Namesake) {
            ("git uses another program called ach", ".")
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
                SettingStatus::Namesake => vec![strong("another ach: "), value],
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
        // What overrides a line of ours is mended by hand.
        let is_complete =
            self.all(SettingStatus::Set) && strays.iter().all(|found| found.overridden.is_some());
        let named = |found: &'_ InstalledScenario, words: String| {
            (vec![Cell::plain(found.path.clone())], vec![plain(words)])
        };
        let left_out = strays.iter().map(|found| named(found, found.overridden.clone().unwrap_or_default()));
        sections.push(Section::Listing(Listing::lines("Left out", &["File"], left_out.collect())));
        let unsettled: Vec<_> = self.scenarios.iter().filter(|found| found.conflicts.0 > 0).collect();
        let conflicts = |found: &&InstalledScenario| {
            let (number, is_committed) = found.conflicts;
            let committed = if is_committed { ", committed unsettled" } else { "" };
            named(found, format!("{}{committed}", count(number, "conflict", "conflicts")))
        };
        let conflicts: Vec<_> = unsettled.iter().map(conflicts).collect();
        sections.push(Section::Listing(Listing::lines("To settle", &["File"], conflicts)));
        let option = if self.global { " --global" } else { "" };
        let unsettled = unsettled.first().filter(|_| is_complete);
        sections.push(Section::Next(if let Some(found) = unsettled {
            format!("ach resolve {} lists the conflicts and settles them", found.path)
        } else if is_complete {
            "git diff shows what changed in words; git log -p does with --ext-diff".to_owned()
        } else {
            format!("ach git install{option} sets what is missing")
        }));
        sections
    }

    fn records(&self) -> Records<'_> {
        let row = |setting: &'_ InstalledSetting| vec![setting.key.into(), setting.value.clone().into()];
        Records::new(vec!["setting".into(), "value".into()], self.settings.iter().map(row).collect())
    }
}
