//! Codes single sentences and compares them with what a reader expects.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use tidings_actors::Knowledge;
use tidings_coding::Report;
use tidings_document::{DateBasis, Document, PublicationDate};
use tidings_language::Analyzer;
use tidings_ontology::Rules;
use tidings_text::Span;

#[allow(unused_imports, reason = "not every test that shares this module reads expectations")]
pub use tidings_coding::expectation::{Expected, is, show};

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new().expect("the embedded model loads"));

/// The report on `text`, taken as the body of an article of that day.
pub fn code(text: &str, date: Option<Date>) -> Report {
    report(&document(text, date))
}

/// The text as the body of an article of that day.
pub fn document(text: &str, date: Option<Date>) -> Document {
    Document {
        id: "test".to_owned(),
        publication: date.map(|date| PublicationDate {
            date,
            basis: DateBasis::Option,
            explanation: "given".to_owned(),
        }),
        ..Document::of_body(text)
    }
}

/// The report on a document.
pub fn report(document: &Document) -> Report {
    report_by(document, Knowledge::embedded(), &Rules::default())
}

/// The same by other knowledge and rules.
#[allow(dead_code, reason = "not every test that shares this module brings its own")]
pub fn report_by(document: &Document, knowledge: &Knowledge, rules: &Rules) -> Report {
    let parts = document.parts.iter().filter(|p| !p.remove);
    let spans: Vec<Span> = parts.flat_map(|p| tidings_text::sentences(&document.text, p.span)).collect();
    let sentences = ANALYZER.analyze_for_acts(&document.text, &spans).expect("a text can be analysed");
    tidings_coding::code(document, &sentences, knowledge, rules, Some(ANALYZER.acts()))
}

/// The texts of a folder of `tests/suite`, by name.
#[allow(dead_code, reason = "not every test that shares this module reads files")]
pub fn texts_in(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/suite").join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}
