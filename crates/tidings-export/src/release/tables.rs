//! The rows of each table, page by page, with what a release has beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Map, Value, json};
use tidings_actors::Knowledge;
use tidings_ledger::{LARGEST_PAGE, Order, Page, Query};

use super::{Job, Summary, Written, files, set_file};
use crate::cell::object;
use crate::columns::{Table, table};
use crate::error::Result;
use crate::sets::{Set, SetWriter};

/// The tables of a release.
pub const NAMES: [&str; 6] = ["events", "reports", "claims", "documents", "actors", "dyad_month"];

/// Characters of a quote anchor before and behind the words.
const ANCHOR: i64 = 32;

/// What the rows of events and reports speak of: a release of a part has no other documents and actors.
#[derive(Default)]
struct Named {
    documents: BTreeSet<String>,
    actors: BTreeSet<String>,
}

/// Writes all of them.
pub fn write(job: &Job) -> Result<Vec<Written>> {
    let mut named = Named::default();
    let mut states = States::default();
    Ok(vec![
        events(job, &mut named, &mut states)?,
        reports(job, &mut named)?,
        claims(job, &mut named)?,
        documents(job, &named)?,
        actors(job, &named, &mut states)?,
        dyad_month(job, &mut states)?,
    ])
}

type Row = Map<String, Value>;

/// Gives every row of a question, page by page.
fn each<T: Serialize>(
    job: &Job,
    table: &Table,
    query: &Query,
    ask: impl Fn(&Query) -> tidings_ledger::Result<Page<T>>,
    mut work: impl FnMut(Row) -> Result<()>,
) -> Result<()> {
    let mut query = Query { limit: Some(LARGEST_PAGE), order: Order::Oldest, after: None, ..query.clone() };
    let mut number = 0;
    loop {
        let page = ask(&query)?;
        for row in &page.rows {
            number += 1;
            work(object(table, number, row)?)?;
        }
        job.go_on(page.rows.len())?;
        match page.next {
            Some(next) => query.after = Some(next),
            None => return Ok(()),
        }
    }
}

fn text<'r>(row: &'r Row, name: &str) -> Option<&'r str> {
    row.get(name)?.as_str().filter(|text| !text.is_empty())
}

impl Named {
    fn take(&mut self, row: &Row) {
        self.documents.extend(text(row, "document_id").map(str::to_owned));
        for column in ["source_entity", "target_entity", "speaker_entity"] {
            let entities = text(row, column).into_iter().flat_map(|all| all.split("; "));
            self.actors.extend(entities.map(str::to_owned));
        }
    }
}

fn events(job: &Job, named: &mut Named, states: &mut States) -> Result<Written> {
    let table = table("events")?.release();
    files::write(job, &table, |write| {
        each(
            job,
            &table,
            &job.release.query,
            |query| job.ledger.events(query),
            |mut row| {
                if job.names_actors() {
                    named.take(&row);
                }
                year(&mut row, "event_date");
                let date = text(&row, "event_date").and_then(|day| day.parse().ok());
                states.numbers(&mut row, date);
                write(row)
            },
        )
    })
}

/// Year and month, from a column with a day or month.
fn year(row: &mut Row, column: &str) {
    let digits: String = text(row, column).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    let number =
        |digits: Option<&str>| digits.and_then(|d| d.parse::<i64>().ok()).map_or(Value::Null, Value::from);
    row.insert("year".to_owned(), number(digits.get(..4)));
    row.insert("yearmonth".to_owned(), number(digits.get(..6)));
}

fn reports(job: &Job, named: &mut Named) -> Result<Written> {
    let table = table("reports")?.release();
    files::write(job, &table, |write| {
        each(
            job,
            &table,
            &job.release.query,
            |query| job.ledger.reports(query),
            |mut row| {
                if job.names_actors() {
                    named.take(&row);
                }
                year(&mut row, "event_date");
                beside(job, &mut row)?;
                write(row)
            },
        )
    })
}

/// What the report says beside its row, and where its words stand.
fn beside(job: &Job, row: &mut Row) -> Result<()> {
    let report = text(row, "report_id").unwrap_or_default();
    let Some(beside) = job.ledger.surroundings(report, ANCHOR)? else { return Ok(()) };
    let exact = beside.prefix.as_ref().and_then(|_| text(row, "sentence")).map(str::to_owned);
    let fields = json!({
        "context": beside.context, "quad_class": beside.quad_class, "plover_score": beside.plover_score,
        "cameo": beside.cameo, "goldstein": beside.goldstein, "exact": exact, "prefix": beside.prefix,
        "suffix": beside.suffix,
    });
    if let Value::Object(fields) = fields {
        row.extend(fields);
    }
    Ok(())
}

fn claims(job: &Job, named: &mut Named) -> Result<Written> {
    let table = table("claims")?.release();
    files::write(job, &table, |write| {
        each(
            job,
            &table,
            &job.release.query,
            |query| job.ledger.claims(query),
            |row| {
                if job.names_actors() {
                    named.take(&row);
                }
                write(row)
            },
        )
    })
}

