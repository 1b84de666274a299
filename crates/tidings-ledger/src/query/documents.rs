//! Documents, and the page of one: its words, who published them, and all that was found in them.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::Value;

use super::filter::{Filter, check};
use super::past::Moment;
use super::reviews::ReviewRow;
use super::{Page, Query};
use crate::error::Result;
use crate::records::parsed;
use crate::store::Ledger;

/// An article.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "the columns are explained in migrations/0001_ledger.sql")]
pub struct DocumentRow {
    pub document_id: String,
    pub title: Option<String>,
    pub published: Option<String>,
    pub outlets: Option<String>,
    pub language: String,
    /// The first document with nearly these words.
    pub copy_of: Option<String>,
    /// Share of the words in common with that one.
    pub likeness: Option<f64>,
    pub n_chars: i64,
    /// Reports of events in it.
    pub n_events: i64,
}

/// Where and when a text came out.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Publication {
    /// What the input called it.
    pub name: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<String>,
}

/// A record of an event with the event that it belongs to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Told {
    /// Its name in the records of the document.
    pub name: String,
    /// Id of the report.
    pub report_id: String,
    /// Id of the event; statements without a class have none.
    pub event_id: Option<String>,
}

/// One document with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentPage {
    /// The document.
    pub document: DocumentRow,
    /// Its words.
    pub text: String,
    /// Every place where they came out.
    pub publications: Vec<Publication>,
    /// Other documents with nearly these words.
    pub copies: Vec<DocumentRow>,
    /// What coded it.
    pub engine: Option<String>,
    /// When it was coded.
    pub coded_at: Option<String>,
    /// All records of the coding, events as people corrected them; those that were rejected are left out.
    pub records: Vec<Value>,
    /// Which event each record of an event belongs to.
    pub events: Vec<Told>,
    /// What people said of its reports.
    pub reviews: Vec<ReviewRow>,
}

fn select(moment: Moment) -> String {
    let (published, outlets) = (moment.published("document"), moment.outlets("document.id"));
    let held = moment.held("report");
    format!(
        "SELECT ifnull({published}, ''), document.id, document_id, title, {published}, {outlets}, language, \
         (SELECT first.document_id FROM document AS first WHERE first.id = document.family \
         AND first.id <> document.id), likeness, n_chars, (SELECT count(*) FROM coding JOIN report \
         ON report.coding = coding.id WHERE coding.document = document.id AND event_type <> 'NONE' AND {held}) \
         FROM document"
    )
}

fn row(row: &Row) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        document_id: row.get(2)?,
        title: row.get(3)?,
        published: row.get(4)?,
        outlets: row.get(5)?,
        language: row.get(6)?,
        copy_of: row.get(7)?,
        likeness: row.get(8)?,
        n_chars: row.get(9)?,
        n_events: row.get(10)?,
    })
}

