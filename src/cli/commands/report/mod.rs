//! `ach report`: the analysis as a page for people who make decisions.

mod before;
mod shelf;

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use sha1_smol::Sha1;

use super::{check_stdin, usage};
use crate::cli::load::{self, Loaded};
use crate::cli::options::{ScoringArgs, SortArgs, word};
use crate::cli::{Failure, Outcome, Output};
use crate::document::{self, Document};
use crate::present::{BriefingOptions, BriefingReport, SectionName};
use crate::report::{write_briefing, write_page, write_picture};
use crate::scenario::keyword;
use crate::store::{self, Expected, Links};
use crate::text::single_line;
use before::Before;

/// Write the analysis as a page that stands alone: HTML, Markdown or a picture
///
/// The bottom line comes first: the analysts' conclusion, who leads by the ratings, how firm that is, what it rests
/// on and what would overturn it. Then follow the hypotheses, the judgements most worth arguing about, events to
/// watch for, all ratings, evidence and sources, and how to read the figures.
///
/// The HTML page is one file that loads nothing. Its reader can change ratings and see who would lead, and copy the
/// changes as `ach set` lines. SVG is a picture to quote: who leads, with the caveat. The same scenario gives the
/// same bytes.
///
/// Several files, or folders with scenarios, need -o DIR/, which gets a page for each and an index.html that lists
/// them with who leads.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach report case.toml -o case.html
  ach report case.toml -o case.md --sections finding,ranking,change
  ach report HEAD:case.toml --classification TLP:AMBER --since v1 -o case.html
  ach report case.toml -o case.svg           the finding as a picture
  ach report scenarios/ -o site/             a page each, and a list of them")]
pub(in crate::cli) struct ReportPageArgs {
    /// Scenarios, REV:path, folders, or - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<OsString>,
    /// File to write, whose ending (.html, .md, .svg) is the format, or DIR/ for a page each; without it, standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<OsString>,
    /// Format, whatever the ending
    #[arg(long, value_name = "FORMAT", value_parser = word::<PageFormat>())]
    format: Option<PageFormat>,
    /// Show only these sections; may be repeated or a list with commas
    #[arg(long, value_name = "SECTION", value_delimiter = ',', value_parser = word::<SectionName>())]
    sections: Vec<SectionName>,
    /// Handling marking, instead of the scenario's own
    #[arg(long, value_name = "TEXT")]
    classification: Option<String>,
    /// Add what changed since this revision
    #[arg(long, value_name = "REV")]
    since: Option<String>,
    /// Leave out the script, and with it what-ifs
    #[arg(long)]
    no_script: bool,
    #[command(flatten)]
    scoring: ScoringArgs,
    #[command(flatten)]
    sort: SortArgs,
}

keyword! {
    /// A format of a briefing.
    enum PageFormat {
        Html = "html",
        Markdown = "markdown",
        Svg = "svg",
    }
}

impl PageFormat {
    /// Returns the format of the ending of a file.
    fn of_ending(name: &OsStr) -> Option<Self> {
        let ending = Path::new(name).extension().and_then(OsStr::to_str)?.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    fn write(self, report: &BriefingReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Html => write_page(report, out),
            Self::Markdown => write_briefing(report, out),
            Self::Svg => write_picture(&report.picture(), out),
        }
    }
}

pub(super) fn run(args: &ReportPageArgs, output: &Output) -> Result<Outcome, Failure> {
    check_stdin("report", &args.files)?;
    if let Some(folder) = folder(args)? {
        return shelf::write(args, folder, output);
    }
    let format = format(args)?;
    if args.output.is_none() && format == PageFormat::Html && output.is_terminal() {
        let help = "write it to a file with -o FILE.html";
        return Err(Failure::refused("a terminal cannot show an HTML page", help));
    }
    for (loaded, document) in load::documents(&args.files)? {
        let mut page = Vec::new();
        with_report(args, &loaded, &document, output, |report| Ok(format.write(report, &mut page)?))?;
        match &args.output {
            Some(name) => save(name, &page, output)?,
            None => output.result(|out| out.write_all(&page))?,
        }
    }
    Ok(Outcome::Done)
}

/// Returns the folder that pages go to; `None` where there is one page.
fn folder(args: &ReportPageArgs) -> Result<Option<&Path>, Failure> {
    let is_folder = |name: &&OsString| name.to_string_lossy().ends_with('/') || store::is_directory(name);
    let several = args.files.len() > 1 || args.files.iter().any(store::is_directory);
    match args.output.as_ref().filter(is_folder) {
        Some(folder) => Ok(Some(Path::new(folder))),
        None if several => Err(usage("report", "several pages need a folder: -o DIR/")),
        None => Ok(None),
    }
}

/// Returns the format asked for, or else that of the ending.
fn format(args: &ReportPageArgs) -> Result<PageFormat, Failure> {
    let of_ending = |name: &OsString| {
        PageFormat::of_ending(name).ok_or_else(|| {
            let name = name.display();
            usage(
                "report",
                format!("{name} does not end in .html, .md or .svg: name the format with --format"),
            )
        })
    };
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, Some(name)) => of_ending(name),
        (None, None) => Ok(PageFormat::Html),
    }
}

/// Works out what there is to say about a scenario, and hands it on.
fn with_report<T>(
    args: &ReportPageArgs,
    loaded: &Loaded,
    document: &Document,
    output: &Output,
    then: impl FnOnce(&BriefingReport<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    args.scoring.check(&[&loaded.scenario])?;
    if let (Some(text), Some(marking)) = (&args.classification, &loaded.scenario.marking)
        && text != marking
    {
        let (text, marking) = (single_line(text), single_line(marking));
        output.aside(|out, _| writeln!(out, "note: marked {text}; the scenario itself says {marking}"));
    }
    let request = args.scoring.request(&loaded.name).ordered(args.sort.sort);
    let before = args.since.as_deref().map(|since| Before::read(since, &loaded.name)).transpose()?;
    let name = loaded.name.to_string_lossy();
    let path = name.rsplit_once(':').map_or(&*name, |(_, path)| path);
    let options = BriefingOptions {
        sections: &args.sections,
        marking: args.classification.as_deref(),
        file: Path::new(path).file_name().and_then(OsStr::to_str).unwrap_or(path),
        version: version(document.text().as_bytes()),
        has_script: !args.no_script,
        since: before.as_ref().map(|before| before.compared(&loaded.scenario, request)),
    };
    let progress = output.progress();
    let tell = |done, all| progress.tell(done, all, "draws");
    then(&BriefingReport::new(&loaded.scenario, request, options, &tell)?)
}

/// Returns the start of the id that git gives to these bytes, so that `git log --find-object` finds their commit.
fn version(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()).as_bytes());
    hash.update(bytes);
    hash.digest().to_string().chars().take(8).collect()
}

/// Replaces a file, but never a scenario.
fn save(name: impl AsRef<OsStr>, page: &[u8], output: &Output) -> Result<(), Failure> {
    let name = name.as_ref();
    let before = store::read_other(Path::new(name), Links::Followed)?;
    if before.as_ref().is_some_and(|bytes| document::is_scenario(bytes)) {
        let message = format!(
            "{} is a scenario, which a report does not replace",
            single_line(&name.to_string_lossy())
        );
        return Err(Failure::refused(message, "choose another name for the report"));
    }
    let expected = before.as_deref().map_or(Expected::Absent, Expected::Bytes);
    crate::cli::save::save(name, page, expected, output)
}
