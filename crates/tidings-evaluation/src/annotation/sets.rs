//! Credit for a list of values: modes, contexts, countries, actors.

use std::collections::BTreeSet;

use super::totals::f1;

/// What is right of the values of one field, of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    /// What is right; parts of a value count too.
    pub credit: f64,
    /// Values that are to be found.
    pub gold: usize,
    /// Values that the system gives.
    pub system: usize,
}

impl Share {
    /// Whether there is nothing to find and nothing was found.
    pub fn is_empty(&self) -> bool {
        self.gold == 0 && self.system == 0
    }

    /// F1; nothing found where there was nothing is right.
    pub fn f1(&self) -> f64 {
        if self.is_empty() { 1.0 } else { f1(self.credit, self.system as f64, self.gold as f64) }
    }
}

/// Compares two sets. An accepted alternative stands in for a gold value that is not there; further ones cost nothing.
pub fn compare(
    gold: &BTreeSet<&str>,
    system: &BTreeSet<&str>,
    accepted: &BTreeSet<&str>,
    optional: bool,
) -> Share {
    let right = gold.intersection(system).count();
    let missing = gold.len() - right;
    let (allowed, wrong): (Vec<&str>, Vec<&str>) =
        system.difference(gold).copied().partition(|v| accepted.contains(v));
    let credit = right + missing.min(allowed.len());
    let wanted = if optional && system.is_empty() { 0 } else { gold.len() };
    Share { credit: credit as f64, gold: wanted, system: credit + wrong.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(values: &'static str) -> BTreeSet<&'static str> {
        values.split_whitespace().collect()
    }

    #[test]
    fn right_wrong_and_accepted_values() {
        let share = |credit, gold, system| Share { credit, gold, system };
        assert_eq!(compare(&set("a b"), &set("a c"), &set(""), false), share(1.0, 2, 2));
        assert_eq!(compare(&set("a b"), &set("a c"), &set("c"), false), share(2.0, 2, 2));
        assert_eq!(compare(&set("a"), &set("a c"), &set("c"), false), share(1.0, 1, 1));
        assert_eq!(compare(&set("a"), &set(""), &set(""), true), share(0.0, 0, 0));
        assert_eq!(compare(&set("a"), &set(""), &set(""), false), share(0.0, 1, 0));
    }

    #[test]
    fn nothing_where_there_is_nothing_is_right() {
        assert_eq!(compare(&set(""), &set(""), &set(""), false).f1(), 1.0);
        assert_eq!(compare(&set("a"), &set(""), &set(""), false).f1(), 0.0);
    }
}
