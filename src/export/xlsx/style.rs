//! The formats of cells: few, quiet, and readable without colour.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::scenario::Rating;

/// The line between cells.
const RULE: u32 = 0x00D0_D4DA;
/// The ground of heads.
const HEAD: u32 = 0x00EC_EEF2;
/// Letters in the background.
const DIM: u32 = 0x006B_7280;

/// The formats of a workbook.
#[derive(Debug)]
pub(super) struct Styles {
    /// The head of a column.
    pub(super) head: Format,
    /// The head of a row.
    pub(super) label: Format,
    /// The head of a column of hypotheses.
    pub(super) hypothesis: Format,
    /// An id.
    pub(super) id: Format,
    /// A text that may take several lines.
    pub(super) text: Format,
    /// A rating.
    pub(super) rating: Format,
    /// A number as it is.
    pub(super) number: Format,
    /// A rank.
    pub(super) rank: Format,
    /// A score.
    pub(super) score: Format,
    /// A probability.
    pub(super) percent: Format,
    /// A sentence beside a table.
    pub(super) sentence: Format,
    /// A sentence in the background.
    pub(super) aside: Format,
}

impl Styles {
    pub(super) fn new() -> Self {
        let base = Format::new().set_align(FormatAlign::Top);
        let cell = base.clone().set_border(FormatBorder::Thin).set_border_color(RULE);
        let head =
            cell.clone().set_bold().set_text_wrap().set_background_color(HEAD).set_align(FormatAlign::Bottom);
        let centred = |format: &Format| format.clone().set_align(FormatAlign::Center);
        Self {
            label: head.clone().set_align(FormatAlign::Top),
            hypothesis: centred(&head),
            head,
            id: cell.clone().set_font_color(DIM),
            text: cell.clone().set_text_wrap(),
            rating: centred(&cell).set_bold(),
            number: cell.clone(),
            rank: centred(&cell),
            score: cell.clone().set_num_format("0.00"),
            percent: cell.clone().set_num_format("0%"),
            sentence: base.clone().set_text_wrap(),
            aside: base.set_text_wrap().set_font_color(DIM),
        }
    }

    /// Returns the colours of a rating: blue for, orange against, the stronger the deeper.
    pub(super) fn of(rating: Rating) -> Format {
        let (ground, letters) = match rating {
            Rating::VeryConsistent => (0x008F_BCE6, 0x000B_2545),
            Rating::Consistent => (0x00D3_E5F5, 0x000B_2545),
            Rating::Neutral => (0x00F3_F4F6, 0x0037_4151),
            Rating::Inconsistent => (0x00FB_E0C8, 0x005A_2A00),
            Rating::VeryInconsistent => (0x00F2_A65E, 0x0040_1D00),
            Rating::NotApplicable => (0x00FF_FFFF, 0x009C_A3AF),
        };
        Format::new().set_background_color(ground).set_font_color(letters)
    }
}
