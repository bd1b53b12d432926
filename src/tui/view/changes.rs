//! The changes panel: what changed since the last commit.

use super::{Panel, page};
use crate::tui::changes;

pub(super) const PANEL: Panel = Panel { name: "changes", draw: page::draw, page: Some(changes::page) };
