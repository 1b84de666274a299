//! Files into a folder of tables: what comes out, how a run goes on, what is refused.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use arrow_array::RecordBatch;
use arrow_array::cast::AsArray;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use tempfile::TempDir;
use tidings::Engine;
use tidings_batches::{Bulk, Manifest, Outcome, Settings};

static ENGINE: LazyLock<Arc<Engine>> =
    LazyLock::new(|| Arc::new(Engine::new().expect("the embedded model loads")));

const PAIRS: [(&str, &str); 4] =
    [("Norway", "Denmark"), ("Iceland", "Norway"), ("Peru", "Ecuador"), ("Kenya", "Uganda")];

/// Short articles of three days and of none, each with one event; every tenth line is no JSON.
fn corpus(folder: &Path, name: &str, articles: usize) -> PathBuf {
    let path = folder.join(name);
    let mut file = File::create(&path).expect("a file");
    for number in 0..articles {
        let (source, target) = PAIRS[number % PAIRS.len()];
        let date = match number % 5 {
            0..3 => format!(r#","date":"2026-11-0{}""#, number % 3 + 1),
            _ => String::new(),
        };
        let line = match number % 10 {
            9 => "{ broken".to_owned(),
            _ => format!(
                r#"{{"id":"{name}-{number}","text":"{source} condemned {target} over case {number}."{date}}}"#
            ),
        };
        writeln!(file, "{line}").expect("written");
    }
    path
}

fn settings(paths: &[PathBuf]) -> Settings {
    Settings {
        paths: paths.to_vec(),
        date: None,
        outlet: None,
        input_format: None,
        columns: Vec::new(),
        longest: 400_000,
        model: None,
        actors: Vec::new(),
        rules: Vec::new(),
    }
}

fn bulk(paths: &[PathBuf], out: &Path) -> Bulk {
    Bulk::new(ENGINE.clone(), settings(paths), out).expect("a run")
}

fn complete(outcome: Outcome) -> Manifest {
    match outcome {
        Outcome::Complete(manifest) => *manifest,
        other => panic!("not complete: {other:?}"),
    }
}

fn run(paths: &[PathBuf], out: &Path, jobs: usize) -> Manifest {
    complete(bulk(paths, out).run(jobs, false, || false, |_| {}).expect("done"))
}

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(root: &Path, folder: &Path, out: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(root, &path, out);
            } else {
                let name = path.strip_prefix(root).expect("inside").display().to_string();
                out.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    let mut out = BTreeMap::new();
    collect(folder, folder, &mut out);
    out
}

fn rows(path: &Path) -> RecordBatch {
    let file = File::open(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).expect("Parquet");
    let schema = builder.schema().clone();
    let batches: Vec<RecordBatch> = builder.build().expect("a reader").map(|b| b.expect("a batch")).collect();
    arrow_select::concat::concat_batches(&schema, &batches).expect("one batch")
}

fn texts(batch: &RecordBatch, name: &str) -> Vec<String> {
    let column = batch.column_by_name(name).unwrap_or_else(|| panic!("a column {name}"));
    column.as_string::<i32>().iter().map(|cell| cell.unwrap_or("-").to_owned()).collect()
}

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn corpus(&self, articles: usize) -> Vec<PathBuf> {
        vec![
            corpus(self.folder.path(), "a.jsonl", articles / 2),
            corpus(self.folder.path(), "b.jsonl", articles - articles / 2),
        ]
    }
}

#[test]
fn tables_lie_by_day_of_publication_with_their_rows_in_the_order_of_the_inputs() {
    let place = Place::new();
    let manifest = run(&place.corpus(40), &place.at("out"), 2);
    assert_eq!((manifest.documents, manifest.errors, manifest.events), (40, 4, 36));
    let days: Vec<String> = fs::read_dir(place.at("out/events"))
        .expect("days")
        .map(|e| e.expect("an entry").file_name().display().to_string())
        .collect();
    for day in ["date=2026-11-01", "date=2026-11-02", "date=2026-11-03", "date=unknown"] {
        assert!(days.iter().any(|d| d == day), "{day} of {days:?}");
    }
    let events = rows(&place.at("out/events/date=2026-11-01/part-0.parquet"));
    let ids = texts(&events, "document_id");
    assert_eq!(ids[..3], ["a.jsonl-0", "a.jsonl-6", "a.jsonl-12"]);
    assert_eq!(texts(&events, "source")[0], "Norway");
    assert_eq!(texts(&events, "event_type")[0], "ACCUSE");
    assert!(!place.at("out/.tidings").exists());
    let documents = rows(&place.at("out/documents/date=unknown/part-0.parquet"));
    assert_eq!(texts(&documents, "language")[0], "en");
}

