//! CSV, TSV, NGEC and Parquet.

use std::sync::Arc;

use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::parser::parse_message_type;

use super::*;

fn texts(read: &[Result<Document, ReadError>]) -> Vec<&str> {
    read.iter().map(|d| d.as_ref().unwrap().text.as_str()).collect()
}

fn read_with(
    name: &str,
    content: impl AsRef<[u8]>,
    options: ReadOptions,
) -> Vec<Result<Document, ReadError>> {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    path(file, options).collect()
}

fn columns(assignments: &[&str]) -> ReadOptions {
    let columns = assignments.iter().map(|a| Columns::parse(a).unwrap()).collect();
    ReadOptions { columns, ..ReadOptions::default() }
}

#[test]
fn rows_of_a_table_are_reports() {
    let commas = "ID,Headline,Body,Published,Source,URL,Desk\n\
                  n1,Thanks,\"Norway thanked Iceland\nat length.\",2026-03-03,Delta Post,https://deltapost.example/1,world\n\
                  n2,,Iceland thanked Norway.,,,,\n";
    for (name, table) in [("briefs.csv", commas.to_owned()), ("briefs", commas.replace(',', ";"))] {
        let read = read(name, table);
        assert_eq!(texts(&read), ["Norway thanked Iceland\nat length.", "Iceland thanked Norway."], "{name}");
        let first = read[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.title.as_deref()), ("n1", Some("Thanks")));
        assert_eq!(first.outlet.as_deref(), Some("Delta Post"));
        assert_eq!(first.url.as_deref(), Some("https://deltapost.example/1"));
        assert_eq!(first.publication.as_ref().unwrap().date.to_string(), "2026-03-03");
        assert_eq!(first.extra["Desk"], "world");
        assert_eq!(read[1].as_ref().unwrap().outlet, None);
    }
}

#[test]
fn a_table_packed_and_in_the_encoding_of_a_spreadsheet_is_read() {
    let table = b"date;text\n2026-03-03;The caf\xe9 was closed.\n2026-03-04;It is open.\n";
    let read = read("briefs.csv.gz", gzip(table));
    assert_eq!(texts(&read), ["The café was closed.", "It is open."]);
    assert_eq!(codes(read[0].as_ref().unwrap()), ["detected-encoding"]);
    assert!(codes(read[1].as_ref().unwrap()).is_empty());
    assert_eq!(read[1].as_ref().unwrap().id, "briefs-3");
    let utf16: Vec<u8> =
        "\u{FEFF}date\ttext\n2026-03-03\tTromsø\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(texts(&super::read("briefs.tsv", utf16)), ["Tromsø"]);
}

#[test]
fn quotation_marks_of_a_table_with_tabs_are_frames_only_where_they_frame() {
    let framed = "id\ttext\n1\t\"Norway\tthanked \"\"Iceland\"\".\"\n2\tTwo.\n";
    assert_eq!(texts(&read("a.tsv", framed)), ["Norway\tthanked \"Iceland\".", "Two."]);
    let free = "id\ttext\n1\t\"No, said the minister.\n2\tTwo.\n3\t\"Yes.\n";
    assert_eq!(texts(&read("a.tsv", free)), ["\"No, said the minister.", "Two.", "\"Yes."]);
}

#[test]
fn a_row_with_too_few_cells_is_named_and_the_others_are_read() {
    let read = read("briefs.csv", "id,text\n1,One.\n2\n3,Three.\n");
    let error = message(read[1].as_ref().unwrap_err());
    assert!(error.starts_with("briefs.csv:3:1: the row has 1 cells, the header 2\n  hint: "), "{error}");
    assert_eq!(read[2].as_ref().unwrap().text, "Three.");
}

#[test]
fn a_table_without_a_column_of_texts_says_which_columns_it_has() {
    let table = "day,words\n2026-03-03,One.\n";
    let error = message(read("a.csv", table)[0].as_ref().unwrap_err());
    assert!(error.contains("no column with texts; the columns are: day, words"), "{error}");
    assert!(error.contains("--column text=NAME"), "{error}");
    let document = read_with("a.csv", table, columns(&["text=words", "date=day"])).remove(0).unwrap();
    assert_eq!(document.text, "One.");
    assert_eq!(document.publication.unwrap().date.to_string(), "2026-03-03");
    let error = read_with("a.csv", "day,text\nx,One.\n", columns(&["text=words"])).remove(0).unwrap_err();
    assert!(error.what.contains("no column named words"), "{error}");
    let lines = "{\"words\":\"One.\"}\n{\"text\":\"x\"}";
    let lines = read_with("a.jsonl", lines, columns(&["text=words"]));
    assert_eq!(lines[0].as_ref().unwrap().text, "One.");
    assert_eq!(lines[1].as_ref().unwrap_err().what, "the field words is missing");
}

#[test]
fn a_quotation_mark_left_open_does_not_fill_the_memory() {
    let options = ReadOptions { largest: 10_000, ..ReadOptions::default() };
    let table = format!("id,text\n1,One.\n2,\"Two. {}", "3,Three.\n".repeat(1_000_000));
    let read = read_with("a.csv", table, options);
    assert_eq!(read[0].as_ref().unwrap().text, "One.");
    let error = message(read[1].as_ref().unwrap_err());
    assert!(error.starts_with("a.csv:3:1: the row is longer than 10000 bytes"), "{error}");
    assert!(error.contains("left open") && read.len() == 2, "{error}");
}

