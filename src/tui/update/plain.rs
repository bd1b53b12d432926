//! Plain mode: a line that is typed becomes the same changes as keys, and the answer is sentences.
//!
//! Whatever is unclear changes nothing. Must never know a terminal.

use super::{apply, command, disk, rate, save, survey};
use crate::change::make;
use crate::diagnostic::did_you_mean;
use crate::present::words::{capitalized, count, list};
use crate::present::{Conclusion, Objection};
use crate::scenario::{Evidence, Hypothesis, Level, Rating, Scenario};
use crate::text::{single_line, truncate};
use crate::tui::effect::Effect;
use crate::tui::fuzzy::named;
use crate::tui::state::{Mode, Question, State};
use crate::tui::view::standing;

/// Most columns of a word that is repeated because it was not understood.
const LONGEST: usize = 40;

/// The lines that are understood.
const HELP: &[&str] = &[
    "ITEM HYPOTHESIS RATING rates a cell: border ja ii. Without an item it is the last one.",
    "A rating is CC, C, N, I, II, NA, 1 to 5, or blank. It may be followed by low, medium or high, and by note \"TEXT\".",
    "ITEM describes an item. next goes to the next blank cell. scores, items and hypotheses list them.",
    "undo, redo, save, quit, quit! without saving. With a colon, every command of the editor: :set ID.text TEXT.",
];

/// Returns the sentences at the start.
pub(crate) fn greet(state: &State) -> Vec<String> {
    let scenario = state.scenario();
    let marking =
        scenario.marking.as_ref().map(|marking| format!("{}. ", single_line(marking))).unwrap_or_default();
    let blank = blanks(state);
    let rated = if blank == 0 { "all rated".to_owned() } else { count(blank, "blank cell", "blank cells") };
    let size = format!(
        "{}, {}, {rated}.",
        count(scenario.evidence.len(), "item", "items"),
        count(scenario.hypotheses.len(), "hypothesis", "hypotheses")
    );
    let question = scenario.question.as_ref().map(|question| single_line(question).into_owned());
    let title = single_line(&scenario.title);
    let end = if title.ends_with(['.', '?', '!']) { "" } else { "." };
    let title = format!("{marking}{title}{end}");
    let rest = if state.survey.is_some() {
        survey::help(state)
    } else {
        let last = "Give: ITEM HYPOTHESIS RATING, or item, next, undo, save, quit, help.".to_owned();
        let faults = state.derived.faults();
        let faults = if faults.is_empty() { "No errors".to_owned() } else { faults.join(", ") };
        vec![format!("{size} {faults}. {}", verdict_in_full(state)), last]
    };
    [Some(title), question].into_iter().flatten().chain(rest).collect()
}

fn blanks(state: &State) -> usize {
    let matrix = &state.derived.scores.matrix;
    matrix.comparable().map(|hypothesis| matrix.unrated(hypothesis)).sum()
}

/// Takes a line. Returns the answer, and the effects that it asks for.
pub(crate) fn talk(state: &mut State, line: &str) -> (Vec<String>, Vec<Effect>) {
    let before = state.session.version();
    let mut said = answer(state, line.trim());
    disk::journal(state, before);
    if let Some((_, text)) = state.said.take() {
        said.push(sentence(&text));
    }
    (said, std::mem::take(&mut state.effects))
}

fn answer(state: &mut State, line: &str) -> Vec<String> {
    if state.survey.is_some() {
        let said = survey::line(state, line);
        return if state.survey.is_some() { said } else { greet(state) };
    }
    if let Some(command) = line.strip_prefix(':') {
        return give(state, command);
    }
    match line.to_lowercase().as_str() {
        "" => {}
        "help" | "?" => return HELP.iter().map(|line| (*line).to_owned()).collect(),
        "save" | "w" => save::save(state, false),
        "quit" | "q" | "exit" => match state.session.unsaved() {
            0 => state.request(Effect::Quit),
            unsaved => {
                let edits = count(unsaved, "edit is", "edits are");
                return vec![format!(
                    "{edits} not saved. save, then quit; or quit! to leave without saving."
                )];
            }
        },
        "quit!" | "q!" => state.request(Effect::Quit),
        "undo" | "u" => return step(state, apply::undo, "Undone"),
        "redo" => return step(state, apply::redo, "Redone"),
        "next" => return next(state),
        "scores" => return scores(state),
        "items" => {
            return state
                .scenario()
                .evidence
                .iter()
                .map(|item| format!("{}: {}", item.id, single_line(&item.text)))
                .collect();
        }
        "hypotheses" => {
            let hypotheses = state.scenario().hypotheses.iter();
            return hypotheses
                .map(|h| format!("{}: {}", single_line(h.header()), single_line(&h.name)))
                .collect();
        }
        _ => return judge(state, line).unwrap_or_else(|why| vec![format!("{why} Nothing was changed.")]),
    }
    Vec::new()
}

