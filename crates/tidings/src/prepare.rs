//! From a document as read to one that can be coded: what is too long or not English is left out, with a warning.

use std::borrow::Cow;

use tidings_document::{Document, Part, PartKind, Warning};
use tidings_language::Sentence;
use tidings_text::Span;

/// So many bytes of a document are coded; what comes after is kept in the text and left uncoded, with a warning.
///
/// 400,000 bytes are the length of a novel: no report comes near, and what does is a concatenation of reports, a dump
/// or a mistake. Reading one to its end would hold up all the others.
pub const LONGEST_DOCUMENT: usize = 400_000;

/// A sentence of more bytes (about a thousand words) is analysed in pieces, with a warning: it is a list, a table or a
/// text without full stops, and the time that rules take grows with the square of a sentence's length.
pub const LONGEST_SENTENCE: usize = 6_000;

/// The document as it can be coded; borrowed where nothing is to be changed.
pub(crate) fn prepared(document: &Document, longest: usize) -> Cow<'_, Document> {
    let mut document = Cow::Borrowed(document);
    if !is_english(&document) {
        warn_of_language(&mut document);
    } else if document.parts.iter().any(|p| !p.remove && p.span.end > longest) {
        truncate(document.to_mut(), longest);
    }
    document
}

/// The sentences of all parts that are news text; those that are too long in pieces.
pub(crate) fn news_sentences(document: &mut Cow<Document>) -> Vec<Span> {
    if !is_english(document) {
        return Vec::new();
    }
    let parts = document.parts.iter().filter(|p| !p.remove);
    let whole: Vec<Span> =
        parts.flat_map(|part| tidings_text::sentences(&document.text, part.span)).collect();
    let long = whole.iter().filter(|s| s.len() > LONGEST_SENTENCE).count();
    if long == 0 {
        return whole;
    }
    let sentences = whole.iter().flat_map(|s| pieces(&document.text, *s)).collect();
    let message = format!(
        "sentences of more than {LONGEST_SENTENCE} bytes were analysed in pieces: {long}; hint: is there a table, a \
         list, or a text without full stops?"
    );
    document.to_mut().warnings.push(Warning::new("long-sentence", message));
    sentences
}

/// Cuts a sentence between words.
fn pieces(text: &str, sentence: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut rest = sentence;
    while rest.len() > LONGEST_SENTENCE {
        let end = last_blank(text, rest.start, rest.start + LONGEST_SENTENCE);
        out.push(Span::new(rest.start, end));
        let behind = Span::new(end, rest.end).of(text).trim_start();
        rest = Span::new(rest.end - behind.len(), rest.end);
    }
    out.push(rest);
    out
}

/// Infers the day of publication where nothing says it.
pub(crate) fn date(document: &mut Cow<Document>, sentences: &[Sentence]) {
    if document.publication.is_some() {
        return;
    }
    let captions: Vec<Span> =
        document.parts.iter().filter(|p| p.kind == PartKind::Caption).map(|p| p.span).collect();
    if let Some(publication) = tidings_time::publication::infer(&document.text, sentences, &captions) {
        document.to_mut().publication = Some(publication);
    }
}

fn is_english(document: &Document) -> bool {
    document.language.is_empty() || document.language == "en"
}

/// Readers warn; a document made by hand may not.
fn warn_of_language(document: &mut Cow<Document>) {
    if document.warnings.iter().all(|w| w.code != "not-english") {
        let message = format!("the text is in '{}', only English is coded: no events", document.language);
        document.to_mut().warnings.push(Warning::new("not-english", message));
    }
}

/// Cuts the parts, never the text: offsets, length and hash stay those of the whole.
fn truncate(document: &mut Document, longest: usize) {
    let end = last_blank(&document.text, 0, longest);
    let message = format!(
        "only the first {} of {} bytes were coded; hint: split a file with many reports into one per file, or one per \
         line of JSONL",
        end,
        document.text.len()
    );
    let cut = |part: &Part| Part { span: Span::new(part.span.start, part.span.end.min(end)), ..*part };
    document.parts = document.parts.iter().filter(|p| p.span.start < end).map(cut).collect();
    document.warnings.push(Warning::new("truncated", message));
}

