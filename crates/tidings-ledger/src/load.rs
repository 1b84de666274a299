//! Rows of other people's tables (GDELT, ICEWS, POLECAT, PETRARCH), stored beside coded reports.
//!
//! A row has no text: its document is known by its address, and all that it says is kept as it was. A row is an event
//! of its own unless its origin names the event; it is never grouped with reports of others, but may be by hand.

mod foreign;

pub use foreign::{Foreign, Party, Place};

use std::collections::{BTreeMap, BTreeSet};

use foreign::{check, digest, mark, origin_event};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Transaction, named_params, params};
use sha2::{Digest, Sha256};

use crate::error::Result;
use crate::grouping;
use crate::records::{self, ActorRow};
use crate::store::{DIGITS, Ledger};
use crate::{days, revision};

/// What became of a batch of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Rows that are new.
    pub new: usize,
    /// Rows that were there, word for word, or that stand again further down in the batch.
    pub known: usize,
    /// Rows that were there and said something else: the ledger keeps both.
    pub revised: usize,
    /// Events that began with them.
    pub events: usize,
}

impl Ledger {
    /// Stores rows of another table, all of them or none; when this returns, they are on the disk. The same rows again
    /// change nothing.
    pub fn load(&mut self, rows: &[Foreign], at: Timestamp) -> Result<Loaded> {
        rows.iter().try_for_each(check)?;
        self.write(|transaction| Ok(load(transaction, rows, at)?))
    }
}

fn load(transaction: &Transaction, rows: &[Foreign], at: Timestamp) -> Result<Loaded, rusqlite::Error> {
    let mut loader = Loader {
        connection: transaction,
        at,
        revision: None,
        codings: BTreeMap::new(),
        actors: BTreeMap::new(),
        told: BTreeMap::new(),
        fresh: BTreeMap::new(),
        changed: BTreeSet::new(),
        done: Loaded::default(),
    };
    // Of two versions of a row in one batch the later one counts, as if the first had never been.
    let last: BTreeMap<String, usize> =
        rows.iter().enumerate().map(|(place, row)| (mark(row), place)).collect();
    loader.done.known = rows.len() - last.len();
    for (place, row) in rows.iter().enumerate() {
        if last.get(&mark(row)) == Some(&place) {
            loader.row(row)?;
        }
    }
    if let Some(revision) = loader.revision {
        loader.count_documents()?;
        let fresh: Vec<i64> = loader.fresh.values().copied().collect();
        grouping::write_fresh(transaction, &fresh, revision)?;
        loader.changed.iter().try_for_each(|event| grouping::write_state(transaction, *event, revision))?;
    }
    Ok(loader.done)
}

/// A batch on its way in.
struct Loader<'a> {
    connection: &'a Connection,
    at: Timestamp,
    /// Begun by the first row that changes something.
    revision: Option<i64>,
    /// Document and coding by key of the document and origin.
    codings: BTreeMap<(String, String), Source>,
    /// Rows of actors by id.
    actors: BTreeMap<String, i64>,
    /// Documents that rows tell of an actor, by actor.
    told: BTreeMap<i64, BTreeSet<i64>>,
    /// New events with their only report: most of all.
    fresh: BTreeMap<i64, i64>,
    /// Other events whose reports are not those of before.
    changed: BTreeSet<i64>,
    done: Loaded,
}

/// Where rows come from.
#[derive(Clone)]
struct Source {
    document: i64,
    coding: i64,
    /// Where and when it came out, as rows of this batch said last.
    published: (Option<String>, Option<Date>),
}

/// A report of the row that held before.
struct Held {
    report: i64,
    digest: i64,
}

