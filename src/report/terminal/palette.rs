//! The colours and attributes of each tone.
//!
//! Inconsistent ratings are orange and consistent ones blue, two hues that colour-blind readers tell apart; the strong
//! ones are filled and bold, so that their weight shows in shades of grey too.

use anstyle::{Ansi256Color, AnsiColor, Color, Effects, Style};
use comfy_table::{Attribute, Cell};

use crate::present::Tone;
use crate::report::Colour;
use crate::scenario::Rating;

/// Returns the style of a tone.
fn style(tone: Tone, colour: Colour) -> Style {
    let plain = Style::new();
    // Inks against and in favour of a hypothesis, then ink and ground of what speaks so strongly.
    let ([against, favour], strongly_against, strongly_favour) = match colour {
        Colour::None => return plain,
        Colour::Sixteen => (
            [AnsiColor::Yellow, AnsiColor::Cyan].map(Color::Ansi),
            [AnsiColor::Black, AnsiColor::Yellow].map(Color::Ansi),
            [AnsiColor::White, AnsiColor::Blue].map(Color::Ansi),
        ),
        Colour::Many => ([172, 33].map(ansi256), [16, 208].map(ansi256), [231, 26].map(ansi256)),
    };
    let fill = |[ink, ground]: [Color; 2]| plain.bold().fg_color(Some(ink)).bg_color(Some(ground));
    match tone {
        Tone::Plain | Tone::Rating(Some(Rating::Neutral)) => plain,
        Tone::Strong => plain.bold(),
        Tone::Dim | Tone::Rating(None | Some(Rating::NotApplicable)) => plain.dimmed(),
        Tone::Struck => plain.dimmed().strikethrough(),
        Tone::Removed | Tone::Rating(Some(Rating::Inconsistent)) => plain.fg_color(Some(against)),
        Tone::Added | Tone::Rating(Some(Rating::Consistent)) => plain.fg_color(Some(favour)),
        Tone::Rating(Some(Rating::VeryInconsistent)) => fill(strongly_against),
        Tone::Rating(Some(Rating::VeryConsistent)) => fill(strongly_favour),
    }
}

const fn ansi256(number: u8) -> Color {
    Color::Ansi256(Ansi256Color(number))
}

/// Returns a text in the style of a tone.
pub(in crate::report) fn styled(text: &str, tone: Tone, colour: Colour) -> String {
    let style = style(tone, colour);
    format!("{style}{text}{style:#}")
}

/// Returns a cell in the style of a tone.
pub(super) fn paint(mut cell: Cell, tone: Tone, colour: Colour) -> Cell {
    let style = style(tone, colour);
    if let Some(ink) = style.get_fg_color() {
        cell = cell.fg(translate(ink));
    }
    if let Some(ground) = style.get_bg_color() {
        cell = cell.bg(translate(ground));
    }
    let attributes = [
        (Effects::BOLD, Attribute::Bold),
        (Effects::DIMMED, Attribute::Dim),
        (Effects::STRIKETHROUGH, Attribute::CrossedOut),
    ];
    for (effect, attribute) in attributes {
        if style.get_effects().contains(effect) {
            cell = cell.add_attribute(attribute);
        }
    }
    cell
}

/// Returns a colour as comfy-table has it, by its number in the palette, so that the terminal's theme applies.
fn translate(colour: Color) -> comfy_table::Color {
    match colour {
        Color::Ansi(colour) => comfy_table::Color::AnsiValue(Ansi256Color::from_ansi(colour).index()),
        Color::Ansi256(colour) => comfy_table::Color::AnsiValue(colour.index()),
        Color::Rgb(colour) => comfy_table::Color::Rgb { r: colour.r(), g: colour.g(), b: colour.b() },
    }
}
