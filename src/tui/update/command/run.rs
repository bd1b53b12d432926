//! The commands: each takes its arguments as one line and answers with effects, or with the reason why not.

use crate::change::make::Observation;
use crate::change::{Change, Listed, Refused, make};
use crate::diagnostic::did_you_mean;
use crate::engine::{next_cell, settled};
use crate::present::target::{by_kind, ids, item, set as set_field, spec};
use crate::present::words::count;
use crate::present::{Objection, Order};
use crate::scenario::{
    Date, EvidenceId, HypothesisId, Indicator, ItemKind, Keyword, Level, Method, Rating, Scenario,
    ScenarioField, Source, Subject,
};
use crate::text::single_line;
use crate::tui::commands::Verb;
use crate::tui::effect::Effect;
use crate::tui::fuzzy::named;
use crate::tui::keymap::Action;
use crate::tui::page::Goal;
use crate::tui::panel::PANELS;
use crate::tui::state::{HelpSearch, Mode, State};
use crate::tui::theme::THEMES;
use crate::tui::update::act::act;
use crate::tui::update::apply::{self, refusal};
use crate::tui::update::table::{self, CopyPart};
use crate::tui::update::{edit, find, form, list, panel, rate as rating, save, select};

/// The reason why a command cannot be carried out, in words.
type Answer = Result<(), String>;

/// Returns the choice that a word names.
///
/// # Errors
/// The words that are expected, and the one that may be meant.
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

/// Returns the words of a type, each with its value.
fn words<T: Keyword>() -> impl Iterator<Item = (&'static str, T)> + Clone {
    T::ALL.iter().map(|value| (value.as_str(), *value))
}

fn rating_or_blank(word: &str) -> Result<Option<Rating>, String> {
    let ratings = words::<Rating>().map(|(word, rating)| (word, Some(rating)));
    one_of(word, ratings.chain([("blank", None)]))
}

/// Carries out a command.
///
/// # Errors
/// The reason why that cannot be done, in words.
pub(super) fn run(state: &mut State, verb: Verb, arguments: &str) -> Answer {
    match verb {
        Verb::Write if arguments.is_empty() => save::save(state, false),
        Verb::Write => {
            let text = state.session.text().to_owned();
            state.request(Effect::SaveCopy { text, name: arguments.to_owned() });
        }
        Verb::Quit => act(state, Action::Quit),
        Verb::WriteAndQuit => save::save(state, true),
        Verb::QuitAnyway => state.request(Effect::Quit),
        Verb::ReadHead => state.request(Effect::ReadHead),
        Verb::Theme => {
            let theme = one_of(arguments, THEMES.iter().map(|theme| (theme.name, theme.name)))?;
            state.request(Effect::Theme(theme));
        }
        Verb::EditSettings => state.request(Effect::EditSettings),
        Verb::Copy => {
            let parts = [("cell", CopyPart::Cell), ("row", CopyPart::Row), ("table", CopyPart::Table)];
            table::copy(state, one_of(arguments, parts.into_iter())?);
        }
        Verb::ShowFile if arguments.is_empty() => {
            return Err("it takes the name of a file; `:files` lists those that are open".into());
        }
        Verb::ShowFile => state.request(Effect::ShowFile(arguments.to_owned())),
        Verb::ShowPrevious => state.request(Effect::ShowFile("#".to_owned())),
        Verb::ListFiles => list_files(state),
        Verb::Export | Verb::Import if arguments.is_empty() => {
            return Err("it takes the name of a file, whose ending says what it is".into());
        }
        Verb::Export => state.request(Effect::Export(arguments.to_owned())),
        Verb::Import => state.request(Effect::Import(arguments.to_owned())),
        Verb::PasteBlock => form::open_block(state),
        Verb::GoTo => go_to(state, arguments)?,
        Verb::Rate => rate(state, arguments)?,
        Verb::OpenAddress => act(state, Action::OpenAddress),
        Verb::Confidence => confidence(state, arguments)?,
        Verb::Tag => select::tag(state, arguments)?,
        Verb::Group => select::group(state, arguments)?,
        Verb::Set => set(state, arguments)?,
        Verb::Unset => unset(state, arguments)?,
        Verb::Filter => find::filter_by(state, arguments),
        Verb::Sort => {
            let orders = Order::ALL.iter().map(|order| (order.as_str(), *order));
            table::sort_by(state, one_of(arguments, orders)?);
        }
        Verb::Method => {
            table::score_by(state, one_of(arguments, words::<Method>())?);
        }
        Verb::AsOf if arguments.is_empty() => table::show_as_of(state, None),
        Verb::AsOf => {
            let date = Date::parse(arguments).ok_or("it takes a date such as 2025-12-04, 2025-12 or 2025")?;
            table::show_as_of(state, Some(date.last_day()));
        }
        Verb::Panel => {
            let panels = PANELS.iter().enumerate().map(|(at, panel)| (panel.name, at));
            state.window.panel = one_of(arguments, panels)?;
            panel::show(state);
        }
        Verb::NextCell => go_to_next(state)?,
        Verb::Hints => hints(state, arguments)?,
        Verb::EditScenario => {
            let field =
                if arguments.is_empty() { None } else { Some(one_of(arguments, words::<ScenarioField>())?) };
            form::open_whole(state, field);
        }
        Verb::EditOutcome => form::open_whole(state, Some(ScenarioField::OutcomeHypothesis)),
        Verb::Estimate => state.request(Effect::AskName),
        Verb::Observe => observe(state, arguments)?,
        Verb::Edit(kind) => form::open_item(state, kind, Some(arguments).filter(|id| !id.is_empty())),
        Verb::List(kind) => list::open(state, kind),
        Verb::Add(kind) => by_kind!(kind, add(state, arguments))?,
        Verb::Delete(ItemKind::Source) => delete_uncited(state, arguments)?,
        Verb::Delete(kind) => by_kind!(kind, delete(state, arguments))?,
        Verb::DeleteCitedSource => delete::<Source>(state, arguments)?,
        Verb::Help => state.mode = Mode::Help(HelpSearch::default()),
    }
    Ok(())
}

