//! The loop: terminal events become messages, effects are performed, the picture is drawn.
#![expect(clippy::disallowed_methods, reason = "this module owns the terminal")]

use std::collections::VecDeque;
use std::io::{self, Stdout, Write};
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::size;
use ratatui::layout::Rect;

use super::background::{AnswerFilter, Heard, PATIENCE, QUESTION};
use super::burst;
use super::clicks::Clicks;
use super::effect::Effect;
use super::head;
use super::hidden::{EditedFile, HiddenFiles, Host, OpenedFile};
use super::message::Message;
use super::outside;
use super::perform::Disk;
use super::settings::Settings;
use super::signal::{self, HANG_UP, Signal, Signals};
use super::state::State;
use super::terminal::{self, Screen};
use super::theme::{Depth, Look, THEMES, Theme};
use super::update::update;
use super::view::view;
use super::work::{JobResult, Work};
use crate::git::Git;
use crate::text::single_line;

/// Idle time after which the file is checked and the journal flushed. Signals are handled no later than that.
const IDLE: Duration = Duration::from_millis(500);

/// Like `IDLE`, while a background job is running.
const BUSY: Duration = Duration::from_millis(10);

/// Time without a key after which a background job starts, since preparing it would delay the next picture.
const PAUSE: Duration = Duration::from_millis(40);

/// Time that crossterm is given to read what has come: it waits busily for the last millisecond, and reads nothing in a
/// wait of zero time.
const READ: Duration = Duration::from_millis(1);

/// Likewise, where it holds nothing that is known of.
const GLANCE: Duration = Duration::from_micros(20);

/// How the editor ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user quit.
    Left,
    /// A signal with this number ended it, or the terminal was closed, which counts as `HANG_UP`. Unsaved edits are in
    /// the journal.
    Signal(u8),
}

/// Runs the editor until it ends.
///
/// `first` is in view at the start, `others` are open behind it, and `host` opens more of them. An unknown theme falls
/// back to the default one.
///
/// # Errors
/// An error of the terminal. The terminal is restored in any case, also after a panic.
pub fn run(
    first: OpenedFile,
    others: Vec<OpenedFile>,
    host: Host,
    settings: Settings,
    look: &Look,
) -> io::Result<Ending> {
    let default = || THEMES.first().map(|theme| theme.on(look.depth));
    let theme = Theme::named(&look.theme, look.depth).or_else(default).ok_or(io::ErrorKind::Other)?;
    let hidden = HiddenFiles::new(others, host.open, &settings);
    let EditedFile { mut state, disk, messages } = EditedFile::new(first, settings);
    state.others = hidden.names();
    let signals = Signals::catch()?;
    let screen = Screen::take(state.settings.mouse)?;
    let editor = Editor {
        state,
        host,
        hidden,
        theme,
        depth: look.depth,
        disk,
        signals,
        screen,
        clicks: Clicks::default(),
        filter: AnswerFilter::default(),
        asks: look.asks && cfg!(unix),
        early: VecDeque::new(),
        is_drained: false,
        marks_pastes: burst::marks_pastes(),
        title: String::new(),
        work: Work::new(),
        is_page_due: false,
        is_search_due: false,
    };
    match editor.run(messages) {
        Err(error) if terminal::is_gone(&error) => Ok(Ending::Signal(HANG_UP)),
        ended => ended,
    }
}

struct Editor {
    state: State,
    host: Host,
    hidden: HiddenFiles,
    theme: Theme,
    depth: Depth,
    disk: Disk,
    signals: Signals,
    screen: Screen,
    clicks: Clicks,
    filter: AnswerFilter,
    /// Whether the answer about the background chooses the theme.
    asks: bool,
    /// Events that came before they could be taken.
    early: VecDeque<Event>,
    /// Whether crossterm holds no event that it has read already.
    is_drained: bool,
    /// Whether the terminal tells pasted text from keys.
    marks_pastes: bool,
    /// The title of the window.
    title: String,
    /// The background work for the file in view.
    work: Work,
    /// Whether to send `Message::Paused` when no key is pressed for a moment.
    is_page_due: bool,
    /// Whether to send `Message::SearchOn` when no key is waiting.
    is_search_due: bool,
}