/// Gives a command of the editor. What it would open on the screen has no place here, which is said.
fn give(state: &mut State, line: &str) -> Vec<String> {
    let (version, cursor) = (state.session.version(), state.window.cursor);
    command::give(state, line);
    let is_screen = !matches!(&state.mode, Mode::Matrix | Mode::Question(_))
        || matches!(&state.mode, Mode::Question(Question::Copy | Question::Panel | Question::Conflict(_)));
    let is_quiet = state.said.is_none() && state.effects.is_empty() && matches!(state.mode, Mode::Matrix);
    if state.session.version() != version {
        let told = state.last_change().map(|(_, text)| sentence(text)).unwrap_or_default();
        vec![with_unsaved(state, &told)]
    } else if state.window.cursor != cursor {
        state.item().map(|(_, item)| described(state.scenario(), item)).unwrap_or_default()
    } else if is_screen || is_quiet && !line.trim().is_empty() {
        state.mode = Mode::Matrix;
        vec!["That is for the screen of the editor; :set ID.FIELD TEXT changes a field here.".into()]
    } else {
        Vec::new()
    }
}

/// Takes a step back, or makes it again.
fn step(state: &mut State, step: fn(&mut State), done: &str) -> Vec<String> {
    let (before, leaders) = (state.session.version(), state.derived.scores.ranking.leaders.clone());
    step(state);
    if state.session.version() == before {
        return Vec::new();
    }
    let told = state.last_change().map(|(_, text)| text.to_owned()).unwrap_or_default();
    // The cursor is where the step was.
    let cell = state
        .item()
        .zip(state.hypothesis())
        .filter(|((_, item), (_, hypothesis))| told.contains(&format!("{} / {}: ", item.id, hypothesis.id)));
    let told = match cell {
        Some(((_, item), (at, hypothesis))) => {
            let (place, now) = (cell_name(item, hypothesis), rating_word(item.ratings.rating(at)));
            format!("{done}: {place} is {now} again. {}", consequence(state, &leaders))
        }
        None => sentence(&told),
    };
    vec![with_unsaved(state, &told)]
}

/// Returns the sentence after the file was saved, with the number of changes and who leads.
pub(crate) fn saved(state: &State, said: &str, changes: usize) -> String {
    let said = sentence(said);
    format!(
        "{}: {}. {}",
        said.trim_end_matches('.'),
        count(changes, "change", "changes"),
        verdict(state, standing(state))
    )
}

fn with_unsaved(state: &State, told: &str) -> String {
    match state.session.unsaved() {
        0 => format!("{told} Nothing is unsaved."),
        unsaved => format!("{told} {unsaved} unsaved."),
    }
}

/// Returns a text as a sentence that can be read aloud.
pub(crate) fn sentence(text: &str) -> String {
    let spoken = text.trim_end_matches('.').replace(" -> ", " to ").replace('·', "blank");
    format!("{}.", capitalized(&spoken))
}

fn next(state: &mut State) -> Vec<String> {
    let Some(cursor) = super::navigate::next_blank(state, true) else {
        return vec!["No blank cells.".into()];
    };
    state.window.cursor = cursor;
    let Some((item, hypothesis)) = state.item().zip(state.hypothesis()) else { return Vec::new() };
    let said = format!("Blank: {}, {}.", item.1.id, hypothesis.1.header());
    [described(state.scenario(), item.1), vec![said]].concat()
}

fn scores(state: &State) -> Vec<String> {
    if state.window.blind {
        return vec!["Scores are hidden in blind mode; :blind shows them.".into()];
    }
    let ranking = &state.derived.scores.ranking;
    let line = |(at, hypothesis): (usize, &Hypothesis)| {
        let score = ranking.score(at);
        let score =
            score.map_or("-".into(), |score| crate::present::words::score(state.window.method, score));
        let rank = ranking.rank(at).map_or("-".into(), |rank| rank.to_string());
        format!("{}: rank {rank}, {score}.", single_line(hypothesis.header()))
    };
    let lines = state.scenario().hypotheses.iter().enumerate().map(line);
    lines.chain([verdict(state, "")]).collect()
}