impl Ledger {
    /// Documents by publication. Heeds all filters: those on events ask for a report like that in the document, `from`
    /// and `to` are days of publication.
    pub fn documents(&self, query: &Query) -> Result<Page<DocumentRow>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        filter.plain(&moment.there("document"));
        let published = moment.published("document");
        filter.on_days(&published, query);
        self.articles(&mut filter, query, "document.id", moment)?;
        telling(query, moment, &mut filter);
        let key = format!("ifnull({published}, '')");
        let order = filter.ordered(query, &key, "document.id")?;
        self.page(query, &select(moment), &filter, &order, row)
    }

    /// The documents that were stored last. Only `as_of`.
    pub(super) fn newest_documents(&self, query: &Query, count: usize) -> Result<Vec<DocumentRow>> {
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        filter.plain(&moment.there("document"));
        self.all(&select(moment), &filter, &format!("ORDER BY document.id DESC LIMIT {count}"), row)
    }

    /// One document; `None` if there is none of that name. Heeds `as_of`.
    pub fn document(&self, document_id: &str, query: &Query) -> Result<Option<DocumentPage>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let page = || -> rusqlite::Result<Option<DocumentPage>> {
            let sql = format!("{} WHERE document_id = ?1 AND {}", select(moment), moment.there("document"));
            let found = self
                .connection
                .prepare_cached(&sql)?
                .query_row([document_id], |r| Ok((r.get::<_, i64>(1)?, row(r)?)))
                .optional()?;
            found.map(|(id, document)| self.document_page(id, document, moment)).transpose()
        };
        page().map_err(|e| self.error(e))
    }

    fn document_page(
        &self,
        id: i64,
        document: DocumentRow,
        moment: Moment,
    ) -> rusqlite::Result<DocumentPage> {
        let connection = &self.connection;
        let text = connection.query_row("SELECT text FROM document WHERE id = ?1", [id], |r| r.get(0))?;
        let sql = format!(
            "SELECT name, outlet, url, published FROM publication WHERE document = ?1 AND {} \
             ORDER BY ifnull(published, '9999'), ifnull(outlet, ''), id",
            moment.there("publication")
        );
        let publications = connection
            .prepare_cached(&sql)?
            .query_map([id], |r| {
                Ok(Publication { name: r.get(0)?, outlet: r.get(1)?, url: r.get(2)?, published: r.get(3)? })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let sql = format!(
            "{} WHERE family = (SELECT family FROM document WHERE id = ?1) AND document.id <> ?1 AND {} \
             ORDER BY document.id LIMIT {COPIES}",
            select(moment),
            moment.there("document")
        );
        let copies =
            connection.prepare_cached(&sql)?.query_map([id], row)?.collect::<rusqlite::Result<_>>()?;
        let sql = format!(
            "SELECT coding.id, engine, at, frame FROM coding JOIN revision ON revision.id = coding.since \
             WHERE document = ?1 AND {}",
            moment.held("coding")
        );
        let coding: Option<(i64, String, String, String)> = connection
            .prepare_cached(&sql)?
            .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
            .optional()?;
        let reviews = self.reviews_where("review.document = ?1", id, moment)?;
        let (engine, coded_at, records, events) = match coding {
            None => (None, None, Vec::new(), Vec::new()),
            Some((coding, engine, at, frame)) => {
                let (records, events) = self.records(coding, &frame, moment)?;
                (Some(engine), Some(at), records, events)
            }
        };
        Ok(DocumentPage { document, text, publications, copies, engine, coded_at, records, events, reviews })
    }

    /// All records of a coding in the order of the schema, and the events of those that tell one.
    fn records(&self, coding: i64, frame: &str, moment: Moment) -> rusqlite::Result<(Vec<Value>, Vec<Told>)> {
        let mut records: BTreeMap<usize, Vec<Value>> = BTreeMap::new();
        for record in parsed::<Vec<Value>>(frame)? {
            records.entry(place(record["record"].as_str())).or_default().push(record);
        }
        for (kind, table) in [
            ("entity", "mention"),
            ("quote", "quote"),
            ("commitment", "commitment"),
            ("relation", "relation"),
            ("contradiction", "contradiction"),
        ] {
            let order = if table == "mention" { "actor" } else { "id" };
            let sql = format!("SELECT record FROM {table} WHERE coding = ?1 ORDER BY {order}");
            let mut statement = self.connection.prepare_cached(&sql)?;
            for record in statement.query_map([coding], |r| r.get::<_, String>(0))? {
                records.entry(place(Some(kind))).or_default().push(tagged(kind, &record?)?);
            }
        }
        let sql = format!(
            "SELECT name, report_id, {}, record FROM report WHERE coding = ?1 AND {} ORDER BY name, report.id",
            moment.event("report.id"),
            moment.held("report")
        );
        let mut events = Vec::new();
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params![coding])?;
        while let Some(r) = rows.next()? {
            events.push(Told { name: r.get(0)?, report_id: r.get(1)?, event_id: r.get(2)? });
            let record: String = r.get(3)?;
            records.entry(place(Some("event"))).or_default().push(tagged("event", &record)?);
        }
        Ok((records.into_values().flatten().collect(), events))
    }
}

/// Documents with a report that fits.
pub(super) fn telling(query: &Query, moment: Moment, filter: &mut Filter) {
    let held = moment.held("report");
    let told = |condition: &str| {
        format!("document.id IN (SELECT report.document FROM report WHERE {held} AND {condition})")
    };
    filter.on_reports(query, told);
}

/// Copies of one document that its page lists.
const COPIES: usize = 50;

/// Records in the order of the schema.
const KINDS: [&str; 9] =
    ["document", "segment", "sentence", "entity", "timex", "event", "quote", "commitment", "relation"];

fn place(kind: Option<&str>) -> usize {
    KINDS.iter().position(|k| Some(*k) == kind).unwrap_or(KINDS.len())
}

/// A record with its kind before it, as it stands in the output of the engine.
fn tagged(kind: &str, record: &str) -> rusqlite::Result<Value> {
    let fields: serde_json::Map<String, Value> = parsed(record)?;
    let mut tagged = serde_json::Map::new();
    tagged.insert("record".to_owned(), kind.into());
    tagged.extend(fields);
    Ok(Value::Object(tagged))
}
