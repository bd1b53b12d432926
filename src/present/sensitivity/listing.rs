//! Lists of challengers, single judgements, sources and actors, each with who would lead.

use std::borrow::Cow;

use super::SensitivityReport;
use super::sentence::MOST_NAMES;
use crate::engine::{CriticalCell, Overturn, Pillar, Removal, Sensitivity, Without};
use crate::present::listing::{Listing, ListingEntry};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::table::{Cell, Tone};
use crate::present::words::{count, grouped, some, spelled, thousands};
use crate::scenario::{ItemKind, Rating, Subject};

/// Items named that a what-if drops; the rest is counted.
const MOST_DROPPED: usize = 4;
/// Entries listed; the heading then says how many there are.
const MOST_ENTRIES: usize = 12;

impl<'a> SensitivityReport<'a> {
    /// Lists the items and groups that decide who leads, each alone, with who leads without it. Empty for fewer than two.
    pub(super) fn pillars<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let conclusion = self.conclusion();
        let pillars: Cow<'_, [Pillar]> = match &found.lead {
            Some(lead) => Cow::Borrowed(&lead.pillars),
            None => found.critical_items.iter().cloned().map(Pillar::from).collect(),
        };
        if pillars.len() < 2 {
            return Listing::of(String::new(), &["Item"], Vec::new());
        }
        // Those after which the same lead are told together, in the order of the first of them.
        let outcomes = grouped(
            pillars
                .iter()
                .zip(conclusion.pillars(&pillars))
                .map(|(pillar, name)| (&pillar.leaders_after, (pillar.rows.first(), name))),
        );
        let entries = outcomes.iter().take(MOST_ENTRIES).map(|(after, pillars)| {
            let row = pillars.first().and_then(|(row, _)| *row);
            let item = row.and_then(|row| self.scored.matrix.items().get(*row));
            let subject = item.map(|at| Subject::Item(ItemKind::Evidence, *at));
            let names: Vec<&str> = pillars.iter().map(|(_, name)| name.as_str()).collect();
            let after = conclusion.who_leads_shortly(after);
            let entry = ListingEntry { subject, ..ListingEntry::default() };
            (entry, vec![vec![plain(format!("without {}: ", either(&names))), strong(after)]])
        });
        let heads = match &found.lead {
            Some(_) => "Leave one out and the lead is lost or shared",
            None => "Leave one out and the leaders change",
        };
        Listing::of(heading(heads, outcomes.len()), &[], entries.collect())
    }

    /// Lists the items to reject to put each challenger ahead, the fewest first.
    pub(super) fn overturns<'b>(&'b self, overturns: &'b [Overturn]) -> Listing<'b> {
        let conclusion = self.conclusion();
        let mut nearest: Vec<&Overturn> = overturns.iter().collect();
        let units = |removal: &Option<Removal>| removal.as_ref().map_or(usize::MAX, |removal| removal.units);
        nearest.sort_by_key(|overturn| (units(&overturn.overturn), units(&overturn.tie)));
        let entries = nearest.into_iter().take(MOST_ENTRIES).map(|overturn| {
            let removal = overturn.overturn.as_ref();
            let needs = match (removal, &overturn.any_of) {
                (None, _) => "-".to_owned(),
                (Some(removal), Some(any)) => format!("{} of {}", removal.units, any.units),
                (Some(removal), None) => conclusion.how_many(removal),
            };
            let names = vec![
                Cell::plain(conclusion.header(overturn.challenger)),
                Cell::new(needs, removal.map_or(Tone::Dim, |_| Tone::Strong)),
            ];
            let subject = Some(Subject::Item(ItemKind::Hypothesis, overturn.challenger));
            (ListingEntry { names, subject, ..ListingEntry::default() }, vec![self.overturn(overturn)])
        });
        let heading = heading("To put another ahead it would be enough to reject", overturns.len());
        Listing::of(heading, &["Hypothesis", "Items"], entries.collect())
    }

    fn overturn(&self, overturn: &Overturn) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        let alone = |removal: &Removal| match (removal.is_premise, removal.units) {
            (false, _) => "",
            (true, 1) => ", taken by itself",
            (true, _) => ", taken by themselves",
        };
        match (&overturn.overturn, &overturn.tie) {
            (Some(removal), _) => {
                let units = match &overturn.any_of {
                    Some(any) => {
                        let number = spelled(removal.units);
                        format!("any {number} of {}", conclusion.some_units(any, MOST_NAMES))
                    }
                    None => conclusion.some_units(removal, MOST_NAMES),
                };
                let mut said = vec![plain(format!("{units}{}", alone(removal)))];
                // Ahead of the leader is not in the lead.
                let after = overturn.leaders_after.as_deref().unwrap_or_default();
                if after != [overturn.challenger] {
                    said.push(plain(format!("; then {}", conclusion.who_leads_shortly(after))));
                }
                said
            }
            (None, Some(tie)) => {
                let items = conclusion.some_called_units(tie, MOST_NAMES);
                let alone = alone(tie);
                vec![plain(format!(
                    "cannot be put ahead by leaving items out, only level: without {items}{alone}"
                ))]
            }
            (None, None) => vec![plain("cannot be put ahead by leaving items out: the priors decide")],
        }
    }

    /// Lists the single judgements that would change who leads, the smallest change first.
    pub(super) fn cells<'b>(&'b self, cells: &'b [CriticalCell]) -> Listing<'b> {
        let conclusion = self.conclusion();
        let mut nearest: Vec<&CriticalCell> = cells.iter().collect();
        nearest.sort_by_key(|cell| cell.steps);
        let rated = |rating: Rating| Cell::new(rating.as_str(), Tone::Rating(Some(rating)));
        let entries = nearest.into_iter().take(MOST_ENTRIES).map(|cell| {
            let entry = ListingEntry {
                names: vec![
                    Cell::plain(conclusion.item_id(cell.row)),
                    Cell::plain(conclusion.header(cell.hypothesis)),
                ],
                change: Some((rated(cell.rating), rated(cell.to))),
                subject: self.subject(cell),
                ..ListingEntry::default()
            };
            let steps = count(cell.steps.into(), "step", "steps");
            (
                entry,
                vec![vec![plain(format!("{steps}: {}", conclusion.who_leads_shortly(&cell.leaders_after)))]],
            )
        });
        let heading = heading("Single judgements that would change who leads", cells.len());
        Listing::of(heading, &["Item", "Hypothesis"], entries.collect())
    }

    /// Lists the sources without whose own items others lead; the rest is counted in one line.
    pub(super) fn sources<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let changes = |without: &Without| without.leaders != found.leaders;
        let (telling, others): (Vec<_>, Vec<_>) =
            found.without_source.iter().partition(|(_, without)| changes(without));
        let shown = telling.iter().take(MOST_ENTRIES).map(|(source, without)| {
            let declared =
                self.scored.scenario.sources.iter().position(|declared| declared.id.as_str() == *source);
            let subject = declared.map(|at| Subject::Item(ItemKind::Source, at));
            let names = vec![Cell::plain(self.source_name(source))];
            (ListingEntry { subject, ..ListingEntry::named(names) }, vec![self.dropped("without", without)])
        });
        let empty = others.iter().filter(|(_, without)| without.rows.is_empty()).count();
        let rest = unchanged(others.len(), empty, ("source", "sources"), "no item is theirs alone");
        let heading = heading("Without what one source alone reports", telling.len());
        Listing::of(heading, &["Source"], shown.chain(rest).collect())
    }

    /// Lists the actors whose deception would change who leads; the rest is counted in one line.
    pub(super) fn deceptions<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let changes = |without: &Without| without.leaders != found.leaders;
        let (telling, others): (Vec<_>, Vec<_>) =
            found.deception.iter().partition(|(_, without)| changes(without));
        let shown = telling.iter().take(MOST_ENTRIES).map(|(hypothesis, without)| {
            let conclusion = self.conclusion();
            let subject = Some(Subject::Item(ItemKind::Hypothesis, *hypothesis));
            let names = vec![Cell::plain(conclusion.header(*hypothesis))];
            let words = self.dropped("its own ratings aside in", without);
            (ListingEntry { subject, ..ListingEntry::named(names) }, vec![words])
        });
        let empty = others.iter().filter(|(_, without)| without.rows.is_empty()).count();
        let rest = unchanged(others.len(), empty, ("actor", "actors"), "no item could be theirs");
        let heading = heading("If an actor staged what only sources it could steer report", telling.len());
        Listing::of(heading, &["Hypothesis"], shown.chain(rest).collect())
    }

    /// Lists the prior odds at which others would be level with the leader.
    pub(super) fn level_priors<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let conclusion = self.conclusion();
        let leader = found.leaders.first().map_or("", |leader| conclusion.header(*leader));
        let levels = found.level_priors.iter().flatten();
        let lines = levels.take(MOST_ENTRIES).map(|(other, log_odds)| {
            (vec![Cell::plain(conclusion.header(*other))], vec![plain(odds(*log_odds))])
        });
        Listing::lines(
            format!("Prior odds of {leader} to another at which the two would be level"),
            &["Hypothesis"],
            lines.collect(),
        )
    }

    /// Names the items that a what-if drops and says who leads then.
    fn dropped(&self, how: &str, without: &Without) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        let items = some(&conclusion.ids(&without.rows), MOST_DROPPED);
        vec![plain(format!("{how} {items}: ")), strong(conclusion.who_leads_shortly(&without.leaders))]
    }

    fn subject(&self, cell: &CriticalCell) -> Option<Subject> {
        let item = *self.scored.matrix.items().get(cell.row)?;
        Some(Subject::Cell { kind: ItemKind::Evidence, item, hypothesis: cell.hypothesis })
    }

    /// Returns the name of a declared source, or the source as cited.
    fn source_name(&self, source: &'a str) -> &'a str {
        let declared = self.scored.scenario.sources.iter().find(|declared| declared.id.as_str() == source);
        declared.map_or(source, |declared| declared.name.as_str())
    }
}

