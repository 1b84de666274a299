//! One flat line an event, as CSV or JSON, with the same columns in the same order (docs/cli.md explains each).
//!
//! Missing is empty (CSV) or null (JSON); several values of one column are joined by "; ".

use serde::Serialize;
use tidings::Report;
use tidings::records::{ActorRef, AttributionRef, DocumentRecord, Event, Record, Words};

use crate::errors::Failure;

/// The columns. Names are part of the interface: add, never rename.
#[derive(Debug, Default, Serialize)]
struct Row<'r> {
    document_id: &'r str,
    event_id: &'r str,
    outlet: Option<&'r str>,
    published: Option<&'r str>,
    sentence_number: usize,
    sentence_start: usize,
    sentence_end: usize,
    sentence: &'r str,
    trigger: String,
    n_mentions: usize,
    kind: &'r str,
    tier: &'r str,
    source: String,
    source_country: String,
    source_sector: String,
    target: String,
    target_country: String,
    target_sector: String,
    reciprocal: bool,
    about: String,
    event_type: &'r str,
    mode: String,
    context: String,
    quad_class: u8,
    quad_label: &'r str,
    plover_score: Option<f64>,
    cameo: Option<&'r str>,
    goldstein: Option<f64>,
    status: &'r str,
    condition: Option<&'r str>,
    completion: Option<&'r str>,
    speaker: String,
    speaker_country: String,
    attribution_kind: String,
    attribution_depth: u8,
    event_date: Option<&'r str>,
    date_precision: Option<&'r str>,
    date_basis: Option<&'r str>,
    place: Option<&'r str>,
    place_country: Option<&'r str>,
    place_admin1: Option<&'r str>,
    place_geonames: Option<u32>,
    place_precision: Option<&'r str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    killed: Option<u64>,
    injured: Option<u64>,
    confidence: f32,
}

/// Names of the columns, as a line of CSV.
pub fn header() -> Result<Vec<u8>, Failure> {
    let with_header = write(true, std::iter::once(Row::default()))?;
    let end = with_header.iter().position(|b| *b == b'\n').map_or(with_header.len(), |at| at + 1);
    Ok(with_header[..end].to_vec())
}

/// The events as lines of CSV, without the header.
pub fn csv(report: &Report) -> Result<Vec<u8>, Failure> {
    write(false, rows(report))
}

fn write<'r>(header: bool, rows: impl Iterator<Item = Row<'r>>) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::WriterBuilder::new().has_headers(header).from_writer(Vec::new());
    for row in rows {
        writer.serialize(row)?;
    }
    writer.into_inner().map_err(|e| Failure::from(csv::Error::from(e.into_error())))
}

/// The events as JSON, one a line.
pub fn jsonl(report: &Report) -> Result<Vec<u8>, Failure> {
    super::json_lines(rows(report))
}

/// A row an event.
fn rows(report: &Report) -> impl Iterator<Item = Row<'_>> {
    let document =
        report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None });
    report.events().map(move |event| row(event, document))
}

