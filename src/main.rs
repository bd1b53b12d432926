//! `ach`: Analysis of Competing Hypotheses on plain files.

use std::process::ExitCode;

fn main() -> ExitCode {
    ach_matrix::cli::main()
}
