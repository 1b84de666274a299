//! Headline, standfirst and subheadings.

use super::PartKind;
use super::blocks::Block;
use super::captions::is_caption_by_itself;
use super::credits::{ends_sentence, trailing_agency};
use super::datelines::has_dateline;
use crate::date::date_line;

/// Words of the longest headline and of the longest standfirst.
const LONGEST_HEADLINE: usize = 28;
const LONGEST_STANDFIRST: usize = 45;
/// Words of the longest subheading.
const LONGEST_SUBHEADING: usize = 12;
/// Blocks before which a headline must come.
const HEAD: usize = 8;

/// Marks headline and standfirst.
pub(super) fn mark_head(blocks: &mut [Block], title: Option<&str>) {
    let Some(at) = metadata_title(blocks, title).or_else(|| first_title(blocks)) else { return };
    let Some(block) = blocks.get_mut(at) else { return };
    let end = headline_end(block.text, title);
    match tail_kind(block.text.get(end..).unwrap_or("")) {
        Some(kind) => block.split(end, PartKind::Headline, kind),
        None => block.set(PartKind::Headline),
    }
    mark_standfirst(blocks, at + 1);
}

/// Marks the titles inside the report: a short line without a final stop between two paragraphs.
pub(super) fn mark_subheadings(blocks: &mut [Block]) {
    let Some(first) = blocks.iter().position(|b| b.is_body() && !is_title_like(b)) else { return };
    for at in first + 1..blocks.len().saturating_sub(1) {
        let follows = blocks.iter().skip(at + 1).take(HEAD).find(|b| !b.is_furniture());
        let before_paragraph = follows.is_some_and(|next| next.is_body() && !is_title_like(next));
        let after_text = blocks.get(at - 1).is_some_and(|b| b.is_furniture() || !is_title_like(b));
        if let Some(block) = blocks.get_mut(at)
            && block.is_body()
            && before_paragraph
            && after_text
            && is_subheading(block)
        {
            block.set(PartKind::Subheading);
        }
    }
}

/// A line that reads like a title: short, begins large, no final stop, comma or colon.
pub(super) fn is_title_like(block: &Block) -> bool {
    let line = block.text;
    let first = line.chars().find(|c| !matches!(c, '"' | '“' | '\'' | '‘' | '«' | '¿' | '¡'));
    !block.is_long()
        && (1..=LONGEST_HEADLINE).contains(&block.words())
        && first.is_some_and(|c| !c.is_lowercase())
        && !line.ends_with([',', ':', ';', '-'])
        && (!ends_sentence(line)
            || line.ends_with(['?', '!']) && block.words() <= 16
            || ends_in_initials(line))
}

/// "Norway Thanks Iceland for Sending Back the Boats.": a title although it has a final stop.
fn is_title_case(block: &Block) -> bool {
    let long = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let words = || block.text.split_whitespace().filter(long);
    let large = words()
        .filter(|w| w.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_uppercase));
    !block.is_long()
        && (5..=LONGEST_HEADLINE).contains(&block.words())
        && large.count() * 8 >= words().count() * 7
}

fn is_subheading(block: &Block) -> bool {
    let quoted = block.text.starts_with(['"', '“']);
    let listed = block.text.starts_with(['-', '*', '•', '–', '—', '·']);
    is_title_like(block) && block.words() <= LONGEST_SUBHEADING && !quoted && !listed
}

/// "… in the U.S.", "… at 4 p.m.": the last stop is part of the word.
fn ends_in_initials(line: &str) -> bool {
    let word = line.rsplit(char::is_whitespace).next().unwrap_or("");
    word.len() >= 4 && word.chars().zip(word.chars().skip(1)).all(|(a, b)| (a == '.') != (b == '.'))
}

/// The block near the top that says the same as `title`.
fn metadata_title(blocks: &[Block], title: Option<&str>) -> Option<usize> {
    let title = title.map(letters).filter(|t| !t.is_empty())?;
    blocks.iter().take(HEAD).position(|b| {
        !b.is_long() && {
            let line = letters(b.text);
            line == title
                || line.starts_with(&title) && b.words() <= LONGEST_HEADLINE
                || title.starts_with(&line) && b.words() >= 5
        }
    })
}

