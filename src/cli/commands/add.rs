//! `ach add`: a new item.

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::usage;
use crate::change::{Change, Listed, Refused, make};
use crate::cli::edit;
use crate::cli::item::{PlaceArgs, new_id};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::output::Output;
use crate::diagnostic::did_you_mean;
use crate::present::target::{self, by_kind};
use crate::scenario::{ItemKind, Scenario};

/// Add a hypothesis, an evidence item, a source or an indicator
///
/// A hypothesis and a source need a --name, evidence and an indicator a --text; every other field of the kind may be
/// given as an option of its name. The new item goes to the end of its list, or where --before or --after says.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach add case.toml evidence casings --text 'Casings were found at the camp' --date 2025-12-03 --credibility low
  ach add case.toml hypothesis unknown --name 'Somebody else'
  ach add case.toml indicator iskp-video --text 'A video of the attack' --hypothesis iskp")]
pub(in crate::cli) struct AddArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    file: String,
    /// What to add
    #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(ItemKind::WORDS))]
    kind: String,
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

macro_rules! fields {
    ($($name:ident $key:literal: $help:literal $(, $option:ident = $value:expr)*;)+) => {
        /// The fields of all kinds, as options.
        #[derive(Args, Debug)]
        struct FieldArgs {
            $(
                #[doc = $help]
                #[arg(long, value_name = "VALUE", allow_hyphen_values = true, help_heading = "Fields" $(, $option = $value)*)]
                $name: Option<String>,
            )+
        }

        impl FieldArgs {
            /// What is given, by key.
            fn given(&self) -> Vec<(&'static str, &str)> {
                [$(($key, self.$name.as_deref()),)+].into_iter().filter_map(|(key, v)| Some((key, v?))).collect()
            }
        }
    };
}

fields! {
    text "text": "What an item says, or what an indicator watches for";
    name "name": "Name in full of a hypothesis or source";
    short "short": "Column header of a hypothesis";
    description "description": "What exactly a hypothesis claims";
    prior "prior": "Prior probability of a hypothesis";
    status "status": "Status of a hypothesis or indicator";
    kind_of "kind": "fact, assumption, argument or absence", long = "kind";
    date "date": "When the evidence became known";
    source "source": "Sources of the evidence, with commas";
    url "url": "Where it is found";
    quote "quote": "The words that the evidence rests on";
    credibility "credibility": "low, medium or high";
    grade "grade": "Admiralty grade such as B2, in place of credibility";
    relevance "relevance": "low, medium or high";
    group "group": "Group of items that are not independent";
    tags "tags": "Labels, with commas";
    reliability "reliability": "Reliability of a source, A to F";
    controlled_by "controlled_by": "Hypotheses whose actor could steer a source, with commas", alias = "controlled_by";
    hypothesis "hypothesis": "The hypothesis that an indicator would support";
    due "due": "When an indicator should have been seen";
    note "note": "Anything else";
}

pub(super) fn run(args: &AddArgs, output: &Output) -> Result<Outcome, Failure> {
    let editing = edit::open(&args.file)?;
    let kind = ItemKind::parse(&args.kind).unwrap_or(ItemKind::Evidence);
    let changes = by_kind!(kind, add(editing.scenario(), args))?;
    editing.finish(&changes, args.dry_run, output)
}

fn add<T: Listed>(scenario: &Scenario, args: &AddArgs) -> Result<Vec<Change>, Failure> {
    let id = new_id::<T>(&args.id)?;
    let given = args.fields.given();
    if let Some((key, _)) = given.iter().find(|(key, _)| T::parse_field(key).is_none()) {
        let keys = target::keys(T::KIND);
        let help = did_you_mean(key, keys.iter().copied())
            .unwrap_or_else(|| format!("its fields are {}", keys.join(", ")));
        return Err(Failure::refused(format!("{} has no field \"{key}\"", T::KIND), help));
    }
    let needed = match T::KIND {
        ItemKind::Hypothesis | ItemKind::Source => "name",
        ItemKind::Evidence | ItemKind::Indicator => "text",
    };
    if given.iter().all(|(key, _)| *key != needed) {
        return Err(usage("add", format!("{} needs --{needed}", T::KIND)));
    }
    let has = |key: &str| given.iter().any(|(k, _)| *k == key);
    if has("credibility") && has("grade") {
        return Err(usage("add", "--grade stands for a credibility: give one of the two".to_owned()));
    }
    let mut item = T::named(id, String::new());
    for (key, text) in given {
        if let Some(field) = T::parse_field(key) {
            item.set_field(field, Some(target::value(T::shape(field), text)))
                .map_err(|refusal| edit::value(refusal, text))?;
        }
    }
    let index = args.place.gap::<T>(scenario)?.unwrap_or(usize::MAX);
    let change = make::add(scenario, &item, Vec::new(), index);
    change.map(|change| vec![change]).map_err(|refused: Refused| edit::refusal(scenario, &refused))
}
