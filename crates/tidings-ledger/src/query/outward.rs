//! Events with all that the tables of others have columns for, and the words around a sentence.

use rusqlite::{OptionalExtension, Row, params};
use serde::Deserialize;

use super::filter::Filter;
use super::{Page, Query};
use crate::error::Result;
use crate::store::Ledger;

/// An event with its parties, and what its best report says beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct OutwardEvent {
    /// Id of the event.
    pub event_id: String,
    /// First day, if it is known.
    pub date: Option<String>,
    /// day, week, month …
    pub date_precision: Option<String>,
    /// Who acts.
    pub sources: Vec<OutwardParty>,
    /// Who is acted upon.
    pub targets: Vec<OutwardParty>,
    /// PLOVER type.
    pub event_type: String,
    /// PLOVER modes, separated by blanks.
    pub mode: String,
    /// PLOVER contexts of the best report, separated by blanks.
    pub context: String,
    /// Quad class.
    pub quad_class: u8,
    /// PLOVER score.
    pub plover_score: Option<f64>,
    /// CAMEO code of the best report.
    pub cameo: Option<String>,
    /// Its Goldstein weight.
    pub goldstein: Option<f64>,
    /// asserted, alleged …
    pub status: String,
    /// Where.
    pub place: Option<OutwardPlace>,
    /// Reports.
    pub n_reports: i64,
    /// Outlets of these.
    pub n_outlets: i64,
    /// Different texts of these.
    pub n_texts: i64,
    /// Document of the best report.
    pub document_id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it first.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When.
    pub published: Option<String>,
    /// Its language.
    pub language: String,
    /// The sentence of the best report.
    pub sentence: String,
    /// Its number in the article, from 0.
    pub sentence_number: Option<i64>,
    /// When the ledger learnt what stands here.
    pub since: String,
    /// Whose row it is and the row as it was, where the best report was read from the table of others.
    pub original: Option<(String, String)>,
}

/// One who acts or is acted upon.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct OutwardParty {
    /// Id.
    pub entity: String,
    /// Name.
    pub name: String,
    /// ISO-3, or a PLOVER code of those above states.
    pub country: Option<String>,
    /// PLOVER sectors, separated by blanks.
    pub sector: String,
    /// Role, if one is known.
    pub role: Option<String>,
}

/// Where it was.
#[derive(Clone, Debug, PartialEq)]
pub struct OutwardPlace {
    /// Name.
    pub name: String,
    /// ISO-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames: Option<i64>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// city, region, country …
    pub precision: Option<String>,
}

/// `%` is the side.
const PARTIES: &str = "(SELECT json_group_array(json_object('entity', entity, 'name', name, 'country', actor.country, \
     'sector', sector, 'role', role) ORDER BY actor) FROM event_actor JOIN actor ON actor.id = actor \
     WHERE state = event_state.id AND side = '%')";

const COLUMNS: &str = "event_state.event_type, event_state.mode, event_state.quad_class, event_state.plover_score, \
     event_state.status, event_state.place, event_state.place_country, event_state.place_admin1, \
     event_state.place_geonames, event_state.latitude, event_state.longitude, report.place_precision, n_reports, \
     n_outlets, n_texts, report.context, report.cameo, report.goldstein, report.sentence, \
     json_extract(report.record, '$.sentence.n'), document.document_id, document.title, document.published, \
     document.language, (SELECT outlet FROM publication WHERE document = document.id ORDER BY published, id LIMIT 1), \
     (SELECT url FROM publication WHERE document = document.id ORDER BY published, id LIMIT 1), revision.at, \
     CASE WHEN report.kind = 'row' THEN report.mark END, CASE WHEN report.kind = 'row' THEN report.record END";

const TABLES: &str = "FROM event_state JOIN event ON event.id = event_state.event \
     JOIN report ON report.id = best_report JOIN document ON document.id = report.document \
     JOIN revision ON revision.id = event_state.since";

