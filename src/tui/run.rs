//! The loop: terminal events become messages, effects are performed, the picture is drawn.
#![expect(clippy::disallowed_methods, reason = "this module owns the terminal")]

use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event,
    MouseButton, MouseEvent, MouseEventKind,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode, size,
};

use super::effect::Effect;
use super::message::Message;
use super::perform::Disk;
use super::settings::Settings;
use super::state::{Opening, State};
use super::theme::Theme;
use super::update::update;
use super::view::view;

/// Opens the editor and returns when the user leaves it.
///
/// `path` and `loaded` are the file to save to and the bytes it had. `theme` names the theme for this terminal.
///
/// # Errors
/// What the terminal answers where it cannot be used. It is restored in any case, a panic included.
pub fn run(
    opening: Opening,
    settings: Settings,
    path: Option<PathBuf>,
    loaded: Vec<u8>,
    theme: &str,
) -> io::Result<()> {
    let theme =
        Theme::named(theme).unwrap_or(super::theme::THEMES.first().copied().ok_or(io::ErrorKind::Other)?);
    let mouse = settings.mouse;
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        restore();
        previous(panic);
    }));
    enter(mouse)?;
    let result = main_loop(State::new(opening, settings), theme, Disk { path, loaded });
    restore();
    result
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Gives the terminal back as it was. What fails here cannot be told.
fn restore() {
    drop(execute!(io::stdout(), DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, Show));
    drop(disable_raw_mode());
}

fn main_loop(mut state: State, mut theme: Theme, mut disk: Disk) -> io::Result<()> {
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let (columns, rows) = size()?;
    update(&mut state, Message::Resize(columns, rows));
    let mut clicks = Clicks::default();
    loop {
        terminal.draw(|frame| view(&state, &theme, frame.buffer_mut()))?;
        let mut messages: Vec<Message> = next(&state, &mut clicks)?.into_iter().collect();
        while let Some(message) = messages.pop() {
            for effect in update(&mut state, message) {
                match effect {
                    Effect::Save { text, then_quit } => {
                        messages.push(Message::Saved { result: disk.save(&text), then_quit });
                    }
                    Effect::Copy(text) => execute!(io::stdout(), CopyToClipboard::to_clipboard_from(text))?,
                    Effect::Theme(name) => theme = Theme::named(name).unwrap_or(theme),
                    Effect::Suspend => {
                        suspend(state.settings.mouse)?;
                        terminal.clear()?;
                        let (columns, rows) = size()?;
                        messages.push(Message::Resize(columns, rows));
                    }
                    Effect::Quit => return io::stdout().flush(),
                }
            }
        }
    }
}

/// Waits for the next event that means something.
fn next(_state: &State, clicks: &mut Clicks) -> io::Result<Option<Message>> {
    loop {
        if !event::poll(Duration::from_secs(3600))? {
            continue;
        }
        match event::read()? {
            Event::Key(key) => return Ok(Some(Message::Key(key))),
            Event::Paste(text) => return Ok(Some(Message::Paste(text))),
            Event::Resize(columns, rows) => return Ok(Some(Message::Resize(columns, rows))),
            Event::Mouse(mouse) => {
                if let Some(message) = clicks.message(mouse) {
                    return Ok(Some(message));
                }
            }
            Event::FocusGained | Event::FocusLost => {}
        }
    }
}

/// Two clicks on one place within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Rows and columns that the wheel scrolls at a time.
const WHEEL: i16 = 3;

/// The last click, from which a second one is told.
#[derive(Debug, Default)]
struct Clicks {
    last: Option<(u16, u16, Instant)>,
}

impl Clicks {
    /// What a mouse event means; most mean nothing.
    fn message(&mut self, MouseEvent { kind, column: x, row: y, .. }: MouseEvent) -> Option<Message> {
        let scroll = |rows, columns| Some(Message::Scroll { rows, columns });
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
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => None,
        }
    }
}

fn suspend(mouse: bool) -> io::Result<()> {
    restore();
    // Until signals are handled, the shell is reached through it directly.
    enter(mouse)
}