fn described(scenario: &Scenario, item: &Evidence) -> Vec<String> {
    let cell = |(at, hypothesis): (usize, &Hypothesis)| {
        let cell = item.ratings.get(at);
        let rating = cell.and_then(|cell| cell.rating).map_or("blank", Rating::as_str);
        let confidence = cell.and_then(|cell| cell.confidence).map(|level| format!(", {level} confidence"));
        format!("{} {rating}{}.", single_line(hypothesis.header()), confidence.unwrap_or_default())
    };
    let cells: Vec<String> = scenario.hypotheses.iter().enumerate().map(cell).collect();
    vec![format!("{}: {}", item.id, single_line(&item.text)), cells.join(" ")]
}

/// Rates a cell, or tells of an item.
fn judge(state: &mut State, line: &str) -> Result<Vec<String>, String> {
    let (line, note) = match line.split_once(" note ") {
        Some((line, note)) => (line, Some(note.trim().trim_matches('"').to_owned())),
        None => (line, None),
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let (words, confidence) = match words.as_slice() {
        [head @ .., last] if head.len() > 1 && Level::parse(&last.to_lowercase()).is_some() => {
            (head, Level::parse(&last.to_lowercase()))
        }
        all => (all, None),
    };
    let (item, hypothesis, word) = match words {
        [item] => {
            let row = item_called(state.scenario(), item)?;
            at_row(state, row);
            let scenario = state.scenario();
            return Ok(scenario.evidence.get(row).map(|item| described(scenario, item)).unwrap_or_default());
        }
        [hypothesis, word] => {
            let row = state.item().map(|(row, _)| row).ok_or("There is no item here.")?;
            (row, *hypothesis, *word)
        }
        [item, hypothesis, word] => (item_called(state.scenario(), item)?, *hypothesis, *word),
        _ => return Err("That is not ITEM HYPOTHESIS RATING; help says more.".into()),
    };
    let column = hypothesis_called(state.scenario(), hypothesis)?;
    let rating = rating_called(word)?;
    at_row(state, item);
    let place = state.window.columns.iter().position(|at| *at == column);
    state.window.cursor.column = place.unwrap_or(state.window.cursor.column);
    change(state, rating, confidence, note.as_deref())
}

fn at_row(state: &mut State, item: usize) {
    super::find::reveal(state, item);
    state.said = None;
}

/// Changes the cell under the cursor, and says what was, what is and who leads.
fn change(
    state: &mut State,
    rating: Option<Rating>,
    confidence: Option<Level>,
    note: Option<&str>,
) -> Result<Vec<String>, String> {
    let (Some((_, item)), Some((column, hypothesis))) = (state.item(), state.hypothesis()) else {
        return Err("There is no cell here.".into());
    };
    let place = cell_name(item, hypothesis);
    let scenario = state.scenario();
    let was = item.ratings.rating(column);
    let (item, hypothesis) = (item.id.clone(), hypothesis.id.clone());
    let refused = |refused| Objection::to_change(scenario, &refused).to_string();
    let mut changes = rate::changes(scenario, &item, &hypothesis, rating).map_err(refused)?;
    if rating.is_some() && confidence.is_some() {
        changes.extend(make::set_confidence(scenario, &item, &hypothesis, confidence).map_err(refused)?);
    }
    if note.is_some() {
        changes.extend(make::set_note(scenario, &item, &hypothesis, note).map_err(refused)?);
    }
    if changes.is_empty() {
        return Err(format!("{place} is {} already.", rating_word(rating)));
    }
    let leaders = state.derived.scores.ranking.leaders.clone();
    apply::attempt(state, &changes)?;
    let noted = if note.is_some() { ", and a note" } else { "" };
    let moved = if was == rating {
        format!("{place}: still {}{noted}.", rating_word(rating))
    } else {
        format!("{place}: {} is now {}{noted}.", rating_word(was), rating_word(rating))
    };
    Ok(vec![with_unsaved(state, &format!("{moved} {}", consequence(state, &leaders)))])
}

/// Returns the item and the hypothesis of a cell.
fn cell_name(item: &Evidence, hypothesis: &Hypothesis) -> String {
    format!("{}, {}", item.id, single_line(hypothesis.header()))
}

fn rating_word(rating: Option<Rating>) -> &'static str {
    rating.map_or("blank", Rating::as_str)
}

