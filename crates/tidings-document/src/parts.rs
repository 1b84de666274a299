//! The parts of a page: what is news text, what is furniture.

mod blocks;
mod captions;
mod credits;
mod datelines;
mod duplicates;
mod embeds;
mod titles;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use tidings_text::Span;

use blocks::Block;
pub(crate) use blocks::is_blank;
pub(crate) use credits::outlet_of_credit;
pub(crate) use datelines::dateline_date;

/// What a stretch of the page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartKind {
    /// The title line.
    Headline,
    /// The line under the title.
    Standfirst,
    /// Place and agency at the head of the body ("GENEVA (Reuters) -"), or a line that is nothing but a date.
    Dateline,
    /// Words under a picture.
    Caption,
    /// Who took the picture.
    PhotoCredit,
    /// Who supplied or wrote the text.
    AgencyCredit,
    /// A title inside the body.
    Subheading,
    /// "Related:", "Watch:" and the like.
    EmbedLabel,
    /// The link that follows such a label, a bare URL.
    EmbedLink,
    /// Text that the page repeats.
    Duplicate,
    /// The report.
    Body,
}

impl PartKind {
    /// The name in a `segment` record, as SCHEMA.md writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Caption => "caption",
            Self::PhotoCredit => "photo_credit",
            Self::AgencyCredit => "agency_credit",
            Self::Subheading => "subheading",
            Self::EmbedLabel => "embed_label",
            Self::EmbedLink => "embed_link",
            Self::Duplicate => "duplicate",
            Self::Body => "body",
        }
    }

    /// Whether such a part is read as news text, unless something speaks against it.
    ///
    /// A subheading is not: it is a fragment of what the paragraphs under it tell.
    fn is_news(self) -> bool {
        matches!(self, Self::Headline | Self::Standfirst | Self::Caption | Self::Body)
    }
}

/// A stretch of the page with its purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is for.
    pub kind: PartKind,
    /// Where it is, in bytes.
    pub span: Span,
    /// Not to be read as news text: kept, marked, never coded.
    pub remove: bool,
}

impl Part {
    /// A part that is read as news text if its kind is.
    pub fn new(kind: PartKind, span: Span) -> Self {
        Self { kind, span, remove: !kind.is_news() }
    }
}

/// So many bytes of a text are searched for furniture; no report is that long, and what follows is taken as body.
const LONGEST_SEARCHED: usize = 2_000_000;

/// Splits `text` into its parts, in order, without overlaps, so that every visible character is in one; `title` is the
/// headline where metadata gives it.
///
/// Paragraphs of the report that follow each other are one part, since quotations run on from one to the next. Each step
/// looks only at what the steps before left as body.
pub fn find_parts(text: &str, title: Option<&str>) -> Vec<Part> {
    let (searched, rest) = text.split_at(text.floor_char_boundary(LONGEST_SEARCHED));
    let mut blocks = blocks::blocks(searched, is_furniture_line);
    mark_furniture(&mut blocks);
    titles::mark_head(&mut blocks, title);
    captions::mark(&mut blocks);
    embeds::mark_links(&mut blocks);
    titles::mark_subheadings(&mut blocks);
    duplicates::mark(&mut blocks);
    datelines::split_datelines(&mut blocks);
    credits::split_last_credit(&mut blocks);
    let behind = visible(rest).map(|s| Span::new(s.start + searched.len(), s.end + searched.len()));
    assemble(
        blocks
            .iter()
            .flat_map(|b| b.pieces.iter().copied())
            .chain(behind.map(|s| Part::new(PartKind::Body, s))),
    )
}

/// The parts of a text whose input marks them, a web page for example: `known` are its lines in order. What is marked stays
/// as it is; lines marked as body may still be credits, links or repetitions, and the first may open with a dateline.
pub fn refine_parts(text: &str, known: &[Part]) -> Vec<Part> {
    let mut blocks: Vec<Block> = known.iter().map(|part| Block::marked(text, *part)).collect();
    mark_furniture(&mut blocks);
    embeds::mark_links(&mut blocks);
    duplicates::mark(&mut blocks);
    datelines::split_datelines(&mut blocks);
    credits::split_last_credit(&mut blocks);
    assemble(blocks.iter().flat_map(|b| b.pieces.iter().copied()))
}

/// From the first to the last visible character.
fn visible(text: &str) -> Option<Span> {
    let start = text.find(|c| !is_blank(c))?;
    Some(Span::new(start, text.trim_end_matches(is_blank).len()))
}

/// Lines that say of themselves what they are.
fn mark_furniture(blocks: &mut [Block]) {
    for block in blocks.iter_mut().filter(|b| b.is_body() && !b.is_long()) {
        if let Some(kind) = furniture(block.text) {
            block.set(kind);
        } else if let Some(end) = embeds::label(block.text) {
            block.split(end, PartKind::EmbedLabel, PartKind::EmbedLink);
        }
    }
}

fn furniture(line: &str) -> Option<PartKind> {
    if credits::is_photo_credit(line) {
        Some(PartKind::PhotoCredit)
    } else if datelines::is_date_line(line) {
        Some(PartKind::Dateline)
    } else if credits::is_agency_credit(line) || credits::is_byline(line) {
        Some(PartKind::AgencyCredit)
    } else if embeds::is_link(line) {
        Some(PartKind::EmbedLink)
    } else {
        embeds::is_prompt(line).then_some(PartKind::EmbedLabel)
    }
}

fn is_furniture_line(line: &str) -> bool {
    line_kind(line).is_some()
}

/// What a line is that says so of itself: a credit, a date, a link, or a label or prompt between paragraphs.
pub fn line_kind(line: &str) -> Option<PartKind> {
    let label = || embeds::label(line).map(|_| PartKind::EmbedLabel);
    if line.len() > blocks::LONGEST_LINE { None } else { furniture(line).or_else(label) }
}

/// The pieces, with paragraphs of the body that follow each other as one part.
fn assemble(pieces: impl Iterator<Item = Part>) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for piece in pieces {
        match parts.last_mut() {
            Some(last) if last.kind == PartKind::Body && piece.kind == PartKind::Body => {
                last.span.end = piece.span.end;
            }
            _ => parts.push(piece),
        }
    }
    parts
}
