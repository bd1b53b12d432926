//! Values of fields: what TOML has there, and how it is said that a field does not take it.

use std::borrow::Cow;

use super::{MAX_MARKS, Reader, at, clipped, quoted};
use crate::diagnostic::{Code, Diagnostic, suggestion};
use crate::document::syntax::{DatetimeForm, Node, NodeKind, TableForm};
use crate::scenario::{Date, Fielded, Grade, Keyword, MAX_TEXT, Refusal, Shape, Value};

impl<'t> Reader<'t> {
    /// Reads a value into a field; says whether the field took it, and reports if not.
    pub(super) fn field<F: Fielded>(
        &mut self,
        owner: &mut F,
        field: F::Field,
        key: &str,
        node: Node<'t>,
    ) -> bool {
        let Some(value) = self.value(node, key, F::shape(field)) else { return false };
        let refusal = owner.set_field(field, Some(value)).err();
        if let Some(refusal) = refusal {
            self.refused(node, key, refusal);
        }
        refusal.is_none()
    }

    /// The text that stands for `key`, whose values have this shape; reports if it is none.
    pub(super) fn text_for(&mut self, node: Node<'t>, key: &str, shape: Shape) -> Option<Cow<'t, str>> {
        let text = self.text(node);
        if text.is_none() && !matches!(node.kind(), NodeKind::Broken | NodeKind::String) {
            self.refused(node, key, Refusal::WrongType(shape));
        }
        text
    }

    /// The word that stands for `key`; reports if it is none of those of the type.
    pub(super) fn word<K: Keyword>(&mut self, node: Node<'t>, key: &str) -> Option<K> {
        let word = K::parse(&self.text_for(node, key, Shape::Word(K::WORDS))?);
        if word.is_none() {
            self.refused(node, key, Refusal::NotOneOf(K::WORDS));
        }
        word
    }

    /// The value of a field of this shape, not yet judged by the rules of the field. `None` where there is none that
    /// could be: that is reported.
    fn value(&mut self, node: Node<'t>, key: &str, shape: Shape) -> Option<Value> {
        match node.kind() {
            NodeKind::Broken => return None,
            NodeKind::String => return self.text(node).map(|text| Value::Text(text.into_owned())),
            // No number of an analysis has more digits than a float holds.
            NodeKind::Integer => return node.integer().map(|number| Value::Number(number as f64)),
            NodeKind::Float => return node.float().map(Value::Number),
            NodeKind::Datetime(form) if matches!(shape, Shape::Day | Shape::Date) => {
                let date = (form == DatetimeForm::Date).then(|| Date::parse(node.raw())).flatten();
                if date.is_none() {
                    self.bad_date(node, key, shape);
                }
                return date.map(Value::Date);
            }
            NodeKind::Array if matches!(shape, Shape::List | Shape::TextOrList) => {
                return self.texts(node, key).map(Value::List);
            }
            NodeKind::Boolean if shape == Shape::Flag => return Some(Value::Flag(node.raw() == "true")),
            _other => {}
        }
        self.refused(node, key, Refusal::WrongType(shape));
        None
    }

    /// A text within its limit. `None` where the node is none, or is over it: the latter is reported.
    fn text(&mut self, node: Node<'t>) -> Option<Cow<'t, str>> {
        let text = node.string()?;
        if text.len() <= MAX_TEXT {
            return Some(text);
        }
        let message =
            format!("this text has {} bytes, over the limit of {} KiB", grouped(text.len()), MAX_TEXT / 1024);
        let found = Diagnostic::new(Code::TOO_LARGE, at(node), message);
        self.report(found.expected(format!("expected at most {} bytes", grouped(MAX_TEXT))));
        None
    }

    /// The texts of an array. One of another type than text makes one finding, which marks all such.
    fn texts(&mut self, node: Node<'t>, key: &str) -> Option<Vec<String>> {
        let mut texts = Vec::new();
        let mut others = Vec::new();
        for entry in node.children() {
            match entry.kind() {
                NodeKind::String => texts.extend(self.text(entry).map(Cow::into_owned)),
                NodeKind::Broken => {}
                _other => others.push(entry),
            }
        }
        let Some((first, more)) = others.split_first() else {
            return Some(texts);
        };
        let message = format!("`{key}` cannot hold {}", kind_name(first.kind()));
        let found = Diagnostic::new(Code::WRONG_TYPE, at(*first), message);
        let found = found.expected("expected a text in quotes").maybe_help(in_quotes(*first, None));
        self.report(more.iter().take(MAX_MARKS).fold(found, |found, other| found.also(at(*other), "")));
        None
    }

    /// Reports that `key` takes something else than what stands there: `takes`.
    pub(super) fn wrong_type(&mut self, node: Node<'t>, key: &str, takes: &str, help: Option<String>) {
        let message = format!("`{}` cannot be {}", clipped(key), kind_name(node.kind()));
        let found =
            Diagnostic::new(Code::WRONG_TYPE, at(node), message).expected(format!("expected {takes}"));
        self.report(found.maybe_help(help));
    }

    /// Reports that a field refuses its value.
    fn refused(&mut self, node: Node<'t>, key: &str, refusal: Refusal) {
        match refusal {
            Refusal::WrongType(shape) => {
                self.wrong_type(node, key, &shape_name(shape), spelled_right(node, key, shape));
            }
            Refusal::NotOneOf(words) => {
                let text = node.string().unwrap_or_default();
                let help = self.names.nearest(&text, words.iter().copied()).map(suggestion);
                let message = format!("`{key}` cannot be {}", quoted(&text));
                let found = Diagnostic::new(Code::BAD_VALUE, at(node), message);
                self.report(found.expected(format!("expected one of {}", words.join(", "))).maybe_help(help));
            }
            Refusal::BadNumber(shape) => {
                let message = format!("`{key}` cannot be {}", clipped(node.raw()));
                let found = Diagnostic::new(Code::BAD_NUMBER, at(node), message);
                let expected = if shape == Shape::PositiveNumber { "above 0" } else { "that is finite" };
                self.report(found.expected(format!("expected a number {expected}")));
            }
            Refusal::BadDate(shape) => self.bad_date(node, key, shape),
            Refusal::BadGrade => {
                let text = node.string().unwrap_or_default();
                let upper = text.trim().to_uppercase();
                let help = Grade::parse(&upper).map(|grade| suggestion(&grade.to_string()));
                let message = format!("{} is not an Admiralty grade", quoted(&text));
                let found = Diagnostic::new(Code::BAD_GRADE, at(node), message);
                self.report(
                    found.expected(format!("expected {}", shape_name(Shape::Grade))).maybe_help(help),
                );
            }
            Refusal::Blank => {
                let found = Diagnostic::new(Code::BAD_VALUE, at(node), format!("`{key}` cannot be blank"));
                self.report(found.expected("expected a name"));
            }
            // A value stands there, so a field that cannot be absent is not.
            Refusal::Required => {}
        }
    }

    fn bad_date(&mut self, node: Node<'t>, key: &str, shape: Shape) {
        let text = node.string();
        let (written, spelled) = match &text {
            Some(text) => (quoted(text), text.as_ref()),
            None => (clipped(node.raw()).into_owned(), node.raw()),
        };
        let message = format!("`{}` cannot be {written}", clipped(key));
        // A day with a time, whatever stands between the two.
        let day = spelled.get(..10).filter(|day| spelled.len() > 10 && Date::parse(day).is_some());
        let help = day.map(|day| format!("leave the time out: {key} = {day}"));
        let found = Diagnostic::new(Code::BAD_DATE, at(node), message);
        self.report(found.expected(format!("expected {}", shape_name(shape))).maybe_help(help));
    }
}

/// Returns the description of a field's values in messages.
fn shape_name(shape: Shape) -> String {
    match shape {
        Shape::Text => "a text in quotes".to_owned(),
        Shape::Name => "a name in quotes".to_owned(),
        Shape::Word(words) => format!("one of {}", words.join(", ")),
        Shape::Flag => "true or false".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::PositiveNumber => "a number above 0".to_owned(),
        Shape::Day => "a day such as 2025-12-02".to_owned(),
        Shape::Date => {
            "a day such as 2025-12-02, a month such as \"2024-01\" or a year such as \"2021\"".to_owned()
        }
        Shape::Grade => "a letter A to F and a digit 1 to 6, such as \"B2\"".to_owned(),
        Shape::List => "an array of texts".to_owned(),
        Shape::TextOrList => "a text or an array of texts".to_owned(),
    }
}

/// Returns TOML's word for a kind of node.
fn kind_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Table(TableForm::Inline) => "an inline table",
        NodeKind::Table(
            TableForm::Root | TableForm::Header | TableForm::Element | TableForm::Implied | TableForm::Dotted,
        ) => "a table",
        NodeKind::ArrayOfTables => "an array of tables",
        NodeKind::Array => "an array",
        NodeKind::String => "a text",
        NodeKind::Integer => "an integer",
        NodeKind::Float => "a float",
        NodeKind::Boolean => "a boolean",
        NodeKind::Datetime(DatetimeForm::Date) => "a date",
        NodeKind::Datetime(DatetimeForm::Time) => "a time",
        NodeKind::Datetime(DatetimeForm::DateTime | DatetimeForm::OffsetDateTime) => "a date with a time",
        NodeKind::Broken => "this",
    }
}

