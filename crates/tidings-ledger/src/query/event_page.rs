//! The page of an event: its reports, what they disagree on, the course of what is said of it, and its history.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::contradictions::Given;
use super::events::EventRow;
use super::filter::check;
use super::past::Moment;
use super::reports::{self, ReportRow};
use super::reviews::ReviewRow;
use super::{LARGEST_PAGE, Query};
use crate::error::Result;
use crate::store::Ledger;

/// One event with all that is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPage {
    /// The event.
    pub event: EventRow,
    /// Its reports, by publication.
    pub reports: Vec<ReportRow>,
    /// What they disagree on.
    pub disagreements: Vec<DisagreementRow>,
    /// The course of what is said of it.
    pub course: Vec<Step>,
    /// What it looked like from one revision to the next.
    pub history: Vec<PastState>,
    /// What people said of its reports.
    pub reviews: Vec<ReviewRow>,
}

/// A field for which the reports give different values.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisagreementRow {
    /// Which field.
    pub field: String,
    /// Each value with its reports.
    pub accounts: Vec<Given>,
}

/// What one report adds to the course of an event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Step {
    /// When it came out.
    pub published: Option<String>,
    /// In which document.
    pub document_id: String,
    /// In which report.
    pub report_id: String,
    /// Who published it.
    pub outlets: Option<String>,
    /// How certain.
    pub status: String,
    /// On whose word.
    pub speaker: Option<String>,
    /// What it does to what was said before: reported, alleged, planned, conditional, hypothetical, denied, negated:
    /// said for the first time; restated: said before; copied: the words of an earlier report; confirmed: told as a
    /// fact after it was a claim; carried_out: after it was planned.
    pub turn: String,
}

/// An event from one revision to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PastState {
    /// Since when.
    pub at: String,
    /// What changed it: add, recode, split, merge, review, undo …
    pub kind: String,
    /// Why, if somebody said so.
    pub note: Option<String>,
    /// How certain it was from then on; null where it had no more reports.
    pub status: Option<String>,
    /// Reports from then on.
    pub n_reports: i64,
}

