//! The palettes. `legible.rs` tests that they can be read.

use ratatui::style::{Color, Modifier, Style};

use super::{NamedTheme, Theme};

const BOLD: Modifier = Modifier::BOLD;
const MARKED: Modifier = BOLD.union(Modifier::UNDERLINED);

const fn text(rgb: u32) -> Style {
    Style::new().fg(colour(rgb))
}

/// A cell filled with colour, bold.
const fn filled(ink: u32, paper: u32) -> Style {
    Style::new().fg(colour(ink)).bg(colour(paper)).add_modifier(BOLD)
}

const fn colour(rgb: u32) -> Color {
    let [_, r, g, b] = rgb.to_be_bytes();
    Color::Rgb(r, g, b)
}

/// Text on paper of its own.
const fn on(ink: u32, paper: u32) -> Style {
    Style::new().fg(colour(ink)).bg(colour(paper))
}

/// No colour at all. What is dim elsewhere is the terminal's own text: few terminals say how faint they draw that.
const PLAIN: Theme = Theme {
    plain: Style::new(),
    strong: Style::new().add_modifier(BOLD),
    dim: Style::new(),
    accent: Style::new().add_modifier(Modifier::UNDERLINED),
    cursor: Style::new().add_modifier(Modifier::REVERSED).add_modifier(BOLD),
    row: Style::new(),
    error: Style::new().add_modifier(BOLD),
    found: Style::new().add_modifier(MARKED),
    very_consistent: Style::new().add_modifier(BOLD),
    consistent: Style::new(),
    inconsistent: Style::new(),
    very_inconsistent: Style::new().add_modifier(BOLD),
};

const DARK: Theme = Theme {
    dim: text(0xb2_b2b2),
    accent: text(0x5f_d7d7),
    row: on(0xd7_d7d7, 0x30_3030),
    error: text(0xff_875f).add_modifier(BOLD),
    found: text(0x5f_d7d7).add_modifier(MARKED),
    very_consistent: filled(0xff_ffff, 0x00_5fd7),
    consistent: text(0x5f_afff),
    inconsistent: text(0xff_d787),
    very_inconsistent: filled(0x00_0000, 0xff_8700),
    ..PLAIN
};

const LIGHT: Theme = Theme {
    dim: text(0x4e_4e4e),
    accent: text(0x00_5f87),
    row: on(0x26_2626, 0xe4_e4e4),
    error: text(0xaf_0000).add_modifier(BOLD),
    found: text(0x00_5f87).add_modifier(MARKED),
    very_consistent: filled(0xff_ffff, 0x00_2080),
    consistent: text(0x00_50b4),
    inconsistent: text(0x7a_4600),
    very_inconsistent: filled(0x00_0000, 0xff_a040),
    ..PLAIN
};

/// Blue, sky blue, orange and vermilion as chosen for all kinds of colour vision by Okabe & Ito, Color Universal Design
/// (2002, revised 2008). Cells are filled, so that it reads the same on a dark and on a light terminal; all else is in
/// the terminal's own colours.
const COLOUR_BLIND: Theme = Theme {
    error: ALARM,
    very_consistent: filled(0xff_ffff, 0x00_72b2),
    consistent: on(0, 0x56_b4e9),
    inconsistent: on(0, 0xe6_9f00),
    very_inconsistent: filled(0x00_0000, 0xd5_5e00),
    ..PLAIN
};

const ALARM: Style = Style::new().add_modifier(BOLD.union(Modifier::REVERSED));

/// The terminal's own 16 colours, on any background: only what has paper of its own has a colour.
const SIXTEEN: Theme = Theme {
    error: ALARM,
    very_consistent: Style::new().fg(Color::White).bg(Color::Blue).add_modifier(BOLD),
    inconsistent: Style::new().add_modifier(BOLD),
    very_inconsistent: Style::new().fg(Color::White).bg(Color::Red).add_modifier(BOLD),
    ..PLAIN
};

/// Every theme, the default first.
pub const THEMES: &[NamedTheme] = &[
    NamedTheme { name: "dark", help: "for a dark background", rich: DARK, poor: SIXTEEN },
    NamedTheme { name: "light", help: "for a light background", rich: LIGHT, poor: SIXTEEN },
    NamedTheme {
        name: "colour-blind",
        help: "the colours of Okabe and Ito, for every kind of colour vision and any background",
        rich: COLOUR_BLIND,
        poor: SIXTEEN,
    },
    NamedTheme { name: "sixteen", help: "the terminal's own 16 colours", rich: SIXTEEN, poor: SIXTEEN },
    NamedTheme { name: "plain", help: "no colour at all", rich: PLAIN, poor: PLAIN },
];
