//! Commitments: what parties are bound to do, as several articles tell it, and what became of it.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;
use tidings_coding::records::Commitment;

use super::filter::{Filter, check};
use super::past::Moment;
use super::{Page, Query};
use crate::commitments::{Bond, violations};
use crate::error::{Error, Result};
use crate::records::parsed;
use crate::store::Ledger;

/// An obligation, mandate, sanctions regime or ultimatum.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentRow {
    /// Where the first article that was stored tells it.
    pub commitment_id: String,
    /// That article.
    pub document_id: String,
    /// What is to be done.
    pub obligation: String,
    /// Who is bound, who oversees …, joined by "; ".
    pub parties: Option<String>,
    /// The document that says so.
    pub instrument: Option<String>,
    /// When it was entered.
    pub entered: Option<String>,
    /// Until when.
    pub deadline: Option<String>,
    /// What would break it.
    pub violation_condition: Option<String>,
    /// How it stands in the newest article: in force, proposed, ended, said to be violated …
    pub status: String,
    /// Articles that tell it.
    pub n_articles: i64,
    /// First publication.
    pub first_published: Option<String>,
    /// Last publication.
    pub last_published: Option<String>,
}

/// One commitment with its history.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentPage {
    /// The commitment.
    pub commitment: CommitmentRow,
    /// What became of it, by publication.
    pub history: Vec<CommitmentStep>,
}

/// What one sentence tells of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommitmentStep {
    /// When the article came out.
    pub published: Option<String>,
    /// `proposed`, `entered`, `restated`, `alleged_violation`, `confirmed_violation`, `ended`.
    pub step: String,
    /// In which document.
    pub document_id: String,
    /// Who published it.
    pub outlets: Option<String>,
    /// On whose word; null is the outlet's own voice.
    pub speaker: Option<String>,
    /// The sentence.
    pub sentence: String,
    /// The report that tells a violation.
    pub report_id: Option<String>,
    /// Where the sentence begins, in code points.
    pub start: i64,
    /// One past its end.
    pub end: i64,
}

/// What is read of each article's telling.
struct Telling {
    mark: String,
    document: i64,
    document_id: String,
    published: Option<String>,
    outlets: Option<String>,
    record: Commitment,
    /// Name of the one who says so.
    speaker: Option<String>,
}

impl Ledger {
    /// Commitments by the publication of the article that they were first stored with. Heeds `actor` (a party), `from`,
    /// `to`, `outlet` and `text` (of an article that tells it), `status` (how it stands in one of these), `as_of` and
    /// pages.
    pub fn commitments(&self, query: &Query) -> Result<Page<CommitmentRow>> {
        check(query)?;
        if query.event_type.is_some() || query.quad.is_some() || query.place.is_some() {
            let what = "commitments have no type, quad class or place";
            return Err(Error::question(what, "ask by party, days, outlet, words or status"));
        }
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        filter.holds(moment.0, "coding");
        filter.plain(&format!(
            "NOT EXISTS ({} SELECT 1 FROM part JOIN commitment AS other ON other.id = part.id JOIN coding AS told \
             ON told.id = other.coding WHERE (told.document, other.id) < (coding.document, commitment.id))",
            part("commitment.id", moment)
        ));
        told_by(query, moment, &mut filter)?;
        let key = format!("ifnull({}, '')", moment.published("document"));
        let order = filter.ordered(query, &key, "commitment.id")?;
        let select = format!(
            "SELECT {key}, commitment.id FROM commitment JOIN coding ON coding.id = commitment.coding \
             JOIN document ON document.id = coding.document"
        );
        let page = self.page(query, &select, &filter, &order, |r| r.get::<_, i64>(1))?;
        let rows = page.rows.iter().map(|id| Ok(summary(&self.tellings(*id, moment)?)));
        let rows = rows.collect::<rusqlite::Result<Vec<_>>>().map_err(|e| self.error(e))?;
        Ok(Page { rows: rows.into_iter().flatten().collect(), next: page.next })
    }

