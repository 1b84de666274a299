//! Web pages as they came, and their text.

use tidings_document::{Document, Fields};

use crate::input::Input;
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::{size, whole};
use crate::warc::{Answer, Head};
use crate::{ReadError, ReadOptions};

/// The largest page: the biggest of news sites have five megabytes.
const LARGEST_PAGE: usize = 32 << 20;

/// A page before its text is looked for.
pub(crate) struct RawPage {
    /// What is known from around it.
    pub(crate) fields: Fields,
    pub(crate) answer: Answer,
}

impl RawPage {
    /// Reads the page: its text and what it says of itself, with what is known from around it.
    pub(crate) fn read(self, input: &str, options: &ReadOptions) -> Result<Document, ReadError> {
        let Self { mut fields, answer } = self;
        let content_type = answer.content_type().map(str::to_owned);
        let most = options.largest.min(LARGEST_PAGE);
        let Some(bytes) = answer.unpacked(most, &mut fields.warnings) else {
            let what = format!("the page {} is larger than {}", fields.id, size(most));
            return Err(ReadError::of_file(input, what, "no page of news is so large; it is not read"));
        };
        Ok(page(fields, &bytes, content_type.as_deref(), options))
    }
}

/// The document of a page: of `fields`, its id, address, language, further fields and warnings are heard. `content_type` is
/// what the server says of `bytes`.
pub fn page(fields: Fields, bytes: &[u8], content_type: Option<&str>, options: &ReadOptions) -> Document {
    let decoded = tidings_pages::decode(bytes, content_type);
    let mut page = tidings_pages::page(&decoded.text, fields.url.as_deref());
    page.language = page.language.or(fields.language);
    let mut document = page.into_document(fields.id, &options.known);
    document.extra.extend(fields.extra);
    document.warnings.splice(0..0, fields.warnings.into_iter().chain(decoded.warnings));
    document
}

/// A file with one page; none when it was read.
pub(crate) struct Page(Option<(Input, Peek, usize)>);

impl Page {
    pub(crate) fn new(input: Input, stream: Peek, options: &ReadOptions) -> Self {
        Self(Some((input, stream, options.largest.min(LARGEST_PAGE))))
    }
}

impl Reports for Page {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        let (input, stream, largest) = self.0.take()?;
        Some(whole(&input, stream, largest).map(|bytes| {
            let id = input.stem().unwrap_or_else(|| hash_id(&String::from_utf8_lossy(&bytes)));
            let fields = Fields { id, ..Fields::default() };
            Content::Page(Box::new(RawPage { fields, answer: Answer::bare(&Head::default(), bytes) }))
        }))
    }
}
