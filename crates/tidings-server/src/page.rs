//! The page itself: what `web/` was built to, inside the program.

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use crate::filters::text;
use crate::problem::Problem;

/// The built page.
#[derive(RustEmbed)]
#[folder = "../../web/dist"]
struct Assets;

/// The one document that all addresses share; the scripts in it read the address.
pub fn shell(status: StatusCode) -> Response {
    let Some(file) = Assets::get("index.html") else {
        return Problem::new(
            StatusCode::NOT_FOUND,
            "this program was built without its page",
            "build it with `npm --prefix web run build` first; the data are there: /overview.json",
        )
        .into_response();
    };
    let mut response = (status, Body::from(file.data)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A script, a style, a map: their names change with their content, so they may be kept for ever.
pub async fn asset(Path(name): Path<String>, asked: HeaderMap) -> Response {
    serve(&format!("assets/{name}"), &asked, "public, max-age=31536000, immutable")
}

/// The icon and the like, whose names stay.
pub async fn icon(asked: HeaderMap) -> Response {
    serve("favicon.svg", &asked, "no-cache")
}

fn serve(name: &str, asked: &HeaderMap, keep: &'static str) -> Response {
    let Some(file) = Assets::get(name) else {
        return Problem::missing("file", name).into_response();
    };
    let hash: String = file.metadata.sha256_hash().iter().take(12).map(|b| format!("{b:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known = text(asked, &header::IF_NONE_MATCH).is_some_and(|k| k.contains(&hash));
    let mut response =
        if known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(file.data).into_response() };
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(media_type(name)) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keep));
    response
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
