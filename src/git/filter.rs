//! Conversion of content from the form that git stores to the form that it checks out, and back.
//!
//! A file that a filter compresses or encrypts is a scenario only when it is checked out. A filter is a command, so one
//! that only a repository defines runs where git itself is running, for a merge, or where the user has allowed it: `ach
//! git install` remembers the commands of a repository outside it. Filters of the user's own settings always run.

#![expect(clippy::disallowed_methods, reason = "a directory for the user's decisions is created")]

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::PathBuf;

use super::path::os_string;
use super::run::{GitRefusal, OWN_SCOPES, finished};
use super::{Error, Git, TreePath};

/// The settings of a filter that are commands.
const COMMANDS: [&str; 3] = ["clean", "smudge", "process"];

/// How the content of a path is converted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Conversion {
    /// Not at all.
    AsStored,
    /// By a filter that may run.
    Filtered,
    /// By the filter of this name, which must not run.
    Withheld(String),
}

/// A command of a filter, from git's settings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FilterCommand {
    key: Vec<u8>,
    value: Vec<u8>,
}

impl FilterCommand {
    /// Whether it belongs to the filter of this name.
    fn is_of(&self, filter: &[u8]) -> bool {
        let name = self.key.strip_prefix(b"filter.").and_then(|rest| rest.strip_prefix(filter));
        name.is_some_and(|rest| COMMANDS.iter().any(|key| rest.strip_prefix(b".") == Some(key.as_bytes())))
    }

    /// Returns it as one value, by which it is remembered.
    fn written(&self) -> Vec<u8> {
        [&self.key, &b"="[..], &self.value].concat()
    }
}

impl std::fmt::Display for FilterCommand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {}", String::from_utf8_lossy(&self.key), String::from_utf8_lossy(&self.value))
    }
}

/// Returns stored content as git would check it out at `path`. The content must be an object of the repository, as the
/// versions of a merge are. `None` if no filter converts it, or none that may run.
///
/// # Errors
/// [`Error::Failed`] if there is no such object, or if the filter fails.
pub fn checked_out(git: &Git, path: &OsStr, stored: &[u8], limit: u64) -> Result<Option<Vec<u8>>, Error> {
    let path = TreePath::new(path.as_encoded_bytes());
    // Git gives its drivers this variable, and has run the filters for the checkout already.
    let conversion = match git.conversion(&path)? {
        Conversion::Withheld(_) if git.variable("GIT_PREFIX").is_some() => Conversion::Filtered,
        conversion => conversion,
    };
    if conversion != Conversion::Filtered {
        return Ok(None);
    }
    let id = git.object_id(&["--no-filters".into()], stored)?;
    git.filtered(&path, &id, limit).map(Some)
}

/// Returns content as git would store it for `path`: the inverse of [`checked_out`]. The object is written to the
/// repository, as `git add` would.
///
/// # Errors
/// Like [`checked_out`].
pub fn stored(git: &Git, path: &OsStr, checked_out: &[u8]) -> Result<Vec<u8>, Error> {
    let path = TreePath::new(path.as_encoded_bytes());
    let id = git.object_id(&["-w".into(), option(&path)], checked_out)?;
    git.run(&["cat-file", "blob", &id])
}

/// Returns the option that names the path whose attributes apply.
fn option(path: &TreePath) -> OsString {
    os_string(&[b"--path=", path.as_bytes()].concat()).into_owned()
}

impl Git {
    /// Returns how the content of a path is converted.
    pub(super) fn conversion(&self, path: &TreePath) -> Result<Conversion, Error> {
        let name = os_string(path.as_bytes());
        let arguments = ["check-attr", "-z", "filter", "--"].map(OsStr::new);
        let said = match self.run(&[&arguments[..], &[&*name]].concat()) {
            // Without a work tree nothing is checked out.
            Err(Error::Failed { stderr, .. }) if stderr.contains("must be run in a work tree") => Vec::new(),
            said => said?,
        };
        let filter = said.split(|byte| *byte == 0).nth(2).unwrap_or_default();
        if matches!(filter, b"" | b"set" | b"unset" | b"unspecified") {
            return Ok(Conversion::AsStored);
        }
        let commands = self.filter_commands()?;
        let mut commands = commands.into_iter().filter(|(_, command)| command.is_of(filter)).peekable();
        if commands.peek().is_none() {
            return Ok(Conversion::AsStored);
        }
        let mut foreign = commands.filter(|(is_own, _)| !is_own).map(|(_, command)| command).peekable();
        if foreign.peek().is_none() {
            return Ok(Conversion::Filtered);
        }
        let allowed = self.allowed_filters()?;
        let filter = String::from_utf8_lossy(filter).into_owned();
        let all = foreign.all(|command| allowed.contains(&command.written()));
        Ok(if all { Conversion::Filtered } else { Conversion::Withheld(filter) })
    }

