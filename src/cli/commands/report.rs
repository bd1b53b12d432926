//! `ach report`: the analysis as a page for people who make decisions.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use sha1_smol::Sha1;

use super::usage;
use crate::cli::git::versions::comparisons;
use crate::cli::load::{self, Loaded};
use crate::cli::options::{ScoringArgs, SortArgs, choice};
use crate::cli::{Failure, Outcome, Output};
use crate::document::{self, Document};
use crate::present::{
    BriefingOptions, BriefingReport, Compared, DiffParts, DiffReport, Request, SectionName,
};
use crate::report::{write_briefing, write_page};
use crate::scenario::Scenario;
use crate::store::{self, Expected, Links};
use crate::text::single_line;

/// Write the analysis as a page that stands alone: HTML or Markdown
///
/// The bottom line comes first: the analysts' conclusion, who leads by the ratings, how firm that is, what it rests on
/// and what would overturn it. Then follow the hypotheses, the judgements most worth arguing about, events to watch
/// for, all ratings, evidence and sources, and how to read the figures.
///
/// The HTML page is one file that asks for nothing: no request, no font, no image. Its reader can change a rating and
/// see who would lead; what they change comes back as `ach set` lines. The same scenario gives the same bytes.
#[derive(Args, Debug)]
#[command(after_help = "Examples:
  ach report case.toml -o case.html
  ach report case.toml -o case.md --sections finding,ranking,change
  ach report HEAD:case.toml --classification TLP:AMBER --since v1 -o case.html")]
pub(in crate::cli) struct ReportPageArgs {
    /// Scenario, REV:path, or - for standard input
    #[arg(value_name = "FILE")]
    file: OsString,
    /// File to write; its ending, .html or .md, is the format. Without it the page goes to standard output
    #[arg(short, long, value_name = "OUT")]
    output: Option<OsString>,
    /// Format, whatever the ending
    #[arg(long, value_name = "FORMAT", value_parser = choice(&PageFormat::ALL, PageFormat::as_str))]
    format: Option<PageFormat>,
    /// Show only these sections; may be repeated or a list with commas
    #[arg(long, value_name = "SECTION", value_delimiter = ',', value_parser = choice(&SectionName::ALL, SectionName::as_str))]
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

/// A format of a briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PageFormat {
    Html,
    Markdown,
}

impl PageFormat {
    const ALL: [Self; 2] = [Self::Html, Self::Markdown];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// Returns the format of the ending of a file.
    fn of_ending(name: &OsStr) -> Option<Self> {
        let ending = Path::new(name).extension().and_then(OsStr::to_str)?.to_ascii_lowercase();
        match ending.as_str() {
            "html" | "htm" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }

    fn write(self, report: &BriefingReport<'_>, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Html => write_page(report, out),
            Self::Markdown => write_briefing(report, out),
        }
    }
}

pub(super) fn run(args: &ReportPageArgs, output: &Output) -> Result<Outcome, Failure> {
    let format = format(args)?;
    if args.output.is_none() && format == PageFormat::Html && output.is_terminal() {
        return Err(Failure::refused(
            "a page of HTML is not for a terminal",
            "write it to a file with -o FILE.html",
        ));
    }
    let loaded = load::documents(std::slice::from_ref(&args.file))?;
    let Some((loaded, document)) = loaded.first() else { return Ok(Outcome::Done) };
    args.scoring.check(&[&loaded.scenario])?;
    if let (Some(text), Some(marking)) = (&args.classification, &loaded.scenario.marking)
        && text != marking
    {
        let text = single_line(text);
        let marking = single_line(marking);
        output.aside(|out, _| writeln!(out, "note: marked {text}; the scenario itself says {marking}"));
    }
    let mut page = Vec::new();
    write(args, format, loaded, document, output, &mut page)?;
    match &args.output {
        Some(name) => save(name, &page, output)?,
        None => output.result(|out| out.write_all(&page))?,
    }
    Ok(Outcome::Done)
}

/// Returns the format asked for, or else that of the ending.
fn format(args: &ReportPageArgs) -> Result<PageFormat, Failure> {
    let of_ending = |name: &OsString| {
        PageFormat::of_ending(name).ok_or_else(|| {
            let name = name.display();
            usage("report", format!("{name} ends neither in .html nor in .md: name the format with --format"))
        })
    };
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, Some(name)) => of_ending(name),
        (None, None) => Ok(PageFormat::Html),
    }
}

fn write(
    args: &ReportPageArgs,
    format: PageFormat,
    loaded: &Loaded,
    document: &Document,
    output: &Output,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
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
    let report = BriefingReport::new(&loaded.scenario, request, options, &tell)?;
    format.write(&report, out)?;
    Ok(())
}

/// Returns the start of the id that git gives to these bytes, so that `git log --find-object` finds their commit.
fn version(bytes: &[u8]) -> String {
    let mut hash = Sha1::new();
    hash.update(format!("blob {}\0", bytes.len()).as_bytes());
    hash.update(bytes);
    hash.digest().to_string().chars().take(8).collect()
}

/// The version that a page compares with.
#[derive(Debug)]
struct Before {
    label: String,
    /// `None` if there was no such file.
    scenario: Option<Scenario>,
}

impl Before {
    /// Reads the version of a file in a revision.
    fn read(since: &str, name: &OsStr) -> Result<Self, Failure> {
        if name == "-" {
            return Err(usage("report", "--since compares versions of a file: name one"));
        }
        let kept = name.to_str().filter(|_| store::is_kept(name)).and_then(|name| name.rsplit_once(':'));
        let (operands, files) = match kept {
            Some((_, path)) => (vec![format!("{since}:{path}").into(), name.to_owned()], Vec::new()),
            None => (vec![since.into()], vec![name.to_owned()]),
        };
        let found = comparisons(&operands, &files)?.into_iter().next().transpose()?;
        let Some(found) = found else { return Ok(Self { label: since.to_owned(), scenario: None }) };
        let scenario = match found.before.bytes {
            Some(bytes) => Some(load::readable(&found.before.name, document::read(bytes))?.1),
            None => None,
        };
        Ok(Self { label: since.to_owned(), scenario })
    }

    fn compared<'a>(&'a self, after: &'a Scenario, request: Request<'a>) -> DiffReport<'a> {
        let compared = Compared { path: None, before: &self.label, after: "this version" };
        DiffReport::new(self.scenario.as_ref(), Some(after), compared, DiffParts::of(&[]), request)
    }
}

/// Replaces a file, but never a scenario.
fn save(name: &OsStr, page: &[u8], output: &Output) -> Result<(), Failure> {
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
