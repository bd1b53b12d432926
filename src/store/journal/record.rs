//! The contents of a journal: a text, its edits one by one, and the draft of the next edit, each part with a checksum.
//!
//! Parts are only ever appended. A torn or damaged part ends the journal; everything before it is valid. Knows bytes;
//! must never know files.
//!
//! ```text
//! ach journal 2
//! file "PATH"
//! by USER PROCESS START HOST
//! node DEVICE INODE
//! base LENGTH CHECK
//! the text of LENGTH bytes
//! edit START END LENGTH CHECK
//! the LENGTH bytes that take the place of bytes START to END of the text before
//! draft START END LENGTH CHECK
//! likewise for the draft, which is empty at first and after every edit
//! ```

use std::ops::Range;

use super::author::JournalAuthor;
use crate::document::{Splice, difference};

/// The first line of every journal.
const FIRST_LINE: &str = "ach journal 2\n";

/// The head of a journal: which file it is for, and who writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct JournalHead {
    /// The path of the file, links resolved; `None` if it is not UTF-8.
    pub(super) file: Option<String>,
    /// The process that started the journal.
    pub(super) author: JournalAuthor,
    /// Device and inode of the file at that time; zeros if they were unknown.
    pub(super) identity: (u64, u64),
}

impl JournalHead {
    fn write(&self) -> String {
        let Self { file, author, identity: (device, inode) } = self;
        let file = serde_json::json!(file);
        format!("{FIRST_LINE}file {file}\nby {author}\nnode {device} {inode}\n")
    }
}

/// Parses the head of a journal; `None` if it is incomplete or no journal.
pub(super) fn head(bytes: &[u8]) -> Option<JournalHead> {
    split_head(bytes).map(|(head, _)| head)
}

/// Splits the bytes after the head of a journal.
fn split_head(bytes: &[u8]) -> Option<(JournalHead, &[u8])> {
    let mut rest = bytes.strip_prefix(FIRST_LINE.as_bytes())?;
    let mut line = |name: &str| {
        let (line, after) = rest.split_at_checked(rest.iter().position(|byte| *byte == b'\n')?)?;
        rest = after.get(1..)?;
        std::str::from_utf8(line).ok()?.strip_prefix(name)
    };
    let file = serde_json::from_str(line("file ")?).ok()?;
    let author = JournalAuthor::parse(line("by ")?)?;
    let (device, inode) = line("node ")?.split_once(' ')?;
    let identity = (device.parse().ok()?, inode.parse().ok()?);
    Some((JournalHead { file, author, identity }, rest))
}

/// The contents of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Replay {
    /// The text that was edited.
    pub(super) base: String,
    /// The text after the last valid edit.
    pub(super) text: String,
    /// The edits that led there, each of the text that the one before left.
    pub(super) steps: Vec<Splice>,
    /// The draft of the next edit; empty if there is none.
    pub(super) draft: String,
    /// The number of valid bytes, and the checksum on which the next edit builds.
    pub(super) length: usize,
    pub(super) check: u64,
}

/// Returns the beginning of a journal, and the checksum on which the first edit builds.
pub(super) fn begin(head: &JournalHead, base: &str) -> (Vec<u8>, u64) {
    let head = head.write();
    let check = checksum(SEED, &[head.as_bytes(), base.as_bytes()]);
    let mut bytes = Vec::with_capacity(head.len() + base.len() + 48);
    bytes.extend_from_slice(format!("{head}base {} {check:016x}\n", base.len()).as_bytes());
    bytes.extend_from_slice(base.as_bytes());
    bytes.push(b'\n');
    (bytes, check)
}

/// The target of an edit: the text itself, or the draft of the next edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JournalPart {
    Text,
    Draft,
}

impl JournalPart {
    /// The seed that distinguishes its checksums from those of the other.
    const fn seed(self) -> &'static [u8] {
        match self {
            Self::Text => b"",
            Self::Draft => b"draft",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Text => "edit",
            Self::Draft => "draft",
        }
    }
}

