//! Other programs: the clipboard of tmux, the browser, and the user's own editor for long texts.
#![expect(clippy::disallowed_methods, reason = "other programs are run with what the environment names")]

use std::io::{self, Write};
use std::process::{Command, Stdio};

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
pub(crate) fn edit_text(text: &str) -> io::Result<String> {
    let named = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or("vi"));
    let mut file = tempfile::Builder::new().prefix("ach-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    let status = command.args(words).arg(file.path()).status()?;
    if !status.success() {
        return Err(io::Error::other(format!("{editor} ended with an error")));
    }
    let edited = std::fs::read_to_string(file.path())?;
    Ok(edited.trim_end_matches('\n').to_owned())
}
