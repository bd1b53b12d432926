//! The lines around the matrix: title, speech and keys.

use crate::tui::prompt::Prompt;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::panel::{self, has_entries};
use super::pen::put;
use super::{help, prompt, selection, verdict};
use crate::engine::RatingCode;
use crate::present::Order;
use crate::present::target::ids;
use crate::present::words::count;
use crate::text::{single_line, width, wrap_plain};
use crate::tui::commands;
use crate::tui::counting::rating_keys;
use crate::tui::form::LEAVING;
use crate::tui::keymap::{Action, BINDINGS, Binding, Key, Motion, key_for};
use crate::tui::layout::{Layout, layout, to_u16};
use crate::tui::panel::{PANELS, is_list};
use crate::tui::settings::Digits;
use crate::tui::settling::Recovery;
use crate::tui::state::{Mode, Question, Speech, State};
use crate::tui::theme::Theme;

/// Columns between a sentence and the conclusion beside it.
const GAP: usize = 4;

/// Draws marking, title and facts; the question below where it has a line, else in place of the title.
pub(super) fn title(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let scenario = state.scenario();
    let area = layout.title;
    let room = area.width.saturating_sub(2);
    let marking = scenario.marking.as_deref().map(single_line);
    let marking = marking.as_deref().unwrap_or_default();
    let mut x = 1;
    if !marking.is_empty() {
        // Of the health of the file at least the first word stays in sight.
        let taken = to_u16(width(marking)).min(room / 2);
        put(buffer, x, area.y, taken, marking, theme.accent.patch(theme.strong));
        x += taken + APART;
    }
    let question = scenario.question.as_deref();
    let title = Some(scenario.title.as_str()).filter(|title| !title.trim().is_empty());
    let (first, second) = match question {
        Some(question) if area.height < 2 => (question, None),
        question => (title.unwrap_or(&state.session.name), question),
    };
    let wanted = to_u16(width(&single_line(first)));
    let health = health(state);
    let mut facts: Vec<(String, Style)> = health
        .into_iter()
        .map(|(text, is_alarm)| (text, if is_alarm { theme.error } else { theme.plain }))
        .collect();
    let extent = |facts: &[(String, Style)]| -> u16 {
        facts.iter().map(|(text, _)| to_u16(width(text)) + APART).sum()
    };
    // Facts that can be seen elsewhere are told where the text before them stays whole.
    for fact in view_facts(state) {
        let more = to_u16(width(&fact)) + APART;
        if x + wanted + extent(&facts) + more <= area.width.saturating_sub(1) {
            facts.push((fact, theme.dim));
        }
    }
    let end = area.width.saturating_sub(1);
    let start = end.saturating_sub(extent(&facts).saturating_sub(APART)).max(x.min(end));
    put(buffer, x, area.y, start.saturating_sub(x + APART.min(start)), first, theme.strong);
    let mut x = start;
    for (text, style) in &facts {
        put(buffer, x, area.y, end.saturating_sub(x), text, *style);
        x += to_u16(width(text)) + APART;
    }
    if let Some(why) = unprotected(state).filter(|_| area.height > 1) {
        put(buffer, 1, area.y + 1, room, &why, theme.error);
    } else if state.window.blind && area.height > 1 {
        put(buffer, 1, area.y + 1, room, &blindness(state), theme.plain);
    } else if let Some(second) = second.filter(|_| area.height > 1) {
        put(buffer, 1, area.y + 1, room, second, theme.plain);
    }
}

/// Returns what blind mode hides, and the key that shows it.
fn blindness(state: &State) -> String {
    let key = state.key(Action::Blind);
    format!(
        "Scores, ranks, leaders, signs, who leads if rated, and columns in file order are back with {key}."
    )
}

/// Returns the reason why unsaved edits are not kept if the editor stops, and the key that saves them.
fn unprotected(state: &State) -> Option<String> {
    let why = state.session.unprotected.as_ref().filter(|_| state.session.unsaved() > 0)?;
    Some(format!("Edits are not kept if this stops: {why}. {} saves.", state.key(Action::Save)))
}

