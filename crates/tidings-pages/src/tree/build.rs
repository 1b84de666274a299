//! From the letters of a page to its [`Tree`].

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::tags::Tags;
use super::{Attribute, DEEPEST, Id, Kind, Node, Tree, is_block, is_heading};

/// More nodes than any news page has; what follows is left out.
const MOST_NODES: usize = 2_000_000;
/// Bytes of an attribute that are kept: longer ones are pictures and data of programs.
const LONGEST_ATTRIBUTE: usize = 20_000;
/// Bytes of data for search engines in one `script`.
const LONGEST_DATA: usize = 4_000_000;

/// So many open elements are looked at for one that a start tag ends.
const NEAR: usize = 64;

/// Reads a page; every page can be read.
pub(crate) fn parse(html: &str) -> Tree {
    let mut builder = Builder::new();
    let handle = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
        builder.take(&event);
        None
    };
    let mut emitter = CallbackEmitter::new(handle);
    emitter.naively_switch_states(true);
    // Nothing is handed out on the way: one step reads all.
    let _ = Tokenizer::new_with_emitter(html, emitter).next();
    builder.finish()
}

/// A tree that grows.
struct Builder {
    tree: Tree,
    /// The elements that are open, the outermost first.
    open: Vec<Open>,
    /// Elements that are open below the greatest depth.
    too_deep: usize,
    /// The start tag that is being read.
    name: Vec<u8>,
    first_attribute: usize,
    attribute: Option<&'static str>,
    /// Whether the page's `body` has begun.
    begun: bool,
}

/// An element that is open.
struct Open {
    id: Id,
    tag: &'static str,
    /// Of its name as written, so that the end tag of a name that means nothing to us finds it.
    print: u64,
}

