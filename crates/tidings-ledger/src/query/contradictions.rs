//! What cannot all be right: values that reports of one event give, or two spans of one article.

use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tidings_coding::records::{Contradiction, Words};

use super::filter::Filter;
use super::past::Moment;
use super::{Page, Query};
use crate::error::{Error, Result};
use crate::records::{json_value, number, parsed};
use crate::store::Ledger;

/// Values that cannot all be right.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ContradictionRow {
    /// Unique; the same as long as it stands.
    pub contradiction_id: String,
    /// `event`: between reports of one event; `article`: within one article.
    pub level: String,
    /// The event.
    pub event_id: Option<String>,
    /// The article.
    pub document_id: Option<String>,
    /// First publication of the article, or of the first report.
    pub published: Option<String>,
    /// What they disagree on.
    pub field: String,
    /// The values, joined by "; ".
    pub values: String,
    /// In words.
    pub explanation: Option<String>,
    /// What governs, if anything does.
    pub resolution: Option<String>,
    /// Who gives which value where: a list of [`Account`].
    pub accounts: Value,
}

/// A value with those who give it, and where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// The value.
    pub value: String,
    /// On whose word; null is the outlet's own voice.
    pub speaker: Option<String>,
    /// Who published it.
    pub outlets: Option<String>,
    /// In which document.
    pub document_id: String,
    /// In which report.
    pub report_id: Option<String>,
    /// First code point of the words.
    pub start: i64,
    /// One past their last.
    pub end: i64,
    /// The sentence.
    pub sentence: Option<String>,
}

/// A value with the reports that give it, as the events keep it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Given {
    /// The value.
    pub value: String,
    /// Ids of the reports.
    pub reports: Vec<String>,
}

/// The part of a list that a cursor stands in.
const EVENT: &str = "event~";
const ARTICLE: &str = "article~";

impl Ledger {
    /// Contradictions: between reports of one event in the order in which they were found, then within articles. Heeds
    /// all filters; `text` and `outlet` ask for an article that is party to it.
    pub fn contradictions(&self, query: &Query) -> Result<Page<ContradictionRow>> {
        let moment = Moment(self.revision(query)?);
        let size = query.page_size();
        let (mut rows, mut found) = (Vec::new(), 0);
        let (level, after) = cursor(query)?;
        if level == EVENT {
            rows = self.between_reports(query, moment, after.as_deref(), size + 1)?;
            found = rows.len();
        }
        if found <= size {
            let after = after.filter(|_| level == ARTICLE);
            rows.extend(self.within_articles(query, moment, after.as_deref(), size + 1 - found)?);
        }
        let next = (rows.len() > size).then(|| rows.get(size - 1).map(|last| last.0.clone())).flatten();
        rows.truncate(size);
        Ok(Page { rows: rows.into_iter().map(|r| r.1).collect(), next })
    }

    fn between_reports(
        &self,
        query: &Query,
        moment: Moment,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, ContradictionRow)>> {
        let actors = "event_state.id IN (SELECT state FROM event_actor WHERE 1";
        let mut filter = self.common(query, "event_state", |_| Ok(actors))?;
        let told = told(moment);
        let there = moment.there("publication");
        let outlet = format!("{told} (SELECT document FROM publication WHERE outlet = ? AND {there}))");
        filter.add_some(&outlet, query.outlet.clone());
        let text = format!("{told} (SELECT rowid FROM document_text WHERE document_text MATCH ?))");
        filter.add_some(&text, super::text::quoted(query.text.as_deref())?);
        filter.add_some("printf('%016d%s', disagreement.state, field) > ?", after.map(str::to_owned));
        let rest = format!("ORDER BY disagreement.state, field LIMIT {limit}");
        let rows = self.all(DISAGREEMENTS, &filter, &rest, disagreement)?;
        rows.into_iter()
            .map(|found| {
                let key = format!("{EVENT}{:016}{}", found.state, found.field);
                Ok((key, found.row(&self.connection, moment).map_err(|e| self.error(e))?))
            })
            .collect()
    }

