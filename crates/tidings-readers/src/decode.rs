//! Bytes to text: UTF-8, UTF-16, the encodings of old, and what is no text at all.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_16BE, UTF_16LE};
use tidings_document::Warning;

/// So many bytes at the start of a file tell whether it is text.
const SAMPLE: usize = 8_192;

/// Beginnings of files that are no text, and what such files are.
const BEGINNINGS: [(&[u8], &str); 9] = [
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"PAR1", "a Parquet table"),
];

/// The UTF-16 that the mark at the start of a file tells, or the lack of one beside zeros in every other place; and the
/// length of the mark. None for UTF-8 and everything else that ASCII is a part of.
pub(crate) fn marked(bytes: &[u8]) -> (Option<&'static Encoding>, usize) {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => (None, 3),
        [0xFF, 0xFE, ..] => (Some(UTF_16LE), 2),
        [0xFE, 0xFF, ..] => (Some(UTF_16BE), 2),
        [0, 1..=255, 0, 1..=255] => (Some(UTF_16BE), 0),
        [1..=255, 0, 1..=255, 0] => (Some(UTF_16LE), 0),
        _ => (None, 0),
    }
}

/// The text of `bytes`: UTF-8, with a warning that counts what had to be replaced, or, where nothing beyond ASCII is
/// UTF-8, the encoding that it is likest to be in.
pub(crate) fn text(bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let Some(encoding) = of_old(&bytes) else {
        let invalid = invalid(&bytes);
        let message = format!(
            "{invalid} bytes are not valid UTF-8 and were read as \u{FFFD}; hint: is the file damaged?"
        );
        warnings.push(Warning::new("invalid-utf8", message));
        return String::from_utf8_lossy(&bytes).into_owned();
    };
    let message = format!(
        "{} bytes are not valid UTF-8; the text was read as {}; hint: iconv converts it from what it is",
        invalid(&bytes),
        encoding.name()
    );
    warnings.push(Warning::new("detected-encoding", message));
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

fn invalid(bytes: &[u8]) -> usize {
    bytes.utf8_chunks().map(|chunk| chunk.invalid().len()).sum()
}

/// The encoding of old that `bytes` are likest to be in, if more of them beyond ASCII are not UTF-8 than are.
fn of_old(bytes: &[u8]) -> Option<&'static Encoding> {
    let valid = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars()).filter(|c| !c.is_ascii()).count();
    if invalid(bytes) <= valid {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    Some(detector.guess(None, Utf8Detection::Deny))
}

/// The text of an XML or JSON document that was read as a whole, without the declaration that tells its encoding.
pub(crate) fn document(bytes: &[u8]) -> String {
    let (marked, mark) = marked(bytes);
    let bytes = bytes.get(mark..).unwrap_or_default();
    let text = match marked.or_else(|| declared(bytes)) {
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => text(bytes.to_vec(), &mut Vec::new()),
    };
    match text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest.to_owned(),
        None => text,
    }
}

/// The encoding of an XML document that begins with `head`: the one that it declares, else UTF-8 or what it is likest to
/// be in.
pub(crate) fn of_xml(head: &[u8]) -> &'static Encoding {
    // The last letter may be cut in two.
    let whole = head.iter().rposition(u8::is_ascii).map_or(head, |end| head.get(..end).unwrap_or_default());
    declared(head).or_else(|| of_old(whole)).unwrap_or(encoding_rs::UTF_8)
}

/// The encoding that an XML declaration names, if it is not UTF-8.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let head = String::from_utf8_lossy(head.get(..head.len().min(200))?).into_owned();
    let value =
        head.split("?>").next()?.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.get(1..)?.split(value.chars().next()?).next()?;
    Encoding::for_label(label.as_bytes()).filter(|e| *e != encoding_rs::UTF_8 && e.is_ascii_compatible())
}

/// A stream of another encoding as UTF-8.
pub(crate) struct Decoded<R> {
    source: R,
    decoder: Decoder,
    /// Read and not decoded, from `start` to `end`.
    raw: Vec<u8>,
    start: usize,
    end: usize,
    /// Decoded and not read yet.
    ready: Vec<u8>,
    at: usize,
    /// The source has no more; then: the decoder has no more.
    last: bool,
    finished: bool,
    damaged: Arc<AtomicU64>,
}

impl<R: Read> Decoded<R> {
    /// `damaged` counts what cannot be decoded.
    pub(crate) fn new(source: R, encoding: &'static Encoding, damaged: Arc<AtomicU64>) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        let (raw, ready) = (vec![0; 1 << 14], Vec::new());
        Self { source, decoder, raw, start: 0, end: 0, ready, at: 0, last: false, finished: false, damaged }
    }

