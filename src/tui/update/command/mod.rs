//! Commands: one table from which the prompt, its completion, the help and `docs/keys.md` are made.

mod complete;
mod prompt;
mod run;

use crate::diagnostic::did_you_mean;
use crate::tui::effect::Effect;
use crate::tui::state::{State, Tone};

pub(in crate::tui) use prompt::hint;
pub(super) use prompt::pressed;

/// Does a command with its arguments, or says why not.
type Run = fn(&mut State, &str) -> Result<Vec<Effect>, String>;

/// What the last word of the arguments can be, given the words before it and what there is of it.
type Complete = fn(&State, &[&str], &str) -> Vec<String>;

/// A command that is typed after a colon.
#[derive(Debug)]
pub struct Command {
    /// Its names, any of them.
    pub names: &'static [&'static str],
    /// What it takes, as a usage line says it.
    pub arguments: &'static str,
    /// What it does, in a few words.
    pub help: &'static str,
    run: Run,
    complete: Complete,
}

const fn command(
    names: &'static [&'static str],
    arguments: &'static str,
    help: &'static str,
    run: Run,
    complete: Complete,
) -> Command {
    Command { names, arguments, help, run, complete }
}

/// Every command.
pub const COMMANDS: &[Command] = &[
    command(
        &["w", "write"],
        "[FILE]",
        "save; with a name, write a copy to a new file",
        run::write,
        complete::nothing,
    ),
    command(&["q", "quit"], "", "quit; asks if something is not saved", run::quit, complete::nothing),
    command(&["wq", "x"], "", "save and quit", run::write_and_quit, complete::nothing),
    command(&["q!", "quit!"], "", "quit without saving", run::quit_anyway, complete::nothing),
    command(&["goto"], "ID", "go to an item or a hypothesis", run::go_to, complete::ids),
    command(
        &["rate"],
        "RATING|blank row|column",
        "rate all that is shown of a row or a column, as one step",
        run::rate,
        complete::rate,
    ),
    command(
        &["set"],
        "FIELD VALUE",
        "set a field: title, scoring.method, ID.FIELD; lists with commas",
        run::set,
        complete::set,
    ),
    command(&["unset"], "FIELD", "take a field away", run::unset, complete::field),
    command(
        &["filter"],
        "[WORDS AND FIELDS]",
        "show some items only; all without words",
        run::filter,
        complete::filter,
    ),
    command(&["sort"], "ORDER", "list the evidence in another order", run::sort, complete::orders),
    command(&["method"], "NAME", "score by another method", run::method, complete::methods),
    command(&["panel"], "NAME", "show another panel", run::panel, complete::panels),
    command(
        &["next"],
        "",
        "go to the blank or doubtful cell that would tell most",
        run::next,
        complete::nothing,
    ),
    command(
        &["head"],
        "",
        "read the last commit again, to mark what changed since",
        run::head,
        complete::nothing,
    ),
    command(&["theme"], "NAME", "draw with another theme", run::theme, complete::themes),
    command(
        &["hints"],
        "[on|off]",
        "show or hide the guide and the line of keys",
        run::hints,
        complete::switch,
    ),
    command(&["copy"], "cell|row|table", "copy for a spreadsheet", run::copy, complete::parts),
    command(
        &["scenario"],
        "[FIELD]",
        "edit title, question, conclusion and more of the whole",
        run::scenario,
        complete::own,
    ),
    command(&["source"], "[ID]", "edit a source; without an id, a new one", run::source, complete::sources),
    command(&["sources"], "", "list the sources: to edit, add and delete", run::sources, complete::nothing),
    command(&["source-add"], "ID NAME", "add a source", run::add_source, complete::nothing),
    command(
        &["source-delete"],
        "ID",
        "delete a source that no item cites",
        run::delete_source,
        complete::sources,
    ),
    command(
        &["source-delete!"],
        "ID",
        "delete a source and the citations of it",
        run::delete_cited_source,
        complete::sources,
    ),
    command(
        &["indicators"],
        "",
        "list the indicators: to edit, add and delete",
        run::indicators,
        complete::nothing,
    ),
    command(
        &["indicator"],
        "[ID]",
        "edit an indicator; without an id, a new one",
        run::indicator,
        complete::indicators,
    ),
    command(&["indicator-add"], "ID TEXT", "add an indicator", run::add_indicator, complete::nothing),
    command(&["indicator-delete"], "ID", "delete an indicator", run::delete_indicator, complete::indicators),
    command(&["help"], "", "show keys and commands", run::help, complete::nothing),
];

/// Every name of every command.
fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().flat_map(|command| command.names.iter().copied())
}

fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.names.contains(&name))
}

/// The name of a command and its arguments.
fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    line.split_once(char::is_whitespace).map_or((line, ""), |(name, rest)| (name, rest.trim_start()))
}

/// Does what a line says.
fn give(state: &mut State, line: &str) -> Vec<Effect> {
    let (name, arguments) = split(line);
    let Some(command) = find(name) else {
        let help = did_you_mean(name, names()).unwrap_or_else(|| "Tab lists the commands".into());
        state.say(Tone::Refused, format!("there is no command \"{name}\": {help}"));
        return Vec::new();
    };
    (command.run)(state, arguments).unwrap_or_else(|why| {
        state.say(Tone::Refused, why);
        Vec::new()
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_stands_twice_and_none_is_without_help() {
        let mut seen = HashSet::new();
        assert!(names().all(|name| seen.insert(name) && !name.contains(char::is_whitespace)));
        assert!(COMMANDS.iter().all(|command| !command.help.is_empty() && !command.names.is_empty()));
    }
}
