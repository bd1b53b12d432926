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
use ratatui::crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::size;
use ratatui::layout::Rect;

use super::background::{AnswerFilter, Heard, PATIENCE, QUESTION};
use super::effect::Effect;
use super::fragility::{Fragility, FragilityKey};
use super::head::HeadContent;
use super::job::{JobKind, Jobs};
use super::message::Message;
use super::outside;
use super::perform::{Disk, Target};
use super::settings::Settings;
use super::signal::{self, HANG_UP, Signal, Signals};
use super::state::{Opening, State};
use super::terminal::{self, Screen};
use super::theme::{Depth, Look, THEMES, Theme};
use super::update::update;
use super::view::view;
use crate::change::apply_all;
use crate::scenario::Scenario;
use crate::store::{HeadWatch, at_head};
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
/// `target` is the file to save to; `None` for a version that is only viewed. An unknown theme falls back to the
/// default one.
///
/// # Errors
/// An error of the terminal. The terminal is restored in any case, also after a panic.
pub fn run(opening: Opening, settings: Settings, target: Option<Target>, look: &Look) -> io::Result<Ending> {
    let default = || THEMES.first().map(|theme| theme.on(look.depth));
    let theme = Theme::named(&look.theme, look.depth).or_else(default).ok_or(io::ErrorKind::Other)?;
    let (disk, first) = Disk::open(target, opening.document.text());
    let signals = Signals::catch()?;
    let screen = Screen::take(settings.mouse)?;
    let editor = Editor {
        state: State::new(opening, settings),
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
        title: String::new(),
        jobs: Jobs::new(),
        head: None,
        due: None,
        replica: None,
        is_page_due: false,
        is_search_due: false,
    };
    match editor.run(first) {
        Err(error) if terminal::is_gone(&error) => Ok(Ending::Signal(HANG_UP)),
        ended => ended,
    }
}

struct Editor {
    state: State,
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
    /// The title of the window.
    title: String,
    /// Background jobs.
    jobs: Jobs<JobResult>,
    /// Watches for moves of `HEAD`; `None` without a repository.
    head: Option<HeadWatch>,
    /// The job to start when no key is pressed for a moment.
    due: Option<FragilityKey>,
    /// The scenario as the last fragility was computed for, and its version: jobs get it in place of a copy.
    replica: Option<(u64, Box<Scenario>)>,
    /// Whether to send `Message::Paused` when no key is pressed for a moment.
    is_page_due: bool,
    /// Whether to send `Message::SearchOn` when no key is waiting.
    is_search_due: bool,
}

