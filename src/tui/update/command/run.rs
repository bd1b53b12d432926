//! What the commands do. Each takes its arguments as one line and answers with effects or with why not.

use crate::change::{Change, Listed, Refused, make};
use crate::diagnostic::did_you_mean;
use crate::engine::{next_cell, settled};
use crate::present::target::{ids, item, set as set_field};
use crate::present::words::count;
use crate::present::{Objection, Order};
use crate::scenario::{
    EvidenceId, HypothesisId, Indicator, ItemKind, Method, Rating, ScenarioField, Source, Subject,
};
use crate::tui::effect::Effect;
use crate::tui::keymap::Action;
use crate::tui::page::Goal;
use crate::tui::panel::PANELS;
use crate::tui::state::{Mode, State, Tone};
use crate::tui::theme::THEMES;
use crate::tui::update::table::{self, Part};
use crate::tui::update::{act, find, form, list, panel as panels, rate, save, score_by, sort_by};

type Answer = Result<Vec<Effect>, String>;

const DONE: Answer = Ok(Vec::new());

/// What one of these words names, or which one may be meant.
fn one_of<T>(word: &str, choices: impl Iterator<Item = (&'static str, T)> + Clone) -> Result<T, String> {
    if let Some((_, choice)) = choices.clone().find(|(name, _)| *name == word) {
        return Ok(choice);
    }
    let names: Vec<&str> = choices.map(|(name, _)| name).collect();
    let expected = format!("expected one of {}", names.join(", "));
    if word.is_empty() {
        return Err(expected);
    }
    let help = did_you_mean(word, names).map(|help| format!("{help} ")).unwrap_or_default();
    Err(format!("unknown \"{word}\": {help}{expected}"))
}

pub(super) fn write(state: &mut State, name: &str) -> Answer {
    if name.is_empty() {
        return Ok(save(state, false));
    }
    let text = state.history.document().text().to_owned();
    Ok(vec![Effect::SaveCopy { text, name: name.to_owned() }])
}

pub(super) fn quit(state: &mut State, _: &str) -> Answer {
    Ok(act(state, Action::Quit))
}

pub(super) fn write_and_quit(state: &mut State, _: &str) -> Answer {
    Ok(save(state, true))
}

pub(super) fn quit_anyway(_: &mut State, _: &str) -> Answer {
    Ok(vec![Effect::Quit])
}

pub(super) fn next(state: &mut State, _: &str) -> Answer {
    let matrix = &state.scores.matrix;
    let Some((row, hypothesis)) = next_cell(state.scenario(), matrix) else {
        return Err("no cell is blank, and none is rated with low confidence".into());
    };
    let evidence = *matrix.items().get(row).ok_or("there is no such row")?;
    let is_blank = state.scores.matrix.active().any(|at| matrix.unrated(at) > 0);
    let is_settled = is_blank && !state.blind && settled(matrix, state.method) == Some(true);
    if let Some(goal) = Goal::of(state.scenario(), Subject::Cell { evidence, hypothesis }) {
        panels::go_to(state, &goal);
    }
    let end = if is_settled { "; no rating of the blank cells can change who leads" } else { "" };
    state.say(Tone::Done, format!("this cell would tell most{end}"));
    DONE
}

pub(super) fn head(_: &mut State, _: &str) -> Answer {
    Ok(vec![Effect::ReadHead])
}

pub(super) fn help(state: &mut State, _: &str) -> Answer {
    state.mode = Mode::Help(0);
    DONE
}

pub(super) fn go_to(state: &mut State, id: &str) -> Answer {
    let (kind, id) = item(state.scenario(), id).map_err(|objection| objection.to_string())?;
    let at = ids(state.scenario(), kind).iter().position(|known| *known == id).unwrap_or_default();
    match kind {
        ItemKind::Evidence => find::reveal(state, at),
        ItemKind::Hypothesis => {
            let column = state.columns.iter().position(|column| *column == at);
            state.cursor.column = column.unwrap_or(state.cursor.column);
        }
        ItemKind::Source | ItemKind::Indicator => {
            return Err(format!("a {kind} has no place in the matrix; `:{kind} {id}` opens it"));
        }
    }
    DONE
}

pub(super) fn rate(state: &mut State, arguments: &str) -> Answer {
    let usage = "it takes a rating or `blank`, then `row` or `column`: `:rate C row`";
    let [word, extent] = arguments.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(usage.into());
    };
    let ratings = Rating::ALL.iter().map(|rating| (rating.as_str(), Some(*rating)));
    let rating = one_of(word, ratings.chain([("blank", None)]))?;
    let whole_row = one_of(extent, [("row", true), ("column", false)].into_iter())?;
    let (Some((row, _)), Some((column, _))) = (state.item(), state.hypothesis()) else {
        return Err("there is no cell to rate".into());
    };
    let cells: Vec<(usize, usize)> = if whole_row {
        state.columns.iter().map(|column| (row, *column)).collect()
    } else {
        state.rows.iter().map(|row| (*row, column)).collect()
    };
    let changes = make::rate_all(state.scenario(), cells, rating);
    state.last = Some(rating);
    Ok(apply(state, &changes))
}

