//! Who held which office when.

use jiff::civil::Date;

use crate::fold::fold;
use crate::layout::Named;
use crate::tables::{LEADERS, Names, Term};

/// The table of office holders.
#[derive(Debug)]
pub(crate) struct Officials;

/// One term of one person in one office.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) office: &'static str,
    pub(crate) term: Term,
    pub(crate) id: &'static str,
    pub(crate) sector: &'static str,
    /// Head of state or government.
    pub(crate) head: bool,
}

/// A person of the table at a date.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    /// The office held then, else the last one before, else the first one after.
    pub(crate) holder: Holder,
    /// Whether the office was held at that date.
    pub(crate) in_office: bool,
    /// Whether it had been left by then.
    pub(crate) left: bool,
}

impl Officials {
    /// The terms of those who bear the full name, in one of its spellings.
    fn named(&self, name: &str) -> Vec<Holder> {
        Names::of(Named::Person).rows(name).map(Holder::of).collect()
    }

    /// By the name as it is, else without a further family name or "Jr." at its end, if three words are left.
    fn by_full_name(&self, name: &str) -> Vec<Holder> {
        let found = self.named(name);
        let shorter = name.rsplit_once(' ').map(|(rest, last)| (rest.trim_end_matches(','), last));
        match shorter {
            Some((rest, last)) if found.is_empty() => {
                let junior = matches!(last, "Jr" | "Jr." | "Sr" | "Sr.");
                if junior || rest.split(' ').count() > 2 { self.named(rest) } else { found }
            }
            _ => found,
        }
    }

    /// Heads of state and government with the family name.
    fn heads(&self, surname: &str) -> Vec<Holder> {
        Names::of(Named::Family).rows(surname).map(Holder::of).collect()
    }

    /// As [`Self::at`], for a family name behind a title: "Prime Minister Lund" is not President Lund.
    pub(crate) fn titled(
        &self,
        name: &str,
        title: &str,
        country: Option<&str>,
        date: Option<Date>,
    ) -> Option<Finding> {
        let mut holders = if name.contains(' ') || date.is_none() { Vec::new() } else { self.heads(name) };
        holders.retain(|h| country.is_none_or(|c| c == h.country) && h.term.holds(date) && h.office == title);
        match holders.as_slice() {
            [holder, ..] if one_country(&holders) && one_name(&holders) => {
                Some(Finding { holder: *holder, in_office: true, left: false })
            }
            _ => self.at(name, country, date),
        }
    }

    /// The office of the named person at `date`. A last name alone finds only heads of state and government in office
    /// then (without a date: at the end of the table), or those of one country if all others are of another.
    pub(crate) fn at(&self, name: &str, country: Option<&str>, date: Option<Date>) -> Option<Finding> {
        let full = name.contains(' ');
        let mut holders = if full { self.by_full_name(name) } else { self.heads(name) };
        holders.retain(|h| country.is_none_or(|c| c == h.country));
        let current = |h: &&Holder| if date.is_some() { h.term.holds(date) } else { h.term.is_open() };
        let now: Vec<&Holder> = holders.iter().filter(current).collect();
        if let Some(holder) = now.iter().max_by_key(|h| (h.head, h.term.start())) {
            let one_person = now.iter().all(|h| {
                let same_state = h.country == holder.country || !h.id.is_empty() && h.id == holder.id;
                same_state && same_person(h, holder)
            });
            return one_person.then_some(Finding { holder: **holder, in_office: true, left: false });
        }
        if !one_country(&holders) || !(full || one_name(&holders)) {
            return None;
        }
        let before = holders.iter().filter(|h| date.is_none() || h.term.is_over(date));
        let before = before.max_by_key(|h| (h.term.end(), h.head));
        if let Some(holder) = before {
            // Without a date a term in the table says who, but not whether it lasts.
            return Some(Finding { holder: *holder, in_office: false, left: date.is_some() });
        }
        let after = holders.iter().filter(|_| full).min_by_key(|h| h.term.start())?;
        // Whoever is not in office yet is not of its sector.
        let sector = if after.term.is_ahead(date) { "" } else { after.sector };
        Some(Finding { holder: Holder { sector, ..*after }, in_office: false, left: false })
    }
}

fn same_person(a: &Holder, b: &Holder) -> bool {
    a.name == b.name || (!a.id.is_empty() && a.id == b.id) || fold(a.name) == fold(b.name)
}

fn one_country(holders: &[Holder]) -> bool {
    holders.windows(2).all(|pair| matches!(pair, [a, b] if a.country == b.country))
}

fn one_name(holders: &[Holder]) -> bool {
    holders.windows(2).all(|pair| matches!(pair, [a, b] if same_person(a, b)))
}

impl Holder {
    fn of(row: usize) -> Self {
        let [name, country, office, from, to, id, sector, surname] = LEADERS.row(row);
        Self { name, country, office, term: Term::new(from, to), id, sector, head: !surname.is_empty() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(day: &str) -> Option<Date> {
        day.parse().ok()
    }

    #[test]
    fn a_title_tells_heads_of_one_family_name_apart() {
        let day = on("2012-05-01");
        assert!(Officials.at("Lee", None, day).is_none(), "Korea and Singapore have one each");
        let found = Officials.titled("Lee", "prime minister", None, day).map(|f| f.holder.country);
        assert_eq!(found, Some("SGP"));
    }

    #[test]
    fn terms_are_over_ahead_or_not_known() {
        let at = |name: &str, day: &str| {
            Officials.at(name, None, on(day)).map(|f| (f.in_office, f.left, f.holder.sector))
        };
        assert_eq!(at("Harry S. Truman", "1950-01-01"), Some((true, false, "GOV")));
        assert_eq!(at("Harry S. Truman", "1960-01-01"), Some((false, true, "GOV")));
        assert_eq!(at("Emmanuel Macron", "2010-01-01"), Some((false, false, "")));
        assert_eq!(
            at("Dmitriy Anatolyevich Medvedev", "2015-01-01"),
            Some((true, false, "GOV")),
            "another spelling"
        );
        let seen = Officials.at("Heiko Maas", None, on("2019-06-04"));
        assert!(seen.is_some_and(|f| f.in_office));
        assert!(Officials.at("Heiko Maas", None, on("2021-06-04")).is_some_and(|f| !f.in_office && !f.left));
    }
}
