//! Standard output and standard error. Colour and width are decided once, by where they go.
#![expect(
    clippy::disallowed_methods,
    reason = "this module owns the standard streams and asks the environment"
)]

use std::io::{self, BufRead, BufWriter, IsTerminal, Write};
use std::process::{Command, Stdio};

use anstream::{AutoStream, ColorChoice};

use super::options::{ColourArg, PageArgs};
use super::outcome::{Failure, Outcome, Unusable};
use super::progress::Progress;
use crate::present::{Objection, Report};
use crate::report::{self, Colour, Format, write_error, write_faults};
use crate::store::Unopened;
use crate::text::single_line;

/// Terminals that are known to have no more than sixteen colours.
const SIXTEEN: [&str; 6] = ["linux", "ansi", "cygwin", "screen", "rxvt", "xterm-color"];

/// The standard streams and their capabilities.
#[derive(Debug)]
pub(super) struct Output {
    results: report::Options,
    asides: report::Options,
    page: PageArgs,
}

impl Output {
    /// Decides on colour and width from the options, the environment and the terminal.
    pub(super) fn new(page: &PageArgs) -> Self {
        let width = page.width.or_else(terminal_width).unwrap_or(report::DEFAULT_WIDTH);
        let options = |automatic: ColorChoice| report::Options {
            width: width.max(report::MIN_WIDTH),
            colour: match page.color {
                ColourArg::Never => Colour::None,
                ColourArg::Always => depth(),
                ColourArg::Auto if automatic == ColorChoice::Never => Colour::None,
                ColourArg::Auto => depth(),
            },
            quiet: page.quiet,
        };
        let output = Self {
            results: options(AutoStream::choice(&io::stdout())),
            asides: options(AutoStream::choice(&io::stderr())),
            page: *page,
        };
        // The table drawing library would check NO_COLOR itself; the decision is made here.
        crossterm::style::force_color_output(output.results.colour != Colour::None);
        output
    }

    /// Returns an output for git's diff driver. Colour follows git's settings unless the user chose otherwise (`colour`
    /// gets whether standard output is a terminal), and the width is the one that git measured before its pager
    /// replaced the terminal.
    pub(super) fn under_git(&self, colour: impl FnOnce(bool) -> bool) -> Self {
        let told = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let mut results = self.results;
        if self.page.color == ColourArg::Auto && !told("NO_COLOR") && !told("CLICOLOR_FORCE") {
            results.colour = if colour(io::stdout().is_terminal()) { depth() } else { Colour::None };
        }
        if self.page.width.is_none() && terminal_width().is_none() {
            let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
            results.width = columns.unwrap_or(report::DEFAULT_WIDTH).max(report::MIN_WIDTH);
        }
        crossterm::style::force_color_output(results.colour != Colour::None);
        Self { results, ..*self }
    }

    /// Whether results have colour.
    pub(super) const fn is_coloured(&self) -> bool {
        !matches!(self.results.colour, Colour::None)
    }

    /// Whether only the answer itself is wanted.
    pub(super) const fn is_quiet(&self) -> bool {
        self.asides.quiet
    }

    /// Whether results go to a terminal, or to a pager in front of one.
    pub(super) fn is_for_people(&self) -> bool {
        io::stdout().is_terminal() || std::env::var_os("GIT_PAGER_IN_USE").is_some() || self.is_coloured()
    }

