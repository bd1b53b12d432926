//! Pickers: the things that a field can name, found by a few typed letters.
//!
//! Knows what can be taken and what is. Must never know the screen.

use std::sync::Arc;

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use super::{key_in_form, suggestion};
use crate::change::Listed;
use crate::present::target::by_kind;
use crate::present::words::{count, grouped};
use crate::scenario::{
    Evidence, EvidenceField, Fielded, Hypothesis, ItemKind, Scenario, ScenarioField, Shape, Source, SourceId,
};
use crate::text::{join_list, split_list};
use crate::tui::fuzzy::ranked;
use crate::tui::widget::Input;

/// The things that a field can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PickFrom {
    /// The items of a kind, by their ids.
    Items(ItemKind),
    /// Sources as free text, where none is declared.
    CitedTexts,
    Groups,
    Tags,
}

/// A thing that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PickerOption {
    /// The text that stands for it in the field.
    pub(crate) value: String,
    /// Its name for people.
    pub(crate) name: String,
    /// Facts about it, in columns.
    pub(crate) facts: Vec<String>,
}

/// The end of a picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picking {
    /// It goes on.
    On,
    /// The field gets the things that are taken.
    Done,
    /// Like `Done`; then the form goes on to its next field.
    DoneNext,
    /// Like `Done`; then the form is accepted.
    DoneAccept,
    /// The field stays as it was.
    Left,
}

/// A picker that is open in a form.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Picker {
    pub(crate) from: PickFrom,
    shape: Shape,
    /// The letters that are searched for.
    pub(crate) input: Input,
    pub(crate) options: Arc<[PickerOption]>,
    /// Positions of the options that match, the best first.
    pub(crate) found: Vec<usize>,
    /// The chosen one among them; after them comes the new one.
    pub(crate) at: usize,
    /// The values that are taken, in order.
    pub(crate) taken: Vec<String>,
    /// Sources that were named here and are to be declared.
    pub(super) sources: Vec<Source>,
    /// Whether another one was chosen with the arrows since something was taken.
    is_moved: bool,
    /// Whether one was taken beside others.
    is_more: bool,
}

impl PickFrom {
    /// Returns what a field of a kind of item can name, `None` as the kind for the scenario itself; `None` where that is
    /// nothing or any text.
    pub(super) fn of(scenario: &Scenario, kind: Option<ItemKind>, key: &str) -> Option<Self> {
        let own = || ScenarioField::parse(key).and_then(Scenario::refers_to);
        match (kind.map_or_else(own, |kind| by_kind!(kind, refers_to(key))), kind) {
            (Some(ItemKind::Source), _) if scenario.sources.is_empty() => {
                let is_cited = scenario.evidence.iter().any(|item| !item.sources().is_empty());
                is_cited.then_some(Self::CitedTexts)
            }
            (Some(kind), _) => (!by_kind!(kind, is_empty(scenario))).then_some(Self::Items(kind)),
            (None, Some(ItemKind::Evidence)) => {
                let is_there = |has: fn(&Evidence) -> bool| scenario.evidence.iter().any(has);
                let field = Evidence::parse_field(key)?;
                let groups = field == EvidenceField::Group && is_there(|item| item.group.is_some());
                let tags = field == EvidenceField::Tags && is_there(|item| item.tags.is_some());
                groups.then_some(Self::Groups).or(tags.then_some(Self::Tags))
            }
            (None, _) => None,
        }
    }

