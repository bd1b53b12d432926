//! Lists of challengers, single judgements, sources and actors, each with who would lead.

use std::borrow::Cow;

use super::SensitivityReport;
use super::sentence::MOST_NAMES;
use crate::engine::{CriticalCell, Overturn, Pillar, Removal, Sensitivity};
use crate::present::listing::{Listing, ListingEntry};
use crate::present::phrase::{Phrase, dim, plain, strong};
use crate::present::table::{Cell, Tone};
use crate::present::words::{count, thousands};
use crate::scenario::{ItemKind, Rating, Subject};

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
        let what = match pillars.iter().filter(|pillar| pillar.rows.len() > 1).count() {
            0 => "Items",
            groups if groups == pillars.len() => "Groups",
            _ => "Items and groups",
        };
        let shown = pillars.iter().take(MOST_ENTRIES).zip(conclusion.pillars(&pillars));
        let entries = shown.map(|(pillar, name)| {
            let item = pillar.rows.first().and_then(|row| self.matrix.items().get(*row));
            let subject = item.map(|at| Subject::Item(ItemKind::Evidence, *at));
            let after = conclusion.who_leads_shortly(&pillar.leaders_after);
            (
                ListingEntry { names: vec![Cell::plain(name)], subject, ..ListingEntry::default() },
                vec![vec![plain(after)]],
            )
        });
        let heading = heading(&format!("{what} that decide who leads, each alone"), pillars.len());
        Listing::of(heading, &["Item"], entries.collect())
    }

    /// Lists the items to reject to put each challenger ahead, the fewest first.
    pub(super) fn overturns<'b>(&'b self, overturns: &'b [Overturn]) -> Listing<'b> {
        let conclusion = self.conclusion();
        let mut nearest: Vec<&Overturn> = overturns.iter().collect();
        let units = |removal: &Option<Removal>| removal.as_ref().map_or(usize::MAX, |removal| removal.units);
        nearest.sort_by_key(|overturn| (units(&overturn.overturn), units(&overturn.tie)));
        let entries = nearest.into_iter().take(MOST_ENTRIES).map(|overturn| {
            let removal = overturn.overturn.as_ref();
            let needs = removal.map_or_else(|| "-".to_owned(), |removal| conclusion.how_many(removal));
            let names = vec![
                Cell::plain(conclusion.header(overturn.challenger)),
                Cell::new(needs, removal.map_or(Tone::Dim, |_| Tone::Strong)),
            ];
            let about = conclusion.name_beside_header(overturn.challenger).into();
            let subject = Some(Subject::Item(ItemKind::Hypothesis, overturn.challenger));
            (ListingEntry { names, about, subject, ..ListingEntry::default() }, vec![self.overturn(overturn)])
        });
        let heading = heading("To put another ahead you would have to reject", overturns.len());
        Listing::of(heading, &["Hypothesis", "Items"], entries.collect())
    }

    fn overturn(&self, overturn: &Overturn) -> Vec<Phrase<'_>> {
        let conclusion = self.conclusion();
        match (&overturn.overturn, &overturn.tie) {
            (Some(removal), _) => {
                let mut said = vec![plain(conclusion.some_units(removal, MOST_NAMES))];
                // Ahead of the leader is not in the lead.
                let after = overturn.leaders_after.as_deref().unwrap_or_default();
                if after != [overturn.challenger] {
                    said.push(plain(format!("; then {}", conclusion.who_leads_shortly(after))));
                }
                said
            }
            (None, Some(tie)) => {
                let items = conclusion.some_called_units(tie, MOST_NAMES);
                vec![plain(format!("cannot be put ahead by leaving items out, only level: without {items}"))]
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

    /// Lists who leads without the items that cite one source alone; sources that change it come first.
    pub(super) fn sources<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let mut telling: Vec<_> = found.without_source.iter().collect();
        telling.sort_by_key(|(_, without)| without.leaders == found.leaders);
        let entries = telling.into_iter().take(MOST_ENTRIES).map(|(source, without)| {
            let names = vec![Cell::plain(self.source_name(source))];
            let declared = self.scenario.sources.iter().position(|declared| declared.id.as_str() == *source);
            let subject = declared.map(|at| Subject::Item(ItemKind::Source, at));
            (
                ListingEntry { names, subject, ..ListingEntry::default() },
                vec![self.after(found, &without.leaders)],
            )
        });
        let heading = heading("Without what one source alone reports", found.without_source.len());
        Listing::of(heading, &["Source"], entries.collect())
    }

    /// Lists who leads without the items that an actor could have staged.
    pub(super) fn deceptions<'b>(&'b self, found: &'b Sensitivity<'a>) -> Listing<'b> {
        let entries = found.deception.iter().take(MOST_ENTRIES).map(|(hypothesis, without)| {
            let conclusion = self.conclusion();
            let names = vec![Cell::plain(conclusion.header(*hypothesis))];
            let about = conclusion.name_beside_header(*hypothesis).into();
            let subject = Some(Subject::Item(ItemKind::Hypothesis, *hypothesis));
            (
                ListingEntry { names, about, subject, ..ListingEntry::default() },
                vec![self.after(found, &without.leaders)],
            )
        });
        let heading = heading(
            "If an actor deceives: without what only sources it could steer report",
            found.deception.len(),
        );
        Listing::of(heading, &["Hypothesis"], entries.collect())
    }

    fn subject(&self, cell: &CriticalCell) -> Option<Subject> {
        let evidence = *self.matrix.items().get(cell.row)?;
        Some(Subject::Cell { evidence, hypothesis: cell.hypothesis })
    }

    fn after(&self, found: &Sensitivity<'_>, after: &[usize]) -> Vec<Phrase<'_>> {
        if after == found.leaders {
            return vec![dim("no change")];
        }
        vec![strong(self.conclusion().who_leads_shortly(after))]
    }

    /// Returns the name of a declared source, or the source as cited.
    fn source_name(&self, source: &'a str) -> &'a str {
        let declared = self.scenario.sources.iter().find(|declared| declared.id.as_str() == source);
        declared.map_or(source, |declared| declared.name.as_str())
    }
}

fn heading(text: &str, entries: usize) -> String {
    if entries > MOST_ENTRIES {
        return format!("{text} ({MOST_ENTRIES} of {})", thousands(entries));
    }
    text.to_owned()
}
