//! `ach new`: starts a scenario.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::git::installation;
use crate::cli::load;
use crate::cli::preview;
use crate::cli::{Failure, Outcome as Done, Output};
use crate::document::{self, skeleton};
use crate::present::shell_word;
use crate::scenario::{Hypothesis, HypothesisId, ID_RULE, Outcome, Row, Scenario, suggest_id};
use crate::store::{self, Expected};

/// Start a scenario
///
/// Writes a file with the question, the hypotheses and comments that explain its parts. Begin with every possible
/// answer, even those that you do not believe, and add evidence afterwards. An existing file is never overwritten.
///
/// --like copies another scenario for somebody who rates it alone: question, hypotheses, sources, evidence and
/// indicators with their weights, but no ratings, reasons, priors, conclusion, outcome, estimates or comments. `ach
/// team` compares the two afterwards.
///
/// --example writes a worked case, by default into a file of its name.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach new case.toml
  ach new --example tajik-border
  ach new mine.toml --like case.toml
  ach new case.toml --title 'The leak' --question 'Who leaked the memo?' -H insider='An insider' -H hack='A break-in'")]
pub(in crate::cli) struct NewArgs {
    /// The file to write, or - for standard output
    #[arg(required_unless_present = "example", value_name = "FILE")]
    file: Option<OsString>,
    /// Write this worked case
    #[arg(long, value_name = "CASE", value_parser = example(), conflicts_with_all = ["title", "question", "hypotheses"])]
    example: Option<(&'static str, &'static str)>,
    /// Write this scenario, or committed version, without what anybody judged
    #[arg(long, value_name = "[REV:]FILE", conflicts_with_all = ["example", "title", "question", "hypotheses"])]
    like: Option<OsString>,
    /// Title of the analysis
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    title: Option<String>,
    /// Question that the hypotheses answer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    question: Option<String>,
    /// A hypothesis: its id and its name; may be repeated
    #[arg(short = 'H', long = "hypothesis", value_name = "ID=NAME", value_parser = parse_hypothesis)]
    hypotheses: Vec<Hypothesis>,
    /// Show what would change and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The worked cases: name and text.
const EXAMPLES: [(&str, &str); 4] = [
    ("tajik-border", include_str!("../../../scenarios/tajik-border.toml")),
    ("iraq-1993", include_str!("../../../scenarios/iraq-1993.toml")),
    ("olympic-destroyer", include_str!("../../../scenarios/olympic-destroyer.toml")),
    ("opera-neutrinos", include_str!("../../../scenarios/opera-neutrinos.toml")),
];

fn example() -> impl TypedValueParser<Value = (&'static str, &'static str)> {
    PossibleValuesParser::new(EXAMPLES.map(|(name, _)| name))
        .try_map(|asked| EXAMPLES.into_iter().find(|(name, _)| *name == asked).ok_or("no such case"))
}

fn parse_hypothesis(text: &str) -> Result<Hypothesis, String> {
    let (id, name) = text.split_once('=').ok_or("expected ID=NAME, such as insider='An insider'")?;
    let help = || match suggest_id(id) {
        Some(id) => format!("\"{text}\": {ID_RULE}; perhaps \"{id}\""),
        None => ID_RULE.to_owned(),
    };
    Ok(Hypothesis::new(HypothesisId::parse(id).ok_or_else(help)?, name))
}

pub(super) fn run(args: &NewArgs, output: &Output) -> Result<Done, Failure> {
    let mut ids = HashSet::new();
    if let Some(twice) = args.hypotheses.iter().find(|h| !ids.insert(h.id.clone())) {
        return Err(super::usage("new", format!("the hypothesis \"{}\" is given twice", twice.id)));
    }
    let file = match (&args.file, args.example) {
        (Some(file), _) => file.clone(),
        (None, example) => format!("{}.toml", example.map_or("case", |(name, _)| name)).into(),
    };
    let schema = Some(&file).filter(|file| *file != "-");
    let schema = schema.and_then(|file| super::schema::installed_above(Path::new(file)));
    let schema = schema.map(|path| format!("#:schema {path}\n")).unwrap_or_default();
    let like = args.like.as_ref().map(|like| load::documents(std::slice::from_ref(like))).transpose()?;
    let like = like.as_ref().and_then(|loaded| loaded.first());
    let text = match args.example {
        None if let Some((like, document)) = like => {
            let meta = document.meta().map(|meta| format!("\n{meta}")).unwrap_or_default();
            document::composed(&unjudged(&like.scenario)) + &meta
        }
        // The schema that it names stands beside the sources of the program.
        Some((_, text)) if text.starts_with("#:schema") => {
            text.split_once('\n').map_or("", |(_, rest)| rest).into()
        }
        Some((_, text)) => text.to_owned(),
        None => {
            let mut scenario = Scenario::new(args.title.clone().unwrap_or_else(|| title_of(&file)));
            scenario.question.clone_from(&args.question);
            scenario.hypotheses.clone_from(&args.hypotheses);
            skeleton(&scenario)
        }
    };
    let text = schema + &text;
    if args.dry_run {
        let written = document::read(text.into_bytes()).scenario.unwrap_or_default();
        return preview::file(&file, None, &written, output);
    }
    if file == "-" {
        output.result(|out| out.write_all(text.as_bytes()))?;
        return Ok(Done::Done);
    }
    let name = crate::text::single_line(&file.to_string_lossy()).into_owned();
    if store::exists(&file) {
        let help = format!("`ach edit {}` opens it", shell_word(&name));
        return Err(Failure::refused(format!("{name} already exists"), help));
    }
    crate::cli::save::save(&file, &text, Expected::Absent, output)?;
    output.note(|out| writeln!(out, "wrote {name}"))?;
    if let Some((pattern, attributes)) = installation::adopt(&file) {
        let line = format!("add {pattern} to {attributes}, so that git uses ach for it");
        output.note(|out| writeln!(out, "{}", crate::text::single_line(&line)))?;
    }
    Ok(Done::Done)
}

/// A scenario without what anybody judged: no cells, priors, statuses, notes of hypotheses, conclusion, authors, outcome
/// or estimates.
fn unjudged(scenario: &Scenario) -> Scenario {
    let mut left = scenario.clone();
    left.outcome = Outcome::default();
    left.estimates.clear();
    (left.conclusion, left.authors) = (None, None);
    for hypothesis in &mut left.hypotheses {
        (hypothesis.prior, hypothesis.status, hypothesis.note) = (None, None, None);
    }
    left.evidence.iter_mut().for_each(|item| item.ratings = Row::default());
    left.indicators.iter_mut().for_each(|indicator| indicator.ratings = Row::default());
    left
}

/// A title made of the name of the file: `the-leak.ach.toml` is about "The leak".
pub(super) fn title_of(file: &OsStr) -> String {
    let name =
        Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.trim_end_matches(".toml").trim_end_matches(".ach").replace(['-', '_'], " ");
    let mut letters = stem.trim().chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled analysis".to_owned(),
    }
}
