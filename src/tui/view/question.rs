//! Drawing the questions that must be answered before work goes on, in a box over the end of the matrix.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::pen::{clear_above, put};
use super::status::recovery_keys;
use crate::present::sentence;
use crate::present::words::{count, list};
use crate::text::{truncate, wrap_plain};
use crate::tui::paste::Pasted;
use crate::tui::settling::{OtherVersion, Recovery, Settling};
use crate::tui::state::{Mode, Question, State};
use crate::tui::theme::Theme;

/// Most lines that one side of a clash takes.
const SIDE: usize = 4;

/// Most unsaved edits that are named one by one, and most lines of the screen that stay for the matrix.
const NAMED: usize = 12;

/// Draws the question of the mode, so that it ends above `bottom`.
pub(super) fn draw(state: &State, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let Some(text) = texts(state, theme) else { return };
    let room = usize::from(buffer.area.width.saturating_sub(4));
    let lines = |QuestionText { label, text, style }: &QuestionText| -> Vec<(String, Style)> {
        let lines = wrap_plain(text, room.saturating_sub(label.len())).into_iter().take(SIDE);
        // The lines after the first are set below it.
        let labels = std::iter::once((*label).to_owned()).chain(std::iter::repeat(" ".repeat(label.len())));
        labels.zip(lines).map(|(label, line)| (format!("{label}{line}"), *style)).collect()
    };
    let lines: Vec<(String, Style)> = text.iter().flat_map(lines).collect();
    let area = clear_above(bottom, lines.len(), theme, buffer);
    for (y, (line, style)) in (area.y..bottom).zip(&lines) {
        put(buffer, 2, y, area.width.saturating_sub(3), line, *style);
    }
}

/// Returns the question of the mode as lines of text.
pub(crate) fn lines(state: &State, theme: &Theme) -> Vec<String> {
    let texts = texts(state, theme).unwrap_or_default();
    let mut lines: Vec<String> =
        texts.into_iter().map(|QuestionText { label, text, .. }| format!("{label}{text}")).collect();
    if let Mode::Question(Question::Recover(recovery)) = &state.mode {
        lines.push(recovery_keys(recovery, usize::MAX));
    }
    lines
}

fn texts(state: &State, theme: &Theme) -> Option<Vec<QuestionText>> {
    if let Mode::Question(Question::Recover(recovery)) = &state.mode {
        (!recovery.is_aside).then(|| recover(state, recovery, theme))
    } else if let Mode::Question(Question::Leave(edits)) = &state.mode {
        let were = count(state.session.unsaved(), "edit is", "edits are");
        let others = state.others.iter().filter(|file| file.unsaved > 0);
        let others: Vec<String> =
            others.map(|file| format!("{} in {}", count(file.unsaved, "edit", "edits"), file.name)).collect();
        let next = if others.is_empty() { String::new() } else { format!(" Asked next: {}.", list(&others)) };
        let mut text = vec![QuestionText::new("", format!("{were} not saved.{next}"), theme.strong)];
        text.extend(listed(state, edits, theme));
        Some(text)
    } else if let Mode::Question(Question::Settle(settling)) = &state.mode {
        Some(settle(settling, theme))
    } else if let Mode::Question(Question::Paste(pasted)) = &state.mode {
        Some(paste(state, pasted, theme))
    } else {
        None
    }
}

/// A text of a question, after a label.
struct QuestionText {
    label: &'static str,
    text: String,
    style: Style,
}

impl QuestionText {
    fn new(label: &'static str, text: impl Into<String>, style: Style) -> Self {
        Self { label, text: text.into(), style }
    }
}

