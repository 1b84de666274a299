//! The tables of `data/document`: phrases by which the furniture of a page is recognised.

use std::sync::LazyLock;

/// Where in a line a phrase must stand; see the head of each table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Where {
    Opens,
    Closes,
    Holds,
    Label,
    Whole,
}

#[derive(Debug)]
struct Phrase {
    words: &'static str,
    place: Where,
    #[cfg(test)]
    example: &'static str,
}

/// One table of phrases.
#[derive(Debug)]
pub(crate) struct Phrases(Vec<Phrase>);

/// How a line fits a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    /// The line as a whole is such furniture.
    Line,
    /// The line begins with a label that ends at this byte; what it introduces follows.
    Label(usize),
}

/// "Related:", "Sign up for …", "Advertisement".
pub(crate) static EMBEDS: LazyLock<Phrases> =
    LazyLock::new(|| table(include_str!("../../../data/document/embeds.tsv")));
/// "Photo by …", "… / Getty Images".
pub(crate) static PHOTO_CREDITS: LazyLock<Phrases> =
    LazyLock::new(|| table(include_str!("../../../data/document/photo_credits.tsv")));
/// "Reporting by …", "… and agencies".
pub(crate) static AGENCY_CREDITS: LazyLock<Phrases> =
    LazyLock::new(|| table(include_str!("../../../data/document/agency_credits.tsv")));
/// "FILE - …", "… (left) …".
pub(crate) static CAPTIONS: LazyLock<Phrases> =
    LazyLock::new(|| table(include_str!("../../../data/document/captions.tsv")));

static AGENCIES: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../../data/document/agencies.txt")));
static CAPTION_VERBS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../../data/document/caption_verbs.txt")));
static ENGLISH_WORDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| list(include_str!("../../../data/document/english_words.txt")));

/// Whether `name` is a news agency.
pub(crate) fn is_agency(name: &str) -> bool {
    holds(&AGENCIES, name)
}

/// Whether captions use `word` as their verb ("meet", "shakes").
pub(crate) fn is_caption_verb(word: &str) -> bool {
    CAPTION_VERBS.binary_search(&word).is_ok()
}

/// Whether `word` shows that a text is English.
pub(crate) fn is_english_word(word: &str) -> bool {
    holds(&ENGLISH_WORDS, word)
}

fn holds(list: &[&str], word: &str) -> bool {
    word.len() <= 40 && list.binary_search(&word.trim().to_lowercase().as_str()).is_ok()
}

impl Phrases {
    /// How `line` fits this table, if it does.
    pub(crate) fn fit(&self, line: &str) -> Option<Fit> {
        let lower = line.to_lowercase();
        let open = lower.trim_start_matches(is_ornament);
        // Small letters of a few scripts have another length: then no offset into the line can be given.
        let offset = (lower.len() == line.len()).then_some(lower.len() - open.len())?;
        let words = open.split_whitespace().count();
        self.0.iter().find_map(|phrase| fit(phrase, open, words, offset))
    }

    /// Whether `line` as a whole, or by its label, belongs here.
    pub(crate) fn matches(&self, line: &str) -> bool {
        self.fit(line).is_some()
    }
}

fn fit(phrase: &Phrase, line: &str, words: usize, offset: usize) -> Option<Fit> {
    let rest = || line.strip_prefix(phrase.words);
    let fits = match phrase.place {
        Where::Label => return label_end(rest()?).map(|end| Fit::Label(offset + phrase.words.len() + end)),
        Where::Opens => words <= 40 && rest().is_some_and(is_word_end),
        Where::Holds => words <= 30 && holds_phrase(line, phrase.words),
        Where::Closes => words <= 10 && closes(line, phrase.words),
        Where::Whole => rest().is_some_and(|rest| rest.trim_matches(is_end_mark).is_empty()),
    };
    fits.then_some(Fit::Line)
}

