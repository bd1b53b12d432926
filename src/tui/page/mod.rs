//! Pages: the text of a panel in paragraphs, some of them entries that lead to places and can be taken back.
//!
//! A page is made when the state that it tells of has changed, so drawing costs nothing but the lines in view. Knows
//! what is said, never how wide a panel is.

mod lines;

use std::borrow::Cow;

pub(crate) use lines::{PageLine, line_count};

use crate::change::{Change, ItemChange, Listed, match_change};
use crate::diagnostic::Code;
use crate::present::target::ids;
use crate::present::{Cell, Listing, ListingEntry, Phrase, Sign, Tone, marked};
use crate::scenario::{Day, EvidenceId, HypothesisId, ItemKind, RowId, Scenario, Subject};

/// A panel's text in paragraphs, and the targets of the entries among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Page {
    /// Facts beside the name of the panel.
    pub(crate) facts: String,
    pub(crate) paragraphs: Vec<Paragraph>,
    pub(crate) entries: Vec<Lead>,
}

/// A paragraph of a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Paragraph {
    pub(crate) text: Vec<Phrase<'static>>,
    /// A phrase that follows after a comma where it fits on the line, else goes below it.
    pub(crate) tail: Option<(Phrase<'static>, Indent)>,
    /// A phrase at the right end of the line, which stays whole; the text is cut before it.
    pub(crate) end: Option<Phrase<'static>>,
    pub(crate) indent: Indent,
    /// Whether it is cut at the end of the line rather than wrapped.
    pub(crate) is_cut: bool,
    /// Position of the entry that it belongs to.
    pub(crate) entry: Option<usize>,
    /// Whether it was added by [`Page::toggle_below`].
    is_added: bool,
}

/// Columns before a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Indent {
    /// On a page of fewer than [`Indent::WIDE`] columns.
    pub(crate) narrow: u16,
    /// On any other page.
    pub(crate) wide: u16,
}

impl Indent {
    /// Columns from which a page is wide.
    const WIDE: u16 = 40;

    pub(crate) const fn of(columns: u16) -> Self {
        Self { narrow: columns, wide: columns }
    }

    /// Columns before a paragraph on a page of this width.
    pub(crate) const fn on(self, columns: u16) -> u16 {
        if columns >= Self::WIDE { self.wide } else { self.narrow }
    }
}

/// The target of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lead {
    pub(crate) goal: Option<Goal>,
    /// The changes that the entry tells of, in order.
    pub(crate) changes: Vec<Change>,
    /// The action of Enter, if it does not go to the goal.
    pub(crate) on_enter: Option<EntryAction>,
    /// The code of the finding that the entry tells of.
    pub(crate) code: Option<Code>,
}

impl Lead {
    /// Returns the target of an entry that goes to a place, if it has one.
    pub(crate) fn to(goal: Option<Goal>) -> Self {
        Self { goal, ..Self::default() }
    }
}

/// The action of an entry, other than going to its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum EntryAction {
    /// Declare the source that items cite by this text.
    Declare(String),
    /// Show the matrix as of this day.
    AsOf(Day),
}

impl EntryAction {
    /// Returns the words after its key.
    pub(crate) const fn words(&self) -> &'static str {
        match self {
            Self::Declare(_) => "declares it",
            Self::AsOf(_) => "the matrix as of that day",
        }
    }
}

/// A place to go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Cell(EvidenceId, HypothesisId),
    /// An item of a kind, by its id.
    Item(ItemKind, String),
}

impl Goal {
    /// Returns the place of what a change is about; `None` for the scenario's own fields.
    pub(crate) fn of_change(change: &Change) -> Option<Self> {
        fn item<T: Listed>(change: &ItemChange<T>) -> Option<Goal> {
            Some(Goal::Item(T::KIND, change.id().to_string()))
        }
        match_change!(
            change,
            Item(change) => item(change),
            Change::Cell { row: RowId::Evidence(evidence), hypothesis, .. } => {
                Some(Self::Cell(evidence.clone(), hypothesis.clone()))
            },
            Change::Cell { row, .. } => Some(Self::Item(row.kind(), row.as_str().to_owned())),
            Change::Scenario(_) => None,
        )
    }

