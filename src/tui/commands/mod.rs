//! The commands that are typed after a colon: one table from which the prompt, its completion, the help and
//! `docs/keys.md` are made.
//!
//! Knows the names of commands and the words that they take. Must never know what a command does.

mod complete;
mod palette;

pub(crate) use complete::{candidates, filter_faults, filter_words, hint};
pub(crate) use palette::{Runnable, guess, palette, searched, size as palette_size};

use crate::scenario::ItemKind;

/// The request of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Save, or write a copy to another file.
    Write,
    /// Leave, after a question if something is not saved.
    Quit,
    /// Save and leave.
    WriteAndQuit,
    /// Leave without saving.
    QuitAnyway,
    /// Show another file.
    ShowFile,
    /// Go back to the file before.
    ShowPrevious,
    /// List the open files.
    ListFiles,
    /// Write the scenario in the format of another program.
    Export,
    /// Take in a matrix of another program.
    Import,
    /// Open a field for a pasted block.
    PasteBlock,
    /// Go to an item or a hypothesis.
    GoTo,
    /// Rate a row or a column.
    Rate,
    /// Open the address of an item in the browser.
    OpenAddress,
    /// Tag the selected items.
    Tag,
    /// Set the group of the selected items.
    Group,
    /// Set a field or a cell.
    Set,
    /// Remove the value of a field.
    Unset,
    /// Show some items only.
    Filter,
    /// List the evidence in another order.
    Sort,
    /// Score by another method.
    Method,
    /// Show another panel.
    Panel,
    /// Go to the cell whose rating would tell most.
    NextCell,
    /// Read the last commit again.
    ReadHead,
    /// Draw with another theme.
    Theme,
    /// Show or hide hints.
    Hints,
    /// Put something on the clipboard.
    Copy,
    /// Edit the scenario's own fields.
    EditScenario,
    /// Edit the outcome: what turned out to be true.
    EditOutcome,
    /// State how probable the hypotheses are.
    Estimate,
    /// Make an item of an indicator that was seen, or was not.
    Observe,
    /// Edit an item of a kind, or a new one.
    Edit(ItemKind),
    /// List the items of a kind.
    List(ItemKind),
    /// Add an item of a kind.
    Add(ItemKind),
    /// Delete an item of a kind.
    Delete(ItemKind),
    /// Delete a source and its citations.
    DeleteCitedSource,
    /// Show the help.
    Help,
}

/// A command that is typed after a colon.
#[derive(Debug)]
pub struct Command {
    /// Its names, any of them.
    pub names: &'static [&'static str],
    /// Its arguments, as a usage line writes them.
    pub arguments: &'static str,
    /// Its description, in a few words.
    pub help: &'static str,
    /// Its request.
    pub verb: Verb,
}

const fn command(
    names: &'static [&'static str],
    arguments: &'static str,
    help: &'static str,
    verb: Verb,
) -> Command {
    Command { names, arguments, help, verb }
}

