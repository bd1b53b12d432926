//! Themes: what tones look like.
//!
//! One accent; heat only in the matrix, in orange and blue, which colour-blind readers tell apart. Nothing is told by
//! colour alone: strong ratings are bold, the cursor has brackets.

use ratatui::style::{Color, Modifier, Style};

use crate::scenario::Rating;

/// How everything looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Theme {
    pub(crate) name: &'static str,
    pub(crate) plain: Style,
    pub(crate) strong: Style,
    pub(crate) dim: Style,
    pub(crate) accent: Style,
    pub(crate) cursor: Style,
    /// The row of the cursor.
    pub(crate) row: Style,
    pub(crate) error: Style,
    /// Letters that a search found.
    pub(crate) found: Style,
    very_consistent: Style,
    consistent: Style,
    inconsistent: Style,
    very_inconsistent: Style,
}

const BOLD: Modifier = Modifier::BOLD;

const DARK: Theme = Theme {
    name: "dark",
    plain: Style::new(),
    strong: Style::new().add_modifier(BOLD),
    dim: Style::new().fg(Color::Indexed(245)),
    accent: Style::new().fg(Color::Indexed(80)),
    cursor: Style::new().add_modifier(Modifier::REVERSED).add_modifier(BOLD),
    row: Style::new().bg(Color::Indexed(236)),
    error: Style::new().fg(Color::Indexed(209)).add_modifier(BOLD),
    found: Style::new().fg(Color::Indexed(80)).add_modifier(BOLD.union(Modifier::UNDERLINED)),
    very_consistent: Style::new().fg(Color::Indexed(231)).bg(Color::Indexed(26)).add_modifier(BOLD),
    consistent: Style::new().fg(Color::Indexed(75)),
    inconsistent: Style::new().fg(Color::Indexed(214)),
    very_inconsistent: Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(208)).add_modifier(BOLD),
};

const LIGHT: Theme = Theme {
    name: "light",
    dim: Style::new().fg(Color::Indexed(243)),
    accent: Style::new().fg(Color::Indexed(24)),
    row: Style::new().bg(Color::Indexed(254)),
    error: Style::new().fg(Color::Indexed(130)).add_modifier(BOLD),
    found: Style::new().fg(Color::Indexed(24)).add_modifier(BOLD.union(Modifier::UNDERLINED)),
    consistent: Style::new().fg(Color::Indexed(26)),
    inconsistent: Style::new().fg(Color::Indexed(130)),
    ..DARK
};

const SIXTEEN: Theme = Theme {
    name: "sixteen",
    dim: Style::new().add_modifier(Modifier::DIM),
    accent: Style::new().fg(Color::Cyan),
    row: Style::new(),
    error: Style::new().fg(Color::Yellow).add_modifier(BOLD),
    found: Style::new().fg(Color::Cyan).add_modifier(BOLD.union(Modifier::UNDERLINED)),
    very_consistent: Style::new().fg(Color::Blue).add_modifier(BOLD),
    consistent: Style::new().fg(Color::Blue),
    inconsistent: Style::new().fg(Color::Yellow),
    very_inconsistent: Style::new().fg(Color::Yellow).add_modifier(BOLD),
    ..DARK
};

const PLAIN: Theme = Theme {
    name: "plain",
    dim: Style::new().add_modifier(Modifier::DIM),
    accent: Style::new().add_modifier(Modifier::UNDERLINED),
    row: Style::new(),
    error: Style::new().add_modifier(BOLD),
    found: Style::new().add_modifier(BOLD.union(Modifier::UNDERLINED)),
    very_consistent: Style::new().add_modifier(BOLD),
    consistent: Style::new(),
    inconsistent: Style::new(),
    very_inconsistent: Style::new().add_modifier(BOLD),
    ..DARK
};

/// Every theme, the default first. All of them are safe for colour-blind readers.
pub(crate) const THEMES: &[Theme] = &[DARK, LIGHT, SIXTEEN, PLAIN];

impl Theme {
    /// The theme with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        THEMES.iter().copied().find(|theme| theme.name == name)
    }

    /// How a rating looks; `None` is a blank.
    pub(crate) const fn rating(&self, rating: Option<Rating>) -> Style {
        match rating {
            Some(Rating::VeryConsistent) => self.very_consistent,
            Some(Rating::Consistent) => self.consistent,
            Some(Rating::Neutral) => self.plain,
            Some(Rating::Inconsistent) => self.inconsistent,
            Some(Rating::VeryInconsistent) => self.very_inconsistent,
            Some(Rating::NotApplicable) | None => self.dim,
        }
    }
}
