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

/// The sentences of all parts that are news text.
pub(crate) fn news_sentences(document: &Document) -> Vec<Span> {
    if !is_english(document) {
        return Vec::new();
    }
    let parts = document.parts.iter().filter(|p| !p.remove);
    parts.flat_map(|part| tidings_text::sentences(&document.text, part.span)).collect()
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
    let end = last_blank(&document.text, longest);
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

/// The last blank before `limit`, so that no word is cut in two; the last character boundary where there is none near.
fn last_blank(text: &str, limit: usize) -> usize {
    let end = text.floor_char_boundary(limit);
    let near = text.floor_char_boundary(end.saturating_sub(1_000));
    let blank = text.get(near..end).and_then(|tail| tail.rfind(char::is_whitespace));
    blank.map_or(end, |offset| near + offset)
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
        assert!(news_sentences(&ready).is_empty());
    }
}
