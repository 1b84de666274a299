//! Inputs to documents, in one go.

use std::path::PathBuf;

use tidings_document::Document;

use crate::items::{Items, items};
use crate::{ReadError, ReadOptions};

/// The documents at `path`: a file, `-` for the standard input, a folder with all that is in it, or a pattern such as
/// `crawl/*.warc.gz`.
///
/// Nothing is opened before the first document is asked for. An error is about one file or one document; what follows is
/// read all the same.
pub fn path(path: PathBuf, options: ReadOptions) -> Documents {
    paths(vec![path], options)
}

/// The documents of all `paths`, one after the other; see [`path`].
pub fn paths(paths: Vec<PathBuf>, options: ReadOptions) -> Documents {
    Documents { items: items(paths, options.clone()), options }
}

/// Documents as they are read; see [`paths`].
pub struct Documents {
    items: Items,
    options: ReadOptions,
}

impl Iterator for Documents {
    type Item = Result<Document, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.items.next().map(|item| item.read(&self.options))
    }
}
