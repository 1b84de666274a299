//! PropBank roles over the sentences of a treebank, reduced to the head word of each argument.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use tidings_language::Role;

use super::Tree;
use crate::error::{Result, read_jsonl};

/// The predicates of one tree.
#[derive(Debug, PartialEq)]
pub struct RoleSentence {
    /// Index of the tree.
    pub tree: usize,
    /// Its predicates by word.
    pub predicates: Vec<GoldPredicate>,
}

/// A predicate and the head words of its arguments, counted from 0.
#[derive(Debug, PartialEq)]
pub struct GoldPredicate {
    /// The word.
    pub word: usize,
    /// Its arguments.
    pub arguments: Vec<(usize, Role)>,
}

#[derive(Deserialize)]
struct Record {
    sent_id: String,
    predicates: Vec<RecordPredicate>,
}

#[derive(Deserialize)]
struct RecordPredicate {
    token: usize,
    args: Vec<RecordArgument>,
}

#[derive(Deserialize)]
struct RecordArgument {
    role: String,
    start: usize,
    end: usize,
}

/// Reads the roles of `trees`, in their order. Sentences without a layer of roles are left out.
pub fn propbank(path: &Path, trees: &[Tree]) -> Result<Vec<RoleSentence>> {
    let records: Vec<Record> = read_jsonl(path)?;
    let by_id: BTreeMap<&str, &Record> = records.iter().map(|r| (r.sent_id.as_str(), r)).collect();
    let with_roles =
        trees.iter().enumerate().filter_map(|(i, tree)| Some((i, tree, by_id.get(tree.id.as_str())?)));
    Ok(with_roles
        .map(|(i, tree, record)| RoleSentence { tree: i, predicates: predicates(tree, record) })
        .collect())
}

fn predicates(tree: &Tree, record: &Record) -> Vec<GoldPredicate> {
    record
        .predicates
        .iter()
        .filter(|p| (1..=tree.words.len()).contains(&p.token))
        .map(|p| predicate(tree, p))
        .collect()
}

fn predicate(tree: &Tree, predicate: &RecordPredicate) -> GoldPredicate {
    let arguments =
        predicate.args.iter().filter_map(|a| Some((head_word(tree, a)?, role(&a.role)?))).collect();
    GoldPredicate { word: predicate.token - 1, arguments }
}

/// Roles outside the label set (continuations, references, rarer modifiers) are not scored, as they are not learnt.
fn role(label: &str) -> Option<Role> {
    Role::parse(label.strip_prefix("ARGM-").unwrap_or(label))
}

/// The word whose governor lies outside the argument; a content word before punctuation.
fn head_word(tree: &Tree, argument: &RecordArgument) -> Option<usize> {
    let span = argument.start..=argument.end;
    let tops = || span.clone().filter(|w| tree.words.get(w - 1).is_some_and(|row| !span.contains(&row.head)));
    let content = tops().find(|w| tree.words[w - 1].upos != "PUNCT");
    let word = content.or_else(|| tops().next()).unwrap_or(argument.start);
    (1..=tree.words.len()).contains(&word).then(|| word - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpora::Row;

    fn tree() -> Tree {
        let row = |form: &str, upos: &str, head| Row {
            form: form.into(),
            upos: upos.into(),
            head,
            ..Row::default()
        };
        let words =
            vec![row("The", "DET", 2), row("envoy", "NOUN", 3), row("left", "VERB", 0), row(".", "PUNCT", 3)];
        Tree { id: "s".into(), words, ..Tree::default() }
    }

    #[test]
    fn an_argument_is_its_head_word() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let record = r#"{"sent_id":"s","predicates":[{"token":3,"args":[{"role":"ARG0","start":1,"end":2},
            {"role":"V","start":3,"end":3},{"role":"R-ARG0","start":1,"end":1},{"role":"ARGM-TMP","start":4,"end":4}]}]}"#;
        std::fs::write(file.path(), record.replace('\n', "")).unwrap();
        let sentences = propbank(file.path(), &[tree()]).unwrap();
        assert_eq!(sentences[0].predicates[0].word, 2);
        assert_eq!(sentences[0].predicates[0].arguments, [(1, Role::Arg0), (3, Role::Tmp)]);
    }
}
