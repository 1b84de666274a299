//! The gold records of PLOVER, end to end: types and countries of each text.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tidings_coding::records::ActorRef;

use super::coded::{acts, code};
use super::{Context, Outcome};
use crate::error::{Error, Result, read};
use crate::scores::Counts;

const RECORDS: &str = "data/plover/PLOVER_GSR_CAMEO.txt";

/// All that the records say of one text.
#[derive(Debug, Default, PartialEq)]
struct Codes {
    types: BTreeSet<String>,
    source: BTreeSet<String>,
    target: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Tally {
    types: Counts,
    source: Counts,
    target: Counts,
}

impl Tally {
    fn add(&mut self, system: &Codes, gold: &Codes) {
        self.types += Counts::of(&system.types, &gold.types);
        self.source += Counts::of(&system.source, &gold.source);
        self.target += Counts::of(&system.target, &gold.target);
    }
}

/// Types and countries as sets over each text.
pub fn score(context: &Context) -> Result<Outcome> {
    let path = context.path(RECORDS);
    let records: Vec<Value> =
        serde_json::from_str(&read(&path)?).map_err(|e| Error::line(&path, e.line().saturating_sub(1), e))?;
    let (records, texts) = by_text(&records);
    let mut tally = Tally::default();
    let mut uncoded = 0;
    for (text, gold) in &texts {
        let system = found(context, text)?;
        uncoded += usize::from(system.types.is_empty());
        tally.add(&system, gold);
    }
    let Tally { types, source, target } = tally;
    let mut outcome =
        super::outcome([("type", types.f1()), ("source", source.f1()), ("target", target.f1())]);
    let told =
        |name: &str, c: Counts| format!("{name} precision {:.3}, recall {:.3}", c.precision(), c.recall());
    outcome.notes.push(format!(
        "{records} records on {} texts; compared are the sets of types and of countries of each text: {}; {}; {}; {uncoded} \
         texts uncoded",
        texts.len(),
        told("types", types),
        told("source", source),
        told("target", target)
    ));
    outcome.notes.push(
        "names of 2016: DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT; JAP, ITL and VTN are \
         JPN, ITA and VNM; organisations of states are IGO; most records stand for one event of a text that may tell more"
            .to_owned(),
    );
    Ok(outcome)
}

/// How many records there are, and their codes by text; the record that documents the file is none.
fn by_text(records: &[Value]) -> (usize, BTreeMap<&str, Codes>) {
    let mut texts: BTreeMap<&str, Codes> = BTreeMap::new();
    let mut count = 0;
    for record in records {
        let (Some(text), Some(event)) = (record["text"].as_str(), record["event"].as_str()) else { continue };
        count += 1;
        let codes = texts.entry(text).or_default();
        codes.types.insert(today(event).to_owned());
        codes.source.extend(countries(&record["source"]));
        codes.target.extend(countries(&record["target"]));
    }
    (count, texts)
}

fn today(name: &str) -> &str {
    match name {
        "DEMAND" => "REQUEST",
        "DISAPPROVE" | "INVESTIGATE" => "ACCUSE",
        "FIGHT" => "ASSAULT",
        other => other,
    }
}

/// The first three letters of each actor's code.
fn countries(actors: &Value) -> impl Iterator<Item = String> {
    let codes = actors.as_array().into_iter().flatten().filter_map(|a| a["code"].as_str()?.get(..3));
    codes.map(|code| {
        match code {
            "JAP" => "JPN",
            "ITL" => "ITA",
            "VTN" => "VNM",
            other => other,
        }
        .to_owned()
    })
}

fn found(context: &Context, text: &str) -> Result<Codes> {
    let report = code(context, text)?;
    let mut codes = Codes::default();
    for event in acts(&report) {
        codes.types.insert(event.plover.event.clone());
        codes.source.extend(event.source.iter().filter_map(country));
        codes.target.extend(event.target.iter().filter_map(country));
    }
    Ok(codes)
}

/// The country; states together have none.
fn country(actor: &ActorRef) -> Option<String> {
    let together = actor.sector.iter().any(|s| s == "IGO");
    let code = if together { Some("IGO".to_owned()) } else { actor.country.clone() };
    code.filter(|c| !c.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_a_text_are_read_together_in_the_names_of_today() {
        let records: Vec<Value> = serde_json::from_str(
            r#"[{"event": "DOCUMENT"},
                {"text": "A", "event": "DEMAND", "source": [{"code": "JAP"}], "target": [{"code": "PERGOV"}]},
                {"text": "A", "event": "FIGHT", "source": [{"code": "NOR"}], "target": "none"}]"#,
        )
        .unwrap();
        let (count, texts) = by_text(&records);
        let set = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<BTreeSet<_>>();
        let wanted = Codes {
            types: set(&["ASSAULT", "REQUEST"]),
            source: set(&["JPN", "NOR"]),
            target: set(&["PER"]),
        };
        assert_eq!((count, &texts["A"]), (2, &wanted));
        let mut tally = Tally::default();
        tally.add(&Codes { types: set(&["REQUEST", "AID", "AGREE"]), ..Codes::default() }, &wanted);
        assert_eq!(tally.types, Counts { right: 1, given: 3, gold: 2 });
        assert_eq!(tally.source, Counts { right: 0, given: 0, gold: 2 });
    }

    #[test]
    fn organisations_of_states_have_no_country() {
        let actor = |country: &str, sector: &str| ActorRef {
            country: Some(country.to_owned()),
            sector: vec![sector.to_owned()],
            ..ActorRef::default()
        };
        assert_eq!(country(&actor("UNO", "IGO")).as_deref(), Some("IGO"));
        assert_eq!(
            (country(&actor("NOR", "GOV")).as_deref(), country(&ActorRef::default())),
            (Some("NOR"), None)
        );
    }
}
