//! The sentences of `sentences.txt`, analysed by the language model: which words are time expressions, and what they mean.

use std::fmt::Write;

use jiff::civil::Date;
use tidings_language::Analyzer;
use tidings_text::Span;
use tidings_time::timexes;

const TABLE: &str = include_str!("sentences.txt");

struct Case {
    line: usize,
    published: Option<Date>,
    text: &'static str,
    expected: Vec<&'static str>,
}

fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut published = None;
    for (number, line) in TABLE.lines().enumerate().filter(|(_, l)| !l.is_empty() && !l.starts_with('#')) {
        if let Some(day) = line.strip_prefix("@ ") {
            published = (day != "-").then(|| day.parse().expect("a day after @"));
        } else if let Some(text) = line.strip_prefix("> ") {
            cases.push(Case { line: number + 1, published, text, expected: Vec::new() });
        } else {
            cases.last_mut().expect("a sentence before its expressions").expected.push(line);
        }
    }
    cases
}

/// The interval that a line asks for: the one it gives, else a value that is a day, a month or a year.
fn interval(value: &str, given: Option<&str>) -> Option<String> {
    let plain = value.len() >= 4 && value.chars().all(|c| c.is_ascii_digit() || c == '-' || c == '/');
    given.or(plain.then_some(value)).map(str::to_owned)
}

/// What is expected and not found, or found and not expected.
fn problems(analyzer: &Analyzer, case: &Case) -> Option<String> {
    let spans = tidings_text::sentences(case.text, Span::new(0, case.text.len()));
    let sentences = analyzer.analyze(case.text, &spans).expect("the model runs");
    let found: Vec<(String, Option<String>)> = timexes(case.text, &sentences, case.published)
        .iter()
        .map(|t| (format!("{} = {}", t.span.of(case.text), t.value), t.interval()))
        .collect();
    let fits = found.len() == case.expected.len()
        && found.iter().zip(&case.expected).all(|((head, days), line)| {
            let mut cells = line.split(" = ");
            let (words, value) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
            let asked = interval(value, cells.next());
            *head == format!("{words} = {value}")
                && asked.is_none_or(|asked| asked == days.as_deref().unwrap_or("-"))
        });
    let mut out = format!("line {}: {}\n", case.line, case.text);
    for (head, days) in &found {
        let _ = writeln!(out, "    found {head} = {}", days.as_deref().unwrap_or("-"));
    }
    for line in &case.expected {
        let _ = writeln!(out, "    asked {line}");
    }
    (!fits).then_some(out)
}

#[test]
fn expressions_are_found_and_mean_what_a_careful_reader_says() {
    let analyzer = Analyzer::new().expect("the model loads");
    let cases = cases();
    assert!(cases.len() >= 150, "only {} sentences were read", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|c| problems(&analyzer, c)).collect();
    assert!(wrong.is_empty(), "{} of {} sentences\n{}", wrong.len(), cases.len(), wrong.join(""));
}
