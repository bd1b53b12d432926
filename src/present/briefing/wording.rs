//! Words that several sections of a briefing share: ratings, dates, numbered items, and who would lead.

use super::block::{Inline, LinkTo, Sentence, link, say};
use super::{BriefingReport, SectionName};
pub(super) use crate::present::words::ordinal;
use crate::present::words::rating_name;
use crate::scenario::{Date, Day, Evidence, Kind, Level, Rating, Reliability, Searched};

/// Items listed in a sentence.
pub(super) const MOST_ITEMS_NAMED: usize = 6;

/// Returns a rating in words.
pub(super) fn rating_words(rating: Option<Rating>) -> &'static str {
    rating.map_or("not rated", rating_name)
}

/// Returns a rating and its confidence in words.
pub(super) fn judgement_words(rating: Option<Rating>, confidence: Option<Level>) -> String {
    let confidence = confidence.map(|level| format!(", {level} confidence")).unwrap_or_default();
    format!("{}{confidence}", rating_words(rating))
}

/// Returns the word before the text of an item that says what sort of statement it is; empty for a fact.
pub(super) fn label(item: &Evidence) -> &'static str {
    match (item.kind(), item.searched()) {
        (Kind::Fact, _) => "",
        (Kind::Assumption, _) => "Assumption:",
        (Kind::Argument, _) => "Argument:",
        (Kind::Absence, None | Some(Searched::Full)) => "Not found:",
        (Kind::Absence, Some(Searched::Partial)) => "Not found, searched in part:",
        (Kind::Absence, Some(Searched::None)) => "Not found, but not searched for:",
    }
}

/// Returns the reliability of a source in words.
pub(super) const fn reliability_words(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "completely reliable",
        Reliability::B => "usually reliable",
        Reliability::C => "fairly reliable",
        Reliability::D => "not usually reliable",
        Reliability::E => "unreliable",
        Reliability::F => "reliability cannot be judged",
    }
}

/// Returns a day as `4 December 2025`.
pub(super) fn day_words(day: Day) -> String {
    date_words(Date::Day(day))
}

/// Returns a date as `4 December 2025`, `December 2025` or `2025`.
pub(super) fn date_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = date.to_string();
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default().trim_start_matches('0');
    let month = parts.next().and_then(|month| MONTHS.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    let day = parts.next().map(|day| format!("{} ", day.trim_start_matches('0')));
    month.map_or_else(|| year.to_owned(), |month| format!("{}{month} {year}", day.unwrap_or_default()))
}

/// Returns how many of 100 a share is: whole, but never 0 or 100 for what is not.
pub(super) fn of_hundred(share: f64) -> String {
    match format!("{:.0}", 100.0 * share) {
        text if text == "0" && share > 0.0 => "<1".to_owned(),
        text if text == "100" && share < 1.0 => ">99".to_owned(),
        text => text,
    }
}

impl<'a> BriefingReport<'a> {
    /// Lists the full names of hypotheses, or counts them.
    pub(super) fn names(&self, hypotheses: &[usize]) -> String {
        self.scored.conclusion().names(hypotheses)
    }

    /// Says who would lead after a change, as a clause.
    pub(super) fn would_lead(&self, leaders: &[usize]) -> String {
        match leaders {
            [] => "nothing would be left to rank".to_owned(),
            [_] => format!("{} would lead", self.names(leaders)),
            all if all.len() == self.scored.matrix.competing(self.scored.method).count() => {
                if all.len() == 2 {
                    "both would be level".to_owned()
                } else {
                    format!("all {} would be level", all.len())
                }
            }
            _ => format!("{} would share the lead", self.names(leaders)),
        }
    }

    /// Returns an item by its number, as a link to its entry where the briefing has one.
    pub(super) fn item_number(&self, at: usize, prefix: &'static str) -> Inline<'a> {
        let text = format!("{prefix}{}", at + 1);
        match self.scored.scenario.evidence.get(at) {
            Some(item) if self.is_wanted(SectionName::Evidence) && self.is_listed(at) => {
                link(text, LinkTo::Item(item.id.as_str()))
            }
            _ => say(text),
        }
    }

    /// Names the items of rows of the matrix by their numbers: `items 3, 7 and 12`.
    pub(super) fn items(&self, rows: &[usize]) -> Sentence<'a> {
        let numbers: Vec<usize> = rows.iter().filter_map(|row| Some(self.item(*row)?.0)).collect();
        let shown = numbers.len().min(if numbers.len() == MOST_ITEMS_NAMED + 1 {
            numbers.len()
        } else {
            MOST_ITEMS_NAMED
        });
        let mut said = Vec::new();
        for (place, at) in numbers.iter().take(shown).enumerate() {
            let prefix = match (place, numbers.len()) {
                (0, 1) => "item ",
                (0, _) => "items ",
                _ => "",
            };
            if place > 0 {
                let is_last = place + 1 == numbers.len();
                said.push(say(if is_last { " and " } else { ", " }));
            }
            said.push(self.item_number(*at, prefix));
        }
        if shown < numbers.len() {
            said.push(say(format!(" and {} more", numbers.len() - shown)));
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_in_words() {
        let words = |text| date_words(Date::parse(text).unwrap());
        assert_eq!(words("2025-12-04"), "4 December 2025");
        assert_eq!(words("2024-01"), "January 2024");
        assert_eq!(words("0921"), "921");
    }

    #[test]
    fn numbers_are_spelled_as_places_and_shares() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
        assert_eq!([0.0, 0.001, 0.398, 0.999, 1.0].map(of_hundred).join(" "), "0 <1 40 >99 100");
    }
}
