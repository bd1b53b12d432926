//! Sums and differences of exact numbers, which are those of their parts.

/// Implements sums and differences of numbers, part by part.
macro_rules! exact_sums {
    ($number:ident { $($part:tt),+ }) => {
        impl std::ops::Add for $number {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                Self { $($part: self.$part + other.$part),+ }
            }
        }
        impl std::ops::Sub for $number {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                Self { $($part: self.$part - other.$part),+ }
            }
        }
        impl std::ops::AddAssign for $number {
            fn add_assign(&mut self, other: Self) {
                *self = *self + other;
            }
        }
        impl std::ops::SubAssign for $number {
            fn sub_assign(&mut self, other: Self) {
                *self = *self - other;
            }
        }
    };
}
pub(super) use exact_sums;
