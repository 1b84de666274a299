//! Who has to do with whom.

use serde::Serialize;

use super::Query;
use super::counts::Tally;
use crate::columns::{Columns, Segment};
use crate::error::Result;
use crate::store::Ledger;

/// Nodes of a network, at most.
const MOST: usize = 500;

/// What the nodes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Countries.
    #[default]
    Country,
    /// Single actors.
    Actor,
}

/// Nodes, and how they act upon each other.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Network {
    /// Those with most events, the first of them first.
    pub nodes: Vec<NodeRow>,
    /// Events between them, the most frequent first.
    pub edges: Vec<EdgeRow>,
}

/// A country or an actor.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "as in all other rows")]
pub struct NodeRow {
    pub entity: String,
    pub name: String,
    pub country: Option<String>,
    pub events: i64,
}

/// From one node to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[allow(missing_docs, reason = "as in all other rows")]
pub struct EdgeRow {
    pub source: String,
    pub target: String,
    pub events: i64,
    pub reports: i64,
    pub mean_score: Option<f64>,
    /// Events of the quad classes 1 and 2.
    pub cooperation: i64,
    /// Events of the quad classes 3 and 4.
    pub conflict: i64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Edge {
    tally: Tally,
    cooperation: i64,
    conflict: i64,
}

impl Level {
    /// The number of the node that an actor belongs to; 0 if to none.
    fn node(self, columns: &Columns, actor: usize) -> usize {
        match self {
            Self::Country => columns.names.actors.get(actor).map_or(0, |a| usize::from(a.country)),
            Self::Actor => actor,
        }
    }

    fn count(self, columns: &Columns) -> usize {
        match self {
            Self::Country => columns.names.countries.len(),
            Self::Actor => columns.names.actors.len(),
        }
    }

    fn row(self, columns: &Columns, number: usize, events: i64) -> NodeRow {
        let names = &columns.names;
        match self {
            Self::Country => {
                let code = names.countries.name(u16::try_from(number).unwrap_or(0)).to_owned();
                let named = names.actors.iter().find(|a| a.entity == code);
                let name = named.map_or_else(|| code.clone(), |a| a.name.clone());
                NodeRow { entity: code.clone(), name, country: Some(code), events }
            }
            Self::Actor => {
                let actor = &names.actors[number];
                let country = Some(names.countries.name(actor.country).to_owned()).filter(|c| !c.is_empty());
                NodeRow { entity: actor.entity.clone(), name: actor.name.clone(), country, events }
            }
        }
    }
}

/// Nodes of an event: who acts and who is acted upon, each once.
fn sides(columns: &Columns, level: Level, segment: &Segment, row: usize, of: &mut [Vec<usize>; 2]) {
    of.iter_mut().for_each(Vec::clear);
    for part in segment.parts(row) {
        let node = level.node(columns, part.actor());
        let side = &mut of[usize::from(part.is_target())];
        if node > 0 && !side.contains(&node) {
            side.push(node);
        }
    }
}

impl Ledger {
    /// The `limit` nodes with most events (100 unless told otherwise, 500 at most) and what passes between them. All
    /// filters but pages.
    pub fn network(&self, query: &Query, level: Level, limit: Option<usize>) -> Result<Network> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let mut events = vec![0_i64; level.count(&columns)];
        columns.fold(
            &selection,
            || (vec![0_i64; level.count(&columns)], <[Vec<usize>; 2]>::default()),
            |(counts, of), segment, row| {
                sides(&columns, level, segment, row, of);
                let [sources, targets] = of;
                sources.iter().for_each(|node| counts[*node] += 1);
                targets.iter().filter(|node| !sources.contains(node)).for_each(|node| counts[*node] += 1);
            },
            |(counts, _)| events.iter_mut().zip(counts).for_each(|(all, part)| *all += part),
        );
        let mut best: Vec<usize> = (1..events.len()).filter(|node| events[*node] > 0).collect();
        best.sort_by_key(|node| (std::cmp::Reverse(events[*node]), *node));
        best.truncate(limit.unwrap_or(100).clamp(1, MOST));
        let nodes = best.iter().map(|node| level.row(&columns, *node, events[*node])).collect();
        let mut places = vec![usize::MAX; events.len()];
        best.iter().enumerate().for_each(|(place, node)| places[*node] = place);
        let width = best.len();
        let mut edges = vec![Edge::default(); width * width];
        columns.fold(
            &selection,
            || (vec![Edge::default(); width * width], <[Vec<usize>; 2]>::default()),
            |(sums, of), segment, row| {
                sides(&columns, level, segment, row, of);
                let together = segment.together[row] && of[0].len() > 1;
                let [sources, targets] = of;
                let targets = if together { &*sources } else { targets };
                for a in sources.iter() {
                    for b in targets.iter().filter(|b| !together || *b != a) {
                        let (a, b) = (places[*a], places[*b]);
                        if a < width && b < width {
                            sums[a * width + b].add(segment, row);
                        }
                    }
                }
            },
            |(sums, _)| edges.iter_mut().zip(&sums).for_each(|(all, part)| all.join(part)),
        );
        let edges = self::edges(&columns, level, &best, &edges);
        Ok(Network { nodes, edges })
    }
}

impl Edge {
    fn add(&mut self, segment: &Segment, row: usize) {
        self.tally.add(segment, row);
        match segment.quad[row] {
            1 | 2 => self.cooperation += 1,
            3 | 4 => self.conflict += 1,
            _ => {}
        }
    }

    fn join(&mut self, other: &Self) {
        self.tally.join(&other.tally);
        self.cooperation += other.cooperation;
        self.conflict += other.conflict;
    }
}

fn edges(columns: &Columns, level: Level, nodes: &[usize], sums: &[Edge]) -> Vec<EdgeRow> {
    let name = |place: usize| level.row(columns, nodes[place], 0).entity;
    let names: Vec<String> = (0..nodes.len()).map(name).collect();
    let mut rows: Vec<EdgeRow> = sums
        .iter()
        .enumerate()
        .filter(|(_, edge)| edge.tally.events > 0)
        .map(|(place, edge)| EdgeRow {
            source: names[place / nodes.len()].clone(),
            target: names[place % nodes.len()].clone(),
            events: edge.tally.events,
            reports: edge.tally.reports,
            mean_score: edge.tally.mean_score(),
            cooperation: edge.cooperation,
            conflict: edge.conflict,
        })
        .collect();
    rows.sort_by(|a, b| {
        b.events.cmp(&a.events).then_with(|| a.source.cmp(&b.source)).then_with(|| a.target.cmp(&b.target))
    });
    rows
}
