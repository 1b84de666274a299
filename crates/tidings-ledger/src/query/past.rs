//! Pieces of SQL for what holds beside a row now, or held at a revision: its event, its outlets, its link.

use super::filter::held;

/// A moment of the ledger: a revision, or now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment(pub Option<i64>);

impl Moment {
    /// Whether a row of a table that knows its end held.
    pub fn held(self, table: &str) -> String {
        held(self.0, table)
    }

    /// Whether a row of a table to which rows are only added was there.
    pub fn there(self, table: &str) -> String {
        self.0.map_or_else(|| "1".to_owned(), |r| format!("{table}.since <= {r}"))
    }

    /// Id of the event of a report, given the column of its row number.
    pub fn event(self, report: &str) -> String {
        let held = self.held("membership");
        format!(
            "(SELECT event_id FROM membership JOIN event ON event.id = membership.event \
             WHERE membership.report = {report} AND {held})"
        )
    }

    /// Number of the reports of the event of a report.
    pub fn reports(self, report: &str) -> String {
        let (held, state) = (self.held("membership"), self.held("told"));
        format!(
            "(SELECT told.n_reports FROM membership JOIN event_state AS told ON told.event = membership.event \
             AND {state} WHERE membership.report = {report} AND {held})"
        )
    }

    /// Who published a document.
    pub fn outlets(self, document: &str) -> String {
        let there = self.there("publication");
        format!(
            "(SELECT group_concat(outlet, '; ') FROM (SELECT DISTINCT outlet FROM publication \
             WHERE publication.document = {document} AND outlet IS NOT NULL AND {there} ORDER BY outlet))"
        )
    }

    /// The first day on which a document came out, as far as was known; `document` is the table.
    pub fn published(self, document: &str) -> String {
        match self.0 {
            None => format!("{document}.published"),
            Some(_) => {
                let there = self.there("publication");
                format!(
                    "(SELECT min(publication.published) FROM publication \
                     WHERE publication.document = {document}.id AND {there})"
                )
            }
        }
    }

    /// Why a report is linked to an earlier one.
    pub fn link(self, report: &str) -> String {
        let now = format!("SELECT reasons FROM link WHERE link.report = {report}");
        let Some(revision) = self.0 else { return format!("({now})") };
        format!(
            "coalesce(({now} AND link.since <= {revision}), (SELECT reasons FROM link_past \
             WHERE link_past.report = {report} AND {}))",
            held(self.0, "link_past")
        )
    }

    /// Names of the actors on one side of a report.
    pub fn side(report: &str, side: &str) -> String {
        format!(
            "(SELECT group_concat(name, '; ') FROM (SELECT actor.name FROM report_actor JOIN actor \
             ON actor.id = report_actor.actor WHERE report_actor.report = {report} \
             AND side = '{side}' ORDER BY position))"
        )
    }
}
