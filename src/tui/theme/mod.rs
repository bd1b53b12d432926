//! Themes: the styles of the editor.
//!
//! One accent; heat only in the matrix, in blue and orange, which colour-blind readers tell apart. Nothing is shown by
//! colour alone: strong ratings are bold, the cursor has brackets. Every theme keeps the terminal's own background.
//! Knows styles and how many colours a terminal shows ([`depth`]). Must never know what is drawn with them.

mod depth;
#[cfg(test)]
mod legible;
mod palette;

pub use depth::Depth;
pub use palette::THEMES;

use ratatui::style::{Modifier, Style};

use crate::diagnostic::did_you_mean;
use crate::scenario::Rating;

/// The styles of everything that is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Theme {
    pub(crate) plain: Style,
    pub(crate) strong: Style,
    pub(crate) dim: Style,
    pub(crate) accent: Style,
    pub(crate) cursor: Style,
    /// The row of the cursor.
    pub(crate) row: Style,
    pub(crate) error: Style,
    /// Letters that match a search.
    pub(crate) found: Style,
    very_consistent: Style,
    consistent: Style,
    inconsistent: Style,
    very_inconsistent: Style,
}

/// A named theme.
#[derive(Debug)]
pub struct NamedTheme {
    /// Its name in the settings and for `:theme`.
    pub name: &'static str,
    /// The terminals and readers that it is for, in a few words.
    pub help: &'static str,
    /// For terminals with 256 colours and more.
    rich: Theme,
    /// For terminals with 16 colours. Made by hand: the nearest of so few are often the same for two of ours.
    poor: Theme,
}

/// The theme and the colours of the terminal that the editor is drawn with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Name of the theme.
    pub theme: String,
    /// Whether the terminal is asked for its background, and its answer chooses another theme.
    pub asks: bool,
    /// How many colours the terminal shows.
    pub depth: Depth,
}

/// Returns the reason why there is no theme of this name; `None` if there is one. `auto` chooses one.
pub(crate) fn objection(name: &str) -> Option<String> {
    let names = || THEMES.iter().map(|theme| theme.name).chain(["auto"]);
    if names().any(|known| known == name) {
        return None;
    }
    let names: Vec<&str> = names().collect();
    let expected = format!("expected one of {}", names.join(", "));
    let help = did_you_mean(name, names).map(|help| format!("{help} ")).unwrap_or_default();
    Some(format!("there is no theme \"{name}\": {help}{expected}"))
}

impl Theme {
    /// The theme with this name on a terminal that shows so many colours.
    pub(crate) fn named(name: &str, depth: Depth) -> Option<Self> {
        THEMES.iter().find(|theme| theme.name == name).map(|theme| theme.on(depth))
    }

    /// Returns the style of a sign beside a row or a cell: the accent without underline, which would change the sign's
    /// form.
    pub(crate) fn sign(&self) -> Style {
        let Style { add_modifier, .. } = self.accent;
        Style { add_modifier: add_modifier.difference(Modifier::UNDERLINED), ..self.accent }
    }

    /// Returns the style of a rating; `None` is a blank.
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

    /// Returns the theme with every style changed.
    fn map(self, change: impl Fn(Style) -> Style) -> Self {
        Self {
            plain: change(self.plain),
            strong: change(self.strong),
            dim: change(self.dim),
            accent: change(self.accent),
            cursor: change(self.cursor),
            row: change(self.row),
            error: change(self.error),
            found: change(self.found),
            very_consistent: change(self.very_consistent),
            consistent: change(self.consistent),
            inconsistent: change(self.inconsistent),
            very_inconsistent: change(self.very_inconsistent),
        }
    }
}

impl NamedTheme {
    pub(crate) fn on(&self, depth: Depth) -> Theme {
        match depth {
            Depth::Full => self.rich,
            Depth::Indexed => self.rich.map(depth::indexed),
            Depth::Sixteen => self.poor,
        }
    }
}