    /// Reads an object as git would check it out at `path`, up to `limit` bytes.
    pub(super) fn filtered(&self, path: &TreePath, id: &str, limit: u64) -> Result<Vec<u8>, Error> {
        let arguments = ["cat-file".into(), "--filters".into(), option(path), id.into()];
        let failed = |error| self.error(&arguments, &GitRefusal::Start(error));
        let mut process = self.command(&arguments).spawn().map_err(failed)?;
        let mut content = Vec::new();
        if let Some(stdout) = process.stdout.take() {
            stdout.take(limit + 1).read_to_end(&mut content).map_err(failed)?;
        }
        if content.len() as u64 > limit {
            // The size is unknown, since the rest is not read.
            let object = path.to_string();
            // An error means that it has ended.
            let _ = process.kill();
            let _ = process.wait();
            return Err(Error::TooLarge { object, size: content.len() as u64, limit });
        }
        finished(process.wait_with_output()).map_err(|refusal| self.error(&arguments, &refusal))?;
        Ok(content)
    }

    /// Returns the id of the object with this content.
    fn object_id(&self, options: &[OsString], content: &[u8]) -> Result<String, Error> {
        let arguments = [&["hash-object".into(), "--stdin".into()], options].concat();
        let id = self.run_with(&arguments, content)?;
        Ok(String::from_utf8_lossy(id.trim_ascii()).into_owned())
    }

    /// Returns the commands of all filters that are in effect, each with whether the user's own settings define it.
    fn filter_commands(&self) -> Result<Vec<(bool, FilterCommand)>, Error> {
        let pattern = r"^filter\..*\.(clean|smudge|process)$";
        let listed =
            self.ask(&["config", "-z", "--show-scope", "--get-regexp", pattern])?.unwrap_or_default();
        let mut fields = listed.split(|byte| *byte == 0);
        let mut found: Vec<(bool, FilterCommand)> = Vec::new();
        while let (Some(scope), Some(entry)) = (fields.next(), fields.next()) {
            let mut parts = entry.splitn(2, |byte| *byte == b'\n');
            let (Some(key), Some(value)) = (parts.next(), parts.next()) else { continue };
            // A later value replaces an earlier one.
            found.retain(|(_, earlier)| earlier.key != key);
            if !value.is_empty() {
                let command = FilterCommand { key: key.to_vec(), value: value.to_vec() };
                found.push((OWN_SCOPES.contains(&scope), command));
            }
        }
        Ok(found)
    }

    /// Returns the commands that the user has allowed in this repository, as [`FilterCommand::written`].
    fn allowed_filters(&self) -> Result<HashSet<Vec<u8>>, Error> {
        let Some((file, key)) = self.memory()? else { return Ok(HashSet::new()) };
        let file = file.into_os_string();
        let arguments = ["config".into(), "--file".into(), file, "-z".into(), "--get-all".into(), key];
        let listed = self.ask(&arguments)?.unwrap_or_default();
        Ok(listed.split(|byte| *byte == 0).filter(|line| !line.is_empty()).map(<[u8]>::to_vec).collect())
    }

    /// Returns the file in which the user's decisions are kept, which git reads and writes as one of settings, and the
    /// key of this repository in it. `None` if the user has no directory for such files.
    fn memory(&self) -> Result<Option<(PathBuf, OsString)>, Error> {
        let set = |name: &str| self.variable(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let state = set("XDG_STATE_HOME").or_else(|| Some(set("HOME")?.join(".local/state")));
        let Some(state) = state else { return Ok(None) };
        let said = self.run(&["rev-parse", "--path-format=absolute", "--git-common-dir"])?;
        let repository = said.strip_suffix(b"\n").unwrap_or(&said);
        let key = os_string(&[b"repository.", repository, b".filter"].concat()).into_owned();
        Ok(Some((state.join("ach/filters"), key)))
    }

    /// Returns the commands of filters that only the repository defines, and whether the user has allowed all of them
    /// and no others.
    ///
    /// # Errors
    /// [`Error::Failed`].
    pub fn own_filters(&self) -> Result<(Vec<FilterCommand>, bool), Error> {
        let commands = self.filter_commands()?.into_iter().filter(|(is_own, _)| !is_own);
        let commands: Vec<FilterCommand> = commands.map(|(_, command)| command).collect();
        let written: HashSet<Vec<u8>> = commands.iter().map(FilterCommand::written).collect();
        let allowed = self.allowed_filters()? == written;
        Ok((commands, allowed))
    }

    /// Remembers that the user allows these commands in this repository, and no others.
    ///
    /// # Errors
    /// [`Error::Failed`], for instance if the file cannot be written.
    pub fn allow_filters(&self, commands: &[FilterCommand]) -> Result<(), Error> {
        let Some((file, key)) = self.memory()? else { return Ok(()) };
        let run = |options: &[&OsStr]| {
            self.ask(&[&["config".as_ref(), "--file".as_ref(), file.as_os_str()], options].concat())
        };
        if !self.allowed_filters()?.is_empty() {
            run(&["--unset-all".as_ref(), &key])?;
        }
        if let Some(directory) = file.parent().filter(|_| !commands.is_empty()) {
            let failed = |error| self.error(&["config"], &GitRefusal::Start(error));
            std::fs::create_dir_all(directory).map_err(failed)?;
        }
        for command in commands {
            run(&["--add".as_ref(), &key, &os_string(&command.written())])?;
        }
        Ok(())
    }
}
