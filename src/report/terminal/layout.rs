//! The columns of a table and their widths: the one place that decides what goes when room is short.

use crate::present::{Role, Table};
use crate::text::{single_line, width};

/// Below this width a table is turned on its side.
const NARROW: usize = 60;
/// Up to this width texts are left out; keys stay.
const WITHOUT_TEXT: usize = 80;
/// Columns that a text needs to be worth wrapping, and the most that it is given.
const TEXT: (usize, usize) = (15, 72);
/// Keys are shortened to no less than this, and to the second before a table is spread over several blocks.
const KEY: (usize, usize) = (16, 24);
/// Heads of value columns are broken at words to fit in no less than this, and in the second before anything else yields.
const VALUE_HEAD: (usize, usize) = (5, 16);
/// A space at each side of a column.
pub(super) const PADDING: usize = 2;

/// A column to be drawn: its position in the table and the width of its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlannedColumn {
    /// Position among the table's columns.
    pub(super) column: usize,
    /// Columns of text, without padding.
    pub(super) width: usize,
}

/// Columns that are drawn side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    /// Key, text and figures.
    pub(super) fixed: Vec<PlannedColumn>,
    /// Values.
    pub(super) values: Vec<PlannedColumn>,
}

impl Block {
    /// Returns the columns that it takes on the terminal.
    pub(super) fn width(&self) -> usize {
        taken(&self.fixed) + taken(&self.values)
    }

    /// Returns the width of key, text and figures drawn as one column.
    pub(super) fn label_width(&self) -> usize {
        taken(&self.fixed).saturating_sub(PADDING)
    }
}

fn taken(columns: &[PlannedColumn]) -> usize {
    columns.iter().map(|placed| placed.width + PADDING).sum()
}

/// How a table is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// As a table, in one block or, with many values, several below each other.
    Blocks(Vec<Block>),
    /// A block of lines for each value.
    Sideways,
}

/// The room that a column needs.
#[derive(Clone, Copy, Debug)]
struct Need {
    column: usize,
    role: Role,
    /// The widest text in it, apart from the header.
    body: usize,
    /// The width of its head.
    head: usize,
    /// The width of the longest word of its head, up to what a head is given.
    word: usize,
}

impl Need {
    fn natural(self) -> PlannedColumn {
        self.with_head(usize::MAX)
    }

    /// Returns its width with the head on lines of `most`, broken at words; an empty column is drawn one wide.
    fn with_head(self, most: usize) -> PlannedColumn {
        self.with_cut_head(most.max(self.word))
    }

    /// Like `with_head`, but words that are longer than `most` are cut.
    fn with_cut_head(self, most: usize) -> PlannedColumn {
        PlannedColumn { column: self.column, width: self.body.max(self.head.min(most)).max(1) }
    }

    fn up_to(self, most: usize) -> PlannedColumn {
        PlannedColumn { column: self.column, width: self.natural().width.min(most) }
    }
}

impl Layout {
    /// Returns the columns that the table takes on the terminal; 0 if it is turned on its side.
    pub(super) fn width(&self) -> usize {
        match self {
            Self::Blocks(blocks) => blocks.iter().map(Block::width).max().unwrap_or_default(),
            Self::Sideways => 0,
        }
    }

