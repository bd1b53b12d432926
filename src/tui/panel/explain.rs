//! The explain panel: what speaks against and for the hypothesis under the cursor, and what sets it apart from its rival.

use super::names::{cell, header, item, leaders, score};
use crate::engine::Contributions;
use crate::present::Phrase;
use crate::present::words::{count, decimal, signed};
use crate::scenario::Evidence;
use crate::text::{pad_left, pad_right, truncate, width};
use crate::tui::page::{ENTRY, Indent, Lead, Page, dim, strong};
use crate::tui::state::State;

/// Most items that are named; more are counted.
const NAMED: usize = 8;

/// Columns of the longest header over figures.
const HEADER: usize = 6;

/// The page about the hypothesis under the cursor.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page::default();
    let (matrix, ranking) = (&state.derived.scores.matrix, &state.derived.scores.ranking);
    let Some((at, hypothesis)) = state.hypothesis() else { return page.with(dim("No hypothesis yet.")) };
    let Some(rank) = ranking.rank(at) else {
        return page.with(dim(format!("{} is not ranked.", hypothesis.header())));
    };
    let contributions = Contributions::new(matrix, state.window.method);
    let rows = 0..matrix.items().len();
    let mut against: Vec<(usize, f64)> =
        rows.clone().map(|row| (row, contributions.of(row, at))).filter(|(_, value)| *value < 0.0).collect();
    against.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let place = if rank == 1 { " leads".to_owned() } else { format!(": rank {rank}") };
    page.facts.clone_from(&hypothesis.name);
    page.say([
        strong(hypothesis.header().to_owned()),
        Phrase::plain(format!(
            "{place}, {}. Against it, {}",
            score(ranking, at),
            count(against.len(), "item", "items")
        )),
    ]);
    let named: Vec<(&Evidence, usize, f64)> = against
        .iter()
        .take(NAMED)
        .filter_map(|(row, value)| Some((item(state, matrix, *row)?, *row, *value)))
        .collect();
    let confidence = |item: &Evidence| {
        let level = item.ratings.get(at).and_then(|cell| cell.confidence);
        level.map_or_else(String::new, |level| format!("  {level}"))
    };
    let widest = named.iter().map(|(item, ..)| width(&confidence(item))).max().unwrap_or_default();
    let room = named.iter().map(|(.., value)| width(&decimal(*value))).max().unwrap_or_default();
    for (item, row, value) in named {
        let word = item.ratings.rating(at).map_or("", |rating| rating.as_str());
        let confidence = pad_right(&confidence(item), widest);
        let figures = format!("{}  {word:>2}{confidence}", pad_left(&decimal(value), room));
        enter(&mut page, item, figures, cell(state, matrix, row, at));
    }
    more(&mut page, against.len());
    // The leader is compared with the next in rank, any other with the leader.
    let rival = if rank == 1 {
        ranking.order().into_iter().find(|other| ranking.rank(*other) > Some(1))
    } else {
        ranking.leaders.first().copied()
    };
    let Some(rival) = rival else {
        return page.with(dim(format!("{} lead.", leaders(state, &ranking.leaders))));
    };
    let mut apart: Vec<(usize, f64)> = rows
        .map(|row| (row, contributions.difference(row, at, rival)))
        .filter(|(_, value)| *value != 0.0)
        .collect();
    apart.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
    page.gap();
    let way = if rank == 1 { "Ahead of" } else { "Behind" };
    let told = format!("{way} {}, {}. ", header(state, rival), score(ranking, rival));
    page.say([
        strong(told),
        Phrase::plain(count(apart.len(), "item tells", "items tell") + " the two apart"),
    ]);
    let heads = [at, rival].map(|at| truncate(header(state, at), HEADER).into_owned());
    let columns = heads.each_ref().map(|head| width(head).max(2));
    let room = apart.iter().take(NAMED).map(|(_, value)| width(&signed(*value))).max().unwrap_or_default();
    let figures = |first: &str, [one, other]: [&str; 2]| {
        let [left, right] = columns;
        format!("{}  {}  {}", pad_left(first, room), pad_left(one, left), pad_left(other, right))
    };
    page.set_with_end(Phrase::plain(""), dim(figures("", heads.each_ref().map(String::as_str))));
    for (row, value) in apart.iter().take(NAMED) {
        let Some(item) = item(state, matrix, *row) else { continue };
        let word = |at: usize| item.ratings.rating(at).map_or("·", |rating| rating.as_str());
        let figures = figures(&signed(*value), [word(at), word(rival)]);
        enter(&mut page, item, figures, cell(state, matrix, *row, at));
    }
    more(&mut page, apart.len());
    page
}

/// Adds the entry of an item with its figures, which stay whole where its id is cut.
fn enter(page: &mut Page, item: &Evidence, figures: String, lead: Lead) {
    page.enter_with_end(vec![Phrase::plain(item.id.to_string())], Phrase::plain(figures), lead);
}

/// Tells how many items were not named.
fn more(page: &mut Page, all: usize) {
    if all > NAMED {
        page.say_at(Indent::of(ENTRY), [dim(format!("and {} more", all - NAMED))]);
    }
}
