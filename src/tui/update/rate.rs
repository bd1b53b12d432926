//! Rating cells, and taking it back.

use crate::change::{CellChange, Change, ItemChange, make};
use crate::document::EditError;
use crate::present::words::list;
use crate::present::{Objection, sentence};
use crate::scenario::{Evidence, EvidenceId, Hypothesis, HypothesisId, Method, Rating};
use crate::tui::keymap::Action;
use crate::tui::state::{Scores, State, Tone};

/// How changes come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    Edit,
    Undo,
    Redo,
    /// What was changed since the last commit is taken back.
    Revert,
}

impl Deed {
    /// What stands before a change that was made so, and before one that had a consequence.
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Edit => ("", ""),
            Self::Undo => ("undone: ", "undo: "),
            Self::Redo => ("again: ", "redo: "),
            Self::Revert => ("taken back: ", "taking back: "),
        }
    }
}

/// Rates the cell under the cursor; `None` blanks it.
pub(super) fn rate(state: &mut State, rating: Option<Rating>) {
    let (Some((_, item)), Some((_, hypothesis))) = (state.item(), state.hypothesis()) else {
        return state.say(Tone::Refused, no_cell(state));
    };
    let (item, hypothesis) = (item.id.clone(), hypothesis.id.clone());
    let changes = match rating {
        Some(_) => {
            make::set_rating(state.scenario(), &item, &hypothesis, rating).map(|c| c.into_iter().collect())
        }
        None => make::blank(state.scenario(), &item, &hypothesis),
    };
    state.last = Some(rating);
    match changes {
        Ok(changes) => apply(state, &changes),
        Err(refused) => {
            state.say(Tone::Refused, Objection::to_change(state.scenario(), &refused).to_string())
        }
    }
    if state.settings.advance {
        super::navigate::go(state, Action::Right);
    }
}

fn no_cell(state: &State) -> &'static str {
    if state.is_filtered() {
        "there is no cell to rate: the filter hides every item"
    } else {
        "there is no cell to rate yet: it takes an item and a hypothesis"
    }
}

/// Moves the rating of the cell up or down the scale; a blank or NA starts from N.
pub(super) fn step(state: &mut State, step: i8) {
    let rating =
        state.item().zip(state.hypothesis()).and_then(|((_, item), (at, _))| item.ratings.rating(at));
    let value = rating.and_then(Rating::value).unwrap_or_default() + step;
    rate(state, Rating::from_value(value.clamp(-2, 2)));
}

/// Rates the cell as the last one was rated.
pub(super) fn repeat(state: &mut State) {
    match state.last {
        Some(rating) => rate(state, rating),
        None => state.say(Tone::Refused, "no rating to repeat yet"),
    }
}

/// Makes changes as one step, and says what they did or why they cannot be made.
pub(super) fn apply(state: &mut State, changes: &[Change]) {
    apply_as(state, Deed::Edit, changes);
}

/// The same, said as another deed than an edit.
pub(super) fn apply_as(state: &mut State, deed: Deed, changes: &[Change]) {
    if let Err(why) = attempt_as(state, deed, changes) {
        state.say(Tone::Refused, why);
    }
}

/// Makes changes as one step, and says what they did; or answers why they cannot be made, and nothing is changed.
pub(super) fn attempt(state: &mut State, changes: &[Change]) -> Result<(), String> {
    attempt_as(state, Deed::Edit, changes)
}

fn attempt_as(state: &mut State, deed: Deed, changes: &[Change]) -> Result<(), String> {
    if changes.is_empty() {
        return Ok(());
    }
    let before = Before::new(state);
    match state.history.apply(changes) {
        Ok(()) => {
            catch_up(state, &before, &Reach::of(changes));
            let done = told(changes);
            tell(state, &before.leaders, deed, &done);
            Ok(())
        }
        Err(EditError::Refused(refused)) => Err(Objection::to_change(state.scenario(), &refused).to_string()),
        Err(EditError::Unwritable(errors)) => Err(errors
            .into_iter()
            .next()
            .map_or_else(|| "the file has no way to say that".into(), |error| error.message)),
    }
}

/// Takes the last step back.
pub(super) fn undo(state: &mut State) {
    let before = Before::new(state);
    match state.history.undo().map(|changes| (told(changes), Reach::of(changes))) {
        Some((done, reach)) => {
            catch_up(state, &before, &reach);
            tell(state, &before.leaders, Deed::Undo, &done);
        }
        None => state.say(Tone::Refused, "nothing to undo"),
    }
}

/// Makes the step again that was taken back last.
pub(super) fn redo(state: &mut State) {
    let before = Before::new(state);
    match state.history.redo().map(|changes| (told(changes), Reach::of(changes))) {
        Some((done, reach)) => {
            catch_up(state, &before, &reach);
            tell(state, &before.leaders, Deed::Redo, &done);
        }
        None => state.say(Tone::Refused, "nothing to redo"),
    }
}

