//! The user's rules, as TOML and as PETRARCH's dictionaries of verbs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::Rules;

fuzz_target!(|data: &[u8]| {
    let Some((name, bytes)) = tidings_fuzz::choice(data, &["rules.toml", "verbs.txt"]) else { return };
    match Rules::read(&[(name.to_owned(), bytes.to_vec())]) {
        Ok((rules, _)) => assert!(rules.files().len() == 1),
        Err(errors) => assert!(!errors.is_empty()),
    }
});