/// The reason why a wait ended.
enum Wake {
    Message(Message),
    Signal(Signal),
    Job(JobResult),
    /// Nothing happened for `IDLE`.
    Idle,
}

impl Editor {
    fn run(mut self, mut messages: Vec<Message>) -> io::Result<Ending> {
        // Dropping it would show the cursor, which `Screen` does, and panic if the terminal was closed.
        let mut terminal = ManuallyDrop::new(Terminal::new(CrosstermBackend::new(io::stdout()))?);
        messages.push(Message::Resize(size()?));
        let mut is_first = true;
        if self.asks {
            self.ask()?;
        }
        loop {
            self.state.today = (self.host.today)();
            while let Some(message) = messages.pop() {
                let effects = update(&mut self.state, message);
                let mut shown = None;
                for effect in effects {
                    match effect {
                        Effect::Quit => {
                            self.disk.leave();
                            let Some(unsaved) = self.hidden.take_unsaved() else {
                                self.hidden.leave();
                                return Ok(Ending::Left);
                            };
                            messages.push(Message::Leaving);
                            drop(self.show(unsaved, &mut messages));
                        }
                        Effect::ShowFile(name) => shown = Some(name),
                        effect => messages.extend(self.perform(effect, &mut terminal)?),
                    }
                }
                // The other effects are those of the file that was in view.
                if let Some(name) = shown {
                    self.show_named(&name, &mut messages);
                }
            }
            if let Some(resized) = self.resized() {
                messages.push(resized);
                continue;
            }
            // Where there is no line for both, the window has the title and the first line the question.
            if self.title != self.state.scenario().title {
                self.title.clone_from(&self.state.scenario().title);
                self.screen.name(&single_line(&self.title))?;
            }
            let drawn = terminal.draw(|frame| {
                if let Some(place) = view(&self.state, &self.theme, frame.buffer_mut()) {
                    frame.set_cursor_position(place);
                }
            })?;
            // The terminal may have got another size just before: then the picture does not fit it.
            let drawn = (drawn.area.width, drawn.area.height);
            if drawn != self.state.window.size {
                messages.push(Message::Resize(drawn));
            }
            if std::mem::take(&mut is_first) {
                messages.push(Message::Drawn);
            }
            while messages.is_empty() {
                match self.wait()? {
                    Wake::Message(message) => messages.push(message),
                    Wake::Signal(Signal::End(number)) => return Ok(Ending::Signal(number)),
                    Wake::Signal(Signal::Interrupt) => {
                        let key = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
                        messages.push(Message::Key(key));
                    }
                    Wake::Signal(Signal::Stop) => messages.push(self.suspend(&mut terminal)?),
                    Wake::Signal(Signal::Continue) => messages.push(self.resume(&mut terminal)?),
                    Wake::Job(done) => messages.extend(self.work.message(done)),
                    Wake::Idle => {
                        messages.extend(self.disk.idle(self.state.watches()));
                        let has_moved = self.work.has_head_moved();
                        messages.extend(has_moved.then_some(Message::HeadMoved));
                        messages.extend(self.resized());
                    }
                }
            }
        }
    }

    /// Shows the file of a name in place of the one in view, or says why that is not possible.
    fn show_named(&mut self, name: &str, messages: &mut Vec<Message>) {
        let is_here = name == self.state.session.name || self.disk.is_of(Path::new(name));
        let here = is_here.then(|| format!("{name} is in view already"));
        match here.map_or_else(|| self.hidden.take(name, &self.state.settings), Err) {
            Ok(file) => {
                let left = self.show(file, messages);
                self.hidden.hide(left);
                self.state.others = self.hidden.names();
            }
            Err(why) => messages.push(Message::Noticed(why)),
        }
    }

    /// Shows another file. Returns the one that was in view.
    fn show(&mut self, file: EditedFile, messages: &mut Vec<Message>) -> EditedFile {
        let EditedFile { state, disk, messages: waiting } = file;
        let left = EditedFile {
            state: std::mem::replace(&mut self.state, state),
            disk: std::mem::replace(&mut self.disk, disk),
            messages: Vec::new(),
        };
        self.state.window.size = left.state.window.size;
        self.state.recall.commands.clone_from(&left.state.recall.commands);
        self.state.take_settings(left.state.settings.clone());
        self.state.others = self.hidden.names();
        // What is computed and due is about the other file.
        self.work = Work::new();
        (self.is_page_due, self.is_search_due) = (false, false);
        messages.push(Message::HeadMoved);
        messages.extend(waiting);
        left
    }

