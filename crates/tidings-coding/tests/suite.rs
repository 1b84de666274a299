//! The sentences of `tests/suite/`: each with the coding that a careful reader expects.

mod common;

use std::path::{Path, PathBuf};

use common::{Expected, code, show};
use jiff::civil::Date;

/// One sentence with its expectations.
struct Case {
    place: String,
    text: String,
    date: Option<Date>,
    expected: Vec<(bool, String)>,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("tests/suite is there")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}

fn cases(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a suite file is readable");
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut date = None;
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if let Some(day) = line.strip_prefix("@ ") {
            date = Some(day.trim().parse().expect("a date after @"));
        } else if let Some(sentence) = line.strip_prefix("> ") {
            cases.push(Case {
                place: format!("{name}:{}", number + 1),
                text: sentence.to_owned(),
                date,
                expected: Vec::new(),
            });
        } else if !line.is_empty() && !line.starts_with('#') {
            let (must, rest) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
            cases
                .last_mut()
                .expect("a sentence before its expectation")
                .expected
                .push((must, rest.to_owned()));
        }
    }
    cases
}

#[test]
fn sentences_are_coded_as_a_careful_reader_expects() {
    let mut wrong = Vec::new();
    let mut known = 0;
    for case in files().iter().flat_map(|f| cases(f)) {
        let report = code(&case.text, case.date);
        for (must, line) in &case.expected {
            let right = if line == "nothing" {
                report.events().next().is_none()
            } else {
                Expected::parse(line).found_in(&report)
            };
            match (right, must) {
                (false, true) => wrong.push(format!(
                    "{} {}\n    expected {line}\n    found    {}",
                    case.place,
                    case.text,
                    show(&report)
                )),
                (true, false) => wrong.push(format!("{} passes now: take away its '?'", case.place)),
                (false, false) => known += 1,
                (true, true) => {}
            }
        }
    }
    println!("{known} expectations are known to fail");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
