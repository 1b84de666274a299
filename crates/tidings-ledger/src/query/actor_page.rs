//! The page of an actor: what it does over time, with whom, what it says, and what it is bound to.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::actors::ActorRow;
use super::commitments::CommitmentRow;
use super::counts::Tally;
use super::dyad::{TypeRow, types};
use super::filter::check;
use super::past::Moment;
use super::series::series;
use super::{Period, Query, SeriesRow, Split};
use crate::columns::{Columns, Part, Segment, Selection};
use crate::error::Result;
use crate::store::Ledger;

/// One actor with what is known of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActorPage {
    /// The actor.
    pub actor: ActorRow,
    /// Its events by period.
    pub series: Vec<SeriesRow>,
    /// Its events by type, the most first.
    pub types: Vec<TypeRow>,
    /// Those with whom it shares events, the most first.
    pub counterparts: Vec<Counterpart>,
    /// Its words, the newest first.
    pub quotes: Vec<QuoteRow>,
    /// What it is party to, the newest first.
    pub commitments: Vec<CommitmentRow>,
}

/// Somebody with whom an actor shares events.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counterpart {
    /// Its id.
    pub entity: String,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// Events that both take part in.
    pub events: i64,
    /// Of these, how many it is a source of.
    pub as_source: i64,
    /// And of how many a target.
    pub as_target: i64,
    /// Reports of all.
    pub reports: i64,
    /// Mean PLOVER score.
    pub mean_score: Option<f64>,
}

/// Quoted words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct QuoteRow {
    /// In which document.
    pub document_id: String,
    /// When it came out.
    pub published: Option<String>,
    /// The words.
    pub text: String,
    /// Their first code point.
    pub start: i64,
    /// One past the last.
    pub end: i64,
}

/// Rows of each part of the page.
const COUNTERPARTS: usize = 50;
const QUOTES: usize = 20;
const COMMITMENTS: usize = 20;

impl Ledger {
    /// One actor, by id or, for a country, by its code; `None` if there is none. Its events heed all filters but pages and
    /// those on sides; words and commitments heed `as_of`.
    pub fn actor(&self, entity: &str, query: &Query, period: Period) -> Result<Option<ActorPage>> {
        check(query)?;
        let moment = Moment(self.revision(query)?);
        let number = || {
            self.connection
                .prepare_cached("SELECT id FROM actor WHERE entity = ?1")?
                .query_row([entity], |r| r.get::<_, i64>(0))
                .optional()
        };
        let Some(number) = number().map_err(|e| self.error(e))? else { return Ok(None) };
        let who = || Some(entity.to_owned());
        let of = Query { actor: who(), with: None, source: None, target: None, ..query.clone() };
        let bound = Query { limit: Some(COMMITMENTS), actor: who(), as_of: of.as_of, ..Query::default() };
        let columns = self.columns()?;
        let selection = columns.picked(self.selection(&columns, &of)?);
        let actor = self.actor_row(&columns, entity, &of)?;
        let series = series(&columns, &selection, period, Split::Status);
        let types = types(&columns, &selection);
        let counterparts = counterparts(&columns, &selection, entity);
        // Whoever waits to bring them up to date need not wait for the rows below.
        drop(columns);
        Ok(Some(ActorPage {
            actor,
            series,
            types,
            counterparts,
            quotes: self.quotes(number, moment).map_err(|e| self.error(e))?,
            commitments: self.commitments(&bound)?.rows,
        }))
    }

    fn quotes(&self, actor: i64, moment: Moment) -> rusqlite::Result<Vec<QuoteRow>> {
        let published = moment.published("document");
        let sql = format!(
            "SELECT document_id, {published}, quote.text, start, end FROM quote JOIN coding ON coding.id = quote.coding \
             JOIN document ON document.id = coding.document WHERE speaker = ?1 AND {} \
             ORDER BY ifnull({published}, '') DESC, quote.id DESC LIMIT {QUOTES}",
            moment.held("coding")
        );
        let read = |r: &Row| {
            Ok(QuoteRow {
                document_id: r.get(0)?,
                published: r.get(1)?,
                text: r.get(2)?,
                start: r.get(3)?,
                end: r.get(4)?,
            })
        };
        self.connection.prepare_cached(&sql)?.query_map(params![actor], read)?.collect()
    }
}

/// Those on the other side, or beside it where all act together; of a country they are countries, and those who have
/// none.
fn counterparts(columns: &Columns, selection: &Selection, entity: &str) -> Vec<Counterpart> {
    let nodes = Nodes::of(columns, entity);
    let mut all = vec![Shared::default(); nodes.node.len()];
    columns.fold(
        selection,
        || vec![Shared::default(); nodes.node.len()],
        |found, segment, row| nodes.share(found, segment, row),
        |found| all.iter_mut().zip(&found).for_each(|(all, part)| all.join(part)),
    );
    let known = all.iter().enumerate().filter(|(_, shared)| shared.tally.events > 0);
    let mut rows: Vec<Counterpart> = known.map(|(node, shared)| counterpart(columns, node, shared)).collect();
    rows.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.entity.cmp(&b.entity)));
    rows.truncate(COUNTERPARTS);
    rows
}

/// What an actor shares with another.
#[derive(Clone, Copy, Debug, Default)]
struct Shared {
    tally: Tally,
    as_source: i64,
    as_target: i64,
}

impl Shared {
    fn join(&mut self, other: &Self) {
        self.tally.join(&other.tally);
        self.as_source += other.as_source;
        self.as_target += other.as_target;
    }
}

/// Which actors count as one beside the actor of the page.
struct Nodes {
    /// For each actor the one that it counts as; 0 for the actor of the page itself.
    node: Vec<usize>,
}

impl Nodes {
    fn of(columns: &Columns, entity: &str) -> Self {
        let names = &columns.names;
        let own = names.actors_of(entity);
        let country = names.countries.find(entity).is_some();
        let mut heads: BTreeMap<u16, usize> = BTreeMap::new();
        for (number, actor) in names.actors.iter().enumerate() {
            if actor.country > 0 && names.countries.name(actor.country) == actor.entity {
                heads.insert(actor.country, number);
            }
        }
        let node = |(number, country_of): (usize, u16)| match heads.get(&country_of) {
            _ if own.has(number) => 0,
            Some(head) if country => *head,
            _ => number,
        };
        Self { node: names.actors.iter().map(|a| a.country).enumerate().map(node).collect() }
    }

    fn share(&self, found: &mut [Shared], segment: &Segment, row: usize) {
        let parts = segment.parts(row);
        let node = |part: &Part| self.node.get(part.actor()).copied().unwrap_or(0);
        for (place, part) in parts.iter().enumerate() {
            let own = node(part);
            // Who is there twice counts once.
            if own == 0 || parts[..place].iter().any(|p| node(p) == own) {
                continue;
            }
            let on = |target: bool| parts.iter().any(|p| node(p) == own && p.is_target() == target);
            let shared = &mut found[own];
            shared.tally.add(segment, row);
            shared.as_source += i64::from(on(false));
            shared.as_target += i64::from(on(true));
        }
    }
}

fn counterpart(columns: &Columns, node: usize, shared: &Shared) -> Counterpart {
    let actor = &columns.names.actors[node];
    Counterpart {
        entity: actor.entity.clone(),
        name: actor.name.clone(),
        country: Some(columns.names.countries.name(actor.country).to_owned()).filter(|c| !c.is_empty()),
        events: shared.tally.events,
        as_source: shared.as_source,
        as_target: shared.as_target,
        reports: shared.tally.reports,
        mean_score: shared.tally.mean_score(),
    }
}
