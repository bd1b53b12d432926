//! Headers of the columns: the short names of hypotheses on one or two lines, as narrow as they can be read, and all
//! different.
//!
//! Knows names and widths. Must never know scores or the screen.

use std::collections::{HashMap, HashSet};

use crate::text::{truncate, width, wrap_plain};

/// Most columns of a header that is not cut.
const LONGEST: usize = 12;

/// Fewest columns in which a header is cut.
const SHORTEST: usize = 6;

/// The room for headers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct HeaderRoom {
    /// Columns for all headers together.
    pub(crate) columns: usize,
    /// Lines for a header.
    pub(crate) lines: usize,
    /// Fewest columns of a header, as what stands below it needs.
    pub(crate) narrowest: usize,
}

impl HeaderRoom {
    /// Whether all of these headers have room.
    pub(crate) fn holds(self, headers: &[Vec<String>]) -> bool {
        headers.iter().map(|header| extent(header, self.narrowest)).sum::<usize>() <= self.columns
    }
}

/// Returns the lines of each header, without the space before it, if they fit in the room without being cut.
pub(crate) fn fitting(names: &[&str], room: HeaderRoom) -> Option<Vec<Vec<String>>> {
    (1..=room.lines).find_map(|lines| {
        let headers: Option<Vec<Vec<String>>> =
            names.iter().map(|name| unbroken(name, lines, room.narrowest, LONGEST)).collect();
        headers.filter(|headers| room.holds(headers) && are_distinct(headers))
    })
}

/// Returns the lines of each header, shortened as far as the room asks: words that several names share go first, then
/// ends are cut, and headers that would look alike are numbered.
pub(crate) fn shortened(names: &[&str], room: HeaderRoom) -> Vec<Vec<String>> {
    let mut uses: HashMap<&str, usize> = HashMap::new();
    for name in names {
        let words: HashSet<&str> = name.split_whitespace().collect();
        words.into_iter().for_each(|word| *uses.entry(word).or_default() += 1);
    }
    let own: Vec<String> = names.iter().map(|name| unshared(name, &uses)).collect();
    let of = |longest: usize| -> Vec<Vec<String>> {
        names.iter().zip(&own).map(|(name, own)| short(name, own, room, longest)).collect()
    };
    let wide = of(LONGEST);
    let headers = if room.holds(&wide) { wide } else { of(room.narrowest.max(SHORTEST)) };
    if are_distinct(&headers) {
        return headers;
    }
    let mut seen: HashMap<&[String], usize> = HashMap::new();
    for header in &headers {
        *seen.entry(header).or_default() += 1;
    }
    let number = |(at, header): (usize, &Vec<String>)| {
        if seen.get(header.as_slice()).is_some_and(|alike| *alike > 1) {
            let longest = header.iter().map(|line| width(line)).max().unwrap_or_default().max(room.narrowest);
            let name = format!("{} {}", at + 1, names.get(at).copied().unwrap_or_default());
            cut(&name, room.lines, longest)
        } else {
            header.clone()
        }
    };
    headers.iter().enumerate().map(number).collect()
}

/// Returns a header in columns of a width that the user chose.
pub(crate) fn cut(name: &str, lines: usize, columns: usize) -> Vec<String> {
    let mut wrapped = wrap_plain(name, columns);
    if wrapped.len() > lines {
        let rest = wrapped.split_off(lines.saturating_sub(1)).join(" ");
        wrapped.push(truncate(&rest, columns).into_owned());
    }
    wrapped
}

/// Returns the columns that a header takes, a space included.
pub(crate) fn extent(header: &[String], narrowest: usize) -> usize {
    header.iter().map(|line| width(line)).max().unwrap_or_default().max(narrowest) + 1
}

fn are_distinct(headers: &[Vec<String>]) -> bool {
    let mut seen = HashSet::new();
    headers.iter().all(|header| seen.insert(header))
}

/// Returns a name broken between words on so many lines, in as few columns as possible; `None` if it takes more than
/// `longest`.
fn unbroken(name: &str, lines: usize, narrowest: usize, longest: usize) -> Option<Vec<String>> {
    let word = name.split_whitespace().map(width).max().unwrap_or_default();
    (word.max(narrowest.min(longest))..=longest).find_map(|columns| {
        let wrapped = wrap_plain(name, columns);
        (wrapped.len() <= lines).then_some(wrapped)
    })
}

/// Returns a name, or its `own` words where that is shorter, in columns of at most `longest`.
fn short(name: &str, own: &str, room: HeaderRoom, longest: usize) -> Vec<String> {
    let own = if own.is_empty() { name } else { own };
    let fit = |name: &str| unbroken(name, room.lines, room.narrowest, longest);
    fit(name).or_else(|| fit(own)).unwrap_or_else(|| cut(own, room.lines, longest))
}

/// Returns the words of a name that no other name has, given the number of names that have each word.
fn unshared(name: &str, uses: &HashMap<&str, usize>) -> String {
    let is_own = |word: &&str| uses.get(word).is_none_or(|uses| *uses < 2);
    name.split_whitespace().filter(is_own).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: HeaderRoom = HeaderRoom { columns: 30, lines: 2, narrowest: 5 };

    fn joined(headers: &[Vec<String>]) -> Vec<String> {
        headers.iter().map(|lines| lines.join("|")).collect()
    }

    #[test]
    fn headers_break_between_words_where_that_saves_room() {
        let names = ["Law firm", "Board member", "Buyer", "Chief exec."];
        let one = fitting(&names, HeaderRoom { columns: 60, ..ROOM }).unwrap();
        assert_eq!(joined(&one), names);
        let two = fitting(&names, ROOM).unwrap();
        assert_eq!(joined(&two), ["Law|firm", "Board|member", "Buyer", "Chief|exec."]);
        assert_eq!(fitting(&names, HeaderRoom { columns: 20, ..ROOM }), None);
    }

    #[test]
    fn what_names_share_goes_before_what_tells_them_apart() {
        let names = ["The eastern team of the harbour", "The western team of the harbour", "Nobody"];
        assert_eq!(joined(&shortened(&names, ROOM)), ["eastern", "western", "Nobody"]);
        let narrow = HeaderRoom { columns: 12, lines: 1, narrowest: 5 };
        assert_eq!(joined(&shortened(&names, narrow)), ["easte…", "weste…", "Nobody"]);
    }

    #[test]
    fn headers_that_would_look_alike_are_numbered() {
        let names = ["Incomprehensibility", "Incomprehensibilities", "Other"];
        let headers = shortened(&names, HeaderRoom { columns: 10, lines: 1, narrowest: 5 });
        assert_eq!(joined(&headers), ["1 Inc…", "2 Inc…", "Other"]);
    }
}