/// Every command.
pub const COMMANDS: &[Command] = &[
    command(&["w", "write", "save"], "[FILE]", "save; with a name, write a copy to a new file", Verb::Write),
    command(&["q", "quit"], "", "quit; asks if something is not saved", Verb::Quit),
    command(&["wq", "x"], "", "save and quit", Verb::WriteAndQuit),
    command(&["q!", "quit!"], "", "quit without saving", Verb::QuitAnyway),
    command(&["e", "edit"], "FILE", "open another file; the edits of each stay", Verb::ShowFile),
    command(&["b", "back"], "", "back to the file that was in view before", Verb::ShowPrevious),
    command(&["files"], "", "list the open files, with what is not saved", Verb::ListFiles),
    command(
        &["export"],
        "FILE",
        "write the scenario for another program: .csv, .tsv, .xlsx, .md, .json",
        Verb::Export,
    ),
    command(
        &["import"],
        "FILE",
        "take in a matrix of a spreadsheet or another program, after a question",
        Verb::Import,
    ),
    command(
        &["paste"],
        "",
        "open a field for a block from a spreadsheet, where the terminal does not tell pasted text from keys",
        Verb::PasteBlock,
    ),
    command(&["goto"], "ID|NAME|ROW", "go to an item, a hypothesis or a row", Verb::GoTo),
    command(
        &["rate"],
        "RATING|blank row|column",
        "rate all that is shown of a row or a column, as one step",
        Verb::Rate,
    ),
    command(&["open"], "", "open the address of the item or its source in the browser", Verb::OpenAddress),
    command(&["tag"], "TAG|-TAG", "tag the selected items, or take a tag away", Verb::Tag),
    command(&["group"], "[NAME]", "set the group of the selected items; without a name, none", Verb::Group),
    command(
        &["set"],
        "FIELD VALUE",
        "set a field: title, scoring.method, ID.FIELD; lists with commas",
        Verb::Set,
    ),
    command(&["unset"], "FIELD", "take a field away", Verb::Unset),
    command(&["filter"], "[WORDS AND FIELDS]", "show some items only; all without words", Verb::Filter),
    command(&["sort"], "ORDER", "list the evidence in another order", Verb::Sort),
    command(&["method"], "NAME", "score by another method", Verb::Method),
    command(&["panel"], "NAME", "show another panel", Verb::Panel),
    command(&["next"], "", "go to the blank or doubtful cell that would tell most", Verb::NextCell),
    command(&["head"], "", "read the last commit again, to mark what changed since", Verb::ReadHead),
    command(&["theme"], "NAME", "draw with another theme", Verb::Theme),
    command(&["hints"], "[on|off]", "show or hide the guide and the line of keys", Verb::Hints),
    command(&["copy"], "cell|row|table", "copy for a spreadsheet", Verb::Copy),
    command(
        &["scenario"],
        "[FIELD]",
        "edit title, question, conclusion and more of the whole",
        Verb::EditScenario,
    ),
    command(&["outcome"], "", "edit the outcome: what turned out to be true", Verb::EditOutcome),
    command(&["source"], "[ID]", "edit a source; without an id, a new one", Verb::Edit(ItemKind::Source)),
    command(&["sources"], "", "list the sources: to edit, add and delete", Verb::List(ItemKind::Source)),
    command(&["source-add"], "ID NAME", "add a source", Verb::Add(ItemKind::Source)),
    command(&["source-delete"], "ID", "delete a source that no item cites", Verb::Delete(ItemKind::Source)),
    command(&["source-delete!"], "ID", "delete a source and the citations of it", Verb::DeleteCitedSource),
    command(
        &["indicators"],
        "",
        "list the indicators: to edit, add and delete",
        Verb::List(ItemKind::Indicator),
    ),
    command(
        &["indicator"],
        "[ID]",
        "edit an indicator; without an id, a new one",
        Verb::Edit(ItemKind::Indicator),
    ),
    command(&["indicator-add"], "ID TEXT", "add an indicator", Verb::Add(ItemKind::Indicator)),
    command(&["indicator-delete"], "ID", "delete an indicator", Verb::Delete(ItemKind::Indicator)),
    command(
        &["observe"],
        "INDICATOR [not] [DATE]",
        "make an item of an indicator that was seen, or was not, today or on a date",
        Verb::Observe,
    ),
    command(
        &["estimate"],
        "",
        "say how probable you think each hypothesis is; what others said is shown afterwards",
        Verb::Estimate,
    ),
    command(&["help"], "", "show keys and commands", Verb::Help),
];

/// Returns every name of every command.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    COMMANDS.iter().flat_map(|command| command.names.iter().copied())
}

/// Returns the command with a name.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.names.contains(&name))
}

/// Splits a line into the name of a command and its arguments.
pub(crate) fn split(line: &str) -> (&str, &str) {
    let line = line.trim();
    line.split_once(char::is_whitespace).map_or((line, ""), |(name, rest)| (name, rest.trim_start()))
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
