//! The events of the ledger as columns in memory, which answer what would have to look at all of them.
//!
//! Charts, networks, maps and lists with any filter read some ten bytes of each event: over columns that takes a
//! fortieth of a second for ten million, over rows of the file several seconds. The columns hold every state that an
//! event ever had, with the revisions from which and to which it held, so that the past is answered like the present.
//! They are read from one narrow table (`event_brief`), once, and afterwards only what new revisions wrote.

mod names;
mod segment;
mod select;

pub(crate) use names::{Bits, Names, Publication};
pub(crate) use segment::{NO_PLACE, NO_SCORE, OPEN, Part, Segment, UNDATED};
pub(crate) use select::{Selection, code};

use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use rusqlite::{Connection, Row};
use segment::State;

/// So many new events are kept apart before they are sorted in with the others.
const FEW: usize = 20_000;

/// What is in memory, shared by all who read one file.
pub(crate) type Shared = Arc<RwLock<Columns>>;

/// All states of all events up to a revision.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    revision: i64,
    last_state: i64,
    /// Nearly all, and what came since.
    pub segments: Vec<Segment>,
    pub names: Names,
    /// Events by actor and by country as things stand now.
    counts: Counts,
}

/// Numbers of events.
#[derive(Debug, Default)]
struct Counts {
    actors: Vec<u32>,
    countries: Vec<u32>,
}

impl Counts {
    /// An event begins, or ends; who stands on both sides counts once.
    fn event(&mut self, names: &Names, parts: &[Part], begins: bool) {
        self.actors.resize(names.actors.len(), 0);
        self.countries.resize(names.countries.len(), 0);
        let step = |count: &mut u32| *count = if begins { *count + 1 } else { count.saturating_sub(1) };
        for (place, part) in parts.iter().enumerate() {
            let country = |p: &Part| names.country_of[p.actor()];
            if !parts[..place].iter().any(|p| p.actor() == part.actor()) {
                step(&mut self.actors[part.actor()]);
            }
            if !parts[..place].iter().any(|p| country(p) == country(part)) {
                step(&mut self.countries[usize::from(country(part))]);
            }
        }
    }
}

/// The columns as the file is now.
pub(crate) fn current<'a>(
    shared: &'a Shared,
    connection: &Connection,
) -> rusqlite::Result<RwLockReadGuard<'a, Columns>> {
    loop {
        let columns = shared.read().unwrap_or_else(PoisonError::into_inner);
        if columns.revision >= last_revision(connection)? {
            return Ok(columns);
        }
        drop(columns);
        shared.write().unwrap_or_else(PoisonError::into_inner).refresh(connection)?;
    }
}

fn last_revision(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT ifnull(max(id), 0) FROM revision")?.query_row([], |row| row.get(0))
}

/// Numbers of rows and revisions are far from their limit.
fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX - 1)
}

impl Columns {
    /// Number of the events that each actor takes part in now.
    pub fn events_of_actors(&self) -> Vec<u32> {
        let mut counts = self.counts.actors.clone();
        counts.resize(self.names.actors.len(), 0);
        counts
    }

    /// Number of the events that a country takes part in now; none if there is no such country.
    pub fn events_of_country(&self, code: &str) -> Option<u32> {
        let number = self.names.countries.find(code).filter(|n| *n > 0)?;
        Some(self.counts.countries.get(usize::from(number)).copied().unwrap_or(0))
    }

    /// Number of the events that each actor takes part in.
    pub fn count_actors(&self, selection: &Selection) -> Vec<u32> {
        let mut all = vec![0; self.names.actors.len()];
        self.fold(
            selection,
            || vec![0_u32; self.names.actors.len()],
            |counts, segment, row| {
                let parts = segment.parts(row);
                for (place, part) in parts.iter().enumerate() {
                    // Who stands on both sides counts once.
                    if !parts[..place].iter().any(|p| p.actor() == part.actor()) {
                        counts[part.actor()] += 1;
                    }
                }
            },
            |counts| all.iter_mut().zip(counts).for_each(|(all, part)| *all += part),
        );
        all
    }

    /// The revision to look at, where whoever asks sees the file as it was before what is here already.
    pub fn seen_from(&self, connection: &Connection) -> rusqlite::Result<Option<i64>> {
        let last = last_revision(connection)?;
        Ok((self.revision > last).then_some(last))
    }