/// How a value of the wrong type is spelled so that the field takes it, where a little is amiss.
fn spelled_right(node: Node<'_>, key: &str, shape: Shape) -> Option<String> {
    let text = node.string();
    match shape {
        Shape::Number | Shape::PositiveNumber => {
            let number = text.filter(|text| text.trim().parse::<f64>().is_ok())?;
            Some(format!("write it without quotes: {key} = {}", number.trim()))
        }
        Shape::Flag => {
            let flag = text.filter(|text| matches!(text.trim(), "true" | "false"))?;
            Some(format!("write it without quotes: {key} = {}", flag.trim()))
        }
        Shape::List => {
            let raw = text.map(|_| node.raw()).filter(|raw| raw.len() <= 60 && !raw.contains('\n'))?;
            Some(format!("write it in brackets: {key} = [{raw}]"))
        }
        Shape::Text | Shape::Name | Shape::TextOrList => in_quotes(node, Some(key)),
        Shape::Date => Date::parse(node.raw()).and_then(|_| in_quotes(node, Some(key))),
        Shape::Day | Shape::Word(_) | Shape::Grade => None,
    }
}

/// How a number, a date or a truth value is written as a text.
fn in_quotes(node: Node<'_>, key: Option<&str>) -> Option<String> {
    match node.kind() {
        NodeKind::Integer | NodeKind::Float | NodeKind::Boolean | NodeKind::Datetime(_) => {
            let key = key.map_or_else(String::new, |key| format!("{key} = "));
            Some(format!("write it in quotes: {key}\"{}\"", clipped(node.raw())))
        }
        _other => None,
    }
}

