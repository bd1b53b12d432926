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
use ach_matrix::tui::{COMMANDS, SETTINGS, SIGNS, read_settings, themes};
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
         This page is generated.\n\n## In short\n\n\
         Errors keep a file from being scored; warnings are doubts about the analysis and never block anything.\n\n",
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
        "# Keys\n\nWhat the keys of the editor do; `?` shows the same and searches it. Letters work by their place on \
         Cyrillic and Greek layouts too.\nThis page is generated.\n",
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
    text.push_str("\n## Signs in the matrix\n\n| sign | says |\n|---|---|\n");
    for (sign, says) in SIGNS {
        writeln!(text, "| `{sign}` | {says} |").expect("a string can be written to");
    }
    text.push_str(
        "\n## In a panel that is a list\n\n\
         `v` and a letter choose a panel, `F6` goes into its list: \u{2191} and \u{2193} choose an entry, Enter goes to its cell or item, `e` \
         edits it,\n`v` shows the next panel, Esc goes back. In the changes `r` takes the chosen one back, as an edit of its own \
         that `u` undoes;\nin explain \u{2190} and \u{2192} go to another hypothesis.\n\n\
         What does not fit has a scroll bar, and the last line says how far it is read. Without going in, the wheel scrolls a \
         panel.\nFrom 45 rows on the detail stands above the panel that was chosen.\n\n\
         Where a merge left something to settle, `!` shows both sides beside what they started from: `o` keeps ours, `t` \
         takes theirs,\n`!` goes on to the next, `u` undoes, Esc leaves it for later.\n",
    );
    text.push_str(
        "\n## In a line that is typed\n\n\
         Arrows, Home and End move; Ctrl-A and Ctrl-E too, Alt-B and Alt-F by words. Ctrl-W takes the word before the \
         cursor,\nCtrl-U all before it, Ctrl-K all after it. Enter keeps, Esc takes back. In a search ↓ and ↑ (or Ctrl-N \
         and Ctrl-P) go\nfrom match to match, and an empty one repeats the last. In a command Tab completes and ↑ \
         brings back what was given.\n\n\
         `:` lists the commands and keys that match what is typed by name, by key (`:[` finds what `[` does) or by words of \
         their\nhelp. A name runs at once; a guess is written out by Enter and run by a second one. In the help letters \
         search too, and Enter\nruns what is chosen.\n\n\
         A filter is a line of words and fields, all of which must hold; `!` before any of them turns it round. Fields:\n",
    );
    let field = |(name, takes): &(&str, bool)| format!("`{name}{}`", if *takes { ":" } else { "" });
    text.push_str(&FILTER_FIELDS.iter().map(field).collect::<Vec<_>>().join(", "));
    text.push_str(
        ".\nA value with spaces, and a word with a colon, stand in quotes; `rated:` and `unrated:` name a hypothesis, and \
         `rated:ID=II` a\nrating too. In the editor fields and values are listed, Tab goes through them, and what is not understood is \
         marked and\nexplained.\n",
    );
    text.push_str(
        "\n## In a form\n\n\
         Tab, Shift-Tab, \u{2193} and \u{2191} go from field to field; a star marks what must be there. Enter accepts, and Ctrl-S, F2 or \
         Ctrl-Enter\ndo so in a quote, a conclusion or a note too, where Enter begins a new line, Ctrl-Z takes back and Ctrl-Y \
         makes again. Words are\nchosen with \u{2190} and \u{2192}, Space or their first letters, Del takes them away; a rating is chosen \
         with the keys of the matrix.\nLists have commas, a text with a comma in it stands in quotes. Esc leaves, and asks \
         if much would be lost.\n\n\
         What a field can name (a source, a hypothesis, items, a group, tags) is picked: letters search it, Space shows all. Enter \
         takes\nthe chosen one, Space one more, Del takes one away, Esc leaves the field as it was; what is not there yet comes \
         last, with a `+`.\nA new source is declared in the same step as the item that cites it.\n\n\
         `t` opens what is said of the scenario as a whole, at what the guide asks for; `:scenario conclusion` at that.\n",
    );
    text.push_str(
        "\n## Selections and pasted blocks\n\n\
         `V` or Shift with arrows selects cells, `V` again rows, then columns. Ratings, Space, `o`, `[ ] { }`, `y`, `d` and \
         `D` act on all\nof them as one step, `:tag` and `:group` on their items. Esc drops the selection; one made with Shift \
         ends with any move.\n\n\
         A block that is pasted into the matrix is asked about once: ratings from the cursor on, new items with their \
         ratings, or text.\nCopies reach the clipboard by the terminal; inside tmux by `tmux load-buffer -w`, which its \
         default settings let pass.\n\n\
         `ach edit --plain` reads lines in place of keys and answers with sentences, for screen readers and terminals \
         without a cursor.\n",
    );
    text.push_str("\n## Commands\n\n| command | does |\n|---|---|\n");
    for command in COMMANDS {
        let names: Vec<String> = command.names.iter().map(|name| format!(":{name}")).collect();
        let usage = format!("{} {}", names.join(", "), command.arguments).replace('|', "\\|");
        writeln!(text, "| `{}` | {} |", usage.trim_end(), command.help).expect("a string can be written to");
    }
    text.push_str(
        "\n## The mouse\n\nA click selects: a cell, a row or a column, a field of a form, a line of a list, an entry of \
         the panel; twice\nopens it, the title too, as Enter does. On the line of keys it presses the key. The wheel scrolls.\n",
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
        "# Settings\n\nOf the editor; all other commands take theirs from the command line.\nThis page is generated.\n\n\
         They stand in `config.toml` in your configuration directory: `$XDG_CONFIG_HOME/ach/config.toml`, which is\n\
         `~/.config/ach/config.toml` if nothing else is set, on Linux and macOS, and `%APPDATA%\\ach\\config.toml` on \
         Windows. There\nneed not be one. What is wrong in it is told when the editor starts, and never keeps it from \
         starting.\n\n\
         ```toml\n{example}```\n\n\
         | setting | if nothing is said | what it does |\n|---|---|---|\n"
    );
    for setting in SETTINGS {
        writeln!(text, "| `{}` | `{}` | {} |", setting.key, setting.default, setting.help)
            .expect("a string can be written to");
    }
    text.push_str("\n## Themes\n\nAlso by `:theme NAME` in the editor, for as long as it is open.\n\n| name | for |\n|---|---|\n");
    for theme in themes() {
        writeln!(text, "| `{}` | {} |", theme.name, theme.help).expect("a string can be written to");
    }
    text.push_str(
        "\nColours have 24 bits where the terminal sets `COLORTERM` to `truecolor` or `24bit`, else they are the nearest \
         of 256, or of\nits own 16 where `TERM` tells of no more. `auto` is `light` where `COLORFGBG` tells of a light \
         background, else `dark`.\nIn every theme coloured texts have a contrast of 4.5 to 1 (3 to 1 with 16 colours), and the four \
         levels of the heat stay apart for\nreaders without one kind of cones; both are tested.\n\n\
         ## Keys\n\nA key is written as the help writes it: `u`, `U`, `Space`, `Tab`, `Shift-Tab`, `Enter`, `Del`, \
         `Home`, `End`, `PgUp`, `PgDn`,\n`Left`, `Right`, `Up`, `Down`, `F5`, with `Ctrl-` or `Alt-` before it. Your keys \
         come before those of the editor, so a key\nthat you bind loses its old meaning; an action keeps its other \
         keys.\n\n| action | keys | does |\n|---|---|---|\n",
    );
    for binding in BINDINGS {
        let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
        writeln!(text, "| `{}` | {} | {} |", binding.name, keys.join(" "), binding.help)
            .expect("a string can be written to");
    }
    hold("settings.md", &text);
}

