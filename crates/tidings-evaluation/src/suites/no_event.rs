//! Sentences that tell no political event: what is left uncoded.

use std::collections::BTreeMap;

use super::coded::{acts, code};
use super::{Context, Outcome};
use crate::corpora::petrarch;
use crate::error::{Error, Result, read};
use crate::scores::share;

const UNIT_TESTS: &str = "data/petrarch/unit_tests/PETR.UnitTest.records.xml";
const VALIDATION: &str = "data/petrarch/validation/PETR2_GSR_validation_13.xml";
const SENTENCES: &str = "tests/no_event/sentences.txt";

/// How many of a kind were left uncoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    asked: usize,
    uncoded: usize,
    /// Coded, but as nothing that happened.
    unsure: usize,
}

impl Tally {
    fn share(self) -> f64 {
        share(self.uncoded, self.asked)
    }
}

/// The share of sentences without any event that has a type.
pub fn score(context: &Context) -> Result<Outcome> {
    let mut kinds: BTreeMap<String, Tally> = BTreeMap::new();
    let mut halves = [Tally::default(); 2];
    for (name, file) in [("PETRARCH unit tests", UNIT_TESTS), ("PETRARCH validation", VALIDATION)] {
        for record in petrarch(&context.path(file))?.iter().filter(|r| r.without_events) {
            judge(context, &record.text, &mut [kinds.entry(name.to_owned()).or_default()])?;
        }
    }
    let text = read(&context.root.join(SENTENCES))?;
    let own = own(&text);
    if own.is_empty() {
        return Err(Error::program(SENTENCES, "holds no sentence below a heading"));
    }
    for (number, (heading, sentence)) in own.into_iter().enumerate() {
        let kind = kinds.entry(heading.to_owned()).or_default();
        judge(context, sentence, &mut [kind, &mut halves[number % 2]])?;
    }
    Ok(outcome(&kinds, halves))
}

fn judge(context: &Context, sentence: &str, tallies: &mut [&mut Tally]) -> Result<()> {
    let report = code(context, sentence)?;
    let coded: Vec<&str> = acts(&report).map(|e| e.status.as_str()).collect();
    for tally in tallies {
        tally.asked += 1;
        tally.uncoded += usize::from(coded.is_empty());
        tally.unsure += usize::from(!coded.is_empty() && !coded.contains(&"asserted"));
    }
    Ok(())
}

fn outcome(kinds: &BTreeMap<String, Tally>, [open, blind]: [Tally; 2]) -> Outcome {
    let sum = |part: fn(&Tally) -> usize| kinds.values().map(part).sum::<usize>();
    let all = Tally { asked: sum(|t| t.asked), uncoded: sum(|t| t.uncoded), unsure: sum(|t| t.unsure) };
    let mut outcome = super::outcome([("uncoded", all.share())]);
    outcome.notes.push(format!(
        "{} of {} uncoded: no event with a type of PLOVER, in whatever status; of the others, {} are coded as nothing that \
         happened; own sentences read by those who write rules (1st, 3rd …) {:.3}, blind (2nd, 4th …) {:.3}",
        all.uncoded,
        all.asked,
        all.unsure,
        open.share(),
        blind.share()
    ));
    let each: Vec<String> = kinds.iter().map(|(k, t)| format!("{k} {}/{}", t.uncoded, t.asked)).collect();
    outcome.notes.push(each.join(", "));
    outcome
}

/// Our own sentences, each with the heading that it stands below: "== sports".
fn own(text: &str) -> Vec<(&str, &str)> {
    let mut heading = None;
    let mut found = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        match (line.strip_prefix("== "), heading) {
            (Some(name), _) => heading = Some(name),
            (None, Some(name)) => found.push((name, line)),
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn our_sentences_are_two_hundred_different_ones_below_headings() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(SENTENCES);
        let text = read(&path).unwrap();
        let own = own(&text);
        let different: std::collections::BTreeSet<_> = own.iter().map(|(_, sentence)| sentence).collect();
        assert!(own.len() >= 200, "{}", own.len());
        assert_eq!(different.len(), own.len());
        let headings: std::collections::BTreeSet<_> = own.iter().map(|(heading, _)| heading).collect();
        assert!(headings.len() >= 10, "{headings:?}");
    }

    #[test]
    fn kinds_add_up() {
        let tally = |asked, uncoded, unsure| Tally { asked, uncoded, unsure };
        let kinds =
            BTreeMap::from([("sports".to_owned(), tally(4, 3, 1)), ("weather".to_owned(), tally(4, 4, 0))]);
        let outcome = outcome(&kinds, [tally(4, 4, 0), tally(4, 3, 1)]);
        assert!((outcome.values["uncoded"] - 0.875).abs() < 1e-9);
        assert!(outcome.notes[0].contains("blind (2nd, 4th …) 0.750"), "{:?}", outcome.notes);
        assert_eq!(outcome.notes[1], "sports 3/4, weather 4/4");
    }
}