    /// Whether results go straight to a terminal.
    pub(super) fn is_terminal(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Reports on standard output what was done, unless --quiet is given. A closed pipe does not stop the work that is
    /// left.
    pub(super) fn note(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match if self.results.quiet { Ok(()) } else { self.result(write) } {
            Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            told => told,
        }
    }

    /// Writes a result to standard output.
    pub(super) fn result(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        self.stream(|out| Ok(write(out)?))
    }

    /// Writes a result to standard output that can fail in other ways too.
    pub(super) fn stream(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
        write(&mut out)?;
        out.flush()?;
        Ok(())
    }

    /// Writes reports to standard output.
    pub(super) fn reports(&self, format: &dyn Format, reports: &[&dyn Report]) -> Result<Outcome, Failure> {
        match self.pager() {
            Some(pager) if page(&pager, |out| format.write(reports, self.results, out))? => {}
            _ => self.result(|out| format.write(reports, self.results, out))?,
        }
        Ok(Outcome::Done)
    }

    /// Returns the command of the pager: none in a pipe, in git's pager and where the user wants none.
    fn pager(&self) -> Option<String> {
        let set = |name: &str| std::env::var(name).ok();
        let is_able = set("TERM").is_some_and(|term| term != "dumb") && cfg!(unix);
        if !io::stdout().is_terminal() || set("GIT_PAGER_IN_USE").is_some() || !is_able {
            return None;
        }
        let pager = set("ACH_PAGER").or_else(|| set("PAGER")).unwrap_or_else(|| "less".to_owned());
        Some(pager).filter(|pager| !pager.trim().is_empty() && pager.trim() != "cat")
    }

    /// Returns a progress line on standard error for work that may take long.
    pub(super) fn progress(&self) -> Progress {
        Progress::begin(self.asides.quiet)
    }

    /// Reports a failure on standard error.
    pub(super) fn tell(&self, failure: &Failure) {
        match failure {
            Failure::Usage(told) => drop(told.print()),
            Failure::Unusable(files) => files.iter().for_each(|file| {
                self.aside(|out, options| match file {
                    Unusable::Unopened(Unopened { name, reason, help }) => {
                        let message = format!("cannot read {name}: {reason}");
                        write_error(&message, help.as_deref(), options, out)
                    }
                    Unusable::Faulty(checked) => write_faults(checked.faults(false), options, out),
                })
            }),
            Failure::Refused(Objection { message, help }) => {
                self.aside(|out, options| write_error(message, help.as_deref(), options, out));
            }
            Failure::Write(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Failure::Write(error) => {
                self.aside(|out, options| write_error(&format!("cannot write: {error}"), None, options, out))
            }
        }
    }

    /// Whether a terminal is there on which questions can be asked.
    pub(super) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && io::stdout().is_terminal()
    }

    /// Asks for a line; `None` at the end of the input. A line that is not UTF-8 counts as empty.
    pub(super) fn ask(&self, question: &str) -> Result<Option<String>, Failure> {
        let style = if self.is_coloured() { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        self.result(|out| write!(out, "{style}{question}{style:#} "))?;
        let mut line = Vec::new();
        let read = io::stdin().lock().read_until(b'\n', &mut line);
        if !matches!(read, Ok(1..)) {
            self.result(|out| writeln!(out))?;
            return Ok(None);
        }
        Ok(Some(std::str::from_utf8(&line).unwrap_or_default().trim().to_owned()))
    }

    /// Says something in one line on standard error.
    pub(super) fn say(&self, message: &str) {
        self.aside(|out, _| writeln!(out, "{}", single_line(message)));
    }

    /// Writes a message beside the result to standard error. Errors in writing it are ignored.
    pub(super) fn aside(&self, write: impl FnOnce(&mut dyn Write, report::Options) -> io::Result<()>) {
        let mut text = Vec::new();
        if write(&mut text, self.asides).is_ok() {
            drop(io::stderr().lock().write_all(&text));
        }
    }
}

/// Writes to a pager and waits for its end. Returns whether there is such a pager.
fn page(pager: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<bool> {
    let mut command = Command::new("sh");
    command.args(["-c", pager]).stdin(Stdio::piped());
    // As git has it: leave at once what fits on the screen, let colours pass, keep the screen.
    for (name, value) in [("LESS", "FRX"), ("LV", "-c")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    let Ok(mut child) = command.spawn() else { return Ok(false) };
    // An interrupt is for the pager; this program ends after it.
    #[cfg(unix)]
    let interrupted = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    #[cfg(unix)]
    drop(signal_hook::flag::register(signal_hook::consts::SIGINT, interrupted));
    let written = child.stdin.take().map_or(Ok(()), |input| {
        let mut out = BufWriter::with_capacity(1 << 16, input);
        write(&mut out)?;
        out.flush()
    });
    let status = child.wait()?;
    match written {
        // The shell found no such program.
        _ if status.code() == Some(127) => Ok(false),
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        Ok(()) | Err(_) => Ok(true),
    }
}

fn terminal_width() -> Option<usize> {
    terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0))
}

/// Returns the number of colours of a terminal that has any.
fn depth() -> Colour {
    let term = std::env::var("TERM").unwrap_or_default();
    let few = SIXTEEN.contains(&term.as_str()) || term.starts_with("vt");
    if few && std::env::var_os("COLORTERM").is_none() { Colour::Sixteen } else { Colour::Many }
}