    /// Returns the words before the name of a new thing; `None` where only what exists can be taken.
    pub(crate) const fn new_thing(self) -> Option<&'static str> {
        match self {
            Self::Items(ItemKind::Source) => Some("a new source named"),
            Self::Items(_) => None,
            Self::CitedTexts => Some("a source cited as"),
            Self::Groups => Some("a new group"),
            Self::Tags => Some("a new tag"),
        }
    }

    fn options(self, scenario: &Scenario) -> Vec<PickerOption> {
        let items = &scenario.evidence;
        let cited = |value: &str| {
            let is_citing = |item: &&Evidence| item.sources().iter().any(|source| source == value);
            count(items.iter().filter(is_citing).count(), "item", "items")
        };
        match self {
            Self::Items(ItemKind::Source) => {
                let of_source = |source: &Source| {
                    let grade = source.reliability.map_or("", |grade| grade.as_str()).to_owned();
                    let facts = vec![grade, cited(source.id.as_str()), steering(scenario, source)];
                    PickerOption { value: source.id.to_string(), name: source.name.clone(), facts }
                };
                scenario.sources.iter().map(of_source).collect()
            }
            Self::Items(ItemKind::Hypothesis) => {
                let of_hypothesis = |hypothesis: &Hypothesis| {
                    let facts = if hypothesis.is_active() { Vec::new() } else { vec!["rejected".to_owned()] };
                    PickerOption { value: hypothesis.id.to_string(), name: hypothesis.name.clone(), facts }
                };
                scenario.hypotheses.iter().map(of_hypothesis).collect()
            }
            Self::Items(kind) => by_kind!(kind, named(scenario)),
            Self::CitedTexts => tallied(items.iter().flat_map(Evidence::sources)),
            Self::Groups => tallied(items.iter().filter_map(|item| item.group.as_ref())),
            Self::Tags => tallied(items.iter().flat_map(|item| item.tags.iter().flatten())),
        }
    }
}

fn refers_to<T: Listed>(key: &str) -> Option<ItemKind> {
    T::parse_field(key).and_then(T::refers_to)
}

fn is_empty<T: Listed>(scenario: &Scenario) -> bool {
    T::list(scenario).is_empty()
}

/// Returns the items of a kind by ids and texts.
fn named<T: Listed>(scenario: &Scenario) -> Vec<PickerOption> {
    let text = |item: &T| T::FIELDS.first().and_then(|field| item.field(*field));
    let option = |item: &T| {
        let id = item.id().to_string();
        let name = text(item).and_then(|text| Some(format!("{id}  {}", text.as_text()?)));
        PickerOption { name: name.unwrap_or_else(|| id.clone()), value: id, facts: Vec::new() }
    };
    T::list(scenario).iter().map(option).collect()
}

/// Returns each text once, with the number of items that have it.
fn tallied<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<PickerOption> {
    let option = |(text, uses): (&String, Vec<()>)| PickerOption {
        value: text.clone(),
        name: text.clone(),
        facts: vec![count(uses.len(), "item", "items")],
    };
    grouped(texts.map(|text| (text, ()))).into_iter().map(option).collect()
}

/// Returns who could steer a source, by the headers of their columns.
fn steering(scenario: &Scenario, source: &Source) -> String {
    let steers = |hypothesis: &&Hypothesis| {
        source.controlled_by.iter().flatten().any(|id| id == hypothesis.id.as_str())
    };
    let names: Vec<&str> = scenario.hypotheses.iter().filter(steers).map(Hypothesis::header).collect();
    match names.len() {
        0 => String::new(),
        1 => format!("{} steers", names.join(", ")),
        _ => format!("{} steer", names.join(", ")),
    }
}

impl Picker {
    /// Opens a picker over a field with this text.
    pub(super) fn new(scenario: &Scenario, from: PickFrom, shape: Shape, text: &str) -> Self {
        let options: Arc<[PickerOption]> = from.options(scenario).into();
        let taken = if takes_several(shape) {
            split_list(text)
        } else {
            Some(text.trim().to_owned()).filter(|text| !text.is_empty()).into_iter().collect()
        };
        let found: Vec<usize> = (0..options.len()).collect();
        let is_taken = |option: &PickerOption| taken.first() == Some(&option.value);
        let at = options.iter().position(is_taken).unwrap_or_default();
        let (input, sources) = (Input::default(), Vec::new());
        Self { from, shape, input, options, found, at, taken, sources, is_moved: false, is_more: false }
    }

    /// Whether several things can be taken.
    pub(crate) fn takes_several(&self) -> bool {
        takes_several(self.shape)
    }

    /// Returns the text that goes into the field.
    pub(super) fn text(&self) -> String {
        if self.takes_several() { join_list(&self.taken) } else { self.taken.concat() }
    }

    /// Returns the name that a new thing would have; `None` where nothing new can be taken, or it exists.
    pub(crate) fn new_name(&self) -> Option<&str> {
        self.from.new_thing()?;
        let name = self.input.text().trim();
        let is_known = |option: &PickerOption| option.name == name || option.value == name;
        Some(name).filter(|name| !name.is_empty() && !self.options.iter().any(is_known))
    }

    /// Whether the new thing is chosen.
    pub(crate) fn is_new_chosen(&self) -> bool {
        self.at >= self.found.len() && self.new_name().is_some()
    }

