//! The disk: how scenarios come in and go out, and what is kept of them meanwhile.
//!
//! Knows files, standard input and the versions that git keeps, and what can be wrong with them. Must never know what
//! stands in a file, nor the terminal.

mod head;
mod input;
pub mod journal;
mod other;
mod save;
mod watch;

pub use head::{AtHead, HeadWatch, at_head};
pub use input::{
    Input, MAX_BYTES, Origin, Unopened, exists, is_directory, is_kept, open, open_tracked, unreadable,
};
pub use other::{read_other, replace_other};
pub use save::{Expected, Note, SaveError, Saved, Step, is_writable, save};
pub use watch::{OnDisk, Watch};