    /// Asks the terminal for its background and waits for the answer, since themes that change after the first picture
    /// flicker. Keys that come meanwhile are kept.
    fn ask(&mut self) -> io::Result<()> {
        let mut out = io::stdout();
        out.write_all(QUESTION)?;
        out.flush()?;
        let start = Instant::now();
        while let Some(left) = PATIENCE.checked_sub(start.elapsed()) {
            // Input without an event is the answer to the second question.
            if !self.has_event_within(left)? {
                break;
            }
            if self.hear(event::read()?) {
                break;
            }
        }
        Ok(())
    }

    /// Takes an event, whose key may be a part of the answer about the background. Returns whether it ends the answer.
    fn hear(&mut self, event: Event) -> bool {
        let Event::Key(key) = event else {
            self.early.push_back(event);
            return false;
        };
        match self.filter.take(key) {
            Heard::Keys(keys) => self.early.extend(keys.into_iter().map(Event::Key)),
            Heard::Answer(background) => {
                if std::mem::take(&mut self.asks) {
                    self.set_theme(background.theme());
                }
                self.early.extend(size().map(|(columns, rows)| Event::Resize(columns, rows)));
                return true;
            }
        }
        false
    }

    /// Takes a key and, where pasted text comes as keys, all that have come with it.
    fn hear_all(&mut self, first: Event) -> io::Result<()> {
        self.hear(first);
        if !self.marks_pastes {
            while event::poll(READ)? {
                self.hear(event::read()?);
            }
            burst::join(&mut self.early);
        }
        Ok(())
    }

    /// Draws with another theme from now on.
    fn set_theme(&mut self, theme: &str) {
        self.theme = Theme::named(theme, self.depth).unwrap_or(self.theme);
    }

    /// Returns a message if the terminal has another size than the state. crossterm loses the event if a key arrives
    /// with it.
    fn resized(&self) -> Option<Message> {
        size().ok().filter(|here| *here != self.state.window.size).map(Message::Resize)
    }

    /// Waits for the next event that matters.
    fn wait(&mut self) -> io::Result<Wake> {
        let mut waited = Duration::ZERO;
        loop {
            if let Some(signal) = self.signals.take() {
                return Ok(Wake::Signal(signal));
            }
            if let Some(done) = self.work.take() {
                return Ok(Wake::Job(done));
            }
            let is_busy = self.work.is_busy();
            let patience = if self.is_search_due {
                Duration::ZERO
            } else if self.work.is_due() || self.is_page_due {
                PAUSE
            } else if is_busy {
                BUSY
            } else {
                IDLE
            };
            if self.early.is_empty() && !self.has_event_within(patience)? {
                if std::mem::take(&mut self.is_search_due) {
                    return Ok(Wake::Message(Message::SearchOn));
                }
                if std::mem::take(&mut self.is_page_due) {
                    return Ok(Wake::Message(Message::Paused));
                }
                if self.work.start_due(&self.state.session.history) {
                    continue;
                }
                // A long job must not keep the editor from idle work.
                waited += patience;
                if is_busy && waited < IDLE {
                    continue;
                }
                if !terminal::answers() {
                    return Ok(Wake::Signal(Signal::End(HANG_UP)));
                }
                return Ok(self.signals.take().map_or(Wake::Idle, Wake::Signal));
            }
            let (event, is_early) = match self.early.pop_front() {
                Some(event) => (event, true),
                None => (event::read()?, false),
            };
            match event {
                Event::Key(key) if is_early => return Ok(Wake::Message(Message::Key(key))),
                Event::Key(_) => self.hear_all(event)?,
                Event::Paste(text) => return Ok(Wake::Message(Message::Paste(text))),
                Event::Resize(columns, rows) => return Ok(Wake::Message(Message::Resize((columns, rows)))),
                Event::Mouse(mouse) => {
                    if let Some(message) = self.clicks.message(mouse) {
                        return Ok(Wake::Message(message));
                    }
                }
                Event::FocusGained | Event::FocusLost => {}
            }
        }
    }

