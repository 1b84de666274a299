//! The scorer that comes with the annotation is the oracle: every number must be its number, whatever the system writes.
//!
//! Needs the shared folder (`TIDINGS_SHARED`, or `../shared` beside the workspace) and `python3`; skipped aloud otherwise.

mod damage;
mod oracle;

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use damage::{Case, Random};
use oracle::{Answer, Oracle, difference};
use tidings_evaluation::annotation::{Role, evaluate, read};

/// One annotated document.
struct Gold {
    id: String,
    records: Vec<Value>,
}

fn annotated(oracle: &Oracle) -> Vec<Gold> {
    let mut files = vec![oracle.path("seed.gold.jsonl")];
    let examples = oracle.path("examples").read_dir().expect("the folder is read");
    files.extend(examples.map(|e| e.expect("an entry").path()));
    files.retain(|f| f.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let gold = |file: &Path| {
        let text = std::fs::read_to_string(file).expect("the file is read");
        let records: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        Gold { id: records[0]["id"].as_str().expect("an id").to_owned(), records }
    };
    files.iter().map(|f| gold(f)).collect()
}

/// The documents with at most eight records of each kind but entities: Python needs a second for a long one.
fn shortened(gold: Vec<Gold>) -> Vec<Gold> {
    let short = |records: Vec<Value>| {
        let mut seen = std::collections::BTreeMap::new();
        let few = |r: &Value| {
            let count: &mut usize = seen.entry(r["record"].to_string()).or_default();
            *count += 1;
            *count <= 8 || r["record"] == "entity"
        };
        records.into_iter().filter(few).collect()
    };
    gold.into_iter().map(|g| Gold { id: g.id, records: short(g.records) }).collect()
}

/// Files of this test.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn write(&self, name: &str, records: &[Value]) -> std::path::PathBuf {
        let path = self.0.path().join(format!("{name}.jsonl"));
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("the folder is made");
        let lines: String = records.iter().map(|r| format!("{r}\n")).collect();
        std::fs::write(&path, lines).expect("the file is written");
        path
    }
}

/// Our numbers of a pair of files or folders, or why there are none.
fn ours(gold: &Path, system: &Path) -> Result<Value, String> {
    let gold = read(gold, Role::Gold).map_err(|e| e.to_string())?;
    let system = read(system, Role::System).map_err(|e| e.to_string())?;
    evaluate(&gold, &system).map(|e| e.to_json(false)).map_err(|e| e.to_string())
}

/// Scores every case both ways; returns how many were compared, and panics with all that differ.
fn compare(oracle: &Oracle, gold: &[Gold], cases: &[Case]) -> usize {
    let folder = Folder::new();
    let golds: Vec<_> = gold.iter().map(|g| folder.write(&format!("gold/{}", g.id), &g.records)).collect();
    let files: Vec<_> = cases
        .iter()
        .enumerate()
        .map(|(n, case)| (golds[case.gold].clone(), folder.write(&format!("case{n:04}"), &case.system)))
        .collect();
    let answers = oracle.scores(&files);
    let (mut compared, mut refused, mut strict, mut lenient, mut wrong) = (0, 0, 0, 0, Vec::new());
    for ((case, answer), (gold_file, system)) in cases.iter().zip(answers).zip(&files) {
        match (answer, ours(gold_file, system)) {
            (Answer::Numbers(theirs), Ok(mine)) => {
                compared += 1;
                wrong.extend(
                    difference(&theirs, &mine[&gold[case.gold].id]).map(|d| format!("{}: {d}", case.name)),
                );
            }
            (Answer::Numbers(_), Err(error)) if case.may_be_refused => {
                strict += 1;
                assert!(error.contains("hint: ") && error.contains(".jsonl:"), "{}: {error}", case.name);
            }
            (Answer::Numbers(_), Err(error)) => wrong.push(format!("{}: refused: {error}", case.name)),
            (Answer::Failed, Err(_)) => refused += 1,
            (Answer::Failed, Ok(_)) => lenient += 1,
        }
    }
    eprintln!(
        "{compared} the same; {refused} refused by both, {strict} only here with a clear error, {lenient} only there"
    );
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    compared
}

