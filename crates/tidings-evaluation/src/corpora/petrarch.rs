//! The validation records of PETRARCH and UniversalPetrarch. They look like XML and are not well-formed, so they are
//! read by their marks alone.

use std::path::Path;

use jiff::civil::Date;

use crate::error::{Error, Result, read};

/// One sentence with what PETRARCH is to code of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PetrarchRecord {
    /// Its name.
    pub id: String,
    /// The day of the report.
    pub date: Option<Date>,
    /// Its words; those of the parse where the text was left out.
    pub text: String,
    /// What is to be coded.
    pub codings: Vec<PetrarchCoding>,
    /// It is marked as telling no event.
    pub without_events: bool,
}

/// Who did what to whom.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PetrarchCoding {
    /// Code of who acts, or, in quotation marks, the words for somebody whom no dictionary has; empty for nobody.
    pub source: String,
    /// Who is acted upon.
    pub target: String,
    /// Code of the act.
    pub event: String,
}

/// All records of a file.
pub fn petrarch(path: &Path) -> Result<Vec<PetrarchRecord>> {
    let found = records(&read(path)?);
    if found.is_empty() {
        Err(Error::line(path, 0, "holds no <Sentence …> with a <Text>"))
    } else {
        Ok(found)
    }
}

fn records(text: &str) -> Vec<PetrarchRecord> {
    without_comments(text).split("<Sentence ").skip(1).filter_map(record).collect()
}

fn record(text: &str) -> Option<PetrarchRecord> {
    let (head, rest) = text.split_once("<Text>")?;
    let (words, parse) = rest.split_once("</Text>")?;
    let start = head.split_once('>').map_or(head, |(start, _)| start);
    let mut record = PetrarchRecord {
        id: attribute(start, "id").unwrap_or_default(),
        date: attribute(start, "date").and_then(|day| Date::strptime("%Y%m%d", day).ok()),
        text: unescaped(&words.split_whitespace().collect::<Vec<_>>().join(" ")),
        ..PetrarchRecord::default()
    };
    if record.text.is_empty() {
        record.text = parsed_words(parse);
    }
    for mark in head.split("<EventCoding").skip(1) {
        let mark = mark.split('>').next().unwrap_or_default();
        match attribute(mark, "eventcode") {
            Some(event) => record.codings.push(PetrarchCoding {
                source: actor(mark, "sourcecode"),
                target: actor(mark, "targetcode"),
                event,
            }),
            None => record.without_events |= attribute(mark, "noevents").is_some(),
        }
    }
    Some(record)
}

/// The code of an actor; dashes stand for what there is not ("---GOV", "---").
fn actor(mark: &str, name: &str) -> String {
    attribute(mark, name).unwrap_or_default().trim_start_matches('-').to_owned()
}

/// `name="value"` or `name = 'value'`.
fn attribute(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(unescaped(rest[1..].split(quote).next()?))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The forms of a parse in the format of Universal Dependencies.
fn parsed_words(rest: &str) -> String {
    let parse = rest.split_once("<Parse>").map_or("", |(_, parse)| parse);
    let parse = parse.split("</Parse>").next().unwrap_or_default();
    let forms: Vec<&str> = parse.lines().filter_map(|line| line.split('\t').nth(1)).collect();
    forms.join(" ").replace(" .", ".").replace(" ,", ",").replace(" 's", "'s")
}

fn without_comments(text: &str) -> String {
    let mut parts = text.split("<!--");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| kept + part.split_once("-->").map_or("", |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_though_they_are_no_xml() {
        let text = "<Sentence date=\"19950131\" id=\"A-1\">\n<!-- <EventCoding eventcode=\"1\"> -->\n\
            <EventCoding sourcecode=\"---GOV\" targetcode='\"THE BARD\"' eventcode = \"023\"></EventCoding>\n<Text>\n\
            It\nrained &amp; poured. </Text></Sentence>\n<Sentence id=\"B\" date=\"x\"/>\n<EventCoding noevents = \"True\"/>\
            <Text>\n</Text>\n<Parse>\n1\tNorland\tNorland\n2\tslept\tsleep\n3\t.\t.\n</Parse>\n<Sentence broken";
        let found = records(text);
        assert_eq!(found.len(), 2, "{found:?}");
        let coding = PetrarchCoding {
            source: "GOV".to_owned(),
            target: "\"THE BARD\"".to_owned(),
            event: "023".to_owned(),
        };
        assert_eq!(
            (found[0].text.as_str(), found[0].codings.as_slice()),
            ("It rained & poured.", &[coding][..])
        );
        assert_eq!(found[0].date.map(|d| d.to_string()).as_deref(), Some("1995-01-31"));
        assert!(found[1].without_events && found[1].codings.is_empty() && found[1].date.is_none());
        assert_eq!((found[1].id.as_str(), found[1].text.as_str()), ("B", "Norland slept."));
    }
}
