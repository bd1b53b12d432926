//! Keeping known what the lead rests on: at once where that is quick, beside the loop where it is not.

use crate::tui::effect::Effect;
use crate::tui::fragility::{AT_ONCE, Fragility, Of};
use crate::tui::state::State;

/// Looks anew if the scenario or the method is another; answers what is to be done for that.
pub(super) fn refresh(state: &mut State) -> Option<Effect> {
    let of = Of { version: state.history.version(), method: state.method };
    if state.blind || state.fragility.as_ref().is_some_and(|known| known.of == of) {
        return None;
    }
    let scenario = state.history.scenario();
    if scenario.evidence.len() * scenario.hypotheses.len() <= AT_ONCE {
        state.fragility = Some(Fragility::new(scenario, of));
        state.read += 1;
        return None;
    }
    if state.fragility.as_ref().is_some_and(|known| !known.fits(scenario)) {
        state.fragility = None;
    }
    let is_asked = state.asked.replace(of) == Some(of);
    (!is_asked).then_some(Effect::Fathom(of))
}

/// Takes in what was found; an older answer serves until the newest is there.
pub(super) fn found(state: &mut State, fragility: Fragility) {
    if fragility.fits(state.history.scenario()) {
        state.fragility = Some(fragility);
        state.read += 1;
    }
}
