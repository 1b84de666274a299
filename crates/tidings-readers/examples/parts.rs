//! Prints the parts of each document of the paths given: kind, whether it is removed, and the words.

use std::error::Error;

use tidings_readers::{ReadOptions, path};

fn main() -> Result<(), Box<dyn Error>> {
    for argument in std::env::args_os().skip(1) {
        for read in path(argument.into(), ReadOptions::default()) {
            let document = match read {
                Ok(document) => document,
                Err(error) => {
                    eprintln!("{error}");
                    continue;
                }
            };
            println!("== {} ({}, {:?})", document.id, document.language, document.outlet);
            if let Some(publication) = &document.publication {
                println!("   {} {:?}: {}", publication.date, publication.basis, publication.explanation);
            }
            for warning in &document.warnings {
                println!("   {}: {}", warning.code, warning.message);
            }
            for part in &document.parts {
                let sign = if part.remove { '-' } else { '+' };
                println!(
                    "{sign} {:13} {}..{} {:?}",
                    part.kind.as_str(),
                    part.span.start,
                    part.span.end,
                    part.span.of(&document.text)
                );
            }
        }
    }
    Ok(())
}
