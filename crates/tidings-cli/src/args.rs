//! The flags that all commands share, and the list of commands; help, completions and manual pages are made from here.

use clap::{ColorChoice, Parser, Subcommand};

use crate::commands::{
    add, analyze, ask, code, codebook, completions, doctor, evaluate, explain, export, import, man, model,
    regroup, reproduce, review, rules, serve, watch, who,
};
use crate::examples::*;

/// Reads news reports and writes who did or said what to whom, when, where, how certain, and on whose word.
#[derive(Debug, Parser)]
#[command(name = "tidings", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Args {
    /// When to use colour; `auto` is on a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = GENERAL)]
    pub color: ColorChoice,
    /// No warnings, notes or progress; errors are still told
    #[arg(long, short, global = true, help_heading = GENERAL)]
    pub quiet: bool,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Code reports: who did or said what to whom, when, where, how certain
    Code(code::Args),
    /// Show why: tree, roles, names, each rule that fired, and what was not coded
    Explain(explain::Args),
    /// Who is meant by a phrase, on a day, in a context, and who else it could be
    Who(who::Args),
    /// Rules of your own: do they do what they should, and what else do they change?
    Rules(rules::Args),
    /// Code reports and keep them in a ledger, where reports of the same event come together
    Add(add::Args),
    /// Read the tables of GDELT, ICEWS, POLECAT or PETRARCH into a ledger
    Import(import::Args),
    /// Write a release of a ledger: tables in every format, codebook, manifest, citation
    Export(export::Args),
    /// Make the tables of a manifest again, or say what differs
    Reproduce(reproduce::Args),
    /// The events of a ledger
    #[command(after_help = EVENTS)]
    Events(ask::ListArgs),
    /// One event: its reports, what they disagree on, and the course of what is said of it
    #[command(after_help = EVENT)]
    Event(ask::PageArgs),
    /// The reports of a ledger: events as single articles tell them
    #[command(after_help = REPORTS)]
    Reports(ask::ListArgs),
    /// What somebody says that is no fact: alleged, denied, planned …
    #[command(after_help = CLAIMS)]
    Claims(ask::ListArgs),
    /// What cannot all be right, between reports of one event and within one article
    #[command(after_help = CONTRADICTIONS)]
    Contradictions(ask::ListArgs),
    /// What parties are bound to do, over all articles that tell it
    #[command(after_help = COMMITMENTS)]
    Commitments(ask::ListArgs),
    /// One commitment: proposed, entered, restated, broken, ended
    #[command(after_help = COMMITMENT)]
    Commitment(ask::PageArgs),
    /// Who takes part in events, the best known first
    #[command(after_help = ACTORS)]
    Actors(ask::ListArgs),
    /// One actor: what it does over time, with whom, what it says, what it is bound to
    #[command(after_help = ACTOR)]
    Actor(ask::PeriodPageArgs),
    /// What passes between two actors
    #[command(after_help = DYAD)]
    Dyad(ask::DyadArgs),
    /// How many events by day, week, month or year
    #[command(after_help = SERIES)]
    Series(ask::SeriesArgs),
    /// Who has to do with whom
    #[command(after_help = NETWORK)]
    Network(ask::NetworkArgs),
    /// Where events took place
    #[command(after_help = MAP)]
    Map(ask::MapArgs),
    /// The articles of a ledger
    #[command(after_help = DOCUMENTS)]
    Documents(ask::ListArgs),
    /// One article: its words, its events, where it came out
    #[command(after_help = DOCUMENT)]
    Document(ask::PageArgs),
    /// The articles of a ledger that have some words
    #[command(after_help = SEARCH)]
    Search(ask::SearchArgs),
    /// Take reports out of an event: they tell another one
    Split(regroup::SplitArgs),
    /// Make one event of several
    Merge(regroup::MergeArgs),
    /// Take back a split, a merger or a review
    Undo(regroup::UndoArgs),
    /// Confirm, correct or reject a report, or list those to look at
    Review(review::ReviewArgs),
    /// What people said of reports
    #[command(after_help = REVIEWS)]
    Reviews(ask::ListArgs),
    /// How far coders agree: Krippendorff's alpha for each field
    Agree(review::AgreeArgs),
    /// A ledger as a page in the browser, and as data over HTTP
    Serve(serve::Args),
    /// Watch feeds: new articles are fetched, coded, stored, and told of
    Watch(watch::Args),
    /// Score records against annotated documents
    Evaluate(evaluate::Args),
    /// The bare language analysis: CoNLL-U or JSON
    Analyze(analyze::Args),
    /// What can be coded: types, modes, contexts, CAMEO codes, the words that tell them
    Codebook(codebook::Args),
    /// What the language model is: version, hash, tasks, labels
    Model(model::Args),
    /// Check that everything works on this machine
    Doctor(doctor::Args),
    /// Completions for a shell
    Completions(completions::Args),
    /// The manual pages
    Man(man::Args),
}

/// Where help shows the flags of all commands: after those of the command.
const GENERAL: &str = "General options";

const EXAMPLES: &str = "\
EXAMPLES
  tidings code report.txt                       the events of one report, as a table
  tidings code --format csv *.txt > events.csv  one line an event, for R, Python or a spreadsheet
  tidings explain report.txt --event E01        why this event is coded as it is
  tidings who 'the Peruvian president'           country, sectors, role, and who else it could be
  tidings add news/*.jsonl --ledger news.db     keep them; `tidings events` lists what is known
  tidings serve --ledger news.db                the ledger as a page in the browser
  tidings doctor                                does everything work here?

EXIT CODES
  0 done   1 nothing found, or a check failed   2 error; the other inputs are done all the same
  130 stopped by Ctrl-C; what was done is kept";
