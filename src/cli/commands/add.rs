//! `ach add`: a new item.

use std::ffi::OsString;

use clap::{Arg, ArgMatches, Args, Command, FromArgMatches};

use super::usage;
use crate::change::{Change, Listed, Refused, make};
use crate::cli::edit;
use crate::cli::item::{PlaceArgs, new_id};
use crate::cli::options::word;
use crate::cli::{Failure, Outcome, Output};
use crate::diagnostic::did_you_mean;
use crate::present::target::{self, by_kind};
use crate::present::words::grouped;
use crate::scenario::{FieldSpec, ItemKind, Scenario, Shape};

/// Add a hypothesis, an evidence item, a source, an indicator or an estimate
///
/// A hypothesis and a source need a --name, evidence and an indicator a --text, an estimate a --by; every other field
/// of the kind is an option of its name. The new item goes to the end of its list, or where --before or --after says.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach add case.toml evidence casings --text 'Casings were found at the camp' --date 2025-12-03 --credibility low
  ach add case.toml hypothesis unknown --name 'Somebody else'
  ach add case.toml indicator iskp-video --text 'A video of the attack' --hypothesis iskp")]
pub(in crate::cli) struct AddArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: OsString,
    /// Kind of the new item
    #[arg(value_name = "KIND", value_parser = word::<ItemKind>())]
    what: ItemKind,
    /// Its id: 1 to 40 characters a-z, 0-9 and -
    #[arg(value_name = "ID", allow_hyphen_values = true)]
    id: String,
    #[command(flatten)]
    fields: FieldArgs,
    #[command(flatten)]
    place: PlaceArgs,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The fields of all kinds as options: the keys that are given, with their texts.
#[derive(Debug)]
struct FieldArgs(Vec<(&'static str, String)>);

impl Args for FieldArgs {
    fn augment_args(command: Command) -> Command {
        command.args(options())
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for FieldArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = |key| Some((key, matches.get_one::<String>(key)?.clone()));
        Ok(Self(specs().into_iter().filter_map(|(key, _)| given(key)).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The fields of all kinds by key, with the kinds that have the key.
fn specs() -> Vec<(&'static str, Vec<(ItemKind, &'static FieldSpec)>)> {
    fn of<T: Listed>() -> Vec<(ItemKind, &'static FieldSpec)> {
        T::FIELDS.iter().map(|field| (T::KIND, T::spec(*field))).collect()
    }
    let all = ItemKind::ALL.iter().flat_map(|kind| by_kind!(*kind, of()));
    grouped(all.map(|(kind, spec)| (spec.key, (kind, spec))))
}

fn options() -> impl Iterator<Item = Arg> {
    specs().into_iter().map(|(key, specs)| {
        let shape = specs.first().map(|(_, spec)| spec.shape);
        let option = Arg::new(key)
            .long(key.replace('_', "-"))
            .value_name(shape.map_or("TEXT", placeholder))
            .allow_hyphen_values(true)
            .help_heading("Fields")
            .help(help(&specs));
        if key.contains('_') { option.alias(key) } else { option }
    })
}

/// The place of a value in the help.
const fn placeholder(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "TEXT",
        Shape::Name => "NAME",
        Shape::Word(_) => "WORD",
        Shape::Flag => "true|false",
        Shape::Number | Shape::PositiveNumber => "NUMBER",
        Shape::Day | Shape::Date => "DATE",
        Shape::Grade => "GRADE",
        Shape::List | Shape::TextOrList => "LIST",
    }
}

/// The purpose of an option: that of the field, for each kind that has it; kinds that say the same are told together.
fn help(specs: &[(ItemKind, &FieldSpec)]) -> String {
    let purposes = grouped(specs.iter().map(|(kind, spec)| {
        let help = spec.help.trim_end_matches('.');
        let purpose = match spec.shape {
            Shape::Word(words) => format!("{help} ({})", words.join(", ")),
            Shape::List | Shape::TextOrList => format!("{help}; with commas"),
            Shape::Text
            | Shape::Name
            | Shape::Flag
            | Shape::Number
            | Shape::PositiveNumber
            | Shape::Day
            | Shape::Date
            | Shape::Grade => help.to_owned(),
        };
        (purpose, kind.as_str())
    }));
    let said = purposes.iter().map(|(purpose, kinds)| {
        if kinds.len() == ItemKind::ALL.len() {
            purpose.clone()
        } else {
            format!("[{}] {purpose}", kinds.join(", "))
        }
    });
    said.collect::<Vec<_>>().join("; ")
}

pub(super) fn run(args: &AddArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let changes = by_kind!(args.what, add(editing.scenario(), args))?;
    editing.finish(&changes, args.dry_run, output)
}

fn add<T: Listed>(scenario: &Scenario, args: &AddArgs) -> Result<Vec<Change>, Failure> {
    let FieldArgs(given) = &args.fields;
    let mut item = T::named(new_id::<T>(&args.id)?, String::new());
    let is_given = |key: &str| given.iter().any(|(given, _)| *given == key);
    let mut needed = T::FIELDS.iter().map(|field| T::spec(*field)).filter(|spec| spec.is_required);
    if let Some(spec) = needed.find(|spec| !is_given(spec.key)) {
        return Err(usage("add", format!("{} needs --{}", T::KIND, spec.key)));
    }
    for (key, text) in given {
        let Some(field) = T::parse_field(key) else {
            let keys = target::keys(T::KIND);
            let help = did_you_mean(key, keys.iter().copied())
                .unwrap_or_else(|| format!("its fields are {}", keys.join(", ")));
            return Err(Failure::refused(format!("{} has no field \"{key}\"", T::KIND), help));
        };
        if let Some(rival) = T::rival(field).map(T::key).filter(|rival| is_given(rival)) {
            return Err(usage("add", format!("--{key} excludes --{rival}: give one of the two")));
        }
        item.set_field(field, Some(target::value(T::shape(field), text)))
            .map_err(|refusal| edit::value(refusal, text))?;
    }
    let index = args.place.gap::<T>(scenario)?.unwrap_or(usize::MAX);
    make::add_declaring(scenario, &item, index).map_err(|refused: Refused| edit::refusal(scenario, &refused))
}
