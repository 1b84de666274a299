//! Whether a confidence means what it says: of what is given at .8, eight in ten should be right.

/// So many bins of equal width, as is usual (Guo et al. 2017).
pub const BINS: usize = 10;

/// The figures between which confidence lies, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// How many lie in it.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// Confidences (0 to 1) with whether each was right.
#[derive(Clone, Debug, Default)]
pub struct Calibration(pub Vec<(f64, bool)>);

impl Calibration {
    /// Bins of equal width from 0 to 1; empty ones too.
    pub fn bins(&self) -> [Bin; BINS] {
        let mut bins = [Bin::default(); BINS];
        for (confidence, right) in &self.0 {
            let bin = &mut bins[((confidence * BINS as f64) as usize).min(BINS - 1)];
            bin.count += 1;
            bin.confidence += confidence;
            bin.right += f64::from(u8::from(*right));
        }
        for bin in bins.iter_mut().filter(|b| b.count > 0) {
            bin.confidence /= bin.count as f64;
            bin.right /= bin.count as f64;
        }
        bins
    }

    /// Expected calibration error: the mean distance of confidence and accuracy over the bins, weighed by their counts.
    pub fn expected_error(&self) -> f64 {
        let distance = |b: &Bin| b.count as f64 * (b.confidence - b.right).abs();
        self.bins().iter().map(distance).sum::<f64>() / self.0.len().max(1) as f64
    }

    /// Brier score: the mean square of what is missing to 1 where right, to 0 where wrong.
    pub fn brier(&self) -> f64 {
        let square = |(confidence, right): &(f64, bool)| (confidence - f64::from(u8::from(*right))).powi(2);
        self.0.iter().map(square).sum::<f64>() / self.0.len().max(1) as f64
    }

    /// The chance that one that is right has the higher confidence than one that is wrong (area under the ROC curve).
    pub fn separation(&self) -> Option<f64> {
        let (right, wrong): (Vec<_>, Vec<_>) = self.0.iter().partition(|(_, right)| *right);
        let pairs = right.len() * wrong.len();
        let mut ahead = 0.0;
        for (one, _) in &right {
            for (other, _) in &wrong {
                ahead +=
                    if one > other { 1.0 } else { 0.5 * f64::from(u8::from(one.total_cmp(other).is_eq())) };
            }
        }
        (pairs > 0).then(|| ahead / pairs as f64)
    }

    /// The share that is right.
    pub fn base_rate(&self) -> f64 {
        super::share(self.0.iter().filter(|(_, right)| *right).count(), self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_by_hand() {
        let given = Calibration(vec![(0.95, true), (0.95, false), (0.15, false), (1.0, true)]);
        let bins = given.bins();
        assert_eq!((bins[9].count, bins[1].count, bins[5].count), (3, 1, 0));
        // Bin 10: mean .9667, right .6667, distance .3; bin 2: .15 and 0.
        assert!((given.expected_error() - (3.0 * 0.3 + 0.15) / 4.0).abs() < 1e-9);
        assert!((given.brier() - (0.0025 + 0.9025 + 0.0225) / 4.0).abs() < 1e-9);
        // Right: .95, 1; wrong: .95, .15: one tie in four pairs.
        assert!((given.separation().unwrap() - 0.875).abs() < 1e-9);
        assert!((given.base_rate() - 0.5).abs() < 1e-9);
        assert_eq!(Calibration::default().separation(), None);
    }
}
