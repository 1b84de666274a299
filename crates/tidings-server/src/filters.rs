//! What stands behind the question mark of an address.

use axum::extract::{FromRequestParts, Query as Parameters};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use tidings_ledger::{Level, Order, Period, Query, Split};
use utoipa::{IntoParams, ToSchema};

use crate::desk::Desk;
use crate::format::Format;
use crate::problem::Problem;

/// Filters of all lists and pages; each heeds those that make sense for it.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields, default)]
#[into_params(parameter_in = Query)]
pub struct Filters {
    /// First day, `2016-08-11`.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// Last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
    /// Takes part on either side: ISO 3166-1 alpha-3 code of a country, or id of an actor.
    actor: Option<String>,
    /// Takes part on the other side than `actor`: both directions, and what the two do together.
    with: Option<String>,
    /// Acts.
    source: Option<String>,
    /// Is acted upon.
    target: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    event_type: Option<String>,
    /// Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[param(minimum = 1, maximum = 4)]
    quad: Option<u8>,
    /// `asserted`, `alleged`, `conditional`, `hypothetical`, `planned`, `denied`, `negated`.
    status: Option<String>,
    /// Name of a place, or code of its country.
    place: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Words of the article, all of them; a phrase in quotation marks, `*` behind a beginning.
    text: Option<String>,
    /// As the ledger stood at the end of that day, or at that moment.
    as_of: Option<String>,
    /// Rows of the answer, at most.
    limit: Option<usize>,
    /// Where the answer before ended (`next`).
    after: Option<String>,
    /// Which rows of a list of events or reports come first.
    order: Option<First>,
    /// How finely time is cut, for series.
    by: Option<By>,
    /// What the events of a period are told apart by, for series.
    split: Option<Apart>,
    /// Whether a series says how many documents came out in each period.
    normalise: Option<bool>,
    /// What the nodes of a network are.
    level: Option<Nodes>,
}

/// Which rows come first.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum First {
    /// Those of the last day.
    Newest,
    /// Those of the first day.
    Oldest,
}

/// What is told apart.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Apart {
    /// Nothing.
    None,
    /// PLOVER type.
    Type,
    /// Quad class.
    Quad,
    /// asserted, alleged …
    Status,
}

/// What the nodes of a network are.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Nodes {
    /// Countries.
    Country,
    /// Single actors.
    Actor,
}

/// How finely time is cut.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// One row a day.
    Day,
    /// One row a week of ISO 8601.
    Week,
    /// One row a month.
    Month,
    /// One row a year.
    Year,
}

/// What is asked for, and in which form.
#[derive(Debug)]
pub struct Asked {
    /// Form of the answer.
    pub format: Format,
    /// Filters of the address.
    pub filters: Filters,
    /// The same for the ledger.
    pub query: Query,
    /// Path and question.
    pub uri: Uri,
    /// What the client has already.
    pub known: Option<String>,
}

impl Filters {
    /// Reads what stands behind the question mark; an empty field of a form is no filter.
    fn read(uri: &Uri) -> Result<Self, Problem> {
        let question = uri.query().unwrap_or_default();
        let filled: Vec<&str> = question.split('&').filter(|f| !f.is_empty() && !f.ends_with('=')).collect();
        let cleaned = Uri::builder().path_and_query(format!("/?{}", filled.join("&"))).build();
        let hint = "/openapi.json lists the filters; dates are written like 2016-08-11";
        let cleaned = cleaned.map_err(|_| Problem::bad("the address cannot be read", hint))?;
        let read = Parameters::<Self>::try_from_uri(&cleaned);
        let wrong =
            |message: String| message.trim_start_matches("Failed to deserialize query string: ").to_owned();
        read.map(|p| p.0).map_err(|e| Problem::bad(wrong(e.body_text()), hint))
    }

