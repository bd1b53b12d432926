//! stub
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::scenario::Scenario;
pub(in crate::cli) fn print(
    _name: &str,
    before: &Scenario,
    after: &Scenario,
    output: &Output,
) -> Result<Outcome, Failure> {
    output.result(|out| {
        for c in crate::change::diff(before, after) {
            writeln!(out, "{}", crate::present::sentence(&c))?;
        }
        Ok(())
    })?;
    Ok(Outcome::Done)
}
pub(in crate::cli) fn print_new(name: &str, after: &Scenario, output: &Output) -> Result<Outcome, Failure> {
    print(name, &Scenario::default(), after, output)
}
