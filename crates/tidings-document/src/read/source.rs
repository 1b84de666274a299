//! Files, folders and the standard input; what kind of content they hold.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use super::decode::{self, Encoding};
use super::json_lines::JsonLines;
use super::{LARGEST_DOCUMENT, ReadError, ReadOptions, hash_id};
use crate::assembly::{Fields, document};
use crate::{Document, Warning};

/// The endings of files that are read from a folder.
const ENDINGS: [&str; 3] = ["txt", "jsonl", "ndjson"];

/// Where bytes come from.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// The standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// The reports of one source, one after the other.
pub(super) enum Reports {
    /// One file, one report.
    Text(Option<Box<Fields>>),
    /// One line, one report.
    Lines(JsonLines),
}

impl std::fmt::Debug for Reports {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(if matches!(self, Self::Text(_)) { "Text" } else { "Lines" })
    }
}

impl Reports {
    /// The next report.
    pub(super) fn next(&mut self, options: &ReadOptions) -> Option<Result<Document, ReadError>> {
        match self {
            Self::Text(fields) => fields.take().map(|fields| Ok(document(*fields, options))),
            Self::Lines(lines) => lines.next(options),
        }
    }
}

impl Source {
    /// The sources at a path: itself, the standard input for `-`, or the files of a folder in the order of their names.
    pub(super) fn at(path: PathBuf) -> Result<Vec<Self>, ReadError> {
        if path.as_os_str() == "-" {
            return Ok(vec![Self::Stdin]);
        }
        if !path.is_dir() {
            return Ok(vec![Self::File(path)]);
        }
        let entries = fs::read_dir(&path)
            .and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
        let mut files: Vec<PathBuf> =
            entries.map_err(|e| unreadable(&path, &e))?.into_iter().filter(|p| is_report(p)).collect();
        files.sort();
        if files.is_empty() {
            let hint = "name files, or a folder with files that end in .txt, .jsonl or .ndjson";
            return Err(ReadError::of_file(&path.display().to_string(), "the folder holds no report", hint));
        }
        Ok(files.into_iter().map(Self::File).collect())
    }

    /// The name in messages.
    fn name(&self) -> String {
        match self {
            Self::Stdin => "<stdin>".to_owned(),
            Self::File(path) => path.display().to_string(),
        }
    }

    /// The name without folder and ending; none for the standard input.
    fn stem(&self) -> Option<String> {
        match self {
            Self::Stdin => None,
            Self::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
        }
    }

    fn has_ending(&self, endings: &[&str]) -> bool {
        let Self::File(path) = self else { return false };
        ends_in(path, endings)
    }

    /// Opens it and looks at its first line to know what it is.
    pub(super) fn open(self) -> Result<Reports, ReadError> {
        let mut reader: Box<dyn BufRead + Send> = match &self {
            Self::Stdin => Box::new(BufReader::new(io::stdin())),
            Self::File(path) => Box::new(BufReader::new(File::open(path).map_err(|e| unreadable(path, &e))?)),
        };
        let head = first_line(&mut reader).map_err(|e| self.broken(&e))?;
        let (encoding, mark) = Encoding::of(&head);
        if encoding != Encoding::Utf8 {
            return self.open_utf16(head, reader, encoding);
        }
        if let Some((what, hint)) = decode::no_text(&head) {
            return Err(ReadError::of_file(&self.name(), what, hint));
        }
        let head = head.get(mark..).unwrap_or_default().to_vec();
        if self.is_json_lines(&head)? {
            return Ok(Reports::Lines(self.lines(Box::new(Cursor::new(head).chain(reader)), Vec::new())));
        }
        let bytes = self.read_all(head, reader)?;
        if let Some((what, hint)) = decode::no_text(&bytes) {
            return Err(ReadError::of_file(&self.name(), what, hint));
        }
        let mut warnings = Vec::new();
        let text = decode::utf8(bytes, &mut warnings);
        Ok(self.text(text, warnings))
    }

