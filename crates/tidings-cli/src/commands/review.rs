//! `tidings review`, `agree`: what people say of reports, and how far they agree.

use clap::ValueEnum;
use jiff::Timestamp;
use tidings_ledger::{Page, Queue, Review, Verdict};

use super::ask::{LedgerArgs, Shown, moment, page};
use crate::errors::{Exit, Failure};
use crate::terminal::Terminal;

/// What is said of a report.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Said {
    /// All of it is right
    Confirm,
    /// A field has another value
    Correct,
    /// These words tell no such event
    Reject,
    /// A remark
    Comment,
}

/// Flags of `tidings review`.
#[derive(Debug, clap::Args)]
#[command(after_help = REVIEW)]
pub struct ReviewArgs {
    /// The report, as `tidings reports` names it
    #[arg(long, value_name = "REPORT", required_unless_present = "queue", requires = "verdict")]
    report: Option<String>,
    /// What is said of it
    #[arg(long, value_enum, requires = "coder")]
    verdict: Option<Said>,
    /// Field of a correction: event_type, mode, context, status, source, target, event_date, place, killed, injured
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Its value; without one the field is empty
    #[arg(long, value_name = "VALUE")]
    value: Option<String>,
    /// Who says so
    #[arg(long, value_name = "NAME")]
    coder: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT")]
    comment: Option<String>,
    /// Work it out and change nothing
    #[arg(long)]
    dry_run: bool,
    /// List the reports to look at next: those that are contradicted, then the least sure
    #[arg(long, conflicts_with_all = ["report", "verdict", "field", "value", "comment", "dry_run"])]
    queue: bool,
    /// Share of the reports that two coders are to judge (20% or 0.2); with --queue
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0", requires = "queue")]
    double: f64,
    /// Reports of the queue, at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// The ledger
    #[command(flatten)]
    ledger: LedgerArgs,
}

const REVIEW: &str = "\
EXAMPLES
  tidings review --ledger news.db --queue --coder Ana --double 20%      what is Ana to look at?
  tidings review --ledger news.db --report ID --verdict confirm --coder Ana
  tidings review --ledger news.db --report ID --verdict correct --field status --value denied --coder Ana
  tidings review --ledger news.db --report ID --verdict reject --coder Ana --comment 'about football'

A correction makes a new version of the report and a rejection ends it; both hold when a newer version of Tidings codes
the article, and `--as-of` shows what was before. `tidings reviews` lists them, `tidings undo REVISION` takes one back,
`tidings agree` says how far coders agree.";

/// Flags of `tidings agree`.
#[derive(Debug, clap::Args)]
#[command(after_help = AGREE)]
pub struct AgreeArgs {
    /// As the ledger stood at the end of that day (UTC), or at that moment
    #[arg(long, value_name = "TIME", value_parser = moment)]
    as_of: Option<Timestamp>,
    #[command(flatten)]
    ledger: LedgerArgs,
}

const AGREE: &str = "\
EXAMPLES
  tidings agree --ledger news.db
  tidings agree --ledger news.db --format csv > agreement.csv

Krippendorff's alpha for each field over the reports that two coders or more have judged: 1 is full agreement, 0 what
chance alone would bring. A coder's value is that of the record which was judged, or the coder's own correction of it;
dates are compared by days, statuses also from the firmest to the weakest.";

/// "20%", "0.2".
fn share(text: &str) -> Result<f64, String> {
    let (number, whole) = text.strip_suffix('%').map_or((text, 1.0), |n| (n, 100.0));
    let share = number.trim().parse::<f64>().map_err(|_| "write it like 20% or 0.2".to_owned())? / whole;
    if (0.0..=1.0).contains(&share) { Ok(share) } else { Err("a share is between 0 and 100%".to_owned()) }
}

const QUEUE: Shown = Shown {
    table: "queue",
    columns: &["report_id", "doubt", "confidence", "source", "event_type", "target", "status", "sentence"],
};
const REVIEWS: Shown = Shown {
    table: "reviews",
    columns: &["revision", "coder", "verdict", "field", "value_before", "value", "holds", "event_id"],
};
const AGREEMENT: Shown =
    Shown { table: "agreement", columns: &["field", "level", "units", "coders", "same", "alpha", "note"] };

/// `tidings review`.
pub fn review(args: &ReviewArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let (Some(report_id), Some(verdict)) = (&args.report, args.verdict) else {
        let queue = Queue { coder: args.coder.clone(), double: args.double, limit: args.limit };
        let rows = args.ledger.open()?.queue(&queue)?;
        return page(&Page { rows, next: None }, QUEUE, &args.ledger, terminal);
    };
    let verdict = match verdict {
        Said::Confirm => Verdict::Confirm,
        Said::Correct => Verdict::Correct,
        Said::Reject => Verdict::Reject,
        Said::Comment => Verdict::Comment,
    };
    let review = Review {
        coder: args.coder.clone().unwrap_or_default(),
        report_id: report_id.clone(),
        verdict,
        field: args.field.clone(),
        value: args.value.clone(),
        comment: args.comment.clone(),
    };
    let mut ledger = args.ledger.open_to_write()?;
    ledger.rehearse(args.dry_run);
    let row = ledger.review(&review, Timestamp::now())?;
    if args.dry_run {
        terminal.note("nothing was changed (--dry-run)");
    } else {
        terminal.note(format_args!("`tidings undo {}` takes it back", row.revision));
    }
    page(&Page { rows: vec![row], next: None }, REVIEWS, &args.ledger, terminal)
}

/// `tidings agree`.
pub fn agree(args: &AgreeArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let query = tidings_ledger::Query { as_of: args.as_of, ..Default::default() };
    let rows = args.ledger.open()?.agreement(&query)?;
    let units = rows.iter().map(|r| r.units).max().unwrap_or(0);
    page(&Page { rows, next: None }, AGREEMENT, &args.ledger, terminal)?;
    if units == 0 {
        terminal.note(
            "no report was judged by two coders; `tidings review --queue --double 20%` lists some for that",
        );
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_a_number_or_a_percentage() {
        assert_eq!((share("20%"), share("0.2"), share("100%")), (Ok(0.2), Ok(0.2), Ok(1.0)));
        assert!(
            share("20").is_err() && share("-1%").is_err() && share("some").is_err() && share("NaN").is_err()
        );
    }
}
