//! Labels, prompts, buttons and links between the paragraphs.

use super::PartKind;
use super::blocks::Block;
use super::titles::is_title_like;
use crate::phrases::{EMBEDS, Fit};

/// At most so many lines after a label alone ("Related stories") are the links that it announces.
const MOST_LINKS: usize = 8;

/// The end of the label with which `line` begins ("Related:"), in bytes.
pub(super) fn label(line: &str) -> Option<usize> {
    match EMBEDS.fit(line)? {
        Fit::Label(end) => Some(end),
        Fit::Line => None,
    }
}

/// "Sign up for …", "Advertisement", the signature under a quoted post.
pub(super) fn is_prompt(line: &str) -> bool {
    EMBEDS.fit(line) == Some(Fit::Line) || is_post_signature(line)
}

/// A line of addresses and nothing else.
pub(super) fn is_link(line: &str) -> bool {
    let is_address = |word: &str| {
        let word = word.trim_matches(['(', ')', '<', '>', '[', ']', '.', ',']).to_ascii_lowercase();
        let schemes = ["http://", "https://", "www.", "pic.twitter.com/", "t.co/", "youtu.be/", "bit.ly/"];
        schemes.iter().any(|scheme| word.starts_with(scheme))
    };
    line.split_whitespace().all(is_address)
}

/// "— Ilse Brandt (@ilsebrandt) March 3, 2026".
fn is_post_signature(line: &str) -> bool {
    line.starts_with(['—', '-', '–']) && line.contains("(@") && line.split_whitespace().count() <= 16
}

/// Lines that read like titles after a label that stands alone are its links; links after an open label too.
pub(super) fn mark_links(blocks: &mut [Block]) {
    let mut left = 0;
    for block in blocks {
        if block.has(PartKind::EmbedLabel) && block.pieces.len() == 1 && label(block.text).is_some() {
            left = MOST_LINKS;
        } else if left > 0 && block.is_body() && is_title_like(block) {
            block.set(PartKind::EmbedLink);
            left -= 1;
        } else {
            left = 0;
        }
    }
}
