//! From the fields of an input to a [`Document`].

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::language::{ENGLISH, language};
use crate::parts::is_blank;
use crate::publication::{of_basis, stated};
use crate::{
    DateBasis, Document, Part, PartKind, PublicationDate, Warning, find_parts, parse_date, refine_parts,
};

/// What an input says of one report.
#[derive(Debug, Default)]
pub struct Fields {
    /// What to call it.
    pub id: String,
    /// All of its words.
    pub text: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<String>,
    /// The same, where the reader of the input has already read it.
    pub publication: Option<PublicationDate>,
    /// The parts of the text, where the input marks them (see [`refine_parts`]); else they are looked for.
    pub parts: Vec<Part>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// The language that the input says it is in; heard where there is too little text to tell.
    pub language: Option<String>,
    /// Anything else; kept as it is.
    pub extra: Map<String, Value>,
    /// What was odd about the input.
    pub warnings: Vec<Warning>,
}

/// What the user knows of the reports; it goes before what the input says.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Day of publication.
    pub date: Option<Date>,
    /// Who published them.
    pub outlet: Option<String>,
}

/// Finds parts, day, outlet and language.
pub fn document(fields: Fields, known: &Known) -> Document {
    let Fields {
        id,
        text,
        title,
        date,
        publication: read,
        parts,
        outlet,
        url,
        language: said,
        extra,
        mut warnings,
    } = fields;
    let title = title.filter(|t| !t.trim().is_empty());
    let parts =
        if parts.is_empty() { find_parts(&text, title.as_deref()) } else { refine_parts(&text, &parts) };
    let publication = publication(known, date.as_deref(), read, &mut warnings)
        .or_else(|| stated(&text, &parts, url.as_deref()));
    let given = known.outlet.clone().or(outlet).filter(|o| !o.trim().is_empty());
    let outlet = given.or_else(|| crate::outlet::outlet(&text, &parts, url.as_deref()));
    let language = language(&text, said.as_deref());
    warn_of_text(&text, &language, &mut warnings);
    let headline = parts.iter().find(|p| p.kind == PartKind::Headline);
    let title = title.or_else(|| headline.map(|p| p.span.of(&text).to_owned()));
    Document { id, text, title, outlet, url, publication, parts, language, extra, warnings }
}

/// The day that the user or the metadata give.
fn publication(
    known: &Known,
    field: Option<&str>,
    read_before: Option<PublicationDate>,
    warnings: &mut Vec<Warning>,
) -> Option<PublicationDate> {
    let field = field.map(str::trim).filter(|f| !f.is_empty());
    let read = field.and_then(parse_date);
    if let Some(unknown) = field.filter(|_| read.is_none()) {
        let message =
            format!("the date \"{}\" cannot be read; hint: write it like 2016-08-11", shortened(unknown));
        warnings.push(Warning::new("unknown-date", message));
    }
    let option = known.date.map(|date| of_basis(date, DateBasis::Option, "given with --date".to_owned()));
    let metadata = |date| {
        of_basis(date, DateBasis::Metadata, format!("the field date says \"{}\"", field.unwrap_or("")))
    };
    option.or(read_before).or_else(|| read.map(metadata))
}

fn warn_of_text(text: &str, language: &str, warnings: &mut Vec<Warning>) {
    if text.chars().all(is_blank) {
        let message = "there is no text; hint: is the file complete?".to_owned();
        return warnings.push(Warning::new("empty", message));
    }
    let nul = text.bytes().filter(|b| *b == 0).count();
    if nul > 0 {
        let message =
            format!("{nul} NUL characters were kept in the text; hint: was the file written to its end?");
        warnings.push(Warning::new("nul-characters", message));
    }
    if language != ENGLISH {
        let message = format!("the text is in '{language}', only English is coded: no events");
        warnings.push(Warning::new("not-english", message));
    }
}

/// At most 60 characters of a value, for messages.
pub fn shortened(value: &str) -> String {
    let mut chars = value.chars();
    let head: String = chars.by_ref().take(60).collect();
    if chars.next().is_some() { head + "…" } else { head }
}
