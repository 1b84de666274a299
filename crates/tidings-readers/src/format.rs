//! What does an input hold? Its content decides, and its ending where the content says nothing.

use std::fmt;
use std::str::FromStr;

use serde_json::{Map, Value};

use crate::ReadError;
use crate::columns::{Column, Columns};
use crate::input::Input;

/// The formats that are read; each of them packed by gzip or Zstandard as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One file, one report, in plain words.
    Text,
    /// One object a line.
    Jsonl,
    /// One object a line, with the fields of the NGEC pipeline.
    Ngec,
    /// A table with commas or semicolons.
    Csv,
    /// A table with tabs.
    Tsv,
    /// A table of columns.
    Parquet,
    /// A web page.
    Html,
    /// A web archive.
    Warc,
    /// A web archive with texts only.
    Wet,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Sentences in the XML of PETRARCH.
    Petrarch,
}

const NAMES: [(Format, &str, &[&str]); 11] = [
    (Format::Text, "text", &["txt", "text"]),
    (Format::Jsonl, "jsonl", &["jsonl", "ndjson"]),
    (Format::Ngec, "ngec", &[]),
    (Format::Csv, "csv", &["csv"]),
    (Format::Tsv, "tsv", &["tsv", "tab"]),
    (Format::Parquet, "parquet", &["parquet", "pq"]),
    (Format::Html, "html", &["html", "htm", "xhtml"]),
    (Format::Warc, "warc", &["warc"]),
    (Format::Wet, "wet", &["wet"]),
    (Format::Feed, "feed", &["rss", "atom"]),
    (Format::Petrarch, "petrarch", &["xml"]),
];

/// The endings of all files that are read from a folder.
pub(crate) fn endings() -> impl Iterator<Item = &'static str> {
    NAMES.iter().flat_map(|(_, _, endings)| endings.iter().copied())
}

impl Format {
    /// The names of all of them.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(_, name, _)| *name)
    }

    /// The name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(format, _, _)| *format == self).map_or("", |(_, name, _)| name)
    }

    /// What an input that begins with `head` holds.
    pub(crate) fn of(input: &Input, head: &[u8], columns: &Columns) -> Result<Self, ReadError> {
        let ending =
            NAMES.iter().find(|(_, _, endings)| input.has_ending(endings)).map(|(format, _, _)| *format);
        let known_text = ending == Some(Self::Text);
        let head = head.trim_ascii_start();
        if head.starts_with(b"PAR1") {
            return Ok(Self::Parquet);
        }
        if head.starts_with(b"WARC/") {
            return Ok(Self::Warc);
        }
        if head.starts_with(b"<")
            && let Some(format) = markup(head, known_text)
        {
            return Ok(format);
        }
        if let Some(format) = json(input, head, ending, columns)? {
            return Ok(format);
        }
        let table = || (!known_text).then(|| table(head, columns)).flatten();
        let by_content = ending.filter(|format| *format != Self::Petrarch).or_else(table);
        if by_content.is_none() && ending == Some(Self::Petrarch) {
            let what = "is XML, but neither a feed nor sentences of PETRARCH";
            return Err(ReadError::of_file(&input.name(), what, "extract the text of its reports first"));
        }
        Ok(by_content.unwrap_or(Self::Text))
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = NAMES.iter().find(|(_, own, _)| *own == name).map(|(format, _, _)| *format);
        found.ok_or_else(|| format!("write one of {}", Self::names().collect::<Vec<_>>().join(", ")))
    }
}

/// Elements that only a web page has.
const PAGE: [&str; 10] = ["html", "head", "body", "article", "main", "div", "p", "meta", "title", "section"];

/// What the elements say of something that begins with one.
fn markup(head: &[u8], known_text: bool) -> Option<Format> {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    if text.starts_with("<!doctype html") {
        return Some(Format::Html);
    }
    let elements = text.split('<').skip(1).filter(|e| !e.starts_with(['!', '?', '/']));
    let mut names =
        elements.map(|e| e.split(|c: char| !c.is_ascii_alphanumeric() && c != ':').next().unwrap_or(""));
    match names.next()? {
        "rss" | "feed" | "rdf:rdf" => Some(Format::Feed),
        "sentences" | "sentence" => Some(Format::Petrarch),
        "html" => Some(Format::Html),
        _ if names.clone().any(|name| name == "sentence") => Some(Format::Petrarch),
        first if !known_text => {
            (PAGE.contains(&first) || names.any(|n| PAGE.contains(&n))).then_some(Format::Html)
        }
        _ => None,
    }
}

