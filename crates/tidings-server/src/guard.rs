//! Who may ask, and what a browser may do with the answer.

use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use subtle::ConstantTimeEq;

use crate::desk::Desk;
use crate::filters::text;
use crate::problem::Problem;

/// Nothing from elsewhere, nothing in the page's own text that runs, no frame around it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
    frame-ancestors 'none'";

/// Headers of every answer.
const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// The cookie that holds the token, once it was given in the address.
const COOKIE: &str = "tidings_token";

/// Lets a request pass, or says why not.
pub async fn guard(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let mut response = match passes(&desk, &request) {
        Ok(None) => next.run(request).await,
        Ok(Some(signed_in)) => signed_in,
        Err(problem) => problem.into_response(),
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn passes(desk: &Desk, request: &Request) -> Result<Option<Response>, Problem> {
    let options = desk.options();
    let host = host(request)?;
    // A name that somebody else made point here (DNS rebinding) is none of ours.
    if options.host.is_loopback() && !is_local(&host) && !options.names.iter().any(|n| n == host.host()) {
        let detail = format!("this server is not called {:?}", host.host());
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail, "ask for http://127.0.0.1"));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        own_page(request, &host)?;
    }
    match &options.token {
        Some(token) => identified(request, token),
        None => Ok(None),
    }
}

fn host(request: &Request) -> Result<Authority, Problem> {
    let named = text(request.headers(), &header::HOST);
    let named = named.or_else(|| request.uri().authority().map(ToString::to_string));
    let read = named.and_then(|n| n.parse().ok());
    read.ok_or_else(|| Problem::bad("the request does not say whom it asks", "send a Host header"))
}

fn is_local(host: &Authority) -> bool {
    let name = host.host().trim_start_matches('[').trim_end_matches(']');
    name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// What changes something must come from our own page or from a program, not from another site in the same browser.
fn own_page(request: &Request, host: &Authority) -> Result<(), Problem> {
    let origin = text(request.headers(), &header::ORIGIN);
    let own = origin.is_none_or(|o| o.split_once("://").is_some_and(|(_, o)| o == host.as_str()));
    let json =
        text(request.headers(), &header::CONTENT_TYPE).is_some_and(|t| t.starts_with("application/json"));
    match (own, json) {
        (false, _) => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "another site sends this request",
            "write from the page of this server, or from a program",
        )),
        (_, false) => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body is no JSON",
            "send it with Content-Type: application/json",
        )),
        _ => Ok(()),
    }
}

/// The token comes in a header, in a cookie, or once in the address, which then sets the cookie.
fn identified(request: &Request, token: &str) -> Result<Option<Response>, Problem> {
    let same = |given: &str| bool::from(given.as_bytes().ct_eq(token.as_bytes()));
    let header = text(request.headers(), &header::AUTHORIZATION);
    let bearer = header.as_deref().and_then(|h| h.strip_prefix("Bearer ")).map(str::trim);
    let cookies = text(request.headers(), &header::COOKIE).unwrap_or_default();
    let cookie = cookies.split(';').find_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('='));
    if bearer.or(cookie).is_some_and(same) {
        return Ok(None);
    }
    let question = request.uri().query().unwrap_or_default();
    let given = question.split('&').find_map(|f| f.strip_prefix("token="));
    if given.is_some_and(same) {
        return Ok(Some(sign_in(request, token)));
    }
    let hint = "open the address that `tidings serve` printed, or send Authorization: Bearer TOKEN";
    Err(Problem::new(StatusCode::UNAUTHORIZED, "a token is needed", hint))
}

/// Back to the same address without the token, which must not stay in the history.
fn sign_in(request: &Request, token: &str) -> Response {
    let uri = request.uri();
    let rest: Vec<&str> =
        uri.query().unwrap_or_default().split('&').filter(|f| !f.starts_with("token=")).collect();
    let question = if rest.is_empty() { String::new() } else { format!("?{}", rest.join("&")) };
    // Two slashes at the beginning would name another server.
    let path = format!("/{}", uri.path().trim_start_matches(['/', '\\']));
    let mut response = Redirect::to(&format!("{path}{question}")).into_response();
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
