//! Who took the picture, who wrote or supplied the text.

use super::PartKind;
use super::blocks::Block;
use crate::phrases::{AGENCY_CREDITS, Fit, PHOTO_CREDITS, is_agency};

/// "Photo by …", "(AP Photo/…)", "Ilse Brandt/Reuters".
pub(super) fn is_photo_credit(line: &str) -> bool {
    let bare = line.trim_start_matches(['(', '[']);
    (PHOTO_CREDITS.matches(bare) || is_name_and_agency(bare)) && !follows_sentence(line)
}

/// "Delta Post and agencies", "Reporting by …", "(Reuters)", "AFP".
pub(super) fn is_agency_credit(line: &str) -> bool {
    let bare = line.trim_start_matches(['(', '[']);
    AGENCY_CREDITS.matches(bare) || AGENCY_CREDITS.matches(line) || is_agencies(line) || is_with_agency(line)
}

/// "By Ilse Brandt", "By ILSE BRANDT and Tom Reyes in Oran", "Ilse Brandt, Staff writer".
pub(super) fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let by = words.first().is_some_and(|w| w.eq_ignore_ascii_case("by"));
    let names = |from: usize| {
        words.get(from..).is_some_and(|names| !names.is_empty() && names.iter().all(is_name_word))
    };
    (2..=14).contains(&words.len()) && !ends_sentence(line) && (by && names(1) || is_named_writer(line))
}

/// Where a credit begins at the end of a caption: "… on Monday. Photo: Ilse Brandt", "… (AP Photo/Ilse Brandt)".
pub(super) fn trailing_photo_credit(line: &str) -> Option<usize> {
    let bracket = line.trim_end_matches('.').ends_with([')', ']']).then(|| line.rfind(['(', '['])).flatten();
    let in_brackets = bracket.filter(|at| line.get(*at..).is_some_and(is_bracketed_credit));
    let stops = line.match_indices([' ', '\u{A0}']).map(|(at, _)| at).filter(|at| {
        line.get(..*at)
            .is_some_and(|head| head.trim_end().ends_with(['.', '!', '?', ')', '”', '"', '|', '/']))
    });
    let credit = stops
        .filter(|at| *at > 0)
        .find(|at| line.get(*at..).is_some_and(|tail| is_photo_credit(tail.trim())));
    credit.into_iter().chain(in_brackets).min().filter(|at| *at > 0)
}

/// Where the name of an agency in brackets begins at the end of a line: "… on Monday. (Reuters)". Reports end so too.
pub(super) fn trailing_agency(line: &str) -> Option<usize> {
    let at = line.trim_end_matches('.').ends_with([')', ']']).then(|| line.rfind(['(', '[']))??;
    let (head, tail) = line.split_at(at);
    (ends_sentence(head.trim_end()) && is_agencies(tail)).then_some(at)
}

/// The credit at the end of the report: "… he said. (Reuters)".
pub(super) fn split_last_credit(blocks: &mut [Block]) {
    let last = blocks.iter_mut().rev().find(|b| !b.is_furniture());
    let Some(block) = last.filter(|b| b.pieces.len() == 1 && b.has(PartKind::Body)) else { return };
    let start = block.text.floor_char_boundary(block.text.len().saturating_sub(80));
    let tail = block.text.get(start..).unwrap_or("");
    let at = tail.rfind(['(', '[']).or_else(|| tail.rfind(['—', '–'])).filter(|at| start + at > 0);
    let credit = at
        .and_then(|at| tail.get(at..))
        .filter(|credit| is_agencies(credit) || is_agency_credit_in_brackets(credit));
    if let (Some(at), Some(_)) = (at, credit)
        && ends_sentence(tail.get(..at).unwrap_or("").trim_end())
    {
        block.split(start + at, PartKind::Body, PartKind::AgencyCredit);
    }
}

/// Who published the text, where the credit line plainly says so: "Delta Post and agencies", "© 2026 Delta Post".
pub(crate) fn outlet_of_credit(line: &str) -> Option<&str> {
    let line = line.trim_matches(['(', ')', '[', ']', ' ', '.']);
    let endings =
        [" and agencies", " with agencies", " & agencies", "/agencies", " and news agencies", " with AFP"];
    let before = endings.iter().find_map(|ending| strip_ending(line, ending)).or_else(|| copyright(line))?;
    let name = before.trim_matches(|c: char| c.is_whitespace() || c == ',');
    let plain = (1..=5).contains(&name.split_whitespace().count()) && !is_agency(name) && !name.contains(',');
    (plain && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())).then_some(name)
}

