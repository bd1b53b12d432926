//! Random orders in which questions are put to people.

use rand_pcg::rand_core::Rng;

use super::robustness::stream;

/// Shuffles a list (Fisher-Yates from the front). The same seed gives the same order; lists that are shuffled by one seed have a
/// number each, so that they do not run alike.
pub fn shuffle<T>(list: &mut [T], seed: u64, number: u64) {
    let mut numbers = stream(seed, number);
    for (below, last) in (2_u64..).zip(1..list.len()) {
        let chosen = numbers.next_u64() % below;
        list.swap(last, usize::try_from(chosen).unwrap_or(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_and_a_number_give_an_order_and_every_order_comes_up() {
        let order = |seed, number| {
            let mut list = [0, 1, 2, 3];
            shuffle(&mut list, seed, number);
            list
        };
        assert_eq!(order(7, 1), order(7, 1));
        let orders: std::collections::BTreeSet<_> =
            (0..40).flat_map(|seed| (0..40).map(move |number| order(seed, number))).collect();
        assert_eq!(orders.len(), 24);
    }
}
