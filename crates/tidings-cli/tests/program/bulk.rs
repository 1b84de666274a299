//! `tidings code --format parquet` and `tidings reproduce`: what comes out, and what a kill at any moment leaves.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Folder, example, many, tidings};

/// Every file of a folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut out = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").display().to_string();
                out.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    out
}

fn manifest(folder: &Path) -> Value {
    let bytes = std::fs::read(folder.join("manifest.json")).expect("a manifest");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn text(path: &Path) -> String {
    path.to_str().expect("UTF-8").to_owned()
}

#[test]
fn a_folder_of_tables_and_a_manifest_come_out_and_what_failed_is_told() {
    let folder = Folder::new();
    let lines = format!("{}{{\"text\": 7}}\n", many(3));
    let path = folder.file("many.jsonl", lines);
    let out = folder.path("out");
    let outcome = tidings(&["code", "--format", "parquet", "--out", &text(&out), &path]).ended(2);
    assert_eq!(outcome.data, "");
    assert!(
        outcome.talk.contains("of 4 documents") && outcome.talk.contains("errors.parquet says why"),
        "{}",
        outcome.talk
    );
    let manifest = manifest(&out);
    assert_eq!((manifest["documents"].as_u64(), manifest["errors"].as_u64()), (Some(4), Some(1)));
    assert_eq!(manifest["inputs"][0]["path"], path.as_str());
    assert!(!folder.names().iter().any(|name| name.starts_with(".tidings")));
}

#[test]
fn a_manifest_gives_the_same_bytes_again_or_says_what_differs() {
    let folder = Folder::new();
    let path = folder.file("many.jsonl", many(4));
    let (out, again) = (folder.path("out"), folder.path("again"));
    let code = ["code", "--format", "parquet", "--date", "2026-05-13", "--out", &text(&out), &path];
    tidings(&code).ended(0);
    let place = text(&out.join("manifest.json"));
    let outcome = tidings(&["reproduce", &place, "--out", &text(&again), "--jobs", "1"]).ended(0);
    assert!(outcome.talk.contains("the same bytes in all"), "{}", outcome.talk);
    assert_eq!(files(&out), files(&again));
    folder.file("many.jsonl", many(3));
    let outcome = tidings(&["reproduce", &place]).ended(1);
    assert!(outcome.talk.contains("many.jsonl: has other bytes now"), "{}", outcome.talk);
    std::fs::remove_file(&path).expect("removed");
    let outcome = tidings(&["reproduce", &place]).ended(2);
    assert!(outcome.talk.contains("many.jsonl") && outcome.talk.contains("hint:"), "{}", outcome.talk);
    let outcome = tidings(&["reproduce", &example("briefs.jsonl")]).ended(2);
    assert!(outcome.talk.contains("is no manifest"), "{}", outcome.talk);
}

#[test]
fn what_does_not_go_together_is_refused_with_a_hint() {
    let report = example("border-shelling.txt");
    let outcome = tidings(&["code", "--format", "parquet", &report]).ended(2);
    assert!(outcome.talk.contains("--out events/"), "{}", outcome.talk);
    let outcome = tidings(&["code", "--format", "csv", "--resume", &report]).ended(2);
    assert!(outcome.talk.contains("--format parquet"), "{}", outcome.talk);
    let folder = Folder::new();
    let outcome =
        tidings(&["code", "--format", "parquet", "--out", &text(&folder.path("out")), "-"]).ended(2);
    assert!(outcome.talk.contains("standard input"), "{}", outcome.talk);
}

#[cfg(unix)]
mod killed {
    use std::path::Path;
    use std::process::Command;
    use std::thread::sleep;
    use std::time::Duration;

    use super::{files, text};
    use crate::harness::{Folder, command, many, tidings};

    const KILLS: usize = 20;

    /// Numbers without a pattern, the same each time (Numerical Recipes' generator).
    fn next(seed: &mut u32) -> u32 {
        *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *seed >> 16
    }

    #[test]
    fn a_run_that_is_killed_at_twenty_moments_and_goes_on_gives_the_bytes_of_an_undisturbed_one() {
        let folder = Folder::new();
        let path = folder.file("many.jsonl", many(400));
        let run = |out: &Path| {
            ["code", "--format", "parquet", "--keep-every", "7", "--resume", "--out"]
                .map(str::to_owned)
                .into_iter()
                .chain([text(out), path.clone()])
                .collect::<Vec<_>>()
        };
        let whole = folder.path("whole");
        let arguments = run(&whole);
        tidings(&arguments.iter().map(String::as_str).collect::<Vec<_>>()).ended(0);
        let expected = files(&whole);
        let (mut kills, mut round, mut seed) = (0, 0, 7);
        while kills < KILLS {
            let out = folder.path(&format!("killed-{round}"));
            round += 1;
            let arguments = run(&out);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            loop {
                let mut child = command(&arguments).spawn().expect("starts");
                sleep(Duration::from_millis(u64::from(next(&mut seed) % 1_000)));
                if kills < KILLS && child.try_wait().expect("asked").is_none() {
                    child.kill().expect("killed");
                    child.wait().expect("ended");
                    kills += 1;
                } else if child.wait().expect("ended").success() {
                    break;
                } else {
                    panic!("the run failed: {:?}", tidings(&arguments).talk);
                }
            }
            assert!(files(&out) == expected, "other bytes in round {round}");
        }
    }

    #[test]
    fn a_full_disk_is_told_and_the_run_goes_on_when_there_is_room() {
        let folder = Folder::new();
        let path = folder.file("many.jsonl", many(20));
        let (whole, out) = (folder.path("whole"), folder.path("out"));
        tidings(&["code", "--format", "parquet", "--out", &text(&whole), &path]).ended(0);
        // No file may be larger than some kilobytes, as if the disk were full.
        let line = format!(
            "trap '' XFSZ; ulimit -f 8; exec {} code --format parquet --keep-every 10 --out {} {path}",
            env!("CARGO_BIN_EXE_tidings"),
            text(&out)
        );
        let outcome = Command::new("sh").args(["-c", &line]).output().expect("runs");
        let talk = String::from_utf8_lossy(&outcome.stderr);
        assert_eq!(outcome.status.code(), Some(2), "{talk}");
        assert!(talk.contains("make room") && talk.contains("--resume"), "{talk}");
        assert!(!out.join("manifest.json").exists());
        tidings(&["code", "--format", "parquet", "--resume", "--out", &text(&out), &path]).ended(0);
        assert_eq!(files(&out), files(&whole));
    }
}
