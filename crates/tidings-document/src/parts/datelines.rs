//! Place, day and agency before the first word of the report; lines that are a date.

use jiff::civil::Date;

use super::PartKind;
use super::blocks::Block;
use crate::date::{date_line, day_and_month, find_date, tokens};
use crate::phrases::is_agency;

/// A dateline is not longer than this, in bytes.
const LONGEST: usize = 110;

/// A line that is nothing but a date.
pub(super) fn is_date_line(line: &str) -> bool {
    date_line(line).is_some()
}

/// The day that a dateline or date line gives; `year` where it leaves the year out.
pub(crate) fn dateline_date(line: &str, year: Option<i16>) -> Option<Date> {
    if let Some(found) = find_date(line) {
        return Some(found.date);
    }
    let tokens = tokens(line);
    let (day, month, _) = (0..tokens.len()).find_map(|at| day_and_month(tokens.get(at..)?))?;
    Date::new(year?, month, day).ok()
}

/// Cuts the dateline off the first paragraph of the report and off each that follows a heading.
pub(super) fn split_datelines(blocks: &mut [Block]) {
    let mut at_head = true;
    for block in blocks {
        let end = (at_head && block.is_body()).then(|| dateline(block.text)).flatten();
        if let Some(end) = end {
            block.split(end, PartKind::Dateline, PartKind::Body);
        }
        at_head = !block.has(PartKind::Body) || block.has(PartKind::Subheading);
    }
}

/// Whether `paragraph` begins with a dateline.
pub(super) fn has_dateline(paragraph: &str) -> bool {
    dateline(paragraph).is_some()
}

/// Where the dateline at the head of `paragraph` ends, behind its dash or colon.
fn dateline(paragraph: &str) -> Option<usize> {
    let window = paragraph.get(..paragraph.floor_char_boundary(LONGEST.min(paragraph.len())))?;
    ends(window)
        .find(|(start, end)| {
            let rest = paragraph.get(*end..).unwrap_or("").trim_start();
            let colon = window.get(*start..*end).is_some_and(|mark| mark.contains(':'));
            window.get(..*start).is_some_and(|head| is_dateline(head.trim(), colon)) && opens_sentence(rest)
        })
        .map(|(_, end)| end)
}

/// The dashes and colons at which a dateline may end: where they begin and end.
fn ends(window: &str) -> impl Iterator<Item = (usize, usize)> {
    window.char_indices().filter_map(move |(at, c)| {
        let before = window.get(..at)?;
        let after = window.get(at + c.len_utf8()..)?;
        let spaced = before.ends_with([' ', '\u{A0}', ')']);
        match c {
            '—' | '–' | '―' => Some((at, at + c.len_utf8())),
            '-' if after.starts_with('-') && spaced => Some((at, at + 2)),
            '-' if spaced && !before.trim_end().ends_with('-') => Some((at, at + 1)),
            ':' if after.starts_with(' ') => Some((at, at + 1)),
            _ => None,
        }
    })
}

/// A sentence begins here: a capital, a figure or a quotation mark, and small letters after it.
fn opens_sentence(rest: &str) -> bool {
    let first = rest.chars().next();
    let opener = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '"' | '“' | '\'' | '‘' | '«');
    first.is_some_and(opener) && rest.len() >= 20 && rest.chars().take(60).any(char::is_lowercase)
}

/// "GENEVA", "KYIV, Ukraine", "MOGADISHU, Aug. 11 (AP)", "Geneva (Reuters)", "Aug 11 (Reuters)", "(Xinhua)".
fn is_dateline(head: &str, colon: bool) -> bool {
    let (place, agency) = match head.strip_suffix(')').and_then(|h| h.rsplit_once('(')) {
        Some((place, agency)) => (place.trim(), Some(agency)),
        None => (head, None),
    };
    let known = agency.is_some_and(|a| a.split(['/', ',']).all(is_agency));
    let date = dates_of(place);
    let town = date
        .map_or(place, |at| place.get(..at).unwrap_or("").trim_end_matches(|c: char| !c.is_alphanumeric()));
    if colon {
        return agency.is_none()
            && is_capitals(town)
            && town.split_whitespace().count() <= 3
            && town.len() >= 4;
    }
    match agency {
        Some(_) if town.is_empty() => known && place.is_empty() || date.is_some(),
        Some(agency) => {
            (known || agency.split_whitespace().count() <= 4 && is_capitals(first_place(town)))
                && is_place(town)
        }
        None => is_capitals(first_place(town)) && is_place(town) || date.is_some() && is_place(town),
    }
}

