//! Full text: which articles speak of it?

use rusqlite::params;
use serde::Serialize;

use super::documents::telling;
use super::filter::{Filter, check};
use super::past::Moment;
use super::{Page, Query};
use crate::error::{Error, Result};
use crate::store::Ledger;

/// Words of one question, at most; who gives more has pasted a text.
const WORDS: usize = 32;

/// Bytes of one question, at most.
const LONGEST: usize = 1_000;

/// An article that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SearchRow {
    /// Id of the document.
    pub document_id: String,
    /// Headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlets: Option<String>,
    /// Where the words stand; they are between `[` and `]`.
    pub extract: String,
}

/// Each word as a string of the query language, so that none is an operator; all of them must be there. What stands in
/// quotation marks is one phrase, and a `*` behind a word its beginning.
pub(super) fn quoted(text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = text else { return Ok(None) };
    if text.len() > LONGEST {
        let what = format!("the words to look for are longer than {LONGEST} bytes");
        return Err(Error::question(what, "give a few words"));
    }
    let mut terms = Vec::new();
    // Between the first and the second mark is a phrase, and so on.
    for (number, part) in text.split('"').enumerate() {
        if number % 2 == 1 {
            terms.extend(term(part));
        } else {
            terms.extend(part.split_whitespace().filter_map(term));
        }
    }
    if terms.is_empty() || terms.len() > WORDS {
        let what = format!("there must be 1 to {WORDS} words to look for");
        return Err(Error::question(what, "give a few words"));
    }
    Ok(Some(terms.join(" ")))
}

fn term(words: &str) -> Option<String> {
    let (words, rest) = words.strip_suffix('*').map_or((words, ""), |w| (w, "*"));
    // NUL would end the query for the parser.
    let words = words.replace('\0', " ");
    words.chars().any(char::is_alphanumeric).then(|| format!("\"{words}\"{rest}"))
}

/// Words in more documents than these are looked for document by document, since most documents have them.
const COMMON: i64 = 2_000;

impl Ledger {
    /// Whether more documents than a few have these words.
    pub(super) fn are_common(&self, words: &str) -> Result<bool> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM document_text WHERE document_text MATCH ?1 LIMIT ?2)";
        let mut count = self.connection.prepare_cached(sql).map_err(|e| self.error(e))?;
        let found: i64 =
            count.query_row(params![words, COMMON + 1], |row| row.get(0)).map_err(|e| self.error(e))?;
        Ok(found > COMMON)
    }

    /// Articles with these words, the newest first. Heeds all filters: those on events ask for a report like that in the
    /// article, `from` and `to` are days of publication.
    pub fn search(&self, query: &Query) -> Result<Page<SearchRow>> {
        check(query)?;
        let Some(words) = quoted(query.text.as_deref())? else {
            return Err(Error::question("there is nothing to look for", "give a few words"));
        };
        let moment = Moment(self.revision(query)?);
        let mut filter = Filter::default();
        // From the documents that have the words to their days, or from the last day on to the words.
        let tables = if self.are_common(&words)? {
            "document CROSS JOIN document_text"
        } else {
            "document_text CROSS JOIN document"
        };
        filter.add("document_text MATCH ?", words);
        filter.plain(&moment.there("document"));
        let published = moment.published("document");
        filter.on_days(&published, query);
        self.articles(&mut filter, &Query { text: None, ..query.clone() }, "document.id", moment)?;
        telling(query, moment, &mut filter);
        let key = format!("ifnull({published}, '')");
        let order = filter.ordered(query, &key, "document.id")?;
        let select = format!(
            "SELECT {key}, document.id, document_id, document.title, {published}, {}, \
             snippet(document_text, -1, '[', ']', '…', 24) \
             FROM {tables} ON document.id = document_text.rowid",
            moment.outlets("document.id")
        );
        self.page(query, &select, &filter, &order, |r| {
            Ok(SearchRow {
                document_id: r.get(2)?,
                title: r.get(3)?,
                published: r.get(4)?,
                outlets: r.get(5)?,
                extract: r.get(6)?,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn no_word_is_an_operator() {
        let read = |text| quoted(Some(text)).expect("read").expect("words");
        assert_eq!(read("ferry OR NEAR(mail)"), "\"ferry\" \"OR\" \"NEAR(mail)\"");
        assert_eq!(read("\"night ferry\" title:x* -mail"), "\"night ferry\" \"title:x\"* \"-mail\"");
        assert_eq!(read("a\" OR 1=1 --"), "\"a\" \" OR 1=1 --\"");
        assert_eq!(quoted(None).expect("read"), None);
        for wrong in ["", "\" \"", "* - (", &"x".repeat(1_000_000), &"x ".repeat(100)] {
            assert!(quoted(Some(wrong)).is_err());
        }
    }
}
