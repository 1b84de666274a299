//! The texts of `tests/chains/`: who is who inside one text.

mod common;

use std::path::Path;

use common::code;
use tidings_coding::Record;
use tidings_coding::records::EntityRecord;

/// What a line expects of the entities of a text.
struct Expected<'a> {
    line: &'a str,
    name: &'a str,
    /// Country and sectors, where they are asked.
    codes: Option<&'a str>,
    mentions: Vec<&'a str>,
    /// Whether the entity must have the mentions, or must not.
    has: bool,
}

impl<'a> Expected<'a> {
    fn parse(line: &'a str) -> Self {
        let (has, rest) = line.strip_prefix("! ").map_or((true, line), |rest| (false, rest));
        let (who, mentions) = rest.split_once(": ").expect("a name, a colon and mentions");
        let (name, codes) = match who.split_once(" (") {
            Some((name, codes)) => (name, Some(codes.trim_end_matches(')'))),
            None => (who, None),
        };
        Self { line, name, codes, mentions: mentions.split("; ").collect(), has }
    }

    fn holds(&self, entities: &[&EntityRecord]) -> bool {
        let fits = |e: &&&EntityRecord| e.name == self.name && self.codes.is_none_or(|c| codes(e) == c);
        let mentioned = |e: &EntityRecord, text: &str| e.mentions.iter().any(|m| m.words.text == text);
        if self.has {
            entities.iter().filter(fits).any(|e| self.mentions.iter().all(|m| mentioned(e, m)))
        } else {
            !entities.iter().filter(fits).any(|e| self.mentions.iter().any(|m| mentioned(e, m)))
        }
    }
}

fn codes(entity: &EntityRecord) -> String {
    let sectors = if entity.sector.is_empty() { "-".to_owned() } else { entity.sector.join("/") };
    format!("{} {sectors}", entity.country.as_deref().unwrap_or("-"))
}

fn show(entities: &[&EntityRecord]) -> String {
    let one = |e: &&EntityRecord| {
        let mentions: Vec<&str> = e.mentions.iter().map(|m| m.words.text.as_str()).collect();
        format!("\n        {} ({}): {}", e.name, codes(e), mentions.join("; "))
    };
    entities.iter().map(one).collect()
}

#[test]
fn mentions_join_the_entity_that_a_careful_reader_means() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/chains/coreference.txt");
    let file = std::fs::read_to_string(path).expect("tests/chains/coreference.txt is there");
    let mut report = None;
    let mut wrong = Vec::new();
    for line in file.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(text) = line.strip_prefix("> ") {
            report = Some((text, code(text, "2024-05-16".parse().ok())));
            continue;
        }
        let (text, report) = report.as_ref().expect("a text before its expectations");
        let entities: Vec<&EntityRecord> = report
            .records
            .iter()
            .filter_map(|r| match r {
                Record::Entity(entity) => Some(entity),
                _ => None,
            })
            .collect();
        let (must, rest) = line.strip_prefix("? ").map_or((true, line), |rest| (false, rest));
        let expected = Expected::parse(rest);
        match (expected.holds(&entities), must) {
            (false, true) => {
                wrong.push(format!("{text}\n    expected {}\n    found{}", expected.line, show(&entities)));
            }
            (true, false) => wrong.push(format!("{text}\n    passes now, take away the '?': {rest}")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
