//! WARC and WET files: records of a crawl, one after the other.
//!
//! A record is a line with the version, fields, a blank line, and as many bytes as its Content-Length says. Pages stand in
//! records of the types `response` (with the head of the HTTP answer before them) and `resource`, texts in records of the
//! type `conversion`; all others are passed over. In a packed file each record is a member of its own, so that after a
//! damaged one the next can be read.

mod http;

use std::io::{self, BufRead, Read};

use serde_json::Value;
use tidings_document::Fields;

use crate::input::{Input, reason};
use crate::items::{Content, Reports};
use crate::page::RawPage;
use crate::passed::PassedOver;
use crate::peek::Peek;
use crate::text::size;
use crate::{ReadError, ReadOptions, decode};
pub(crate) use http::Answer;
pub use http::unpacked_body;

/// The longest line of a head; the most lines.
const LONGEST_LINE: u64 = 1 << 16;
const MOST_LINES: usize = 1_000;

/// The records of a file.
pub(crate) struct Warc {
    stream: Peek,
    name: String,
    stem: String,
    largest: usize,
    passed: PassedOver,
    /// Records so far.
    number: u64,
    /// The next record is to be looked for.
    lost: bool,
    /// Faults of the file one after the other; it has none that are better.
    faults: usize,
    ended: bool,
}

/// `name: value` lines; names in small letters.
#[derive(Debug, Default)]
pub(crate) struct Head(Vec<(String, String)>);

impl Head {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Adds a line; one that begins with white space goes on with the one before.
    pub(crate) fn push(&mut self, line: &str) {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.0.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.0.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
}

/// What ends the reading of one record.
enum Fault {
    /// The stream cannot be read on here.
    Stream(io::Error),
    /// It is no record.
    Record(String),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Stream(error)
    }
}

impl Warc {
    pub(crate) fn new(input: &Input, stream: Peek, options: &ReadOptions) -> Self {
        Self {
            stream,
            name: input.name(),
            stem: input.stem().unwrap_or_else(|| "record".to_owned()),
            largest: options.largest,
            passed: options.passed_over.clone(),
            number: 0,
            lost: false,
            faults: 0,
            ended: false,
        }
    }

    /// A line without its end; nothing at the end of the file.
    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.stream.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok((read > 0).then(|| line.trim_ascii_end().to_vec()))
    }

    /// The head of the next record; nothing at the end of the file.
    fn head(&mut self) -> Result<Option<Head>, Fault> {
        loop {
            let Some(line) = self.line()? else { return Ok(None) };
            if line.starts_with(b"WARC/") {
                break;
            }
            if !line.is_empty() && !self.lost {
                self.lost = true;
                return Err(Fault::Record("there is no record where one should begin".to_owned()));
            }
        }
        self.lost = false;
        self.number += 1;
        let mut head = Head::default();
        for _ in 0..MOST_LINES {
            match self.line()? {
                Some(line) if line.is_empty() => return Ok(Some(head)),
                Some(line) => head.push(&String::from_utf8_lossy(&line)),
                None => return Err(Fault::Record("the file ends in its head".to_owned())),
            }
        }
        self.lost = true;
        Err(Fault::Record(format!("its head has more than {MOST_LINES} lines")))
    }

    /// What a record holds, if it is something to read.
    fn content(&mut self, head: &Head) -> Result<Option<Content>, Fault> {
        let length = head.get("content-length").and_then(|l| l.parse::<u64>().ok());
        let Some(length) = length else {
            self.lost = true;
            return Err(Fault::Record("it does not say how long it is (Content-Length)".to_owned()));
        };
        let kind = head.get("warc-type").unwrap_or_default().to_ascii_lowercase();
        if !matches!(kind.as_str(), "response" | "resource" | "conversion") {
            self.passed.count("records of a crawl that hold no page (requests, metadata and the like)");
            self.skip(length)?;
            return Ok(None);
        }
        if length > self.largest as u64 {
            self.skip(length)?;
            let most = size(self.largest);
            return Err(Fault::Record(format!(
                "it is larger than {most}, the most that one report may have"
            )));
        }
        let mut block = Vec::new();
        self.stream.by_ref().take(length).read_to_end(&mut block)?;
        let missing = length - block.len() as u64;
        let is_cut = missing > 0 || head.get("warc-truncated").is_some();
        Ok(self.report(head, &kind, block, is_cut))
    }

    fn skip(&mut self, length: u64) -> io::Result<()> {
        io::copy(&mut self.stream.by_ref().take(length), &mut io::sink()).map(|_| ())
    }

    fn report(&self, head: &Head, kind: &str, block: Vec<u8>, is_cut: bool) -> Option<Content> {
        let answer = if kind == "response" { Answer::of(block) } else { Answer::bare(head, block) };
        if answer.status.is_some_and(|status| !(200..300).contains(&status)) {
            self.passed.count("answers of servers that are no page (not found, moved and the like)");
            return None;
        }
        let url = head.get("warc-target-uri").map(|u| u.trim_matches(['<', '>']).to_owned());
        let id =
            head.get("warc-record-id").map(|id| id.trim_matches(['<', '>']).trim_start_matches("urn:uuid:"));
        let id = id
            .filter(|id| !id.is_empty())
            .map_or_else(|| format!("{}-{}", self.stem, self.number), str::to_owned);
        let mut fields = Fields { id, url, ..Fields::default() };
        if let Some(day) = head.get("warc-date") {
            fields.extra.insert("crawled".to_owned(), Value::String(day.to_owned()));
        }
        fields.language =
            head.get("warc-identified-content-language").filter(|l| !l.contains(',')).map(str::to_owned);
        if is_cut {
            fields.warnings.push(cut_off());
        }
        if answer.is_page() {
            return Some(Content::Page(Box::new(RawPage { fields, answer })));
        }
        if !answer.is_text() {
            self.passed.count("pictures, scripts and other files of a crawl that are no page");
            return None;
        }
        fields.text = decode::text(answer.body, &mut fields.warnings);
        Some(Content::of(fields))
    }
}

/// For a record of which the end is not there.
fn cut_off() -> tidings_document::Warning {
    tidings_document::Warning::new("cut-off", "the record is cut off: the end of the page is missing")
}

impl Reports for Warc {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        while !self.ended {
            let read = match self.head() {
                Ok(None) => break,
                Ok(Some(head)) => {
                    self.faults = 0;
                    self.content(&head)
                }
                Err(fault) => Err(fault),
            };
            match read {
                Ok(Some(content)) => return Some(Ok(content)),
                Ok(None) => {}
                Err(fault) => return Some(Err(self.fault(fault))),
            }
        }
        self.ended = true;
        // A file without any record is told; one with records but no page has them among those passed over.
        (self.number == 0 && self.faults == 0).then(|| {
            self.faults += 1;
            Ok(Content::nothing(Some(self.stem.clone())))
        })
    }
}

impl Warc {
    fn fault(&mut self, fault: Fault) -> ReadError {
        let (what, hint) = match fault {
            Fault::Stream(error) => {
                self.lost = true;
                self.faults += 1;
                // Twice in the same place: there is no next record to be found.
                self.ended = self.faults > 1;
                reason(&error, true)
            }
            Fault::Record(what) => (what, "the other records are read; is the file complete?"),
        };
        let number = self.number;
        let what = if number == 0 { what } else { format!("record {number}: {what}") };
        ReadError::of_file(&self.name, what, hint)
    }
}
