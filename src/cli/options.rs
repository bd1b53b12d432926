//! Options that several commands share, and how their values are understood.

use std::ops::RangeBounds;
use std::str::FromStr;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::present::{Order, Request};
use crate::report::{self, FORMATS, Format};
use crate::scenario::{Date, Keyword, Method};
use crate::store;

/// Options about the page, the same for every command.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(super) struct PageArgs {
    /// When to use colour; NO_COLOR and CLICOLOR_FORCE are heeded too
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Page options")]
    pub(super) color: ColourArg,
    /// Columns to write text for; at least 40, default the terminal's, 100 where there is none
    #[arg(
        long,
        global = true,
        value_name = "N",
        help_heading = "Page options",
        allow_negative_numbers = true
    )]
    #[arg(value_parser = number(0_usize.., "a whole number of columns, such as 100"))]
    pub(super) width: Option<usize>,
    /// Leave out all but the answer itself
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
    /// How to write the answer
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format_parser())]
    format: &'static dyn Format,
}

impl FormatArgs {
    /// The format asked for.
    pub(super) fn format(&self) -> &'static dyn Format {
        self.format
    }
}

fn format_parser() -> impl TypedValueParser<Value = &'static dyn Format> {
    let names = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name()));
    names.try_map(|name| report::format(&name).ok_or("no such format"))
}

/// A parser of the words of a type.
pub(super) fn word<K: Keyword>() -> impl TypedValueParser<Value = K> {
    PossibleValuesParser::new(K::WORDS).try_map(|word| K::parse(&word).ok_or("no such word"))
}

/// How a scenario is scored.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct ScoringArgs {
    /// How to score, instead of the scenario's own method
    #[arg(long, value_name = "METHOD", value_parser = word::<Method>())]
    method: Option<Method>,
    #[command(flatten)]
    as_of: AsOfArgs,
}

impl ScoringArgs {
    /// What this asks of a report on the file of this name.
    pub(super) fn request(self, file: &str) -> Request<'_> {
        Request {
            method: self.method,
            as_of: self.as_of.as_of,
            order: Order::File,
            // What came from standard input cannot be read again by the next command.
            file: (file != "-").then_some(file),
            kept: store::is_kept(file),
        }
    }
}

/// Which evidence counts.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct AsOfArgs {
    /// Count only evidence known by then, a day, month or year; items without a date always count
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    pub(super) as_of: Option<Date>,
}

/// A parser of numbers in a range, which says what is `expected` where clap would speak of digits and target types.
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

fn parse_date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a date such as 2025-12-04, 2025-12 or 2025".to_owned())
}

/// The scenarios to report on, and how.
#[derive(Args, Clone, Debug)]
pub(super) struct ReportArgs {
    /// Scenarios, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<String>,
    #[command(flatten)]
    pub(super) scoring: ScoringArgs,
    #[command(flatten)]
    pub(super) format: FormatArgs,
}

/// How evidence is listed.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct SortArgs {
    /// What to sort the evidence by
    #[arg(long, value_name = "ORDER", default_value = Order::File.as_str(), value_parser = order_parser())]
    sort: Order,
}

impl SortArgs {
    /// The order asked for.
    pub(super) const fn order(self) -> Order {
        self.sort
    }
}

fn order_parser() -> impl TypedValueParser<Value = Order> {
    PossibleValuesParser::new(Order::ALL.map(Order::as_str))
        .try_map(|word| Order::ALL.into_iter().find(|order| order.as_str() == word).ok_or("no such order"))
}
