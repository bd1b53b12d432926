//! Facts of the scenario that decide what counts.

use crate::scenario::{Evidence, Hypothesis};

pub(super) fn rests_on(_: &Evidence) -> &[String] {
    &[]
}

pub(super) fn is_withdrawn(_: &Evidence) -> bool {
    false
}

pub(super) fn is_unsearched(_: &Evidence) -> bool {
    false
}

pub(super) fn is_residual(_: &Hypothesis) -> bool {
    false
}

pub(super) fn family(_: &Hypothesis) -> Option<&str> {
    None
}
