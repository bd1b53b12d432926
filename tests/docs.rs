//! Generated documentation is what the program says today. `ACH_WRITE_DOCS=1 cargo test --test docs` writes it anew.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "this test compares and writes committed files"
)]

use std::fmt::Write;
use std::path::Path;

use ach_matrix::checks::CHECKS;
use ach_matrix::diagnostic::{Doc, FILE_CODES, Severity};
use ach_matrix::export::{EXPORT_FORMATS, ExportOptions, Part};
use ach_matrix::filter::FILTER_FIELDS;
use ach_matrix::tui::keymap::BINDINGS;
use ach_matrix::tui::{COMMANDS, SETTINGS, SIGNS, THEMES, read_settings};
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
         The findings of `ach check`, which `ach check --explain CODE` explains too. Codes never change their meaning. \
         This page is\ngenerated.\n\n## In short\n\n\
         Errors keep a file from being scored; warnings are doubts and never block anything.\n\n",
    );
    let method: Vec<&Doc> = CHECKS.iter().map(|check| &check.doc).collect();
    let file: Vec<&Doc> = FILE_CODES.iter().collect();
    let pick = |docs: &[&'static Doc], severity| -> Vec<&'static Doc> {
        docs.iter().copied().filter(|doc| doc.code.severity() == severity).collect()
    };
    let sections = [
        ("Errors of the file", pick(&file, Severity::Error)),
        ("Warnings about the file", pick(&file, Severity::Warning)),
        ("Warnings about the analysis", method),
    ];
    for (title, docs) in &sections {
        let anchor = title.to_lowercase().replace(' ', "-");
        let codes = docs.iter().map(|doc| doc.code.as_str());
        let links: Vec<String> = codes.map(|code| format!("[`{code}`](#{code})")).collect();
        writeln!(text, "* [{title}](#{anchor}): {}", links.join(", ")).expect("a string can be written to");
    }
    for (title, docs) in &sections {
        section(&mut text, title, docs);
    }
    text.push_str("\n## Literature cited more than once\n\n");
    for (cited, work) in WORKS {
        assert!(text.contains(cited), "{cited} is cited nowhere");
        writeln!(text, "* {work}").expect("a string can be written to");
    }
    let mut seen = std::collections::HashSet::new();
    for sentence in text.split_inclusive(['.', '\n']).map(str::trim).filter(|sentence| sentence.len() > 40) {
        assert!(seen.insert(sentence), "checks.md says twice: {sentence}");
    }
    hold("checks.md", &text);
}

/// The works that several findings cite: as they are cited on the page, and in full.
const WORKS: [(&str, &str); 5] = [
    ("Heuer (1999)", "Heuer, Psychology of Intelligence Analysis (1999)"),
    ("Schum (1994)", "Schum, The Evidential Foundations of Probabilistic Reasoning (1994)"),
    (
        "Doherty and others (1979)",
        "Doherty, Mynatt, Tweney and Schiavo, Pseudodiagnosticity, Acta Psychologica (1979)",
    ),
    (
        "Karvetski and Mandel (2020)",
        "Karvetski and Mandel, Coherence of probability judgments from uncertain evidence: Does ACH help?, Judgment and \
         Decision Making (2020)",
    ),
    ("Tradecraft Primer (2009)", "US Government, A Tradecraft Primer (2009)"),
];

/// Returns a source with the works that several findings cite by author and year.
fn shortened(source: &str) -> String {
    WORKS.iter().fold(source.to_owned(), |source, (cited, work)| source.replace(work, cited))
}

fn section(text: &mut String, title: &str, docs: &[&Doc]) {
    writeln!(text, "\n## {title}").expect("a string can be written to");
    let mut first: Vec<(&str, &str)> = Vec::new();
    for doc in docs {
        writeln!(text, "\n### `{}`\n\n{}", doc.code.as_str(), doc.text).expect("a string can be written to");
        let Some(source) = doc.source else { continue };
        // What several findings take from one place is cited at the first of them.
        let (place, rest) = source.split_once(". ").unwrap_or((source.trim_end_matches('.'), ""));
        let source = match first.iter().find(|(known, _)| place == *known) {
            Some((_, code)) => format!("as `{code}`. {}", shortened(rest)),
            None => {
                first.push((place, doc.code.as_str()));
                shortened(source)
            }
        };
        writeln!(text, "\nSource: {}", source.trim_end()).expect("a string can be written to");
    }
}

