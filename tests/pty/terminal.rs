//! A terminal with the editor in it: keys go in, the screen is looked at, always with a deadline and never by sleeping
//! blindly.

use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest wait for anything. Generous, since the machine may be busy; nothing waits so long that works.
const DEADLINE: Duration = Duration::from_secs(30);

/// The editor on a terminal of its own.
pub(crate) struct Session {
    child: Box<dyn Child + Send + Sync>,
    /// `None` once the terminal is gone.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    seen: Arc<Seen>,
    reader: Option<JoinHandle<()>>,
    /// How the terminal was set before the editor took it.
    set: String,
}

/// The output of the terminal so far.
struct Seen {
    parser: Mutex<vt100::Parser>,
    changed: Condvar,
    /// Whether nothing more will come.
    ended: AtomicBool,
    /// Whether to stop looking.
    closing: AtomicBool,
    /// Whether an escape sequence has come.
    escaped: AtomicBool,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn cells(n: u16) -> std::num::NonZeroU16 {
    std::num::NonZeroU16::new(n).expect("a terminal has cells")
}

impl Session {
    /// Starts `ach` with these arguments in a directory, on a terminal of 100x30, and waits until it draws.
    pub(crate) fn open(directory: &Path, arguments: &[&str]) -> Self {
        let session = Self::start(directory, arguments);
        session.until("quit");
        session
    }

    /// Like [`Self::open`], without waiting.
    pub(crate) fn start(directory: &Path, arguments: &[&str]) -> Self {
        Self::start_with(directory, arguments, &[])
    }

    /// Like [`Self::start`], with more variables in its environment.
    pub(crate) fn start_with(directory: &Path, arguments: &[&str], more: &[(&str, &Path)]) -> Self {
        let pair = native_pty_system().openpty(size(100, 30)).expect("there are terminals");
        let set = format!("{:?}", pair.master.get_termios());
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_ach"));
        command.args(arguments);
        command.cwd(directory);
        command.env_clear();
        command.env("HOME", directory.join("home"));
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        for (name, value) in more {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).expect("the program starts");
        // The child holds its own; ours would keep the terminal from ending with it.
        drop(pair.slave);

        let parser = Mutex::new(vt100::Parser::new(cells(30), cells(100), 0));
        let seen = Arc::new(Seen {
            parser,
            changed: Condvar::new(),
            ended: AtomicBool::new(false),
            closing: AtomicBool::new(false),
            escaped: AtomicBool::new(false),
        });
        let mut output = pair.master.try_clone_reader().expect("the terminal can be read");
        let shared = Arc::clone(&seen);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                shared.escaped.fetch_or(buffer[..count].contains(&0x1b), Ordering::SeqCst);
                shared.lock().process(&buffer[..count]);
                shared.changed.notify_all();
                if shared.closing.load(Ordering::SeqCst) {
                    break;
                }
            }
            shared.ended.store(true, Ordering::SeqCst);
            shared.changed.notify_all();
        });
        let writer = pair.master.take_writer().expect("the terminal can be written to");
        Self { child, master: Some(pair.master), writer: Some(writer), seen, reader: Some(reader), set }
    }

    /// Types.
    pub(crate) fn keys(&mut self, keys: &str) -> &mut Self {
        let writer = self.writer.as_mut().expect("the terminal is there");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("keys can be typed");
        self
    }

    /// Waits for a text on the screen.
    pub(crate) fn until(&self, text: &str) -> &Self {
        self.until_screen(&format!("\"{text}\" on the screen"), |screen| screen.contents().contains(text))
    }

    /// Waits until a text is no longer on the screen.
    pub(crate) fn until_without(&self, text: &str) -> &Self {
        self.until_screen(&format!("no \"{text}\" on the screen"), |screen| !screen.contents().contains(text))
    }

    /// Waits until the screen is as it should be.
    pub(crate) fn until_screen(&self, what: &str, holds: impl Fn(&vt100::Screen) -> bool) -> &Self {
        let deadline = Instant::now() + DEADLINE;
        let mut parser = self.seen.lock();
        while !holds(parser.screen()) {
            let left = deadline.saturating_duration_since(Instant::now());
            let over = left.is_zero() || self.seen.ended.load(Ordering::SeqCst);
            assert!(!over, "waited in vain for {what}:\n{}", parser.screen().contents());
            // Not much at a time, since the end may be told between the question and the wait.
            let (again, _) = self
                .seen
                .changed
                .wait_timeout(parser, left.min(Duration::from_millis(200)))
                .unwrap_or_else(PoisonError::into_inner);
            parser = again;
        }
        drop(parser);
        self
    }

    /// The text on the screen.
    pub(crate) fn screen(&self) -> String {
        self.seen.lock().screen().contents()
    }

    /// Gives the terminal another size.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        // The picture first, so that nothing is drawn for a size that it does not have.
        self.seen.lock().screen_mut().set_size(cells(rows), cells(columns));
        let master = self.master.as_ref().expect("the terminal is there");
        master.resize(size(columns, rows)).expect("the terminal can be resized");
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) -> &Self {
        let command = format!("kill -{name} {}", self.id());
        let sent = Command::new("sh").args(["-c", &command]).status().expect("there is a shell");
        assert!(sent.success(), "{command}");
        self
    }

    /// Waits until the process is stopped, as after Ctrl-Z.
    #[cfg(target_os = "linux")]
    pub(crate) fn until_stopped(&self) -> &Self {
        let deadline = Instant::now() + DEADLINE;
        let stat = format!("/proc/{}/stat", self.id());
        loop {
            let text = std::fs::read_to_string(&stat).expect("the process is there");
            // Its name may hold anything, but nothing after it holds a bracket.
            if text.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T')) {
                return self;
            }
            assert!(Instant::now() < deadline, "it does not stop: {text}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Takes the terminal away, as closing its window does.
    pub(crate) fn hang_up(&mut self) -> u32 {
        // Whoever reads has the terminal open too, and lets go of it after the next picture.
        self.seen.closing.store(true, Ordering::SeqCst);
        self.keys("?");
        self.join();
        self.writer = None;
        self.master = None;
        self.wait()
    }

    /// Kills the process where it stands.
    pub(crate) fn kill(&mut self) {
        self.signal("KILL");
        self.wait();
    }

    /// Waits for the end and gives the exit code.
    pub(crate) fn end(&mut self) -> u32 {
        let code = self.wait();
        self.join();
        code
    }

    /// Whether the program has written an escape sequence.
    pub(crate) fn has_escapes(&self) -> bool {
        self.seen.escaped.load(Ordering::SeqCst)
    }

    fn join(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.join().expect("all output was read");
        }
    }

    /// Waits for the end, which must leave the terminal as it was.
    pub(crate) fn end_clean(&mut self) -> u32 {
        let code = self.end();
        let parser = self.seen.lock();
        let screen = parser.screen();
        assert!(
            !screen.alternate_screen(),
            "the alternate screen is left; exit {code}:\n{}",
            screen.contents()
        );
        assert!(!screen.bracketed_paste(), "paste is as it was");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is free");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        drop(parser);
        let master = self.master.as_ref().expect("the terminal is there");
        assert_eq!(format!("{:?}", master.get_termios()), self.set, "raw mode is left");
        code
    }

    fn wait(&mut self) -> u32 {
        let deadline = Instant::now() + DEADLINE;
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it does not end:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn id(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }
}

impl Drop for Session {
    /// A test that failed leaves no process behind. One that has ended is not killed: its number may be another's.
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            drop(self.child.kill());
            drop(self.child.wait());
        }
    }
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, vt100::Parser> {
        self.parser.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
