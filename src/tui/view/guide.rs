//! Help for beginners: the next step of the analysis, and the text in an empty matrix.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::pen::put;
use crate::text::width;
use crate::tui::keymap::Action;
use crate::tui::layout::{INVITATION, Layout};
use crate::tui::state::State;
use crate::tui::theme::Theme;

/// Length of the start of an advice: `Step 1 of 8.`
const LABEL: usize = 12;

/// Draws the line of the guide.
pub(super) fn draw(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let (Some(Rect { y, height, .. }), Some(step)) = (layout.guide, state.guided()) else { return };
    let room = layout.speech.width.saturating_sub(2);
    let here = state.item().map(|(_, item)| item.id.as_str());
    let advice = step.advice(&state.bound, here, state.window.blind, usize::from(room));
    put(buffer, 1, y, room, &advice, theme.plain);
    put(buffer, 1, y, room, advice.get(..LABEL).unwrap_or_default(), theme.accent);
    if let Some((first, more)) = state.also_critical().filter(|_| height > 1) {
        put(buffer, 3, y + 1, room.saturating_sub(2), &also(state, first, more), theme.dim);
    }
}

/// Returns the line about the other items that the lead rests on, with the keys that go there and hide the guide.
fn also(state: &State, first: &str, more: usize) -> String {
    let others = if more > 0 { format!("{first} and {more} more") } else { first.to_owned() };
    let (next, command) = (state.key(Action::NextCritical), state.key(Action::Command));
    format!("Also critical: {others}.   {next} goes to the next of them   {command}hints hides the guide")
}

/// Draws the purpose of an empty matrix and the keys that fill it.
pub(super) fn invite(state: &State, theme: &Theme, area: Rect, buffer: &mut Buffer) {
    let room = area.width.saturating_sub(3);
    if state.session.read_only.is_some() {
        return put(buffer, 2, area.y, room, "no evidence yet", theme.dim);
    }
    let has_hypotheses = !state.scenario().hypotheses.is_empty();
    let lead = if has_hypotheses { "No evidence yet." } else { "Evidence goes down, hypotheses go across." };
    let is_unasked = state.scenario().question.is_none();
    let question = ("writes the question down", ": what do you want to find out?");
    let hypothesis = ("adds a hypothesis", ": a possible answer, even an unlikely one");
    let item = ("adds an item of evidence", ": fact, assumption, argument, absence");
    // Where room is scarce, the advice of the guide is not repeated.
    let is_said = area.height < INVITATION && state.guided().is_some();
    let lines = [
        (is_unasked && !is_said).then_some((Action::EditScenario, question)),
        (!has_hypotheses).then_some((Action::AddHypothesis, hypothesis)),
        Some((Action::AddItem, item)),
    ];
    put(buffer, 2, area.y, room, lead, theme.plain);
    for (y, (action, (short, more))) in (area.y + 1..area.bottom()).zip(lines.into_iter().flatten()) {
        let key = state.key(action);
        let taken = u16::try_from(width(&key)).unwrap_or_default() + 2;
        let room = room.saturating_sub(taken);
        let whole = format!("{short}{more}");
        let text = if width(&whole) > usize::from(room) { short } else { &whole };
        put(buffer, 2, y, taken, &key, theme.accent);
        put(buffer, 2 + taken, y, room, text, theme.dim);
    }
}
