//! Fields: each is declared once, as a row of [`fields!`], from which everything else follows.
//!
//! A row gives the Rust field and its type, its variant in the enum of fields, its key in the file, its
//! [`Nature`] and the sentence that says what it is for. Reading, writing, schema, `add`, forms, comparing
//! and merging go through [`Fielded`] and [`FieldSpec`] and name no field. Must never know TOML, or words for
//! people beyond that sentence.

use std::fmt::Debug;

use super::date::{Date, Day};
use super::keyword::Keyword;
use super::value::{ItemKind, Refusal, Shape, Value};
use super::weight::{Credibility, Grade, Level};

/// The declaration of a field: everything except its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// The key in the file; for the scenario's own fields, the path (`scoring.method`).
    pub key: &'static str,
    /// The values that it accepts.
    pub shape: Shape,
    /// Whether it is required.
    pub is_required: bool,
    /// The nature of its content.
    pub nature: Nature,
    /// Its purpose in one sentence.
    pub help: &'static str,
    /// The default, for a field with a fixed set of words.
    pub default: Option<&'static str>,
    /// The kind of item that its ids name, if it holds ids.
    pub refers_to: Option<ItemKind>,
}

/// The nature of a field's content, which decides how the field is edited and how a change of it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// A short value, shown before and after a change.
    Fact,
    /// Like `Fact`, but decides how much an item weighs.
    Weight,
    /// A text of a few words on one line; a change shows the words that changed.
    Phrase,
    /// A text of one sentence, however long.
    Sentence,
    /// A text of any number of paragraphs.
    Prose,
}

impl Nature {
    /// Returns whether a change of it shows the changed words.
    #[must_use]
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Phrase | Self::Sentence | Self::Prose)
    }
}

/// Something with fields: the scenario itself, or an item of one of its lists.
pub trait Fielded: Clone {
    /// The enum of its fields, without the id.
    type Field: Copy + Debug + Eq + 'static;

    /// Every field, in the order of the file.
    const FIELDS: &'static [Self::Field];

    /// Returns the field with this key.
    fn parse_field(key: &str) -> Option<Self::Field>;
    /// Returns the declaration of a field.
    fn spec(field: Self::Field) -> &'static FieldSpec;
    /// Returns the field that setting this one removes, since both exclude each other.
    fn rival(field: Self::Field) -> Option<Self::Field>;
    /// Returns the value of a field; `None` if absent.
    fn field(&self, field: Self::Field) -> Option<Value>;
    /// Sets or removes a field.
    ///
    /// # Errors
    ///
    /// A [`Refusal`] if the value does not fit; nothing is then changed.
    fn set_field(&mut self, field: Self::Field, value: Option<Value>) -> Result<(), Refusal>;

    /// Returns the key of a field.
    fn key(field: Self::Field) -> &'static str {
        Self::spec(field).key
    }

    /// Returns the values that a field accepts.
    fn shape(field: Self::Field) -> Shape {
        Self::spec(field).shape
    }

    /// Returns the kind of item that the ids in a field name, if it holds ids.
    fn refers_to(field: Self::Field) -> Option<ItemKind> {
        Self::spec(field).refers_to
    }
}

/// A Rust type that can hold a field. `Face` distinguishes the spellings of one type in the file.
pub(super) trait FieldValue<Face = Plain> {
    /// The values that the field accepts.
    const SHAPE: Shape;
    /// Whether the field is required.
    const IS_REQUIRED: bool = false;

    fn get(&self) -> Option<Value>;
    /// Sets or removes the value; a refused one changes nothing.
    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal>;
}

/// The default spelling of a type.
pub(super) struct Plain;
/// A number above 0.
pub(super) struct Positive;
/// A list that may be written as a single text.
pub(super) struct OneOrMore;
/// A text that is not blank.
pub(super) struct Filled;

/// The type of an optional field's value.
pub(super) trait Content: Sized {
    const SHAPE: Shape;

    fn to_value(&self) -> Value;
    fn from_value(value: Value) -> Result<Self, Refusal>;
}

impl<T: Content> FieldValue for Option<T> {
    const SHAPE: Shape = T::SHAPE;

    fn get(&self) -> Option<Value> {
        self.as_ref().map(T::to_value)
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        *self = value.map(T::from_value).transpose()?;
        Ok(())
    }
}

impl FieldValue for String {
    const SHAPE: Shape = Shape::Text;
    const IS_REQUIRED: bool = true;

    fn get(&self) -> Option<Value> {
        Some(self.to_value())
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        *self = Self::from_value(value.ok_or(Refusal::Required)?)?;
        Ok(())
    }
}

impl FieldValue<Filled> for String {
    const SHAPE: Shape = Shape::Name;
    const IS_REQUIRED: bool = true;

    fn get(&self) -> Option<Value> {
        Some(self.to_value())
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        let text = Self::from_value(value.ok_or(Refusal::Required)?)?;
        if text.trim().is_empty() {
            return Err(Refusal::Blank);
        }
        *self = text;
        Ok(())
    }
}