    /// One commitment with its history; `None` if there is none. The id of any of its articles' tellings is good.
    /// Heeds `as_of`.
    pub fn commitment(&self, commitment_id: &str, query: &Query) -> Result<Option<CommitmentPage>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let page = || -> rusqlite::Result<Option<CommitmentPage>> {
            let sql = format!(
                "SELECT commitment.id FROM commitment JOIN coding ON coding.id = commitment.coding \
                 WHERE mark = ?1 AND {}",
                moment.held("coding")
            );
            let mut find = self.connection.prepare_cached(&sql)?;
            let found: Option<i64> = find.query_row([commitment_id], |r| r.get(0)).optional()?;
            let Some(id) = found else { return Ok(None) };
            let tellings = self.tellings(id, moment)?;
            let history = history(&self.connection, &tellings, moment)?;
            Ok(summary(&tellings).map(|commitment| CommitmentPage { commitment, history }))
        };
        page().map_err(|e| self.error(e))
    }

    /// All tellings of one commitment, in the order in which their articles were stored.
    fn tellings(&self, id: i64, moment: Moment) -> rusqlite::Result<Vec<Telling>> {
        let sql = format!(
            "{} SELECT mark, coding.document, document_id, {}, {}, commitment.record, \
             (SELECT name FROM actor WHERE entity = json_extract(commitment.record, '$.attribution')) \
             FROM part JOIN commitment ON commitment.id = part.id JOIN coding ON coding.id = commitment.coding \
             JOIN document ON document.id = coding.document ORDER BY coding.document, commitment.id",
            part("?1", moment),
            moment.published("document"),
            moment.outlets("document.id")
        );
        self.connection.prepare_cached(&sql)?.query_map([id], telling)?.collect()
    }
}

/// The tellings that hang together with one.
fn part(start: &str, moment: Moment) -> String {
    format!(
        "WITH RECURSIVE part (id) AS (SELECT {start} UNION SELECT b FROM part JOIN commitment_link ON a = part.id \
         JOIN commitment AS linked ON linked.id = b JOIN coding AS its ON its.id = linked.coding WHERE {})",
        moment.held("its")
    )
}

/// Filters on any of the articles that tell a commitment.
fn told_by(query: &Query, moment: Moment, filter: &mut Filter) -> Result<()> {
    let any = |condition: &str| {
        format!(
            "EXISTS ({} SELECT 1 FROM part JOIN commitment AS other ON other.id = part.id JOIN coding AS told \
             ON told.id = other.coding JOIN document AS article ON article.id = told.document WHERE {condition})",
            part("commitment.id", moment)
        )
    };
    let published = moment.published("article");
    filter.add_some(&any(&format!("{published} >= ?")), query.from.map(|d| d.to_string()));
    filter.add_some(&any(&format!("{published} <= ?")), query.to.map(|d| d.to_string()));
    filter.add_some(&any("other.status = ?"), query.status.clone());
    let party = "other.id IN (SELECT commitment FROM commitment_party JOIN actor ON actor.id = actor \
                 WHERE entity = ? OR country = ?)";
    for who in [&query.actor, &query.with, &query.source, &query.target] {
        filter.add_some(&any(party), who.clone());
    }
    let there = moment.there("publication");
    let outlet = format!("article.id IN (SELECT document FROM publication WHERE outlet = ? AND {there})");
    filter.add_some(&any(&outlet), query.outlet.clone());
    let text = "article.id IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)";
    filter.add_some(&any(text), super::text::quoted(query.text.as_deref())?);
    Ok(())
}

fn telling(row: &Row) -> rusqlite::Result<Telling> {
    Ok(Telling {
        mark: row.get(0)?,
        document: row.get(1)?,
        document_id: row.get(2)?,
        published: row.get(3)?,
        outlets: row.get(4)?,
        record: parsed(&row.get::<_, String>(5)?)?,
        speaker: row.get(6)?,
    })
}