    /// Reads and decodes all of it: rare, and so not streamed.
    fn open_utf16(
        self,
        head: Vec<u8>,
        reader: Box<dyn BufRead + Send>,
        encoding: Encoding,
    ) -> Result<Reports, ReadError> {
        let bytes = self.read_all(head, reader)?;
        let mut warnings = Vec::new();
        let text = decode::utf16(bytes.get(2..).unwrap_or_default(), encoding, &mut warnings);
        if self.is_json_lines(text.trim_start().as_bytes())? {
            return Ok(Reports::Lines(self.lines(Box::new(Cursor::new(text.into_bytes())), warnings)));
        }
        Ok(self.text(text, warnings))
    }

    fn text(self, text: String, warnings: Vec<Warning>) -> Reports {
        let id = self.stem().unwrap_or_else(|| hash_id(&text));
        Reports::Text(Some(Box::new(Fields { id, text, warnings, ..Fields::default() })))
    }

    fn lines(self, reader: Box<dyn BufRead + Send>, warnings: Vec<Warning>) -> JsonLines {
        JsonLines::new(reader, self.name(), self.stem(), warnings)
    }

    /// Whether a source that starts with `head` (its first line that is not blank, or more) is JSONL.
    fn is_json_lines(&self, head: &[u8]) -> Result<bool, ReadError> {
        let head = head.trim_ascii_start();
        let line = head.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
        let known_text = self.has_ending(&["txt"]);
        let spread = matches!(line, b"{" | b"[") || line.starts_with(b"[{");
        if spread && !known_text {
            let hint =
                "write one object per line: jq -c '.[]' FILE for a list, jq -c . FILE for single objects";
            return Err(ReadError::of_file(
                &self.name(),
                "is JSON, but not one object per line (JSONL)",
                hint,
            )
            .at(1, 1));
        }
        let opens_object =
            line.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
        let is_object = || serde_json::from_slice::<serde_json::Map<_, serde_json::Value>>(line).is_ok();
        Ok(self.has_ending(&["jsonl", "ndjson"]) || opens_object && (!known_text || is_object()))
    }

    fn read_all(&self, head: Vec<u8>, reader: Box<dyn BufRead + Send>) -> Result<Vec<u8>, ReadError> {
        let mut bytes = head;
        let room = LARGEST_DOCUMENT.saturating_sub(bytes.len()) as u64;
        reader.take(room + 1).read_to_end(&mut bytes).map_err(|e| self.broken(&e))?;
        if bytes.len() > LARGEST_DOCUMENT {
            let what =
                format!("is larger than {} MiB, the most that one report may have", LARGEST_DOCUMENT >> 20);
            return Err(ReadError::of_file(
                &self.name(),
                what,
                "split it: one report per file, or one per line of JSONL",
            ));
        }
        Ok(bytes)
    }

    fn broken(&self, error: &io::Error) -> ReadError {
        match self {
            Self::Stdin => {
                ReadError::of_file("<stdin>", format!("cannot be read: {error}"), "is something piped in?")
            }
            Self::File(path) => unreadable(path, error),
        }
    }
}

/// The first line that is not blank, with the blank ones before it.
fn first_line(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    loop {
        let room = (LARGEST_DOCUMENT + 1).saturating_sub(head.len()) as u64;
        let read = reader.by_ref().take(room).read_until(b'\n', &mut head)?;
        let (_, mark) = Encoding::of(&head);
        if read == 0 || !head.get(mark..).unwrap_or_default().trim_ascii().is_empty() {
            return Ok(head);
        }
    }
}

fn is_report(path: &Path) -> bool {
    path.is_file() && ends_in(path, &ENDINGS)
}

fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension()
        .and_then(|e| e.to_str())
        .is_some_and(|e| endings.iter().any(|ending| e.eq_ignore_ascii_case(ending)))
}

/// A file that cannot be opened or read.
fn unreadable(path: &Path, error: &io::Error) -> ReadError {
    let (what, hint) = match error.kind() {
        io::ErrorKind::NotFound => (
            "there is no such file".to_owned(),
            "check the spelling and the folder; - reads from the standard input",
        ),
        io::ErrorKind::PermissionDenied => {
            ("may not be read".to_owned(), "check who may read it: ls -l FILE")
        }
        _ => (format!("cannot be read: {error}"), "check the disk or the connection, then try again"),
    };
    ReadError::of_file(&path.display().to_string(), what, hint)
}
