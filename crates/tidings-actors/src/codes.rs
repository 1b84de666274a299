//! The numbers by which political science knows states, and who is a member of which organisation.

use jiff::civil::Date;

use crate::Knowledge;
use crate::tables::{CODES, MEMBERS, Term};

/// What a state is called in the code systems of others at a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateCodes {
    /// ISO 3166-1 alpha-3, or 3166-3 for states that are no more.
    pub iso3: &'static str,
    /// Number in the state system of the Correlates of War; `None` where that has no such state then.
    pub cow: Option<u16>,
    /// Number in the list of Gleditsch and Ward.
    pub gw: Option<u16>,
}

impl Knowledge {
    /// The codes of a state at `date`, without a date those of today; `None` for codes that are no state's.
    ///
    /// ```
    /// use tidings_actors::Knowledge;
    /// let codes = Knowledge::embedded().state_codes("DEU", "1980-01-01".parse().ok()).unwrap();
    /// assert_eq!((codes.cow, codes.gw), (Some(260), Some(260)));
    /// ```
    pub fn state_codes(&self, iso3: &str, date: Option<Date>) -> Option<StateCodes> {
        let state = self.naming(iso3)?;
        let mut codes = StateCodes { iso3: state.code, cow: None, gw: None };
        let of_state = CODES.rows().enumerate().filter(|(_, [code])| *code == state.code);
        for [_, system, number, _, from, to] in of_state.map(|(row, _)| CODES.row(row)) {
            let term = Term::new(from, to);
            let held = if date.is_some() { term.holds(date) } else { term.is_open() };
            let code = if system == "cow" { &mut codes.cow } else { &mut codes.gw };
            if held && code.is_none() {
                *code = number.parse().ok();
            }
        }
        Some(codes)
    }

    /// ISO codes of the member states of an organisation, given by one of its names; none where members are not known.
    pub fn members_of(&self, organisation: &str) -> Vec<&'static str> {
        let ids: Vec<&str> = self.bodies_named(organisation, None).map(|body| body.id).collect();
        let row = MEMBERS.rows().find(|[id, ..]: &[&str; 3]| ids.contains(id));
        row.into_iter().flat_map(|[_, _, states]| crate::tables::list(states)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(iso3: &str, day: &str) -> (Option<u16>, Option<u16>) {
        let found = Knowledge::embedded().state_codes(iso3, day.parse().ok());
        found.map_or((None, None), |codes| (codes.cow, codes.gw))
    }

    #[test]
    fn numbers_hold_at_a_date() {
        for (iso3, day, expected) in [
            ("USA", "", (Some(2), Some(2))),
            ("DEU", "2000-01-01", (Some(255), Some(260))),
            ("DDR", "1980-01-01", (Some(265), Some(265))),
            ("DDR", "2000-01-01", (None, None)),
            ("YEM", "1980-01-01", (Some(678), Some(678))),
            ("YEM", "2000-01-01", (Some(679), Some(678))),
            ("YUG", "1995-01-01", (Some(345), Some(345))),
            ("SCG", "2005-01-01", (Some(345), Some(345))),
            ("SRB", "2010-01-01", (Some(345), Some(340))),
            ("SUN", "1980-01-01", (Some(365), Some(365))),
            ("SSD", "2010-01-01", (None, None)),
            ("SSD", "2012-01-01", (Some(626), Some(626))),
            ("PSE", "2012-01-01", (None, None)),
            ("RVN", "1970-01-01", (Some(817), Some(817))),
        ] {
            assert_eq!(codes(iso3, day), expected, "{iso3} {day}");
        }
        assert_eq!(Knowledge::embedded().state_codes("UNO", None), None);
    }

    #[test]
    fn members_are_states() {
        let known = Knowledge::embedded();
        let members = known.members_of("NATO");
        assert!(members.contains(&"NOR") && !members.contains(&"CHE") && members.len() > 30);
        assert!(!known.members_of("the International Criminal Court").contains(&"USA"));
        assert!(known.members_of("no such body").is_empty());
    }
}