/// Says which files are open: the one in view first, then the others, those seen last before others.
fn list_files(state: &mut State) {
    let described = |name: &str, unsaved: usize| match unsaved {
        0 => single_line(name).into_owned(),
        some => format!("{} ({some} unsaved)", single_line(name)),
    };
    let here = described(&state.session.name, state.session.unsaved());
    let others = state.others.iter().rev().map(|file| described(&file.name, file.unsaved));
    let all: Vec<String> = std::iter::once(here).chain(others).collect();
    state.report(format!("open: {}", all.join(", ")));
}

/// Goes to the cell whose rating would tell most.
fn go_to_next(state: &mut State) -> Answer {
    let matrix = &state.derived.scores.matrix;
    let Some((row, hypothesis)) = next_cell(state.scenario(), matrix, state.window.method) else {
        return Err("no cell is blank, and none is rated with low confidence".into());
    };
    let item = *matrix.items().get(row).ok_or("there is no such row")?;
    let is_blank = state.derived.scores.matrix.comparable().any(|at| matrix.unrated(at) > 0);
    let is_settled = is_blank && !state.window.blind && settled(matrix, state.window.method) == Some(true);
    if let Some(goal) =
        Goal::of(state.scenario(), Subject::Cell { kind: ItemKind::Evidence, item, hypothesis })
    {
        panel::go_to(state, &goal);
    }
    let end = if is_settled { "; no rating of the blank cells can change who leads" } else { "" };
    state.report(format!("this cell would tell most{end}"));
    Ok(())
}

/// Returns the only hypothesis or item that a word names by its name, short name or id, or by their start.
fn only_named(scenario: &Scenario, word: &str) -> Option<(ItemKind, String)> {
    let hypotheses = scenario.hypotheses.iter().map(|h| vec![h.header(), &h.name, h.id.as_str()]);
    let items = scenario.evidence.iter().map(|item| vec![item.id.as_str()]);
    let [at] = named(word, hypotheses.chain(items))[..] else { return None };
    Some(match at.checked_sub(scenario.hypotheses.len()) {
        None => (ItemKind::Hypothesis, scenario.hypotheses.get(at)?.id.to_string()),
        Some(at) => (ItemKind::Evidence, scenario.evidence.get(at)?.id.to_string()),
    })
}