    /// Whether there is an event, or one comes in this time. Returns `false` early if a signal comes.
    fn has_event_within(&mut self, time: Duration) -> io::Result<bool> {
        // On a busy machine a wait of crossterm can be over before it begins, though it holds an event: so it is asked
        // again before every wait, and no key stays behind until the next one.
        if event::poll(if self.is_drained { GLANCE } else { READ })? {
            return Ok(true);
        }
        self.is_drained = !(terminal::has_input_within(time)? && event::poll(READ)?);
        Ok(!self.is_drained)
    }

    fn perform(
        &mut self,
        effect: Effect,
        terminal: &mut Terminal<CrosstermBackend<Stdout>>,
    ) -> io::Result<Option<Message>> {
        let effect = match self.disk.perform(effect, &self.state.session) {
            Ok(message) => return Ok(message),
            Err(other) => other,
        };
        Ok(match effect {
            // tmux drops the escape code of programs inside it by default.
            Effect::Copy(text) if outside::is_tmux() => match outside::copy_to_tmux(&text) {
                Ok(()) => None,
                Err(error) => Some(Message::Noticed(format!("nothing was copied: tmux: {error}"))),
            },
            Effect::OpenAddress(address) => match outside::open_address(&address) {
                Ok(()) => None,
                Err(error) => Some(Message::Noticed(format!("{address} cannot be opened: {error}"))),
            },
            Effect::EditText(text) => {
                Some(Message::Edited(self.lend(terminal, |_| outside::edit_text(&text))?))
            }
            Effect::EditSettings => Some(Message::SettingsRead(
                self.lend(terminal, |host| outside::edit_settings((host.settings)()))?,
            )),
            Effect::Copy(text) => {
                execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
                None
            }
            Effect::ComputeFragility(of) => {
                self.work.request(of);
                None
            }
            Effect::Page => {
                self.is_page_due = true;
                None
            }
            Effect::ReadHead => {
                let Some(path) = self.disk.path().map(Path::to_owned) else {
                    return Ok(Some(Message::Head(head::unknown("this is itself a committed version"))));
                };
                self.work.read_head(path);
                None
            }
            Effect::AskName => Some(Message::Named(Git::default().setting("user.name").ok().flatten())),
            Effect::AskTheirs => Some(Message::Theirs(self.disk.path().and_then(outside::their_commit))),
            Effect::SearchOn => {
                self.is_search_due = true;
                None
            }
            Effect::Theme(name) => {
                self.asks = false;
                self.set_theme(name);
                None
            }
            Effect::Suspend => Some(self.suspend(terminal)?),
            // The loop and the disk have taken these.
            Effect::ShowFile(_)
            | Effect::Quit
            | Effect::Save { .. }
            | Effect::SaveCopy { .. }
            | Effect::Journal
            | Effect::Draft
            | Effect::Adopt
            | Effect::Forget
            | Effect::Keep(_)
            | Effect::Export(_)
            | Effect::Import(_) => None,
        })
    }

    /// Gives the terminal to another program while it works.
    fn lend<T>(
        &mut self,
        terminal: &mut Terminal<CrosstermBackend<Stdout>>,
        work: impl FnOnce(&Host) -> T,
    ) -> io::Result<T> {
        self.screen.lend();
        io::stdout().flush()?;
        let done = work(&self.host);
        let resized = self.resume(terminal)?;
        update(&mut self.state, resized);
        Ok(done)
    }

    /// Returns the terminal to the shell until the shell resumes the editor.
    fn suspend(&mut self, terminal: &mut Terminal<CrosstermBackend<Stdout>>) -> io::Result<Message> {
        self.screen.lend();
        io::stdout().flush()?;
        signal::stop()?;
        self.resume(terminal)
    }

    /// Takes the terminal in its present size and redraws it completely.
    fn resume(&mut self, terminal: &mut Terminal<CrosstermBackend<Stdout>>) -> io::Result<Message> {
        self.screen.retake()?;
        let (columns, rows) = size()?;
        terminal.resize(Rect::new(0, 0, columns, rows))?;
        Ok(Message::Resize((columns, rows)))
    }
}
