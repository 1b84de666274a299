//! Bad input is normal input: never a panic, never silence, and the rest is done.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::time::{Duration, Instant};

use crate::harness::{DAY, Folder, Outcome, argument, command, tidings, tidings_reading};

/// Codes `input` as a plain text; the events as flat JSON.
fn coded(input: impl AsRef<[u8]>) -> Outcome {
    tidings_reading(input.as_ref(), &["code", "--format", "jsonl", "--date", DAY, "-"])
}

#[track_caller]
fn has_event(outcome: &Outcome, source: &str, kind: &str, target: &str) {
    let found = outcome
        .json()
        .iter()
        .any(|e| e["source"] == source && e["event_type"] == kind && e["target"] == target);
    let begins: String = outcome.data.chars().take(2_000).collect();
    assert!(found, "no {source} {kind} {target} in:\n{begins}");
}

#[test]
fn an_empty_file_has_no_events_and_a_warning() {
    let folder = Folder::new();
    for (name, content) in [("empty.txt", ""), ("blank.txt", " \n\n\t\n")] {
        let outcome = tidings(&["code", "--format", "jsonl", &folder.file(name, content)]).ended(1);
        assert_eq!(outcome.data, "");
        assert!(outcome.talk.contains("there is no text"), "{}", outcome.talk);
    }
    let outcome = tidings(&["code", &folder.file("empty.jsonl", "")]);
    assert_ne!(outcome.code, Some(0));
    assert_ne!(outcome.data + &outcome.talk, "", "silence");
}

