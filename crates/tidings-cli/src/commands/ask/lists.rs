//! Lists: one question to the ledger each, with the same filters and formats.

use serde::Serialize;
use tidings_ledger::{Ledger, Page, Query};

use super::filters::{Filters, LedgerArgs, Paging};
use super::show::{Shown, page};
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// Flags of every list.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    filters: Filters,
    #[command(flatten)]
    paging: Paging,
    #[command(flatten)]
    ledger: LedgerArgs,
}

/// Flags of `tidings search`.
#[derive(Debug, clap::Args)]
pub struct SearchArgs {
    /// All of them must be there; "a phrase" in marks, `begin*` for beginnings
    #[arg(required = true, value_name = "WORD")]
    words: Vec<String>,
    #[command(flatten)]
    list: ListArgs,
}

impl ListArgs {
    fn ask<T: Serialize>(
        &self,
        shown: Shown,
        question: impl Fn(&Ledger, &Query) -> tidings_ledger::Result<Page<T>>,
        terminal: &Terminal,
    ) -> Result<Exit, Failure> {
        let ledger = self.ledger.open()?;
        let answer = question(&ledger, &self.paging.of(self.filters.query()))?;
        page(&answer, shown, &self.ledger, terminal)
    }
}

const EVENTS: Shown = Shown {
    table: "events",
    columns: &["event_date", "source", "event_type", "target", "status", "n_reports", "sentence"],
};
const REPORTS: Shown = Shown {
    table: "reports",
    columns: &["report_id", "published", "source", "event_type", "target", "status", "speaker", "sentence"],
};
const CLAIMS: Shown = Shown {
    table: "claims",
    columns: &["published", "speaker", "status", "source", "event_type", "target", "n_reports", "sentence"],
};
const CONTRADICTIONS: Shown =
    Shown { table: "contradictions", columns: &["level", "published", "field", "values", "explanation"] };
const COMMITMENTS: Shown = Shown {
    table: "commitments",
    columns: &[
        "commitment_id",
        "first_published",
        "n_articles",
        "parties",
        "status",
        "instrument",
        "obligation",
    ],
};
const ACTORS: Shown = Shown {
    table: "actors",
    columns: &["entity", "kind", "country", "sector", "n_documents", "n_events", "name"],
};
const DOCUMENTS: Shown = Shown {
    table: "documents",
    columns: &["document_id", "published", "outlets", "n_events", "copy_of", "title"],
};
const REVIEWS: Shown = Shown {
    table: "reviews",
    columns: &[
        "revision",
        "at",
        "coder",
        "report_id",
        "verdict",
        "field",
        "value_before",
        "value",
        "comment",
    ],
};
const SEARCH: Shown = Shown { table: "search", columns: &["published", "document_id", "title", "extract"] };

/// `tidings events`.
pub fn events(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(EVENTS, Ledger::events, terminal)
}

/// `tidings reports`.
pub fn reports(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(REPORTS, Ledger::reports, terminal)
}

/// `tidings claims`.
pub fn claims(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(CLAIMS, Ledger::claims, terminal)
}

/// `tidings contradictions`.
pub fn contradictions(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(CONTRADICTIONS, Ledger::contradictions, terminal)
}

/// `tidings commitments`.
pub fn commitments(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(COMMITMENTS, Ledger::commitments, terminal)
}

/// `tidings actors`.
pub fn actors(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(ACTORS, Ledger::actors, terminal)
}

/// `tidings documents`.
pub fn documents(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(DOCUMENTS, Ledger::documents, terminal)
}

/// `tidings reviews`.
pub fn reviews(args: &ListArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    args.ask(REVIEWS, Ledger::reviews, terminal)
}

/// `tidings search`.
pub fn search(args: &SearchArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let words = args.words.join(" ");
    let question = |ledger: &Ledger, query: &Query| {
        // Words of --text must be there, too.
        let text = query.text.iter().fold(words.clone(), |all, more| format!("{all} {more}"));
        ledger.search(&Query { text: Some(text), ..query.clone() })
    };
    args.list.ask(SEARCH, question, terminal)
}
