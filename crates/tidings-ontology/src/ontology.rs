//! PLOVER types, modes and contexts with their scores, and the CAMEO crosswalk.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::error::{Read, TableError};
use crate::event_type::EventType;
use crate::tables::{number, rows};

/// A CAMEO code.
#[derive(Clone, Debug, PartialEq)]
pub struct CameoCode {
    /// What it means.
    pub name: String,
    /// Goldstein weight, -10 to 10.
    pub goldstein: Option<f64>,
    /// PLOVER type that it maps to.
    pub event: Option<EventType>,
    /// PLOVER mode that it maps to.
    pub mode: Option<String>,
}

/// Score, CAMEO equivalent and meaning of a type or mode.
#[derive(Clone, Debug, Default)]
struct Entry {
    score: Option<f64>,
    cameo: Option<String>,
    meaning: String,
    /// What does not belong to it, and where that belongs; of types only.
    borders: String,
}

/// The ontology as read from `data/ontology`.
#[derive(Clone, Debug, Default)]
pub struct Ontology {
    types: BTreeMap<EventType, Entry>,
    modes: BTreeMap<EventType, BTreeMap<String, Entry>>,
    /// With their meanings.
    contexts: BTreeMap<String, String>,
    sectors: BTreeMap<String, String>,
    cameo: BTreeMap<String, CameoCode>,
}

static PLOVER: LazyLock<Read<Ontology>> = LazyLock::new(|| Read::new(Ontology::embedded()));

impl Ontology {
    /// The ontology inside the program.
    pub fn plover() -> &'static Ontology {
        &PLOVER.table
    }

    pub(crate) fn problem() -> Option<&'static TableError> {
        PLOVER.problem.as_ref()
    }

    fn embedded() -> Result<Self, TableError> {
        let mut ontology = Self::default();
        ontology.read_types("types.tsv", include_str!("../../../data/ontology/types.tsv"))?;
        ontology.read_modes("modes.tsv", include_str!("../../../data/ontology/modes.tsv"))?;
        ontology.read_contexts("contexts.tsv", include_str!("../../../data/ontology/contexts.tsv"))?;
        ontology.read_sectors("sectors.tsv", include_str!("../../../data/ontology/sectors.tsv"))?;
        ontology.read_cameo("cameo.tsv", include_str!("../../../data/ontology/cameo.tsv"))?;
        Ok(ontology)
    }

    fn read_types(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (line, cells) in rows(file, text)? {
            let kind = event_type(file, line, cells[0])?;
            let (score, cameo) = (number(file, line, cells[3])?, filled(cells[4]));
            let (meaning, borders) = (cells[5].to_owned(), cells[6].to_owned());
            self.types.insert(kind, Entry { score, cameo, meaning, borders });
        }
        Ok(())
    }

    fn read_modes(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (line, cells) in rows(file, text)? {
            let kind = event_type(file, line, cells[0])?;
            let (score, cameo) = (number(file, line, cells[2])?, filled(cells[3]));
            let entry = Entry { score, cameo, meaning: cells[4].to_owned(), borders: String::new() };
            self.modes.entry(kind).or_default().insert(cells[1].to_owned(), entry);
        }
        Ok(())
    }

    fn read_contexts(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        self.contexts = meanings(file, text)?;
        Ok(())
    }

    fn read_sectors(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        self.sectors = meanings(file, text)?;
        Ok(())
    }

    fn read_cameo(&mut self, file: &str, text: &str) -> Result<(), TableError> {
        for (line, cells) in rows(file, text)? {
            let event = filled(cells[3]).map(|name| event_type(file, line, &name)).transpose()?;
            self.cameo.insert(
                cells[0].to_owned(),
                CameoCode {
                    name: cells[1].to_owned(),
                    goldstein: number(file, line, cells[2])?,
                    event,
                    mode: filled(cells[4]),
                },
            );
        }
        Ok(())
    }

    /// Modes of a type, in alphabetical order.
    pub fn modes(&self, event: EventType) -> impl Iterator<Item = &str> {
        self.modes.get(&event).into_iter().flat_map(|m| m.keys().map(String::as_str))
    }

    /// Whether the type has that mode.
    pub fn has_mode(&self, event: EventType, mode: &str) -> bool {
        self.modes.get(&event).is_some_and(|m| m.contains_key(mode))
    }

    /// What a type means.
    pub fn meaning(&self, event: EventType) -> &str {
        self.types.get(&event).map_or("", |entry| &entry.meaning)
    }

    /// What does not belong to a type, and where that belongs.
    pub fn borders(&self, event: EventType) -> &str {
        self.types.get(&event).map_or("", |entry| &entry.borders)
    }

    /// What a mode of a type means; empty if the type has no such mode.
    pub fn mode_meaning(&self, event: EventType, mode: &str) -> &str {
        self.modes.get(&event).and_then(|m| m.get(mode)).map_or("", |entry| &entry.meaning)
    }

    /// All contexts with their meanings, in alphabetical order.
    pub fn contexts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.contexts.iter().map(|(code, meaning)| (code.as_str(), meaning.as_str()))
    }

    /// Whether PLOVER has that context.
    pub fn has_context(&self, context: &str) -> bool {
        self.contexts.contains_key(context)
    }

    /// All actor sectors with their meanings, in alphabetical order.
    pub fn sectors(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sectors.iter().map(|(code, meaning)| (code.as_str(), meaning.as_str()))
    }

    /// Whether PLOVER has that actor sector.
    pub fn has_sector(&self, code: &str) -> bool {
        self.sectors.contains_key(code)
    }

    /// All CAMEO codes with what they mean, in alphabetical order.
    pub fn cameo_codes(&self) -> impl Iterator<Item = (&str, &CameoCode)> {
        self.cameo.iter().map(|(code, entry)| (code.as_str(), entry))
    }

    /// What a CAMEO code means.
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        self.cameo.get(code)
    }

    /// Goldstein weight of a CAMEO code; of its parent where it has none.
    pub fn goldstein(&self, code: &str) -> Option<f64> {
        (2..=code.len()).rev().filter_map(|n| self.cameo.get(code.get(..n)?)).find_map(|c| c.goldstein)
    }

    /// PLOVER score of the mode, or of the type.
    pub fn score(&self, event: EventType, mode: Option<&str>) -> Option<f64> {
        let of_mode = mode.and_then(|m| self.modes.get(&event)?.get(m)?.score);
        of_mode.or_else(|| self.types.get(&event)?.score)
    }

    /// The CAMEO code that comes nearest to the mode, or to the type.
    pub fn default_cameo(&self, event: EventType, mode: Option<&str>) -> Option<&str> {
        let of_mode = mode.and_then(|m| self.modes.get(&event)?.get(m)?.cameo.as_deref());
        of_mode.or_else(|| self.types.get(&event)?.cameo.as_deref())
    }
}

