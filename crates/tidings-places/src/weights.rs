//! How much each feature counts: `data/places/weights.tsv`.

use std::sync::LazyLock;

use crate::features::{COUNT, Features, NAMES};

const TABLE: &str = include_str!("../../../data/places/weights.tsv");

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::of(TABLE));

/// The weights of both passes.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// For a name on its own.
    pub alone: Features,
    /// For a name among the others.
    pub together: Features,
}

impl Weights {
    /// Those inside the program.
    pub fn table() -> &'static Weights {
        &WEIGHTS
    }

    /// Features that the table does not name count nothing.
    fn of(table: &str) -> Self {
        let mut out = Self { alone: [0.0; COUNT], together: [0.0; COUNT] };
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let name = columns.next().unwrap_or_default();
            let Some(at) = NAMES.iter().position(|n| *n == name) else { continue };
            let mut weight = || columns.next().and_then(|w| w.parse().ok()).unwrap_or(0.0);
            out.alone[at] = weight();
            out.together[at] = weight();
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_read() {
        let read = Weights::of("# name\nwater\t1.5\t-2\nunknown\t1\t1\nnear\t0\t3\n");
        let at = |name| NAMES.iter().position(|n| *n == name).unwrap();
        assert_eq!((read.alone[at("water")], read.together[at("water")]), (1.5, -2.0));
        assert_eq!((read.alone[at("near")], read.together[at("near")]), (0.0, 3.0));
    }

    #[test]
    fn each_feature_has_one_row_in_the_table() {
        let rows: Vec<&str> = TABLE.lines().filter(|l| !l.starts_with('#')).collect();
        let names: Vec<&str> = rows.iter().filter_map(|l| l.split('\t').next()).collect();
        assert_eq!(names, NAMES);
        assert!(
            rows.iter().all(|l| l.split('\t').skip(1).all(|w| w.parse::<f32>().is_ok_and(f32::is_finite)))
        );
    }
}
