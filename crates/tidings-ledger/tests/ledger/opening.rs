//! Files that cannot be opened as wished say why.

use std::process::Command;
use std::time::Duration;

use tidings_ledger::{Article, Error, Ledger, Query};

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

/// A small file system of its own, for root on Linux; taken down when the test ends.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mounted(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().expect("folder");
        let size = format!("size={megabytes}m");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()).output();
        mount.is_ok_and(|m| m.status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).output();
    }
}

#[test]
fn a_disk_that_is_really_full_loses_nothing_that_was_stored_and_goes_on_when_there_is_room() {
    let Some(disk) = SmallDisk::mounted(4) else {
        println!("skipped: only root may mount a small disk");
        return;
    };
    let path = disk.0.path().join("news.db");
    let mut ledger = Ledger::create(&path).expect("made");
    let ballast = disk.0.path().join("ballast");
    std::fs::write(&ballast, vec![0; 1_000_000]).expect("written");
    let nth = |n: usize| {
        story(&format!("s{n}"), &format!("{n} {}", "Norway thanked Iceland once more. ".repeat(n * 97 % 900)))
    };
    let mut stored = 0;
    let error = loop {
        let story = nth(stored);
        let article =
            Article { document: &story.document, report: &story.report(), at: jiff::Timestamp::UNIX_EPOCH };
        match ledger.add(&article) {
            Ok(_) => stored += 1,
            Err(error) => break error,
        }
        assert!(stored < 10_000);
    };
    assert!(matches!(error, Error::Full(_)), "{error}");
    assert!(error.to_string().contains("hint:") && stored > 3);
    let count = |ledger: &Ledger| ledger.overview(&Query::default()).expect("answered").documents;
    assert_eq!(count(&ledger), stored as i64);
    std::fs::remove_file(&ballast).expect("removed");
    nth(stored).add_to(&mut ledger, 0);
    drop(ledger);
    let ledger = Ledger::open(&path).expect("opens");
    ledger.check().expect("whole");
    assert_eq!(count(&ledger), stored as i64 + 1);
}

/// No test by itself: tries to read and to write somebody else's file.
#[test]
#[ignore = "started by another test"]
fn visitor() {
    let Ok(path) = std::env::var("TIDINGS_TEST_LEDGER") else { return };
    let path = std::path::Path::new(&path);
    match Ledger::open(path) {
        Ok(_) => println!("\nwriting: yes"),
        Err(error) => println!("\nwriting: {error}"),
    }
    match Ledger::open_read_only(path).and_then(|l| l.overview(&Query::default())) {
        Ok(view) => println!("\nreading: {} documents", view.documents),
        Err(error) => println!("\nreading: {error}"),
    }
}

#[test]
fn a_file_that_others_may_only_read_is_read_and_not_written() {
    let Some((name, program)) =
        std::env::current_exe().ok().and_then(|p| Some((p.file_name()?.to_owned(), p)))
    else {
        return;
    };
    let folder = tempfile::Builder::new().permissions(mode(0o755)).tempdir().expect("folder");
    let path = folder.path().join("news.db");
    let mut ledger = Ledger::create(&path).expect("made");
    story("a", "Norway thanked Iceland.").add_to(&mut ledger, 0);
    // While its owner has it open, and after.
    for open in [Some(ledger), None] {
        std::fs::set_permissions(&path, mode(0o644)).expect("set");
        let copy = folder.path().join(&name);
        std::fs::copy(&program, &copy).expect("copied");
        std::fs::set_permissions(&copy, mode(0o755)).expect("set");
        let visit = Command::new("setpriv")
            .args(["--reuid=65534", "--clear-groups"])
            .arg(&copy)
            .args(["--exact", "opening::visitor", "--ignored", "--nocapture"])
            .env("TIDINGS_TEST_LEDGER", &path)
            .current_dir("/")
            .output();
        let Some(visit) = visit.ok().filter(|v| v.status.success()) else {
            println!("skipped: only root may become somebody else (setpriv)");
            return;
        };
        let said = String::from_utf8_lossy(&visit.stdout).into_owned();
        assert!(said.contains("may only be read") && said.contains("hint:"), "{said}");
        assert!(said.contains("reading: 1 documents"), "{said}");
        drop(open);
    }
}

fn mode(bits: u32) -> std::fs::Permissions {
    std::os::unix::fs::PermissionsExt::from_mode(bits)
}

#[test]
fn a_clock_that_jumps_back_hides_nothing() {
    let mut desk = Desk::new();
    story("a", "Norway thanked Iceland.").add_to(&mut desk.ledger, 1_000);
    story("b", "Norway thanked Denmark.").add_to(&mut desk.ledger, 10);
    let then = |second| {
        let as_of = Some(jiff::Timestamp::from_second(second).expect("time"));
        desk.ledger.overview(&Query { as_of, ..Query::default() }).expect("answered").documents
    };
    assert_eq!([then(999), then(1_000)], [0, 2]);
}

#[test]
fn a_report_without_its_document_is_refused() {
    let mut desk = Desk::new();
    let story = story("a", "Norway thanked Iceland.");
    let article =
        Article { document: &story.document, report: &Default::default(), at: jiff::Timestamp::UNIX_EPOCH };
    assert!(matches!(desk.ledger.add(&article), Err(Error::Question { .. })));
}
