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

/// No colour at all.
const PLAIN: Theme = Theme {
    plain: Style::new(),
    strong: Style::new().add_modifier(BOLD),
    dim: Style::new().add_modifier(Modifier::DIM),
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
    dim: text(0x9e_9e9e),
    accent: text(0x5f_d7d7),
    row: Style::new().bg(colour(0x30_3030)),
    error: text(0xff_875f).add_modifier(BOLD),
    found: text(0x5f_d7d7).add_modifier(MARKED),
    very_consistent: filled(0xff_ffff, 0x00_5fd7),
    consistent: text(0x5f_afff),
    inconsistent: text(0xff_d787),
    very_inconsistent: filled(0x00_0000, 0xff_8700),
    ..PLAIN
};

const LIGHT: Theme = Theme {
    dim: text(0x5f_5f5f),
    accent: text(0x00_5f87),
    row: Style::new().bg(colour(0xe4_e4e4)),
    error: text(0xaf_0000).add_modifier(BOLD),
    found: text(0x00_5f87).add_modifier(MARKED),
    very_consistent: filled(0xff_ffff, 0x00_2080),
    consistent: text(0x00_5fd7),
    inconsistent: text(0x8a_5200),
    very_inconsistent: filled(0x00_0000, 0xff_a040),
    ..PLAIN
};

/// Blue, sky blue, orange and vermilion as chosen for all kinds of colour vision by Okabe & Ito, Color Universal Design
/// (2002, revised 2008). Cells are filled, so that it reads the same on a dark and on a light terminal; all else is in
/// the terminal's own colours.
const COLOUR_BLIND: Theme = Theme {
    very_consistent: filled(0xff_ffff, 0x00_72b2),
    consistent: Style::new().fg(colour(0)).bg(colour(0x56_b4e9)),
    inconsistent: Style::new().fg(colour(0)).bg(colour(0xe6_9f00)),
    very_inconsistent: filled(0x00_0000, 0xd5_5e00),
    ..PLAIN
};

/// The terminal's own 16 colours on black.
const SIXTEEN: Theme = Theme {
    accent: Style::new().fg(Color::Cyan),
    error: Style::new().fg(Color::Yellow).add_modifier(BOLD),
    found: Style::new().fg(Color::Cyan).add_modifier(MARKED),
    very_consistent: Style::new().fg(Color::White).bg(Color::Blue).add_modifier(BOLD),
    consistent: Style::new().fg(Color::LightBlue),
    inconsistent: Style::new().fg(Color::LightYellow),
    very_inconsistent: Style::new().fg(Color::Black).bg(Color::Yellow).add_modifier(BOLD),
    ..PLAIN
};

/// The terminal's own 16 colours on any background.
const SIXTEEN_FILLED: Theme = Theme {
    very_consistent: Style::new().fg(Color::White).bg(Color::Blue).add_modifier(BOLD),
    consistent: Style::new().fg(Color::Black).bg(Color::Cyan),
    inconsistent: Style::new().fg(Color::Black).bg(Color::Yellow),
    very_inconsistent: Style::new().fg(Color::White).bg(Color::Red).add_modifier(BOLD),
    ..PLAIN
};

/// Every theme, the default first.
pub(crate) const THEMES: &[NamedTheme] = &[
    NamedTheme { name: "dark", help: "for a dark background", rich: DARK, poor: SIXTEEN },
    NamedTheme { name: "light", help: "for a light background", rich: LIGHT, poor: SIXTEEN_FILLED },
    NamedTheme {
        name: "colour-blind",
        help: "the colours of Okabe and Ito, for every kind of colour vision and any background",
        rich: COLOUR_BLIND,
        poor: SIXTEEN_FILLED,
    },
    NamedTheme { name: "sixteen", help: "the terminal's own 16 colours", rich: SIXTEEN, poor: SIXTEEN },
    NamedTheme { name: "plain", help: "no colour at all", rich: PLAIN, poor: PLAIN },
];
