//! How many colours a terminal shows, and the nearest of them to one that it does not show.

use ratatui::style::{Color, Style};

/// How many colours a terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// The 16 of the terminal's own palette.
    Sixteen,
    /// 256: those, a cube of 216 and 24 greys.
    Indexed,
    /// All, by their 24 bits.
    Full,
}

impl Depth {
    /// Returns the depth that the variables `COLORTERM` and `TERM` tell of.
    pub fn of(colorterm: &str, term: &str) -> Self {
        match colorterm {
            "truecolor" | "24bit" => Self::Full,
            _ if term.ends_with("-direct") => Self::Full,
            "" if !term.contains("256") => Self::Sixteen,
            _ => Self::Indexed,
        }
    }
}

/// Levels of red, green and blue in the cube of 256 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// Returns a style in the nearest of 256 colours. The first 16 are not used, since every terminal has its own.
pub(super) fn indexed(style: Style) -> Style {
    let nearest = |colour| match colour {
        Color::Rgb(r, g, b) => Color::Indexed(nearest((r, g, b))),
        other => other,
    };
    Style { fg: style.fg.map(nearest), bg: style.bg.map(nearest), ..style }
}

fn nearest(colour: (u8, u8, u8)) -> u8 {
    let distance = |at: &u8| {
        let (r, g, b) = of_index(*at);
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(r, colour.0) + square(g, colour.1) + square(b, colour.2)
    };
    (16..=255).min_by_key(distance).unwrap_or_default()
}

/// Returns red, green and blue of a colour of the cube or the greys.
pub(super) fn of_index(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let grey = 8 + (index - 232) * 10;
        return (grey, grey, grey);
    }
    let at = index.saturating_sub(16);
    let level = |part: u8| LEVELS.get(usize::from(part % 6)).copied().unwrap_or_default();
    (level(at / 36), level(at / 6), level(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_says_how_many_colours_it_shows() {
        assert_eq!(Depth::of("truecolor", "xterm-256color"), Depth::Full);
        assert_eq!(Depth::of("24bit", "linux"), Depth::Full);
        assert_eq!(Depth::of("", "xterm-direct"), Depth::Full);
        assert_eq!(Depth::of("", "xterm-256color"), Depth::Indexed);
        assert_eq!(Depth::of("yes", "rxvt"), Depth::Indexed);
        assert_eq!(Depth::of("", "linux"), Depth::Sixteen);
        assert_eq!(Depth::of("", ""), Depth::Sixteen);
    }

    #[test]
    fn what_is_among_the_256_is_found_again() {
        // Black, white and greys are both in the cube and among the greys, so the colour counts and not its number.
        for index in 16..=255 {
            assert_eq!(of_index(nearest(of_index(index))), of_index(index), "{index}");
        }
        assert_eq!(of_index(26), (0, 95, 215));
        assert_eq!(nearest((1, 94, 216)), 26);
    }
}
