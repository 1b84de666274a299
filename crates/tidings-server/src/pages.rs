//! What is shown of one thing: the ledger as a whole, an event, an actor, a pair of actors, an article.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::desk::Desk;
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
