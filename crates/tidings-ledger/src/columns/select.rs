//! Which events a question is about, and walks over them.

use std::ops::Range;

use super::Columns;
use super::names::Bits;
use super::segment::{OPEN, Segment};

/// A number that no type or status has.
const NOTHING: u16 = u16::MAX;

/// Rows that are worth a thread of their own.
const WORTH_A_THREAD: usize = 200_000;

/// The conditions of a question, as numbers.
#[derive(Clone, Debug)]
pub(crate) struct Selection {
    /// As of a revision; none means now.
    pub revision: Option<u32>,
    /// First and last day.
    pub days: (i32, i32),
    pub kind: Option<u16>,
    pub quad: Option<u8>,
    pub status: Option<u16>,
    pub places: Option<Bits>,
    pub documents: Option<Bits>,
    pub actor: Option<Bits>,
    pub with: Option<Bits>,
    pub source: Option<Bits>,
    pub target: Option<Bits>,
    /// An event that is meant has a bit of each.
    pub hints: Vec<u64>,
    /// The rows of each segment that are meant, where they were looked for before.
    pub picked: Option<Vec<Vec<u32>>>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            revision: None,
            days: (i32::MIN, i32::MAX),
            kind: None,
            quad: None,
            status: None,
            places: None,
            documents: None,
            actor: None,
            with: None,
            source: None,
            target: None,
            hints: Vec::new(),
            picked: None,
        }
    }
}

/// The number of a word, or one that nothing has.
pub(crate) fn code(codes: &super::names::Codes, name: &str) -> u16 {
    codes.find(name).unwrap_or(NOTHING)
}

impl Selection {
    /// Whether a row is meant.
    pub fn accepts(&self, segment: &Segment, row: usize) -> bool {
        self.holds(segment, row)
            && self.hints.iter().all(|hint| segment.hint[row] & hint != 0)
            && self.kind.is_none_or(|kind| segment.kind[row] == kind)
            && self.quad.is_none_or(|quad| segment.quad[row] == quad)
            && self.status.is_none_or(|status| segment.status[row] == status)
            && self.places.as_ref().is_none_or(|places| places.has(segment.place[row] as usize))
            && self.takes_part(segment, row)
            && self
                .documents
                .as_ref()
                .is_none_or(|all| segment.documents(row).iter().any(|document| all.has(*document as usize)))
    }

    fn holds(&self, segment: &Segment, row: usize) -> bool {
        match self.revision {
            None => segment.until[row] == OPEN,
            Some(revision) => segment.since[row] <= revision && segment.until[row] > revision,
        }
    }

    fn takes_part(&self, segment: &Segment, row: usize) -> bool {
        let side = |set: &Option<Bits>, target: bool| {
            set.as_ref().is_none_or(|set| {
                segment.parts(row).iter().any(|p| p.is_target() == target && set.has(p.actor()))
            })
        };
        side(&self.source, false) && side(&self.target, true) && self.between(segment, row)
    }

    /// One on this side and the other on that, or both together.
    fn between(&self, segment: &Segment, row: usize) -> bool {
        let parts = segment.parts(row);
        match (&self.actor, &self.with) {
            (None, None) => true,
            (Some(one), None) | (None, Some(one)) => parts.iter().any(|p| one.has(p.actor())),
            (Some(one), Some(other)) => parts.iter().enumerate().any(|(n, a)| {
                one.has(a.actor())
                    && parts.iter().enumerate().any(|(m, b)| {
                        let apart = a.is_target() != b.is_target() || segment.together[row];
                        n != m && apart && other.has(b.actor())
                    })
            }),
        }
    }
}

impl Columns {
    /// The same selection with its rows, for several walks over them.
    pub fn picked(&self, selection: Selection) -> Selection {
        let walk = |segment: &Segment| {
            let found = on_all_threads(segment.between(selection.days.0, selection.days.1), |rows| {
                let meant = rows.filter(|row| selection.accepts(segment, *row));
                meant.map(|row| u32::try_from(row).unwrap_or(u32::MAX)).collect::<Vec<u32>>()
            });
            found.concat()
        };
        let picked = Some(self.segments.iter().map(walk).collect());
        Selection { picked, ..selection }
    }

    /// Adds up over all rows that are meant, on as many threads as there are; sums of whole numbers do not depend on who
    /// counts what.
    pub fn fold<A: Send>(
        &self,
        selection: &Selection,
        begin: impl Fn() -> A + Sync,
        add: impl Fn(&mut A, &Segment, usize) + Sync,
        mut join: impl FnMut(A),
    ) {
        for (number, segment) in self.segments.iter().enumerate() {
            let picked = selection.picked.as_ref().and_then(|all| all.get(number));
            let sums = match picked {
                Some(rows) => on_all_threads(0..rows.len(), |part| {
                    let mut sum = begin();
                    rows[part].iter().for_each(|row| add(&mut sum, segment, *row as usize));
                    sum
                }),
                None => on_all_threads(segment.between(selection.days.0, selection.days.1), |part| {
                    let mut sum = begin();
                    let meant = part.filter(|row| selection.accepts(segment, *row));
                    meant.for_each(|row| add(&mut sum, segment, row));
                    sum
                }),
            };
            sums.into_iter().for_each(&mut join);
        }
    }