fn recover(state: &State, recovery: &Recovery, theme: &Theme) -> Vec<QuestionText> {
    let steps = recovery.texts().len();
    let (steps, when) = (count(steps, "step", "steps"), &recovery.when);
    let has_draft = !recovery.draft.is_empty();
    let form = if has_draft { ", and a form was open" } else { "" };
    let since = if recovery.file_differs {
        "The file has changed since: they are merged by cell, and each clash is asked about."
    } else {
        "The file has not changed since."
    };
    let question = if recovery.edits.is_empty() {
        format!("A form was filled in on {when}, and not accepted.")
    } else {
        format!("Edits of {when}, were not saved: {steps}{form}. {since}")
    };
    let mut text = vec![QuestionText::new("", question, theme.strong)];
    text.extend(listed(state, &recovery.edits, theme));
    text
}

/// Returns edits in words, as many as leave room for some of the matrix. The last line is about the lead.
fn listed(state: &State, edits: &[String], theme: &Theme) -> Vec<QuestionText> {
    let room = usize::from(state.window.size.1).saturating_sub(8).clamp(1, NAMED);
    let line = |text: &str| QuestionText::new("  ", text.to_owned(), theme.plain);
    if edits.len() <= room {
        return edits.iter().map(|edit| line(edit)).collect();
    }
    let (last, named) = (edits.last(), room.saturating_sub(2).max(1));
    let more = format!("and {} more", edits.len() - named - 1);
    edits
        .iter()
        .take(named)
        .map(String::as_str)
        .chain([more.as_str()])
        .chain(last.map(String::as_str))
        .map(line)
        .collect()
}

/// Most lines of a paste that are shown.
const PASTED: usize = 6;

fn paste(state: &State, pasted: &Pasted, theme: &Theme) -> Vec<QuestionText> {
    let (lines, columns) = pasted.size;
    let question = match &pasted.origin {
        None => {
            let size =
                format!("{} of {}", count(lines, "line", "lines"), count(columns, "column", "columns"));
            format!("Pasted {size}. What is it?")
        }
        Some(name) => {
            let size =
                format!("{}, {}", count(lines, "item", "items"), count(columns, "hypothesis", "hypotheses"));
            format!("{name} has {size}. Take it in, as one step?")
        }
    };
    let heads = if pasted.heads.is_empty() {
        String::new()
    } else {
        format!("  Read as {}", pasted.heads.join("  "))
    };
    let mut text = vec![QuestionText::new("", format!("{question}{heads}"), theme.strong)];
    text.extend(pasted.lines.iter().take(PASTED).map(|line| {
        QuestionText::new("  ", truncate(line, usize::from(state.window.size.0).saturating_sub(6)), theme.dim)
    }));
    if pasted.lines.len() > PASTED {
        text.push(QuestionText::new("  ", format!("and {} more", pasted.lines.len() - PASTED), theme.dim));
    }
    let left_out = pasted.left_out.iter().take(PASTED);
    text.extend(left_out.map(|why| QuestionText::new("", why.clone(), theme.error)));
    if pasted.left_out.len() > PASTED {
        let more = format!("and {} more of these", pasted.left_out.len() - PASTED);
        text.push(QuestionText::new("", more, theme.error));
    }
    for plan in &pasted.plans {
        text.push(QuestionText::new("", format!("{}  {}", plan.key, plan.says), theme.plain));
    }
    text
}

fn settle(settling: &Settling, theme: &Theme) -> Vec<QuestionText> {
    let Some(clash) = settling.question() else { return Vec::new() };
    let (at, of) = settling.progress();
    let which = if of > 1 { format!(" ({at} of {of})") } else { String::new() };
    let question = match settling.origin {
        OtherVersion::Disk(_) => format!("Changed here and by another program{which}: which one stands?"),
        OtherVersion::Crash(_) => {
            format!("Changed before the crash and in the file since{which}: which one stands?")
        }
    };
    let theirs: Vec<String> = clash.theirs.iter().map(sentence).collect();
    let theirs = if theirs.is_empty() { "the file differs now".into() } else { theirs.join("; ") };
    vec![
        QuestionText::new("", question, theme.strong),
        QuestionText::new("mine:   ", sentence(&clash.ours), theme.plain),
        QuestionText::new("theirs: ", theirs, theme.plain),
    ]
}
