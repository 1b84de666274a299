//! The cells of one row of a table of others, by the names of their columns.

use std::fmt;

use jiff::civil::Date;
use serde_json::{Map, Value};

use super::Set;

/// What is wrong with a row, and in which column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Number of the column in the file, from 1.
    pub column: usize,
    /// Name of the column; empty where the whole row is wrong.
    pub name: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub hint: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.name.is_empty() {
            write!(f, "{}: ", self.name)?;
        }
        write!(f, "{}\n  hint: {}", self.what, self.hint)
    }
}

/// Longer cells are no names, codes or sentences; the ledger takes none either.
const LONGEST: usize = 100_000;

/// One row.
#[derive(Clone, Debug)]
pub struct Cells<'l> {
    set: Set,
    /// Where the columns of the set are in the file.
    places: &'l [Option<usize>],
    fields: Vec<&'l str>,
}

impl<'l> Cells<'l> {
    /// The fields of a line; `places` says which of them is which column of the set.
    pub fn new(set: Set, places: &'l [Option<usize>], fields: Vec<&'l str>) -> Result<Self, Fault> {
        if let Some(n) = fields.iter().position(|f| f.len() > LONGEST) {
            return Err(Fault {
                column: n + 1,
                name: String::new(),
                what: format!("a cell of {} bytes; at most {LONGEST} are read", fields[n].len()),
                hint: "is the file cut or joined wrongly?".to_owned(),
            });
        }
        Ok(Self { set, places, fields })
    }

    /// Number of a column in the file.
    fn place(&self, name: &str) -> Option<usize> {
        let number = self.set.columns().position(|c| c.name == name)?;
        self.places.get(number).copied().flatten()
    }

    /// What stands in a column, if anything does.
    pub fn get(&self, name: &str) -> Option<&'l str> {
        let text = self.fields.get(self.place(name)?)?.trim();
        let absent = text.is_empty() || (self.set == Set::Polecat && text == "None") || text == "---";
        (!absent).then_some(text)
    }

    /// Something is wrong in a column.
    pub fn fault(&self, name: &str, what: impl Into<String>, hint: &str) -> Fault {
        Fault {
            column: self.place(name).map_or(0, |n| n + 1),
            name: name.to_owned(),
            what: what.into(),
            hint: hint.to_owned(),
        }
    }

    /// What stands in a column that no row can lack.
    pub fn need(&self, name: &str) -> Result<&'l str, Fault> {
        self.get(name).ok_or_else(|| self.fault(name, "is empty", "every row needs it"))
    }

    /// A number in a column.
    pub fn number(&self, name: &str) -> Result<Option<f64>, Fault> {
        let read = |text: &str| {
            let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
            number.ok_or_else(|| {
                self.fault(name, format!("'{}' is no number", short(text)), "write a decimal number")
            })
        };
        self.get(name).map(read).transpose()
    }

    /// A number in a column that lies within bounds.
    pub fn within(&self, name: &str, most: f64) -> Result<Option<f64>, Fault> {
        let number = self.number(name)?;
        match number.filter(|n| n.abs() > most) {
            Some(n) => {
                Err(self.fault(name, format!("{n} lies outside -{most} to {most}"), "is it another column?"))
            }
            None => Ok(number),
        }
    }

    /// A count in a column; 0 where there is none.
    pub fn count(&self, name: &str) -> Result<u32, Fault> {
        let wrong = |text: &str| {
            self.fault(name, format!("'{}' is no count", short(text)), "write a whole number, 0 or more")
        };
        self.get(name).map_or(Ok(0), |text| text.parse().map_err(|_| wrong(text)))
    }

    /// A day in a column: 20160811 or 2016-08-11, whatever hours follow.
    pub fn day(&self, name: &str) -> Result<Option<Date>, Fault> {
        let read = |text: &str| {
            day(text).ok_or_else(|| {
                self.fault(name, format!("'{}' is no day", short(text)), "write 20160811 or 2016-08-11")
            })
        };
        self.get(name).map(read).transpose()
    }

    /// All that the row says.
    pub fn all(&self) -> Map<String, Value> {
        let cell = |name: &'static str| self.get(name).map(|text| (name.to_owned(), Value::from(text)));
        self.set.columns().filter_map(|c| cell(c.name)).collect()
    }

    /// The whole row as it was.
    pub fn line(&self) -> String {
        self.fields.join("\t")
    }
}

fn day(text: &str) -> Option<Date> {
    let digits: String = text.chars().filter(|c| *c != '-').take(8).collect();
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| digits.get(range);
    Date::new(part(0..4)?.parse().ok()?, part(4..6)?.parse().ok()?, part(6..8)?.parse().ok()?).ok()
}

/// So many characters of a wrong value are shown.
const SHOWN: usize = 40;

/// The beginning of a value.
pub fn short(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).map(|c| if c.is_control() { '?' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_spellings_and_others_are_not() {
        let known = |text| day(text).map(|d| d.to_string());
        assert_eq!(known("20160811").as_deref(), Some("2016-08-11"));
        assert_eq!(known("2016-08-11").as_deref(), Some("2016-08-11"));
        assert_eq!(known("20160811143000").as_deref(), Some("2016-08-11"));
        for wrong in ["2016", "20161301", "11/08/2016", "soon", "2016081é", ""] {
            assert_eq!(known(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_long_or_hostile_value_is_shown_short() {
        assert_eq!(short(&"x".repeat(1_000_000)).chars().count(), 41);
        assert_eq!(short("a\u{1b}[31m"), "a?[31m");
    }
}