fn strip_ending<'l>(line: &'l str, ending: &str) -> Option<&'l str> {
    let at = line.len().checked_sub(ending.len())?;
    line.get(at..)?.eq_ignore_ascii_case(ending).then(|| line.get(..at)).flatten()
}

/// "© 2026 Delta Post", "Copyright 2026 Delta Post. All rights reserved".
fn copyright(line: &str) -> Option<&str> {
    let rest =
        line.strip_prefix('©').or_else(|| line.strip_prefix("Copyright"))?.trim_start_matches(['©', ' ']);
    let name = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | ','));
    let name = name.split(['.', '|']).next()?;
    (name.len() < rest.len()).then_some(name)
}

/// The names between slashes or commas are all agencies: "AFP/Reuters", "(Xinhua)", "— AP".
fn is_agencies(line: &str) -> bool {
    let names = line.trim_matches(|c: char| !c.is_alphanumeric());
    names.len() <= 60
        && !names.is_empty()
        && names.split(['/', ',', ';', '|']).flat_map(|n| n.split(" and ")).all(is_agency)
}

fn is_agency_credit_in_brackets(credit: &str) -> bool {
    credit.starts_with(['(', '['])
        && credit.ends_with([')', ']'])
        && AGENCY_CREDITS.fit(credit.trim_start_matches(['(', '['])) == Some(Fit::Line)
}

/// "With AFP", "Delta Post with AFP and Reuters", "Delta Post/AFP".
fn is_with_agency(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let lower = line.to_lowercase();
    let after = lower.strip_prefix("with ").or_else(|| lower.rsplit_once(" with ").map(|(_, after)| after));
    words <= 8
        && !ends_sentence(line)
        && after.is_some_and(is_agencies)
        && line.split_whitespace().all(|w| is_name_word(&w))
}

/// "Ilse Brandt/Reuters", "Ilse Brandt | AFP", "Ilse Brandt for Delta Post/AFP": names and an agency after a slash.
fn is_name_and_agency(line: &str) -> bool {
    let line = line.trim_matches(['(', ')', '[', ']', ' ']);
    let Some((names, agency)) = line.rsplit_once(['/', '|']) else { return false };
    is_agency(agency)
        && names.split_whitespace().count() <= 7
        && names.split_whitespace().all(|w| is_name_word(&w))
        && !is_agencies(names)
}

/// Whether words of a caption stand before the brackets of a credit: "A boat enters the harbour. (AP Photo/…)".
fn follows_sentence(line: &str) -> bool {
    let head = line.rfind(['(', '[']).and_then(|at| line.get(..at)).unwrap_or("").trim_end();
    head.split_whitespace().count() >= 5 && ends_sentence(head)
}

fn is_bracketed_credit(text: &str) -> bool {
    let inside = text.trim_matches(['(', ')', '[', ']', '.', ' ']);
    PHOTO_CREDITS.matches(inside) || is_name_and_agency(inside)
}

/// A name, a small word between names, or a sign.
fn is_name_word(word: &&str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let small = [
        "and", "in", "for", "of", "the", "de", "van", "von", "der", "al", "el", "bin", "with", "via", "at",
        "la", "le", "du", "da", "dos",
    ];
    word.is_empty()
        || word.starts_with(|c: char| c.is_uppercase())
        || small.contains(&word)
        || word.starts_with("al-")
}

/// "Ilse Brandt, Staff writer", "Ilse Brandt, Sahel correspondent".
fn is_named_writer(line: &str) -> bool {
    let Some((name, role)) = line.split_once([',', '|']) else { return false };
    let names: Vec<&str> = name.split_whitespace().collect();
    let role = role.trim().to_lowercase();
    let roles = ["writer", "reporter", "correspondent", "editor", "bureau chief", "columnist", "news desk"];
    (2..=4).contains(&names.len())
        && names.iter().all(is_name_word)
        && role.split_whitespace().count() <= 4
        && roles.iter().any(|r| role.ends_with(r))
}

pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '\'', '’', ')', ']', '»']).ends_with(['.', '!', '?', '…'])
}