#[test]
fn gold_against_itself_and_against_nothing() {
    let Some(oracle) = Oracle::find() else { return };
    let gold = annotated(&oracle);
    let case = |name: &str, gold, system| Case { name: name.to_owned(), gold, system, may_be_refused: false };
    let mut cases = Vec::new();
    for (n, document) in gold.iter().enumerate() {
        cases.push(case("itself", n, document.records.clone()));
        cases.push(case("nothing", n, vec![]));
        cases.push(case("only the document", n, vec![document.records[0].clone()]));
        let others = gold.iter().enumerate().filter(|(other, _)| *other != n);
        cases.extend(others.map(|(_, other)| case("another document", n, other.records.clone())));
    }
    assert_eq!(compare(&oracle, &gold, &cases), gold.len() * (gold.len() + 2));
}

#[test]
fn folders_and_their_sum() {
    let Some(oracle) = Oracle::find() else { return };
    let gold = annotated(&oracle);
    let (folder, mut random) = (Folder::new(), Random::new(3));
    for document in &gold {
        folder.write(&format!("gold/{}", document.id), &document.records);
        folder.write(&format!("same/{}", document.id), &document.records);
        folder.write(&format!("empty/{}", document.id), &document.records[..1]);
        folder.write(&format!("worse/{}", document.id), &damage::mixed(&document.records, &mut random));
    }
    let missing = folder.0.path().join("worse").join(format!("{}.jsonl", gold[2].id));
    std::fs::remove_file(missing).expect("one document is missing");
    let path = |name: &str| folder.0.path().join(name);
    for system in ["same", "empty", "worse"] {
        let theirs = oracle.json(&path("gold"), &path(system));
        let mine = ours(&path("gold"), &path(system)).expect("scores");
        for (id, numbers) in theirs.as_object().expect("an object") {
            assert_eq!(difference(numbers, &mine[id]), None, "{system}: {id}");
        }
        assert_eq!(theirs.as_object().map(|o| o.len()), mine.as_object().map(|o| o.len()), "{system}");
        let headline = mine["ALL"]["headline"].as_f64().expect("a headline");
        match system {
            "same" => assert!((headline - 1.0).abs() < 1e-9),
            "empty" => assert_eq!(headline, 0.0),
            _ => assert!(headline > 0.1 && headline < 0.99, "{headline}"),
        }
    }
}

#[test]
fn every_field_changed_in_turn() {
    let Some(oracle) = Oracle::find() else { return };
    let gold = shortened(annotated(&oracle));
    let records: Vec<_> = gold.iter().map(|g| g.records.as_slice()).collect();
    let cases = damage::field_by_field(&records);
    assert!(compare(&oracle, &gold, &cases) > 300);
}

#[test]
fn records_dropped_doubled_and_moved() {
    let Some(oracle) = Oracle::find() else { return };
    let gold = shortened(annotated(&oracle));
    let mut cases = Vec::new();
    for (n, document) in gold.iter().enumerate() {
        cases.extend(damage::whole_records(n, &document.records));
    }
    assert!(compare(&oracle, &gold, &cases) > 100);
}

#[test]
fn much_damage_at_once() {
    let Some(oracle) = Oracle::find() else { return };
    let gold = shortened(annotated(&oracle));
    let mut random = Random::new(17);
    let cases: Vec<Case> = (0..20 * gold.len())
        .map(|n| {
            let number = n % gold.len();
            let system = damage::mixed(&gold[number].records, &mut random);
            Case { name: format!("mixed {n}"), gold: number, system, may_be_refused: false }
        })
        .collect();
    assert!(compare(&oracle, &gold, &cases) > 100);
}
