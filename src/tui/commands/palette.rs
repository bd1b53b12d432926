//! The palette: everything that runs by its name, and the part of it that matches what is typed.
//!
//! Knows the tables of commands and keys. Must never know what a command or a key does.

use std::borrow::Cow;
use std::cmp::Reverse;

use nucleo_matcher::pattern::AtomKind;

use super::{COMMANDS, Command, find, split};
use crate::filter::FILTER_FIELDS;
use crate::tui::fuzzy::{Fuzzy, is_close};
use crate::tui::keymap::{Action, BINDINGS, Binding, Key, keys_for};
use crate::tui::prompt::{Commanding, Completion};
use crate::tui::widget::Input;

/// A command, or the action of a key, which runs by the name that the settings file gives it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Runnable {
    /// A command.
    Command(&'static Command),
    /// A line of the table of keys.
    Key(&'static Binding),
    /// The filter by a field: its name, and whether it takes a value.
    Field(&'static str, bool),
}

impl Runnable {
    /// Returns the command of this name, else the key whose action has it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let key = || BINDINGS.iter().find(|binding| binding.name == name).map(Self::Key);
        let field = || Self::fields().find(|field| field.name() == name);
        find(name).map(Self::Command).or_else(key).or_else(field)
    }

    fn fields() -> impl Iterator<Item = Self> {
        FILTER_FIELDS.iter().map(|(name, takes_value)| Self::Field(name, *takes_value))
    }

    /// Returns every line of the two tables, as the help lists them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        BINDINGS.iter().map(Self::Key).chain(COMMANDS.iter().map(Self::Command))
    }

    /// Returns everything that has a name of its own: the commands, the actions of keys, and the fields of a filter.
    fn listed() -> impl Iterator<Item = Self> {
        let is_new = |(at, binding): &(usize, &'static Binding)| {
            find(binding.name).is_none()
                && !BINDINGS.iter().take(*at).any(|other| other.action == binding.action)
        };
        let keys = BINDINGS.iter().enumerate().filter(is_new).map(|(_, binding)| Self::Key(binding));
        COMMANDS.iter().map(Self::Command).chain(keys).chain(Self::fields())
    }

    /// The section of the help that lists it.
    pub(crate) const fn section(self) -> &'static str {
        match self {
            Self::Command(_) | Self::Field(..) => "Commands",
            Self::Key(binding) => binding.section,
        }
    }

    fn names(self) -> Vec<Cow<'static, str>> {
        match self {
            Self::Command(command) => command.names.iter().map(|name| (*name).into()).collect(),
            Self::Key(binding) => vec![binding.name.into()],
            Self::Field(name, true) => vec![format!("filter {name}:").into()],
            Self::Field(name, false) => vec![format!("filter {name}").into()],
        }
    }

    /// The name that is written out.
    pub(crate) fn name(self) -> Cow<'static, str> {
        self.names().into_iter().next().unwrap_or_default()
    }

    /// The arguments, as a usage line writes them.
    pub(crate) const fn arguments(self) -> &'static str {
        match self {
            Self::Command(command) => command.arguments,
            Self::Key(_) | Self::Field(..) => "",
        }
    }

    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Command(command) => command.help,
            Self::Key(binding) => binding.help,
            Self::Field(_, true) => "show only the items with a value of this field; Tab lists them",
            Self::Field(_, false) => "show only the items that have one",
        }
    }

    /// Returns the keys that do the same.
    pub(crate) fn keys(self, bound: &[(Key, Action)]) -> Vec<Key> {
        let is_it = |binding: &&Binding| match self {
            Self::Command(command) => command.names.contains(&binding.name),
            Self::Key(own) => own.action == binding.action,
            Self::Field(..) => binding.action == Action::Filter,
        };
        BINDINGS.iter().filter(is_it).flat_map(|binding| keys_for(binding, bound)).collect()
    }
}

/// How well an entry matches, the best first: by its name, its key, the beginning of a name, letters of a name, or words
/// of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum MatchRank {
    Name,
    Key,
    Beginning,
    Letters(Reverse<u32>),
    Words,
}

/// A query that is ready to be run over entries.
struct PaletteQuery<'q> {
    text: &'q str,
    letters: Fuzzy,
    words: Fuzzy,
}

impl<'q> PaletteQuery<'q> {
    fn new(text: &'q str) -> Self {
        let [letters, words] =
            [AtomKind::Fuzzy, AtomKind::Substring].map(|kind| Fuzzy::in_any_case(text, kind));
        Self { text, letters, words }
    }

    /// Returns how well the letters of the query match the best of the names.
    fn letters(&mut self, entry: Runnable) -> Option<u32> {
        entry.names().iter().filter_map(|name| self.letters.score(name)).max()
    }

    /// Returns how well an entry matches; letters in order only if that is not much worse than the best score of all.
    fn rank(&mut self, entry: Runnable, bound: &[(Key, Action)], highest: u32) -> Option<MatchRank> {
        let names = entry.names();
        if names.iter().any(|name| *name == self.text) {
            return Some(MatchRank::Name);
        }
        // Letters are keys in their own case; names of keys are not.
        let is_key = |key: &Key| {
            let key = key.to_string();
            key == self.text || key.chars().count() > 1 && key.eq_ignore_ascii_case(self.text)
        };
        if entry.keys(bound).iter().any(is_key) {
            return Some(MatchRank::Key);
        }
        if names.iter().any(|name| name.starts_with(self.text)) {
            return Some(MatchRank::Beginning);
        }
        // One letter is found almost anywhere.
        self.text.chars().nth(1)?;
        // Fields come after all that has a name like this.
        let is_field = matches!(entry, Runnable::Field(..));
        if let Some(score) = self.letters(entry).filter(|score| is_close(*score, highest) && !is_field) {
            return Some(MatchRank::Letters(Reverse(score)));
        }
        let said = format!("{} {} {}", names.join(" "), entry.arguments(), entry.help());
        self.words.score(&said).map(|_| MatchRank::Words)
    }
}

