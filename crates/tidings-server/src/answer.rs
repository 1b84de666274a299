//! Answers: rows or a page in the form that was asked for, each with the number of the change that it shows.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;
use tidings_ledger::{Ledger, Page, Query};

use crate::desk::Desk;
use crate::filters::Asked;
use crate::format::Format;
use crate::kept::Answer;
use crate::page;
use crate::problem::Problem;

/// Columns of rows whose text is JSON: opened where the answer is JSON.
const JSON: [&str; 3] = ["record", "link", "accounts"];

/// What the ledger says, unless the client knows it already.
enum Told {
    /// Something new.
    New(Answer),
    /// Nothing has changed since.
    Known,
}

impl Desk {
    /// Answers with a list, whose columns are those of a table of `data/export/columns.toml`.
    pub async fn list<T: Serialize + Send + 'static>(
        &self,
        asked: Asked,
        table: &'static str,
        question: impl Fn(&Ledger, &Query) -> tidings_ledger::Result<Page<T>> + Send + 'static,
    ) -> Result<Response, Problem> {
        self.answer(asked, move |ledger, asked| {
            let page = question(ledger, &asked.query)?;
            let body = match asked.format {
                Format::Json => json(&serde_json::json!({ "rows": opened(&page.rows)?, "next": page.next }))?,
                other => written(other, table, &page.rows)?,
            };
            Ok((body, page.next))
        })
        .await
    }

    /// Answers with what is shown of one thing; a table of it, if it has a main one, is to be had as such, too.
    pub async fn sheet<T: Serialize + Send + 'static>(
        &self,
        asked: Asked,
        main: Option<(&'static str, &'static str)>,
        question: impl Fn(&Ledger, &Asked) -> Result<T, Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        self.answer(asked, move |ledger, asked| {
            let sheet = question(ledger, asked)?;
            let body = match (asked.format, main) {
                (Format::Json, _) => json(&opened(&sheet)?)?,
                (Format::Gexf, _) => network(&sheet)?,
                (other, Some((field, table))) => {
                    let sheet = serde_json::to_value(&sheet).map_err(failed)?;
                    written(other, table, sheet[field].as_array().map(Vec::as_slice).unwrap_or_default())?
                }
                (other, None) => return Err(no_form(other)),
            };
            Ok((body, None))
        })
        .await
    }

    async fn answer(
        &self,
        asked: Asked,
        form: impl Fn(&Ledger, &Asked) -> Result<(Vec<u8>, Option<String>), Problem> + Send + 'static,
    ) -> Result<Response, Problem> {
        if asked.format == Format::Html {
            return Ok(page::shell(StatusCode::OK));
        }
        let format = asked.format;
        let uri = asked.uri.clone();
        let desk = self.clone();
        let (tag, told) = self
            .ask(move |ledger| {
                let tag = tag(ledger.standing()?.revision, asked.format);
                if asked.known.as_deref().is_some_and(|known| knows(known, &tag)) {
                    return Ok((tag, Told::Known));
                }
                let question = format!("{}{}", asked.format.ending(), asked.uri);
                if let Some(answer) = desk.kept().find(&question, &tag) {
                    return Ok((tag, Told::New(answer)));
                }
                let (body, next) = form(ledger, &asked)?;
                let answer = Answer { body: body.into(), next };
                desk.kept().keep(question, &tag, &answer);
                Ok((tag, Told::New(answer)))
            })
            .await?;
        let mut response = match told {
            Told::Known => StatusCode::NOT_MODIFIED.into_response(),
            Told::New(Answer { body, next }) => {
                with_body(body, format, next.and_then(|n| link(&uri, format, &n)))
            }
        };
        if let Ok(tag) = HeaderValue::from_str(&tag) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        // It may be kept, if it is asked for anew each time whether it still holds.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        Ok(response)
    }
}

/// Same version, same change, same form: the same bytes. Weak, since it may be sent compressed.
fn tag(revision: i64, format: Format) -> String {
    format!("W/\"{}-{revision}{}\"", env!("CARGO_PKG_VERSION"), format.ending())
}

fn knows(known: &str, tag: &str) -> bool {
    let strong = tag.trim_start_matches("W/");
    known.split(',').any(|k| matches!(k.trim().trim_start_matches("W/"), k if k == strong || k == "*"))
}

