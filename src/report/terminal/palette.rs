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
    match (colour, tone) {
        (Colour::None, _) | (_, Tone::Plain) => plain,
        (_, Tone::Strong) => plain.bold(),
        (_, Tone::Dim) => plain.dimmed(),
        (_, Tone::Struck) => plain.dimmed().strikethrough(),
        (_, Tone::Rating(None | Some(Rating::NotApplicable))) => plain.dimmed(),
        (_, Tone::Rating(Some(Rating::Neutral))) => plain,
        (Colour::Many, Tone::Removed) => plain.fg_color(Some(ansi256(172))),
        (Colour::Many, Tone::Added) => plain.fg_color(Some(ansi256(33))),
        (Colour::Sixteen, Tone::Removed) => plain.fg_color(Some(AnsiColor::Yellow.into())),
        (Colour::Sixteen, Tone::Added) => plain.fg_color(Some(AnsiColor::Cyan.into())),
        (Colour::Many, Tone::Rating(Some(rating))) => match rating {
            Rating::VeryInconsistent => fill(plain, ansi256(16), ansi256(208)),
            Rating::Inconsistent => plain.fg_color(Some(ansi256(172))),
            Rating::Consistent => plain.fg_color(Some(ansi256(33))),
            Rating::VeryConsistent => fill(plain, ansi256(231), ansi256(26)),
            Rating::Neutral | Rating::NotApplicable => plain,
        },
        (Colour::Sixteen, Tone::Rating(Some(rating))) => match rating {
            Rating::VeryInconsistent => fill(plain, AnsiColor::Black.into(), AnsiColor::Yellow.into()),
            Rating::Inconsistent => plain.fg_color(Some(AnsiColor::Yellow.into())),
            Rating::Consistent => plain.fg_color(Some(AnsiColor::Cyan.into())),
            Rating::VeryConsistent => fill(plain, AnsiColor::White.into(), AnsiColor::Blue.into()),
            Rating::Neutral | Rating::NotApplicable => plain,
        },
    }
}

const fn ansi256(number: u8) -> Color {
    Color::Ansi256(Ansi256Color(number))
}

fn fill(style: Style, ink: Color, ground: Color) -> Style {
    style.bold().fg_color(Some(ink)).bg_color(Some(ground))
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
