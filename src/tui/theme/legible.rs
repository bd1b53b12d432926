//! Whether themes can be read: contrast as WCAG 2.2 measures it (relative luminance, success criterion 1.4.3), and
//! levels of the heat that stay apart for colour-blind readers, whose colours are simulated as by Machado, Oliveira &
//! Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency (IEEE Transactions on
//! Visualization and Computer Graphics 15, 2009; matrices of severity 1.0).

use ratatui::style::{Color, Style};

use super::depth::of_index;
use super::{Depth, THEMES, Theme};
use crate::scenario::Rating;

type Rgb = (u8, u8, u8);

/// The palettes that 16-colour terminals mostly have: that of the VGA and that of xterm.
const PALETTES: [[Rgb; 16]; 2] = [
    [
        (0, 0, 0),
        (170, 0, 0),
        (0, 170, 0),
        (170, 85, 0),
        (0, 0, 170),
        (170, 0, 170),
        (0, 170, 170),
        (170, 170, 170),
        (85, 85, 85),
        (255, 85, 85),
        (85, 255, 85),
        (255, 255, 85),
        (85, 85, 255),
        (255, 85, 255),
        (85, 255, 255),
        (255, 255, 255),
    ],
    [
        (0, 0, 0),
        (205, 0, 0),
        (0, 205, 0),
        (205, 205, 0),
        (0, 0, 238),
        (205, 0, 205),
        (0, 205, 205),
        (229, 229, 229),
        (127, 127, 127),
        (255, 0, 0),
        (0, 255, 0),
        (255, 255, 0),
        (92, 92, 255),
        (255, 0, 255),
        (0, 255, 255),
        (255, 255, 255),
    ],
];

/// How people see: as most do, and without one of the three kinds of cones.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("all colours", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// Smallest distance between two levels on one side of the scale, and between the sides; in units of CIE 1976 L*a*b*,
/// of which a practised eye sees about 2.3.
const APART: f64 = 10.0;
const OPPOSED: f64 = 40.0;

const HEAT: [Rating; 4] =
    [Rating::VeryConsistent, Rating::Consistent, Rating::Inconsistent, Rating::VeryInconsistent];

fn rgb(colour: Color, palette: &[Rgb; 16]) -> Rgb {
    let at = match colour {
        Color::Rgb(r, g, b) => return (r, g, b),
        Color::Indexed(index) => return of_index(index),
        Color::Red => 1,
        Color::Blue => 4,
        Color::White => 15,
        other => panic!("{other} is in no theme"),
    };
    palette[at]
}