/// Returns the keys that answer what is to become of edits that a crash left, with more words where there is room.
pub(super) fn recovery_keys(recovery: &Recovery, room: usize) -> String {
    if recovery.is_aside {
        return "s back to the question  ↑ ↓ ← → look around  q later".into();
    }
    let (take, words) = match (recovery.must_merge(), recovery.edits.is_empty()) {
        (true, _) => ("m merge them by cell", "m merge them by cell, unsaved; each clash is asked about"),
        (false, true) => ("y open the form", "y open the form again"),
        (false, false) => ("y restore them", "y restore them, unsaved; u undoes each"),
    };
    let long =
        format!("{words}   n drop them (kept for a week)   s show the file without them first   q later");
    if width(&long) <= room {
        return long;
    }
    format!("{take}  n drop (kept a week)  s show the file  q later")
}

/// Columns between the parts of the title line.
const APART: u16 = 3;

/// Returns what must stay in sight, and whether it is alarming: faults of the file, what is not saved, and what the view
/// hides.
fn health(state: &State) -> Vec<(String, bool)> {
    let (items, unsaved) = (state.scenario().evidence.len(), state.session.unsaved());
    let mut facts = Vec::new();
    let mut say = |text: String, is_alarm| facts.push((text, is_alarm));
    if state.session.unprotected.is_some() && unsaved > 0 {
        say("NOT PROTECTED".into(), true);
    }
    for faults in state.derived.faults() {
        say(faults, true);
    }
    if let Some(day) = state.window.as_of {
        say(format!("as of {day}, {} of {}", state.window.rows.len(), count(items, "item", "items")), false);
    }
    if state.window.blind {
        say("blind".into(), false);
    }
    if state.session.read_only.is_some() {
        say("read-only".into(), false);
    } else if unsaved > 0 {
        say(format!("{unsaved} unsaved"), false);
    }
    if state.window.is_filtered() && state.window.rows.len() < items {
        say(format!("{} of {items} filtered", state.window.rows.len()), false);
    }
    facts
}

/// Returns facts about the view, the most useful first.
fn view_facts(state: &State) -> Vec<String> {
    let (items, hypotheses) = (state.scenario().evidence.len(), state.scenario().hypotheses.len());
    let mut facts = Vec::new();
    if state.session.version() > 0 && state.session.unsaved() == 0 && state.session.read_only.is_none() {
        facts.push("saved".into());
    }
    if !state.others.is_empty() {
        let others = state.others.len();
        facts.push(format!("{} and {}", state.session.name, count(others, "other file", "other files")));
    }
    if state.window.blind && state.session.is_small() {
        let matrix = &state.derived.scores.matrix;
        let is_rated = |row: &usize| matrix.comparable().all(|at| matrix.code(*row, at) != RatingCode::Blank);
        let rated = (0..matrix.items().len()).filter(is_rated).count();
        facts.push(format!("{rated} of {} rated", count(matrix.items().len(), "item", "items")));
        return facts;
    }
    facts.push(state.window.method.to_string());
    if state.window.order != Order::File {
        facts.push(format!("by {}", state.window.order.as_str()));
    }
    if items > 0 || hypotheses > 0 {
        facts.push(format!(
            "{}, {}",
            count(items, "item", "items"),
            count(hypotheses, "hypothesis", "hypotheses")
        ));
    }
    facts
}

/// Draws the sentence about the last change, and the key that undoes or redoes it where there is room.
pub(super) fn told(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let (Some(y), Some((tone, text))) = (layout.told, state.last_change()) else { return };
    let area = layout.speech;
    let room = area.width.saturating_sub(2);
    let text = [format!("Last change: {text}"), format!("Last: {text}"), text.to_owned()];
    let [.., bare] = &text;
    let text = text.iter().find(|text| width(text) <= usize::from(room)).unwrap_or(bare);
    put(buffer, 1, y, room, text, spoken(Some(tone), theme));
    let is_undone = state.told.as_ref().is_some_and(|told| told.is_undone);
    let (action, word) = if is_undone { (Action::Redo, "redoes") } else { (Action::Undo, "undoes") };
    let undo = format!("{} {word} it", state.key(action));
    let wanted = to_u16(width(&undo));
    if width(text) + GAP + usize::from(wanted) <= usize::from(room) {
        put(buffer, area.right().saturating_sub(1 + wanted), y, wanted, &undo, theme.dim);
    }
}

/// Returns the style of what is said; `None` for a question.
fn spoken(tone: Option<Speech>, theme: &Theme) -> Style {
    match tone {
        None => theme.accent,
        Some(Speech::Changed | Speech::Done) => theme.plain,
        Some(Speech::Refused) => theme.error,
        Some(Speech::Conclusion) => theme.accent.patch(theme.strong),
    }
}

