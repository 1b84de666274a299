//! What came in? Files, folders, archives and streams to [`Document`](tidings_document::Document)s.
//!
//! What a file is, its content decides, and its ending where the content is broken ([`Format`]). Every format is read as a
//! stream: memory is bounded by one document, never by the file.
//!
//! [`paths`] gives documents. [`items`] gives them before the expensive part of the reading is done, each with its
//! [`Place`], so that workers share that part and a run that was stopped goes on where it was.

mod budget;
mod columns;
mod decode;
mod delimited;
mod documents;
mod error;
mod feed;
mod format;
mod fragment;
mod input;
mod items;
mod json_lines;
mod open;
mod options;
mod page;
mod parquet;
mod passed;
mod peek;
mod petrarch;
mod text;
mod unpack;
mod warc;

#[cfg(test)]
mod tests;

pub use columns::{Column, Columns};
pub use documents::{Documents, path, paths};
pub use error::ReadError;
pub use feed::{FeedItem, FeedPage, feed};
pub use format::Format;
pub use input::{Input, inputs};
pub use items::{Item, Items, Place, hash_id, items};
pub use options::{LARGEST_DOCUMENT, ReadOptions};
pub use page::page;
pub use passed::PassedOver;
pub use warc::unpacked_body;
