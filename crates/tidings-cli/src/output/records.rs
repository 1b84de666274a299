//! The records that have reasons of their own, with their sentences.

use tidings::records::Reason;
use tidings::{Record, Report};

/// A record that has reasons of its own, with its sentence.
pub struct Told<'r> {
    /// Number of the sentence.
    pub sentence: usize,
    /// Unique in the file.
    pub id: &'r str,
    /// Why each field has its value.
    pub trail: &'r [Reason],
    /// What it says.
    pub record: &'r Record,
}

/// Events, quotes, commitments, relations and contradictions in the order of the records.
pub fn told(report: &Report) -> Vec<Told<'_>> {
    let starts: Vec<usize> = report
        .records
        .iter()
        .filter_map(|r| if let Record::Sentence(s) = r { Some(s.words.start) } else { None })
        .collect();
    let sentence_at = |start: usize| starts.partition_point(|s| *s <= start).saturating_sub(1);
    let told = report.records.iter().filter_map(|record| {
        let (sentence, id, trail): (usize, &str, &[Reason]) = match record {
            Record::Event(e) => (e.sentence.n, &e.id, &e.trail),
            Record::Quote(q) => (sentence_at(q.words.start), &q.id, &q.trail),
            Record::Commitment(c) => (c.sentence.n, &c.id, &c.trail),
            Record::Relation(r) => (r.sentence.n, &r.id, &r.trail),
            Record::Contradiction(c) => (sentence_at(c.a.start), &c.id, &c.trail),
            _ => return None,
        };
        Some(Told { sentence, id, trail, record })
    });
    told.collect()
}
