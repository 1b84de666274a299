//! A row a quotation, a row a commitment.

use serde::Serialize;
use tidings::Report;
use tidings::records::Record;

use super::{joined, some};

/// A quotation.
#[derive(Debug, Serialize)]
pub struct QuoteRow<'r> {
    document_id: &'r str,
    quote_id: &'r str,
    published: Option<&'r str>,
    kind: &'r str,
    text: &'r str,
    start: usize,
    end: usize,
    speaker: Option<&'r str>,
    speaker_role: Option<&'r str>,
    speaker_country: Option<&'r str>,
    cue: Option<&'r str>,
    events: Option<String>,
}

/// A commitment.
#[derive(Debug, Serialize)]
pub struct CommitmentRow<'r> {
    document_id: &'r str,
    commitment_id: &'r str,
    published: Option<&'r str>,
    parties: Option<String>,
    obligation: &'r str,
    instrument: Option<&'r str>,
    entered: Option<&'r str>,
    deadline: Option<&'r str>,
    violation_condition: Option<&'r str>,
    status: &'r str,
    speaker: Option<&'r str>,
    sentence_number: usize,
    sentence_start: usize,
    sentence_end: usize,
    sentence: &'r str,
}

/// Name and day of the document.
fn document(report: &Report) -> (&str, Option<&str>) {
    let found = report.records.iter().find_map(|r| if let Record::Document(d) = r { Some(d) } else { None });
    found
        .map_or(("", None), |d| (d.id.as_str(), d.publication_date.as_ref().and_then(|p| p.value.as_deref())))
}

/// The quotations of a report.
pub fn quotes(report: &Report) -> impl Iterator<Item = QuoteRow<'_>> {
    let (document_id, published) = document(report);
    let quotes = report.records.iter().filter_map(|r| if let Record::Quote(q) = r { Some(q) } else { None });
    quotes.map(move |quote| QuoteRow {
        document_id,
        quote_id: &quote.id,
        published,
        kind: &quote.kind,
        text: &quote.words.text,
        start: quote.words.start,
        end: quote.words.end,
        speaker: quote.speaker_name.as_deref(),
        speaker_role: quote.speaker_role.as_deref(),
        speaker_country: quote.speaker_country.as_deref(),
        cue: quote.cue.as_ref().map(|w| w.text.as_str()),
        events: some(joined(quote.events.iter().map(String::as_str))),
    })
}

/// The commitments of a report.
pub fn commitments(report: &Report) -> impl Iterator<Item = CommitmentRow<'_>> {
    let (document_id, published) = document(report);
    let name = |id: &str| {
        report.records.iter().find_map(|r| match r {
            Record::Entity(entity) if entity.id == id => Some(entity.name.as_str()),
            _ => None,
        })
    };
    let commitments =
        report.records.iter().filter_map(|r| if let Record::Commitment(c) = r { Some(c) } else { None });
    commitments.map(move |bond| CommitmentRow {
        document_id,
        commitment_id: &bond.id,
        published,
        parties: some(joined(bond.parties.iter().map(|p| p.name.as_str()))),
        obligation: &bond.obligation,
        instrument: bond.instrument.as_deref(),
        entered: bond.date.as_ref().and_then(|d| d.value.as_deref()),
        deadline: bond.deadline.as_ref().and_then(|d| d.value.as_deref()),
        violation_condition: bond.violation_condition.as_deref(),
        status: &bond.status,
        speaker: bond.attribution.as_deref().and_then(name),
        sentence_number: bond.sentence.n,
        sentence_start: bond.sentence.words.start,
        sentence_end: bond.sentence.words.end,
        sentence: &bond.sentence.words.text,
    })
}