impl Builder {
    /// A page with its `html`, whether it writes it or not.
    fn new() -> Self {
        let root = Node { parent: 0, end: 1, kind: Kind::Element { tag: "html", attributes: (0, 0) } };
        Self {
            tree: Tree { nodes: vec![root], ..Tree::default() },
            open: vec![Open { id: 0, tag: "html", print: print(b"html") }],
            too_deep: 0,
            name: Vec::new(),
            first_attribute: 0,
            attribute: None,
            begun: false,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name.clear();
                self.name.extend_from_slice(name);
                self.first_attribute = self.tree.attributes.len();
            }
            CallbackEvent::AttributeName { name } => self.attribute_name(name),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.text(value),
            _ => {}
        }
    }

    fn attribute_name(&mut self, name: &[u8]) {
        // The first of two attributes with one name counts.
        let known = Tags::attribute(name);
        let own = self.tree.attributes.get(self.first_attribute..).unwrap_or(&[]);
        self.attribute = known.filter(|name| own.iter().all(|a| a.name != *name));
        if let Some(name) = self.attribute {
            self.tree.attributes.push(Attribute { name, value: String::new() });
        }
    }

    fn attribute_value(&mut self, value: &[u8]) {
        if let Some((_, last)) = self.attribute.take().zip(self.tree.attributes.last_mut()) {
            let kept = value.get(..LONGEST_ATTRIBUTE).unwrap_or(value);
            last.value = String::from_utf8_lossy(kept).into_owned();
        }
    }

    fn start(&mut self, self_closing: bool) {
        let tag = Tags::element(&self.name);
        if tag == "html" {
            return self.add_to_root();
        }
        if tag == "body" && std::mem::replace(&mut self.begun, true) || self.is_full() {
            return self.tree.attributes.truncate(self.first_attribute);
        }
        self.leave_head(tag);
        self.imply_ends(tag);
        let attributes = self.attributes();
        let id = self.push(Kind::Element { tag, attributes });
        let in_picture = || self.open.iter().rev().take(NEAR).any(|o| o.tag == "svg");
        if Tags::is_empty(&self.name) || self_closing && (tag.is_empty() || in_picture()) {
            return;
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open { id, tag, print: print(&self.name) });
        } else {
            self.too_deep += 1;
        }
    }

    /// Where the attributes of the present tag are.
    fn attributes(&self) -> (u32, u32) {
        (narrow(self.first_attribute), narrow(self.tree.attributes.len()))
    }

    /// The attributes of the first `html` are those of the page.
    fn add_to_root(&mut self) {
        let own = self.attributes();
        match self.tree.nodes.first_mut().map(|root| &mut root.kind) {
            Some(Kind::Element { attributes, .. }) if *attributes == (0, 0) => *attributes = own,
            _ => self.tree.attributes.truncate(self.first_attribute),
        }
    }

    fn is_full(&mut self) -> bool {
        let full = self.tree.nodes.len() >= MOST_NODES;
        self.tree.is_cut |= full;
        full
    }

    /// The head ends where something begins that cannot stand in it.
    fn leave_head(&mut self, tag: &str) {
        let may_stand =
            matches!(tag, "meta" | "link" | "title" | "script" | "style" | "base" | "noscript" | "template");
        let head = self.open.iter().take(3).position(|o| o.tag == "head");
        if let Some(at) = head.filter(|_| !may_stand && self.open.len() <= 3) {
            self.close(at);
        }
    }

    /// A paragraph ends where the next block begins, a list item where the next item does.
    fn imply_ends(&mut self, tag: &str) {
        let Some((ended, walls)) = Tags::ends(tag) else { return };
        for (at, open) in self.open.iter().enumerate().rev().take(NEAR) {
            if ended.contains(&open.tag) {
                return self.close(at);
            }
            if walls.contains(&open.tag) {
                return;
            }
        }
    }

    fn end(&mut self, name: &[u8]) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        let tag = Tags::element(name);
        if matches!(tag, "html" | "body") {
            return;
        }
        if tag == "br" {
            self.push(Kind::Element { tag, attributes: (0, 0) });
            return;
        }
        let wanted = print(name);
        let walls = walls(tag);
        for (at, open) in self.open.iter().enumerate().rev() {
            if open.print == wanted || is_heading(tag) && is_heading(open.tag) {
                return self.close(at);
            }
            if if is_block(tag) { walls.contains(&open.tag) } else { is_block(open.tag) } {
                return;
            }
        }
    }

    fn text(&mut self, value: &[u8]) {
        if self.open.last().is_some_and(|open| open.tag == "script") && self.tree.program_date.is_none() {
            self.tree.program_date = program_date(value);
        }
        let skipped = match self.open.last() {
            Some(Open { tag: "style" | "noscript" | "iframe" | "textarea", .. }) => true,
            Some(Open { tag: "script", id, .. }) => !self.is_data(*id) || value.len() > LONGEST_DATA,
            _ => false,
        };
        if skipped || self.is_full() {
            return;
        }
        let start = self.tree.text.len();
        self.tree.text.push_str(&String::from_utf8_lossy(value));
        let end = self.tree.text.len();
        self.push(Kind::Text { start, end });
    }

    /// Whether a `script` holds data for search engines.
    fn is_data(&self, id: Id) -> bool {
        self.tree
            .attribute(id, "type")
            .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"))
    }

    fn push(&mut self, kind: Kind) -> Id {
        let id = self.tree.nodes.len();
        let parent = self.open.last().map_or(id, |open| open.id);
        self.tree.nodes.push(Node { parent, end: id + 1, kind });
        id
    }

    /// Ends the open elements from the one at `at` on.
    fn close(&mut self, at: usize) {
        let end = self.tree.nodes.len();
        for open in self.open.drain(at..) {
            if let Some(node) = self.tree.nodes.get_mut(open.id) {
                node.end = end;
            }
        }
    }

    fn finish(mut self) -> Tree {
        self.close(0);
        self.tree
    }
}

/// The open elements that the end tag of a block does not look beyond.
fn walls(tag: &str) -> &'static [&'static str] {
    match tag {
        "table" => &[],
        "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" => &["table"],
        "li" => &["ul", "ol", "table", "td", "th"],
        "p" => &["button", "caption", "table", "td", "th", "div", "section", "article", "blockquote", "li"],
        _ => &["table", "td", "th", "caption", "button"],
    }
}