#[test]
fn an_empty_table_is_an_empty_document() {
    for content in ["", "\n\n", "id,text\n"] {
        assert_eq!(codes(&one("a.csv", content)), ["empty"], "{content:?}");
    }
}

#[test]
fn stories_of_ngec_are_read() {
    let line = r#"{"id":"s1","date":"2026-03-02","event_type":["AID"],"event_text":"Norway thanked Iceland.","story_id":"x","publisher":"Delta Post","headline":"Thanks","pub_date":"2026-03-03","contexts":[],"version":"1"}"#;
    let document = one("stories", line);
    assert_eq!((document.id.as_str(), document.text.as_str()), ("s1", "Norway thanked Iceland."));
    assert_eq!(document.title.as_deref(), Some("Thanks"));
    assert_eq!(document.outlet.as_deref(), Some("Delta Post"));
    assert_eq!(document.publication.unwrap().date.to_string(), "2026-03-02");
    assert_eq!(document.extra["event_type"], serde_json::json!(["AID"]));
}

const SCHEMA: &str = "message reports { required binary id (UTF8); optional binary body (UTF8); \
                      optional int32 published (DATE); }";

/// A table with the columns id, body and published, five rows a group; the third body is missing.
fn parquet_table(rows: usize, compression: Compression) -> Vec<u8> {
    let properties = WriterProperties::builder().set_compression(compression).build();
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties)).unwrap();
    for group in (0..rows).collect::<Vec<_>>().chunks(5) {
        let mut columns = writer.next_row_group().unwrap();
        let ids: Vec<ByteArray> = group.iter().map(|n| format!("r{n}").into_bytes().into()).collect();
        let mut column = columns.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&ids, None, None).unwrap();
        column.close().unwrap();
        let there: Vec<i16> = group.iter().map(|n| i16::from(*n != 2)).collect();
        let body = |n: &usize| format!("Report {n} of Norway. {}", "Norway thanked Iceland. ".repeat(20));
        let bodies: Vec<ByteArray> =
            group.iter().filter(|n| **n != 2).map(|n| body(n).into_bytes().into()).collect();
        let mut column = columns.next_column().unwrap().unwrap();
        column.typed::<ByteArrayType>().write_batch(&bodies, Some(&there), None).unwrap();
        column.close().unwrap();
        let days: Vec<i32> = group.iter().map(|n| 20_515 + i32::try_from(*n).unwrap()).collect();
        let mut column = columns.next_column().unwrap().unwrap();
        column.typed::<Int32Type>().write_batch(&days, Some(&vec![1; days.len()]), None).unwrap();
        column.close().unwrap();
        columns.close().unwrap();
    }
    writer.into_inner().unwrap()
}

#[test]
fn rows_of_parquet_are_reports() {
    for compression in
        [Compression::UNCOMPRESSED, Compression::SNAPPY, Compression::ZSTD(ZstdLevel::default())]
    {
        let table = parquet_table(12, compression);
        for (name, content) in
            [("a.parquet", table.clone()), ("a.parquet.gz", gzip(&table)), ("no_ending", table)]
        {
            let read = read(name, content);
            assert_eq!(read.len(), 12, "{name}");
            let first = read[0].as_ref().unwrap();
            assert!(first.text.starts_with("Report 0 of Norway.") && first.id == "r0");
            assert_eq!(first.publication.as_ref().unwrap().date.to_string(), "2026-03-03");
            let error = message(read[2].as_ref().unwrap_err());
            assert!(
                error.starts_with(&format!("{name}: row 3: the field body is null, not a string")),
                "{error}"
            );
            assert!(read[11].as_ref().unwrap().text.starts_with("Report 11 of Norway."));
        }
    }
}

#[test]
fn texts_of_parquet_that_are_not_said_to_be_texts_are_read() {
    let schema = Arc::new(parse_message_type("message reports { required binary text; }").unwrap());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).unwrap();
    let mut columns = writer.next_row_group().unwrap();
    let mut column = columns.next_column().unwrap().unwrap();
    let texts = [ByteArray::from("Norway thanked Iceland in Tromsø.")];
    column.typed::<ByteArrayType>().write_batch(&texts, None, None).unwrap();
    column.close().unwrap();
    columns.close().unwrap();
    let document = one("a.parquet", writer.into_inner().unwrap());
    assert_eq!((document.text.as_str(), document.id.as_str()), ("Norway thanked Iceland in Tromsø.", "a-1"));
}

#[test]
fn damaged_parquet_is_an_error_and_no_crash() {
    let table = parquet_table(12, Compression::SNAPPY);
    let cut = read("a.parquet", &table[..table.len() / 2]).remove(0).unwrap_err();
    assert!(cut.what.starts_with("is no Parquet table, or a damaged one"), "{cut}");
    assert!(cut.hint.contains("complete") && read("a.parquet", "PAR1").remove(0).is_err());
    for place in (4..table.len()).step_by(11) {
        let mut damaged = table.clone();
        damaged[place] ^= 0xFF;
        assert!(!read("a.parquet", damaged).is_empty(), "silence after damage of byte {place}");
    }
}