/// An edit with its own checksum.
pub(super) struct JournalEdit<'t> {
    /// The range that is replaced.
    pub(super) range: Range<usize>,
    /// The bytes that replace it.
    pub(super) new: &'t str,
    /// The edit as it is written.
    pub(super) bytes: Vec<u8>,
    /// The checksum on which the next edit builds.
    pub(super) check: u64,
}

/// Returns the edit from one text to another, after a part with this checksum; `None` if the texts are equal.
pub(super) fn edit<'t>(
    part: JournalPart,
    before: &str,
    after: &'t str,
    previous: u64,
) -> Option<JournalEdit<'t>> {
    let (range, new) = difference(before, after)?;
    Some(splice(part, range, new, previous))
}

/// Returns the edit that replaces a range, after a part with this checksum.
pub(super) fn splice(part: JournalPart, range: Range<usize>, new: &str, previous: u64) -> JournalEdit<'_> {
    let place = format!("{} {} {}", range.start, range.end, new.len());
    let check = checksum(previous, &[part.seed(), place.as_bytes(), new.as_bytes()]);
    let mut bytes = format!("{} {place} {check:016x}\n", part.name()).into_bytes();
    bytes.extend_from_slice(new.as_bytes());
    bytes.push(b'\n');
    JournalEdit { range, new, bytes, check }
}

/// Parses the valid part of a journal; `None` if not even its beginning is valid.
pub(super) fn replay(bytes: &[u8]) -> Option<Replay> {
    let (_, mut rest) = split_head(bytes)?;
    let head = bytes.get(..bytes.len() - rest.len())?;
    let (numbers, base) = part::<1>(&mut rest, "base")?;
    let check = checksum(SEED, &[head, base]);
    if numbers.check != check {
        return None;
    }
    let base = std::str::from_utf8(base).ok()?.to_owned();
    let length = bytes.len() - rest.len();
    let text = base.clone();
    let mut replay = Replay { base, text, steps: Vec::new(), draft: String::new(), length, check };
    let parts = [JournalPart::Text, JournalPart::Draft];
    while let Some((what, (Numbers { values: [start, end, length], check }, new))) =
        parts.into_iter().find_map(|what| Some((what, part::<3>(&mut rest, what.name())?)))
    {
        let place = format!("{start} {end} {length}");
        let expected = checksum(replay.check, &[what.seed(), place.as_bytes(), new]);
        let edited = match what {
            JournalPart::Text => &mut replay.text,
            JournalPart::Draft => &mut replay.draft,
        };
        let (Ok(new), Some(_)) = (std::str::from_utf8(new), edited.get(start..end)) else { break };
        if check != expected {
            break;
        }
        edited.replace_range(start..end, new);
        if what == JournalPart::Text {
            replay.steps.push(Splice { range: start..end, text: new.to_owned() });
            replay.draft.clear();
        }
        replay.check = check;
        replay.length = bytes.len() - rest.len();
    }
    Some(replay)
}

struct Numbers<const N: usize> {
    /// The last of them is the length of the bytes that follow.
    values: [usize; N],
    check: u64,
}

/// Takes the next part off the bytes; `None` if it is incomplete.
fn part<'b, const N: usize>(rest: &mut &'b [u8], name: &str) -> Option<(Numbers<N>, &'b [u8])> {
    let line_end = rest.iter().take(120).position(|byte| *byte == b'\n')?;
    let (line, after) = rest.split_at_checked(line_end)?;
    let mut words = std::str::from_utf8(line).ok()?.strip_prefix(name)?.split_whitespace();
    let mut values = [0; N];
    for value in &mut values {
        *value = words.next()?.parse().ok()?;
    }
    let check = u64::from_str_radix(words.next()?, 16).ok()?;
    let (content, after) = after.get(1..)?.split_at_checked(*values.last()?)?;
    *rest = after.strip_prefix(b"\n")?;
    Some((Numbers { values, check }, content))
}

/// The initial value of checksums.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// Returns the checksum of some bytes alone.
pub(super) fn checksum_of(bytes: &[u8]) -> u64 {
    checksum(SEED, &[bytes])
}

