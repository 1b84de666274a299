//! A stream that can be looked at before it is read.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes from a file, a pipe, or what unpacks them.
pub(crate) type Bytes = Box<dyn Read + Send>;

/// A stream with what was looked at of it in front.
pub(crate) struct Peek {
    head: Vec<u8>,
    /// How much of the head was read.
    at: usize,
    rest: BufReader<Bytes>,
}

impl Peek {
    pub(crate) fn new(bytes: Bytes) -> Self {
        Self { head: Vec::new(), at: 0, rest: BufReader::with_capacity(1 << 16, bytes) }
    }

    /// The next `count` bytes; fewer only at the end.
    pub(crate) fn ahead(&mut self, count: usize) -> io::Result<&[u8]> {
        self.head.drain(..self.at);
        self.at = 0;
        let missing = count.saturating_sub(self.head.len()) as u64;
        self.rest.by_ref().take(missing).read_to_end(&mut self.head)?;
        Ok(self.looked_at().get(..count).unwrap_or_else(|| self.looked_at()))
    }

    /// The next line that is not blank with the blank ones before it; of a very long one, about `most` bytes. A pipe is
    /// not waited for longer than that.
    pub(crate) fn line(&mut self, most: usize) -> io::Result<&[u8]> {
        loop {
            let seen = self.looked_at();
            let filled = seen.trim_ascii_start();
            if filled.contains(&b'\n') || seen.len() >= most {
                return Ok(self.looked_at());
            }
            let room = (most - seen.len()) as u64;
            if self.rest.by_ref().take(room).read_until(b'\n', &mut self.head)? == 0 {
                return Ok(self.looked_at());
            }
        }
    }

    fn looked_at(&self) -> &[u8] {
        self.head.get(self.at..).unwrap_or_default()
    }

    /// Passes over what was looked at.
    pub(crate) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.head.len());
    }
}

impl Read for Peek {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at < self.head.len() {
            let read = self.looked_at().read(buffer)?;
            self.at += read;
            return Ok(read);
        }
        self.rest.read(buffer)
    }
}

impl BufRead for Peek {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.head.len() {
            return Ok(self.head.get(self.at..).unwrap_or_default());
        }
        // What was looked at is not needed again.
        self.head = Vec::new();
        self.at = 0;
        self.rest.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.head.len() { self.at += count } else { self.rest.consume(count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(text: &'static str) -> Peek {
        Peek::new(Box::new(text.as_bytes()))
    }

    #[test]
    fn what_was_looked_at_is_read_all_the_same() {
        let mut stream = stream("\n \nNorway thanked\nIceland.");
        assert_eq!(stream.ahead(4).unwrap(), b"\n \nN");
        assert_eq!(stream.line(1_000).unwrap(), b"\n \nNorway thanked\n");
        stream.skip(3);
        assert_eq!(stream.ahead(6).unwrap(), b"Norway");
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        assert_eq!(all, "Norway thanked\nIceland.");
    }

    #[test]
    fn of_a_very_long_line_a_part_is_enough() {
        let mut stream = stream("Norway thanked Iceland.");
        assert_eq!(stream.line(6).unwrap(), b"Norway");
        assert_eq!(stream.lines().count(), 1);
        assert_eq!(Peek::new(Box::new(io::empty())).line(6).unwrap(), b"");
    }
}
