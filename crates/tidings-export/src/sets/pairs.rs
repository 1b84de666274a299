//! An event as directed pairs: the tables of others have one source and one target a row.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use tidings_ledger::{OutwardEvent, OutwardParty};

use super::Set;

/// One row of an event.
pub struct Pair<'e> {
    /// The event.
    pub event: &'e OutwardEvent,
    /// Its day.
    pub date: &'e str,
    /// Who acts.
    pub source: Option<&'e OutwardParty>,
    /// Who is acted upon.
    pub target: Option<&'e OutwardParty>,
    /// Whether the event has no other row.
    alone: bool,
}

/// The rows of an event: each source with each target; of an event whose parties are all on one side (a meeting) each
/// with each other. None without a date.
pub fn of(event: &OutwardEvent) -> Vec<Pair<'_>> {
    let Some(date) = event.date.as_deref() else { return Vec::new() };
    let reciprocal = event.targets.is_empty() && event.sources.len() > 1;
    let targets = if reciprocal { &event.sources } else { &event.targets };
    let side = |parties: &'_ [OutwardParty]| parties.len().max(1);
    let mut pairs = Vec::new();
    for s in 0..side(&event.sources) {
        for t in 0..side(targets) {
            if reciprocal && s == t {
                continue;
            }
            let (source, target) = (event.sources.get(s), targets.get(t));
            pairs.push(Pair { event, date, source, target, alone: false });
        }
    }
    if let [pair] = pairs.as_mut_slice() {
        pair.alone = true;
    }
    pairs
}

impl Pair<'_> {
    /// What the row said, if it was read from that table.
    pub fn original(&self, set: Set) -> Option<Map<String, Value>> {
        let (origin, row) = self.event.original.as_ref()?;
        if !self.alone || origin != set.name() {
            return None;
        }
        serde_json::from_str(row).ok()
    }

    /// A name of the row that stays the same.
    pub fn id(&self) -> String {
        if self.alone {
            return self.event.event_id.clone();
        }
        let entity = |party: Option<&OutwardParty>| party.map_or("", |p| p.entity.as_str()).to_owned();
        format!("{}:{}:{}", self.event.event_id, entity(self.source), entity(self.target))
    }

    /// A number for tables that count their events, small enough for R and JavaScript to hold it (below 2 to the
    /// power of 53).
    pub fn number(&self) -> u64 {
        number(&self.id())
    }
}

/// The first 53 bits of the hash.
pub fn number(text: &str) -> u64 {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte)) >> 11
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sets::gdelt::tests::event;

    #[test]
    fn a_meeting_of_three_is_six_directed_pairs_and_an_act_one() {
        let shown = |event: &OutwardEvent| -> Vec<String> {
            let name = |p: Option<&OutwardParty>| p.map_or("-", |p| p.entity.as_str()).to_owned();
            of(event).iter().map(|p| format!("{}>{}", name(p.source), name(p.target))).collect()
        };
        assert_eq!(shown(&event(&["NOR"], &["ISL", "DNK"])), ["NOR>ISL", "NOR>DNK"]);
        let meeting = event(&["NOR", "ISL", "DNK"], &[]);
        assert_eq!(shown(&meeting), ["NOR>ISL", "NOR>DNK", "ISL>NOR", "ISL>DNK", "DNK>NOR", "DNK>ISL"]);
        assert_eq!(shown(&event(&["NOR"], &[])), ["NOR>-"]);
        assert_eq!(shown(&event(&[], &["NOR"])), ["->NOR"]);
        let ids: std::collections::BTreeSet<u64> = of(&meeting).iter().map(Pair::number).collect();
        assert!(ids.len() == 6 && ids.iter().all(|id| *id < 1 << 53));
        assert!(of(&OutwardEvent { date: None, ..meeting }).is_empty());
    }
}