fn outward(row: &Row) -> rusqlite::Result<OutwardEvent> {
    let parties = |column| -> rusqlite::Result<Vec<OutwardParty>> {
        let text: String = row.get(column)?;
        serde_json::from_str(&text).map_err(|e| {
            rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(e))
        })
    };
    let place = row.get::<_, Option<String>>(11)?.map(|name| -> rusqlite::Result<OutwardPlace> {
        Ok(OutwardPlace {
            name,
            country: row.get(12)?,
            admin1: row.get(13)?,
            geonames: row.get(14)?,
            latitude: row.get(15)?,
            longitude: row.get(16)?,
            precision: row.get(17)?,
        })
    });
    let mark: Option<String> = row.get(33)?;
    let origin = mark.and_then(|m| m.split_once(':').map(|(origin, _)| origin.to_owned()));
    Ok(OutwardEvent {
        event_id: row.get(2)?,
        date: Some(row.get::<_, String>(0)?).filter(|d| !d.is_empty()),
        date_precision: row.get(3)?,
        sources: parties(4)?,
        targets: parties(5)?,
        event_type: row.get(6)?,
        mode: row.get(7)?,
        quad_class: row.get(8)?,
        plover_score: row.get(9)?,
        status: row.get(10)?,
        place: place.transpose()?,
        n_reports: row.get(18)?,
        n_outlets: row.get(19)?,
        n_texts: row.get(20)?,
        context: row.get(21)?,
        cameo: row.get(22)?,
        goldstein: row.get(23)?,
        sentence: row.get(24)?,
        sentence_number: row.get(25)?,
        document_id: row.get(26)?,
        title: row.get(27)?,
        published: row.get(28)?,
        language: row.get(29)?,
        outlet: row.get(30)?,
        url: row.get(31)?,
        since: row.get(32)?,
        original: origin.zip(row.get(34)?),
    })
}

/// What a report says beside its row, and the words around its sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// PLOVER contexts, separated by blanks.
    pub context: String,
    /// Quad class.
    pub quad_class: u8,
    /// PLOVER score.
    pub plover_score: Option<f64>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Its Goldstein weight.
    pub goldstein: Option<f64>,
    /// Before the sentence; none where the ledger does not have the text.
    pub prefix: Option<String>,
    /// Behind it.
    pub suffix: Option<String>,
}

/// SQLite counts the characters of a text from 1.
const BESIDE: &str = "SELECT context, quad_class, plover_score, cameo, goldstein, \
     CASE WHEN text <> '' THEN substr(text, max(sentence_start + 1 - ?2, 1), min(sentence_start, ?2)) END, \
     CASE WHEN text <> '' THEN substr(text, sentence_end + 1, ?2) END \
     FROM report JOIN document ON document.id = report.document WHERE report_id = ?1";

impl Ledger {
    /// Events by day, with all that others ask of them. All filters.
    pub fn outward_events(&self, query: &Query) -> Result<Page<OutwardEvent>> {
        let [sources, targets] = ["source", "target"].map(|side| PARTIES.replace('%', side));
        let select = format!(
            "SELECT event_state.event_date, event_state.id, event_id, event_state.date_precision, {sources}, {targets}, \
             {COLUMNS} {TABLES} WHERE event_state.id = ?1"
        );
        self.states(query, |states| {
            let read = || -> rusqlite::Result<Vec<OutwardEvent>> {
                let mut statement = self.connection.prepare_cached(&select)?;
                states.iter().map(|state| statement.query_row([state], outward)).collect()
            };
            read().map_err(|e| self.error(e))
        })
    }

    /// Programs that coded what holds, in alphabetical order. Heeds `as_of`.
    pub fn engines(&self, query: &Query) -> Result<Vec<String>> {
        let mut filter = Filter::default();
        filter.holds(self.revision(query)?, "coding");
        self.all("SELECT DISTINCT engine FROM coding", &filter, "ORDER BY engine", |row| row.get(0))
    }

    /// What a report says beside its row, with up to `length` characters before and behind its sentence.
    pub fn surroundings(&self, report_id: &str, length: i64) -> Result<Option<Beside>> {
        let found = || -> rusqlite::Result<Option<Beside>> {
            let mut statement = self.connection.prepare_cached(BESIDE)?;
            let row = statement.query_row(params![report_id, length], |row| {
                Ok(Beside {
                    context: row.get(0)?,
                    quad_class: row.get(1)?,
                    plover_score: row.get(2)?,
                    cameo: row.get(3)?,
                    goldstein: row.get(4)?,
                    prefix: row.get(5)?,
                    suffix: row.get(6)?,
                })
            });
            row.optional()
        };
        found().map_err(|e| self.error(e))
    }
}
