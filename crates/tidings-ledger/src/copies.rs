//! Texts that are nearly the same: agency copy that several outlets print, cut or with a line of their own.
//!
//! A text is the set of its runs of [`RUN`] words. Its MinHash signature (Broder, "On the resemblance and containment of
//! documents", 1997) is cut into bands (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3): two
//! texts that share a band are compared word by word, so that no text is compared with all others.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use tidings_text::{Span, fold, words};

/// Words of one run.
const RUN: usize = 5;

/// A text with fewer runs is a headline or a flash: two of these are alike by accident.
const FEWEST: usize = 20;

/// Hashes of a signature: bands times rows. Texts with half of their runs in common share a band in 98 of 100 cases,
/// with three tenths (one is a third of the other) in 58.
const BANDS: usize = 32;
const ROWS: usize = 3;

/// So much of all runs of both in common, or of those of the shorter one, makes a copy.
const RESEMBLANCE: f64 = 0.5;
const CONTAINMENT: f64 = 0.8;

/// Comparisons for one text; the oldest come first, since the first one names the family.
const COMPARED: i64 = 50;

/// A text ready for comparison.
pub(crate) struct Shingles(BTreeSet<u64>);

/// Which older document a text is a copy of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Copy {
    /// The first document of its kind.
    pub family: i64,
    /// Share of the runs of both that they have in common.
    pub likeness: f64,
}

impl Shingles {
    /// The runs of words of a text.
    pub fn of(text: &str) -> Self {
        let spans = words(text, Span::new(0, text.len()));
        let hashes: Vec<u64> = spans
            .iter()
            .map(|s| fold(s.of(text)))
            .filter(|w| !w.is_empty())
            .map(|w| hash(w.as_bytes()))
            .collect();
        let run = |window: &[u64]| window.iter().fold(0, |sum, word| mix(sum ^ *word));
        Self(hashes.windows(RUN).map(run).collect())
    }

    /// The bands of its signature; none where the text is too short to say.
    pub fn bands(&self) -> Vec<i64> {
        if self.0.len() < FEWEST {
            return Vec::new();
        }
        let least = |seed: u64| self.0.iter().map(|run| mix(run ^ mix(seed + 1))).min().unwrap_or(0);
        (0..BANDS as u64)
            .map(|band| {
                let rows = (0..ROWS as u64).map(|row| least(band * ROWS as u64 + row));
                rows.fold(mix(band), |sum, value| mix(sum ^ value)).cast_signed()
            })
            .collect()
    }

    /// The share in common, if it makes one a copy of the other.
    pub fn likeness(&self, other: &Self) -> Option<f64> {
        let shorter = self.0.len().min(other.0.len());
        if shorter < FEWEST {
            return None;
        }
        let common = self.0.intersection(&other.0).count();
        let resemblance = common as f64 / (self.0.len() + other.0.len() - common) as f64;
        let containment = common as f64 / shorter as f64;
        (resemblance >= RESEMBLANCE || containment >= CONTAINMENT).then_some(resemblance)
    }

    /// The document in the ledger that it is most like, if it is like one at all.
    pub fn copied(&self, connection: &Connection) -> rusqlite::Result<Option<Copy>> {
        let mut best: Option<Copy> = None;
        for (family, text) in self.candidates(connection)? {
            let Some(likeness) = self.likeness(&Self::of(&text)) else { continue };
            if best.is_none_or(|b| likeness > b.likeness) {
                best = Some(Copy { family, likeness });
            }
        }
        Ok(best)
    }

    fn candidates(&self, connection: &Connection) -> rusqlite::Result<Vec<(i64, String)>> {
        let mut find = connection
            .prepare_cached("SELECT document FROM band WHERE hash = ?1 ORDER BY document LIMIT ?2")?;
        let mut found = BTreeSet::new();
        for band in self.bands() {
            for document in find.query_map(params![band, COMPARED], |row| row.get::<_, i64>(0))? {
                found.insert(document?);
            }
        }
        let mut read = connection.prepare_cached("SELECT family, text FROM document WHERE id = ?1")?;
        let most = usize::try_from(COMPARED).unwrap_or(usize::MAX);
        found.iter().take(most).map(|id| read.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))).collect()
    }

    /// Keeps its bands for the texts that come after it.
    pub fn keep(&self, connection: &Connection, document: i64) -> rusqlite::Result<()> {
        let mut insert = connection.prepare_cached("INSERT OR IGNORE INTO band VALUES (?1, ?2)")?;
        self.bands().iter().try_for_each(|band| insert.execute(params![band, document]).map(|_| ()))
    }
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The finisher of SplitMix64: each bit of the input moves half of those of the output.
pub(crate) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The ferry company of the northern islands said on Monday that it would stop its night \
        service for three weeks, since two of its boats have to be repaired after the storm of last week. The \
        governor asked the navy to carry the mail, and the navy agreed to send a cutter from Thursday on.";

    fn other() -> String {
        STORY.split(' ').rev().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_text_with_a_line_of_its_own_or_cut_short_is_a_copy() {
        let story = Shingles::of(STORY);
        let longer = Shingles::of(&format!("Island Post. {STORY} Tickets are paid back."));
        let cut = Shingles::of(STORY.split(" The governor").next().expect("first sentence"));
        assert!(story.likeness(&longer).is_some_and(|l| l > 0.8));
        assert!(story.likeness(&cut).is_some_and(|l| l < 0.8));
        assert_eq!(story.likeness(&Shingles::of(&other())), None);
        assert!(story.bands().iter().any(|band| longer.bands().contains(band)));
        assert!(!story.bands().iter().any(|band| Shingles::of(&other()).bands().contains(band)));
    }

    #[test]
    fn case_and_punctuation_make_no_other_text_and_flashes_are_not_compared() {
        let loud = Shingles::of(&STORY.to_uppercase().replace(',', ";"));
        assert_eq!(Shingles::of(STORY).likeness(&loud), Some(1.0));
        let flash = Shingles::of("Ferry company stops its night service for three weeks");
        assert_eq!((flash.likeness(&flash), flash.bands().len()), (None, 0));
        assert_eq!(Shingles::of("").bands(), [0_i64; 0]);
    }

    #[test]
    fn signatures_never_change() {
        // Bands are stored: another value here means that old files no longer find their copies.
        assert_eq!(Shingles::of(STORY).bands()[0], 6748988879468356122);
    }
}
