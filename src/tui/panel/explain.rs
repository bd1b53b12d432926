//! The explain panel: what speaks against and for the hypothesis under the cursor, and what sets it apart from its rival.

use super::names::{cell, header, hidden, item, leaders, score};
use crate::engine::Contributions;
use crate::present::words::{count, decimal, signed};
use crate::present::{Phrase, Tone};
use crate::tui::page::{Page, dim};
use crate::tui::state::State;

/// Most items that are named; more are counted.
const NAMED: usize = 8;

/// The page about the hypothesis under the cursor.
pub(super) fn page(state: &State) -> Page {
    if let Some(page) = hidden(state) {
        return page;
    }
    let mut page = Page::default();
    let (matrix, ranking) = (&state.derived.scores.matrix, &state.derived.scores.ranking);
    let Some((at, hypothesis)) = state.hypothesis() else {
        page.say([dim("No hypothesis yet.")]);
        return page;
    };
    let Some(rank) = ranking.ranks.get(at).copied().flatten() else {
        page.say([dim(format!("{} is not ranked.", hypothesis.header()))]);
        return page;
    };
    let contributions = Contributions::new(matrix, state.window.method);
    let rows = 0..matrix.items().len();
    let mut against: Vec<(usize, f64)> =
        rows.clone().map(|row| (row, contributions.of(row, at))).filter(|(_, value)| *value < 0.0).collect();
    against.sort_by(|(_, one), (_, other)| one.total_cmp(other));
    let place = if rank == 1 { "leads".to_owned() } else { format!("is of rank {rank}") };
    let items = count(against.len(), "item", "items");
    page.say([
        Phrase::new(hypothesis.header().to_owned(), Tone::Strong),
        Phrase::plain(format!(" {place} at {}. Against it: {items}", score(ranking, at))),
    ]);
    for (row, value) in against.iter().take(NAMED) {
        let rating = item(state, matrix, *row).and_then(|item| item.ratings.get(at));
        let word = rating.and_then(|cell| cell.rating).map_or("", |rating| rating.as_str());
        let id = item(state, matrix, *row).map_or("", |item| item.id.as_str());
        let line = format!("{:>6}  {word:<2}  {id}", decimal(*value));
        page.enter_cut(vec![Phrase::plain(line)], cell(state, matrix, *row, at));
    }
    more(&mut page, against.len());
    // The leader is compared with the next in rank, any other with the leader.
    let rival = if rank == 1 {
        ranking.order().into_iter().find(|other| ranking.ranks.get(*other).copied().flatten() > Some(1))
    } else {
        ranking.leaders.first().copied()
    };
    let Some(rival) = rival else {
        page.say([dim(format!("{} lead.", leaders(state, &ranking.leaders)))]);
        return page;
    };
    let mut apart: Vec<(usize, f64)> = rows
        .map(|row| (row, contributions.difference(row, at, rival)))
        .filter(|(_, value)| *value != 0.0)
        .collect();
    apart.sort_by(|(_, one), (_, other)| other.abs().total_cmp(&one.abs()));
    page.gap();
    let way = if rank == 1 { "Ahead of" } else { "Behind" };
    let told = format!("{way} {} at {}: ", header(state, rival), score(ranking, rival));
    page.say([
        Phrase::new(told, Tone::Strong),
        Phrase::plain(count(apart.len(), "item tells", "items tell") + " the two apart"),
    ]);
    for (row, value) in apart.iter().take(NAMED) {
        let Some(item) = item(state, matrix, *row) else { continue };
        let word = |at: usize| item.ratings.rating(at).map_or("·", |rating| rating.as_str());
        let line = format!("{:>6}  {:<2} {:<2}  {}", signed(*value), word(at), word(rival), item.id);
        page.enter_cut(vec![Phrase::plain(line)], cell(state, matrix, *row, at));
    }
    more(&mut page, apart.len());
    page
}

/// Tells how many items were not named.
fn more(page: &mut Page, all: usize) {
    if all > NAMED {
        page.say([dim(format!("  and {} more", all - NAMED))]);
    }
}