fn linear((r, g, b): Rgb) -> [f64; 3] {
    [r, g, b].map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |colour| {
        let [r, g, b] = linear(colour);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// A colour in CIE 1976 L*a*b* (white point D65), as somebody sees it.
fn seen(colour: Rgb, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let rgb = linear(colour);
    let mixed = |row: &[f64; 3]| row.iter().zip(rgb).map(|(share, part)| share * part).sum::<f64>();
    let [r, g, b] = [0, 1, 2].map(|at| mixed(&sight[at]).clamp(0.0, 1.0));
    let curve = |t: f64| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 };
    let x = curve((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.950_47);
    let y = curve(0.2126 * r + 0.7152 * g + 0.0722 * b);
    let z = curve((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.088_83);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Themes with the name and the terminal that they are on, and the least contrast that is asked of them there.
fn cases() -> Vec<(String, Theme, f64)> {
    let depths = [Depth::Full, Depth::Indexed, Depth::Sixteen];
    THEMES
        .iter()
        .flat_map(|theme| depths.map(|depth| (theme, depth)))
        .map(|(theme, depth)| (format!("{} {depth:?}", theme.name), theme.on(depth), 4.5))
        .collect()
}

/// Returns the backgrounds of texts without one of their own: the darkest and the lightest that the theme is meant for.
fn backgrounds(name: &str) -> &'static [Rgb] {
    match name.split(' ').next() {
        Some("dark") => &[(0, 0, 0), (0x2e, 0x34, 0x40)],
        Some("light") => &[(0xee, 0xe8, 0xd5), (255, 255, 255)],
        _ => &[(0, 0, 0), (255, 255, 255)],
    }
}

#[test]
fn everything_has_contrast_to_what_stands_behind_it() {
    for (name, theme, least) in cases() {
        let styles = [theme.plain, theme.strong, theme.dim, theme.accent, theme.error, theme.found];
        let heat = HEAT.map(|rating| theme.rating(Some(rating)));
        for palette in &PALETTES {
            for style in styles.iter().chain(&heat) {
                let row = theme.row.bg.map(|row| rgb(row, palette));
                let behind = match style.bg {
                    Some(own) => vec![rgb(own, palette)],
                    None => backgrounds(&name).iter().copied().chain(row).collect(),
                };
                let Some(ink) = style.fg.map(|ink| rgb(ink, palette)) else {
                    assert_eq!(style.bg, None, "{name}: paper without ink");
                    continue;
                };
                for paper in behind {
                    let found = contrast(ink, paper);
                    assert!(found >= least, "{name}: {ink:?} on {paper:?} has {found:.2}, not {least}");
                }
            }
        }
    }
}

/// Returns the most visible colour of a cell: its background, else its foreground.
fn sign(style: Style) -> Option<Color> {
    style.bg.or(style.fg)
}

#[test]
fn levels_of_the_heat_stay_apart_for_colour_blind_readers() {
    for (name, theme, _) in cases() {
        for palette in &PALETTES {
            let signs: Vec<Rgb> = HEAT
                .iter()
                .filter_map(|rating| sign(theme.rating(Some(*rating))))
                .map(|colour| rgb(colour, palette))
                .collect();
            // Of 16 colours only two have paper of their own; the others are told apart by letters and weight.
            let is_few = name.contains("ixteen") && signs.len() == 2;
            assert!(signs.len() == 4 || is_few || name.starts_with("plain") && signs.is_empty(), "{name}");
            if signs.len() < 4 {
                continue;
            }
            for (sight, matrix) in &SIGHTS {
                for (a, one) in signs.iter().enumerate() {
                    for (b, other) in signs.iter().enumerate().skip(a + 1) {
                        let (one, other) = (seen(*one, matrix), seen(*other, matrix));
                        let square = |at: usize| (one[at] - other[at]).powi(2);
                        let distance = (square(0) + square(1) + square(2)).sqrt();
                        let least = if a < 2 && b >= 2 { OPPOSED } else { APART };
                        assert!(
                            distance >= least,
                            "{name}, {sight}: {} and {} are {distance:.1} apart, not {least}",
                            HEAT[a],
                            HEAT[b]
                        );
                    }
                }
            }
        }
    }
}

/// Contrasts of the dark and the light theme on their darkest and lightest backgrounds and on the row of the cursor.
#[test]
fn contrasts_are_as_they_were_designed() {
    let expected: [(&str, [[f64; 3]; 5]); 2] = [
        ("dark", [[9.9, 5.9, 6.2], [12.2, 7.2, 7.7], [8.9, 5.3, 5.6], [9.1, 5.4, 5.7], [15.3, 9.1, 9.6]]),
        ("light", [[8.3, 6.8, 6.5], [7.0, 5.7, 5.5], [7.4, 6.1, 5.9], [7.5, 6.1, 5.9], [7.8, 6.3, 6.1]]),
    ];
    for (name, rows) in expected {
        let theme = Theme::named(name, Depth::Full).unwrap();
        let row = rgb(theme.row.bg.unwrap(), &PALETTES[0]);
        let [near, far] = if name == "dark" {
            [(0, 0, 0), (0x2e, 0x34, 0x40)]
        } else {
            [(255, 255, 255), (0xee, 0xe8, 0xd5)]
        };
        let rating = |rating| theme.rating(Some(rating));
        let styles =
            [theme.dim, theme.accent, theme.error, rating(Rating::Consistent), rating(Rating::Inconsistent)];
        for (style, expected) in styles.iter().zip(rows) {
            let ink = rgb(style.fg.unwrap(), &PALETTES[0]);
            for (paper, expected) in [near, far, row].into_iter().zip(expected) {
                let found = contrast(ink, paper);
                assert!(
                    (found - expected).abs() < 0.06,
                    "{name}: {ink:?} on {paper:?} has {found:.2}, not {expected}"
                );
            }
        }
    }
}

#[test]
fn no_ink_is_set_without_paper_where_paper_is_set() {
    for (name, theme, _) in cases() {
        let heat = HEAT.map(|rating| theme.rating(Some(rating)));
        for style in heat.iter().chain([&theme.row]) {
            assert!(style.bg.is_none() || style.fg.is_some(), "{name}: {style:?}");
        }
    }
}

#[test]
fn no_level_is_told_by_colour_alone() {
    for (name, theme, _) in cases() {
        for strong in [Rating::VeryConsistent, Rating::VeryInconsistent] {
            let bold = theme.rating(Some(strong)).add_modifier.contains(ratatui::style::Modifier::BOLD);
            assert!(bold, "{name}");
        }
    }
}

#[test]
fn the_measures_are_those_that_were_published() {
    // WCAG: black on white is 21 to 1, and #767676 the lightest grey that is readable on white.
    assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
    assert!((4.5..4.6).contains(&contrast((0x76, 0x76, 0x76), (255, 255, 255))));
    // White is white to everybody, and a red that many see is a dark olive without the cones for it.
    for (sight, matrix) in &SIGHTS {
        let [l, a, b] = seen((255, 255, 255), matrix);
        assert!((l - 100.0).abs() < 0.1 && a.abs() < 0.2 && b.abs() < 0.2, "{sight}: {l} {a} {b}");
    }
    let [l, _, _] = seen((255, 0, 0), &SIGHTS[1].1);
    assert!(l < 46.0, "{l}");
}
