//! Codes: stable names of findings, whose meaning never changes.

use super::Severity;

/// The stable name of a finding, such as `unknown-rating`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
}

impl Code {
    /// Returns a code that makes a file unusable.
    #[must_use]
    pub const fn error(name: &'static str) -> Self {
        Self { name, severity: Severity::Error }
    }

    /// Returns a code that asks for attention.
    #[must_use]
    pub const fn warning(name: &'static str) -> Self {
        Self { name, severity: Severity::Warning }
    }

    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.name
    }

    /// Returns its severity.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.severity
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

/// A code with the paragraph that explains it and, for findings about the method, its source in the
/// literature.
#[derive(Clone, Copy, Debug)]
pub struct Doc {
    /// The code.
    pub code: Code,
    /// The meaning of the code and the remedy, in one paragraph of plain text.
    pub text: &'static str,
    /// The source in the literature.
    pub source: Option<&'static str>,
}

macro_rules! file_codes {
    ($($kind:ident $constant:ident = $name:literal: $text:literal;)+) => {
        impl Code {
            $(
                #[doc = concat!("The code `", $name, "`; what it means is in [`FILE_CODES`].")]
                pub const $constant: Self = Self::$kind($name);
            )+
        }

        /// The codes of findings in the file itself, in the order of the documentation. Those of the method are in
        /// `checks`.
        pub const FILE_CODES: &[Doc] = &[$(Doc { code: Code::$constant, text: $text, source: None },)+];
    };
}

file_codes! {
    error SYNTAX = "syntax": "The file is not valid TOML at this place. Nothing can be read from it until this is fixed; other faults of the file are still reported.";
    error NOT_UTF8 = "not-utf8": "A scenario is UTF-8 text, and these bytes are not. Save the file as UTF-8; editors call this the encoding.";
    error MERGE_MARKERS = "merge-markers": "A merge by lines left its markers (<<<<<<<, =======, >>>>>>>) in the file. With `ach git install` git merges cell by cell; `git checkout --merge FILE` then starts the merge again, and `ach resolve FILE` settles what is left. Or keep one side of each by hand and delete the markers.";
    error UNKNOWN_KEY = "unknown-key": "The format has no such key here. Unknown keys are refused, since a misspelt key would lose a judgement silently. Data of your own belongs in [meta].";
    error MISSING_KEY = "missing-key": "A required key is missing: ach and title of the scenario, id and name of a hypothesis and a source, id and text of an item and an indicator, id and by of an estimate.";
    error DUPLICATE_KEY = "duplicate-key": "A key or table is defined twice, which TOML does not allow.";
    error WRONG_TYPE = "wrong-type": "The value has another type than the key takes, such as a number where a text belongs.";
    error BAD_ID = "bad-id": "An id has 1 to 40 characters a-z, 0-9 and hyphen, and starts with a letter or digit. Ids are how files, commands and people refer to an item.";
    error DUPLICATE_ID = "duplicate-id": "Two items of one kind have the same id. Ids are unique among hypotheses, among evidence items, among sources, among indicators and among estimates.";
    error UNKNOWN_EVIDENCE = "unknown-evidence": "An item rests on one that does not exist. Correct the id in `rests_on`, or remove it.";
    error CIRCULAR_PREMISES = "circular-premises": "Items rest on each other in a circle. Take one of them out of `rests_on`; a premise that rests on nothing else is an assumption, and `kind` can say so.";
    error TWO_RESIDUALS = "two-residuals": "More than one hypothesis is marked `residual`, which stands for everything that no other hypothesis claims. Merge them, or take `residual` out of all but one.";
    error BAD_VALUE = "bad-value": "The key takes one of a few words, and this is not one of them; or it takes a name, and this is blank.";
    error BAD_NUMBER = "bad-number": "The number is not usable here: numbers are finite, bans_per_step is above 0, and a probability lies from 0 to 1.";
    error BAD_DATE = "bad-date": "A date is a day such as 2025-12-02, in quotes or not, and never has a time. The date of an evidence item, an estimate or the outcome may also be a month (\"2024-01\") or a year (\"2021\").";
    error BAD_GRADE = "bad-grade": "An Admiralty grade is a capital letter A to F for the reliability of the source and a digit 1 to 6 for the credibility of the information, such as \"B2\".";
    error GRADE_AND_CREDIBILITY = "grade-and-credibility": "An item has both a grade and a credibility. A grade stands for a level of credibility; keep one of the two.";
    error UNKNOWN_RATING = "unknown-rating": "A rating is one of CC, C, N, I, II and NA, in capitals. A blank cell has no key.";
    error UNKNOWN_HYPOTHESIS = "unknown-hypothesis": "There is no hypothesis with this id. A rating for it cannot be placed and makes the file unreadable; a reference from a source, an indicator or the outcome only prevents scoring.";
    error UNKNOWN_SOURCE = "unknown-source": "The scenario declares its sources, and this is not one of them. Declare it with [[source]], or correct the id.";
    error PRIORS = "priors": "Priors are given for no active hypothesis or for all of them, each above 0, with a sum of 1. The prior of a rejected hypothesis is ignored.";
    error OUTCOME_AND_ANNULLED = "outcome-and-annulled": "The outcome names a hypothesis that was true and says that the question was annulled. Keep one of them; a merge can bring the two together.";
    error CONFLICT = "conflict": "Both sides of a merge changed the same thing, and both values are here. Settle it with `ach resolve`.";
    error UNSUPPORTED_VERSION = "unsupported-version": "The file has a format version that this program does not know. It reads version 1.";
    error NOT_A_SCENARIO = "not-a-scenario": "The file is TOML without a top-level key `ach`, so it is not a scenario. A scenario starts with `ach = 1`.";
    error TOO_LARGE = "too-large": "The file is over a limit: 64 MiB a file, 1,000 hypotheses, 1,000,000 evidence items, 64 KiB a text.";
    warning VERSION_NOT_FIRST = "version-not-first": "`ach = 1` should be the first key of the file, so that people and tools see at once what it is.";
    warning TOML_1_1 = "toml-1-1": "This is TOML 1.1 (a newline or a trailing comma inside an inline table, an escape \\e or \\x). It is read here, but other tools refuse it: write it the TOML 1.0 way.";
}
