//! Git's quoting of names that a line cannot hold as they are: in double quotes, as in C.

/// Quotes a name. Everything that is not `shown` becomes an escape or three octal digits.
pub(super) fn quoted(name: &[u8], shown: impl Fn(char) -> bool) -> Vec<u8> {
    let mut quoted = vec![b'"'];
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '"' | '\\' => quoted.extend([b'\\', c as u8]),
                '\t' => quoted.extend(b"\\t"),
                '\n' => quoted.extend(b"\\n"),
                '\r' => quoted.extend(b"\\r"),
                c if shown(c) => quoted.extend(c.encode_utf8(&mut [0; 4]).bytes()),
                c => octal(c.encode_utf8(&mut [0; 4]).as_bytes(), &mut quoted),
            }
        }
        octal(chunk.invalid(), &mut quoted);
    }
    quoted.push(b'"');
    quoted
}

fn octal(bytes: &[u8], quoted: &mut Vec<u8>) {
    for byte in bytes {
        quoted.extend(format!("\\{byte:03o}").bytes());
    }
}

/// Reads a quoted name at the start of a line, and returns it with the rest of the line. `None` if the quotes do not
/// close or an escape is invalid.
pub(super) fn unquoted(line: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = line.strip_prefix(b"\"")?;
    let mut name = Vec::new();
    loop {
        rest = match rest {
            [b'"', rest @ ..] => return Some((name, rest)),
            [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', rest @ ..] => {
                name.push(((a - b'0') << 6) | ((b - b'0') << 3) | (c - b'0'));
                rest
            }
            [b'\\', escape, rest @ ..] => {
                name.push(match escape {
                    b'a' => 0x07,
                    b'b' => 0x08,
                    b'f' => 0x0c,
                    b'n' => b'\n',
                    b'r' => b'\r',
                    b't' => b'\t',
                    b'v' => 0x0b,
                    b'\\' | b'"' => *escape,
                    _ => return None,
                });
                rest
            }
            [b'\\'] | [] => return None,
            [byte, rest @ ..] => {
                name.push(*byte);
                rest
            }
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_line_cannot_hold_is_escaped() {
        let quoted = |name: &[u8]| String::from_utf8(quoted(name, |c| !c.is_control())).unwrap();
        assert_eq!(quoted("é \"x\" \\ \t\n\u{1b}".as_bytes()), r#""é \"x\" \\ \t\n\033""#);
        assert_eq!(quoted(b"d\xe9"), r#""d\351""#);
        assert_eq!(unquoted(br#""open"#), None);
        assert_eq!(unquoted(br#""\q""#), None);
    }

    proptest! {
        #[test]
        fn quoting_is_undone(name in prop::collection::vec(any::<u8>(), 0..40), ascii in any::<bool>()) {
            let mut line = quoted(&name, |c| !c.is_control() && (!ascii || c.is_ascii()));
            line.extend(b" rest");
            prop_assert_eq!(unquoted(&line), Some((name, b" rest".as_slice())));
        }
    }
}
