//! Pages of our own beside what they say.

mod dates;
mod hostile;
mod metadata;
mod text;

use tidings_document::PartKind;
use tidings_pages::Page;

/// Three paragraphs of a report.
pub const REPORT: [&str; 3] = [
    "Norway thanked Iceland on Monday for sending back four boats and their crews, the foreign ministry in Oslo said.",
    "\"They are friends, and friends help each other before the winter begins,\" the foreign minister told reporters in \
     Reykjavik after talks with her counterpart.",
    "The fishermen had been held in the harbour of Isafjordur since February, when their boats crossed the line between \
     the two fishing zones.",
];

/// The report as paragraphs of HTML.
pub fn paragraphs() -> String {
    REPORT.map(|line| format!("<p>{line}</p>")).concat()
}

/// The lines of the body, without subheadings and captions.
pub fn body(page: &Page) -> Vec<&str> {
    lines(page, PartKind::Body)
}

/// The lines of one kind.
pub fn lines(page: &Page, kind: PartKind) -> Vec<&str> {
    page.blocks.iter().filter(|b| b.kind == kind).map(|b| b.text.as_str()).collect()
}
