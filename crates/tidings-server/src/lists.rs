//! Lists: one question of the ledger each, in pages.

use axum::Json;
use axum::extract::{Query as Parameters, State};
use axum::response::Response;
use serde::Deserialize;
use tidings_ledger::{
    ActorRow, AgreementRow, ClaimRow, CommitmentRow, ContradictionRow, DocumentRow, EventRow, Ledger, MapRow,
    Page, Query, Queue, QueueRow, ReportRow, ReviewRow, SearchRow, SeriesRow,
};
use utoipa::IntoParams;

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
list!(reviews, ReviewRow, "/reviews", "What people said of reports.");
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

/// Whose queue, and how much of it.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Whose {
    /// Reports that this coder has judged are left out.
    coder: Option<String>,
    /// Share of the reports that are for two coders, 0 to 1.
    double: Option<f64>,
    /// At most so many.
    limit: Option<usize>,
}

/// Reports to look at: those that others contradict, then those that the engine is least sure of.
#[utoipa::path(get, path = "/queue", tag = "lists", params(Whose), responses(
    (status = 200, body = List<QueueRow>), (status = 400, body = Problem),
))]
pub async fn queue(
    State(desk): State<Desk>,
    Parameters(whose): Parameters<Whose>,
) -> Result<Json<serde_json::Value>, Problem> {
    let limit = whose.limit.unwrap_or(50).clamp(1, desk.limits().rows);
    let queue = Queue { coder: whose.coder, double: whose.double.unwrap_or(0.0), limit };
    let rows = desk.ask(move |ledger| Ok(ledger.queue(&queue)?)).await?;
    Ok(Json(serde_json::json!({ "rows": rows, "next": null })))
}

/// How far coders agree, field by field: Krippendorff's alpha.
#[utoipa::path(get, path = "/agreement", tag = "lists", params(Filters), responses(
    (status = 200, body = List<AgreementRow>), (status = 400, body = Problem),
))]
pub async fn agreement(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    desk.list(asked, "agreement", |ledger, query| Ok(Page { rows: ledger.agreement(query)?, next: None }))
        .await
}
