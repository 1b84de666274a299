//! The compiled form of the tables, as `build.rs` writes and `tables.rs` reads it.
//!
//! `strings.txt` holds every distinct string once, `offsets.bin` where each begins (u32, one more than there are strings),
//! `cells.bin` the numbers of the strings of all rows of all tables (u32, row by row). `names.fst` maps a kind of name and
//! a folded name to the place in `postings.bin` where the rows of that name begin (u32 each, the flags below on top). All
//! numbers are little-endian.

/// What is named: first byte of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Named {
    /// A state, by name or alias.
    State = b'a',
    /// A state, by what belongs to it.
    Adjective = b'b',
    /// A state, by its people.
    People = b'c',
    /// A state, by the seat of its government or a symbol for it.
    Seat = b'd',
    /// A state, by its capital.
    Capital = b'e',
    /// An organisation, armed group, party, outlet.
    Body = b'f',
    /// An office holder, by full name.
    Person = b'g',
    /// A head of state or government, by family name.
    Family = b'h',
}

/// The last row of its name.
pub const LAST: u32 = 1 << 31;
/// The row is meant only where the name stands in capitals: "US" is a state, "us" a pronoun.
pub const ACRONYM: u32 = 1 << 30;
/// The number of the row.
pub const ROW: u32 = ACRONYM - 1;
