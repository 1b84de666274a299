//! Files and folders of records to documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::error::{Error, Result};
use super::fields::Text;
use super::records::{Record, Records};

const SHAPE: &str = "each line is one JSON object of the kind that its field `record` names, as `tidings code --format records` writes them";

/// Records of one kind in one document: many times what the longest article has, few enough to compare all with all.
const MOST: usize = 3_000;

/// Whose records they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The annotator's: every field that is scored must be there.
    Gold,
    /// A system's: it may leave out what it does not know.
    System,
}

/// Documents by their id, in the order of their files.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    pub(super) documents: Vec<(String, Records)>,
    /// Kinds of records that no measure is about, and how many of each there are.
    pub unknown: BTreeMap<String, usize>,
}

impl Collection {
    /// Whether there is a document with this id.
    pub fn has(&self, id: &str) -> bool {
        self.documents.iter().any(|(other, _)| other == id)
    }

    /// How many documents.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document at all.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

/// Reads a file, or all `.jsonl` files of a folder.
pub fn read(path: &Path, role: Role) -> Result<Collection> {
    let mut all = Collection::default();
    let mut file_of: BTreeMap<String, PathBuf> = BTreeMap::new();
    for file in files(path)? {
        let collection = parse(&file, &text(&file)?, role)?;
        for (id, _) in &collection.documents {
            if let Some(other) = file_of.insert(id.clone(), file.clone()) {
                return Err(Error::path(
                    &file,
                    format!("document '{id}' is in {} too", other.display()),
                    "keep one file of it, or give the documents different ids",
                ));
            }
        }
        all.documents.extend(collection.documents);
        for (kind, count) in collection.unknown {
            *all.unknown.entry(kind).or_default() += count;
        }
    }
    Ok(all)
}

/// Reads the records of one file, which errors call `file`.
pub fn parse(file: &Path, text: &str, role: Role) -> Result<Collection> {
    let mut collection = Collection::default();
    collection.documents = documents(file, text, role, &mut collection.unknown)?;
    Ok(collection)
}

/// In the order of their names; hidden files are passed over.
fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let unreadable = |e| {
        Error::path(
            path,
            format!("cannot be read: {e}"),
            "name a file of records (JSONL) or a folder of them",
        )
    };
    if !path.metadata().map_err(unreadable)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = path.read_dir().map_err(unreadable)?;
    let mut files = entries.map(|e| Ok(e.map_err(unreadable)?.path())).collect::<Result<Vec<_>>>()?;
    let hidden = |file: &Path| file.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b"."));
    files.retain(|file| file.extension().is_some_and(|e| e == "jsonl") && !hidden(file));
    files.sort();
    if files.is_empty() {
        return Err(Error::path(
            path,
            "there is no file of records in this folder",
            "the names of such files end in .jsonl; `tidings code --format records --out NAME.jsonl` makes one",
        ));
    }
    Ok(files)
}

fn text(file: &Path) -> Result<String> {
    let bytes = std::fs::read(file)
        .map_err(|e| Error::path(file, format!("cannot be read: {e}"), "name a file of records (JSONL)"))?;
    String::from_utf8(bytes).map_err(|e| {
        let before = &e.as_bytes()[..e.utf8_error().valid_up_to()];
        let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        Error::Line {
            path: file.to_owned(),
            line: 1 + before.iter().filter(|b| **b == b'\n').count(),
            column: 1 + before.len() - line_start,
            message: "not UTF-8".to_owned(),
            hint: "write the records in UTF-8",
        }
    })
}

/// The fields that say what a record is and to which document it belongs.
#[derive(Debug, Default, Deserialize)]
#[serde(default, expecting = "a record: an object with the field `record`")]
struct Head {
    record: Text,
    id: Text,
    doc: Text,
}

/// A line with its place, for errors.
struct Line<'l> {
    file: &'l Path,
    number: usize,
    text: &'l str,
    role: Role,
}