/// The result of a background job.
enum JobResult {
    Head(HeadContent, Option<HeadWatch>),
    /// The fragility, and the scenario that it was computed for; `None` if that could not be brought up to date.
    Fragility(Option<(Box<Fragility>, Box<Scenario>)>),
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
        let (columns, rows) = size()?;
        messages.push(Message::Resize(columns, rows));
        let mut is_first = true;
        if self.asks {
            self.ask()?;
        }
        loop {
            while let Some(message) = messages.pop() {
                for effect in update(&mut self.state, message) {
                    if effect == Effect::Quit {
                        self.disk.leave();
                        return Ok(Ending::Left);
                    }
                    messages.extend(self.perform(effect, &mut terminal)?);
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
            terminal.draw(|frame| {
                if let Some(place) = view(&self.state, &self.theme, frame.buffer_mut()) {
                    frame.set_cursor_position(place);
                }
            })?;
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
                    Wake::Job(done) => messages.extend(self.take(done)),
                    Wake::Idle => {
                        messages.extend(self.disk.idle(self.state.watches()));
                        let has_moved = self.head.as_mut().is_some_and(HeadWatch::has_moved);
                        messages.extend(has_moved.then_some(Message::HeadMoved));
                        messages.extend(self.resized());
                    }
                }
            }
        }
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
            match event::read()? {
                Event::Key(key) => match self.filter.take(key) {
                    Heard::Keys(keys) => self.early.extend(keys.into_iter().map(Event::Key)),
                    Heard::Part => {}
                    Heard::Answer(background) => {
                        self.asks = false;
                        self.wear(background.theme());
                        break;
                    }
                },
                event => self.early.push_back(event),
            }
        }
        Ok(())
    }

    /// Draws with another theme from now on.
    fn wear(&mut self, theme: &str) {
        self.theme = Theme::named(theme, self.depth).unwrap_or(self.theme);
    }

    /// Returns a message if the terminal has another size than the state. crossterm loses the event if a key arrives
    /// with it.
    fn resized(&self) -> Option<Message> {
        let (columns, rows) = size().ok().filter(|here| *here != self.state.window.size)?;
        Some(Message::Resize(columns, rows))
    }

    /// Waits for the next event that matters.
    fn wait(&mut self) -> io::Result<Wake> {
        let mut waited = Duration::ZERO;
        loop {
            if let Some(signal) = self.signals.take() {
                return Ok(Wake::Signal(signal));
            }
            if let Some(done) = self.jobs.take() {
                return Ok(Wake::Job(done));
            }
            let is_busy = self.jobs.is_busy();
            let patience = if self.is_search_due {
                Duration::ZERO
            } else if self.due.is_some() || self.is_page_due {
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
                if let Some(of) = self.due.take_if(|_| !self.jobs.is_running(JobKind::Fragility)) {
                    self.fathom(of);
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
                Event::Key(key) => match self.filter.take(key) {
                    Heard::Keys(keys) => self.early.extend(keys.into_iter().map(Event::Key)),
                    Heard::Part => {}
                    Heard::Answer(background) => {
                        if std::mem::take(&mut self.asks) {
                            self.wear(background.theme());
                        }
                        let (columns, rows) = self.state.window.size;
                        return Ok(Wake::Message(Message::Resize(columns, rows)));
                    }
                },
                Event::Paste(text) => return Ok(Wake::Message(Message::Paste(text))),
                Event::Resize(columns, rows) => return Ok(Wake::Message(Message::Resize(columns, rows))),
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
        if !self.is_drained && event::poll(READ)? {
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
        let text = self.state.session.text();
        let disk = &mut self.disk;
        Ok(match effect {
            Effect::Save { text, then_quit } => Some(disk.save(&text, then_quit)),
            Effect::SaveCopy { text, name } => Some(Disk::save_copy(&text, name)),
            Effect::Journal => disk.journal(&self.state.session.history),
            Effect::Draft => disk.draft(text, &self.state.session.drafted),
            Effect::Adopt => disk.adopt(text, &self.state.session.drafted),
            Effect::Forget => {
                disk.forget();
                None
            }
            Effect::Keep(text) => disk.keep(&text),
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
                self.screen.lend();
                io::stdout().flush()?;
                let edited = outside::edit_text(&text).map_err(|error| error.to_string());
                let Message::Resize(columns, rows) = self.resume(terminal)? else { return Ok(None) };
                update(&mut self.state, Message::Resize(columns, rows));
                Some(Message::Edited(edited))
            }
            Effect::Copy(text) => {
                execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?;
                None
            }
            Effect::ComputeFragility(of) => {
                self.due = Some(of);
                None
            }
            Effect::Page => {
                self.is_page_due = true;
                None
            }
            Effect::ReadHead => {
                let Some(path) = self.disk.path().map(Path::to_owned) else {
                    let reason = "this is itself a committed version".into();
                    return Ok(Some(Message::Head(HeadContent::Unknown(reason))));
                };
                self.jobs.start(JobKind::Head, move || {
                    let (found, watch) = at_head(&path);
                    JobResult::Head(found.into(), watch)
                });
                None
            }
            Effect::SearchOn => {
                self.is_search_due = true;
                None
            }
            Effect::Theme(name) => {
                self.asks = false;
                self.wear(name);
                None
            }
            Effect::Suspend => Some(self.suspend(terminal)?),
            // The loop has ended before.
            Effect::Quit => None,
        })
    }

    /// Starts the job that computes what the lead rests on.
    fn fathom(&mut self, of: FragilityKey) {
        let history = &self.state.session.history;
        let of = FragilityKey { version: history.version(), ..of };
        let replica = self.replica.take();
        let replica =
            replica.and_then(|(version, scenario)| Some((scenario, history.changes_since(version)?)));
        let (mut scenario, changes) =
            replica.unwrap_or_else(|| (Box::new(self.state.scenario().clone()), Vec::new()));
        self.jobs.start(JobKind::Fragility, move || {
            let is_present = apply_all(&mut scenario, &changes).is_ok();
            JobResult::Fragility(is_present.then(|| (Box::new(Fragility::new(&scenario, of)), scenario)))
        });
    }

    /// Turns the result of a job into a message.
    fn take(&mut self, done: JobResult) -> Option<Message> {
        match done {
            JobResult::Head(found, watch) => {
                self.head = watch;
                Some(Message::Head(found))
            }
            JobResult::Fragility(found) => {
                let (found, scenario) = found?;
                self.replica = Some((found.key.version, scenario));
                Some(Message::Fragility(found))
            }
        }
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
        Ok(Message::Resize(columns, rows))
    }
}

/// Two clicks on one place within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Rows that the wheel scrolls at a time.
const WHEEL: i16 = 3;

/// The last click, from which a double click is recognized.
#[derive(Debug, Default)]
struct Clicks {
    last: Option<(u16, u16, Instant)>,
}

impl Clicks {
    /// Returns the message of a mouse event; `None` for most.
    fn message(&mut self, MouseEvent { kind, column: x, row: y, .. }: MouseEvent) -> Option<Message> {
        let scroll = |rows, columns| Some(Message::Scroll { x, y, rows, columns });
        match kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let now = Instant::now();
                let near = |(a, b, when): (u16, u16, Instant)| (a, b) == (x, y) && now - when < DOUBLE;
                let twice = self.last.is_some_and(near);
                // A third click is the first of the next pair.
                self.last = (!twice).then_some((x, y, now));
                Some(Message::Click { x, y, twice })
            }
            MouseEventKind::ScrollDown => scroll(WHEEL, 0),
            MouseEventKind::ScrollUp => scroll(-WHEEL, 0),
            MouseEventKind::ScrollLeft => scroll(0, -1),
            MouseEventKind::ScrollRight => scroll(0, 1),
            MouseEventKind::Drag(MouseButton::Left) => Some(Message::Drag { x, y }),
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => None,
        }
    }
}
