//! Reads versions of one file, which share nearly all of their text: each evidence item is read once, however
//! many versions have it.
//!
//! This is a shortcut for the usual layout, with each item in its own block of lines. Any other layout, and
//! any version with errors, is left to [`read`](super::read()).

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::{Reading, read};
use crate::scenario::{Evidence, HypothesisId, MAX_EVIDENCE, Scenario};

/// The most items kept. A history in which every version has new items starts over.
const MOST_ITEMS: usize = 200_000;
/// The first line of an item.
const HEADER: &str = "[[evidence]]";

/// Reads versions of one file.
#[derive(Debug, Default)]
pub struct HistoryReader {
    /// The columns of the rows of `items`.
    hypotheses: Vec<HypothesisId>,
    /// Items by their text.
    items: HashMap<String, Rc<Evidence>>,
    /// The version read last.
    last: Option<LastVersion>,
}

/// A version that has been read: its text, and the runs of lines in it.
#[derive(Debug)]
struct LastVersion {
    text: String,
    parts: Vec<KnownPart>,
}

/// The place of a run of lines, and the item that it is.
type KnownPart = (Range<usize>, Option<Rc<Evidence>>);

/// A run of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stretch<'t> {
    /// One evidence item with its ratings.
    Item(&'t str),
    /// Any other text.
    Other(&'t str),
}

/// A run of lines, and what is known of it.
enum Part<'t> {
    /// An item that has been read.
    Known(&'t str, Rc<Evidence>),
    /// An item that has to be read.
    New(&'t str),
    /// Any other text.
    Other(&'t str),
}

impl HistoryReader {
    /// Returns the scenario of a version. `None` if its layout or its errors require reading it as a whole.
    pub fn read(&mut self, text: &str) -> Option<Scenario> {
        let last = self.last.take();
        let parts = self.parts(text, last.as_ref())?;
        let mut rest = String::new();
        let mut new = Vec::new();
        for part in &parts {
            match part {
                Part::Known(..) => {}
                Part::New(lines) => {
                    new.push(*lines);
                    rest.push_str(lines);
                }
                Part::Other(lines) => rest.push_str(lines),
            }
        }
        let Reading { scenario, .. } = read(rest.into_bytes());
        let mut scenario = scenario?;
        if !scenario.hypotheses.iter().map(|hypothesis| &hypothesis.id).eq(&self.hypotheses) {
            let is_whole = self.items.is_empty();
            self.hypotheses = scenario.hypotheses.iter().map(|hypothesis| hypothesis.id.clone()).collect();
            self.items.clear();
            if !is_whole {
                return self.read(text);
            }
        }
        if scenario.evidence.len() != new.len() || self.items.len() + new.len() > MOST_ITEMS {
            self.items.clear();
            return None;
        }
        let mut fresh = std::mem::take(&mut scenario.evidence).into_iter();
        let mut known = Vec::with_capacity(parts.len());
        let mut start = 0;
        for part in parts {
            let (lines, item) = match part {
                Part::Known(lines, item) => (lines, Some(item)),
                Part::New(lines) => {
                    let item = Rc::new(fresh.next()?);
                    self.items.insert(lines.to_owned(), Rc::clone(&item));
                    (lines, Some(item))
                }
                Part::Other(lines) => (lines, None),
            };
            scenario.evidence.extend(item.as_deref().cloned());
            known.push((start..start + lines.len(), item));
            start += lines.len();
        }
        let ids: HashSet<_> = scenario.evidence.iter().map(|item| &item.id).collect();
        let is_valid = ids.len() == scenario.evidence.len() && ids.len() <= MAX_EVIDENCE;
        self.last = Some(LastVersion { text: text.to_owned(), parts: known });
        is_valid.then_some(scenario)
    }

    /// Splits a version into its parts. Those at its start and end that the last version has too are taken from there.
    fn parts<'t>(&self, text: &'t str, last: Option<&LastVersion>) -> Option<Vec<Part<'t>>> {
        let (head, tail) = last.map_or((&[][..], &[][..]), |last| last.shared(text));
        let length = |parts: &[KnownPart]| parts.iter().map(|(lines, _)| lines.len()).sum::<usize>();
        let (start, end) = (length(head), text.len() - length(tail));
        let middle = stretches(text.get(start..end)?)?.into_iter().map(|stretch| match stretch {
            Stretch::Item(lines) => {
                self.items.get(lines).map_or(Part::New(lines), |item| Part::Known(lines, Rc::clone(item)))
            }
            Stretch::Other(lines) => Part::Other(lines),
        });
        let mut parts = Vec::with_capacity(head.len() + tail.len() + 1);
        take(text, 0, head, &mut parts)?;
        parts.extend(middle);
        take(text, end, tail, &mut parts)?;
        Some(parts)
    }
}

/// Adds parts of the last version, which begin at `at` in this one.
fn take<'t>(text: &'t str, mut at: usize, known: &[KnownPart], parts: &mut Vec<Part<'t>>) -> Option<()> {
    for (lines, item) in known {
        let lines = text.get(at..at + lines.len())?;
        at += lines.len();
        parts.push(item.as_ref().map_or(Part::Other(lines), |item| Part::Known(lines, Rc::clone(item))));
    }
    Some(())
}

