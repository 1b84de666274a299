//! Packed files.

use super::*;

#[test]
fn packed_files_are_read_as_what_is_in_them() {
    let lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";
    for packed in [gzip(lines), zstd::encode_all(lines.as_bytes(), 3).unwrap()] {
        for name in ["briefs.jsonl.gz", "briefs.JSONL.ZST", "briefs.txt"] {
            let ids: Vec<String> = read(name, &packed).into_iter().map(|d| d.unwrap().id).collect();
            assert_eq!(ids, ["briefs-1", "briefs-2"], "{name}");
        }
    }
    assert_eq!(one("thanks.txt.gz", gzip(REPORT)).text, REPORT);
    assert_eq!(codes(&one("nothing.txt.gz", gzip(""))), ["empty"]);
    let error = read("thanks.txt.gz", gzip(gzip(REPORT))).remove(0).unwrap_err();
    assert_eq!(error.what, "is not text but a gzip archive", "an archive in an archive is not opened");
}

#[test]
fn a_packed_file_cut_off_in_the_middle_gives_what_came_before_and_an_error() {
    let lines: String =
        (0..5_000).map(|n| format!("{{\"text\":\"Report {n} of {}.\"}}\n", n * 7919)).collect();
    let mut packed = gzip(lines);
    packed.truncate(packed.len() / 2);
    let mut read = read("briefs.jsonl.gz", packed);
    let error = message(&read.pop().unwrap().unwrap_err());
    assert!(error.contains("cannot be read") && error.contains("damaged or cut off"), "{error}");
    assert!(read.len() > 1_000 && read.iter().all(Result::is_ok));
    let error = message(&super::read("thanks.txt.gz", b"\x1f\x8b\x08\x00").remove(0).unwrap_err());
    assert!(error.starts_with("thanks.txt.gz: cannot be read") && error.contains("cut off"), "{error}");
}

#[test]
fn a_document_larger_than_the_limit_is_an_error_and_the_next_one_is_read() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("long.jsonl");
    fs::write(&file, format!("{{\"text\":\"{}\"}}\n{{\"text\":\"Two.\"}}\n", "a".repeat(5_000))).unwrap();
    let options = ReadOptions { largest: 1_000, ..ReadOptions::default() };
    let lines: Vec<_> = path(file, options.clone()).collect();
    assert!(message(lines[0].as_ref().unwrap_err()).contains("longer than 1000 bytes"));
    assert_eq!(lines[1].as_ref().unwrap().text, "Two.");
    let file = folder.path().join("long.txt.gz");
    fs::write(&file, gzip("a".repeat(5_000))).unwrap();
    assert!(path(file, options).next().unwrap().unwrap_err().what.starts_with("is larger than 1000 bytes"));
}
