//! How far coders agree, field by field.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use serde::Serialize;
use tidings_coding::records::Event;

use super::Field;
use super::alpha::{Level, alpha};
use crate::days;
use crate::error::Result;
use crate::grouping::STATUSES;
use crate::query::{Moment, Query};
use crate::records::{number, parsed};
use crate::store::Ledger;

/// With fewer units, alpha says next to nothing.
const FEW: usize = 30;

/// Agreement on one field.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AgreementRow {
    /// The field; `verdict` is whether there is such an event at all.
    pub field: String,
    /// How values are compared: nominal, ordinal or interval.
    pub level: String,
    /// Reports that two coders or more judged and gave a value.
    pub units: i64,
    /// Coders of these.
    pub coders: i64,
    /// Share of pairs of values that are equal.
    pub same: Option<f64>,
    /// Krippendorff's alpha; null where nothing can be compared or all values are the same.
    pub alpha: Option<f64>,
    /// What to mind.
    pub note: Option<String>,
}

/// What one coder says of one report: the record as it was judged, with that coder's own corrections.
struct Judgement {
    rejected: bool,
    values: BTreeMap<Field, Option<String>>,
}

/// For each report its coders.
type Judgements = BTreeMap<String, BTreeMap<String, Judgement>>;

impl Ledger {
    /// Krippendorff's alpha for each field, over reports that two coders or more have judged. Heeds `as_of`.
    pub fn agreement(&self, query: &Query) -> Result<Vec<AgreementRow>> {
        let moment = Moment(self.revision(query)?);
        let judgements = judgements(&self.connection, moment).map_err(|e| self.error(e))?;
        let mut rows = vec![row("verdict", Level::Nominal, &judgements, |j| Some(j.rejected.to_string()))];
        for field in Field::each() {
            let value = |j: &Judgement| {
                let told = j.values.get(&field).filter(|_| !j.rejected)?;
                Some(told.clone().unwrap_or_default())
            };
            for level in levels(field) {
                rows.push(row(field.name(), *level, &judgements, value));
            }
        }
        Ok(rows)
    }
}

/// How values of a field are compared: by days and people; statuses also from the firmest to the weakest.
fn levels(field: Field) -> &'static [Level] {
    match field {
        Field::Status => &[Level::Nominal, Level::Ordinal],
        Field::Date | Field::Killed | Field::Injured => &[Level::Interval],
        _ => &[Level::Nominal],
    }
}

fn row(
    field: &str,
    level: Level,
    judgements: &Judgements,
    value: impl Fn(&Judgement) -> Option<String>,
) -> AgreementRow {
    let mut names: BTreeMap<String, i64> = BTreeMap::new();
    let mut coders: BTreeSet<&str> = BTreeSet::new();
    let mut units = Vec::new();
    for unit in judgements.values() {
        let given: Vec<(&str, String)> =
            unit.iter().filter_map(|(c, j)| Some((c.as_str(), scaled(value(j)?, field, level)?))).collect();
        if given.len() < 2 {
            continue;
        }
        coders.extend(given.iter().map(|g| g.0));
        let numbers = given.iter().map(|(_, v)| match level {
            Level::Nominal => {
                let next = number(names.len());
                *names.entry(v.clone()).or_insert(next)
            }
            _ => v.parse().unwrap_or(0),
        });
        units.push(numbers.collect::<Vec<i64>>());
    }
    let alpha = alpha(&units, level);
    let note = if units.is_empty() {
        Some("no report was judged by two coders".to_owned())
    } else if alpha.is_none() {
        Some("all values are the same: there is nothing to disagree on".to_owned())
    } else if units.len() < FEW {
        Some(format!("fewer than {FEW} reports: judge more before you trust it"))
    } else {
        None
    };
    AgreementRow {
        field: field.to_owned(),
        level: level.name().to_owned(),
        units: number(units.len()),
        coders: number(coders.len()),
        same: same(&units),
        alpha,
        note,
    }
}

/// A value as its level compares it; `None` where it cannot be placed (no date, no number).
fn scaled(value: String, field: &str, level: Level) -> Option<String> {
    match level {
        Level::Nominal => Some(value),
        Level::Ordinal => STATUSES.iter().position(|s| *s == value).map(|n| n.to_string()),
        Level::Interval if field == Field::Date.name() => {
            days::interval(&value).map(|(first, last)| first.midpoint(last).to_string())
        }
        Level::Interval => value.parse::<i64>().ok().map(|n| n.to_string()),
    }
}

/// Share of pairs within units that are equal, each unit's pairs weighing as its values.
fn same(units: &[Vec<i64>]) -> Option<f64> {
    let (mut equal, mut all) = (0.0, 0.0);
    for unit in units {
        let pairs = (unit.len() * (unit.len() - 1)) as f64;
        let found = unit
            .iter()
            .enumerate()
            .flat_map(|(n, a)| unit.iter().enumerate().filter(move |(m, b)| n != *m && a == *b));
        equal += found.count() as f64 / pairs * unit.len() as f64;
        all += unit.len() as f64;
    }
    (all > 0.0).then(|| equal / all)
}

/// What each coder says of each report, by mark.
fn judgements(connection: &Connection, moment: Moment) -> rusqlite::Result<Judgements> {
    let sql = format!(
        "SELECT review.mark, coder, verdict, field, value, record FROM review \
         JOIN report ON report.id = review.report WHERE verdict <> 'comment' AND {} ORDER BY review.id",
        moment.held("review")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([])?;
    let mut found: Judgements = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (mark, coder): (String, String) = (row.get(0)?, row.get(1)?);
        let (verdict, record): (String, String) = (row.get(2)?, row.get(5)?);
        let field: Option<String> = row.get(3)?;
        let unit = found.entry(mark).or_default();
        if !unit.contains_key(&coder) {
            let event: Event = parsed(&record)?;
            let values = Field::each().map(|f| (f, f.read(&event))).collect();
            unit.insert(coder.clone(), Judgement { rejected: false, values });
        }
        let Some(judgement) = unit.get_mut(&coder) else { continue };
        judgement.rejected = verdict == "reject";
        if let Some(field) = field.and_then(|f| Field::parse(&f).ok()) {
            judgement.values.insert(field, row.get(4)?);
        }
    }
    Ok(found)
}