#[test]
fn the_keys() {
    let mut text = String::from(
        "# Keys\n\nThe keys of the editor; `?` shows the same and searches it. On Cyrillic and Greek layouts, letters work by \
         their place on\nthe keyboard. The name of each action is for the [settings](settings.md) and for `:`. This page is generated.\n",
    );
    let mut section = "";
    for binding in BINDINGS {
        if binding.section != section {
            section = binding.section;
            writeln!(text, "\n## {section}\n").expect("a string can be written to");
        }
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(text, "* {}: {} (`{}`)", keys.join(" "), binding.help, binding.name)
            .expect("a string can be written to");
    }
    text.push_str("\n## Signs in the matrix\n\n");
    for (sign, says) in SIGNS {
        writeln!(text, "* `{sign}` {says}").expect("a string can be written to");
    }
    text.push_str(
        "\n## Panels\n\n\
         `v` and a letter choose a panel, `v` again the next one. `F6` goes into its list: \u{2191} and \u{2193} choose an entry, Enter \
         goes to its\ncell or item, `e` edits it, Esc leaves. In the changes `r` reverts the chosen one, which `u` can undo; in \
         explain \u{2190} and \u{2192} go to\nanother hypothesis. In findings `?` shows why the chosen one matters, and Enter declares a source that an item cites; \
         in timeline\nEnter shows the matrix as of the day, read-only, until Esc. The wheel scrolls a panel, and from 45 rows on the detail is \
         shown above the chosen panel.\n\n\
         On a conflict that a merge left, `!` shows both sides and the base: `o` keeps ours, `t` takes theirs, `!` goes to the next \
         one, `u`\nundoes, Esc leaves it for later.\n",
    );
    text.push_str(
        "\n## Typed lines\n\n\
         Arrows, Home, End, Ctrl-A and Ctrl-E move, Alt-B and Alt-F by words. Ctrl-W deletes the word before the cursor, Ctrl-U \
         all\nbefore it, Ctrl-K all after it. Enter accepts, Esc cancels. In a search \u{2193} and \u{2191} (or Ctrl-N and Ctrl-P) go \
         from match to match,\nand an empty line repeats the last search. In a command Tab completes and \u{2191} recalls.\n\n\
         `:` lists the commands and keys that match by name, by key (`:[` finds what `[` does) or by words of their help. A name \
         runs at\nonce; a guess is written out by Enter and run by a second one. The help is searched in the same way.\n\n\
         A filter is a line of words and fields, all of which must match; `!` before one negates it. Fields:\n",
    );
    let field = |(name, takes): &(&str, bool)| format!("`{name}{}`", if *takes { ":" } else { "" });
    text.push_str(&FILTER_FIELDS.iter().map(field).collect::<Vec<_>>().join(", "));
    text.push_str(
        ".\nA value with spaces, and a word with a colon, go in quotes. `rated:` and `unrated:` take a hypothesis, and `rated:` a \
         rating\ntoo: `rated:ID=II`. In the editor Tab goes through fields and values.\n",
    );
    text.push_str(
        "\n## Forms\n\n\
         Tab, Shift-Tab, \u{2193} and \u{2191} go from field to field; a star marks required ones. Enter accepts the form; in a quote, \
         a conclusion or a\nnote Enter begins a new line, and Ctrl-S, F2 or Ctrl-Enter accept. Ctrl-Z undoes and Ctrl-Y redoes. Esc \
         cancels, and asks if much\nwould be lost.\n\n\
         \u{2190} and \u{2192}, Space or first letters choose a word, Del clears it; the keys of the matrix choose a rating. Lists have \
         commas; a text\nwith a comma goes in quotes. For a source, hypothesis, item, group or tag, letters search what there is and \
         Space shows all:\nEnter takes the chosen one, Space one more, Del removes one. A new one comes last, with a `+`; a new \
         source is declared with the\nitem that cites it.\n\n\
         `t` opens the form of the scenario at what the guide asks for, `:scenario conclusion` at that field.\n",
    );
    text.push_str(
        "\n## Selections and pasted blocks\n\n\
         `V` or Shift with arrows selects cells, `V` again rows, then columns. Ratings, Space, `o`, `[ ] { }`, `y`, `d` and \
         `D` act on all\nof them as one step, `:tag` and `:group` on their items. Esc ends the selection; one made with Shift \
         ends with any move.\n\n\
         The editor asks what a block pasted into the matrix is: ratings from the cursor on, new items with their ratings, or \
         text.\nWhere the terminal does not mark pasted text, it asks about eight keys or more that come at once, with a tab or a \
         line end\namong them. Copies reach the clipboard through the terminal, inside tmux by `tmux load-buffer -w`.\n",
    );
    text.push_str("\n## Commands\n\n");
    for command in COMMANDS {
        let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
        let usage = format!("{} {}", names.join(", "), command.arguments);
        writeln!(text, "* `{}`: {}", usage.trim_end(), command.help).expect("a string can be written to");
    }
    text.push_str(
        "\n## The mouse\n\nA click selects a cell, row, column, field or entry; a double click opens it, or the title. A click on \
         the line of keys\npresses the key. The wheel scrolls.\n",
    );
    hold("keys.md", &text);
}

