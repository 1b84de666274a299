//! The articles of `tests/suite/articles/`: what holds inside one article, with the records that a careful reader expects.

#[expect(dead_code, reason = "the tests of sentences use the rest")]
mod common;

use std::path::Path;

use common::{Expected, show, texts_in};
use jiff::civil::Date;
use tidings_coding::Report;
use tidings_coding::records::{ActorRef, Commitment, Contradiction, Event, Record, RelationRecord};
use tidings_document::Document;

/// One article with its expectations.
struct Case {
    name: String,
    text: String,
    date: Option<Date>,
    /// Line number, whether it must hold today, the expectation.
    expected: Vec<(usize, bool, String)>,
}

fn read(path: &Path) -> Case {
    let whole = std::fs::read_to_string(path).expect("an article is readable");
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let (mut date, mut text, mut expected, mut in_text) = (None, String::new(), Vec::new(), true);
    for (number, line) in whole.lines().enumerate() {
        if let Some(day) = line.strip_prefix("@ ") {
            date = Some(day.trim().parse().expect("a date after @"));
        } else if line == "---" {
            in_text = false;
        } else if line.starts_with("# ") {
        } else if in_text {
            text.push_str(line);
            text.push('\n');
        } else if !line.is_empty() {
            let (must, rest) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
            expected.push((number + 1, must, rest.to_owned()));
        }
    }
    Case { name, text: text.trim().to_owned(), date, expected }
}

fn cases() -> Vec<Case> {
    texts_in("articles").iter().map(|f| read(f)).collect()
}

/// The report with the events that labels stand for.
struct Reading {
    report: Report,
    labels: Vec<(String, Vec<String>)>,
}

impl Reading {
    /// Whether the expectation holds; a label is bound to the events that fit it.
    fn holds(&mut self, line: &str) -> bool {
        let (key, rest) = line.split_once(": ").unwrap_or(("", line));
        match key.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["not"] => self.find(rest).is_empty(),
            ["contradiction", kind, attribute @ ..] => {
                let fits = |c: &Contradiction| is_clash(c, kind, &attribute.join(" "), rest);
                self.records(clash).any(fits)
            }
            ["commitment"] => self.records(commitment).any(|c| is_commitment(c, rest)),
            ["relation"] => self.records(relation).any(|r| is_relation(r, rest)),
            [label] => {
                let found = self.find(rest);
                self.labels.push(((*label).to_owned(), found.clone()));
                !found.is_empty()
            }
            _ => self.unlabelled(line),
        }
    }

    fn unlabelled(&self, line: &str) -> bool {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["no", "contradiction"] => self.records(clash).next().is_none(),
            ["no", "contradiction", attribute @ ..] => {
                let attribute = attribute.join(" ");
                !self.records(clash).any(|c| c.attribute == attribute)
            }
            [from, rel, to] if self.is_label(from) && self.is_label(to) => self.linked(from, rel, to),
            _ => !self.find(line).is_empty(),
        }
    }

    fn is_label(&self, name: &str) -> bool {
        self.labels.iter().any(|(label, _)| label == name)
    }

    fn ids(&self, label: &str) -> &[String] {
        self.labels.iter().find(|(l, _)| l == label).map_or(&[], |(_, ids)| ids)
    }

    fn linked(&self, from: &str, rel: &str, to: &str) -> bool {
        let (from, to) = (self.ids(from), self.ids(to));
        self.report
            .events()
            .filter(|e| from.contains(&e.id))
            .any(|e| e.links.iter().any(|l| l.rel == rel && to.contains(&l.id)))
    }

    /// Ids of the events that are as the line says.
    fn find(&self, line: &str) -> Vec<String> {
        let (line, told) = number_after(line, " told ");
        let (line, killed) = number_after(&line, " killed ");
        let expected = Expected::parse(&line).expect("SOURCE TYPE TARGET");
        let fits = |e: &&Event| {
            expected.matches(e)
                && told.is_none_or(|n| e.mentions.len() as u64 + 1 == n)
                && killed.is_none_or(|n| e.casualties.as_ref().and_then(|c| c.killed) == Some(n))
        };
        self.report.events().filter(fits).map(|e| e.id.clone()).collect()
    }

    fn records<'a, T: 'a>(&'a self, of: fn(&'a Record) -> Option<&'a T>) -> impl Iterator<Item = &'a T> {
        self.report.records.iter().filter_map(of)
    }
}

