//! What is shown of one thing: the ledger as a whole, an event, an actor, a pair of actors, an article.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tidings_ledger::{
    ActorPage, CommitmentPage, DocumentPage, Dyad, EventPage, Ledger, Network, Overview, Query,
};

use crate::desk::Desk;
use crate::filters::{Asked, Filters};
use crate::format::Format;
use crate::page;
use crate::problem::Problem;

/// What the page must know of the server.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Meta {
    /// Version of Tidings.
    version: &'static str,
    /// Whether reviews and new documents are taken.
    write: bool,
    /// Name of the ledger's file.
    ledger: String,
    /// Number of its last change.
    revision: i64,
    /// Whether a token is needed to ask.
    token_required: bool,
}

/// What the server is.
#[utoipa::path(get, path = "/meta.json", tag = "pages", responses((status = 200, body = Meta)))]
pub async fn meta(State(desk): State<Desk>) -> Result<Json<Meta>, Problem> {
    let revision = desk.ask(|ledger| Ok(ledger.standing()?.revision)).await?;
    let options = desk.options();
    let ledger = options.ledger.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Json(Meta {
        version: env!("CARGO_PKG_VERSION"),
        write: desk.writes(),
        ledger,
        revision,
        token_required: options.token.is_some(),
    }))
}

/// The ledger at a glance.
#[utoipa::path(get, path = "/", tag = "pages", params(Filters), responses(
    (status = 200, body = Overview), (status = 400, body = Problem),
))]
pub async fn overview(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    desk.sheet(asked, Some(("coverage", "coverage")), |ledger, asked| Ok(ledger.overview(&asked.query)?))
        .await
}

/// What one event is: its reports side by side, what they disagree on, the course of what is said of it.
#[utoipa::path(get, path = "/event/{id}", tag = "pages", params(("id" = String, Path), Filters), responses(
    (status = 200, body = EventPage), (status = 404, body = Problem),
))]
pub async fn event(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    one(desk, "event", Some(("reports", "reports")), id, asked, Ledger::event).await
}

/// Who one actor is, and has to do with.
#[utoipa::path(get, path = "/actor/{id}", tag = "pages", params(("id" = String, Path), Filters), responses(
    (status = 200, body = ActorPage), (status = 404, body = Problem),
))]
pub async fn actor(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    let period = asked.filters.period();
    let find = move |ledger: &Ledger, id: &str, query: &Query| ledger.actor(id, query, period);
    one(desk, "actor", Some(("counterparts", "counterparts")), id, asked, find).await
}

/// An article with all that was found in it.
#[utoipa::path(get, path = "/document/{id}", tag = "pages", params(("id" = String, Path), Filters), responses(
    (status = 200, body = DocumentPage), (status = 404, body = Problem),
))]
pub async fn document(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    one(desk, "document", None, id, asked, Ledger::document).await
}

/// An obligation with its history.
#[utoipa::path(get, path = "/commitment/{id}", tag = "pages", params(("id" = String, Path), Filters), responses(
    (status = 200, body = CommitmentPage), (status = 404, body = Problem),
))]
pub async fn commitment(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    asked: Asked,
) -> Result<Response, Problem> {
    one(desk, "commitment", None, id, asked, Ledger::commitment).await
}

async fn one<T: Serialize + Send + 'static>(
    desk: Desk,
    what: &'static str,
    main: Option<(&'static str, &'static str)>,
    id: String,
    asked: Asked,
    find: impl Fn(&Ledger, &str, &Query) -> tidings_ledger::Result<Option<T>> + Send + 'static,
) -> Result<Response, Problem> {
    let question = move |ledger: &Ledger, asked: &Asked| {
        find(ledger, &id, &asked.query)?.ok_or_else(|| Problem::missing(what, &id))
    };
    desk.sheet(asked, main, question).await
}

/// What passes between two countries or actors, in both directions.
#[utoipa::path(get, path = "/dyad/{a}/{b}", tag = "pages", params(
    ("a" = String, Path, description = "Code of a country, or id of an actor"), ("b" = String, Path), Filters,
), responses((status = 200, body = Dyad), (status = 400, body = Problem)))]
pub async fn dyad(
    State(desk): State<Desk>,
    Path((a, b)): Path<(String, String)>,
    asked: Asked,
) -> Result<Response, Problem> {
    let period = asked.filters.period();
    desk.sheet(asked, Some(("series", "series")), move |ledger, asked| {
        Ok(ledger.dyad(&a, &b, &asked.query, period)?)
    })
    .await
}

/// Who has to do with whom: nodes and edges; the edges alone as a table.
#[utoipa::path(get, path = "/network", tag = "pages", params(Filters), responses(
    (status = 200, body = Network), (status = 400, body = Problem),
))]
pub async fn network(State(desk): State<Desk>, asked: Asked) -> Result<Response, Problem> {
    let level = asked.filters.level();
    let limit = asked.query.limit;
    desk.sheet(asked, Some(("edges", "edges")), move |ledger, asked| {
        Ok(ledger.network(&asked.query, level, limit)?)
    })
    .await
}

/// Addresses that have only a page, no data of their own.
pub async fn only_a_page() -> Response {
    page::shell(StatusCode::OK)
}

/// Nothing is there; a browser gets the page, which says so.
pub async fn nowhere(request: axum::extract::Request) -> Response {
    if request.extensions().get() == Some(&Format::Html) {
        return page::shell(StatusCode::NOT_FOUND);
    }
    Problem::missing("page", request.uri().path()).into_response()
}
