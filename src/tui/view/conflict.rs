//! Drawing a conflict: base, ours and theirs under each other, so that their parts compare down, and who would lead.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::pen::{clear_above, put};
use crate::git::AppliedCommit;
use crate::present::words::ordinal;
use crate::scenario::{Judgement, Rating, Side};
use crate::text::{single_line, width as columns_of, wrap_plain};
use crate::tui::conflict::{
    ConflictLead, ConflictQuestion, lead_after, lead_after_all, lead_before, questions,
};
use crate::tui::layout::to_u16;
use crate::tui::panel::leader_names;
use crate::tui::state::{Mode, Question, State};
use crate::tui::theme::Theme;

/// Columns from which the parts of a judgement and who would lead have columns of their own.
const WIDE: u16 = 72;

/// Most lines of one side.
const MOST: usize = 3;

/// The first columns of the names of the sides, and of what they say.
const NAME: u16 = 5;
const SAID: u16 = 13;

/// The first columns of confidence and note.
const CONFIDENCE: u16 = 21;
const NOTE: u16 = 33;

/// Columns between two remarks on one line.
const GAP: usize = 3;

/// The heading over who would lead.
const LEADS: &str = "who leads";

/// Draws the question over the end of the matrix, so that it ends above `bottom`.
pub(super) fn draw(state: &State, theme: &Theme, bottom: u16, buffer: &mut Buffer) {
    let Mode::Question(Question::Conflict(at)) = state.mode else { return };
    let all = questions(state.scenario());
    let Some(question) = all.get(at) else { return };
    let which = if all.len() > 1 {
        format!("{} to settle, the {}: ", all.len(), ordinal(at + 1))
    } else {
        "To settle: ".to_owned()
    };
    let width = buffer.area.width;
    let room = usize::from(bottom.saturating_sub(2));
    let mut lines: Vec<SidesLine> = vec![vec![(2, format!("{which}{}", question.said.about), theme.strong)]];
    if !question.reminder.is_empty() {
        lines.push(vec![(2, question.reminder.clone(), theme.dim)]);
    }
    let before = lines.len();
    lines.extend(sides(state, question, theme, width, true));
    if all.len() > 1 {
        lines.extend(of_all(state, all.len(), theme, width));
    }
    if lines.len() > room {
        // Both sides stay in sight.
        lines.truncate(before);
        lines.extend(sides(state, question, theme, width, false));
    }
    let area = clear_above(bottom, lines.len(), theme, buffer);
    for (y, line) in (area.y..bottom).zip(&lines) {
        // What stands further right is whole, and cuts what is before it.
        let mut end = width.saturating_sub(1);
        for (x, text, style) in line.iter().rev() {
            put(buffer, *x, y, end.saturating_sub(*x), text, *style);
            end = x.saturating_sub(1);
        }
    }
}

/// A line: texts with their first columns, ascending.
type SidesLine = Vec<(u16, String, Style)>;

/// One of base, ours and theirs.
struct SideRow<'q> {
    key: &'static str,
    name: &'static str,
    said: &'q str,
    judged: Option<&'q Judgement>,
    /// Who would lead; empty where that cannot be told, and in blind mode.
    lead: String,
}

/// Returns the lines of base, ours and theirs; `is_whole` tells whether there is room for what only helps to decide.
fn sides(
    state: &State,
    question: &ConflictQuestion,
    theme: &Theme,
    width: u16,
    is_whole: bool,
) -> Vec<SidesLine> {
    let (scenario, method) = (state.scenario(), state.window.method);
    let judged = |at: usize| question.judged.as_ref().and_then(|judged| judged.get(at));
    let after = |side| told(state, lead_after(scenario, question.subject, side, method));
    let said = &question.said;
    let mut rows = vec![
        SideRow { key: "o", name: "ours", said: &said.ours, judged: judged(1), lead: after(Side::Ours) },
        SideRow {
            key: "t",
            name: "theirs",
            said: &said.theirs,
            judged: judged(2),
            lead: after(Side::Theirs),
        },
    ];
    if let Some(base) = &said.base {
        let lead = told(state, lead_before(scenario, question, method));
        rows.insert(0, SideRow { key: "", name: "base", said: base, judged: judged(0), lead });
    }
    let lead_width = rows.iter().map(|row| columns_of(&row.lead)).max().filter(|columns| *columns > 0);
    let lead_width = lead_width.map_or(0, |columns| to_u16(columns.max(columns_of(LEADS))));
    let lead_x = width.saturating_sub(lead_width + 2);
    let mut lines = Vec::new();
    if width >= WIDE && (lead_width > 0 || question.judged.is_some()) {
        let mut heads: SidesLine = Vec::new();
        if question.judged.is_some() {
            heads = vec![(SAID, "rating".into(), theme.dim), (CONFIDENCE, "confidence".into(), theme.dim)];
            heads.push((NOTE, "note".into(), theme.dim));
        }
        if lead_width > 0 {
            heads.push((lead_x, LEADS.into(), theme.dim));
        }
        lines.push(heads);
    }
    for row in &rows {
        lines.extend(row.lines(theme, width, lead_x, is_whole));
    }
    if is_whole {
        let neither = if question.judged.is_some() { "1-5  neither: rate it anew" } else { "" };
        lines.extend(remarks(neither, whose(state), width, theme.dim));
    }
    lines
}