impl Loader<'_> {
    fn row(&mut self, row: &Foreign) -> rusqlite::Result<()> {
        let mark = mark(row);
        let digest = digest(row)?;
        let held = self.held(&mark)?;
        if held.as_ref().is_some_and(|h| h.digest == digest) {
            self.done.known += 1;
            return Ok(());
        }
        let revision = self.revision()?;
        let number = match &held {
            None => {
                self.done.new += 1;
                0
            }
            Some(held) => {
                self.done.revised += 1;
                self.retire(held, revision)?;
                self.versions(&mark)?
            }
        };
        let report_id = if number == 0 { mark.clone() } else { format!("{mark}-{}", number + 1) };
        let (document, coding) = self.coding(row, revision)?;
        let report =
            self.report(row, &Names { report_id, mark: &mark, digest, document, coding, revision })?;
        self.parties(row, report, document)?;
        self.enter(row, &mark, report, revision)
    }

    fn revision(&mut self) -> rusqlite::Result<i64> {
        let revision = match self.revision {
            Some(revision) => revision,
            None => revision::begin(self.connection, self.at, "load", None)?,
        };
        self.revision = Some(revision);
        Ok(revision)
    }

    fn held(&self, mark: &str) -> rusqlite::Result<Option<Held>> {
        self.connection
            .prepare_cached("SELECT id, ifnull(digest, 0) FROM report WHERE mark = ?1 AND until IS NULL")?
            .query_row([mark], |r| Ok(Held { report: r.get(0)?, digest: r.get(1)? }))
            .optional()
    }

    /// How many versions of the row there are.
    fn versions(&self, mark: &str) -> rusqlite::Result<i64> {
        let first = self
            .connection
            .prepare_cached("SELECT EXISTS (SELECT 1 FROM report WHERE report_id = ?1)")?
            .query_row([mark], |r| r.get::<_, i64>(0))?;
        // The names of later versions sort behind "mark-" and before "mark.".
        let later = self
            .connection
            .prepare_cached("SELECT count(*) FROM report WHERE report_id > ?1 || '-' AND report_id < ?1 || '.' AND mark = ?1")?
            .query_row([mark], |r| r.get::<_, i64>(0))?;
        Ok(first + later)
    }

    fn retire(&mut self, held: &Held, revision: i64) -> rusqlite::Result<()> {
        self.changed.extend(grouping::event_of(self.connection, held.report)?);
        grouping::end_membership(self.connection, held.report, revision)?;
        for sql in ["DELETE FROM link WHERE report = ?1", "DELETE FROM link WHERE antecedent = ?1"] {
            self.connection.prepare_cached(sql)?.execute([held.report])?;
        }
        self.connection
            .prepare_cached("UPDATE report SET until = ?2 WHERE id = ?1")?
            .execute([held.report, revision])?;
        Ok(())
    }

    /// The document that the row was read from, and the coding that stands for all rows of one origin about it.
    fn coding(&mut self, row: &Foreign, revision: i64) -> rusqlite::Result<(i64, i64)> {
        let key = match &row.url {
            Some(url) => format!("url {url}"),
            None => format!("row {}", mark(row)),
        };
        let known = (key, row.origin.clone());
        let published = (row.outlet.clone(), row.published);
        if let Some(found) = self.codings.get(&known).cloned() {
            if found.published != published {
                self.publish(row, found.document, revision)?;
                self.codings.insert(known, Source { published, ..found.clone() });
            }
            return Ok((found.document, found.coding));
        }
        let document = self.document(row, &known.0, revision)?;
        self.publish(row, document, revision)?;
        let mut find = self
            .connection
            .prepare_cached("SELECT id FROM coding WHERE document = ?1 AND engine = ?2 AND until IS NULL")?;
        let found: Option<i64> = find.query_row(params![document, row.origin], |r| r.get(0)).optional()?;
        let coding = match found {
            Some(coding) => coding,
            None => {
                self.connection
                    .prepare_cached(
                        "INSERT INTO coding (document, number, engine, record_schema, frame, since) SELECT ?1, \
                         (SELECT count(*) + 1 FROM coding WHERE document = ?1), ?2, ?2, '[]', ?3",
                    )?
                    .execute(params![document, row.origin, revision])?;
                self.connection.last_insert_rowid()
            }
        };
        self.codings.insert(known, Source { document, coding, published });
        Ok((document, coding))
    }

    fn document(&self, row: &Foreign, key: &str, revision: i64) -> rusqlite::Result<i64> {
        let sha256: String = Sha256::digest(key.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        let found: Option<i64> = self
            .connection
            .prepare_cached("SELECT id FROM document WHERE sha256 = ?1")?
            .query_row([&sha256], |r| r.get(0))
            .optional()?;
        if let Some(found) = found {
            return Ok(found);
        }
        self.connection
            .prepare_cached(
                "INSERT INTO document (id, document_id, sha256, title, language, n_chars, text, family, since) \
                 SELECT next, ?1, ?2, ?3, 'und', 0, '', next, ?4 FROM (SELECT ifnull(max(id), 0) + 1 AS next FROM document)",
            )?
            .execute(params![sha256.get(..DIGITS), sha256, row.title, revision])?;
        Ok(self.connection.last_insert_rowid())
    }

    fn publish(&self, row: &Foreign, document: i64, revision: i64) -> rusqlite::Result<()> {
        let published = row.published.map(|d| d.to_string());
        let new = self
            .connection
            .prepare_cached(
                "INSERT OR IGNORE INTO publication (document, name, outlet, url, published, basis, since) \
                 VALUES (?1, ?2, ?3, ?4, ?5, 'origin', ?6)",
            )?
            .execute(params![
                document,
                row.url.as_ref().unwrap_or(&row.id),
                row.outlet,
                row.url,
                published,
                revision
            ])?;
        if new > 0 {
            self.connection
                .prepare_cached(
                    "UPDATE document SET published = ?2 WHERE id = ?1 AND ifnull(published, '9999') > ?2",
                )?
                .execute(params![document, published])?;
        }
        Ok(())
    }

    fn report(&self, row: &Foreign, names: &Names) -> rusqlite::Result<i64> {
        let precision = row.date_precision.as_deref().unwrap_or("day");
        let days = row.date.and_then(|date| days::of(date, precision));
        let place = row.place.as_ref();
        let sentence = row.sentence.as_deref().unwrap_or_default();
        self.connection.prepare_cached(INSERT)?.execute(named_params! {
            ":report_id": names.report_id, ":mark": names.mark, ":coding": names.coding,
            ":document": names.document, ":name": row.id, ":event_type": row.event_type, ":mode": row.mode,
            ":context": row.context, ":quad_class": row.quad_class, ":plover_score": row.plover_score,
            ":cameo": row.cameo, ":goldstein": row.goldstein, ":status": row.status,
            ":event_date": days.map(|d| days::text(d.0)), ":event_date_end": days.map(|d| days::text(d.1)),
            ":date_precision": days.map(|_| precision), ":date_basis": days.map(|_| "origin"),
            ":first_day": days.map(|d| d.0), ":last_day": days.map(|d| d.1),
            ":place": place.map(|p| &p.name), ":place_country": place.and_then(|p| p.country.as_ref()),
            ":place_admin1": place.and_then(|p| p.admin1.as_ref()),
            ":place_geonames": place.and_then(|p| p.geonames), ":place_precision": place.map(|p| &p.precision),
            ":latitude": place.and_then(|p| p.latitude), ":longitude": place.and_then(|p| p.longitude),
            ":sentence": sentence, ":record": row.record, ":since": names.revision,
            ":n_reports": row.n_reports.max(1), ":n_outlets": row.n_outlets.max(1),
            ":origin_event": origin_event(row), ":digest": names.digest,
        })?;
        Ok(self.connection.last_insert_rowid())
    }

    fn parties(&mut self, row: &Foreign, report: i64, document: i64) -> rusqlite::Result<()> {
        for (side, party) in [("source", &row.source), ("target", &row.target)] {
            let Some(party) = party else { continue };
            let actor = self.actor(party)?;
            self.told.entry(actor).or_default().insert(document);
            self.connection
                .prepare_cached(
                    "INSERT INTO report_actor (report, side, position, actor) VALUES (?1, ?2, 0, ?3)",
                )?
                .execute(params![report, side, actor])?;
        }
        Ok(())
    }

    fn actor(&mut self, party: &Party) -> rusqlite::Result<i64> {
        if let Some(actor) = self.actors.get(&party.entity) {
            return Ok(*actor);
        }
        let row = ActorRow {
            entity: &party.entity,
            kind: "",
            name: &party.name,
            country: party.country.as_deref(),
            sector: &party.sector,
            role: None,
            generic: false,
        };
        let actor = records::actor(self.connection, &row)?;
        self.actors.insert(party.entity.clone(), actor);
        Ok(actor)
    }

    /// Actors are told of by more documents than before. The order of the tables is ours: an actor may have a million
    /// reports, a document has few.
    fn count_documents(&self) -> rusqlite::Result<()> {
        let mut count = self.connection.prepare_cached(
            "UPDATE actor SET n_documents = (SELECT count(*) FROM json_each(?2) AS told) + n_documents \
             - (SELECT count(*) FROM json_each(?2) AS told WHERE EXISTS (SELECT 1 FROM coding \
             CROSS JOIN report ON report.coding = coding.id AND report.since < ?3 \
             CROSS JOIN report_actor ON report_actor.report = report.id \
             WHERE coding.document = told.value AND report_actor.actor = ?1)) WHERE id = ?1",
        )?;
        for (actor, documents) in &self.told {
            count.execute(params![actor, records::json(documents)?, self.revision])?;
        }
        Ok(())
    }

    /// Makes the report belong to its event: the one that its origin names, else that of its earlier version or a new one.
    fn enter(&mut self, row: &Foreign, mark: &str, report: i64, revision: i64) -> rusqlite::Result<()> {
        let sibling = self.sibling(row, report)?;
        let event = match sibling {
            Some((antecedent, event)) => {
                self.link(row, report, antecedent)?;
                event
            }
            None => self.founded(mark, report)?,
        };
        self.connection
            .prepare_cached("INSERT INTO membership (report, event, since) VALUES (?1, ?2, ?3)")?
            .execute([report, event, revision])?;
        if self.fresh.get(&event) != Some(&report) {
            self.fresh.remove(&event);
            self.changed.insert(event);
        }
        Ok(())
    }

    /// Another report of the event that the origin names, and our event.
    fn sibling(&self, row: &Foreign, report: i64) -> rusqlite::Result<Option<(i64, i64)>> {
        let Some(name) = origin_event(row) else { return Ok(None) };
        self.connection
            .prepare_cached(
                "SELECT report.id, event FROM report JOIN membership ON membership.report = report.id \
                 AND membership.until IS NULL WHERE origin_event = ?1 AND report.until IS NULL AND report.id <> ?2 \
                 ORDER BY report.id LIMIT 1",
            )?
            .query_row(params![name, report], |r| Ok((r.get(0)?, r.get(1)?)))
            .optional()
    }

    /// The event that a row founded; a new one if there is none.
    fn founded(&mut self, mark: &str, report: i64) -> rusqlite::Result<i64> {
        let new = self
            .connection
            .prepare_cached("INSERT INTO event (event_id) VALUES (?1) ON CONFLICT DO NOTHING")?
            .execute([mark])?;
        if new > 0 {
            let event = self.connection.last_insert_rowid();
            self.done.events += 1;
            self.fresh.insert(event, report);
            return Ok(event);
        }
        self.connection
            .prepare_cached("SELECT id FROM event WHERE event_id = ?1")?
            .query_row([mark], |r| r.get(0))
    }

    /// Says why the two are one event, and holds them together when the groups are formed anew.
    fn link(&self, row: &Foreign, report: i64, antecedent: i64) -> rusqlite::Result<()> {
        let note = format!(
            "{} says that both are its event {}",
            row.origin,
            row.event.as_deref().unwrap_or_default()
        );
        let reason = grouping::Reason { feature: "origin".to_owned(), weight: SURE, note };
        grouping::set_link(self.connection, report, antecedent, SURE, &[reason])
    }
}

/// Weight of what the origin itself says.
const SURE: f64 = 100.0;

/// What the row of a report is called by.
struct Names<'a> {
    report_id: String,
    mark: &'a str,
    digest: i64,
    document: i64,
    coding: i64,
    revision: i64,
}

const INSERT: &str = "INSERT INTO report (report_id, mark, coding, document, name, kind, tier, event_type, mode, context, \
     quad_class, plover_score, cameo, goldstein, status, event_date, event_date_end, date_precision, date_basis, \
     first_day, last_day, place, place_country, place_admin1, place_geonames, place_precision, latitude, longitude, \
     confidence, sentence_start, sentence_end, sentence, trigger, record, since, stands_for, stands_for_outlets, origin_event, \
     digest) VALUES (:report_id, :mark, :coding, :document, :name, 'row', 'core', :event_type, :mode, :context, \
     :quad_class, :plover_score, :cameo, :goldstein, :status, :event_date, :event_date_end, :date_precision, \
     :date_basis, :first_day, :last_day, :place, :place_country, :place_admin1, :place_geonames, :place_precision, \
     :latitude, :longitude, 1, 0, 0, :sentence, '', :record, :since, :n_reports, :n_outlets, :origin_event, :digest)";
