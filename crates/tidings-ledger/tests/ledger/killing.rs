//! A writer that is killed at any moment loses nothing that it acknowledged and doubles nothing; two may write at once.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tidings_ledger::Ledger;

use crate::harness::{Story, story};

const KILLS: u64 = 20;
const STORIES: usize = 400;

/// A story with two reports; stories near each other tell the same event.
fn nth(number: usize) -> Story {
    let text = format!(
        "Norway accused Iceland of theft number {number}. Rebels raided harbour {} at night.",
        number / 3
    );
    story(&format!("s{number}"), &text)
        .by(["Island Post", "Fjord News", "Sound Times"][number % 3], "2020-03-02")
        .event("ACCUSE", "accused", ["NOR", "ISL"], |_| {})
        .event("ASSAULT", "raided", ["NOR-rebels", "ISL"], |_| {})
}

/// No test by itself: the process that the others start and kill. It writes the name of each story that is stored.
#[test]
#[ignore = "started by the other tests"]
fn writer() {
    let Ok(path) = std::env::var("TIDINGS_TEST_LEDGER") else { return };
    let mut ledger = Ledger::open_or_create(Path::new(&path)).expect("opens");
    for number in 0..STORIES {
        nth(number).add_to(&mut ledger, 0);
        println!("\nstored s{number} ");
    }
}

fn start(path: &Path) -> Child {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["--exact", "killing::writer", "--ignored", "--nocapture"])
        .env("TIDINGS_TEST_LEDGER", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

fn acknowledged(child: Child) -> Vec<String> {
    let lines = BufReader::new(child.stdout.expect("piped")).lines().map_while(Result::ok);
    // A line that was cut off acknowledges nothing.
    lines.filter_map(|l| Some(l.strip_prefix("stored ")?.strip_suffix(' ')?.to_owned())).collect()
}

fn stored(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("opens");
    let mut all = connection.prepare("SELECT name FROM publication ORDER BY name").expect("prepared");
    all.query_map([], |row| row.get(0)).expect("asked").collect::<Result<_, _>>().expect("read")
}

#[test]
fn a_killed_writer_loses_nothing_and_doubles_nothing() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("news.db");
    let mut killed_at_work = 0;
    for round in 0..KILLS {
        let mut child = start(&path);
        // From before the file is there to the midst of the work, a little later each time.
        std::thread::sleep(Duration::from_millis(5 + 23 * round));
        child.kill().expect("killed");
        let status = child.wait().expect("ended");
        killed_at_work += usize::from(!status.success());
        let told = acknowledged(child);
        if !path.metadata().is_ok_and(|data| data.len() > 0) {
            assert!(told.is_empty());
            continue;
        }
        let ledger = Ledger::open_or_create(&path).unwrap_or_else(|e| panic!("round {round}: {e}"));
        ledger.check().expect("whole");
        let names = stored(&path);
        assert!(told.iter().all(|name| names.contains(name)), "round {round}: lost one of {told:?}");
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once, "round {round}: one is there twice");
    }
    assert!(killed_at_work > 5, "only {killed_at_work} were killed at work");
    assert!(!stored(&path).is_empty());
}

#[test]
fn two_processes_add_at_once_and_everything_is_there_once() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("news.db");
    let writers = [start(&path), start(&path)];
    for child in writers {
        let output = child.wait_with_output().expect("ended");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(stored(&path).len(), STORIES);
    Ledger::open(&path).expect("opens").check().expect("whole");
}
