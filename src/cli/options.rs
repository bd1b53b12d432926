//! Options that several commands share, and the parsing of their values.

use std::ffi::{OsStr, OsString};
use std::hash::{BuildHasher, RandomState};
use std::ops::RangeBounds;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::filter::Filter;
use crate::present::{Objection, Order, Request};
use crate::report::{self, FORMATS, Format};
use crate::scenario::{Date, Keyword, Method, Scenario};
use crate::store;

/// Options for the page, common to all commands.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct PageArgs {
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are respected too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Page options")]
    pub(super) color: ColourArg,
    /// Columns for text; at least 40; by default those of the terminal, or 100 without one
    #[arg(
        long,
        global = true,
        value_name = "N",
        help_heading = "Page options",
        allow_negative_numbers = true
    )]
    #[arg(value_parser = number(0_usize.., "a whole number of columns, such as 100"))]
    pub(super) width: Option<usize>,
    /// Print only the answer itself
    #[arg(short, long, global = true, help_heading = "Page options")]
    pub(super) quiet: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColourArg {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The format of a report.
#[derive(Args, Clone, Debug)]
pub(super) struct FormatArgs {
    /// Format of the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    pub(super) format: &'static dyn Format,
}

fn format_parser() -> impl TypedValueParser<Value = &'static dyn Format> {
    let names = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name()));
    names.try_map(|name| report::format(&name).ok_or("no such format"))
}

/// Returns a parser for the words of a type.
pub(super) fn word<K: Keyword>() -> impl TypedValueParser<Value = K> {
    PossibleValuesParser::new(K::WORDS).try_map(|word| K::parse(&word).ok_or("no such word"))
}

/// The method to score by, and the evidence that counts.
#[derive(Args, Clone, Debug)]
pub(super) struct ScoringArgs {
    /// Method to score by, instead of the scenario's own
    #[arg(long, value_name = "METHOD", value_parser = word::<Method>())]
    method: Option<Method>,
    #[command(flatten)]
    counting: CountingArgs,
}

impl ScoringArgs {
    /// Refuses what cannot be asked of scenarios.
    pub(super) fn check(&self, scenarios: &[&Scenario]) -> Result<(), Objection> {
        self.counting.check(scenarios)
    }

    /// Whether a filter says which evidence counts.
    pub(super) const fn is_filtered(&self) -> bool {
        self.counting.filter.is_some()
    }

    /// Returns the request for a report on this file.
    pub(super) fn request<'a>(&'a self, file: &'a (impl AsRef<OsStr> + ?Sized)) -> Request<'a> {
        let file = file.as_ref();
        Request {
            method: self.method,
            as_of: self.counting.as_of,
            filter: self.counting.filter.as_ref(),
            order: Order::File,
            // Standard input cannot be read again by the next command.
            file: (file != "-").then_some(file),
            kept: store::is_kept(file),
        }
    }
}

/// The evidence that counts.
#[derive(Args, Clone, Debug)]
pub(super) struct CountingArgs {
    /// Count only evidence known by this day, month or year; items without a date always count
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) as_of: Option<Date>,
    /// Count only evidence that passes, such as 'kind:fact !source:press credibility:high rated:iskp=II'
    #[arg(long = "where", value_name = "FILTER", value_parser = parse_filter, allow_hyphen_values = true)]
    pub(super) filter: Option<Filter>,
}

impl CountingArgs {
    /// Refuses a filter that names what none of the scenarios has.
    pub(super) fn check(&self, scenarios: &[&Scenario]) -> Result<(), Objection> {
        let known = scenarios.iter().copied();
        let checked = self.filter.as_ref().map_or(Ok(()), |filter| filter.check(known));
        checked.map_err(|fault| Objection::to_filter(scenarios, &fault))
    }
}

fn parse_filter(line: &str) -> Result<Filter, String> {
    Filter::parse(line).map_err(|fault| Objection::to_filter(&[], &fault).to_string())
}

/// Returns a parser of numbers in a range. Its error says what is `expected`, where clap would speak of digits and
/// types.
pub(super) fn number<N>(
    range: impl RangeBounds<N> + Clone + Send + Sync + 'static,
    expected: &'static str,
) -> impl TypedValueParser<Value = N>
where
    N: FromStr + PartialOrd + Clone + Send + Sync + 'static,
{
    move |text: &str| {
        let number = text.parse::<N>().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| format!("expected {expected}"))
    }
}

/// A seed for the order of questions, short enough to be typed again.
pub(super) fn random_seed() -> u64 {
    RandomState::new().hash_one(()) % 10_000
}

pub(super) fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a date such as 2025-12-04, 2025-12 or 2025".to_owned())
}

/// The scenarios to report on, and the way to score and print them.
#[derive(Args, Clone, Debug)]
pub(super) struct ReportArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<OsString>,
    #[command(flatten)]
    pub(super) scoring: ScoringArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
}

/// The order of the evidence.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct SortArgs {
    /// Order of the evidence
    #[arg(long, value_name = "ORDER", default_value = Order::File.as_str(), value_parser = word::<Order>())]
    pub(super) sort: Order,
}
