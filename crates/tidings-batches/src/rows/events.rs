//! A row an event: the flat columns of every format (docs/cli.md explains each).

use serde::Serialize;
use tidings::Report;
use tidings::records::{ActorRef, AttributionRef, DocumentRecord, Event, Record, Words};

use super::{joined, some};

/// The columns. Names are part of the interface: add, never rename.
#[derive(Debug, Default, Serialize)]
pub struct EventRow<'r> {
    document_id: &'r str,
    event_id: &'r str,
    outlet: Option<&'r str>,
    published: Option<&'r str>,
    sentence_number: usize,
    sentence_start: usize,
    sentence_end: usize,
    sentence: &'r str,
    trigger: Option<String>,
    n_mentions: usize,
    kind: &'r str,
    tier: &'r str,
    source: Option<String>,
    source_country: Option<String>,
    source_sector: Option<String>,
    target: Option<String>,
    target_country: Option<String>,
    target_sector: Option<String>,
    reciprocal: bool,
    about: Option<String>,
    event_type: &'r str,
    mode: Option<String>,
    context: Option<String>,
    quad_class: u8,
    quad_label: &'r str,
    plover_score: Option<f64>,
    cameo: Option<&'r str>,
    goldstein: Option<f64>,
    status: &'r str,
    condition: Option<&'r str>,
    completion: Option<&'r str>,
    speaker: Option<String>,
    speaker_country: Option<String>,
    attribution_kind: Option<String>,
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
    confidence: f64,
}

/// A row an event.
pub fn event_rows(report: &Report) -> impl Iterator<Item = EventRow<'_>> {
    let document =
        report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None });
    report.events().map(move |event| row(event, document))
}

fn row<'r>(event: &'r Event, document: Option<&'r DocumentRecord>) -> EventRow<'r> {
    let published = document.and_then(|d| d.publication_date.as_ref());
    let speakers: Vec<&AttributionRef> = event.attribution.iter().filter(|a| a.level == 1).collect();
    let (date, place, dead) = (event.date.as_ref(), event.place.as_ref(), event.casualties.as_ref());
    EventRow {
        document_id: &event.doc,
        event_id: &event.id,
        outlet: document.and_then(|d| d.outlet.as_deref()),
        published: published.and_then(|d| d.value.as_deref()),
        sentence_number: event.sentence.n,
        sentence_start: event.sentence.words.start,
        sentence_end: event.sentence.words.end,
        sentence: &event.sentence.words.text,
        trigger: some(joined(event.trigger.iter().map(|w: &Words| w.text.as_str()))),
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
        mode: some(joined(event.plover.mode.iter().map(String::as_str))),
        context: some(joined(event.plover.context.iter().map(String::as_str))),
        quad_class: event.plover.quad,
        quad_label: &event.plover.quad_label,
        plover_score: event.plover.score,
        cameo: event.cameo.as_deref(),
        goldstein: event.goldstein,
        status: &event.status,
        condition: event.condition.as_ref().map(|w| w.text.as_str()),
        completion: event.completion.as_deref(),
        speaker: some(joined(speakers.iter().map(|a| a.name.as_deref().unwrap_or("unnamed")))),
        speaker_country: some(joined(speakers.iter().map(|a| a.country.as_deref().unwrap_or("")))),
        attribution_kind: some(joined(speakers.iter().map(|a| a.kind.as_str()))),
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
        confidence: (f64::from(event.confidence) * 1000.0).round() / 1000.0,
    }
}

fn names(actors: &[ActorRef]) -> Option<String> {
    some(joined(actors.iter().map(|a| a.name.as_str())))
}

/// One place for each actor, so that the columns run in parallel.
fn countries(actors: &[ActorRef]) -> Option<String> {
    some(joined(actors.iter().map(|a| a.country.as_deref().unwrap_or(""))))
}

fn sectors(actors: &[ActorRef]) -> Option<String> {
    let each: Vec<String> = actors.iter().map(|a| a.sector.join(" ")).collect();
    some(joined(each.iter().map(String::as_str)))
}