/// FNV-1a with 64 bits: against torn writes and bad disks, not against people. Each part continues from the one before,
/// so that parts of two journals cannot be mixed up.
fn checksum(previous: u64, parts: &[&[u8]]) -> u64 {
    parts
        .iter()
        .flat_map(|part| part.iter())
        .fold(previous, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some_head() -> JournalHead {
        let author = JournalAuthor::parse("1000 7 9 desk").unwrap();
        JournalHead { file: Some("/a b/case.toml".into()), author, identity: (1, 2) }
    }

    /// Builds a journal of a text that changed to these, one after the other.
    fn journal(texts: &[&str]) -> Vec<u8> {
        let (mut bytes, mut check) = begin(&some_head(), texts[0]);
        for pair in texts.windows(2) {
            if let Some(edit) = edit(JournalPart::Text, pair[0], pair[1], check) {
                bytes.extend(edit.bytes);
                check = edit.check;
            }
        }
        bytes
    }

    #[test]
    fn a_journal_is_read_by_people_too() {
        let bytes = journal(&["one\n", "ono\n", "ono\n"]);
        insta::assert_snapshot!(String::from_utf8_lossy(&bytes), @r#"
        ach journal 2
        file "/a b/case.toml"
        by 1000 7 9 desk
        node 1 2
        base 4 ed55da50f4d577b3
        one

        edit 2 3 1 ebe92c76fe96ff8a
        o
        "#);
        assert_eq!(head(&bytes), Some(some_head()));
    }

    #[test]
    fn a_draft_grows_until_an_edit_ends_it() {
        let mut bytes = journal(&["abc", "abd"]);
        let mut check = replay(&bytes).unwrap().check;
        for (before, after) in [("", "ty"), ("ty", "typed"), ("typed", "type")] {
            let edit = edit(JournalPart::Draft, before, after, check).unwrap();
            check = edit.check;
            bytes.extend(edit.bytes);
        }
        let with_draft = replay(&bytes).unwrap();
        assert_eq!((&*with_draft.text, &*with_draft.draft), ("abd", "type"));
        let torn = replay(&bytes[..bytes.len() - 1]).unwrap();
        assert_eq!((&*torn.text, &*torn.draft), ("abd", "typed"));
        bytes.extend(edit(JournalPart::Text, "abd", "abe", check).unwrap().bytes);
        let ended = replay(&bytes).unwrap();
        assert_eq!((&*ended.text, &*ended.draft), ("abe", ""));
    }

    #[test]
    fn what_is_damaged_ends_it_and_what_stands_before_counts() {
        let bytes = journal(&["abc", "abd", "xbd"]);
        let mut flipped = bytes.clone();
        let last = flipped.len() - 2;
        flipped[last] ^= 1;
        assert_eq!(replay(&flipped).unwrap().text, "abd");
        let other = journal(&["abc", "abe"]);
        let mut foreign = bytes.clone();
        foreign.extend_from_slice(&other[begin(&some_head(), "abc").0.len()..]);
        assert_eq!(replay(&foreign).unwrap().text, "xbd", "an edit of another journal is none of this one");
        let mut elsewhere = bytes.clone();
        elsewhere[20] ^= 1;
        assert_eq!(replay(&elsewhere), None, "what it says of its file counts too");
        for base in ["", "base 3 0\nabc\n", "base 18446744073709551615 0\n"] {
            assert_eq!(replay((some_head().write() + base).as_bytes()), None);
        }
        for not in [&b""[..], b"ach journal 1\n", b"ach journal 2\n", b"\xff"] {
            assert_eq!((replay(not), head(not)), (None, None));
        }
    }

    fn text() -> impl Strategy<Value = String> {
        // Characters that share bytes, so that differences start inside of them.
        prop::collection::vec(prop::sample::select(vec!["a", "é", "è", "日", "旦", "\n"]), 0..30)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn a_journal_torn_anywhere_gives_one_of_the_texts(
            texts in prop::collection::vec(text(), 1..6),
            cut in any::<prop::sample::Index>(),
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let bytes = journal(&texts);
            let whole = replay(&bytes).unwrap();
            prop_assert_eq!(&whole.base, texts[0]);
            prop_assert_eq!(&whole.text, texts[texts.len() - 1]);
            let torn = replay(&bytes[..cut.index(bytes.len())]);
            prop_assert!(torn.is_none_or(|torn| texts.contains(&torn.text.as_str())));
        }
    }
}
