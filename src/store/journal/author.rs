//! The process that writes a journal, and whether it still runs: for file systems without locks, and for other users.
#![expect(clippy::disallowed_methods, reason = "Linux tells in files when a process started")]

/// A process, named so that no later one can be taken for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JournalAuthor {
    /// The user's number.
    pub(super) user: u32,
    /// The name of the computer.
    pub(super) host: String,
    process: u32,
    /// The time when it started, in the unit of the system; 0 if that is unknown.
    started: u64,
}

impl JournalAuthor {
    /// Returns this process.
    pub(super) fn this() -> Self {
        let process = std::process::id();
        Self { user: this_user(), host: this_host(), process, started: started(process).unwrap_or_default() }
    }

    /// Parses the form that `Display` writes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split_ascii_whitespace();
        let mut number = || words.next()?.parse().ok();
        let (user, process, started) = (number()?, number()?, number()?);
        let host = words.next()?.to_owned();
        let small = |number: u64| u32::try_from(number).ok();
        Some(Self { user: small(user)?, host, process: small(process)?, started })
    }

    /// Whether it still runs; `None` on another computer, where that is unknown.
    pub(super) fn is_running(&self) -> Option<bool> {
        if self.host != this_host() {
            return None;
        }
        let found = started(self.process);
        Some(exists(self.process) && (self.started == 0 || found.is_none_or(|found| found == self.started)))
    }

    /// Whether it is a process of this user on this computer.
    pub(super) fn is_own(&self) -> bool {
        self.user == this_user() && self.host == this_host()
    }

    /// The name of its user, or the number of one without a name.
    pub(super) fn user_name(&self) -> String {
        let number = self.user.to_string();
        let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
        let mut names = users.lines().filter_map(|line| {
            let mut fields = line.split(':');
            let name = fields.next()?;
            (fields.nth(1)? == number && !name.is_empty()).then(|| name.to_owned())
        });
        names.next().unwrap_or_else(|| format!("user {number}"))
    }
}

impl std::fmt::Display for JournalAuthor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {} {}", self.user, self.process, self.started, self.host)
    }
}

#[cfg(unix)]
pub(super) fn this_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
pub(super) fn this_user() -> u32 {
    0
}

/// The name of this computer, as one word.
fn this_host() -> String {
    #[cfg(unix)]
    let name = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let name = String::new();
    let name: String = name.chars().filter(|c| c.is_ascii_graphic()).collect();
    if name.is_empty() { "localhost".to_owned() } else { name }
}

/// Whether a process exists, of whichever user.
#[cfg(unix)]
fn exists(process: u32) -> bool {
    let process = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    process.is_some_and(|process| rustix::process::test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn exists(_: u32) -> bool {
    true
}

/// Returns when a process started, in clock ticks since Linux did; `None` if that is unknown.
fn started(process: u32) -> Option<u64> {
    let told = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, which may contain anything, ends with the last parenthesis.
    let (_, fields) = told.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(19)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_known_by_its_number_and_its_start() {
        let this = JournalAuthor::this();
        assert_eq!(JournalAuthor::parse(&this.to_string()), Some(this.clone()));
        assert!(this.is_own());
        assert_eq!(this.is_running(), Some(true));
        let elsewhere = JournalAuthor { host: "another".into(), ..this.clone() };
        assert_eq!((elsewhere.is_running(), elsewhere.is_own()), (None, false));
        let gone = JournalAuthor { process: i32::MAX as u32, ..this.clone() };
        assert_eq!(gone.is_running(), Some(false));
        #[cfg(target_os = "linux")]
        assert_eq!(JournalAuthor { started: 1, ..this }.is_running(), Some(false), "a later process");
        for not in ["", "1 2 3", "x 2 3 host", "1 99999999999 3 host"] {
            assert_eq!(JournalAuthor::parse(not), None);
        }
    }
}
