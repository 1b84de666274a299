//! Whose table a file is and where its columns are, by its first line.

use crate::sets::{Fault, Set};

/// How a file is read.
#[derive(Debug)]
pub struct Shape {
    /// Whose table.
    pub set: Set,
    /// Whether its first line names the columns.
    pub header: bool,
    /// Where each column of the set is in the file.
    pub places: Vec<Option<usize>>,
    separator: char,
    /// Fields of a row: at least, at most.
    fields: [usize; 2],
}

/// Columns by which a header is known.
const MARKS: [(Set, [&str; 2]); 5] = [
    (Set::Gdelt, ["GLOBALEVENTID", "EventCode"]),
    (Set::Icews, ["Event ID", "CAMEO Code"]),
    (Set::Polecat, ["Event Type", "Quad Code"]),
    (Set::Phoenix, ["EventID", "SourceActorFull"]),
    (Set::Petrarch, ["date", "code"]),
];

/// Names of columns that changed.
const RENAMED: [(&str, &str); 2] =
    [("Event Intensity", "Intensity"), ("Action Geo Full Name", "ActionGeo_FullName")];

/// Columns that GDELT 1.0 lacks.
const DIVISIONS: [&str; 3] = ["Actor1Geo_ADM2Code", "Actor2Geo_ADM2Code", "ActionGeo_ADM2Code"];
/// Columns of GDELT 2.0, of 1.0 since April 2013, and before that without the address.
const GDELT: [usize; 3] = [61, 58, 57];
/// Columns that PETRARCH always writes.
const PETRARCH: usize = 4;
/// And with all that can be switched on.
const PETRARCH_ALL: usize = 13;

impl Shape {
    /// What the first line says; `set` if the user said whose it is.
    pub fn of(line: &str, set: Option<Set>) -> Result<Self, String> {
        let separator = if line.contains('\t') || !line.contains(',') { '\t' } else { ',' };
        let fields = split(line, separator).ok_or("quotation marks that do not end")?;
        let names: Vec<String> = fields.iter().map(|f| plain(f)).collect();
        let named = |(_, marks): &&(Set, [&str; 2])| marks.iter().all(|mark| names.contains(&plain(mark)));
        if let Some((found, _)) = MARKS.iter().filter(|(of, _)| set.is_none_or(|set| set == *of)).find(named)
        {
            return Ok(Self::with_header(*found, &names, separator));
        }
        let found = set.or_else(|| by_row(&fields)).ok_or_else(|| {
            format!(
                "{} columns, the first one '{}': this is no table that is known",
                fields.len(),
                shown(&fields)
            )
        })?;
        Self::without_header(found, fields.len(), separator)
    }

    fn with_header(set: Set, names: &[String], separator: char) -> Self {
        let find = |name: &str| {
            let old = RENAMED.iter().find(|(_, new)| *new == name).map(|(old, _)| plain(old));
            names.iter().position(|n| *n == plain(name) || Some(n) == old.as_ref())
        };
        let places = set.columns().map(|c| find(c.name)).collect();
        Self { set, header: true, places, separator, fields: [names.len(); 2] }
    }

    fn without_header(set: Set, count: usize, separator: char) -> Result<Self, String> {
        let all = set.columns().count();
        let right = match set {
            Set::Gdelt => GDELT.contains(&count),
            Set::Petrarch => (PETRARCH..=PETRARCH_ALL).contains(&count),
            Set::Icews | Set::Polecat | Set::Phoenix => count == all,
        };
        if !right {
            return Err(format!(
                "{count} columns; {} has {all}, and a header where they are others",
                set.name()
            ));
        }
        let short = set == Set::Gdelt && count < all;
        let mut next = 0;
        let places = set.columns().map(|column| {
            if short && DIVISIONS.contains(&column.name) {
                return None;
            }
            next += 1;
            (next <= count).then_some(next - 1)
        });
        let places = places.collect();
        let fields = if set == Set::Petrarch { [PETRARCH, PETRARCH_ALL] } else { [count; 2] };
        Ok(Self { set, header: false, places, separator, fields })
    }

