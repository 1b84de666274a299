//! Bad input is normal input: what each kind of file gives. Texts and JSONL here, the others in files of their own.

mod archives;
mod feeds;
mod packed;
mod pages;
mod places;
mod sentences;
mod tables;

use std::fs;
use std::io::Write;

use tempfile::TempDir;

use std::path::PathBuf;

use tidings_document::{DateBasis, Document, Known, PartKind, parse_date};

use super::*;
use crate::items::hash_id;

const REPORT: &str =
    "Norway thanks Iceland\n\nNorway thanked Iceland on Monday for sending back the boats.\n";

/// Reads a file of that name and content.
fn read(name: &str, content: impl AsRef<[u8]>) -> Vec<Result<Document, ReadError>> {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, content).unwrap();
    path(file, ReadOptions::default()).collect()
}

fn one(name: &str, content: impl AsRef<[u8]>) -> Document {
    let mut read = read(name, content);
    assert_eq!(read.len(), 1, "{read:?}");
    read.remove(0).unwrap()
}

fn codes(document: &Document) -> Vec<&str> {
    document.warnings.iter().map(|w| w.code).collect()
}

/// The message without the folder.
fn message(error: &ReadError) -> String {
    let message = error.to_string();
    let name = error.file.rsplit('/').next().unwrap();
    message.replace(&error.file, name)
}

#[test]
fn a_text_file_is_one_document() {
    let document = one("thanks.txt", REPORT);
    assert_eq!((document.id.as_str(), document.title.as_deref()), ("thanks", Some("Norway thanks Iceland")));
    assert_eq!((document.text.as_str(), document.language.as_str()), (REPORT, "en"));
    assert_eq!((document.publication, document.outlet), (None, None));
    assert!(document.warnings.is_empty());
}

#[test]
fn fields_of_jsonl_are_used_and_others_are_kept() {
    let line = r#"{"id":"n1","text":"Norway thanked Iceland.","title":"Thanks","date":"3 March 2026","outlet":"Delta Post","url":"https://deltapost.example/1","desk":"world","page":4}"#;
    let document = one("briefs.jsonl", line);
    assert_eq!(document.id, "n1");
    assert_eq!(document.title.as_deref(), Some("Thanks"));
    assert_eq!(document.outlet.as_deref(), Some("Delta Post"));
    assert_eq!(document.url.as_deref(), Some("https://deltapost.example/1"));
    let publication = document.publication.unwrap();
    assert_eq!(
        (publication.date.to_string().as_str(), publication.basis),
        ("2026-03-03", DateBasis::Metadata)
    );
    assert_eq!(publication.explanation, "the field date says \"3 March 2026\"");
    let extra: Vec<&String> = document.extra.keys().collect();
    assert_eq!(extra, ["desk", "page"]);
}

#[test]
fn what_the_user_says_goes_before_what_the_input_says() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a.jsonl");
    fs::write(&file, r#"{"text":"Norway thanked Iceland.","date":"2026-03-03","outlet":"Delta Post"}"#)
        .unwrap();
    let known = Known { date: parse_date("2026-03-04"), outlet: Some("Fjord Times".to_owned()) };
    let options = ReadOptions { known, ..ReadOptions::default() };
    let document = path(file, options).next().unwrap().unwrap();
    assert_eq!(document.outlet.as_deref(), Some("Fjord Times"));
    assert_eq!(document.publication.unwrap().basis, DateBasis::Option);
}

#[test]
fn the_content_decides_what_a_file_is() {
    let lines = "\n{\"text\":\"Norway thanked Iceland.\"}\n\n{\"text\":\"Iceland thanked Norway.\"}\n";
    assert_eq!(read("no_ending", lines).len(), 2);
    assert_eq!(read("text.txt", lines).len(), 2);
    assert_eq!(one("braces.txt", "{sic} Norway thanked Iceland.").text, "{sic} Norway thanked Iceland.");
    assert_eq!(one("broken.txt", "{\"Norway\" thanked Iceland.").parts.len(), 1);
}

