//! Opens an input: unpacks it, decodes UTF-16, and finds out what it holds.

use std::fs::File;
use std::io;

use crate::decode::{self, Decoded};
use crate::delimited::Delimited;
use crate::feed::Feed;
use crate::input::Input;
use crate::items::{Counts, Reports};
use crate::json_lines::JsonLines;
use crate::page::Page;
use crate::parquet::Parquet;
use crate::peek::{Bytes, Peek};
use crate::petrarch::Petrarch;
use crate::text::Text;
use crate::unpack::{Counted, unpacked};
use crate::warc::Warc;
use crate::{Format, ReadError, ReadOptions};

/// So much of a first line is looked at.
const LONGEST_HEAD: usize = 1 << 20;
/// So much is looked at where the first line says little.
const LONG_HEAD: usize = 1 << 16;

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
    let (mut stream, is_packed) = unpacked(Peek::new(counted), &counts.bytes).map_err(failed)?;
    let (encoding, mark) = decode::marked(stream.ahead(4).map_err(failed)?);
    stream.skip(mark);
    if let Some(encoding) = encoding {
        stream = Peek::new(Box::new(Decoded::new(stream, encoding, counts.damaged.clone())));
    }
    let format = match options.format {
        Some(format) => format,
        None => format(input, &mut stream, options)?,
    };
    Ok(match format {
        Format::Text => Box::new(Text::new(input.clone(), stream, options)),
        Format::Jsonl | Format::Ngec => Box::new(JsonLines::new(input, stream, options)),
        Format::Csv | Format::Tsv => Box::new(Delimited::new(input, stream, format, options)?),
        Format::Parquet => Box::new(Parquet::new(input, stream, is_packed, options)?),
        Format::Html => Box::new(Page::new(input.clone(), stream, options)),
        Format::Warc | Format::Wet => Box::new(Warc::new(input, stream, options)),
        Format::Feed => Box::new(Feed::new(input.clone(), stream, options)),
        Format::Petrarch => {
            // The parser wants UTF-8 without a fault.
            let encoding = decode::of_xml(stream.ahead(LONG_HEAD).map_err(failed)?);
            let stream = Peek::new(Box::new(Decoded::new(stream, encoding, counts.damaged.clone())));
            Box::new(Petrarch::new(input, stream, options))
        }
    })
}

/// What the beginning says. The first line is enough for most, and a pipe is not waited for longer.
fn format(input: &Input, stream: &mut Peek, options: &ReadOptions) -> Result<Format, ReadError> {
    let failed = |e: io::Error| input.unreadable(&e);
    let is_markup = stream.line(LONGEST_HEAD).map_err(failed)?.trim_ascii_start().starts_with(b"<");
    let is_spread = matches!(stream.line(LONGEST_HEAD).map_err(failed)?.trim_ascii(), b"{");
    let head = if is_markup || is_spread {
        stream.ahead(LONG_HEAD).map_err(failed)?
    } else {
        stream.line(LONGEST_HEAD).map_err(failed)?
    };
    let format = Format::of(input, head, &options.columns)?;
    match decode::no_text(head).filter(|_| !matches!(format, Format::Parquet | Format::Warc | Format::Wet)) {
        Some((what, hint)) => Err(ReadError::of_file(&input.name(), what, hint)),
        None => Ok(format),
    }
}
