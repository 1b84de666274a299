//! The main text: which of the lines of a page are the report?
//!
//! Every line has a weight: sentences weigh what they are long, links and odd words weigh against. The main text is the
//! element whose lines weigh most together, so that an element with the report and much else loses against one with the
//! report alone. Names that publishers give to elements (`roles.rs`) take lines out before and help to choose.

mod choice;
mod endings;
mod lines;
mod prune;
mod told;

pub(crate) use told::told;

use crate::roles::Roles;
use crate::runs::Run;
use crate::tree::Tree;
use crate::words::same_letters;
use tidings_document::PartKind;

/// A line of the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is: body, subheading, caption or picture credit.
    pub kind: PartKind,
    /// Its words, white space as one space each.
    pub text: String,
}

/// What is known of a page before its main text is looked for.
pub(crate) struct Sources<'p> {
    pub(crate) tree: &'p Tree,
    pub(crate) roles: &'p [Roles],
    pub(crate) runs: &'p [Run],
    /// The headline, if it is known.
    pub(crate) headline: Option<&'p str>,
    /// What the page tells others that it is about.
    pub(crate) description: Option<&'p str>,
    /// For each line whether the text that the page tells search engines has it; empty if there is none to believe.
    pub(crate) told: Vec<bool>,
    /// Who wrote it, if that is known.
    pub(crate) authors: &'p [String],
}

impl Sources<'_> {
    /// The lines that are the headline and no link to the story.
    fn headline_lines(&self) -> Vec<usize> {
        let Some(headline) = self.headline else { return Vec::new() };
        let is_headline = |run: &Run| run.link_share() < 0.5 && same_letters(headline, &run.text);
        self.runs.iter().enumerate().filter(|(_, run)| is_headline(run)).map(|(at, _)| at).collect()
    }
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Body {
    /// The lines in order.
    pub(crate) blocks: Vec<Block>,
    /// The sentence between headline and report.
    pub(crate) standfirst: Option<String>,
}

/// A text with fewer words is no report; it is looked for again with fewer doubts.
const FEWEST_WORDS: usize = 50;

/// The main text of a page.
pub(crate) fn body(sources: &Sources) -> Body {
    let strict = attempt(sources, prune::Severity::Strict);
    if words(&strict) >= FEWEST_WORDS {
        return strict;
    }
    let lenient = attempt(sources, prune::Severity::Lenient);
    if words(&lenient) > words(&strict) * 2 { lenient } else { strict }
}

/// The text that a page tells search engines, as lines: for pages that show it by a program only.
pub(crate) fn told_blocks(text: &str) -> Vec<Block> {
    let html = if text.contains("</") { text.to_owned() } else { text.replace('\n', "<br><br>") };
    let runs = crate::runs::runs(&crate::tree::parse(&html));
    runs.into_iter().map(|run| Block { kind: PartKind::Body, text: run.text }).collect()
}

fn attempt(sources: &Sources, severity: prune::Severity) -> Body {
    let pruned = prune::pruned(sources, severity);
    let chosen = choice::choose(sources, &pruned);
    lines::body(sources, &pruned, &chosen)
}

fn words(body: &Body) -> usize {
    words_of(&body.blocks)
}

/// Words of the report itself.
pub(crate) fn words_of(blocks: &[Block]) -> usize {
    let report = blocks.iter().filter(|b| b.kind == PartKind::Body);
    report.map(|b| b.text.split(' ').count()).sum()
}
