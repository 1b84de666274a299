//! Errors as clients read them: RFC 9457, with a hint.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use tidings_ledger::Error;

/// What went wrong with a request.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the title says it.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The kind of error.
    title: String,
    /// HTTP status.
    status: u16,
    /// What is wrong.
    detail: String,
    /// What to do.
    hint: String,
}

impl Problem {
    /// A problem of that status.
    pub fn new(status: StatusCode, detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            hint: hint.into(),
        }
    }

    /// The request cannot be understood.
    pub fn bad(detail: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail, hint)
    }

    /// There is no such thing.
    pub fn missing(what: &str, id: &str) -> Self {
        let id: String = id.chars().take(80).collect();
        Self::new(
            StatusCode::NOT_FOUND,
            format!("there is no {what} {id:?}"),
            "look for it: /search and the lists have what there is",
        )
    }

    /// Too much is going on.
    pub fn busy(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail, "ask again in a moment")
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// The paths of files are the business of whoever runs the server, so they are left out.
impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Question { what, hint } => Self::bad(what, hint),
            Error::Locked(_) => Self::busy("another process is writing to the ledger"),
            Error::Full(_) => {
                Self::new(StatusCode::INSUFFICIENT_STORAGE, "the disk of the server is full", "make room")
            }
            Error::ReadOnly(_) => Self::new(
                StatusCode::FORBIDDEN,
                "the ledger may only be read",
                "change the rights of its file",
            ),
            _ => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "the ledger cannot be read",
                "`tidings doctor --ledger FILE`, on the machine of the server, says why",
            ),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}
