//! The changes panel: how the conclusion changed since the last commit, then each change as `ach diff` words it.

use crate::change::Change;
use crate::present::{Compared, DiffReport, Movement, Phrase, Placed, Report, Request, Section, Tone, words};
use crate::scenario::Date;
use crate::text::{pad_left, pad_right, single_line, truncate, width};
use crate::tui::head::Head;
use crate::tui::page::{Goal, Lead, Page, dim, owned};
use crate::tui::state::State;

/// The page about the difference between the version at `HEAD` and the one in the editor.
pub(super) fn page(state: &State) -> Page {
    let mut page = Page { facts: "since the last commit".to_owned(), ..Page::default() };
    let committed = match &state.derived.head {
        Head::Known(committed) => committed,
        Head::Unread => return page.with(dim("Reading it ...")),
        Head::Unknown(reason) => return page.with(dim(reason.clone())),
    };
    let compared = Compared { path: None, before: "HEAD", after: "here" };
    let as_of = state.window.as_of.map(Date::Day);
    let request = Request { method: Some(state.window.method), as_of, ..Request::default() };
    let report = DiffReport::new(Some(&committed.scenario), Some(state.scenario()), compared, &[], request);
    let mut listings = report.listed();
    for section in report.sections() {
        match section {
            // The sentences after the verdict are about the present alone, which the line under the matrix tells.
            Section::Prose(said) if !state.window.blind || report.is_identical() => {
                said.into_iter().take(1).for_each(|said| page.say(said.into_iter().map(owned)));
            }
            Section::Table(_) if !state.window.blind => standings(&mut page, report.movements()),
            Section::Listing(listing) => {
                let leads = listings.next().unwrap_or_default();
                page.list(&listing, leads.into_iter().map(lead));
            }
            Section::Prose(_)
            | Section::Table(_)
            | Section::Title { .. }
            | Section::Chart(_)
            | Section::Faults(_)
            | Section::Next(_) => {}
        }
    }
    page
}

/// Columns of the longest hypothesis header in a line of standings.
const HEADER: usize = 10;

/// A hypothesis whose rank or score changed, in words.
struct Standing {
    /// How many ranks it moved, such as `▲1`.
    places: String,
    header: String,
    before: String,
    after: String,
    tone: Tone,
}

impl Standing {
    /// Returns `None` where neither rank nor score changed.
    fn new(movement: &Movement) -> Option<Self> {
        let places = movement.places();
        if places.is_empty() && movement.difference().is_empty() {
            return None;
        }
        let score = |side: &Option<Placed>| {
            let score = side.as_ref().and_then(|placed| placed.score);
            score.map_or_else(|| "-".to_owned(), |score| words::score(movement.method, score))
        };
        Some(Self {
            places,
            header: truncate(&single_line(movement.header()), HEADER).into_owned(),
            before: score(&movement.before),
            after: score(&movement.after),
            tone: if movement.leads() { Tone::Strong } else { Tone::Plain },
        })
    }
}

/// Adds a line for each hypothesis whose rank or score changed, such as `▲1 Owner -3.83 -> -1.00`.
fn standings(page: &mut Page, movements: &[Movement]) {
    let lines: Vec<Standing> = movements.iter().filter_map(Standing::new).collect();
    let widest =
        |part: fn(&Standing) -> &str| lines.iter().map(|line| width(part(line))).max().unwrap_or_default();
    let (places, headers) = (widest(|line| &line.places), widest(|line| &line.header));
    let (befores, afters) = (widest(|line| &line.before), widest(|line| &line.after));
    let gap = if places > 0 { " " } else { "" };
    for Standing { places: place, header, before, after, tone } in &lines {
        page.set([
            Phrase::plain(format!("{}{gap}", pad_right(place, places))),
            Phrase::new(pad_right(header, headers), *tone),
            Phrase::plain(format!(" {} -> {}", pad_left(before, befores), pad_left(after, afters))),
        ]);
    }
}

/// Returns the target of the entry that tells of these changes.
fn lead(changes: &[Change]) -> Lead {
    Lead { changes: changes.to_vec(), ..Lead::to(changes.first().and_then(Goal::of_change)) }
}