/// Scores the scenario as it is now, whatever of it changed.
pub(super) fn rescore(state: &mut State) {
    state.upheavals += 1;
    state.scores = Scores::new(state.scenario(), state.method);
    state.take_stock();
    // Rows keep their places while one works on them, and stay though a filter would no longer let them pass; only
    // what comes and goes is listed anew.
    if state.listed != state.scenario().evidence.len() {
        state.list_rows();
    }
    if state.columns.len() != state.scenario().hypotheses.len() {
        state.list_columns();
    }
}

/// How much of the scenario changes touch.
enum Reach {
    /// Ratings of these few cells, and notes and confidences beside them.
    Cells(Vec<(EvidenceId, HypothesisId)>),
    /// Anything; whether rows or columns changed their places.
    All { is_moved: bool },
}

impl Reach {
    /// More cells than these are not worth looking for one by one.
    const FEW: usize = 8;

    fn of(changes: &[Change]) -> Self {
        let cell = |change: &Change| match change {
            Change::Cell { evidence, hypothesis, change } => match change {
                CellChange::Rating(_) | CellChange::Confidence(_) | CellChange::Note(_) => {
                    Some((evidence.clone(), hypothesis.clone()))
                }
                CellChange::Conflict(_) => None,
            },
            Change::Hypothesis(_)
            | Change::Source(_)
            | Change::Evidence(_)
            | Change::Indicator(_)
            | Change::Scenario(_) => None,
        };
        let few = Some(changes).filter(|changes| changes.len() <= Self::FEW);
        let cells = few.and_then(|few| few.iter().map(cell).collect());
        cells.map_or_else(|| Self::All { is_moved: moves(changes) }, Self::Cells)
    }
}

/// Whether rows or columns changed their places.
fn moves(changes: &[Change]) -> bool {
    changes.iter().any(|change| {
        matches!(
            change,
            Change::Evidence(ItemChange::Moved { .. }) | Change::Hypothesis(ItemChange::Moved { .. })
        )
    })
}

/// What stood before a change that its consequences are told by.
struct Before {
    leaders: Vec<String>,
    /// The file's own.
    method: Method,
}

impl Before {
    fn new(state: &State) -> Self {
        Self { leaders: leaders(state), method: state.scenario().method() }
    }
}

/// Scores and lists what is to be scored and listed anew after a change. Where that was of the file's method, it is at
/// work at once.
fn catch_up(state: &mut State, before: &Before, reach: &Reach) {
    if state.scenario().method() != before.method {
        state.method = state.scenario().method();
    }
    match reach {
        Reach::Cells(cells) if follow(state, cells) => state.take_stock(),
        Reach::Cells(_) => rescore(state),
        Reach::All { is_moved } => {
            rescore(state);
            if *is_moved {
                state.list_rows();
                state.list_columns();
            }
        }
    }
}

/// Takes the ratings of these cells into the scores, if that can be done in place.
fn follow(state: &mut State, cells: &[(EvidenceId, HypothesisId)]) -> bool {
    let scenario = state.history.scenario();
    // Mostly it is the cell under the cursor.
    let near = state.rows.get(state.cursor.row).copied();
    let row = |id: &EvidenceId| {
        let is_it = |at: &usize| scenario.evidence.get(*at).is_some_and(|item| item.id == *id);
        near.filter(is_it).or_else(|| scenario.position::<Evidence>(id))
    };
    let place = |(evidence, hypothesis): &(EvidenceId, HypothesisId)| {
        Some((row(evidence)?, scenario.position::<Hypothesis>(hypothesis)?))
    };
    match cells.iter().map(place).collect::<Option<Vec<_>>>() {
        Some(cells) => state.scores.follow(scenario, state.method, &cells),
        None => false,
    }
}

fn told(changes: &[Change]) -> String {
    let first = changes.first().map_or_else(|| "comments or spacing of the file".into(), sentence);
    match changes.len() {
        0 | 1 => first,
        more => format!("{first} and {} more", more - 1),
    }
}

/// Names of the leaders.
fn leaders(state: &State) -> Vec<String> {
    let name = |at: &usize| state.scenario().hypotheses.get(*at).map(|h| h.header().to_owned());
    state.scores.ranking.leaders.iter().filter_map(name).collect()
}

/// Says what was done; that the leader changed, if it did.
fn tell(state: &mut State, before: &[String], deed: Deed, what: &str) {
    let after = leaders(state);
    let (done, doing) = deed.words();
    // Without evidence all lead together, which says nothing.
    let is_nobody = before.is_empty() || after.is_empty();
    if state.blind || before == after || is_nobody || state.scenario().evidence.is_empty() {
        state.say(Tone::Changed, format!("{done}{what}"));
    } else {
        let (was, is) = (list(before), list(&after));
        let who = if before.len().max(after.len()) > 1 { "leaders" } else { "leader" };
        state.say(Tone::Conclusion, format!("The {who} changed: {was} -> {is}, by {doing}{what}"));
    }
}
