//! Program names in git's settings: words for the shell, which finds the program by the search path or by its full
//! path.
#![expect(
    clippy::disallowed_methods,
    reason = "whether a program is there is told by the disk and the search path"
)]

use std::path::{Path, PathBuf};

/// The usual name of this program.
const NAME: &str = "ach";

/// Returns this program as a word for the shell: its name if the search path leads to it, so that the setting survives
/// a move, otherwise its full path. `None` if the system does not know the path.
pub fn this_program() -> Option<String> {
    let this = std::env::current_exe().ok()?;
    if on_search_path(NAME).is_some_and(|found| is_same_file(&found, &this)) {
        return Some(NAME.to_owned());
    }
    // Git runs a Unix shell on every system.
    let path = this.to_str()?;
    Some(shell_word(&if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }))
}

/// A program named in a setting, told from this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ProgramKind {
    /// This program.
    This,
    /// Another file of the same name, such as another version.
    Namesake,
    /// A file of another name.
    Other,
    /// None: there is no such file. `true` if it has the name of this program.
    Gone(bool),
}

/// Returns the kind of program that the shell would run by this word.
pub(super) fn kind_of(program: &str) -> ProgramKind {
    let found = if program.contains('/') {
        Some(PathBuf::from(program)).filter(|file| is_executable(file))
    } else {
        on_search_path(program)
    };
    let name = Path::new(program).file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let is_namesake = name.strip_suffix(".exe").unwrap_or(name) == NAME;
    match found {
        None => ProgramKind::Gone(is_namesake),
        Some(found) if std::env::current_exe().is_ok_and(|this| is_same_file(&found, &this)) => {
            ProgramKind::This
        }
        Some(_) if is_namesake => ProgramKind::Namesake,
        Some(_) => ProgramKind::Other,
    }
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one == other
        || std::fs::canonicalize(one)
            .is_ok_and(|one| std::fs::canonicalize(other).is_ok_and(|other| one == other))
}

/// Splits a command line into the program, unquoted, and the rest, blanks included.
pub fn program_of(command: &str) -> (String, &str) {
    let command = command.trim_start();
    let mut program = String::new();
    let mut characters = command.char_indices();
    let mut quote = None;
    while let Some((at, c)) = characters.next() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            ('\\', None) => program.extend(characters.next().map(|(_, escaped)| escaped)),
            (c, Some(_)) => program.push(c),
            ('\'' | '"', None) => quote = Some(c),
            (c, None) if c.is_whitespace() => return (program, command.get(at..).unwrap_or_default()),
            (c, None) => program.push(c),
        }
    }
    (program, "")
}

/// Returns the directories of the search path.
fn on_search_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|directory| {
        let file = directory.join(name);
        if cfg!(windows) { file.with_extension("exe") } else { file }
    });
    places.find(|file| is_executable(file))
}

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(file: &Path) -> bool {
    file.is_file()
}

/// Quotes a path as one word of a shell command.
fn shell_word(path: &str) -> String {
    let safe = |c: char| c.is_ascii_alphanumeric() || "/-_.:+,@%".contains(c);
    if path.chars().all(safe) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_told_from_its_arguments() {
        assert_eq!(program_of("ach diff --git-driver"), ("ach".into(), " diff --git-driver"));
        assert_eq!(program_of("  ach"), ("ach".into(), ""));
        assert_eq!(program_of(r#"'/a b/it'\''s/ach' diff "$X""#), ("/a b/it's/ach".into(), r#" diff "$X""#));
        assert_eq!(program_of(r#""/a b"/ach x"#), ("/a b/ach".into(), " x"));
        assert_eq!(program_of(r"/a\ b/ach x"), ("/a b/ach".into(), " x"));
        for path in ["/usr/bin/ach", "/a b/ach", "/it's/\"é\"/ach"] {
            assert_eq!(program_of(&shell_word(path)), (path.into(), ""));
        }
    }

    #[test]
    fn what_is_not_there_is_no_program() {
        assert_eq!(kind_of("/no/such/program"), ProgramKind::Gone(false));
        assert_eq!(kind_of("no-such-program-anywhere"), ProgramKind::Gone(false));
        assert_eq!(kind_of("/no/such/ach"), ProgramKind::Gone(true));
        assert_eq!(kind_of("/"), ProgramKind::Gone(false));
        assert_eq!(kind_of("git"), ProgramKind::Other);
    }

    #[test]
    fn this_program_is_found_where_it_is() {
        let word = this_program().unwrap();
        let (program, rest) = program_of(&word);
        assert_eq!(kind_of(&program), ProgramKind::This, "{program}");
        assert_eq!(rest, "");
    }
}
