//! PETRARCH's own records: its unit tests by its own dictionaries, and its validation records by what Tidings knows.
//!
//! Counted as UniversalPetrarch counts itself in the sheet of its test suite (752 of 1,041, .722): each coding that a
//! record asks for has three components, source, target and the code of the act, and those of the coded act that agrees
//! best with it are right or not; what is coded besides costs nothing, and records without a coding have no component. A
//! joint act stands for one in each direction, a dictionary's code for both directions ("032:033") for two. Of the act's
//! code the root counts, its first two figures. Actors are right if their code is, letter by letter; those whom no
//! dictionary has (in quotation marks) if our words for them hold theirs.

use std::ops::Add;

use tidings_actors::{Additions, Knowledge};
use tidings_coding::Report;
use tidings_coding::records::{ActorRef, Event};
use tidings_ontology::{Patterns, Rules};

use super::coded::{acts, code_by};
use super::{Context, Outcome};
use crate::corpora::{PetrarchCoding, PetrarchRecord, petrarch};
use crate::error::{Error, Result};
use crate::scores::share;

const UNIT_TESTS: &str = "data/petrarch/unit_tests/";
const VALIDATION: &str = "data/petrarch/validation/PETR2_GSR_validation_13.xml";

/// A coded act as PETRARCH writes one.
struct Triple {
    source: Who,
    target: Who,
    root: String,
}

/// A party: its code, and the words that name it in capitals.
#[derive(Clone, Default)]
struct Who {
    code: String,
    words: Vec<String>,
}

/// How many components there are and how many are right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    records: usize,
    codings: usize,
    source: usize,
    target: usize,
    root: usize,
    whole: usize,
    /// Acts that no coding asks for.
    extra: usize,
    /// Records without a coding, and those of them that are left uncoded.
    silent: usize,
    uncoded: usize,
}

/// The unit tests, with the dictionaries that come with them.
pub fn unit(context: &Context) -> Result<Outcome> {
    let (tally, note) = unit_tests(context)?;
    let mut outcome = super::outcome([
        ("components", tally.components()),
        ("source", share(tally.source, tally.codings)),
        ("target", share(tally.target, tally.codings)),
        ("root", share(tally.root, tally.codings)),
    ]);
    outcome.notes.extend([tally.told(), note]);
    Ok(outcome)
}

/// The validation records, by the knowledge and the rules of Tidings: a single one has a coding, so the bar is that of
/// both sets together.
pub fn validation(context: &Context) -> Result<Outcome> {
    let records = petrarch(&context.path(VALIDATION))?;
    let tally = score(context, &records, Knowledge::embedded(), &Rules::default(), our_code)?;
    let all = tally + unit_tests(context)?.0;
    let mut outcome = super::outcome([("components", tally.components()), ("together", all.components())]);
    outcome.notes.push(tally.told());
    Ok(outcome)
}

fn unit_tests(context: &Context) -> Result<(Tally, String)> {
    let file = |name: &str| -> Result<(String, Vec<u8>)> {
        let path = context.path(&format!("{UNIT_TESTS}PETR.Validate.{name}.txt"));
        let bytes = std::fs::read(&path).map_err(|source| Error::File { path, source })?;
        Ok((format!("PETR.Validate.{name}.txt"), bytes))
    };
    let actors = Additions::read(&[file("actors")?, file("agents")?]);
    let (actors, _) = actors.map_err(|faults| Error::program("actors", format!("{faults:?}")))?;
    let rules = Rules::read(&[file("verbs")?]);
    let (rules, _) = rules.map_err(|faults| Error::program("verbs", format!("{faults:?}")))?;
    let loaded = rules.patterns();
    let records = petrarch(&context.path(&format!("{UNIT_TESTS}PETR.UnitTest.records.xml")))?;
    let tally = score(context, &records, &Knowledge::with(actors), &rules, own_code)?;
    let Patterns { loaded, all } = loaded;
    let note = format!("{loaded} of {all} verbs with a code and patterns of their dictionary are loaded");
    Ok((tally, note))
}

