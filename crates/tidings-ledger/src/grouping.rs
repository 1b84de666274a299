//! Which reports tell the same event?
//!
//! Two reports are compared if they share actors, or actor and type, or place, on near days ([`signature`]). What speaks
//! for and against is a sum of weights from a table ([`decision`]). Each report is linked to the best of those that came
//! out before it, and the links are joined into events, the surest first ([`forest`]); what people said by hand comes
//! before all links. Every step looks at what reports say and never at when they came into the ledger, so that the same
//! reports make the same events in whichever order they were added. [`candidates`] and [`events`] do so in the file.

mod candidates;
mod decision;
mod events;
mod forest;
mod rulings;
mod signature;
mod state;

pub use decision::{Decision, Reason, Weights, features};
pub use forest::{Node, form};
pub use rulings::{Change, note};
pub use signature::{Party, Place, Signature, stem, stems};

pub(crate) use candidates::set_link;
pub(crate) use events::{arrive, end_membership, event_of, refresh};
pub(crate) use rulings::take_back;
pub(crate) use state::{BRIEF, STATUSES, write as write_state, write_fresh};

use std::collections::BTreeSet;

/// Groups reports that are all compared with each other: for few of them, and for scoring. Each group is a list of
/// their numbers.
pub fn group(signatures: &[Signature], weights: &Weights) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..signatures.len()).collect();
    order.sort_by_key(|n| signatures[*n].order());
    let mut links = Vec::new();
    for (place, later) in order.iter().enumerate() {
        let mut best: Option<(usize, f64)> = None;
        for earlier in &order[..place] {
            let score = weights.link(&signatures[*later], &signatures[*earlier]).map(|d| d.score);
            if score > best.map(|b| b.1) {
                best = score.map(|s| (*earlier, s));
            }
        }
        links.extend(best.map(|(earlier, score)| ((*later, earlier), score)));
    }
    let nodes: Vec<Node> = signatures.iter().map(Node::of).collect();
    form(&nodes, &links, &[], &BTreeSet::new())
}

impl Node {
    pub(crate) fn of(signature: &Signature) -> Self {
        Self {
            mark: signature.mark.clone(),
            document: signature.document.clone(),
            same: signature.same.clone(),
        }
    }
}
