//! Exchange with other programs: the scenario in one of their formats, and a matrix of theirs as a question.
//!
//! Must never change the scenario.

use std::path::Path;

use super::paste::{PastePlan, Pasted, cell_count};
use super::state::Session;
use crate::change::{Change, ItemChange, diff};
use crate::document;
use crate::export::{self, EXPORT_FORMATS, ExportCase, ExportError, ExportFormat, ExportOptions};
use crate::import::{ImportFault, ImportOptions, Imported, Rejoined, import, rejoin};
use crate::present::words::{counts, list};
use crate::present::{RankingReport, Request, sentence};
use crate::scenario::{Scenario, inconsistencies};
use crate::store::{self, SaveError};

/// Why nothing was exported, in words.
struct ExportRefusal(String);

impl From<SaveError> for ExportRefusal {
    fn from(error: SaveError) -> Self {
        Self(error.to_string())
    }
}

impl From<ExportError> for ExportRefusal {
    fn from(error: ExportError) -> Self {
        Self(match error {
            ExportError::Write(error) => error.to_string(),
            ExportError::Refused { message, help } => format!("{message}: {help}"),
        })
    }
}

/// Writes the scenario in the format that the ending of a file name means. Returns what was done, in a sentence.
///
/// # Errors
/// The reason why nothing was written, in words.
pub(crate) fn write(session: &Session, name: &str) -> Result<String, String> {
    let Some(format) = export::format_of(name) else {
        let ending = |format: &ExportFormat| format!(".{}", format.ending);
        let endings: Vec<String> = EXPORT_FORMATS.iter().map(ending).collect();
        return Err(format!("name a file that ends with {}", endings.join(", ")));
    };
    let is_scenario = |input: store::Input| document::is_scenario(&input.bytes);
    if store::exists(name) && store::open(name).is_ok_and(is_scenario) {
        return Err(format!("{name} is a scenario, and is not replaced by an export"));
    }
    let scenario = session.scenario();
    let request = Request::default();
    let positions: Vec<usize> = (0..scenario.evidence.len()).collect();
    let ranking = inconsistencies(scenario).is_empty().then(|| RankingReport::new(scenario, request));
    let case = ExportCase {
        document: session.history.document(),
        scenario,
        positions: &positions,
        counts: &request.counts(scenario),
        extent: None,
        ranking: ranking.as_ref(),
        options: ExportOptions::default(),
    };
    let written =
        store::save_written(Path::new(name), |out| (format.write)(&case, out).map_err(ExportRefusal::from));
    written.map_err(|ExportRefusal(why)| why)?;
    let left_out = export::left_out(format, &case).map(|parts| format!("; it leaves out {parts}"));
    Ok(format!("wrote {name}{}", left_out.unwrap_or_default()))
}

/// Reads a matrix of another program and returns the question whether to take it into the scenario.
///
/// # Errors
/// The reason why it cannot be read or changes nothing, in words.
pub(crate) fn read(scenario: &Scenario, name: &str) -> Result<Pasted, String> {
    let input = store::open(name).map_err(|unopened| format!("{name}: {}", unopened.reason))?;
    let imported =
        import(&input.bytes, name, &ImportOptions::default()).map_err(|faults| told(name, &faults))?;
    let Rejoined { wanted, missing, assumed } = rejoin(scenario, &imported, false);
    let changes = diff(scenario, &wanted);
    if changes.is_empty() {
        return Err(format!("{name} has nothing new to import"));
    }
    let Imported { assumed: read_so, left_out, scenario: other, .. } = &imported;
    let assumed = read_so.iter().chain(&assumed);
    let assumed =
        assumed.map(|it| format!("assumed: {}: {}, read as {}", it.place.in_file(name), it.what, it.reading));
    let left_out =
        left_out.iter().map(|it| format!("left out: {}: {}: {}", it.place.in_file(name), it.what, it.text));
    let kept: Vec<String> = missing.iter().map(|(kind, id)| format!("{kind} {id}")).collect();
    let kept = (!kept.is_empty()).then(|| format!("not in {name}, and kept: {}", list(&kept)));
    Ok(Pasted {
        origin: Some(name.to_owned()),
        size: (other.evidence.len(), other.hypotheses.len()),
        heads: Vec::new(),
        lines: changes.iter().map(|change| vec![sentence(change)]).collect(),
        left_out: assumed.chain(left_out).chain(kept).collect(),
        plans: vec![PastePlan { key: 'i', says: format!("take in {}", extent(&changes)), changes }],
    })
}

/// Returns the faults of a file in words: the first, and how many more there are.
fn told(name: &str, faults: &[ImportFault]) -> String {
    let Some(first) = faults.first() else { return format!("{name} cannot be read") };
    let help = first.help.as_ref().map(|help| format!(": {help}")).unwrap_or_default();
    let more = match faults.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more, which `ach import` lists)"),
    };
    format!("{}: {}{help}{more}", first.place.in_file(name), first.message)
}

/// Returns how much changes do, in words.
fn extent(changes: &[Change]) -> String {
    let items = |change: &&Change| matches!(change, Change::Evidence(ItemChange::Added(_)));
    let hypotheses = |change: &&Change| matches!(change, Change::Hypothesis(ItemChange::Added(_)));
    let (items, hypotheses) =
        (changes.iter().filter(items).count(), changes.iter().filter(hypotheses).count());
    let in_cells =
        changes.iter().filter(|change| change.evidence().and(change.hypothesis()).is_some()).count();
    list(&counts([
        (items, "new item", "new items"),
        (hypotheses, "new hypothesis", "new hypotheses"),
        (cell_count(changes), "changed cell", "changed cells"),
        (changes.len() - items - hypotheses - in_cells, "other change", "other changes"),
    ]))
}
