//! The lines around the matrix: title, the line where the editor speaks, and the keys that do something now.

use ratatui::buffer::Buffer;

use super::put;
use crate::present::words::{count, decimal, list};
use crate::text::width;
use crate::tui::keymap::BINDINGS;
use crate::tui::layout::Layout;
use crate::tui::state::{Mode, State, Tone};
use crate::tui::theme::Theme;

/// Title at the left, facts at the right.
pub(super) fn title(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let scenario = state.scenario();
    let unsaved = state.unsaved();
    let mut facts = vec![state.method.to_string()];
    facts.push(format!("{}x{}", scenario.evidence.len(), scenario.hypotheses.len()));
    if state.blind {
        facts.push("blind".into());
    }
    if state.read_only.is_some() {
        facts.push("read-only".into());
    } else if unsaved > 0 {
        facts.push(format!("{unsaved} unsaved"));
    }
    let facts = facts.join("   ");
    let taken = u16::try_from(width(&facts)).unwrap_or_default();
    let area = layout.title;
    let room = area.width.saturating_sub(taken + 3);
    put(buffer, 1, area.y, room, &scenario.title, theme.strong);
    put(buffer, area.width.saturating_sub(taken + 1), area.y, taken, &facts, theme.dim);
}

/// What the editor has to say: what was just done, else the conclusion.
pub(super) fn speech(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    let area = layout.speech;
    let room = area.width.saturating_sub(1);
    match (&state.mode, &state.said) {
        (Mode::Leave, _) => {
            let steps = count(state.unsaved(), "edit is", "edits are");
            let question = format!("{steps} not saved. Save and quit? y yes, n no, any other key stays");
            put(buffer, 1, area.y, room, &question, theme.accent);
        }
        (_, Some((tone, text))) => {
            let style = match tone {
                Tone::Done => theme.plain,
                Tone::Refused => theme.error,
                Tone::Conclusion => theme.accent.patch(theme.strong),
            };
            put(buffer, 1, area.y, room, text, style);
        }
        (_, None) => put(buffer, 1, area.y, room, &conclusion(state), theme.plain),
    }
}

fn conclusion(state: &State) -> String {
    if state.blind {
        return "blind mode: rate by the evidence alone".into();
    }
    let ranking = &state.scores.ranking;
    let name = |at: &usize| state.scenario().hypotheses.get(*at).map(|h| h.name.as_str());
    let names: Vec<&str> = ranking.leaders.iter().filter_map(name).collect();
    let unrated: usize = ranking.leaders.iter().map(|at| state.scores.matrix.unrated(*at)).sum();
    let provisional = if unrated > 0 {
        format!(", provisional: {} unrated", count(unrated, "cell", "cells"))
    } else {
        String::new()
    };
    let margin = |margin: f64| {
        if state.method.is_additive() {
            decimal(margin)
        } else {
            format!("{} points", decimal(margin * 100.0))
        }
    };
    match (names.as_slice(), ranking.margin) {
        ([], _) => "no hypothesis leads".into(),
        ([one], Some(by)) => format!("{one} leads by {}{provisional}", margin(by)),
        ([one], None) => format!("{one} stands alone{provisional}"),
        (several, _) => format!("{} lead together{provisional}", list(several)),
    }
}

/// The keys that do something here and now.
pub(super) fn hints(state: &State, theme: &Theme, layout: &Layout, buffer: &mut Buffer) {
    if !state.settings.hints && super::question::keys(state).is_none() {
        return;
    }
    let line = match state.mode {
        Mode::Matrix => {
            let hint = |b: &crate::tui::keymap::Binding| {
                let key = if b.name == "rate-cc" { "1-5".into() } else { b.keys.first()?.to_string() };
                Some(format!("{key} {}", b.hint?))
            };
            BINDINGS.iter().filter_map(hint).collect::<Vec<_>>().join("  ")
        }
        Mode::Help(_) => "↑ ↓ scroll  any other key closes".into(),
        Mode::Leave => "y save and quit  n quit without saving".into(),
        Mode::Recover(_) | Mode::Settle(_) => super::question::keys(state).unwrap_or_default().into(),
    };
    put(buffer, 1, layout.hints.y, layout.hints.width.saturating_sub(1), &line, theme.dim);
}
