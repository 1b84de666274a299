//! One file of rules in TOML; each entry is read by itself, so that a mistake in one does not hide those of the others.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::{Contents, OwnContext, fault};
use crate::checks::{problems, unreadable};
use crate::error::TableError;
use crate::event_type::EventType;
use crate::ontology::Ontology;
use crate::triggers::{Entry, trigger};

const FORMAT: &str = "docs/rules.md describes the fields";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextEntry {
    name: String,
    words: Vec<String>,
    #[serde(default)]
    off: bool,
    test: Vec<String>,
}

/// A file being read.
struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    contents: Contents,
}

/// Reads one file.
pub(super) fn read(file: &str, bytes: &[u8]) -> Contents {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}'),
        Err(error) => {
            let line = bytes.iter().take(error.valid_up_to()).filter(|b| **b == b'\n').count() + 1;
            let what = "the file is not in UTF-8 from here on";
            return fault(TableError::new(file, line, what, "save it as UTF-8"));
        }
    };
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let mut reader = Reader { file, text, lines, contents: Contents::default() };
    let (root, syntax) = DeTable::parse_recoverable(text);
    for error in &syntax {
        let hint = "the file is TOML: https://toml.io; docs/rules.md has examples";
        reader.fault(&error.span().unwrap_or(0..0), error.message().to_owned(), hint);
    }
    if syntax.is_empty() {
        reader.root(root.into_inner());
    }
    reader.contents
}

impl Reader<'_> {
    fn fault(&mut self, at: &Range<usize>, what: String, hint: &str) {
        let (line, column) = self.position(at.start);
        self.contents.errors.push(TableError::new(self.file, line, what, hint).in_column(column));
    }

    /// Line and column of a byte, both from 1; columns count characters.
    fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        (line.max(1), self.text.get(start..offset).map_or(0, |t| t.chars().count()) + 1)
    }

    fn root(&mut self, root: DeTable) {
        let before = self.contents.errors.len();
        let (mut event, mut triggers, mut contexts) = (None, Vec::new(), Vec::new());
        for (key, value) in root {
            let at = key.span();
            match key.get_ref().as_ref() {
                "type" => event = self.event(value),
                "trigger" => triggers = self.entries(value, "trigger"),
                "context" => contexts = self.entries(value, "context"),
                other => {
                    let what = format!("the file has a key '{other}'");
                    self.fault(&at, what, "its keys are type, [[trigger]] and [[context]]");
                }
            }
        }
        if triggers.is_empty() && contexts.is_empty() && self.contents.errors.len() == before {
            self.fault(&(0..0), "no entry is in the file".to_owned(), FORMAT);
        }
        let sound = self.contents.errors.len() == before;
        if let (Some((at, _)), None, true) = (triggers.first(), event, sound) {
            let at = at.clone();
            let hint = "write type = \"ACCUSE\" (or another) at the head of the file";
            self.fault(&at, "entries without a type".to_owned(), hint);
        }
        for (at, value) in triggers {
            self.trigger(event, &at, value);
        }
        for (at, value) in contexts {
            self.context(&at, value);
        }
    }

    fn event(&mut self, value: Spanned<DeValue>) -> Option<EventType> {
        let at = value.span();
        let name = value.get_ref().as_str().unwrap_or_default();
        let event = EventType::parse(name);
        if event.is_none() {
            let known: Vec<&str> = EventType::all().map(EventType::as_str).collect();
            let hint = format!("the types are {}", known.join(", "));
            self.fault(&at, format!("'{name}' is no PLOVER type"), &hint);
        }
        event
    }

    fn entries<'i>(
        &mut self,
        value: Spanned<DeValue<'i>>,
        key: &str,
    ) -> Vec<(Range<usize>, Spanned<DeValue<'i>>)> {
        let at = value.span();
        match value.into_inner() {
            DeValue::Array(items) => items.into_iter().map(|item| (item.span(), item)).collect(),
            _ => {
                self.fault(&at, format!("'{key}' is no list of entries"), "write [[trigger]] or [[context]]");
                Vec::new()
            }
        }
    }

    fn trigger(&mut self, event: Option<EventType>, at: &Range<usize>, value: Spanned<DeValue>) {
        let Some(entry) = self.entry::<Entry>(at, value) else { return };
        let (line, _) = self.position(at.start);
        let mut read = trigger(self.file, line, event.unwrap_or(EventType::None), entry);
        if event.is_none() {
            // The type is wrong already; whether it has the mode cannot be said.
            read.mode = None;
        }
        for (what, hint) in problems(&read) {
            self.fault(at, what, hint);
        }
        self.contents.triggers.push(read);
    }

    fn context(&mut self, at: &Range<usize>, value: Spanned<DeValue>) {
        let Some(entry) = self.entry::<ContextEntry>(at, value) else { return };
        if !Ontology::plover().has_context(&entry.name) {
            let hint = "the contexts are those of data/ontology/contexts.tsv";
            self.fault(at, format!("PLOVER has no context '{}'", entry.name), hint);
        }
        if entry.words.iter().all(|w| w.trim().is_empty()) {
            self.fault(at, "a context without words".to_owned(), "write words = [\"nerve agent\"]");
        }
        for (what, hint) in unreadable(&entry.test) {
            self.fault(at, what, hint);
        }
        let place = format!("{}:{}", self.file, self.position(at.start).0);
        let ContextEntry { name, words, off, test: tests } = entry;
        self.contents.contexts.push(OwnContext { name, words, off, tests, place });
    }

    fn entry<T: for<'de> Deserialize<'de>>(
        &mut self,
        at: &Range<usize>,
        value: Spanned<DeValue>,
    ) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(value)) {
            Ok(entry) => Some(entry),
            Err(error) => {
                self.fault(&error.span().unwrap_or(at.clone()), error.message().to_owned(), FORMAT);
                None
            }
        }
    }
}
