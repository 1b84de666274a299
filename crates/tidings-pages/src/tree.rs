//! The elements and texts of a page, in the order in which they stand.
//!
//! Not the tree of a browser but one that costs the same for every page: nodes lie in document order, a node's
//! descendants follow it without a gap, nothing is ever moved, and nothing lies deeper than [`DEEPEST`].

mod build;
mod tags;

pub(crate) use build::parse;
pub(crate) use tags::{is_block, is_heading};

/// Elements below this depth become neighbours instead of children, as in browsers.
const DEEPEST: usize = 512;

/// The number of a node.
pub(crate) type Id = usize;

/// A page.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// The texts of all nodes, one after the other.
    text: String,
    /// The date of publication as a program on the page has it.
    pub(crate) program_date: Option<String>,
    /// What was left out because there was too much of it.
    pub(crate) is_cut: bool,
}

#[derive(Debug)]
struct Node {
    /// The element that it stands in; its own number for the first.
    parent: Id,
    /// One past its last descendant.
    end: Id,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    /// The name of the element, empty for names that mean nothing to us, and its attributes.
    Element { tag: &'static str, attributes: (u32, u32) },
    /// Bytes of [`Tree::text`].
    Text { start: usize, end: usize },
}

#[derive(Debug)]
struct Attribute {
    name: &'static str,
    value: String,
}

impl Tree {
    /// The number of nodes.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// All nodes, in order.
    pub(crate) fn ids(&self) -> std::ops::Range<Id> {
        0..self.nodes.len()
    }

    /// A node and all that lies within it.
    pub(crate) fn within(&self, id: Id) -> std::ops::Range<Id> {
        id..self.end(id)
    }

    /// One past the last descendant.
    pub(crate) fn end(&self, id: Id) -> Id {
        self.nodes.get(id).map_or(id, |node| node.end)
    }

    /// The element that a node stands in; none for the page itself.
    pub(crate) fn parent(&self, id: Id) -> Option<Id> {
        self.nodes.get(id).map(|node| node.parent).filter(|parent| *parent != id)
    }

    /// The elements around a node, the nearest first.
    pub(crate) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |at| self.parent(*at))
    }

    /// The name of an element; empty for texts and for names that mean nothing to us.
    pub(crate) fn tag(&self, id: Id) -> &'static str {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Element { tag, .. }) => tag,
            _ => "",
        }
    }

    /// Whether a node is an element.
    pub(crate) fn is_element(&self, id: Id) -> bool {
        matches!(self.nodes.get(id), Some(Node { kind: Kind::Element { .. }, .. }))
    }

    /// The words of a text node; empty for elements.
    pub(crate) fn text(&self, id: Id) -> &str {
        match self.nodes.get(id).map(|node| &node.kind) {
            Some(Kind::Text { start, end }) => self.text.get(*start..*end).unwrap_or(""),
            _ => "",
        }
    }

    /// An attribute of an element.
    pub(crate) fn attribute(&self, id: Id, name: &str) -> Option<&str> {
        let Some(Kind::Element { attributes: (from, to), .. }) = self.nodes.get(id).map(|node| &node.kind)
        else {
            return None;
        };
        let own = self.attributes.get(*from as usize..*to as usize)?;
        own.iter().find(|a| a.name == name).map(|a| a.value.as_str())
    }

    /// The elements of this name.
    pub(crate) fn named<'t>(&'t self, tag: &'t str) -> impl Iterator<Item = Id> + 't {
        self.ids().filter(move |id| self.tag(*id) == tag)
    }

    /// All words within a node, white space as one space each.
    pub(crate) fn words(&self, id: Id) -> String {
        let mut out = String::new();
        for at in self.within(id) {
            if is_block(self.tag(at)) || self.tag(at) == "br" {
                push_words(&mut out, " ");
            }
            push_words(&mut out, self.text(at));
        }
        out.truncate(out.trim_end().len());
        out
    }
}

/// Adds words with white space as one space each, none at the start.
pub(crate) fn push_words(out: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
}
