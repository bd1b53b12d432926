//! The first text of a new scenario: what is known so far, and comments that show where the rest goes.

use super::write;
use crate::scenario::Scenario;

/// Returns the text of a new file: title, question and hypotheses of a scenario, with comments for the rest.
#[must_use]
pub fn skeleton(scenario: &Scenario) -> String {
    let mut text = String::from(
        "# An Analysis of Competing Hypotheses, to be read and edited with `ach`.\n\
         # What each key means: ach schema, or docs/format.md of the project.\n\
         ach = 1\n",
    );
    text.push_str(&format!("title = {}\n", write::text(&scenario.title)));
    match &scenario.question {
        Some(question) => text.push_str(&format!("question = {}\n", write::text(question))),
        None => text.push_str("# question = \"Who did it?\"\n"),
    }
    text.push_str(
        "# as_of = 2025-12-04                 # date of the analysis\n\
         # authors = [\"...\"]\n",
    );
    for hypothesis in &scenario.hypotheses {
        text.push_str("\n[[hypothesis]]\n");
        text.push_str(&write::lines(&write::item_entries(hypothesis), "\n"));
    }
    text.push_str(
        "\n# How the parts are written. The editor and `ach add` write them for you, above these lines.\n\
         #\n\
         # Hypotheses: every answer that is possible, also those that you do not believe.\n\
         #\n\
         # [[hypothesis]]\n\
         # id = \"insider\"                     # a-z, 0-9 and -, at most 40 characters\n\
         # name = \"An insider\"\n\
         # description = \"What exactly it claims, and what it would lead you to expect.\"\n\
         #\n\
         # Evidence: everything that bears on an answer: facts, assumptions, arguments, and what did not happen.\n\
         # In each cell: if this hypothesis were true, how expected would this item be?\n\
         # CC very consistent, C consistent, N neutral, I inconsistent, II very inconsistent, NA not applicable\n\
         #\n\
         # [[evidence]]\n\
         # id = \"night-log\"\n\
         # text = \"The door log shows nobody after 20:00\"\n\
         # kind = \"fact\"                      # fact, assumption, argument or absence\n\
         # date = 2025-12-02\n\
         # source = \"Building security\"\n\
         # credibility = \"medium\"             # low, medium or high; or grade = \"B2\"\n\
         # relevance = \"high\"                 # low, medium or high\n\
         #\n\
         # [evidence.ratings]\n\
         # insider = \"C\"\n\
         #\n\
         # Indicators: what to watch for next, and what it would tell.\n\
         #\n\
         # [[indicator]]\n\
         # id = \"second-leak\"\n\
         # text = \"Another memo appears\"\n\
         # hypothesis = \"insider\"\n",
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read;
    use crate::scenario::{Hypothesis, HypothesisId};

    #[test]
    fn a_new_file_reads_as_what_is_known() {
        let mut scenario = Scenario::new("A \"quoted\" title");
        assert_eq!(read(skeleton(&scenario).into_bytes()).scenario, Some(scenario.clone()));
        scenario.question = Some("Who?".into());
        scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse("a").unwrap(), "A"));
        scenario.hypotheses.push(Hypothesis::new(HypothesisId::parse("b").unwrap(), "B"));
        let text = skeleton(&scenario);
        let reading = read(text.clone().into_bytes());
        assert_eq!((reading.scenario, reading.diagnostics), (Some(scenario), Vec::new()));
        assert_eq!(reading.document.formatted(), text);
    }
}
