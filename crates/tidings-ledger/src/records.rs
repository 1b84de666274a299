//! The records of one article, as rows.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tidings_coding::Report;
use tidings_coding::records::{
    ActorRef, AttributionRef, Commitment, Contradiction, DateRecord, DocumentRecord, EntityRecord, Event,
    QuoteRecord, Record, RelationRecord, Words,
};

use crate::grouping::{self, Signature};
use crate::{commitments, days, review};

/// What a coding of a document is known by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Coding<'a> {
    /// Row of the document.
    pub document: i64,
    /// Its name.
    pub document_id: &'a str,
    /// The revision that writes it.
    pub revision: i64,
    /// The record of the document.
    pub head: &'a DocumentRecord,
}

/// The record of the document; every report of the engine begins with it.
pub(crate) fn head(report: &Report) -> Option<&DocumentRecord> {
    report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None })
}

/// A count as the database keeps it.
pub(crate) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A share as the record shows it, not as its nearest binary neighbour with single precision.
fn shown(share: f32) -> f64 {
    (f64::from(share) * 1_000.0).round() / 1_000.0
}

fn amount(count: Option<u64>) -> Option<i64> {
    count.map(|n| i64::try_from(n).unwrap_or(i64::MAX))
}

/// What was kept, read back; what cannot be read is damage.
pub(crate) fn parsed<T: DeserializeOwned>(text: &str) -> rusqlite::Result<T> {
    let kind = rusqlite::types::Type::Text;
    serde_json::from_str(text).map_err(|e| rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(e)))
}

