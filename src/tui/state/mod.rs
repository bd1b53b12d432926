//! State: everything that the picture depends on.
//!
//! The scenario that is edited ([`Session`]), the part of it that is seen ([`Window`]), the data derived from it
//! ([`Derived`]), the last actions ([`Recall`]), and the part that takes the keys ([`Mode`]).

mod derived;
mod session;
mod touched;
mod window;

pub(crate) use derived::{Derived, PageKey};
pub(crate) use session::{OtherFile, SavedVersion, Session};
pub(crate) use touched::Touched;
pub(crate) use window::{LitSearch, Window};

pub(crate) use super::cursor::Cursor;
use super::effect::Effect;
use super::fragility::FragilityKey;
use super::guide::Step;
use super::keymap::{Action, Key, key_for};
pub(crate) use super::mode::{HelpSearch, Mode, OpenList, Question};
use super::scores::inconsistency;
use super::settings::Settings;
use super::sign::CONFLICT;
use super::survey::Survey;
use crate::document::{Document, History};
use crate::present::target::ids;
use crate::scenario::{Date, Day, Evidence, Hypothesis, Method, Rating, Scenario};

/// The file that the editor is opened with.
#[derive(Debug)]
pub struct Opening {
    /// The file as it was named.
    pub name: String,
    /// Its text and tree.
    pub document: Document,
    /// Its scenario.
    pub scenario: Scenario,
    /// The reason why it cannot be saved; `None` where it can.
    pub read_only: Option<String>,
    /// A sentence to be shown at the start.
    pub notice: Option<String>,
    /// The seed of the survey that comes before the matrix; `None` without one.
    pub survey: Option<u64>,
}

/// How a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speech {
    /// It says what was changed in the scenario.
    Changed,
    /// It says what else was done.
    Done,
    /// It says what cannot be done.
    Refused,
    /// It says what changed in the conclusion.
    Conclusion,
}

/// The sentence about a change.
#[derive(Debug)]
pub(crate) struct ToldChange {
    /// The version that the change made.
    version: u64,
    tone: Speech,
    text: String,
    /// Whether the change undid another.
    pub(crate) is_undone: bool,
}

/// The last actions, to be repeated or returned to.
#[derive(Debug, Default)]
pub(crate) struct Recall {
    /// The last rating that was given; inside it, `None` is a blank.
    pub(crate) rating: Option<Option<Rating>>,
    /// The last search.
    pub(crate) searched: String,
    /// The cell after which no cell is left to advance to, until the cursor leaves it.
    pub(crate) end: Option<Cursor>,
    /// The error that was gone to last, by its position among all.
    pub(crate) error: Option<usize>,
    /// The count that is typed before a key.
    pub(crate) count: Option<usize>,
    /// Commands that were given, the latest last.
    pub(crate) commands: Vec<String>,
    /// The list that the open form or question was opened from.
    pub(crate) list: Option<OpenList>,
}

/// The editor.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) session: Session,
    /// The other files that are open, the one seen last at the end.
    pub(crate) others: Vec<OtherFile>,
    pub(crate) window: Window,
    pub(crate) derived: Derived,
    pub(crate) recall: Recall,
    pub(crate) mode: Mode,
    /// The survey, until the matrix is shown.
    pub(crate) survey: Option<Survey>,
    /// The sentence on the line under the matrix, until the next key.
    pub(crate) said: Option<(Speech, String)>,
    /// The sentence about the last change; told until the next change.
    pub(crate) told: Option<ToldChange>,
    pub(crate) settings: Settings,
    /// The present day, for what is recorded; `None` where there is no clock.
    pub(crate) today: Option<Date>,
    /// Keys that the user has bound.
    pub(crate) bound: Vec<(Key, Action)>,
    /// Requests to the outside world that `update` hands over at its end.
    pub(crate) effects: Vec<Effect>,
}

impl State {
    pub(crate) fn new(opening: Opening, settings: Settings) -> Self {
        let Opening { name, document, scenario, read_only, notice, survey } = opening;
        let survey = survey.map(|seed| Survey::new(&scenario, seed));
        let method = scenario.method();
        let history = History::new(document, scenario);
        let session = Session {
            name,
            read_only,
            saved: SavedVersion::new(0, history.document().text().to_owned()),
            is_gone: false,
            before_edit: 0,
            unprotected: None,
            past: Vec::new(),
            offered: None,
            drafted: String::new(),
            history,
        };
        let mut state = Self {
            window: Window::new(method),
            derived: Derived::new(&session, method),
            session,
            others: Vec::new(),
            recall: Recall::default(),
            mode: Mode::Matrix,
            survey,
            said: None,
            told: None,
            today: None,
            bound: settings.bound(),
            settings,
            effects: Vec::new(),
        };
        state.list_rows();
        state.list_columns();
        if let Some(notice) = notice {
            state.refuse(notice);
        }
        // Conflicts are counted beside the title.
        if state.derived.unsettled == 0
            && state.derived.errors > 0
            && let Some(inconsistency) = inconsistency(state.scenario())
        {
            state.refuse(format!("{inconsistency}; `ach check` says more"));
        }
        state
    }