/// The last blank before `limit`, so that no word is cut in two; a character boundary where there is none near.
fn last_blank(text: &str, start: usize, limit: usize) -> usize {
    let end = text.floor_char_boundary(limit);
    let near = text.floor_char_boundary(end.saturating_sub(1_000)).max(start);
    let blank = text.get(near..end).and_then(|tail| tail.trim_end().rfind(char::is_whitespace));
    blank.map_or(end, |offset| near + offset).max(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        let parts = vec![Part { kind: PartKind::Body, span: Span::new(0, text.len()), remove: false }];
        Document { text: text.to_owned(), language: "en".to_owned(), parts, ..Document::default() }
    }

    #[test]
    fn a_short_document_is_borrowed() {
        let document = document("Norway thanked Iceland.");
        assert!(matches!(prepared(&document, 100), Cow::Borrowed(_)));
    }

    #[test]
    fn a_long_document_is_cut_between_words_and_says_so() {
        let document = document("Norway thanked Iceland. Iceland thanked Norway.");
        let cut = prepared(&document, 28);
        assert_eq!(cut.parts[0].span.of(&cut.text), "Norway thanked Iceland.");
        assert_eq!(cut.text, document.text);
        assert_eq!(cut.warnings[0].code, "truncated");
        assert!(cut.warnings[0].message.contains("23 of 47 bytes"), "{}", cut.warnings[0].message);
    }

    #[test]
    fn a_cut_never_splits_a_character() {
        let document = document(&"é".repeat(40));
        let cut = prepared(&document, 7);
        assert_eq!(cut.parts[0].span, Span::new(0, 6));
    }

    #[test]
    fn parts_behind_the_cut_are_dropped_and_furniture_may_be_long() {
        let mut long = document("Norway thanked Iceland. Iceland thanked Norway.");
        long.parts = vec![
            Part { kind: PartKind::Body, span: Span::new(0, 23), remove: false },
            Part { kind: PartKind::Body, span: Span::new(24, 47), remove: false },
        ];
        assert_eq!(prepared(&long, 23).parts.len(), 1);
        long.parts[1].remove = true;
        assert!(matches!(prepared(&long, 23), Cow::Borrowed(_)));
    }

    #[test]
    fn another_language_is_named_once_and_has_no_sentences() {
        let mut document = document("Norwegen dankte Island.");
        document.language = "de".to_owned();
        let ready = prepared(&document, 100).into_owned();
        assert_eq!(ready.warnings.len(), 1);
        assert_eq!(prepared(&ready, 100).warnings.len(), 1);
        assert!(news_sentences(&mut Cow::Owned(ready)).is_empty());
    }
    #[test]
    fn a_sentence_of_ten_thousand_words_is_cut_between_words_and_none_is_lost() {
        let text = "Norway thanked Iceland again and ".repeat(2_000);
        let document = document(&text);
        let mut ready = Cow::Borrowed(&document);
        let spans = news_sentences(&mut ready);
        let words: Vec<&str> = spans.iter().flat_map(|s| s.of(&text).split_whitespace()).collect();
        assert_eq!(words, text.split_whitespace().collect::<Vec<_>>());
        assert!(spans.iter().all(|s| s.len() <= LONGEST_SENTENCE && s.of(&text).trim() == s.of(&text)));
        assert_eq!(ready.warnings[0].code, "long-sentence");
    }

    #[test]
    fn a_sentence_without_blanks_is_cut_between_characters() {
        let text = "é".repeat(10_000);
        let spans = pieces(&text, Span::new(0, text.len()));
        assert_eq!(spans.iter().map(|s| s.of(&text)).collect::<String>(), text);
        assert_eq!(spans.len(), 4);
    }
}
