//! How a command ends: the one place that turns results into exit codes.

use std::io;
use std::process::ExitCode;

use crate::export::ExportError;
use crate::git;
use crate::present::{Checked, Objection};
use crate::store::{SaveError, Unopened};

/// The end of a command that did its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done, or the answer is yes.
    Done,
    /// Done, and the answer is no.
    No,
    /// Ended by the signal with this number.
    Ended(u8),
}

impl Outcome {
    /// Returns the outcome of a question; `no` is whether its answer is no.
    pub(super) const fn answer(no: bool) -> Self {
        if no { Self::No } else { Self::Done }
    }

    /// Ends a command over several files: with this outcome, unless some of the files could not be used.
    pub(super) fn unless(self, unusable: Vec<Unusable>) -> Result<Self, Failure> {
        if unusable.is_empty() { Ok(self) } else { Err(Failure::Unusable(unusable)) }
    }
}

/// Why a command could not do its work.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line makes no sense.
    Usage(Box<clap::Error>),
    /// These files cannot be used.
    Unusable(Vec<Unusable>),
    /// The command cannot do this here.
    Refused(Objection),
    /// The output could not be written. A closed pipe is one of these: its reader has read enough.
    Write(io::Error),
}

/// Why a file cannot be used.
#[derive(Debug)]
pub(super) enum Unusable {
    /// It could not be opened.
    Unopened(Unopened),
    /// It has these errors.
    Faulty(Checked),
}

impl Failure {
    /// A refusal; an empty `help` is none.
    pub(super) fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Refused(Objection::new(message, help))
    }
}

impl From<clap::Error> for Failure {
    fn from(error: clap::Error) -> Self {
        Self::Usage(Box::new(error))
    }
}

impl From<Unopened> for Unusable {
    fn from(unopened: Unopened) -> Self {
        Self::Unopened(unopened)
    }
}

impl From<Unopened> for Failure {
    fn from(unopened: Unopened) -> Self {
        Unusable::Unopened(unopened).into()
    }
}

impl From<Unusable> for Failure {
    fn from(unusable: Unusable) -> Self {
        Self::Unusable(vec![unusable])
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Self {
        Self::refused(error.to_string(), error.help().unwrap_or_default())
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Write(error) => Self::Write(error),
            ExportError::Refused { message, help } => Self::refused(message, help),
        }
    }
}

impl From<git::Error> for Failure {
    fn from(error: git::Error) -> Self {
        Self::refused(error.to_string(), error.help().unwrap_or_default())
    }
}

impl From<Objection> for Failure {
    fn from(objection: Objection) -> Self {
        Self::Refused(objection)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Returns the exit code for a result.
pub(super) fn exit_code(result: Result<Outcome, Failure>) -> ExitCode {
    ExitCode::from(match result {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::No) => 1,
        // The convention of shells.
        Ok(Outcome::Ended(signal)) => 128_u8.saturating_add(signal),
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Failure::Usage(_) | Failure::Unusable(_) | Failure::Refused(_) | Failure::Write(_)) => 2,
    })
}
