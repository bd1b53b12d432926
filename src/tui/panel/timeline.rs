//! The timeline panel: who led on each day that evidence became known, and the scores as lines of blocks.

use super::names::{header, item, leaders, score};
use crate::engine::{Cause, Matrix, Step, timeline};
use crate::present::words::{count, times};
use crate::present::{Phrase, Tone};
use crate::tui::page::{EntryAction, Goal, Lead, Page, dim, strong};
use crate::tui::state::State;

/// Blocks of a line of scores.
const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// Most blocks of a line.
const LENGTH: usize = 15;

/// The page about the days of the evidence.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    // Also while an earlier day is shown, the later ones can be gone to.
    let all = state.window.as_of.map(|_| Matrix::new(state.scenario(), None));
    let matrix = all.as_ref().unwrap_or(&state.derived.scores.matrix);
    let steps = timeline(state.scenario(), matrix, state.window.method);
    let dated: usize = steps.iter().map(|step| step.added.len()).sum();
    let undated = matrix.items().len().saturating_sub(dated);
    page.facts = format!("{}, {undated} undated", count(steps.len(), "date", "dates"));
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else { return page };
    let mut turns: Vec<&Step> = vec![first];
    turns.extend(steps.iter().filter(|step| step.cause.is_some()));
    let since = turns.last().map_or(first.day, |step| step.day);
    let has_led = if last.ranking.leaders.len() == 1 { " has led" } else { "" };
    let changed = match turns.len() - 1 {
        0 => "never changed".to_owned(),
        changes => format!("changed {}", times(changes)),
    };
    page.say([
        strong(leaders(state, &last.ranking.leaders)),
        Phrase::plain(format!("{has_led} since {since}; the lead {changed}")),
    ]);
    for step in &turns {
        let rows = match &step.cause {
            Some(Cause::Each(rows) | Cause::Together(rows)) => rows.as_slice(),
            None => &[],
        };
        let causes = rows.iter().filter_map(|row| item(state, matrix, *row));
        let goal = causes
            .clone()
            .next()
            .map(|item| Goal::Item(crate::scenario::ItemKind::Evidence, item.id.to_string()));
        let who = leaders(state, &step.ranking.leaders);
        let on_enter = Some(EntryAction::AsOf(step.day));
        page.enter(vec![Phrase::plain(format!("{}: {who}", step.day))], Lead { on_enter, ..Lead::to(goal) });
        let came = count(step.added.len(), "item came", "items came");
        let ids: Vec<&str> = causes.take(3).map(|item| item.id.as_str()).collect();
        let decisive = if ids.is_empty() { String::new() } else { format!("; decisive: {}", ids.join(", ")) };
        page.add(vec![dim(format!("{came}{decisive}"))]);
    }
    page.gap();
    page.set([dim(format!("{} to {}", first.day, last.day))]);
    let all = steps.iter().flat_map(|step| step.ranking.scores.iter().copied().flatten());
    let (low, high) =
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let shown: Vec<&Step> = sampled(&steps);
    for at in last.ranking.order() {
        if last.ranking.rank(at).is_none() {
            continue;
        }
        let line: String = shown.iter().map(|step| block(step.ranking.score(at), low, high)).collect();
        let tone = if last.ranking.leaders.contains(&at) { Tone::Strong } else { Tone::Plain };
        page.set([Phrase::new(
            format!("{line}  {:>7}  {}", score(&last.ranking, at), header(state, at)),
            tone,
        )]);
    }
    page
}

/// Returns at most `LENGTH` of the steps, evenly spread, the first and the last among them.
fn sampled(steps: &[Step]) -> Vec<&Step> {
    let length = steps.len().min(LENGTH);
    let last = steps.len().saturating_sub(1);
    (0..length).filter_map(|at| steps.get(at * last / (length - 1).max(1))).collect()
}

/// Returns the block for a score between the lowest and the highest of all; a space where there is none.
fn block(value: Option<f64>, low: f64, high: f64) -> &'static str {
    let Some(value) = value else { return " " };
    let share = if high > low { (value - low) / (high - low) } else { 1.0 };
    let bound = |at: usize| (at as f64 + 0.5) / (BLOCKS.len() - 1) as f64;
    let at = (0..BLOCKS.len() - 1).take_while(|at| bound(*at) <= share).count();
    BLOCKS.get(at).copied().unwrap_or(" ")
}
