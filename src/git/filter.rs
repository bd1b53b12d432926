//! Conversion of content between the form that git stores and the form that it checks out, for a merge that git runs.
//!
//! A file that is kept compressed or encrypted by a filter reaches the merge driver as git stores it. This is the one
//! place where the filters of a repository run: git has already run them for the checkout that the merge belongs to.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::process::Stdio;

use super::run::GitRefusal;
use super::{Error, Git};

/// Returns stored content as git would check it out at `path`, with the filters and encodings that the attributes of
/// the path name. The content must be an object of the repository, as the versions of a merge are.
///
/// # Errors
/// [`Error::Failed`] if there is no repository, no such object, or a filter fails.
pub fn checked_out(git: &Git, path: &OsStr, stored: &[u8]) -> Result<Vec<u8>, Error> {
    let id = answer(git, &["hash-object", "--no-filters", "--stdin"], stored)?;
    let id = String::from_utf8_lossy(id.trim_ascii()).into_owned();
    git.run(&["cat-file".as_ref(), "--filters".as_ref(), &*option(path), id.as_ref()])
}

/// Returns content as git would store it for `path`: the inverse of [`checked_out`]. The object is written to the
/// repository, as `git add` would.
///
/// # Errors
/// Like [`checked_out`].
pub fn stored(git: &Git, path: &OsStr, checked_out: &[u8]) -> Result<Vec<u8>, Error> {
    let id = answer(
        git,
        &["hash-object".as_ref(), "-w".as_ref(), "--stdin".as_ref(), &*option(path)],
        checked_out,
    )?;
    let id = String::from_utf8_lossy(id.trim_ascii()).into_owned();
    git.run(&["cat-file", "blob", &id])
}

/// Returns the option that names the path whose attributes apply.
fn option(path: &OsStr) -> OsString {
    let mut option = OsString::from("--path=");
    option.push(path);
    option
}

/// Runs a command that reads `input`, and returns its output.
fn answer<A: AsRef<OsStr>>(git: &Git, arguments: &[A], input: &[u8]) -> Result<Vec<u8>, Error> {
    let failed = |error| git.error(arguments, &GitRefusal::Start(error));
    let mut process = git.command(arguments).stdin(Stdio::piped()).spawn().map_err(failed)?;
    if let Some(mut stdin) = process.stdin.take() {
        // A command that does not read all says why with its status.
        let _ = stdin.write_all(input);
    }
    let output = process.wait_with_output().map_err(failed)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let refusal = GitRefusal::Status { code: output.status.code(), stderr: output.stderr };
    Err(git.error(arguments, &refusal))
}
