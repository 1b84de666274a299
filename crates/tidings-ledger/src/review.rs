//! What people say of reports: they confirm, correct, reject or comment them.
//!
//! Nothing is overwritten. A verdict holds on to the place and the words of the trigger; what holds of a report is the
//! engine's record with all verdicts in their order ([`rebuild`]), worked out anew when a verdict is given, taken back, or
//! when a newer engine codes the article. A correction makes a new version of the report, a rejection ends it, a later
//! confirmation or correction brings it back.

pub(crate) mod agreement;
pub(crate) mod alpha;
mod fields;
mod queue;
mod undo;

pub use agreement::AgreementRow;
pub use queue::{Queue, QueueRow};

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use tidings_coding::records::{DocumentRecord, Event, Record};

use crate::error::{Error, Result};
use crate::grouping::{self, Change};
use crate::query::{self, ReviewRow};
use crate::records::{self, Coding, json, parsed};
use crate::revision;
use crate::store::{Failure, Ledger};

use fields::{Field, Known};

/// Longer names and comments are no such thing.
const LONGEST: usize = 10_000;

/// What somebody says of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All of it is right.
    Confirm,
    /// A field has another value.
    Correct,
    /// There is no such event in these words.
    Reject,
    /// Neither: a remark.
    Comment,
}

impl Verdict {
    /// As the table keeps it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Correct => "correct",
            Self::Reject => "reject",
            Self::Comment => "comment",
        }
    }
}

/// A verdict to be given.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Review {
    /// Who gives it.
    pub coder: String,
    /// On which report.
    pub report_id: String,
    /// Which.
    pub verdict: Verdict,
    /// Field of a correction: event_type, mode, context, status, source, target, event_date, place, killed, injured.
    #[serde(default)]
    pub field: Option<String>,
    /// Its value; none makes the field empty. Actors are ids or codes of countries, separated by ";", modes and contexts
    /// are separated by blanks, a date is a day, month, year or two of these with "/" between, a place is a name, with
    /// the code of its country behind a comma if need be.
    #[serde(default)]
    pub value: Option<String>,
    /// A remark.
    #[serde(default)]
    pub comment: Option<String>,
}

/// The version of a report that a verdict names.
struct Judged {
    report: i64,
    mark: String,
    words: String,
    document: i64,
    record: String,
    kind: String,
}

impl Ledger {
    /// Writes down a verdict, and what follows from it.
    pub fn review(&mut self, review: &Review, at: Timestamp) -> Result<ReviewRow> {
        self.write(|transaction| {
            let id = give(transaction, review, at)?;
            Ok(query::review_of(transaction, &id)?)
        })
    }

    /// Takes back what a revision of people's said: a split, a merger, a review, or an earlier "undo" of these.
    pub fn undo(&mut self, revision: i64, note: Option<&str>, at: Timestamp) -> Result<Change> {
        self.write(|transaction| undo::undo(transaction, revision, note, at))
    }
}

fn told(what: impl Into<String>, hint: &str) -> Failure {
    Failure::Told(Error::question(what, hint))
}

/// What is wrong with a verdict before the report is looked at.
fn check(review: &Review) -> Result<Option<Field>, Failure> {
    let coder = review.coder.trim();
    if coder.is_empty() {
        return Err(told("a review needs the name of its coder", "say who you are"));
    }
    let parts = [Some(&review.coder), review.field.as_ref(), review.value.as_ref(), review.comment.as_ref()];
    if parts.iter().flatten().any(|p| p.len() > LONGEST) {
        let what = format!("a part of the review is longer than {LONGEST} bytes");
        return Err(told(what, "write less"));
    }
    let field = review.field.as_deref().map(Field::parse).transpose().map_err(Failure::Told)?;
    match (review.verdict, field) {
        (Verdict::Correct, None) => Err(told("a correction needs a field", &Field::all())),
        (Verdict::Correct, _) | (_, None) => Ok(field),
        _ => Err(told("only a correction has a field", "use the verdict `correct`")),
    }
}

fn give(transaction: &Transaction, review: &Review, at: Timestamp) -> Result<String, Failure> {
    let field = check(review)?;
    let judged = judged(transaction, &review.report_id)?;
    if judged.kind == "row" {
        return Err(told(
            format!("`{}` is a row of another table, not a report of an article", review.report_id),
            "correct it where it comes from, and load it again",
        ));
    }
    let event: Event = parsed(&judged.record)?;
    let revision = revision::begin(transaction, at, "review", None)?;
    let coder = review.coder.trim();
    let mut before = None;
    if let Some(field) = field {
        let value = review.value.as_deref().map(str::trim).filter(|v| !v.is_empty());
        let mut corrected = standing(transaction, &judged, &event)?;
        before = field.read(&corrected);
        let known = Known { connection: transaction, document: judged.document };
        field.write(known, &mut corrected, value, coder)?;
    }
    let id = format!("{}/{revision}", judged.mark);
    let value = review.value.as_deref().map(str::trim).filter(|v| !v.is_empty() && field.is_some());
    transaction
        .prepare_cached(
            "INSERT INTO review (review_id, mark, words, document, report, coder, verdict, field, value_before, value, \
             comment, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            id,
            judged.mark,
            judged.words,
            judged.document,
            judged.report,
            coder,
            review.verdict.as_str(),
            field.map(Field::name),
            before,
            value,
            review.comment.as_deref().map(str::trim).filter(|c| !c.is_empty()),
            revision,
        ])?;
    rebuild(transaction, revision, judged.document, &judged.mark)?;
    Ok(id)
}

