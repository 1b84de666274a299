//! The one-to-one assignment of highest total weight: the Hungarian method with shortest augmenting paths.
//!
//! Our own, since which of several best assignments is taken must never change: here always the one that the rows find in
//! their order, the first column first.

/// Rows of weights, all of the same length; no weight is negative.
pub type Weights = Vec<Vec<f64>>;

/// The weight of every row with every column.
pub fn weights<A, B>(rows: &[A], columns: &[B], weight: impl Fn(&A, &B) -> f64) -> Weights {
    rows.iter().map(|row| columns.iter().map(|column| weight(row, column)).collect()).collect()
}

/// Pairs of row and column with a weight above 0, in the order of the rows.
pub fn assign(weights: &Weights) -> Vec<(usize, usize)> {
    let columns = weights.first().map_or(0, Vec::len);
    if columns == 0 {
        return Vec::new();
    }
    let highest = weights.iter().flatten().copied().fold(0.0, f64::max);
    // A square, filled up with what has no weight. The filled-up rows are taken in like all others, since rounding lets
    // them decide between assignments that are equally good.
    let size = columns.max(weights.len());
    let weight = |row: usize, column: usize| weights.get(row).and_then(|r| r.get(column)).copied();
    let mut matching = Matching::new(size);
    for row in 0..size {
        matching.add(row, |row, column| highest - weight(row, column).unwrap_or(0.0));
    }
    let pairs = matching.row_of.iter().enumerate().filter_map(|(column, row)| Some(((*row)?, column)));
    let mut pairs: Vec<_> =
        pairs.filter(|(row, column)| weight(*row, *column).is_some_and(|w| w > 0.0)).collect();
    pairs.sort_unstable();
    pairs
}

/// A cheapest matching of the rows so far, with the prices that prove it: no cost is below the sum of the prices of its row
/// and column, and those of matched ones are equal to it.
struct Matching {
    row_price: Vec<f64>,
    column_price: Vec<f64>,
    row_of: Vec<Option<usize>>,
}

/// How a column is reached from the new row.
#[derive(Clone, Copy)]
struct Reached {
    distance: f64,
    from: Option<usize>,
    settled: bool,
}

impl Matching {
    fn new(size: usize) -> Self {
        Self { row_price: vec![0.0; size], column_price: vec![0.0; size], row_of: vec![None; size] }
    }

    /// Takes in a row along the cheapest path to a free column.
    fn add(&mut self, new: usize, cost: impl Fn(usize, usize) -> f64) {
        let unreached = Reached { distance: f64::INFINITY, from: None, settled: false };
        let mut reached = vec![unreached; self.row_of.len()];
        let (mut row, mut last) = (new, None);
        let free = loop {
            for (column, reach) in reached.iter_mut().enumerate().filter(|(_, r)| !r.settled) {
                let distance = cost(row, column) - self.row_price[row] - self.column_price[column];
                if distance < reach.distance {
                    (reach.distance, reach.from) = (distance, last);
                }
            }
            let Some(next) = nearest(&reached) else { return };
            let step = reached[next].distance;
            self.reprice(new, &mut reached, step);
            match self.row_of[next] {
                None => break next,
                Some(holder) => (row, last) = (holder, Some(next)),
            }
            reached[next].settled = true;
        };
        self.augment(new, free, &reached);
    }

    fn reprice(&mut self, new: usize, reached: &mut [Reached], by: f64) {
        self.row_price[new] += by;
        for (column, reach) in reached.iter_mut().enumerate() {
            match self.row_of[column].filter(|_| reach.settled) {
                Some(row) => {
                    self.row_price[row] += by;
                    self.column_price[column] -= by;
                }
                None => reach.distance -= by,
            }
        }
    }

    /// Every row on the path moves on to the next column.
    fn augment(&mut self, new: usize, free: usize, reached: &[Reached]) {
        let mut column = free;
        while let Some(before) = reached[column].from {
            self.row_of[column] = self.row_of[before];
            column = before;
        }
        self.row_of[column] = Some(new);
    }
}

/// The first of the nearest columns that are not settled.
fn nearest(reached: &[Reached]) -> Option<usize> {
    let mut best: Option<usize> = None;
    for (column, reach) in reached.iter().enumerate().filter(|(_, r)| !r.settled) {
        if best.is_none_or(|b| reach.distance < reached[b].distance) {
            best = Some(column);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(weights: &Weights, pairs: &[(usize, usize)]) -> f64 {
        pairs.iter().map(|(row, column)| weights[*row][*column]).sum()
    }

    /// The best total by trying everything.
    fn best(weights: &[Vec<f64>], taken: &mut Vec<usize>) -> f64 {
        let Some((row, rest)) = weights.split_first() else { return 0.0 };
        let mut highest = best(rest, taken);
        for (column, weight) in row.iter().enumerate() {
            if !taken.contains(&column) {
                taken.push(column);
                highest = highest.max(weight + best(rest, taken));
                taken.pop();
            }
        }
        highest
    }

    #[test]
    fn the_greedy_choice_is_not_always_the_best() {
        assert_eq!(assign(&vec![vec![0.9, 0.8], vec![0.8, 0.1]]), [(0, 1), (1, 0)]);
    }

    #[test]
    fn what_has_no_weight_is_no_pair() {
        assert_eq!(assign(&vec![vec![0.0, 0.0], vec![0.0, 0.5]]), [(1, 1)]);
        assert_eq!(assign(&vec![vec![]]), []);
        assert_eq!(assign(&vec![]), []);
    }

    #[test]
    fn of_equal_ones_the_first_is_taken() {
        assert_eq!(assign(&vec![vec![1.0; 3]; 2]), [(0, 0), (1, 1)]);
        assert_eq!(assign(&vec![vec![1.0; 2]; 3]), [(0, 0), (1, 1)]);
    }

    #[test]
    fn as_good_as_trying_everything() {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 24) / 64.0
        };
        for (rows, columns) in (0..300).map(|n| (1 + n % 5, 1 + n / 5 % 6)) {
            let weights: Weights = (0..rows)
                .map(|_| (0..columns).map(|_| next()).map(|w| if w < 1.0 { 0.0 } else { w }).collect())
                .collect();
            let found = total(&weights, &assign(&weights));
            assert!((found - best(&weights, &mut Vec::new())).abs() < 1e-9, "{weights:?}");
        }
    }
}
