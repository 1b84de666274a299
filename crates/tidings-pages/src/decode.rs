//! Bytes of a page to letters.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

use tidings_document::Warning;

/// The letters of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// All of them.
    pub text: String,
    /// The name of the encoding in the web's standard, e.g. `windows-1252`.
    pub encoding: &'static str,
    /// What had to be replaced or guessed.
    pub warnings: Vec<Warning>,
}

/// Bytes at the start of a page in which it may name its encoding.
const HEAD: usize = 4_096;
/// Bytes that the detection looks at.
const SAMPLE: usize = 65_536;

/// Reads the bytes of a page: by its byte order mark, by the `Content-Type` of the server, by what the page says in its
/// head, else by what the bytes look like. What is valid UTF-8 is read as such, whatever the page says.
pub fn decode(bytes: &[u8], content_type: Option<&str>) -> Decoded {
    let mark = Encoding::for_bom(bytes);
    let told = mark
        .map(|(encoding, _)| encoding)
        .or_else(|| content_type.and_then(of_content_type))
        .or_else(|| of_head(bytes));
    let mut warnings = Vec::new();
    let encoding = match told {
        Some(encoding) if mark.is_some() || encoding == UTF_8 => checked(bytes, encoding),
        // Pages that were kept by others are often UTF-8 under their old name; other encodings are hardly ever valid UTF-8.
        Some(_) if has_utf8(bytes) => UTF_8,
        Some(encoding) => encoding,
        None => guessed(bytes),
    };
    let (text, _, malformed) = encoding.decode(bytes);
    if malformed {
        let count = text.matches('\u{FFFD}').count();
        let message = format!("{count} places are not valid {} and were read as \u{FFFD}", encoding.name());
        warnings.push(Warning::new("invalid-encoding", message));
    }
    if let Some(other) = told.filter(|told| *told != encoding) {
        let message = format!("the page says that it is {}, but it is {}", other.name(), encoding.name());
        warnings.push(Warning::new("wrong-encoding", message));
    }
    Decoded { text: text.into_owned(), encoding: encoding.name(), warnings }
}

/// A page that says it is UTF-8 and mostly is not, is in what its bytes look like.
fn checked(bytes: &[u8], encoding: &'static Encoding) -> &'static Encoding {
    if encoding != UTF_8 {
        return encoding;
    }
    let (valid, invalid) = bytes.utf8_chunks().fold((0, 0), |(valid, invalid), chunk| {
        (
            valid + chunk.valid().chars().filter(|c| !c.is_ascii()).count(),
            invalid + usize::from(!chunk.invalid().is_empty()),
        )
    });
    if invalid > valid { guessed(bytes) } else { encoding }
}

fn has_utf8(bytes: &[u8]) -> bool {
    !bytes.is_ascii() && std::str::from_utf8(bytes).is_ok()
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // What is no ASCII tells; a page can have megabytes of programs before it.
    let from = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let sample = bytes.get(from.saturating_sub(SAMPLE / 8)..).unwrap_or(bytes);
    detector.feed(sample.get(..SAMPLE).unwrap_or(sample), true);
    detector.guess(None, Utf8Detection::Allow)
}

/// `charset=` of `text/html; charset=windows-1251`.
fn of_content_type(value: &str) -> Option<&'static Encoding> {
    let lower = value.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name =
        rest.split(|c: char| c.is_whitespace() || matches!(c, ';' | '"' | '\'' | '>' | '/' | ',')).next()?;
    Encoding::for_label(name.as_bytes())
}

/// `<meta charset=…>`, `<meta http-equiv=… content="…; charset=…">`, `<?xml … encoding="…"?>`.
fn of_head(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    if let Some((_, rest)) =
        head.strip_prefix("<?xml").and_then(|xml| xml.split_once('>')?.0.split_once("encoding"))
    {
        let name = rest.split(['"', '\'']).nth(1)?;
        return Encoding::for_label(name.as_bytes()).map(not_wide);
    }
    let metas = head.split("<meta").skip(1);
    metas.filter_map(|meta| of_content_type(meta.split('>').next()?)).next().map(not_wide)
}

/// What could be read as ASCII to find the name cannot be UTF-16.
fn not_wide(encoding: &'static Encoding) -> &'static Encoding {
    if encoding.is_ascii_compatible() { encoding } else { UTF_8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUSSIAN: &str = "<p>Осло благодарит Рейкьявик за помощь рыбакам";

    fn bytes(text: &str, encoding: &str) -> Vec<u8> {
        Encoding::for_label(encoding.as_bytes()).unwrap().encode(text).0.into_owned()
    }

    #[test]
    fn the_server_names_the_encoding() {
        let decoded = decode(&bytes(RUSSIAN, "windows-1251"), Some("text/html; charset=windows-1251"));
        assert_eq!((decoded.text.as_str(), decoded.encoding), (RUSSIAN, "windows-1251"));
        assert!(decoded.warnings.is_empty());
    }

    #[test]
    fn the_page_names_its_encoding() {
        for head in [
            "<meta charset=\"koi8-r\">",
            "<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>",
            "<?xml version='1.0' encoding='koi8-r'?>",
        ] {
            let text = format!("{head}{RUSSIAN}");
            assert_eq!(decode(&bytes(&text, "koi8-r"), Some("text/html")).text, text);
        }
    }

    #[test]
    fn a_byte_order_mark_counts_most() {
        let decoded = decode(b"\xEF\xBB\xBF<p>Reykjav\xC3\xADk", Some("text/html; charset=windows-1251"));
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("<p>Reykjavík", "UTF-8"));
        let wide: Vec<u8> = "\u{FEFF}<p>Oslo".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&wide, None).text, "<p>Oslo");
    }

    #[test]
    fn an_encoding_that_nobody_names_is_detected() {
        let decoded = decode(&bytes(RUSSIAN, "windows-1251"), None);
        assert_eq!((decoded.text.as_str(), decoded.encoding), (RUSSIAN, "windows-1251"));
        assert_eq!(decode(RUSSIAN.as_bytes(), None).encoding, "UTF-8");
        assert_eq!(decode(b"", None).text, "");
    }

    #[test]
    fn a_wrong_name_is_corrected_and_told() {
        let page = format!("<meta charset=iso-8859-1>{RUSSIAN}");
        let decoded = decode(page.as_bytes(), None);
        assert_eq!((decoded.text, decoded.warnings[0].code), (page, "wrong-encoding"));
        let page = format!("<meta charset=utf-8>{RUSSIAN}");
        let decoded = decode(&bytes(&page, "windows-1251"), None);
        assert_eq!((decoded.text, decoded.warnings[0].code), (page, "wrong-encoding"));
    }

    #[test]
    fn stray_bytes_are_counted() {
        let decoded = decode(b"<meta charset=utf-8><p>Reykjav\xC3\xADk \xFF Troms\xC3\xB8", None);
        assert_eq!(decoded.text, "<meta charset=utf-8><p>Reykjavík \u{FFFD} Tromsø");
        assert!(decoded.warnings[0].message.starts_with("1 place"), "{:?}", decoded.warnings);
    }
}
