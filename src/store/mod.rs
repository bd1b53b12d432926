//! The disk: reading and saving scenarios, journals of unsaved edits, and watching an open file.
//!
//! Knows files, standard input and committed versions, and the ways in which they fail. Must never know the terminal,
//! nor what a scenario says.

mod folder;
mod head;
mod input;
pub mod journal;
mod other;
mod save;
mod watch;

pub use folder::{create_folder, files_in, toml_files};
pub use head::{AtHead, HeadWatch, at_head};
pub use input::{
    Input, MAX_BYTES, Origin, Unopened, exists, is_directory, is_kept, open, open_tracked, resolved,
    unreadable,
};
pub use other::{Links, is_link, read_other, replace_other};
pub use save::{Expected, SaveError, SaveNote, SaveStep, Saved, is_writable, save, save_written};
pub use watch::{OnDisk, Watch};