#[test]
fn jsonl_without_an_id_is_named_after_file_and_line() {
    let ids: Vec<String> =
        read("briefs.ndjson", "{\"text\":\"One.\"}\n\n{\"text\":\"Two.\"}\n{\"id\":7,\"text\":\"Three.\"}")
            .into_iter()
            .map(|d| d.unwrap().id)
            .collect();
    assert_eq!(ids, ["briefs-1", "briefs-3", "7"]);
}

#[test]
fn a_text_without_a_name_is_named_by_its_hash() {
    assert_eq!(hash_id("Norway thanked Iceland."), hash_id("Norway thanked Iceland."));
    assert_eq!(hash_id("Norway thanked Iceland.").len(), 12);
    assert_ne!(hash_id("Norway thanked Iceland."), hash_id("Iceland thanked Norway."));
}

#[test]
fn a_broken_line_is_named_and_the_others_are_read() {
    let lines = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n{\"text\":\"Drei ist größer\" \"x\"}\n{\"text\":\"Four.\"}\n";
    let read = read("briefs.jsonl", lines);
    assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, true, false, true]);
    assert_eq!(
        message(read[2].as_ref().unwrap_err()),
        "briefs.jsonl:3:27: broken JSON: expected `,` or `}`\n  hint: mend or remove this line; the other lines are read"
    );
}

