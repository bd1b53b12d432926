//! The editor without a terminal, for tests: a scenario's text and a string of keys give a screen as text.
//!
//! Knows the editor's state and picture. Must never touch a terminal or a disk: every save is answered as done.
#![expect(clippy::panic, reason = "a misspelt scenario or key in a test must fail that test")]

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::effect::Effect;
use super::fragility::Fragility;
use super::head::parse;
use super::key::Key;
use super::message::Message;
use super::settings::Settings;
use super::state::{Mode, Opening, State};
use super::theme::{Depth, Theme};
use super::update::update;
use super::view::view;
use crate::document::read;
use crate::scenario::Date;
use crate::store::AtHead;

/// Colours are named by their numbers, as on a terminal with 256 of them.
const DEPTH: Depth = Depth::Indexed;

/// An editor that draws into memory.
#[derive(Debug)]
pub struct Screen {
    state: State,
    theme: Theme,
    asked: Vec<Effect>,
    /// Whether background jobs are left undone.
    is_hurried: bool,
}

impl Screen {
    /// Opens a scenario on a dark screen of 80 columns and 24 rows.
    ///
    /// # Panics
    /// If the text is not a scenario.
    pub fn open(text: &str) -> Self {
        Self::with(text, Settings::default())
    }

    /// Opens a scenario with other settings than the default ones.
    ///
    /// # Panics
    /// If the text is not a scenario.
    pub fn with(text: &str, settings: Settings) -> Self {
        let reading = read(text.as_bytes().to_vec());
        let Some(scenario) = reading.scenario else { panic!("not a scenario: {:?}", reading.diagnostics) };
        let opening = Opening {
            name: "case.toml".into(),
            document: reading.document,
            scenario,
            read_only: None,
            notice: None,
            survey: None,
        };
        let Some(theme) = Theme::named("dark", DEPTH) else { panic!("there is no dark theme") };
        let screen =
            Self { state: State::new(opening, settings), theme, asked: Vec::new(), is_hurried: false };
        screen.size(80, 24)
    }

    /// Answers that this text is committed, or that there is no commit.
    #[must_use]
    pub fn committed(mut self, text: Option<&str>) -> Self {
        let found = text.map_or(AtHead::Uncommitted, |text| AtHead::Bytes(text.as_bytes().to_vec()));
        self.take(Message::Head(parse(found)));
        self
    }

    /// Leaves background jobs undone, as between two quick keys.
    #[must_use]
    pub const fn hurried(mut self) -> Self {
        self.is_hurried = true;
        self
    }