    /// The fields of a row.
    pub fn fields(&self, line: &str) -> Result<Vec<String>, Fault> {
        let wrong =
            |what: String, hint: &str| Fault { column: 0, name: String::new(), what, hint: hint.to_owned() };
        let fields = split(line, self.separator)
            .ok_or_else(|| wrong("quotation marks that do not end".to_owned(), "a row is one line"))?;
        let [least, most] = self.fields;
        if fields.len() < least || fields.len() > most {
            let expected = if least == most { least.to_string() } else { format!("{least} to {most}") };
            let what = format!("{} columns where {expected} are expected", fields.len());
            return Err(wrong(what, "is a tab inside a name, or the line cut short?"));
        }
        Ok(fields)
    }
}

/// The set of a file without a header, by its first row.
fn by_row(fields: &[String]) -> Option<Set> {
    let digits = |n: usize, most: usize| {
        fields
            .get(n)
            .is_some_and(|f| !f.is_empty() && f.len() <= most && f.bytes().all(|b| b.is_ascii_digit()))
    };
    match fields.len() {
        n if GDELT.contains(&n) && digits(0, 20) && digits(1, 8) => Some(Set::Gdelt),
        26 if digits(1, 8) && digits(2, 4) => Some(Set::Phoenix),
        PETRARCH..=PETRARCH_ALL if digits(0, 8) && fields[0].len() == 8 && digits(3, 4) => {
            Some(Set::Petrarch)
        }
        _ => None,
    }
}

/// Letters and digits of a name: `event_id`, "Event ID" and `EventID` are one.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn shown(fields: &[String]) -> String {
    let first = fields.first().map(String::as_str).unwrap_or_default();
    first.chars().take(30).map(|c| if c.is_control() { '?' } else { c }).collect()
}

/// Fields between tabs are as they are; between commas they may stand in quotation marks.
fn split(line: &str, separator: char) -> Option<Vec<String>> {
    if separator == '\t' {
        return Some(line.split('\t').map(str::to_owned).collect());
    }
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
    let mut record = csv::StringRecord::new();
    // A mark that does not end takes the rest of the line, and there is no other sign of it.
    let marks = line.matches('"').count();
    let read = reader.read_record(&mut record).unwrap_or(false);
    (read && marks.is_multiple_of(2)).then(|| record.iter().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_known_by_its_header_however_it_is_spelt() {
        let set = |line: &str| Shape::of(line, None).map(|shape| (shape.set, shape.header));
        assert_eq!(set("event_id\tevent_date\tcameo_code"), Ok((Set::Icews, true)));
        assert_eq!(set("GLOBALEVENTID,SQLDATE,EventCode"), Ok((Set::Gdelt, true)));
        assert_eq!(set("Event ID\tEvent Type\tEvent Intensity\tQuad Code"), Ok((Set::Polecat, true)));
        let shape = Shape::of("Event ID\tEvent Type\tEvent Intensity\tQuad Code", None).expect("a shape");
        assert_eq!(shape.places[4], Some(2));
    }

    #[test]
    fn a_table_without_a_header_is_known_by_its_first_row() {
        let row = |count: usize, first: &[&str]| {
            let mut cells = vec![""; count];
            cells[..first.len()].copy_from_slice(first);
            cells.join("\t")
        };
        let set = |line: &str| Shape::of(line, None).map(|shape| shape.set).ok();
        for count in GDELT {
            assert_eq!(set(&row(count, &["1042", "20160811"])), Some(Set::Gdelt));
        }
        assert_eq!(set(&row(8, &["20160811", "USA", "CHN", "042"])), Some(Set::Petrarch));
        assert_eq!(set(&row(26, &["1", "20160811", "2016"])), Some(Set::Phoenix));
        assert_eq!(set(&row(60, &["1042", "20160811"])), None);
        // Without the three columns of divisions the address is the 58th.
        let old = Shape::of(&row(58, &["1042", "20160811"]), None).expect("a shape");
        assert_eq!((old.places[60], old.places[39]), (Some(57), None));
    }

    #[test]
    fn what_is_no_table_is_told() {
        let told = |line: &str, set| Shape::of(line, set).map(|_| ()).expect_err("no table");
        assert!(told("Dear editor", None).contains("1 columns, the first one 'Dear editor'"));
        assert!(told("a\tb\tc", Some(Set::Gdelt)).contains("3 columns; gdelt has 61"));
        assert!(told("\"a,b", None).contains("quotation marks"));
    }
}
