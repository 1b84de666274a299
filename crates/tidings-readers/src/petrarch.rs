//! The XML of PETRARCH: `<Sentence date= id= source=>` with a `<Text>` in it, each a report.
//!
//! Such files are seldom well-formed (elements closed too early, comments between lines of `#`), so elements are taken as
//! they come, and what stands between them is passed over.

use std::io::{self, BufReader};

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader};
use serde_json::{Map, Value};
use tidings_document::Fields;

use crate::budget::{Budget, Budgeted};
use crate::input::{Input, reason};
use crate::items::{Content, Reports, hash_id};
use crate::peek::Peek;
use crate::text::size;
use crate::{ReadError, ReadOptions};

/// The sentences of a file.
pub(crate) struct Petrarch {
    events: Reader<BufReader<Budgeted>>,
    budget: Budget,
    name: String,
    stem: Option<String>,
    largest: usize,
    /// Of the sentence that was opened last.
    attributes: Vec<(String, String)>,
    number: usize,
    ended: bool,
}

impl Petrarch {
    pub(crate) fn new(input: &Input, stream: Peek, options: &ReadOptions) -> Self {
        let (budgeted, budget) = Budget::over(stream, options.largest);
        let mut events = Reader::from_reader(BufReader::new(budgeted));
        let config = events.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        let (name, stem, largest) = (input.name(), input.stem(), options.largest);
        Self { events, budget, name, stem, largest, attributes: Vec::new(), number: 0, ended: false }
    }

    /// Goes on to the next `<Text>` and reads it.
    fn text(&mut self) -> Result<Option<String>, Error> {
        let mut buffer = Vec::new();
        let mut text: Option<String> = None;
        loop {
            buffer.clear();
            match self.events.read_event_into(&mut buffer)? {
                Event::Start(e) if is(&e, "sentence") => self.attributes = attributes(&e),
                Event::Empty(e) if is(&e, "sentence") => self.attributes = attributes(&e),
                Event::Start(e) if is(&e, "text") => text = Some(String::new()),
                Event::End(e) if text.is_some() && e.local_name().as_ref().eq_ignore_ascii_case("text") => {
                    return Ok(text);
                }
                Event::Text(e) => text.iter_mut().for_each(|text| text.push_str(&e)),
                Event::CData(e) => text.iter_mut().for_each(|text| text.push_str(&e)),
                Event::GeneralRef(e) => text.iter_mut().for_each(|text| entity(&e, text)),
                Event::Eof => return Ok(text),
                _ => {}
            }
            if text.is_none() {
                self.budget.renew();
            }
        }
    }

    fn report(&mut self, text: &str) -> Fields {
        self.number += 1;
        // Lines are broken to fit a page, not to say something.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut attributes = std::mem::take(&mut self.attributes);
        let mut take = |name: &str| {
            let at = attributes.iter().position(|(own, _)| own.eq_ignore_ascii_case(name))?;
            Some(attributes.remove(at).1).filter(|value| !value.trim().is_empty())
        };
        let (date, outlet, id) = (take("date"), take("source"), take("id"));
        let id = id.unwrap_or_else(|| match &self.stem {
            Some(stem) => format!("{stem}-{}", self.number),
            None => hash_id(&text),
        });
        let extra: Map<String, Value> = attributes.into_iter().map(|(k, v)| (k, Value::String(v))).collect();
        Fields { id, text, date, outlet, extra, ..Fields::default() }
    }

    fn broken(&self, error: &Error) -> ReadError {
        let at = self.events.buffer_position();
        let (what, hint) = match error {
            Error::Io(e) if e.kind() == io::ErrorKind::FileTooLarge => (
                format!(
                    "an element is longer than {}, the most that one report may have",
                    size(self.largest)
                ),
                "is it closed? What follows was not read",
            ),
            Error::Io(e) => reason(e, true),
            error => (format!("broken XML: {error}"), "mend it; what follows was not read"),
        };
        ReadError::of_file(&self.name, format!("byte {at}: {what}"), hint)
    }
}

impl Reports for Petrarch {
    fn next(&mut self) -> Option<Result<Content, ReadError>> {
        if self.ended {
            return None;
        }
        self.budget.renew();
        match self.text() {
            Ok(Some(text)) => Some(Ok(Content::of(self.report(&text)))),
            Ok(None) => {
                self.ended = true;
                (self.number == 0).then(|| Ok(Content::nothing(self.stem.clone())))
            }
            Err(error) => {
                self.ended = true;
                Some(Err(self.broken(&error)))
            }
        }
    }
}

fn is(element: &BytesStart, name: &str) -> bool {
    element.local_name().as_ref().eq_ignore_ascii_case(name)
}

fn attributes(element: &BytesStart) -> Vec<(String, String)> {
    let mut attributes = element.html_attributes();
    let words =
        |text: &str| quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), |t| t.into_owned());
    attributes
        .with_checks(false)
        .filter_map(Result::ok)
        .map(|a| (words(a.key.as_ref()), words(&a.value)))
        .collect()
}

/// `&amp;` and `&#39;` as what they stand for, what is unknown as it is.
fn entity(reference: &BytesRef, text: &mut String) {
    let name: &str = reference;
    match (reference.resolve_char_ref(), resolve_predefined_entity(name)) {
        (Ok(Some(c)), _) => text.push(c),
        (_, Some(words)) => text.push_str(words),
        _ => text.push_str(&format!("&{name};")),
    }
}
