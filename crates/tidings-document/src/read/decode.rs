//! Bytes to text: UTF-8, UTF-16 with a mark, and what is no text at all.

use crate::Warning;

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

/// What the mark at the start of a file says of its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Low,
    /// UTF-16, the high byte first.
    Utf16High,
}

impl Encoding {
    /// The encoding of a file that starts with `bytes`, and the length of its mark.
    pub(super) fn of(bytes: &[u8]) -> (Self, usize) {
        match bytes {
            [0xEF, 0xBB, 0xBF, ..] => (Self::Utf8, 3),
            [0xFF, 0xFE, ..] => (Self::Utf16Low, 2),
            [0xFE, 0xFF, ..] => (Self::Utf16High, 2),
            _ => (Self::Utf8, 0),
        }
    }
}

/// The text of `bytes`, with a warning that counts what had to be replaced.
pub(super) fn utf8(bytes: Vec<u8>, warnings: &mut Vec<Warning>) -> String {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut invalid = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            invalid += chunk.invalid().len();
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    let message = format!(
        "{invalid} bytes are not valid UTF-8 and were read as \u{FFFD}; hint: is the file in another encoding?"
    );
    warnings.push(Warning::new("invalid-utf8", message));
    text
}

/// The text of UTF-16 `bytes` without their mark.
pub(super) fn utf16(bytes: &[u8], encoding: Encoding, warnings: &mut Vec<Warning>) -> String {
    let unit = |pair: &[u8]| match *pair {
        [a, b] if encoding == Encoding::Utf16High => u16::from_be_bytes([a, b]),
        [a, b] => u16::from_le_bytes([a, b]),
        _ => 0xFFFD,
    };
    let mut invalid = 0;
    let lossy = |unit: Result<char, _>| {
        unit.unwrap_or_else(|_| {
            invalid += 2;
            char::REPLACEMENT_CHARACTER
        })
    };
    let text = char::decode_utf16(bytes.chunks(2).map(unit)).map(lossy).collect();
    invalid += bytes.len() % 2;
    if invalid > 0 {
        let message = format!(
            "{invalid} bytes are not valid UTF-16 and were read as \u{FFFD}; hint: is the file complete?"
        );
        warnings.push(Warning::new("invalid-utf16", message));
    }
    text
}

/// Why `bytes`, the start of a file, cannot be the start of a text: what it is, and what to do.
pub(super) fn no_text(bytes: &[u8]) -> Option<(String, &'static str)> {
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
    if share(nul + control, 5) {
        return Some(("is binary and not text".to_owned(), "name a file of plain text or JSONL"));
    }
    let percent = invalid * 100 / sample.len().max(1);
    share(invalid, 25).then(|| {
        (
            format!("is not UTF-8: {percent} of 100 bytes are invalid"),
            "convert it, for Cyrillic for example with: iconv -f WINDOWS-1251 -t UTF-8 FILE",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invalid_bytes_are_counted_and_replaced() {
        let mut warnings = Vec::new();
        let text = utf8(b"Norway thanked \xff\xfe Iceland in \xe2\x82.".to_vec(), &mut warnings);
        assert_eq!(text, "Norway thanked \u{FFFD}\u{FFFD} Iceland in \u{FFFD}.");
        assert_eq!(warnings[0].code, "invalid-utf8");
        assert!(warnings[0].message.starts_with("4 bytes"), "{}", warnings[0].message);
    }

    #[test]
    fn utf16_of_both_orders_is_read() {
        let units: Vec<u16> = "Reykjavík 🛶".encode_utf16().collect();
        let (mut low, mut high) = (Vec::new(), Vec::new());
        for unit in units {
            low.extend(unit.to_le_bytes());
            high.extend(unit.to_be_bytes());
        }
        let mut warnings = Vec::new();
        assert_eq!(utf16(&low, Encoding::Utf16Low, &mut warnings), "Reykjavík 🛶");
        assert_eq!(utf16(&high, Encoding::Utf16High, &mut warnings), "Reykjavík 🛶");
        assert!(warnings.is_empty());
    }

    #[test]
    fn broken_utf16_is_counted() {
        let mut warnings = Vec::new();
        assert_eq!(utf16(&[0x00, 0xD8, b'a', 0, 7], Encoding::Utf16Low, &mut warnings), "\u{FFFD}a\u{FFFD}");
        assert!(warnings[0].message.starts_with("3 bytes"), "{}", warnings[0].message);
    }

    #[test]
    fn what_is_no_text_is_said_to_be_what_it_is() {
        let what = |bytes: &[u8]| no_text(bytes).map_or_else(String::new, |(what, _)| what);
        assert!(what(b"%PDF-1.7 ...").contains("a PDF"));
        assert!(what(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 200, 201, 0, 0, 0]).contains("binary"));
        assert!(what(b"O\0s\0l\0o\0 \0t\0h\0a\0n\0k\0s\0").contains("UTF-16"));
        assert!(
            what(
                "Осло благодарит Рейкьявик"
                    .chars()
                    .map(|c| (c as u32 % 128 + 128) as u8)
                    .collect::<Vec<_>>()
                    .as_slice()
            )
            .contains("not UTF-8")
        );
        assert_eq!(what("Norway thanked Iceland\0 in Reykjavík.".as_bytes()), "");
        assert_eq!(what(b""), "");
    }
}
