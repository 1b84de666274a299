//! Packed streams: gzip of any number of members, Zstandard of any number of frames; archives that explode are stopped.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::GzDecoder;

use crate::peek::{Bytes, Peek};

const GZIP: &[u8] = b"\x1f\x8b\x08";
const ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd";

/// News packs to a third or a tenth of its size; what expands by more than this is made to fill memory or disk.
const MOST_EXPANSION: u64 = 400;
/// So much may always come out.
const HARMLESS: u64 = 64 << 20;

/// A stream that counts what is read from it.
pub(crate) struct Counted {
    source: Bytes,
    count: Arc<AtomicU64>,
}

impl Counted {
    pub(crate) fn new(source: Bytes, count: Arc<AtomicU64>) -> Self {
        Self { source, count }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The stream, unpacked if it is packed, and whether it was; `packed` counts what is read of the file.
pub(crate) fn unpacked(mut stream: Peek, packed: &Arc<AtomicU64>) -> io::Result<(Peek, bool)> {
    let head = stream.ahead(4)?;
    let inside: Bytes = if head.starts_with(GZIP) {
        Box::new(Members::new(stream))
    } else if head == ZSTANDARD {
        Box::new(zstd::Decoder::with_buffer(stream)?)
    } else {
        return Ok((stream, false));
    };
    let guarded = Guarded { source: inside, packed: packed.clone(), unpacked: 0 };
    Ok((Peek::new(Box::new(guarded)), true))
}

/// Stops what explodes.
struct Guarded {
    source: Bytes,
    packed: Arc<AtomicU64>,
    unpacked: u64,
}

impl Read for Guarded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.unpacked += read as u64;
        let most = self.packed.load(Ordering::Relaxed).saturating_mul(MOST_EXPANSION).max(HARMLESS);
        if read > 0 && self.unpacked > most {
            self.source = Box::new(io::empty());
            return Err(io::Error::other(format!(
                "it expands to more than {MOST_EXPANSION} times its size, as archives do that are made to do harm"
            )));
        }
        Ok(read)
    }
}

/// The members of a gzip file. A damaged one is an error, once; after that it goes on with the next that is whole, since
/// in archives of pages every record is a member of its own.
struct Members {
    /// None only while one member follows another.
    member: Option<GzDecoder<Peek>>,
    /// The member is at its end, or damaged.
    between: bool,
    ended: bool,
}

impl Members {
    fn new(source: Peek) -> Self {
        Self { member: Some(GzDecoder::new(source)), between: false, ended: false }
    }

    /// Finds the next member. Zeros behind one are padding; other bytes are damage.
    fn advance(&mut self, damaged: bool) -> io::Result<()> {
        let Some(mut source) = self.member.take().map(GzDecoder::into_inner) else { return Ok(()) };
        let (found, passed) = seek(&mut source)?;
        self.ended = !found;
        self.between = false;
        self.member = Some(GzDecoder::new(source));
        if passed > 0 && !damaged {
            return Err(io::Error::other(format!("{passed} bytes between its members are no gzip")));
        }
        Ok(())
    }
}

impl Read for Members {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.between {
                self.advance(false)?;
            }
            if self.ended || buffer.is_empty() {
                return Ok(0);
            }
            let Some(member) = &mut self.member else { return Ok(0) };
            match member.read(buffer) {
                Ok(0) => self.between = true,
                Ok(read) => return Ok(read),
                Err(error) => {
                    self.advance(true)?;
                    return Err(error);
                }
            }
        }
    }
}

/// Goes on to the next beginning of a member: whether there is one, and how many bytes before it are not zero.
fn seek(source: &mut Peek) -> io::Result<(bool, usize)> {
    let mut passed = 0;
    loop {
        let bytes = source.fill_buf()?;
        if bytes.is_empty() {
            return Ok((false, passed));
        }
        let until = bytes.iter().position(|b| GZIP.first() == Some(b)).unwrap_or(bytes.len());
        passed += bytes.iter().take(until).filter(|b| **b != 0).count();
        source.consume(until);
        if source.ahead(GZIP.len())? == GZIP {
            return Ok((true, passed));
        }
        passed += source.ahead(1)?.len();
        source.consume(1);
    }
}

/// Unpacks into memory, at most one byte more than `most`, and whether that went without a fault.
pub(crate) fn bounded(source: impl Read, most: usize) -> (Vec<u8>, bool) {
    let mut bytes = Vec::new();
    let read = source.take(most as u64 + 1).read_to_end(&mut bytes);
    (bytes, read.is_ok())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn open(packed: Vec<u8>) -> Peek {
        let count = Arc::new(AtomicU64::new(0));
        let counted = Counted::new(Box::new(io::Cursor::new(packed)), count.clone());
        unpacked(Peek::new(Box::new(counted)), &count).unwrap().0
    }

    fn text(packed: Vec<u8>) -> io::Result<String> {
        let mut text = String::new();
        open(packed).read_to_string(&mut text).map(|_| text)
    }

    #[test]
    fn gzip_of_many_members_and_zstandard_of_many_frames_are_read_to_their_end() {
        let long = "Norway thanked Iceland. ".repeat(10_000);
        let members = [gzip(b"One. "), gzip(b""), gzip(long.as_bytes()), vec![0; 512]].concat();
        assert_eq!(text(members).unwrap(), format!("One. {long}"));
        let frame = |text: &str| zstd::encode_all(text.as_bytes(), 3).unwrap();
        assert_eq!(text([frame("One. "), frame(&long)].concat()).unwrap(), format!("One. {long}"));
        assert_eq!(text(b"as it is".to_vec()).unwrap(), "as it is");
    }

    #[test]
    fn a_damaged_member_is_an_error_and_the_next_one_is_read() {
        let mut second = gzip("Two, which is long enough to be damaged in the middle of it.".as_bytes());
        let middle = second.len() / 2;
        second[middle] ^= 0xFF;
        second[middle + 1] ^= 0xFF;
        let mut stream = open([gzip(b"One. "), second, gzip(b"Three.")].concat());
        let (mut all, mut errors) = (Vec::new(), 0);
        let mut buffer = [0; 64];
        loop {
            match stream.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => all.extend_from_slice(&buffer[..read]),
                Err(_) => errors += 1,
            }
        }
        let all = String::from_utf8_lossy(&all);
        assert!(all.starts_with("One. ") && all.ends_with("Three."), "{all}");
        assert_eq!(errors, 1);
    }

    #[test]
    fn what_is_no_gzip_between_members_and_what_is_cut_off_are_errors() {
        let error = text([gzip(b"One. "), b"rubbish".to_vec(), gzip(b"Two.")].concat()).unwrap_err();
        assert!(error.to_string().starts_with("7 bytes between its members"), "{error}");
        let mut cut = gzip("Norway thanked Iceland. ".repeat(100).as_bytes());
        cut.truncate(cut.len() - 12);
        assert!(text(cut).is_err());
        let mut cut = zstd::encode_all("Norway thanked Iceland.".as_bytes(), 3).unwrap();
        cut.truncate(cut.len() - 5);
        assert!(text(cut).is_err());
    }

    #[test]
    fn what_explodes_is_stopped() {
        let zeros = vec![0; 80 << 20];
        for packed in [gzip(&zeros), zstd::encode_all(zeros.as_slice(), 3).unwrap()] {
            let mut stream = open(packed);
            let stopped = io::copy(&mut stream, &mut io::sink()).unwrap_err();
            assert!(stopped.to_string().contains("made to do harm"), "{stopped}");
            assert_eq!(io::copy(&mut stream, &mut io::sink()).unwrap(), 0);
        }
    }
}
