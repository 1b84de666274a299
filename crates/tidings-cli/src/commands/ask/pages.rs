//! The page of one event, document, actor or commitment.

use serde::Serialize;
use serde_json::Value;
use tidings_ledger::{DocumentPage, Page, Query};

use super::filters::{Filters, LedgerArgs, moment};
use super::numbers::By;
use super::show::{Format, Shown, page, section, sheet};
use crate::errors::{Exit, Failure};
use crate::output::layout::visible;
use crate::terminal::Terminal;

/// Flags of the page of an event, a document or a commitment.
#[derive(Debug, clap::Args)]
pub struct PageArgs {
    /// Its id, as the lists show it
    #[arg(value_name = "ID")]
    id: String,
    /// As the ledger stood at the end of that day (UTC), or at that moment
    #[arg(long, value_name = "TIME", value_parser = moment)]
    as_of: Option<jiff::Timestamp>,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Flags of the page of an actor.
#[derive(Debug, clap::Args)]
pub struct PeriodPageArgs {
    /// Its id, or the code of a country
    #[arg(value_name = "WHO")]
    id: String,
    #[command(flatten)]
    filters: Filters,
    /// How finely its events are counted
    #[arg(long, value_enum, default_value = "month")]
    by: By,
    #[command(flatten)]
    ledger: LedgerArgs,
}

impl PageArgs {
    fn query(&self) -> Query {
        Query { as_of: self.as_of, ..Query::default() }
    }

    fn missing(&self, what: &str) -> Failure {
        let shown: String = visible(&self.id).chars().take(80).collect();
        Failure::new(
            format_args!("`{shown}` is no {what} of this ledger"),
            format_args!("`tidings {what}s --ledger FILE` lists them with their ids"),
        )
    }
}

const REPORTS: Shown = Shown { table: "reports", columns: &[] };
const STEPS: Shown = Shown { table: "commitment_steps", columns: &[] };
const SERIES: Shown = Shown { table: "series", columns: &[] };

/// Writes a page: for reading, as one JSON object, or its main table.
fn write<T: Serialize, R: Serialize>(
    whole: &T,
    (title, sections): (&str, &[String]),
    (shown, rows): (Shown, Vec<R>),
    ledger: &LedgerArgs,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    match ledger.format {
        Format::Table | Format::Jsonl => sheet(whole, title, sections, ledger).map(|()| Exit::Done),
        _ => page(&Page { rows, next: None }, shown, ledger, terminal),
    }
}

/// `tidings event`.
pub fn event(args: &PageArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let found = args.ledger.open()?.event(&args.id, &args.query())?;
    let event = found.ok_or_else(|| args.missing("event"))?;
    let of = &event.event;
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "?".to_owned());
    let title = format!(
        "{}  {} {} {} {} ({})\n{}",
        of.event_id,
        of.event_date.as_deref().unwrap_or("no date"),
        side(&of.source),
        of.event_type,
        side(&of.target),
        of.status,
        of.sentence
    );
    let disagreements: Vec<Value> = event
        .disagreements
        .iter()
        .flat_map(|d| {
            d.accounts.iter().map(|a| {
                serde_json::json!({"disagree on": d.field, "value": a.value, "reports": a.reports.join(" ")})
            })
        })
        .collect();
    let sections = [
        section(
            &event.course,
            &["published", "turn", "status", "speaker", "outlets", "report_id"],
            terminal,
        )?,
        section(&event.reports, &["report_id", "published", "outlets", "sentence"], terminal)?,
        section(&disagreements, &["disagree on", "value", "reports"], terminal)?,
        section(&event.history, &["at", "kind", "n_reports", "status", "note"], terminal)?,
        section(&event.reviews, &["revision", "coder", "verdict", "field", "value", "comment"], terminal)?,
    ];
    write(&event, (&title, &sections), (REPORTS, event.reports.clone()), &args.ledger, terminal)
}

