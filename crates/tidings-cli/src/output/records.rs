//! The records of SCHEMA.md, one JSON object a line.

use tidings::{Record, Report};

use crate::errors::Failure;

/// All records in the order of the schema.
pub fn render(report: &Report) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::new();
    for record in &report.records {
        serde_json::to_writer(&mut out, record)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Takes the reasons away: they are longer than all the rest.
pub fn without_trail(report: &mut Report) {
    for record in &mut report.records {
        if let Record::Event(event) = record {
            event.trail.clear();
        }
    }
}
