//! Which articles tell the same commitment, and which reports tell that it was broken or came to an end.
//!
//! Two tellings are one commitment if they share a party, speak of the same kind of instrument and have half of the words
//! of the shorter obligation in common. What hangs together by such pairs is one, in whatever order it came in.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rusqlite::{Connection, params};
use serde::Deserialize;
use tidings_coding::records::{ActorRef, Commitment, Event, Words};
use tidings_text::fold;

use crate::grouping::{stem, stems};
use crate::query::{CommitmentStep, Moment};
use crate::records::{json, number, parsed};

/// So much of the words of the shorter obligation makes two one.
const COMMON: f64 = 0.5;

/// Tellings that are compared with a new one; the newest first.
const COMPARED: i64 = 500;

/// Words between an act and the instrument that it concerns.
const REACH: usize = 4;

/// Reports that are looked at for one commitment.
const LOOKED_AT: i64 = 2_000;

#[derive(Default, Deserialize)]
struct Coding {
    #[serde(default)]
    instruments: Vec<String>,
    #[serde(default)]
    violations: Vec<String>,
    #[serde(default)]
    ending_verbs: Vec<String>,
}

#[derive(Default, Deserialize)]
struct Own {
    #[serde(default)]
    agreed: Vec<String>,
    #[serde(default)]
    breaking: Vec<String>,
    #[serde(default)]
    leaving: Vec<String>,
}

/// Stems of the words that matter.
struct Lexicon {
    instruments: BTreeSet<String>,
    agreed: BTreeSet<String>,
    breaking: BTreeSet<String>,
    ending: BTreeSet<String>,
    leaving: BTreeSet<String>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let coding: Coding =
        toml::from_str(include_str!("../../../data/coding/commitments.toml")).unwrap_or_default();
    let own: Own = toml::from_str(include_str!("../../../data/ledger/commitments.toml")).unwrap_or_default();
    let set = |lists: &[&Vec<String>]| {
        let words = lists.iter().flat_map(|l| l.iter());
        words.flat_map(|w| fold(w).split(' ').map(stem).collect::<Vec<_>>()).collect()
    };
    Lexicon {
        instruments: set(&[&coding.instruments]),
        agreed: set(&[&own.agreed]),
        breaking: set(&[&coding.violations, &own.breaking]),
        ending: set(&[&coding.ending_verbs]),
        leaving: set(&[&own.leaving]),
    }
});

/// What is compared of a commitment.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Bond {
    /// Countries of the parties; the party itself where it has none.
    parties: BTreeSet<String>,
    /// Stems of the words for the instrument; all kinds of agreement are one.
    instrument: BTreeSet<String>,
    /// Stems of the obligation.
    obligation: BTreeSet<String>,
    /// Stems of what would break it.
    broken_by: BTreeSet<String>,
}

/// Stands for every kind of agreement.
const AGREEMENT: &str = "agreement";

impl Bond {
    /// Of all tellings of one commitment.
    pub fn of(tellings: &[&Commitment]) -> Self {
        let mut bond = Self::default();
        for telling in tellings {
            bond.parties.extend(telling.parties.iter().map(label));
            bond.instrument.extend(instruments(telling.instrument.as_deref().unwrap_or_default()));
            bond.obligation.extend(stems(&telling.obligation));
            bond.broken_by.extend(stems(telling.violation_condition.as_deref().unwrap_or_default()));
        }
        bond
    }

    fn is(&self, other: &Self) -> bool {
        let shorter = self.obligation.len().min(other.obligation.len());
        let common = self.obligation.intersection(&other.obligation).count();
        let alike = shorter > 0 && common as f64 >= COMMON * shorter as f64;
        let named = self.instrument == other.instrument || !self.instrument.is_disjoint(&other.instrument);
        alike && named && !self.parties.is_disjoint(&other.parties)
    }
}

fn label(party: &ActorRef) -> String {
    party.country.clone().unwrap_or_else(|| party.entity.clone())
}

fn words(text: &str) -> BTreeSet<String> {
    fold(text).split(' ').filter(|w| !w.is_empty()).map(stem).collect()
}

/// The words for instruments in a text; kinds of agreement are all the same.
fn instruments(text: &str) -> BTreeSet<String> {
    let named = words(text).into_iter().filter(|w| LEXICON.instruments.contains(w));
    named.map(|w| if LEXICON.agreed.contains(&w) { AGREEMENT.to_owned() } else { w }).collect()
}

