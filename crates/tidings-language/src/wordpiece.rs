//! Words to word pieces and letter cases, exactly as `training/tidings_training/wordpiece.py` does it.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::error::ModelError;

/// A run of letters longer than this is one unknown piece.
const MAX_RUN: usize = 100;
/// A word with more pieces than this (hundreds of exclamation marks) is cut: the rest says nothing new.
const MAX_PIECES: usize = 64;

/// One piece of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Row of the vocabulary.
    pub id: usize,
    /// 0 no cased letter, 1 all lower, 2 Initial, 3 ALL CAPITALS, 4 one capital alone, 5 mIxed.
    pub case: usize,
}

/// The vocabulary.
pub(crate) struct WordPiece {
    sorted: Vec<(Box<str>, usize)>,
    unknown: usize,
    pub first: usize,
    pub last: usize,
}

/// A lower-cased base character with the character it comes from.
type Letter = (char, char);

impl WordPiece {
    /// One piece a line.
    pub fn new(vocabulary: &str) -> Result<Self, ModelError> {
        let mut sorted: Vec<(Box<str>, usize)> =
            vocabulary.lines().zip(0..).map(|(piece, id)| (piece.into(), id)).collect();
        sorted.sort_unstable();
        let mut pieces = Self { sorted, unknown: 0, first: 0, last: 0 };
        let special = |name: &str| {
            pieces
                .id(name)
                .ok_or_else(|| ModelError::inconsistent("vocab.txt", format!("the piece {name} is missing")))
        };
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        (pieces.unknown, pieces.first, pieces.last) = (unknown, first, last);
        Ok(pieces)
    }

    /// How many pieces it knows.
    pub fn count(&self) -> usize {
        self.sorted.len()
    }

    fn id(&self, piece: &str) -> Option<usize> {
        self.sorted.binary_search_by(|(p, _)| (**p).cmp(piece)).ok().map(|i| self.sorted[i].1)
    }

    /// Whether a word (in small letters) is one piece of its own, as some twenty thousand frequent words are.
    pub fn knows(&self, word: &str) -> bool {
        word.len() > 1 && self.id(word).is_some()
    }

    /// The pieces of one word, never none.
    pub fn word(&self, word: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut run: Vec<Letter> = Vec::new();
        for letter in letters(word) {
            if is_punctuation(letter.0) {
                self.greedy(&run, &mut pieces);
                run.clear();
                self.greedy(&[letter], &mut pieces);
            } else {
                run.push(letter);
            }
            if pieces.len() > MAX_PIECES {
                break;
            }
        }
        self.greedy(&run, &mut pieces);
        pieces.truncate(MAX_PIECES);
        if pieces.is_empty() {
            pieces.push(Piece { id: self.unknown, case: 0 });
        }
        pieces
    }

    /// The longest known piece first; one unknown piece if any rest is not known.
    fn greedy(&self, run: &[Letter], out: &mut Vec<Piece>) {
        let begun = out.len();
        let unknown = Piece { id: self.unknown, case: letter_case(run) };
        if run.len() > MAX_RUN {
            out.push(unknown);
            return;
        }
        let mut start = 0;
        let mut piece = String::with_capacity(run.len() + 2);
        while start < run.len() {
            let found = (start + 1..=run.len()).rev().find_map(|end| {
                piece.clear();
                piece.push_str(if start > 0 { "##" } else { "" });
                piece.extend(run[start..end].iter().map(|(c, _)| c));
                self.id(&piece).map(|id| (id, end))
            });
            let Some((id, end)) = found else {
                out.truncate(begun);
                out.push(unknown);
                return;
            };
            out.push(Piece { id, case: letter_case(&run[start..end]) });
            start = end;
        }
    }
}

/// Typographic marks are read as plain ones; accents are taken off; letters are lower-cased.
fn letters(word: &str) -> impl Iterator<Item = Letter> {
    word.chars().flat_map(plain).flat_map(|original| {
        original
            .to_lowercase()
            .nfd()
            .filter(|c| !is_dropped(*c))
            .map(move |c| (c, original))
            .collect::<Vec<_>>()
    })
}

fn plain(c: char) -> impl Iterator<Item = char> {
    let (c, times) = match c {
        '“' | '”' | '„' | '«' | '»' => ('"', 1),
        '‘' | '’' | '‚' | '`' => ('\'', 1),
        '…' => ('.', 3),
        '\u{a0}' => (' ', 1),
        other => (other, 1),
    };
    std::iter::repeat_n(c, times)
}

fn is_dropped(c: char) -> bool {
    c.is_whitespace()
        || ('\u{1c}'..='\u{1f}').contains(&c)
        || matches!(
            c.general_category(),
            GeneralCategory::NonspacingMark | GeneralCategory::Control | GeneralCategory::Format
        )
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || (!c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Punctuation)
}

fn letter_case(run: &[Letter]) -> usize {
    let cased: Vec<char> =
        run.iter().map(|(_, o)| *o).filter(|c| c.is_uppercase() || c.is_lowercase()).collect();
    let Some((first, rest)) = cased.split_first() else { return 0 };
    if cased.iter().all(|c| c.is_lowercase()) {
        1
    } else if rest.is_empty() {
        4
    } else if cased.iter().all(|c| c.is_uppercase()) {
        3
    } else if first.is_uppercase() && rest.iter().all(|c| c.is_lowercase()) {
        2
    } else {
        5
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_PIECES, WordPiece};

    #[derive(serde::Deserialize)]
    struct Parity {
        /// Word, piece numbers, letter cases.
        words: Vec<(String, Vec<usize>, Vec<usize>)>,
    }

    fn vocabulary() -> WordPiece {
        WordPiece::new(include_str!("../../../models/en/vocab.txt")).expect("the vocabulary is sound")
    }

    #[test]
    fn pieces_are_those_of_the_training_code() {
        let parity: Parity =
            serde_json::from_str(include_str!("../tests/data/parity.json")).expect("made by fixture.py");
        let vocabulary = vocabulary();
        for (word, ids, cases) in &parity.words {
            let found: Vec<(usize, usize)> = vocabulary.word(word).iter().map(|p| (p.id, p.case)).collect();
            let expected: Vec<(usize, usize)> = ids.iter().copied().zip(cases.iter().copied()).collect();
            assert_eq!(found, expected, "{word:?}");
        }
    }

    #[test]
    fn an_endless_word_is_cut() {
        assert_eq!(vocabulary().word(&"!".repeat(9_000)).len(), MAX_PIECES);
        assert_eq!(vocabulary().word(&"a".repeat(9_000)).len(), 1);
    }

    #[test]
    fn a_vocabulary_without_special_pieces_is_refused() {
        let error = WordPiece::new("a\nb\n").err().expect("no [UNK]").to_string();
        assert!(error.contains("vocab.txt") && error.contains("hint:"), "{error}");
    }
}
