//! The editor on a plain terminal: lines are read and sentences are written, without escape codes.
#![expect(clippy::disallowed_methods, reason = "this module owns the standard streams")]

use std::io::{self, BufRead, Write};

use super::effect::Effect;
use super::message::Message;
use super::perform::{Disk, Target};
use super::run::Ending;
use super::settings::Settings;
use super::state::{Mode, Opening, Speech, State};
use super::theme::{Depth, Theme};
use super::update::{greet, saved, sentence, talk, update};
use super::view::question_lines;
use crate::present::words::count;
use crate::scenario::Date;
use crate::text::single_line;

/// Runs the editor by lines until `quit` or the end of the input. Edits that are not saved then stay in the journal,
/// which is said.
///
/// # Errors
/// An error of the standard streams.
pub fn run_plain(
    opening: Opening,
    settings: Settings,
    target: Option<Target>,
    today: Option<Date>,
) -> io::Result<Ending> {
    let (disk, messages) = Disk::open(target, opening.document.text(), settings.undo);
    let theme = Theme::named("plain", Depth::Indexed).ok_or(io::ErrorKind::Other)?;
    let mut editor = PlainEditor { state: State::new(opening, settings), disk, theme, out: io::stdout() };
    editor.state.today = today;
    editor.tell(greet(&editor.state))?;
    editor.take(messages)?;
    let mut lines = io::stdin().lock().split(b'\n');
    loop {
        editor.ask()?;
        write!(editor.out, "ach> ")?;
        editor.out.flush()?;
        let Some(line) = lines.next() else {
            writeln!(editor.out)?;
            editor.tell(kept(&editor.state))?;
            return Ok(Ending::Left);
        };
        // What is no text is as unclear as any other line.
        if editor.line(&String::from_utf8_lossy(&line?))? {
            editor.disk.leave();
            return Ok(Ending::Left);
        }
    }
}

/// Returns what becomes of unsaved edits at the end of the input.
fn kept(state: &State) -> Option<String> {
    let unsaved = Some(state.session.unsaved()).filter(|unsaved| *unsaved > 0)?;
    let edits = count(unsaved, "edit is", "edits are");
    Some(if state.session.unprotected.is_some() {
        format!("{edits} not saved, and lost.")
    } else {
        format!("{edits} not saved, but kept for when the file is opened again.")
    })
}

struct PlainEditor {
    state: State,
    disk: Disk,
    theme: Theme,
    out: io::Stdout,
}

impl PlainEditor {
    /// Says what the survey asks.
    fn ask(&mut self) -> io::Result<()> {
        match (&self.state.survey, &self.state.mode) {
            (Some(survey), Mode::Matrix) => {
                let question = survey.question(self.state.scenario());
                self.tell(question.into_iter().map(|phrase| phrase.text.into_owned()))
            }
            _ => Ok(()),
        }
    }

    /// Takes a line. Returns whether to quit.
    fn line(&mut self, line: &str) -> io::Result<bool> {
        if let Mode::Question(_) = self.state.mode {
            // A question is answered by one of its letters.
            let keys = line.trim().chars().take(1).map(|c| {
                use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
                Message::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE))
            });
            return self.take(keys.collect());
        }
        let (said, mut effects) = talk(&mut self.state, line);
        let quits = effects.contains(&Effect::Quit);
        effects.retain(|effect| *effect != Effect::Quit);
        // An edit is in the journal before it is told: whoever leaves by Ctrl-C after reading of it keeps it.
        let mut messages: Vec<Message> =
            effects.into_iter().filter_map(|effect| self.perform(effect)).collect();
        self.tell(said)?;
        if quits {
            return Ok(true);
        }
        messages.extend(self.disk.idle(self.state.watches()));
        self.take(messages)
    }

    /// Takes messages in, and says what is asked or was said. Returns whether to quit.
    fn take(&mut self, mut messages: Vec<Message>) -> io::Result<bool> {
        let unsaved = self.state.session.unsaved();
        while let Some(message) = messages.pop() {
            for effect in update(&mut self.state, message) {
                if effect == Effect::Quit {
                    return Ok(true);
                }
                messages.extend(self.perform(effect));
            }
        }
        if let Some((tone, said)) = self.state.said.take() {
            let is_saved = tone == Speech::Done && unsaved > 0 && self.state.session.unsaved() == 0;
            self.tell([if is_saved { saved(&self.state, &said, unsaved) } else { sentence(&said) }])?;
        }
        if let Mode::Question(_) = &self.state.mode {
            self.tell(question_lines(&self.state, &self.theme))?;
        }
        Ok(false)
    }

    fn perform(&mut self, effect: Effect) -> Option<Message> {
        let noticed = |text: &str| Some(Message::Noticed(text.to_owned()));
        match effect {
            // No form is shown, and a draft that was left stays as it is.
            Effect::Draft => None,
            Effect::ShowFile(_) => {
                noticed("plain mode has one file: open the other one in a session of its own")
            }
            Effect::AskName => noticed("`ach estimate FILE --ask` asks for an estimate by lines"),
            effect => self.disk.perform(effect, &self.state.session).ok().flatten(),
        }
    }

    fn tell(&mut self, lines: impl IntoIterator<Item = String>) -> io::Result<()> {
        for line in lines {
            writeln!(self.out, "{}", single_line(&line))?;
        }
        Ok(())
    }
}
