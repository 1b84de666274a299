//! A user's own actors and nouns in TOML (`docs/actors.md`): everything wrong is named with its place.

mod agreement;
mod values;

use std::ops::Range;

use tidings_ontology::Ontology;
use toml::de::DeTable;

pub(crate) use agreement::{Described, contradictions};
pub(crate) use values::position;

use crate::additions::{Coding, Contents, Fault, OwnActor, OwnNoun};
use crate::fold::fold;
use crate::{ActorKind, Knowledge};
use agreement::Entry;
use values::{Source, Text};

const ACTOR: &[&str] = &[
    "name", "aliases", "kind", "country", "sectors", "role", "id", "from", "to", "same_as", "office", "test",
];
const OFFICE: &[&str] = &["role", "country", "sectors", "from", "to"];
const ROLE: &[&str] = &["noun", "sectors"];

/// PLOVER's codes in the place of a country, for those above states.
pub(crate) const ABOVE_STATES: &[&str] = &["EUR", "IGO", "IMG", "ISM", "MNC", "NGO", "UNO"];

/// Reads one file; `described` collects the actors of all files, to be compared with each other.
pub(crate) fn read(file: &str, bytes: &[u8], described: &mut Vec<Described>) -> Contents {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return not_utf8(file, bytes, error.valid_up_to()),
    };
    let mut source = Source::new(file, text);
    let (root, syntax) = DeTable::parse_recoverable(text);
    for error in &syntax {
        let at = error.span().unwrap_or(0..0);
        source.fault(&at, error.message(), "the file is TOML: https://toml.io; docs/actors.md has examples");
    }
    if !syntax.is_empty() {
        return Contents { errors: source.faults, ..Contents::default() };
    }
    let root = root.get_ref();
    source.only(root, "the file", &["actor", "role"]);
    let entries: Vec<Entry> =
        source.tables(root, "actor").into_iter().filter_map(|(at, t)| actor(&mut source, &at, t)).collect();
    let nouns: Vec<OwnNoun> =
        source.tables(root, "role").into_iter().filter_map(|(at, t)| noun(&mut source, &at, t)).collect();
    let actors = agreement::join(&mut source, entries, described);
    Contents { actors, nouns, errors: source.faults, warnings: Vec::new() }
}

fn not_utf8(file: &str, bytes: &[u8], valid: usize) -> Contents {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let (line, column) = position(&before, valid);
    let fault = Fault {
        file: file.to_owned(),
        line,
        column,
        message: "the file is not in UTF-8 from here on".to_owned(),
        hint: "save it as UTF-8; most editors call it the encoding of the file".to_owned(),
    };
    Contents { errors: vec![fault], ..Contents::default() }
}

fn actor(source: &mut Source, at: &Range<usize>, table: &DeTable) -> Option<Entry> {
    source.only(table, "an actor", ACTOR);
    if !table.contains_key("name") {
        source.fault(at, "an actor without a name", "add a line name = \"…\"");
    }
    let name = source.text(table, "name");
    let aliases = source.texts(table, "aliases");
    for name in name.iter().chain(&aliases) {
        if fold(&name.value).is_empty() {
            source.fault(&name.at, "a name without a letter", "write the name as it stands in reports");
        }
    }
    let same_as = source.text(table, "same_as");
    if same_as.is_some() {
        own_words_beside_same_as(source, table);
    }
    let kind = kind(source, table);
    let base = coding(source, table);
    let offices: Vec<Coding> =
        source.tables(table, "office").into_iter().filter_map(|(at, t)| office(source, &at, t)).collect();
    let id = source.text(table, "id");
    let name = name?;
    let kind = kind.unwrap_or(if base.role.is_some() || !offices.is_empty() {
        ActorKind::Person
    } else {
        ActorKind::Organization
    });
    let own = OwnActor {
        id: id.as_ref().map(|id| id.value.clone()),
        name: name.value.clone(),
        aliases: aliases.iter().map(|a| a.value.clone()).collect(),
        kind,
        base,
        dated: offices,
        tests: source.texts(table, "test").into_iter().map(|test| test.value).collect(),
        place: source.place(&name.at),
    };
    Some(Entry { own, name, aliases, id, same_as })
}

