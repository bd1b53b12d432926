//! Keeping known what the lead rests on: at once where that is quick, beside the loop where it is not.

use crate::tui::effect::Effect;
use crate::tui::fragility::{AT_ONCE, Fragility, FragilityKey};
use crate::tui::state::State;

/// Looks anew if the scenario or the method is another; answers what is to be done for that.
pub(super) fn refresh(state: &mut State) -> Option<Effect> {
    let key = FragilityKey { version: state.session.version(), method: state.window.method };
    if state.window.blind || state.derived.fragility.as_ref().is_some_and(|known| known.key == key) {
        return None;
    }
    let scenario = state.session.scenario();
    if scenario.evidence.len() * scenario.hypotheses.len() <= AT_ONCE {
        state.derived.fragility = Some(Fragility::new(scenario, key));
        state.derived.findings += 1;
        return None;
    }
    if state.derived.fragility.as_ref().is_some_and(|known| !known.fits(scenario)) {
        state.derived.fragility = None;
    }
    let is_asked = state.derived.requested.replace(key) == Some(key);
    (!is_asked).then_some(Effect::ComputeFragility(key))
}

/// Takes in what was found; an older answer serves until the newest is there.
pub(super) fn found(state: &mut State, fragility: Fragility) {
    if fragility.fits(state.session.scenario()) {
        state.derived.fragility = Some(fragility);
        state.derived.findings += 1;
    }
}