    /// The same for the ledger, with at most so many rows.
    fn query(&self, rows: usize) -> Result<Query, Problem> {
        if self.quad.is_some_and(|quad| !(1..=4).contains(&quad)) {
            return Err(Problem::bad("`quad` is 1, 2, 3 or 4", "1 verbal cooperation … 4 material conflict"));
        }
        if self.limit.is_some_and(|limit| limit == 0 || limit > rows) {
            return Err(Problem::bad(format!("`limit` is 1 to {rows}"), "go on with `after` for more"));
        }
        Ok(Query {
            from: self.from,
            to: self.to,
            actor: self.actor.clone(),
            with: self.with.clone(),
            source: self.source.clone(),
            target: self.target.clone(),
            event_type: self.event_type.as_ref().map(|t| t.to_uppercase()),
            quad: self.quad,
            status: self.status.as_ref().map(|s| s.to_lowercase()),
            place: self.place.clone(),
            outlet: self.outlet.clone(),
            text: self.text.clone(),
            as_of: self.as_of.as_deref().map(moment).transpose()?,
            limit: self.limit,
            after: self.after.clone(),
            order: match self.order {
                None | Some(First::Newest) => Order::Newest,
                Some(First::Oldest) => Order::Oldest,
            },
        })
    }

    /// What is told apart.
    pub fn split(&self) -> Split {
        match self.split {
            None | Some(Apart::None) => Split::None,
            Some(Apart::Type) => Split::Type,
            Some(Apart::Quad) => Split::Quad,
            Some(Apart::Status) => Split::Status,
        }
    }

    /// Whether documents are counted, too.
    pub fn normalise(&self) -> bool {
        self.normalise.unwrap_or(false)
    }

    /// What the nodes are.
    pub fn level(&self) -> Level {
        match self.level {
            None | Some(Nodes::Country) => Level::Country,
            Some(Nodes::Actor) => Level::Actor,
        }
    }

    /// How finely time is cut.
    pub fn period(&self) -> Period {
        match self.by {
            Some(By::Day) => Period::Day,
            Some(By::Week) => Period::Week,
            None | Some(By::Month) => Period::Month,
            Some(By::Year) => Period::Year,
        }
    }
}

/// A moment, or the end of a day (UTC).
fn moment(text: &str) -> Result<Timestamp, Problem> {
    tidings_ledger::moment(text).ok_or_else(|| {
        Problem::bad(
            "`as_of` is neither a day nor a moment",
            "write it like 2026-11-01 or 2026-11-01T12:00:00Z",
        )
    })
}

impl FromRequestParts<Desk> for Asked {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let limits = desk.limits();
        if parts.uri.query().map_or(0, str::len) > limits.address {
            let detail = format!("the question is longer than {} bytes", limits.address);
            return Err(Problem::new(axum::http::StatusCode::URI_TOO_LONG, detail, "give a few words"));
        }
        let format = parts.extensions.get().copied().unwrap_or(Format::Json);
        // The page reads its own address, in which stands more: how a view is shown.
        let filters = if format == Format::Html { Filters::default() } else { Filters::read(&parts.uri)? };
        let query = filters.query(limits.rows)?;
        let known = text(&parts.headers, &header::IF_NONE_MATCH);
        Ok(Self { format, filters, query, uri: parts.uri.clone(), known })
    }
}

/// A header, if it is text.
pub fn text(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(question: &str) -> Result<Query, String> {
        let uri = format!("/events?{question}").parse().expect("address");
        let detail = |p: Problem| serde_json::to_value(p).expect("json")["detail"].to_string();
        Filters::read(&uri).and_then(|f| f.query(10_000)).map_err(detail)
    }

    #[test]
    fn filters_are_read_and_empty_fields_are_none() {
        let query =
            read("from=2026-11-01&to=&type=assault&quad=4&as_of=2026-11-02&text=a%20%22b%22").expect("read");
        assert_eq!(query.from, Some(jiff::civil::date(2026, 11, 1)));
        assert_eq!((query.to, query.quad), (None, Some(4)));
        assert_eq!(query.event_type.as_deref(), Some("ASSAULT"));
        assert_eq!(query.text.as_deref(), Some("a \"b\""));
        assert!(query.as_of.is_some_and(|at| at.to_string().starts_with("2026-11-02T23:59:59")));
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (question, word) in [
            ("form=2026-11-01", "form"),
            ("from=yesterday", "from"),
            ("quad=7", "quad"),
            ("quad=x", "quad"),
            ("limit=0", "limit"),
            ("limit=99999999", "limit"),
            ("as_of=soon", "as_of"),
            ("from=2026-11-01&from=2026-11-02", "from"),
        ] {
            let detail = read(question).expect_err(question);
            assert!(detail.contains(word), "{question}: {detail}");
        }
    }
}