/// Where the day begins in a dateline.
fn dates_of(place: &str) -> Option<usize> {
    let tokens = tokens(place);
    let at = (0..tokens.len()).find(|at| tokens.get(*at..).and_then(day_and_month).is_some())?;
    tokens.get(at).map(|t| t.start)
}

fn first_place(town: &str) -> &str {
    town.split([',', '/', ';']).next().unwrap_or("").trim()
}

/// At most six words, all of them written with a capital (or "of", "and", "the").
fn is_place(town: &str) -> bool {
    let words: Vec<&str> =
        town.split(|c: char| c.is_whitespace() || c == '/').filter(|w| !w.is_empty()).collect();
    let small = ["of", "and", "the", "de", "la", "el", "al", "en", "du", "des", "sur", "am", "near"];
    (1..=7).contains(&words.len())
        && words.first().is_some_and(|w| w.starts_with(char::is_uppercase))
        && words.iter().all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '\'') || small.contains(w))
}

/// "GENEVA", "N'DJAMENA", "PORT-AU-PRINCE", "UNITED NATIONS".
fn is_capitals(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && !name.chars().any(char::is_lowercase)
        && !name.chars().any(|c| c.is_ascii_digit() || matches!(c, '"' | '“' | '!' | '?' | ':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "Norway thanked Iceland on Monday for its help.";

    #[test]
    fn datelines_of_the_agencies_are_cut_off() {
        for head in [
            "GENEVA (Reuters) -",
            "GENEVA, Aug 11 (Reuters) -",
            "KYIV, Ukraine —",
            "KYIV, Ukraine (AP) —",
            "MOGADISHU, Aug. 11 (AP) —",
            "BEIJING, March 3 (Xinhua) --",
            "Aug 11 (Reuters) -",
            "Geneva (AFP) –",
            "(Reuters) -",
            "OTTAWA -",
            "NEW DELHI:",
            "N'DJAMENA, Chad —",
            "OSLO/REYKJAVIK, March 3 (Reuters) -",
            "OSLO, 3 March 2026 (Delta News) -",
            "UNITED NATIONS —",
            "PORT-AU-PRINCE, Haiti (AP) —",
            "Oslo, March 3 –",
            "OSLO ―",
        ] {
            let text = format!("{head} {REST}");
            assert_eq!(dateline(&text).map(|end| &text[..end]), Some(head), "{text}");
        }
    }

    #[test]
    fn other_dashes_are_left_alone() {
        for text in [
            "NATO - the alliance of 32 states - met on Monday in Oslo.",
            "The talks - the third this year - ended on Monday in Oslo.",
            "Norway: Iceland is our friend and will always be one of us.",
            "A well-known envoy – Ilse Brandt – met the ministers in Oslo.",
            "US-led forces - Some of them Norwegian - left the base on Monday.",
            "He said: Norway has no plan to leave the alliance on Monday.",
            "OSLO - REYKJAVIK",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }

    #[test]
    fn the_year_comes_from_elsewhere_or_there_is_no_day() {
        assert_eq!(dateline_date("MOGADISHU, Aug. 11 (AP) —", None), None);
        assert_eq!(dateline_date("MOGADISHU, Aug. 11 (AP) —", Some(2016)).unwrap().to_string(), "2016-08-11");
        assert_eq!(dateline_date("OSLO, 3 March 2026 —", Some(2016)).unwrap().to_string(), "2026-03-03");
        assert_eq!(dateline_date("OSLO —", Some(2016)), None);
    }
}