impl LastVersion {
    /// Returns the parts at the start and at the end that another version has too. A part ends where the header after it
    /// begins, so the last one at the start is left out: the header after it may be another.
    fn shared(&self, text: &str) -> (&[KnownPart], &[KnownPart]) {
        let (old, new) = (self.text.as_bytes(), text.as_bytes());
        let same = |(one, other): &(&u8, &u8)| one == other;
        let start = old.iter().zip(new).take_while(same).count();
        let room = old.len().min(new.len()) - start;
        let end = old.iter().rev().zip(new.iter().rev()).take(room).take_while(same).count();
        let head = self.parts.iter().take_while(|(lines, _)| lines.end <= start).count().saturating_sub(1);
        // The line break before a header is shared too.
        let tail = self.parts.iter().rev().take_while(|(lines, _)| lines.start > old.len() - end).count();
        let (parts, tail) = self.parts.split_at(self.parts.len() - tail);
        (parts.get(..head).unwrap_or_default(), tail)
    }
}

/// Splits a text before each header that is not part of the same item. `None` where a line may only look like
/// a header, or where a table of an item may be elsewhere in the file.
fn stretches(text: &str) -> Option<Vec<Stretch<'_>>> {
    if text.contains("\"\"\"") || text.contains("'''") {
        return None;
    }
    let mut stretches = Vec::new();
    let (mut start, mut in_item, mut at) = (0, false, 0);
    let mut end = |range: std::ops::Range<usize>, is_item: bool| {
        let lines = text.get(range).filter(|lines| !lines.is_empty());
        stretches
            .extend(lines.map(|lines| if is_item { Stretch::Item(lines) } else { Stretch::Other(lines) }));
    };
    for line in text.split_inclusive('\n') {
        if line.starts_with([' ', '\t']) && line.trim_start().starts_with('[') {
            return None;
        }
        if let Some(key) = line.strip_prefix('[') {
            let key = key.strip_prefix('[').unwrap_or(key);
            if !key.starts_with(|c: char| c.is_ascii_alphabetic()) {
                return None;
            }
            let begins = line.trim_end() == HEADER;
            let belongs = key.starts_with("evidence");
            if begins || !belongs {
                end(start..at, in_item);
                (start, in_item) = (at, begins);
            } else if !in_item {
                return None;
            }
        }
        at += line.len();
    }
    end(start..at, in_item);
    Some(stretches)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::History;
    use crate::document::edit::intention;
    use crate::document::testing::{self, Dice};
    use crate::scenario::generate;

    const FILE: &str = "ach = 1\ntitle = \"t\"\n\n[[hypothesis]]\nid = \"a\"\nname = \"A\"\n\n[[hypothesis]]\nid = \"b\"\nname = \"B\"\n\n\
        [[evidence]]\nid = \"x\"\ntext = \"X\"\n\n[evidence.ratings]\na = \"C\"\n\n[[evidence]]\nid = \"y\"\ntext = \"Y\"\n\
        [evidence.ratings]\nb = \"I\"\n\n[[indicator]]\nid = \"i\"\ntext = \"I\"\n";

    fn whole(text: &str) -> Option<Scenario> {
        read(text.as_bytes().to_vec()).scenario
    }

    #[test]
    fn what_changed_is_read_and_the_rest_is_known() {
        let mut reader = HistoryReader::default();
        let versions = [
            (FILE.to_owned(), 2),
            (FILE.replace("\"C\"", "\"II\""), 3),
            (FILE.replace("\"X\"", "\"Z\"").replace("\"C\"", "\"II\""), 4),
            // The same item, elsewhere, with the same columns.
            (FILE.replace("[[indicator]]", "[[evidence]]\nid = \"z\"\ntext = \"Z\"\n\n[[indicator]]"), 5),
            // The columns trade places.
            (FILE.replace("\"a\"", "\"c\"").replace("\"b\"", "\"a\"").replace("\"c\"", "\"b\""), 2),
        ];
        for (text, known) in versions {
            let read = reader.read(&text);
            assert!(read.is_some(), "{text}");
            assert_eq!(read, whole(&text), "{text}");
            assert_eq!(reader.items.len(), known, "{text}");
        }
    }

    #[test]
    fn what_is_no_scenario_as_a_whole_is_none_in_parts() {
        let mut reader = HistoryReader::default();
        assert!(reader.read(FILE).is_some());
        let item = FILE.split_at(FILE.find("[[evidence]]").unwrap()).1;
        for text in [
            format!("{FILE}{item}"),
            FILE.replace("[[indicator]]", "[evidence.ratings]\na = \"N\"\n[[indicator]]"),
            FILE.replace("name = \"B\"", "name = \"\"\"\n[[evidence]]\n\"\"\""),
            FILE.replace("[[indicator]]\n", "[[indicator]]\n[evidence.ratings]\n"),
            FILE.replace("name = \"B\"", "name = \"B"),
            FILE.replace("[[hypothesis]]\nid = \"b\"\nname = \"B\"\n", ""),
        ] {
            let read = reader.read(&text);
            assert!(read.is_none() || read == whole(&text), "{text}");
        }
    }

    #[test]
    fn what_follows_an_item_under_an_indented_header_is_not_part_of_it() {
        let mut reader = HistoryReader::default();
        let text = FILE.replace("[[indicator]]", "  [[indicator]]");
        for version in [text.clone(), text.replace("\"C\"", "\"N\"")] {
            let read = reader.read(&version);
            assert!(read.is_none() || read == whole(&version), "{version}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_version_reads_as_it_would_alone(seed: u64) {
            let mut dice = Dice::new(seed);
            let scenario = dice.draw(generate::scenario());
            let text = testing::layout(&mut dice, &scenario);
            let reading = read(text.into_bytes());
            let mut history = History::new(reading.document, reading.scenario.unwrap());
            let mut reader = HistoryReader::default();
            for _ in 0..8 {
                let changes = intention(&mut dice, history.scenario());
                history.apply(&changes).unwrap();
                let text = history.document().text();
                if let Some(read) = reader.read(text) {
                    prop_assert_eq!(&read, history.scenario(), "{}", text);
                }
            }
        }
    }
}
