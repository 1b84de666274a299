//! Names of elements and attributes that mean something to us, and what the standard says of them.

/// What is known of an element.
#[derive(Debug)]
pub(super) struct Tags;

/// Elements that begin a new line, sorted.
const BLOCKS: [&str; 56] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "noscript",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements within a line, sorted.
const INLINE: [&str; 46] = [
    "a", "abbr", "audio", "b", "base", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "input", "ins", "kbd", "label", "link", "mark", "meta", "object", "picture", "q",
    "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "svg", "template", "textarea",
    "time", "title", "tt", "u", "var", "video",
];

/// Elements that hold nothing, sorted.
const EMPTY: [&str; 16] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "keygen",
];

/// Attributes that are kept, sorted.
const ATTRIBUTES: [&str; 25] = [
    "aria-hidden",
    "aria-label",
    "charset",
    "class",
    "content",
    "data-component",
    "data-testid",
    "datetime",
    "dir",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "pubdate",
    "rel",
    "role",
    "style",
    "title",
    "type",
];

impl Tags {
    /// The element of this name in small letters; empty for one that means nothing to us.
    pub(super) fn element(name: &[u8]) -> &'static str {
        let found = |list: &[&'static str]| {
            list.binary_search_by(|known| known.as_bytes().cmp(name))
                .ok()
                .and_then(|at| list.get(at).copied())
        };
        found(&BLOCKS).or_else(|| found(&INLINE)).unwrap_or("")
    }

    /// The attribute of this name in small letters.
    pub(super) fn attribute(name: &[u8]) -> Option<&'static str> {
        let at = ATTRIBUTES.binary_search_by(|known| known.as_bytes().cmp(name)).ok()?;
        ATTRIBUTES.get(at).copied()
    }

    /// Whether an element holds nothing.
    pub(super) fn is_empty(name: &[u8]) -> bool {
        EMPTY.iter().any(|known| known.as_bytes() == name)
    }

    /// The open elements that `tag` ends when it begins, and those that keep what lies outside of them open.
    pub(super) fn ends(tag: &str) -> Option<(&'static [&'static str], &'static [&'static str])> {
        const CELL: [&str; 3] = ["td", "th", "caption"];
        const TABLE: [&str; 1] = ["table"];
        Some(match tag {
            "li" => (&["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dd" | "dt" => (&["dd", "dt"], &["dl", "table", "td", "th"]),
            "option" => (&["option"], &["select"]),
            "td" | "th" => (&CELL, &["table", "tr"]),
            "tr" => (&["tr"], &TABLE),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &TABLE),
            "a" => (&["a"], &BLOCKS),
            _ if is_heading(tag) => (&["p", "h1", "h2", "h3", "h4", "h5", "h6"], &BLOCKS_OF_P),
            _ if is_block(tag) && !matches!(tag, "button" | "script" | "style" | "noscript" | "iframe") => {
                (&["p"], &BLOCKS_OF_P)
            }
            _ => return None,
        })
    }
}

/// A paragraph that lies outside of these stays open.
const BLOCKS_OF_P: [&str; 5] = ["button", "caption", "table", "td", "th"];

/// Whether an element begins a new line.
pub(crate) fn is_block(tag: &str) -> bool {
    BLOCKS.binary_search(&tag).is_ok()
}

/// Whether an element is a heading.
pub(crate) fn is_heading(tag: &str) -> bool {
    matches!(tag.as_bytes(), [b'h', b'1'..=b'6'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(BLOCKS.is_sorted() && INLINE.is_sorted() && ATTRIBUTES.is_sorted());
    }

    #[test]
    fn names_are_known() {
        assert_eq!(Tags::element(b"figcaption"), "figcaption");
        assert_eq!(Tags::element(b"span"), "span");
        assert_eq!(Tags::element(b"x-widget"), "");
        assert!(is_block("li") && !is_block("span") && is_heading("h2") && !is_heading("hr"));
    }
}
