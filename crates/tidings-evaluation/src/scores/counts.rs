//! Precision, recall and F1 from three counts.

use std::collections::BTreeSet;
use std::ops::AddAssign;

/// How many the system gave, how many there are, how many of them agree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In both.
    pub right: usize,
    /// Given by the system.
    pub given: usize,
    /// In the gold annotation.
    pub gold: usize,
}

impl Counts {
    /// Compares two sets.
    pub fn of<T: Ord>(given: &BTreeSet<T>, gold: &BTreeSet<T>) -> Self {
        Self { right: given.intersection(gold).count(), given: given.len(), gold: gold.len() }
    }

    /// The share of the given that is right; 0 for none.
    pub fn precision(self) -> f64 {
        share(self.right, self.given)
    }

    /// The share of the gold that was found; 0 for none.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.given + self.gold)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.given += other.given;
        self.gold += other.gold;
    }
}

/// `part` of `whole`; 0 of nothing is 0.
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_by_hand() {
        let counts = Counts::of(&BTreeSet::from([1, 2, 3]), &BTreeSet::from([2, 3, 4, 5]));
        assert_eq!((counts.right, counts.given, counts.gold), (2, 3, 4));
        assert!((counts.f1() - 4.0 / 7.0).abs() < 1e-12);
        assert!((counts.precision() - 2.0 / 3.0).abs() < 1e-12);
        assert!((counts.recall() - 0.5).abs() < 1e-12);
        assert!(Counts::default().f1().abs() < f64::EPSILON);
    }
}