fn score(
    context: &Context,
    records: &[PetrarchRecord],
    knowledge: &Knowledge,
    rules: &Rules,
    code: fn(&ActorRef) -> String,
) -> Result<Tally> {
    let mut tally = Tally::default();
    for record in records {
        let report = code_by(context, &record.text, record.date, knowledge, rules)?;
        let found = triples(&report, code);
        tally.count(record, &found, acts(&report).next().is_none());
    }
    Ok(tally)
}

impl Tally {
    fn components(self) -> f64 {
        share(self.source + self.target + self.root, 3 * self.codings)
    }

    fn count(&mut self, record: &PetrarchRecord, found: &[Triple], uncoded: bool) {
        self.records += 1;
        if record.codings.is_empty() {
            self.silent += 1;
            self.uncoded += usize::from(uncoded);
        }
        let mut wanted = vec![false; found.len()];
        for coding in &record.codings {
            self.codings += 1;
            let best = found.iter().enumerate().map(|(n, triple)| (n, right(coding, triple)));
            let count = |right: &[bool; 3]| right.iter().filter(|r| **r).count();
            // Of equals the first.
            let Some((number, right)) = best.min_by_key(|(n, r)| (3 - count(r), *n)) else { continue };
            let [source, target, root] = right.map(usize::from);
            self.source += source;
            self.target += target;
            self.root += root;
            self.whole += usize::from(count(&right) == 3);
            wanted[number] |= count(&right) > 0;
        }
        self.extra += wanted.iter().filter(|w| !**w).count();
    }

    fn told(self) -> String {
        let Self { records, codings, whole, extra, silent, uncoded, .. } = self;
        format!(
            "{records} records with {codings} codings, {whole} of them right in all three components; {extra} acts besides, \
             which UniversalPetrarch's way of counting lets pass; {uncoded} of {silent} records without a coding have no \
             event of a PLOVER type"
        )
    }
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            records: self.records + other.records,
            codings: self.codings + other.codings,
            source: self.source + other.source,
            target: self.target + other.target,
            root: self.root + other.root,
            whole: self.whole + other.whole,
            extra: self.extra + other.extra,
            silent: self.silent + other.silent,
            uncoded: self.uncoded + other.uncoded,
        }
    }
}

/// Which of source, target and root agree.
fn right(coding: &PetrarchCoding, triple: &Triple) -> [bool; 3] {
    [
        is_named(&coding.source, &triple.source),
        is_named(&coding.target, &triple.target),
        root(&coding.event) == triple.root,
    ]
}

fn is_named(wanted: &str, who: &Who) -> bool {
    match wanted.strip_prefix('"') {
        Some(words) => words.trim_end_matches('"').split(' ').all(|w| who.words.iter().any(|own| own == w)),
        None => who.code == wanted,
    }
}

fn root(code: &str) -> String {
    code.chars().take(2).collect()
}

/// Every act of the report, one for each pair of parties and each direction.
fn triples(report: &Report, code: fn(&ActorRef) -> String) -> Vec<Triple> {
    report.events().flat_map(|event| of_event(event, code)).collect()
}

fn of_event(event: &Event, code: fn(&ActorRef) -> String) -> Vec<Triple> {
    let written = event.code.as_deref().or(event.cameo.as_deref()).unwrap_or_default();
    let (there, back) = written.split_once(':').unwrap_or((written, ""));
    let all = |actors: &[ActorRef]| -> Vec<Who> {
        let found: Vec<Who> = actors.iter().map(|actor| who(actor, code)).collect();
        if found.is_empty() { vec![Who::default()] } else { found }
    };
    let mut found = Vec::new();
    let mut add = |source: &Who, target: &Who, code: &str| {
        found.push(Triple { source: source.clone(), target: target.clone(), root: root(code) });
    };
    if event.reciprocal && event.source.len() > 1 {
        let parties = all(&event.source);
        for (number, source) in parties.iter().enumerate() {
            let others = parties.iter().enumerate().filter(|(other, _)| *other != number);
            others.for_each(|(_, target)| add(source, target, there));
        }
        return found;
    }
    for source in &all(&event.source) {
        for target in &all(&event.target) {
            add(source, target, there);
            if !back.is_empty() {
                add(target, source, back);
            }
        }
    }
    found
}

