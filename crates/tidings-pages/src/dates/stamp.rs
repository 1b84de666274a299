//! A day, with the time of day and the zone where they are stated.

use std::fmt;

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// When something was published, as the page writes it: nothing is converted to another zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// The day.
    pub date: Date,
    /// The time of day, if it is stated.
    pub time: Option<Time>,
    /// How far that clock is from UTC, if it is stated.
    pub offset: Option<Offset>,
}

impl Stamp {
    pub(crate) fn of_date(date: Date) -> Self {
        Self { date, time: None, offset: None }
    }
}

/// As ISO 8601 writes it: `2026-03-03`, `2026-03-03T14:30:00`, `2026-03-03T14:30:00+02:00`.
impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second())?;
        match self.offset.map(Offset::seconds) {
            None => Ok(()),
            Some(0) => f.write_str("Z"),
            Some(seconds) => {
                let sign = if seconds < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", seconds.abs() / 3600, seconds.abs() / 60 % 60)
            }
        }
    }
}
