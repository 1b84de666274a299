//! Scores of groupings: MUC, B³, CEAF-e and their mean, the CoNLL score (Pradhan and others, "Scoring coreference
//! partitions of predicted mentions", 2014), for groupings of the same things.

use std::collections::{BTreeMap, BTreeSet};

/// Recall and precision of one measure, each as a sum and what it is divided by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    recall: (f64, f64),
    precision: (f64, f64),
}

/// The three measures; those of several files are added up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Clusters {
    /// Links that would have to be added or cut.
    pub muc: Part,
    /// For each thing, how much of its group is shared.
    pub b_cubed: Part,
    /// Groups matched one to one.
    pub ceaf_e: Part,
}

impl Part {
    /// The harmonic mean of recall and precision.
    pub fn f1(self) -> f64 {
        let share = |(part, whole): (f64, f64)| if whole > 0.0 { part / whole } else { 0.0 };
        let (recall, precision) = (share(self.recall), share(self.precision));
        if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 }
    }

    fn add(&mut self, other: Self) {
        let sum = |a: &mut (f64, f64), b: (f64, f64)| *a = (a.0 + b.0, a.1 + b.1);
        sum(&mut self.recall, other.recall);
        sum(&mut self.precision, other.precision);
    }
}

impl Clusters {
    /// Compares two groupings of the things 0 to n-1, given by the name of each one's group.
    pub fn of<G: Ord, S: Ord>(gold: &[G], system: &[S]) -> Self {
        let (gold, system) = (numbered(gold), numbered(system));
        let (key, response) = (groups(&gold), groups(&system));
        let b_cubed = |own: &[BTreeSet<usize>], other: &[usize]| {
            let shared: f64 = own
                .iter()
                .map(|group| {
                    parts(group, other).values().map(|n| (n * n) as f64).sum::<f64>() / group.len() as f64
                })
                .sum();
            (shared, other.len() as f64)
        };
        let muc = |own: &[BTreeSet<usize>], other: &[usize]| {
            let kept: usize = own.iter().map(|group| group.len() - parts(group, other).len()).sum();
            let links: usize = own.iter().map(|group| group.len() - 1).sum();
            (kept as f64, links as f64)
        };
        let alike = alignment(&key, &response, &system);
        Self {
            muc: Part { recall: muc(&key, &system), precision: muc(&response, &gold) },
            b_cubed: Part { recall: b_cubed(&key, &system), precision: b_cubed(&response, &gold) },
            ceaf_e: Part { recall: (alike, key.len() as f64), precision: (alike, response.len() as f64) },
        }
    }

    /// The mean of the three F1.
    pub fn conll(self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf_e.f1()) / 3.0
    }
}

impl std::ops::AddAssign for Clusters {
    fn add_assign(&mut self, other: Self) {
        self.muc.add(other.muc);
        self.b_cubed.add(other.b_cubed);
        self.ceaf_e.add(other.ceaf_e);
    }
}

fn numbered<G: Ord>(names: &[G]) -> Vec<usize> {
    let known: BTreeSet<&G> = names.iter().collect();
    let places: BTreeMap<&G, usize> = known.into_iter().zip(0..).collect();
    names.iter().map(|name| places[name]).collect()
}

fn groups(of: &[usize]) -> Vec<BTreeSet<usize>> {
    let mut groups = vec![BTreeSet::new(); of.iter().max().map_or(0, |n| n + 1)];
    for (thing, group) in of.iter().enumerate() {
        groups[*group].insert(thing);
    }
    groups
}

/// How many of a group are in each group of the other side.
fn parts(group: &BTreeSet<usize>, other: &[usize]) -> BTreeMap<usize, usize> {
    let mut parts = BTreeMap::new();
    for thing in group {
        *parts.entry(other[*thing]).or_insert(0) += 1;
    }
    parts
}

/// The best sum of likenesses (2 shared / sum of sizes) of groups matched one to one.
fn alignment(key: &[BTreeSet<usize>], response: &[BTreeSet<usize>], system: &[usize]) -> f64 {
    let mut likeness = vec![vec![0.0; key.len().max(response.len())]; key.len().max(response.len())];
    for (row, group) in key.iter().enumerate() {
        for (column, shared) in parts(group, system) {
            likeness[row][column] = 2.0 * shared as f64 / (group.len() + response[column].len()) as f64;
        }
    }
    best_assignment(&likeness)
}

