//! Keywords: enums whose values are words of the file format or the command line, with parsing and printing
//! from one list.
//!
//! Must never know TOML.

use std::fmt::{Debug, Display};

/// An enum whose values are words.
pub trait Keyword: Copy + Debug + Display + Eq + Send + Sync + 'static {
    /// Every value, in the order of declaration.
    const ALL: &'static [Self];
    /// Every word, in the same order.
    const WORDS: &'static [&'static str];

    /// Returns the word.
    fn as_str(self) -> &'static str;

    /// Returns the value that `word` names, if it is exactly one of [`Self::WORDS`].
    fn parse(word: &str) -> Option<Self>;
}

/// Declares an enum of words. Each variant names its word.
///
/// Gives `ALL` (in the order of declaration), `WORDS`, `as_str`, `parse` (exact, case-sensitive), [`Keyword`],
/// `Display` and `serde::Serialize` (the word as a string).
macro_rules! keyword {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            $vis const ALL: &'static [Self] = &[$(Self::$variant,)+];
            /// Every word, in the same order.
            $vis const WORDS: &'static [&'static str] = &[$($word,)+];

            /// Returns the word, as in a scenario file.
            #[must_use]
            $vis const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Returns the value that `word` names, if it is exactly one of [`Self::WORDS`].
            #[must_use]
            $vis fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::scenario::Keyword for $name {
            const ALL: &'static [Self] = Self::ALL;
            const WORDS: &'static [&'static str] = Self::WORDS;

            fn as_str(self) -> &'static str {
                self.as_str()
            }

            fn parse(word: &str) -> Option<Self> {
                Self::parse(word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

pub(crate) use keyword;
