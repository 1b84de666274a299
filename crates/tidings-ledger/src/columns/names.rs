//! What the numbers of the columns stand for.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, params};
use tidings_text::fold;

use crate::days;
use crate::records::number;

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub fn insert(&mut self, number: usize) {
        if self.0.len() <= number / 64 {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    pub fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// How many there are.
    pub fn count(&self) -> i64 {
        self.0.iter().map(|word| i64::from(word.count_ones())).sum()
    }

    /// Those that are in one of them.
    pub fn or(mut self, other: &Self) -> Self {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// Those that are in both.
    pub fn and(mut self, other: &Self) -> Self {
        self.0.truncate(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a &= b);
        self
    }
}

impl FromIterator<usize> for Bits {
    fn from_iter<I: IntoIterator<Item = usize>>(numbers: I) -> Self {
        let mut bits = Self::default();
        numbers.into_iter().for_each(|number| bits.insert(number));
        bits
    }
}

/// Words by number, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Codes {
    names: Vec<String>,
    numbers: BTreeMap<String, u16>,
}

impl Codes {
    /// The number of a word; a new one where it is met for the first time. The last number is for all that are too many.
    pub fn enter(&mut self, name: &str) -> u16 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u16::try_from(self.names.len()).unwrap_or(u16::MAX);
        if number < u16::MAX {
            self.names.push(name.to_owned());
            self.numbers.insert(name.to_owned(), number);
        }
        number
    }

    pub fn find(&self, name: &str) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    pub fn name(&self, number: u16) -> &str {
        self.names.get(usize::from(number)).map_or("…", String::as_str)
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }
}

/// Somebody who takes part in events.
#[derive(Clone, Debug, Default)]
pub(crate) struct Actor {
    pub entity: String,
    pub kind: String,
    pub name: String,
    /// As it is looked for.
    pub folded: String,
    /// Number of the country; 0 if it has none.
    pub country: u16,
    pub sector: String,
}

/// Where something was.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    pub name: String,
    pub country: Option<String>,
    pub geonames: Option<i64>,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
}

/// That a document came out somewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Publication {
    pub document: u32,
    pub outlet: u16,
    /// [`super::segment::UNDATED`] if it is not known.
    pub day: i32,
    pub since: u32,
}

/// Actors, places, outlets and what came out where; a row of the file by its number.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub kinds: Codes,
    pub statuses: Codes,
    /// The first one is no country.
    pub countries: Codes,
    /// The first one is no outlet.
    pub outlets: Codes,
    pub actors: Vec<Actor>,
    /// Number of the country of each actor, close together.
    pub country_of: Vec<u16>,
    pub places: Vec<Place>,
    pub publications: Vec<Publication>,
    last_publication: i64,
}

impl Default for Names {
    fn default() -> Self {
        let empty = || {
            let mut codes = Codes::default();
            codes.enter("");
            codes
        };
        Self {
            kinds: Codes::default(),
            statuses: Codes::default(),
            countries: empty(),
            outlets: empty(),
            // Rows of the file begin with 1.
            actors: vec![Actor::default()],
            country_of: vec![0],
            places: vec![Place::default()],
            publications: Vec::new(),
            last_publication: 0,
        }
    }
}