fn event_type(file: &str, line: usize, name: &str) -> Result<EventType, TableError> {
    EventType::parse(name).ok_or_else(|| {
        TableError::new(
            file,
            line,
            format!("'{name}' is no PLOVER type"),
            "the types are those of data/ontology/types.tsv",
        )
    })
}

/// Codes with their meanings.
fn meanings(file: &str, text: &str) -> Result<BTreeMap<String, String>, TableError> {
    let rows = rows(file, text)?.into_iter();
    Ok(rows.map(|(_, cells)| (cells[0].to_owned(), cells[1].to_owned())).collect())
}

fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

#[cfg(test)]
mod tests {
    use super::Ontology;
    use crate::EventType;

    #[test]
    fn the_tables_inside_the_program_are_sound() {
        let ontology = Ontology::embedded().expect("embedded tables parse");
        assert_eq!(ontology.types.len(), 17);
        assert!(ontology.contexts().count() > 30 && ontology.has_sector("GOV") && ontology.cameo.len() > 250);
        for kind in EventType::all() {
            let codes = std::iter::once(None)
                .chain(ontology.modes(kind).map(Some))
                .filter_map(|m| ontology.default_cameo(kind, m));
            for code in codes {
                assert!(ontology.cameo(code).is_some(), "{code}");
            }
        }
    }

    #[test]
    fn every_type_and_mode_says_what_it_means() {
        let ontology = Ontology::plover();
        for kind in EventType::all() {
            let name = kind.as_str();
            assert!(!ontology.meaning(kind).is_empty() && !ontology.borders(kind).is_empty(), "{name}");
            for mode in ontology.modes(kind) {
                assert!(!ontology.mode_meaning(kind, mode).is_empty(), "{name}/{mode}");
            }
        }
        assert_eq!(ontology.mode_meaning(EventType::Aid, "visit"), "");
    }

    #[test]
    fn scores_fall_back_to_the_type() {
        let ontology = Ontology::plover();
        assert_eq!(ontology.score(EventType::Assault, Some("suicide-attack")), Some(-9.5));
        assert_eq!(ontology.score(EventType::Protest, Some("vandalize")), Some(-5.0));
        assert_eq!(ontology.score(EventType::None, None), None);
    }

    #[test]
    fn weights_fall_back_to_the_parent_code() {
        assert_eq!(Ontology::plover().goldstein("190"), Some(-10.0));
        assert!(Ontology::plover().goldstein("1724").is_some());
        assert_eq!(Ontology::plover().goldstein("x"), None);
    }
}
