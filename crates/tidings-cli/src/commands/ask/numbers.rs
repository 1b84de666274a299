//! Counts: series, dyads, networks and maps.

use clap::ValueEnum;
use tidings_ledger::{Level, Page, Period, Query, Split};

use super::filters::{Filters, LedgerArgs};
use super::show::{Format, Shown, network as gexf, page, section, sheet};
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// How finely time is cut.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum By {
    /// One row a day
    Day,
    /// One row a week of ISO 8601
    Week,
    /// One row a month
    Month,
    /// One row a year
    Year,
}

impl By {
    /// The same for the ledger.
    pub fn period(self) -> Period {
        match self {
            Self::Day => Period::Day,
            Self::Week => Period::Week,
            Self::Month => Period::Month,
            Self::Year => Period::Year,
        }
    }
}

/// What is told apart in a period.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Apart {
    /// Nothing
    None,
    /// Each PLOVER type
    Type,
    /// Each quad class
    Quad,
    /// Each status: claims and facts
    Status,
}

/// Flags of `tidings series`.
#[derive(Debug, clap::Args)]
pub struct SeriesArgs {
    #[command(flatten)]
    filters: Filters,
    /// How finely
    #[arg(long, value_enum, default_value = "month")]
    by: By,
    /// What is told apart
    #[arg(long, value_enum, default_value = "none")]
    split: Apart,
    /// Count the documents of each period, too: more news brings more events
    #[arg(long)]
    normalise: bool,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Flags of `tidings dyad`.
#[derive(Debug, clap::Args)]
pub struct DyadArgs {
    /// The one: code of a country, or id of an actor
    #[arg(value_name = "WHO")]
    a: String,
    /// The other
    #[arg(value_name = "WHOM")]
    b: String,
    #[command(flatten)]
    filters: Filters,
    /// How finely
    #[arg(long, value_enum, default_value = "month")]
    by: By,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// What a node of a network is.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Nodes {
    /// A country
    Country,
    /// A single actor
    Actor,
}

/// Flags of `tidings network`.
#[derive(Debug, clap::Args)]
pub struct NetworkArgs {
    #[command(flatten)]
    filters: Filters,
    /// What a node is
    #[arg(long, value_enum, default_value = "country")]
    level: Nodes,
    /// So many nodes at most, those with most events (500 at most)
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Flags of `tidings map`.
#[derive(Debug, clap::Args)]
pub struct MapArgs {
    #[command(flatten)]
    filters: Filters,
    /// So many places at most, those with most events
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    limit: usize,
    #[command(flatten)]
    ledger: LedgerArgs,
}

const SERIES: Shown = Shown {
    table: "series",
    columns: &["period", "split", "events", "reports", "mean_score", "documents", "per_100_documents"],
};
const EDGES: Shown = Shown {
    table: "edges",
    columns: &["source", "target", "events", "reports", "cooperation", "conflict", "mean_score"],
};
const MAP: Shown = Shown {
    table: "map",
    columns: &[
        "place",
        "place_country",
        "latitude",
        "longitude",
        "events",
        "reports",
        "last_date",
        "mean_score",
    ],
};

fn whole<T>(rows: Vec<T>) -> Page<T> {
    Page { rows, next: None }
}

/// `tidings series`.
pub fn series(args: &SeriesArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let split = match args.split {
        Apart::None => Split::None,
        Apart::Type => Split::Type,
        Apart::Quad => Split::Quad,
        Apart::Status => Split::Status,
    };
    let ledger = args.ledger.open()?;
    let rows = ledger.series(&args.filters.query(), args.by.period(), split, args.normalise)?;
    page(&whole(rows), SERIES, &args.ledger, terminal)
}

/// `tidings dyad`. As a table of another format it is the series, split by status.
pub fn dyad(args: &DyadArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let dyad = args.ledger.open()?.dyad(&args.a, &args.b, &args.filters.query(), args.by.period())?;
    let found = dyad.directions.iter().any(|d| d.events > 0) || !dyad.series.is_empty();
    match args.ledger.format {
        Format::Table => {
            let text = [
                section(&dyad.directions, EDGES.columns, terminal)?,
                section(&dyad.types, &["event_type", "events"], terminal)?,
                section(&dyad.series, &["period", "split", "events", "reports", "mean_score"], terminal)?,
            ];
            sheet(&dyad, &format!("{} and {}", dyad.a.name, dyad.b.name), &text, &args.ledger)?;
        }
        Format::Jsonl => sheet(&dyad, "", &[], &args.ledger)?,
        _ => return page(&whole(dyad.series), SERIES, &args.ledger, terminal),
    }
    Ok(if found { Exit::Done } else { Exit::Nothing })
}

/// `tidings network`: its edges, or all of it as GEXF.
pub fn network(args: &NetworkArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let level = match args.level {
        Nodes::Country => Level::Country,
        Nodes::Actor => Level::Actor,
    };
    let network = args.ledger.open()?.network(&args.filters.query(), level, Some(args.limit))?;
    if args.ledger.format == Format::Gexf {
        gexf(&network, &args.ledger)?;
        return Ok(if network.nodes.is_empty() { Exit::Nothing } else { Exit::Done });
    }
    page(&whole(network.edges), EDGES, &args.ledger, terminal)
}

/// `tidings map`.
pub fn map(args: &MapArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let query = Query { limit: Some(args.limit), ..args.filters.query() };
    let rows = args.ledger.open()?.map(&query)?;
    if rows.len() >= args.limit {
        terminal.note(format_args!("there may be more places: --limit N shows more than {}", args.limit));
    }
    page(&whole(rows), MAP, &args.ledger, terminal)
}
