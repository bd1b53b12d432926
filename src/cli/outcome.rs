//! How a command ends: the one place that turns results into exit codes.

use std::io;
use std::process::ExitCode;

use crate::present::{Checked, Objection};
use crate::store::{SaveError, Unopened};

/// A command that did what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Done, or the answer is yes.
    Done,
    /// Done, and the answer is no.
    No,
    /// Ended by the signal with this number.
    Ended(u8),
}

/// A command that could not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// The command line asks for what cannot be.
    Usage(Box<clap::Error>),
    /// These files cannot be used.
    Unusable(Vec<Unusable>),
    /// What is asked cannot be done to the file: why, and what can.
    Refused {
        /// Why.
        message: String,
        /// What can be done.
        help: Option<String>,
    },
    /// What was to be written could not be. A closed pipe is one of these: whoever reads has read enough.
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
    /// A refusal, with help where there is some.
    pub(super) fn refused(message: impl Into<String>, help: impl Into<String>) -> Self {
        let help = Some(help.into()).filter(|help| !help.is_empty());
        Self::Refused { message: message.into(), help }
    }

    /// A file that could not be saved.
    pub(super) fn unsaved(error: &SaveError) -> Self {
        Self::refused(error.to_string(), error.help().unwrap_or_default())
    }

    /// A file that could not be opened.
    pub(super) fn unopened(unopened: Unopened) -> Self {
        Self::Unusable(vec![Unusable::Unopened(unopened)])
    }
}

impl From<Objection> for Failure {
    fn from(objection: Objection) -> Self {
        Self::Refused { message: objection.message, help: objection.help }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// The exit code for a result.
pub(super) fn exit_code(result: Result<Outcome, Failure>) -> ExitCode {
    ExitCode::from(match result {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::No) => 1,
        // As shells tell it.
        Ok(Outcome::Ended(signal)) => 128_u8.saturating_add(signal),
        Err(Failure::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => 0,
        Err(Failure::Usage(_) | Failure::Unusable(_) | Failure::Refused { .. } | Failure::Write(_)) => 2,
    })
}

/// Prints what clap has to say, help and version among it.
pub(super) fn told_by_clap(told: &clap::Error) -> Result<Outcome, Failure> {
    told.print()?;
    if told.exit_code() == 0 { Ok(Outcome::Done) } else { Err(Failure::Unusable(Vec::new())) }
}