impl Ledger {
    /// One event; `None` if there is none. An event that went up in another one is answered by that one: its id stays good.
    /// Heeds `as_of`.
    pub fn event(&self, event_id: &str, query: &Query) -> Result<Option<EventPage>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let Some(state) = self.state_of(event_id, moment).map_err(|e| self.error(e))? else {
            return Ok(None);
        };
        let row = u32::try_from(state).unwrap_or(u32::MAX);
        let Some(event) = self.event_rows(&[row])?.pop() else { return Ok(None) };
        self.event_page(event, state, moment).map(Some).map_err(|e| self.error(e))
    }

    /// The state of an event that holds, or of the one that its first report belongs to.
    fn state_of(&self, event_id: &str, moment: Moment) -> rusqlite::Result<Option<i64>> {
        let sql = format!(
            "SELECT event_state.id FROM event JOIN event_state ON event_state.event = event.id \
             WHERE event_id = ?1 AND {}",
            moment.held("event_state")
        );
        let own = self.connection.prepare_cached(&sql)?.query_row([event_id], |r| r.get(0)).optional()?;
        if own.is_some() {
            return Ok(own);
        }
        let sql = format!(
            "SELECT event_state.id FROM report JOIN membership ON membership.report = report.id AND {} \
             JOIN event_state ON event_state.event = membership.event AND {} WHERE mark = ?1 AND coding IN \
             (SELECT coding.id FROM document JOIN coding ON coding.document = document.id \
             WHERE document_id = substr(?1, 1, instr(?1, ':') - 1)) LIMIT 1",
            moment.held("membership"),
            moment.held("event_state")
        );
        self.connection.prepare_cached(&sql)?.query_row([event_id], |r| r.get(0)).optional()
    }

    fn event_page(&self, event: EventRow, state: i64, moment: Moment) -> rusqlite::Result<EventPage> {
        let number: i64 =
            self.connection
                .query_row("SELECT event FROM event_state WHERE id = ?1", [state], |r| r.get(0))?;
        let key = format!("ifnull({}, '9999')", moment.published("document"));
        let sql = format!(
            "{} JOIN membership ON membership.report = report.id AND {} WHERE membership.event = ?1 \
             ORDER BY {key}, document.id, sentence_start, report.id LIMIT {LARGEST_PAGE}",
            reports::select(moment, &key),
            moment.held("membership")
        );
        let mut find = self.connection.prepare_cached(&sql)?;
        let reports: Vec<ReportRow> =
            find.query_map([number], reports::row)?.collect::<rusqlite::Result<_>>()?;
        let course = course(&reports, &self.families(&reports)?);
        let disagreements = self
            .disagreements_of(state)?
            .into_iter()
            .map(|(field, accounts)| DisagreementRow { field, accounts })
            .collect();
        let history = self.history(number, moment)?;
        let of = "review.mark IN (SELECT mark FROM report JOIN membership ON membership.report = report.id \
                  WHERE membership.event = ?1)";
        let reviews = self.reviews_where(of, number, moment)?;
        Ok(EventPage { event, reports, disagreements, course, history, reviews })
    }

    /// The text that each report's document is a copy of.
    fn families(&self, reports: &[ReportRow]) -> rusqlite::Result<Vec<i64>> {
        let mut find =
            self.connection.prepare_cached("SELECT family FROM document WHERE document_id = ?1")?;
        reports.iter().map(|r| find.query_row([&r.document_id], |row| row.get(0))).collect()
    }

    fn history(&self, event: i64, moment: Moment) -> rusqlite::Result<Vec<PastState>> {
        let last = moment.0.unwrap_or(i64::MAX);
        let mut find = self.connection.prepare_cached(
            "SELECT at, kind, note, status, n_reports FROM (SELECT since AS revision, status, n_reports \
             FROM event_state WHERE event = ?1 UNION ALL SELECT until, NULL, 0 FROM event_state AS ended \
             WHERE event = ?1 AND until IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event_state \
             WHERE event = ?1 AND since = ended.until)) JOIN revision ON revision.id = revision \
             WHERE revision <= ?2 ORDER BY revision",
        )?;
        find.query_map(params![event, last], |r| {
            Ok(PastState {
                at: r.get(0)?,
                kind: r.get(1)?,
                note: r.get(2)?,
                status: r.get(3)?,
                n_reports: r.get(4)?,
            })
        })?
        .collect()
    }
}

/// What each report adds to those before it.
fn course(reports: &[ReportRow], families: &[i64]) -> Vec<Step> {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    let mut texts: BTreeMap<(i64, &str), &str> = BTreeMap::new();
    let mut steps = Vec::new();
    for (report, family) in reports.iter().zip(families) {
        // The same article may tell it twice; another one with the same words is a copy.
        let first = texts.entry((*family, &report.status)).or_insert(&report.document_id);
        let copied = **first != report.document_id;
        let turn = if copied { "copied" } else { turn(&report.status, &said) };
        said.insert(&report.status);
        steps.push(Step {
            published: report.published.clone(),
            document_id: report.document_id.clone(),
            report_id: report.report_id.clone(),
            outlets: report.outlets.clone(),
            status: report.status.clone(),
            speaker: report.speaker.clone(),
            turn: turn.to_owned(),
        });
    }
    steps
}

/// What a status does to those that were said before.
fn turn<'s>(status: &'s str, said: &BTreeSet<&str>) -> &'s str {
    if said.contains(status) {
        return "restated";
    }
    match status {
        "asserted" if said.is_empty() => "reported",
        "asserted" if said.iter().all(|s| *s == "planned") => "carried_out",
        "asserted" => "confirmed",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_alleged_denied_and_confirmed() {
        let turns = |statuses: &[&str]| {
            let mut said = BTreeSet::new();
            let mut turns = Vec::new();
            for status in statuses {
                turns.push(turn(status, &said).to_owned());
                said.insert(*status);
            }
            turns.join(" ")
        };
        assert_eq!(
            turns(&["alleged", "denied", "alleged", "asserted", "asserted"]),
            "alleged denied restated confirmed restated"
        );
        assert_eq!(turns(&["planned", "asserted"]), "planned carried_out");
        assert_eq!(turns(&["asserted", "denied"]), "reported denied");
    }
}
