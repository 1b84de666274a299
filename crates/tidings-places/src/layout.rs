//! The compiled form of the tables, written by `build.rs` and read in place by `gazetteer.rs`.
//!
//! * `names.fst`: folded name, or `=` and an abbreviation as written → index of its first posting; the postings of a
//!   name follow each other.
//! * `postings.bin`: 3 bytes each: number of the place (18 bits), how the name names it, whether it is the last.
//! * `places.bin`: one row of [`ROW`] bytes a place: countries, divisions by code, regions, towns.
//! * `strings.bin`: the names, and behind a tab the code of a country or division.
//! * `first_division.in`: the number of the first division.

/// Bytes of a posting.
pub const POSTING: usize = 3;
/// Bits of a posting that number the place.
pub const PLACE_BITS: u32 = 18;
/// Set on the last posting of a name.
pub const LAST: u32 = 1 << 23;

/// The name on the map.
pub const PREFERRED: u32 = 0;
/// Another name: exonym, older spelling.
pub const OTHER: u32 = 1;
/// The name of a division without the word that says so: "Rapides" for "Rapides Parish".
pub const SHORT: u32 = 2;
/// "Norwegian".
pub const ADJECTIVE: u32 = 3;
/// "TX", "Tenn.".
pub const ABBREVIATION: u32 = 4;

/// Bytes of a place: id 4, latitude 3, longitude 3, string 4, division 2, country 1, kind 1, population 1, names 1.
pub const ROW: usize = 20;
/// Units a degree of the 3-byte coordinates, which are counted from 90° south and 180° west.
pub const PER_DEGREE: f64 = 40_000.0;
/// The population byte is this times the natural logarithm.
pub const PER_LOG: f64 = 12.0;
/// Bits of the string column that give the offset; the rest is the length.
pub const OFFSET_BITS: u32 = 24;

/// What sort of place; the order is that of the numbers in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Kind {
    /// A state or territory.
    Country,
    /// A division of the first order: state, province, governorate.
    FirstDivision,
    /// A division of the second order: county, district.
    SecondDivision,
    /// A continent.
    Continent,
    /// A region that is no division: "Middle East", "Donbas", "Appalachia", also deserts, islands, mountains.
    Region,
    /// A sea, lake, river, strait.
    Water,
    /// The capital of a country.
    Capital,
    /// The seat of a division of the first order.
    Seat,
    /// The seat of a smaller division.
    LesserSeat,
    /// Any other town or village.
    Town,
    /// A part of a town.
    Quarter,
}

/// All kinds, in order.
pub const KINDS: [Kind; 11] = [
    Kind::Country,
    Kind::FirstDivision,
    Kind::SecondDivision,
    Kind::Continent,
    Kind::Region,
    Kind::Water,
    Kind::Capital,
    Kind::Seat,
    Kind::LesserSeat,
    Kind::Town,
    Kind::Quarter,
];
