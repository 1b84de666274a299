//! ECB+ (Cybulska and Vossen 2014): news on some topics, with the mentions of each event over all texts of a topic.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use roxmltree::{Document, Node};
use tidings_text::Span;

use crate::error::{Error, Result, read};

/// A text with its mentions of events.
#[derive(Debug)]
pub struct EventText {
    /// File name without its ending, `1_10ecb`.
    pub name: String,
    /// Number of the topic.
    pub topic: u32,
    /// One sentence a line, words with a blank between.
    pub text: String,
    /// Each sentence.
    pub sentences: Vec<Span>,
    /// Mentions in the sentences that were checked, in order.
    pub mentions: Vec<EventMention>,
}

/// Words that mention an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMention {
    /// Its words, one span each.
    pub words: Vec<Span>,
    /// The event over all texts; a mention without one is an event of its own.
    pub event: String,
}

/// Reads the texts of the folder `ecbplus` by topic and name; only mentions of the sentences that the list of checked
/// ones names count, as its authors advise.
pub fn ecb(folder: &Path, checked: &Path) -> Result<Vec<EventText>> {
    let checked = checked_sentences(checked)?;
    let mut texts = Vec::new();
    for topic in entries(folder)? {
        for path in entries(&topic)? {
            if path.extension().is_some_and(|e| e == "xml") {
                texts.push(text(&path, &read(&path)?, &checked)?);
            }
        }
    }
    texts.sort_by(|a, b| (a.topic, &a.name).cmp(&(b.topic, &b.name)));
    Ok(texts)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let problem = |source| Error::File { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(problem)?.collect::<std::io::Result<Vec<_>>>();
    let mut paths: Vec<_> = entries.map_err(problem)?.into_iter().map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

/// Topic, file and number of each checked sentence.
fn checked_sentences(path: &Path) -> Result<BTreeSet<(String, String)>> {
    let list = read(path)?;
    let mut out = BTreeSet::new();
    for (index, line) in list.lines().enumerate().skip(1).filter(|(_, l)| !l.trim().is_empty()) {
        let [topic, file, sentence] = line.split(',').map(str::trim).collect::<Vec<_>>()[..] else {
            return Err(Error::line(path, index, "not a topic, a file and a number of a sentence"));
        };
        out.insert((format!("{topic}_{file}"), sentence.to_owned()));
    }
    Ok(out)
}

fn text(path: &Path, xml: &str, checked: &BTreeSet<(String, String)>) -> Result<EventText> {
    let tree = Document::parse(xml).map_err(|e| {
        let index = usize::try_from(e.pos().row.saturating_sub(1)).unwrap_or(0);
        Error::line(path, index, format!("{e}; hint: a file of ECB+ is well-formed XML"))
    })?;
    let name = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let topic = name.split('_').next().and_then(|t| t.parse().ok());
    let topic =
        topic.ok_or_else(|| Error::line(path, 0, "the name does not begin with the number of a topic"))?;
    let mut out = EventText { name, topic, text: String::new(), sentences: Vec::new(), mentions: Vec::new() };
    let tokens = tokens(&tree, &mut out);
    let events = events(&tree);
    for node in tree.descendants().filter(|n| is_event(*n)) {
        let Some(id) = node.attribute("m_id") else { continue };
        let anchors = node.children().filter_map(|c| c.attribute("t_id"));
        let words: Vec<&Token> = anchors.filter_map(|t| tokens.get(t)).collect();
        let counts = |token: &&Token| checked.contains(&(out.name.clone(), token.sentence.clone()));
        if words.first().is_some_and(counts) {
            let alone = || format!("{} {id}", out.name);
            let event = events.get(id).map_or_else(alone, |e| (*e).to_owned());
            out.mentions.push(EventMention { words: words.iter().map(|w| w.span).collect(), event });
        }
    }
    out.mentions.sort_by_key(|m| m.words.first().map(|w| w.start));
    Ok(out)
}

struct Token {
    sentence: String,
    span: Span,
}

/// The words by number; the text grows with them.
fn tokens(tree: &Document, out: &mut EventText) -> BTreeMap<String, Token> {
    let mut tokens = BTreeMap::new();
    let mut last = None;
    for node in tree.descendants().filter(|n| n.has_tag_name("token")) {
        let sentence = node.attribute("sentence").unwrap_or_default();
        if last.is_some_and(|l| l != sentence) {
            out.text.push('\n');
        } else if last.is_some() {
            out.text.push(' ');
        }
        let start = out.text.len();
        out.text.push_str(node.text().unwrap_or_default().trim());
        let span = Span::new(start, out.text.len());
        match out.sentences.last_mut().filter(|_| last == Some(sentence)) {
            Some(open) => open.end = span.end,
            None => out.sentences.push(span),
        }
        last = Some(sentence);
        let id = node.attribute("t_id").unwrap_or_default();
        tokens.insert(id.to_owned(), Token { sentence: sentence.to_owned(), span });
    }
    tokens
}

/// Marked words of an act; the empty elements that name whole events have no words.
fn is_event(node: Node) -> bool {
    let name = node.tag_name().name();
    (name.starts_with("ACTION_") || name.starts_with("NEG_ACTION_")) && node.has_children()
}

/// The event of each mention that shares one: over texts by its name, within one text by the relation's number.
fn events<'t>(tree: &'t Document) -> BTreeMap<&'t str, String> {
    let mut out = BTreeMap::new();
    let file = tree.root_element().attribute("doc_name").unwrap_or_default();
    for node in tree.descendants() {
        let event = match node.tag_name().name() {
            "CROSS_DOC_COREF" => node.attribute("note").unwrap_or_default().to_owned(),
            "INTRA_DOC_COREF" => format!("{file} {}", node.attribute("r_id").unwrap_or_default()),
            _ => continue,
        };
        let sources =
            node.children().filter(|c| c.has_tag_name("source")).filter_map(|c| c.attribute("m_id"));
        out.extend(sources.map(|id| (id, event.clone())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = r#"<Document doc_name="3_1ecb.xml"><token t_id="1" sentence="0" number="0">Oslo</token>
<token t_id="2" sentence="0" number="1">fell</token><token t_id="3" sentence="1" number="0">Its</token>
<token t_id="4" sentence="1" number="1">fall</token><token t_id="5" sentence="2" number="0">ended</token>
<Markables><ACTION_OCCURRENCE m_id="9"><token_anchor t_id="4"/></ACTION_OCCURRENCE>
<ACTION_OCCURRENCE m_id="8"><token_anchor t_id="2"/></ACTION_OCCURRENCE><ACTION_STATE m_id="7"><token_anchor t_id="5"/></ACTION_STATE>
<HUMAN_PART m_id="6"><token_anchor t_id="1"/></HUMAN_PART><ACTION_OCCURRENCE m_id="5" TAG_DESCRIPTOR="t"/></Markables>
<Relations><CROSS_DOC_COREF r_id="1" note="ACT1"><source m_id="8"/><target m_id="5"/></CROSS_DOC_COREF></Relations></Document>"#;

    #[test]
    fn words_and_mentions_of_checked_sentences_are_read() {
        let checked: BTreeSet<_> = ["0", "1"].map(|n| ("3_1ecb".to_owned(), n.to_owned())).into();
        let read = text(Path::new("3_1ecb.xml"), SAMPLE, &checked).expect("read");
        assert_eq!((read.topic, read.text.as_str()), (3, "Oslo fell\nIts fall\nended"));
        assert_eq!(read.sentences.len(), 3);
        let found: Vec<_> =
            read.mentions.iter().map(|m| (m.words[0].of(&read.text), m.event.as_str())).collect();
        assert_eq!(found, [("fell", "ACT1"), ("fall", "3_1ecb 9")]);
    }

    #[test]
    fn what_is_broken_says_where() {
        let checked = BTreeSet::new();
        let error = text(Path::new("3_1ecb.xml"), "<Document>\n<token></word></Document>", &checked)
            .expect_err("broken");
        assert!(error.to_string().contains("3_1ecb.xml:2"), "{error}");
        assert!(text(Path::new("x.xml"), SAMPLE, &checked).is_err());
    }
}
