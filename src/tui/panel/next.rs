//! The next panel: the cells whose ratings matter most to who leads, and the indicators to watch.

use super::names::{cell, header, item, leaders};
use crate::engine::{Candidates, RatingCode, WhatIf, next};
use crate::present::Phrase;
use crate::present::words::{count, grouped};
use crate::scenario::{IndicatorStatus, ItemKind, Rating};
use crate::tui::page::{Goal, Lead, Page, dim, strong};
use crate::tui::state::State;

/// Most cells and indicators that are named; more are counted.
const NAMED: usize = 6;

/// The page about what to settle next. In blind mode it does not tell who would lead.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let (matrix, method) = (&state.derived.scores.matrix, state.window.method);
    let found = next(state.scenario(), matrix, method, Candidates::Open);
    let doubtful = found.cells.iter().filter(|cell| cell.confidence.is_some()).count();
    let blanks =
        if found.blanks == 0 { "no blanks".to_owned() } else { count(found.blanks, "blank", "blanks") };
    page.facts = format!("{blanks}, {doubtful} doubtful");
    if found.blanks > 0 && found.settled == Some(true) {
        page.say([dim("No rating of a blank can change who leads.")]);
    }
    let decisive = found.cells.iter().filter(|cell| cell.switch > 0.0).count();
    if found.cells.is_empty() {
        page.say([dim("Every cell is rated, none of them with low confidence.")]);
    } else if decisive > 0 {
        page.say([strong("Ratings that would change who leads")]);
    }
    let mut what_if = WhatIf::new(matrix, method).filter(|_| !state.window.blind);
    for open in found.cells.iter().take(NAMED) {
        let Some(item) = item(state, matrix, open.row) else { continue };
        let rating = item.ratings.rating(open.hypothesis);
        let word = rating.map_or("·", |rating| rating.as_str());
        let confidence = open.confidence.map(|level| format!(", {level}")).unwrap_or_default();
        let name = format!("{} / {}", item.id, header(state, open.hypothesis));
        let end = Phrase::plain(format!("{word}{confidence}"));
        page.enter_with_end(vec![Phrase::plain(name)], end, cell(state, matrix, open.row, open.hypothesis));
        let Some(what_if) = &mut what_if else { continue };
        let told = grouped(Rating::ALL.iter().filter_map(|option| {
            what_if.change_cell(open.row, open.hypothesis, RatingCode::from(*option));
            what_if.leaders_changed().then(|| (leaders(state, &what_if.leaders()), option.as_str()))
        }));
        what_if.restore_cell();
        for (who, ratings) in told {
            page.add(vec![dim(format!("{}: {who}", ratings.join(" ")))]);
        }
    }
    let (named, all) = (found.cells.len().min(NAMED), found.cells.len());
    let more = decisive.saturating_sub(named);
    let others = all - named - more;
    if more > 0 {
        page.say([dim(format!("and {more} more that can change who leads"))]);
    }
    if others > 0 {
        let change = if others == 1 { "changes" } else { "change" };
        page.say([dim(format!("{} {change} nothing", count(others, "other", "others")))]);
    }
    indicators(&mut page, state);
    page
}

/// Adds the indicators that are not seen yet, those that are due first before the others.
fn indicators(page: &mut Page, state: &State) {
    let mut pending: Vec<_> = state
        .scenario()
        .indicators
        .iter()
        .filter(|indicator| indicator.status() == IndicatorStatus::Pending)
        .collect();
    if pending.is_empty() {
        return;
    }
    pending.sort_by_key(|indicator| (indicator.due.is_none(), indicator.due));
    page.gap();
    page.say([strong(format!("Indicators to watch, {}", pending.len()))]);
    for indicator in pending.iter().take(NAMED) {
        let due = indicator.due.map_or_else(|| "          ".to_owned(), |day| day.to_string());
        let goal = Some(Goal::Item(ItemKind::Indicator, indicator.id.to_string()));
        let line = format!("{due}  {}", indicator.id);
        page.enter(vec![Phrase::plain(line)], Lead::to(goal));
        page.cut();
    }
    if pending.len() > NAMED {
        page.say([dim(format!("and {} more", pending.len() - NAMED))]);
    }
}
