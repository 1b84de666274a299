//! Krippendorff's alpha: how far coders agree beyond chance (Krippendorff, "Computing Krippendorff's Alpha-Reliability",
//! 2011). 1 is full agreement, 0 what chance alone would bring. Units that only one coder judged do not count.

use std::collections::BTreeMap;

/// How far two values are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Equal or not.
    Nominal,
    /// By rank.
    Ordinal,
    /// By difference.
    Interval,
}

impl Level {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
        }
    }
}

/// Agreement over units, each with the values that its coders gave. `None` if nothing can be compared, or if all values
/// are the same: then nothing could have been disagreed on.
pub(crate) fn alpha(units: &[Vec<i64>], level: Level) -> Option<f64> {
    let pairable: Vec<&Vec<i64>> = units.iter().filter(|u| u.len() > 1).collect();
    let mut totals: BTreeMap<i64, f64> = BTreeMap::new();
    for value in pairable.iter().flat_map(|u| u.iter()) {
        *totals.entry(*value).or_default() += 1.0;
    }
    let n: f64 = totals.values().sum();
    let apart = |a: i64, b: i64| distance(&totals, a, b, level);
    let mut observed = 0.0;
    for unit in &pairable {
        let pairs = unit.iter().flat_map(|a| unit.iter().map(move |b| (*a, *b)));
        observed += pairs.map(|(a, b)| apart(a, b)).sum::<f64>() / (unit.len() as f64 - 1.0);
    }
    let pairs = totals.iter().flat_map(|a| totals.iter().map(move |b| (a, b)));
    let expected: f64 = pairs.map(|((a, m), (b, k))| m * k * apart(*a, *b)).sum();
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// The squared difference of the level, 0 for equal values.
fn distance(totals: &BTreeMap<i64, f64>, a: i64, b: i64, level: Level) -> f64 {
    let (low, high) = (a.min(b), a.max(b));
    if low == high {
        return 0.0;
    }
    match level {
        Level::Nominal => 1.0,
        Level::Interval => ((high - low) as f64).powi(2),
        Level::Ordinal => {
            let between: f64 = totals.range(low..=high).map(|(_, n)| n).sum();
            let of = |value: i64| totals.get(&value).copied().unwrap_or(0.0);
            (between - (of(low) + of(high)) / 2.0).powi(2)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Krippendorff's own example: four observers, twelve units, gaps as 0.
    const EXAMPLE: [[i64; 12]; 4] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
        [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
    ];

    #[test]
    fn the_published_example_comes_out() {
        let units: Vec<Vec<i64>> =
            (0..12).map(|n| EXAMPLE.iter().map(|o| o[n]).filter(|v| *v > 0).collect()).collect();
        for (level, published) in [(Level::Nominal, 0.743), (Level::Ordinal, 0.815), (Level::Interval, 0.849)]
        {
            let found = alpha(&units, level).expect("comparable");
            assert!((found - published).abs() < 0.0005, "{} {found}", level.name());
        }
    }

    #[test]
    fn two_coders_who_always_agree_have_one_and_nothing_to_compare_has_none() {
        assert_eq!(alpha(&[vec![1, 1], vec![2, 2]], Level::Nominal), Some(1.0));
        assert_eq!(alpha(&[vec![1, 1], vec![1, 1]], Level::Nominal), None);
        assert_eq!(alpha(&[vec![1], vec![2], vec![]], Level::Nominal), None);
        assert!(alpha(&[vec![1, 2], vec![2, 1]], Level::Nominal).is_some_and(|a| a < 0.0));
    }
}