#[test]
fn a_binary_file_is_refused() {
    let folder = Folder::new();
    let noise: Vec<u8> = (0..50_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let pictures =
        [("noise.bin", noise), ("photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\xff\xd8".repeat(40))];
    for (name, bytes) in pictures {
        let outcome = tidings(&["code", &folder.file(name, bytes)]).ended(2);
        assert!(outcome.talk.contains(name) && outcome.talk.contains("hint: "), "{}", outcome.talk);
        assert_eq!(outcome.data, "");
    }
}

#[test]
fn broken_utf8_is_read_with_a_warning_that_counts_the_bytes() {
    let outcome = coded(
        b"France condemned Germany on Monday. The caf\xc3\xa9 and the na\xc3\xafve \xff were closed.\n",
    )
    .ended(0);
    has_event(&outcome, "France", "ACCUSE", "Germany");
    assert!(outcome.talk.contains("1 bytes are not valid UTF-8"), "{}", outcome.talk);
}

#[test]
fn an_encoding_of_old_is_detected_and_told() {
    let outcome =
        coded(b"France condemned Germany on Monday. The caf\xe9 and the na\xefve were closed.\n").ended(0);
    has_event(&outcome, "France", "ACCUSE", "Germany");
    assert!(outcome.talk.contains("read as windows-1252"), "{}", outcome.talk);
}

#[test]
fn a_broken_third_line_is_named_and_the_others_are_coded() {
    let folder = Folder::new();
    let input = "\
{\"id\": \"one\", \"text\": \"France condemned Germany on Monday.\"}
{\"id\": \"two\", \"text\": \"Norway thanked Iceland on Monday.\"}
{\"id\": \"three\", \"text\": oops}
{\"id\": \"four\", \"text\": \"Kenya condemned Japan on Monday.\"}
";
    let path = folder.file("wires.jsonl", input);
    let outcome = tidings(&["code", "--format", "jsonl", &path]).ended(2);
    let ids: Vec<_> = outcome.json().iter().map(|e| e["document_id"].clone()).collect();
    assert_eq!(ids, ["one", "two", "four"]);
    assert!(outcome.talk.starts_with(&format!("error: {path}:3:25: ")), "{}", outcome.talk);
    assert!(outcome.talk.contains("\n  hint: "), "{}", outcome.talk);
}

#[test]
fn a_line_without_a_text_is_named() {
    let input = "{\"id\": \"one\"}\n[1, 2]\n{\"id\": \"two\", \"text\": 7}\n{\"text\": \"Kenya condemned Japan on Monday.\"}\n";
    let outcome = tidings_reading(input.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(2);
    assert_eq!(outcome.json().len(), 1);
    for line in 1..=3 {
        assert!(outcome.talk.contains(&format!("{line}:")), "line {line} is not named:\n{}", outcome.talk);
    }
    assert_eq!(outcome.talk.matches("error: ").count(), 3, "{}", outcome.talk);
}

#[test]
fn a_date_in_the_metadata_that_cannot_be_read_is_a_warning() {
    let line = r#"{"id": "a", "date": "Thurs 32 October", "text": "France condemned Germany on Monday."}"#;
    let outcome = tidings_reading(line.as_bytes(), &["code", "--format", "jsonl", "-"]).ended(0);
    assert!(
        outcome.talk.starts_with("warning: a: ") && outcome.talk.contains("Thurs 32 October"),
        "{}",
        outcome.talk
    );
    let event = &outcome.json()[0];
    assert!(event["published"].is_null() && event["event_date"].is_null(), "no date is invented: {event}");
}

#[test]
fn another_language_is_named_and_no_event_is_invented() {
    let texts = [
        "Frankreich hat am Montag die Bundesregierung scharf kritisiert. Der Außenminister sagte in Berlin, man werde \
         die Vorwürfe prüfen und den Botschafter einbestellen. Die Opposition forderte den Rücktritt des Ministers.\n",
        "Le président français a condamné lundi les frappes aériennes. Le ministre des Affaires étrangères a convoqué \
         l'ambassadeur et demandé des explications au gouvernement voisin.\n",
        "Министр иностранных дел осудил удары по городу и потребовал созвать заседание Совета Безопасности.\n",
    ];
    for text in texts {
        let outcome = coded(text).ended(1);
        assert_eq!(outcome.data, "");
        assert!(outcome.talk.contains("[not-english]"), "{text}: {}", outcome.talk);
    }
}

#[test]
fn a_sentence_of_ten_thousand_words_is_read_to_its_end() {
    let text = format!("{}Kenya thanked Japan.\n", "France condemned Germany and ".repeat(2_499));
    let begun = Instant::now();
    let outcome = coded(&text).ended(0);
    has_event(&outcome, "France", "ACCUSE", "Germany");
    assert!(outcome.talk.contains("[long-sentence]"), "{}", outcome.talk);
    let words = tidings_reading(text.as_bytes(), &["analyze", "--quiet", "-"]).ended(0).data;
    assert_eq!(words.matches("\tcondemned\t").count(), 2_499);
    assert_eq!(words.matches("\tthanked\t").count(), 1);
    // Quadratic work would take an hour; a busy machine may take minutes.
    assert!(begun.elapsed() < Duration::from_secs(400), "{:?}", begun.elapsed());
}

#[test]
fn nul_bytes_are_kept_and_told() {
    let outcome = coded("France condemned Germany\0 on Monday.\0 Norway thanked Iceland.\n").ended(0);
    has_event(&outcome, "France", "ACCUSE", "Germany");
    has_event(&outcome, "Norway", "SUPPORT", "Iceland");
    assert!(outcome.talk.contains("2 NUL characters"), "{}", outcome.talk);
}

#[test]
fn marks_of_direction_change_neither_the_coding_nor_the_line() {
    let text = "\u{202e}France\u{202c} condemned \u{200f}Germany\u{200e} on Monday. \u{2067}Norway\u{2069} thanked Iceland.\n";
    let outcome = coded(text).ended(0);
    has_event(&outcome, "France", "ACCUSE", "Germany");
    has_event(&outcome, "Norway", "SUPPORT", "Iceland");
    assert!(outcome.data.contains('\u{200f}'), "the text is kept in the data");
    let table = tidings_reading(text.as_bytes(), &["code", "-"]).ended(0).data;
    assert!(!table.contains(['\u{202e}', '\u{200f}', '\u{2067}']), "{table}");
}

#[test]
fn deep_quotation_is_read_without_harm() {
    let mut text = "France condemned Germany".to_owned();
    for level in 0..200 {
        let (open, close) = if level % 2 == 0 { ('“', '”') } else { ('‘', '’') };
        text = format!("{open}{text},{close} Norway said");
    }
    let open_only = format!("{} France condemned Germany on Monday.\n", "“‘\"(".repeat(200));
    for text in [text + ".\n", open_only] {
        let outcome = coded(&text);
        assert!(matches!(outcome.code, Some(0 | 1)), "{:?}: {}", outcome.code, outcome.talk);
    }
}

#[test]
fn controls_in_the_text_cannot_move_the_cursor() {
    let text = "France condemned Germany\u{1b}[2J\u{7} on Monday.\r\nNorway thanked\u{8} Iceland.\n";
    let table = tidings_reading(text.as_bytes(), &["code", "-"]);
    assert!(!table.data.contains(['\u{1b}', '\u{7}', '\u{8}']), "{}", table.data);
}

#[test]
fn a_hundred_megabytes_in_one_line_are_bounded_in_time_and_memory() {
    let folder = Folder::new();
    let path = folder.path("dump.txt");
    let mut file = BufWriter::new(File::create(&path).expect("a file"));
    let words = "Norway thanked Iceland for its help in Oslo on Monday and France condemned Germany, ";
    for _ in 0..100_000_000 / words.len() {
        file.write_all(words.as_bytes()).expect("writes");
    }
    file.flush().expect("writes");
    drop(file);
    let arguments = ["code", "--longest", "20000", "--format", "csv", &argument(&path)];
    let mut child = command(&arguments).stdout(std::process::Stdio::null()).spawn().expect("starts");
    let (mut peak, mut worked) = (0, Duration::ZERO);
    while child.try_wait().expect("waits").is_none() {
        peak = peak.max(peak_memory(child.id()).unwrap_or(0));
        worked = worked.max(processor_time(child.id()).unwrap_or_default());
        std::thread::sleep(Duration::from_millis(20));
    }
    let outcome: Outcome = child.wait_with_output().expect("ends").into();
    assert!(outcome.talk.contains("[truncated]"), "{}", outcome.talk);
    assert_eq!(outcome.code, Some(0), "{}", outcome.talk);
    assert!(worked < Duration::from_secs(120), "{worked:?} of processor time");
    assert!(peak < 800_000_000, "{} MB", peak / 1_000_000);
}

/// Bytes that a process has had in memory at most; Linux tells.
fn peak_memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// How long processors have worked for a process, whatever else the machine does; Linux tells, in hundredths of a second.
fn processor_time(process: u32) -> Option<Duration> {
    let status = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = status.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(11)? + ticks(12)?)))
}