/// Makes changes as one step; says so if there are none.
fn apply(state: &mut State, changes: &[Change]) -> Vec<Effect> {
    if changes.is_empty() {
        state.say(Tone::Done, "it is so already");
    }
    rate::apply(state, changes);
    Vec::new()
}

pub(super) fn set(state: &mut State, arguments: &str) -> Answer {
    if let [evidence, hypothesis, rating] = arguments.split_whitespace().collect::<Vec<_>>()[..]
        && ids(state.scenario(), ItemKind::Evidence).contains(&evidence)
        && ids(state.scenario(), ItemKind::Hypothesis).contains(&hypothesis)
    {
        return set_cell(state, evidence, hypothesis, rating);
    }
    let Some((field, value)) = arguments.split_once(char::is_whitespace) else {
        return Err("it takes a field and a value; `:unset FIELD` takes one away".into());
    };
    // Quotes as a shell would want them do no harm.
    let value = value.trim();
    let value = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
    change_field(state, field, Some(value))
}

fn set_cell(state: &mut State, evidence: &str, hypothesis: &str, word: &str) -> Answer {
    let ratings = Rating::ALL.iter().map(|rating| (rating.as_str(), Some(*rating)));
    let rating = one_of(word, ratings.chain([("blank", None)]))?;
    let (Some(evidence), Some(hypothesis)) = (EvidenceId::parse(evidence), HypothesisId::parse(hypothesis))
    else {
        return DONE;
    };
    let made = match rating {
        Some(_) => make::set_rating(state.scenario(), &evidence, &hypothesis, rating)
            .map(|change| change.into_iter().collect::<Vec<_>>()),
        None => make::blank(state.scenario(), &evidence, &hypothesis),
    };
    let changes = made.map_err(|refused| Objection::to_change(state.scenario(), &refused).to_string())?;
    Ok(apply(state, &changes))
}

pub(super) fn unset(state: &mut State, field: &str) -> Answer {
    if field.is_empty() {
        return Err("it takes a field: title, scoring.method, ID.FIELD".into());
    }
    change_field(state, field, None)
}

fn change_field(state: &mut State, field: &str, value: Option<&str>) -> Answer {
    let changes = set_field(state.scenario(), field, value).map_err(|objection| objection.to_string())?;
    let effects = apply(state, &changes);
    // Whoever sets the file's method wants to see it at work, also where it was that already.
    if field == ScenarioField::Method.as_str() && state.method != state.scenario().method() {
        state.method = state.scenario().method();
        rate::rescore(state);
    }
    Ok(effects)
}

pub(super) fn filter(state: &mut State, line: &str) -> Answer {
    find::filter_by(state, line);
    DONE
}

pub(super) fn sort(state: &mut State, name: &str) -> Answer {
    sort_by(state, one_of(name, Order::ALL.into_iter().map(|order| (order.as_str(), order)))?);
    DONE
}

pub(super) fn method(state: &mut State, name: &str) -> Answer {
    score_by(state, one_of(name, Method::ALL.iter().map(|method| (method.as_str(), *method)))?);
    DONE
}

pub(super) fn panel(state: &mut State, name: &str) -> Answer {
    state.panel = one_of(name, PANELS.iter().enumerate().map(|(at, panel)| (panel.name, at)))?;
    panels::show(state);
    DONE
}

pub(super) fn theme(_: &mut State, name: &str) -> Answer {
    let theme = one_of(name, THEMES.iter().map(|theme| (theme.name, theme.name)))?;
    Ok(vec![Effect::Theme(theme)])
}

