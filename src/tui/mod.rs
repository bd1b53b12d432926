//! The terminal editor: rating a matrix, fast and calm.
//!
//! A message becomes a new state and a list of effects (`update`, pure and total); a state becomes a picture
//! (`view`, pure); effects happen at the edge (`perform`) and answer with messages. Keys are a table
//! ([`keymap`]) from which the help and `docs/keys.md` are made. Must never know the command line.
//!
//! One keystroke: `keymap.rs` (key to action), `update/rate.rs` (action to change), `document/history.rs` (change to
//! text), `engine` (scores), `view/matrix.rs` (picture).

mod background;
mod burst;
mod clicks;
mod commands;
mod conflict;
mod copy;
mod counting;
mod cursor;
mod effect;
mod exchange;
mod form;
mod fragility;
mod fuzzy;
mod guide;
mod habit;
mod head;
mod header;
mod hidden;
mod job;
mod key;
pub mod keymap;
mod layout;
mod message;
mod mode;
mod outside;
mod page;
mod panel;
mod paste;
mod perform;
mod plain;
mod prompt;
mod run;
mod scores;
mod search;
mod selection;
mod settings;
mod settling;
mod sign;
mod signal;
mod state;
mod step;
mod survey;
mod terminal;
#[doc(hidden)]
pub mod testing;
mod theme;
mod unsaved;
mod update;
mod view;
mod widget;
mod work;

pub use background::Background;
pub use commands::{COMMANDS, Command, Verb};
pub use hidden::{Host, OpenedFile, Opener};
pub use perform::Target;
pub use plain::run_plain;
pub use run::{Ending, run};
pub use settings::{Advance, Digits, SETTINGS, Setting, Settings, SettingsWarning, read_settings};
pub use sign::SIGNS;
pub use state::Opening;
pub use theme::{Depth, Look, NamedTheme, THEMES};
