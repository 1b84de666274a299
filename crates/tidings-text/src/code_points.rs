//! Byte offsets to code-point offsets.

/// Turns byte offsets of one text into offsets in Unicode code points.
///
/// Keeps the count at every 64th byte, so a look-up reads at most 64 bytes.
#[derive(Clone, Debug)]
pub struct CodePoints {
    before: Vec<u32>,
    bytes: Vec<u8>,
    ascii: bool,
}

const STEP: usize = 64;

impl CodePoints {
    /// Counts `text` once.
    pub fn new(text: &str) -> Self {
        let ascii = text.is_ascii();
        let bytes = if ascii { Vec::new() } else { text.as_bytes().to_vec() };
        let mut before = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for (i, byte) in bytes.iter().enumerate() {
            if i % STEP == 0 {
                before.push(count);
            }
            count += u32::from(is_start(*byte));
        }
        Self { before, bytes, ascii }
    }

    /// Code points before byte `offset`.
    pub fn at(&self, offset: usize) -> usize {
        if self.ascii {
            return offset;
        }
        let block = (offset / STEP).min(self.before.len().saturating_sub(1));
        let base = self.before.get(block).copied().unwrap_or(0) as usize;
        let end = offset.min(self.bytes.len());
        base + self.bytes[(block * STEP).min(end)..end].iter().filter(|b| is_start(**b)).count()
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters() {
        let text = "Élysée – “Türkiye” said 谢谢 — ".repeat(9);
        let map = CodePoints::new(&text);
        for (index, (offset, _)) in text.char_indices().enumerate() {
            assert_eq!(map.at(offset), index);
        }
        assert_eq!(map.at(text.len()), text.chars().count());
        assert_eq!(CodePoints::new("plain").at(3), 3);
        assert_eq!(CodePoints::new("").at(0), 0);
    }
}
