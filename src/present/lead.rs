//! The support of a lead in words, shared by the table, the sensitivity of a conclusion and the editor.

use super::conclusion::Conclusion;
use super::phrase::{Phrase, plain, strong};
use super::words::{counts, list, some};
use crate::engine::{Lead, Pillar, Removal};
use crate::scenario::Evidence;

/// Names listed beside their number; of more, only the number is given.
const MOST_BESIDE: usize = 4;

impl<'a> Conclusion<'a> {
    /// Says in one sentence what the lead of a sole leader rests on.
    #[must_use]
    pub fn rests_on(self, lead: &Lead) -> Vec<Phrase<'a>> {
        let Some(support) = self.support(lead) else {
            return vec![plain("The lead rests on the priors: no evidence left out would end it.")];
        };
        let names = match (lead.pillars.as_slice(), &lead.rests_on) {
            ([], Some(removal)) => self.units(removal),
            (pillars, _) => self.pillars(pillars),
        };
        let beside =
            if names.len() > MOST_BESIDE { String::new() } else { format!(" ({})", names.join(", ")) };
        // A challenger that loses its only ratings is no rival any more.
        if lead.pillars.is_empty() && lead.leaders_after == [lead.leader] {
            let rest = format!("{beside} the leader still leads: a challenger has no rating left then.");
            return vec![plain("Without "), strong(support), plain(rest)];
        }
        let (start, end) = match lead.pillars.len() {
            // Other sets of as many may do as well.
            0 => ("To end the lead it would be enough to reject ", ""),
            1 => ("The lead rests on ", ""),
            2 => ("The lead rests on ", ": leave out either and it is lost or shared"),
            _ => ("The lead rests on ", ": leave out one of them and it is lost or shared"),
        };
        vec![plain(start), strong(support), plain(format!("{beside}{end}."))]
    }

    /// Counts what the lead of a sole leader rests on: `1 item`, `each of 9 items`, `2 items` taken together; `None` if
    /// it leads by its prior.
    #[must_use]
    pub fn support(self, lead: &Lead) -> Option<String> {
        let groups = lead.pillars.iter().filter(|pillar| pillar.rows.len() > 1).count();
        let items = lead.pillars.len() - groups;
        match (lead.pillars.len(), &lead.rests_on) {
            (0, removal) => removal.as_ref().map(|removal| self.how_many(removal)),
            (1, _) => Some(counted(items, groups)),
            (_, _) if items == 1 || groups == 1 => Some(format!("{}, each alone", counted(items, groups))),
            (_, _) => Some(format!("each of {}", counted(items, groups))),
        }
    }

    /// Says what ends the lead, by name: in a phrase that explains itself, then in a short one. None where that is more
    /// than a few, or taken together.
    pub(super) fn named_support(self, lead: &Lead) -> Vec<String> {
        let names = self.pillars(&lead.pillars);
        let sole = lead.pillars.len() == 1 && lead.pillars.iter().all(|pillar| pillar.rows.len() > 1);
        let names: Vec<String> =
            if sole { names.iter().map(|name| format!("group {name}")).collect() } else { names };
        match names.as_slice() {
            [] => Vec::new(),
            [one] => vec![format!("leave out {one} and it is lost or shared"), format!("rests on {one}")],
            some if some.len() <= MOST_BESIDE => vec![
                format!("leave out {} and it is lost or shared", either(some)),
                format!("rests on each of {}", list(some)),
            ],
            _ => Vec::new(),
        }
    }

    /// Returns the names of the items and groups that each end the lead.
    pub(super) fn pillars(self, pillars: &[Pillar]) -> Vec<String> {
        // Among items a group is called one.
        let called = if pillars.iter().all(|pillar| pillar.rows.len() > 1) { "" } else { "group " };
        let name = |pillar: &Pillar| match pillar.rows.as_slice() {
            [row] => self.item_id(*row).to_owned(),
            rows => format!("{called}{}", rows.first().map_or("", |row| self.group_name(*row))),
        };
        pillars.iter().map(name).collect()
    }

    /// Says who leads after a change, as the end of a sentence.
    #[must_use]
    pub fn who_leads(self, leaders: &[usize]) -> String {
        // Names may be in the plural.
        let goes_to = |leader| format!("the lead goes to {}", self.names(&[leader]));
        self.leading(leaders, goes_to, || self.names(leaders))
    }

    /// Like `who_leads`, but by the short names of hypotheses.
    pub(super) fn who_leads_shortly(self, leaders: &[usize]) -> String {
        let headers = || leaders.iter().map(|leader| self.header(*leader)).collect::<Vec<_>>();
        self.leading(
            leaders,
            |leader| format!("{} leads", self.header(leader)),
            || some(&headers(), MOST_BESIDE),
        )
    }

    fn leading(
        self,
        leaders: &[usize],
        alone: impl Fn(usize) -> String,
        names: impl Fn() -> String,
    ) -> String {
        match leaders {
            [] => "nothing is left to rank".to_owned(),
            [leader] => alone(*leader),
            [_, _] if self.competing().len() == 2 => "both are level".to_owned(),
            all if all.len() == self.competing().len() => "all are level".to_owned(),
            _ => format!("{} share the lead", names()),
        }
    }

    /// Returns the short name of a hypothesis.
    pub(super) fn header(self, hypothesis: usize) -> &'a str {
        self.scenario.hypotheses.get(hypothesis).map_or("", |h| h.header())
    }

    /// Returns the ids of these rows.
    pub(super) fn ids(self, rows: &[usize]) -> Vec<&'a str> {
        rows.iter().map(|row| self.item_id(*row)).collect()
    }

    fn item(self, row: usize) -> Option<&'a Evidence> {
        self.scenario.evidence.get(*self.matrix.items().get(row)?)
    }

    /// Returns the id of the item of a row.
    pub(super) fn item_id(self, row: usize) -> &'a str {
        self.item(row).map_or("", |item| item.id.as_str())
    }

    /// Counts items, and groups that count as one.
    pub(super) fn how_many(self, removal: &Removal) -> String {
        let groups = self.groups(removal).len();
        counted(removal.units - groups, groups)
    }

    /// Returns the names of the units of a removal: ids of items, and groups.
    pub(super) fn units(self, removal: &Removal) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(removal.units);
        let groups = self.groups(removal);
        let mut named: Vec<usize> = Vec::with_capacity(groups.len());
        // Among items a group is called one.
        let called = if groups.len() == removal.units { "" } else { "group " };
        for &row in &removal.rows {
            match self.matrix.group(row).filter(|group| groups.contains(group)) {
                None => names.push(self.item_id(row).to_owned()),
                Some(group) if !named.contains(&group) => {
                    named.push(group);
                    names.push(format!("{called}{}", self.group_name(row)));
                }
                Some(_) => {}
            }
        }
        names
    }

    /// Lists the first units of a removal, and counts the rest.
    pub(super) fn some_units(self, removal: &Removal, most: usize) -> String {
        some(&self.units(removal), most)
    }

    /// Like `some_units`, but says whether they are groups.
    pub(super) fn some_called_units(self, removal: &Removal, most: usize) -> String {
        let units = self.some_units(removal, most);
        match self.groups(removal).len() {
            groups if groups < removal.units => units,
            1 => format!("the group {units}"),
            _ => format!("the groups {units}"),
        }
    }

    /// Returns the groups of which several items are removed as one unit.
    fn groups(self, removal: &Removal) -> Vec<usize> {
        if removal.units == removal.rows.len() {
            return Vec::new();
        }
        let shared = removal.rows.iter().filter(|row| self.matrix.group(**row).is_some());
        let mut groups: Vec<usize> = shared.filter_map(|row| self.matrix.group(*row)).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    fn group_name(self, row: usize) -> &'a str {
        self.item(row).and_then(|item| item.group.as_deref()).unwrap_or_default()
    }
}

/// Returns `a or b`, or `a, b or c`.
fn either(names: &[String]) -> String {
    match names {
        [start @ .., last] if !start.is_empty() => format!("{} or {last}", start.join(", ")),
        _ => names.concat(),
    }
}

/// Returns `2 items and 1 group`.
fn counted(items: usize, groups: usize) -> String {
    list(&counts([(items, "item", "items"), (groups, "group", "groups")]))
}
