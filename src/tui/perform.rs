//! Effects, done: the disk through `store`, the clipboard and the terminal.

use std::path::Path;

use crate::store;

/// The file on the other side of the editor.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) path: Option<std::path::PathBuf>,
    /// The bytes that are known to be on disk.
    pub(crate) loaded: Vec<u8>,
}

impl Disk {
    /// Writes the text, unless the file is no longer what was loaded.
    pub(crate) fn save(&mut self, text: &str) -> Result<(), String> {
        let Some(path) = &self.path else { return Err("there is no file to save to".into()) };
        store::save(Path::new(path), text.as_bytes(), store::Expected::Bytes(&self.loaded))
            .map_err(|error| error.to_string())?;
        self.loaded = text.as_bytes().to_vec();
        Ok(())
    }
}