    /// Number of lines to choose from.
    pub(crate) fn lines(&self) -> usize {
        self.found.len() + usize::from(self.new_name().is_some())
    }

    /// Chooses the line so many further on.
    pub(crate) fn go_by(&mut self, by: isize) {
        self.at = self.at.saturating_add_signed(by).min(self.lines().saturating_sub(1));
        self.is_moved = true;
    }

    /// Types a text into the search.
    pub(crate) fn type_in(&mut self, text: &str) {
        self.input.insert(text);
        self.search();
    }

    fn search(&mut self) {
        let lines = self.options.iter().map(|option| format!("{} {}", option.value, option.name));
        self.found = ranked(self.input.text(), lines);
        (self.at, self.is_moved) = (0, false);
    }

    /// Takes a key.
    pub(crate) fn press(&mut self, scenario: &Scenario, event: KeyEvent) -> Picking {
        let is_meant = self.is_moved || !self.input.is_empty();
        let is_beside = self.shape == Shape::List || self.is_more;
        match key_in_form(event) {
            KeyCode::Esc => return Picking::Left,
            KeyCode::Enter | KeyCode::Tab | KeyCode::F(2) if is_meant && !self.take(scenario, is_beside) => {}
            KeyCode::Enter => return Picking::Done,
            KeyCode::Tab => return Picking::DoneNext,
            KeyCode::F(2) => return Picking::DoneAccept,
            KeyCode::Up => self.go_by(-1),
            KeyCode::Down => self.go_by(1),
            KeyCode::PageUp => self.go_by(-PAGE),
            KeyCode::PageDown => self.go_by(PAGE),
            KeyCode::Delete => self.take_away(),
            KeyCode::Char(c @ (' ' | ',')) if self.takes_several() && (c == ',' || !self.is_new_chosen()) => {
                if is_meant {
                    self.take_more(scenario);
                }
            }
            _ => {
                if self.input.press(event) {
                    self.search();
                }
            }
        }
        Picking::On
    }

    /// Takes the chosen thing beside others, and searches anew.
    fn take_more(&mut self, scenario: &Scenario) {
        if self.take(scenario, true) {
            self.is_more = true;
            self.input = Input::default();
            self.search();
        }
    }

    /// Takes the chosen thing, in place of others unless it stands beside them. Returns whether there is one.
    fn take(&mut self, scenario: &Scenario, is_beside: bool) -> bool {
        let known = self.found.get(self.at).and_then(|at| self.options.get(*at));
        let Some(value) = known.map(|option| option.value.clone()).or_else(|| self.new_value(scenario))
        else {
            return false;
        };
        if !is_beside {
            self.taken.clear();
        }
        if !self.taken.contains(&value) {
            self.taken.push(value);
        }
        true
    }

    /// Returns the value of the new thing; a new source is one to be declared.
    fn new_value(&mut self, scenario: &Scenario) -> Option<String> {
        let name = self.new_name()?.to_owned();
        if self.from != PickFrom::Items(ItemKind::Source) {
            return Some(name);
        }
        let id = SourceId::parse(&suggestion(scenario, ItemKind::Source, &name))?;
        self.sources.push(Source::new(id.clone(), name));
        Some(id.to_string())
    }

    /// Takes the chosen thing away, or the last one if it is not taken.
    fn take_away(&mut self) {
        let chosen = self.found.get(self.at).and_then(|at| self.options.get(*at));
        let at = chosen.and_then(|option| self.taken.iter().position(|value| *value == option.value));
        match at {
            Some(at) => {
                self.taken.remove(at);
            }
            None => {
                self.taken.pop();
            }
        }
        // What was chosen to be taken away is not meant to be taken.
        if self.input.is_empty() {
            self.is_moved = false;
        } else {
            self.input = Input::default();
            self.search();
        }
    }