fn go_to(state: &mut State, id: &str) -> Answer {
    if let Ok(number) = id.parse::<usize>() {
        let Some(row) = number.checked_sub(1).filter(|row| *row < state.window.rows.len()) else {
            return Err(format!("there are {}", count(state.window.rows.len(), "row", "rows")));
        };
        state.window.cursor.row = row;
        return Ok(());
    }
    let (kind, id) = match item(state.scenario(), id) {
        Ok(found) => found,
        Err(objection) => only_named(state.scenario(), id).ok_or_else(|| objection.to_string())?,
    };
    let at = ids(state.scenario(), kind).iter().position(|known| *known == id).unwrap_or_default();
    match kind {
        ItemKind::Evidence => find::reveal(state, at),
        ItemKind::Hypothesis => {
            let column = state.window.columns.iter().position(|column| *column == at);
            state.window.cursor.column = column.unwrap_or(state.window.cursor.column);
        }
        ItemKind::Source | ItemKind::Indicator => {
            return Err(format!("a {kind} has no place in the matrix; `:{kind} {id}` opens it"));
        }
        ItemKind::Estimate => return Err("an estimate has no place in the matrix".to_owned()),
    }
    Ok(())
}

fn rate(state: &mut State, arguments: &str) -> Answer {
    let usage = "it takes a rating or `blank`, then `row` or `column`: `:rate C row`";
    let [word, extent] = arguments.split_whitespace().collect::<Vec<_>>()[..] else {
        return Err(usage.into());
    };
    let rating = rating_or_blank(word)?;
    let whole_row = one_of(extent, [("row", true), ("column", false)].into_iter())?;
    let (Some((row, _)), Some((column, _))) = (state.item(), state.hypothesis()) else {
        return Err("there is no cell to rate".into());
    };
    let cells: Vec<(usize, usize)> = if whole_row {
        state.window.columns.iter().map(|column| (row, *column)).collect()
    } else {
        state.window.rows.iter().map(|row| (*row, column)).collect()
    };
    let changes = make::rate_all(state.scenario(), cells, rating);
    state.recall.rating = Some(rating);
    apply(state, &changes);
    Ok(())
}

/// Sets the confidence of the selected cells or of the cell under the cursor; without a word, the next.
fn confidence(state: &mut State, word: &str) -> Answer {
    if word.is_empty() {
        edit::confidence(state, edit::next_confidence);
        return Ok(());
    }
    let levels = Level::ALL.iter().map(|level| (level.as_str(), Some(*level)));
    let level = one_of(word, levels.chain([("none", None)]))?;
    edit::confidence(state, |_| level);
    Ok(())
}

/// Makes changes as one step, or says that there are none.
fn apply(state: &mut State, changes: &[Change]) {
    if changes.is_empty() {
        state.report("nothing to change");
    }
    apply::apply(state, changes);
}

fn set(state: &mut State, arguments: &str) -> Answer {
    if let [evidence, hypothesis, rating] = arguments.split_whitespace().collect::<Vec<_>>()[..]
        && ids(state.scenario(), ItemKind::Evidence).contains(&evidence)
        && ids(state.scenario(), ItemKind::Hypothesis).contains(&hypothesis)
    {
        return set_cell(state, evidence, hypothesis, rating);
    }
    let Some((field, value)) = arguments.split_once(char::is_whitespace) else {
        return Err("it takes a field and a value; `:unset FIELD` takes one away".into());
    };
    let value = value.trim();
    let is_list = spec(state.scenario(), field).is_some_and(|spec| spec.shape.is_list());
    // Quotes for a shell are removed; in a list they belong to its entries.
    let bare = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).filter(|_| !is_list);
    let value = bare.unwrap_or(value);
    change_field(state, field, Some(value))
}