    /// Returns the place of a subject; `None` for the scenario and its own fields.
    pub(crate) fn of(scenario: &Scenario, subject: Subject) -> Option<Self> {
        match subject {
            Subject::Cell { kind: ItemKind::Evidence, item, hypothesis } => {
                let (item, column) = (scenario.evidence.get(item)?, scenario.hypotheses.get(hypothesis)?);
                Some(Self::Cell(item.id.clone(), column.id.clone()))
            }
            Subject::Item(kind, at)
            | Subject::ItemField(kind, at, _)
            | Subject::Cell { kind, item: at, .. } => {
                Some(Self::Item(kind, (*ids(scenario, kind).get(at)?).to_owned()))
            }
            Subject::Scenario | Subject::ScenarioField(_) => None,
        }
    }
}

/// Columns before the first line of an entry, the last of them for the mark of the chosen one.
pub(crate) const ENTRY: u16 = 2;

/// Columns before the other paragraphs of an entry.
const BELOW: u16 = 4;

impl Page {
    /// Returns the page with one paragraph more.
    pub(crate) fn with(mut self, text: Phrase<'static>) -> Self {
        self.say([text]);
        self
    }

    /// Adds a paragraph that belongs to no entry.
    pub(crate) fn say(&mut self, text: impl IntoIterator<Item = Phrase<'static>>) {
        self.say_at(Indent::default(), text);
    }

    /// Adds an indented paragraph that belongs to no entry.
    pub(crate) fn say_at(&mut self, indent: Indent, text: impl IntoIterator<Item = Phrase<'static>>) {
        self.push(text.into_iter().collect(), indent, None);
    }

    /// Adds a line whose spaces count, and which is cut rather than wrapped.
    pub(crate) fn set(&mut self, text: impl IntoIterator<Item = Phrase<'static>>) {
        self.say(text);
        self.cut();
    }

    /// Like `set`, with a word of the same tone after a comma; where there is no room for it, it goes below.
    pub(crate) fn set_with_tail(&mut self, line: Phrase<'static>, word: Option<&'static str>, below: Indent) {
        let tail = word.map(|word| (Cell::new(word, line.tone), below));
        self.set([line]);
        if let Some(last) = self.paragraphs.last_mut() {
            last.tail = tail;
        }
    }

    /// Adds a paragraph for each line of the phrases.
    pub(crate) fn say_lines(&mut self, text: Vec<Phrase<'_>>) {
        let mut line = Vec::new();
        for phrase in text {
            for (at, part) in phrase.text.split('\n').enumerate() {
                if at > 0 {
                    self.say(std::mem::take(&mut line));
                }
                line.push(Cell::new(part.to_owned(), phrase.tone));
            }
        }
        if !line.is_empty() {
            self.say(line);
        }
    }

    /// Removes an empty line at the end.
    pub(crate) fn trim(&mut self) {
        self.paragraphs.pop_if(|last| last.text.is_empty());
    }

    /// Adds an empty line, except at the start and after another one.
    pub(crate) fn gap(&mut self) {
        if self.paragraphs.last().is_some_and(|last| !last.text.is_empty()) {
            self.push(Vec::new(), Indent::default(), None);
        }
    }

    /// Adds an entry. Its other paragraphs follow with `add` and `remind`.
    pub(crate) fn enter(&mut self, text: Vec<Phrase<'static>>, lead: Lead) {
        self.entries.push(lead);
        self.push(text, Indent::of(ENTRY), Some(self.entries.len() - 1));
    }

    /// Adds an entry of one line with a phrase at its right end.
    pub(crate) fn enter_with_end(&mut self, text: Vec<Phrase<'static>>, end: Phrase<'static>, lead: Lead) {
        self.enter(text, lead);
        self.end(end);
    }

    /// Adds a line with a phrase at its right end.
    pub(crate) fn set_with_end(&mut self, text: Phrase<'static>, end: Phrase<'static>) {
        self.say([text]);
        self.end(end);
    }

    fn end(&mut self, end: Phrase<'static>) {
        if let Some(last) = self.paragraphs.last_mut() {
            last.end = Some(end);
        }
    }

