//! Sums down the columns of a block of rows, many columns at once.

/// Bytes that one turn of the inner loop works on, about: enough to keep the vector units busy whatever the number of
/// hypotheses, few enough to stay in the nearest cache and to be folded quickly.
const LANES: std::ops::RangeInclusive<usize> = 64..=512;
/// Turns after which a lane of values from -2 to 2 could overflow.
const TURNS: usize = 63;

/// Sums columns; owns the memory that takes, so that no loop allocates.
#[derive(Debug)]
pub(super) struct Columns {
    width: usize,
    lanes: Vec<i8>,
    sums: Vec<i64>,
}

impl Columns {
    /// For blocks of rows of this width.
    pub(super) fn new(width: usize) -> Self {
        Self { width, lanes: vec![0; (*LANES.end()).max(width)], sums: vec![0; width] }
    }

    /// The sum of `value`, -2 to 2, down each column of a block of whole rows.
    ///
    /// Several rows are added as one long row, byte by byte, whose lanes are folded into the columns before they can
    /// overflow: rows as short as five bytes would leave vector units idle.
    pub(super) fn sum<T: Copy>(&mut self, block: &[T], value: impl Fn(T) -> i8) -> &[i64] {
        self.sums.fill(0);
        if self.width == 0 {
            return &self.sums;
        }
        // Folding costs as much as some turns: a small block has fewer lanes.
        let lanes = (block.len() / 16).clamp(*LANES.start(), *LANES.end());
        let span = (lanes / self.width).max(1) * self.width;
        let lanes = self.lanes.get_mut(..span.min(block.len())).unwrap_or_default();
        for turns in block.chunks(span * TURNS) {
            lanes.fill(0);
            for long_row in turns.chunks(span) {
                for (lane, code) in lanes.iter_mut().zip(long_row) {
                    *lane += value(*code);
                }
            }
            for row in lanes.chunks_exact(self.width) {
                for (sum, lane) in self.sums.iter_mut().zip(row) {
                    *sum += i64::from(*lane);
                }
            }
        }
        &self.sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rating_code::RatingCode;

    #[test]
    fn lanes_do_not_overflow_and_no_row_is_left_out() {
        for width in [1, 2, 5, 10, 511, 512, 513, 1000] {
            for rows in [0, 1, 2, 63, 64, 7_000] {
                if width * rows > 100_000 && rows != 64 {
                    continue;
                }
                let mut block = vec![RatingCode::VeryInconsistent; width * rows];
                for row in block.chunks_exact_mut(width) {
                    row[width - 1] = RatingCode::VeryConsistent;
                }
                let mut columns = Columns::new(width);
                let mut expected = vec![-2 * rows as i64; width];
                expected[width - 1] = 2 * rows as i64;
                assert_eq!(columns.sum(&block, RatingCode::value), expected, "{rows} rows of {width}");
                // A second sum starts from nothing.
                assert_eq!(columns.sum(&block, RatingCode::value), expected);
            }
        }
        assert!(Columns::new(0).sum(&[], RatingCode::value).is_empty());
    }
}