#[test]
fn an_article_that_cannot_be_read_is_a_row_with_its_place_and_a_hint() {
    let place = Place::new();
    run(&place.corpus(40), &place.at("out"), 1);
    let errors = rows(&place.at("out/errors.parquet"));
    assert_eq!(errors.num_rows(), 4);
    assert!(texts(&errors, "input")[0].ends_with("a.jsonl"));
    assert!(
        texts(&errors, "error")[0].contains("a.jsonl:10:")
            && texts(&errors, "error")[0].contains("broken JSON")
    );
    assert!(texts(&errors, "hint")[0].contains("mend or remove"));
    let numbers = errors.column_by_name("number").expect("a column");
    assert_eq!(numbers.as_primitive::<arrow_array::types::Int64Type>().value(0), 10);
}

#[test]
fn the_bytes_are_the_same_whatever_the_number_of_threads() {
    let place = Place::new();
    let corpus = place.corpus(40);
    run(&corpus, &place.at("one"), 1);
    run(&corpus, &place.at("three"), 3);
    assert_eq!(files(&place.at("one")), files(&place.at("three")));
}

#[test]
fn a_run_that_is_stopped_anywhere_goes_on_to_the_same_bytes() {
    let place = Place::new();
    let corpus = place.corpus(40);
    run(&corpus, &place.at("whole"), 2);
    let expected = files(&place.at("whole"));
    for stop_at in [0, 1, 7, 20, 39] {
        let out = place.at(&format!("stopped-{stop_at}"));
        let seen = AtomicU64::new(0);
        let stop = || seen.load(Ordering::SeqCst) >= stop_at;
        let watch = |p: tidings_batches::Progress| seen.store(p.documents, Ordering::SeqCst);
        let outcome = bulk(&corpus, &out).run(2, false, stop, watch).expect("stopped");
        let Outcome::Stopped(kept) = outcome else { panic!("not stopped: {outcome:?}") };
        assert!(kept >= stop_at && kept <= 40, "{kept}");
        assert!(!out.join("manifest.json").exists() && !out.join("events").exists());
        let again = bulk(&corpus, &out).run(2, true, || false, |_| {}).expect("done");
        assert_eq!(complete(again).documents, 40);
        assert_eq!(files(&out), expected, "stopped at {stop_at}");
    }
}

#[test]
fn a_run_goes_on_only_if_told_so_and_only_with_the_same_inputs_and_options() {
    let place = Place::new();
    let corpus_files = place.corpus(10);
    let out = place.at("out");
    let outcome = bulk(&corpus_files, &out).run(1, false, || true, |_| {}).expect("stopped");
    assert!(matches!(outcome, Outcome::Stopped(_)));
    let refused = |run: Result<Outcome, tidings_batches::Error>| run.expect_err("refused").to_string();
    let told = refused(bulk(&corpus_files, &out).run(1, false, || false, |_| {}));
    assert!(told.contains("not finished") && told.contains("--resume"), "{told}");
    let other = Settings { outlet: Some("Delta Post".to_owned()), ..settings(&corpus_files) };
    let other = Bulk::new(ENGINE.clone(), other, &out).expect("a run");
    let told = refused(other.run(1, true, || false, |_| {}));
    assert!(told.contains("--outlet: none then, Delta Post now"), "{told}");
    corpus(place.folder.path(), "b.jsonl", 6);
    let told = refused(bulk(&corpus_files, &out).run(1, true, || false, |_| {}));
    assert!(told.contains("b.jsonl: has other bytes now"), "{told}");
}

#[test]
fn a_folder_with_results_is_never_written_over() {
    let place = Place::new();
    let corpus_files = place.corpus(10);
    let out = place.at("out");
    run(&corpus_files, &out, 1);
    let before = files(&out);
    let told = bulk(&corpus_files, &out).run(1, false, || false, |_| {}).expect_err("refused").to_string();
    assert!(told.contains("has the results of this very run"), "{told}");
    let there = bulk(&corpus_files, &out).run(1, true, || false, |_| {}).expect("there");
    assert!(matches!(there, Outcome::There(_)));
    let told =
        bulk(&corpus_files[..1], &out).run(1, true, || false, |_| {}).expect_err("refused").to_string();
    assert!(told.contains("b.jsonl: is not among them now"), "{told}");
    assert_eq!(files(&out), before);
    fs::create_dir(place.at("full")).expect("a folder");
    fs::write(place.at("full/letter.txt"), "Dear all").expect("a file");
    let told = bulk(&corpus_files, &place.at("full")).run(1, false, || false, |_| {}).expect_err("refused");
    assert!(told.to_string().contains("it has letter.txt"), "{told}");
}