    /// Adds a paragraph to the last entry.
    pub(crate) fn add(&mut self, text: Vec<Phrase<'static>>) {
        self.push(text, Indent::of(BELOW), self.entries.len().checked_sub(1));
    }

    /// Adds a dim line to the last entry, which is cut rather than wrapped.
    pub(crate) fn remind(&mut self, text: &str) {
        if !text.is_empty() {
            self.add(vec![dim(text.to_owned())]);
            self.cut();
        }
    }

    /// Adds a listing, whose entries lead to these places in order.
    pub(crate) fn list(&mut self, listing: &Listing<'_>, leads: impl IntoIterator<Item = Lead>) {
        if listing.entries.is_empty() {
            return;
        }
        self.gap();
        self.say([strong(listing.heading.clone())]);
        for ((entry, words), lead) in listing.entries.iter().zip(listing.words.iter()).zip(leads) {
            let mut words = words.iter().map(|words| marked(words).into_iter().map(owned).collect());
            // An entry without names begins with its words.
            let headline = Some(headline(&entry)).filter(|said| !said.is_empty());
            self.enter(headline.or_else(|| words.next()).unwrap_or_default(), lead);
            self.remind(&entry.about);
            words.for_each(|words| self.add(words));
        }
    }

    /// Adds a listing whose entries lead to their subjects.
    pub(crate) fn list_subjects(&mut self, listing: &Listing<'_>, scenario: &Scenario) {
        let goal = |entry: ListingEntry<'_>| entry.subject.and_then(|subject| Goal::of(scenario, subject));
        let leads = listing.entries.iter().map(|entry| Lead::to(goal(entry)));
        self.list(listing, leads);
    }

    /// Adds a paragraph below an entry, in place of one below another entry; removes it if it is there.
    pub(crate) fn toggle_below(&mut self, entry: usize, text: Vec<Phrase<'static>>) {
        let is_there = self.paragraphs.iter().any(|old| old.is_added && old.entry == Some(entry));
        self.paragraphs.retain(|old| !old.is_added);
        let last = self.paragraphs.iter().rposition(|old| old.entry == Some(entry));
        if let (Some(last), false) = (last, is_there) {
            let added = Paragraph { is_added: true, ..Paragraph::new(text, Indent::of(BELOW), Some(entry)) };
            self.paragraphs.insert(last + 1, added);
        }
    }

    /// Cuts the last paragraph at the end of its line rather than wrapping it, so that its spaces count.
    pub(crate) fn cut(&mut self) {
        if let Some(last) = self.paragraphs.last_mut() {
            last.is_cut = true;
        }
    }

    fn push(&mut self, text: Vec<Phrase<'static>>, indent: Indent, entry: Option<usize>) {
        self.paragraphs.push(Paragraph::new(text, indent, entry));
    }
}

impl Paragraph {
    const fn new(text: Vec<Phrase<'static>>, indent: Indent, entry: Option<usize>) -> Self {
        Self { text, tail: None, end: None, indent, is_cut: false, entry, is_added: false }
    }
}

/// Returns the sign, the names, and the old and new value of an entry as one sentence.
fn headline(entry: &ListingEntry<'_>) -> Vec<Phrase<'static>> {
    let plain = |text: &str| Cell::plain(text.to_owned());
    let mut said = Vec::new();
    if entry.sign != Sign::None {
        said.push(plain(entry.sign.as_str()));
        said.push(plain(" "));
    }
    // A dim name only stands for an empty cell of the table.
    for (at, name) in entry.names.iter().filter(|name| name.tone != Tone::Dim).enumerate() {
        if at > 0 {
            // An emphasised name is a statement about the name before it.
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

/// Returns a dim phrase.
pub(crate) fn dim(text: impl Into<Cow<'static, str>>) -> Phrase<'static> {
    Phrase::new(text, Tone::Dim)
}

/// Returns an emphasised phrase.
pub(crate) fn strong(text: impl Into<Cow<'static, str>>) -> Phrase<'static> {
    Phrase::new(text, Tone::Strong)
}

/// Returns a phrase that owns its text.
pub(crate) fn owned(phrase: Phrase<'_>) -> Phrase<'static> {
    Cell::new(phrase.text.into_owned(), phrase.tone)
}
