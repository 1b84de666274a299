//! The test sentences that stand beside every trigger entry.

mod common;

use common::{Expected, code, show};
use tidings_ontology::{EventType, Triggers};

/// Share of the sentences that must come out as their entry says; the others are printed. The parser and the actor
/// tables are not perfect, and an entry's sentence must stay natural English rather than bend to them.
const AT_LEAST: f64 = 0.90;

#[test]
fn trigger_entries_code_their_own_sentences() {
    let (mut right, mut all) = (0_u32, 0_u32);
    for trigger in Triggers::embedded().all() {
        for test in &trigger.tests {
            let Some((sentence, expectation)) = test.split_once("=>") else {
                panic!("{}: no '=>' in '{test}'", trigger.name)
            };
            let report = code(sentence.trim(), None);
            all += 1;
            // A figure of speech must not be coded at all.
            let silent = trigger.event_type == EventType::None && trigger.kind != "comment";
            let nothing = silent && report.events().next().is_none();
            if nothing
                || (!silent && Expected::parse(expectation.trim()).is_some_and(|e| e.found_in(&report)))
            {
                right += 1;
            } else {
                println!(
                    "{}: {}\n    expected {}\n    found    {}",
                    trigger.name,
                    sentence.trim(),
                    expectation.trim(),
                    show(&report)
                );
            }
        }
    }
    let share = f64::from(right) / f64::from(all.max(1));
    println!("{right} of {all} trigger sentences are coded as their entry says ({:.1} %)", 100.0 * share);
    assert!(share >= AT_LEAST, "{right} of {all}");
}
