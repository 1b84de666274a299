//! Sums over events.

use std::collections::BTreeMap;

use crate::columns::{NO_SCORE, Segment};

/// Events that are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub events: i64,
    pub reports: i64,
    score_tenths: i64,
    scored: i64,
}

impl Tally {
    pub fn add(&mut self, segment: &Segment, row: usize) {
        self.events += 1;
        self.reports += i64::from(segment.reports[row]);
        if segment.score[row] != NO_SCORE {
            self.score_tenths += i64::from(segment.score[row]);
            self.scored += 1;
        }
    }

    pub fn join(&mut self, other: &Self) {
        self.events += other.events;
        self.reports += other.reports;
        self.score_tenths += other.score_tenths;
        self.scored += other.scored;
    }

    /// Mean PLOVER score of the events that have one.
    pub fn mean_score(&self) -> Option<f64> {
        (self.scored > 0).then(|| self.score_tenths as f64 / 10.0 / self.scored as f64)
    }
}

/// Numbers below are looked up, others looked for.
const DIRECT: usize = 32;

/// Tallies by number, for numbers that are few at a time.
#[derive(Clone, Debug, Default)]
pub(super) struct Tallies {
    direct: Vec<Tally>,
    others: Vec<(u16, Tally)>,
}

impl Tallies {
    pub fn of(&mut self, number: u16) -> &mut Tally {
        let place = usize::from(number);
        if place < DIRECT {
            if self.direct.len() <= place {
                self.direct.resize(place + 1, Tally::default());
            }
            return &mut self.direct[place];
        }
        let at = self.others.iter().position(|(n, _)| *n == number).unwrap_or_else(|| {
            self.others.push((number, Tally::default()));
            self.others.len() - 1
        });
        &mut self.others[at].1
    }

    pub fn join_into(self, all: &mut BTreeMap<u16, Tally>) {
        let direct = (0..).zip(self.direct).filter(|(_, tally)| tally.events > 0);
        for (number, tally) in direct.chain(self.others) {
            all.entry(number).or_default().join(&tally);
        }
    }
}
