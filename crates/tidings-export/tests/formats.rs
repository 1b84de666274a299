//! Rows of many kinds, written and read back.

use std::collections::BTreeMap;
use std::io::{self, Write};

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};
use tidings_export::{Format, Table, Writer, gexf, table, write};

/// Names as an attacker or a careless editor gives them.
const HOSTILE: [&str; 6] = [
    "Robert'); DROP TABLE event; --",
    "<script>alert(\"x\")</script> & ]]>",
    "two\nlines, with \"marks\"; and a comma",
    "=cmd|' /C calc'!A0",
    "\u{202e}الأمم المتحدة\u{0}\u{1b}[31m",
    "NA",
];

fn events() -> Vec<Value> {
    let mut rows: Vec<Value> = HOSTILE
        .iter()
        .enumerate()
        .map(|(n, name)| {
            json!({
                "event_id": format!("e{n}"), "event_date": format!("2016-02-{:02}", n + 1), "source": name,
                "event_type": "CONSULT", "quad_class": 1, "plover_score": 2.5, "latitude": 59.9, "longitude": -10.75,
                "n_reports": 3,
            })
        })
        .collect();
    rows.push(json!({"event_id": "bare", "event_date": "", "event_type": "AID", "mode": ""}));
    rows
}

fn written(format: Format, table: &Table, rows: &[Value]) -> Vec<u8> {
    let mut out = Vec::new();
    assert_eq!(write(format, table, rows, &mut out).expect("written"), rows.len());
    out
}

fn of(name: &str) -> &'static Table {
    table(name).expect("a table")
}

#[test]
fn csv_keeps_every_name_as_it_is_and_missing_empty() {
    let bytes = written(Format::Csv, of("events"), &events());
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(header.len(), of("events").columns.len());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|r| r.expect("a row")).collect();
    let names: Vec<&str> = rows.iter().map(|r| r["source"].as_str()).collect();
    assert_eq!(names[..6], HOSTILE);
    assert_eq!((rows[0]["event_date"].as_str(), rows[0]["plover_score"].as_str()), ("2016-02-01", "2.5"));
    assert_eq!((rows[6]["event_date"].as_str(), rows[6]["latitude"].as_str()), ("", ""));
}

#[test]
fn json_lines_have_every_column_and_json_stays_json() {
    let rows = [json!({"report_id": "r", "record": "{\"trigger\":[]}", "link": null, "event_type": "AID"})];
    let bytes = written(Format::Jsonl, of("reports"), &rows);
    let row: Value = serde_json::from_slice(&bytes).expect("JSON");
    assert_eq!(row.as_object().expect("an object").len(), of("reports").columns.len());
    assert_eq!((&row["record"], &row["link"]), (&json!({"trigger": []}), &Value::Null));
}

#[test]
fn parquet_has_the_types_that_every_reader_knows() {
    let bytes = written(Format::Parquet, of("events"), &events());
    let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("Parquet");
    assert_eq!(reader.metadata().file_metadata().num_rows(), 7);
    let rows: Vec<BTreeMap<String, Field>> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| row.expect("a row").get_column_iter().map(|(k, v)| (k.clone(), v.clone())).collect())
        .collect();
    for (row, name) in rows.iter().zip(HOSTILE) {
        assert_eq!(row["source"], Field::Str(name.to_owned()));
    }
    assert_eq!(rows[0]["event_date"], Field::Date(16_832));
    assert_eq!((&rows[0]["quad_class"], &rows[0]["latitude"]), (&Field::Long(1), &Field::Double(59.9)));
    assert_eq!((&rows[6]["event_date"], &rows[6]["mode"]), (&Field::Null, &Field::Str(String::new())));
}

#[test]
fn parquet_of_many_rows_has_many_groups_and_of_none_is_a_table_still() {
    let rows: Vec<Value> =
        (0..70_000).map(|n| json!({"period": n.to_string(), "events": n, "reports": 1})).collect();
    let reader = |rows: &[Value]| {
        let bytes = written(Format::Parquet, of("series"), rows);
        SerializedFileReader::new(bytes::Bytes::from(bytes)).expect("Parquet")
    };
    let many = reader(&rows);
    assert_eq!((many.num_row_groups(), many.metadata().file_metadata().num_rows()), (2, 70_000));
    let none = reader(&[]);
    assert_eq!((none.num_row_groups(), none.metadata().file_metadata().num_rows()), (0, 0));
}

