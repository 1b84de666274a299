//! The whole way from a text to its records: no panic, and every span of every record holds its words.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tidings::document::Document;
use tidings::{Engine, Record};

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::new().expect("the engine of the program"));

fuzz_target!(|text: &str| {
    let document = Document { id: "fuzz".to_owned(), ..Document::of_body(text) };
    let report = ENGINE.code(&document).expect("any text can be coded");
    let letters: Vec<char> = text.chars().collect();
    for record in &report.records {
        let Record::Event(event) = record else { continue };
        for words in &event.trigger {
            let there: String = letters[words.start..words.end].iter().collect();
            assert_eq!(there, words.text);
        }
    }
});
