//! Files that cannot be opened as wished say why.

use std::time::Duration;

use tidings_ledger::{Article, Error, Ledger};

use crate::harness::{Desk, story};

#[test]
fn a_ledger_that_is_only_read_refuses_to_be_written() {
    let desk = Desk::new();
    let mut reader = Ledger::open_read_only(&desk.path()).expect("opens");
    let story = story("a", "Norway thanked Iceland.");
    let article =
        Article { document: &story.document, report: &story.report(), at: jiff::Timestamp::UNIX_EPOCH };
    let error = reader.add(&article).expect_err("read only");
    assert!(matches!(error, Error::ReadOnly(_)), "{error}");
    assert!(error.to_string().contains("hint:"));
}

#[test]
fn a_ledger_that_another_process_writes_says_so_and_is_free_again_afterwards() {
    let mut desk = Desk::new();
    desk.ledger.set_patience(Duration::from_millis(50)).expect("set");
    let other = rusqlite::Connection::open(desk.path()).expect("opens");
    other.execute_batch("BEGIN IMMEDIATE").expect("locks");
    let story = story("a", "Norway thanked Iceland.");
    let article =
        Article { document: &story.document, report: &story.report(), at: jiff::Timestamp::UNIX_EPOCH };
    let error = desk.ledger.add(&article).expect_err("locked");
    assert!(matches!(error, Error::Locked(_)), "{error}");
    // Readers are not held up.
    assert!(Ledger::open_read_only(&desk.path()).is_ok());
    other.execute_batch("ROLLBACK").expect("frees");
    assert!(desk.ledger.add(&article).is_ok());
}

#[test]
fn a_full_disk_loses_nothing_that_was_stored() {
    let mut desk = Desk::new();
    desk.add(&story("a", "Norway thanked Iceland."));
    let pages: i64 = desk.query("PRAGMA page_count");
    desk.ledger.limit_pages(pages + 2).expect("limited");
    let long = story("b", &"Norway thanked Iceland once more. ".repeat(10_000));
    let article =
        Article { document: &long.document, report: &long.report(), at: jiff::Timestamp::UNIX_EPOCH };
    let error = desk.ledger.add(&article).expect_err("full");
    assert!(matches!(error, Error::Full(_)), "{error}");
    desk.ledger.check().expect("whole");
    assert_eq!(desk.query::<i64>("SELECT count(*) FROM document"), 1);
}

#[test]
fn a_report_without_its_document_is_refused() {
    let mut desk = Desk::new();
    let story = story("a", "Norway thanked Iceland.");
    let article =
        Article { document: &story.document, report: &Default::default(), at: jiff::Timestamp::UNIX_EPOCH };
    assert!(matches!(desk.ledger.add(&article), Err(Error::Question { .. })));
}
