//! CoNLL-U in and out, for the treebank tools.

use std::fmt::Write as _;

use crate::Sentence;

/// A sentence of a CoNLL-U file, cut into syntactic words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokenized {
    /// The comment lines, without their line ends.
    pub comments: Vec<String>,
    /// The forms of the syntactic words; ranges (`1-2`) and empty nodes (`1.1`) are passed over.
    pub words: Vec<String>,
}

/// A line that is not CoNLL-U.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{file}:{line}: {what}\n  hint: CoNLL-U has ten tab-separated columns a word, comments that begin with '#', and a blank line after each sentence"
)]
pub struct ConlluError {
    /// File name.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub what: String,
}

/// The sentences of a CoNLL-U text; of the columns only ID and FORM are read.
pub fn read(file: &str, text: &str) -> Result<Vec<Tokenized>, ConlluError> {
    let mut sentences = Vec::new();
    let mut current = Tokenized::default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            if !current.words.is_empty() {
                sentences.push(std::mem::take(&mut current));
            }
        } else if line.starts_with('#') {
            current.comments.push(line.to_owned());
        } else if let Some(form) =
            form(line).map_err(|what| ConlluError { file: file.to_owned(), line: number + 1, what })?
        {
            current.words.push(form.to_owned());
        }
    }
    if !current.words.is_empty() {
        sentences.push(current);
    }
    Ok(sentences)
}

/// The form of a syntactic word; none for ranges and empty nodes.
fn form(line: &str) -> Result<Option<&str>, String> {
    let mut columns = line.split('\t');
    let id = columns.next().unwrap_or("");
    let form = columns.next().filter(|f| !f.is_empty()).ok_or_else(|| "no FORM column".to_owned())?;
    if id.parse::<usize>().is_ok() {
        return Ok(Some(form));
    }
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let compound = id.split_once(['-', '.']).is_some_and(|(a, b)| number(a) && number(b));
    if compound { Ok(None) } else { Err(format!("'{id}' is no word number")) }
}

/// One sentence with its comments; `text` is the text its spans point into, for `SpaceAfter=No`.
pub fn write(sentence: &Sentence, comments: &[String], text: Option<&str>) -> String {
    let mut out = String::new();
    for comment in comments {
        let _ = writeln!(out, "{comment}");
    }
    for (index, word) in sentence.words.iter().enumerate() {
        let next = sentence.words.get(index + 1);
        let joined = text.is_some() && next.is_some_and(|n| n.span.start == word.span.end);
        let features = if word.features.is_empty() { "_" } else { &word.features };
        let head = word.head.map_or(0, |h| h + 1);
        let misc = if joined { "SpaceAfter=No" } else { "_" };
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t_\t{features}\t{head}\t{}\t_\t{misc}",
            index + 1,
            visible(&word.form),
            visible(&word.lemma),
            word.upos,
            word.relation
        );
    }
    out.push('\n');
    out
}

/// Tabs and line ends inside a form would break the columns.
fn visible(form: &str) -> String {
    if form.is_empty() { "_".to_owned() } else { form.replace(['\t', '\n', '\r'], " ") }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use crate::{Sentence, Word};

    #[test]
    fn ranges_and_empty_nodes_are_passed_over() {
        let text = "# sent_id = a\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\t_\n2\tn't\t_\n2.1\tgo\t_\n\n1\tHi\t_\n";
        let sentences = read("x.conllu", text).expect("sound");
        assert_eq!(sentences.len(), 2);
        assert_eq!(sentences[0].words, ["do", "n't"]);
        assert_eq!(sentences[0].comments, ["# sent_id = a"]);
    }

    #[test]
    fn a_broken_line_is_named() {
        let error = read("x.conllu", "1\tHi\t_\n\nHello\n").expect_err("no columns");
        assert_eq!(error.line, 3);
        assert_eq!(read("x.conllu", "one\tHi\n").expect_err("no number").line, 1);
    }

    #[test]
    fn words_without_a_space_between_say_so() {
        let word = |form: &str, start: usize| Word {
            form: form.to_owned(),
            lemma: form.to_owned(),
            span: tidings_text::Span::new(start, start + form.len()),
            upos: crate::Upos::X,
            features: "".into(),
            head: None,
            relation: crate::Relation::Root,
            factuality: 0.0,
        };
        let sentence = Sentence { words: vec![word("Hi", 0), word("!", 2)], ..Sentence::default() };
        assert!(
            write(&sentence, &[], Some("Hi!")).starts_with("1\tHi\tHi\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n")
        );
    }
}
