//! The ending of an address: the page itself, or its data as JSON, CSV and so on.

use axum::extract::Request;
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// In which form an answer is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The page.
    Html,
    /// `.json`.
    Json,
    /// `.csv`.
    Csv,
    /// `.jsonl`.
    Jsonl,
    /// `.parquet`.
    Parquet,
    /// `.geojson`.
    GeoJson,
    /// `.gexf`.
    Gexf,
}

/// Endings with what they ask for.
pub const ENDINGS: [(&str, Format); 6] = [
    (".json", Format::Json),
    (".csv", Format::Csv),
    (".jsonl", Format::Jsonl),
    (".parquet", Format::Parquet),
    (".geojson", Format::GeoJson),
    (".gexf", Format::Gexf),
];

impl Format {
    /// Name of the ending.
    pub fn ending(self) -> &'static str {
        ENDINGS.iter().find(|(_, format)| *format == self).map_or(".html", |(ending, _)| ending)
    }

    /// The format of a file with rows, where it is one.
    pub fn file(self) -> Option<tidings_export::Format> {
        match self {
            Self::Csv => Some(tidings_export::Format::Csv),
            Self::Jsonl => Some(tidings_export::Format::Jsonl),
            Self::Parquet => Some(tidings_export::Format::Parquet),
            Self::GeoJson => Some(tidings_export::Format::GeoJson),
            Self::Html | Self::Json | Self::Gexf => None,
        }
    }

    /// Content type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Gexf => "application/gexf+xml",
            other => other.file().map_or("application/json", tidings_export::Format::media_type),
        }
    }
}

/// Takes the ending off the path, so that one route serves all of them; what it asked for goes along.
pub fn strip<B>(mut request: Request<B>) -> Request<B> {
    let path = request.uri().path();
    // Assets of the page and the description have endings of their own.
    let own = path.starts_with("/assets/") || path == "/openapi.json" || path == "/meta.json";
    let found = ENDINGS.iter().find_map(|(ending, format)| Some((path.strip_suffix(ending)?, *format)));
    let found = found.filter(|(rest, _)| !own && rest.len() > 1);
    let format = found.map_or_else(|| by_header(&request), |(_, format)| format);
    if let Some(uri) = found.and_then(|(rest, _)| with_path(request.uri(), rest)) {
        *request.uri_mut() = uri;
    }
    request.extensions_mut().insert(format);
    request
}

/// Without an ending a browser gets the page, and whoever asks for JSON gets that.
fn by_header<B>(request: &Request<B>) -> Format {
    let accept = request.headers().get("accept").and_then(|v| v.to_str().ok()).unwrap_or_default();
    if accept.contains("application/json") && !accept.contains("text/html") {
        Format::Json
    } else {
        Format::Html
    }
}

fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let path = if path == "/overview" { "/" } else { path };
    let question = uri.query().map_or(String::new(), |q| format!("?{q}"));
    let mut parts = uri.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from(format!("{path}{question}")).ok()?);
    Uri::from_parts(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(address: &str, accept: &str) -> (String, Format) {
        let request = Request::builder().uri(address).header("accept", accept).body(()).expect("request");
        let stripped = super::strip(request);
        let format = *stripped.extensions().get::<Format>().expect("format");
        (stripped.uri().to_string(), format)
    }

    #[test]
    fn the_ending_says_the_form_and_the_rest_of_the_address_stays() {
        assert_eq!(
            strip("/claims.csv?from=2026-11-01", "*/*"),
            ("/claims?from=2026-11-01".into(), Format::Csv)
        );
        assert_eq!(strip("/event/ab:12.json", "*/*"), ("/event/ab:12".into(), Format::Json));
        assert_eq!(strip("/overview.json", "*/*"), ("/".into(), Format::Json));
        assert_eq!(strip("/actor/A.B", "text/html"), ("/actor/A.B".into(), Format::Html));
        assert_eq!(strip("/claims", "application/json").1, Format::Json);
        assert_eq!(strip("/claims", "text/html,application/json;q=0.9").1, Format::Html);
        assert_eq!(strip("/openapi.json", "*/*").0, "/openapi.json");
        assert_eq!(strip("/.json", "*/*").0, "/.json");
    }
}
