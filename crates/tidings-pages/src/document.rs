//! From a [`Page`] to a document that can be coded.

use serde_json::{Value, json};

use tidings_document::{DateBasis, Document, Fields, Known, Part, PartKind, PublicationDate, document};
use tidings_text::Span;

use crate::{DateSource, Page, PageDate};

impl Page {
    /// The words of the report, paragraph by paragraph: body and subheadings, without captions.
    pub fn text(&self) -> String {
        let report = self.blocks.iter().filter(|b| matches!(b.kind, PartKind::Body | PartKind::Subheading));
        report.map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n\n")
    }

    /// The document under this name; headline, standfirst, captions and body are its parts. What the document has no
    /// field for is among its further fields: `authors`, `published` and `modified` (with time and zone if stated) and
    /// `paywall_stub`.
    pub fn into_document(self, id: String, known: &Known) -> Document {
        let (mut text, mut parts) = (String::new(), Vec::new());
        let mut add = |kind: PartKind, words: &str| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            text.push_str(words);
            parts.push(Part::new(kind, Span::new(start, text.len())));
        };
        self.headline.iter().for_each(|words| add(PartKind::Headline, words));
        self.standfirst.iter().for_each(|words| add(PartKind::Standfirst, words));
        self.blocks.iter().for_each(|block| add(block.kind, &block.text));
        let stamp = |date: &Option<PageDate>| date.as_ref().map(|d| Value::from(d.stamp.to_string()));
        let further = [
            ("authors", (!self.authors.is_empty()).then(|| json!(self.authors))),
            ("published", stamp(&self.published)),
            ("modified", stamp(&self.modified)),
            ("paywall_stub", self.is_stub.then_some(Value::Bool(true))),
        ];
        let fields = Fields {
            id,
            text,
            parts,
            title: self.headline,
            publication: self.published.map(publication),
            outlet: self.outlet,
            url: self.url,
            language: self.language,
            extra: further.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
            warnings: self.warnings,
            ..Fields::default()
        };
        document(fields, known)
    }
}

/// The day of publication, and why it is believed.
fn publication(date: PageDate) -> PublicationDate {
    let (basis, place) = match date.source {
        DateSource::StructuredData => (DateBasis::Metadata, "the JSON-LD of the page"),
        DateSource::MetaElement => (DateBasis::Metadata, "a meta element of the page"),
        DateSource::Markup => (DateBasis::Metadata, "an element of the page that is marked as a date"),
        DateSource::Address => (DateBasis::Metadata, "the address of the page"),
        DateSource::Text => (DateBasis::Dateline, "a line beside the headline"),
        DateSource::Guess => (DateBasis::Inferred, "no date of publication, but the page"),
    };
    let explanation = format!("{place} says \"{}\"", date.words);
    PublicationDate { date: date.stamp.date, basis, explanation }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_a_document_with_its_parts() {
        let html = r#"<html lang=en><head><meta property="article:published_time" content="2026-03-03T10:00:00+01:00">
            <meta property="og:site_name" content="Delta Post"></head><body><article><h1>Norway thanks Iceland</h1>
            <p class="standfirst">Four boats are back before the winter begins in the north.</p>
            <figure><img><figcaption>Boats in the harbour of Tromsø. Photo: Delta Post</figcaption></figure>
            <p>OSLO (Reuters) - Norway thanked Iceland on Monday for sending back four boats and their crews.</p>
            <p>"They are friends," the foreign minister said after talks in Reykjavik on Sunday.</p></article>"#;
        let page = crate::page(html, Some("https://deltapost.example/boats"));
        let document = page.into_document("boats".to_owned(), &Known::default());
        let parts: Vec<_> =
            document.parts.iter().map(|p| (p.kind.as_str(), p.span.of(&document.text))).collect();
        assert_eq!(parts[0], ("headline", "Norway thanks Iceland"));
        assert_eq!(parts[1].0, "standfirst");
        assert_eq!(parts[2].0, "caption");
        assert_eq!(parts[3], ("dateline", "OSLO (Reuters) -"));
        assert!(parts[4].1.starts_with("Norway thanked") && parts[4].1.ends_with("on Sunday."), "{parts:?}");
        assert_eq!(document.outlet.as_deref(), Some("Delta Post"));
        let date = document.publication.unwrap();
        assert_eq!((date.date.to_string().as_str(), date.basis), ("2026-03-03", DateBasis::Metadata));
        assert_eq!(document.extra["published"], "2026-03-03T10:00:00+01:00");
    }
}