impl FieldValue<Positive> for Option<f64> {
    const SHAPE: Shape = Shape::PositiveNumber;

    fn get(&self) -> Option<Value> {
        self.map(Value::Number)
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        *self = value.map(|value| number(value, Shape::PositiveNumber)).transpose()?;
        Ok(())
    }
}

impl FieldValue<OneOrMore> for Option<Vec<String>> {
    const SHAPE: Shape = Shape::TextOrList;

    fn get(&self) -> Option<Value> {
        self.as_deref().map(Value::text_or_list)
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        *self = match value {
            Some(Value::Text(text)) => Some(vec![text]),
            Some(Value::List(list)) => Some(list),
            Some(Value::Number(_) | Value::Flag(_) | Value::Date(_)) => {
                return Err(Refusal::WrongType(Shape::TextOrList));
            }
            None => None,
        };
        Ok(())
    }
}

/// The level, if stated as one; setting it replaces a grade.
impl FieldValue<Level> for Option<Credibility> {
    const SHAPE: Shape = Level::SHAPE;

    fn get(&self) -> Option<Value> {
        match self {
            Some(Credibility::Level(level)) => Some(level.to_value()),
            Some(Credibility::Grade(_)) | None => None,
        }
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        match value {
            Some(value) => *self = Some(Credibility::Level(Level::from_value(value)?)),
            None => _ = self.take_if(|credibility| matches!(credibility, Credibility::Level(_))),
        }
        Ok(())
    }
}

/// The grade, if stated as one; setting it replaces a level.
impl FieldValue<Grade> for Option<Credibility> {
    const SHAPE: Shape = Shape::Grade;

    fn get(&self) -> Option<Value> {
        match self {
            Some(Credibility::Grade(grade)) => Some(Value::Text(grade.to_string())),
            Some(Credibility::Level(_)) | None => None,
        }
    }

    fn set(&mut self, value: Option<Value>) -> Result<(), Refusal> {
        match value {
            Some(value) => {
                let Value::Text(text) = value else { return Err(Refusal::WrongType(Shape::Grade)) };
                *self = Some(Credibility::Grade(Grade::parse(&text).ok_or(Refusal::BadGrade)?));
            }
            None => _ = self.take_if(|credibility| matches!(credibility, Credibility::Grade(_))),
        }
        Ok(())
    }
}

impl Content for String {
    const SHAPE: Shape = Shape::Text;

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        let Value::Text(text) = value else { return Err(Refusal::WrongType(Shape::Text)) };
        Ok(text)
    }
}

impl<K: Keyword> Content for K {
    const SHAPE: Shape = Shape::Word(K::WORDS);

    fn to_value(&self) -> Value {
        Value::Text(self.as_str().to_owned())
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        let Value::Text(text) = value else { return Err(Refusal::WrongType(Self::SHAPE)) };
        K::parse(&text).ok_or(Refusal::NotOneOf(K::WORDS))
    }
}

impl Content for f64 {
    const SHAPE: Shape = Shape::Number;

    fn to_value(&self) -> Value {
        Value::Number(*self)
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        number(value, Shape::Number)
    }
}

impl Content for bool {
    const SHAPE: Shape = Shape::Flag;

    fn to_value(&self) -> Value {
        Value::Flag(*self)
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        let Value::Flag(flag) = value else { return Err(Refusal::WrongType(Self::SHAPE)) };
        Ok(flag)
    }
}

fn number(value: Value, shape: Shape) -> Result<f64, Refusal> {
    match value {
        Value::Number(n) if n.is_finite() && (n > 0.0 || shape != Shape::PositiveNumber) => Ok(n),
        Value::Number(_) => Err(Refusal::BadNumber(shape)),
        Value::Text(_) | Value::Flag(_) | Value::Date(_) | Value::List(_) => Err(Refusal::WrongType(shape)),
    }
}

impl Content for Date {
    const SHAPE: Shape = Shape::Date;

    fn to_value(&self) -> Value {
        Value::Date(*self)
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        match value {
            Value::Date(date) => Ok(date),
            Value::Text(text) => Self::parse(&text).ok_or(Refusal::BadDate(Shape::Date)),
            Value::Number(_) | Value::Flag(_) | Value::List(_) => Err(Refusal::WrongType(Shape::Date)),
        }
    }
}

impl Content for Day {
    const SHAPE: Shape = Shape::Day;

    fn to_value(&self) -> Value {
        Value::Date(Date::Day(*self))
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        match value {
            Value::Date(Date::Day(day)) => Ok(day),
            Value::Date(Date::Month(_) | Date::Year(_)) => Err(Refusal::BadDate(Shape::Day)),
            Value::Text(text) => Self::parse(&text).ok_or(Refusal::BadDate(Shape::Day)),
            Value::Number(_) | Value::Flag(_) | Value::List(_) => Err(Refusal::WrongType(Shape::Day)),
        }
    }
}