/// Draws the sentence of the editor, else the conclusion. A sentence that is too long continues in the line of keys.
/// Returns whether it does, and the place of the caret if a line is typed.
pub(super) fn speech(
    state: &State,
    theme: &Theme,
    layout: &Layout,
    buffer: &mut Buffer,
) -> (bool, Option<Position>) {
    let area = layout.speech;
    let room = area.width.saturating_sub(2);
    if let Some((text, tone)) = announced(state) {
        let (first, rest) = on_two_lines(&text, room);
        put(buffer, 1, area.y, room, &first, spoken(tone, theme));
        put(buffer, 1, layout.hints.y, room, &rest, spoken(tone, theme));
        if rest.is_empty() {
            beside(state, theme, area, &first, buffer);
        }
        return (!rest.is_empty(), None);
    }
    match &state.mode {
        Mode::Prompt(prompt) => return (false, Some(prompt::draw(state, prompt, theme, area, buffer))),
        Mode::Form(form) if form.is_leaving => put(buffer, 1, area.y, room, LEAVING, theme.accent),
        Mode::Help(searching) => {
            let found = help::count(state, searching);
            return (false, Some(prompt::typed("? ", &searching.input, &found, theme, area, buffer)));
        }
        // No conclusion is in sight before the last answer.
        _ if state.survey.is_some() => {}
        Mode::Matrix if let Some(block) = state.window.block() => {
            let said = selection::summary(state, &block, usize::from(room));
            put(buffer, 1, area.y, room, &said, theme.accent);
        }
        Mode::Matrix | Mode::Page(_) | Mode::Form(_) | Mode::List(_) | Mode::Question(_) => {
            put(buffer, 1, area.y, room, &verdict::conclusion(state, usize::from(room)), theme.plain);
        }
    }
    (false, None)
}

/// Draws the conclusion at the end of the line of speech, if a change leaves room for it: so the margin is seen to move.
fn beside(state: &State, theme: &Theme, area: Rect, said: &str, buffer: &mut Buffer) {
    let is_changed = matches!(state.mode, Mode::Matrix)
        && state.survey.is_none()
        && state.said.is_none()
        && matches!(state.last_change(), Some((Speech::Changed, _)));
    let room = usize::from(area.width).saturating_sub(width(said) + GAP + 2);
    if is_changed && let Some(verdict) = verdict::beside(state, room) {
        let wanted = to_u16(width(&verdict));
        put(buffer, area.right().saturating_sub(1 + wanted), area.y, wanted, &verdict, theme.dim);
    }
}

/// Returns the sentence that takes precedence over the conclusion: a question, whose tone is `None`, or the result of the
/// last key.
fn announced(state: &State) -> Option<(String, Option<Speech>)> {
    match (&state.mode, &state.said) {
        // The typed line takes its place.
        (Mode::Prompt(_), _) => None,
        (Mode::Question(Question::Panel), _) => {
            Some((panel_letters(usize::from(state.window.size.0.saturating_sub(2))), None))
        }
        (Mode::Question(Question::Copy), _) => Some(("Copy what? c cell  r row  t table".to_owned(), None)),
        (Mode::Question(Question::Delete(deleting) | Question::SettleAll(deleting)), _) => {
            Some((deleting.question.clone(), None))
        }
        (_, Some((tone, text))) => Some((text.clone(), Some(*tone))),
        // Where there is no line for it, the last change takes the place of the conclusion.
        (Mode::Matrix, None)
            if state.survey.is_none() && layout(state).is_some_and(|layout| layout.told.is_none()) =>
        {
            state.last_change().map(|(tone, text)| (text.to_owned(), Some(tone)))
        }
        (_, None) => None,
    }
}

/// Returns the first line of a text in so many columns, and the rest.
fn on_two_lines(text: &str, room: u16) -> (String, String) {
    if width(text) <= usize::from(room) {
        return (text.to_owned(), String::new());
    }
    let mut lines = wrap_plain(text, usize::from(room)).into_iter();
    let first = lines.next().unwrap_or_default();
    (first, lines.collect::<Vec<_>>().join(" "))
}

/// Draws the keys that do something now.
pub(super) fn hints(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let room = layout.hints.width.saturating_sub(1);
    put(buffer, 1, layout.hints.y, room, &hint_line(state, room), theme.dim);
}