#[test]
fn points_have_longitude_first_and_a_row_without_a_place_stays() {
    let bytes = written(Format::GeoJson, of("events"), &events());
    let map: Value = serde_json::from_slice(&bytes).expect("JSON");
    let features = map["features"].as_array().expect("features");
    assert_eq!(features.len(), 7);
    assert_eq!(features[0]["geometry"], json!({"type": "Point", "coordinates": [-10.75, 59.9]}));
    assert_eq!(
        (&features[0]["id"], &features[1]["properties"]["source"]),
        (&json!("e0"), &json!(HOSTILE[1]))
    );
    assert_eq!(features[6]["geometry"], Value::Null);
    let empty: Value = serde_json::from_slice(&written(Format::GeoJson, of("map"), &[])).expect("JSON");
    assert_eq!(empty["features"], json!([]));
}

#[test]
fn a_network_is_well_formed_whatever_the_names() {
    let nodes: Vec<Value> =
        HOSTILE.iter().map(|name| json!({"entity": name, "name": name, "events": 2})).collect();
    let edges = [json!({"source": HOSTILE[0], "target": HOSTILE[1], "events": 2, "mean_score": -3.5})];
    let mut out = Vec::new();
    gexf((of("nodes"), &nodes), (of("edges"), &edges), &mut out).expect("written");
    let text = String::from_utf8(out).expect("UTF-8");
    let tree = roxmltree::Document::parse(&text).expect("XML");
    let found = |name: &str| {
        tree.descendants().filter(|n| n.has_tag_name(("http://gexf.net/1.3", name))).collect::<Vec<_>>()
    };
    let labels: Vec<&str> = found("node").iter().filter_map(|n| n.attribute("label")).collect();
    assert_eq!((labels[1], labels[2]), (HOSTILE[1], HOSTILE[2]));
    assert_eq!(found("edge")[0].attribute("target"), Some(HOSTILE[1]));
    assert_eq!(found("edge")[0].attribute("weight"), Some("2"));
}

#[test]
fn what_cannot_be_written_is_told_with_row_and_column() {
    let told = |name: &str, format: Format, row: Value| {
        write(format, of(name), [row], &mut Vec::new()).expect_err("an error").to_string()
    };
    for (row, what) in [
        (json!({"event_date": "soon"}), "row 1: column `event_date`: \"soon\" is no ISO day"),
        (json!({"quad_class": "four"}), "column `quad_class`: \"four\" is no whole number"),
        (json!({"n_reports": 1.5}), "1.5 is no whole number"),
        (json!({"source": ["a", "b"]}), "column `source`: [\"a\",\"b\"] is no text"),
        (json!({"colour": "red"}), "no column describes the field `colour`"),
        (json!("text"), "\"text\" is no row"),
        (json!({"latitude": "x".repeat(1_000_000)}), "xxx… is no number"),
    ] {
        let error = told("events", Format::Csv, row);
        assert!(error.contains(what) && error.contains("hint:") && error.len() < 400, "{error}");
    }
    let error = told("actors", Format::GeoJson, json!({}));
    assert!(error.contains("no coordinates"), "{error}");
    let error = "xlsx".parse::<Format>().expect_err("no format").to_string();
    assert!(error.contains("csv, jsonl, parquet, geojson"), "{error}");
}

#[test]
fn a_value_of_a_million_characters_comes_out_whole() {
    let long = "é".repeat(1_000_000);
    let rows = [json!({"entity": "x", "name": long})];
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        assert!(
            written(format, of("actors"), &rows).len()
                > if format == Format::Parquet { 1_000 } else { 2_000_000 }
        );
    }
}

#[test]
fn the_same_rows_are_the_same_bytes() {
    for format in Format::ALL {
        assert_eq!(written(format, of("events"), &events()), written(format, of("events"), &events()));
    }
}

#[test]
fn a_full_disk_is_told() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
    }
    for format in Format::ALL {
        let write = || -> tidings_export::Result<usize> {
            let mut writer = Writer::new(format, of("events"), Full)?;
            writer.row(&json!({"event_id": "e"}))?;
            writer.finish()
        };
        let error = write().expect_err("no room").to_string();
        assert!(error.contains("cannot be written") && error.contains("disk full"), "{error}");
    }
}