/// Shows or hides hints until the editor is left; without a word, the other way round.
pub(super) fn hints(state: &mut State, word: &str) -> Answer {
    let is_on = match word {
        "" => !state.settings.hints,
        word => one_of(word, [("on", true), ("off", false)].into_iter())?,
    };
    state.settings.hints = is_on;
    state.say(
        Tone::Done,
        if is_on { "hints are shown" } else { "no hints until you leave; :hints shows them" },
    );
    DONE
}

pub(super) fn copy(state: &mut State, part: &str) -> Answer {
    let parts = [("cell", Part::Cell), ("row", Part::Row), ("table", Part::Table)];
    Ok(table::copy(state, one_of(part, parts.into_iter())?))
}

/// Opens the form of the scenario's own fields, at the one that is named.
pub(super) fn scenario(state: &mut State, field: &str) -> Answer {
    let fields = ScenarioField::ALL.iter().map(|field| (field.as_str(), *field));
    let field = if field.is_empty() { None } else { Some(one_of(field, fields)?) };
    form::open_whole(state, field);
    DONE
}

pub(super) fn source(state: &mut State, id: &str) -> Answer {
    open::<Source>(state, id)
}

pub(super) fn indicator(state: &mut State, id: &str) -> Answer {
    open::<Indicator>(state, id)
}

pub(super) fn sources(state: &mut State, _: &str) -> Answer {
    list::open(state, ItemKind::Source);
    DONE
}

pub(super) fn indicators(state: &mut State, _: &str) -> Answer {
    list::open(state, ItemKind::Indicator);
    DONE
}

/// Deletes a source, unless items cite it.
pub(super) fn delete_source(state: &mut State, id: &str) -> Answer {
    let id = known::<Source>(state, id)?;
    if let Err(Refused::Cited(items)) = make::uncited(state.scenario(), &id) {
        let by = count(items.len(), "item cites", "items cite");
        return Err(format!("{by} {id}: `:source-delete! {id}` deletes it and the citations"));
    }
    delete::<Source>(state, &id)
}

/// Deletes a source and what cites it no longer does.
pub(super) fn delete_cited_source(state: &mut State, id: &str) -> Answer {
    let id = known::<Source>(state, id)?;
    delete::<Source>(state, &id)
}

pub(super) fn delete_indicator(state: &mut State, id: &str) -> Answer {
    let id = known::<Indicator>(state, id)?;
    delete::<Indicator>(state, &id)
}

/// The id of an item that is there.
fn known<T: Listed>(state: &State, id: &str) -> Result<T::Id, String> {
    let found = T::parse_id(id).filter(|id| state.scenario().position::<T>(id).is_some());
    found.ok_or_else(|| match id {
        "" => format!("it takes the id of the {}", T::KIND),
        id => Objection::unknown(state.scenario(), T::KIND, id).to_string(),
    })
}

fn delete<T: Listed>(state: &mut State, id: &T::Id) -> Answer {
    let change = make::remove::<T>(state.scenario(), id)
        .map_err(|refused| Objection::to_change(state.scenario(), &refused).to_string())?;
    Ok(apply(state, &[change]))
}

pub(super) fn add_source(state: &mut State, arguments: &str) -> Answer {
    add::<Source>(state, arguments)
}

pub(super) fn add_indicator(state: &mut State, arguments: &str) -> Answer {
    add::<Indicator>(state, arguments)
}

/// Opens the form of an item that has no place in the matrix; without an id, of a new one.
fn open<T: Listed>(state: &mut State, id: &str) -> Answer {
    form::open_item(state, T::KIND, Some(id).filter(|id| !id.is_empty()));
    DONE
}

fn add<T: Listed>(state: &mut State, arguments: &str) -> Answer {
    let Some((id, name)) = arguments.split_once(char::is_whitespace) else {
        return Err(format!("it takes the id of the new {} and its name or text", T::KIND));
    };
    let id = T::parse_id(id).ok_or(crate::scenario::ID_RULE)?;
    let item = T::named(id, name.trim().to_owned());
    let change = make::add(state.scenario(), &item, Vec::new(), usize::MAX)
        .map_err(|refused| Objection::to_change(state.scenario(), &refused).to_string())?;
    Ok(apply(state, &[change]))
}
