//! JSONL: one object per line, one report per object.

use std::io::{self, BufRead, Read};

use serde_json::Value;
use tidings_document::Fields;

use crate::columns::{Columns, kind};
use crate::input::{Input, reason};
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::size;
use crate::{ReadError, ReadOptions, decode};

/// What a line must look like, for hints.
const FORM: &str = "write {\"id\": …, \"text\": …, \"title\": …, \"date\": …, \"outlet\": …, \"url\": …}; only text is required";

/// A stream of lines.
pub(crate) struct JsonLines {
    stream: Peek,
    name: String,
    stem: Option<String>,
    /// The longest line.
    largest: usize,
    columns: Columns,
    line: usize,
    /// Whether any line was not blank.
    found: bool,
    ended: bool,
}

impl JsonLines {
    pub(crate) fn new(input: &Input, stream: Peek, options: &ReadOptions) -> Self {
        let (name, stem, largest) = (input.name(), input.stem(), options.largest);
        Self {
            stream,
            name,
            stem,
            largest,
            columns: options.columns.clone(),
            line: 0,
            found: false,
            ended: false,
        }
    }
}

impl Reports for JsonLines {
    /// The report of the next line that is not blank.
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        while !self.ended {
            let line = match self.read_line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => return Some(Err(error)),
            };
            if !line.trim_ascii().is_empty() {
                self.found = true;
                return Some(self.report(line).map(Content::of));
            }
        }
        self.ended = true;
        (!std::mem::replace(&mut self.found, true)).then(|| Ok(Content::nothing(self.stem.clone())))
    }
}

impl JsonLines {
    /// The next line; none at the end. A line that is too long is an error and is skipped.
    fn read_line(&mut self) -> Result<Option<Vec<u8>>, ReadError> {
        let mut line = Vec::new();
        let limit = self.largest as u64 + 1;
        let read = self.stream.by_ref().take(limit).read_until(b'\n', &mut line);
        self.line += 1;
        if read.map_err(|e| self.broken(&e))? == 0 {
            return Ok(None);
        }
        if line.len() <= self.largest || line.ends_with(b"\n") {
            return Ok(Some(line));
        }
        self.stream.skip_until(b'\n').map_err(|e| self.broken(&e))?;
        let what =
            format!("the line is longer than {}, the most that one report may have", size(self.largest));
        Err(self.error(self.largest, what, "split the text into several reports"))
    }

    fn broken(&mut self, error: &io::Error) -> ReadError {
        self.ended = true;
        let (what, hint) = reason(error, true);
        self.error(1, what, hint)
    }

    fn error(&self, column: usize, what: impl Into<String>, hint: impl Into<String>) -> ReadError {
        ReadError::of_file(&self.name, what, hint).at(self.line, column)
    }

    fn report(&mut self, line: Vec<u8>) -> Result<Fields, ReadError> {
        let mut warnings = Vec::new();
        let line = decode::text(line, &mut warnings);
        let value: Value = serde_json::from_str(line.trim_end()).map_err(|e| self.broken_json(&line, &e))?;
        let Value::Object(object) = value else {
            return Err(self.error(1, format!("the line is {}, not an object", kind(&value)), FORM));
        };
        let (mut fields, is_named) =
            self.columns.fields(object, warnings).map_err(|missing| self.error(1, missing.what, FORM))?;
        if !is_named {
            fields.id = match &self.stem {
                Some(stem) => format!("{stem}-{}", self.line),
                None => hash_id(&fields.text),
            };
        }
        Ok(fields)
    }

    fn broken_json(&self, line: &str, error: &serde_json::Error) -> ReadError {
        let message = error.to_string();
        let what = message.rsplit_once(" at line ").map_or(message.as_str(), |(what, _)| what);
        let before = line.get(..line.floor_char_boundary(error.column())).unwrap_or(line);
        let hint = "mend or remove this line; the other lines are read";
        self.error(
            before.trim_end_matches(['\n', '\r']).chars().count().max(1),
            format!("broken JSON: {what}"),
            hint,
        )
    }
}
