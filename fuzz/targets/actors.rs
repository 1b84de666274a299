//! The user's actors, as TOML and as PETRARCH's dictionaries of actors and agents.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tidings::Additions;

fuzz_target!(|data: &[u8]| {
    let names = ["actors.toml", "actors.txt", "agents.txt"];
    let Some((name, bytes)) = tidings_fuzz::choice(data, &names) else { return };
    match Additions::read(&[(name.to_owned(), bytes.to_vec())]) {
        Ok((additions, _)) => assert!(additions.files().len() == 1),
        Err(errors) => assert!(!errors.is_empty()),
    }
});