    fn within_articles(
        &self,
        query: &Query,
        moment: Moment,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<(String, ContradictionRow)>> {
        let mut filter = Filter::default();
        filter.holds(moment.0, "coding");
        self.articles(&mut filter, query, "coding.document", moment)?;
        concerned(query, moment, &mut filter);
        let row = after.map(|a| a.parse::<i64>().map_err(|_| wrong())).transpose()?;
        filter.add_some("contradiction.id > ?", row);
        let select = format!(
            "SELECT contradiction.id, contradiction.name, document_id, {}, contradiction.record, coding.id, {} \
             FROM contradiction JOIN coding ON coding.id = contradiction.coding \
             JOIN document ON document.id = coding.document",
            moment.published("document"),
            moment.outlets("document.id")
        );
        let rest = format!("ORDER BY contradiction.id LIMIT {limit}");
        let rows = self.all(&select, &filter, &rest, |r| {
            let row: i64 = r.get(0)?;
            Ok((format!("{ARTICLE}{row}"), clash(&self.connection, r, moment)?))
        })?;
        Ok(rows)
    }

    /// What the reports of an event gave differently, in one of its states.
    pub(super) fn disagreements_of(&self, state: i64) -> rusqlite::Result<Vec<(String, Vec<Given>)>> {
        self.connection
            .prepare_cached("SELECT field, accounts FROM disagreement WHERE state = ?1 ORDER BY field")?
            .query_map([state], |r| Ok((r.get(0)?, parsed(&r.get::<_, String>(1)?)?)))?
            .collect()
    }
}

/// An event with a report in a document …
fn told(moment: Moment) -> String {
    let held = moment.held("membership");
    format!(
        "EXISTS (SELECT 1 FROM membership JOIN report AS told ON told.id = membership.report \
         WHERE membership.event = event_state.event AND {held} AND told.document IN"
    )
}

/// Contradictions of an article that concern a report which fits.
fn concerned(query: &Query, moment: Moment, filter: &mut Filter) {
    let held = moment.held("report");
    let of = |condition: &str| {
        format!(
            "EXISTS (SELECT 1 FROM report WHERE report.coding = coding.id AND {held} AND report.name IN \
             (SELECT value FROM json_each(contradiction.record, '$.events')) AND {condition})"
        )
    };
    filter.add_some(&of("report.event_date >= ?"), query.from.map(|d| d.to_string()));
    filter.add_some(&of("report.event_date <= ?"), query.to.map(|d| d.to_string()));
    filter.on_reports(query, of);
}

fn wrong() -> Error {
    Error::question("the cursor is none that a page gave", "begin without a cursor")
}

/// In which part of the list the page before ended, and where.
fn cursor(query: &Query) -> Result<(&'static str, Option<String>)> {
    let Some(after) = &query.after else { return Ok((EVENT, None)) };
    for level in [EVENT, ARTICLE] {
        if let Some(rest) = after.strip_prefix(level) {
            return Ok((level, Some(rest.to_owned())));
        }
    }
    Err(wrong())
}

const DISAGREEMENTS: &str = "SELECT disagreement.state, field, accounts, event_id, event_state.status, \
     event_state.event_date, event_state.place, n_reports FROM disagreement \
     JOIN event_state ON event_state.id = disagreement.state JOIN event ON event.id = event_state.event";

/// A field on which the reports of an event disagree.
struct Disagreement {
    state: i64,
    field: String,
    given: Vec<Given>,
    event_id: String,
    /// What the event says, where it says one of the values.
    kept: Option<String>,
    n_reports: i64,
}

fn disagreement(row: &Row) -> rusqlite::Result<Disagreement> {
    let field: String = row.get(1)?;
    let kept = match field.as_str() {
        "status" => row.get(4)?,
        "event_date" => row.get(5)?,
        "place" => row.get(6)?,
        _ => None,
    };
    Ok(Disagreement {
        state: row.get(0)?,
        given: parsed(&row.get::<_, String>(2)?)?,
        event_id: row.get(3)?,
        n_reports: row.get(7)?,
        kept,
        field,
    })
}

impl Disagreement {
    fn row(self, connection: &Connection, moment: Moment) -> rusqlite::Result<ContradictionRow> {
        let sql = format!(
            "SELECT speaker_name, {}, document_id, sentence_start, sentence_end, sentence, {} FROM report \
             JOIN document ON document.id = report.document WHERE report_id = ?1",
            moment.outlets("document.id"),
            moment.published("document")
        );
        let mut find = connection.prepare_cached(&sql)?;
        let (mut accounts, mut published) = (Vec::new(), None::<String>);
        for given in &self.given {
            for report_id in &given.reports {
                let found = find.query_row([report_id], |r| {
                    let account = Account {
                        value: given.value.clone(),
                        speaker: r.get(0)?,
                        outlets: r.get(1)?,
                        document_id: r.get(2)?,
                        report_id: Some(report_id.clone()),
                        start: r.get(3)?,
                        end: r.get(4)?,
                        sentence: r.get(5)?,
                    };
                    Ok((account, r.get::<_, Option<String>>(6)?))
                });
                let (account, day) = found?;
                published = [published, day].into_iter().flatten().min();
                accounts.push(account);
            }
        }
        let values: Vec<&str> = self.given.iter().map(|g| g.value.as_str()).collect();
        let kept = self.kept.as_ref().filter(|k| values.contains(&k.as_str()));
        Ok(ContradictionRow {
            contradiction_id: format!("{}/{}", self.event_id, self.field),
            level: "event".to_owned(),
            document_id: None,
            published,
            explanation: Some(format!("{} reports of one event: {}.", self.n_reports, counts(&self.given))),
            resolution: Some(kept.map_or_else(
                || "unresolved: report against report".to_owned(),
                |k| format!("the event keeps: {k}"),
            )),
            values: values.join("; "),
            accounts: json_value(&accounts)?,
            field: self.field,
            event_id: Some(self.event_id),
        })
    }
}

/// "7 in 2, 9 in 1".
fn counts(given: &[Given]) -> String {
    let each: Vec<String> = given.iter().map(|g| format!("{} in {}", g.value, g.reports.len())).collect();
    each.join(", ")
}

/// A contradiction within an article; each side with the report in whose sentence it stands.
fn clash(connection: &Connection, row: &Row, moment: Moment) -> rusqlite::Result<ContradictionRow> {
    let (name, document_id): (String, String) = (row.get(1)?, row.get(2)?);
    let record: Contradiction = parsed(&row.get::<_, String>(4)?)?;
    let (coding, outlets): (i64, Option<String>) = (row.get(5)?, row.get(6)?);
    let (mut accounts, mut event_id) = (Vec::new(), None);
    for words in [&record.a, &record.b] {
        let told = told_at(connection, coding, &record.events, words, moment)?;
        let (report_id, speaker, sentence, event) = told.unwrap_or_default();
        event_id = event_id.or(event);
        accounts.push(Account {
            value: words.text.clone(),
            speaker,
            outlets: outlets.clone(),
            document_id: document_id.clone(),
            report_id,
            start: number(words.start),
            end: number(words.end),
            sentence,
        });
    }
    Ok(ContradictionRow {
        contradiction_id: format!("{document_id}/{name}"),
        level: "article".to_owned(),
        event_id,
        document_id: Some(document_id),
        published: row.get(3)?,
        field: record.attribute,
        values: format!("{}; {}", record.a.text, record.b.text),
        explanation: Some(record.explanation).filter(|e| !e.is_empty()),
        resolution: Some(record.resolution).filter(|r| !r.is_empty()),
        accounts: json_value(&accounts)?,
    })
}

/// Report, speaker, sentence and event.
type Side = (Option<String>, Option<String>, Option<String>, Option<String>);

/// The report, of those that a contradiction names, in whose sentence some words stand.
fn told_at(
    connection: &Connection,
    coding: i64,
    events: &[String],
    words: &Words,
    moment: Moment,
) -> rusqlite::Result<Option<Side>> {
    let sql = format!(
        "SELECT report_id, speaker_name, sentence, {} FROM report WHERE coding = ?1 AND {} \
         AND sentence_start <= ?2 AND sentence_end >= ?3 \
         ORDER BY name IN (SELECT value FROM json_each(?4)) DESC, name LIMIT 1",
        moment.event("report.id"),
        moment.held("report")
    );
    let values = params![coding, number(words.start), number(words.end), crate::records::json(&events)?];
    connection
        .prepare_cached(&sql)?
        .query_row(values, |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))
        .optional()
}
