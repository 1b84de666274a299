//! The phrases of `tests/actors/`: who each is, alone or in its sentence.

use std::path::Path;
use std::sync::LazyLock;

use tidings_actors::{Actor, Knowledge};
use tidings_coding::{Answer, Question};
use tidings_language::Analyzer;
use tidings_text::Span;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the embedded model loads"));

/// Share of phrases of several actors of which all must be found.
const ALL_FOUND: f64 = 0.9;

fn ask(phrase: &str, context: Option<&str>, day: &str) -> Answer {
    let question = Question::new(phrase, context, day.parse().ok());
    let text = question.text();
    let spans = tidings_text::sentences(text, Span::new(0, text.len()));
    let sentences = ANALYZER.analyze(text, &spans).expect("a text can be analysed");
    tidings_coding::who(&question, &sentences, Knowledge::embedded())
}

fn file(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/actors").join(name);
    std::fs::read_to_string(path).expect("the file is there")
}

/// "NOR GOV": country and main sector.
fn codes(actor: &Actor) -> String {
    let sector = actor.sectors.first().map_or("-", String::as_str);
    format!("{} {sector}", actor.country.as_deref().unwrap_or("-"))
}

#[test]
fn phrases_alone_are_who_a_careful_reader_means() {
    let mut wrong = Vec::new();
    let (mut right, mut known) = (0, 0);
    for line in file("mentions.txt").lines().filter(|l| l.contains(" = ")) {
        let (must, line) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
        let (phrase, expected) = line.split_once(" = ").expect("a phrase and its codes");
        let (phrase, day) = phrase.split_once(" @ ").unwrap_or((phrase, ""));
        let answer = ask(phrase, None, day);
        let found = answer.best.first().map_or("nobody".to_owned(), codes);
        match (found == expected, must) {
            (false, true) => wrong.push(format!("{phrase} {day}: expected {expected}, found {found} {:?}", answer.best.first().map(|a| (&a.name, &a.how)))),
            (true, false) => wrong.push(format!("passes now, take away the '?': {phrase}")),
            (true, true) => right += 1,
            (false, false) => known += 1,
        }
    }
    println!("{right} right, {known} known to fail");
    assert!(wrong.is_empty(), "{} right\n{}", right, wrong.join("\n"));
    assert!(right >= 100);
}

#[test]
fn all_of_several_actors_are_found() {
    let (mut right, mut total, mut wrong) = (0, 0, Vec::new());
    let text = file("coactors.txt");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let Some(marked) = line.strip_prefix("> ") else { continue };
        let expected = lines.next().expect("the actors below the sentence");
        let (before, rest) = marked.split_once('[').expect("the phrase in brackets");
        let (phrase, after) = rest.split_once(']').expect("the phrase in brackets");
        let answer = ask(phrase, Some(&format!("{before}{phrase}{after}")), "2024-05-16");
        let fits = |wanted: &str| {
            let of = |a: &&Actor| a.name == wanted || codes(a) == wanted;
            let times = expected.split(" + ").filter(|e| *e == wanted).count();
            answer.best.iter().filter(of).count() == times
        };
        let wanted: Vec<&str> = expected.split(" + ").collect();
        total += 1;
        if wanted.len() == answer.best.len() && wanted.iter().all(|w| fits(w)) {
            right += 1;
        } else {
            let found: Vec<String> =
                answer.best.iter().map(|a| format!("{} ({})", a.name, codes(a))).collect();
            wrong.push(format!("{marked}\n    expected {expected}\n    found    {}", found.join(" + ")));
        }
    }
    println!("{right} of {total} right\n{}", wrong.join("\n"));
    assert!(total >= 60);
    assert!(f64::from(right) >= ALL_FOUND * f64::from(total), "{right} of {total}\n{}", wrong.join("\n"));
}
