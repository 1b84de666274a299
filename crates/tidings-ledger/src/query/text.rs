//! Full text: which articles speak of it?

use rusqlite::params;
use serde::Serialize;

use super::filter::check;
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

impl Ledger {
    /// Articles with these words, the newest first. Heeds `text`, `outlet`, `from`, `to` (of publication) and pages.
    pub fn search(&self, query: &Query) -> Result<Page<SearchRow>> {
        check(query)?;
        let Some(words) = quoted(query.text.as_deref())? else {
            return Err(Error::question("there is nothing to look for", "give a few words"));
        };
        let (key, row) = query.cursor()?.unwrap_or_else(|| ("9999~".to_owned(), i64::MAX));
        let day = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string());
        let size = query.page_size();
        let rows = || -> rusqlite::Result<Vec<(SearchRow, String, i64)>> {
            let mut statement = self.connection.prepare_cached(SEARCH)?;
            let limit = i64::try_from(size + 1).unwrap_or(i64::MAX);
            let values = params![words, query.outlet, day(query.from), day(query.to), key, row, limit];
            statement
                .query_map(values, |r| {
                    let found = SearchRow {
                        document_id: r.get(2)?,
                        title: r.get(3)?,
                        published: r.get(4)?,
                        outlets: r.get(5)?,
                        extract: r.get(6)?,
                    };
                    Ok((found, r.get(0)?, r.get(1)?))
                })?
                .collect()
        };
        Ok(Page::of(rows().map_err(|e| self.error(e))?, size))
    }
}

const SEARCH: &str = "SELECT ifnull(published, ''), document.id, document_id, document.title, published, \
     (SELECT group_concat(DISTINCT outlet) FROM publication WHERE publication.document = document.id), \
     snippet(document_text, -1, '[', ']', '…', 24) \
     FROM document_text JOIN document ON document.id = document_text.rowid \
     WHERE document_text MATCH ?1 \
     AND (?2 IS NULL OR document.id IN (SELECT document FROM publication WHERE outlet = ?2)) \
     AND (?3 IS NULL OR published >= ?3) AND (?4 IS NULL OR published <= ?4) \
     AND (ifnull(published, ''), document.id) < (?5, ?6) \
     ORDER BY ifnull(published, '') DESC, document.id DESC LIMIT ?7";

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