/// The documents of a file. A document record begins one, and the same id later goes on with it. Without such a record the
/// id is that of an event's `doc`, or the name of the file up to its first dot.
fn documents(
    file: &Path,
    text: &str,
    role: Role,
    unknown: &mut BTreeMap<String, usize>,
) -> Result<Vec<(String, Records)>> {
    let mut documents: Vec<(Option<String>, Records)> = vec![(None, Records::default())];
    let (mut at, mut doc) = (0, None);
    let lines = text.trim_start_matches('\u{FEFF}').lines().enumerate();
    for (index, text) in lines.filter(|(_, line)| !line.trim().is_empty()) {
        let line = Line { file, number: index + 1, text, role };
        let head = line.head()?;
        doc = doc.or_else(|| head.doc.get().map(str::to_owned));
        if head.record.is("document") {
            at = place_of(&mut documents, &line.id(&head)?);
        } else if !line.add(head.record.as_str(), &mut documents[at].1)? {
            *unknown.entry(head.record.as_str().to_owned()).or_default() += 1;
        }
    }
    if role == Role::Gold && documents[0].0.is_none() {
        return Err(Error::path(
            file,
            "there is no document record",
            "a gold file begins with {\"record\":\"document\",\"id\":…}",
        ));
    }
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let otherwise = || doc.clone().unwrap_or_else(|| name.split('.').next().unwrap_or_default().to_owned());
    let documents = documents.into_iter().map(|(id, records)| (id.unwrap_or_else(otherwise), records));
    let documents: Vec<(String, Records)> = documents.collect();
    match documents.iter().find(|(_, records)| records.longest() > MOST) {
        None => Ok(documents),
        Some((id, records)) => Err(Error::path(
            file,
            format!("document '{id}' has {} records of one kind, more than {MOST}", records.longest()),
            "a document is one article: give each its own document record",
        )),
    }
}

/// Where the records of a document are gathered; what came before the first document record is of that document.
fn place_of(documents: &mut Vec<(Option<String>, Records)>, id: &str) -> usize {
    if documents[0].0.is_none() {
        documents[0].0 = Some(id.to_owned());
    }
    if let Some(place) = documents.iter().position(|(other, _)| other.as_deref() == Some(id)) {
        return place;
    }
    documents.push((Some(id.to_owned()), Records::default()));
    documents.len() - 1
}

impl Line<'_> {
    fn error(&self, column: usize, message: impl ToString, hint: &'static str) -> Error {
        let (path, line) = (self.file.to_owned(), self.number);
        Error::Line { path, line, column: column.max(1), message: message.to_string(), hint }
    }

    fn json<T: serde::de::DeserializeOwned>(&self) -> Result<T> {
        serde_json::from_str(self.text).map_err(|e| {
            // The library counts the one line that it was given.
            let message = e.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let hint = if e.is_data() { "the schema says what each field holds" } else { SHAPE };
            let kind = if e.is_data() { "" } else { "not JSON: " };
            self.error(e.column(), format!("{kind}{message}"), hint)
        })
    }

    fn head(&self) -> Result<Head> {
        let head: Head = self.json()?;
        // A list would be taken for the fields in their order.
        let object = self.text.trim_start().starts_with('{');
        match head.record.get() {
            Some(_) if object => Ok(head),
            _ => Err(self.error(1, "no record: the field `record` is not there", SHAPE)),
        }
    }

    fn id(&self, head: &Head) -> Result<String> {
        let id = head.id.get().map(str::to_owned);
        id.ok_or_else(|| self.error(1, "the document has no `id`", "documents are paired by their id"))
    }

    /// Whether the kind is known; sentences are, but nothing of them is scored.
    fn add(&self, kind: &str, records: &mut Records) -> Result<bool> {
        match kind {
            "event" => records.events.push(self.record(kind)?),
            "quote" => records.quotes.push(self.record(kind)?),
            "segment" => records.segments.push(self.record(kind)?),
            "commitment" => records.commitments.push(self.record(kind)?),
            "contradiction" => records.contradictions.push(self.record(kind)?),
            "relation" => records.relations.push(self.record(kind)?),
            "timex" => records.timexes.push(self.record(kind)?),
            "entity" => records.entities.push(self.record(kind)?),
            "sentence" => {}
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn record<T: Record>(&self, kind: &str) -> Result<T> {
        let record: T = self.json()?;
        let lacking = match self.role {
            Role::Gold => record.lacking(),
            Role::System => record.lacking_in_system(),
        };
        match lacking {
            None => Ok(record),
            Some(field) => {
                let hint = if self.role == Role::Gold {
                    "gold records must have it, since systems are scored against it"
                } else {
                    "other records name this one by it"
                };
                Err(self.error(1, format!("the {kind} has no {field}"), hint))
            }
        }
    }
}
