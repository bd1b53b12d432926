//! The earlier version that a page compares with.

use std::ffi::OsStr;

use crate::cli::Failure;
use crate::cli::commands::usage;
use crate::cli::git::versions::comparisons;
use crate::cli::load;
use crate::document;
use crate::present::{Compared, DiffReport, Request};
use crate::scenario::Scenario;
use crate::store;

/// The version that a page compares with.
#[derive(Debug)]
pub(super) struct Before {
    label: String,
    /// `None` if there was no such file.
    scenario: Option<Scenario>,
}

impl Before {
    /// Reads the version of a file in a revision.
    pub(super) fn read(since: &str, name: &OsStr) -> Result<Self, Failure> {
        if name == "-" {
            return Err(usage("report", "--since compares versions of a file: name one"));
        }
        let kept = name.to_str().filter(|_| store::is_kept(name)).and_then(|name| name.rsplit_once(':'));
        let (operands, files) = match kept {
            Some((_, path)) => (vec![format!("{since}:{path}").into(), name.to_owned()], Vec::new()),
            None => (vec![since.into()], vec![name.to_owned()]),
        };
        let found = comparisons(&operands, &files)?.into_iter().next().transpose()?;
        let Some(found) = found else { return Ok(Self { label: since.to_owned(), scenario: None }) };
        let scenario = match found.before.bytes {
            Some(bytes) => Some(load::readable(&found.before.name, document::read(bytes))?.1),
            None => None,
        };
        Ok(Self { label: since.to_owned(), scenario })
    }

    pub(super) fn compared<'a>(&'a self, after: &'a Scenario, request: Request<'a>) -> DiffReport<'a> {
        let compared = Compared { path: None, before: &self.label, after: "this version" };
        DiffReport::new(self.scenario.as_ref(), Some(after), compared, &[], request)
    }
}
