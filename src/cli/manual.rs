//! Manual pages beyond what the command line says of itself: what every page has in common, and pages of the format, the
//! keys and the numbers, made from the documentation.

use std::fmt::Write;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The pages made from the documentation: name, section, subject, and the text in Markdown.
pub(super) const PAGES: [(&str, &str, &str, &str); 3] = [
    ("ach-format", "5", "the scenario file of ach", include_str!("../../docs/format.md")),
    ("ach-keys", "7", "the keys of the editor of ach", include_str!("../../docs/keys.md")),
    ("ach-numbers", "7", "what the figures of ach mean", include_str!("../../docs/method.md")),
];

/// The sections that the page of every command has.
pub(super) const COMMON: &str = r#".SH "EXIT STATUS"
.TP
\fB0\fR
Done, or the answer is yes. A closed pipe ends quietly with this too.
.TP
\fB1\fR
The answer is no: \fBcheck\fR found errors, \fBdiff \-\-exit\-code\fR found changes, \fBmerge\fR left conflicts.
.TP
\fB2\fR
Wrong usage, or an input that is absent, unreadable or contradicts itself.
.SH FILES
.TP
\fI*.toml\fR
Scenarios; see \fBach\-format\fR(5).
.TP
\fI$XDG_CONFIG_HOME/ach/config.toml\fR
Settings of the editor; by default below \fI~/.config\fR, on Windows below \fI%APPDATA%\fR.
.TP
\fI$XDG_STATE_HOME/ach\fR
Unsaved edits of the editor, offered again after a crash; by default below \fI~/.local/state\fR.
.SH ENVIRONMENT
.TP
\fBACH_PAGER\fR, \fBPAGER\fR
The pager of answers on a terminal, \fBless\fR by default; an empty one or \fBcat\fR is none. \fBLESS\fR is FRX where it is not set.
.TP
\fBNO_COLOR\fR, \fBCLICOLOR_FORCE\fR, \fBCOLORTERM\fR, \fBTERM\fR, \fBCOLORFGBG\fR
Whether there is colour, how many colours there are, and whether the terminal is light.
.SH "SEE ALSO"
.BR ach (1),
.BR ach\-format (5),
.BR ach\-keys (7),
.BR ach\-numbers (7)
"#;

/// Returns the section of a command's examples, each on the line that it has in the help; empty without examples.
pub(super) fn examples(command: &clap::Command) -> String {
    let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let Some((_, examples)) = help.split_once(":\n").filter(|(heading, _)| heading.starts_with("Example"))
    else {
        return String::new();
    };
    let lines: String = examples.lines().map(|line| format!("{}\n", escaped(line.trim_start()))).collect();
    format!(".SH EXAMPLES\n.nf\n{lines}.fi\n")
}

/// Returns a page of a text in Markdown.
pub(super) fn page(name: &str, section: &str, subject: &str, text: &str) -> String {
    let mut page = format!(".TH {name} {section}\n.SH NAME\n{} \\- {}\n", escaped(name), escaped(subject));
    let mut cell = 0;
    let mut is_title = false;
    let mut is_code = false;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => match level as usize {
                1 => is_title = true,
                2 => page.push_str("\n.SH \""),
                _ => page.push_str("\n.SS \""),
            },
            Event::End(TagEnd::Heading(_)) => {
                page.push_str(if is_title { "" } else { "\"\n" });
                is_title = false;
            }
            _ if is_title => {}
            Event::Start(Tag::Paragraph) => page.push_str("\n.PP\n"),
            Event::Start(Tag::Item) => page.push_str("\n.IP \\(bu 2\n"),
            Event::Start(Tag::CodeBlock(_)) => {
                is_code = true;
                page.push_str("\n.PP\n.RS 4\n.nf\n");
            }
            Event::End(TagEnd::CodeBlock) => {
                is_code = false;
                page.push_str(".fi\n.RE\n");
            }
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                cell = 0;
                page.push_str("\n.TP\n");
            }
            Event::End(TagEnd::TableCell) => {
                page.push_str(if cell == 0 { "\n" } else { "  " });
                cell += 1;
            }
            Event::Start(Tag::Strong) => page.push_str("\\fB"),
            Event::Start(Tag::Emphasis) => page.push_str("\\fI"),
            Event::End(TagEnd::Strong | TagEnd::Emphasis) => page.push_str("\\fR"),
            Event::Code(code) => drop(write!(page, "\\fB{}\\fR", escaped(&code))),
            Event::Text(text) if is_code => {
                text.lines().for_each(|line| page.extend([escaped(line).as_str(), "\n"]));
            }
            Event::Text(text) => page.push_str(&escaped(&text)),
            Event::SoftBreak | Event::HardBreak => page.push('\n'),
            _ => {}
        }
    }
    page.push('\n');
    page
}

/// Returns a text without requests of roff: a dot or an apostrophe that begins a line, and backslashes.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_a_page() {
        let text = "# Title\n\nA `key-x` of *this*:\n\n* one\n\n## More\n\n```toml\n.a = \"\\n\"\n```\n\n| a | b |\n|---|---|\n| c | d |\n";
        insta::assert_snapshot!(page("ach-x", "7", "a test", text), @r#"
        .TH ach-x 7
        .SH NAME
        ach\-x \- a test

        .PP
        A \fBkey\-x\fR of \fIthis\fR:
        .IP \(bu 2
        one
        .SH "More"

        .PP
        .RS 4
        .nf
        \&.a = "\en"
        .fi
        .RE

        .TP
        a
        b  
        .TP
        c
        d
        "#);
    }
}
