//! `ach`: Analysis of Competing Hypotheses on plain files.
//!
//! The modules stand in the order of their layers; each may import only from those above it, as
//! `docs/architecture.md` tells and `tests/house.rs` holds.

pub mod text;

pub mod git;
pub mod scenario;

pub mod diagnostic;
pub mod engine;

pub mod checks;
pub mod document;

pub mod present;

pub mod report;
pub mod store;

pub mod cli;
