//! The bottom line: the analysts' conclusion, what the ratings say, how firm that is, and what would overturn it.

use super::BriefingReport;
use super::block::{Block, BulletList, Inline, Sentence, Voice, joined, say, stress};
use super::lead::spelled_count;
use super::wording::{of_hundred, rating_words};
use crate::engine::{Overturn, Pillar, Sensitivity, Without};
use crate::present::conclusion::note;
use crate::present::words::{capitalized, count, decimal, rounded, spelled, thousands};

/// Points of each list.
const MOST_POINTS: usize = 3;

impl BriefingReport<'_> {
    /// Returns the blocks of the section.
    pub(super) fn finding(&self) -> Vec<Block<'_>> {
        let mut blocks = vec![match self.scored.scenario.conclusion.as_deref() {
            Some(conclusion) => Block::Quotation(conclusion),
            None => Block::aside("Nobody has written a conclusion yet."),
        }];
        blocks.push(Block::heading("What the ratings say"));
        let proviso = joined([self.scored.conclusion().proviso()]);
        blocks.push(Block::Paragraph(Voice::Lead, self.bottom_line()));
        if self.is_provisional() {
            let mut said = proviso;
            said.extend(self.stopping_rule());
            blocks.push(Block::Paragraph(Voice::Reservation, said));
        }
        blocks.extend(
            note(self.scored.scenario).map(|note| Block::Paragraph(Voice::Reservation, joined([note]))),
        );
        let lists = [
            BulletList { heading: "How firm is it?", points: self.how_firm() },
            BulletList { heading: "What does it rest on?", points: self.rests_on() },
            BulletList { heading: "What would overturn it?", points: self.overturning() },
        ];
        let lists: Vec<_> = lists.into_iter().filter(|list| !list.points.is_empty()).collect();
        if !lists.is_empty() {
            blocks.push(Block::Lists(lists));
        }
        let caveat = "This ranks judgements; it proves none of the hypotheses.";
        blocks.push(Block::aside(caveat));
        blocks
    }

    /// Says who leads, by other counts too, and how firm that is.
    pub(super) fn bottom_line(&self) -> Sentence<'_> {
        let mut said: Sentence<'_> = Vec::new();
        if self.is_provisional() {
            said.push(stress("Provisional."));
        }
        for sentence in [self.lead(), self.other_counts(), self.fragility()] {
            if !said.is_empty() && !sentence.is_empty() {
                said.push(say(" "));
            }
            said.extend(sentence);
        }
        said
    }

    /// Whether the conclusion is provisional.
    pub(super) fn is_provisional(&self) -> bool {
        self.scored.conclusion().is_provisional()
    }

    /// Says whether rating on can still change who leads.
    fn stopping_rule(&self) -> Option<Inline<'static>> {
        let blanks = match self.next.blanks {
            0 => return None,
            1 => "the blank cell".to_owned(),
            several => format!("the {} blank cells", thousands(several)),
        };
        self.next.settled.map(|settled| {
            say(if settled {
                format!(" Filling {blanks} cannot change who leads.")
            } else {
                format!(" Filling {blanks} could change who leads.")
            })
        })
    }

    /// Says whether one item or one step is enough to change who leads.
    pub(super) fn fragility(&self) -> Sentence<'_> {
        let Some(found) = self.contested() else { return Vec::new() };
        let steps = found.critical_cells.iter().filter(|cell| cell.steps == 1).count();
        let all = count(self.scored.matrix.items().len(), "item", "items");
        if found.leaders.len() > 1 {
            let does = "puts one of them alone in front or another ahead";
            return match (found.critical_items.len(), steps) {
                (0, 0) => vec![say("No single item and no single step changes who leads.")],
                (0, steps) => {
                    vec![say(format!("{}, moved one step, {does}.", capitalized(&step_subject(steps))))]
                }
                (1, _) => vec![say(format!("One of the {all}, left out by itself, {does}."))],
                (items, _) => vec![say(format!("Each of {items} of the {all}, left out by itself, {does}."))],
            };
        }
        let pillars = found.lead.as_ref().map_or(&[][..], |lead| &lead.pillars);
        let groups = pillars.iter().filter(|pillar| pillar.rows.len() > 1).count();
        let alone = ", left out by itself, makes it lost or shared";
        let subject = match (pillars.len() - groups, groups) {
            (0, 0) => None,
            (1, 0) => Some(format!("one of the {all}{alone}")),
            (items, 0) => Some(format!("each of {items} of the {all}{alone}")),
            (0, 1) => Some(format!("one group of items{alone}")),
            (0, groups) => Some(format!("each of {groups} groups{alone}")),
            (items, groups) => Some(format!(
                "{} of the {all} and {}, each left out by itself, make it lost or shared",
                spelled(items),
                spelled_count(groups, "group", "groups"),
            )),
        };
        let fragile = stress("The lead is fragile: ");
        match (subject, steps) {
            (None, 0) => self.firm(found),
            (None, steps) => {
                let subject = step_subject(steps);
                vec![fragile, say(format!("{subject}, moved one step, makes it lost or shared."))]
            }
            (Some(subject), 0) => vec![fragile, say(format!("{subject}."))],
            (Some(subject), steps) => {
                vec![fragile, say(format!("{subject}; so does {}, moved one step.", step_subject(steps)))]
            }
        }
    }

    /// Says that no single item or step ends the lead, and what would.
    fn firm(&self, found: &Sensitivity<'_>) -> Sentence<'_> {
        let mut said = vec![say("No single item and no single step changes who leads.")];
        match self.nearest(found) {
            Some(overturn) => {
                said.push(say(" "));
                said.extend(self.enough_to_reject(overturn));
            }
            None => said.push(say(" Rejecting items alone puts nobody else ahead.")),
        }
        said
    }

    /// Returns the challenger that is put ahead by rejecting the fewest items.
    fn nearest<'b>(&self, found: &'b Sensitivity<'_>) -> Option<&'b Overturn> {
        let overturns = found.overturn.iter().flatten().filter(|overturn| overturn.overturn.is_some());
        overturns.min_by_key(|overturn| overturn.overturn.as_ref().map(|removal| removal.units))
    }

    /// Says which items it would be enough to reject to put a challenger ahead.
    fn enough_to_reject(&self, overturn: &Overturn) -> Sentence<'_> {
        let mut said = vec![say("It would be enough to reject ")];
        said.extend(self.rejecting(overturn));
        said.push(say(format!(" for {} to be ahead", self.names(&[overturn.challenger]))));
        said.extend(self.leading_then(overturn));
        said.push(say("."));
        said
    }

    /// Names the items to reject to put a challenger ahead.
    pub(super) fn rejecting(&self, overturn: &Overturn) -> Sentence<'_> {
        let Some(removal) = &overturn.overturn else { return Vec::new() };
        let mut said = Vec::new();
        match &overturn.any_of {
            Some(any) if any.units == any.rows.len() => {
                said.push(say(format!("any {} of ", spelled(removal.units))));
                said.extend(self.items(&any.rows));
            }
            _ => said.extend(self.items(&removal.rows)),
        }
        if removal.is_premise {
            let alone = if removal.rows.len() == 1 { ", taken by itself" } else { ", taken by themselves" };
            said.push(say(alone));
        }
        said
    }

    /// Says who leads once these items are rejected, where that is not the challenger alone.
    pub(super) fn leading_then(&self, overturn: &Overturn) -> Option<Inline<'static>> {
        let after = overturn.leaders_after.as_deref()?;
        (after != [overturn.challenger]).then(|| say(format!("; then {}", self.would_lead(after))))
    }

    /// Returns the what-ifs where somebody leads over another.
    pub(super) fn contested(&self) -> Option<&Sensitivity<'_>> {
        let found = self.sensitivity.found()?;
        (!found.leaders.is_empty() && self.scored.matrix.competing(self.scored.method).nth(1).is_some())
            .then_some(found)
    }

    fn how_firm(&self) -> Vec<Sentence<'_>> {
        let mut points = Vec::new();
        points.extend(self.re_rating());
        let margin = self.scored.ranking.margin.filter(|_| self.scored.method.is_additive());
        points.extend(margin.map(|margin| {
            vec![say(format!(
                "The next is {} behind. An item of ordinary weight counts 1.00 for each step of its rating.",
                decimal(margin)
            ))]
        }));
        points
    }

    /// Says how often who is first if each rating may be a step off.
    pub(super) fn re_rating(&self) -> Option<Sentence<'_>> {
        let figures = self.robustness.figures();
        if figures.hypotheses.len() < 2 {
            return None;
        }
        let mut order: Vec<usize> = (0..figures.hypotheses.len()).collect();
        let of = |shares: &[f64], place: usize| shares.get(place).copied().unwrap_or_default();
        order.sort_by(|x, y| of(&figures.alone, *y).total_cmp(&of(&figures.alone, *x)));
        let said: Vec<String> = order
            .iter()
            .take(2)
            .enumerate()
            .filter_map(|(nth, place)| {
                let name = self.names(&[*figures.hypotheses.get(*place)?]);
                let (alone, level) = (of(&figures.alone, *place), of(&figures.level, *place));
                let level =
                    if level > 0.0 { format!(" and level in {}", of_hundred(level)) } else { String::new() };
                Some(if nth == 0 {
                    format!("{name} is alone first in {} of 100 re-ratings{level}", of_hundred(alone))
                } else {
                    format!("{name} in {}{level}", of_hundred(alone))
                })
            })
            .collect();
        Some(vec![say(format!(
            "If each rating may be a step off ({} of {} move at once, on average), {}. That is not the chance that it \
             is true.",
            rounded(figures.moving, 1),
            thousands(figures.cells),
            said.join(", ")
        ))])
    }

    fn rests_on(&self) -> Vec<Sentence<'_>> {
        let Some(found) = self.contested() else { return Vec::new() };
        let changes = |without: &Without| without.leaders != found.leaders;
        let sources = found.without_source.iter().filter(|(_, without)| changes(without)).count();
        let mut points: Vec<Sentence<'_>> = Vec::new();
        match (sources, found.without_source.len()) {
            (_, 0) => points.push(vec![say("No item names a source.")]),
            (0, all) => points.push(vec![say(format!(
                "No source alone decides: without what any one of the {} alone reports, the lead stays.",
                count(all, "source", "sources")
            ))]),
            (telling, all) => points.push(vec![say(format!(
                "Without what {} of the {} alone reports, others are in front.",
                if telling == 1 { "one".to_owned() } else { format!("each of {}", spelled(telling)) },
                count(all, "source", "sources")
            ))]),
        }
        points.extend(self.sensitivity.subsets(found).into_iter().map(|sentence| joined([sentence])));
        points.truncate(MOST_POINTS);
        points
    }

    /// Says what would put others ahead, the least first.
    fn overturning(&self) -> Vec<Sentence<'_>> {
        let Some(found) = self.contested() else { return Vec::new() };
        let mut points = Vec::new();
        for (pillars, after) in self.by_outcome(found) {
            let mut said = vec![say("Without ")];
            said.extend(self.pillars(&pillars));
            said.push(say(format!(": {}.", self.would_lead(after))));
            points.push(said);
        }
        if points.len() < MOST_POINTS
            && let Some(overturn) = self.nearest(found)
            && overturn.overturn.as_ref().is_some_and(|removal| removal.units > 1 || points.is_empty())
        {
            points.push(self.enough_to_reject(overturn));
        }
        if points.len() < MOST_POINTS {
            points.extend(self.first_step(found));
        }
        points.truncate(MOST_POINTS);
        points
    }

    /// Says which rating, moved one step, changes who leads.
    fn first_step(&self, found: &Sensitivity<'_>) -> Option<Sentence<'_>> {
        let (cell, _) = *self.critical_steps(found).first()?;
        let (at, _) = self.item(cell.row)?;
        Some(vec![
            say("If "),
            self.item_number(at, "item "),
            say(format!(
                " were rated {} for {}, not {}: {}.",
                rating_words(Some(cell.to)),
                self.names(&[cell.hypothesis]),
                rating_words(Some(cell.rating)),
                self.would_lead(&cell.leaders_after)
            )),
        ])
    }

    /// Groups the items and groups that each end the lead by who would lead then.
    pub(super) fn by_outcome<'b>(&self, found: &'b Sensitivity<'_>) -> Vec<(Vec<Pillar>, &'b [usize])> {
        let mut outcomes: Vec<(Vec<Pillar>, &'b [usize])> = Vec::new();
        let mut add = |pillar: Pillar, after: &'b [usize]| {
            let is_group = pillar.rows.len() > 1;
            let fits = |(pillars, leaders): &&mut (Vec<Pillar>, &[usize])| {
                *leaders == after && !is_group && pillars.iter().all(|other| other.rows.len() == 1)
            };
            match outcomes.iter_mut().find(fits) {
                Some((pillars, _)) => pillars.push(pillar),
                None => outcomes.push((vec![pillar], after)),
            }
        };
        match &found.lead {
            Some(lead) => lead.pillars.iter().for_each(|pillar| add(pillar.clone(), &pillar.leaders_after)),
            None => found
                .critical_items
                .iter()
                .for_each(|item| add(Pillar::from(item.clone()), &item.leaders_after)),
        }
        // Those that put another in front come first.
        outcomes.sort_by_key(|(_, after)| after.len() != 1);
        outcomes
    }

    /// Names items and groups by the numbers of their items.
    pub(super) fn pillars(&self, pillars: &[Pillar]) -> Sentence<'_> {
        let rows: Vec<usize> = pillars.iter().flat_map(|pillar| pillar.rows.iter().copied()).collect();
        match pillars {
            [group] if group.rows.len() > 1 => {
                let name = group.rows.first().and_then(|row| self.item(*row)?.1.group.as_deref());
                let mut said = vec![say(format!("the group \u{201c}{}\u{201d} (", name.unwrap_or_default()))];
                said.extend(self.items(&rows));
                said.push(say(")"));
                said
            }
            [_] => self.items(&rows),
            _ => {
                let mut said = vec![say("any one of ")];
                said.extend(self.items(&rows));
                said
            }
        }
    }
}

/// Counts the judgements of which each is enough.
fn step_subject(steps: usize) -> String {
    if steps == 1 { "one judgement".to_owned() } else { format!("each of {steps} judgements") }
}
