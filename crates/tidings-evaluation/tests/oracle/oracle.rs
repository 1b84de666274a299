//! Asks the scorer that comes with the annotation.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Scores one pair of files a line; a failure is an answer too.
const DRIVER: &str = r#"
import json, sys
sys.path.insert(0, sys.argv[1])
import score
golds = {}
for line in sys.stdin:
    gold, system = json.loads(line)
    if gold not in golds: golds[gold] = score.load(gold)
    try:
        counts = score.score_doc(golds[gold], score.load(system))[0]
        value, parts = score.headline(counts)
        answer = {"headline": value, "parts": parts, "prf": {k: score.value(counts, k) for k in counts}}
    except Exception as error:
        answer = {"error": repr(error)}
    print(json.dumps(answer))
"#;

/// The script and its folder.
pub struct Oracle(PathBuf);

/// What the script says of a pair of files.
pub enum Answer {
    /// All its numbers.
    Numbers(Value),
    /// It does not bear such records.
    Failed,
}

impl Oracle {
    /// The script, where it and Python are.
    pub fn find() -> Option<Self> {
        let shared = std::env::var_os("TIDINGS_SHARED")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
        let gold = shared.join("gold");
        let python = Command::new("python3").arg("--version").output();
        if !gold.join("score.py").is_file() || !python.is_ok_and(|o| o.status.success()) {
            eprintln!(
                "skipped: needs python3 and {}\n  hint: set TIDINGS_SHARED",
                gold.join("score.py").display()
            );
            return None;
        }
        Some(Self(gold))
    }

    /// A path beside the script.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Its numbers of many pairs of gold and system.
    pub fn scores(&self, files: &[(PathBuf, PathBuf)]) -> Vec<Answer> {
        let mut python = Command::new("python3");
        python.args(["-B", "-c", DRIVER]).arg(&self.0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = python.spawn().expect("python3 starts");
        let lines: String = files.iter().map(|pair| format!("{}\n", json!(pair))).collect();
        let mut input = child.stdin.take().expect("a pipe");
        let writer = std::thread::spawn(move || input.write_all(lines.as_bytes()));
        let output = child.wait_with_output().expect("python3 ends");
        writer.join().expect("the writer ends").expect("all is written");
        let answers: Vec<Answer> =
            String::from_utf8(output.stdout).expect("UTF-8").lines().map(answer).collect();
        assert_eq!(answers.len(), files.len(), "an answer a pair");
        answers
    }

    /// What it writes with `--json` for two files or folders.
    pub fn json(&self, gold: &Path, system: &Path) -> Value {
        let out = tempfile::NamedTempFile::new().expect("a file");
        let mut python = Command::new("python3");
        python.arg("-B").arg(self.path("score.py")).args([gold, system]).arg("--json").arg(out.path());
        let output = python.output().expect("python3 starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&std::fs::read(out.path()).expect("numbers")).expect("JSON")
    }
}

fn answer(line: &str) -> Answer {
    let answer: Value = serde_json::from_str(line).expect("JSON");
    if answer["error"].is_null() { Answer::Numbers(answer) } else { Answer::Failed }
}

/// The first number that is not the same, or the first field that one of them does not have.
pub fn difference(theirs: &Value, mine: &Value) -> Option<String> {
    for field in ["headline", "parts", "prf"] {
        if let Some(difference) = beyond_rounding(field, &theirs[field], &mine[field]) {
            return Some(difference);
        }
    }
    None
}

fn beyond_rounding(path: &str, theirs: &Value, mine: &Value) -> Option<String> {
    match (theirs, mine) {
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            a.iter().find_map(|(key, value)| beyond_rounding(&format!("{path}.{key}"), value, b.get(key)?))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            a.iter().zip(b).find_map(|(a, b)| beyond_rounding(path, a, b))
        }
        (Value::Number(a), Value::Number(b)) => {
            let apart = (a.as_f64()? - b.as_f64()?).abs();
            (apart > 1e-9).then(|| format!("{path}: {a} there, {b} here"))
        }
        _ if theirs == mine => None,
        _ => Some(format!("{path}: {theirs} there, {mine} here")),
    }
}