    /// Returns what is taken, in words.
    pub(crate) fn told(&self) -> String {
        let name = |value: &String| {
            let known = self.options.iter().find(|option| option.value == *value);
            let new = self.sources.iter().find(|source| source.id.as_str() == value);
            match (known, new, self.from) {
                (Some(option), ..) if matches!(self.from, PickFrom::Items(ItemKind::Evidence)) => {
                    option.value.clone()
                }
                (Some(option), ..) => option.name.clone(),
                (None, Some(source), _) => format!("{} (new)", source.name),
                (None, None, PickFrom::Items(ItemKind::Source)) => format!("{value} (not declared)"),
                (None, None, PickFrom::Items(_)) => format!("{value} (not there)"),
                (None, None, _) => value.clone(),
            }
        };
        let names: Vec<String> = self.taken.iter().map(name).collect();
        let verb = match self.from {
            PickFrom::Items(ItemKind::Source) | PickFrom::CitedTexts => "Cited now",
            PickFrom::Items(_) | PickFrom::Groups | PickFrom::Tags => "Chosen now",
        };
        if names.is_empty() { format!("{verb}: none") } else { format!("{verb}: {}", names.join(", ")) }
    }

    /// Returns the keys that do something now.
    pub(crate) fn hint(&self) -> &'static str {
        match (self.lines(), self.takes_several(), self.is_new_chosen()) {
            (0, ..) => "Nothing matches: Backspace  Esc back",
            (_, true, false) => "Enter take  Space one more  Del take away  Esc back",
            (_, true, true) => "Enter take  , one more  Del take away  Esc back",
            (_, false, _) => "Enter take  Del take away  Esc back",
        }
    }
}

/// Whether a field of this shape can name several things.
const fn takes_several(shape: Shape) -> bool {
    matches!(shape, Shape::List | Shape::TextOrList)
}

/// Lines of a page.
const PAGE: isize = 10;

#[cfg(test)]
mod tests {
    use ratatui::crossterm::event::KeyModifiers;

    use super::*;

    fn scenario() -> Scenario {
        let mut scenario = Scenario::new("t");
        for (id, name) in [("moi", "Taliban ministry"), ("tass", "TASS"), ("taj", "Tajik radio")] {
            scenario.sources.push(Source::new(SourceId::parse(id).unwrap(), name));
        }
        scenario
    }

    /// Returns the text of the field after these keys, and the end of the picker.
    fn picked(shape: Shape, text: &str, keys: &[&str]) -> (String, Picking) {
        let scenario = scenario();
        let mut picker = Picker::new(&scenario, PickFrom::Items(ItemKind::Source), shape, text);
        let mut end = Picking::On;
        for key in keys {
            let code = |code| KeyEvent::new(code, KeyModifiers::NONE);
            end = match *key {
                "enter" => picker.press(&scenario, code(KeyCode::Enter)),
                "tab" => picker.press(&scenario, code(KeyCode::Tab)),
                "esc" => picker.press(&scenario, code(KeyCode::Esc)),
                "down" => picker.press(&scenario, code(KeyCode::Down)),
                "del" => picker.press(&scenario, code(KeyCode::Delete)),
                typed => typed.chars().fold(end, |_, c| picker.press(&scenario, code(KeyCode::Char(c)))),
            };
        }
        (picker.text(), end)
    }

    #[test]
    fn one_is_taken_in_the_place_of_another_and_more_beside_it() {
        let several = Shape::TextOrList;
        let done = |text: &str| (text.to_owned(), Picking::Done);
        assert_eq!(picked(several, "tass", &["mini", "enter"]), done("moi"));
        assert_eq!(picked(several, "tass", &["mini", " ", "enter"]), done("tass, moi"));
        assert_eq!(picked(several, "tass", &["mini", " ", "radio", "enter"]), done("tass, moi, taj"));
        assert_eq!(picked(several, "tass, moi", &["del", "enter"]), done("moi"), "the cited one is chosen");
        assert_eq!(picked(several, "", &["down", "down", "enter"]), done("taj"));
        assert_eq!(picked(Shape::List, "tass", &["mini", "enter"]), done("tass, moi"), "a list only grows");
        assert_eq!(picked(Shape::Text, "tass", &["mini", "tab"]), ("moi".to_owned(), Picking::DoneNext));
        assert_eq!(picked(several, "tass", &["enter"]), done("tass"), "nothing was meant");
        assert_eq!(picked(several, "tass", &[" ", "enter"]), done("tass"));
        assert_eq!(picked(several, "tass", &["mini", "esc"]).1, Picking::Left);
    }

    #[test]
    fn what_is_not_there_is_named_and_declared() {
        let (text, _) = picked(Shape::TextOrList, "", &["Reuters news", "enter"]);
        assert_eq!(text, "reuters-news", "no name has these letters, so the space is one of the name");
    }
}
