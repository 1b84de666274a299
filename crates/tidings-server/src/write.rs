//! What changes the ledger: new articles, and what people say of what is there.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tidings::Report;
use tidings::document::{Document, Fields, Known, document as assemble};
use tidings_ledger::{Added, Article, Change, Ledger, Review, ReviewRow};
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

/// Writes down what somebody says of a report.
#[utoipa::path(post, path = "/reviews", tag = "write", request_body = Review, responses(
    (status = 201, body = ReviewRow), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn review(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let review: Review = read(&desk, &headers, body).await?;
    let row = desk.write(move |ledger| Ok(ledger.review(&review, Timestamp::now())?)).await?;
    Ok((StatusCode::CREATED, Json(row)).into_response())
}

/// Events that are one.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Merger {
    /// Who says so.
    coder: String,
    /// Two or more.
    event_ids: Vec<String>,
    /// Why.
    comment: Option<String>,
}

/// Reports that are another event than the rest of theirs.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// Who says so.
    coder: String,
    /// One or more of one event.
    report_ids: Vec<String>,
    /// Why.
    comment: Option<String>,
}

/// A change that is taken back.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undone {
    /// Who says so.
    coder: String,
    /// Number of the change: of a merger, a split, a review, or of taking one back.
    revision: i64,
    /// Why.
    comment: Option<String>,
}

/// What a ruling did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Ruled {
    /// Number of the change.
    revision: i64,
    /// Events that it changed.
    events: Vec<Changed>,
}

/// An event that has changed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Changed {
    event_id: String,
    /// Number of its reports now; 0 where they went up in others.
    n_reports: i64,
}

/// Makes one event of several.
#[utoipa::path(post, path = "/events/merge", tag = "write", request_body = Merger, responses(
    (status = 201, body = Ruled), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn merge(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let Merger { coder, event_ids, comment } = read(&desk, &headers, body).await?;
    let note = note(&coder, comment.as_deref())?;
    ruled(&desk, move |ledger, at| ledger.merge(&borrowed(&event_ids), note.as_deref(), at)).await
}

/// Makes another event of some reports of one.
#[utoipa::path(post, path = "/events/split", tag = "write", request_body = Division, responses(
    (status = 201, body = Ruled), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn split(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let Division { coder, report_ids, comment } = read(&desk, &headers, body).await?;
    let note = note(&coder, comment.as_deref())?;
    ruled(&desk, move |ledger, at| ledger.split(&borrowed(&report_ids), note.as_deref(), at)).await
}

/// Takes back what somebody said: a merger, a split, a review.
#[utoipa::path(post, path = "/undo", tag = "write", request_body = Undone, responses(
    (status = 201, body = Ruled), (status = 400, body = Problem), (status = 403, body = Problem),
))]
pub async fn undo(State(desk): State<Desk>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let Undone { coder, revision, comment } = read(&desk, &headers, body).await?;
    let note = note(&coder, comment.as_deref())?;
    ruled(&desk, move |ledger, at| ledger.undo(revision, note.as_deref(), at)).await
}

async fn ruled(
    desk: &Desk,
    rule: impl FnOnce(&mut Ledger, Timestamp) -> tidings_ledger::Result<Change> + Send + 'static,
) -> Result<Response, Problem> {
    let change = desk.write(move |ledger| Ok(rule(ledger, Timestamp::now())?)).await?;
    let events = change.events.into_iter().map(|(event_id, n_reports)| Changed { event_id, n_reports });
    Ok((StatusCode::CREATED, Json(Ruled { revision: change.revision, events: events.collect() }))
        .into_response())
}

fn borrowed(ids: &[String]) -> Vec<&str> {
    ids.iter().map(String::as_str).collect()
}

/// Who says it and why; nobody changes anything here without a name.
fn note(coder: &str, comment: Option<&str>) -> Result<Option<String>, Problem> {
    let coder = coder.trim();
    if coder.is_empty() || coder.len() > 200 {
        return Err(Problem::bad("`coder` is no name", "say who you are"));
    }
    Ok(tidings_ledger::note(Some(coder), comment))
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
        &Known::default(),
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