fn set_cell(state: &mut State, evidence: &str, hypothesis: &str, word: &str) -> Answer {
    let rating = rating_or_blank(word)?;
    let (Some(evidence), Some(hypothesis)) = (EvidenceId::parse(evidence), HypothesisId::parse(hypothesis))
    else {
        return Ok(());
    };
    let changes = rating::changes(state.scenario(), &evidence, &hypothesis, rating)
        .map_err(|refused| refusal(state, &refused))?;
    apply(state, &changes);
    Ok(())
}

fn unset(state: &mut State, field: &str) -> Answer {
    if field.is_empty() {
        return Err("it takes a field: title, scoring.method, ID.FIELD".into());
    }
    change_field(state, field, None)
}

fn change_field(state: &mut State, field: &str, value: Option<&str>) -> Answer {
    let changes = set_field(state.scenario(), field, value).map_err(|objection| objection.to_string())?;
    apply(state, &changes);
    // A method that is set in the file is shown, even if the file had it already.
    if field == ScenarioField::Method.as_str() && state.window.method != state.scenario().method() {
        state.score_by(state.scenario().method());
    }
    Ok(())
}

/// Shows or hides hints until the editor is left; without a word, toggles them.
fn hints(state: &mut State, word: &str) -> Answer {
    let is_on = match word {
        "" => !state.settings.hints,
        word => one_of(word, [("on", true), ("off", false)].into_iter())?,
    };
    state.settings.hints = is_on;
    state.report(if is_on { "hints are shown" } else { "no hints until you leave; :hints shows them" });
    Ok(())
}

/// Deletes a source, unless items cite it.
fn delete_uncited(state: &mut State, id: &str) -> Answer {
    let known = known::<Source>(state, id)?;
    if let Err(Refused::Cited(items)) = make::uncited(state.scenario(), &known) {
        let by = count(items.len(), "item cites", "items cite");
        return Err(format!("{by} {id}: `:source-delete! {id}` deletes it and the citations"));
    }
    delete::<Source>(state, id)
}

/// Returns the id of an item that exists.
fn known<T: Listed>(state: &State, id: &str) -> Result<T::Id, String> {
    let found = T::parse_id(id).filter(|id| state.scenario().position::<T>(id).is_some());
    found.ok_or_else(|| match id {
        "" => format!("it takes the id of the {}", T::KIND),
        id => Objection::unknown(state.scenario(), T::KIND, id).to_string(),
    })
}

/// Deletes an item and the references to it.
fn delete<T: Listed>(state: &mut State, id: &str) -> Answer {
    let id = known::<T>(state, id)?;
    let change = make::remove::<T>(state.scenario(), &id).map_err(|refused| refusal(state, &refused))?;
    apply(state, &[change]);
    Ok(())
}

/// Makes an item of an indicator, of today or of the day that is named.
fn observe(state: &mut State, arguments: &str) -> Answer {
    let usage = "it takes the id of an indicator, `not` if it was not seen, and a date such as 2025-12-04";
    let mut words = arguments.split_whitespace().peekable();
    let id = known::<Indicator>(state, words.next().ok_or(usage)?)?;
    let is_absent = words.next_if_eq(&"not").is_some();
    let date = match (words.next(), words.next()) {
        (None, _) => state.today,
        (Some(word), None) => Some(Date::parse(word).ok_or(usage)?),
        (Some(_), Some(_)) => return Err(usage.into()),
    };
    let observation = Observation { is_absent, date, ..Observation::default() };
    let changes =
        make::observe(state.scenario(), &id, &observation).map_err(|refused| refusal(state, &refused))?;
    apply(state, &changes);
    Ok(())
}

fn add<T: Listed>(state: &mut State, arguments: &str) -> Answer {
    let Some((id, name)) = arguments.split_once(char::is_whitespace) else {
        return Err(format!("it takes the id of the new {} and its name or text", T::KIND));
    };
    let id = T::parse_id(id).ok_or(crate::scenario::ID_RULE)?;
    let item = T::named(id, name.trim().to_owned());
    let changes = make::add_declaring(state.scenario(), &item, usize::MAX)
        .map_err(|refused| refusal(state, &refused))?;
    apply(state, &changes);
    Ok(())
}