/// The Hungarian method with potentials (Kuhn 1955, Munkres 1957) on a square of gains.
fn best_assignment(gain: &[Vec<f64>]) -> f64 {
    let n = gain.len();
    // Row 0 and column 0 stand for "none"; a column holds the row that it is matched with.
    let (mut of_row, mut of_column) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let mut matched = vec![0; n + 1];
    for row in 1..=n {
        matched[0] = row;
        let way = shortest_way(gain, &mut of_row, &mut of_column, &matched);
        let mut column = way.0;
        while column != 0 {
            let before = way.1[column];
            matched[column] = matched[before];
            column = before;
        }
    }
    (1..=n).map(|column| gain[matched[column] - 1][column - 1]).sum()
}

/// From column 0 to a free column: that column, and for each column the one before it on the way.
fn shortest_way(
    gain: &[Vec<f64>],
    of_row: &mut [f64],
    of_column: &mut [f64],
    matched: &[usize],
) -> (usize, Vec<usize>) {
    let n = gain.len();
    let (mut least, mut used, mut way) = (vec![f64::INFINITY; n + 1], vec![false; n + 1], vec![0; n + 1]);
    let mut column = 0;
    loop {
        used[column] = true;
        let row = matched[column];
        let (mut step, mut next) = (f64::INFINITY, 0);
        for other in 1..=n {
            if used[other] {
                continue;
            }
            let cost = -gain[row - 1][other - 1] - of_row[row] - of_column[other];
            if cost < least[other] {
                (least[other], way[other]) = (cost, column);
            }
            if least[other] < step {
                (step, next) = (least[other], other);
            }
        }
        for other in 0..=n {
            if used[other] {
                of_row[matched[other]] += step;
                of_column[other] -= step;
            } else {
                least[other] -= step;
            }
        }
        column = next;
        if matched[column] == 0 {
            return (column, way);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-9, "{found} is not {wanted}");
    }

    #[test]
    fn the_same_grouping_is_right_whatever_its_names() {
        let scores = Clusters::of(&["a", "a", "b", "c"], &[3, 3, 1, 2]);
        near(scores.muc.f1(), 1.0);
        near(scores.b_cubed.f1(), 1.0);
        near(scores.ceaf_e.f1(), 1.0);
        near(scores.conll(), 1.0);
    }

    #[test]
    fn counted_by_hand() {
        // Gold {0 1 2} {3 4}, system {0 1} {2 3 4}.
        let scores = Clusters::of(&[0, 0, 0, 1, 1], &[0, 0, 1, 1, 1]);
        // Of three gold links two are kept, of three given ones two are right.
        near(scores.muc.f1(), 2.0 / 3.0);
        // Recall: (2·2/3 + 1·1/3 + 2·2/2) / 5; the same for precision.
        near(scores.b_cubed.f1(), (5.0 / 3.0 + 2.0) / 5.0);
        // Each matched with its like: 4/5 and 4/5, over two groups.
        near(scores.ceaf_e.f1(), 0.8);
    }

    #[test]
    fn matching_looks_at_all_groups_at_once() {
        // Taking the greatest first (0.9) would leave 0.1: 1.0 together; the best is 0.8 + 0.8.
        near(best_assignment(&[vec![0.9, 0.8], vec![0.8, 0.1]]), 1.6);
        near(best_assignment(&[]), 0.0);
        near(best_assignment(&[vec![0.2, 0.0, 0.5], vec![0.4, 0.3, 0.9], vec![0.0, 0.6, 0.1]]), 1.7);
    }

    #[test]
    fn sums_over_files_are_of_counts() {
        let mut sum = Clusters::of(&[0, 0], &[0, 1]);
        sum += Clusters::of(&[0, 1], &[0, 1]);
        // MUC: none of one link; B³: recall (1 + 2)/4, precision 1.
        near(sum.muc.f1(), 0.0);
        near(sum.b_cubed.f1(), 2.0 * 0.75 / 1.75);
    }
}
