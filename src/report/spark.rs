//! Sparklines: a row of values as a row of blocks, one column a value or, where there is no room, several.

/// The blocks, from the lowest to the highest.
pub(super) const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Returns how many steps one column stands for, so that all fit; at least 1.
pub(super) fn steps_per_column(steps: usize, columns: usize) -> usize {
    steps.div_ceil(columns.max(1)).max(1)
}

/// Returns the values as blocks, each column the last of `steps_per_column` values; the scale reaches from `low` to
/// `high`. If these are equal, all blocks are the lowest.
pub(super) fn sparkline(values: &[f64], low: f64, high: f64, steps_per_column: usize) -> String {
    let block = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.0 };
        let level = (share * (BLOCKS.len() - 1) as f64).round().clamp(0.0, (BLOCKS.len() - 1) as f64);
        // The cast is of a whole number between 0 and 7.
        BLOCKS.get(level as usize).copied().unwrap_or(' ')
    };
    values
        .chunks(steps_per_column.max(1))
        .filter_map(|steps| steps.last())
        .map(|value| block(*value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_reaches_from_the_lowest_block_to_the_highest() {
        let values: Vec<f64> = (0..8).map(f64::from).collect();
        assert_eq!(sparkline(&values, 0.0, 7.0, 1), "▁▂▃▄▅▆▇█");
        assert_eq!(sparkline(&[-2.0, -1.0, 0.0], -2.0, 0.0, 1), "▁▅█");
        assert_eq!(sparkline(&[1.0, 1.0], 1.0, 1.0, 1), "▁▁");
        assert_eq!(sparkline(&[], 0.0, 1.0, 1), "");
    }

    #[test]
    fn a_column_that_stands_for_several_steps_shows_the_last() {
        let values: Vec<f64> = (0..8).map(f64::from).collect();
        assert_eq!(steps_per_column(8, 3), 3);
        assert_eq!(sparkline(&values, 0.0, 7.0, 3), "▃▆█");
        assert_eq!(steps_per_column(8, 8), 1);
        assert_eq!(steps_per_column(0, 0), 1);
    }
}
