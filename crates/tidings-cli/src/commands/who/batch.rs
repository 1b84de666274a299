//! Many questions in one file: one line in, one line out, in the same order.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::thread::available_parallelism;

use serde::Deserialize;
use serde_json::{Value, json};
use tidings::{Engine, Question};

use super::{answer, check};
use crate::errors::{Exit, Failure};
use crate::input::date;
use crate::interrupt;
use crate::sink::Sink;
use crate::terminal::Terminal;
use tidings_batches::pipeline::{Ended, in_order};

/// One line of the file.
#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    date: Option<String>,
    context: Option<String>,
    /// Handed back as it came, to join the answer with.
    id: Option<Value>,
}

/// What is wrong with a line, at which column, and the remedy.
type Fault = (usize, String, String);

/// Answers all lines of the file; a line that cannot be answered becomes a row with `error`.
pub fn run(path: &Path, engine: &Engine, terminal: &Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let name = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    let lines = open(path)?.split(b'\n').enumerate().filter(|(_, line)| !is_blank(line));
    let mut sink = Sink::standard();
    let (mut rows, mut errors) = (0, 0);
    let jobs = available_parallelism().map_or(1, Into::into);
    let ended = in_order(
        lines,
        jobs,
        interrupt::requested,
        |(number, line)| row(&name, number + 1, line, engine),
        |(row, fault)| -> Result<(), Failure> {
            rows += 1;
            if let Some(fault) = fault {
                terminal.error(fault);
                errors += 1;
            }
            serde_json::to_writer(&mut sink, &row)?;
            sink.write_all(b"\n")?;
            Ok(sink.flush()?)
        },
    );
    sink.finish()?;
    Ok(match (ended?, errors, rows) {
        (Ended::Stopped, ..) => Exit::Interrupted,
        (_, 0, 0) => Exit::Nothing,
        (_, 0, _) => Exit::Done,
        _ => Exit::Failed,
    })
}

fn open(path: &Path) -> Result<Box<dyn BufRead + Send>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(path).map_err(|e| {
        Failure::new(
            format_args!("{}: cannot be read: {e}", path.display()),
            "name a JSONL file, or - for the standard input",
        )
    })?;
    Ok(Box::new(BufReader::new(file)))
}

fn is_blank(line: &io::Result<Vec<u8>>) -> bool {
    line.as_ref().is_ok_and(|bytes| bytes.iter().all(u8::is_ascii_whitespace))
}

/// The answer to one line, and the error to be told.
fn row(name: &str, number: usize, line: io::Result<Vec<u8>>, engine: &Engine) -> (Value, Option<String>) {
    match read(line) {
        Err((column, what, hint)) => failed(name, number, column, Value::Null, &what, &hint),
        Ok(line) => match answered(&line, engine) {
            Ok(row) => (row, None),
            Err((column, what, hint)) => failed(name, number, column, json!(line.text), &what, &hint),
        },
    }
}

fn failed(
    name: &str,
    number: usize,
    column: usize,
    text: Value,
    what: &str,
    hint: &str,
) -> (Value, Option<String>) {
    let told = format!("{name}:{number}:{column}: {what}");
    (json!({ "text": text, "error": told, "hint": hint }), Some(format!("{told}\n  hint: {hint}")))
}

fn read(line: io::Result<Vec<u8>>) -> Result<Line, Fault> {
    let fault = |column: usize, what: String, hint: &str| (column, what, hint.to_owned());
    let bytes = line.map_err(|e| fault(1, format!("cannot be read: {e}"), "is the file whole?"))?;
    let text = std::str::from_utf8(&bytes).map_err(|e| {
        fault(e.valid_up_to() + 1, "the line is not in UTF-8".to_owned(), "save the file as UTF-8")
    })?;
    serde_json::from_str(text).map_err(|e| {
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what).to_owned();
        fault(
            e.column().max(1),
            what,
            "each line is an object like {\"text\": \"…\", \"date\": \"2017-05-01\"}",
        )
    })
}

fn answered(line: &Line, engine: &Engine) -> Result<Value, Fault> {
    let context = line.context.as_deref();
    check(&line.text, context).map_err(|(what, hint)| (1, what, hint.to_owned()))?;
    let written = line.date.as_deref().filter(|d| !d.trim().is_empty());
    let read = |written: &str| date(written).map_err(|hint| (1, format!("'{written}' is no date"), hint));
    let date = written.map(read).transpose()?;
    let question = Question::new(&line.text, context, date);
    let answer = catch_unwind(AssertUnwindSafe(|| engine.who(&question)))
        .map_err(|_| (1, "internal error".to_owned(), "please report it with the line".to_owned()))?
        .map_err(|e| (1, e.to_string(), "is the language model whole? `tidings doctor` tells".to_owned()))?;
    let view = answer::view(&line.text, date, &answer, engine.knowledge());
    let mut row = serde_json::to_value(view).unwrap_or_default();
    if let (Some(id), Some(row)) = (&line.id, row.as_object_mut()) {
        row.insert("id".to_owned(), id.clone());
    }
    Ok(row)
}
