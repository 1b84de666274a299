//! How certain is it? Our own sentences, each with the status that a careful reader gives to one act.

use std::fmt::Write;

use super::coded::{self, code};
use super::{Context, Outcome};
use crate::error::{Error, Result, read};
use crate::scores::share;

const SENTENCES: &str = "tests/status/sentences.tsv";

/// A sentence with what is expected of it.
#[derive(Debug)]
struct Case<'t> {
    /// Each is right; `none`: no record.
    allowed: Vec<&'t str>,
    word: &'t str,
    text: &'t str,
}

/// What was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    asked: usize,
    right: usize,
    claims_as_facts: usize,
    unrecorded: usize,
}

impl Tally {
    fn add(&mut self, allowed: &[&str], given: Option<&str>) {
        self.asked += 1;
        self.right += usize::from(allowed.contains(&given.unwrap_or("none")));
        self.claims_as_facts += usize::from(given == Some("asserted") && !allowed.contains(&"asserted"));
        self.unrecorded += usize::from(given.is_none() && !allowed.contains(&"none"));
    }

    fn accuracy(self) -> f64 {
        share(self.right, self.asked)
    }
}

/// Accuracy, and the share of claims that became facts.
pub fn score(context: &Context) -> Result<Outcome> {
    let text = read(&context.root.join(SENTENCES))?;
    let (mut all, mut halves) = (Tally::default(), [Tally::default(); 2]);
    for (number, case) in cases(&text)?.into_iter().enumerate() {
        let report = code(context, case.text)?;
        let place = coded::find(case.text, case.word);
        let told = |e: &&tidings_coding::records::Event| {
            e.trigger.iter().any(|w| place.is_some_and(|p| coded::overlap(coded::stretch(w), p)))
        };
        let given = report.events().find(told).map(|e| e.status.as_str());
        all.add(&case.allowed, given);
        halves[number % 2].add(&case.allowed, given);
    }
    Ok(outcome(all, halves))
}

fn outcome(all: Tally, [open, blind]: [Tally; 2]) -> Outcome {
    let claims = share(all.claims_as_facts, all.asked);
    let mut outcome = super::outcome([("accuracy", all.accuracy()), ("claims", claims)]);
    let mut note =
        format!("{} of {} right, claims stored as facts {}", all.right, all.asked, all.claims_as_facts);
    for (half, tally) in [("read by those who write rules (1st, 3rd …)", open), ("blind (2nd, 4th …)", blind)]
    {
        let Tally { right, asked, claims_as_facts, .. } = tally;
        let _ =
            write!(note, "; {half}: {right} of {asked} ({:.3}), claims {claims_as_facts}", tally.accuracy());
    }
    let _ = write!(note, "; no record where one is expected: {}, counted as wrong", all.unrecorded);
    outcome.notes.push(note);
    outcome
}

/// Status, word and sentence of every line that is no comment.
fn cases(text: &str) -> Result<Vec<Case<'_>>> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.trim().is_empty());
    lines.map(|(number, line)| case(number, line)).collect()
}

fn case(number: usize, line: &str) -> Result<Case<'_>> {
    match line.split('\t').collect::<Vec<_>>()[..] {
        [status, word, text] if !word.is_empty() && text.contains(word) => {
            Ok(Case { allowed: status.split('|').collect(), word, text })
        }
        _ => {
            let message =
                format!("line {}: not a status, a word of the sentence and the sentence", number + 1);
            Err(Error::program(SENTENCES, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_broken_ones_told() {
        let text = "# comment\nasserted|alleged\tmet\tA met B.\n";
        let read = cases(text).unwrap();
        assert_eq!((read[0].allowed.as_slice(), read[0].word), (["asserted", "alleged"].as_slice(), "met"));
        let error = cases("planned\tleft\tA met B.\n").unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }

    #[test]
    fn claims_that_become_facts_are_counted() {
        let mut tally = Tally::default();
        tally.add(&["alleged"], Some("asserted"));
        tally.add(&["asserted", "alleged"], Some("asserted"));
        tally.add(&["none"], None);
        tally.add(&["planned"], None);
        assert_eq!(tally, Tally { asked: 4, right: 2, claims_as_facts: 1, unrecorded: 1 });
        assert!((outcome(tally, [tally; 2]).values["claims"] - 0.25).abs() < 1e-9);
    }
}
