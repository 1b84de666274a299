//! What passes between two.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Query;
use super::actors::ActorRow;
use super::counts::{Tallies, Tally};
use super::series::{Period, SeriesRow, Split, series};
use crate::columns::{Bits, Columns, Segment, Selection};
use crate::days;
use crate::error::Result;
use crate::store::Ledger;

/// Two countries or actors.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Dyad {
    /// The one.
    pub a: ActorRow,
    /// The other.
    pub b: ActorRow,
    /// Both directions by period, split by status.
    pub series: Vec<SeriesRow>,
    /// Types of both directions, the most frequent first.
    pub types: Vec<TypeRow>,
    /// From the one to the other, and back; what they do together counts in both.
    pub directions: Vec<DirectionRow>,
}

/// How often a type was.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TypeRow {
    /// PLOVER type.
    pub event_type: String,
    /// Number of events.
    pub events: i64,
}

/// One direction of a pair.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "as in all other rows")]
pub struct DirectionRow {
    pub source: String,
    pub target: String,
    pub events: i64,
    pub reports: i64,
    pub mean_score: Option<f64>,
}

/// A directed pair of countries in one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "as in all other rows")]
pub struct DyadMonthRow {
    pub source: String,
    pub target: String,
    pub month: String,
    pub event_type: String,
    pub quad_class: u8,
    pub status: String,
    pub events: i64,
    pub reports: i64,
    pub mean_score: Option<f64>,
}

impl Ledger {
    /// Two countries or actors. All filters but `actor`, `with` and pages.
    pub fn dyad(&self, a: &str, b: &str, query: &Query, period: Period) -> Result<Dyad> {
        let query = Query { actor: Some(a.to_owned()), with: Some(b.to_owned()), ..query.clone() };
        let columns = self.columns()?;
        let selection = columns.picked(self.selection(&columns, &query)?);
        let sides = [columns.names.actors_of(a), columns.names.actors_of(b)];
        let mut directions = [Tally::default(); 2];
        columns.fold(
            &selection,
            <[Tally; 2]>::default,
            |tallies, segment, row| {
                for (tally, [from, to]) in tallies.iter_mut().zip([[0, 1], [1, 0]]) {
                    if directed(segment, row, &sides[from], &sides[to]) {
                        tally.add(segment, row);
                    }
                }
            },
            |tallies| directions.iter_mut().zip(&tallies).for_each(|(all, part)| all.join(part)),
        );
        let direction = |source: &str, target: &str, tally: &Tally| DirectionRow {
            source: source.to_owned(),
            target: target.to_owned(),
            events: tally.events,
            reports: tally.reports,
            mean_score: tally.mean_score(),
        };
        Ok(Dyad {
            a: self.actor_row(&columns, a, &query)?,
            b: self.actor_row(&columns, b, &query)?,
            series: series(&columns, &selection, period, Split::Status),
            types: types(&columns, &selection),
            directions: vec![direction(a, b, &directions[0]), direction(b, a, &directions[1])],
        })
    }

    /// Directed pairs of countries by month, type and status; '' is nobody, or somebody without a country. All filters
    /// but pages.
    pub fn dyad_months(&self, query: &Query) -> Result<Vec<DyadMonthRow>> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        type Key = (u16, u16, i32, u16, u8, u16);
        let mut all: BTreeMap<Key, Tally> = BTreeMap::new();
        let month = |day| days::date(day).map_or(day, |d| day - i32::from(d.day()) + 1);
        columns.fold(
            &selection,
            BTreeMap::<Key, Tally>::new,
            |sums, segment, row| {
                let month = month(segment.day[row]);
                for (source, target) in pairs(&columns, segment, row) {
                    let key =
                        (source, target, month, segment.kind[row], segment.quad[row], segment.status[row]);
                    sums.entry(key).or_default().add(segment, row);
                }
            },
            |sums| sums.iter().for_each(|(key, tally)| all.entry(*key).or_default().join(tally)),
        );
        let names = &columns.names;
        let mut rows: Vec<DyadMonthRow> = all
            .iter()
            .map(|((source, target, month, kind, quad, status), tally)| DyadMonthRow {
                source: names.countries.name(*source).to_owned(),
                target: names.countries.name(*target).to_owned(),
                month: days::date(*month)
                    .map_or_else(String::new, |d| format!("{:04}-{:02}", d.year(), d.month())),
                event_type: names.kinds.name(*kind).to_owned(),
                quad_class: *quad,
                status: names.statuses.name(*status).to_owned(),
                events: tally.events,
                reports: tally.reports,
                mean_score: tally.mean_score(),
            })
            .collect();
        let key = |r: &DyadMonthRow| {
            (
                r.source.clone(),
                r.target.clone(),
                r.month.clone(),
                r.event_type.clone(),
                r.quad_class,
                r.status.clone(),
            )
        };
        rows.sort_by_cached_key(key);
        Ok(rows)
    }
}

/// Whether one of `from` acts on one of `to`, or both act together.
fn directed(segment: &Segment, row: usize, from: &Bits, to: &Bits) -> bool {
    let together = segment.together[row];
    segment.parts(row).iter().any(|a| {
        (!a.is_target() || together)
            && from.has(a.actor())
            && segment.parts(row).iter().any(|b| (b.is_target() || together) && a != b && to.has(b.actor()))
    })
}

/// Who to whom by country, 0 for nobody; what is done together stands for each direction.
pub(super) fn pairs(columns: &Columns, segment: &Segment, row: usize) -> Vec<(u16, u16)> {
    let country = |actor: usize| columns.names.country_of.get(actor).copied().unwrap_or(0);
    let side = |target: bool| {
        let parts = segment.parts(row).iter().filter(|p| p.is_target() == target);
        let mut found: Vec<u16> = parts.map(|p| country(p.actor())).collect();
        found.sort_unstable();
        found.dedup();
        found
    };
    cross(side(false), side(true), segment.together[row])
}

fn cross(sources: Vec<u16>, targets: Vec<u16>, together: bool) -> Vec<(u16, u16)> {
    let product = |from: &[u16], to: &[u16]| -> Vec<(u16, u16)> {
        from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b))).collect()
    };
    if together && sources.len() > 1 {
        return product(&sources, &sources).into_iter().filter(|(a, b)| a != b).collect();
    }
    let or_nobody = |side: Vec<u16>| if side.is_empty() { vec![0] } else { side };
    product(&or_nobody(sources), &or_nobody(targets))
}

/// Types of the events that are meant, the most frequent first.
pub(super) fn types(columns: &Columns, selection: &Selection) -> Vec<TypeRow> {
    let mut all = BTreeMap::new();
    columns.fold(
        selection,
        Tallies::default,
        |tallies, segment, row| tallies.of(segment.kind[row]).add(segment, row),
        |tallies| tallies.join_into(&mut all),
    );
    let row = |(kind, tally): (&u16, &Tally)| TypeRow {
        event_type: columns.names.kinds.name(*kind).to_owned(),
        events: tally.events,
    };
    let mut rows: Vec<TypeRow> = all.iter().map(row).collect();
    rows.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.event_type.cmp(&b.event_type)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_has_a_direction_unless_both_act_together() {
        assert_eq!(cross(vec![1], vec![2, 3], false), [(1, 2), (1, 3)]);
        assert_eq!(cross(vec![1, 2], vec![], true), [(1, 2), (2, 1)]);
        assert_eq!(cross(vec![1], vec![], true), [(1, 0)]);
        assert_eq!(cross(vec![], vec![2], false), [(0, 2)]);
    }
}