/// Returns the key that is named at a place of the screen.
pub(crate) fn key_at(state: &State, x: u16, y: u16) -> Option<Key> {
    let layout = layout(state)?;
    let text = announced(state).map(|(text, _)| text).unwrap_or_default();
    let is_drawn = on_two_lines(&text, layout.speech.width.saturating_sub(2)).1.is_empty();
    // The usage of a command names no keys.
    if y != layout.hints.y || !is_drawn || matches!(state.mode, Mode::Prompt(Prompt::Command(_))) {
        return None;
    }
    let line = hint_line(state, layout.hints.width.saturating_sub(1));
    key_in(&line, usize::from(x.checked_sub(1)?))
}

/// Returns the key that a line of hints names at a column: the word there if it is a key, else the first of its hint.
fn key_in(line: &str, column: usize) -> Option<Key> {
    let words = |text: &str, from: usize, between: &str| -> Option<(String, usize)> {
        let mut at = from;
        for word in text.split(between) {
            let end = at + width(word);
            if (at..end).contains(&column) {
                return Some((word.to_owned(), at));
            }
            at = end + between.len();
        }
        None
    };
    let (hint, from) = words(line, 0, "  ")?;
    let here = words(&hint, from, " ").and_then(|(word, _)| word.parse().ok());
    here.or_else(|| hint.split(' ').next()?.parse().ok())
}

fn hint_line(state: &State, columns: u16) -> String {
    // A question is of no use without the keys that answer it.
    let is_asked = state.survey.is_some()
        || matches!(state.mode, Mode::Question(Question::Recover(_) | Question::Settle(_)));
    if !state.settings.hints && !is_asked {
        return String::new();
    }
    let room = usize::from(columns);
    let line: String = match state.mode {
        // These fit already.
        Mode::Matrix if let Some(survey) = &state.survey => survey.keys(state.scenario()).into(),
        Mode::Matrix if let Some(count) = state.recall.count => {
            format!("{count}_  . rates so many down  a move goes so far  g goes to the row  Esc drop")
        }
        Mode::Matrix if state.window.selection.is_some() => {
            format!("{} {}", rating_keys(&state.bound), selection::KEYS)
        }
        Mode::Matrix if state.window.lit.is_some() => return lit_keys(state),
        Mode::Matrix if state.window.as_of.is_some() => {
            let back = "Esc the present  ";
            return format!("{back}{}", keys(state, room.saturating_sub(back.len())));
        }
        Mode::Matrix => return keys(state, room),
        Mode::Prompt(Prompt::Command(ref prompt)) => return commands::hint(state, prompt),
        Mode::Prompt(Prompt::Search(_)) => "Enter stay  Esc back  ↓ ↑ next, previous".into(),
        Mode::Prompt(Prompt::Note(_)) => "Enter keep  Esc back".into(),
        Mode::Prompt(Prompt::Filter(_)) => "Enter keep  Esc back  Tab completes  ! before a word: not".into(),
        Mode::Question(Question::Panel) => String::new(),
        Mode::Question(Question::Copy) => "c cell  r row  t table  any other key: nothing".into(),
        Mode::Page(_) if !is_list(state) => "↑ ↓ scroll  v next  other keys close".into(),
        Mode::Page(focus) => panel::keys(state, focus),
        Mode::Question(Question::Paste(ref pasted)) => {
            let keys = pasted.plans.iter().map(|plan| plan.key.to_string()).collect::<Vec<_>>();
            let what = if pasted.origin.is_some() { "imported" } else { "pasted" };
            format!("{} one of these  Esc nothing is {what}", keys.join(" "))
        }
        Mode::Question(Question::Conflict(_)) => {
            "o ours  t theirs  ! next  u undo  Esc later  O T all that are left".into()
        }
        Mode::Help(ref searching) if !searching.input.is_empty() => {
            "Enter runs it  ↑ ↓ choose  Esc back; letters only type".into()
        }
        Mode::Help(_) if help::last_top(state) > 0 => "↑ ↓ scroll  Esc back; letters search".into(),
        Mode::Help(_) => "Esc back; letters search".into(),
        Mode::List(listing) if ids(state.scenario(), listing.kind).is_empty() => "Esc close  a add".into(),
        Mode::List(_) => "Esc close  Enter edit  a add  d delete  u undo".into(),
        Mode::Question(Question::SettleAll(_)) => "y settle all  any other key: back".into(),
        Mode::Question(Question::Delete(_)) => "y delete  any other key: nothing".into(),
        Mode::Form(ref form) => form.hint().into(),
        Mode::Question(Question::Leave(_)) => "s save and quit  d drop them and quit  Esc stay".into(),
        Mode::Question(Question::Recover(ref recovery)) => recovery_keys(recovery, room),
        Mode::Question(Question::Settle(_)) => "m mine  t theirs  M T all  Esc later".into(),
    };
    // Hints that do not fit are left out rather than cut.
    let mut fitting = line.as_str();
    while width(fitting) > room {
        let Some((shorter, _)) = fitting.rsplit_once("  ") else { break };
        fitting = shorter;
    }
    fitting.to_owned()
}

