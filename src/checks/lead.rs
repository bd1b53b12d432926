//! The shared part of the checks on a lead: whether there is one, and what it depends on.

use super::phrase::{NAMED, listed};
use super::{Check, Context};
use crate::diagnostic::Diagnostic;
use crate::engine::WhatIf;
use crate::scenario::Subject;

/// A sole leader over others.
#[derive(Debug)]
pub(super) struct Lead<'a> {
    context: &'a Context<'a>,
    pub(super) leader: usize,
    pub(super) what_if: WhatIf<'a>,
}

impl<'a> Lead<'a> {
    /// Returns the lead under the scenario's own method; `None` if several lead, or one unopposed.
    pub(super) fn of(context: &'a Context<'a>) -> Option<Self> {
        let &[leader] = context.ranking.leaders.as_slice() else { return None };
        let is_opposed = context.matrix.competing(context.ranking.method).count() > 1;
        let what_if = WhatIf::new(&context.matrix, context.ranking.method)?;
        is_opposed.then_some(Self { context, leader, what_if })
    }

    /// Whether these leaders are others.
    pub(super) fn is_lost(&self, leaders_after: &[usize]) -> bool {
        leaders_after != [self.leader]
    }

    /// Returns `the lead of h0 hangs on WHAT: without THEM h1 leads`.
    pub(super) fn hangs_on(&self, what: &str, them: &str, leaders_after: &[usize]) -> String {
        format!("{} {what}: without {them} {}", self.hangs(), self.who_leads(leaders_after))
    }

    /// Returns `the lead of h0 hangs on each of WHICH: a, b and c`.
    pub(super) fn hangs_on_any(&self, which: &str, names: &[&str]) -> String {
        format!("{} each of {} {which}: {}", self.hangs(), names.len(), listed(names))
    }

    fn hangs(&self) -> String {
        format!("the lead of {} hangs on", self.context.id(self.leader))
    }

    pub(super) fn who_leads(&self, leaders: &[usize]) -> String {
        if leaders.is_empty() {
            return "nothing is left to rank".to_owned();
        }
        let ids: Vec<&str> = leaders.iter().map(|leader| self.context.id(*leader)).collect();
        format!("{} {}", listed(&ids), if ids.len() == 1 { "leads" } else { "share the lead" })
    }
}

/// Returns one finding at the first of these places, labelling as many others as a message names.
pub(super) fn finding(
    check: Check,
    message: String,
    help: &str,
    places: impl IntoIterator<Item = Subject>,
    others: &str,
) -> Vec<Diagnostic> {
    let mut places = places.into_iter().take(NAMED);
    let found = places.next().map(|first| check.finding(first, message).help(help));
    found.map(|found| places.fold(found, |found, place| found.also(place, others))).into_iter().collect()
}
