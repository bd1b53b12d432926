//! The clock: the day on which something is recorded. Nothing that is computed depends on it.

use crate::scenario::{Date, Day};

/// Today, in the time zone of the system; `None` where the system has no sensible clock.
pub(super) fn today() -> Option<Date> {
    Day::parse(&jiff::ZonedDateTime::now().date().to_string()).map(Date::Day)
}