/// `tidings document`.
pub fn document(args: &PageArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let found = args.ledger.open()?.document(&args.id, &args.query())?;
    let document = found.ok_or_else(|| args.missing("document"))?;
    let of = &document.document;
    let title = format!(
        "{}  {}\n{}\n\n{}",
        of.document_id,
        of.title.as_deref().unwrap_or("without a headline"),
        of.copy_of.as_ref().map_or_else(String::new, |c| format!("nearly the words of {c}")),
        document.text
    );
    let sections = [
        section(&document.publications, &["published", "outlet", "url", "name"], terminal)?,
        section(&told(&document), &["name", "event_type", "status", "event_id", "sentence"], terminal)?,
        section(&document.copies, &["document_id", "published", "outlets", "likeness", "title"], terminal)?,
        section(&document.reviews, &["revision", "coder", "verdict", "field", "value", "comment"], terminal)?,
    ];
    match args.ledger.format {
        Format::Table | Format::Jsonl => {
            sheet(&document, &title, &sections, &args.ledger).map(|()| Exit::Done)
        }
        _ => Err(Failure::new(
            "the page of a document is no table",
            "use --format table or jsonl; `tidings reports` gives tables of reports",
        )),
    }
}

/// The events of a document with what a reader wants to see of them.
fn told(document: &DocumentPage) -> Vec<Value> {
    let record = |name: &str| {
        document.records.iter().find(|r| r["record"] == "event" && r["id"] == name).unwrap_or(&Value::Null)
    };
    let row = |told: &tidings_ledger::Told| {
        let record = record(&told.name);
        serde_json::json!({
            "name": told.name, "event_id": told.event_id, "event_type": record["plover"]["event"],
            "status": record["status"], "sentence": record["sentence"]["text"],
        })
    };
    document.events.iter().map(row).collect()
}

/// `tidings actor`.
pub fn actor(args: &PeriodPageArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let found = args.ledger.open()?.actor(&args.id, &args.filters.query(), args.by.period())?;
    let Some(actor) = found else {
        let shown: String = visible(&args.id).chars().take(80).collect();
        return Err(Failure::new(
            format_args!("`{shown}` is no actor of this ledger"),
            "`tidings actors --text NAME --ledger FILE` finds them by name",
        ));
    };
    let of = &actor.actor;
    let title = format!(
        "{}  {} ({} {} {}): {} events in {} documents",
        of.entity,
        of.name,
        of.kind,
        of.country.as_deref().unwrap_or("-"),
        of.sector,
        of.n_events,
        of.n_documents
    );
    let counterparts = ["entity", "name", "events", "as_source", "as_target", "reports", "mean_score"];
    let sections = [
        section(&actor.types, &["event_type", "events"], terminal)?,
        section(&actor.counterparts, &counterparts, terminal)?,
        section(&actor.series, &["period", "split", "events", "reports", "mean_score"], terminal)?,
        section(&actor.quotes, &["published", "document_id", "text"], terminal)?,
        section(&actor.commitments, &["commitment_id", "status", "n_articles", "obligation"], terminal)?,
    ];
    write(&actor, (&title, &sections), (SERIES, actor.series.clone()), &args.ledger, terminal)
}

/// `tidings commitment`.
pub fn commitment(args: &PageArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let found = args.ledger.open()?.commitment(&args.id, &args.query())?;
    let commitment = found.ok_or_else(|| args.missing("commitment"))?;
    let of = &commitment.commitment;
    let title = format!(
        "{}  {} ({})\n{}",
        of.commitment_id,
        of.obligation,
        of.status,
        of.parties.as_deref().unwrap_or_default()
    );
    let steps = ["published", "step", "speaker", "outlets", "document_id", "sentence"];
    let sections = [section(&commitment.history, &steps, terminal)?];
    write(&commitment, (&title, &sections), (STEPS, commitment.history.clone()), &args.ledger, terminal)
}