fn own_words_beside_same_as(source: &mut Source, table: &DeTable) {
    for key in table.keys() {
        if !matches!(key.get_ref().as_ref(), "name" | "aliases" | "same_as" | "test") {
            source.fault(
                &key.span(),
                format!("'{}' beside same_as", key.get_ref()),
                "an entry with same_as only gives further names; say the rest where that actor stands",
            );
        }
    }
}

fn kind(source: &mut Source, table: &DeTable) -> Option<ActorKind> {
    let kind = source.text(table, "kind")?;
    let found = match kind.value.as_str() {
        "person" => Some(ActorKind::Person),
        "organisation" | "organization" => Some(ActorKind::Organization),
        "country" => Some(ActorKind::Country),
        "group" => Some(ActorKind::Group),
        "place" => Some(ActorKind::Place),
        _ => None,
    };
    if found.is_none() {
        source.fault(
            &kind.at,
            format!("no kind of actor is called '{}'", kind.value),
            "kinds are person, organisation, country, group, place",
        );
    }
    found
}

/// Country, sectors, role and days of an actor or office.
fn coding(source: &mut Source, table: &DeTable) -> Coding {
    let country = source.text(table, "country").and_then(|code| country(source, &code));
    let sectors = sectors(source, table);
    let role = source.text(table, "role").map(|role| role.value);
    let from = source.day(table, "from", false);
    let to = source.day(table, "to", true);
    if let (Some((from, _)), Some((to, at))) = (&from, &to)
        && to < from
    {
        source.fault(at, format!("it ends on {to}, before it starts on {from}"), "exchange or correct them");
    }
    Coding { country, sectors, role, code: None, from: from.map(|f| f.0), to: to.map(|t| t.0) }
}

fn office(source: &mut Source, at: &Range<usize>, table: &DeTable) -> Option<Coding> {
    source.only(table, "an office", OFFICE);
    let coding = coding(source, table);
    if coding.role.is_none() && !table.contains_key("role") {
        source.fault(
            at,
            "an office without a role",
            "add a line role = \"…\", like role = \"foreign minister\"",
        );
    }
    coding.role.is_some().then_some(coding)
}

fn country(source: &mut Source, code: &Text) -> Option<String> {
    let knowledge = Knowledge::embedded();
    let value = code.value.as_str();
    if knowledge.is_state(value) || ABOVE_STATES.contains(&value) {
        return Some(value.to_owned());
    }
    let upper = value.to_uppercase();
    let named = knowledge.country_by_name(value).or_else(|| knowledge.country_of_adjective(value));
    let hint = if knowledge.is_state(&upper) || ABOVE_STATES.contains(&upper.as_str()) {
        format!("write \"{upper}\"")
    } else if let Some(code) = named {
        format!("write its code, \"{code}\"")
    } else {
        format!("use an ISO 3166-1 alpha-3 code like \"NOR\", or {}", ABOVE_STATES.join(", "))
    };
    source.fault(&code.at, format!("unknown country '{value}'"), hint);
    None
}

fn sectors(source: &mut Source, table: &DeTable) -> Vec<String> {
    let ontology = Ontology::plover();
    let mut found = Vec::new();
    for sector in source.texts(table, "sectors") {
        let value = sector.value.as_str();
        let upper = value.to_uppercase();
        if ontology.has_sector(value) {
            found.push(value.to_owned());
        } else if ontology.has_sector(&upper) {
            source.fault(&sector.at, format!("unknown sector '{value}'"), format!("write \"{upper}\""));
        } else {
            let all = ontology.sectors().map(|(code, _)| code).collect::<Vec<_>>().join(" ");
            source.fault(&sector.at, format!("unknown sector '{value}'"), format!("PLOVER has {all}"));
        }
    }
    found
}

fn noun(source: &mut Source, at: &Range<usize>, table: &DeTable) -> Option<OwnNoun> {
    source.only(table, "a role", ROLE);
    for key in ROLE {
        if !table.contains_key(*key) {
            source.fault(at, format!("a role without '{key}'"), "write noun = \"…\" and sectors = [\"…\"]");
        }
    }
    let sectors = sectors(source, table);
    let noun = source.text(table, "noun")?;
    let key = fold(&noun.value);
    if key.is_empty() {
        source.fault(
            &noun.at,
            "a noun without a letter",
            "write it in the singular, like noun = \"lawmaker\"",
        );
        return None;
    }
    Some(OwnNoun { noun: key, sectors, code: None, many: false })
}