/// The date of publication among the data of a program: `"datePublished":"2026-03-03T10:00:00Z"`.
fn program_date(program: &[u8]) -> Option<String> {
    let rest = PROGRAM_KEYS.iter().find_map(|key| {
        let at = memmem(program, key)?;
        program.get(at + key.len()..(at + key.len() + 60).min(program.len()))
    })?;
    let text = String::from_utf8_lossy(rest).replace('\\', "");
    let value = text.trim_start().strip_prefix('"')?.trim_start().strip_prefix(':')?.trim_start();
    let value = value.strip_prefix('"').unwrap_or(value).split(['"', ',', '}']).next()?;
    Some(value.to_owned())
}

/// Names under which programs keep the date of publication.
const PROGRAM_KEYS: [&[u8]; 6] =
    [b"datePublished", b"publishedAt", b"publishDate", b"published_at", b"publishedDate", b"publicationDate"];

fn memmem(text: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    while let Some(at) = text.get(from..)?.iter().position(|b| *b == first) {
        if text.get(from + at..)?.starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

fn print(name: &[u8]) -> u64 {
    name.iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3))
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page as nested names and words.
    fn shape(html: &str) -> String {
        let tree = parse(html);
        let mut out = String::new();
        let mut ends: Vec<Id> = Vec::new();
        for id in tree.ids().skip(1) {
            while ends.last().is_some_and(|end| *end <= id) {
                ends.pop();
                out.push(')');
            }
            if tree.is_element(id) {
                out.push_str(tree.tag(id));
                out.push('(');
                ends.push(tree.end(id));
            } else {
                out.push_str(tree.text(id));
            }
        }
        out + &")".repeat(ends.len())
    }

    #[test]
    fn a_paragraph_ends_where_the_next_block_begins() {
        assert_eq!(shape("<div><p>One<p>Two<ul><li>a<li>b</ul></div>"), "div(p(One)p(Two)ul(li(a)li(b)))");
    }

    #[test]
    fn misnested_tags_do_no_harm() {
        assert_eq!(shape("<div><b>bold<p>in</b> it</p></div>x"), "div(b(boldp(in it)))x");
        assert_eq!(shape("</div></p>x<table><tr><td>a</div>b<td>c</table>y"), "xtable(tr(td(ab)td(c)))y");
        assert_eq!(shape("<x-card><p>a</x-card>b</p></x-card>c"), "(p(ab))c");
    }

    #[test]
    fn programs_are_left_out_and_data_are_kept() {
        let html = "<script>if (a < b) {}</script><style>p{}</style><script type='application/ld+json'>{\"a\":1}</script>";
        assert_eq!(shape(html), "script()style()script({\"a\":1})");
    }

    #[test]
    fn letters_written_as_names_are_read() {
        let tree = parse("<p title='a &amp; b'>Reykjav&iacute;k&nbsp;&#8217;</p>");
        assert_eq!(tree.text(2), "Reykjavík\u{A0}’");
        assert_eq!(tree.attribute(1, "title"), Some("a & b"));
    }

    #[test]
    fn the_head_ends_where_the_body_begins() {
        assert_eq!(shape("<html><head><title>T</title><p>a"), "head(title(T))p(a)");
    }

    #[test]
    fn the_page_has_the_attributes_of_its_first_element() {
        let tree = parse("<!doctype html><html lang=en><body><html lang=de><p>a");
        assert_eq!((tree.attribute(0, "lang"), tree.tag(0)), (Some("en"), "html"));
        assert_eq!(parse("").len(), 1);
    }

    #[test]
    fn a_page_as_deep_as_a_well_is_read_to_its_end() {
        let html = format!("{}words{}<p>after</p>", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let tree = parse(&html);
        assert_eq!(tree.len(), 20_000 + 4);
        assert!(tree.ids().all(|id| tree.ancestors(id).count() <= DEEPEST));
        assert_eq!(tree.parent(20_002), Some(0));
    }
}
