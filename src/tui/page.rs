//! Pages: panels that are lists, whose entries lead to places and can do something.
//!
//! A page is made when what it tells of has changed and kept in the state, so that drawing it costs nothing but the
//! lines in view. Knows what is said, never how wide a panel is.

use crate::change::Change;
use crate::present::target::ids;
use crate::present::{Cell, Listing, ListingEntry, Phrase, Sign, Tone, marked};
use crate::scenario::{EvidenceId, HypothesisId, ItemKind, Scenario, Subject};

/// A panel's text in paragraphs, and what the entries among them lead to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) entries: Vec<Lead>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) text: Vec<Phrase<'static>>,
    /// Columns before it.
    pub(crate) indent: u16,
    /// Whether it is cut at the end of the line rather than wrapped.
    pub(crate) is_cut: bool,
    /// The entry that it belongs to.
    pub(crate) entry: Option<usize>,
}

/// What an entry leads to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lead {
    pub(crate) goal: Option<Goal>,
    /// The changes that it tells of, in their order.
    pub(crate) changes: Vec<Change>,
}

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Cell(EvidenceId, HypothesisId),
    /// An item of a kind, by its id.
    Item(ItemKind, String),
}

impl Goal {
    /// Where a subject can be seen.
    pub(crate) fn of(scenario: &Scenario, subject: Subject) -> Option<Self> {
        match subject {
            Subject::Cell { evidence, hypothesis } => {
                let (item, column) = (scenario.evidence.get(evidence)?, scenario.hypotheses.get(hypothesis)?);
                Some(Self::Cell(item.id.clone(), column.id.clone()))
            }
            Subject::Item(kind, at) | Subject::ItemField(kind, at, _) => {
                Some(Self::Item(kind, (*ids(scenario, kind).get(at)?).to_owned()))
            }
            Subject::Scenario | Subject::ScenarioField(_) => None,
        }
    }
}

/// Columns before the first line of an entry, where the mark of the cursor stands, and before what belongs to it.
const ENTRY: u16 = 2;
const BELOW: u16 = 4;

impl Page {
    /// Adds a paragraph that belongs to no entry.
    pub(crate) fn say(&mut self, text: impl IntoIterator<Item = Phrase<'static>>) {
        self.push(text.into_iter().collect(), 0, None);
    }

    /// Adds a line that is set as it is: its spaces count, and it is cut rather than wrapped.
    pub(crate) fn set(&mut self, text: impl IntoIterator<Item = Phrase<'static>>) {
        self.say(text);
        self.cut();
    }

    /// Adds an empty line, unless there is one or nothing yet.
    pub(crate) fn gap(&mut self) {
        if self.paragraphs.last().is_some_and(|last| !last.text.is_empty()) {
            self.push(Vec::new(), 0, None);
        }
    }

    /// Adds an entry. What belongs to it follows.
    pub(crate) fn enter(&mut self, text: Vec<Phrase<'static>>, lead: Lead) {
        self.entries.push(lead);
        self.push(text, ENTRY, Some(self.entries.len() - 1));
    }

    /// Adds a paragraph to the last entry.
    pub(crate) fn add(&mut self, text: Vec<Phrase<'static>>) {
        self.push(text, BELOW, self.entries.len().checked_sub(1));
    }

    /// Adds a line to the last entry that is shortened where there is no room.
    pub(crate) fn remind(&mut self, text: &str) {
        if !text.is_empty() {
            self.add(vec![Cell::new(text.to_owned(), Tone::Dim)]);
            self.cut();
        }
    }

    /// Adds a listing, an entry each, as they lead on.
    pub(crate) fn list(&mut self, listing: &Listing<'_>, leads: impl IntoIterator<Item = Lead>) {
        if listing.entries.is_empty() {
            return;
        }
        self.gap();
        self.say([Cell::new(listing.heading.clone(), Tone::Strong)]);
        for ((entry, words), lead) in listing.entries.iter().zip(listing.words.iter()).zip(leads) {
            self.enter(headline(&entry), lead);
            self.remind(&entry.about);
            for words in &words {
                self.add(marked(words).into_iter().map(owned).collect());
            }
        }
    }

    /// Adds a listing whose entries lead to what they are about.
    pub(crate) fn list_subjects(&mut self, listing: &Listing<'_>, scenario: &Scenario) {
        let goal = |entry: ListingEntry<'_>| entry.subject.and_then(|subject| Goal::of(scenario, subject));
        let leads = listing.entries.iter().map(|entry| Lead { goal: goal(entry), changes: Vec::new() });
        self.list(listing, leads);
    }

    fn cut(&mut self) {
        if let Some(last) = self.paragraphs.last_mut() {
            last.is_cut = true;
        }
    }

    fn push(&mut self, text: Vec<Phrase<'static>>, indent: u16, entry: Option<usize>) {
        self.paragraphs.push(Paragraph { text, indent, is_cut: false, entry });
    }
}

/// Sign, names and what it was and is, as one sentence.
fn headline(entry: &ListingEntry<'_>) -> Vec<Phrase<'static>> {
    let plain = |text: &str| Cell::plain(text.to_owned());
    let mut said = Vec::new();
    if entry.sign != Sign::None {
        said.push(plain(entry.sign.as_str()));
        said.push(plain(" "));
    }
    // What may be overlooked says that there is nothing to say.
    for (at, name) in entry.names.iter().filter(|name| name.tone != Tone::Dim).enumerate() {
        if at > 0 {
            // What is emphasised is no name, but what is said of it.
            said.push(plain(if name.tone == Tone::Plain { " / " } else { ": " }));
        }
        said.push(owned(name.clone()));
    }
    if let Some((before, after)) = &entry.change {
        said.push(plain(if entry.names.is_empty() { "" } else { ": " }));
        said.extend([owned(before.clone()), plain(" -> "), owned(after.clone())]);
    }
    said
}

/// A phrase that outlives what it was made from.
pub(crate) fn owned(phrase: Phrase<'_>) -> Phrase<'static> {
    Cell::new(phrase.text.into_owned(), phrase.tone)
}