fn row<'r>(event: &'r Event, document: Option<&'r DocumentRecord>) -> Row<'r> {
    let published = document.and_then(|d| d.publication_date.as_ref());
    let speakers: Vec<&AttributionRef> = event.attribution.iter().filter(|a| a.level == 1).collect();
    let (date, place, dead) = (event.date.as_ref(), event.place.as_ref(), event.casualties.as_ref());
    Row {
        document_id: &event.doc,
        event_id: &event.id,
        outlet: document.and_then(|d| d.outlet.as_deref()),
        published: published.and_then(|d| d.value.as_deref()),
        sentence_number: event.sentence.n,
        sentence_start: event.sentence.words.start,
        sentence_end: event.sentence.words.end,
        sentence: &event.sentence.words.text,
        trigger: joined(event.trigger.iter().map(|w: &Words| w.text.as_str())),
        n_mentions: 1 + event.mentions.len(),
        kind: &event.kind,
        tier: &event.tier,
        source: names(&event.source),
        source_country: countries(&event.source),
        source_sector: sectors(&event.source),
        target: names(&event.target),
        target_country: countries(&event.target),
        target_sector: sectors(&event.target),
        reciprocal: event.reciprocal,
        about: names(&event.about),
        event_type: &event.plover.event,
        mode: joined(event.plover.mode.iter().map(String::as_str)),
        context: joined(event.plover.context.iter().map(String::as_str)),
        quad_class: event.plover.quad,
        quad_label: &event.plover.quad_label,
        plover_score: event.plover.score,
        cameo: event.cameo.as_deref(),
        goldstein: event.goldstein,
        status: &event.status,
        condition: event.condition.as_ref().map(|w| w.text.as_str()),
        completion: event.completion.as_deref(),
        speaker: joined(speakers.iter().map(|a| a.name.as_deref().unwrap_or("unnamed"))),
        speaker_country: joined(speakers.iter().map(|a| a.country.as_deref().unwrap_or(""))),
        attribution_kind: joined(speakers.iter().map(|a| a.kind.as_str())),
        attribution_depth: event.attribution.iter().map(|a| a.level).max().unwrap_or(0),
        event_date: date.and_then(|d| d.value.as_deref()),
        date_precision: date.map(|d| d.precision.as_str()),
        date_basis: date.map(|d| d.basis.as_str()),
        place: place.map(|p| p.name.as_str()),
        place_country: place.and_then(|p| p.country.as_deref()),
        place_admin1: place.and_then(|p| p.admin1.as_deref()),
        place_geonames: place.and_then(|p| p.geonames),
        place_precision: place.map(|p| p.precision.as_str()),
        latitude: place.and_then(|p| p.lat),
        longitude: place.and_then(|p| p.lon),
        killed: dead.and_then(|d| d.killed),
        injured: dead.and_then(|d| d.injured),
        confidence: event.confidence,
    }
}

fn names(actors: &[ActorRef]) -> String {
    joined(actors.iter().map(|a| a.name.as_str()))
}

/// One place for each actor, so that the columns run in parallel.
fn countries(actors: &[ActorRef]) -> String {
    joined(actors.iter().map(|a| a.country.as_deref().unwrap_or("")))
}

fn sectors(actors: &[ActorRef]) -> String {
    let each: Vec<String> = actors.iter().map(|a| a.sector.join(" ")).collect();
    joined(each.iter().map(String::as_str))
}

fn joined<'s>(texts: impl Iterator<Item = &'s str>) -> String {
    texts.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use tidings::records::DateRecord;

    fn report() -> Report {
        let actor = |name: &str, country: Option<&str>| ActorRef {
            name: name.to_owned(),
            country: country.map(str::to_owned),
            sector: vec!["GOV".to_owned(), "MIL".to_owned()],
            ..ActorRef::default()
        };
        let mut event = Event { id: "E01".to_owned(), doc: "a, \"b\"".to_owned(), ..Event::default() };
        event.source = vec![actor("Norway", Some("NOR")), actor("the rebels", None)];
        event.date = Some(DateRecord { value: Some("2016-08-11".to_owned()), ..DateRecord::default() });
        Report { records: vec![Record::Event(Box::new(event))] }
    }

    #[test]
    fn csv_has_as_many_cells_as_the_header() {
        let mut text = header().expect("header");
        text.extend(csv(&report()).expect("rows"));
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let names = reader.headers().expect("header").clone();
        let row = reader.records().next().expect("one row").expect("same number of cells");
        let cell = |name: &str| row.get(names.iter().position(|n| n == name).expect("column")).expect("cell");
        assert_eq!(cell("document_id"), "a, \"b\"");
        assert_eq!(cell("source"), "Norway; the rebels");
        assert_eq!(cell("source_country"), "NOR; ");
        assert_eq!(cell("source_sector"), "GOV MIL; GOV MIL");
        assert_eq!(cell("event_date"), "2016-08-11");
        assert_eq!(cell("killed"), "");
    }

    #[test]
    fn json_has_the_columns_of_the_csv() {
        let line = jsonl(&report()).expect("rows");
        let value: serde_json::Value = serde_json::from_slice(&line).expect("JSON");
        let keys: Vec<&str> = value.as_object().expect("object").keys().map(String::as_str).collect();
        assert_eq!(keys.join(","), String::from_utf8(header().expect("header")).expect("UTF-8").trim_end());
        assert!(value["killed"].is_null());
    }

    #[test]
    fn the_manual_explains_every_column() {
        let manual = include_str!("../../../../docs/cli.md");
        let header = String::from_utf8(header().expect("header")).expect("UTF-8");
        for name in header.trim_end().split(',') {
            assert!(manual.contains(&format!("`{name}`")), "docs/cli.md does not explain {name}");
            assert!(name.len() <= 32);
        }
    }
}
