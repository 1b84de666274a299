//! A file of Stata, section by section; `.ci/exports` has pandas and R read it as well.

use std::io::Cursor;

use serde_json::{Value, json};
use tidings_export::{Format, stata, table, write};

fn made(rows: &[Value]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("events.csv");
    let mut file = std::fs::File::create(&path).expect("made");
    write(Format::Csv, table("events").expect("a table"), rows, &mut file).expect("written");
    let mut out = Cursor::new(Vec::new());
    stata(table("events").expect("a table"), &path, &mut out).expect("written");
    out.into_inner()
}

fn section<'b>(bytes: &'b [u8], name: &str) -> &'b [u8] {
    let find =
        |tag: String| bytes.windows(tag.len()).position(|w| w == tag.as_bytes()).map(|at| (at, tag.len()));
    let (begin, length) = find(format!("<{name}>")).expect("the section begins");
    let (end, _) = find(format!("</{name}>")).expect("the section ends");
    &bytes[begin + length..end]
}

#[test]
fn the_map_points_at_every_section() {
    let bytes = made(&[json!({"event_id": "e", "event_type": "AID", "event_date": "2016-08-11"})]);
    let map: Vec<usize> = section(&bytes, "map")
        .chunks(8)
        .map(|c| usize::try_from(u64::from_le_bytes(c.try_into().expect("eight bytes"))).expect("small"))
        .collect();
    let names = [
        "<stata_dta>",
        "<map>",
        "<variable_types>",
        "<varnames>",
        "<sortlist>",
        "<formats>",
        "<value_label_names>",
        "<variable_labels>",
        "<characteristics>",
        "<data>",
        "<strls>",
        "<value_labels>",
        "</stata_dta>",
    ];
    for (offset, name) in map.iter().zip(names) {
        assert!(bytes[*offset..].starts_with(name.as_bytes()), "{name}");
    }
    assert_eq!((map.len(), map[13]), (14, bytes.len()));
}

#[test]
fn codes_have_labels_days_count_from_1960_and_long_texts_stand_at_the_end() {
    let long = "ж".repeat(500_000);
    let bytes = made(&[
        json!({"event_id": "a", "event_type": "CONSULT", "event_date": "1960-01-03", "sentence": long}),
        json!({"event_id": "b", "event_type": "WORSHIP", "sentence": ""}),
    ]);
    let labels = String::from_utf8_lossy(section(&bytes, "value_labels")).into_owned();
    assert!(
        labels.contains("CONSULT\0")
            && labels.contains("WORSHIP\0")
            && labels.contains("verbal cooperation\0")
    );
    let texts = section(&bytes, "strls");
    assert!(texts.starts_with(b"GSO") && texts.len() > 1_000_000);
    assert_eq!(texts.windows(3).filter(|w| w == b"GSO").count(), 1);
    // The first variable is the id, one byte wide; the second the day.
    let data = section(&bytes, "data");
    assert_eq!((data[0], i32::from_le_bytes(data[1..5].try_into().expect("four bytes"))), (b'a', 2));
}

#[test]
fn a_blank_at_the_end_of_a_text_stays() {
    let texts = |source: &str| {
        let bytes = made(&[json!({"event_id": "a", "event_type": "AID", "source": source})]);
        section(&bytes, "strls").windows(3).filter(|w| w == b"GSO").count()
    };
    assert_eq!((texts("Norway"), texts("Norway ")), (0, 1));
}

#[test]
fn no_rows_are_a_file_still() {
    let bytes = made(&[]);
    assert!(section(&bytes, "data").is_empty() && section(&bytes, "N") == [0; 8]);
}
