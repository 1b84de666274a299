//! Starts `tidings` and holds what it said.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// Two acts whose coding is beyond doubt; 2026-05-13 is a Wednesday.
pub const REPORT: &str = "France condemned Germany on Monday. Norway thanked Iceland on Tuesday.\n";
/// The day of publication that goes with it.
pub const DAY: &str = "2026-05-13";

/// What the program said and how it ended.
pub struct Outcome {
    /// Exit code; `None` if a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub data: String,
    /// Standard error.
    pub talk: String,
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            data: String::from_utf8(output.stdout).expect("the output is UTF-8"),
            talk: String::from_utf8(output.stderr).expect("the talk is UTF-8"),
        }
    }
}

impl Outcome {
    /// Fails unless the program ended with this code.
    #[track_caller]
    pub fn ended(self, code: i32) -> Self {
        let begins: String = self.data.chars().take(4_000).collect();
        assert_eq!(self.code, Some(code), "standard output:\n{begins}\nstandard error:\n{}", self.talk);
        self
    }

    /// The output as JSON, an object a line.
    #[track_caller]
    pub fn json(&self) -> Vec<Value> {
        self.data.lines().map(|l| serde_json::from_str(l).expect("each line is JSON")).collect()
    }
}

/// The program with `arguments`, with neither a terminal nor the user's settings of colour.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.args(arguments).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("CLICOLOR");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Runs the program to its end.
pub fn tidings(arguments: &[&str]) -> Outcome {
    command(arguments).output().expect("the program starts").into()
}

/// Runs the program with `input` on its standard input.
pub fn tidings_reading(input: &[u8], arguments: &[&str]) -> Outcome {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // It may end without reading all.
    let _ = pipe.write_all(input);
    drop(pipe);
    child.wait_with_output().expect("the program ends").into()
}

/// A folder that goes when the test ends.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    /// The path of a file in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// A file in it; its path as an argument.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).expect("the file is written");
        argument(&self.path(name))
    }

    /// Names of all that lies in it.
    pub fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).expect("the folder is read");
        let mut names: Vec<String> =
            entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

/// A path as an argument.
pub fn argument(path: &Path) -> String {
    path.to_str().expect("a path in UTF-8").to_owned()
}

/// One of the reports of `examples/`.
pub fn example(name: &str) -> String {
    argument(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name))
}

/// `count` different small reports as JSONL.
pub fn many(count: usize) -> String {
    let states = ["France", "Germany", "Norway", "Iceland", "Kenya", "Japan", "Peru"];
    (0..count)
        .map(|n| {
            let (a, b) = (states[n % states.len()], states[(n + 1 + n / states.len()) % states.len()]);
            let text = format!("{a} condemned {b} on Monday. {b} rejected the charge, a spokesman said. ");
            let text = text.repeat(1 + n % 4);
            serde_json::json!({ "id": format!("report-{n:03}"), "text": text, "date": DAY }).to_string()
                + "\n"
        })
        .collect()
}
