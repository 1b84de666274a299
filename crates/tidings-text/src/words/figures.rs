//! Marks inside figures: thousands, dates, telephone numbers.

use crate::characters::{Page, is_hyphen};

fn digits_before(page: &Page, at: usize) -> usize {
    at - page.run_back(at, 9, |c| c.is_ascii_digit())
}

fn digits_after(page: &Page, at: usize) -> usize {
    page.run(at, |c| c.is_ascii_digit()).min(at + 9) - at
}

/// "1,000": up to three digits, a comma, exactly three digits.
pub(super) fn is_thousands_comma(page: &Page, start: usize, at: usize) -> bool {
    let before = digits_before(page, at).min(at - start);
    (1..=3).contains(&before) && digits_after(page, at + 1) == 3
}

/// "9/11", "11/28/2000": a month and a day; "3/4" is a fraction.
pub(super) fn is_date_slash(page: &Page, start: usize, at: usize) -> bool {
    let (before, after) = (digits_before(page, at), digits_after(page, at + 1));
    if before == 0 || after == 0 {
        return false;
    }
    let more = page.char(at + 1 + after) == Some('/') && digits_after(page, at + 2 + after) > 0;
    let inside_date = page.slice(start, at).contains('/');
    if more || inside_date {
        return true;
    }
    let left = page.slice(at - before, at).parse().unwrap_or(99u32);
    let right = page.slice(at + 1, at + 1 + after);
    let day = right.parse().unwrap_or(99u32);
    (1..=12).contains(&left) && right.len() == 2 && day <= 31
}

/// "713-555-0142", "555-0142", "2016-08-11"; in "1969-1970" and "5-10" the hyphen means "to".
pub(super) fn is_number_hyphen(page: &Page, start: usize, at: usize) -> bool {
    let left = page.slice(start, at);
    if !left
        .trim_start_matches(['x', 'X', '('])
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.'))
    {
        return false;
    }
    let (before, after) = (digits_before(page, at), digits_after(page, at + 1));
    let more = page.char(at + 1 + after).is_some_and(is_hyphen) && digits_after(page, at + 2 + after) > 0;
    let inside = left.bytes().any(|b| matches!(b, b'-' | b'/')) || left.starts_with(['x', 'X']);
    let group = inside || more && before + after > 3;
    group || after == 4 && matches!(before, 3 | 5)
}
