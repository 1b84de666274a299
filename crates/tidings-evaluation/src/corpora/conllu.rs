//! Universal Dependencies treebanks in CoNLL-U.

use std::ops::Range;
use std::path::Path;

use crate::error::{Error, Result, read};

/// One annotated sentence.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// `sent_id`.
    pub id: String,
    /// Whether a document begins here.
    pub new_document: bool,
    /// Whether a paragraph begins here.
    pub new_paragraph: bool,
    /// The syntactic words.
    pub words: Vec<Row>,
    /// The written tokens; several words may share one ("don't").
    pub tokens: Vec<Token>,
}

/// The columns of one word that are scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// FORM.
    pub form: String,
    /// LEMMA; `_` where the treebank gives none.
    pub lemma: String,
    /// UPOS.
    pub upos: String,
    /// HEAD: 0 for the root, otherwise a word counted from 1.
    pub head: usize,
    /// DEPREL with its subtype.
    pub deprel: String,
}

/// A written token.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// As written.
    pub form: String,
    /// Its words, counted from 0.
    pub words: Range<usize>,
    /// Whether white space follows.
    pub space_after: bool,
}

/// A running text with its sentences.
#[derive(Debug)]
pub struct Document<'t> {
    /// The text: paragraphs parted by an empty line.
    pub text: String,
    /// Its trees, in order.
    pub trees: &'t [Tree],
}

impl Row {
    /// The universal relation without its subtype.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or_default()
    }
}

impl Tree {
    /// The forms of the words.
    pub fn forms(&self) -> Vec<String> {
        self.words.iter().map(|w| w.form.clone()).collect()
    }

    /// The smallest written pieces: a token is divided into its words where they spell it out ("don't" is "do" "n't").
    pub fn pieces(&self) -> Vec<&str> {
        self.tokens.iter().flat_map(|token| self.divide(token)).collect()
    }

    fn divide<'a>(&'a self, token: &'a Token) -> Vec<&'a str> {
        let words: Vec<&str> = self.words[token.words.clone()].iter().map(|w| w.form.as_str()).collect();
        if words.concat() == token.form { words } else { vec![&token.form] }
    }
}

/// Reads a treebank.
pub fn trees(path: &Path) -> Result<Vec<Tree>> {
    let text = read(path)?;
    let mut out = Vec::new();
    let mut tree = Tree::default();
    for (number, line) in text.lines().chain(std::iter::once("")).enumerate() {
        if line.is_empty() {
            if !tree.words.is_empty() {
                out.push(std::mem::take(&mut tree));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            comment_line(&mut tree, comment.trim());
        } else {
            word_line(&mut tree, line).map_err(|message| Error::line(path, number, message))?;
        }
    }
    Ok(out)
}

fn comment_line(tree: &mut Tree, comment: &str) {
    let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
    match key.split_whitespace().next() {
        Some("sent_id") => tree.id = value.trim().to_owned(),
        Some("newdoc") => (tree.new_document, tree.new_paragraph) = (true, true),
        Some("newpar") => tree.new_paragraph = true,
        _ => {}
    }
}

fn word_line(tree: &mut Tree, line: &str) -> Result<(), &'static str> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, _, _, head, deprel, _, misc] = columns[..] else {
        return Err("ten columns parted by tabs are wanted");
    };
    if id.contains('.') {
        return Ok(()); // an empty node of the enhanced graph
    }
    let space_after = !misc.split('|').any(|m| m == "SpaceAfter=No");
    if let Some((first, last)) = id.split_once('-') {
        let first: usize = first.parse().map_err(|_| "not a range of words")?;
        let last: usize = last.parse().map_err(|_| "not a range of words")?;
        tree.tokens.push(Token { form: form.to_owned(), words: first.saturating_sub(1)..last, space_after });
        return Ok(());
    }
    let index = tree.words.len();
    if id.parse() != Ok(index + 1) {
        return Err("words must be numbered from 1 without gaps");
    }
    if tree.tokens.last().is_none_or(|t| t.words.end <= index) {
        tree.tokens.push(Token { form: form.to_owned(), words: index..index + 1, space_after });
    }
    let head = head.parse().map_err(|_| "the head is not a number")?;
    tree.words.push(Row {
        form: form.into(),
        lemma: lemma.into(),
        upos: upos.into(),
        head,
        deprel: deprel.into(),
    });
    Ok(())
}

/// The running texts that the trees were made from, one for each `newdoc`.
pub fn documents(trees: &[Tree]) -> Vec<Document<'_>> {
    trees
        .chunk_by(|_, next| !next.new_document)
        .map(|trees| Document { text: running_text(trees), trees })
        .collect()
}

fn running_text(trees: &[Tree]) -> String {
    let mut text = String::new();
    for tree in trees {
        if tree.new_paragraph && !text.is_empty() {
            text.truncate(text.trim_end().len());
            text.push_str("\n\n");
        }
        for token in &tree.tokens {
            text.push_str(&token.form);
            if token.space_after {
                text.push(' ');
            }
        }
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# newdoc id = d1\n# sent_id = s1\n1-2\tDon't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tDo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n\
        3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No\n3.1\tx\t_\t_\t_\t_\t_\t_\t_\t_\n\
        4\t!\t!\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n# newpar\n# sent_id = s2\n1-2\tdunno\t_\t_\t_\t_\t_\t_\t_\t_\n\
        1\tdo\tdo\tAUX\t_\t_\t2\taux\t_\t_\n2\tknow\tknow\tVERB\t_\t_\t0\troot\t_\t_\n\n";

    pub(crate) fn parsed(sample: &str) -> Vec<Tree> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), sample).unwrap();
        trees(file.path()).unwrap()
    }

    #[test]
    fn words_tokens_and_text() {
        let trees = parsed(SAMPLE);
        assert_eq!(trees.len(), 2);
        assert_eq!(trees[0].words.len(), 4);
        assert_eq!(trees[0].pieces(), ["Do", "n't", "go", "!"]);
        assert_eq!(trees[1].pieces(), ["dunno"]);
        let documents = documents(&trees);
        assert_eq!(documents.len(), 1);
        assert_eq!(documents[0].text, "Don't go!\n\ndunno");
    }

    #[test]
    fn a_gap_in_the_numbers_is_an_error_with_its_line() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "1\ta\ta\tX\t_\t_\t0\troot\t_\t_\n3\tb\tb\tX\t_\t_\t1\tdep\t_\t_\n")
            .unwrap();
        let message = trees(file.path()).unwrap_err().to_string();
        assert!(message.contains(":2:"), "{message}");
    }
}