    fn decode(&mut self) -> io::Result<()> {
        if self.start == self.end && !self.last {
            (self.start, self.end) = (0, self.source.read(&mut self.raw)?);
            self.last = self.end == 0;
        }
        let input = self.raw.get(self.start..self.end).unwrap_or_default();
        self.ready.resize(self.raw.len() * 3 + 16, 0);
        self.at = 0;
        let (result, read, written) =
            self.decoder.decode_to_utf8_without_replacement(input, &mut self.ready, self.last);
        self.start += read;
        self.ready.truncate(written);
        if let DecoderResult::Malformed(bytes, _) = result {
            self.damaged.fetch_add(u64::from(bytes), Ordering::Relaxed);
            self.ready.extend("\u{FFFD}".as_bytes());
        }
        self.finished = self.last && result == DecoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.ready.len() && !self.finished {
            self.decode()?;
        }
        let read = self.ready.get(self.at..).unwrap_or_default().read(buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// Why `bytes`, the start of a file, cannot be the start of a text: what it is, and what to do.
pub(crate) fn no_text(bytes: &[u8]) -> Option<(String, &'static str)> {
    if let Some((_, what)) = BEGINNINGS.iter().find(|(beginning, _)| bytes.starts_with(beginning)) {
        return Some((
            format!("is not text but {what}"),
            "extract the text first, for a PDF with pdftotext, for an archive by unpacking it",
        ));
    }
    let sample = bytes.get(..SAMPLE.min(bytes.len())).unwrap_or(bytes);
    let nul = sample.iter().filter(|b| **b == 0).count();
    let control = sample.iter().filter(|b| matches!(**b, 1..=8 | 14..=26 | 28..=31 | 127)).count();
    let invalid: usize = sample.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    let share = |count: usize, percent: usize| count > 2 && count * 100 > sample.len() * percent;
    if share(nul, 20) && invalid * 50 < sample.len() && nul * 3 < sample.len() * 2 {
        return Some((
            "seems to be UTF-16 without a byte order mark".to_owned(),
            "convert it: iconv -f UTF-16LE -t UTF-8 FILE",
        ));
    }
    share(nul + control, 5)
        .then(|| ("is binary and not text".to_owned(), "name a file of a format that docs/cli.md lists"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_of_utf8_is_counted_and_replaced() {
        let mut warnings = Vec::new();
        let text = text(
            "Reykjavík 🛶 thanked \u{e9}\u{e8} ".bytes().chain(*b"\xff\xfe in \xe2\x82.").collect(),
            &mut warnings,
        );
        assert_eq!(text, "Reykjavík 🛶 thanked éè \u{FFFD}\u{FFFD} in \u{FFFD}.");
        assert_eq!(warnings[0].code, "invalid-utf8");
        assert!(warnings[0].message.starts_with("4 bytes"), "{}", warnings[0].message);
    }

    #[test]
    fn encodings_of_old_are_detected() {
        for (encoding, sentence) in [
            (encoding_rs::WINDOWS_1252, "Le ministre a déclaré à Genève que la réunion était reportée."),
            (encoding_rs::WINDOWS_1251, "Осло благодарит Рейкьявик за возвращение рыболовных судов."),
            (encoding_rs::KOI8_R, "Осло благодарит Рейкьявик за возвращение рыболовных судов."),
            (encoding_rs::SHIFT_JIS, "オスロはレイキャビクに漁船の返還を感謝した。"),
        ] {
            let mut warnings = Vec::new();
            let bytes = encoding.encode(sentence).0.into_owned();
            assert_eq!(text(bytes, &mut warnings), sentence);
            assert_eq!(warnings[0].code, "detected-encoding");
        }
    }

    fn utf16(bytes: &[u8], encoding: &'static Encoding) -> (String, u64) {
        let damaged = Arc::new(AtomicU64::new(0));
        let mut text = String::new();
        Decoded::new(bytes, encoding, damaged.clone()).read_to_string(&mut text).unwrap();
        (text, damaged.load(Ordering::Relaxed))
    }

    #[test]
    fn utf16_of_both_orders_is_read() {
        let sentence = "Reykjavík 🛶 ".repeat(20_000);
        let units: Vec<u16> = sentence.encode_utf16().collect();
        let low: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let high: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        assert_eq!(utf16(&low, UTF_16LE), (sentence.clone(), 0));
        assert_eq!(utf16(&high, UTF_16BE), (sentence, 0));
    }

    #[test]
    fn broken_utf16_is_counted() {
        let (text, damaged) = utf16(&[0x00, 0xD8, b'a', 0, 7], UTF_16LE);
        assert_eq!(text, "\u{FFFD}a\u{FFFD}");
        assert_eq!(damaged, 3);
    }

    #[test]
    fn utf16_is_known_by_its_mark_or_its_zeros() {
        assert_eq!(marked(b"\xff\xfeO\0"), (Some(UTF_16LE), 2));
        assert_eq!(marked(b"\xfe\xff\0O"), (Some(UTF_16BE), 2));
        assert_eq!(marked(b"O\0s\0"), (Some(UTF_16LE), 0));
        assert_eq!(marked(b"\0O\0s"), (Some(UTF_16BE), 0));
        assert_eq!(marked(b"\xef\xbb\xbfO"), (None, 3));
        assert_eq!(marked(b"Oslo"), (None, 0));
    }

    #[test]
    fn xml_says_its_encoding() {
        let sentence = "Genève remercie Zürich";
        let xml = |name: &str| format!("<?xml version='1.0' encoding='{name}'?>\n<rss>{sentence}</rss>");
        let latin = encoding_rs::WINDOWS_1252.encode(&xml("ISO-8859-1")).0.into_owned();
        let utf16: Vec<u8> =
            format!("\u{FEFF}{}", xml("UTF-16")).encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [latin, utf16, xml("UTF-8").into_bytes(), xml("no such").into_bytes()] {
            assert_eq!(document(&bytes).trim(), format!("<rss>{sentence}</rss>"));
        }
        assert_eq!(declared(b"<?xml version='1.0' encoding='koi8-r'?>"), Some(encoding_rs::KOI8_R));
        assert_eq!(declared(b"<?xml encoding="), None);
    }

    #[test]
    fn what_is_no_text_is_said_to_be_what_it_is() {
        let what = |bytes: &[u8]| no_text(bytes).map_or_else(String::new, |(what, _)| what);
        assert!(what(b"%PDF-1.7 ...").contains("a PDF"));
        assert!(what(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 200, 201, 0, 0, 0]).contains("binary"));
        assert!(what(b"O\0s\0l\0o\0 \0t\0h\0a\0n\0k\0s\0").contains("UTF-16"));
        assert_eq!(what("Norway thanked Iceland\0 in Reykjavík.".as_bytes()), "");
        assert_eq!(what(b""), "");
    }
}