/// A settings file with every setting in it.
fn example() -> String {
    let mut text = String::new();
    for setting in SETTINGS.iter().filter(|setting| setting.key != "keys") {
        writeln!(text, "{} = {}", setting.key, setting.default).expect("a string can be written to");
    }
    text.push_str(
        "\n[keys]\nundo = [\"F5\", \"Ctrl-U\"]\nadd-hypothesis = [\"F3\"]\nnext-blank = [\"Alt-n\"]\n",
    );
    text
}

#[test]
fn the_settings() {
    let example = example();
    let (settings, warnings) = read_settings(&example);
    assert!(warnings.is_empty() && settings.bound().len() == 4, "{warnings:?}");
    let mut text = format!(
        "# Settings\n\nThe editor reads its settings from `$XDG_CONFIG_HOME/ach/config.toml`, by default \
         `~/.config/ach/config.toml`, and on Windows\nfrom `%APPDATA%\\ach\\config.toml`. The file is optional; its faults are \
         shown when the editor starts. All other commands take\noptions on the command line. This page is generated.\n\n\
         ```toml\n{example}```\n\n\
         | setting | default | meaning |\n|---|---|---|\n"
    );
    for setting in SETTINGS {
        writeln!(text, "| `{}` | `{}` | {} |", setting.key, setting.default, setting.help)
            .expect("a string can be written to");
    }
    text.push_str("\n## Themes\n\n`:theme NAME` changes the theme until the editor closes.\n\n| name | for |\n|---|---|\n");
    for theme in THEMES {
        writeln!(text, "| `{}` | {} |", theme.name, theme.help).expect("a string can be written to");
    }
    text.push_str(
        "\nColours have 24 bits where `COLORTERM` is `truecolor` or `24bit`, otherwise they are the nearest of 256, or of the \
         terminal's\nown 16 if `TERM` has no more. In every theme coloured text has a contrast of 4.5 to 1 (3 to 1 with 16 colours), \
         and readers\nwith any kind of colour blindness can tell the four levels of the heat apart; both are tested.\n\n\
         ## Keys\n\nUnder `keys` an action, by its name in [keys.md](keys.md), gets more keys. A key is written as the help writes \
         it: `u`, `U`,\n`Space`, `Tab`, `Shift-Tab`, `Enter`, `Del`, `Home`, `End`, `PgUp`, `PgDn`, `Left`, `Right`, `Up`, `Down`, \
         `F5`, with `Ctrl-` or\n`Alt-` before it. A key that you bind loses its old meaning; an action keeps its other keys.\n",
    );
    hold("settings.md", &text);
}