/// Whether `line` contains the phrase as whole words.
fn holds_phrase(line: &str, phrase: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(phrase).any(|(at, _)| {
        let before = line.get(..at).and_then(|l| l.chars().next_back());
        let after = line.get(at + phrase.len()..).and_then(|l| l.chars().next());
        !(is_word(before) && is_word(phrase.chars().next())
            || is_word(after) && is_word(phrase.chars().next_back()))
    })
}

fn closes(line: &str, words: &str) -> bool {
    line.trim_end_matches([')', ']', ' '])
        .strip_suffix(words)
        .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric) || words.starts_with('/'))
}

fn is_word_end(rest: &str) -> bool {
    !rest.starts_with(char::is_alphanumeric)
}

/// Where the label ends in what follows its words: after the colon, bar, arrow or dash, or at the end of the line.
fn label_end(rest: &str) -> Option<usize> {
    let mark = rest.trim_start();
    let blanks = rest.len() - mark.len();
    if mark.trim_matches(is_end_mark).is_empty() {
        return Some(rest.len());
    }
    let first = mark.chars().next()?;
    let dash = matches!(first, '-' | '–' | '—') && blanks > 0;
    (matches!(first, ':' | '|' | '»' | '>' | '→' | '▶' | '：') || dash).then(|| blanks + first.len_utf8())
}

fn is_end_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | ':' | '!' | '…' | ')' | ']' | '>' | '»' | '→' | '*' | '-')
}

/// What may stand before the words of a line of furniture; no quotation marks: they open what people say.
fn is_ornament(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '*' | '•' | '-' | '–' | '—' | '>' | '»' | '[' | '▶' | '►' | '→' | '|' | '#' | '_' | '+'
        )
        || matches!(c, '\u{1F4F7}' | '\u{1F4F8}' | '\u{1F3A5}')
}

fn table(file: &'static str) -> Phrases {
    let mut phrases: Vec<Phrase> = rows(file).filter_map(phrase).collect();
    // The longest first: "related stories" before "related".
    phrases.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then(a.words.cmp(b.words)));
    Phrases(phrases)
}

fn phrase(line: &'static str) -> Option<Phrase> {
    let mut columns = line.split('\t');
    let words = columns.next()?;
    let place = match columns.next()? {
        "opens" => Where::Opens,
        "closes" => Where::Closes,
        "holds" => Where::Holds,
        "label" => Where::Label,
        "whole" => Where::Whole,
        _ => return None,
    };
    Some(Phrase {
        words,
        place,
        #[cfg(test)]
        example: columns.next()?,
    })
}

fn list(file: &'static str) -> Vec<&'static str> {
    let mut words: Vec<_> = rows(file).collect();
    words.sort_unstable();
    words
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_found_in_its_own_example() {
        for table in [&EMBEDS, &PHOTO_CREDITS, &AGENCY_CREDITS, &CAPTIONS] {
            for phrase in &table.0 {
                let words = phrase.example.split_whitespace().count();
                let line = phrase.example.to_lowercase();
                let offset = line.trim_start_matches(is_ornament);
                assert!(fit(phrase, offset, words, 0).is_some(), "{phrase:?}");
                assert!(table.matches(phrase.example), "{phrase:?}");
            }
        }
    }

    #[test]
    fn no_line_of_a_table_is_left_out() {
        for file in [
            include_str!("../../../data/document/embeds.tsv"),
            include_str!("../../../data/document/photo_credits.tsv"),
            include_str!("../../../data/document/agency_credits.tsv"),
            include_str!("../../../data/document/captions.tsv"),
        ] {
            assert_eq!(table(file).0.len(), rows(file).count());
        }
    }

    #[test]
    fn a_label_needs_its_colon() {
        assert_eq!(EMBEDS.fit("Watch: The convoy leaves Aden"), Some(Fit::Label(6)));
        assert_eq!(EMBEDS.fit("Watch the river, farmers told their sons."), None);
        assert_eq!(EMBEDS.fit("Related stories"), Some(Fit::Label(15)));
    }

    #[test]
    fn agencies_are_known_in_any_letter_case() {
        assert!(is_agency("Reuters") && is_agency("XINHUA") && !is_agency("Norway"));
    }
}
