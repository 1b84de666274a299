//! Which day was the report published, and who says so?

use jiff::civil::Date;

use crate::date::{date_line, find_date, tokens};
use crate::parts::dateline_date;
use crate::{DateBasis, Part, PartKind, PublicationDate};

/// The day that the page itself states: dateline, date line, tail of the headline, address.
///
/// Where a dateline leaves out the year, address or copyright line must give it: no year is invented.
pub(crate) fn stated(text: &str, parts: &[Part], url: Option<&str>) -> Option<PublicationDate> {
    let lines: Vec<&str> = datelines(text, parts).collect();
    let year = url
        .and_then(address_year)
        .or_else(|| of_kind(text, parts, PartKind::AgencyCredit).find_map(copyright_year));
    let full = |line: &&str| find_date(line).map(|f| f.date);
    let is_update = |line: &&&str| date_line(line).is_some_and(|d| d.is_update);
    let first = lines.iter().filter(|l| !is_update(l)).find_map(|line| Some((full(line)?, *line)));
    let without_year = || lines.iter().find_map(|line| Some((dateline_date(line, Some(year?))?, *line)));
    let update = || lines.iter().find_map(|line| Some((full(line)?, *line)));
    let dateline = |(date, line): (Date, &str), what: &str| {
        of_basis(date, DateBasis::Dateline, format!("{what} \"{line}\""))
    };
    if let Some(found) = first {
        return Some(dateline(found, "the text says"));
    }
    if let Some(found) = without_year() {
        return Some(dateline(found, "the year is that of the address or copyright line, the day is from"));
    }
    if let Some(date) = url.and_then(address_date) {
        return Some(of_basis(
            date,
            DateBasis::Metadata,
            format!("the address of the page has the day {date}"),
        ));
    }
    update().map(|found| dateline(found, "the only date of the page is that of a change:"))
}

/// A day with its basis.
pub(crate) fn of_basis(date: Date, basis: DateBasis, explanation: String) -> PublicationDate {
    PublicationDate { date, basis, explanation }
}

/// Dates at the head of the page; further down only those that say of themselves that they are the page's ("Published …"),
/// since lists and tables have dates too.
fn datelines<'t>(text: &'t str, parts: &[Part]) -> impl Iterator<Item = &'t str> {
    let body = parts.iter().find(|p| p.kind == PartKind::Body).map_or(text.len(), |p| p.span.start);
    let lines =
        parts.iter().filter(|p| p.kind == PartKind::Dateline).map(|p| (p.span.start, p.span.of(text)));
    let of_page = move |(start, line): &(usize, &str)| {
        *start < body || date_line(line).is_some_and(|d| d.is_introduced)
    };
    lines.filter(of_page).map(|(_, line)| line)
}

fn of_kind<'t>(text: &'t str, parts: &[Part], kind: PartKind) -> impl Iterator<Item = &'t str> {
    parts.iter().filter(move |p| p.kind == kind).map(move |p| p.span.of(text))
}

/// "/2026/03/03/", "/2026-03-03-talks", "/20260303/".
fn address_date(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.get(path.find('/')?..)?.split(['?', '#']).next()?;
    find_date(path).map(|found| found.date)
}

/// The year of "/2026/03/".
fn address_year(url: &str) -> Option<i16> {
    let years = url.split('/').skip(3).filter(|part| part.len() == 4);
    address_date(url).map(Date::year).or_else(|| years.filter_map(year).next())
}

/// The year of "© 2026 Delta Post".
fn copyright_year(line: &str) -> Option<i16> {
    let opens = line.starts_with('©') || line.starts_with("Copyright") || line.starts_with("(c)");
    tokens(line).iter().filter(|_| opens).filter_map(|t| year(t.text)).next_back()
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (1900..=2199).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find_parts;

    fn day(text: &str, url: Option<&str>) -> Option<(String, DateBasis)> {
        stated(text, &find_parts(text, None), url).map(|p| (p.date.to_string(), p.basis))
    }

    const REPORT: &str = "Norway thanked Iceland on Monday for sending back the boats.";

    #[test]
    fn the_dateline_gives_the_day() {
        let text = format!("OSLO, March 3, 2026 (Reuters) - {REPORT}");
        assert_eq!(day(&text, None), Some(("2026-03-03".to_owned(), DateBasis::Dateline)));
    }

    #[test]
    fn a_dateline_without_a_year_needs_one_from_elsewhere() {
        let text = format!("OSLO, March 3 (Reuters) - {REPORT}");
        assert_eq!(day(&text, None), None);
        let url = Some("https://deltapost.example/2026/norway-thanks-iceland");
        assert_eq!(day(&text, url), Some(("2026-03-03".to_owned(), DateBasis::Dateline)));
        let signed = format!("{text}\n\n© 2025 Delta Post");
        assert_eq!(day(&signed, None), Some(("2025-03-03".to_owned(), DateBasis::Dateline)));
    }

    #[test]
    fn the_first_publication_counts_and_not_the_change() {
        let text =
            format!("Norway thanks Iceland\n\nUpdated: 5 March 2026\n\nPublished: 3 March 2026\n\n{REPORT}");
        assert_eq!(day(&text, None), Some(("2026-03-03".to_owned(), DateBasis::Dateline)));
    }

    #[test]
    fn the_headline_may_end_with_the_day() {
        let text = format!("Norway Thanks Iceland - 2026-03-03\n\n{REPORT}");
        assert_eq!(day(&text, None), Some(("2026-03-03".to_owned(), DateBasis::Dateline)));
    }

    #[test]
    fn the_address_gives_the_day_when_the_text_does_not() {
        let found = |url| day(REPORT, Some(url)).map(|(date, _)| date);
        assert_eq!(found("https://deltapost.example/2026/03/03/talks").as_deref(), Some("2026-03-03"));
        assert_eq!(found("https://deltapost.example/world/2026-03-03-talks").as_deref(), Some("2026-03-03"));
        assert_eq!(found("https://deltapost.example/world/1234567890"), None);
    }
}
