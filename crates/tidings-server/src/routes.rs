//! Which address asks what, and the description of all of them.

use axum::Router;
use axum::http::{StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa::openapi::OpenApi as Description;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::changes::{self, Places};
use crate::desk::Desk;
use crate::filters::{Apart, By, First, Nodes};
use crate::guard::guard;
use crate::problem::Problem;
use crate::{lessons, lists, page, pages, write};

/// The head of the description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tidings",
        description = "Who did or said what to whom, when, where, how certain that is, and on whose word. Every address \
        of a list or a page takes an ending that says the form of the answer: `.json`, `.csv`, `.jsonl`, and where it \
        makes sense `.parquet`, `.geojson` or `.gexf`; without an ending a browser gets the page. Offsets count \
        Unicode code points. Errors are RFC 9457 problems with a `hint`.",
        license(name = "MIT OR Apache-2.0")
    ),
    components(schemas(First, By, Apart, Nodes))
)]
struct Head;

fn described() -> OpenApiRouter<Desk> {
    OpenApiRouter::with_openapi(Head::openapi())
        .routes(routes!(pages::meta))
        .routes(routes!(pages::overview))
        .routes(routes!(pages::actor))
        .routes(routes!(pages::dyad))
        .routes(routes!(pages::event))
        .routes(routes!(pages::document))
        .routes(routes!(pages::commitment))
        .routes(routes!(pages::network))
        .routes(routes!(lists::events))
        .routes(routes!(lists::reports))
        .routes(routes!(lists::series))
        .routes(routes!(lists::map))
        .routes(routes!(lists::claims))
        .routes(routes!(lists::commitments))
        .routes(routes!(lists::contradictions))
        .routes(routes!(lists::actors))
        .routes(routes!(lists::documents, write::document))
        .routes(routes!(lists::search))
        .routes(routes!(lists::reviews, write::review))
        .routes(routes!(lists::queue))
        .routes(routes!(lists::agreement))
        .routes(routes!(changes::changes))
        .routes(routes!(write::merge))
        .routes(routes!(write::split))
        .routes(routes!(write::undo))
        .routes(routes!(lessons::draft))
        .routes(routes!(lessons::preview))
        .routes(routes!(lessons::save))
}

/// The OpenAPI description of all addresses.
pub fn description() -> Description {
    let mut description = described().split_for_parts().1;
    let paths = std::mem::take(&mut description.paths.paths);
    description.paths.paths = paths.into_iter().map(|(path, item)| (with_ending(&path), item)).collect();
    description
}

/// Programs ask for the data, so these addresses are described.
fn with_ending(path: &str) -> String {
    match path {
        "/changes" | "/meta.json" => path.to_owned(),
        "/" => "/overview.json".to_owned(),
        _ => format!("{path}.json"),
    }
}

async fn openapi() -> Response {
    match description().to_pretty_json() {
        Ok(text) => ([(header::CONTENT_TYPE, "application/json")], text).into_response(),
        Err(error) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string(), "please report it")
            .into_response(),
    }
}

/// All addresses.
pub fn router(desk: Desk) -> Router {
    let places = Places::new(desk.limits().listeners);
    described()
        .split_for_parts()
        .0
        .route("/openapi.json", get(openapi))
        .route("/assets/{*name}", get(page::asset))
        .route("/favicon.svg", get(page::icon))
        .route("/review", get(pages::only_a_page))
        .route("/help", get(pages::only_a_page))
        .fallback(pages::nowhere)
        .layer(axum::Extension(places))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(desk.clone(), guard))
        .layer(CompressionLayer::new())
        .with_state(desk)
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> Response {
    let hint = "please report it with the address that you asked for";
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "an error inside the server", hint).into_response()
}
