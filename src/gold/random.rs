//! Random numbers that a seed decides, the same on every platform (`SplitMix64`: Steele, Lea and Flood 2014).

/// What the state grows by: 2^64 over the golden ratio.
pub(super) const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// A sequence of random numbers.
pub(super) struct SplitMix(pub(super) u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mixed(self.0)
    }

    /// A number below `bound`, by the high half of a product (Lemire 2019).
    pub(super) fn below(&mut self, bound: usize) -> usize {
        #[allow(clippy::cast_possible_truncation)] // The high half of the product is below `bound`.
        let below = ((u128::from(self.next()) * bound as u128) >> 64) as usize;
        below
    }
}

/// A number of which every bit depends on every bit of `value`.
pub(super) fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
