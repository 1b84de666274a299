//! One flat line an event, as CSV or JSON, with the same columns in the same order (docs/cli.md explains each).
//!
//! Missing is empty (CSV) or null (JSON); several values of one column are joined by "; ".

use tidings::Report;
use tidings_batches::{EventRow, event_rows};

use crate::errors::Failure;

/// Names of the columns, as a line of CSV.
pub fn header() -> Result<Vec<u8>, Failure> {
    let with_header = write(true, std::iter::once(EventRow::default()))?;
    let end = with_header.iter().position(|b| *b == b'\n').map_or(with_header.len(), |at| at + 1);
    Ok(with_header[..end].to_vec())
}

/// The events as lines of CSV, without the header.
pub fn csv(report: &Report) -> Result<Vec<u8>, Failure> {
    write(false, event_rows(report))
}

fn write<'r>(header: bool, rows: impl Iterator<Item = EventRow<'r>>) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::WriterBuilder::new().has_headers(header).from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|e| Failure::from(csv::Error::from(e.into_error())))
}

/// The events as JSON, one a line.
pub fn jsonl(report: &Report) -> Result<Vec<u8>, Failure> {
    super::json_lines(event_rows(report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings::records::{ActorRef, DateRecord, Event, Record};

    fn report() -> Report {
        let actor = |name: &str, country: Option<&str>| ActorRef {
            name: name.to_owned(),
            country: country.map(str::to_owned),
            sector: vec!["GOV".to_owned(), "MIL".to_owned()],
            ..ActorRef::default()
        };
        let mut event = Event { id: "E01".to_owned(), doc: "a, \"b\"".to_owned(), ..Event::default() };
        event.source = vec![actor("Norway", Some("NOR")), actor("the rebels", None)];
        event.date = Some(DateRecord { value: Some("2016-08-11".to_owned()), ..DateRecord::default() });
        Report { records: vec![Record::Event(Box::new(event))] }
    }

    #[test]
    fn csv_has_as_many_cells_as_the_header() {
        let mut text = header().expect("header");
        text.extend(csv(&report()).expect("rows"));
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let names = reader.headers().expect("header").clone();
        let row = reader.records().next().expect("one row").expect("same number of cells");
        let cell = |name: &str| row.get(names.iter().position(|n| n == name).expect("column")).expect("cell");
        assert_eq!(cell("document_id"), "a, \"b\"");
        assert_eq!(cell("source"), "Norway; the rebels");
        assert_eq!(cell("source_country"), "NOR; ");
        assert_eq!(cell("source_sector"), "GOV MIL; GOV MIL");
        assert_eq!(cell("event_date"), "2016-08-11");
        assert_eq!(cell("killed"), "");
    }

    #[test]
    fn json_has_the_columns_of_the_csv() {
        let line = jsonl(&report()).expect("rows");
        let value: serde_json::Value = serde_json::from_slice(&line).expect("JSON");
        let keys: Vec<&str> = value.as_object().expect("object").keys().map(String::as_str).collect();
        assert_eq!(keys.join(","), String::from_utf8(header().expect("header")).expect("UTF-8").trim_end());
        assert!(value["killed"].is_null());
    }

    #[test]
    fn the_manual_explains_every_column() {
        let manual = include_str!("../../../../docs/cli.md");
        let header = String::from_utf8(header().expect("header")).expect("UTF-8");
        for name in header.trim_end().split(',') {
            assert!(manual.contains(&format!("`{name}`")), "docs/cli.md does not explain {name}");
            assert!(name.len() <= 32);
        }
    }
}
