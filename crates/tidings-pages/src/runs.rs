//! The lines of a page: words that stand together, between the edges of blocks.

use crate::tree::{Id, Tree, is_block, push_words};

/// Elements that never hold words of a report.
const WORDLESS: [&str; 17] = [
    "script", "style", "noscript", "template", "svg", "select", "option", "button", "textarea", "input",
    "iframe", "object", "video", "audio", "dialog", "head", "map",
];

/// A line of the page.
#[derive(Debug)]
pub(crate) struct Run {
    /// The block that it stands in.
    pub(crate) block: Id,
    /// Its first text.
    pub(crate) first: Id,
    /// Its words, white space as one space each.
    pub(crate) text: String,
    /// Number of words.
    pub(crate) words: usize,
    /// Bytes of `text` that are links.
    links: usize,
}

impl Run {
    /// The share of it that is links.
    pub(crate) fn link_share(&self) -> f32 {
        self.links as f32 / self.text.len().max(1) as f32
    }

    /// Whether it ends as sentences do.
    pub(crate) fn ends_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ']);
        end.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '।', '؟'])
    }
}

/// So many blocks may lie between a link and the words in it.
const BLOCKS_IN_LINK: usize = 6;

/// The lines of a page in order.
pub(crate) fn runs(tree: &Tree) -> Vec<Run> {
    let mut walk = Walk { tree, open: Vec::new(), out: Vec::new(), line: Line::default() };
    let mut at = 0;
    while at < tree.len() {
        at = walk.visit(at);
    }
    walk.leave_until(usize::MAX);
    walk.flush();
    walk.out
}

/// A way through the page.
struct Walk<'t> {
    tree: &'t Tree,
    /// Elements around the present node that matter, and where they end.
    open: Vec<(Id, Id)>,
    out: Vec<Run>,
    line: Line,
}

#[derive(Default)]
struct Line {
    first: Option<Id>,
    text: String,
    links: usize,
    /// Whether a line break was the last thing.
    broken: bool,
}

impl Walk<'_> {
    /// Takes in a node and says which is next.
    fn visit(&mut self, at: Id) -> Id {
        self.leave_until(at);
        let tag = self.tree.tag(at);
        if WORDLESS.contains(&tag) {
            return self.tree.end(at);
        }
        if !self.tree.is_element(at) {
            self.text(at);
        } else if tag == "br" || tag == "span" && self.is_named_break(at) {
            self.line_break();
        } else if is_block(tag) {
            self.flush();
            self.open.push((at, self.tree.end(at)));
        } else if tag == "a" && self.leads_away(at) {
            self.open.push((at, self.tree.end(at)));
        }
        at + 1
    }

    /// `<span class="br">`: a line break made by hand.
    fn is_named_break(&self, at: Id) -> bool {
        self.tree.attribute(at, "class").is_some_and(|class| class.split(' ').any(|name| name == "br"))
    }

    /// Whether a link leads to another page and not to a place on this one.
    fn leads_away(&self, at: Id) -> bool {
        self.tree.attribute(at, "href").is_some_and(|href| !href.starts_with('#'))
    }

    fn leave_until(&mut self, at: Id) {
        while let Some((id, _)) = self.open.pop_if(|(_, end)| *end <= at) {
            if is_block(self.tree.tag(id)) {
                self.flush_in(id);
            }
        }
    }

    fn text(&mut self, at: Id) {
        let text = self.tree.text(at);
        let before = self.line.text.len();
        push_words(&mut self.line.text, text);
        let added = self.line.text.len() - before;
        if text.trim().is_empty() {
            return;
        }
        self.line.broken = false;
        self.line.first.get_or_insert(at);
        self.line.links += if self.is_in_link() { added } else { 0 };
    }

    /// Whether a link is around the words, or around their block.
    fn is_in_link(&self) -> bool {
        self.open.iter().rev().take(BLOCKS_IN_LINK).any(|(id, _)| self.tree.tag(*id) == "a")
    }

    /// Two breaks end a line, or one behind a sentence.
    fn line_break(&mut self) {
        let text = self.line.text.trim_end();
        let sentence = text.len() >= 60 && text.ends_with(['.', '!', '?', '"', '”', ':']);
        if self.line.broken || sentence {
            self.flush();
        } else {
            push_words(&mut self.line.text, " ");
            self.line.broken = true;
        }
    }

    fn flush(&mut self) {
        let blocks = self.open.iter().rev().map(|(id, _)| *id);
        let block = blocks.into_iter().find(|id| is_block(self.tree.tag(*id))).unwrap_or(0);
        self.flush_in(block);
    }

    fn flush_in(&mut self, block: Id) {
        let mut line = std::mem::take(&mut self.line);
        line.text.truncate(line.text.trim_end().len());
        let Some(first) = line.first else { return };
        let words = line.text.split(' ').map(count).sum();
        self.out.push(Run { block, first, links: line.links.min(line.text.len()), words, text: line.text });
    }
}

/// How many words a stretch without spaces is: several in scripts that are written without them.
fn count(stretch: &str) -> usize {
    let spaceless =
        stretch.chars().filter(|c| matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{3040}'..='\u{9FFF}')).count();
    usize::from(stretch.chars().any(char::is_alphanumeric)).max(spaceless / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(html: &str) -> Vec<String> {
        runs(&crate::tree::parse(html)).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn lines_end_at_the_edges_of_blocks() {
        let html = "<div>Oslo <b>thanks</b>\n Reykjavik<p>One<br>two</p>three<ul><li>four</ul></div>";
        assert_eq!(lines(html), ["Oslo thanks Reykjavik", "One two", "three", "four"]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs() {
        assert_eq!(lines("<div>One.<br><br>Two.<br/> <br/>Three</div>"), ["One.", "Two.", "Three"]);
    }

    #[test]
    fn words_of_programs_and_forms_are_no_lines() {
        assert_eq!(
            lines("<p>One <button>Share</button>two<select><option>x</select></p><script>y</script>"),
            ["One two"]
        );
    }

    #[test]
    fn a_place_that_can_be_linked_to_is_no_link() {
        let tree = crate::tree::parse("<a name=top><p>Oslo thanks Reykjavik</p><a href='#top'>up</a>");
        assert!(runs(&tree).iter().all(|run| run.link_share() == 0.0));
    }

    #[test]
    fn the_share_of_links_is_counted() {
        let tree = crate::tree::parse("<p>Oslo <a href=x>thanks</a></p><a href=y><div>Reykjavik</div></a>");
        let shares: Vec<_> = runs(&tree).iter().map(Run::link_share).collect();
        assert!(shares[0] > 0.5 && shares[0] < 0.6 && shares[1] == 1.0, "{shares:?}");
    }
}
