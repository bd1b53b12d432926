//! Words and numbers for people: method names, words for probabilities, plurals, rounding.

use crate::scenario::{ItemKind, Method, Probability, Rating, Value, Yardstick};
use crate::text::{pad_left, width};

/// Sums of fractions nearer to 0 than this are 0, as for the engine.
const NOISE: f64 = 1e-12;

/// The words about a scoring method.
#[derive(Debug)]
pub struct MethodWords {
    /// Its name at the head of a column.
    pub title: &'static str,
    /// The name of its score.
    pub score: &'static str,
    /// The name of its score where what weighs against a hypothesis is shown above 0.
    pub foot: &'static str,
    /// The name of its score and which end of it is the better one.
    pub meaning: &'static str,
    /// How scores are read that are shown as `foot` says.
    pub reading: &'static str,
    /// How its score comes about.
    pub making: &'static str,
}

/// Returns the words about a method.
#[must_use]
pub const fn method_words(method: Method) -> &'static MethodWords {
    match method {
        Method::Inconsistency => &MethodWords {
            title: "Inconsistency",
            score: "Inconsistency",
            foot: "Rated against it",
            meaning: "Inconsistency, 0 is best",
            reading: "Less is better, whatever the items weigh.",
            making: "For each hypothesis it adds up what is rated against it: 1 for each item rated inconsistent, 2 for each \
                     rated very inconsistent. What is consistent adds nothing, since evidence often fits several \
                     hypotheses at once. Items of one group count once, by the strongest.",
        },
        Method::Weighted => &MethodWords {
            title: "Weighted",
            score: "Weighted inconsistency",
            foot: "Weighs against it",
            meaning: "Weighted inconsistency, 0 is best",
            reading: "Less is better.",
            making: "For each hypothesis it adds up what is rated against it: 1 for each item rated inconsistent, 2 for each \
                     rated very inconsistent, times the weight of the item (0.50 to 2.00, by its credibility and \
                     relevance). What is consistent adds nothing, since evidence often fits several hypotheses at \
                     once. Items of one group count once, by the strongest.",
        },
        Method::Net => &MethodWords {
            title: "Net",
            score: "Net score",
            foot: "For it less against it",
            meaning: "Net score, the highest is best",
            reading: "What speaks for each hypothesis less what speaks against it.",
            making: "For each hypothesis it adds up what is rated for it and takes off what is rated against it, 1 or 2 for \
                     each item, times the weight of the item (0.50 to 2.00, by its credibility and relevance). Items \
                     of one group count once on each side, by the strongest.",
        },
        Method::Bayes => &MethodWords {
            title: "Bayes",
            score: "Posterior probability",
            foot: "Posterior",
            meaning: "Posterior probability",
            reading: "How probable each hypothesis is if one of them is true, from the priors below.",
            making: "Each rating is read as a probability of the item if the hypothesis were true, the less reliable the \
                     report the nearer to even. Together with the priors these give each hypothesis a posterior \
                     probability, if exactly one of them is true and the items do not depend on each other beyond \
                     their groups.",
        },
    }
}

/// The signs of the matrix.
pub const SIGNS: &str =
    "CC very consistent, C, N neutral, I, II very inconsistent, NA not applicable, \u{b7} not rated";
/// The figures beside the items of the matrix.
pub const FIGURES: &str =
    "Diag.: how far an item sets hypotheses apart; 0 not at all, - rated for one only. Weight: 0.50 to 2.00.";

/// Returns the name of a rating.
#[must_use]
pub const fn rating_name(rating: Rating) -> &'static str {
    match rating {
        Rating::VeryConsistent => "very consistent",
        Rating::Consistent => "consistent",
        Rating::Neutral => "neutral",
        Rating::Inconsistent => "inconsistent",
        Rating::VeryInconsistent => "very inconsistent",
        Rating::NotApplicable => "not applicable",
    }
}

/// Formats a value.
#[must_use]
pub fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.to_string(),
        Value::List(list) if list.is_empty() => "(none)".to_owned(),
        Value::List(list) => list.join(", "),
    }
}