/// Returns `a`, `a or b`, `a, b or c`, or the first and the number of the others.
fn either(names: &[&str]) -> String {
    match (names.get(..MOST_NAMES), names.split_last()) {
        (Some(first), _) if names.len() > MOST_NAMES + 1 => {
            format!("{} or one of {} more", first.join(", "), thousands(names.len() - MOST_NAMES))
        }
        (_, Some((last, first))) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => names.concat(),
    }
}

fn heading(text: &str, entries: usize) -> String {
    if entries > MOST_ENTRIES {
        return format!("{text} ({MOST_ENTRIES} of {})", thousands(entries));
    }
    text.to_owned()
}

/// The line for what-ifs that change nothing, some of which drop no item at all; `None` if there are none.
fn unchanged(
    number: usize,
    empty: usize,
    (one, many): (&str, &str),
    nothing: &str,
) -> Option<(ListingEntry<'static>, Vec<Vec<Phrase<'static>>>)> {
    let names = vec![Cell::new(count(number, one, many), Tone::Dim)];
    let words = match empty {
        0 => "no change".to_owned(),
        all if all == number => format!("no change: {nothing}"),
        some => format!("no change; of {} {nothing}", thousands(some)),
    };
    (number > 0).then(|| (ListingEntry::named(names), vec![vec![dim(words)]]))
}