impl Content for Vec<String> {
    const SHAPE: Shape = Shape::List;

    fn to_value(&self) -> Value {
        Value::List(self.clone())
    }

    fn from_value(value: Value) -> Result<Self, Refusal> {
        let Value::List(list) = value else { return Err(Refusal::WrongType(Self::SHAPE)) };
        Ok(list)
    }
}

impl FieldSpec {
    /// Declares the field that `place` finds in its owner.
    pub(super) const fn new<Owner, T: FieldValue<Face>, Face>(
        _place: fn(&Owner) -> &T,
        key: &'static str,
        nature: Nature,
        help: &'static str,
    ) -> Self {
        let (shape, is_required) = (T::SHAPE, T::IS_REQUIRED);
        Self { key, shape, is_required, nature, help, default: None, refers_to: None }
    }
}

/// Declares a struct with fields of the file format, and the enum that names them.
///
/// The first braces hold what belongs to the struct and is no such field. A row below is
/// `name: Type = Variant("key", Nature, "What it is for.");`. The type may be followed by `as Face`. A row without a
/// type is another face of a field above it, or a field of a part (`scoring.method`). After the sentence may stand
/// `default: word` and `refers_to: kind`, and at the end `; excludes Variant` where both fields cannot be set.
macro_rules! fields {
    (
        $(#[$meta:meta])*
        pub struct $owner:ident { $($(#[$own_meta:meta])* $own:ident: $own_type:ty,)* }
        $names:ident {
            $($field:ident $(. $part:ident)? $(: $type:ty)? $(as $face:ident)? = $variant:ident(
                $key:literal, $nature:ident, $help:literal $(, $attribute:ident: $value:expr)* $(; excludes $rival:ident)?
            );)+
        }
    ) => {
        $(#[$meta])*
        pub struct $owner {
            $($(#[$own_meta])* pub $own: $own_type,)*
            $($(
                #[doc = $help]
                pub $field: $type,
            )?)+
        }

        $crate::scenario::keyword::keyword! {
            #[doc = concat!("Fields of [`", stringify!($owner), "`].")]
            pub enum $names { $(#[doc = $help] $variant = $key,)+ }
        }

        impl $names {
            /// Returns the declaration of the field.
            #[must_use]
            pub const fn spec(self) -> &'static $crate::scenario::FieldSpec {
                use $crate::scenario::field::*;
                match self {
                    $(Self::$variant => const {
                        &FieldSpec {
                            $($attribute: Some($value),)*
                            ..FieldSpec::new::<$owner, _, fields!(@face $($face)?)>(
                                |owner| &owner.$field $(.$part)?, $key, Nature::$nature, $help
                            )
                        }
                    },)+
                }
            }
        }

        impl $crate::scenario::Fielded for $owner {
            type Field = $names;

            const FIELDS: &'static [$names] = $names::ALL;

            fn parse_field(key: &str) -> Option<$names> {
                $names::parse(key)
            }

            fn spec(field: $names) -> &'static $crate::scenario::FieldSpec {
                field.spec()
            }

            fn rival(field: $names) -> Option<$names> {
                match field {
                    $($names::$variant => [$($names::$rival)?].first().copied(),)+
                }
            }

            fn field(&self, field: $names) -> Option<$crate::scenario::Value> {
                use $crate::scenario::field::*;
                match field {
                    $($names::$variant => {
                        FieldValue::<fields!(@face $($face)?)>::get(&self.$field $(.$part)?)
                    })+
                }
            }

            fn set_field(
                &mut self,
                field: $names,
                value: Option<$crate::scenario::Value>,
            ) -> Result<(), $crate::scenario::Refusal> {
                use $crate::scenario::field::*;
                match field {
                    $($names::$variant => {
                        FieldValue::<fields!(@face $($face)?)>::set(&mut self.$field $(.$part)?, value)
                    })+
                }
            }
        }

        fields!(@item $owner { $($own: $own_type,)* } { $($($field: $type,)?)+ });
    };
    // Only for items, which have an id.
    (@item $owner:ident { id: $id:ty, $($own:ident: $own_type:ty,)* } { $($field:ident: $type:ty,)+ }) => {
        impl $owner {
            /// Returns an item with only an id.
            fn empty(id: $id) -> Self {
                Self { id, $($own: <$own_type>::default(),)* $($field: <$type>::default(),)+ }
            }

            /// Returns whether every field is equal; an absent value differs from an explicit default.
            pub(super) fn same_fields(&self, other: &Self) -> bool {
                $(self.$field == other.$field)&&+
            }

            /// Copies every field of another.
            pub(super) fn copy_fields(&mut self, other: &Self) {
                $(self.$field.clone_from(&other.$field);)+
            }
        }
    };
    (@item $owner:ident { $($own:tt)* } { $($field:tt)+ }) => {};
    (@face) => { Plain };
    (@face $face:ident) => { $face };
}
pub(super) use fields;