/// Whether something that starts with `head` is made of JSON objects.
fn json(
    input: &Input,
    head: &[u8],
    ending: Option<Format>,
    columns: &Columns,
) -> Result<Option<Format>, ReadError> {
    let known_text = ending == Some(Format::Text);
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
    let opens_object = line.starts_with(b"{");
    let contains = |words: &str| String::from_utf8_lossy(head).contains(words);
    if opens_object && contains("jsonfeed.org/version/") {
        return Ok(Some(Format::Feed));
    }
    if (matches!(line, b"{" | b"[") || line.starts_with(b"[{")) && !known_text {
        let hint = "write one object per line: jq -c '.[]' FILE for a list, jq -c . FILE for single objects";
        let what = "is JSON, but not one object per line (JSONL)";
        return Err(ReadError::of_file(&input.name(), what, hint).at(1, 1));
    }
    let opens_field = line.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    let object = || serde_json::from_slice::<Map<String, Value>>(line).ok();
    let is_ngec = |object: Map<String, Value>| {
        let names: Vec<&str> = object.keys().map(String::as_str).collect();
        columns.candidates(Column::Text, &names).first() == Some(&"event_text")
    };
    Ok(match (ending, opens_field) {
        (Some(Format::Jsonl), false) => Some(Format::Jsonl),
        (Some(Format::Text), true) => object().map(|_| Format::Jsonl),
        (_, true) if object().is_some_and(is_ngec) => Some(Format::Ngec),
        (_, true) => Some(Format::Jsonl),
        _ => None,
    })
}

/// Whether the first line is the header of a table with a column of texts.
fn table(head: &[u8], columns: &Columns) -> Option<Format> {
    let line = String::from_utf8_lossy(head.split(|b| *b == b'\n').next()?).into_owned();
    let has_text = |delimiter: char| {
        let names: Vec<&str> = line.split(delimiter).map(|name| name.trim().trim_matches('"')).collect();
        names.len() > 1
            && names.iter().all(|name| name.len() <= 60)
            && !columns.candidates(Column::Text, &names).is_empty()
    };
    if has_text('\t') {
        return Some(Format::Tsv);
    }
    (has_text(',') || has_text(';')).then_some(Format::Csv)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, head: &str) -> String {
        let found = Format::of(&Input::file(name), head.as_bytes(), &Columns::default());
        found.map_or_else(|error| error.what, |format| format.to_string())
    }

    #[test]
    fn the_content_says_what_an_input_holds() {
        for (head, format) in [
            ("Norway thanked Iceland, its neighbour; text follows.", "text"),
            ("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}", "jsonl"),
            ("{\"id\":1,\"event_text\":\"One.\",\"pub_date\":\"2019-08-01\"}\n", "ngec"),
            ("id,date,text\n1,2026-03-03,One.\n", "csv"),
            ("\"id\";\"Body\"\n1;One.\n", "csv"),
            ("id\theadline\tbody\n", "tsv"),
            ("PAR1\x15\x04", "parquet"),
            ("<!DOCTYPE html><html>", "html"),
            ("\n<!-- made by hand --><HTML lang=en>", "html"),
            ("<div class=story><p>Norway", "html"),
            ("WARC/1.0\r\nWARC-Type: warcinfo\r\n", "warc"),
            ("<?xml version='1.0'?>\n<rss version='2.0'>", "feed"),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
            ("<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "feed"),
            ("{\n \"version\": \"https://jsonfeed.org/version/1.1\",", "feed"),
            ("<?xml version='1.0'?><Sentences><Sentence date='20260303'>", "petrarch"),
            ("<Validation>\n###\n<Environment></Environment><Sentences>\n<Sentence id='1'>", "petrarch"),
        ] {
            assert_eq!(of("-no-ending", head), format, "{head}");
        }
    }

    #[test]
    fn the_ending_decides_where_the_content_says_nothing() {
        assert_eq!(of("a.csv", "one,two\n"), "csv");
        assert_eq!(of("a.tsv.gz", "one\ttwo\n"), "tsv");
        assert_eq!(of("a.html", "Norway thanked Iceland."), "html");
        assert_eq!(of("a.warc.gz", "broken"), "warc");
        assert_eq!(of("a.jsonl", "broken"), "jsonl");
        assert_eq!(of("a.txt", "<p> is how a paragraph begins."), "text");
        assert_eq!(of("a.txt", "id,date,text\n"), "text");
        assert!(of("a.xml", "<nitf><unknown/></nitf>").starts_with("is XML, but neither"));
    }

    #[test]
    fn each_format_has_a_name_of_its_own() {
        for name in Format::names() {
            assert_eq!(name.parse::<Format>().map(Format::name), Ok(name));
        }
        assert!("docx".parse::<Format>().unwrap_err().contains("petrarch"));
    }
}