fn clash(record: &Record) -> Option<&Contradiction> {
    if let Record::Contradiction(c) = record { Some(c) } else { None }
}

fn commitment(record: &Record) -> Option<&Commitment> {
    if let Record::Commitment(c) = record { Some(c) } else { None }
}

fn relation(record: &Record) -> Option<&RelationRecord> {
    if let Record::Relation(r) = record { Some(r) } else { None }
}

/// Cuts "told 2" off an expectation.
fn number_after(line: &str, key: &str) -> (String, Option<u64>) {
    let Some((before, after)) = line.split_once(key) else { return (line.to_owned(), None) };
    let (number, rest) = after.split_once(' ').unwrap_or((after, ""));
    (format!("{before} {rest}"), Some(number.parse().expect("a number")))
}

/// `contradiction KIND ATTRIBUTE: words of one side | words of the other`.
fn is_clash(c: &Contradiction, kind: &str, attribute: &str, sides: &str) -> bool {
    let (a, b) = sides.split_once(" | ").expect("two sides");
    let holds = |x: &str, y: &str| c.a.text.contains(x) && c.b.text.contains(y);
    c.kind == kind && c.attribute == attribute && (holds(a, b) || holds(b, a))
}

/// `commitment: PART ACTOR, PART ACTOR: words of the obligation; until DATE; violation words; status words`.
fn is_commitment(c: &Commitment, line: &str) -> bool {
    let mut fields = line.split("; ");
    let first = fields.next().unwrap_or_default();
    let (parties, obligation) = first.split_once(": ").unwrap_or((first, ""));
    let right = |one: &str| {
        let (part, actors) = one.split_once(' ').expect("a part and an actor");
        let holds = |a: &str| c.parties.iter().any(|p| p.part.as_deref() == Some(part) && common::is(a, p));
        actors.split('+').all(holds)
    };
    let field = |one: &str| match one.split_once(' ') {
        Some(("until", date)) => c.deadline.as_ref().and_then(|d| d.value.as_deref()) == Some(date),
        Some(("since", date)) => c.date.as_ref().and_then(|d| d.value.as_deref()) == Some(date),
        Some(("violation", words)) => c.violation_condition.as_ref().is_some_and(|v| v.contains(words)),
        Some(("status", words)) => c.status.contains(words),
        _ => panic!("no field of a commitment: '{one}'"),
    };
    parties.split(", ").all(right) && c.obligation.contains(obligation) && fields.all(field)
}

/// `relation: A TYPE B`.
fn is_relation(r: &RelationRecord, line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [a, kind, b] = words.as_slice() else { panic!("no relation: '{line}'") };
    let holds = |one: &str, list: &[ActorRef]| list.iter().any(|x| common::is(one, x));
    let (forth, back) = (holds(a, &r.a) && holds(b, &r.b), holds(b, &r.a) && holds(a, &r.b));
    r.kind == *kind && (forth || (back && !r.directed))
}

/// Read with headline, captions and the like.
fn coded(case: &Case) -> Report {
    let parts = tidings_document::find_parts(&case.text, None);
    common::report(&Document { parts, ..common::document(&case.text, case.date) })
}

#[test]
fn articles_are_coded_as_a_careful_reader_expects() {
    let (mut wrong, mut known, mut all) = (Vec::new(), 0, 0);
    for case in cases() {
        let mut reading = Reading { report: coded(&case), labels: Vec::new() };
        let mut missed = Vec::new();
        for (number, must, line) in &case.expected {
            all += 1;
            match (reading.holds(line), must) {
                (false, true) => missed.push(format!("{}:{number} expected {line}", case.name)),
                (true, false) => missed.push(format!("{}:{number} holds now: take away its '?'", case.name)),
                (false, false) => known += 1,
                (true, true) => {}
            }
        }
        if !missed.is_empty() {
            wrong.push(format!("{}\n    found {}", missed.join("\n"), show(&reading.report)));
        }
    }
    println!("{all} expectations in articles, {known} are known to fail");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}
