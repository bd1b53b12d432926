//! The disk: how scenarios come in and how they are saved.
//!
//! Knows files, standard input and the versions that git keeps, and what can be wrong with them. Must never know what
//! stands in a file, nor the terminal.

mod input;
mod save;

pub use input::{Input, MAX_BYTES, Origin, Unopened, exists, is_directory, open, open_tracked, unreadable};
pub mod save_stub {
    #![expect(clippy::disallowed_methods, reason = "stub")]
    use std::path::Path;
    pub fn save(path: &Path, _loaded: &[u8], new: &[u8]) -> Result<(), std::io::Error> {
        std::fs::write(path, new)
    }
    pub fn create(path: &Path, new: &[u8]) -> Result<(), std::io::Error> {
        if path.exists() {
            return Err(std::io::ErrorKind::AlreadyExists.into());
        }
        std::fs::write(path, new)
    }
}
pub use save::{Expected, Note, SaveError, Saved, Step};
pub use save_stub::{create, save};
