//! What does a web page say?
//!
//! [`page`] reads the HTML of a news page: its main text as paragraphs, headline, standfirst, captions apart from the
//! body, authors, outlet, dates, language, and whether it is only the stub that a paywall leaves. It is a pure function,
//! its cost grows with the length of the page and nothing else, and every page can be read.

mod access;
mod body;
mod dates;
mod decode;
mod document;
mod metadata;
mod roles;
mod runs;
mod tree;
mod words;

use tidings_document::Warning;

pub use body::Block;
pub use dates::{DateSource, PageDate, Stamp};
pub use decode::{Decoded, decode};

/// What a page says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The title of the report.
    pub headline: Option<String>,
    /// What the page calls itself for search engines and networks, where that is something else.
    pub other_titles: Vec<String>,
    /// The sentence or two between headline and report.
    pub standfirst: Option<String>,
    /// The report, its subheadings and the words under its pictures, in order.
    pub blocks: Vec<Block>,
    /// Who wrote it, as the page names them.
    pub authors: Vec<String>,
    /// Who published it, as the page names it.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<PageDate>,
    /// When it was last changed.
    pub modified: Option<PageDate>,
    /// The address that the page gives itself, else the one it was read from.
    pub url: Option<String>,
    /// The language that the page says it is in: ISO 639-1 code, small letters.
    pub language: Option<String>,
    /// Whether only the beginning is there, because the rest is not free.
    pub is_stub: bool,
    /// What the reader of the results should know.
    pub warnings: Vec<Warning>,
}

/// Reads a page; `url` is the address that it was read from.
pub fn page(html: &str, url: Option<&str>) -> Page {
    let tree = tree::parse(html);
    let roles = roles::roles(&tree);
    let runs = runs::runs(&tree);
    let mut warnings = Vec::new();
    let tags = metadata::Tags::of(&tree);
    let title = tags.get("og:title").or(tags.title.as_deref());
    let article = metadata::article(&tree, title, &mut warnings);
    let headline = metadata::headline(&tree, &roles, &tags, &article);
    let told = body::told(&runs, article.body.as_deref());
    let authors = metadata::authors(&tree, &roles, &tags, &article);
    let sources = body::Sources {
        tree: &tree,
        roles: &roles,
        runs: &runs,
        headline: headline.as_deref(),
        description: tags.first(&["og:description", "description"]),
        told,
        authors: &authors,
    };
    let mut body = body::body(&sources);
    let told_blocks = article.body.as_deref().map(body::told_blocks).unwrap_or_default();
    if body::words_of(&told_blocks) > 2 * body::words_of(&body.blocks) {
        body.blocks = told_blocks;
    }
    let places = dates::Places {
        tree: &tree,
        roles: &roles,
        runs: &runs,
        tags: &tags,
        article: &article,
        headline: headline.as_deref(),
        url,
    };
    let (published, modified) = dates::dates(&places);
    let words = body::words_of(&body.blocks);
    let is_stub = access::is_stub(&tree, &roles, &tags, &article, words);
    warn(&tree, words, is_stub, &mut warnings);
    let canonical =
        tags.canonical.clone().or_else(|| tags.get("og:url").map(str::to_owned)).or(article.url.clone());
    let language = tags.language.as_deref().or(article.language.as_deref()).and_then(primary);
    let other_titles = metadata::other_titles(&tags, &article, headline.as_deref());
    Page {
        headline,
        other_titles,
        standfirst: body.standfirst,
        blocks: body.blocks,
        authors,
        outlet: metadata::outlet(&tags, &article),
        published,
        modified,
        url: canonical.filter(|u| u.contains("://")).or_else(|| url.map(str::to_owned)),
        language,
        is_stub,
        warnings,
    }
}

fn warn(tree: &tree::Tree, words: usize, is_stub: bool, warnings: &mut Vec<Warning>) {
    if tree.is_cut {
        let message = format!("the page has more than {} elements; the rest was not read", tree.len());
        warnings.push(Warning::new("page-cut", message));
    }
    if words == 0 {
        let frames = tree.ids().any(|id| matches!(tree.tag(id), "frameset" | "frame"));
        let hint = if frames { "hint: the text is in its frames" } else { "hint: is it made by a script?" };
        warnings.push(Warning::new("no-main-text", format!("no main text was found on the page; {hint}")));
    }
    if is_stub {
        let message =
            format!("only the beginning of the report is there ({words} words): the rest is not free");
        warnings.push(Warning::new("paywall-stub", message));
    }
}

/// `en` of `en-GB`.
fn primary(language: &str) -> Option<String> {
    let code = language.split(['-', '_', ',']).next()?.trim().to_ascii_lowercase();
    (matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase())).then_some(code)
}
