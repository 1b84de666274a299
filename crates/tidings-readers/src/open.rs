//! Opens an input: unpacks it, decodes UTF-16, and finds out what it holds.

use std::fs::File;
use std::io;

use crate::decode::{self, Decoded};
use crate::input::Input;
use crate::items::{Counts, Reports};
use crate::json_lines::JsonLines;
use crate::peek::{Bytes, Peek};
use crate::text::Text;
use crate::unpack::{Counted, unpacked};
use crate::{ReadError, ReadOptions};

/// So much of a first line is looked at.
const LONGEST_HEAD: usize = 1 << 20;

/// The reports of an input.
pub(crate) fn open(
    input: &Input,
    options: &ReadOptions,
    counts: &Counts,
) -> Result<Box<dyn Reports>, ReadError> {
    let failed = |e: io::Error| input.unreadable(&e);
    let bytes: Bytes = match input.path() {
        None => Box::new(io::stdin()),
        Some(path) => Box::new(File::open(path).map_err(failed)?),
    };
    let counted = Box::new(Counted::new(bytes, counts.bytes.clone()));
    let mut stream = unpacked(Peek::new(counted), &counts.bytes).map_err(failed)?;
    let (encoding, mark) = decode::marked(stream.ahead(4).map_err(failed)?);
    stream.skip(mark);
    if let Some(encoding) = encoding {
        stream = Peek::new(Box::new(Decoded::new(stream, encoding, counts.damaged.clone())));
    }
    let head = stream.line(LONGEST_HEAD).map_err(failed)?;
    if let Some((what, hint)) = decode::no_text(head) {
        return Err(ReadError::of_file(&input.name(), what, hint));
    }
    if is_json_lines(input, head)? {
        return Ok(Box::new(JsonLines::new(input, stream, options)));
    }
    Ok(Box::new(Text::new(input.clone(), stream, options)))
}

/// Whether a source that starts with `head` (its first line that is not blank, or more) is JSONL.
fn is_json_lines(input: &Input, head: &[u8]) -> Result<bool, ReadError> {
    let head = head.trim_ascii_start();
    let line = head.split(|b| *b == b'\n').next().unwrap_or_default().trim_ascii();
    let known_text = input.has_ending(&["txt"]);
    let spread = matches!(line, b"{" | b"[") || line.starts_with(b"[{");
    if spread && !known_text {
        let hint = "write one object per line: jq -c '.[]' FILE for a list, jq -c . FILE for single objects";
        let what = "is JSON, but not one object per line (JSONL)";
        return Err(ReadError::of_file(&input.name(), what, hint).at(1, 1));
    }
    let opens_object = line.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    let is_object = || serde_json::from_slice::<serde_json::Map<_, serde_json::Value>>(line).is_ok();
    Ok(input.has_ending(&["jsonl", "ndjson"]) || opens_object && (!known_text || is_object()))
}