/// Formats a score.
#[must_use]
pub fn score(method: Method, score: f64) -> String {
    if method.is_additive() { decimal(score) } else { percent(score) }
}

/// Formats a number with two decimals, as [`rounded`] does.
#[must_use]
pub fn decimal(number: f64) -> String {
    rounded(number, 2)
}

/// Formats a number with so many decimals. What is not 0 does not look like it: `<0.01`, `>-0.01`.
#[must_use]
pub fn rounded(number: f64, places: usize) -> String {
    if let Some(text) = simple(number, places) {
        return text;
    }
    let text = format!("{number:.places$}");
    if text.contains(|digit| ('1'..='9').contains(&digit)) {
        return text;
    }
    let least = || format!("{:.places$}", 0.1_f64.powi(i32::try_from(places).unwrap_or(i32::MAX)));
    match number {
        NOISE.. => format!("<{}", least()),
        number if number <= -NOISE => format!(">-{}", least()),
        _ => text.trim_start_matches('-').to_owned(),
    }
}

/// Returns `{number:.places$}` for 0 and for a number that is neither nearly 0 nor nearly half-way between two results.
/// The standard library needs large integers for a number with few binary digits, such as most scores.
fn simple(number: f64, places: usize) -> Option<String> {
    let unit = 10_u64.checked_pow(u32::try_from(places).ok()?)?;
    let scaled = number.abs() * unit as f64;
    let is_tie = (scaled.fract() - 0.5).abs() < 1e-3;
    let is_in_range = number == 0.0 || (0.5..1e12).contains(&scaled);
    if places == 0 || is_tie || !is_in_range {
        return None;
    }
    let digits = scaled.round() as u64;
    let mut text = if number < 0.0 { "-".to_owned() } else { String::with_capacity(8) };
    text.push_str(&(digits / unit).to_string());
    text.push('.');
    let decimals = (digits % unit + unit).to_string();
    text.push_str(decimals.strip_prefix('1').unwrap_or_default());
    Some(text)
}

/// Formats a number as [`decimal`] does, with its sign.
#[must_use]
pub fn signed(number: f64) -> String {
    let text = decimal(number);
    if number > 0.0 && !text.starts_with('<') { format!("+{text}") } else { text }
}

/// Formats a posterior as a whole percentage, `<1%` and `>99%` at the ends: what rounds to 0 or 1 as a number need not
/// be certain.
#[must_use]
pub fn percent(probability: f64) -> String {
    match whole(probability) {
        0.0 => "<1%".into(),
        100.0 => ">99%".into(),
        whole => format!("{whole}%"),
    }
}

/// Rounds a probability to whole per cents.
fn whole(probability: f64) -> f64 {
    (probability * 100.0).round()
}

/// Formats the difference of two posteriors, the larger first, as the difference of what [`percent`] shows.
#[must_use]
pub fn points(larger: f64, smaller: f64) -> String {
    let (larger, smaller) = (whole(larger), whole(smaller));
    // `>99%` is more than 99, `<1%` less than 1.
    let is_open = larger > 99.0 || smaller < 1.0;
    match larger.min(99.0) - smaller.max(1.0) {
        points if points < 1.0 => "less than 1 percentage point".into(),
        points if is_open => format!("more than {points} percentage points"),
        1.0 => "1 percentage point".into(),
        points => format!("{points} percentage points"),
    }
}

/// Returns the word for a posterior as [`percent`] shows it, so that the two agree.
#[must_use]
pub fn shown_word(yardstick: Yardstick, probability: f64) -> &'static str {
    probability_word(yardstick, whole(probability) / 100.0)
}

/// Formats a share of cases in percent with one decimal; only 0 and 1 are shown as such.
#[must_use]
pub fn share(share: f64) -> String {
    match format!("{:.1}", share * 100.0).as_str() {
        "0.0" if share > 0.0 => "<0.1%".into(),
        "100.0" if share < 1.0 => ">99.9%".into(),
        text => format!("{text}%"),
    }
}

