//! Other programs: git, the clipboard of tmux, the browser, and the user's own editor for long texts.
#![expect(clippy::disallowed_methods, reason = "other programs are run with what the environment names")]

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::NamedTempFile;

use super::settings::{Settings, SettingsWarning, read_settings, settings_in_comments};
use crate::git::{self, AppliedCommit, Operation, OperationKind};

/// Whether the terminal is tmux, which drops the clipboard's escape code of programs by default.
pub(crate) fn is_tmux() -> bool {
    std::env::var_os("TMUX").is_some_and(|socket| !socket.is_empty())
}

/// Gives a text to tmux, and to the clipboard of the terminal around it.
///
/// # Errors
/// tmux cannot be run, or takes no text.
pub(crate) fn copy_to_tmux(text: &str) -> io::Result<()> {
    // Old versions know no `-w`; they keep the text in their own buffer.
    load_buffer(&["load-buffer", "-w", "-"], text).or_else(|_| load_buffer(&["load-buffer", "-"], text))
}

fn load_buffer(arguments: &[&str], text: &str) -> io::Result<()> {
    let mut tmux = Command::new("tmux");
    tmux.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = tmux.spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    if child.wait()?.success() { Ok(()) } else { Err(io::ErrorKind::Other.into()) }
}

/// Returns the commit whose version is theirs in the operation that git has stopped for a file; `None` if there is none,
/// or git cannot tell.
pub(crate) fn their_commit(file: &Path) -> Option<AppliedCommit> {
    let (repository, path) = git::locate(file).ok()?;
    let Operation { doing, commit } = repository.operation(&path).ok()??;
    // In a revert, theirs is the version before the commit.
    (doing != OperationKind::Reverting).then_some(commit)
}

/// Opens an address in the user's browser, without waiting for it.
///
/// # Errors
/// No program opens addresses here.
pub(crate) fn open_address(address: &str) -> io::Result<()> {
    let own = std::env::var_os("BROWSER").filter(|browser| !browser.is_empty());
    let program = own.unwrap_or_else(|| if cfg!(target_os = "macos") { "open" } else { "xdg-open" }.into());
    let mut browser = Command::new(program);
    browser.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    browser.spawn().map(drop)
}

/// Lets the user edit a text in the editor that the environment names. Returns the text as it was left.
///
/// # Errors
/// The editor cannot be run or fails, or its file cannot be written or read.
pub(crate) fn edit_text(text: &str) -> Result<String, String> {
    let edited = write_aside(text).and_then(|file| edit_file(file.path()));
    edited.map(|text| text.trim_end_matches('\n').to_owned()).map_err(|error| error.to_string())
}

fn write_aside(text: &str) -> io::Result<NamedTempFile> {
    let mut file = tempfile::Builder::new().prefix("ach-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    Ok(file)
}

/// Lets the user edit the settings file in their own editor. Where there is none, it is made with every setting in
/// comments. Returns the settings with their faults.
///
/// # Errors
/// The editor cannot be run or fails, or the file cannot be written or read.
pub(crate) fn edit_settings(path: Option<PathBuf>) -> Result<(Box<Settings>, Vec<SettingsWarning>), String> {
    let path = path.ok_or("there is no place for them")?;
    let edited = make_settings(&path).and_then(|()| edit_file(&path));
    let (settings, warnings) = read_settings(&edited.map_err(|error| error.to_string())?);
    Ok((Box::new(settings), warnings))
}

fn make_settings(path: &Path) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory)?;
    }
    match std::fs::OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(settings_in_comments().as_bytes()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// Runs the editor that the environment names on a file. Returns the text of the file as it was left.
fn edit_file(path: &Path) -> io::Result<String> {
    let named = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("vi"));
    let status = command.args(words).arg(path).status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{editor} ended with an error")));
    }
    std::fs::read_to_string(path)
}
