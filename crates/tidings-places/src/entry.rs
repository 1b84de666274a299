//! One place, read from its row.

use std::fmt;

use crate::layout::{KINDS, Kind, OFFSET_BITS, PER_DEGREE, PER_LOG, ROW};

const PLACES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/places.bin"));
const STRINGS: &str = include_str!(concat!(env!("OUT_DIR"), "/strings.bin"));
/// Number of the first division; the countries stand before.
const FIRST_DIVISION: u32 = include!(concat!(env!("OUT_DIR"), "/first_division.in"));

/// A place of the gazetteer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry(u32);

impl Entry {
    /// The place with that number; `None` beyond the last.
    pub(crate) fn at(number: u32) -> Option<Self> {
        let end = (number as usize + 1) * ROW;
        (end <= PLACES.len()).then_some(Self(number))
    }

    /// How many there are.
    pub fn count() -> usize {
        PLACES.len() / ROW
    }

    fn byte(self, at: usize) -> u8 {
        PLACES.get(self.0 as usize * ROW + at).copied().unwrap_or_default()
    }

    fn number(self, at: usize, bytes: usize) -> u32 {
        (0..bytes).rev().fold(0, |value, i| value << 8 | u32::from(self.byte(at + i)))
    }

    /// GeoNames id; `None` for regions whose id is not known.
    pub fn geonames(self) -> Option<u32> {
        Some(self.number(0, 4)).filter(|id| *id != 0)
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        degrees(self.number(4, 3), 90.0)
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        degrees(self.number(7, 3), 180.0)
    }

    fn text(self) -> &'static str {
        let column = self.number(10, 4);
        let start = (column & ((1 << OFFSET_BITS) - 1)) as usize;
        STRINGS.get(start..start + (column >> OFFSET_BITS) as usize).unwrap_or_default()
    }

    /// The name on the map.
    pub fn name(self) -> &'static str {
        self.text().split('\t').next().unwrap_or_default()
    }

    /// ISO 3166-1 alpha-3 code of a country, GeoNames code of a division ("US.TX"), empty for others.
    pub fn code(self) -> &'static str {
        self.text().split_once('\t').map_or("", |(_, code)| code)
    }

    /// What sort of place.
    pub fn kind(self) -> Kind {
        KINDS.get(usize::from(self.byte(17))).copied().unwrap_or(Kind::Town)
    }

    /// The country that it is or lies in; `None` for seas and regions of several countries.
    pub fn country(self) -> Option<Entry> {
        match self.byte(16) {
            0 => (self.kind() == Kind::Country).then_some(self),
            number => Some(Entry(u32::from(number) - 1)),
        }
    }

    /// ISO 3166-1 alpha-3 code of that country.
    pub fn country_code(self) -> Option<&'static str> {
        self.country().map(Entry::code)
    }

    /// The smallest division around it, itself not counted.
    pub fn division(self) -> Option<Entry> {
        match self.number(14, 2) {
            0 => None,
            number => Some(Entry(FIRST_DIVISION + number - 1)),
        }
    }

    /// The division of the first order that it is or lies in.
    pub fn first_division(self) -> Option<Entry> {
        match self.kind() {
            Kind::FirstDivision => Some(self),
            _ => self.division()?.first_division(),
        }
    }

    /// The division of the second order that it is or lies in.
    pub fn second_division(self) -> Option<Entry> {
        match self.kind() {
            Kind::SecondDivision => Some(self),
            _ => self.division().filter(|d| d.kind() == Kind::SecondDivision),
        }
    }

    /// Natural logarithm of the inhabitants, to a twelfth; 0 where they are not known.
    pub fn log_population(self) -> f64 {
        f64::from(self.byte(18)) / PER_LOG
    }

    /// How many other names it has, at most 255: how widely it is known.
    pub fn other_names(self) -> u8 {
        self.byte(19)
    }

    /// How precisely the place says where something happened: city, district, region, country.
    pub fn precision(self) -> &'static str {
        match self.kind() {
            Kind::Country => "country",
            Kind::FirstDivision | Kind::Continent | Kind::Region | Kind::Water => "region",
            Kind::SecondDivision | Kind::Quarter => "district",
            Kind::Capital | Kind::Seat | Kind::LesserSeat | Kind::Town => "city",
        }
    }

    /// Whether it is a town, village or part of one.
    pub fn is_town(self) -> bool {
        self.kind() >= Kind::Capital
    }

    /// Whether `other` is this place or lies in this country or division.
    pub fn holds(self, other: Entry) -> bool {
        self == other
            || match self.kind() {
                Kind::Country => other.country() == Some(self),
                Kind::FirstDivision => other.first_division() == Some(self),
                Kind::SecondDivision => other.second_division() == Some(self),
                _ => false,
            }
    }

    /// Great-circle distance in kilometres.
    pub fn distance(self, other: Entry) -> f64 {
        distance((self.lat(), self.lon()), (other.lat(), other.lon()))
    }
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{} {:?} {:?}", self.name(), self.kind(), self.geonames())
    }
}

fn degrees(units: u32, origin: f64) -> f64 {
    ((f64::from(units) / PER_DEGREE - origin) * 1e4).round() / 1e4
}

/// Great-circle distance in kilometres between two points in degrees north and east.
pub fn distance(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64, y: f64| ((x - y).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * EARTH * h.sqrt().min(1.0).asin()
}

/// Mean radius in kilometres.
const EARTH: f64 = 6371.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let (paris, london) = ((48.857, 2.352), (51.507, -0.128));
        assert!((distance(paris, london) - 344.0).abs() < 3.0);
        assert!((distance((0.0, 179.5), (0.0, -179.5)) - 111.2).abs() < 0.2);
    }

    #[test]
    fn every_row_can_be_read() {
        let entries = (0..).map_while(Entry::at);
        let mut count = 0;
        for entry in entries {
            count += 1;
            assert!(!entry.name().is_empty());
            assert!(
                (-90.0..=90.0).contains(&entry.lat()) && (-180.0..=180.0).contains(&entry.lon()),
                "{entry:?}"
            );
            assert!(
                entry.country().is_none_or(|c| c.kind() == Kind::Country && c.code().len() == 3),
                "{entry:?}"
            );
            assert!(entry.division().is_none_or(|d| d.country() == entry.country()), "{entry:?}");
        }
        assert_eq!(count, Entry::count());
        assert!(count > 200_000);
    }
}