fn with_body(body: Bytes, format: Format, link: Option<HeaderValue>) -> Response {
    let mut response = Body::from(body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    if let Some(link) = link {
        headers.insert(header::LINK, link);
    }
    response
}

/// Where the list goes on (RFC 8288).
fn link(uri: &axum::http::Uri, format: Format, next: &str) -> Option<HeaderValue> {
    let kept = uri.query().into_iter().flat_map(|q| q.split('&')).filter(|f| !f.starts_with("after="));
    let after = format!("after={}", utf8_percent_encode(next, NON_ALPHANUMERIC));
    let question: Vec<&str> = kept.chain([after.as_str()]).collect();
    let link = format!("<{}{}?{}>; rel=\"next\"", uri.path(), format.ending(), question.join("&"));
    HeaderValue::from_str(&link).ok()
}

fn no_form(format: Format) -> Problem {
    let ending = format.ending();
    Problem::new(
        StatusCode::NOT_ACCEPTABLE,
        format!("this is not to be had as {ending}"),
        "/openapi.json says which forms there are; .json is always one",
    )
}

fn failed(error: impl std::fmt::Display) -> Problem {
    let detail = format!("the answer cannot be written: {error}");
    Problem::new(StatusCode::INTERNAL_SERVER_ERROR, detail, "please report it")
}

fn json(value: &Value) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(value).map_err(failed)
}

/// A sheet of nodes and edges as a file for Gephi and the like.
fn network<T: Serialize>(sheet: &T) -> Result<Vec<u8>, Problem> {
    let sheet = serde_json::to_value(sheet).map_err(failed)?;
    let (Some(nodes), Some(edges)) = (sheet["nodes"].as_array(), sheet["edges"].as_array()) else {
        return Err(no_form(Format::Gexf));
    };
    let table = |name| tidings_export::table(name).map_err(failed);
    let mut body = Vec::new();
    tidings_export::gexf((table("nodes")?, nodes), (table("edges")?, edges), &mut body).map_err(failed)?;
    Ok(body)
}

/// Rows as a file of one of the formats for tables.
fn written<T: Serialize>(format: Format, table: &str, rows: &[T]) -> Result<Vec<u8>, Problem> {
    let form = format.file().ok_or_else(|| no_form(format))?;
    let table = tidings_export::table(table).map_err(failed)?;
    if !form.fits(table) {
        return Err(no_form(format));
    }
    let mut body = Vec::new();
    tidings_export::write(form, table, rows, &mut body).map_err(failed)?;
    Ok(body)
}

/// The value with the JSON inside it as JSON.
fn opened<T: Serialize + ?Sized>(value: &T) -> Result<Value, Problem> {
    let mut value = serde_json::to_value(value).map_err(failed)?;
    open(&mut value);
    Ok(value)
}

fn open(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(open),
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                if !JSON.contains(&name.as_str()) {
                    open(field);
                } else if let Some(inner) = field.as_str().and_then(|text| serde_json::from_str(text).ok()) {
                    *field = inner;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_inside_rows_is_opened_and_words_stay_words() {
        let row = serde_json::json!({"record": "{\"id\":\"E01\"}", "link": null, "sentence": "[1]", "accounts": "]"});
        let value = opened(&[row]).expect("opened");
        assert_eq!(
            value.to_string(),
            r#"[{"record":{"id":"E01"},"link":null,"sentence":"[1]","accounts":"]"}]"#
        );
    }

    #[test]
    fn a_client_that_knows_the_change_is_told_so() {
        let tag = tag(7, Format::Json);
        assert!(knows(&tag, &tag) && knows("*", &tag) && knows(&format!("\"x\", {tag}"), &tag));
        assert!(knows(tag.trim_start_matches("W/"), &tag));
        assert!(!knows("W/\"0-6.json\"", &tag));
    }

    #[test]
    fn the_next_page_has_the_same_filters() {
        let uri = "/claims?from=2026-11-01&after=3~x".parse().expect("address");
        let link = link(&uri, Format::Csv, "9~2026-11-02&y").expect("link");
        assert_eq!(link, "</claims.csv?from=2026-11-01&after=9%7E2026%2D11%2D02%26y>; rel=\"next\"");
    }
}
