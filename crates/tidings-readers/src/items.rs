//! What inputs hold, one item after the other, before the expensive part of the reading is done.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest, Sha256};
use tidings_document::{Document, Fields, Warning, document};

use crate::input::{Input, inputs};
use crate::open::open;
use crate::page::RawPage;
use crate::{ReadError, ReadOptions};

/// Where a document is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The [name](Input::name) of the input.
    pub input: String,
    /// How many items of that input come before it; faults count as well.
    pub number: u64,
}

/// What all `paths` hold; see [`path`](crate::path) for what a path may be.
pub fn items(paths: Vec<PathBuf>, options: ReadOptions) -> Items {
    Items {
        paths,
        waiting: VecDeque::new(),
        open: None,
        ahead: None,
        ids: BTreeSet::new(),
        options,
        counts: Counts::default(),
        damage: 0,
    }
}

/// Items as they are read; see [`items`].
pub struct Items {
    /// Not looked at yet.
    paths: Vec<PathBuf>,
    waiting: VecDeque<Result<Input, ReadError>>,
    open: Option<(Place, Box<dyn Reports>)>,
    /// Read, but not given yet.
    ahead: Option<Item>,
    /// Fingerprints of the ids seen: eight bytes each, so that a stream of millions fits.
    ids: BTreeSet<u64>,
    options: ReadOptions,
    counts: Counts,
    /// Damaged bytes of the open input that are told already.
    damage: u64,
}

/// What is counted while an input is read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Counts {
    /// Bytes that came from the file, packed as they are there.
    pub(crate) bytes: Arc<AtomicU64>,
    /// Bytes that could not be decoded, where a whole stream is decoded at once.
    pub(crate) damaged: Arc<AtomicU64>,
}

/// The items of one input, one after the other. After an item that is an error it goes on if it can.
pub(crate) trait Reports: Send {
    fn next(&mut self) -> Option<Result<Content, ReadError>>;
}

/// What an item is before it is a document.
pub(crate) enum Content {
    /// Text and what is known of it.
    Fields(Box<Fields>),
    /// A page whose text is still to be looked for.
    Page(Box<RawPage>),
}

impl Content {
    pub(crate) fn of(fields: Fields) -> Self {
        Self::Fields(Box::new(fields))
    }

    /// An input without anything in it: told as a document that is empty.
    pub(crate) fn nothing(stem: Option<String>) -> Self {
        Self::of(Fields { id: stem.unwrap_or_else(|| hash_id("")), ..Fields::default() })
    }

    fn id(&self) -> &str {
        match self {
            Self::Fields(fields) => &fields.id,
            Self::Page(page) => &page.fields.id,
        }
    }
}

/// One document to be, or why there is none.
pub struct Item {
    /// Where it is from.
    pub place: Place,
    /// Bytes of the input that were read so far, packed as they are there.
    pub bytes: u64,
    content: Result<Content, ReadError>,
    /// What the stream as a whole has to say.
    warnings: Vec<Warning>,
}

impl Item {
    /// The expensive part: the text out of a page, its parts, day, outlet and language.
    pub fn read(self, options: &ReadOptions) -> Result<Document, ReadError> {
        let mut read = match self.content? {
            Content::Fields(fields) => document(*fields, &options.known),
            Content::Page(page) => page.read(&self.place.input, options)?,
        };
        read.warnings.extend(self.warnings);
        Ok(read)
    }
}

impl Items {
    /// Begins at `place` instead: inputs before it are not opened, and of its input the items before it are passed over.
    pub fn starting_at(mut self, place: &Place) -> Result<Self, ReadError> {
        self.expand();
        let before = |waiting: &Result<Input, ReadError>| match waiting {
            Ok(input) => input.name() != place.input,
            Err(_) => true,
        };
        while self.waiting.front().is_some_and(before) {
            self.waiting.pop_front();
        }
        if self.waiting.is_empty() {
            return Err(ReadError::of_file(
                &place.input,
                "is not among the inputs any more",
                "name the inputs as at the first time, or begin anew",
            ));
        }
        for _ in 0..place.number {
            let item = self.next();
            if item.as_ref().is_some_and(|item| item.place.input != place.input) {
                // The input has become shorter: this is the first item of another.
                self.ahead = item;
                break;
            }
        }
        Ok(self)
    }

    fn expand(&mut self) {
        let paths = std::mem::take(&mut self.paths);
        self.waiting.extend(inputs(&paths));
    }

    /// Opens the next input; an item if it cannot be opened, nothing at the end.
    fn open(&mut self) -> Option<Result<(), Item>> {
        self.expand();
        let next = self.waiting.pop_front()?;
        self.counts = Counts::default();
        self.damage = 0;
        if self.options.ids_by_input {
            self.ids.clear();
        }
        let opened = next.and_then(|input| {
            let place = Place { input: input.name(), number: 0 };
            Ok((place, open(&input, &self.options, &self.counts)?))
        });
        Some(opened.map(|opened| self.open = Some(opened)).map_err(|error| Item {
            place: Place { input: error.file.clone(), number: 0 },
            bytes: self.counts.bytes.load(Ordering::Relaxed),
            content: Err(error),
            warnings: Vec::new(),
        }))
    }

    fn warnings(&mut self, content: &Content) -> Vec<Warning> {
        let mut warnings = Vec::new();
        let id = content.id();
        if !self.ids.insert(fingerprint(id)) {
            let message = format!("the id \"{id}\" came before; hint: results of both will carry it");
            warnings.push(Warning::new("duplicate-id", message));
        }
        let damaged = self.counts.damaged.load(Ordering::Relaxed);
        if damaged > self.damage {
            let message = format!(
                "{} bytes could not be decoded and were read as \u{FFFD}; hint: is the file complete?",
                damaged - self.damage
            );
            self.damage = damaged;
            warnings.push(Warning::new("undecodable", message));
        }
        warnings
    }
}

impl Iterator for Items {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.ahead.is_some() {
            return self.ahead.take();
        }
        loop {
            let Some((place, reports)) = &mut self.open else {
                match self.open()? {
                    Ok(()) => continue,
                    Err(item) => return Some(item),
                }
            };
            let Some(content) = reports.next() else {
                self.open = None;
                continue;
            };
            let here = place.clone();
            place.number += 1;
            let warnings = content.as_ref().map_or_else(|_| Vec::new(), |content| self.warnings(content));
            let bytes = self.counts.bytes.load(Ordering::Relaxed);
            return Some(Item { place: here, bytes, content, warnings });
        }
    }
}

fn fingerprint(text: &str) -> u64 {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The id of a text that has no name: twelve hexadecimal digits of its SHA-256.
pub fn hash_id(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