#[test]
fn the_commands() {
    let mut program = cli::command();
    program.build();
    let help = program.render_long_help().to_string();
    let mut text = String::from(
        "# Commands\n\n`ach help COMMAND` says the same in a terminal. This page is generated.\n\n## In short\n\n",
    );
    for line in help.lines().take_while(|line| *line != "Options:") {
        if let Some(group) = line.strip_suffix(':') {
            write!(text, "{}**{group}**:", if text.ends_with("\n\n") { "* " } else { "\n* " })
        } else if let Some(name) = line.strip_prefix("  ").and_then(|line| line.split_whitespace().next()) {
            write!(text, "{} [{name}](#ach-{name})", if text.ends_with(':') { "" } else { "," })
        } else {
            continue;
        }
        .expect("a string can be written to");
    }
    let mut commands = Vec::new();
    list(&program, &mut commands);
    let mut shared: Vec<(String, Vec<&str>)> = Vec::new();
    for command in &commands {
        let name = command.get_bin_name().unwrap_or_default().trim_start_matches("ach ");
        for row in command.get_arguments().filter(|arg| !arg.is_hide_set()).map(option_line) {
            match shared.iter_mut().find(|(known, _)| *known == row) {
                Some((_, names)) => names.push(name),
                None => shared.push((row, vec![name])),
            }
        }
    }
    shared.retain(|(_, names)| names.len() > 1);
    shared.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    text.push_str(
        "\n\nThe options in [the last section](#options-of-several-commands) are not repeated at each command.\n",
    );
    for command in &commands {
        section_of(command, &shared, &mut text);
    }
    text.push_str("\n## Options of several commands\n");
    let mut last = &Vec::new();
    for (row, names) in &shared {
        if names != last {
            let of = if names.len() == commands.len() { "all commands".to_owned() } else { names.join(", ") };
            writeln!(text, "\nOf {of}:\n").expect("a string can be written to");
        }
        writeln!(text, "{row}").expect("a string can be written to");
        last = names;
    }
    hold("commands.md", &text);
}

/// Lists a command's subcommands with theirs, in the order of the help.
fn list<'c>(command: &'c clap::Command, found: &mut Vec<&'c clap::Command>) {
    for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
        found.push(below);
        list(below, found);
    }
}

/// Writes the section of a command: what it does, how it is called, its own options and the examples.
fn section_of(command: &clap::Command, shared: &[(String, Vec<&str>)], text: &mut String) {
    let about = command.get_long_about().or(command.get_about()).map(ToString::to_string).unwrap_or_default();
    let usage = command.clone().render_usage().to_string();
    let usage: Vec<&str> = usage.trim_start_matches("Usage:").lines().map(str::trim).collect();
    let examples = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let examples: Vec<&str> = examples.lines().skip(1).map(str::trim).collect();
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let calls = [usage, examples].map(|lines| lines.join("\n"));
    let calls = calls.join("\n\n");
    write!(text, "\n## `{name}`\n\n{}\n\n```text\n{}\n```\n", about.trim_end(), calls.trim_end())
        .expect("a string can be written to");
    let own =
        command.get_arguments().filter(|arg| !arg.is_hide_set() && arg.get_help_heading() != Some("Fields"));
    let own: Vec<String> =
        own.map(option_line).filter(|row| shared.iter().all(|(known, _)| known != row)).collect();
    if !own.is_empty() {
        write!(text, "\n{}\n", own.join("\n")).expect("a string can be written to");
    }
}

/// The line of an option or an argument: how it is written, what it means, and its words and default.
fn option_line(arg: &clap::Arg) -> String {
    let short = arg.get_short().map(|letter| format!("-{letter}, ")).unwrap_or_default();
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let mut more = Vec::new();
    if arg.get_action().takes_values() {
        let words: Vec<String> =
            arg.get_possible_values().iter().map(|word| word.get_name().to_owned()).collect();
        more.extend((!words.is_empty()).then(|| words.join(", ")));
        more.extend(
            arg.get_default_values().iter().map(|value| format!("default {}", value.to_string_lossy())),
        );
    }
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join("; ")) };
    format!("* `{short}{arg}`: {help}{more}")
}

#[test]
fn the_parts_that_a_format_of_exports_does_not_hold() {
    let mut table = String::from("| not held |");
    for format in EXPORT_FORMATS {
        write!(table, " `{}` |", format.name).expect("a string can be written to");
    }
    writeln!(table, "\n|---{}|", "|---".repeat(EXPORT_FORMATS.len())).expect("a string can be written to");
    for part in Part::ALL {
        write!(table, "| {} |", part.plural()).expect("a string can be written to");
        for format in EXPORT_FORMATS {
            let held = if (format.lacks)(ExportOptions::default()).contains(part) { "x" } else { "" };
            write!(table, " {held} |").expect("a string can be written to");
        }
        table.push('\n');
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exchange.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    assert!(page.contains(&table), "docs/exchange.md has another table than this:\n{table}");
}

/// The pages that are written by hand.
const PAGES: [&str; 20] = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs/architecture.md",
    "docs/compare.md",
    "docs/dependencies.md",
    "docs/estimates.md",
    "docs/exchange.md",
    "docs/faq.md",
    "docs/format.md",
    "docs/git.md",
    "docs/install.md",
    "docs/json.md",
    "docs/long.md",
    "docs/method.md",
    "docs/performance.md",
    "docs/reliability.md",
    "docs/report.md",
    "docs/tutorial.md",
];

