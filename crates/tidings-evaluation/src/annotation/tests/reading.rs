//! Files that cannot be scored say why, where, and what to do.

use std::path::Path;

use super::super::{Collection, Role, evaluate, parse, read};
use super::raid;

const DOCUMENT: &str = r#"{"record": "document", "id": "wire"}"#;

fn gold(text: &str) -> Result<Collection, String> {
    parse(Path::new("g.jsonl"), text, Role::Gold).map_err(|e| e.to_string())
}

fn system(text: &str) -> Result<Collection, String> {
    parse(Path::new("s.jsonl"), text, Role::System).map_err(|e| e.to_string())
}

fn ids(collection: &Collection) -> Vec<&str> {
    collection.documents.iter().map(|(id, _)| id.as_str()).collect()
}

#[track_caller]
fn refused(result: Result<Collection, String>, parts: &[&str]) {
    let message = result.expect_err("an error");
    for part in parts.iter().chain(&["\n  hint: "]) {
        assert!(message.contains(part), "no {part:?} in:\n{message}");
    }
}

#[test]
fn lines_that_are_no_records() {
    refused(system("{\"record\": \"event\"}\n\n{\"record\": oops}\n"), &["s.jsonl:3:12: not JSON: "]);
    refused(system("{\"record\": \"event\", \"id\""), &["s.jsonl:1:", "not JSON"]);
    refused(system("[1, 2]"), &["s.jsonl:1:", "the field `record`"]);
    refused(system("{\"event_type\": \"ASSAULT\"}"), &["s.jsonl:1:1: no record", "--format records"]);
    refused(system(&"[".repeat(100_000)), &["s.jsonl:1:"]);
}

#[test]
fn fields_of_the_wrong_type() {
    let event = |fields: &str| system(&format!("{{\"record\": \"event\", {fields}}}"));
    refused(event("\"source\": \"Norway\""), &["s.jsonl:1:38: ", "expected a sequence"]);
    refused(event("\"source\": [\"Norway\"]"), &["an actor: an object with name, country, sector"]);
    refused(event("\"trigger\": [{\"start\": -5, \"end\": 2}]"), &["-5"]);
    refused(event("\"trigger\": [{\"start\": 99999999999, \"end\": 2}]"), &["99999999999"]);
    assert!(event("\"source\": null, \"cameo\": 51, \"date\": null").is_ok());
    refused(system("{\"record\": \"entity\", \"name\": \"Norway\"}"), &["the entity has no id"]);
}

#[test]
fn gold_needs_all_that_is_scored() {
    refused(gold(""), &["g.jsonl: there is no document record"]);
    refused(gold("{\"record\": \"document\"}"), &["g.jsonl:1:1: the document has no `id`"]);
    for field in ["sentence", "plover", "kind"] {
        let mut event = raid();
        event.as_object_mut().unwrap().remove(field);
        refused(gold(&format!("{DOCUMENT}\n{event}")), &["g.jsonl:2:1: the event has no ", field]);
    }
    let mut event = raid();
    event["tier"] = "vital".into();
    refused(gold(&format!("{DOCUMENT}\n{event}")), &["no tier (core, secondary or optional)"]);
}

#[test]
fn whose_records_they_are() {
    let other = r#"{"record": "document", "id": "other"}"#;
    let timex = r#"{"record": "timex", "doc": "story", "start": 1, "end": 2}"#;
    let two =
        system(&format!("{timex}\n{DOCUMENT}\n{timex}\n{other}\n{timex}\n{DOCUMENT}\n{timex}\n")).unwrap();
    assert_eq!(ids(&two), ["wire", "other"]);
    assert_eq!(two.documents.iter().map(|(_, r)| r.timexes.len()).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(ids(&system(timex).unwrap()), ["story"]);
    assert_eq!(ids(&parse(Path::new("a/brief.v2.jsonl"), "", Role::System).unwrap()), ["brief"]);
    assert_eq!(ids(&system(&format!("\u{FEFF}{DOCUMENT}\r\n")).unwrap()), ["wire"]);
}

#[test]
fn a_document_of_many_thousand_records_is_no_document() {
    let many = |count: usize| system(&"{\"record\": \"timex\"}\n".repeat(count));
    assert!(many(3_000).is_ok());
    refused(many(3_001), &["document 's' has 3001 records of one kind, more than 3000"]);
}

#[test]
fn records_of_other_kinds_are_counted() {
    let read = system(&format!(
        "{DOCUMENT}\n{{\"record\": \"claim\"}}\n{{\"record\": \"claim\"}}\n{{\"record\": \"sentence\"}}"
    ))
    .unwrap();
    assert_eq!(read.unknown.into_iter().collect::<Vec<_>>(), [("claim".to_owned(), 2)]);
}

#[test]
fn folders() {
    let folder = tempfile::tempdir().unwrap();
    let read = |role| read(folder.path(), role).map_err(|e| e.to_string());
    refused(read(Role::System), &["there is no file of records in this folder", "--format records"]);
    let write = |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content).unwrap();
    write("b.jsonl", DOCUMENT.as_bytes());
    write("a.jsonl", DOCUMENT.replace("wire", "first").as_bytes());
    write(".hidden.jsonl", b"oops");
    write("readme.txt", b"oops");
    assert_eq!(ids(&read(Role::Gold).unwrap()), ["first", "wire"]);
    write("c.jsonl", DOCUMENT.as_bytes());
    refused(read(Role::Gold), &["c.jsonl: document 'wire' is in ", "b.jsonl too"]);
    write("c.jsonl", b"{\"record\": \"document\", \"id\": \"c\"}\n{\"record\": \"caf\xe9\"}\n");
    refused(read(Role::Gold), &["c.jsonl:2:16: not UTF-8"]);
    let missing = super::super::read(&folder.path().join("nowhere"), Role::Gold).map_err(|e| e.to_string());
    refused(missing, &["nowhere: cannot be read"]);
}

#[test]
fn documents_are_paired_by_id_and_single_ones_without() {
    let document = |id: &str| DOCUMENT.replace("wire", id);
    let of = |ids: &[&str], role| {
        parse(Path::new("x.jsonl"), &ids.iter().map(|id| document(id) + "\n").collect::<String>(), role)
            .unwrap()
    };
    let pair = |gold: &[&str], system: &[&str]| evaluate(&of(gold, Role::Gold), &of(system, Role::System));
    let both = pair(&["a", "b"], &["b", "c"]).unwrap();
    assert_eq!((both.without_system, both.without_gold), (vec!["a".to_owned()], vec!["c".to_owned()]));
    assert!(pair(&["a"], &["z"]).unwrap().without_gold.is_empty());
    let error = pair(&["a", "b"], &["y", "z"]).unwrap_err().to_string();
    assert!(error.contains("'a'") && error.contains("'y'") && error.contains("hint: "), "{error}");
}
