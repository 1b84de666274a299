//! The lines of a file, plain or packed; long and wrongly encoded ones are told and skipped.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::{DeflateDecoder, MultiGzDecoder};

/// Bytes of a line, at most.
const LONGEST: u64 = 4 << 20;

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Without its end.
    Text(String),
    /// What is wrong with it.
    Wrong(String),
}

/// The lines of one file.
pub struct Lines {
    input: Box<dyn BufRead>,
}

impl Lines {
    /// Opens a file; its first bytes say whether it is packed.
    pub fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if file.metadata()?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory));
        }
        let mut head = Vec::new();
        file.by_ref().take(4).read_to_end(&mut head)?;
        // A pipe cannot go back, so what was read is put before the rest.
        let rest = BufReader::new(io::Cursor::new(head.clone()).chain(file));
        let mut input: Box<dyn BufRead> = match head.as_slice() {
            [0x1f, 0x8b, ..] => Box::new(BufReader::new(MultiGzDecoder::new(rest))),
            [b'P', b'K', 3, 4] => Box::new(BufReader::new(first_of_zip(path)?)),
            _ => Box::new(rest),
        };
        if input.fill_buf()?.starts_with(MARK) {
            input.consume(MARK.len());
        }
        Ok(Self { input })
    }
}

/// The mark of UTF-8 at the beginning of a file.
const MARK: &[u8] = b"\xef\xbb\xbf";

impl Iterator for Lines {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        match self.input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) => {}
            Err(e) => return Some(Err(e)),
        }
        if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") {
            return Some(
                skip(&mut self.input).map(|()| Line::Wrong(format!("a line of more than {LONGEST} bytes"))),
            );
        }
        while bytes.ends_with(b"\n") || bytes.ends_with(b"\r") {
            bytes.pop();
        }
        Some(Ok(match String::from_utf8(bytes) {
            Ok(text) => Line::Text(text),
            Err(e) => Line::Wrong(format!("is no UTF-8 from byte {} on", e.utf8_error().valid_up_to() + 1)),
        }))
    }
}

/// Up to the end of the line, keeping nothing.
fn skip(input: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let (used, ended) = match input.fill_buf()? {
            [] => return Ok(()),
            bytes => match bytes.iter().position(|b| *b == b'\n') {
                Some(n) => (n + 1, true),
                None => (bytes.len(), false),
            },
        };
        input.consume(used);
        if ended {
            return Ok(());
        }
    }
}

/// Length of the fixed part of a file's head in a zip archive.
const HEAD: usize = 30;

/// The first file of a zip archive: tables come alone in theirs. Its packed bytes end by themselves (deflate), so the
/// list at the end of the archive is not needed.
fn first_of_zip(path: &Path) -> io::Result<Box<dyn Read>> {
    let mut file = File::open(path)?;
    let mut head = [0; HEAD];
    file.read_exact(&mut head)?;
    let two = |at: usize| u64::from(u16::from_le_bytes([head[at], head[at + 1]]));
    let (flags, method) = (two(6), two(8));
    let size = u64::from(u32::from_le_bytes([head[18], head[19], head[20], head[21]]));
    if flags & 1 != 0 {
        return Err(io::Error::other("the archive is encrypted"));
    }
    let begin = HEAD as u64 + two(26) + two(28);
    file.seek(SeekFrom::Start(begin))?;
    match method {
        8 => Ok(Box::new(DeflateDecoder::new(BufReader::new(file)))),
        0 if flags & 8 == 0 => Ok(Box::new(file.take(size))),
        _ => Err(io::Error::other("the archive is packed in an unusual way: unpack it first")),
    }
}