#[test]
fn the_commands() {
    let mut text = String::from(
        "# Commands\n\nWhat `ach --help` and `ach COMMAND --help` say, with the options that many commands have once, at the \
         end. This page is generated.\n",
    );
    let mut whole = cli::command().term_width(100);
    whole.build();
    let mut common = whole.find_subcommand("table").expect("there is such a command").clone();
    write_help(&mut text, &mut whole);
    let others: Vec<_> = common.get_arguments().map(|arg| arg.get_id().clone()).collect();
    for id in others.iter().filter(|id| !COMMON.contains(&id.as_str())) {
        common = common.mut_arg(id, |arg| arg.hide(true));
    }
    let help = common.render_long_help().to_string();
    let options = help.find("Options:").expect("there are options");
    let help: Vec<&str> = help[options..].lines().map(str::trim_end).collect();
    let end = help.iter().position(|line| line.starts_with("Examples")).unwrap_or(help.len());
    writeln!(text, "\n## Options of many commands\n\n```text\n{}\n```", help[..end].join("\n").trim_end())
        .expect("a string can be written to");
    hold("commands.md", &text);
}

/// The options that many commands have.
const COMMON: [&str; 8] = ["color", "width", "quiet", "method", "as_of", "filter", "format", "help"];

fn write_help(text: &mut String, command: &mut clap::Command) {
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    let mut shown = command.clone();
    let mut also = Vec::new();
    for id in COMMON.iter().filter(|_| name != "ach") {
        if let Some(arg) = command.get_arguments().find(|arg| arg.get_id() == *id) {
            also.push(format!("`--{}`", arg.get_long().unwrap_or(id)));
            shown = shown.mut_arg(id, |arg| arg.hide(true));
        }
    }
    let help = shown.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    writeln!(text, "\n## `{name}`\n\n```text\n{}\n```", help.join("\n").trim_end())
        .expect("a string can be written to");
    if !also.is_empty() {
        writeln!(text, "\nAlso: {}.", also.join(" ")).expect("a string can be written to");
    }
    for command in command.get_subcommands_mut().filter(|command| command.get_name() != "help") {
        write_help(text, command);
    }
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
            for link in line.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next()) {
                let file = root.join(page).parent().expect("a page is in a directory").join(link);
                let elsewhere = link.is_empty() || link.starts_with("http");
                assert!(elsewhere || file.exists(), "{page}:{number}: there is no {link}");
            }
        }
    }
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