/// The same moment, without other filters.
fn all(job: &Job) -> Query {
    Query { as_of: job.release.query.as_of, ..Query::default() }
}

fn documents(job: &Job, named: &Named) -> Result<Written> {
    let table = table("documents")?.release();
    files::write(job, &table, |write| {
        each(
            job,
            &table,
            &all(job),
            |query| job.ledger.documents(query),
            |row| {
                let wanted = text(&row, "document_id").is_some_and(|id| named.documents.contains(id));
                if job.is_whole() || wanted { write(row) } else { Ok(()) }
            },
        )
    })
}

fn actors(job: &Job, named: &Named, states: &mut States) -> Result<Written> {
    let table = table("actors")?.release();
    files::write(job, &table, |write| {
        each(
            job,
            &table,
            &all(job),
            |query| job.ledger.actors(query),
            |mut row| {
                let entity = text(&row, "entity").unwrap_or_default().to_owned();
                if text(&row, "country") == Some(&entity) {
                    let (cow, gw) = states.of(&entity, None);
                    row.insert("cown".to_owned(), cow.map_or(Value::Null, Value::from));
                    row.insert("gwn".to_owned(), gw.map_or(Value::Null, Value::from));
                }
                let wanted = !job.names_actors() || named.actors.contains(&entity);
                if wanted { write(row) } else { Ok(()) }
            },
        )
    })
}

fn dyad_month(job: &Job, states: &mut States) -> Result<Written> {
    let table = table("dyad_month")?.release();
    let rows = job.ledger.dyad_months(&job.release.query)?;
    // One side alone is no dyad, and an event without a date is of no month.
    let dyads = rows.iter().filter(|r| !r.source.is_empty() && !r.target.is_empty() && !r.month.is_empty());
    files::write(job, &table, |write| {
        for (number, dyad) in dyads.enumerate() {
            let mut row = object(&table, number + 1, dyad)?;
            year(&mut row, "month");
            states.numbers(&mut row, format!("{}-01", dyad.month).parse().ok());
            write(row)?;
        }
        job.go_on(rows.len())
    })
}

/// Numbers of a state in the lists of the Correlates of War and of Gleditsch and Ward.
type Numbers = (Option<u16>, Option<u16>);

/// Looked up once for each state and day.
#[derive(Default)]
struct States(BTreeMap<(String, Option<Date>), Numbers>);

/// So many are remembered.
const REMEMBERED: usize = 100_000;

impl States {
    fn of(&mut self, iso3: &str, date: Option<Date>) -> Numbers {
        if self.0.len() > REMEMBERED {
            self.0.clear();
        }
        *self.0.entry((iso3.to_owned(), date)).or_insert_with(|| {
            let codes = Knowledge::embedded().state_codes(iso3, date);
            codes.map_or((None, None), |codes| (codes.cow, codes.gw))
        })
    }

    /// The numbers of both sides, at the day. In a table of dyads a country is a whole cell, in others there may be many.
    fn numbers(&mut self, row: &mut Row, date: Option<Date>) {
        for side in ["source", "target"] {
            let countries =
                text(row, &format!("{side}_iso3")).or_else(|| text(row, side).filter(|c| c.len() == 3));
            let numbers = countries.unwrap_or_default().split("; ").map(|iso3| self.of(iso3, date));
            let numbers: Vec<Numbers> = numbers.collect();
            let joined = |number: fn(&Numbers) -> Option<u16>| {
                let all: Vec<String> = numbers.iter().filter_map(number).map(|n| n.to_string()).collect();
                if all.is_empty() { Value::Null } else { Value::from(all.join("; ")) }
            };
            let (cow, gw) = (joined(|n| n.0), joined(|n| n.1));
            row.insert(format!("{side}_cown"), cow);
            row.insert(format!("{side}_gwn"), gw);
        }
    }
}

/// Writes the tables of others. They say nothing of certainty, so they get what is told as a fact, unless the user asked
/// for another status.
pub fn write_sets(job: &Job, summary: &mut Summary) -> Result<()> {
    let create = |set| SetWriter::new(set, File::create_new(job.path(&set_file(set)))?);
    let mut writers = Set::WRITTEN.into_iter().map(create).collect::<Result<Vec<_>>>()?;
    let only_facts = job.release.query.status.is_none();
    let mut query =
        Query { limit: Some(LARGEST_PAGE), order: Order::Oldest, after: None, ..job.release.query.clone() };
    loop {
        let page = job.ledger.outward_events(&query)?;
        for event in &page.rows {
            if only_facts && event.status != "asserted" {
                summary.no_facts += 1;
            } else if event.date.is_none() {
                summary.undated += 1;
            } else {
                writers.iter_mut().try_for_each(|writer| writer.event(event).map(|_| ()))?;
            }
        }
        job.go_on(page.rows.len())?;
        match page.next {
            Some(next) => query.after = Some(next),
            None => break,
        }
    }
    for (set, writer) in Set::WRITTEN.into_iter().zip(writers) {
        summary.sets.push(Written { name: set.name().to_owned(), rows: writer.finish()? });
    }
    Ok(())
}
