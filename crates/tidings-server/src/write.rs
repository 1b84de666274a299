//! What changes the ledger: new documents.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tidings::Report;
use tidings::document::read::ReadOptions;
use tidings::document::{Document, Fields, document as assemble};
use tidings_ledger::{Added, Article};
use tokio::time::timeout;

use crate::desk::{Desk, blocking, only_reads};
use crate::problem::Problem;

/// An article that is to be coded and stored.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocument {
    /// All of its words.
    text: String,
    /// Headline, if it is not the first paragraph of the text.
    title: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Where it was published.
    url: Option<String>,
    /// When it was published, `2016-08-11`.
    published: Option<String>,
}

/// What became of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Stored {
    /// Id of the document.
    document_id: String,
    /// `new`, `copy`, `published_again`, `recoded` or `known`.
    outcome: &'static str,
    /// Reports that were found in it.
    reports: usize,
}

/// Codes an article and stores it.
#[utoipa::path(post, path = "/documents", tag = "write", request_body = NewDocument, responses(
    (status = 201, body = Stored), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn document(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let new: NewDocument = read(&desk, &headers, body).await?;
    let coder = desk.clone();
    let (document, report) = blocking(move || code(&coder, new)).await??;
    let added = desk
        .write(move |ledger| {
            let at = Timestamp::now();
            Ok(ledger.add(&Article { document: &document, report: &report, at })?)
        })
        .await?;
    Ok((StatusCode::CREATED, Json(stored(added))).into_response())
}

/// The body as what it should be; a client that sends it too slowly is not waited for.
pub async fn read<T: DeserializeOwned>(desk: &Desk, headers: &HeaderMap, body: Body) -> Result<T, Problem> {
    if !desk.writes() {
        return Err(only_reads());
    }
    let limits = desk.limits();
    let declared = headers.get("content-length").and_then(|v| v.to_str().ok()?.parse::<usize>().ok());
    let too_large = || {
        let detail = format!("the body is larger than {} bytes", limits.body);
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail, "send one article; `tidings add` takes many")
    };
    if declared.is_some_and(|n| n > limits.body) {
        return Err(too_large());
    }
    let bytes = timeout(limits.client, axum::body::to_bytes(body, limits.body)).await;
    let bytes = bytes
        .map_err(|_| Problem::new(StatusCode::REQUEST_TIMEOUT, "the body came too slowly", "send it again"))?
        .map_err(|_| too_large())?;
    serde_json::from_slice(&bytes).map_err(|e| {
        Problem::bad(format!("the body cannot be read: {e}"), "/openapi.json says what it is to be")
    })
}

/// A fault of ours in one text must not take the server with it: [`blocking`] catches it.
fn code(desk: &Desk, new: NewDocument) -> Result<(Document, Report), Problem> {
    let NewDocument { text, title, outlet, url, published } = new;
    if text.trim().is_empty() {
        return Err(Problem::bad("`text` is empty", "send the words of the article"));
    }
    let id = url.clone().unwrap_or_else(|| "upload".to_owned());
    let document = assemble(
        Fields { id, text, title, date: published, outlet, url, ..Fields::default() },
        &ReadOptions::default(),
    );
    let report = desk.coder()?.engine.code(&document);
    let report = report.map_err(|e| Problem::bad(e.to_string(), "send one article of ordinary length"))?;
    Ok((document, report))
}

fn stored(added: Added) -> Stored {
    match added {
        Added::New { document_id, copy_of, reports } => {
            Stored { document_id, outcome: if copy_of.is_some() { "copy" } else { "new" }, reports }
        }
        Added::PublishedAgain { document_id } => {
            Stored { document_id, outcome: "published_again", reports: 0 }
        }
        Added::Recoded { document_id, reports } => Stored { document_id, outcome: "recoded", reports },
        Added::Known { document_id } => Stored { document_id, outcome: "known", reports: 0 },
    }
}
