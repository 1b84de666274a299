//! Lists: one question of the ledger each, in pages.

use axum::extract::State;
use axum::response::Response;
use tidings_ledger::{
    ActorRow, ClaimRow, CommitmentRow, ContradictionRow, DocumentRow, EventRow, Ledger, MapRow, Page, Query,
    ReportRow, SearchRow, SeriesRow,
};

use crate::desk::Desk;
use crate::filters::{Asked, Filters};
use crate::problem::Problem;

/// Rows, and where the next begin.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "only its shape is used, in the description")]
pub struct List<T> {
    /// In the order of the question.
    rows: Vec<T>,
    /// For `after`; null at the end.
    next: Option<String>,
}

/// A handler for a list of the ledger.
macro_rules! list {
    ($name:ident, $row:ty, $path:literal, $what:literal) => {
        #[doc = $what]
        #[utoipa::path(get, path = $path, tag = "lists", params(Filters), responses(
            (status = 200, body = List<$row>), (status = 400, body = Problem), (status = 503, body = Problem),
        ))]
        pub async fn $name(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
            desk.list(asked, stringify!($name), |ledger, query| ledger.$name(query)).await
        }
    };
}

list!(events, EventRow, "/events", "Events as their reports tell them together.");
list!(reports, ReportRow, "/reports", "Events as one article tells them.");
list!(claims, ClaimRow, "/claims", "What speakers say that is no fact.");
list!(commitments, CommitmentRow, "/commitments", "Obligations, mandates, sanctions regimes and ultimatums.");
list!(actors, ActorRow, "/actors", "Those who take part in events; `text` is part of the name.");
list!(documents, DocumentRow, "/documents", "Articles.");
list!(search, SearchRow, "/search", "Articles with the words of `text`.");

/// Values that cannot all be right, of reports of one event or within one article.
#[utoipa::path(get, path = "/contradictions", tag = "lists", params(Filters), responses(
    (status = 200, body = List<ContradictionRow>), (status = 400, body = Problem),
))]
pub async fn contradictions(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    desk.list(asked, "contradictions", Ledger::contradictions).await
}

/// How many events, period by period.
#[utoipa::path(get, path = "/series", tag = "lists", params(Filters), responses(
    (status = 200, body = List<SeriesRow>), (status = 400, body = Problem),
))]
pub async fn series(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    let (period, split, normalise) =
        (asked.filters.period(), asked.filters.split(), asked.filters.normalise());
    let rows = move |ledger: &Ledger, query: &Query| ledger.series(query, period, split, normalise);
    desk.list(asked, "series", move |ledger, query| Ok(Page { rows: rows(ledger, query)?, next: None })).await
}

/// Where events took place.
#[utoipa::path(get, path = "/map", tag = "lists", params(Filters), responses(
    (status = 200, body = List<MapRow>), (status = 400, body = Problem),
))]
pub async fn map(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    desk.list(asked, "map", |ledger, query| Ok(Page { rows: ledger.map(query)?, next: None })).await
}