fn who(actor: &ActorRef, code: fn(&ActorRef) -> String) -> Who {
    let text = actor.text.as_deref().unwrap_or_default().to_uppercase().replace("'S", "");
    Who { code: code(actor), words: text.split_whitespace().map(str::to_owned).collect() }
}

/// The code of the user's dictionaries.
fn own_code(actor: &ActorRef) -> String {
    actor.code.clone().unwrap_or_default()
}

/// Country and main sector in PETRARCH's way: a state that acts by its government is the state alone.
fn our_code(actor: &ActorRef) -> String {
    let sector = actor.sector.first().filter(|s| *s != "GOV" || actor.role.is_some());
    format!("{}{}", actor.country.as_deref().unwrap_or_default(), sector.map_or("", String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(code: &str, text: &str) -> ActorRef {
        ActorRef { code: Some(code.to_owned()), text: Some(text.to_owned()), ..ActorRef::default() }
    }

    fn event(source: &[ActorRef], target: &[ActorRef], code: &str, reciprocal: bool) -> Event {
        Event {
            source: source.to_vec(),
            target: target.to_vec(),
            code: Some(code.to_owned()),
            reciprocal,
            ..Event::default()
        }
    }

    fn coding(source: &str, target: &str, event: &str) -> PetrarchCoding {
        PetrarchCoding { source: source.to_owned(), target: target.to_owned(), event: event.to_owned() }
    }

    fn written(event: &Event) -> Vec<String> {
        let found = of_event(event, own_code);
        found.iter().map(|t| format!("{}>{} {}", t.source.code, t.target.code, t.root)).collect()
    }

    #[test]
    fn an_act_is_one_triple_for_each_pair_and_direction() {
        let (a, b, c) = (actor("AAA", ""), actor("BBB", ""), actor("CCC", ""));
        let visit = event(std::slice::from_ref(&a), &[b.clone(), c.clone()], "032:033", false);
        assert_eq!(written(&visit), ["AAA>BBB 03", "BBB>AAA 03", "AAA>CCC 03", "CCC>AAA 03"]);
        let talks = event(&[a.clone(), b], &[], "031", true);
        assert_eq!(written(&talks), ["AAA>BBB 03", "BBB>AAA 03"]);
        assert_eq!(written(&event(&[a], &[], "345", false)), ["AAA> 34"]);
    }

    #[test]
    fn components_of_the_best_act_are_counted_and_others_are_told() {
        let (a, b) = (actor("AAAGOV", "Norland's old bard"), actor("BBB", "Sudria"));
        let mut found = of_event(&event(std::slice::from_ref(&a), &[b], "0411", false), own_code);
        found.extend(of_event(&event(&[a], &[], "19", false), own_code));
        let record = PetrarchRecord {
            codings: vec![coding("AAAGOV", "BBB", "046"), coding("\"NORLAND BARD\"", "CCC", "20")],
            ..PetrarchRecord::default()
        };
        let mut tally = Tally::default();
        tally.count(&record, &found, false);
        tally.count(&PetrarchRecord::default(), &[], true);
        let wanted = Tally {
            records: 2,
            codings: 2,
            source: 2,
            target: 1,
            root: 1,
            whole: 1,
            extra: 1,
            silent: 1,
            uncoded: 1,
        };
        assert_eq!(tally, wanted);
        assert!((tally.components() - 4.0 / 6.0).abs() < 1e-9);
        let twice = tally + tally;
        assert_eq!((twice.codings, twice.records, twice.extra), (4, 4, 2));
        assert!((twice.components() - tally.components()).abs() < 1e-9);
        assert!(tally.told().starts_with("2 records with 2 codings, 1 of them right"), "{}", tally.told());
    }

    #[test]
    fn our_codes_are_country_and_sector() {
        let ours = |country: &str, sector: &str, role: Option<&str>| {
            let sector = vec![sector.to_owned()];
            our_code(&ActorRef {
                country: Some(country.to_owned()),
                sector,
                role: role.map(str::to_owned),
                ..ActorRef::default()
            })
        };
        assert_eq!((ours("NOR", "GOV", None).as_str(), ours("NOR", "REB", None).as_str()), ("NOR", "NORREB"));
        assert_eq!(ours("NOR", "GOV", Some("minister")), "NORGOV");
    }
}
