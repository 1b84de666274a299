//! UDS It-Happened v2: how sure is it that what a word tells happened, from -3 to 3.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::Tree;
use crate::error::{Result, read_jsonl};

/// A judged word of a treebank sentence.
#[derive(Debug, PartialEq)]
pub struct Target {
    /// Index of the tree.
    pub tree: usize,
    /// Word, from 0.
    pub word: usize,
    /// Mean judgement, -3 to 3.
    pub label: f64,
}

/// The judged words found in the treebank.
#[derive(Debug, Default)]
pub struct Targets {
    /// Those found.
    pub found: Vec<Target>,
    /// How many were not found again in the newer words of the treebank.
    pub missed: usize,
}

#[derive(Deserialize)]
struct Record {
    text: String,
    targets: Vec<RecordTarget>,
}

#[derive(Deserialize)]
struct RecordTarget {
    span1: (usize, usize),
    label: f64,
}

/// Reads the judgements and finds their words in `trees` by their letters: the corpus has an older tokenisation.
pub fn factuality(path: &Path, trees: &[Tree]) -> Result<Targets> {
    let mut by_letters: BTreeMap<String, usize> = BTreeMap::new();
    for (i, tree) in trees.iter().enumerate() {
        by_letters.entry(tree.forms().concat()).or_insert(i);
    }
    let mut targets = Targets::default();
    for record in read_jsonl::<Record>(path)? {
        let tokens: Vec<&str> = record.text.split(' ').collect();
        let tree = by_letters.get(&tokens.concat()).copied();
        for target in &record.targets {
            let found = tree.and_then(|tree| Some((tree, word_at(&trees[tree], &tokens, target.span1.0)?)));
            match found {
                Some((tree, word)) => targets.found.push(Target { tree, word, label: target.label }),
                None => targets.missed += 1,
            }
        }
    }
    Ok(targets)
}

/// The word of `tree` that begins at the same letter as `tokens[token]`.
fn word_at(tree: &Tree, tokens: &[&str], token: usize) -> Option<usize> {
    let offset: usize = tokens.get(..token)?.iter().map(|t| t.len()).sum();
    let starts = tree.words.iter().scan(0, |at, word| Some(std::mem::replace(at, *at + word.form.len())));
    starts.into_iter().position(|start| start == offset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpora::Row;

    #[test]
    fn words_are_found_by_their_letters() {
        let words =
            ["They", "re", "-", "opened", "it"].map(|form| Row { form: form.into(), ..Row::default() });
        let tree = Tree { words: words.to_vec(), ..Tree::default() };
        let file = tempfile::NamedTempFile::new().unwrap();
        let record = r#"{"text":"They re-opened it","targets":[{"span1":[1,2],"label":2.5},{"span1":[9,10],"label":1}]}"#;
        std::fs::write(file.path(), record).unwrap();
        let targets = factuality(file.path(), &[tree]).unwrap();
        assert_eq!(targets.found, [Target { tree: 0, word: 1, label: 2.5 }]);
        assert_eq!(targets.missed, 1);
    }
}
