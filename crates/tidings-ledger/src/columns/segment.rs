//! Events as columns, sorted by day.

use std::ops::Range;

/// The day of an event of which nothing says when it was.
pub(crate) const UNDATED: i32 = i32::MIN;

/// No score, no place.
pub(crate) const NO_SCORE: i16 = i16::MIN;
pub(crate) const NO_PLACE: u32 = 0;

/// A state that still holds.
pub(crate) const OPEN: u32 = u32::MAX;

/// Marks an actor that is acted upon.
const TARGET: u32 = 1 << 31;

/// One who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part(u32);

impl Part {
    pub fn source(actor: u32) -> Self {
        Self(actor & !TARGET)
    }

    pub fn target(actor: u32) -> Self {
        Self(actor | TARGET)
    }

    pub fn actor(self) -> usize {
        (self.0 & !TARGET) as usize
    }

    pub fn is_target(self) -> bool {
        self.0 & TARGET != 0
    }
}

/// What one state of an event says, by number and code.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct State {
    pub id: u32,
    pub day: i32,
    pub kind: u16,
    pub quad: u8,
    pub status: u16,
    /// All parties did it together.
    pub together: bool,
    /// Tenths.
    pub score: i16,
    pub reports: u32,
    pub place: u32,
    /// Revisions.
    pub since: u32,
    pub until: u32,
    /// Bits of the parties ([`super::names::Names::hint`]): a quick no to most questions about somebody.
    pub hint: u64,
    pub parts: Vec<Part>,
    pub documents: Vec<u32>,
}

/// Lists of different lengths, one behind the other.
#[derive(Clone, Debug)]
struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    fn push(&mut self, items: &[T]) {
        self.items.extend_from_slice(items);
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    fn of(&self, row: usize) -> &[T] {
        let from = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.items[from..self.ends[row] as usize]
    }

    fn sorted(&self, order: &[u32]) -> Self {
        let mut out =
            Self { ends: Vec::with_capacity(self.ends.len()), items: Vec::with_capacity(self.items.len()) };
        order.iter().for_each(|row| out.push(self.of(*row as usize)));
        out
    }
}

/// Events sorted by day and, within a day, by the number of their state.
#[derive(Clone, Debug, Default)]
pub(crate) struct Segment {
    pub state: Vec<u32>,
    pub day: Vec<i32>,
    pub kind: Vec<u16>,
    pub quad: Vec<u8>,
    pub status: Vec<u16>,
    pub together: Vec<bool>,
    pub score: Vec<i16>,
    pub reports: Vec<u32>,
    pub place: Vec<u32>,
    pub since: Vec<u32>,
    pub until: Vec<u32>,
    pub hint: Vec<u64>,
    parts: Lists<Part>,
    documents: Lists<u32>,
}

fn sorted<T: Copy>(column: &[T], order: &[u32]) -> Vec<T> {
    order.iter().map(|row| column[*row as usize]).collect()
}

impl Segment {
    /// Puts a state behind the others; [`Segment::sort`] brings it to its place.
    pub fn push(&mut self, state: &State) {
        self.state.push(state.id);
        self.day.push(state.day);
        self.kind.push(state.kind);
        self.quad.push(state.quad);
        self.status.push(state.status);
        self.together.push(state.together);
        self.score.push(state.score);
        self.reports.push(state.reports);
        self.place.push(state.place);
        self.since.push(state.since);
        self.until.push(state.until);
        self.hint.push(state.hint);
        self.parts.push(&state.parts);
        self.documents.push(&state.documents);
    }

    /// Appends another one.
    pub fn extend(&mut self, other: &Self) {
        (0..other.len()).for_each(|row| self.push(&other.get(row)));
    }

    fn get(&self, row: usize) -> State {
        State {
            id: self.state[row],
            day: self.day[row],
            kind: self.kind[row],
            quad: self.quad[row],
            status: self.status[row],
            together: self.together[row],
            score: self.score[row],
            reports: self.reports[row],
            place: self.place[row],
            since: self.since[row],
            until: self.until[row],
            hint: self.hint[row],
            parts: self.parts(row).to_vec(),
            documents: self.documents(row).to_vec(),
        }
    }

    /// Brings all rows into their order.
    pub fn sort(&mut self) {
        let mut order: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect();
        order.sort_unstable_by_key(|row| self.key(*row as usize));
        *self = Self {
            state: sorted(&self.state, &order),
            day: sorted(&self.day, &order),
            kind: sorted(&self.kind, &order),
            quad: sorted(&self.quad, &order),
            status: sorted(&self.status, &order),
            together: sorted(&self.together, &order),
            score: sorted(&self.score, &order),
            reports: sorted(&self.reports, &order),
            place: sorted(&self.place, &order),
            since: sorted(&self.since, &order),
            until: sorted(&self.until, &order),
            hint: sorted(&self.hint, &order),
            parts: self.parts.sorted(&order),
            documents: self.documents.sorted(&order),
        };
    }

    pub fn len(&self) -> usize {
        self.state.len()
    }

    pub fn key(&self, row: usize) -> (i32, u32) {
        (self.day[row], self.state[row])
    }

    pub fn parts(&self, row: usize) -> &[Part] {
        self.parts.of(row)
    }

    pub fn documents(&self, row: usize) -> &[u32] {
        self.documents.of(row)
    }

    /// The rows from one day to another.
    pub fn between(&self, first: i32, last: i32) -> Range<usize> {
        let from = self.day.partition_point(|day| *day < first);
        from..self.day.partition_point(|day| *day <= last).max(from)
    }

    /// The first row at or behind a place in the order.
    pub fn position(&self, key: (i32, u32)) -> usize {
        let on_day = self.between(key.0, key.0);
        on_day.start + self.state[on_day].partition_point(|state| *state < key.1)
    }

    /// A state ends; its row, if it is here.
    pub fn end(&mut self, key: (i32, u32), revision: u32) -> Option<usize> {
        let row = Some(self.position(key)).filter(|row| *row < self.len() && self.key(*row) == key)?;
        self.until[row] = revision;
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(id: u32, day: i32) -> State {
        let parts = vec![Part::source(id), Part::target(id + 1)];
        State { id, day, until: OPEN, parts, documents: vec![id; (id % 3) as usize], ..State::default() }
    }

    #[test]
    fn rows_are_found_by_day_and_number_whatever_the_order_they_came_in() {
        let mut segment = Segment::default();
        [state(1, 50), state(2, UNDATED), state(3, 10), state(4, 50)].iter().for_each(|s| segment.push(s));
        segment.sort();
        assert_eq!(segment.state, [2, 3, 1, 4]);
        assert_eq!((segment.between(10, 50), segment.between(11, 49)), (1..4, 2..2));
        assert_eq!(segment.position((50, 2)), 3);
        assert_eq!(segment.get(3), state(4, 50));
        assert_eq!((segment.end((50, 4), 7), segment.end((50, 3), 7)), (Some(3), None));
        assert_eq!(segment.until, [OPEN, OPEN, OPEN, 7]);
        let parts: Vec<(usize, bool)> = segment.parts(1).iter().map(|p| (p.actor(), p.is_target())).collect();
        assert_eq!(parts, [(3, false), (4, true)]);
    }
}