    /// Lays a table out for a terminal of `room` columns.
    pub(super) fn plan(table: &Table<'_>, room: usize) -> Self {
        let needs = measure(table);
        let of = |role: Role| needs.iter().copied().filter(move |need| need.role == role);
        let values: Vec<Need> = of(Role::Value).collect();
        if room < NARROW && !values.is_empty() {
            return Self::Sideways;
        }
        let figures: Vec<PlannedColumn> = of(Role::Figure).map(Need::natural).collect();
        let keys = |most: usize| of(Role::Key).map(|need| need.up_to(most)).collect::<Vec<_>>();
        // Where only the key is left of them, labels of totals must at least not break inside a word.
        let words = table.totals.iter().flat_map(|total| total.label.split(' '));
        let least_label = words.map(width).max().unwrap_or_default();
        let heads = |most: usize| values.iter().map(|need| need.with_head(most)).collect::<Vec<_>>();
        let text = of(Role::Text).next().filter(|need| room > WITHOUT_TEXT && need.body > 0);

        // From the most generous to the tightest: the first that fits is taken.
        for squeeze in Squeeze::ALL {
            let figures: &[PlannedColumn] = if squeeze.figures { &figures } else { &[] };
            let mut keys = keys(squeeze.key);
            if !squeeze.text && !squeeze.figures {
                widen(&mut keys, least_label);
            }
            for head in std::iter::once(usize::MAX).chain((VALUE_HEAD.0..=VALUE_HEAD.1).rev()) {
                let values = heads(head);
                let used = taken(&keys) + taken(figures) + taken(&values);
                let Some(left) = room.checked_sub(used) else { continue };
                let mut fixed = keys.clone();
                if squeeze.text {
                    let Some(need) = text else { break };
                    let Some(left) = left.checked_sub(PADDING) else { continue };
                    let placed = need.up_to(left.min(TEXT.1));
                    // Heads are whole only where that leaves a text its room.
                    let least = if head > VALUE_HEAD.1 { TEXT.1 } else { TEXT.0 };
                    if placed.width < need.natural().width.min(least) {
                        continue;
                    }
                    fixed.push(placed);
                }
                fixed.extend(figures);
                return Self::Blocks(vec![Block { fixed, values }]);
            }
        }
        let mut keys_only = keys(KEY.0);
        widen(&mut keys_only, least_label);
        for head in (VALUE_HEAD.0..=VALUE_HEAD.1).rev() {
            let values: Vec<_> = values.iter().map(|need| need.with_cut_head(head)).collect();
            if taken(&keys_only) + taken(&values) <= room {
                return Self::Blocks(vec![Block { fixed: keys_only, values }]);
            }
        }
        let values = heads(VALUE_HEAD.1);
        let widest = values.iter().map(|value| value.width + PADDING).max().unwrap_or_default();
        let mut keys = if taken(&keys(KEY.1)) + widest > room { keys(KEY.0) } else { keys(KEY.1) };
        widen(&mut keys, least_label);
        Self::Blocks(split(&keys, &values, room))
    }
}

/// Gives the first column at least this width.
fn widen(columns: &mut [PlannedColumn], least: usize) {
    if let Some(first) = columns.first_mut() {
        first.width = first.width.max(least);
    }
}

/// One way of making a table fit in one block. Within each, headers of values are shortened as far as necessary.
#[derive(Clone, Copy, Debug)]
struct Squeeze {
    /// Whether texts are shown.
    text: bool,
    /// Whether figures are shown.
    figures: bool,
    /// The most that keys are given.
    key: usize,
}

impl Squeeze {
    /// Every way, best first.
    const ALL: [Self; 6] = [
        Self { text: true, figures: true, key: usize::MAX },
        Self { text: true, figures: true, key: KEY.1 },
        Self { text: false, figures: true, key: usize::MAX },
        Self { text: false, figures: false, key: usize::MAX },
        Self { text: false, figures: false, key: KEY.1 },
        Self { text: false, figures: false, key: KEY.0 },
    ];
}

/// Spreads values over blocks, each with the keys.
fn split(keys: &[PlannedColumn], values: &[PlannedColumn], room: usize) -> Vec<Block> {
    let start = || Block { fixed: keys.to_vec(), values: Vec::new() };
    let mut block = start();
    let mut blocks = Vec::new();
    for value in values {
        if block.width() + value.width + PADDING > room && !block.values.is_empty() {
            blocks.push(std::mem::replace(&mut block, start()));
        }
        block.values.push(*value);
    }
    blocks.push(block);
    blocks
}

fn measure(table: &Table<'_>) -> Vec<Need> {
    let mut needs: Vec<Need> = table
        .columns
        .iter()
        .enumerate()
        .map(|(column, head)| {
            let title = single_line(&head.title.text);
            let word = title.split(' ').map(width).max().unwrap_or_default().min(VALUE_HEAD.1);
            Need { column, role: head.role, body: 0, head: width(&title), word }
        })
        .collect();
    for cells in table.rows.iter() {
        for (need, cell) in needs.iter_mut().zip(&cells) {
            need.body = need.body.max(shown_width(&cell.text));
        }
    }
    for total in &table.totals {
        for (need, cell) in needs.iter_mut().filter(|need| need.role == Role::Value).zip(&total.cells) {
            need.body = need.body.max(shown_width(&cell.text));
        }
    }
    needs
}

fn shown_width(text: &str) -> usize {
    width(&single_line(text))
}