/// Formats odds next to 1 with as few decimals as tell them from 1.
fn nearly_even(ratio: f64) -> String {
    let texts = (1..=6).map(|places| format!("{ratio:.places$}"));
    let is_uneven = |text: &String| text.trim_end_matches(['0', '.']) != "1";
    texts.clone().find(is_uneven).or_else(|| texts.clone().next()).unwrap_or_default()
}

/// Formats log10 of odds: `1 to 20`, `3.2 to 1`.
fn odds(log_odds: f64) -> String {
    let ratio = 10_f64.powf(log_odds.abs());
    let ratio = match ratio {
        ..1.05 => nearly_even(ratio),
        ..9.95 => format!("{ratio:.1}"),
        ..1e6 => thousands(ratio.round() as usize),
        _ => "more than 1,000,000".to_owned(),
    };
    if log_odds < 0.0 { format!("1 to {ratio}") } else { format!("{ratio} to 1") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_that_are_not_even_do_not_look_so() {
        let told = [0.0, 0.0096, -0.0096, 1e-5, 0.84, -2.0, 7.0].map(odds);
        let expected = ["1.0 to 1", "1.02 to 1", "1 to 1.02", "1.00002 to 1", "6.9 to 1", "1 to 100"];
        assert_eq!(told[..6], expected);
        assert_eq!(told[6], "more than 1,000,000 to 1");
    }
}
