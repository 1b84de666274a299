//! Every reader: bytes under the name of each kind of file, with the format found or given.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tidings_readers::{Format, ReadOptions};

static FOLDER: LazyLock<TempDir> = LazyLock::new(tidings_fuzz::folder);

const NAMES: [(&str, Option<Format>); 14] = [
    ("found", None),
    ("a.txt", Some(Format::Text)),
    ("a.jsonl", Some(Format::Jsonl)),
    ("ngec.jsonl", Some(Format::Ngec)),
    ("a.csv", Some(Format::Csv)),
    ("a.tsv", Some(Format::Tsv)),
    ("a.parquet", Some(Format::Parquet)),
    ("a.html", Some(Format::Html)),
    ("a.warc", Some(Format::Warc)),
    ("a.wet", Some(Format::Wet)),
    ("a.rss", Some(Format::Feed)),
    ("a.xml", Some(Format::Petrarch)),
    ("a.gz", None),
    ("a.zst", None),
];

fuzz_target!(|data: &[u8]| {
    let Some(((name, format), bytes)) = tidings_fuzz::choice(data, &NAMES) else { return };
    let path = tidings_fuzz::file(&FOLDER, name, bytes);
    let options = ReadOptions { format, ..ReadOptions::default() };
    for read in tidings_readers::path(path, options).take(64) {
        match read {
            Ok(document) => assert!(document.parts.iter().all(|p| p.span.end <= document.text.len())),
            Err(error) => assert!(error.to_string().contains("hint:"), "{error}"),
        }
    }
});