fn index(row: &Row, column: usize) -> rusqlite::Result<usize> {
    Ok(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}

/// Puts an item at its number; rows come in their order.
fn put<T: Default>(items: &mut Vec<T>, place: usize, item: T) {
    while items.len() < place {
        items.push(T::default());
    }
    items.push(item);
}

impl Names {
    /// Reads what has been added to the file.
    pub fn refresh(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.read_actors(connection)?;
        self.read_places(connection)?;
        self.read_publications(connection)
    }

    fn read_actors(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut find = connection.prepare_cached(
            "SELECT id, entity, kind, name, ifnull(country, ''), sector FROM actor WHERE id >= ?1 ORDER BY id",
        )?;
        let mut rows = find.query([number(self.actors.len())])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(3)?;
            let actor = Actor {
                entity: row.get(1)?,
                kind: row.get(2)?,
                folded: fold(&name),
                name,
                country: self.countries.enter(row.get_ref(4)?.as_str()?),
                sector: row.get(5)?,
            };
            put(&mut self.country_of, index(row, 0)?, actor.country);
            put(&mut self.actors, index(row, 0)?, actor);
        }
        Ok(())
    }

    fn read_places(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut find = connection.prepare_cached(
            "SELECT id, name, country, geonames, latitude, longitude FROM place WHERE id >= ?1 ORDER BY id",
        )?;
        let mut rows = find.query([number(self.places.len())])?;
        while let Some(row) = rows.next()? {
            let place = Place {
                name: row.get(1)?,
                country: row.get(2)?,
                geonames: row.get(3)?,
                latitude: row.get(4)?,
                longitude: row.get(5)?,
            };
            put(&mut self.places, index(row, 0)?, place);
        }
        Ok(())
    }

    fn read_publications(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut find = connection.prepare_cached(
            "SELECT id, document, ifnull(outlet, ''), ifnull(published, ''), since FROM publication \
             WHERE id > ?1 ORDER BY id",
        )?;
        let mut rows = find.query(params![self.last_publication])?;
        let mut last: (String, i32) = (String::new(), super::segment::UNDATED);
        while let Some(row) = rows.next()? {
            self.last_publication = row.get(0)?;
            // Neighbours mostly came out on one day.
            let day = row.get_ref(3)?.as_str()?;
            if day != last.0 {
                let number = days::interval(day).map_or(super::segment::UNDATED, |d| d.0);
                last = (day.to_owned(), number);
            }
            self.publications.push(Publication {
                document: row.get(1)?,
                outlet: self.outlets.enter(row.get_ref(2)?.as_str()?),
                day: last.1,
                since: row.get(4)?,
            });
        }
        Ok(())
    }

    /// The actors that are called so or are of this country.
    pub fn actors_of(&self, who: &str) -> Bits {
        let country = self.countries.find(who).filter(|c| *c > 0);
        let fits = |a: &Actor| Some(a.country) == country || a.entity == who;
        self.actors.iter().enumerate().skip(1).filter(|(_, a)| fits(a)).map(|(n, _)| n).collect()
    }

    /// Bits that every event of an actor has: one of its country and one of its own.
    pub fn hint(&self, actor: usize) -> u64 {
        let country = self.country_of.get(actor).copied().unwrap_or(0);
        1 << (country % 32) | 1 << (32 + actor % 32)
    }

    /// Bits of which every event of one of these has one at least.
    pub fn hint_of(&self, actors: &Bits) -> u64 {
        let numbers = (0..self.actors.len()).filter(|n| actors.has(*n));
        let one = actors.count() == 1;
        numbers
            .fold(0, |bits, n| bits | if one { self.hint(n) >> 32 << 32 } else { self.hint(n) & 0xffff_ffff })
    }

    /// The places with this name or in this country.
    pub fn places_of(&self, place: &str) -> Bits {
        let fits = |p: &Place| p.name == place || p.country.as_deref() == Some(place);
        self.places.iter().enumerate().skip(1).filter(|(_, p)| fits(p)).map(|(n, _)| n).collect()
    }

    /// The documents that an outlet published.
    pub fn documents_of(&self, outlet: &str) -> Bits {
        let Some(outlet) = self.outlets.find(outlet) else { return Bits::default() };
        self.publications.iter().filter(|p| p.outlet == outlet).map(|p| p.document as usize).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_was_put_in_and_meet() {
        let a: Bits = [1, 64, 200].into_iter().collect();
        let b: Bits = [64, 65].into_iter().collect();
        assert!(a.has(1) && a.has(200) && !a.has(2) && !a.has(100_000));
        let both = a.and(&b);
        assert!(both.has(64) && !both.has(1) && !both.has(65) && !both.has(200));
    }

    #[test]
    fn codes_keep_their_numbers() {
        let mut codes = Codes::default();
        assert_eq!([codes.enter("AID"), codes.enter("RETREAT"), codes.enter("AID")], [0, 1, 0]);
        assert_eq!(
            (codes.find("RETREAT"), codes.find("x"), codes.name(1), codes.len()),
            (Some(1), None, "RETREAT", 2)
        );
    }
}
