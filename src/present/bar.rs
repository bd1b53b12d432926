//! Bars of shares in characters: parts that can be told apart without colour.

/// Columns that a bar takes.
pub(super) const WIDTH: usize = 32;

/// The shades of the first parts; later ones are drawn with the digit of their number.
const SHADES: [char; 4] = ['█', '▓', '▒', '░'];

/// Returns the character for the part at position `at`.
pub(super) fn mark(at: usize) -> char {
    let digit = || u32::try_from(at + 1).ok().and_then(|number| char::from_digit(number, 10));
    SHADES.get(at).copied().or_else(digit).unwrap_or('+')
}

/// Returns a bar of [`WIDTH`] columns for shares that sum to 1, in their order.
pub(super) fn stacked(shares: &[f64]) -> String {
    columns(shares)
        .into_iter()
        .enumerate()
        .flat_map(|(at, columns)| std::iter::repeat_n(mark(at), columns))
        .collect()
}

/// Returns the columns of each share: rounded down, the rest going to those that lost most.
fn columns(shares: &[f64]) -> Vec<usize> {
    let exact = || shares.iter().map(|share| share * WIDTH as f64);
    let mut columns: Vec<usize> = exact().map(|columns| columns as usize).collect();
    let mut lost: Vec<(usize, f64)> = exact().map(f64::fract).enumerate().collect();
    lost.sort_by(|(_, x), (_, y)| y.total_cmp(x));
    let left = WIDTH.saturating_sub(columns.iter().sum());
    for (at, _) in lost.into_iter().take(left) {
        if let Some(columns) = columns.get_mut(at) {
            *columns += 1;
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_full_and_true_to_the_shares() {
        assert_eq!(stacked(&[1.0]), "█".repeat(WIDTH));
        assert_eq!(stacked(&[0.5, 0.25, 0.25]), "█".repeat(16) + &"▓".repeat(8) + &"▒".repeat(8));
        let third = stacked(&[1.0 / 3.0; 3]);
        assert_eq!(third.chars().count(), WIDTH);
        assert_eq!(stacked(&[0.0, 0.0, 0.0, 0.0, 0.5, 0.5]), "5".repeat(16) + &"6".repeat(16));
        assert_eq!(mark(9), '+');
    }
}