/// Links the commitments of a new coding to those of other articles that are the same.
pub(crate) fn link(connection: &Connection, coding: i64) -> rusqlite::Result<()> {
    let own: Vec<(i64, Commitment)> = connection
        .prepare_cached("SELECT id, record FROM commitment WHERE coding = ?1")?
        .query_map([coding], |r| Ok((r.get(0)?, parsed(&r.get::<_, String>(1)?)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut near = connection.prepare_cached(
        "SELECT DISTINCT other.id, other.record FROM commitment_party AS mine JOIN actor AS me ON me.id = mine.actor \
         JOIN actor AS you ON you.id = me.id OR you.country = me.country \
         JOIN commitment_party AS yours ON yours.actor = you.id JOIN commitment AS other ON other.id = yours.commitment \
         JOIN coding ON coding.id = other.coding AND coding.until IS NULL \
         WHERE mine.commitment = ?1 AND other.coding <> ?2 ORDER BY other.id DESC LIMIT ?3",
    )?;
    let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO commitment_link VALUES (?1, ?2)")?;
    for (id, commitment) in &own {
        let bond = Bond::of(&[commitment]);
        let mut rows = near.query(params![id, coding, COMPARED])?;
        while let Some(row) = rows.next()? {
            let (other, record): (i64, String) = (row.get(0)?, row.get(1)?);
            if bond.is(&Bond::of(&[&parsed(&record)?])) {
                insert.execute([*id, other])?;
                insert.execute([other, *id])?;
            }
        }
    }
    Ok(())
}

/// A report that may tell what became of a commitment.
struct Candidate {
    report_id: String,
    document_id: String,
    published: Option<String>,
    outlets: Option<String>,
    status: String,
    speaker: Option<String>,
    event: Event,
}

/// What reports tell of a commitment that was made before: that it was broken, as is alleged or as a fact, or that it
/// came to an end. One step a sentence and kind: an allegation in it makes nothing in it a fact.
pub(crate) fn violations(
    connection: &Connection,
    bond: &Bond,
    since: Option<&str>,
    moment: Moment,
) -> rusqlite::Result<Vec<CommitmentStep>> {
    let mut sentences: BTreeMap<(String, usize), CommitmentStep> = BTreeMap::new();
    for candidate in candidates(connection, bond, since, moment)? {
        let Some(step) = bond.step(&candidate) else { continue };
        let place = (candidate.document_id.clone(), candidate.event.sentence.words.start);
        let told = candidate.told(step);
        let held = sentences.entry(place).or_insert_with(|| told.clone());
        if held.step == "confirmed_violation" && told.step == "alleged_violation" {
            *held = told;
        }
    }
    Ok(sentences.into_values().collect())
}

impl Candidate {
    fn told(&self, step: &str) -> CommitmentStep {
        let sentence = &self.event.sentence.words;
        // Who accuses is the one who says so.
        let accuser = self.event.source.first().filter(|_| self.event.plover.event == "ACCUSE");
        CommitmentStep {
            published: self.published.clone(),
            step: step.to_owned(),
            document_id: self.document_id.clone(),
            outlets: self.outlets.clone(),
            speaker: accuser.map(|a| a.name.clone()).or_else(|| self.speaker.clone()),
            sentence: sentence.text.clone(),
            report_id: Some(self.report_id.clone()),
            start: number(sentence.start),
            end: number(sentence.end),
        }
    }
}

impl Bond {
    /// What a report tells of it, if anything.
    fn step(&self, candidate: &Candidate) -> Option<&'static str> {
        let event = &candidate.event;
        let acting: BTreeSet<String> = event.source.iter().chain(&event.target).map(label).collect();
        if acting.is_disjoint(&self.parties) {
            return None;
        }
        let sentence = words(&event.sentence.words.text);
        let named = !self.instrument.is_empty()
            && !instruments(&event.sentence.words.text).is_disjoint(&self.instrument);
        let trigger = triggers(&event.trigger);
        if candidate.status == "asserted" && self.is_ended_by(&event.sentence.words.text, &trigger) {
            return Some("ended");
        }
        let breaking = named && !sentence.is_disjoint(&LEXICON.breaking);
        let happened = self.is_condition_of(&sentence);
        let hostile = event.plover.quad == 4 || !trigger.is_disjoint(&LEXICON.breaking);
        match candidate.status.as_str() {
            "alleged" if breaking || happened => Some("alleged_violation"),
            "asserted" if event.plover.event == "ACCUSE" && (breaking || happened) => {
                Some("alleged_violation")
            }
            "asserted" if hostile && (breaking || happened) => Some("confirmed_violation"),
            _ => None,
        }
    }

    /// "scrapped the deal", "the truce collapsed", "withdrew from the treaty": the word for the act stands near that for
    /// the instrument; that of leaving before it.
    fn is_ended_by(&self, sentence: &str, trigger: &BTreeSet<String>) -> bool {
        let stems: Vec<String> = fold(sentence).split(' ').filter(|w| !w.is_empty()).map(stem).collect();
        let is_named = |w: &String| !instruments(w).is_disjoint(&self.instrument);
        let acts = |w: &String, set: &BTreeSet<String>| trigger.contains(w) && set.contains(w);
        stems.iter().enumerate().any(|(n, word)| {
            let behind = stems.iter().skip(n + 1).take(REACH).any(is_named);
            let before = stems[n.saturating_sub(REACH)..n].iter().any(is_named);
            acts(word, &LEXICON.ending) && (behind || before) || acts(word, &LEXICON.leaving) && behind
        })
    }

    /// Whether a sentence has all words of what would break it, two at least.
    fn is_condition_of(&self, sentence: &BTreeSet<String>) -> bool {
        self.broken_by.len() > 1 && self.broken_by.is_subset(sentence)
    }

    /// Which texts may tell of it: those with a word for the instrument and one of breaking or ending, or with the words
    /// of the condition.
    fn sought(&self) -> Option<String> {
        let any = |words: &BTreeSet<String>| {
            let terms: Vec<String> =
                words.iter().filter(|w| w.len() > 2).map(|w| format!("\"{w}\"*")).collect();
            terms.join(" OR ")
        };
        let mut named: BTreeSet<String> = self.instrument.clone();
        if named.remove(AGREEMENT) {
            named.extend(LEXICON.agreed.iter().cloned());
        }
        let mut parts = Vec::new();
        if !named.is_empty() {
            let told = [&LEXICON.breaking, &LEXICON.ending, &LEXICON.leaving].map(any).join(" OR ");
            parts.push(format!("(({}) AND ({told}))", any(&named)));
        }
        if self.broken_by.len() > 1 {
            let all: Vec<String> = self.broken_by.iter().map(|w| format!("\"{w}\"*")).collect();
            parts.push(format!("({})", all.join(" AND ")));
        }
        (!parts.is_empty()).then(|| parts.join(" OR "))
    }
}

fn triggers(words_of: &[Words]) -> BTreeSet<String> {
    words_of.iter().flat_map(|w| words(&w.text)).collect()
}

fn candidates(
    connection: &Connection,
    bond: &Bond,
    since: Option<&str>,
    moment: Moment,
) -> rusqlite::Result<Vec<Candidate>> {
    let Some(sought) = bond.sought() else { return Ok(Vec::new()) };
    let sql = format!(
        "SELECT report_id, document_id, {published}, {}, report.status, speaker_name, report.record \
         FROM document_text JOIN document ON document.id = document_text.rowid \
         JOIN coding ON coding.document = document.id AND {} JOIN report ON report.coding = coding.id AND {} \
         WHERE document_text MATCH ?1 AND report.status IN ('asserted', 'alleged') \
         AND (?2 IS NULL OR ifnull({published}, ?2) >= ?2) AND EXISTS (SELECT 1 FROM report_actor JOIN actor \
         ON actor.id = report_actor.actor WHERE report_actor.report = report.id \
         AND ifnull(actor.country, entity) IN (SELECT value FROM json_each(?3))) \
         ORDER BY document.id, sentence_start, report.name LIMIT ?4",
        moment.outlets("document.id"),
        moment.held("coding"),
        moment.held("report"),
        published = moment.published("document"),
    );
    let mut find = connection.prepare_cached(&sql)?;
    let rows = find.query_map(params![sought, since, json(&bond.parties)?, LOOKED_AT], |r| {
        Ok(Candidate {
            report_id: r.get(0)?,
            document_id: r.get(1)?,
            published: r.get(2)?,
            outlets: r.get(3)?,
            status: r.get(4)?,
            speaker: r.get(5)?,
            event: parsed(&r.get::<_, String>(6)?)?,
        })
    })?;
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bond(party: &str, instrument: &str, obligation: &str) -> Bond {
        let parties = vec![ActorRef { entity: party.to_owned(), ..ActorRef::default() }];
        let instrument = Some(instrument.to_owned());
        Bond::of(&[&Commitment {
            parties,
            instrument,
            obligation: obligation.to_owned(),
            ..Commitment::default()
        }])
    }

    #[test]
    fn the_same_duty_in_other_words_is_one_commitment_and_another_duty_is_not() {
        let port = bond("NOR", "the ceasefire agreement", "withdraw from the port of Hodeidah by 30 June");
        assert!(port.is(&bond("NOR", "a deal", "withdraw its troops from the port")));
        assert!(!port.is(&bond("NOR", "a deal", "release all prisoners")));
        assert!(!port.is(&bond("NOR", "a resolution", "withdraw its troops from the port")));
        assert!(!port.is(&bond("ISL", "a deal", "withdraw its troops from the port")));
        assert!(!port.is(&bond("NOR", "a deal", "")));
    }

    #[test]
    fn the_tables_are_read() {
        assert!(LEXICON.instruments.len() > 20 && LEXICON.ending.len() > 10);
        for (words, text) in
            [(&LEXICON.breaking, "broke violated breaches"), (&LEXICON.agreed, "truce treaty pact")]
        {
            for word in text.split(' ') {
                assert!(words.contains(&stem(word)), "{word}");
            }
        }
    }
}
