//! Numbers that look random and are the same on every machine; no clock, no crate.

use std::collections::BTreeSet;

/// Splitmix64: small, and the same everywhere.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from 0 up to, and without, a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap_or_default()
    }

    /// Whether something that holds in so many of a hundred cases holds in this one.
    pub(crate) fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// One of a list.
    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// Some of a list, each once, in the list's order.
    pub(crate) fn some<T: Copy>(&mut self, count: usize, from: &[T]) -> Vec<T> {
        let mut at = BTreeSet::new();
        while at.len() < count.min(from.len()) {
            at.insert(self.below(from.len()));
        }
        at.into_iter().map(|at| from[at]).collect()
    }
}