fn judged(connection: &Connection, report_id: &str) -> Result<Judged, Failure> {
    let found = connection
        .prepare_cached("SELECT id, mark, trigger, document, record, kind FROM report WHERE report_id = ?1")?
        .query_row([report_id], |r| {
            Ok(Judged {
                report: r.get(0)?,
                mark: r.get(1)?,
                words: r.get(2)?,
                document: r.get(3)?,
                record: r.get(4)?,
                kind: r.get(5)?,
            })
        })
        .optional()?;
    found.ok_or_else(|| {
        let shown: String = report_id.chars().take(80).collect();
        told(format!("`{shown}` is no report"), "`tidings reports` lists them")
    })
}

/// The record that a correction starts from: that of the version which holds, else the one that is named.
fn standing(connection: &Connection, judged: &Judged, named: &Event) -> rusqlite::Result<Event> {
    let record: Option<String> = connection
        .prepare_cached("SELECT record FROM report WHERE mark = ?1 AND until IS NULL")?
        .query_row([&judged.mark], |r| r.get(0))
        .optional()?;
    record.map_or_else(|| Ok(named.clone()), |r| parsed(&r))
}

/// A version of a report in the coding that holds.
struct Version {
    id: i64,
    name: String,
    words: String,
    record: String,
    holds: bool,
}

fn version(row: &Row) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        name: row.get(1)?,
        words: row.get(2)?,
        record: row.get(3)?,
        holds: row.get(4)?,
    })
}

/// Makes the report at a mark what the engine's record and the verdicts on it say together.
fn rebuild(connection: &Connection, revision: i64, document: i64, mark: &str) -> rusqlite::Result<()> {
    let coding: Option<(i64, i64, String, String)> = connection
        .prepare_cached(
            "SELECT coding.id, number, frame, document_id FROM coding JOIN document ON document.id = document \
             WHERE document = ?1 AND until IS NULL",
        )?
        .query_row([document], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()?;
    let Some((row, number, frame, document_id)) = coding else { return Ok(()) };
    let versions: Vec<Version> = connection
        .prepare_cached(
            "SELECT id, name, trigger, record, until IS NULL FROM report WHERE coding = ?1 AND mark = ?2 ORDER BY id",
        )?
        .query_map(params![row, mark], version)?
        .collect::<rusqlite::Result<_>>()?;
    let Some(engine) = versions.first() else { return Ok(()) };
    let wanted = judged_event(Known { connection, document }, mark, engine)?;
    let held = versions.iter().find(|v| v.holds);
    let record = wanted.as_ref().map(json).transpose()?;
    if held.map(|h| &h.record) == record.as_ref() {
        return Ok(());
    }
    let left: Vec<i64> = held.iter().map(|h| h.id).collect();
    for id in &left {
        connection.prepare_cached("UPDATE report SET until = ?2 WHERE id = ?1")?.execute([*id, revision])?;
    }
    let mut arriving = Vec::new();
    if let Some(event) = &wanted {
        let frame: Vec<Record> = parsed(&frame)?;
        let head =
            frame.iter().find_map(|r| if let Record::Document(d) = r { Some(d.clone()) } else { None });
        let head: DocumentRecord = head.unwrap_or_default();
        let coding = Coding { document, document_id: &document_id, revision, head: &head };
        let report_id = format!("{document_id}-{number}-{}.{}", engine.name, versions.len() + 1);
        let (id, signature) = records::store_version(connection, &coding, row, event, [mark, &report_id])?;
        arriving.extend(signature.map(|s| (id, s)));
    }
    grouping::arrive(connection, revision, &left, &arriving)
}

/// The engine's record as the verdicts that are in force make it; `None` if it is rejected. Verdicts on other words do
/// not concern it.
fn judged_event(known: Known, mark: &str, engine: &Version) -> rusqlite::Result<Option<Event>> {
    let connection = known.connection;
    let mut event: Event = parsed(&engine.record)?;
    let mut rejected = false;
    let mut find = connection.prepare_cached(
        "SELECT verdict, field, value, coder FROM review WHERE mark = ?1 AND words = ?2 AND until IS NULL \
         AND verdict <> 'comment' ORDER BY id",
    )?;
    let mut rows = find.query(params![mark, engine.words])?;
    while let Some(row) = rows.next()? {
        let verdict: String = row.get(0)?;
        let field: Option<String> = row.get(1)?;
        let (value, coder): (Option<String>, String) = (row.get(2)?, row.get(3)?);
        rejected = verdict == "reject";
        let Some(field) = field.and_then(|f| Field::parse(&f).ok()) else { continue };
        let mut corrected = event.clone();
        // What was right by an older codebook and is none by this one leaves the field as the engine has it.
        match field.write(known, &mut corrected, value.as_deref(), &coder) {
            Ok(()) => event = corrected,
            Err(Failure::Told(_)) => {}
            Err(Failure::Database(error)) => return Err(error),
        }
    }
    Ok((!rejected).then_some(event))
}

/// A document was coded anew: verdicts on its reports hold on.
pub(crate) fn carry_over(connection: &Connection, revision: i64, document: i64) -> rusqlite::Result<()> {
    let marks: BTreeSet<String> = connection
        .prepare_cached("SELECT mark FROM review WHERE document = ?1 AND until IS NULL")?
        .query_map([document], |r| r.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    marks.iter().try_for_each(|mark| rebuild(connection, revision, document, mark))
}