/// Returns the panels with their letters; the letters alone where not even two lines have room for the names.
fn panel_letters(room: usize) -> String {
    let names: Vec<String> = PANELS.iter().map(|panel| format!("{} {}", panel.letter, panel.name)).collect();
    let line = format!("Panel: {}; v the next, Enter into it", names.join(", "));
    if wrap_plain(&line, room).len() <= 2 {
        return line;
    }
    let letters: String = PANELS.iter().map(|panel| panel.letter).collect();
    format!("Panel {letters}, v next, Enter into it")
}

/// Returns the keys while the matches of a search are lit: `n` does not rate then.
fn lit_keys(state: &State) -> String {
    let rate = match (state.session.read_only.is_none(), state.settings.digits) {
        (true, Digits::Rate) => "  3 rates N  1 2 4 5 rate",
        (true, Digits::Count) => "  C c i I rate",
        (false, _) => "",
    };
    format!("n N next, previous{rate}  Esc ends")
}

/// Returns the keys of the matrix with a word each, as many as fit. Rating, help, saving and quitting stay longest.
fn keys(state: &State, columns: usize) -> String {
    let hint = |b: &Binding| {
        let key = |action| Some(key_for(action, &state.bound)?.to_string());
        let key = match b.action {
            Action::Rate(_) => rating_keys(&state.bound),
            action => key(action)?,
        };
        Some((b.action, format!("{key} {}", b.hint?)))
    };
    let mut hints: Vec<(Action, String)> =
        BINDINGS.iter().filter(|b| is_live(state, b.action)).filter_map(hint).collect();
    let line = |hints: &[(Action, String)]| {
        hints.iter().map(|(_, hint)| hint.as_str()).collect::<Vec<_>>().join("  ")
    };
    while width(&line(&hints)) > columns {
        let stays =
            |action: &Action| matches!(action, Action::Rate(_) | Action::Help | Action::Save | Action::Quit);
        let Some(at) = hints.iter().rposition(|(action, _)| !stays(action)) else { break };
        hints.remove(at);
    }
    line(&hints)
}

/// Whether an action would do something now.
fn is_live(state: &State, action: Action) -> bool {
    let is_cell = || state.item().is_some() && state.hypothesis().is_some();
    let is_kept = state.session.read_only.is_none() && state.window.as_of.is_none();
    match action {
        Action::Rate(_) => is_kept && is_cell(),
        Action::EditCell => is_cell() && state.window.as_of.is_none(),
        // Elsewhere these would take the place of what is needed sooner.
        Action::Select => is_cell() && state.window.size.0 >= 120,
        Action::NextCritical => {
            let rests = state.derived.fragility.as_ref().is_some_and(|known| !known.rows.is_empty());
            rests && !state.window.blind && state.window.size.0 >= 120
        }
        Action::EditItem => state.item().is_some() && state.window.as_of.is_none(),
        Action::AddItem => is_kept,
        Action::Blank => {
            let cell = state.item().zip(state.hypothesis()).filter(|_| state.window.size.0 >= 100);
            is_kept && cell.is_some_and(|((_, item), (at, _))| item.ratings.rating(at).is_some())
        }
        Action::Move(Motion::NextBlank) => {
            let count = state.scenario().hypotheses.len();
            let matrix = &state.derived.scores.matrix;
            is_cell() && (0..count).any(|at| !matrix.is_residual(at) && matrix.unrated(at) > 0)
        }
        Action::EditScenario => {
            is_kept && state.scenario().question.is_none() && state.scenario().evidence.is_empty()
        }
        Action::AddHypothesis => is_kept && state.scenario().hypotheses.len() < 2,
        Action::Undo => state.session.version() > 0,
        Action::Save => state.session.unsaved() > 0 && state.session.read_only.is_none(),
        Action::Filter => state.window.is_filtered(),
        Action::Search => !state.window.rows.is_empty(),
        Action::NextConflict => !state.derived.faults().is_empty(),
        Action::EnterPanel => has_entries(state),
        _ => true,
    }
}
