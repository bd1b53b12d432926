//! Order: the fewest moves that turn one order into another, and a list that stays cheap while items move.

/// Returns which entries of a sequence of distinct numbers must move to sort it. As few as possible: all
/// except a longest ascending subsequence (Fredman 1975). Takes n log n steps.
pub(in crate::change) fn movers(sequence: &[usize]) -> Vec<bool> {
    if sequence.is_sorted() {
        return vec![false; sequence.len()];
    }
    // For each length, the smallest end of an ascending subsequence of that length: (value, position).
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(sequence.len());
    for (at, value) in sequence.iter().enumerate() {
        let length = ends.partition_point(|(end, _)| end < value);
        previous.push(length.checked_sub(1).and_then(|shorter| ends.get(shorter)).map(|(_, at)| *at));
        match ends.get_mut(length) {
            Some(end) => *end = (*value, at),
            None => ends.push((*value, at)),
        }
    }
    let mut moves = vec![true; sequence.len()];
    let mut stays = ends.last().map(|(_, at)| *at);
    while let Some(at) = stays {
        if let Some(moves) = moves.get_mut(at) {
            *moves = false;
        }
        stays = previous.get(at).copied().flatten();
    }
    moves
}

/// The numbers below n in some order, with removal, insertion and predecessor in constant time.
#[derive(Debug)]
pub(in crate::change) struct Chain {
    /// By number. Entry n stands for both ends.
    links: Vec<Link>,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    before: usize,
    after: usize,
}

impl Chain {
    /// Returns the chain 0, 1, ... n - 1.
    pub(in crate::change) fn ascending(n: usize) -> Self {
        let around = n + 1;
        let links = (0..around).map(|at| Link { before: (at + n) % around, after: (at + 1) % around });
        Self { links: links.collect() }
    }

    /// Returns the number before this one; `None` for the first.
    pub(in crate::change) fn before(&self, at: usize) -> Option<usize> {
        Some(self.link(at).before).filter(|before| *before != self.end())
    }

    /// Returns the number after this one, or the first for `None`; `None` after the last.
    pub(in crate::change) fn after(&self, at: Option<usize>) -> Option<usize> {
        Some(self.link(at.unwrap_or(self.end())).after).filter(|after| *after != self.end())
    }

    /// Removes a number.
    pub(in crate::change) fn take(&mut self, at: usize) {
        let Link { before, after } = self.link(at);
        self.join(before, after);
    }

    /// Inserts a removed number after another, or at the start for `None`.
    pub(in crate::change) fn put(&mut self, at: usize, before: Option<usize>) {
        let before = before.unwrap_or(self.end());
        let after = self.link(before).after;
        self.join(before, at);
        self.join(at, after);
    }

    fn join(&mut self, before: usize, after: usize) {
        if let Some(link) = self.links.get_mut(before) {
            link.after = after;
        }
        if let Some(link) = self.links.get_mut(after) {
            link.before = before;
        }
    }

    fn link(&self, at: usize) -> Link {
        self.links.get(at).copied().unwrap_or(Link { before: self.end(), after: self.end() })
    }

    fn end(&self) -> usize {
        self.links.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(sequence: &[usize]) -> usize {
        movers(sequence).into_iter().filter(|moves| *moves).count()
    }

    #[test]
    fn the_fewest_move() {
        assert_eq!(moved(&[]), 0);
        assert_eq!(moved(&[0, 4, 7]), 0);
        assert_eq!(movers(&[5, 0, 1, 2]), [true, false, false, false]);
        assert_eq!(movers(&[1, 2, 3, 0]), [false, false, false, true]);
        assert_eq!(moved(&[3, 2, 1, 0]), 3);
        assert_eq!(moved(&[4, 5, 0, 1, 2, 3]), 2);
    }

    #[test]
    fn a_chain_is_a_list() {
        let order = |chain: &Chain, last: usize| {
            let mut order = vec![last];
            while let Some(before) = chain.before(order[order.len() - 1]) {
                order.push(before);
            }
            order
        };
        let mut chain = Chain::ascending(4);
        assert_eq!(order(&chain, 3), [3, 2, 1, 0]);
        chain.take(2);
        assert_eq!(order(&chain, 3), [3, 1, 0]);
        chain.put(2, None);
        assert_eq!(order(&chain, 3), [3, 1, 0, 2]);
        chain.take(0);
        chain.put(0, Some(3));
        assert_eq!(order(&chain, 0), [0, 3, 1, 2]);
    }
}
