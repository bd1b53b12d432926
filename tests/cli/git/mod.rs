//! `ach git`, and `ach diff` as git runs it.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "tests run the real git and look at its files"
)]

mod diff_driver;
mod install;
mod merge_driver;

use std::path::Path;

use crate::support::{Bench, bench};

/// With the program on the search path.
fn on_path(bench: Bench) -> Bench {
    let bin = Path::new(env!("CARGO_BIN_EXE_ach")).parent().expect("a program is in a directory");
    let path = std::env::var("PATH").unwrap_or_default();
    bench.env("PATH", &format!("{}:{path}", bin.display()))
}

/// A committed case in a repository that uses the program.
pub(crate) fn installed() -> Bench {
    let bench = on_path(bench().committed());
    bench.result("git install");
    bench.commit("install")
}
