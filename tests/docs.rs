//! Generated documentation is what the program says today. `ACH_WRITE_DOCS=1 cargo test --test docs` writes it anew.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "this test compares and writes committed files"
)]

use std::fmt::Write;
use std::path::Path;

use ach_matrix::checks::CHECKS;
use ach_matrix::diagnostic::{Doc, FILE_CODES, Severity};
use ach_matrix::tui::COMMANDS;
use ach_matrix::tui::keymap::BINDINGS;
use ach_matrix::{cli, document, report};

/// Compares a committed file with what is generated, or writes it.
fn hold(name: &str, generated: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    if std::env::var_os("ACH_WRITE_DOCS").is_some() {
        std::fs::create_dir_all(path.parent().expect("a directory")).expect("it can be made");
        std::fs::write(&path, generated).expect("it can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    let differs = committed.lines().zip(generated.lines()).position(|(a, b)| a != b);
    assert!(
        committed == generated,
        "docs/{name} is not what the program says (line {}): ACH_WRITE_DOCS=1 cargo test --test docs",
        differs.unwrap_or_else(|| committed.lines().count().min(generated.lines().count())) + 1
    );
}

#[test]
fn the_schema() {
    let mut text = Vec::new();
    report::write_json(&document::schema(), &mut text).expect("memory can be written to");
    hold("scenario.schema.json", &String::from_utf8(text).expect("JSON is UTF-8"));
}

#[test]
fn the_checks() {
    let mut text = String::from(
        "# Findings\n\n\
         What `ach check` can find. Codes never change their meaning; `ach check --explain CODE` shows the same.\n\
         Errors keep a file from being scored, warnings are doubts about the analysis and never block anything.\n\
         This page is generated.\n",
    );
    let method: Vec<&Doc> = CHECKS.iter().map(|check| &check.doc).collect();
    let file: Vec<&Doc> = FILE_CODES.iter().collect();
    let pick = |docs: &[&'static Doc], severity| -> Vec<&'static Doc> {
        docs.iter().copied().filter(|doc| doc.code.severity() == severity).collect()
    };
    section(&mut text, "Errors of the file", &pick(&file, Severity::Error));
    section(&mut text, "Warnings about the file", &pick(&file, Severity::Warning));
    section(&mut text, "Warnings about the analysis", &method);
    hold("checks.md", &text);
}

fn section(text: &mut String, title: &str, docs: &[&Doc]) {
    writeln!(text, "\n## {title}").expect("a string can be written to");
    for doc in docs {
        writeln!(text, "\n### `{}`\n\n{}", doc.code.as_str(), doc.text).expect("a string can be written to");
        if let Some(source) = doc.source {
            writeln!(text, "\nSource: {source}").expect("a string can be written to");
        }
    }
}

#[test]
fn the_keys() {
    let mut text = String::from(
        "# Keys\n\nWhat the keys of the editor do; `?` shows the same. Letters work by their place on Cyrillic and Greek \
         layouts too.\nThis page is generated.\n",
    );
    let mut section = "";
    for binding in BINDINGS {
        if binding.section != section {
            section = binding.section;
            writeln!(text, "\n## {section}\n\n| keys | do | name |\n|---|---|---|")
                .expect("a string can be written to");
        }
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(text, "| {} | {} | `{}` |", keys.join(" "), binding.help, binding.name)
            .expect("a string can be written to");
    }
    text.push_str(
        "\n## In a line that is typed\n\n\
         Arrows, Home and End move; Ctrl-A and Ctrl-E too, Alt-B and Alt-F by words. Ctrl-W takes the word before the \
         cursor,\nCtrl-U all before it, Ctrl-K all after it. Enter keeps, Esc takes back. In a search ↓ and ↑ (or Ctrl-N \
         and Ctrl-P) go\nfrom match to match, and an empty one repeats the last. In a command Tab completes and ↑ and ↓ \
         bring back what was given.\n\n\
         A filter is a line of words and fields, all of which must hold: `kind:` `group:` `source:` `tag:` `date:` with a \
         value\n(in quotes if it has spaces), `unrated:` with a hypothesis, `blank`, `conflict`; `!` before any of them \
         turns it round.\n",
    );
    text.push_str(
        "\n## In a form\n\n\
         Tab, Shift-Tab, \u{2193} and \u{2191} go from field to field; a star marks what must be there. Enter accepts, and Ctrl-S, F2 or \
         Ctrl-Enter\ndo so in a text of several lines too, where Enter begins a new line, Ctrl-Z takes back and Ctrl-Y \
         makes again. Words are\nchosen with \u{2190} and \u{2192}, Space or their first letter, Del takes them away; a rating is chosen \
         with the keys of the matrix.\nLists have commas, a text with a comma in it stands in quotes. Esc leaves, and asks \
         if much would be lost.\n",
    );
    text.push_str("\n## Commands\n\n| command | does |\n|---|---|\n");
    for command in COMMANDS {
        let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
        let usage = format!("{} {}", names.join(", "), command.arguments).replace('|', "\\|");
        writeln!(text, "| `{}` | {} |", usage.trim_end(), command.help).expect("a string can be written to");
    }
    text.push_str(
        "\n## The mouse\n\nA click selects, twice opens the cell as Enter does; the wheel scrolls.\n",
    );
    hold("keys.md", &text);
}

#[test]
fn the_commands() {
    let mut text = String::from(
        "# Commands\n\nWhat `ach --help` and `ach COMMAND --help` say. This page is generated.\n",
    );
    let mut whole = cli::command().term_width(100);
    whole.build();
    write_help(&mut text, &mut whole);
    hold("commands.md", &text);
}

fn write_help(text: &mut String, command: &mut clap::Command) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    writeln!(text, "\n## `{name}`\n\n```text\n{}\n```", help.join("\n").trim_end())
        .expect("a string can be written to");
    for command in command.get_subcommands_mut() {
        write_help(text, command);
    }
}