/// Says who leads after a change, given who led before.
fn consequence(state: &State, before: &[usize]) -> String {
    let now = &state.derived.scores.ranking.leaders;
    match now.as_slice() {
        _ if state.window.blind => verdict(state, ""),
        now if now == before => who_leads(state, Hypothesis::header, true, ""),
        now if before.len().max(now.len()) > 1 => format!("The leaders changed: {}", verdict(state, "")),
        _ => format!("The leader changed: {}", verdict(state, "")),
    }
}

/// Says who leads, by short names, with more words at the end.
fn verdict(state: &State, end: &str) -> String {
    who_leads(state, Hypothesis::header, false, end)
}

/// Says who leads, by full names, with the kind of lead.
fn verdict_in_full(state: &State) -> String {
    who_leads(state, |hypothesis| &hypothesis.name, false, standing(state))
}

/// Says who leads, as before or not, by these names and with more words at the end.
fn who_leads(state: &State, name: fn(&Hypothesis) -> &str, is_still: bool, end: &str) -> String {
    if state.window.blind {
        return "Scores are hidden.".into();
    }
    let scores = &state.derived.scores;
    let named = scores.ranking.leaders.iter().filter_map(|at| state.scenario().hypotheses.get(*at));
    let names: Vec<_> = named.map(|hypothesis| single_line(name(hypothesis))).collect();
    let conclusion =
        Conclusion { scenario: state.scenario(), matrix: &scores.matrix, ranking: &scores.ranking };
    let still = if is_still { " still" } else { "" };
    match (names.as_slice(), conclusion.margin()) {
        ([], _) => "Nobody leads.".into(),
        ([one], Some(margin)) if is_still => format!("{one} still leads, by {margin}{end}."),
        ([one], Some(margin)) => format!("{one} leads by {margin}{end}."),
        ([one], None) => format!("{one}{still} leads{end}."),
        (several, _) => format!("{} are{still} level{end}.", list(several)),
    }
}

/// Returns the position of the item that a word names: its id, or the start of only one.
fn item_called(scenario: &Scenario, word: &str) -> Result<usize, String> {
    let ids: Vec<&str> = scenario.evidence.iter().map(|item| item.id.as_str()).collect();
    called(word, "item", &ids.iter().map(|id| vec![*id]).collect::<Vec<_>>(), &ids)
}

fn hypothesis_called(scenario: &Scenario, word: &str) -> Result<usize, String> {
    let names: Vec<Vec<&str>> =
        scenario.hypotheses.iter().map(|h| vec![h.id.as_str(), h.header(), h.name.as_str()]).collect();
    let headers: Vec<&str> = scenario.hypotheses.iter().map(Hypothesis::header).collect();
    called(word, "hypothesis", &names, &headers)
}

fn called(word: &str, kind: &str, names: &[Vec<&str>], shown: &[&str]) -> Result<usize, String> {
    let found = named(word, names.iter().cloned());
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let word = &truncate(word, LONGEST);
            let help = did_you_mean(word, names.iter().flatten().copied()).unwrap_or_default();
            let help =
                if help.is_empty() { help } else { format!(" {}?", capitalized(help.trim_end_matches('?'))) };
            Err(format!("No {kind} \"{word}\".{help}"))
        }
        several => {
            let shown: Vec<&str> = several.iter().filter_map(|at| shown.get(*at).copied()).take(6).collect();
            Err(format!("\"{}\" could be {}.", truncate(word, LONGEST), list(&shown)))
        }
    }
}

fn rating_called(word: &str) -> Result<Option<Rating>, String> {
    let digits = ["1", "2", "3", "4", "5"].iter().position(|digit| *digit == word);
    if let Some(at) = digits {
        return Ok(Rating::ALL.get(at).copied());
    }
    if word.eq_ignore_ascii_case("blank") {
        return Ok(None);
    }
    match Rating::parse(&word.to_uppercase()) {
        Some(rating) => Ok(Some(rating)),
        None => {
            let word = truncate(word, LONGEST);
            Err(format!("\"{word}\" is not a rating: CC, C, N, I, II, NA or blank."))
        }
    }
}
