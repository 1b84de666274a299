//! The sentences of `tests/suite/`: each with the coding that a careful reader expects.
//!
//! `cargo xtask suite` sets `TIDINGS_SUITE_FINDINGS` to a file: then every expectation that comes out otherwise is
//! written there, one JSON object a line, instead of failing the test.

mod common;

use std::path::Path;

use common::{Expected, code, show, texts_in};
use jiff::civil::Date;
use serde_json::json;
use tidings_coding::Report;
use tidings_coding::records::{ActorRef, Event};

fn expected(line: &str) -> Expected {
    Expected::parse(line)
        .unwrap_or_else(|| panic!("no PLOVER type, or no number where one belongs, in '{line}'"))
}

/// One sentence with its expectations.
struct Case {
    file: String,
    line: usize,
    text: String,
    date: Option<Date>,
    expected: Vec<Expectation>,
}

/// One line below a sentence.
struct Expectation {
    line: usize,
    /// Whether it must hold today.
    must: bool,
    text: String,
}

impl Expectation {
    fn holds(&self, report: &Report) -> bool {
        match self.text.as_str() {
            "nothing" => report.events().next().is_none(),
            text => match text.strip_prefix("not ") {
                Some(other) => !expected(other).found_in(report),
                None => expected(text).found_in(report),
            },
        }
    }

    fn written(&self) -> String {
        if self.must { self.text.clone() } else { format!("? {}", self.text) }
    }
}

fn cases(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).expect("a suite file is readable");
    let file = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut date = None;
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let number = number + 1;
        if let Some(day) = line.strip_prefix("@ ") {
            date = Some(day.trim().parse().expect("a date after @"));
        } else if let Some(sentence) = line.strip_prefix("> ") {
            let text = sentence.to_owned();
            cases.push(Case { file: file.clone(), line: number, text, date, expected: Vec::new() });
        } else if !line.is_empty() && !line.starts_with('#') {
            let (must, rest) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
            let expectation = Expectation { line: number, must, text: rest.to_owned() };
            cases.last_mut().expect("a sentence before its expectation").expected.push(expectation);
        }
    }
    cases
}

#[test]
fn sentences_are_coded_as_a_careful_reader_expects() {
    let mut wrong = Vec::new();
    let mut findings = String::new();
    let (mut known, mut right) = (0, 0);
    for case in texts_in("").iter().flat_map(|f| cases(f)) {
        let report = code(&case.text, case.date);
        for expectation in &case.expected {
            let holds = expectation.holds(&report);
            let problem = match (holds, expectation.must) {
                (false, true) => format!("expected {}", expectation.text),
                (true, false) => "passes now: take away its '?'".to_owned(),
                (false, false) => {
                    known += 1;
                    continue;
                }
                (true, true) => {
                    right += 1;
                    continue;
                }
            };
            wrong.push(format!(
                "{}:{} {}\n    {problem}\n    found    {}",
                case.file,
                case.line,
                case.text,
                show(&report)
            ));
            let finding = json!({
                "file": case.file, "line": expectation.line, "sentence": case.text, "holds": holds,
                "old": expectation.written(), "new": accepted(expectation, holds, &report), "found": show(&report),
            });
            findings.push_str(&format!("{finding}\n"));
        }
    }
    println!("{right} expectations hold, {known} are known to fail");
    match std::env::var_os("TIDINGS_SUITE_FINDINGS") {
        Some(path) => std::fs::write(path, findings).expect("the findings can be written"),
        None => assert!(wrong.is_empty(), "\n{}", wrong.join("\n")),
    }
}

/// The line as it would have to read to hold: with what the program says in every field that the line checks; marked as
/// known to fail where nothing of the kind was found.
fn accepted(expectation: &Expectation, holds: bool, report: &Report) -> String {
    if holds {
        return expectation.text.clone();
    }
    let unmet = format!("? {}", expectation.text);
    if expectation.text == "nothing" || expectation.text.starts_with("not ") {
        return unmet;
    }
    let expected = expected(&expectation.text);
    let mut found: Vec<(usize, &Event)> = report.events().map(|e| (likeness(&expected, e), e)).collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let nearest = found.into_iter().next();
    nearest.filter(|(score, _)| *score > 1).map_or(unmet, |(_, event)| rewritten(&expected, event))
}

/// How many of type, source and target agree.
fn likeness(expected: &Expected, event: &Event) -> usize {
    let side = |source: &str, target: &str| Expected {
        event: event.plover.event.clone(),
        source: source.to_owned(),
        target: target.to_owned(),
        ..Expected::default()
    };
    let agree = [
        expected.event == event.plover.event,
        side(&expected.source, "*").matches(event),
        side("*", &expected.target).matches(event),
    ];
    agree.iter().filter(|same| **same).count()
}

fn rewritten(expected: &Expected, event: &Event) -> String {
    let actors = |list: &[ActorRef]| {
        let one = |a: &ActorRef| {
            a.country.clone().unwrap_or_else(|| last_word(a.text.as_deref().unwrap_or(&a.name)))
        };
        if list.is_empty() { "-".to_owned() } else { list.iter().map(one).collect::<Vec<_>>().join("+") }
    };
    let mode = expected
        .mode
        .as_ref()
        .and_then(|_| event.plover.mode.first())
        .map_or_else(String::new, |m| format!("/{m}"));
    let target = if event.reciprocal { "=".to_owned() } else { actors(&event.target) };
    let mut line = format!("{} {}{mode} {target}", actors(&event.source), event.plover.event);
    let mut add = |checked: bool, key: &str, value: Option<String>| {
        if let Some(value) = value.filter(|_| checked) {
            let key = if key.is_empty() { String::new() } else { format!("{key} ") };
            line.push_str(&format!(" {key}{value}"));
        }
    };
    add(expected.status.is_some(), "", Some(event.status.clone()));
    add(expected.completion.is_some(), "", event.completion.clone());
    let speaker = event.attribution.last().and_then(|a| a.name.as_deref().map(last_word));
    add(expected.speaker.is_some(), "by", speaker);
    let date = event.date.as_ref().and_then(|d| d.value.clone()).unwrap_or_else(|| "-".to_owned());
    add(expected.date.is_some(), "on", Some(date));
    add(expected.place.is_some(), "in", event.place.as_ref().map(|p| p.name.clone()));
    let lost = event.casualties.as_ref();
    add(expected.killed.is_some(), "killed", lost.and_then(|l| l.killed).map(|n| n.to_string()));
    add(expected.injured.is_some(), "injured", lost.and_then(|l| l.injured).map(|n| n.to_string()));
    let contexts: Vec<String> =
        expected.contexts.iter().filter(|c| event.plover.context.contains(c)).cloned().collect();
    add(!contexts.is_empty(), "context", Some(contexts.join(",")));
    add(expected.about.is_some() && !event.about.is_empty(), "about", Some(actors(&event.about)));
    line
}

fn last_word(text: &str) -> String {
    text.split_whitespace().last().unwrap_or("-").to_lowercase()
}
