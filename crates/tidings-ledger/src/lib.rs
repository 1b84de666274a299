//! What is known? The reports of many documents, grouped to events, in one SQLite file.
//!
//! [`Ledger`] is the file ([`schema`] says what is in it). [`Ledger::add`] stores a coded article in one transaction:
//! its words once however many outlets print them ([`copies`]), its records ([`records`]), which event each of its
//! reports tells ([`grouping`]), and the roll-ups that charts are drawn from. Nothing is overwritten: a newer coding,
//! a group that was split or merged by hand ends what held before, and a question ([`Query`]) may be put as of any day.
//!
//! The library has no clock: whoever writes says when.

mod columns;
mod commitments;
mod copies;
mod days;
mod error;
pub mod grouping;
mod load;
mod query;
mod reading;
mod records;
mod review;
mod revision;
mod schema;
mod store;

pub use days::{end_of, moment};
pub use error::{Error, Result};
pub use grouping::{Change, note};
pub use load::{Foreign, Loaded, Party, Place};
pub use query::{
    Account, ActorPage, ActorRow, Beside, ClaimRow, CommitmentPage, CommitmentRow, CommitmentStep,
    ContradictionRow, Counterpart, CoverageRow, DirectionRow, DisagreementRow, DocumentPage, DocumentRow,
    Dyad, DyadMonthRow, EdgeRow, EventPage, EventRow, Given, LARGEST_PAGE, Level, MapRow, Network, NodeRow,
    Order, OutwardEvent, OutwardParty, OutwardPlace, Overview, Page, PastState, Period, Publication, Query,
    QuoteRow, ReportRow, ReviewRow, SearchRow, SeriesRow, Split, Step, Told, TypeRow,
};
pub use reading::{Interrupter, Original, Standing};
pub use review::{AgreementRow, Queue, QueueRow, Review, Verdict};
pub use schema::VERSION;
pub use store::{Added, Article, Ledger};
