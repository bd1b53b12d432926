//! Keeping the fragility of the lead up to date: at once in small scenarios, by a background job in large ones.

use crate::tui::effect::Effect;
use crate::tui::fragility::{AT_ONCE, Fragility};
use crate::tui::state::State;

/// Computes it if the scenario or the method has changed, or requests that.
pub(super) fn refresh(state: &mut State) {
    let key = state.fragility_key();
    if state.window.blind || state.derived.fragility.as_ref().is_some_and(|known| known.key == key) {
        return;
    }
    let scenario = state.session.scenario();
    if scenario.evidence.len() * scenario.hypotheses.len() <= AT_ONCE {
        state.derived.fragility = Some(Fragility::new(scenario, key));
        state.derived.findings += 1;
        return state.derived.guide(&state.session);
    }
    if state.derived.fragility.as_ref().is_some_and(|known| !known.fits(scenario)) {
        state.derived.fragility = None;
    }
    if state.derived.requested.replace(key) != Some(key) {
        state.request(Effect::ComputeFragility(key));
    }
}

/// Takes in an answer, which may be of an older version as long as it fits.
pub(super) fn found(state: &mut State, fragility: Fragility) {
    if fragility.fits(state.session.scenario()) {
        state.derived.fragility = Some(fragility);
        state.derived.findings += 1;
        state.derived.guide(&state.session);
    }
}
