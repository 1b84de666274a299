//! What is to be reached: the tables in `data/evaluation`.

use serde::Deserialize;

use crate::error::{Error, Result};

const ACCURACY: &str = include_str!("../../../data/evaluation/accuracy.toml");
const SPEED: &str = include_str!("../../../data/evaluation/speed.toml");

/// One page of results: its suites in order.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// Heading of the page.
    pub title: String,
    /// What to know first.
    pub introduction: String,
    /// The suites.
    #[serde(rename = "suite")]
    pub suites: Vec<Suite>,
}

/// One test set and what is measured on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suite {
    /// Short name, for `--suite`.
    pub name: String,
    /// What it is.
    pub title: String,
    /// Files and folders it needs, below the folder of shared data.
    pub corpora: Vec<String>,
    /// What is measured.
    pub measures: Vec<Measure>,
}

/// One figure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Key among the results of the suite.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// The bar from below.
    pub at_least: Option<f64>,
    /// The bar from above, where less is better.
    pub at_most: Option<f64>,
    /// The goal.
    pub aim: Option<f64>,
    /// The bar is the peer's figure of the same run, the goal this much above it.
    pub over_peer: Option<f64>,
    /// The best peer.
    pub peer: Option<String>,
    /// Decimals to print.
    #[serde(default = "four")]
    pub decimals: usize,
}

fn four() -> usize {
    4
}

/// How a figure stands to its bar and aim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The aim is reached.
    Aim,
    /// The bar is reached.
    Reached,
    /// The bar is not reached.
    Missed,
    /// There is no bar.
    Unjudged,
}

impl Plan {
    /// How good: `cargo xtask evaluate`.
    pub fn accuracy() -> Result<Self> {
        Self::parse(ACCURACY)
    }

    /// How fast: `cargo xtask bench`.
    pub fn speed() -> Result<Self> {
        Self::parse(SPEED)
    }

    fn parse(table: &str) -> Result<Self> {
        toml::from_str(table).map_err(|e| Error::program("data/evaluation", e))
    }
}

impl Measure {
    /// The bar, given the figure of the peer in the same run.
    pub fn bar(&self, peer: Option<f64>) -> Option<f64> {
        self.at_least.or(self.at_most).or(self.over_peer.and(peer))
    }

    /// The goal, given the figure of the peer in the same run.
    pub fn goal(&self, peer: Option<f64>) -> Option<f64> {
        self.aim.or_else(|| Some(peer? + self.over_peer?))
    }

    /// Judges a figure as it is printed, so that the table agrees with itself.
    pub fn verdict(&self, value: f64, peer: Option<f64>) -> Verdict {
        let printed = |x: f64| format!("{x:.*}", self.decimals).parse().unwrap_or(x);
        let value: f64 = printed(value);
        let reaches = |mark: f64| if self.at_most.is_some() { value <= mark } else { value >= printed(mark) };
        match (self.bar(peer), self.goal(peer)) {
            (_, Some(goal)) if reaches(goal) => Verdict::Aim,
            (Some(bar), _) if reaches(bar) => Verdict::Reached,
            (None, _) => Verdict::Unjudged,
            _ => Verdict::Missed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure(toml: &str) -> Measure {
        toml::from_str(&format!("key = \"k\"\nlabel = \"l\"\n{toml}")).unwrap()
    }

    #[test]
    fn the_tables_are_whole_and_every_suite_has_a_runner() {
        for plan in [Plan::accuracy().unwrap(), Plan::speed().unwrap()] {
            assert!(!plan.suites.is_empty());
            for suite in plan.suites {
                assert!(crate::suites::runner(&suite.name).is_some(), "{}", suite.name);
                assert!(!suite.measures.is_empty(), "{}", suite.name);
            }
        }
    }

    #[test]
    fn verdicts() {
        let least = measure("at_least = 0.8\naim = 0.9");
        assert_eq!(least.verdict(0.95, None), Verdict::Aim);
        assert_eq!(least.verdict(0.8, None), Verdict::Reached);
        assert_eq!(least.verdict(0.7999, None), Verdict::Missed);
        let most = measure("at_most = 2\naim = 0\ndecimals = 0");
        assert_eq!(most.verdict(0.0, None), Verdict::Aim);
        assert_eq!(most.verdict(2.0, None), Verdict::Reached);
        assert_eq!(most.verdict(3.0, None), Verdict::Missed);
        let beside = measure("over_peer = 0.05");
        assert_eq!(beside.verdict(0.75, Some(0.72)), Verdict::Reached);
        assert_eq!(beside.verdict(0.77, Some(0.72)), Verdict::Aim);
        assert_eq!(beside.verdict(0.7, Some(0.72)), Verdict::Missed);
        assert_eq!(beside.verdict(0.7, None), Verdict::Unjudged);
    }
}
