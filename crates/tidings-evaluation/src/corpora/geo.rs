//! Annotated toponyms: LGL, TR-News, GeoWebNews and GeoVirus, in the XML of their authors.

use std::collections::BTreeMap;
use std::path::Path;

use roxmltree::Node;
use tidings_text::Span;

use crate::error::{Error, Result, read};

/// A text with its toponyms.
#[derive(Debug, PartialEq)]
pub struct GeoArticle {
    /// The text that the offsets speak of.
    pub text: String,
    /// In the order of the text.
    pub toponyms: Vec<GoldToponym>,
    /// Whether the corpus assigns GeoNames ids.
    pub has_ids: bool,
    /// The toponyms whose offsets point nowhere near their words.
    pub misplaced: usize,
}

/// A toponym as annotated.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldToponym {
    /// Bytes of the text.
    pub span: Span,
    /// GeoNames id, where one was assigned.
    pub geonames: Option<u32>,
    /// Degrees north and east, where given.
    pub point: Option<(f64, f64)>,
}

/// The side of Mordecai 3's split on which an article lies, by file and index.
pub type Sides = BTreeMap<(String, usize), String>;

/// Reads the split.
pub fn geo_sides(path: &Path) -> Result<Sides> {
    let text = read(path)?;
    let mut sides = Sides::new();
    for (number, line) in text.lines().enumerate().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let (Some(file), Some(index), Some(side)) = (columns.first(), columns.get(1), columns.last()) else {
            return Err(Error::line(path, number, "too few columns"));
        };
        let index = index.parse().map_err(|e| Error::line(path, number, e))?;
        sides.insert(((*file).to_owned(), index), (*side).to_owned());
    }
    Ok(sides)
}

/// Reads a corpus; the index of an article is its place in the list.
pub fn geo(path: &Path) -> Result<Vec<GeoArticle>> {
    let xml = read(path)?;
    let broken = |e: roxmltree::Error| Error::line(path, (e.pos().row as usize).saturating_sub(1), &e);
    let tree = roxmltree::Document::parse(&xml).map_err(broken)?;
    let has_ids = tree.descendants().any(|n| n.has_tag_name("geonamesID") || n.has_attribute("geonameid"));
    let articles = tree.descendants().filter(|n| n.has_tag_name("article"));
    Ok(articles.map(|node| GeoArticle { has_ids, ..article(node) }).collect())
}

fn article(node: Node) -> GeoArticle {
    let text = text(node, "text").unwrap_or_default().to_owned();
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let annotated = node.descendants().filter(|n| n.has_tag_name("toponym") || n.has_tag_name("location"));
    let (mut toponyms, mut misplaced) = (Vec::new(), 0);
    for gold in annotated.filter(|n| text_is_toponym(*n)) {
        match toponym(gold, &text, &starts) {
            Some(toponym) => toponyms.push(toponym),
            None => misplaced += 1,
        }
    }
    toponyms.sort_by_key(|t: &GoldToponym| (t.span.start, t.span.end));
    toponyms.dedup_by_key(|t| t.span);
    GeoArticle { text, toponyms, has_ids: false, misplaced }
}

/// Offsets are wrong by a character or two in some articles.
const SHIFTS: &[isize] = &[0, -1, 1, -2, 2];

/// GeoWebNews marks also what only looks like a toponym.
fn text_is_toponym(node: Node) -> bool {
    !matches!(text(node, "type"), Some("Non_Toponym" | "Literal_Expression" | "Non_Lit_Expression"))
}

fn toponym(node: Node, text: &str, starts: &[usize]) -> Option<GoldToponym> {
    let start = self::text(node, "start")?.parse::<usize>().ok()?;
    let words = ["phrase", "extractedName", "name"].iter().find_map(|name| self::text(node, name))?;
    let at = |shift: isize| starts.get(start.checked_add_signed(shift)?).copied();
    let start = SHIFTS.iter().filter_map(|s| at(*s)).find(|at| text[*at..].starts_with(words))?;
    let span = Span::new(start, start + words.len());
    let tag = node.children().find(|n| n.has_tag_name("gaztag"));
    let id = tag.and_then(|t| t.attribute("geonameid")).or_else(|| self::text(node, "geonamesID"));
    let degrees = |short, long| {
        let found = self::text(tag.unwrap_or(node), short).or_else(|| self::text(node, long))?;
        found.parse::<f64>().ok()
    };
    let point = degrees("lat", "latitude").zip(degrees("lon", "longitude"));
    Some(GoldToponym { span, geonames: id.and_then(|id| id.trim().parse().ok()), point })
}

fn text<'x>(node: Node<'x, 'x>, name: &str) -> Option<&'x str> {
    let found = node.children().find(|n| n.has_tag_name(name))?.text()?;
    Some(if name == "text" { found } else { found.trim() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters_and_point_at_the_words_or_beside_them() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let xml = "<articles><article><text><![CDATA[Zażółć in Norburg.]]></text><toponyms>\
            <toponym><start>11</start><end>18</end><phrase>Norburg</phrase><gaztag geonameid=\"5\"><lat>1.5</lat>\
            <lon>-2</lon></gaztag></toponym><toponym><start>0</start><end>3</end><phrase>Nur</phrase></toponym>\
            </toponyms></article></articles>";
        std::fs::write(file.path(), xml).unwrap();
        let articles = geo(file.path()).unwrap();
        let span = Span::new(14, 21);
        assert_eq!(articles[0].toponyms, [GoldToponym { span, geonames: Some(5), point: Some((1.5, -2.0)) }]);
        assert_eq!((articles[0].misplaced, articles[0].has_ids), (1, true));
    }

    #[test]
    fn a_broken_file_names_its_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "<articles>\n<article></articles>").unwrap();
        let error = geo(file.path()).unwrap_err().to_string();
        assert!(error.contains(":2:"), "{error}");
    }
}
