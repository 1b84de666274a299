//! Stretches of the text and how far they lie on each other. Code points, end exclusive.

/// A stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

impl Stretch {
    /// The stretch, where both of its ends are given.
    pub fn of(start: Option<u32>, end: Option<u32>) -> Option<Self> {
        Some(Self { start: start?, end: end? })
    }

    fn length(self) -> u32 {
        self.end.saturating_sub(self.start)
    }
}

/// Code points that both have; a stretch that is not given has none.
pub fn overlap(a: Option<Stretch>, b: Option<Stretch>) -> u32 {
    let (Some(a), Some(b)) = (a, b) else { return 0 };
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// What both have as a share of what either has (gaps between them cannot be: they overlap or the share is 0).
pub fn intersection_over_union(a: Option<Stretch>, b: Option<Stretch>) -> f64 {
    share(a, b, |a, b| a.end.max(b.end) - a.start.min(b.start))
}

/// What both have as a share of the shorter one.
pub fn coverage(a: Option<Stretch>, b: Option<Stretch>) -> f64 {
    share(a, b, |a, b| a.length().min(b.length()))
}

fn share(a: Option<Stretch>, b: Option<Stretch>, of: impl Fn(Stretch, Stretch) -> u32) -> f64 {
    match (a, b, overlap(a, b)) {
        (Some(a), Some(b), common) if common > 0 => f64::from(common) / f64::from(of(a, b)),
        _ => 0.0,
    }
}

/// A set of code points: stretches in order that neither overlap nor touch.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Covered(Vec<Stretch>);

impl Covered {
    /// All that the stretches cover.
    pub fn by(stretches: impl IntoIterator<Item = Stretch>) -> Self {
        let mut sorted: Vec<Stretch> = stretches.into_iter().filter(|s| s.length() > 0).collect();
        sorted.sort();
        let mut out: Vec<Stretch> = Vec::new();
        for stretch in sorted {
            match out.last_mut().filter(|last| stretch.start <= last.end) {
                Some(last) => last.end = last.end.max(stretch.end),
                None => out.push(stretch),
            }
        }
        Self(out)
    }

    /// How many code points.
    pub fn count(&self) -> f64 {
        self.0.iter().map(|s| f64::from(s.length())).sum()
    }

    /// How many code points are in both sets.
    pub fn common(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut common = 0.0;
        while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
            common += f64::from(overlap(Some(**x), Some(**y)));
            if x.end <= y.end {
                a.next()
            } else {
                b.next()
            };
        }
        common
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(start: u32, end: u32) -> Option<Stretch> {
        Stretch::of(Some(start), Some(end))
    }

    #[test]
    fn shares_of_two_stretches() {
        assert_eq!(overlap(stretch(0, 10), stretch(6, 16)), 4);
        assert_eq!(intersection_over_union(stretch(0, 10), stretch(6, 16)), 0.25);
        assert_eq!(coverage(stretch(0, 10), stretch(2, 4)), 1.0);
        assert_eq!(coverage(stretch(0, 10), None), 0.0);
    }

    #[test]
    fn what_touches_is_empty_or_turned_round_has_nothing_in_common() {
        for other in [stretch(10, 12), stretch(5, 5), stretch(8, 2)] {
            assert_eq!(overlap(stretch(0, 10), other), 0);
            assert_eq!(intersection_over_union(stretch(0, 10), other), 0.0);
        }
    }

    #[test]
    fn a_code_point_that_is_covered_twice_counts_once() {
        let set = |stretches: &[(u32, u32)]| Covered::by(stretches.iter().filter_map(|s| stretch(s.0, s.1)));
        let (a, b) = (set(&[(20, 30), (0, 10), (5, 12), (9, 3)]), set(&[(8, 22), (25, 26), (40, 50)]));
        assert_eq!((a.count(), b.count()), (22.0, 25.0));
        assert_eq!((a.common(&b), b.common(&a)), (7.0, 7.0));
        assert_eq!(a.common(&Covered::default()), 0.0);
    }
}