/// Returns a text with its first letter in upper case.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// Returns the word for a probability, on a scale of docs/method.md: ICD 203, or the PHIA yardstick with its gaps
/// closed at their midpoints.
#[must_use]
pub fn probability_word(yardstick: Yardstick, p: f64) -> &'static str {
    match yardstick {
        Yardstick::Icd203 => match p {
            ..0.05 => "almost no chance",
            ..0.20 => "very unlikely",
            ..0.45 => "unlikely",
            ..=0.55 => "roughly even chance",
            ..=0.80 => "likely",
            ..=0.95 => "very likely",
            _ => "almost certain",
        },
        Yardstick::Phia => match p {
            ..0.075 => "remote chance",
            ..0.225 => "highly unlikely",
            ..0.375 => "unlikely",
            ..0.525 => "realistic possibility",
            ..0.775 => "likely",
            ..0.925 => "highly likely",
            _ => "almost certain",
        },
    }
}

/// Spells a number below 10, such as `four`; larger ones are in digits.
#[must_use]
pub fn spelled(number: usize) -> String {
    const SMALL: [&str; 10] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    SMALL.get(number).map_or_else(|| thousands(number), |word| (*word).to_owned())
}

/// Returns `1 item` or `2 items`.
#[must_use]
pub fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", thousands(number)) }
}

/// Returns `once`, `twice` or `3 times`.
#[must_use]
pub fn times(number: usize) -> String {
    match number {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{} times", thousands(many)),
    }
}

/// Returns the words for one and for many items of a kind.
#[must_use]
pub const fn item_words(kind: ItemKind) -> (&'static str, &'static str) {
    match kind {
        ItemKind::Hypothesis => ("hypothesis", "hypotheses"),
        ItemKind::Source => ("source", "sources"),
        ItemKind::Evidence => ("item", "items"),
        ItemKind::Indicator => ("indicator", "indicators"),
        ItemKind::Estimate => ("estimate", "estimates"),
    }
}

/// Counts what there is any of: each number with its word for one and for several.
#[must_use]
pub fn counts<'w>(numbers: impl IntoIterator<Item = (usize, &'w str, &'w str)>) -> Vec<String> {
    let some = numbers.into_iter().filter(|(number, ..)| *number > 0);
    some.map(|(number, one, many)| count(number, one, many)).collect()
}

/// Puts what has the same key together, in the order of the first of each.
#[must_use]
pub fn grouped<K: PartialEq, V>(pairs: impl IntoIterator<Item = (K, V)>) -> Vec<(K, Vec<V>)> {
    let mut groups: Vec<(K, Vec<V>)> = Vec::new();
    for (key, value) in pairs {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, values)) => values.push(value),
            None => groups.push((key, vec![value])),
        }
    }
    groups
}

/// Puts texts in one column, their right ends in line.
#[must_use]
pub fn right_aligned(texts: impl IntoIterator<Item = String>) -> Vec<String> {
    let texts: Vec<String> = texts.into_iter().collect();
    let widest = texts.iter().map(|text| width(text)).max().unwrap_or_default();
    texts.iter().map(|text| pad_left(text, widest)).collect()
}

/// Returns a probability in percent with the digits that it has: `35%`, `0.5%`.
#[must_use]
pub fn stated(probability: Probability) -> String {
    // Without the noise of binary fractions.
    format!("{}%", (probability.get() * 1e9).round() / 1e7)
}

/// Formats `1,000,000`.
#[must_use]
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Lists the first names and counts the rest: `a, b and 3 more`.
#[must_use]
pub fn some<T: AsRef<str>>(names: &[T], most: usize) -> String {
    match names.get(..most) {
        Some(first) if names.len() > most + 1 => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {} more", first.join(", "), thousands(names.len() - most))
        }
        Some(_) | None => list(names),
    }
}