/// The first line that is no furniture, if it reads like a title and a report follows.
fn first_title(blocks: &mut [Block]) -> Option<usize> {
    // "Analysis: what the vote changes" is the title of the page, when nothing stands before it.
    if let Some(first) = blocks.first_mut().filter(|b| b.pieces.len() == 2 && b.has(PartKind::EmbedLabel)) {
        first.set(PartKind::Body);
    }
    let at = blocks.iter().take(HEAD).position(|b| b.is_body())?;
    let report = blocks.iter().skip(at + 1).any(is_report);
    let block = blocks.get(at)?;
    let above_dateline = !block.is_long()
        && block.words() <= LONGEST_HEADLINE
        && blocks.iter().skip(at + 1).find(|b| b.is_body()).is_some_and(|b| has_dateline(b.text));
    let title = block.words() >= 2 && (is_title_like(block) || is_title_case(block) || above_dateline);
    (report && title && !is_caption_by_itself(block.text)).then_some(at)
}

/// A paragraph of the report.
fn is_report(block: &Block) -> bool {
    let ends = ends_sentence(block.text) || trailing_agency(block.text).is_some();
    block.is_body() && (block.words() > LONGEST_SUBHEADING || ends)
}

/// Where the headline ends and a tail begins: " - 2026-03-03", " | Delta Post".
fn headline_end(line: &str, title: Option<&str>) -> usize {
    let bars = line.char_indices().filter(|(_, c)| matches!(c, '|' | '-' | '–' | '—' | '»' | '·'));
    let mut ends = bars.filter(|(at, c)| {
        let before = line.get(..*at).unwrap_or("");
        let after = line.get(at + c.len_utf8()..).unwrap_or("");
        before.ends_with(char::is_whitespace)
            && after.starts_with(char::is_whitespace)
            && (is_tail(*c, after.trim()) || title.is_some_and(|t| t.trim() == before.trim()))
    });
    ends.next().map_or(line.len(), |(at, _)| at)
}

fn is_tail(mark: char, tail: &str) -> bool {
    let name = tail.split_whitespace().count() <= 5
        && tail.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    date_line(tail).is_some() || matches!(mark, '|' | '»') && name
}

fn tail_kind(tail: &str) -> Option<PartKind> {
    let words = tail.trim_start_matches(|c: char| !c.is_alphanumeric());
    match date_line(words) {
        _ if words.is_empty() => None,
        Some(_) => Some(PartKind::Dateline),
        None => Some(PartKind::AgencyCredit),
    }
}

/// The line under the headline: a second title, or a sentence that byline, date or picture part from the report.
fn mark_standfirst(blocks: &mut [Block], from: usize) {
    let Some(at) = (from..blocks.len()).find(|at| blocks.get(*at).is_some_and(Block::is_body)) else {
        return;
    };
    let Some((block, behind)) = blocks.get(at).zip(blocks.get(at + 1..)) else { return };
    if block.is_long() {
        return;
    }
    let report = behind.iter().any(|b| b.is_body() && ends_sentence(b.text));
    let title = is_title_like(block)
        || block.words() <= LONGEST_STANDFIRST
            && !ends_sentence(block.text)
            && !block.text.ends_with([':', ',']);
    let under_title =
        block.words() <= LONGEST_STANDFIRST && behind.first().is_some_and(parts_head_from_report);
    let caption = is_caption_by_itself(block.text);
    let stands_under = report && !caption && (title || under_title && at == from);
    if let Some(block) = blocks.get_mut(at).filter(|_| stands_under) {
        block.set(PartKind::Standfirst);
    }
}

/// Byline, date or picture: between the head of the page and the report.
fn parts_head_from_report(block: &Block) -> bool {
    block.has(PartKind::AgencyCredit) || block.has(PartKind::Dateline) || block.has(PartKind::PhotoCredit)
}

/// Small letters and figures only: how two versions of a title are compared.
fn letters(line: &str) -> String {
    line.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
