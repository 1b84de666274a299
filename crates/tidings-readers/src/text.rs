//! Plain text: one file, one report.

use std::io::Read;

use tidings_document::Fields;

use crate::decode;
use crate::input::Input;
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::{ReadError, ReadOptions};

/// A file of text that is not read yet; none when it was.
pub(crate) struct Text(Option<(Input, Peek, usize)>);

impl Text {
    pub(crate) fn new(input: Input, stream: Peek, options: &ReadOptions) -> Self {
        Self(Some((input, stream, options.largest)))
    }
}

impl Reports for Text {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        let (input, stream, largest) = self.0.take()?;
        Some(report(&input, stream, largest).map(Content::of))
    }
}

fn report(input: &Input, stream: Peek, largest: usize) -> Result<Fields, ReadError> {
    let bytes = whole(input, stream, largest)?;
    if let Some((what, hint)) = decode::no_text(&bytes) {
        return Err(ReadError::of_file(&input.name(), what, hint));
    }
    let mut warnings = Vec::new();
    let text = decode::text(bytes, &mut warnings);
    let id = input.stem().unwrap_or_else(|| hash_id(&text));
    Ok(Fields { id, text, warnings, ..Fields::default() })
}

/// All bytes of an input that is one document.
pub(crate) fn whole(input: &Input, stream: impl Read, largest: usize) -> Result<Vec<u8>, ReadError> {
    let mut bytes = Vec::new();
    stream.take(largest as u64 + 1).read_to_end(&mut bytes).map_err(|e| input.unreadable(&e))?;
    if bytes.len() > largest {
        let what = format!("is larger than {}, the most that one report may have", size(largest));
        let hint = "split it: one report per file, or one per line of JSONL";
        return Err(ReadError::of_file(&input.name(), what, hint));
    }
    Ok(bytes)
}

/// A number of bytes for people.
pub(crate) fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}
