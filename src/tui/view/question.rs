//! Drawing the questions that must be answered before work goes on, in a box over the end of the matrix.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::pen::{clear_above, put};
use super::status::recovery_keys;
use crate::present::sentence;
use crate::present::words::{count, list};
use crate::text::{pad_right, single_line, truncate, width, wrap_plain};
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
    let lines = |QuestionText { label, text, style, is_set }: &QuestionText| -> Vec<(String, Style)> {
        let lines = if *is_set {
            vec![text.clone()]
        } else {
            wrap_plain(text, room.saturating_sub(label.len())).into_iter().take(SIDE).collect()
        };
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
    if let Mode::Question(question) = &state.mode {
        match question {
            Question::Recover(recovery) => {
                lines.extend(recovery_keys(recovery, usize::MAX).split("   ").map(str::to_owned));
            }
            Question::Delete(deleting) | Question::SettleAll(deleting) => {
                lines.push(deleting.question.clone())
            }
            _ => {}
        }
    }
    lines
}

fn texts(state: &State, theme: &Theme) -> Option<Vec<QuestionText>> {
    let Mode::Question(question) = &state.mode else { return None };
    if let Question::Recover(recovery) = question {
        (!recovery.is_aside).then(|| recover(state, recovery, theme))
    } else if let Question::Leave(edits) = question {
        let were = count(state.session.unsaved(), "edit is", "edits are");
        let others = state.others.iter().filter(|file| file.unsaved > 0);
        let others: Vec<String> =
            others.map(|file| format!("{} in {}", count(file.unsaved, "edit", "edits"), file.name)).collect();
        let next = if others.is_empty() { String::new() } else { format!(" Asked next: {}.", list(&others)) };
        let mut text = vec![QuestionText::new("", format!("{were} not saved.{next}"), theme.strong)];
        text.extend(listed(state, edits, theme));
        Some(text)
    } else if let Question::Settle(settling) = question {
        Some(settle(settling, theme))
    } else if let Question::Paste(pasted) = question {
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
    /// Whether its spaces count, so that it is one line.
    is_set: bool,
}

impl QuestionText {
    fn new(label: &'static str, text: impl Into<String>, style: Style) -> Self {
        Self { label, text: text.into(), style, is_set: false }
    }

    fn set(label: &'static str, text: String, style: Style) -> Self {
        Self { is_set: true, ..Self::new(label, text, style) }
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

/// Most lines of a paste that are shown, the space between its columns, and the fewest columns of its texts.
const PASTED: usize = 6;
const BETWEEN: &str = "  ";
const NARROWEST: usize = 8;

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
    let heads = Some(pasted.heads.as_slice()).filter(|heads| !heads.is_empty());
    let read = if heads.is_some() { " It is read as:" } else { "" };
    let mut text = vec![QuestionText::new("", format!("{question}{read}"), theme.strong)];
    let rows = heads.into_iter().chain(pasted.lines.iter().map(Vec::as_slice).take(PASTED));
    let room = usize::from(state.window.size.0).saturating_sub(6);
    for (at, line) in table(&rows.collect::<Vec<_>>(), room).into_iter().enumerate() {
        let style = if heads.is_some() && at == 0 { theme.dim } else { theme.plain };
        text.push(QuestionText::set("  ", line, style));
    }
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

/// Returns rows of cells as lines of columns; the widest column is cut where all together do not fit.
fn table(rows: &[&[String]], room: usize) -> Vec<String> {
    let columns = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    let widest =
        |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(|cell| width(&single_line(cell)));
    let mut widths: Vec<usize> = (0..columns).map(|at| widest(at).max().unwrap_or_default()).collect();
    let taken = widths.iter().sum::<usize>() + columns.saturating_sub(1) * BETWEEN.len();
    if let Some(most) = widths.iter_mut().max_by_key(|width| **width) {
        *most = most.saturating_sub(taken.saturating_sub(room)).max(NARROWEST.min(*most));
    }
    let cell =
        |(cell, columns): (&String, &usize)| pad_right(&truncate(&single_line(cell), *columns), *columns);
    let line = |row: &&[String]| row.iter().zip(&widths).map(cell).collect::<Vec<_>>().join(BETWEEN);
    rows.iter().map(|row| truncate(line(row).trim_end(), room).into_owned()).collect()
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