/// A number with its thousands apart: 65,536.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{read, told};

    fn item(line: &str) -> String {
        format!("ach = 1\ntitle = \"t\"\n[[evidence]]\nid = \"e\"\ntext = \"x\"\n{line}\n")
    }

    #[test]
    fn integers_pass_for_floats() {
        let text = "ach = 1\ntitle = \"t\"\nscoring.bans_per_step = 2\n";
        assert_eq!(read(text.into()).scenario.unwrap().scoring.bans_per_step, Some(2.0));
        for bad in ["0", "-1", "0.0", "nan", "inf", "-inf"] {
            let text = format!("ach = 1\ntitle = \"t\"\nscoring.bans_per_step = {bad}\n");
            assert_eq!(told(&text), ["bad-number 3:25"], "{bad}");
        }
    }

    #[test]
    fn dates_are_days_in_quotes_or_not_and_have_no_time() {
        for good in ["2025-12-02", "\"2025-12-02\"", "'2025-12'", "\"2025\""] {
            assert_eq!(told(&item(&format!("date = {good}"))), [""; 0], "{good}");
        }
        for bad in
            ["2025-12-02T10:00:00", "2025-12-02 10:00:00Z", "10:00:00", "\"2025-13\"", "\"\"", "0000-01-01"]
        {
            assert_eq!(told(&item(&format!("date = {bad}"))), ["bad-date 6:8"], "{bad}");
        }
        assert_eq!(told(&item("date = 2025")), ["wrong-type 6:8"]);
        assert_eq!(told("ach = 1\ntitle = \"t\"\nas_of = \"2025-12\"\n"), ["bad-date 3:9"]);
    }

    #[test]
    fn a_text_has_a_limit() {
        let longest = "é".repeat(MAX_TEXT / 2);
        assert_eq!(told(&item(&format!("note = \"{longest}\""))), [""; 0]);
        assert_eq!(told(&item(&format!("note = \"{longest}!\""))), ["too-large 6:8"]);
        assert_eq!(told(&item(&format!("tags = [\"a\", \"{longest}!\"]"))), ["too-large 6:14"]);
        let cell = format!(
            "[[hypothesis]]\nid = \"h\"\nname = \"H\"\n[[evidence]]\nid = \"f\"\ntext = \"y\"\nratings.h.note = \"{longest}!\""
        );
        assert_eq!(told(&item(&cell)), ["too-large 12:18"]);
    }

    #[test]
    fn a_list_with_several_strangers_is_one_mistake() {
        let reading = read(item("tags = [1, \"a\", true, 2.0]").into());
        assert_eq!(reading.diagnostics.len(), 1);
        assert_eq!(reading.diagnostics[0].labels.len(), 3);
    }

    #[test]
    fn thousands_stand_apart() {
        assert_eq!(grouped(7), "7");
        assert_eq!(grouped(1_000), "1,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
