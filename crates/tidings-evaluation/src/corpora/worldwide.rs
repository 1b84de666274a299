//! Worldwide English Newswire: one token and its label a line, sentences parted by an empty line.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use tidings_language::NameKind;

use crate::error::{Result, read};

/// A sentence with its names.
#[derive(Debug, Default, PartialEq)]
pub struct NamedSentence {
    /// The tokens of the corpus.
    pub words: Vec<String>,
    /// Names of the scored kinds, as (first word, one past the last, kind).
    pub names: BTreeSet<(usize, usize, NameKind)>,
}

/// Reads a part of the corpus.
pub fn worldwide(path: &Path) -> Result<Vec<NamedSentence>> {
    let text = read(path)?;
    let (mut words, mut tags) = (Vec::new(), Vec::new());
    let mut out = Vec::new();
    for line in text.lines().chain(std::iter::once("")) {
        let mut columns = line.split('\t');
        match (columns.next(), columns.next()) {
            (Some(word), Some(tag)) => {
                words.push(word.to_owned());
                tags.push(tag);
            }
            _ if words.is_empty() => {}
            _ => out.push(NamedSentence { names: scored(&tags), words: std::mem::take(&mut words) }),
        }
        if words.is_empty() {
            tags.clear();
        }
    }
    Ok(out)
}

fn scored(tags: &[&str]) -> BTreeSet<(usize, usize, NameKind)> {
    entities(tags)
        .into_iter()
        .filter_map(|(words, label)| Some((words.start, words.end, kind(label)?)))
        .collect()
}

/// The classes that have a counterpart in the peers; the others are scored on neither side.
fn kind(label: &str) -> Option<NameKind> {
    match label {
        "Person" => Some(NameKind::Person),
        "Organization" => Some(NameKind::Organization),
        "Location" => Some(NameKind::Location),
        "NORP" => Some(NameKind::Norp),
        _ => None,
    }
}

/// The labelled stretches of a sequence of IOB2 tags.
pub fn entities<'t>(tags: &[&'t str]) -> Vec<(Range<usize>, &'t str)> {
    let mut out: Vec<(Range<usize>, &str)> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        let Some((prefix, label)) = tag.split_once('-') else { continue };
        match out.last_mut() {
            Some((words, last)) if prefix == "I" && words.end == i && *last == label => words.end = i + 1,
            _ => out.push((i..i + 1, label)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_stretches() {
        let tags = ["B-Person", "I-Person", "B-Person", "O", "I-NORP", "I-Date"];
        let found = entities(&tags);
        assert_eq!(found, [(0..2, "Person"), (2..3, "Person"), (4..5, "NORP"), (5..6, "Date")]);
    }

    #[test]
    fn comments_and_empty_lines_part_sentences_and_a_hash_is_a_token() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(
            file.path(),
            "# newdoc id = a\nKofi\tB-Person\n#\tO\n\nMali\tB-Location\tx\n# url = b\n",
        )
        .unwrap();
        let read = worldwide(file.path()).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!(read[0].words, ["Kofi", "#"]);
        assert_eq!(read[1].names, BTreeSet::from([(0, 1, NameKind::Location)]));
    }
}