    /// Returns the sign after the header of a hypothesis: a conflict, or a difference from the last commit.
    pub(crate) fn column_sign(&self, at: usize) -> Option<&'static str> {
        let is_open =
            self.scenario().hypotheses.get(at).is_some_and(|hypothesis| hypothesis.conflict.is_some());
        if is_open { Some(CONFLICT) } else { self.derived.head.column(self.scenario(), at).sign() }
    }

    pub(crate) fn scenario(&self) -> &Scenario {
        self.session.scenario()
    }

    /// Brings scores, marks, rows and columns up to date after a part of the scenario was touched.
    pub(crate) fn refresh(&mut self, touched: &Touched) {
        self.derived.refresh(&self.session, &self.window, touched);
        // Otherwise rows keep their places while one works on them, even if the filter would no longer let them pass.
        if let Touched::Items { rows, .. } = touched {
            if *rows {
                self.list_rows();
            } else if let Some(lit) = &mut self.window.lit {
                lit.is_stale = true;
            }
        }
        if let Touched::Items { columns: true, .. } = touched {
            self.list_columns();
        }
    }

    /// Takes other settings from now on.
    pub(crate) fn take_settings(&mut self, settings: Settings) {
        self.bound = settings.bound();
        self.settings = settings;
    }

    /// Shows the scores by a method.
    pub(crate) fn score_by(&mut self, method: Method) {
        self.window.method = method;
        self.derived.rescore(&self.session, &self.window);
    }

    /// Shows the evidence known on a day and its scores; all of it without a day.
    pub(crate) fn show_as_of(&mut self, day: Option<Day>) {
        self.window.as_of = day;
        self.derived.rescore(&self.session, &self.window);
        self.list_rows();
    }

    /// The inputs that the fragility of what is shown is computed from.
    pub(crate) fn fragility_key(&self) -> FragilityKey {
        let Window { method, as_of, .. } = self.window;
        FragilityKey { version: self.session.version(), method, as_of }
    }

    /// Lists the rows by the order and the filter of the window.
    pub(crate) fn list_rows(&mut self) {
        self.window.list_rows(self.session.scenario(), &self.derived.scores.matrix);
    }

    /// Lists the columns as the window shows them.
    pub(crate) fn list_columns(&mut self) {
        self.window.list_columns(self.session.scenario());
    }

    /// The item under the cursor, with its position.
    pub(crate) fn item(&self) -> Option<(usize, &Evidence)> {
        let at = self.window.item()?;
        Some((at, self.scenario().evidence.get(at)?))
    }

    /// The hypothesis under the cursor, with its position.
    pub(crate) fn hypothesis(&self) -> Option<(usize, &Hypothesis)> {
        let at = self.window.hypothesis()?;
        Some((at, self.scenario().hypotheses.get(at)?))
    }

    /// The reason why nothing is changed while the matrix is shown as of an earlier day; `None` in the present.
    pub(crate) fn looks_back(&self) -> Option<String> {
        let day = self.window.as_of?;
        Some(format!("this is the matrix as of {day}: Esc goes back to the present, where it can be changed"))
    }

    /// The step that the guide tells of; `None` where hints are hidden, nothing can be edited, or no step is left.
    pub(crate) fn guided(&self) -> Option<&Step> {
        let is_edited = self.session.read_only.is_none() && self.window.as_of.is_none();
        self.derived.step.as_ref().filter(|_| self.settings.hints && is_edited)
    }

    /// The first of the other items that the lead rests on beside the one that the guide tells of, and how many more there
    /// are; `None` where there are none.
    pub(crate) fn also_critical(&self) -> Option<(&str, usize)> {
        let named = self.guided().filter(|_| !self.window.blind)?.weighed()?;
        let fragility = self.derived.fragility.as_ref()?;
        let mut evidence = self.scenario().evidence.iter().enumerate();
        let (_, first) =
            evidence.find(|(at, item)| fragility.rows.contains(at) && item.id.as_str() != named)?;
        Some((first.id.as_str(), fragility.rows.len().saturating_sub(2)))
    }

    /// The list over the matrix, also while a question is asked about one of its items.
    pub(crate) const fn listing(&self) -> Option<OpenList> {
        if let Mode::List(listing) = &self.mode {
            Some(*listing)
        } else if let Mode::Question(Question::Delete(_)) = &self.mode {
            self.recall.list
        } else {
            None
        }
    }

    /// Goes back from a form or a question: to the list that it was opened from, else to the matrix.
    pub(crate) fn close_over(&mut self) {
        self.mode = match self.recall.list.take() {
            Some(OpenList { kind, at }) => {
                let last = ids(self.scenario(), kind).len().saturating_sub(1);
                Mode::List(OpenList { kind, at: at.min(last) })
            }
            None => Mode::Matrix,
        };
    }

    /// Whether changes of the file on disk can be taken in now, in the middle of nothing else.
    pub(crate) const fn watches(&self) -> bool {
        matches!(self.mode, Mode::Matrix)
    }

    /// The key for an action, as people write it.
    pub(crate) fn key(&self, action: Action) -> String {
        // No key may be left for an action; the user can still bind one.
        key_for(action, &self.bound).map_or_else(|| "(no key)".to_owned(), |key| key.to_string())
    }

    /// Requests something of the outside world.
    pub(crate) fn request(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Says on the line under the matrix why something cannot be done.
    pub(crate) fn refuse(&mut self, why: impl Into<String>) {
        self.say(Speech::Refused, why);
    }

    /// Says on the line under the matrix what was done, other than a change of the scenario.
    pub(crate) fn report(&mut self, text: impl Into<String>) {
        self.say(Speech::Done, text);
    }

    /// Says something on the line under the matrix; what was changed, on a line of its own.
    pub(crate) fn say(&mut self, tone: Speech, text: impl Into<String>) {
        match tone {
            Speech::Changed | Speech::Conclusion => {
                let (version, text) = (self.session.version(), text.into());
                self.told = Some(ToldChange { version, tone, text, is_undone: false });
            }
            Speech::Done | Speech::Refused => self.said = Some((tone, text.into())),
        }
    }

    /// The sentence about the change that made the present version.
    pub(crate) fn last_change(&self) -> Option<(Speech, &str)> {
        let told = self.told.as_ref().filter(|told| told.version == self.session.version())?;
        Some((told.tone, told.text.as_str()))
    }
}