/// Returns `a`, `a and b`, or `a, b and c`.
#[must_use]
pub fn list<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Returns `1st`, `2nd` and so on.
#[must_use]
pub fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_the_digits_that_the_standard_library_gives_them() {
        let eighths = (-20_000..20_000).map(|eighths| f64::from(eighths) / 8.0);
        let thousandths = (-20_000..20_000).map(|thousandths| f64::from(thousandths) / 1000.0);
        let odd = (1..20_000).map(|odd| f64::from(odd).ln() * 7e3);
        let ends = [0.0, -0.0, f64::MAX, f64::MIN_POSITIVE, f64::NAN, f64::INFINITY, 1e12, 1e10 - 0.01];
        for number in eighths.chain(thousandths).chain(odd).chain(ends) {
            for places in 0..4 {
                if let Some(text) = simple(number, places) {
                    assert_eq!(text, format!("{:.places$}", number + 0.0), "{number:?}");
                }
            }
        }
        assert_eq!(simple(1.25, 2).as_deref(), Some("1.25"));
    }

    #[test]
    fn numbers_are_rounded_without_lying() {
        assert_eq!([0.0, -0.0, 1e-17, -1e-17].map(decimal), ["0.00"; 4]);
        assert_eq!([0.004, -0.004, 0.005_1].map(decimal), ["<0.01", ">-0.01", "0.01"]);
        assert_eq!((rounded(0.04, 1).as_str(), rounded(0.06, 1).as_str()), ("<0.1", "0.1"));
        assert_eq!(decimal(-6.242_640_687), "-6.24");
        assert_eq!(
            [0.0, 1e-9, 0.006, 0.632, 0.994, 0.996, 1.0].map(percent),
            ["<1%", "<1%", "1%", "63%", "99%", ">99%", ">99%"]
        );
        assert_eq!(
            [0.0, 1e-9, 0.632, 0.999_99, 1.0].map(share),
            ["0.0%", "<0.1%", "63.2%", ">99.9%", "100.0%"]
        );
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(999), "999");
        assert_eq!(count(1, "item", "items"), "1 item");
        assert_eq!(count(1_200, "item", "items"), "1,200 items");
    }

    #[test]
    fn a_margin_is_the_difference_of_what_is_shown() {
        assert_eq!(points(0.626, 0.374), "26 percentage points", "63% and 37%");
        assert_eq!(points(0.506, 0.494), "2 percentage points", "51% and 49%");
        assert_eq!(points(0.504, 0.496), "less than 1 percentage point", "50% each");
        assert_eq!(points(0.5, 0.49), "1 percentage point");
        assert_eq!(points(0.999, 0.001), "more than 98 percentage points", ">99% and <1%");
        assert_eq!(points(0.97, 0.004), "more than 96 percentage points", "97% and <1%");
        assert_eq!(points(1.0, 0.0), "more than 98 percentage points", "nobody is certain");
    }

    #[test]
    fn a_word_agrees_with_the_figure_beside_it() {
        assert_eq!((percent(0.9504).as_str(), shown_word(Yardstick::Icd203, 0.9504)), ("95%", "very likely"));
        assert_eq!(shown_word(Yardstick::Icd203, 0.002), "almost no chance");
        assert_eq!(shown_word(Yardstick::Icd203, 0.998), "almost certain");
    }

    #[test]
    fn words_change_exactly_at_the_boundaries() {
        let icd = |p| probability_word(Yardstick::Icd203, p);
        assert_eq!(
            [0.0, 0.049, 0.05, 0.199, 0.2, 0.449, 0.45, 0.55, 0.551, 0.8, 0.801, 0.95, 0.951, 1.0].map(icd),
            [
                "almost no chance",
                "almost no chance",
                "very unlikely",
                "very unlikely",
                "unlikely",
                "unlikely",
                "roughly even chance",
                "roughly even chance",
                "likely",
                "likely",
                "very likely",
                "very likely",
                "almost certain",
                "almost certain",
            ]
        );
        let phia = |p| probability_word(Yardstick::Phia, p);
        assert_eq!(
            [0.0, 0.074, 0.075, 0.225, 0.374, 0.375, 0.525, 0.774, 0.775, 0.925, 1.0].map(phia),
            [
                "remote chance",
                "remote chance",
                "highly unlikely",
                "unlikely",
                "unlikely",
                "realistic possibility",
                "likely",
                "likely",
                "highly likely",
                "almost certain",
                "almost certain",
            ]
        );
    }

    #[test]
    fn lists_read_as_people_write_them() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
