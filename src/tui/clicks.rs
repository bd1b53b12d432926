//! The mouse as messages: clicks, double clicks, drags and the wheel.
#![expect(clippy::disallowed_methods, reason = "two clicks are a double click by the time between them")]

use std::time::{Duration, Instant};

use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use super::message::Message;

/// Two clicks on one place within this time are a double click.
const DOUBLE: Duration = Duration::from_millis(400);

/// Rows that the wheel scrolls at a time.
const WHEEL: i16 = 3;

/// The last click, from which a double click is recognized.
#[derive(Debug, Default)]
pub(crate) struct Clicks {
    last: Option<(u16, u16, Instant)>,
}

impl Clicks {
    /// Returns the message of a mouse event; `None` for most.
    pub(crate) fn message(
        &mut self,
        MouseEvent { kind, column: x, row: y, .. }: MouseEvent,
    ) -> Option<Message> {
        let scroll = |rows, columns| Some(Message::Scroll { x, y, rows, columns });
        match kind {
            MouseEventKind::Down(MouseButton::Left) => {
                let now = Instant::now();
                let near = |(a, b, when): (u16, u16, Instant)| (a, b) == (x, y) && now - when < DOUBLE;
                let twice = self.last.is_some_and(near);
                // A third click is the first of the next pair.
                self.last = (!twice).then_some((x, y, now));
                Some(Message::Click { x, y, twice })
            }
            MouseEventKind::ScrollDown => scroll(WHEEL, 0),
            MouseEventKind::ScrollUp => scroll(-WHEEL, 0),
            MouseEventKind::ScrollLeft => scroll(0, -1),
            MouseEventKind::ScrollRight => scroll(0, 1),
            MouseEventKind::Drag(MouseButton::Left) => Some(Message::Drag { x, y }),
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved => None,
        }
    }
}
