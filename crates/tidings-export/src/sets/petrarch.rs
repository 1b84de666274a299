//! PETRARCH2: day, source, target, CAMEO code; actors as codes only, "---" for none.

use tidings_ledger::Foreign;

use super::cells::{Cells, Fault};
use super::codes::{self, ActorCode};
use super::pairs::{Pair, number};

/// Our row.
pub fn cells(pair: &Pair) -> Vec<(&'static str, String)> {
    let event = pair.event;
    let code = |party: Option<&_>| {
        let code = party.map(|party| ActorCode::of(party).code()).unwrap_or_default();
        if code.is_empty() { "---".to_owned() } else { code }
    };
    let sentence = event.sentence_number.map(|n| n.to_string()).unwrap_or_default();
    vec![
        ("date", pair.date.replace('-', "")),
        ("source", code(pair.source)),
        ("target", code(pair.target)),
        ("code", codes::cameo_of(event)),
        ("sentence_ids", format!("{}_{sentence}", event.document_id)),
        ("url", event.url.clone().unwrap_or_default()),
        ("story_source", event.outlet.clone().unwrap_or_default()),
    ]
}

/// Their row. It has no name: it is known by its words, and two rows with the same words are one.
pub fn read(cells: &Cells) -> Result<Foreign, Fault> {
    let date = cells.day("date")?.ok_or_else(|| cells.fault("date", "is empty", "every row needs it"))?;
    let party = |column: &str| codes::party_of_code(cells.get(column), None);
    Ok(Foreign {
        id: format!("{:014x}", number(&cells.line())),
        date: Some(date),
        date_precision: Some("day".to_owned()),
        published: Some(date),
        url: cells.get("url").map(str::to_owned),
        outlet: cells.get("story_source").map(str::to_owned),
        source: party("source"),
        target: party("target"),
        n_reports: 1,
        n_outlets: 1,
        ..codes::classified(cells, "code")?
    })
}