/// Returns the entries that match a query with their positions, the best first; all of them if it is empty.
fn matching(
    query: &str,
    entries: impl Iterator<Item = Runnable>,
    bound: &[(Key, Action)],
) -> Vec<(usize, Runnable)> {
    let query = query.trim();
    if query.is_empty() {
        return entries.enumerate().collect();
    }
    let mut query = PaletteQuery::new(query);
    let entries: Vec<Runnable> = entries.collect();
    let highest = entries.iter().filter_map(|entry| query.letters(*entry)).max().unwrap_or_default();
    let mut found: Vec<(MatchRank, usize, Runnable)> = entries
        .into_iter()
        .enumerate()
        .filter_map(|(at, entry)| Some((query.rank(entry, bound, highest)?, at, entry)))
        .collect();
    found.sort_by_key(|(rank, at, _)| (*rank, *at));
    found.into_iter().map(|(_, at, entry)| (at, entry)).collect()
}

/// Returns everything that a typed line may mean, the best first, while no command is named.
pub(super) fn meant(line: &str, bound: &[(Key, Action)]) -> Vec<Runnable> {
    matching(line, Runnable::listed(), bound).into_iter().map(|(_, entry)| entry).collect()
}

/// Returns the keys and commands that match a query in the order of the help, and the position of the best of them.
pub(crate) fn searched(query: &str, bound: &[(Key, Action)]) -> (Vec<Runnable>, usize) {
    let mut found = matching(query, Runnable::all(), bound);
    let best = found.first().map(|(at, _)| *at);
    found.sort_by_key(|(at, _)| *at);
    let chosen = found.iter().position(|(at, _)| Some(*at) == best).unwrap_or_default();
    (found.into_iter().map(|(_, entry)| entry).collect(), chosen)
}

/// Returns the entries to show over a command that is typed, with the position of the chosen one; `None` where its name
/// stands and the rest are arguments.
pub(crate) fn palette(prompt: &Commanding, bound: &[(Key, Action)]) -> Option<(Vec<Runnable>, usize)> {
    if let Some(completion) = &prompt.completion {
        let named = completion.candidates.iter().filter_map(|name| Runnable::named(name)).collect();
        return completion.base.is_empty().then_some((named, completion.at));
    }
    let line = prompt.input.text().trim_start();
    let (name, _) = split(line);
    let is_named = line.contains(char::is_whitespace) && Runnable::named(name).is_some();
    let is_row = line.parse::<usize>().is_ok();
    (!is_named && !is_row).then(|| (meant(line, bound), 0))
}

/// Writes out the entry that is so many further down than the chosen one, and keeps the entries for the next choice.
pub(crate) fn choose(prompt: &mut Commanding, bound: &[(Key, Action)], by: i16) {
    let Some((entries, chosen)) = palette(prompt, bound).filter(|(entries, _)| !entries.is_empty()) else {
        return;
    };
    let at = chosen.saturating_add_signed(by.into()).min(entries.len() - 1);
    let candidates: Vec<String> = entries.into_iter().map(|entry| entry.name().into_owned()).collect();
    prompt.input = Input::new(candidates.get(at).cloned().unwrap_or_default());
    prompt.completion = Some(Completion { base: String::new(), candidates, at });
}

/// Number of entries of the palette.
pub(crate) fn size() -> usize {
    Runnable::listed().count()
}

/// Returns the line to write out for a line that names no command: the best guess, with what was typed after the first
/// word if that alone is the guess.
pub(crate) fn guess(line: &str, bound: &[(Key, Action)]) -> Option<String> {
    let written = |entry: &Runnable, arguments: &str| {
        let end = if entry.arguments().is_empty() { "" } else { " " };
        format!("{}{end}{arguments}", entry.name())
    };
    let (name, arguments) = split(line);
    let whole = meant(line, bound).first().map(|entry| written(entry, ""));
    whole.or_else(|| meant(name, bound).first().map(|entry| written(entry, arguments)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<Cow<'static, str>> {
        meant(line, &[]).into_iter().map(Runnable::name).collect()
    }

    #[test]
    fn names_come_before_keys_and_keys_before_guesses() {
        for (line, best) in [
            ("q", "q"),
            ("save", "w"),
            ("x", "wq"),
            ("[", "less-credible"),
            ("Ctrl-S", "w"),
            ("ctrl-r", "redo"),
            ("F6", "enter-panel"),
            ("conf", "confidence"),
            ("srt", "sort"),
            ("next conf", "next-conflict"),
            ("browser", "open"),
            ("configuration", "settings"),
            ("filter conf", "filter confidence:"),
        ] {
            assert_eq!(names(line).first().map(AsRef::as_ref), Some(best), "{line}: {:?}", names(line));
        }
        assert!(names("zzz").is_empty());
        assert_eq!(names("").len(), size());
    }

    #[test]
    fn every_entry_runs_by_the_name_that_is_written_out() {
        for entry in Runnable::listed() {
            let named = Runnable::named(&entry.name()).map(Runnable::help);
            assert_eq!(named, Some(entry.help()), "{}", entry.name());
        }
    }

    #[test]
    fn a_guess_keeps_the_arguments_of_its_first_word() {
        assert_eq!(guess("srt id", &[]).as_deref(), Some("sort id"));
        assert_eq!(guess("next conf", &[]).as_deref(), Some("next-conflict"));
        assert_eq!(guess("zzz id", &[]), None);
    }
}