    /// The first so many rows that are meant behind a place in the order, as day and state.
    pub fn page(
        &self,
        selection: &Selection,
        newest: bool,
        after: Option<(i32, u32)>,
        size: usize,
    ) -> Vec<(i32, u32)> {
        let mut found = Vec::new();
        for segment in &self.segments {
            let rows = segment.between(selection.days.0, selection.days.1);
            let rows = match after {
                None => rows,
                Some(key) if newest => rows.start..segment.position(key).clamp(rows.start, rows.end),
                // The next one in order, whether or not there is such a state.
                Some((day, state)) => {
                    segment.position((day, state.saturating_add(1))).clamp(rows.start, rows.end)..rows.end
                }
            };
            let fits = |row: &usize| selection.accepts(segment, *row);
            let key = |row: usize| segment.key(row);
            if newest {
                found.extend(rows.rev().filter(fits).take(size).map(key));
            } else {
                found.extend(rows.filter(fits).take(size).map(key));
            }
        }
        found.sort_unstable();
        if newest {
            found.reverse();
        }
        found.truncate(size);
        found
    }
}

/// What each part of the rows gives, in their order.
fn on_all_threads<A: Send>(rows: Range<usize>, count: impl Fn(Range<usize>) -> A + Sync) -> Vec<A> {
    let parts = shared_out(rows);
    std::thread::scope(|scope| {
        let count = &count;
        let (first, others) = parts.split_at(1.min(parts.len()));
        let helpers: Vec<_> = others.iter().cloned().map(|rows| scope.spawn(move || count(rows))).collect();
        let own: Vec<A> = first.iter().cloned().map(count).collect();
        let joined = helpers.into_iter().map(|helper| match helper.join() {
            Ok(sum) => sum,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        own.into_iter().chain(joined).collect()
    })
}

/// Parts of nearly the same size.
fn shared_out(rows: Range<usize>) -> Vec<Range<usize>> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let parts = (rows.len() / WORTH_A_THREAD + 1).min(threads);
    let size = rows.len().div_ceil(parts).max(1);
    rows.clone().step_by(size).map(|from| from..(from + size).min(rows.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::segment::{Part, State};
    use super::*;

    fn segment(states: &[State]) -> Segment {
        let mut segment = Segment::default();
        states.iter().for_each(|s| segment.push(s));
        segment.sort();
        segment
    }

    fn event(id: u32, parts: &[Part]) -> State {
        State { id, day: 5, until: OPEN, parts: parts.to_vec(), ..State::default() }
    }

    fn set(actors: &[usize]) -> Option<Bits> {
        Some(actors.iter().copied().collect())
    }

    #[test]
    fn a_dyad_is_both_directions_and_what_is_done_together_but_not_side_by_side() {
        let (a, b, c) = (1, 2, 3);
        let together = State { together: true, ..event(4, &[Part::source(a), Part::source(b)]) };
        let segment = segment(&[
            event(1, &[Part::source(a), Part::target(b)]),
            event(2, &[Part::source(b), Part::target(a)]),
            event(3, &[Part::source(a), Part::source(b), Part::target(c)]),
            together,
            event(5, &[Part::source(a)]),
        ]);
        let rows = |selection: Selection| {
            (0..segment.len())
                .filter(|r| selection.accepts(&segment, *r))
                .map(|r| segment.state[r])
                .collect::<Vec<_>>()
        };
        let dyad = Selection { actor: set(&[1]), with: set(&[2]), ..Selection::default() };
        assert_eq!(rows(dyad), [1, 2, 4]);
        assert_eq!(rows(Selection { actor: set(&[1]), with: set(&[1]), ..Selection::default() }), [0; 0]);
        let directed = Selection { source: set(&[1]), target: set(&[2]), ..Selection::default() };
        assert_eq!(rows(directed), [1]);
        assert_eq!(rows(Selection { actor: set(&[3]), ..Selection::default() }), [3]);
    }

    #[test]
    fn the_parts_cover_every_row_once() {
        for length in [0, 1, 7, WORTH_A_THREAD, 5 * WORTH_A_THREAD + 3] {
            let parts = shared_out(10..10 + length);
            let rows: Vec<usize> = parts.into_iter().flatten().collect();
            assert!(rows.iter().copied().eq(10..10 + length));
        }
    }

    #[test]
    fn pages_of_both_orders_meet_and_leave_nothing_out() {
        let states: Vec<State> = (1..=9).map(|n| State { day: (n % 3) as i32, ..event(n, &[]) }).collect();
        let columns =
            Columns { segments: vec![segment(&states[..6]), segment(&states[6..])], ..Columns::default() };
        let walk = |newest| {
            let (mut all, mut after) = (Vec::new(), None);
            loop {
                let page = columns.page(&Selection::default(), newest, after, 2);
                after = page.last().copied();
                if page.is_empty() {
                    return all;
                }
                all.extend(page);
            }
        };
        let (up, mut down) = (walk(false), walk(true));
        down.reverse();
        assert!(up.is_sorted() && up.len() == 9);
        assert_eq!(up, down);
    }
}