/// Returns the lines of two remarks, either of which may be empty: on one line if they fit, the second at its end.
fn remarks(first: &str, second: String, width: u16, style: Style) -> Vec<SidesLine> {
    let x = width.saturating_sub(to_u16(columns_of(&second)) + 2);
    let first = (2, first.to_owned(), style);
    let mut lines = if usize::from(x) < 2 + columns_of(&first.1) + GAP {
        vec![vec![first], vec![(2, second, style)]]
    } else {
        vec![vec![first, (x, second, style)]]
    };
    lines.retain(|line| line.iter().any(|(_, text, _)| !text.is_empty()));
    lines
}

/// Says whose version is theirs: author, day and subject of the commit; empty if git does not know it.
fn whose(state: &State) -> String {
    let Some(AppliedCommit { author, day, subject, .. }) = &state.derived.theirs else {
        return String::new();
    };
    single_line(&format!("theirs: {author}, {day}, “{subject}”")).into_owned()
}

impl SideRow<'_> {
    /// Returns the lines of the row; on a narrow screen who leads has a line of its own.
    fn lines(&self, theme: &Theme, width: u16, lead_x: u16, is_whole: bool) -> Vec<SidesLine> {
        let style = if self.key.is_empty() { theme.dim } else { theme.plain };
        let head = || vec![(2, self.key.to_owned(), theme.accent), (NAME, self.name.to_owned(), theme.dim)];
        let (is_wide, most) = (width >= WIDE, if is_whole { MOST } else { 1 });
        let lead = vec![(lead_x, self.lead.clone(), style)];
        if let Some(judged) = self.judged.filter(|_| is_wide) {
            let rating = judged.rating.map_or("blank", Rating::as_str);
            let confidence = judged.confidence.map_or("", |confidence| confidence.as_str());
            let note = judged.note.as_ref();
            let note = note.map(|note| format!("“{}”", single_line(note))).unwrap_or_default();
            let parts = [(SAID, rating.to_owned()), (CONFIDENCE, confidence.to_owned()), (NOTE, note)];
            let parts = parts.into_iter().map(|(x, part)| (x, part, style)).collect();
            return vec![[head(), parts, lead].concat()];
        }
        let room = usize::from(if is_wide { lead_x } else { width }.saturating_sub(SAID + 2));
        let said = if most == 1 { vec![self.said.to_owned()] } else { wrap_plain(self.said, room) };
        let mut said = said.into_iter().take(most).map(|line| vec![(SAID, line, style)]);
        let first = said.next().unwrap_or_default();
        let beside = if is_wide { lead } else { Vec::new() };
        let below = (!is_wide && is_whole && !self.lead.is_empty())
            .then(|| vec![(SAID, format!("leads: {}", self.lead), theme.dim)]);
        std::iter::once([head(), first, beside].concat()).chain(said).chain(below).collect()
    }
}

/// Says who would lead; empty where that cannot be told, and in blind mode.
fn told(state: &State, lead: Option<ConflictLead>) -> String {
    let Some(ConflictLead { leaders, margin }) = lead.filter(|_| !state.window.blind) else {
        return String::new();
    };
    let margin = margin.filter(|_| leaders.len() == 1).map(|margin| format!(", by {margin}"));
    format!("{}{}", leader_names(state, &leaders), margin.unwrap_or_default())
}

/// Says who would lead if all that are left went to one side.
fn of_all(state: &State, number: usize, theme: &Theme, width: u16) -> Vec<SidesLine> {
    let all = if number == 2 { "Both".to_owned() } else { format!("All {number}") };
    let side = |side| {
        let lead = told(state, lead_after_all(state.scenario(), side, state.window.method));
        (!lead.is_empty()).then(|| format!("{all} to {side}: {lead}."))
    };
    let (Some(theirs), Some(ours)) = (side(Side::Theirs), side(Side::Ours)) else { return Vec::new() };
    let one = format!("{theirs}   {ours}");
    let lines =
        if columns_of(&one) > usize::from(width.saturating_sub(3)) { vec![theirs, ours] } else { vec![one] };
    lines.into_iter().map(|line| vec![(2, line, theme.plain)]).collect()
}
