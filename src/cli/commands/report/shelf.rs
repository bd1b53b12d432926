//! Several pages in a folder, and the list of them.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::Path;

use super::{PageFormat, ReportPageArgs, save, with_report};
use crate::cli::load;
use crate::cli::outcome::Unusable;
use crate::cli::{Failure, Outcome, Output};
use crate::document;
use crate::present::ShelfEntry;
use crate::report::write_shelf;
use crate::store;

/// The file that lists the pages.
const INDEX: &str = "index.html";

/// Writes a page for each scenario and the list of them. A file that cannot be scored is listed with the reason.
pub(super) fn write(args: &ReportPageArgs, folder: &Path, output: &Output) -> Result<Outcome, Failure> {
    if args.format.is_some_and(|format| format != PageFormat::Html) {
        return Err(super::usage("report", "a folder takes HTML pages only"));
    }
    store::create_folder(folder)?;
    let (mut entries, mut unusable) = (Vec::new(), Vec::new());
    let mut taken: HashMap<String, usize> = HashMap::from([("index".to_owned(), 1)]);
    for file in files(args)? {
        let name = file.to_string_lossy().into_owned();
        let stem = Path::new(&name).file_stem().map_or_else(|| "stdin".into(), |stem| stem.to_string_lossy());
        match load::documents(&[&file]) {
            Ok(loaded) => {
                for (loaded, document) in &loaded {
                    let page = page_name(&mut taken, &stem);
                    let mut text = Vec::new();
                    let entry = with_report(args, loaded, document, output, |report| {
                        PageFormat::Html.write(report, &mut text)?;
                        Ok(report.shelf_entry(page.clone()))
                    })?;
                    save(folder.join(&page), &text, output)?;
                    entries.push(entry);
                }
            }
            Err(Failure::Unusable(faults)) => {
                entries.extend(faults.iter().map(|fault| faulty(&name, fault)));
                unusable.extend(faults);
            }
            Err(other) => return Err(other),
        }
    }
    let mut list = Vec::new();
    write_shelf(&entries, &mut list)?;
    save(folder.join(INDEX), &list, output)?;
    Outcome::Done.unless(unusable)
}

/// Returns the files named, and the scenarios of the folders named.
fn files(args: &ReportPageArgs) -> Result<Vec<OsString>, Failure> {
    let mut files = Vec::new();
    for name in &args.files {
        if !store::is_directory(name) {
            files.push(name.clone());
            continue;
        }
        for file in store::toml_files(Path::new(name))? {
            // A file that cannot be read is told of like one that was named.
            let is_scenario = store::open(&file).map_or(true, |input| document::is_scenario(&input.bytes));
            if is_scenario {
                files.push(file.into());
            }
        }
    }
    Ok(files)
}

/// Returns the name of a page: that of its file, with a number if it is taken.
fn page_name(taken: &mut HashMap<String, usize>, stem: &str) -> String {
    let stem = if stem == "-" { "stdin" } else { stem };
    let times = taken.entry(stem.to_lowercase()).or_default();
    *times += 1;
    if *times == 1 { format!("{stem}.html") } else { format!("{stem}-{times}.html") }
}

/// Returns the entry of a file that cannot be scored.
fn faulty(name: &str, fault: &Unusable) -> ShelfEntry {
    let reason = match fault {
        Unusable::Unopened(unopened) => unopened.reason.clone(),
        Unusable::Faulty(checked) => checked
            .findings
            .first()
            .map_or_else(String::new, |finding| format!("line {}: {}", finding.line, finding.message)),
    };
    ShelfEntry {
        href: String::new(),
        marking: None,
        title: Path::new(name)
            .file_name()
            .map_or_else(|| name.to_owned(), |name| name.to_string_lossy().into_owned()),
        question: None,
        lead: reason,
        firmness: "",
        as_of: None,
    }
}