/// A value as JSON for an answer.
pub(crate) fn json_value(record: &impl Serialize) -> rusqlite::Result<serde_json::Value> {
    serde_json::to_value(record).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// A value as the database keeps it.
pub(crate) fn json(record: &impl Serialize) -> rusqlite::Result<String> {
    serde_json::to_string(record).map_err(|e| rusqlite::Error::ToSqlConversionFailure(Box::new(e)))
}

/// Ends the coding that held and stores the new one; gives the number of its reports.
pub(crate) fn store(connection: &Connection, coding: &Coding, report: &Report) -> rusqlite::Result<usize> {
    let (last, number) = end_last(connection, coding)?;
    let id = insert_coding(connection, coding, report, number + 1)?;
    let mut writer = Writer {
        connection,
        coding,
        id,
        number: number + 1,
        actors: BTreeMap::new(),
        marks: BTreeSet::new(),
    };
    for record in &report.records {
        if let Record::Entity(entity) = record {
            writer.entity(entity)?;
        }
    }
    let mut reports = Vec::new();
    for record in &report.records {
        match record {
            Record::Event(event) => {
                let (row, mark) = writer.event(event)?;
                reports.push(Reported { row, mark, event });
            }
            Record::Quote(quote) => writer.quote(quote)?,
            Record::Commitment(commitment) => writer.commitment(commitment)?,
            Record::Relation(relation) => writer.relation(relation)?,
            Record::Contradiction(contradiction) => writer.contradiction(contradiction)?,
            _ => {}
        }
    }
    let count = reports.len();
    let left = match last {
        Some(coding) => reports_of(connection, coding)?,
        None => Vec::new(),
    };
    grouping::arrive(connection, coding.revision, &left, &signed(coding, report, &reports))?;
    commitments::link(connection, id)?;
    if last.is_some() {
        review::carry_over(connection, coding.revision, coding.document)?;
    }
    Ok(count)
}

/// Stores another version of a report of a coding, as people corrected it, and gives its row and what the grouping
/// compares of it.
pub(crate) fn store_version(
    connection: &Connection,
    coding: &Coding,
    row: i64,
    event: &Event,
    [mark, report_id]: [&str; 2],
) -> rusqlite::Result<(i64, Option<Signature>)> {
    let actors = connection
        .prepare_cached("SELECT entity, actor FROM mention JOIN actor ON actor.id = actor WHERE coding = ?1")?
        .query_map([row], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut writer = Writer { connection, coding, id: row, number: 0, actors, marks: BTreeSet::new() };
    let id = writer.version(event, mark, report_id)?;
    if event.plover.event == "NONE" {
        return Ok((id, None));
    }
    let same = event.links.iter().filter(|l| l.rel == "same_as");
    let mut marks = connection.prepare_cached("SELECT mark FROM report WHERE coding = ?1 AND name = ?2")?;
    let same = same.map(|l| marks.query_row(params![row, l.id], |r| r.get(0)).optional());
    let same: Vec<Option<String>> = same.collect::<rusqlite::Result<_>>()?;
    let company = connection
        .prepare_cached(
            "SELECT entity FROM mention JOIN actor ON actor.id = actor WHERE coding = ?1 AND kind <> 'document' \
             AND NOT generic ORDER BY n_mentions DESC, entity LIMIT ?2",
        )?
        .query_map(params![row, number(COMPANY)], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let signature = Signature {
        same: same.into_iter().flatten().collect(),
        company,
        ..Signature::of(event, mark, coding.document_id, published(coding.head))
    };
    Ok((id, Some(signature)))
}

/// The first day of publication that a coding knows.
fn published(head: &DocumentRecord) -> Option<i32> {
    let value = head.publication_date.as_ref().and_then(|d| d.value.as_deref());
    value.and_then(days::interval).map(|d| d.0)
}

/// The reports of a coding that was replaced.
fn reports_of(connection: &Connection, coding: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT id FROM report WHERE coding = ?1")?
        .query_map([coding], |row| row.get(0))?
        .collect()
}

/// A report with its row.
struct Reported<'r> {
    row: i64,
    mark: String,
    event: &'r Event,
}

/// What the grouping compares of the reports that have a class; statements without one are no events.
fn signed(coding: &Coding, report: &Report, reports: &[Reported]) -> Vec<(i64, Signature)> {
    let published = published(coding.head);
    let company = company(report);
    let marks: BTreeMap<&str, &str> =
        reports.iter().map(|r| (r.event.id.as_str(), r.mark.as_str())).collect();
    let sign = |r: &Reported| {
        let same =
            r.event.links.iter().filter(|l| l.rel == "same_as").filter_map(|l| marks.get(l.id.as_str()));
        let signature = Signature {
            same: same.map(|m| (*m).to_owned()).collect(),
            company: company.clone(),
            ..Signature::of(r.event, &r.mark, coding.document_id, published)
        };
        (r.row, signature)
    };
    reports.iter().filter(|r| r.event.plover.event != "NONE").map(sign).collect()
}

/// So many actors say which story an article belongs to.
const COMPANY: usize = 12;

/// The named actors of an article, those that it names most often.
fn company(report: &Report) -> BTreeSet<String> {
    let entities =
        report.records.iter().filter_map(|r| if let Record::Entity(e) = r { Some(e) } else { None });
    let mut named: Vec<&EntityRecord> = entities.filter(|e| !e.generic && e.kind != "document").collect();
    named.sort_by_key(|e| (std::cmp::Reverse(e.mentions.len()), &e.id));
    named.iter().take(COMPANY).map(|e| e.id.clone()).collect()
}

/// Ends the coding that held; its row, if there was one, and the number of codings so far.
fn end_last(connection: &Connection, coding: &Coding) -> rusqlite::Result<(Option<i64>, i64)> {
    let last: Option<(i64, i64)> = connection
        .prepare_cached("SELECT id, number FROM coding WHERE document = ?1 ORDER BY number DESC LIMIT 1")?
        .query_row([coding.document], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((id, number)) = last else { return Ok((None, 0)) };
    connection
        .prepare_cached("UPDATE coding SET until = ?2 WHERE id = ?1 AND until IS NULL")?
        .execute([id, coding.revision])?;
    connection
        .prepare_cached("UPDATE report SET until = ?2 WHERE coding = ?1 AND until IS NULL")?
        .execute([id, coding.revision])?;
    Ok((Some(id), number))
}

fn insert_coding(
    connection: &Connection,
    coding: &Coding,
    report: &Report,
    number: i64,
) -> rusqlite::Result<i64> {
    let frame: Vec<&Record> = report
        .records
        .iter()
        .filter(|r| {
            matches!(r, Record::Document(_) | Record::Segment(_) | Record::Sentence(_) | Record::Timex(_))
        })
        .collect();
    connection
        .prepare_cached(
            "INSERT INTO coding (document, number, engine, record_schema, frame, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            coding.document,
            number,
            coding.head.engine,
            coding.head.schema,
            json(&frame)?,
            coding.revision,
        ])?;
    Ok(connection.last_insert_rowid())
}

struct Writer<'a> {
    connection: &'a Connection,
    coding: &'a Coding<'a>,
    /// Row of the coding.
    id: i64,
    /// Number of the coding of its document.
    number: i64,
    /// Rows of actors by entity.
    actors: BTreeMap<String, i64>,
    /// Marks that are taken.
    marks: BTreeSet<String>,
}

impl Writer<'_> {
    fn entity(&mut self, entity: &EntityRecord) -> rusqlite::Result<()> {
        let sector = entity.sector.join(" ");
        let row = ActorRow {
            entity: &entity.id,
            kind: &entity.kind,
            name: &entity.name,
            country: entity.country.as_deref(),
            sector: &sector,
            role: entity.role.as_deref(),
            generic: entity.generic,
        };
        let actor = self.actor(&row)?;
        self.connection
            .prepare_cached("INSERT OR IGNORE INTO mention VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![self.id, actor, number(entity.mentions.len()), json(entity)?])?;
        self.connection
            .prepare_cached(
                "UPDATE actor SET n_documents = n_documents + 1 WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM coding \
                 CROSS JOIN mention ON mention.coding = coding.id AND mention.actor = ?1 WHERE document = ?2 AND coding.id <> ?3)",
            )?
            .execute(params![actor, self.coding.document, self.id])?;
        Ok(())
    }

    /// The row of an actor; a new one where it is met for the first time.
    fn actor(&mut self, row: &ActorRow) -> rusqlite::Result<i64> {
        if let Some(id) = self.actors.get(row.entity) {
            return Ok(*id);
        }
        let id = actor(self.connection, row)?;
        self.actors.insert(row.entity.to_owned(), id);
        Ok(id)
    }

    /// An actor that takes part; every one has an entity record, but nothing breaks where it has none.
    fn party(&mut self, actor: &ActorRef) -> rusqlite::Result<i64> {
        let sector = actor.sector.join(" ");
        self.actor(&ActorRow {
            entity: &actor.entity,
            kind: "",
            name: &actor.name,
            country: actor.country.as_deref(),
            sector: &sector,
            role: actor.role.as_deref(),
            generic: false,
        })
    }

    /// The row of one who is only named by id.
    fn by(&self, entity: Option<&str>) -> Option<i64> {
        entity.and_then(|e| self.actors.get(e)).copied()
    }

    /// What rulings hold on to: where in which words. Two acts may stand on one word.
    fn mark(&mut self, event: &Event) -> String {
        let start = event.trigger.first().map_or(event.sentence.words.start, |w| w.start);
        self.free_mark(format!("{}:{start}", self.coding.document_id))
    }

    fn free_mark(&mut self, plain: String) -> String {
        let numbered = (2..).map(|n| format!("{plain}.{n}"));
        let free = std::iter::once(plain.clone()).chain(numbered).find(|mark| !self.marks.contains(mark));
        let mark = free.unwrap_or(plain);
        self.marks.insert(mark.clone());
        mark
    }

    fn event(&mut self, event: &Event) -> rusqlite::Result<(i64, String)> {
        let mark = self.mark(event);
        let report_id = format!("{}-{}-{}", self.coding.document_id, self.number, event.id);
        let id = self.version(event, &mark, &report_id)?;
        Ok((id, mark))
    }

    /// A report with its parties and speakers.
    fn version(&mut self, event: &Event, mark: &str, report_id: &str) -> rusqlite::Result<i64> {
        let id = self.report(event, mark, report_id)?;
        for (side, actors) in [("source", &event.source), ("target", &event.target), ("about", &event.about)]
        {
            for (position, actor) in actors.iter().enumerate() {
                let row = self.party(actor)?;
                self.connection
                    .prepare_cached("INSERT INTO report_actor VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                    .execute(params![
                        id,
                        side,
                        number(position),
                        row,
                        actor.text,
                        actor.start.map(number),
                        actor.end.map(number),
                    ])?;
            }
        }
        for (position, link) in event.attribution.iter().enumerate() {
            self.attribution(id, position, link)?;
        }
        Ok(id)
    }

    fn report(&self, event: &Event, mark: &str, report_id: &str) -> rusqlite::Result<i64> {
        let date = event.date.as_ref();
        let days = date.and_then(|d| d.value.as_deref()).and_then(days::interval);
        let place = event.place.as_ref();
        let speaker = event.attribution.iter().filter(|a| a.level > 0).max_by_key(|a| a.level);
        let casualties = event.casualties.clone().unwrap_or_default();
        let sentence = &event.sentence.words;
        let values = rusqlite::named_params! {
            ":report_id": report_id,
            ":mark": mark, ":coding": self.id, ":document": self.coding.document, ":name": event.id,
            ":kind": event.kind, ":tier": event.tier, ":event_type": event.plover.event,
            ":mode": event.plover.mode.join(" "), ":context": event.plover.context.join(" "),
            ":quad_class": event.plover.quad, ":plover_score": event.plover.score, ":cameo": event.cameo,
            ":goldstein": event.goldstein, ":status": event.status, ":completion": event.completion,
            ":event_date": days.map(|d| days::text(d.0)), ":event_date_end": days.map(|d| days::text(d.1)),
            ":date_precision": date.map(|d| d.precision.as_str()), ":date_basis": date.map(|d| d.basis.as_str()),
            ":first_day": days.map(|d| d.0), ":last_day": days.map(|d| d.1),
            ":place": place.map(|p| p.name.as_str()), ":place_country": place.and_then(|p| p.country.as_deref()),
            ":place_admin1": place.and_then(|p| p.admin1.as_deref()),
            ":place_geonames": place.and_then(|p| p.geonames),
            ":place_precision": place.map(|p| p.precision.as_str()),
            ":latitude": place.and_then(|p| p.lat), ":longitude": place.and_then(|p| p.lon),
            ":killed": amount(casualties.killed), ":injured": amount(casualties.injured),
            ":speaker": self.by(speaker.map(|s| s.by.as_str())),
            ":speaker_name": speaker.and_then(said_by), ":confidence": shown(event.confidence),
            ":sentence_start": number(sentence.start), ":sentence_end": number(sentence.end),
            ":sentence": sentence.text, ":trigger": texts(&event.trigger), ":record": json(event)?,
            ":since": self.coding.revision,
        };
        self.connection.prepare_cached(INSERT_REPORT)?.execute(values)?;
        Ok(self.connection.last_insert_rowid())
    }

    fn attribution(&self, report: i64, position: usize, link: &AttributionRef) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached("INSERT INTO attribution VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
            .execute(params![
                report,
                number(position),
                link.level,
                self.by(Some(&link.by)),
                said_by(link),
                link.kind,
                link.verb.as_ref().map(|v| v.text.as_str()),
                link.unnamed,
            ])?;
        Ok(())
    }

    fn quote(&self, quote: &QuoteRecord) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO quote (coding, name, speaker, start, end, text, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                self.id,
                quote.id,
                self.by(quote.speaker.as_deref()),
                number(quote.words.start),
                number(quote.words.end),
                quote.words.text,
                json(quote)?,
            ])?;
        Ok(())
    }

    fn commitment(&mut self, commitment: &Commitment) -> rusqlite::Result<()> {
        let day = |date: &Option<DateRecord>| date.as_ref().and_then(|d| d.value.clone());
        let duty = commitment.spans.iter().find(|s| s.text == commitment.obligation);
        let start = duty.map_or(commitment.sentence.words.start, |s| s.start);
        let mark = self.free_mark(format!("{}:c{start}", self.coding.document_id));
        self.connection
            .prepare_cached(
                "INSERT INTO commitment (coding, name, obligation, instrument, entered, deadline, violation_condition, \
                 status, record, mark) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .execute(params![
                self.id,
                commitment.id,
                commitment.obligation,
                commitment.instrument,
                day(&commitment.date),
                day(&commitment.deadline),
                commitment.violation_condition,
                commitment.status,
                json(commitment)?,
                mark,
            ])?;
        let id = self.connection.last_insert_rowid();
        for (position, party) in commitment.parties.iter().enumerate() {
            let row = self.party(party)?;
            self.connection
                .prepare_cached("INSERT INTO commitment_party VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, number(position), row, party.part])?;
        }
        Ok(())
    }

    fn relation(&self, relation: &RelationRecord) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO relation (coding, name, kind, status, record) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![self.id, relation.id, relation.kind, relation.status, json(relation)?])?;
        Ok(())
    }

    fn contradiction(&self, contradiction: &Contradiction) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO contradiction (coding, name, kind, attribute, a, b, explanation, resolution, record) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                self.id,
                contradiction.id,
                contradiction.kind,
                contradiction.attribute,
                contradiction.a.text,
                contradiction.b.text,
                contradiction.explanation,
                contradiction.resolution,
                json(contradiction)?,
            ])?;
        Ok(())
    }
}