#[test]
fn two_runs_never_write_one_folder_at_a_time() {
    let place = Place::new();
    let corpus_files = place.corpus(10);
    let out = place.at("out");
    let mut other = None;
    let first = bulk(&corpus_files, &out);
    let watch = |_| {
        let second = bulk(&corpus_files, &out).run(1, true, || false, |_| {});
        other.get_or_insert_with(|| second.expect_err("refused").to_string());
    };
    complete(first.run(1, false, || false, watch).expect("done"));
    assert!(other.expect("tried").contains("another run is writing there"));
}

#[test]
fn the_manifest_has_every_file_with_its_hash_and_tells_what_came_out_otherwise() {
    let place = Place::new();
    let manifest = run(&place.corpus(20), &place.at("out"), 2);
    let read = Manifest::read(&place.at("out/manifest.json")).expect("a manifest");
    assert_eq!(read, manifest);
    let there = files(&place.at("out"));
    assert_eq!(there.len(), manifest.outputs.len() + 1);
    for output in &manifest.outputs {
        assert_eq!(there[&output.path].len() as u64, output.bytes, "{}", output.path);
    }
    assert_eq!(manifest.plan.inputs.len(), 2);
    assert!(manifest.differences(&read).is_empty());
    let mut other = read.clone();
    other.outputs[0].sha256 = "0".to_owned();
    other.outputs.pop();
    let told = manifest.differences(&other).join("\n");
    assert!(told.contains("other bytes") && told.contains("did not come out again"), "{told}");
    fs::write(place.at("broken.json"), "{\n  nonsense").expect("a file");
    let told = Manifest::read(&place.at("broken.json")).expect_err("broken").to_string();
    assert!(told.contains("broken.json:2:") && told.contains("hint:"), "{told}");
}

#[test]
fn an_input_that_changes_while_it_is_read_is_told_and_nothing_is_passed_off_as_complete() {
    let place = Place::new();
    let corpus_files = place.corpus(10);
    let out = place.at("out");
    let run = bulk(&corpus_files, &out);
    let mut more = File::options().append(true).open(&corpus_files[1]).expect("a file");
    let watch = |now: tidings_batches::Progress| {
        if now.documents == 1 {
            more.write_all(b"{\"text\": \"Peru thanked Chile.\"}\n").expect("written");
        }
    };
    let told = run.run(1, false, || false, watch).expect_err("refused").to_string();
    assert!(told.contains("b.jsonl: was changed while it was coded"), "{told}");
    assert!(!out.join("manifest.json").exists());
}

#[test]
fn no_articles_at_all_give_tables_without_rows_and_a_manifest() {
    let place = Place::new();
    fs::write(place.at("blank.jsonl"), "\n\n").expect("a file");
    let manifest = run(&[place.at("blank.jsonl")], &place.at("out"), 1);
    assert_eq!(manifest.events, 0);
    assert_eq!(rows(&place.at("out/errors.parquet")).num_rows(), 0);
}

#[test]
fn a_missing_input_and_the_standard_input_are_refused_before_anything_is_written() {
    let place = Place::new();
    for (path, what) in [("nowhere.jsonl", "no such file"), ("-", "standard input")] {
        let path = if path == "-" { PathBuf::from(path) } else { place.at(path) };
        let told = Bulk::new(ENGINE.clone(), settings(&[path]), &place.at("out"))
            .err()
            .expect("refused")
            .to_string();
        assert!(told.to_lowercase().contains(what) && told.contains("hint:"), "{told}");
    }
    assert!(!place.at("out").exists());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_made_is_told_with_a_hint() {
    let place = Place::new();
    let corpus_files = place.corpus(4);
    fs::write(place.at("file"), "no folder").expect("a file");
    let told =
        bulk(&corpus_files, &place.at("file/out")).run(1, false, || false, |_| {}).expect_err("refused");
    assert!(told.to_string().contains("file/out") && told.to_string().contains("hint:"), "{told}");
}

#[test]
fn what_is_half_written_when_a_run_is_killed_is_written_anew() {
    let place = Place::new();
    let corpus_files = place.corpus(20);
    run(&corpus_files, &place.at("whole"), 1);
    let out = place.at("out");
    let _ = bulk(&corpus_files, &out).run(1, false, || true, |_| {}).expect("stopped");
    // As a kill in the middle of a piece, of the merging, and of the moving leaves it.
    for half in ["piece", "tables/events/date=2026-11-01"] {
        fs::create_dir_all(out.join(".tidings").join(half)).expect("a folder");
    }
    fs::write(out.join(".tidings/piece/events.arrow"), b"ARROW1").expect("a file");
    fs::write(out.join(".tidings/tables/events/date=2026-11-01/part-0.parquet"), b"PAR1").expect("a file");
    fs::create_dir_all(out.join("events/date=2026-11-09")).expect("a folder");
    complete(bulk(&corpus_files, &out).run(1, true, || false, |_| {}).expect("done"));
    assert_eq!(files(&out), files(&place.at("whole")));
}
