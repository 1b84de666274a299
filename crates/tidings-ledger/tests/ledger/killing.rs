//! A writer that is killed at any moment loses nothing that it acknowledged and doubles nothing; two may write at once.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tidings_ledger::Ledger;

use crate::harness::{Story, story};

/// Kills of the usual run; `TIDINGS_TEST_KILLS` asks for more.
const KILLS: usize = 20;
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
    let first = std::env::var("TIDINGS_TEST_FIRST").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut ledger = Ledger::open_or_create(Path::new(&path)).expect("opens");
    for number in first..first + STORIES {
        nth(number).add_to(&mut ledger, 0);
        println!("\nstored s{number} ");
    }
}

fn start(path: &Path, first: usize) -> Child {
    let program = std::env::current_exe().expect("this program");
    Command::new(program)
        .args(["--exact", "killing::writer", "--ignored", "--nocapture"])
        .env("TIDINGS_TEST_LEDGER", path)
        .env("TIDINGS_TEST_FIRST", first.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

/// A line that was cut off acknowledges nothing.
fn acknowledged(line: &str) -> Option<String> {
    Some(line.strip_prefix("stored ")?.strip_suffix(' ')?.to_owned())
}

/// Kills a writer some moments after it has stored so many stories; gives those that it acknowledged, and whether it
/// was at work.
fn kill(mut child: Child, stories: usize, moments: Duration) -> (Vec<String>, bool) {
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
    let mut told = Vec::new();
    while told.len() < stories {
        let Some(line) = lines.next() else { break };
        told.extend(acknowledged(&line));
    }
    std::thread::sleep(moments);
    child.kill().expect("killed");
    let at_work = !child.wait().expect("ended").success();
    told.extend(lines.filter_map(|line| acknowledged(&line)));
    (told, at_work)
}

fn stored(path: &Path) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("opens");
    let mut all = connection.prepare("SELECT name FROM publication ORDER BY name").expect("prepared");
    all.query_map([], |row| row.get(0)).expect("asked").collect::<Result<_, _>>().expect("read")
}

#[test]
fn a_killed_writer_loses_nothing_and_doubles_nothing() {
    let kills = std::env::var("TIDINGS_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(KILLS);
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("news.db");
    let (mut killed_at_work, mut all_told) = (0, Vec::new());
    let mut random = 7_u64;
    for round in 0..kills {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // From before the file is there to the midst of a later story; some stories come twice.
        let stories = if round == 0 { 0 } else { (random >> 33) as usize % 12 };
        let moments = Duration::from_micros((random >> 40) % 40_000);
        let first = all_told.len().saturating_sub(3);
        let (told, at_work) = kill(start(&path, first), stories, moments);
        killed_at_work += usize::from(at_work);
        all_told.extend(told.into_iter().filter(|name| !all_told.contains(name)).collect::<Vec<_>>());
        if !path.metadata().is_ok_and(|data| data.len() > 0) {
            assert!(all_told.is_empty());
            continue;
        }
        let ledger = Ledger::open_or_create(&path).unwrap_or_else(|e| panic!("round {round}: {e}"));
        ledger.check().unwrap_or_else(|e| panic!("round {round}: {e}"));
        let names = stored(&path);
        assert!(all_told.iter().all(|name| names.contains(name)), "round {round}: lost one of {all_told:?}");
        let mut once = names.clone();
        once.dedup();
        assert_eq!(names, once, "round {round}: one is there twice");
    }
    assert!(killed_at_work * 2 > kills, "only {killed_at_work} of {kills} were killed at work");
    println!("{kills} kills, {killed_at_work} at work, {} stories acknowledged, none lost", all_told.len());
    assert!(all_told.len() > kills);
}

#[test]
fn two_processes_add_at_once_and_everything_is_there_once() {
    let folder = tempfile::tempdir().expect("folder");
    let path = folder.path().join("news.db");
    let writers = [start(&path, 0), start(&path, 0)];
    for child in writers {
        let output = child.wait_with_output().expect("ended");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    assert_eq!(stored(&path).len(), STORIES);
    Ledger::open(&path).expect("opens").check().expect("whole");
}
