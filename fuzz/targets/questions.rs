//! The language of questions to a ledger: any filter gives rows or an error, on a ledger with a few events.
#![no_main]

use std::cell::RefCell;

use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;
use tidings_ledger::{Ledger, Query};

thread_local! {
    static LEDGER: RefCell<Option<(TempDir, Ledger)>> = const { RefCell::new(None) };
}

/// Lines of a field's letter and its value: `a` actor, `w` with, `s` source, `t` target, `y` type, `u` status, `p` place,
/// `o` outlet, `x` text, `n` after, `f` from, `e` to, `m` as of.
fn query(text: &str) -> Query {
    let mut query = Query { limit: Some(7), ..Query::default() };
    for line in text.lines() {
        let mut letters = line.chars();
        let field = letters.next();
        let value = Some(letters.as_str().to_owned());
        match field {
            Some('a') => query.actor = value,
            Some('w') => query.with = value,
            Some('s') => query.source = value,
            Some('t') => query.target = value,
            Some('y') => query.event_type = value,
            Some('u') => query.status = value,
            Some('p') => query.place = value,
            Some('o') => query.outlet = value,
            Some('x') => query.text = value,
            Some('n') => query.after = value,
            Some('f') => query.from = letters.as_str().parse().ok(),
            Some('e') => query.to = letters.as_str().parse().ok(),
            Some('m') => query.as_of = letters.as_str().parse().ok(),
            _ => {}
        }
    }
    query
}

fuzz_target!(|text: &str| {
    let query = query(text);
    LEDGER.with_borrow_mut(|kept| {
        let (_, ledger) = kept.get_or_insert_with(|| {
            let folder = tidings_fuzz::folder();
            let ledger = tidings_fuzz::ledger(&folder.path().join("ledger.db"));
            (folder, ledger)
        });
        // Each either answers or says what is wrong with the question.
        let _ = ledger.events(&query);
        let _ = ledger.reports(&query);
        let _ = ledger.search(&query);
        let _ = ledger.documents(&query);
        let _ = ledger.claims(&query);
        let _ = ledger.actors(&query);
        let _ = ledger.map(&query);
    });
});
