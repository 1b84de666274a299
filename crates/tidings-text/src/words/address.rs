//! Web addresses, e-mail addresses, names of hosts and files.

use crate::characters::{Page, is_blank};
use crate::lexicon::{self, AddressEnding};

/// Longest host, file name or mail address that is looked for.
const LIMIT: usize = 100;

/// The end of the address that starts at `at`, if one does.
pub(super) fn address_end(page: &Page, at: usize) -> Option<usize> {
    let run = page.run(at, is_name).min(at + LIMIT);
    let next = page.char(run);
    let name = page.slice(at, run);
    if next == Some(':') && is_scheme(name) {
        return Some(location_end(page, run));
    }
    if name.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www.")) {
        return Some(location_end(page, at));
    }
    if next == Some('@') {
        return mail_end(page, run + 1);
    }
    if !name.contains('.') {
        return None;
    }
    let name = name.trim_end_matches(['.', '-', '_', '+', '%', '\'']);
    let end = at + name.len();
    (is_file_or_host(name)).then(|| if page.char(end) == Some('/') { location_end(page, end) } else { end })
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '+')
}

fn is_scheme(name: &str) -> bool {
    ["http", "https", "ftp", "mailto"].iter().any(|scheme| name.eq_ignore_ascii_case(scheme))
}

/// Everything up to a blank, a bracket or a quotation mark, without the punctuation of the sentence around it.
fn location_end(page: &Page, from: usize) -> usize {
    let stops = |c: char| {
        is_blank(c) || matches!(c, '<' | '>' | '"' | '\u{201C}' | '\u{201D}' | '«' | '»' | '|' | '{' | '}')
    };
    let end = page.run(from, |c| !stops(c));
    let location = page.slice(from, end);
    let closed = location.contains('(');
    let trimmed = location.trim_end_matches(|c| {
        matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '\u{2019}' | '*' | ']') || c == ')' && !closed
    });
    from + trimmed.len()
}

fn mail_end(page: &Page, from: usize) -> Option<usize> {
    let host =
        page.slice(from, page.run(from, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')));
    let host = host.trim_end_matches(['.', '-', '_']);
    host.starts_with(|c: char| c.is_ascii_alphanumeric()).then_some(from + host.len())
}

/// "example.com", "bbc.co.uk", "budget-2016.pdf", "comp.sources.unix"; not "party.filed", where a blank is missing.
fn is_file_or_host(name: &str) -> bool {
    let mut labels = name.rsplit('.');
    let (Some(last), Some(left)) = (labels.next(), labels.next()) else { return false };
    if name.split('.').any(str::is_empty) {
        return false;
    }
    match lexicon::address_ending(last.trim_end_matches(|c: char| c.is_ascii_digit())) {
        Some(AddressEnding::Domain | AddressEnding::File) => true,
        Some(AddressEnding::Country) => left.len() > 1 && last.bytes().all(|b| b.is_ascii_lowercase()),
        None => is_group(name),
    }
}

/// A name of three or more parts in small letters, as of newsgroups and program packages.
fn is_group(name: &str) -> bool {
    name.split('.').count() > 2
        && name
            .split('.')
            .all(|label| label.len() > 1 && label.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'))
}