/// What the tellings say together: the first one's words, the parties of all, how it stands in the newest.
fn summary(tellings: &[Telling]) -> Option<CommitmentRow> {
    let first = tellings.first()?;
    let day =
        |date: &Option<tidings_coding::records::DateRecord>| date.as_ref().and_then(|d| d.value.clone());
    let any = |value: &dyn Fn(&Commitment) -> Option<String>| tellings.iter().find_map(|t| value(&t.record));
    let mut parties: Vec<&str> = Vec::new();
    for party in tellings.iter().flat_map(|t| &t.record.parties) {
        if !parties.contains(&party.name.as_str()) {
            parties.push(&party.name);
        }
    }
    let newest = tellings.iter().max_by_key(|t| (t.published.clone(), t.document))?;
    let days: BTreeSet<&String> = tellings.iter().filter_map(|t| t.published.as_ref()).collect();
    let articles: BTreeSet<i64> = tellings.iter().map(|t| t.document).collect();
    Some(CommitmentRow {
        commitment_id: first.mark.clone(),
        document_id: first.document_id.clone(),
        obligation: first.record.obligation.clone(),
        parties: (!parties.is_empty()).then(|| parties.join("; ")),
        instrument: any(&|c| c.instrument.clone()),
        entered: any(&|c| day(&c.date)),
        deadline: any(&|c| day(&c.deadline)),
        violation_condition: any(&|c| c.violation_condition.clone()),
        status: newest.record.status.clone(),
        n_articles: crate::records::number(articles.len()),
        first_published: days.first().map(|d| (*d).clone()),
        last_published: days.last().map(|d| (*d).clone()),
    })
}

/// What became of it: what the tellings say, and the reports that tell that it was broken or ended.
fn history(
    connection: &Connection,
    tellings: &[Telling],
    moment: Moment,
) -> rusqlite::Result<Vec<CommitmentStep>> {
    let mut order: Vec<&Telling> = tellings.iter().collect();
    order.sort_by_key(|t| {
        (t.published.is_none(), t.published.clone(), t.document, t.record.sentence.words.start)
    });
    let mut steps: Vec<CommitmentStep> = Vec::new();
    for telling in order {
        let said = steps.iter().any(|s| s.step == "entered");
        steps.push(step_of(telling, said));
    }
    let records: Vec<&Commitment> = tellings.iter().map(|t| &t.record).collect();
    let since = tellings.iter().filter_map(|t| t.published.clone()).min();
    for step in violations(connection, &Bond::of(&records), since.as_deref(), moment)? {
        let told = |s: &CommitmentStep| s.document_id == step.document_id && s.start == step.start;
        if !steps.iter().any(|s| told(s) && s.step == step.step) {
            steps.push(step);
        }
    }
    steps.sort_by_key(|s| (s.published.is_none(), s.published.clone()));
    Ok(steps)
}

fn step_of(telling: &Telling, entered: bool) -> CommitmentStep {
    let step = match telling.record.status.as_str() {
        "proposed" => "proposed",
        "ended" => "ended",
        // On somebody's word it is an allegation, in the outlet's own voice it is told as a fact.
        "said to be violated" if telling.speaker.is_some() => "alleged_violation",
        "said to be violated" => "confirmed_violation",
        _ if entered => "restated",
        _ => "entered",
    };
    let sentence = &telling.record.sentence.words;
    CommitmentStep {
        published: telling.published.clone(),
        step: step.to_owned(),
        document_id: telling.document_id.clone(),
        outlets: telling.outlets.clone(),
        speaker: telling.speaker.clone(),
        sentence: sentence.text.clone(),
        report_id: None,
        start: crate::records::number(sentence.start),
        end: crate::records::number(sentence.end),
    }
}
