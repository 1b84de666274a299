//! What a ledger knows: lists, counts, and the page of one thing, in the formats that others read.

mod filters;
mod lists;
mod numbers;
mod pages;
mod show;

pub use filters::{Filters, LedgerArgs, moment};
pub use lists::{ListArgs, SearchArgs};
pub use lists::{actors, claims, commitments, contradictions, documents, events, reports, reviews, search};
pub use numbers::{DyadArgs, MapArgs, NetworkArgs, SeriesArgs, dyad, map, network, series};
pub use pages::{PageArgs, PeriodPageArgs, actor, commitment, document, event};
pub use show::{Shown, page};
