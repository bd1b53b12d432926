//! The commands that are typed after a colon: one table from which the prompt, its completion, the help and
//! `docs/keys.md` are made.
//!
//! Knows the names of commands and the words that they take. Must never know what a command does.

mod complete;
mod palette;

pub(crate) use complete::{candidates, filter_faults, filter_words, hint};
pub(crate) use palette::{Runnable, choose, guess, palette, searched, size as palette_size};

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
    /// Set the confidence of the cell or of the selected cells.
    Confidence,
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
    /// Show the matrix as of a day.
    AsOf,
    /// Show another panel.
    Panel,
    /// Go to the cell whose rating would tell most.
    NextCell,
    /// Read the last commit again.
    ReadHead,
    /// Draw with another theme.
    Theme,
    /// Edit the settings file.
    EditSettings,
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

const fn command(names: &'static [&'static str], arguments: &'static str, verb: Verb) -> Command {
    Command { names, arguments, help: "", verb }
}

impl Command {
    const fn help(self, help: &'static str) -> Self {
        Self { help, ..self }
    }
}

/// Every command.
pub const COMMANDS: &[Command] = &[
    command(&["w", "write", "save"], "[FILE]", Verb::Write)
        .help("save; with a name, write a copy to a new file"),
    command(&["q", "quit"], "", Verb::Quit).help("quit; asks if something is not saved"),
    command(&["wq", "x"], "", Verb::WriteAndQuit).help("save and quit"),
    command(&["q!", "quit!"], "", Verb::QuitAnyway).help("quit without saving"),
    command(&["e", "edit"], "FILE", Verb::ShowFile).help("open another file; edits of both stay"),
    command(&["b", "back"], "", Verb::ShowPrevious).help("back to the file that was in view before"),
    command(&["files"], "", Verb::ListFiles).help("list the open files, with what is not saved"),
    command(&["export"], "FILE", Verb::Export)
        .help("write the scenario for another program: .csv, .tsv, .xlsx, .md, .json"),
    command(&["import"], "FILE", Verb::Import)
        .help("import a matrix of a spreadsheet or another program, after a question"),
    command(&["paste"], "", Verb::PasteBlock).help(
        "open a field for a block from a spreadsheet, where the terminal does not tell pasted text from keys",
    ),
    command(&["goto"], "ID|NAME|ROW", Verb::GoTo).help("go to an item, a hypothesis or a row"),
    command(&["rate"], "RATING|blank row|column", Verb::Rate)
        .help("rate all that is shown of a row or a column, as one step"),
    command(&["open"], "", Verb::OpenAddress)
        .help("open the address of the item or its source in the browser"),
    command(&["confidence"], "[LEVEL]", Verb::Confidence)
        .help("confidence of the cell or of all selected; without a level, the next"),
    command(&["tag"], "TAG|-TAG", Verb::Tag).help("tag the selected items, or remove a tag"),
    command(&["group"], "[NAME]", Verb::Group)
        .help("set the group of the selected items; without a name, none"),
    command(&["set"], "FIELD VALUE", Verb::Set)
        .help("set a field: title, scoring.method, ID.FIELD; lists with commas"),
    command(&["unset"], "FIELD", Verb::Unset).help("remove a field"),
    command(&["filter"], "[WORDS AND FIELDS]", Verb::Filter).help("show some items only; all without words"),
    command(&["sort"], "ORDER", Verb::Sort).help("list the evidence in another order"),
    command(&["method"], "NAME", Verb::Method).help("score by another method"),
    command(&["as-of"], "[DATE]", Verb::AsOf)
        .help("show the matrix as of a day, read-only; without a date, the present"),
    command(&["panel"], "NAME", Verb::Panel).help("show another panel"),
    command(&["next"], "", Verb::NextCell).help("go to the blank or doubtful cell that matters most"),
    command(&["head"], "", Verb::ReadHead).help("read the last commit again, to mark what changed since"),
    command(&["theme"], "NAME", Verb::Theme).help("use another theme"),
    command(&["settings"], "", Verb::EditSettings)
        .help("open the configuration in your editor, and apply it"),
    command(&["hints"], "[on|off]", Verb::Hints).help("show or hide the guide and the line of keys"),
    command(&["copy"], "cell|row|table", Verb::Copy).help("copy for a spreadsheet"),
    command(&["scenario"], "[FIELD]", Verb::EditScenario)
        .help("edit title, question, conclusion and other fields"),
    command(&["outcome"], "", Verb::EditOutcome).help("edit the outcome: what turned out to be true"),
    command(&["source"], "[ID]", Verb::Edit(ItemKind::Source))
        .help("edit a source; without an id, a new one"),
    command(&["sources"], "", Verb::List(ItemKind::Source)).help("list the sources: to edit, add and delete"),
    command(&["source-add"], "ID NAME", Verb::Add(ItemKind::Source)).help("add a source"),
    command(&["source-delete"], "ID", Verb::Delete(ItemKind::Source))
        .help("delete a source that no item cites"),
    command(&["source-delete!"], "ID", Verb::DeleteCitedSource).help("delete a source and its citations"),
    command(&["indicators"], "", Verb::List(ItemKind::Indicator))
        .help("list the indicators: to edit, add and delete"),
    command(&["indicator"], "[ID]", Verb::Edit(ItemKind::Indicator))
        .help("edit an indicator; without an id, a new one"),
    command(&["indicator-add"], "ID TEXT", Verb::Add(ItemKind::Indicator)).help("add an indicator"),
    command(&["indicator-delete"], "ID", Verb::Delete(ItemKind::Indicator)).help("delete an indicator"),
    command(&["observe"], "INDICATOR [not] [DATE]", Verb::Observe)
        .help("turn an indicator into an item: seen or not, today or on a date"),
    command(&["estimate"], "", Verb::Estimate)
        .help("say how probable you think each hypothesis is; what others said is shown afterwards"),
    command(&["help"], "", Verb::Help).help("show keys and commands"),
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