    /// Reads what revisions wrote since, as of one moment: that of the transaction in which it is asked, if there is one.
    fn refresh(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let _moment = connection.is_autocommit().then(|| connection.unchecked_transaction()).transpose()?;
        let moment = connection;
        let revision = last_revision(moment)?;
        if revision <= self.revision {
            return Ok(());
        }
        self.names.refresh(moment)?;
        let (new, last_state) = self.new_states(moment)?;
        self.end_states(moment)?;
        for row in (0..new.len()).filter(|row| new.until[*row] == OPEN) {
            self.counts.event(&self.names, new.parts(row), true);
        }
        self.segments.resize_with(2, Segment::default);
        if let [all, recent] = &mut self.segments[..] {
            if recent.len() == 0 {
                *recent = new;
            } else {
                recent.extend(&new);
            }
            if recent.len() > FEW + all.len() / 16 {
                // The first time there is nothing to copy.
                if all.len() == 0 {
                    std::mem::swap(all, recent);
                }
                all.extend(recent);
                all.sort();
                *recent = Segment::default();
            } else {
                recent.sort();
            }
        }
        (self.revision, self.last_state) = (revision, last_state);
        Ok(())
    }

    fn new_states(&mut self, connection: &Connection) -> rusqlite::Result<(Segment, i64)> {
        let mut find = connection.prepare_cached(
            "SELECT state, day, event_type, quad_class, status, together, score_tenths, n_reports, place, since, \
             sources, targets, documents FROM event_brief WHERE state > ?1 ORDER BY state",
        )?;
        let mut rows = find.query([self.last_state])?;
        let (mut segment, mut last, mut state) = (Segment::default(), self.last_state, State::default());
        while let Some(row) = rows.next()? {
            last = row.get(0)?;
            self.read(row, &mut state)?;
            segment.push(&state);
        }
        let mut ended = connection.prepare_cached(
            "SELECT until, day, id FROM event_state JOIN event_brief ON state = id \
             WHERE until > ?1 AND event_state.since > ?1",
        )?;
        let mut rows = ended.query([self.revision])?;
        if last > self.last_state {
            segment.sort();
        }
        while let Some(row) = rows.next()? {
            let (until, key) = ended_state(row)?;
            let _ = segment.end(key, until);
        }
        Ok((segment, last))
    }

    fn read(&mut self, row: &Row, state: &mut State) -> rusqlite::Result<()> {
        state.id = small(row.get(0)?);
        state.day = row.get::<_, Option<i32>>(1)?.unwrap_or(UNDATED);
        state.kind = self.names.kinds.enter(row.get_ref(2)?.as_str()?);
        state.quad = row.get(3)?;
        state.status = self.names.statuses.enter(row.get_ref(4)?.as_str()?);
        state.together = row.get(5)?;
        state.score = row.get::<_, Option<i16>>(6)?.unwrap_or(NO_SCORE);
        state.reports = small(row.get(7)?);
        state.place = small(row.get::<_, Option<i64>>(8)?.unwrap_or_default());
        state.since = small(row.get(9)?);
        state.until = OPEN;
        state.parts.clear();
        state.parts.extend(numbers(row.get_ref(10)?.as_str()?).map(Part::source));
        state.parts.extend(numbers(row.get_ref(11)?.as_str()?).map(Part::target));
        state.hint = state.parts.iter().fold(0, |bits, part| bits | self.names.hint(part.actor()));
        state.documents.clear();
        state.documents.extend(numbers(row.get_ref(12)?.as_str()?));
        Ok(())
    }

    /// States that held when we looked last and hold no more.
    fn end_states(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut find = connection.prepare_cached(
            "SELECT until, day, id FROM event_state JOIN event_brief ON state = id \
             WHERE until > ?1 AND event_state.since <= ?1",
        )?;
        let mut rows = find.query([self.revision])?;
        while let Some(row) = rows.next()? {
            let (until, key) = ended_state(row)?;
            for segment in &mut self.segments {
                if let Some(row) = segment.end(key, until) {
                    self.counts.event(&self.names, segment.parts(row), false);
                }
            }
        }
        Ok(())
    }
}

fn ended_state(row: &Row) -> rusqlite::Result<(u32, (i32, u32))> {
    let day = row.get::<_, Option<i32>>(1)?.unwrap_or(UNDATED);
    Ok((small(row.get(0)?), (day, small(row.get(2)?))))
}

/// Numbers with blanks between.
fn numbers(text: &str) -> impl Iterator<Item = u32> {
    text.split(' ').filter_map(|number| number.parse().ok())
}
