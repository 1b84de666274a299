//! A row as a table has it, and what makes it none.

use jiff::civil::Date;
use serde::Serialize;

use crate::error::{Error, Result};
use crate::records;

/// One who acts or is acted upon, as a table names it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Party {
    /// Id; the same id is the same actor in all reports.
    pub entity: String,
    /// Name.
    pub name: String,
    /// ISO-3 code.
    pub country: Option<String>,
    /// PLOVER sectors, separated by blanks.
    pub sector: String,
}

/// Where, as a table says.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// Name.
    pub name: String,
    /// ISO-3 code.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames: Option<u32>,
    /// Degrees north.
    pub latitude: Option<f64>,
    /// Degrees east.
    pub longitude: Option<f64>,
    /// site, city, district, admin1, country …
    pub precision: String,
}

/// A row of somebody else's table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Foreign {
    /// Whose: `gdelt`, `icews` …
    pub origin: String,
    /// Its id there; with the origin it names the row for ever.
    pub id: String,
    /// The origin's id of the event, where several rows tell one.
    pub event: Option<String>,
    /// First day of the event.
    pub date: Option<Date>,
    /// day, month or year.
    pub date_precision: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// Address of the article.
    pub url: Option<String>,
    /// Headline of the article.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who acts.
    pub source: Option<Party>,
    /// Who is acted upon.
    pub target: Option<Party>,
    /// PLOVER type.
    pub event_type: String,
    /// PLOVER modes, separated by blanks.
    pub mode: String,
    /// PLOVER contexts, separated by blanks.
    pub context: String,
    /// Quad class, 0 where there is none.
    pub quad_class: u8,
    /// PLOVER score.
    pub plover_score: Option<f64>,
    /// CAMEO code.
    pub cameo: Option<String>,
    /// Goldstein score.
    pub goldstein: Option<f64>,
    /// asserted, alleged …
    pub status: String,
    /// Where.
    pub place: Option<Place>,
    /// Reports that the row stands for.
    pub n_reports: u32,
    /// Outlets of these.
    pub n_outlets: u32,
    /// The sentence, where the table has it.
    pub sentence: Option<String>,
    /// The row as it was, as JSON.
    pub record: String,
}

/// Bytes of one field; only the record may be longer.
const LONGEST_FIELD: usize = 100_000;

/// Faults that no table can mean.
pub(super) fn check(row: &Foreign) -> Result<()> {
    let wrong = |what: &str, hint: &str| {
        let name: String = format!("{}:{}", row.origin, row.id).chars().take(60).collect();
        Err(Error::question(format!("row `{name}`: {what}"), hint))
    };
    if row.origin.is_empty() || row.id.is_empty() || row.event_type.is_empty() || row.status.is_empty() {
        return wrong("origin, id, type or status is missing", "every row needs them");
    }
    if serde_json::from_str::<serde::de::IgnoredAny>(&row.record).is_err() {
        return wrong("its record is no JSON", "give the row as a JSON object");
    }
    if row.quad_class > 4 {
        return wrong("the quad class is above 4", "it is 1 to 4, or 0 where there is none");
    }
    let place = row.place.as_ref();
    let degrees = [(place.and_then(|p| p.latitude), 90.0), (place.and_then(|p| p.longitude), 180.0)];
    if degrees.iter().any(|(value, most)| value.is_some_and(|v| !v.is_finite() || v.abs() > *most)) {
        return wrong("the coordinates are on no globe", "latitude is -90 to 90, longitude -180 to 180");
    }
    if [row.plover_score, row.goldstein].iter().flatten().any(|score| !score.is_finite() || score.abs() > 1e3)
    {
        return wrong("a score is no number that a scale has", "scores are -10 to 10");
    }
    let parties = [&row.source, &row.target].into_iter().flatten();
    let mut fields: Vec<&str> = parties.flat_map(|p| [p.entity.as_str(), &p.name, &p.sector]).collect();
    if fields.iter().any(|f| f.len() > LONGEST_FIELD)
        || row.source.iter().chain(&row.target).any(|p| p.entity.is_empty())
    {
        return wrong("a party has no id or a very long one", "name the actor");
    }
    fields = [&row.url, &row.title, &row.outlet, &row.sentence, &row.event]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    fields.extend([row.origin.as_str(), &row.id, &row.event_type, &row.mode, &row.context, &row.status]);
    fields.extend(place.map(|p| p.name.as_str()));
    if fields.iter().any(|f| f.len() > LONGEST_FIELD) {
        return wrong(
            &format!("a field is longer than {LONGEST_FIELD} bytes"),
            "is the table read with its separator?",
        );
    }
    Ok(())
}

/// Origin and id, as one name that can stand in an address.
pub(super) fn mark(row: &Foreign) -> String {
    format!("{}:{}", plain(&row.origin), plain(&row.id))
}

pub(super) fn origin_event(row: &Foreign) -> Option<String> {
    row.event.as_ref().map(|event| format!("{}:{}", plain(&row.origin), plain(event)))
}

/// Everything but letters, digits and a few marks as `%` and hexadecimal digits.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.') {
            out.push(letter);
        } else {
            let mut bytes = [0; 4];
            out.extend(letter.encode_utf8(&mut bytes).bytes().map(|b| format!("%{b:02X}")));
        }
    }
    out
}

/// A number that changes when the row does.
pub(super) fn digest(row: &Foreign) -> rusqlite::Result<i64> {
    Ok(crate::copies::hash(records::json(row)?.as_bytes()).cast_signed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_rows_can_stand_in_an_address_and_differ() {
        let row = |id: &str| Foreign { origin: "gdelt".into(), id: id.into(), ..Foreign::default() };
        assert_eq!(mark(&row("1042")), "gdelt:1042");
        assert_eq!(mark(&row("a/b:c d")), "gdelt:a%2Fb%3Ac%20d");
        assert_ne!(mark(&row("a%2Fb")), mark(&row("a/b")));
    }
}