#[test]
fn lines_that_are_no_report_say_why() {
    for (line, what) in [
        (r#"{"id":"1"}"#, "the field text is missing"),
        (r#"{"text":5}"#, "the field text is a number, not a string"),
        (r#"{"text":null}"#, "the field text is null, not a string"),
        (r#"["text"]"#, "the line is a list, not an object"),
        (r#""text""#, "the line is a string, not an object"),
    ] {
        let read = read("briefs.jsonl", format!("{{\"text\":\"One.\"}}\n{line}\n"));
        let error = message(read[1].as_ref().unwrap_err());
        assert!(error.starts_with(&format!("briefs.jsonl:2:1: {what}\n  hint: ")), "{error}");
    }
}

#[test]
fn a_line_cut_off_in_the_middle_is_an_error_at_its_end() {
    let read = read("briefs.jsonl", "{\"text\":\"One.\"}\n{\"text\":\"Tw");
    let error = message(read[1].as_ref().unwrap_err());
    assert!(error.starts_with("briefs.jsonl:2:11: broken JSON: EOF"), "{error}");
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    let line = format!("{{\"text\":\"One.\",\"deep\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let read = read("deep.jsonl", format!("{line}\n{{\"text\":\"Two.\"}}"));
    assert!(read[0].as_ref().unwrap_err().what.contains("recursion limit"));
    assert!(read[1].is_ok());
}

#[test]
fn other_fields_of_a_wrong_type_are_a_warning() {
    let document =
        one("a.jsonl", r#"{"text":"Norway thanked Iceland.","title":["x"],"outlet":null,"date":20260303}"#);
    assert_eq!(codes(&document), ["wrong-type"]);
    assert!(document.warnings[0].message.contains("the field title is a list"));
    assert!(document.extra.contains_key("title") && document.outlet.is_none());
    assert_eq!(document.publication.unwrap().date.to_string(), "2026-03-03");
}

#[test]
fn json_over_several_lines_is_explained() {
    for content in [
        "{\n  \"text\": \"Norway thanked Iceland.\"\n}\n",
        "[{\"text\":\"One.\"},\n{\"text\":\"Two.\"}]",
        "[\n{}]",
    ] {
        let read = read("briefs.json", content);
        let error = message(read[0].as_ref().unwrap_err());
        assert!(
            error.contains("not one object per line") && error.contains("hint: ") && error.contains("jq"),
            "{error}"
        );
        assert_eq!(read.len(), 1);
    }
}

#[test]
fn an_unknown_date_is_a_warning_and_the_dateline_counts() {
    let line =
        r#"{"text":"OSLO, March 3, 2026 (AP) — Norway thanked Iceland for the boats.","date":"03/04/2026"}"#;
    let document = one("a.jsonl", line);
    assert_eq!(codes(&document), ["unknown-date"]);
    assert!(document.warnings[0].message.contains("\"03/04/2026\""));
    assert_eq!(document.publication.unwrap().basis, DateBasis::Dateline);
}

#[test]
fn an_id_that_comes_again_is_a_warning() {
    let read = read("a.jsonl", "{\"id\":\"x\",\"text\":\"One.\"}\n{\"id\":\"x\",\"text\":\"Two.\"}");
    assert!(codes(read[0].as_ref().unwrap()).is_empty());
    assert_eq!(codes(read[1].as_ref().unwrap()), ["duplicate-id"]);
}

#[test]
fn an_empty_file_is_an_empty_document() {
    for (name, content) in
        [("a.txt", ""), ("a.txt", " \r\n\n"), ("a.jsonl", ""), ("a.jsonl", "\n"), ("a.txt", "\u{FEFF}")]
    {
        let document = one(name, content);
        assert_eq!(codes(&document), ["empty"], "{name}");
        assert!(document.parts.is_empty() && document.id == "a");
    }
    assert_eq!(codes(&one("a.jsonl", r#"{"text":" "}"#)), ["empty"]);
}

#[test]
fn a_missing_file_is_named() {
    let mut read = path(PathBuf::from("no/such/report.txt"), ReadOptions::default());
    let error = read.next().unwrap().unwrap_err().to_string();
    assert!(error.starts_with("no/such/report.txt: there is no such file\n  hint: "), "{error}");
    assert!(read.next().is_none());
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("secret.txt");
    fs::write(&file, REPORT).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::File::open(&file).is_ok() {
        return; // root may read everything
    }
    let error = path(file, ReadOptions::default()).next().unwrap().unwrap_err();
    assert_eq!(error.what, "may not be read");
}

#[test]
fn binary_files_are_refused_by_name() {
    for content in [b"%PDF-1.7\n%\xe2\xe3".as_slice(), &[0, 159, 146, 150, 0, 1, 2, 3, 0, 0, 7]] {
        for name in ["report.txt", "report.jsonl", "report"] {
            let read = read(name, content);
            let error = message(read[0].as_ref().unwrap_err());
            assert!(error.starts_with(&format!("{name}: is ")) && error.contains("\n  hint: "), "{error}");
        }
    }
}

#[test]
fn binary_content_behind_a_readable_line_is_refused() {
    let mut content = b"A readable line\n".to_vec();
    content.extend([0, 1, 2, 3, 200].repeat(500));
    assert!(read("report.txt", content)[0].is_err());
}

#[test]
fn invalid_bytes_are_counted() {
    let document = one("a.txt", b"Troms\xc3\xb8 thanked Reykjav\xc3\xadk \xff\xfe for the boats.");
    assert_eq!(codes(&document), ["invalid-utf8"]);
    assert!(document.warnings[0].message.starts_with("2 bytes"));
    assert_eq!(document.text, "Tromsø thanked Reykjavík \u{FFFD}\u{FFFD} for the boats.");
    let line = one("a.jsonl", b"{\"text\":\"Troms\xc3\xb8 thanked \xffceland.\"}");
    assert_eq!((codes(&line), line.text.as_str()), (vec!["invalid-utf8"], "Tromsø thanked \u{FFFD}celand."));
}

#[test]
fn a_text_in_an_encoding_of_old_is_read_with_a_warning() {
    let document = one("a.txt", b"Norway thanked Iceland in the caf\xe9 \x93Gar\xe7on\x94 on Monday.");
    assert_eq!(document.text, "Norway thanked Iceland in the café \u{201C}Garçon\u{201D} on Monday.");
    assert_eq!(codes(&document), ["detected-encoding"]);
    assert!(document.warnings[0].message.contains("windows-1252"), "{}", document.warnings[0].message);
}

#[test]
fn byte_order_marks_are_no_text() {
    assert_eq!(one("a.txt", format!("\u{FEFF}{REPORT}")).text, REPORT);
    assert_eq!(one("a.jsonl", "\u{FEFF}{\"text\":\"Norway.\"}").text, "Norway.");
    let low: Vec<u8> = format!("\u{FEFF}{REPORT}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let high: Vec<u8> = "\u{FEFF}{\"text\":\"Norðurland\"}\n{\"text\":\"Two.\"}"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    assert_eq!(one("a.txt", low).text, REPORT);
    let lines = read("a.jsonl", high);
    assert_eq!((lines.len(), lines[0].as_ref().unwrap().text.as_str()), (2, "Norðurland"));
}

#[test]
fn nul_characters_are_kept_and_counted() {
    let text = "Norway thanked\0 Iceland on Monday for sending back all of the boats.\0";
    let document = one("a.txt", text);
    assert_eq!((document.text.as_str(), codes(&document)), (text, vec!["nul-characters"]));
    assert!(document.warnings[0].message.starts_with("2 NUL"));
    assert_eq!(codes(&one("a.jsonl", r#"{"text":"Norway\u0000 thanked Iceland."}"#)), ["nul-characters"]);
}

#[test]
fn line_ends_and_marks_of_direction_stay_where_they_are() {
    let text = "\u{200F}Norway thanks Iceland\r\n\r\n\u{202B}Norway\u{202C} thanked Iceland on Monday for the boats.\r\n";
    let document = one("a.txt", text);
    assert_eq!(document.text, text);
    assert_eq!(document.title.as_deref(), Some("Norway thanks Iceland"));
    assert_eq!(
        document.parts.iter().map(|p| p.kind).collect::<Vec<_>>(),
        [PartKind::Headline, PartKind::Body]
    );
}

#[test]
fn another_language_is_a_warning() {
    let text = "Der norwegische Außenminister dankte am Montag seinem Amtskollegen in Reykjavik und sagte, die Boote \
                würden noch vor dem Winter zurückgeschickt. Die Fischer protestierten gegen den Beschluss.";
    let document = one("a.txt", text);
    assert_eq!((document.language.as_str(), codes(&document)), ("de", vec!["not-english"]));
}

#[test]
fn a_folder_is_read_in_the_order_of_names() {
    let folder = TempDir::new().unwrap();
    for (name, content) in
        [("b.txt", REPORT), ("a.jsonl", "{\"text\":\"One.\"}"), ("c.pdf", "%PDF-1"), ("C.TXT", REPORT)]
    {
        fs::write(folder.path().join(name), content).unwrap();
    }
    fs::create_dir(folder.path().join("more.txt")).unwrap();
    let ids: Vec<String> =
        path(folder.path().to_owned(), ReadOptions::default()).map(|d| d.unwrap().id).collect();
    assert_eq!(ids, ["C", "a-1", "b"]);
}

#[test]
fn a_folder_without_reports_is_an_error_with_a_hint() {
    let folder = TempDir::new().unwrap();
    let error = path(folder.path().to_owned(), ReadOptions::default()).next().unwrap().unwrap_err();
    assert_eq!(error.what, "the folder holds no report");
    assert!(error.hint.contains(".txt"));
}

#[test]
fn nothing_is_opened_before_it_is_asked_for() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("later.txt");
    let mut documents = path(file.clone(), ReadOptions::default());
    fs::write(&file, REPORT).unwrap();
    assert!(documents.next().unwrap().is_ok());
}

#[test]
fn a_hundred_megabytes_in_one_line_are_read() {
    let sentence = "Norway thanked Iceland on Monday for sending back the boats. ";
    let document = one("long.txt", sentence.repeat(100_000_000 / sentence.len() + 1));
    assert!(document.text.len() >= 100_000_000);
    assert_eq!((document.parts.len(), document.language.as_str()), (1, "en"));
}

#[test]
fn documents_can_be_read_in_another_thread() {
    fn sendable(_: impl Iterator<Item = Result<Document, ReadError>> + Send + 'static) {}
    sendable(path(PathBuf::from("-"), ReadOptions::default()));
}

fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}