/// An actor as it is first met.
pub(crate) struct ActorRow<'a> {
    pub entity: &'a str,
    pub kind: &'a str,
    pub name: &'a str,
    pub country: Option<&'a str>,
    pub sector: &'a str,
    pub role: Option<&'a str>,
    pub generic: bool,
}

/// The row of an actor; a new one where it is met for the first time.
pub(crate) fn actor(connection: &Connection, row: &ActorRow) -> rusqlite::Result<i64> {
    let known: Option<i64> = connection
        .prepare_cached("SELECT id FROM actor WHERE entity = ?1")?
        .query_row([row.entity], |r| r.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO actor (entity, kind, name, country, sector, role, generic) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![row.entity, row.kind, row.name, row.country, row.sector, row.role, row.generic])?;
    Ok(connection.last_insert_rowid())
}

const INSERT_REPORT: &str = "INSERT INTO report (report_id, mark, coding, document, name, kind, tier, event_type, mode, \
     context, quad_class, plover_score, cameo, goldstein, status, completion, event_date, event_date_end, \
     date_precision, date_basis, first_day, last_day, place, place_country, place_admin1, place_geonames, \
     place_precision, latitude, longitude, killed, injured, speaker, speaker_name, confidence, sentence_start, \
     sentence_end, sentence, trigger, record, since) VALUES (:report_id, :mark, :coding, :document, :name, :kind, \
     :tier, :event_type, :mode, :context, :quad_class, :plover_score, :cameo, :goldstein, :status, :completion, \
     :event_date, :event_date_end, :date_precision, :date_basis, :first_day, :last_day, :place, :place_country, \
     :place_admin1, :place_geonames, :place_precision, :latitude, :longitude, :killed, :injured, :speaker, \
     :speaker_name, :confidence, :sentence_start, :sentence_end, :sentence, :trigger, :record, :since)";

/// The name of a speaker, or the words for one who has none.
fn said_by(link: &AttributionRef) -> Option<&str> {
    link.name.as_deref().or_else(|| link.who.as_ref().map(|w| w.text.as_str()))
}

fn texts(words: &[Words]) -> String {
    words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ")
}
