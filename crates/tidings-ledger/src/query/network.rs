//! Who has to do with whom.

use serde::Serialize;

use super::Query;
use super::counts::Tally;
use crate::columns::{Columns, Segment, Selection};
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
            Self::Country => columns.names.country_of.get(actor).copied().map_or(0, usize::from),
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
fn sides(segment: &Segment, row: usize, of: &mut [Vec<usize>; 2], node: impl Fn(usize) -> Option<usize>) {
    of.iter_mut().for_each(Vec::clear);
    for part in segment.parts(row) {
        let side = &mut of[usize::from(part.is_target())];
        side.extend(node(part.actor()).filter(|node| !side.contains(node)));
    }
}

impl Ledger {
    /// The `limit` nodes with most events (100 unless told otherwise, 500 at most) and what passes between them. All
    /// filters but pages.
    pub fn network(&self, query: &Query, level: Level, limit: Option<usize>) -> Result<Network> {
        let columns = self.columns()?;
        let selection = self.selection(&columns, query)?;
        let limit = limit.unwrap_or(100).clamp(1, MOST);
        // Countries are few enough to count all pairs at once; of the actors, the most frequent are found first.
        let known: Vec<usize> = (1..level.count(&columns)).collect();
        let nodes = if known.len() > MOST {
            let events = count_nodes(&columns, &selection, level);
            best(known, |node| events[*node], limit)
        } else {
            known
        };
        let sums = Sums::of(&columns, &selection, level, &nodes);
        let order = best((0..nodes.len()).collect(), |place| sums.events[*place], limit);
        let row = |place: &usize| level.row(&columns, nodes[*place], sums.events[*place]);
        let nodes: Vec<NodeRow> = order.iter().map(row).collect();
        let edges = edges(&nodes, &order, &sums);
        Ok(Network { nodes, edges })
    }
}

/// The most frequent of all that are there at all.
fn best(mut all: Vec<usize>, events: impl Fn(&usize) -> i64, limit: usize) -> Vec<usize> {
    all.retain(|node| events(node) > 0);
    all.sort_by_key(|node| (std::cmp::Reverse(events(node)), *node));
    all.truncate(limit);
    all
}

/// Events of each node.
fn count_nodes(columns: &Columns, selection: &Selection, level: Level) -> Vec<i64> {
    let mut events = vec![0_i64; level.count(columns)];
    columns.fold(
        selection,
        || (vec![0_i64; level.count(columns)], <[Vec<usize>; 2]>::default()),
        |(counts, of), segment, row| {
            sides(segment, row, of, |actor| Some(level.node(columns, actor)).filter(|node| *node > 0));
            let [sources, targets] = of;
            sources.iter().for_each(|node| counts[*node] += 1);
            targets.iter().filter(|node| !sources.contains(node)).for_each(|node| counts[*node] += 1);
        },
        |(counts, _)| events.iter_mut().zip(counts).for_each(|(all, part)| *all += part),
    );
    events
}

/// What is counted of nodes, by their places, and of their pairs.
struct Sums {
    events: Vec<i64>,
    /// From the first to the first, from the first to the second, and so on.
    edges: Vec<Edge>,
}

impl Sums {
    fn new(width: usize) -> Self {
        Self { events: vec![0; width], edges: vec![Edge::default(); width * width] }
    }

    fn of(columns: &Columns, selection: &Selection, level: Level, nodes: &[usize]) -> Self {
        let mut places = vec![usize::MAX; level.count(columns)];
        nodes.iter().enumerate().for_each(|(place, node)| places[*node] = place);
        let width = nodes.len();
        let mut all = Self::new(width);
        columns.fold(
            selection,
            || (Self::new(width), <[Vec<usize>; 2]>::default()),
            |(sums, of), segment, row| {
                sides(segment, row, of, |actor| {
                    places.get(level.node(columns, actor)).copied().filter(|p| *p < width)
                });
                sums.add(of, segment, row);
            },
            |(sums, _)| {
                all.events.iter_mut().zip(&sums.events).for_each(|(all, part)| *all += part);
                all.edges.iter_mut().zip(&sums.edges).for_each(|(all, part)| all.join(part));
            },
        );
        all
    }

    fn add(&mut self, [sources, targets]: &[Vec<usize>; 2], segment: &Segment, row: usize) {
        let width = self.events.len();
        sources.iter().for_each(|place| self.events[*place] += 1);
        targets.iter().filter(|place| !sources.contains(place)).for_each(|place| self.events[*place] += 1);
        let together = segment.together[row] && sources.len() > 1;
        let targets = if together { sources } else { targets };
        for a in sources {
            for b in targets.iter().filter(|b| !together || *b != a) {
                self.edges[a * width + b].add(segment, row);
            }
        }
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

/// Edges between the nodes in this order of their places.
fn edges(nodes: &[NodeRow], order: &[usize], sums: &Sums) -> Vec<EdgeRow> {
    let width = sums.events.len();
    let mut rows = Vec::new();
    for (from, source) in order.iter().zip(nodes) {
        for (to, target) in order.iter().zip(nodes) {
            let edge = &sums.edges[from * width + to];
            if edge.tally.events > 0 {
                rows.push(EdgeRow {
                    source: source.entity.clone(),
                    target: target.entity.clone(),
                    events: edge.tally.events,
                    reports: edge.tally.reports,
                    mean_score: edge.tally.mean_score(),
                    cooperation: edge.cooperation,
                    conflict: edge.conflict,
                });
            }
        }
    }
    rows.sort_by(|a: &EdgeRow, b| {
        b.events.cmp(&a.events).then_with(|| a.source.cmp(&b.source)).then_with(|| a.target.cmp(&b.target))
    });
    rows
}
