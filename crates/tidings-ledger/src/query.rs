//! Questions to the ledger: one set of filters for all, values bound and never written into SQL, pages by key.

mod actor_page;
mod actors;
mod claims;
mod commitments;
mod contradictions;
mod counts;
mod documents;
mod dyad;
mod event_page;
mod events;
mod filter;
mod map;
mod network;
mod outward;
mod overview;
mod past;
mod reports;
mod reviews;
mod selection;
mod series;
mod text;

pub use actor_page::{ActorPage, Counterpart, QuoteRow};
pub use actors::ActorRow;
pub use claims::ClaimRow;
pub use commitments::{CommitmentPage, CommitmentRow, CommitmentStep};
pub use contradictions::{Account, ContradictionRow, Given};
pub use documents::{DocumentPage, DocumentRow, Publication, Told};
pub use dyad::{DirectionRow, Dyad, DyadMonthRow, TypeRow};
pub use event_page::{DisagreementRow, EventPage, PastState, Step};
pub use events::EventRow;
pub use map::MapRow;
pub use network::{EdgeRow, Level, Network, NodeRow};
pub use outward::{Beside, OutwardEvent, OutwardParty, OutwardPlace};
pub use overview::{CoverageRow, Overview};
pub use reports::ReportRow;
pub use reviews::ReviewRow;
pub use series::{Period, SeriesRow, Split};
pub use text::SearchRow;

pub(crate) use past::Moment;
pub(crate) use reviews::review_of;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::{Error, Result};

/// Rows of one page, at most.
pub const LARGEST_PAGE: usize = 10_000;

/// What to look for; what is not set does not matter. Not every question heeds every filter: its page says which.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Takes part on either side: code of a country, or id of an actor.
    pub actor: Option<String>,
    /// Takes part on the other side than `actor`: both directions, and what the two do together.
    pub with: Option<String>,
    /// Acts.
    pub source: Option<String>,
    /// Is acted upon.
    pub target: Option<String>,
    /// PLOVER type.
    pub event_type: Option<String>,
    /// Quad class.
    pub quad: Option<u8>,
    /// asserted, alleged …
    pub status: Option<String>,
    /// Name of a place, or code of its country.
    pub place: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Words of the article, all of them.
    pub text: Option<String>,
    /// As the ledger stood then.
    pub as_of: Option<Timestamp>,
    /// Rows of one page.
    pub limit: Option<usize>,
    /// Where the page before ended ([`Page::next`]).
    pub after: Option<String>,
    /// Which rows of a list of events or reports come first.
    pub order: Order,
}

/// Which rows come first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Those of the last day.
    #[default]
    Newest,
    /// Those of the first day.
    Oldest,
}

/// Some rows, and where the next begin.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// In the order of the question.
    pub rows: Vec<T>,
    /// For [`Query::after`]; `None` at the end.
    pub next: Option<String>,
}

impl Query {
    fn page_size(&self) -> usize {
        self.limit.unwrap_or(100).clamp(1, LARGEST_PAGE)
    }

    /// Whether it says what events must be like.
    fn is_of_events(&self) -> bool {
        let words = [&self.actor, &self.with, &self.source, &self.target, &self.event_type, &self.status]
            .into_iter()
            .chain([&self.place, &self.outlet, &self.text]);
        self.from.is_some() || self.to.is_some() || self.quad.is_some() || words.flatten().next().is_some()
    }

    /// The place where the page before ended: a day (or another text) and a row.
    fn cursor(&self) -> Result<Option<(String, i64)>> {
        let Some(after) = &self.after else { return Ok(None) };
        let parts = after.split_once('~').and_then(|(row, key)| Some((key.to_owned(), row.parse().ok()?)));
        let wrong = || Error::question("the cursor is none that a page gave", "begin without a cursor");
        parts.map(Some).ok_or_else(wrong)
    }
}

impl<T> Page<T> {
    /// One more row than the page holds was asked for, to see whether there is another page.
    fn of(mut rows: Vec<(T, String, i64)>, size: usize) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(|(_, key, row)| format!("{row}~{key}"));
        Self { rows: rows.into_iter().map(|r| r.0).collect(), next }
    }
}
