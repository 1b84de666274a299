//! TimeML: news texts with their time expressions marked inline, as TempEval-3 gives them.

use std::path::Path;

use jiff::civil::Date;
use roxmltree::{Document, Node};
use tidings_text::Span;

use crate::error::{Error, Result, read};

/// A text with its time expressions.
#[derive(Debug, PartialEq)]
pub struct TimeDocument {
    /// The body, without marks.
    pub text: String,
    /// When it was written.
    pub created: Date,
    /// The expressions of the body, in order; the date of creation is none of them.
    pub timexes: Vec<GoldTimex>,
}

/// A marked time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldTimex {
    /// Its bytes in the text.
    pub span: Span,
    /// Its TIMEX3 value.
    pub value: String,
}

/// Reads the `.tml` files of a folder, by name.
pub fn timeml(folder: &Path) -> Result<Vec<TimeDocument>> {
    let problem = |source| Error::File { path: folder.to_owned(), source };
    let entries = std::fs::read_dir(folder).map_err(problem)?.collect::<std::io::Result<Vec<_>>>();
    let mut paths: Vec<_> = entries.map_err(problem)?.into_iter().map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "tml"));
    paths.sort();
    paths.iter().map(|path| document(path, &read(path)?)).collect()
}

fn document(path: &Path, xml: &str) -> Result<TimeDocument> {
    let tree = Document::parse(xml).map_err(|e| {
        let index = usize::try_from(e.pos().row.saturating_sub(1)).unwrap_or(0);
        Error::line(path, index, format!("{e}; hint: a TimeML file is well-formed XML"))
    })?;
    let element = |name: &str| {
        let found = tree.descendants().find(|n| n.has_tag_name(name));
        found.ok_or_else(|| Error::line(path, 0, format!("no <{name}>; hint: is this a TimeML file?")))
    };
    let dct = element("DCT")?;
    let created = dct.descendants().find_map(|n| n.attribute("value"));
    // A time of day may follow the date.
    let created = created.and_then(|v| v.get(..10)?.parse().ok()).ok_or_else(|| {
        let row = tree.text_pos_at(dct.range().start).row;
        let index = usize::try_from(row.saturating_sub(1)).unwrap_or(0);
        Error::line(path, index, "<DCT> has no date; hint: it holds a TIMEX3 with value=\"YYYY-MM-DD\"")
    })?;
    let mut out = TimeDocument { text: String::new(), created, timexes: Vec::new() };
    collect(element("TEXT")?, &mut out);
    Ok(out)
}

/// Appends the text below a node, and marks what was marked.
fn collect(node: Node, out: &mut TimeDocument) {
    for child in node.children() {
        if let Some(text) = child.text().filter(|_| child.is_text()) {
            out.text.push_str(text);
            continue;
        }
        let start = out.text.len();
        collect(child, out);
        if child.has_tag_name("TIMEX3") {
            let value = child.attribute("value").unwrap_or_default().to_owned();
            out.timexes.push(GoldTimex { span: Span::new(start, out.text.len()), value });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_and_the_date_of_creation_stands_apart() {
        let xml = r#"<TimeML><DCT><TIMEX3 value="2021-03-04T10:00">x</TIMEX3></DCT><TEXT>They <EVENT>met</EVENT>
 on <TIMEX3 value="2021-03-02">Tuesday</TIMEX3> &amp; left.</TEXT></TimeML>"#;
        let read = document(Path::new("a.tml"), xml).unwrap();
        assert_eq!(read.text, "They met\n on Tuesday & left.");
        assert_eq!(read.created.to_string(), "2021-03-04");
        assert_eq!(read.timexes.len(), 1);
        assert_eq!(read.timexes[0].span.of(&read.text), "Tuesday");
        assert_eq!(read.timexes[0].value, "2021-03-02");
    }

    #[test]
    fn a_broken_file_is_named_with_its_line() {
        let broken = document(Path::new("a.tml"), "<TimeML>\n<TEXT></TimeML>").unwrap_err().to_string();
        assert!(broken.starts_with("a.tml:2: ") && broken.contains("hint:"), "{broken}");
        let undated = document(Path::new("a.tml"), "<TimeML><TEXT>x</TEXT></TimeML>").unwrap_err();
        assert!(undated.to_string().contains("no <DCT>"), "{undated}");
    }
}
