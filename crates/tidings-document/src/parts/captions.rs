//! Words under pictures.
//!
//! No one sign makes a caption: it stands beside a credit, says who is on the left, is written in the present tense, ends
//! with a full date. Two of these, or one that nothing else has, are enough.

use tidings_text::Span;

use super::PartKind;
use super::blocks::Block;
use super::credits::{ends_sentence, trailing_agency, trailing_photo_credit};
use crate::date::find_date;
use crate::phrases::{CAPTIONS, is_caption_verb};

/// Words of the longest caption.
const LONGEST: usize = 70;

/// A sign that is enough alone.
const PROOF: u32 = 2;

/// Words of reports; in captions they are rare.
const PAST: [&str; 8] = ["announced", "did", "had", "said", "says", "told", "was", "were"];

/// Marks captions, and the credits that stand at their ends.
pub(super) fn mark(blocks: &mut [Block]) {
    let report = blocks.iter().position(|b| b.is_body() && is_paragraph(b)).unwrap_or(blocks.len());
    for at in 0..blocks.len() {
        let beside = beside_credit(blocks, at);
        let Some(block) = blocks.get_mut(at).filter(|b| b.is_body() && !b.is_long() && b.words() <= LONGEST)
        else {
            continue;
        };
        if signs(block.text) + u32::from(beside) < PROOF {
            continue;
        }
        match trailing_credit(block.text) {
            Some(credit) => block.split(credit, PartKind::Caption, PartKind::PhotoCredit),
            None => block.set(PartKind::Caption),
        }
        // A few words stranded between the paragraphs tell nothing; a sentence may.
        if at > report && !ends_sentence(without_credit(block.text)) {
            block.pieces.iter_mut().for_each(|piece| piece.remove = true);
        }
    }
}

/// Whether `line` needs no picture credit beside it to be known as a caption.
pub(super) fn is_caption_by_itself(line: &str) -> bool {
    signs(line) >= PROOF
}

fn signs(line: &str) -> u32 {
    // What people say or post is no caption, whatever date stands behind it.
    if line.starts_with(['"', '“', '\'', '‘']) || line.contains("(@") {
        return 0;
    }
    let one = has_one_sentence(line);
    let marked = one && (CAPTIONS.matches(line) || trailing_photo_credit(line).is_some());
    let dated = one && ends_with_date(line);
    let nameless = !dated && !ends_sentence(line) && line.split_whitespace().count() <= 20;
    let present = one && !nameless && is_present(line);
    PROOF * u32::from(marked) + u32::from(dated) + u32::from(nameless) + u32::from(present)
}

/// A verb as captions use it, and no word of a report in the past tense.
fn is_present(line: &str) -> bool {
    let words = || line.split_whitespace().take(30).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    words().any(is_caption_verb) && !words().any(|w| PAST.contains(&w))
}

fn trailing_credit(line: &str) -> Option<usize> {
    trailing_photo_credit(line).or_else(|| trailing_agency(line))
}

fn without_credit(line: &str) -> &str {
    trailing_credit(line).and_then(|at| line.get(..at)).unwrap_or(line).trim_end()
}

/// A full date within the last words.
fn ends_with_date(line: &str) -> bool {
    let body = without_credit(line);
    find_date(body).is_some_and(|found| body.len() - found.end <= 12)
}

/// One sentence, or one and a word of explanation.
fn has_one_sentence(line: &str) -> bool {
    let caption = without_credit(line);
    tidings_text::sentences(caption, Span::new(0, caption.len())).len() <= 2
}

fn is_paragraph(block: &Block) -> bool {
    block.is_long() || ends_sentence(block.text) && block.words() > 8 && signs(block.text) < PROOF
}

fn beside_credit(blocks: &[Block], at: usize) -> bool {
    let is_credit =
        |n: usize| blocks.get(n).is_some_and(|b| b.has(PartKind::PhotoCredit) && b.is_furniture());
    is_credit(at + 1) || at.checked_sub(1).is_some_and(is_credit)
}
