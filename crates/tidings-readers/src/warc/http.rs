//! The answer of a server: status, fields, and the body as it was sent (in chunks, packed).

use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use tidings_document::Warning;

use super::Head;
use crate::unpack::bounded;

/// What came from the server.
#[derive(Debug)]
pub(crate) struct Answer {
    /// None where the record holds the page alone.
    pub(crate) status: Option<u16>,
    head: Head,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The answer of which `block` is all.
    pub(crate) fn of(block: Vec<u8>) -> Self {
        let bare = |block| Self { status: None, head: Head::default(), body: block };
        if !block.starts_with(b"HTTP/") {
            return bare(block);
        }
        let Some((end, gap)) = end_of_head(&block) else { return bare(block) };
        let text = String::from_utf8_lossy(block.get(..end).unwrap_or_default()).into_owned();
        let mut lines = text.lines();
        let status = lines.next().and_then(|line| line.split_ascii_whitespace().nth(1)?.parse().ok());
        let mut head = Head::default();
        lines.for_each(|line| head.push(line));
        Self { status, head, body: block.get(end + gap..).unwrap_or_default().to_vec() }
    }

    /// The body alone, of the kind that the record says.
    pub(crate) fn bare(record: &Head, body: Vec<u8>) -> Self {
        let mut head = Head::default();
        if let Some(kind) = record.get("content-type") {
            head.push(&format!("content-type: {kind}"));
        }
        Self { status: None, head, body }
    }

    /// What the server says that it is.
    pub(crate) fn content_type(&self) -> Option<&str> {
        self.head.get("content-type")
    }

    fn kind(&self) -> String {
        let kind = self.content_type().unwrap_or_default();
        kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    pub(crate) fn is_page(&self) -> bool {
        let looks_so = || self.body.trim_ascii_start().starts_with(b"<");
        matches!(self.kind().as_str(), "text/html" | "application/xhtml+xml")
            || self.kind().is_empty() && looks_so()
    }

    pub(crate) fn is_text(&self) -> bool {
        self.kind() == "text/plain"
    }

    /// The body as its author wrote it; none if that is more than `most` bytes.
    ///
    /// Crawlers unpack some bodies and leave the fields as they were; so a body is unpacked only if it is what they say.
    pub(crate) fn unpacked(self, most: usize, warnings: &mut Vec<Warning>) -> Option<Vec<u8>> {
        let Self { head, mut body, .. } = self;
        let mut is_whole = true;
        let is_chunked =
            head.get("transfer-encoding").is_some_and(|t| t.to_ascii_lowercase().contains("chunked"));
        if let Some((joined, complete)) = is_chunked.then(|| dechunked(&body)).flatten() {
            body = joined;
            is_whole &= complete;
        }
        let packing = head.get("content-encoding").unwrap_or_default();
        let (body, complete) = unpacked_body(packing, body, most)?;
        is_whole &= complete;
        if !is_whole {
            let read = body.len();
            let message =
                format!("the page was sent in parts or packed, and is damaged: {read} bytes were read");
            warnings.push(Warning::new("damaged-page", message));
        }
        Some(body)
    }
}

/// The body of an answer whose `Content-Encoding` is `packing`, and whether it could be unpacked to its end; none if it is
/// more than `most` bytes.
pub fn unpacked_body(packing: &str, mut body: Vec<u8>, most: usize) -> Option<(Vec<u8>, bool)> {
    let mut is_whole = true;
    let packings = packing.to_ascii_lowercase();
    for packing in packings.rsplit(',').map(str::trim) {
        if let Some((bytes, complete)) = unpack(packing, &body, most) {
            body = bytes;
            is_whole &= complete;
        }
    }
    (body.len() <= most).then_some((body, is_whole))
}

/// Where the head ends, and how long the blank line behind it is.
fn end_of_head(block: &[u8]) -> Option<(usize, usize)> {
    let blank = |gap: &[u8]| block.windows(gap.len()).position(|w| w == gap).map(|at| (at, gap.len()));
    match (blank(b"\r\n\r\n"), blank(b"\n\n")) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Chunks joined, and whether the last one is there; nothing if there are none.
fn dechunked(mut body: &[u8]) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    loop {
        let Some(end) = body.iter().take(64).position(|b| *b == b'\n') else {
            return (!out.is_empty()).then_some((out, false));
        };
        let line = String::from_utf8_lossy(body.get(..end)?).into_owned();
        let size = line.split(';').next().unwrap_or_default().trim();
        let Ok(size) = usize::from_str_radix(size, 16) else {
            return (!out.is_empty()).then_some((out, false));
        };
        body = body.get(end + 1..)?;
        if size == 0 {
            return Some((out, true));
        }
        let chunk = body.get(..size.min(body.len()))?;
        out.extend_from_slice(chunk);
        if chunk.len() < size {
            return Some((out, false));
        }
        body = body.get(size..)?;
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

/// Unpacked if it is packed so, and whether to its end.
fn unpack(packing: &str, body: &[u8], most: usize) -> Option<(Vec<u8>, bool)> {
    let is_page = body.trim_ascii_start().starts_with(b"<");
    match packing {
        "gzip" | "x-gzip" if body.starts_with(b"\x1f\x8b") => Some(bounded(GzDecoder::new(body), most)),
        "deflate" if body.first().is_some_and(|b| b & 0x0F == 8) => {
            Some(bounded(ZlibDecoder::new(body), most))
        }
        "deflate" if !is_page => Some(bounded(DeflateDecoder::new(body), most)),
        "zstd" if body.starts_with(b"\x28\xb5\x2f\xfd") => {
            Some(bounded(zstd::Decoder::new(body).ok()?, most))
        }
        "br" if !is_page => Some(bounded(brotli_decompressor::Decompressor::new(body, 4_096), most)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(dechunked(b"4\r\nNorw\r\n3;x=1\r\nay \r\n0\r\n\r\n"), Some((b"Norway ".to_vec(), true)));
        assert_eq!(dechunked(b"4\r\nNorw\r\nFF\r\nay"), Some((b"Norway".to_vec(), false)));
        assert_eq!(dechunked(b"4\r\nNorw\r\nno number\r\n"), Some((b"Norw".to_vec(), false)));
        assert_eq!(dechunked(b"<html>\n<p>Norway"), None);
        assert_eq!(dechunked(b""), None);
        assert_eq!(dechunked(b"ffffffffffffffff\r\nNorw"), Some((b"Norw".to_vec(), false)));
    }

    #[test]
    fn heads_are_read_whatever_ends_their_lines() {
        for block in [
            "HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=x\r\n\r\n<p>\n\n",
            "HTTP/2 200\ncontent-type: text/html; charset=x\n\n<p>\n\n",
        ] {
            let answer = Answer::of(block.as_bytes().to_vec());
            assert_eq!((answer.status, answer.content_type()), (Some(200), Some("text/html; charset=x")));
            assert_eq!(answer.body, b"<p>\n\n");
            assert!(answer.is_page());
        }
        assert!(Answer::of(b"<p>no head".to_vec()).is_page());
        assert!(!Answer::of(b"HTTP/1.1 200 OK\r\n\r\n\x89PNG".to_vec()).is_page());
    }
}