    /// Resizes the screen to so many columns and rows.
    #[must_use]
    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        self.take(Message::Resize((columns, rows)));
        self
    }

    /// Sets the present day.
    ///
    /// # Panics
    /// If it is not a date.
    #[must_use]
    pub fn on(mut self, day: &str) -> Self {
        let Some(date) = Date::parse(day) else { panic!("{day} is not a date") };
        self.state.today = Some(date);
        self
    }

    /// Draws with another theme.
    ///
    /// # Panics
    /// If there is no theme of this name.
    #[must_use]
    pub fn theme(mut self, name: &str) -> Self {
        let Some(theme) = Theme::named(name, DEPTH) else { panic!("there is no theme {name}") };
        self.theme = theme;
        self
    }

    /// Presses keys: characters as they are, others by name, such as `<Enter>`, `<S-Tab>`, `<C-r>`; `<` itself is
    /// `<lt>`.
    ///
    /// # Panics
    /// If a name in angle brackets is not a key.
    #[must_use]
    pub fn keys(mut self, keys: &str) -> Self {
        let mut rest = keys;
        while let Some(first) = rest.chars().next() {
            let named = rest.strip_prefix('<').and_then(|tail| tail.split_once('>'));
            let (event, after) = match named {
                Some((name, after)) => {
                    (named_key(name).unwrap_or_else(|| panic!("there is no key <{name}>")), after)
                }
                None => (
                    KeyEvent::new(KeyCode::Char(first), KeyModifiers::NONE),
                    rest.get(first.len_utf8()..).unwrap_or_default(),
                ),
            };
            self.take(Message::Key(event));
            rest = after;
        }
        self
    }

    /// Pastes a text.
    #[must_use]
    pub fn paste(mut self, text: &str) -> Self {
        self.take(Message::Paste(text.to_owned()));
        self
    }

    /// Clicks at this column and row, once or twice in quick succession.
    #[must_use]
    pub fn click(mut self, x: u16, y: u16, twice: bool) -> Self {
        self.take(Message::Click { x, y, twice });
        self
    }

    /// Turns the wheel over the matrix: rows down and columns right.
    pub fn scroll(self, rows: i16, columns: i16) -> Self {
        self.scroll_at(3, 3, rows, columns)
    }

    /// Turns the wheel with the pointer at this column and row.
    #[must_use]
    pub fn scroll_at(mut self, x: u16, y: u16, rows: i16, columns: i16) -> Self {
        self.take(Message::Scroll { x, y, rows, columns });
        self
    }

    /// Moves the mouse to this column and row with its button held.
    #[must_use]
    pub fn drag(mut self, x: u16, y: u16) -> Self {
        self.take(Message::Drag { x, y });
        self
    }

    /// The column and row of the terminal's own cursor.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.drawn().1.map(|place| (place.x, place.y))
    }

    /// The screen, a line a row, each after a `|`, without the spaces at its end.
    pub fn text(&self) -> String {
        let (buffer, _) = self.drawn();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::from("|");
            let mut covered = 0;
            for x in 0..buffer.area.width {
                let Some(cell) = buffer.cell((x, y)) else { continue };
                // The second column of a wide character holds nothing of its own.
                if covered == 0 {
                    line.push_str(cell.symbol());
                    covered = crate::text::width(cell.symbol()).max(1);
                }
                covered -= 1;
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    /// The sentence that answers the last key: the change that it made, else the line where the editor speaks.
    pub fn answer(&self) -> String {
        match (&self.state.said, self.state.last_change()) {
            (None, Some((_, text))) if !matches!(self.state.mode, Mode::Question(_)) => format!("| {text}"),
            _ => self.text().lines().rev().nth(1).unwrap_or_default().to_owned(),
        }
    }

    /// The style of each place of the screen: a letter for each style, `.` for the terminal's own, and a legend.
    pub fn styles(&self) -> String {
        let (buffer, _) = self.drawn();
        let mut known: Vec<Style> = Vec::new();
        let mut text = String::new();
        for y in 0..buffer.area.height {
            let mut line = String::from("|");
            for x in 0..buffer.area.width {
                let Some(style) = buffer.cell((x, y)).map(|cell| visible(cell.style())) else { continue };
                line.push(if style == Style::new() {
                    '.'
                } else {
                    let at = known.iter().position(|other| *other == style).unwrap_or_else(|| {
                        known.push(style);
                        known.len() - 1
                    });
                    ('a'..='z').nth(at).unwrap_or('?')
                });
            }
            text.push_str(line.trim_end_matches('.'));
            text.push('\n');
        }
        for (letter, style) in ('a'..='z').zip(known) {
            text.push_str(&format!("{letter} {}\n", describe(style)));
        }
        text
    }

    /// The text of the file as it would be saved.
    pub fn file(&self) -> &str {
        self.state.session.text()
    }

    /// The effects so far, a line each. Journals, drafts, reads of `HEAD` and background jobs are left out.
    pub fn asked(&self) -> Vec<String> {
        let silent = |effect: &&Effect| {
            matches!(
                effect,
                Effect::Journal
                    | Effect::Draft
                    | Effect::ReadHead
                    | Effect::ComputeFragility(_)
                    | Effect::Page
                    | Effect::SearchOn
            )
        };
        let asked = self.asked.iter().filter(|effect| !silent(effect));
        asked.map(|effect| format!("{effect:?}")).collect()
    }

    /// Number of times that the editor read `HEAD`.
    pub fn reads(&self) -> usize {
        self.asked.iter().filter(|effect| **effect == Effect::ReadHead).count()
    }

    fn take(&mut self, message: Message) {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in update(&mut self.state, message) {
                messages.extend(self.answered(&effect));
                if let Effect::Theme(name) = &effect {
                    self.theme = Theme::named(name, DEPTH).unwrap_or(self.theme);
                }
                self.asked.push(effect);
            }
        }
    }

    /// Returns the answer to an effect; `None` for those without one, and for jobs that are left undone.
    fn answered(&self, effect: &Effect) -> Option<Message> {
        Some(match effect {
            Effect::Save { then_quit, .. } => {
                Message::Saved { result: Ok(Vec::new()), then_quit: *then_quit }
            }
            Effect::SaveCopy { name, .. } => Message::Copied(Ok(name.clone())),
            Effect::AskName => Message::Named(Some("Analyst A".into())),
            Effect::Page if !self.is_hurried => Message::Paused,
            Effect::SearchOn if !self.is_hurried => Message::SearchOn,
            Effect::ComputeFragility(of) if !self.is_hurried => {
                Message::Fragility(Box::new(Fragility::new(self.state.scenario(), *of)))
            }
            _ => return None,
        })
    }

    /// The picture, and the place of the terminal's own cursor.
    fn drawn(&self) -> (Buffer, Option<Position>) {
        let (width, height) = self.state.window.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width, height });
        let cursor = view(&self.state, &self.theme, &mut buffer);
        (buffer, cursor)
    }
}

fn named_key(name: &str) -> Option<KeyEvent> {
    let name = name.replace("lt", "<");
    let long = |(short, long): (&str, &str)| Some(format!("{long}{}", name.strip_prefix(short)?));
    let modified = [("C-", "Ctrl-"), ("A-", "Alt-"), ("S-", "Shift-")].into_iter().find_map(long);
    modified.as_ref().unwrap_or(&name).parse().ok().map(Key::event)
}

/// Returns a style without the terminal's own colours.
fn visible(style: Style) -> Style {
    use ratatui::style::Color::Reset;
    let set = |colour: Option<_>| colour.filter(|colour| *colour != Reset);
    Style { fg: set(style.fg), bg: set(style.bg), add_modifier: style.add_modifier, ..Style::new() }
}

fn describe(style: Style) -> String {
    let mut words: Vec<String> =
        style.add_modifier.iter_names().map(|(name, _)| name.to_lowercase()).collect();
    words.extend(style.fg.map(|colour| format!("fg {colour}")));
    words.extend(style.bg.map(|colour| format!("bg {colour}")));
    words.join(", ")
}