#[test]
fn commands_named_in_a_sentence_exist_with_their_options() {
    let program = cli::command();
    let mut named = 0;
    for page in PAGES {
        for (number, line) in prose(page) {
            let spans = line.split('`').skip(1).step_by(2);
            for span in spans.filter_map(|span| span.strip_prefix("ach ")) {
                let mut command = &program;
                for word in span.split_whitespace() {
                    let word = word.trim_end_matches(',');
                    if let Some(found) = command.find_subcommand(word) {
                        command = found;
                    } else if let Some(option) = word.strip_prefix("--").filter(|option| !option.is_empty()) {
                        let option = option.split('=').next().unwrap_or_default();
                        let known = [&program, command].iter().any(|command| {
                            command.get_arguments().any(|argument| argument.get_long() == Some(option))
                        });
                        let is_built_in = matches!(option, "help" | "version");
                        assert!(known || is_built_in, "{page}:{number}: `ach {span}` has no --{option}");
                    }
                }
                let first = span.split_whitespace().next().unwrap_or_default();
                let is_word = first.chars().all(|letter| letter.is_ascii_lowercase());
                let is_command = command.get_name() != program.get_name() || first == "help";
                assert!(!is_word || is_command, "{page}:{number}: there is no `ach {first}`");
                named += 1;
            }
        }
    }
    assert!(named > 100, "only {named} commands were looked at");
}

#[test]
fn pages_say_everything_once_and_under_its_heading() {
    for page in PAGES {
        let mut lines = prose(page);
        lines.retain(|(_, line)| !line.starts_with('|'));
        for pair in lines.windows(2) {
            let [(_, before), (number, line)] = pair else { continue };
            assert!(
                !line.starts_with('#') || before.is_empty(),
                "{page}:{number}: no blank line before {line}"
            );
        }
        lines.retain(|(_, line)| !line.is_empty());
        for pair in lines.windows(2) {
            let [(_, before), (number, line)] = pair else { continue };
            let level = |line: &str| line.chars().take_while(|c| *c == '#').count();
            assert!(
                level(line) == 0 || level(before) == 0 || level(line) > level(before),
                "{page}:{number}: nothing stands under {before}"
            );
        }
        let mut seen = std::collections::HashSet::new();
        for (number, line) in lines.iter().filter(|(_, line)| line.len() > 60 || line.starts_with('#')) {
            assert!(seen.insert(line), "{page}:{number}: said before: {line}");
        }
    }
}

#[test]
fn links_between_pages_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for page in PAGES {
        for (number, line) in prose(page) {
            for link in line.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
                let (file, heading) = link.split_once('#').unwrap_or((link, ""));
                let to = root.join(page).parent().expect("a page is in a directory").join(file);
                let to = if file.is_empty() { root.join(page) } else { to };
                assert!(link.starts_with("http") || to.exists(), "{page}:{number}: there is no {link}");
                if !heading.is_empty() && to.exists() {
                    let text = std::fs::read_to_string(to).expect("the page is there");
                    let is_there =
                        text.lines().filter(|line| line.starts_with('#')).any(|line| anchor(line) == heading);
                    assert!(is_there, "{page}:{number}: there is no heading {link}");
                }
            }
        }
    }
}

/// Returns the anchor that a forge gives to a heading.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let text: String = heading.trim_start_matches('#').trim().to_lowercase().chars().filter(kept).collect();
    text.replace(' ', "-")
}

/// The lines of a page with their numbers, without what stands in fences.
fn prose(page: &str) -> Vec<(usize, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let text = std::fs::read_to_string(path).expect("the page is there");
    let mut fenced = false;
    let mut lines = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            lines.push((at + 1, line.to_owned()));
        }
    }
    lines
}
